//! The change feed: first everything there is, then rounds by change time, now and then a look at what was deleted.
//!
//! Pages are followed by Pipedrive's cursor, which stands for a place among the sorted records: one that changes meanwhile moves
//! behind it and comes again, and shifts no other. A round ends a little before the latest change it saw, or before the time it began at if
//! that is later; that time is the earlier of Pipedrive's `Date` and this computer's clock.
//!
//! Deals can be asked for the deleted ones. Deleted persons and organizations are in no list, so all are walked through by id from time
//! to time and compared with those known before. The ids are kept in the cursor, as runs; in an account with so many gaps that they
//! would not stay small, deleted records are only noticed when they are written to.
//! `/v1/recents` is not used: what it says of deleted records is not documented.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use leadferry_connector::{Answer, Call, Cursor, ObjectSpec, Page, PullRequest, RemoteRecord, date};
use leadferry_model::{Failure, FailureKind, Record, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

use super::api::{self, Select};
use super::convert;
use super::runs::Runs;
use super::types::{List, Object};

/// How far a finished round reaches back into the one before.
const OVERLAP: i64 = SignedDuration::from_mins(5).as_millis() as i64;
/// How often deleted records are looked for at most …
const LOOK_EVERY: i64 = SignedDuration::from_hours(1).as_millis() as i64;
/// … and how much time each page of such a look has to be worth: so the looks take about 1,500 of a day's 30,000 tokens.
const LOOK_PAGE: i64 = SignedDuration::from_mins(10).as_millis() as i64;
/// Most records remembered to be told apart from changes. Beyond it a record comes twice, which does no harm.
const REMEMBERED: usize = 1000;
/// Most runs of ids in a cursor, which is saved with every page.
const MOST_RUNS: usize = 10_000;

/// Where the feed stands. Times are milliseconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Feed {
    step: Step,
    /// Pipedrive's place in the list being read.
    cursor: Option<String>,
    /// A place Pipedrive did not know any more was given up, and the list begun again.
    again: bool,
    /// Changes from here on are wanted.
    since: i64,
    /// When this round began; 0 before its first answer.
    began: i64,
    /// The latest change seen.
    latest: i64,
    /// Records that were given already, with their change time.
    given: BTreeMap<String, i64>,
    /// Records that are there; of deals, those that were reported as deleted. `None`: too many gaps.
    known: Option<Runs>,
    /// When deleted records were last looked for.
    looked: i64,
    /// How many pages the list had when it was last walked through.
    pages: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// Everything, by id.
    All,
    /// By change time.
    Changes,
    /// Everything again, by id, to see what is gone. Ids up to this one were compared.
    Compare { after: u64 },
    /// Deleted deals.
    Deleted,
}

impl Feed {
    fn start() -> Self {
        Self {
            step: Step::All,
            cursor: None,
            again: false,
            since: 0,
            began: 0,
            latest: 0,
            given: BTreeMap::new(),
            known: Some(Runs::default()),
            looked: 0,
            pages: 0,
        }
    }

    fn page(self, records: Vec<RemoteRecord>, more: bool) -> Page {
        let cursor = serde_json::to_string(&self).expect("BUG: a feed is plain data");
        Page { records, next: Cursor(cursor), more }
    }

    /// The list being read is at its end.
    fn turn_to(&mut self, step: Step) {
        self.step = step;
        self.cursor = None;
        self.again = false;
    }

    /// Ends a round: the next one begins a little before this one did.
    fn round_is_over(&mut self) {
        self.since = (self.latest.max(self.began) - OVERLAP).max(0);
        self.began = 0;
        self.given.retain(|_, changed| *changed >= self.since);
        if self.given.len() > REMEMBERED {
            let mut times: Vec<i64> = self.given.values().copied().collect();
            times.sort_unstable();
            let oldest = times[times.len() - REMEMBERED];
            self.given.retain(|_, changed| *changed >= oldest);
        }
    }

    fn know(&mut self, found: &[Object]) {
        let Some(known) = &mut self.known else { return };
        for id in found.iter().filter_map(number) {
            known.insert(id);
        }
        if known.count() > MOST_RUNS {
            self.known = None;
        }
    }

    /// Whether it is time to look for deleted records.
    fn look_is_due(&self) -> bool {
        self.known.is_some() && self.began - self.looked >= LOOK_EVERY.max(self.pages * LOOK_PAGE)
    }
}

/// One pull at work.
struct Pull<'a> {
    call: &'a Call<'a>,
    object: &'a ObjectSpec,
    fields: &'a [String],
}

pub(super) async fn pull(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
) -> Result<Page, Failure> {
    // A cursor of another version is no reason to stand still: reading everything again is slow, but loses nothing.
    let mut feed =
        request.cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_else(Feed::start);
    let pull = Pull { call, object, fields: request.fields };
    let answer = match pull.list(&feed).await {
        Err(Failure { kind: FailureKind::Invalid { .. } | FailureKind::NotFound, .. })
            if feed.cursor.is_some() && !feed.again =>
        {
            // Unverified: how long a place in a list is good for.
            pull.begin_list_again(&mut feed);
            return Ok(feed.page(Vec::new(), true));
        }
        other => other?,
    };
    if feed.began == 0 {
        let here = call.clock.now();
        feed.began = date(&answer.headers).map_or(here, |there| there.min(here)).as_millisecond();
    }
    feed.cursor = answer.body.next();
    Ok(match feed.step {
        Step::All => pull.all(feed, answer.body.data),
        Step::Changes => pull.changes(feed, answer.body.data),
        Step::Compare { after } => pull.compare(feed, after, answer.body.data),
        Step::Deleted => pull.deleted(feed, answer.body.data),
    })
}

