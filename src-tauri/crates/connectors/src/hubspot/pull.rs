//! The change feed: first everything there is, then searches by change time, now and then a look at what was archived.
//!
//! HubSpot's search serves at most 10,000 results per query, sorts by one property only, and finds a change up to half a minute
//! late. So a page never follows `after`: each search begins at the change time of the last record seen. That also keeps records
//! that change between two pages from shifting others past the border. Where more records share one millisecond than a page
//! holds (HubSpot's own month-end jobs do that), the feed walks through that millisecond by record id.
//!
//! A round ends a little before the latest change it saw, or before the time it began at if that is later. That time is the
//! earlier of HubSpot's `Date` and this computer's clock: one that is ten minutes ahead must not lose ten minutes of changes.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use leadferry_connector::{Answer, Call, Cursor, ObjectSpec, Page, PullRequest, RemoteRecord, date};
use leadferry_model::{Failure, FailureKind, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::api::{self, SEARCH_PAGE};
use super::convert;
use super::spec::BATCH;
use super::types::{List, Object};

/// How far a finished round reaches back into the one before: the search index lags up to 30 seconds, more on bad days.
const OVERLAP: i64 = SignedDuration::from_mins(5).as_millis() as i64;
/// How often archived records are looked for. There is no sorting by archive time: each look reads the whole list.
const ARCHIVE_EVERY: i64 = SignedDuration::from_hours(1).as_millis() as i64;
/// Most records remembered to be told apart from changes. Beyond it a record comes twice, which does no harm.
const REMEMBERED: usize = 1000;
/// Longest list of properties in an address; longer ones answer 414.
const LONGEST_QUERY: usize = 3000;

/// Where the feed stands. Times are milliseconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Feed {
    step: Step,
    /// Changes from here on are wanted.
    since: i64,
    /// When this round began; 0 before its first answer.
    began: i64,
    /// The latest change a search has given.
    latest: i64,
    /// Records that were given already, with their change time.
    given: BTreeMap<String, i64>,
    /// Archived from here on is wanted.
    archived_since: i64,
    /// When the archive was last looked through.
    archive_checked: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// Everything, by the list endpoint.
    All { after: Option<String> },
    /// By change time.
    Changes,
    /// Through one crowded millisecond, by record id.
    Moment { moment: i64, after: String },
    /// Archived records.
    Archive { after: Option<String>, began: i64 },
}

impl Feed {
    const START: Self = Self {
        step: Step::All { after: None },
        since: 0,
        began: 0,
        latest: 0,
        given: BTreeMap::new(),
        archived_since: 0,
        archive_checked: 0,
    };

    fn next(self, records: Vec<RemoteRecord>, more: bool) -> Page {
        let cursor = serde_json::to_string(&self).expect("BUG: a feed is plain data");
        Page { records, next: Cursor(cursor), more }
    }

    /// Ends a round: the next one begins a little before this one did.
    fn round_is_over(&mut self) {
        self.since = (self.latest.max(self.began) - OVERLAP).max(0);
        self.began = 0;
        self.forget();
    }

    /// Keeps only what the next search could give again.
    fn forget(&mut self) {
        let from = self.since.min(self.latest.max(self.began) - OVERLAP);
        self.given.retain(|_, changed| *changed >= from);
        if self.given.len() > REMEMBERED {
            let mut times: Vec<i64> = self.given.values().copied().collect();
            times.sort_unstable();
            let oldest = times[times.len() - REMEMBERED];
            self.given.retain(|_, changed| *changed >= oldest);
        }
    }
}

pub(super) async fn pull(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
) -> Result<Page, Failure> {
    // A cursor of another version is no reason to stand still: reading everything again is slow, but loses nothing.
    let mut feed =
        request.cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or(Feed::START);
    match feed.step.clone() {
        Step::All { after } => all(call, object, request, feed, after).await,
        Step::Changes => {
            let filters = json!([changed(object, "GTE", feed.since)?]);
            let sort = changed_field(object)?;
            let answer = search(call, object, request, filters, sort).await?;
            note_time(&mut feed, call, &answer);
            let full = is_full(&answer.body);
            let times: Vec<i64> =
                answer.body.results.iter().filter_map(|found| time(object, found)).collect();
            let records = fresh(call, object, request, &mut feed, answer.body.results);
            match times.last() {
                Some(last) if full && *last > feed.since => {
                    feed.since = *last;
                    feed.forget();
                    Ok(feed.next(records, true))
                }
                Some(last) if full => {
                    feed.step = Step::Moment { moment: *last, after: "0".to_owned() };
                    Ok(feed.next(records, true))
                }
                _ => Ok(drained(feed, records)),
            }
        }
        Step::Moment { moment, after } => {
            let filters = json!([
                changed(object, "GTE", moment)?,
                changed(object, "LTE", moment)?,
                { "propertyName": "hs_object_id", "operator": "GT", "value": after },
            ]);
            let answer = search(call, object, request, filters, "hs_object_id").await?;
            note_time(&mut feed, call, &answer);
            let last = answer.body.results.last().map(|found| found.id.clone());
            let full = is_full(&answer.body);
            let records = fresh(call, object, request, &mut feed, answer.body.results);
            match last.filter(|_| full) {
                Some(last) => feed.step = Step::Moment { moment, after: last },
                None => {
                    feed.step = Step::Changes;
                    feed.since = moment + 1;
                }
            }
            feed.forget();
            Ok(feed.next(records, true))
        }
        Step::Archive { after, began } => archive(call, object, request, feed, after, began).await,
    }
}

