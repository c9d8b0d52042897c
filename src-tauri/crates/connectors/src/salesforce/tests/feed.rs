//! The change feed against a server that answers queries as Salesforce does: in order, in pages, with places that are forgotten.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::{Bench, Sent};
use leadferry_connector::{Connector, Cursor, Page, PullRequest, Transport, TransportError};
use leadferry_model::{Failure, Timestamp};
use serde_json::{Value, json};

use super::{POINTERS, QUERY, QUERY_ALL, contact, id};
use crate::salesforce::CONNECTOR;
use crate::salesforce::spec::SPEC;

/// Rows of one page.
const PAGE: usize = 4;

#[derive(Clone, Default)]
struct Lead {
    changed: i64,
    contact: Option<String>,
    deleted: bool,
    /// Not committed yet: nobody sees it.
    open: bool,
}

#[derive(Default)]
struct State {
    leads: BTreeMap<String, Lead>,
    /// Queries whose further pages are kept, and what is left of each.
    kept: Vec<Vec<Value>>,
    forgets: bool,
    too_heavy_above: Option<usize>,
    asked: Vec<String>,
}

#[derive(Default)]
struct Server(Mutex<State>);

impl Server {
    fn change(&self, number: usize, changed: i64) {
        self.0.lock().unwrap().leads.insert(id(number), Lead { changed, ..Lead::default() });
    }

    fn edit(&self, number: usize, edit: impl FnOnce(&mut Lead)) {
        edit(self.0.lock().unwrap().leads.get_mut(&id(number)).unwrap());
    }

    fn answer(&self, sent: &Sent) -> (u16, Value) {
        let mut state = self.0.lock().unwrap();
        if let Some((_, place)) = sent.path.split_once("/query/") {
            let forgets = state.forgets;
            let Some(rest) =
                place.parse().ok().and_then(|at: usize| state.kept.get(at).cloned()).filter(|_| !forgets)
            else {
                return (400, super::refusal("INVALID_QUERY_LOCATOR", "invalid query locator"));
            };
            return (200, state.page(rest));
        }
        let query = sent.query["q"].as_str().unwrap().to_owned();
        state.asked.push(query.clone());
        let limit: usize = query.rsplit_once("LIMIT ").unwrap().1.parse().unwrap();
        if state.too_heavy_above.is_some_and(|most| limit > most) {
            return (400, super::refusal("QUERY_TIMEOUT", "Your query request was running for too long."));
        }
        let bin = sent.path == QUERY_ALL;
        assert!(bin || sent.path == QUERY, "no path {}", sent.path);
        let mut rows: Vec<(i64, String, Lead)> = state
            .leads
            .iter()
            .filter(|(_, lead)| !lead.open && (bin || !lead.deleted))
            .map(|(id, lead)| (lead.changed, id.clone(), lead.clone()))
            .collect();
        rows.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        rows.retain(|(changed, id, _)| matches(&query, *changed, id));
        let rows: Vec<Value> = rows
            .into_iter()
            .take(limit)
            .map(|(changed, id, lead)| {
                let stamp = format!("{}.000+0000", text(changed).trim_end_matches('Z'));
                json!({"attributes": {"type": "Lead"}, "Id": id, "SystemModstamp": stamp, "IsDeleted": lead.deleted,
                    "ConvertedContactId": lead.contact})
            })
            .collect();
        (200, state.page(rows))
    }
}

impl State {
    fn page(&mut self, mut rows: Vec<Value>) -> Value {
        let rest = rows.split_off(rows.len().min(PAGE));
        let done = rest.is_empty();
        let mut page = json!({"totalSize": rows.len() + rest.len(), "done": done, "records": rows});
        if !done {
            self.kept.push(rest);
            page["nextRecordsUrl"] =
                Value::from(format!("/services/data/v66.0/query/{}", self.kept.len() - 1));
        }
        page
    }
}

fn text(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap().to_string()
}

