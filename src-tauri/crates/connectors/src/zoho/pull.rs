//! The change feed: first everything there is, by id; then what changed, by change time; and what was deleted or converted.
//!
//! Page numbers lose records that move while pages are read, and stop at some point. So each query begins behind the last record
//! seen: behind its id in the first round, behind its change time and id afterwards. Change times are whole seconds that thousands of
//! records can share after an import; with the id beside it the place is exact, and the feed can neither skip nor repeat. The time goes
//! back to Zoho as Zoho wrote it.
//!
//! A round ends a little before it began: what was being written meanwhile may have an earlier time than the last record that was
//! seen. The beginning is the earlier of Zoho's `Date` and this computer's clock: one that is ahead must not lose changes.
//!
//! Deleted records stand in a list of their own. So do converted leads, as far as queries are concerned: nobody can write them any
//! more, so they are given as deleted.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use leadferry_connector::{Answer, Call, Cursor, ObjectSpec, Page, PullRequest, RemoteRecord, date};
use leadferry_model::{Failure, FailureKind, Record as Fields, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

use super::coql::{self, quoted};
use super::types::{Record, Rows};
use super::{api, convert, find};

/// How far a finished round reaches back. Queries see what is committed; this is for what was being written.
const OVERLAP: i64 = SignedDuration::from_mins(5).as_secs();
/// Most records remembered to be told apart from changes. Beyond it a record comes twice, which does no harm.
const REMEMBERED: usize = 1000;
/// The last page that may be asked for by its number. <https://www.zoho.com/crm/developer/docs/api/v8/get-records.html>
const NUMBERED_PAGES: usize = 10;
/// The only module whose records turn into others.
const LEADS: &str = "Leads";

/// Where the feed stands. Times are seconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Feed {
    step: Step,
    /// When this round began; 0 before its first answer.
    began: i64,
    /// Deleted and converted from here on is wanted.
    gone_since: i64,
    /// Records that were given already, with their change time; with `x` before, their end.
    given: BTreeMap<String, i64>,
    /// Columns the account does not have. Asked for again in the next round.
    without: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// Everything, behind this id.
    All { after: String },
    /// What changed, behind this time and id.
    Changes { at: String, after: String },
    /// Leads that were converted.
    Converted { page: usize, token: Option<String> },
    /// Deleted records.
    Deleted { page: usize },
}

impl Feed {
    fn start() -> Self {
        let step = Step::All { after: "0".to_owned() };
        Self { step, began: 0, gone_since: 0, given: BTreeMap::new(), without: Vec::new() }
    }

    fn next(self, records: Vec<RemoteRecord>, more: bool) -> Page {
        let cursor = serde_json::to_string(&self).expect("BUG: a feed is plain data");
        Page { records, next: Cursor(cursor), more }
    }

    /// Ends a round: the next one begins a little before this one did. `looked`: everything that is gone was seen, too.
    fn round_is_over(&mut self, looked: bool) {
        let since = (self.began - OVERLAP).max(0);
        if looked {
            self.gone_since = since;
        }
        self.step = Step::Changes { at: text_of(since), after: "0".to_owned() };
        self.began = 0;
        self.without.clear();
        let oldest = since.min(self.gone_since);
        self.given.retain(|_, at| *at >= oldest);
        if self.given.len() > REMEMBERED {
            let mut times: Vec<i64> = self.given.values().copied().collect();
            times.sort_unstable();
            let oldest = times[times.len() - REMEMBERED];
            self.given.retain(|_, at| *at >= oldest);
        }
    }

    /// Whether this was not given before in this state.
    fn is_news(&mut self, key: String, at: Option<Timestamp>) -> bool {
        match at.map(Timestamp::as_second) {
            Some(at) => self.given.insert(key, at) != Some(at),
            None => true,
        }
    }

    /// The time of the round's first answer.
    fn note_time<T>(&mut self, call: &Call<'_>, answer: Option<&Answer<T>>) {
        if self.began == 0 {
            let here = call.clock.now();
            let there = answer.and_then(|answer| date(&answer.headers));
            self.began = there.map_or(here, |there| there.min(here)).as_second();
        }
    }
}

fn text_of(second: i64) -> String {
    convert::moment_text(Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH))
}