async fn all(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    mut feed: Feed,
    after: Option<String>,
) -> Result<Page, Failure> {
    let wanted = wanted(object, request);
    let fits = wanted.iter().map(|name| name.len() + 1).sum::<usize>() <= LONGEST_QUERY;
    let in_address: &[&str] = if fits { &wanted } else { &[] };
    let answer = api::list(call.http, object.name, in_address, after.as_deref(), false).await?;
    note_time(&mut feed, call, &answer);
    let next = answer.body.after();
    let mut found = answer.body.results;
    if !fits {
        let ids: Vec<&str> = found.iter().map(|record| record.id.as_str()).collect();
        let mut whole = Vec::new();
        for ids in ids.chunks(BATCH) {
            whole.extend(api::read(call.http, object.name, None, ids, &wanted).await?);
        }
        found = whole;
    }
    let records = found.into_iter().map(|found| remote(call, object, request, found)).collect();
    if next.is_some() {
        feed.step = Step::All { after: next };
        return Ok(feed.next(records, true));
    }
    // What changed while this was going on is found by the first search.
    feed.step = Step::Changes;
    feed.archived_since = feed.began - OVERLAP;
    feed.archive_checked = feed.began;
    feed.round_is_over();
    Ok(feed.next(records, false))
}

/// The search came to its end: looks for archived records if it is time, else the round is over.
fn drained(mut feed: Feed, records: Vec<RemoteRecord>) -> Page {
    let began = feed.began;
    feed.round_is_over();
    let look = began - feed.archive_checked >= ARCHIVE_EVERY;
    if look {
        feed.step = Step::Archive { after: None, began };
    }
    feed.next(records, look)
}

async fn archive(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    mut feed: Feed,
    after: Option<String>,
    began: i64,
) -> Result<Page, Failure> {
    let answer = api::list(call.http, object.name, &[], after.as_deref(), true).await?;
    let next = answer.body.after();
    let records = answer
        .body
        .results
        .into_iter()
        .filter(|found| found.archived_at.is_none_or(|at| at.as_millisecond() >= feed.archived_since))
        .map(|found| RemoteRecord { deleted: true, ..remote(call, object, request, found) })
        .collect();
    let more = next.is_some();
    if more {
        feed.step = Step::Archive { after: next, began };
    } else {
        feed.step = Step::Changes;
        feed.archived_since = began - OVERLAP;
        feed.archive_checked = began;
    }
    Ok(feed.next(records, more))
}

/// Records that were not given before in this state.
fn fresh(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    feed: &mut Feed,
    found: Vec<Object>,
) -> Vec<RemoteRecord> {
    found
        .into_iter()
        .filter(|found| match time(object, found) {
            Some(changed) => {
                feed.latest = feed.latest.max(changed);
                feed.given.insert(found.id.clone(), changed) != Some(changed)
            }
            None => true,
        })
        .map(|found| remote(call, object, request, found))
        .collect()
}

fn remote(call: &Call<'_>, object: &ObjectSpec, request: &PullRequest<'_>, found: Object) -> RemoteRecord {
    convert::remote(found, object.name, object.changed_field, request.fields, call.settings)
}

async fn search(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    filters: Value,
    sort: &str,
) -> Result<Answer<List<Object>>, Failure> {
    let query = json!({
        "filterGroups": [{ "filters": filters }],
        "sorts": [{ "propertyName": sort, "direction": "ASCENDING" }],
        "properties": wanted(object, request),
        "limit": SEARCH_PAGE,
    });
    api::search(call.http, object.name, &query).await
}

fn is_full(list: &List<Object>) -> bool {
    list.results.len() >= SEARCH_PAGE || (list.after().is_some() && !list.results.is_empty())
}

fn wanted<'a>(object: &'a ObjectSpec, request: &'a PullRequest<'_>) -> Vec<&'a str> {
    let mut names: Vec<&str> = request.fields.iter().map(String::as_str).collect();
    names.extend(object.changed_field.filter(|field| !request.fields.iter().any(|name| name == field)));
    names
}

fn time(object: &ObjectSpec, found: &Object) -> Option<i64> {
    convert::changed_at(found, object.changed_field).map(Timestamp::as_millisecond)
}

fn changed(object: &ObjectSpec, operator: &str, moment: i64) -> Result<Value, Failure> {
    Ok(json!({ "propertyName": changed_field(object)?, "operator": operator, "value": moment.to_string() }))
}

fn changed_field(object: &ObjectSpec) -> Result<&'static str, Failure> {
    object
        .changed_field
        .ok_or_else(|| Failure::new(FailureKind::Unexpected, format!("{} have no change feed", object.name)))
}

/// The time of the round's first answer.
fn note_time<T>(feed: &mut Feed, call: &Call<'_>, answer: &Answer<T>) {
    if feed.began == 0 {
        let here = call.clock.now();
        feed.began = date(&answer.headers).map_or(here, |there| there.min(here)).as_millisecond();
    }
}
