//! The change feed against a server that answers queries as Zoho does: two hundred rows, whole seconds, converted leads left out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::{Bench, Sent};
use leadferry_connector::{Connector, Cursor, PullRequest, Settings, Transport, TransportError};
use leadferry_model::Timestamp;
use serde_json::{Value, json};

use super::{data, refused};
use crate::zoho::CONNECTOR;
use crate::zoho::spec::SPEC;

/// What became of a lead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Lives,
    Converted,
    Deleted,
}

/// Leads by id: change time in seconds, and fate.
#[derive(Default)]
struct Server {
    rows: Mutex<BTreeMap<u64, (i64, Fate)>>,
    /// Columns the account does not have.
    without: Mutex<Vec<&'static str>>,
    /// Rows come in no order.
    shuffled: Mutex<bool>,
}

/// Zoho writes times in the offset of the person.
fn shown(second: i64) -> String {
    let there =
        Timestamp::from_second(second).unwrap().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(2)));
    there.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn second(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_second()
}

/// What stands between `before` and the next quote.
fn literal<'q>(query: &'q str, before: &str) -> &'q str {
    query.split_once(before).unwrap_or_else(|| panic!("{before} in {query}")).1.split('\'').next().unwrap()
}

impl Server {
    fn change(&self, id: u64, at: i64) {
        self.rows.lock().unwrap().insert(id, (at, Fate::Lives));
    }

    fn end(&self, id: u64, at: i64, fate: Fate) {
        self.rows.lock().unwrap().insert(id, (at, fate));
    }

    fn coql(&self, query: &str) -> (u16, Value) {
        for column in self.without.lock().unwrap().iter() {
            if query.contains(column) {
                return (400, refused("INVALID_QUERY", json!({"column_name": column, "clause": "select"})));
            }
        }
        let mut rows: Vec<(u64, i64)> = self
            .rows
            .lock()
            .unwrap()
            .iter()
            .filter(|(_, (_, fate))| *fate == Fate::Lives)
            .map(|(id, (at, _))| (*id, *at))
            .collect();
        let after: u64 = literal(query, "id > '").parse().unwrap();
        if query.contains("where id > ") {
            rows.retain(|(id, _)| *id > after);
            assert!(query.contains("order by id asc"), "{query}");
        } else {
            let at = second(literal(query, "Modified_Time > '"));
            assert_eq!(at, second(literal(query, "Modified_Time = '")), "one place: {query}");
            rows.retain(|(id, changed)| *changed > at || (*changed == at && *id > after));
            assert!(query.contains("order by Modified_Time asc, id asc"), "{query}");
            rows.sort_by_key(|(id, changed)| (*changed, *id));
        }
        if *self.shuffled.lock().unwrap() {
            rows.reverse();
        }
        assert!(query.ends_with("limit 0, 200"), "no offsets: {query}");
        page(
            rows.len() > 200,
            rows.into_iter().take(200).map(|(id, at)| {
                let mut row = json!({"id": id.to_string(), "Modified_Time": shown(at), "Email": null});
                if query.contains("Lead_ID1") {
                    row["Lead_ID1"] = json!(format!("L-{id}"));
                }
                row
            }),
        )
    }

    /// A list by page number, of what ended since then.
    fn gone(&self, sent: &Sent, wanted: Fate, time: &str) -> (u16, Value) {
        let since = second(sent.header("if-modified-since").unwrap());
        let number: usize = sent.query["page"].as_str().unwrap().parse().unwrap();
        let rows: Vec<(u64, i64)> = self
            .rows
            .lock()
            .unwrap()
            .iter()
            .filter(|(_, (at, fate))| *fate == wanted && *at >= since)
            .map(|(id, (at, _))| (*id, *at))
            .collect();
        let rest = rows.len().saturating_sub(number * 200) > 0;
        let rows = rows.into_iter().skip((number - 1) * 200).take(200);
        page(rest, rows.map(|(id, at)| json!({"id": id.to_string(), time: shown(at), "display_name": null})))
    }
}

fn page(more: bool, rows: impl Iterator<Item = Value>) -> (u16, Value) {
    let mut body = data(rows);
    if body["data"].as_array().unwrap().is_empty() {
        return (204, Value::Null);
    }
    body["info"] = json!({ "more_records": more });
    (200, body)
}

#[async_trait]
impl Transport for Server {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let sent = Sent::new(&request);
        let (status, body) = match sent.path.as_str() {
            super::COQL => self.coql(sent.json()["select_query"].as_str().unwrap()),
            super::LEADS => {
                assert_eq!(sent.query["converted"], "true", "the list is asked for converted leads only");
                self.gone(&sent, Fate::Converted, "Modified_Time")
            }
            "/crm/v8/Leads/deleted" => self.gone(&sent, Fate::Deleted, "deleted_time"),
            other => panic!("no path {other}"),
        };
        let body = if body.is_null() { Bytes::new() } else { body.to_string().into() };
        Ok(http::Response::builder().status(status).body(body).unwrap())
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
        let bench = Bench::new(&SPEC, server.clone()).set(&Settings::lead_id_key("Leads"), "Lead_ID1");
        Self { bench, server, cursor: None }
    }

    fn now(&self) -> i64 {
        self.bench.call().clock.now().as_second()
    }

    /// Pulls until there is no more: ids with `x` behind those that are gone.
    async fn round(&mut self) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            self.bench.clock.advance(jiff::SignedDuration::from_millis(500));
            let fields = ["Email".to_owned(), "Lead_ID".to_owned()];
            let request = PullRequest { object: "Leads", fields: &fields, cursor: self.cursor.as_ref() };
            let page = CONNECTOR.pull(&self.bench.call(), &request).await.unwrap();
            for record in &page.records {
                if !record.deleted {
                    let expected =
                        self.server.without.lock().unwrap().is_empty().then(|| format!("L-{}", record.id));
                    assert_eq!(record.fields.text("Lead_ID"), expected, "under the name that was asked for");
                }
                seen.push(format!("{}{}", record.id, if record.deleted { "x" } else { "" }));
            }
            self.cursor = Some(page.next);
            if !page.more {
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
    let mut feed = Feed::new();
    let long_ago = feed.now() - 86_400;
    for id in 1..=450 {
        feed.server.change(id, long_ago);
    }
    let first = feed.round().await;
    assert_eq!((first.len(), distinct(&first)), (450, 450), "each record on exactly one page");
    assert!(feed.round().await.is_empty(), "nothing changed");
    let now = feed.now();
    feed.server.change(7, now);
    assert_eq!(feed.round().await, ["7"], "the change");
    assert!(feed.round().await.is_empty(), "and it is not given again, though the round reaches back");
    feed.server.change(8, now - 30);
    assert_eq!(feed.round().await, ["8"], "what was being written meanwhile is not lost");
}

