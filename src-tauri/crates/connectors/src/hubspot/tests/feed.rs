//! The change feed against a server that searches as HubSpot does: at most 10,000 results a query, one sort, 200 a page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::{Bench, Sent};
use leadferry_connector::{Connector, Cursor, PullRequest, Transport, TransportError};
use leadferry_model::Timestamp;
use serde_json::{Value, json};

use crate::hubspot::CONNECTOR;
use crate::hubspot::spec::SPEC;

/// Id, change time in milliseconds, archived at.
type Row = (u64, i64, Option<i64>);

#[derive(Default)]
struct Server {
    rows: Mutex<BTreeMap<u64, Row>>,
}

impl Server {
    fn change(&self, id: u64, at: i64) {
        self.rows.lock().unwrap().insert(id, (id, at, None));
    }

    fn list(&self, sent: &Sent) -> Value {
        let archived = sent.query["archived"] == "true";
        let mut rows: Vec<Row> =
            self.rows.lock().unwrap().values().filter(|row| row.2.is_some() == archived).copied().collect();
        rows.sort_unstable();
        let from: usize = sent.query.get("after").map_or(0, |after| after.as_str().unwrap().parse().unwrap());
        let limit: usize = sent.query["limit"].as_str().unwrap().parse().unwrap();
        answer(&rows, from, limit)
    }

    fn search(&self, query: &Value) -> Value {
        let mut rows: Vec<Row> =
            self.rows.lock().unwrap().values().filter(|row| row.2.is_none()).copied().collect();
        for filter in query["filterGroups"][0]["filters"].as_array().unwrap() {
            let value: i64 = filter["value"].as_str().unwrap().parse().unwrap();
            rows.retain(|row| {
                let own = match filter["propertyName"].as_str().unwrap() {
                    "hs_object_id" => i64::try_from(row.0).unwrap(),
                    "lastmodifieddate" => row.1,
                    other => panic!("contacts have no {other}"),
                };
                match filter["operator"].as_str().unwrap() {
                    "GTE" => own >= value,
                    "LTE" => own <= value,
                    "GT" => own > value,
                    other => panic!("no operator {other}"),
                }
            });
        }
        match query["sorts"][0]["propertyName"].as_str().unwrap() {
            "hs_object_id" => rows.sort_unstable(),
            _ => rows.sort_by_key(|row| (row.1, row.0)),
        }
        assert!(query.get("after").is_none(), "paging past 10,000 results would be refused");
        answer(&rows, 0, usize::try_from(query["limit"].as_u64().unwrap()).unwrap())
    }
}

fn answer(rows: &[Row], from: usize, limit: usize) -> Value {
    let text = |at: i64| Timestamp::from_millisecond(at).unwrap().to_string();
    let results: Vec<Value> = rows
        .iter()
        .skip(from)
        .take(limit)
        .map(|(id, changed, archived)| {
            let mut row = json!({"id": id.to_string(), "updatedAt": text(*changed), "archived": archived.is_some(),
                "properties": {"lastmodifieddate": text(*changed), "email": null}});
            if let Some(at) = archived {
                row["archivedAt"] = Value::from(text(*at));
            }
            row
        })
        .collect();
    let mut page = json!({"total": rows.len(), "results": results});
    if from + limit < rows.len() {
        page["paging"] = json!({"next": {"after": (from + limit).to_string()}});
    }
    page
}

