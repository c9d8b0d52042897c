//! The change feed against a server that lists as Pipedrive does: by a keyset cursor, deleted records left out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::SignedDuration;
use leadferry_connector::testkit::{Bench, Sent};
use leadferry_connector::{Connector, Cursor, PullRequest, Settings, Transport, TransportError};
use leadferry_model::Timestamp;
use serde_json::{Value, json};

use super::LEAD_ID;
use crate::pipedrive::CONNECTOR;
use crate::pipedrive::spec::SPEC;

#[derive(Default)]
struct Server {
    /// Change time in seconds, and whether it is deleted, by id.
    rows: Mutex<BTreeMap<u64, (i64, bool)>>,
    sent: Mutex<Vec<Sent>>,
    /// Cursors are not known any more.
    forgetful: Mutex<bool>,
}

impl Server {
    fn change(&self, id: u64, at: i64) {
        self.rows.lock().unwrap().insert(id, (at, false));
    }

    fn delete(&self, id: u64, at: i64) {
        self.rows.lock().unwrap().insert(id, (at, true));
    }

    fn list(&self, sent: &Sent) -> (u16, Value) {
        let text = |name: &str| sent.query.get(name).map(|value| value.as_str().unwrap().to_owned());
        if text("cursor").is_some() && *self.forgetful.lock().unwrap() {
            return (400, json!({"success": false, "error": "Invalid cursor"}));
        }
        let deleted = text("status").as_deref() == Some("deleted");
        let since = text("updated_since").map_or(i64::MIN, |since| {
            assert!(!since.contains('.'), "v2 refuses fractions of seconds: {since}");
            since.parse::<Timestamp>().unwrap().as_second()
        });
        let by_time = text("sort_by").as_deref() == Some("update_time");
        let place = |id: u64, at: i64| if by_time { (at, id) } else { (0, id) };
        let mut rows: Vec<(i64, u64)> = (self.rows.lock().unwrap().iter())
            .filter(|(_, (at, gone))| *gone == deleted && *at >= since)
            .map(|(id, (at, _))| place(*id, *at))
            .collect();
        rows.sort_unstable();
        if let Some(cursor) = text("cursor") {
            let (at, id) = cursor.split_once('/').unwrap();
            let after: (i64, u64) = (at.parse().unwrap(), id.parse().unwrap());
            rows.retain(|row| *row > after);
        }
        let limit: usize = text("limit").unwrap().parse().unwrap();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|(at, id)| format!("{at}/{id}"));
        let all = self.rows.lock().unwrap();
        let data: Vec<Value> = rows
            .iter()
            .map(|(_, id)| {
                let at = Timestamp::from_second(all[id].0).unwrap();
                json!({"id": id, "update_time": at.to_string(), "is_deleted": deleted, "emails": [],
                    "custom_fields": {LEAD_ID: null}})
            })
            .collect();
        (200, json!({"success": true, "data": data, "additional_data": {"next_cursor": next}}))
    }
}

#[async_trait]
impl Transport for Server {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let sent = Sent::new(&request);
        let (status, body) = self.list(&sent);
        self.sent.lock().unwrap().push(sent);
        let mut answer = http::Response::new(Bytes::from(body.to_string()));
        *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
        Ok(answer)
    }
}

struct Feed {
    object: &'static str,
    server: Arc<Server>,
    bench: Bench,
    cursor: Option<Cursor>,
}

impl Feed {
    fn new(object: &'static str) -> Self {
        let server = Arc::new(Server::default());
        let bench = Bench::new(&SPEC, server.clone()).set(&Settings::lead_id_key(object), LEAD_ID);
        Self { object, bench, server, cursor: None }
    }

    fn now(&self) -> i64 {
        self.bench.call().clock.now().as_second()
    }

    fn wait(&self, minutes: i64) {
        self.bench.clock.advance(SignedDuration::from_mins(minutes));
    }

    async fn page(&mut self) -> (Vec<String>, bool) {
        // Each page is a piece of work of its own, within the burst limit.
        self.bench.clock.advance(SignedDuration::from_millis(500));
        let fields = ["lead_id".to_owned(), "email".to_owned()];
        let request = PullRequest { object: self.object, fields: &fields, cursor: self.cursor.as_ref() };
        let page = CONNECTOR.pull(&self.bench.call(), &request).await.unwrap();
        self.cursor = Some(page.next);
        let mark = |deleted| if deleted { "x" } else { "" };
        let ids = page.records.iter().map(|record| format!("{}{}", record.id, mark(record.deleted)));
        (ids.collect(), page.more)
    }

    /// Pulls until there is no more: ids with `x` behind deleted ones.
    async fn round(&mut self) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let (ids, more) = self.page().await;
            seen.extend(ids);
            if !more {
                return seen;
            }
        }
    }
}

fn distinct(ids: &[String]) -> usize {
    ids.iter().collect::<std::collections::HashSet<_>>().len()
}

#[tokio::test]
async fn everything_comes_once_then_only_changes() {
    let mut feed = Feed::new("persons");
    let long_ago = feed.now() - 86_400;
    for id in 1..=1200 {
        feed.server.change(id, long_ago);
    }
    let first = feed.round().await;
    assert_eq!((first.len(), distinct(&first)), (1200, 1200), "each record on exactly one page");
    let query = feed.server.sent.lock().unwrap()[0].query.clone();
    let expected =
        json!({"sort_by": "id", "sort_direction": "asc", "limit": "500", "custom_fields": LEAD_ID});
    assert_eq!(query, expected, "exactly what is documented");
    assert!(feed.round().await.is_empty(), "nothing changed");
    let now = feed.now();
    feed.server.change(7, now);
    assert_eq!(feed.round().await, ["7"], "the change");
    assert!(feed.round().await.is_empty(), "and it is not given again, though the list reaches back");
    feed.server.change(8, now - 60);
    assert_eq!(feed.round().await, ["8"], "a change that was late is not lost");
}