impl Pull<'_> {
    async fn list(&self, feed: &Feed) -> Result<Answer<List<Object>>, Failure> {
        let since = seconds(feed.since);
        let select = match feed.step {
            Step::All | Step::Compare { .. } => Select::All,
            Step::Changes => Select::Since(&since),
            Step::Deleted => Select::Deleted,
        };
        let wanted = convert::wanted(self.fields, self.call.settings, self.object);
        api::list(self.call.http, self.object.name, select, feed.cursor.as_deref(), &wanted).await
    }

    fn begin_list_again(&self, feed: &mut Feed) {
        let step = match feed.step {
            Step::Compare { .. } => Step::Compare { after: 0 },
            step => step,
        };
        feed.turn_to(step);
        feed.again = true;
    }

    fn all(&self, mut feed: Feed, found: Vec<Object>) -> Page {
        if self.compares() {
            feed.know(&found);
        }
        feed.pages += 1;
        let records = found.into_iter().map(|found| self.remote(found)).collect();
        if feed.cursor.is_some() {
            return feed.page(records, true);
        }
        // What changed while this was going on is found by the first round of changes.
        feed.looked = feed.began;
        feed.turn_to(Step::Changes);
        feed.round_is_over();
        feed.page(records, false)
    }

    fn changes(&self, mut feed: Feed, found: Vec<Object>) -> Page {
        if self.compares() {
            feed.know(&found);
        }
        let mut records = Vec::new();
        for found in found {
            if let Some(changed) = found.update_time.map(Timestamp::as_millisecond) {
                feed.latest = feed.latest.max(changed);
                if feed.given.insert(found.id.clone(), changed) == Some(changed) {
                    continue;
                }
            }
            records.push(self.remote(found));
        }
        if feed.cursor.is_some() {
            return feed.page(records, true);
        }
        let look = feed.look_is_due();
        if look {
            feed.looked = feed.began;
            feed.pages = 0;
        }
        feed.turn_to(match look {
            true if self.compares() => Step::Compare { after: 0 },
            true => Step::Deleted,
            false => Step::Changes,
        });
        feed.round_is_over();
        feed.page(records, look)
    }

    fn compare(&self, mut feed: Feed, after: u64, found: Vec<Object>) -> Page {
        // With too many gaps to remember there is nothing to compare with.
        let more = feed.cursor.is_some() && feed.known.is_some();
        let there: Vec<u64> = found.iter().filter_map(number).collect();
        // Beyond the last page there is nothing.
        let upto = if more { there.iter().copied().max().unwrap_or(after) } else { u64::MAX };
        let mut records = Vec::new();
        if let Some(known) = &mut feed.known {
            let gone: Vec<u64> = known.between(after, upto).filter(|id| !there.contains(id)).collect();
            for id in gone {
                known.remove(id);
                feed.given.remove(&id.to_string());
                records.push(self.gone(id));
            }
            // One that the rounds have missed comes with the walk.
            let missed = |found: &Object| number(found).is_some_and(|id| !known.contains(id));
            records
                .extend(found.iter().filter(|found| missed(found)).map(|found| self.remote(found.clone())));
        }
        feed.know(&found);
        feed.pages += 1;
        feed.step = Step::Compare { after: upto };
        if !more {
            feed.turn_to(Step::Changes);
            feed.began = 0;
        }
        feed.page(records, more)
    }

    fn deleted(&self, mut feed: Feed, found: Vec<Object>) -> Page {
        let more = feed.cursor.is_some();
        let known = feed.known.get_or_insert_default();
        let mut records = Vec::new();
        for found in found {
            if number(&found).is_some_and(|id| known.insert(id)) {
                records.push(RemoteRecord { deleted: true, ..self.remote(found) });
            }
        }
        feed.pages += 1;
        if known.count() > MOST_RUNS {
            // Then some come twice, which does no harm.
            feed.known = Some(Runs::default());
        }
        if !more {
            feed.turn_to(Step::Changes);
            feed.began = 0;
        }
        feed.page(records, more)
    }

    /// Whether deleted records are found by comparing.
    fn compares(&self) -> bool {
        self.object.name != "deals"
    }

    fn remote(&self, found: Object) -> RemoteRecord {
        convert::remote(found, self.object, self.fields, self.call.settings)
    }

    fn gone(&self, id: u64) -> RemoteRecord {
        RemoteRecord {
            became: Vec::new(),
            id: RecordId::new(id.to_string()),
            fields: Record::new(),
            changed_at: None,
            deleted: true,
            url: None,
        }
    }
}

fn number(found: &Object) -> Option<u64> {
    found.id.parse().ok()
}

/// RFC 3339 in whole seconds, rounded down: v2 refuses fractions.
fn seconds(millis: i64) -> String {
    Timestamp::from_second(millis.div_euclid(1000)).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