#[async_trait]
impl Transport for Server {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let sent = Sent::new(&request);
        let body = match sent.path.as_str() {
            "/crm/objects/2026-03/contacts" => self.list(&sent),
            "/crm/objects/2026-03/contacts/search" => self.search(&sent.json()),
            other => panic!("no path {other}"),
        };
        Ok(http::Response::new(body.to_string().into()))
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
        self.bench.call().clock.now().as_millisecond()
    }

    /// Pulls until there is no more: ids with `x` behind deleted ones.
    async fn round(&mut self) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            // Each page is a piece of work of its own, half a second after the last: within the search limit.
            self.bench.clock.advance(jiff::SignedDuration::from_millis(500));
            let fields = ["email".to_owned()];
            let request = PullRequest { object: "contacts", fields: &fields, cursor: self.cursor.as_ref() };
            let page = CONNECTOR.pull(&self.bench.call(), &request).await.unwrap();
            seen.extend(
                page.records
                    .iter()
                    .map(|record| format!("{}{}", record.id, if record.deleted { "x" } else { "" })),
            );
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
    let long_ago = feed.now() - 86_400_000;
    for id in 0..250 {
        feed.server.change(id, long_ago);
    }
    let first = feed.round().await;
    assert_eq!((first.len(), distinct(&first)), (250, 250), "each record on exactly one page");
    assert!(feed.round().await.is_empty(), "nothing changed");
    let now = feed.now();
    feed.server.change(7, now);
    assert_eq!(feed.round().await, ["7"], "the change");
    assert!(feed.round().await.is_empty(), "and it is not given again, though the search reaches back");
    feed.server.change(8, now - 30_000);
    assert_eq!(feed.round().await, ["8"], "a change the index was late with is not lost");
}

#[tokio::test]
async fn more_than_ten_thousand_changes_are_all_found() {
    let mut feed = Feed::new();
    feed.round().await;
    let now = feed.now();
    for id in 0..12_345 {
        feed.server.change(id, now + i64::try_from(id).unwrap() / 7);
    }
    feed.bench.clock.advance(jiff::SignedDuration::from_mins(1));
    let found = feed.round().await;
    assert_eq!(distinct(&found), 12_345, "each search begins where the last one ended");
    assert_eq!(found.len(), 12_345, "and the records at the border are told apart");
}

#[tokio::test]
async fn more_than_ten_thousand_changes_in_one_millisecond_are_all_found() {
    let mut feed = Feed::new();
    feed.round().await;
    let now = feed.now();
    for id in 1..=10_500 {
        feed.server.change(id, now);
    }
    feed.server.change(20_000, now + 5);
    let found = feed.round().await;
    assert_eq!(distinct(&found), 10_501, "HubSpot's month-end jobs do this");
}

#[tokio::test]
async fn a_record_that_changes_while_pages_are_read_shifts_no_other() {
    let mut feed = Feed::new();
    feed.round().await;
    let now = feed.now();
    for id in 0..400 {
        feed.server.change(id, now + i64::try_from(id).unwrap());
    }
    let fields = ["email".to_owned()];
    let request = PullRequest { object: "contacts", fields: &fields, cursor: feed.cursor.as_ref() };
    let page = CONNECTOR.pull(&feed.bench.call(), &request).await.unwrap();
    feed.cursor = Some(page.next);
    for id in 0..50 {
        feed.server.change(id, now + 1_000);
    }
    let rest = feed.round().await;
    let missing: Vec<u64> = (200..400).filter(|id| !rest.contains(&id.to_string())).collect();
    assert!(missing.is_empty(), "with page numbers, fifty would have been skipped: {missing:?}");
    assert!((0..50).all(|id: u64| rest.contains(&id.to_string())), "and the changed ones come again");
}

#[tokio::test]
async fn archived_records_are_reported_within_the_hour() {
    let mut feed = Feed::new();
    let now = feed.now();
    feed.server.change(1, now - 1_000_000);
    feed.server.rows.lock().unwrap().insert(2, (2, now - 90_000_000, Some(now - 80_000_000)));
    assert_eq!(feed.round().await, ["1"], "what was archived before is nobody's business");
    feed.bench.clock.advance(jiff::SignedDuration::from_mins(30));
    let archived = feed.now();
    feed.server.rows.lock().unwrap().insert(1, (1, now - 1_000_000, Some(archived)));
    assert!(feed.round().await.is_empty(), "the archive is read once an hour only");
    feed.bench.clock.advance(jiff::SignedDuration::from_mins(31));
    assert_eq!(feed.round().await, ["1x"], "deleted");
}

#[tokio::test]
async fn a_cursor_nobody_can_read_begins_again() {
    let mut feed = Feed::new();
    let now = feed.now();
    feed.server.change(1, now);
    feed.cursor = Some(Cursor("of another version".into()));
    assert_eq!(feed.round().await, ["1"], "slow, but nothing is lost");
}