/// The two conditions the feed writes.
fn matches(query: &str, changed: i64, id: &str) -> bool {
    let moment = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
    let Some((_, rest)) = query.split_once("WHERE ") else { return true };
    if let Some(rest) = rest.strip_prefix("((SystemModstamp = ") {
        let (at, rest) = rest.split_once(" AND Id > '").unwrap();
        let (after, rest) = rest.split_once("') OR SystemModstamp > ").unwrap();
        assert_eq!(rest.split_once(')').unwrap().0, at, "one place in the order");
        return changed > moment(at) || (changed == moment(at) && id > after);
    }
    let since = rest.strip_prefix("SystemModstamp >= ").unwrap().split_once(' ').unwrap().0;
    changed >= moment(since)
}

#[async_trait]
impl Transport for Server {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let (status, body) = self.answer(&Sent::new(&request));
        Ok(http::Response::builder().status(status).body(body.to_string().into()).unwrap())
    }
}

struct Feed {
    server: Arc<Server>,
    bench: Bench,
    cursor: Option<Cursor>,
}

impl Feed {
    fn new() -> Self {
        let server = Arc::new(Server::default());
        Self { bench: Bench::new(&SPEC, server.clone()), server, cursor: None }
    }

    fn now(&self) -> i64 {
        self.bench.call().clock.now().as_second()
    }

    fn pass(&self, seconds: i64) {
        let now = Timestamp::from_second(self.now() + seconds).unwrap();
        self.bench.clock.set(now);
    }

    async fn page(&mut self) -> Result<Page, Failure> {
        let fields = ["Lead_ID__c".to_owned()];
        let request = PullRequest { object: "Lead", fields: &fields, cursor: self.cursor.as_ref() };
        let page = CONNECTOR.pull(&self.bench.call(), &request).await?;
        self.cursor = Some(page.next.clone());
        Ok(page)
    }

    /// Ids of one round, and which of them are deleted.
    async fn round(&mut self) -> Vec<(String, bool)> {
        let mut seen = Vec::new();
        for _ in 0..1_000 {
            let page = self.page().await.unwrap();
            seen.extend(
                page.records.into_iter().map(|record| (record.id.as_str().to_owned(), record.deleted)),
            );
            if !page.more {
                return seen;
            }
        }
        panic!("the feed never ends");
    }
}

fn all(numbers: impl IntoIterator<Item = usize>) -> Vec<(String, bool)> {
    numbers.into_iter().map(|number| (id(number), false)).collect()
}

#[tokio::test]
async fn everything_comes_once_and_then_only_changes() {
    let mut feed = Feed::new();
    let old = feed.now() - 86_400;
    (0..11).for_each(|number| feed.server.change(number, old + i64::try_from(number).unwrap()));
    assert_eq!(feed.round().await, all(0..11), "page by page, in the order of changes");
    feed.pass(240);
    assert_eq!(feed.round().await, [], "nothing has changed");
    feed.server.change(5, feed.now() - 1);
    feed.pass(240);
    assert_eq!(feed.round().await, all([5]), "one has");
    let asked = feed.server.0.lock().unwrap().asked.clone();
    assert_eq!(
        asked[0],
        format!(
            "SELECT Id,SystemModstamp,Lead_ID__c,{POINTERS} FROM Lead ORDER BY SystemModstamp ASC, Id ASC LIMIT 10000"
        ),
        "the first query has no condition"
    );
    assert!(
        asked[2].starts_with(&format!(
            "SELECT Id,SystemModstamp,IsDeleted,Lead_ID__c,{POINTERS} FROM Lead WHERE SystemModstamp >= 2026-"
        )),
        "{}",
        asked[2]
    );
}

#[tokio::test]
async fn a_crowded_second_is_walked_through_by_id() {
    let mut feed = Feed::new();
    let moment = feed.now() - 5_000;
    (0..30).for_each(|number| feed.server.change(number, moment));
    feed.server.0.lock().unwrap().forgets = true;
    assert_eq!(feed.round().await, all(0..30), "none lost, none twice, and it ends");
}

