//! Reading by id and finding by key.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Match, Settings};
use leadferry_model::Value;
use serde_json::json;

use super::*;
use crate::pipedrive::CONNECTOR;

fn key(field: &str, value: &str) -> Match {
    Match { field: field.into(), value: value.into() }
}

fn ids(found: &[leadferry_connector::RemoteRecord]) -> Vec<&str> {
    found.iter().map(|record| record.id.as_str()).collect()
}

#[tokio::test]
async fn records_are_read_by_id_in_order() {
    let (script, bench) = script([Fixture::new("GET", PERSONS, 200, success(json!([person(3), person(1)])))
        .query(json!({"ids": "201,202,203", "limit": "3", "custom_fields": LEAD_ID}))]);
    let bench = bench.set("pipedrive_domain", "acme");
    let asked = ["201", "202", "203", "201", "x"].map(RecordId::new);
    let fields = ["lead_id".to_owned(), "email".to_owned(), "phone".to_owned()];
    let records = CONNECTOR.read(&bench.call(), "persons", &asked, &fields).await.unwrap();
    let there: Vec<Option<&str>> = records.iter().map(|record| Some(record.as_ref()?.id.as_str())).collect();
    assert_eq!(there, [Some("201"), None, Some("203"), Some("201"), None], "gone ones say so");
    let record = records[0].as_ref().unwrap();
    assert_eq!(record.fields.text("lead_id").as_deref(), Some("L-1"), "by the word the engine knows");
    assert_eq!(record.fields.get("phone"), Some(&Value::Blank), "empty is said");
    assert_eq!(record.changed_at, "2026-11-20T08:30:00Z".parse().ok(), "when it changed");
    assert_eq!(
        record.url.as_deref(),
        Some("https://acme.pipedrive.com/person/201"),
        "where a person sees it"
    );
    assert_eq!(script.sent().len(), 1, "one call for all");
}

#[tokio::test]
async fn one_record_is_read_at_the_lowest_price() {
    let mut deleted = person(1);
    deleted["is_deleted"] = json!(true);
    let (_script, bench) = script([
        Fixture::new("GET", "/api/v2/persons/201", 200, success(person(1))).query(json!({})),
        Fixture::new("GET", "/api/v2/persons/201", 200, success(deleted)),
        Fixture::new(
            "GET",
            "/api/v2/persons/201",
            404,
            json!({"success": false, "error": "Object was not found."}),
        ),
    ]);
    let mut there = Vec::new();
    for _ in 0..3 {
        let read = CONNECTOR.read(&bench.call(), "persons", &[RecordId::new("201")], &["email".into()]).await;
        there.push(read.unwrap()[0].is_some());
    }
    assert_eq!(there, [true, false, false], "one in the bin is still shown for 30 days, and is gone");
}

#[tokio::test]
async fn an_archived_deal_is_still_there() {
    let deal = |id: u64| json!({"id": id, "title": "Kitchen", "status": "open", "is_archived": id == 8});
    let (_script, bench) = script([
        Fixture::new("GET", "/api/v2/deals", 200, success(json!([deal(7)]))),
        Fixture::new("GET", "/api/v2/deals/8", 200, success(deal(8))),
        Fixture::new("GET", "/api/v2/deals/9", 404, json!({})),
    ]);
    let asked = ["7", "8", "9"].map(RecordId::new);
    let records = CONNECTOR.read(&bench.call(), "deals", &asked, &["title".into()]).await.unwrap();
    let there: Vec<bool> = records.iter().map(Option::is_some).collect();
    assert_eq!(there, [true, true, false], "lists leave archived deals out");
}