pub(super) async fn pull(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
) -> Result<Page, Failure> {
    // A cursor of another version is no reason to stand still: reading everything again is slow, but loses nothing.
    let feed =
        request.cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_else(Feed::start);
    match feed.step.clone() {
        Step::All { after } => all(call, object, request, feed, &after).await,
        Step::Changes { at, after } => changes(call, object, request, feed, &at, &after).await,
        Step::Converted { page, token } => converted(call, object, feed, page, token).await,
        Step::Deleted { page } => deleted(call, object, feed, page).await,
    }
}

async fn all(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    mut feed: Feed,
    after: &str,
) -> Result<Page, Failure> {
    let criteria = format!("id > {}", quoted(after));
    let rows = query(call, object, request, &mut feed, &criteria, "id asc").await?;
    let ids: Vec<String> = rows.data.iter().filter_map(convert::id).collect();
    let in_order = ids.is_sorted_by(|one, other| comes_after(other, one));
    let last = ids.into_iter().next_back();
    let records = given(call, object, request, &mut feed, &rows.data, false);
    match last.filter(|_| is_full(&rows)) {
        Some(last) if in_order && comes_after(&last, after) => {
            feed.step = Step::All { after: last };
            Ok(feed.next(records, true))
        }
        Some(_) => Err(astray()),
        None => {
            // What was deleted or converted before is nobody's business; what changed meanwhile is found by the first query.
            feed.round_is_over(true);
            Ok(feed.next(records, false))
        }
    }
}

async fn changes(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    mut feed: Feed,
    at: &str,
    after: &str,
) -> Result<Page, Failure> {
    let changed = changed_field(object)?;
    let time = quoted(at);
    let criteria = format!("({changed} > {time} or ({changed} = {time} and id > {}))", quoted(after));
    let rows = query(call, object, request, &mut feed, &criteria, &format!("{changed} asc, id asc")).await?;
    let place = |row: &Record| Some((row.get(changed)?.as_str()?.to_owned(), convert::id(row)?));
    let places: Vec<(String, String)> = rows.data.iter().filter_map(place).collect();
    let in_order = places.is_sorted_by(|one, other| is_behind(other, one));
    let last = places.into_iter().next_back();
    let records = given(call, object, request, &mut feed, &rows.data, true);
    match last.filter(|_| is_full(&rows)) {
        Some(last) if in_order && is_behind(&last, &(at.to_owned(), after.to_owned())) => {
            feed.step = Step::Changes { at: last.0, after: last.1 };
        }
        Some(_) => return Err(astray()),
        None if object.name == LEADS => feed.step = Step::Converted { page: 1, token: None },
        None => feed.step = Step::Deleted { page: 1 },
    }
    Ok(feed.next(records, true))
}

async fn converted(
    call: &Call<'_>,
    object: &ObjectSpec,
    mut feed: Feed,
    page: usize,
    token: Option<String>,
) -> Result<Page, Failure> {
    let since = text_of(feed.gone_since);
    let rows = match api::converted(call.http, object.name, &since, page, token.as_deref()).await {
        Ok(rows) => rows,
        // A token lives for a day and for one person. The next round looks from the same time on.
        Err(failure) if token.is_some() && is_about_paging(&failure) => {
            feed.round_is_over(false);
            return Ok(feed.next(Vec::new(), false));
        }
        Err(failure) => return Err(failure),
    };
    let ended = |row: &Record| changed_field(object).ok().and_then(|field| time_in(row, field));
    let records = gone(call, object, &mut feed, &rows.data, ended);
    let goes_on = rows.info.more_records && !rows.data.is_empty();
    let next = rows.info.next_page_token.filter(|token| !token.is_empty());
    feed.step = match (goes_on, next) {
        (true, _) if page < NUMBERED_PAGES && token.is_none() => {
            Step::Converted { page: page + 1, token: None }
        }
        (true, Some(token)) => Step::Converted { page: page + 1, token: Some(token) },
        _ => Step::Deleted { page: 1 },
    };
    Ok(feed.next(records, true))
}

async fn deleted(call: &Call<'_>, object: &ObjectSpec, mut feed: Feed, page: usize) -> Result<Page, Failure> {
    let since = text_of(feed.gone_since);
    let rows = match api::deleted(call.http, object.name, &since, page).await {
        Ok(rows) => rows,
        // Unverified: how many pages there may be. The next round looks from the same time on.
        Err(failure) if page > 1 && is_about_paging(&failure) => {
            feed.round_is_over(false);
            return Ok(feed.next(Vec::new(), false));
        }
        Err(failure) => return Err(failure),
    };
    let records = gone(call, object, &mut feed, &rows.data, |row| time_in(row, "deleted_time"));
    if rows.info.more_records && !rows.data.is_empty() {
        feed.step = Step::Deleted { page: page + 1 };
        return Ok(feed.next(records, true));
    }
    feed.round_is_over(true);
    Ok(feed.next(records, false))
}