#[tokio::test]
async fn a_page_salesforce_forgot_is_asked_for_again_by_place() {
    let mut feed = Feed::new();
    let old = feed.now() - 86_400;
    (0..9).for_each(|number| feed.server.change(number, old + i64::try_from(number).unwrap()));
    let first = feed.page().await.unwrap();
    assert!(first.more, "there are two more pages");
    feed.server.0.lock().unwrap().forgets = true;
    assert_eq!(feed.round().await, all(4..9), "behind the last record of the page before");
    let asked = feed.server.0.lock().unwrap().asked.clone();
    let place = text(old + 3);
    let condition = format!(
        "WHERE ((SystemModstamp = {place} AND Id > '{}') OR SystemModstamp > {place}) ORDER BY",
        id(3)
    );
    assert!(asked[1].contains(&condition), "AND and OR in their parentheses: {}", asked[1]);
}

#[tokio::test]
async fn deleted_records_come_in_their_order() {
    let mut feed = Feed::new();
    feed.server.change(1, feed.now() - 5_000);
    feed.server.change(2, feed.now() - 4_000);
    feed.server.edit(2, |lead| lead.deleted = true);
    assert_eq!(feed.round().await, all([1]), "what was deleted before is nobody's business");
    feed.pass(240);
    let now = feed.now();
    feed.server.edit(1, |lead| (lead.deleted, lead.changed) = (true, now - 2));
    feed.server.change(3, now - 1);
    feed.pass(240);
    assert_eq!(feed.round().await, [(id(1), true), (id(3), false)], "one gone, one new");
}

#[tokio::test]
async fn a_converted_lead_says_what_it_became() {
    let mut feed = Feed::new();
    feed.server.change(1, feed.now() - 5_000);
    feed.round().await;
    feed.pass(240);
    let now = feed.now();
    feed.server.edit(1, |lead| (lead.contact, lead.changed) = (Some(contact(9)[..15].to_owned()), now - 1));
    feed.server.change(2, now);
    let page = feed.page().await.unwrap();
    let became: Vec<_> =
        page.records[0].became.iter().map(|one| (&*one.object, one.record.as_str())).collect();
    assert_eq!(
        became,
        [("Contact", &*contact(9))],
        "by the whole id; no account and no opportunity were told"
    );
    assert_eq!(page.records[1].became, [], "the other is a lead still");
}

#[tokio::test]
async fn a_change_that_is_committed_late_is_seen() {
    let mut feed = Feed::new();
    feed.server.change(1, feed.now() - 86_400);
    feed.round().await;
    let saved = feed.now() - 1;
    feed.server.change(2, saved);
    feed.server.edit(2, |lead| lead.open = true);
    feed.server.change(3, feed.now());
    feed.pass(240);
    assert_eq!(feed.round().await, all([3]), "it is not there yet");
    feed.pass(240);
    feed.server.edit(2, |lead| lead.open = false);
    assert!(feed.round().await.contains(&(id(2), false)), "it appears behind what was read before");
}

#[tokio::test]
async fn changes_while_a_long_round_goes_on_are_seen_by_the_next() {
    let mut feed = Feed::new();
    let old = feed.now() - 86_400;
    (0..9).for_each(|number| feed.server.change(number, old + i64::try_from(number).unwrap()));
    feed.page().await.unwrap();
    feed.pass(7_200);
    // Already read, and changed since.
    feed.server.change(0, feed.now() - 3_600);
    feed.round().await;
    assert_eq!(feed.round().await, all([0]), "a round begins where the one before began");
}

#[tokio::test]
async fn a_query_that_is_too_heavy_gets_smaller() {
    let mut feed = Feed::new();
    let old = feed.now() - 86_400;
    (0..9).for_each(|number| feed.server.change(number, old + i64::try_from(number).unwrap()));
    feed.server.0.lock().unwrap().too_heavy_above = Some(1_000);
    assert_eq!(feed.round().await, all(0..9), "until Salesforce can answer it");
    feed.server.0.lock().unwrap().too_heavy_above = Some(100);
    for _ in 0..5 {
        if feed.page().await.is_err() {
            return;
        }
    }
    panic!("what fails however small it is, is a failure");
}

#[tokio::test]
async fn a_cursor_nobody_can_read_begins_again() {
    let mut feed = Feed::new();
    feed.server.change(1, feed.now() - 86_400);
    feed.cursor = Some(Cursor("{\"of\": \"another version\"}".to_owned()));
    assert_eq!(feed.round().await, all([1]), "slow, but nothing is lost");
}