#[tokio::test]
async fn an_import_of_thousands_in_one_second_is_all_found() {
    let mut feed = Feed::new();
    feed.round().await;
    let now = feed.now();
    for id in 1..=5_250 {
        feed.server.change(id, now);
    }
    feed.server.change(99_999, now + 5);
    feed.bench.clock.advance(jiff::SignedDuration::from_mins(1));
    let found = feed.round().await;
    assert_eq!((found.len(), distinct(&found)), (5_251, 5_251), "each once");
}

#[tokio::test]
async fn a_record_that_changes_while_pages_are_read_shifts_no_other() {
    let mut feed = Feed::new();
    feed.round().await;
    let now = feed.now();
    for id in 1..=400 {
        feed.server.change(id, now + i64::try_from(id).unwrap());
    }
    let fields = ["Email".to_owned()];
    let request = PullRequest { object: "Leads", fields: &fields, cursor: feed.cursor.as_ref() };
    let page = CONNECTOR.pull(&feed.bench.call(), &request).await.unwrap();
    assert_eq!(page.records.len(), 200, "a page");
    feed.cursor = Some(page.next);
    for id in 1..=50 {
        feed.server.change(id, now + 1_000);
    }
    let rest = feed.round().await;
    let missing: Vec<u64> = (201..=400).filter(|id| !rest.contains(&id.to_string())).collect();
    assert!(missing.is_empty(), "with page numbers, fifty would have been skipped: {missing:?}");
    assert!((1..=50).all(|id: u64| rest.contains(&id.to_string())), "and the changed ones come again");
}

#[tokio::test]
async fn what_is_gone_is_told_once() {
    let mut feed = Feed::new();
    let now = feed.now();
    feed.server.change(1, now - 1_000);
    feed.server.change(2, now - 1_000);
    feed.server.end(3, now - 90_000, Fate::Deleted);
    feed.server.end(4, now - 90_000, Fate::Converted);
    assert_eq!(feed.round().await, ["1", "2"], "what was gone before is nobody's business");
    let now = feed.now();
    feed.server.end(1, now, Fate::Deleted);
    feed.server.end(2, now, Fate::Converted);
    assert_eq!(feed.round().await, ["2x", "1x"], "neither can be written any more");
    assert!(feed.round().await.is_empty(), "and they are not told again");
    let now = feed.now();
    for id in 1_000..1_450 {
        feed.server.end(id, now, Fate::Deleted);
    }
    let found = feed.round().await;
    assert_eq!((found.len(), distinct(&found)), (450, 450), "more than a page of them");
}

#[tokio::test]
async fn a_column_the_account_does_not_have_stops_nothing() {
    let mut feed = Feed::new();
    *feed.server.without.lock().unwrap() = vec!["Lead_ID1"];
    let now = feed.now();
    for id in 1..=250 {
        feed.server.change(id, now - 1_000);
    }
    assert_eq!(feed.round().await.len(), 250, "by the other columns");
    feed.server.without.lock().unwrap().clear();
    let now = feed.now();
    feed.server.change(7, now);
    assert_eq!(feed.round().await, ["7"], "and with it, once somebody made it");
}

#[tokio::test]
async fn an_answer_out_of_order_ends_in_a_failure_and_not_in_a_circle() {
    let mut feed = Feed::new();
    feed.round().await;
    let now = feed.now();
    for id in 1..=500 {
        feed.server.change(id, now);
    }
    *feed.server.shuffled.lock().unwrap() = true;
    let fields = ["Email".to_owned()];
    for _ in 0..10 {
        let request = PullRequest { object: "Leads", fields: &fields, cursor: feed.cursor.as_ref() };
        match CONNECTOR.pull(&feed.bench.call(), &request).await {
            Ok(page) => feed.cursor = Some(page.next),
            Err(failure) => {
                assert_eq!(failure.kind.word(), "unexpected", "{failure:?}");
                return;
            }
        }
    }
    panic!("the feed walks in a circle");
}

#[tokio::test]
async fn a_clock_that_is_ahead_loses_nothing() {
    let mut feed = Feed::new();
    feed.bench.clock.advance(jiff::SignedDuration::from_mins(4));
    feed.round().await;
    let real = feed.now() - 240;
    feed.server.change(5, real);
    assert_eq!(
        feed.round().await,
        ["5"],
        "the overlap is longer than clocks are wrong where Zoho names no time"
    );
}

#[tokio::test]
async fn a_cursor_nobody_can_read_begins_again() {
    let mut feed = Feed::new();
    let now = feed.now();
    feed.server.change(1, now);
    feed.cursor = Some(Cursor("of another version".into()));
    assert_eq!(feed.round().await, ["1"], "slow, but nothing is lost");
}