/// Asks, and asks again without a column the account does not have (a Lead ID field nobody made, a phone number somebody hid).
async fn query(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    feed: &mut Feed,
    criteria: &str,
    order: &str,
) -> Result<Rows, Failure> {
    loop {
        let columns = columns(call, object, request, &feed.without);
        let text = coql::select(&columns, object.name, criteria, order, 0);
        let unknown = match api::coql(call.http, &text).await {
            Ok(answer) => {
                feed.note_time(call, answer.as_ref());
                return Ok(answer.map(|answer| answer.body).unwrap_or_default());
            }
            Err(failure) => {
                let needed = |column: &str| column == "id" || object.changed_field == Some(column);
                let named =
                    columns.iter().find(|column| find::is_unknown(&failure, column) && !needed(column));
                named.map(|column| (*column).to_owned()).ok_or(failure)?
            }
        };
        feed.without.push(unknown);
    }
}

fn columns<'a>(
    call: &'a Call<'_>,
    object: &'a ObjectSpec,
    request: &'a PullRequest<'_>,
    without: &[String],
) -> Vec<&'a str> {
    let asked = request.fields.iter().map(|name| find::there(call, object, name));
    let asked = asked.filter(|name| coql::is_column(name) && !without.iter().any(|other| other == name));
    let mut columns = find::unique(["id"].into_iter().chain(object.changed_field).chain(asked));
    columns.truncate(coql::COLUMNS);
    columns
}

/// Rows as records; with `told_apart`, only those that were not given before in this state.
fn given(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    feed: &mut Feed,
    rows: &[Record],
    told_apart: bool,
) -> Vec<RemoteRecord> {
    let wanted: Vec<(&str, &str)> =
        request.fields.iter().map(|name| (name.as_str(), find::there(call, object, name))).collect();
    let records = rows.iter().filter_map(|row| convert::remote(row, object, &wanted, call.settings));
    records.filter(|record| !told_apart || feed.is_news(record.id.to_string(), record.changed_at)).collect()
}

fn gone(
    call: &Call<'_>,
    object: &ObjectSpec,
    feed: &mut Feed,
    rows: &[Record],
    ended: impl Fn(&Record) -> Option<Timestamp>,
) -> Vec<RemoteRecord> {
    let record = |row: &Record| {
        let (id, at) = (convert::id(row)?, ended(row));
        let wanted = at.is_none_or(|at| at.as_second() >= feed.gone_since);
        (wanted && feed.is_news(format!("x{id}"), at)).then(|| RemoteRecord {
            became: Vec::new(),
            fields: Fields::new(),
            changed_at: at,
            deleted: true,
            url: convert::page(object.name, &id, call.settings),
            id: RecordId::new(id),
        })
    };
    rows.iter().filter_map(record).collect()
}

fn time_in(row: &Record, field: &str) -> Option<Timestamp> {
    convert::moment(row.get(field)?.as_str()?)
}

/// Fewer rows than were asked for may come where an edition allows fewer: Zoho's own word counts as well.
fn is_full(rows: &Rows) -> bool {
    !rows.data.is_empty() && (rows.info.more_records || rows.data.len() >= coql::ROWS)
}

/// Ids are numbers that no float can hold.
fn comes_after(id: &str, other: &str) -> bool {
    let size = |id: &str| (id.trim_start_matches('0').len(), id.trim_start_matches('0').to_owned());
    size(id) > size(other)
}

/// Whether one place, a time and an id, is behind the other.
fn is_behind((time, id): &(String, String), (other_time, other_id): &(String, String)) -> bool {
    let (time, other_time) = (convert::moment(time), convert::moment(other_time));
    time > other_time || (time == other_time && comes_after(id, other_id))
}

fn is_about_paging(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Invalid { .. } | FailureKind::Unexpected | FailureKind::NotFound)
}

/// Behind a full page in another order, records would be lost, or the same ones read for ever.
fn astray() -> Failure {
    Failure::new(FailureKind::Unexpected, "Zoho CRM's answer is not in the order it was asked for")
}

fn changed_field(object: &ObjectSpec) -> Result<&'static str, Failure> {
    object
        .changed_field
        .ok_or_else(|| Failure::new(FailureKind::Unexpected, format!("{} have no change feed", object.name)))
}