#[tokio::test]
async fn more_changes_in_one_second_than_a_page_holds_are_all_found() {
    let mut feed = Feed::new("persons");
    feed.round().await;
    let now = feed.now();
    for id in 1..=1700 {
        feed.server.change(id, now);
    }
    let found = feed.round().await;
    assert_eq!((found.len(), distinct(&found)), (1700, 1700), "imports do that");
}

#[tokio::test]
async fn a_record_that_changes_while_pages_are_read_shifts_no_other() {
    let mut feed = Feed::new("persons");
    feed.round().await;
    let now = feed.now();
    for id in 1..=1200 {
        feed.server.change(id, now);
    }
    let (mut seen, _) = feed.page().await;
    for id in 1..=50 {
        feed.server.change(id, now + 30);
    }
    seen.extend(feed.round().await);
    assert_eq!(
        (seen.len(), distinct(&seen)),
        (1250, 1200),
        "the changed ones come again, and none is left out"
    );
}

#[tokio::test]
async fn deleted_persons_are_noticed_by_comparing() {
    let mut feed = Feed::new("persons");
    let now = feed.now();
    for id in 1..=700 {
        feed.server.change(id, now - 90_000);
    }
    feed.server.delete(650, now - 80_000);
    assert_eq!(feed.round().await.len(), 699, "what was deleted before is nobody's business");
    feed.wait(30);
    for id in [1, 500, 501, 700] {
        feed.server.delete(id, feed.now());
    }
    assert!(feed.round().await.is_empty(), "no list tells");
    feed.wait(31);
    assert_eq!(feed.round().await, ["1x", "500x", "501x", "700x"], "but once an hour all are compared");
    feed.server.change(500, feed.now());
    assert_eq!(feed.round().await, ["500"], "restored by somebody");
    feed.wait(61);
    assert!(feed.round().await.is_empty(), "and nothing is told twice");
}

#[tokio::test]
async fn a_change_the_rounds_have_missed_comes_with_the_comparison() {
    let mut feed = Feed::new("organizations");
    let now = feed.now();
    feed.server.change(1, now - 90_000);
    feed.round().await;
    feed.server.change(2, now - 80_000);
    assert!(feed.round().await.is_empty(), "it says it changed long ago");
    feed.wait(61);
    assert_eq!(feed.round().await, ["2"], "made visible to us, perhaps");
}

#[tokio::test]
async fn large_accounts_are_compared_less_often() {
    let mut feed = Feed::new("persons");
    let now = feed.now();
    for id in 1..=5000 {
        feed.server.change(id, now - 90_000);
    }
    feed.round().await;
    feed.server.delete(9, now);
    feed.wait(61);
    assert!(feed.round().await.is_empty(), "ten pages are worth a hundred minutes");
    feed.wait(40);
    assert_eq!(feed.round().await, ["9x"], "then it is time");
}

#[tokio::test]
async fn deleted_deals_are_asked_for() {
    let mut feed = Feed::new("deals");
    let now = feed.now();
    feed.server.change(1, now - 90_000);
    feed.server.change(2, now - 90_000);
    assert_eq!(feed.round().await, ["1", "2"], "all");
    feed.server.delete(2, now);
    feed.server.rows.lock().unwrap().remove(&1);
    feed.wait(61);
    assert_eq!(feed.round().await, ["2x"], "and one that is only archived is not taken for deleted");
    feed.wait(61);
    assert!(feed.round().await.is_empty(), "told once");
}

#[tokio::test]
async fn a_place_pipedrive_has_forgotten_begins_the_list_again_once() {
    let mut feed = Feed::new("persons");
    for id in 1..=1200 {
        feed.server.change(id, feed.now() - 90_000);
    }
    feed.page().await;
    *feed.server.forgetful.lock().unwrap() = true;
    assert_eq!(feed.page().await, (vec![], true), "given up");
    *feed.server.forgetful.lock().unwrap() = false;
    assert_eq!(distinct(&feed.round().await), 1200, "and read from the beginning");
}

#[tokio::test]
async fn a_list_that_cannot_be_followed_does_not_go_round_for_ever() {
    let mut feed = Feed::new("persons");
    for id in 1..=1200 {
        feed.server.change(id, feed.now() - 90_000);
    }
    *feed.server.forgetful.lock().unwrap() = true;
    feed.page().await;
    feed.page().await;
    feed.page().await;
    let fields = ["email".to_owned()];
    let request = PullRequest { object: "persons", fields: &fields, cursor: feed.cursor.as_ref() };
    let failure = CONNECTOR.pull(&feed.bench.call(), &request).await.unwrap_err();
    assert_eq!(failure.kind.word(), "invalid", "the second refusal is told");
}

#[tokio::test]
async fn a_cursor_nobody_can_read_begins_again() {
    let mut feed = Feed::new("persons");
    feed.server.change(1, feed.now());
    feed.cursor = Some(Cursor("of another version".into()));
    assert_eq!(feed.round().await, ["1"], "slow, but nothing is lost");
}