#[tokio::test]
async fn keys_are_searched_and_what_is_found_is_compared() {
    let mut other = person(2);
    other["emails"] = json!([{"value": "x@example.com", "primary": true}, {"value": "LEAD1@example.com", "primary": false}]);
    let mut abroad = person(3);
    abroad["phones"] = json!([{"value": "07700 900123", "primary": true, "label": "mobile"}]);
    let mut wrong = person(4);
    wrong["phones"] = json!([{"value": "+1 770 090 0123", "primary": true}]);
    let flat = success(json!([{"id": 201, "name": "Ada Moss"}]));
    let (script, bench) = script([
        Fixture::new("GET", BY_FIELD, 200, flat).query(json!({
            "term": "L-1", "entity_type": "person", "field": LEAD_ID, "match": "exact", "limit": "10"})),
        Fixture::new("GET", SEARCH, 200, hits(&[202, 201])).query(json!({
            "term": "lead1@example.com", "fields": "email", "exact_match": "true", "limit": "10"})),
        Fixture::new("GET", SEARCH, 200, hits(&[203, 204])).query(json!({
            "term": "447700900123", "fields": "phone", "exact_match": "true", "limit": "10"})),
        Fixture::new("GET", SEARCH, 200, hits(&[])).query(json!({
            "term": "nobody@example.com", "fields": "email", "exact_match": "true", "limit": "10"})),
        Fixture::new("GET", PERSONS, 200, success(json!([person(1), other, abroad, wrong])))
            .query(json!({"ids": "201,202,203,204", "limit": "4", "custom_fields": LEAD_ID})),
    ]);
    let keys = [
        key("lead_id", "L-1"),
        key("email", "lead1@example.com"),
        key("phone", "+447700900123"),
        key("email", "nobody@example.com"),
        key("email", " "),
    ];
    let answers = CONNECTOR.find(&bench.call(), "persons", &keys, &[]).await.unwrap();
    let found: Vec<Vec<&str>> = answers.iter().map(|found| ids(found)).collect();
    assert_eq!(
        found,
        [vec!["201"], vec!["201", "202"], vec!["203"], vec![], vec![]],
        "further addresses count, near hits do not"
    );
    assert_eq!(script.sent().len(), 5, "a search a key, and one look at all they found");
}

#[tokio::test]
async fn a_search_that_lags_behind_is_not_believed() {
    let mut moved = person(1);
    moved["custom_fields"] = json!({LEAD_ID: "l-1"});
    let wrapped = success(json!([{"result_score": 1, "item": {"id": 201, "name": "Ada Moss"}}]));
    let (_script, bench) = script([
        Fixture::new("GET", BY_FIELD, 200, wrapped),
        Fixture::new("GET", "/api/v2/persons/201", 200, success(moved)),
    ]);
    let answers = CONNECTOR.find(&bench.call(), "persons", &[key("lead_id", "L-1")], &[]).await.unwrap();
    assert!(answers[0].is_empty(), "the record holds another Lead ID by now, and case counts");
}

#[tokio::test]
async fn without_the_field_nobody_has_a_lead_id() {
    let (script, bench) = script([]);
    let bench = bench.set(&Settings::lead_id_key("persons"), "");
    let answers = CONNECTOR.find(&bench.call(), "persons", &[key("lead_id", "L-1")], &[]).await.unwrap();
    assert!(answers[0].is_empty() && script.sent().is_empty(), "nothing to ask for");
}

#[tokio::test]
async fn deals_and_organizations_are_found_by_name() {
    let (_script, bench) = script([
        Fixture::new("GET", "/api/v2/deals/search", 200, hits(&[7])).query(json!({
            "term": "Kitchen", "fields": "title", "exact_match": "true", "limit": "10"})),
        Fixture::new("GET", "/api/v2/deals/7", 200, success(json!({"id": 7, "title": "kitchen", "status": "open"}))),
        Fixture::new("GET", BY_FIELD, 200, success(json!([{"id": 9}]))).query(json!({
            "term": "L-1", "entity_type": "organization", "field": LEAD_ID, "match": "exact", "limit": "10"})),
        Fixture::new("GET", "/api/v2/organizations/9", 200, success(json!({"id": 9, "custom_fields": {LEAD_ID: "L-1"}}))),
    ]);
    let deals =
        CONNECTOR.find(&bench.call(), "deals", &[key("title", "Kitchen")], &["title".into()]).await.unwrap();
    assert_eq!(deals[0][0].fields.text("title").as_deref(), Some("kitchen"), "whatever the case");
    let found = CONNECTOR.find(&bench.call(), "organizations", &[key("lead_id", "L-1")], &[]).await.unwrap();
    assert_eq!(ids(&found[0]), ["9"], "by Lead ID");
}
