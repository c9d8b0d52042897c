//! What holds for the core whatever the dialect.

use std::collections::BTreeMap;

use leadferry_practice::{Options, Practice, PracticeError, dialects};
use serde_json::{Value, json};

use crate::support::{CONTACTS, desk, noon, row};

#[test]
fn every_listed_dialect_can_be_started() {
    for info in dialects() {
        let clock = std::sync::Arc::new(leadferry_model::ManualClock::new(noon()));
        let practice = Practice::new(info.id, Options { seed: None, clock, public_base: None }).unwrap();
        let objects: Vec<String> = practice.counts().into_keys().collect();
        assert_eq!(objects, info.objects, "{} keeps what it says", info.name);
    }
    let clock = std::sync::Arc::new(leadferry_model::ManualClock::new(noon()));
    let unknown = Practice::new("nobody", Options { seed: None, clock, public_base: None });
    assert_eq!(unknown.unwrap_err(), PracticeError::NoDialect("nobody".to_owned()));
}

#[test]
fn tokens_differ_at_each_start_unless_a_seed_is_given() {
    let start = |seed| {
        let clock = std::sync::Arc::new(leadferry_model::ManualClock::new(noon()));
        Practice::new("hubspot", Options { seed, clock, public_base: None }).unwrap().tokens()
    };
    assert_eq!(start(Some(3)).full, start(Some(3)).full);
    assert_ne!(start(None).full, start(None).full);
    assert!(!format!("{:?}", start(Some(3))).contains("pat-na1"), "debugging shows no token");
}

#[tokio::test]
async fn equal_calls_give_equal_answers_to_the_letter() {
    let run = async || {
        let desk = desk().with_lead_id().await;
        let rows: Vec<Value> = (0..20).map(|n| row(&format!("L-{n}"), json!({"firstname": "X"}))).collect();
        desk.upsert(rows).await.text
    };
    assert_eq!(run().await, run().await);
}

#[tokio::test]
async fn a_hundred_thousand_records_are_ordinary() {
    let desk = desk().with_lead_id().await;
    let records: Vec<BTreeMap<String, String>> = (0..100_000)
        .map(|n| {
            [
                ("lead_id", format!("L-{n}")),
                ("email", format!("p{n}@example.com")),
                ("firstname", "P".to_owned()),
            ]
            .map(|(key, value)| (key.to_owned(), value))
            .into()
        })
        .collect();
    assert_eq!(desk.practice.load_records("contacts", &records).unwrap(), 100_000);
    let again = desk.practice.load_records("contacts", &records[..5]).unwrap();
    assert_eq!(again, 0, "unique values are kept while loading");
    let rows: Vec<Value> =
        (99_950..100_050).map(|n| row(&format!("L-{n}"), json!({"lastname": "Q"}))).collect();
    let answer = desk.upsert(rows).await;
    let new = answer.results().iter().filter(|one| one["new"] == true).count();
    assert_eq!((answer.results().len(), new), (100, 50), "half of them were known");
    let found = desk.post(&format!("{CONTACTS}/search"), json!({
        "filterGroups": [{"filters": [{"propertyName": "lastname", "operator": "EQ", "value": "Q"}]}], "limit": 1,
    })).await;
    assert_eq!(found.json["total"], 100);
}

#[tokio::test]
async fn a_batch_that_is_taken_back_leaves_the_search_index_alone() {
    let desk = desk().with_lead_id().await;
    let mut good = row("L-1", json!({"firstname": "Zed"}));
    good.as_object_mut().unwrap().remove("objectWriteTraceId");
    let mut known = good.clone();
    known["id"] = json!("L-2");
    known["properties"] = json!({"lead_id": "L-2", "nope": "1"});
    assert_eq!(desk.upsert(vec![good, known]).await.status, 400);
    let found = desk.post(&format!("{CONTACTS}/search"), json!({"query": "zed", "limit": 1})).await;
    assert_eq!(found.json["total"], 0);
    assert_eq!(desk.practice.counts()["contacts"], 6);
}
