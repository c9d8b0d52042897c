//! The change feed: queries by change time and id.
//!
//! A page begins behind the last record of the page before (`SystemModstamp`, then `Id`), so that thousands of rows of one bulk edit
//! share a second without being lost or read for ever, and so that nothing depends on Salesforce keeping a query's pages: where it
//! still has them, they are followed, else the query is asked anew. The first round reads what there is; later ones read the recycle
//! bin as well, so that deleted records come in their order. What was deleted longer ago than the bin keeps (15 days) is noticed when
//! it is written next. A converted lead says what it became.
//!
//! A change time is set when a record is saved and seen when that is committed, up to ten minutes later: each round begins that much
//! before the one before did, and gives those records again. They are not told apart from changes: times are whole seconds, and two
//! changes in one second would look like one. A round begins at the earlier of Salesforce's `Date` and this computer's clock: one that
//! is ahead must lose nothing.

use jiff::SignedDuration;
use leadferry_connector::{Answer, Call, Cursor, ObjectSpec, Page, PullRequest, RemoteRecord, date};
use leadferry_model::Failure;
use serde::{Deserialize, Serialize};

use super::errors::{LOCATOR, NOT_FOUND, TOO_HEAVY};
use super::soql::{field_parts, moment};
use super::spec::CHANGED;
use super::types::{Row, Rows, text_of};
use super::{api, convert, converted, find};

/// How long a transaction may last, and so how late a change may be seen.
/// <https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm>
const OVERLAP: i64 = SignedDuration::from_mins(10).as_secs();
/// Most rows of one query. Salesforce gives them in pages of up to 2,000.
const MOST: usize = 10_000;
/// Below this a query is not made smaller: something else is wrong.
const FEWEST: usize = 200;

/// Where the feed stands. Times are seconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Feed {
    /// The first round reads everything, and nothing that is deleted.
    first: bool,
    /// Changes from here on are wanted; `None`: all.
    since: Option<i64>,
    /// The last record of the page before.
    last: Option<Place>,
    /// When this round began; `None` before its first answer.
    began: Option<i64>,
    /// Where Salesforce keeps the next page.
    locator: Option<String>,
    /// Rows the present query has given.
    given: usize,
    /// Most rows of a query.
    most: usize,
}

/// A record's place in the order of changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    changed: i64,
    id: String,
}

impl Feed {
    const START: Self =
        Self { first: true, since: None, last: None, began: None, locator: None, given: 0, most: MOST };

    fn next(self, records: Vec<RemoteRecord>, more: bool) -> Page {
        let cursor = serde_json::to_string(&self).expect("BUG: a feed is plain data");
        Page { records, next: Cursor(cursor), more }
    }

    /// The query that goes on behind the last record. Mixed AND and OR need their parentheses.
    fn query(&self, object: &str, fields: &str) -> String {
        let from = match (&self.last, self.since) {
            (Some(Place { changed, id }), _) => {
                let at = moment(*changed);
                format!(" WHERE (({CHANGED} = {at} AND Id > '{id}') OR {CHANGED} > {at})")
            }
            (None, Some(since)) => format!(" WHERE {CHANGED} >= {}", moment(since)),
            (None, None) => String::new(),
        };
        format!("SELECT {fields} FROM {object}{from} ORDER BY {CHANGED} ASC, Id ASC LIMIT {}", self.most)
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
    let mut always = vec!["Id", CHANGED];
    if !feed.first {
        always.push("IsDeleted");
    }
    let wanted: Vec<&str> =
        request.fields.iter().map(String::as_str).chain(converted::pointers(object.name)).collect();
    let parts = field_parts(&always, &wanted);
    let answer = match ask(call, object, &mut feed, &always, &parts[0]).await {
        Ok(answer) => answer,
        Err(failure) if TOO_HEAVY.contains(&failure.code.as_str()) && feed.most > FEWEST => {
            feed.most = (feed.most / 4).max(FEWEST);
            (feed.locator, feed.given) = (None, 0);
            return Ok(feed.next(Vec::new(), true));
        }
        Err(failure) => return Err(failure),
    };
    if feed.began.is_none() {
        let here = call.clock.now();
        feed.began = Some(date(&answer.headers).map_or(here, |there| there.min(here)).as_second());
    }
    let page = answer.body;
    feed.given += page.records.len();
    feed.locator = page.next();
    if let Some(last) = page.records.iter().rev().find_map(place) {
        feed.last = Some(last);
    }
    // A query that gave all it may has more behind it; a page that gave nothing is the end, whatever it says.
    let full = feed.given >= feed.most || (page.done == Some(false) && feed.locator.is_none());
    let more = !page.records.is_empty() && (feed.locator.is_some() || full);
    let records = records(call, object, request, page, &parts[1..]).await?;
    if feed.locator.is_none() {
        feed.given = 0;
    }
    if !more {
        feed.since = feed.began.map(|began| (began - OVERLAP).max(0));
        feed = Feed { first: false, since: feed.since, ..Feed::START };
    }
    Ok(feed.next(records, more))
}

/// The next page where Salesforce still keeps it, else by the place of the last record.
async fn ask(
    call: &Call<'_>,
    object: &ObjectSpec,
    feed: &mut Feed,
    always: &[&str],
    fields: &[&str],
) -> Result<Answer<Rows>, Failure> {
    if let Some(path) = feed.locator.take() {
        match api::more(call.http, &path).await {
            Err(failure) if [LOCATOR, NOT_FOUND].contains(&failure.code.as_str()) => feed.given = 0,
            other => return other,
        }
    }
    let mut fields = fields.to_vec();
    loop {
        let query = feed.query(object.name, &fields.join(","));
        let answer = if feed.first {
            api::query(call.http, &query).await
        } else {
            api::query_all(call.http, &query).await
        };
        match answer {
            // A field that is gone takes nothing else with it.
            Err(failure) => fields = find::without(&fields, always, &failure).ok_or(failure)?,
            answer => return answer,
        }
    }
}

fn place(row: &Row) -> Option<Place> {
    let id = text_of(row, "Id").filter(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
    Some(Place { changed: convert::moment(&text_of(row, CHANGED)?)?.as_second(), id })
}

/// The page's records, with the fields that did not fit into its query.
async fn records(
    call: &Call<'_>,
    object: &ObjectSpec,
    request: &PullRequest<'_>,
    page: Rows,
    parts: &[Vec<&str>],
) -> Result<Vec<RemoteRecord>, Failure> {
    let mut rows = page.records;
    for part in parts {
        let ids: Vec<String> = rows.iter().filter_map(|row| text_of(row, "Id")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let more = find::rows_where(call, object.name, part, "Id", &ids).await?;
        for row in &mut rows {
            let id = text_of(row, "Id");
            if let Some(more) = more.iter().find(|other| text_of(other, "Id") == id) {
                row.extend(more.clone());
            }
        }
    }
    Ok(rows.iter().filter_map(|row| convert::remote(call, object.name, row, request.fields)).collect())
}
