//! Batch upsert, the way leads come in.

use leadferry_practice::Weather;
use serde_json::{Value, json};

use crate::support::{CONTACTS, desk, row};

#[tokio::test]
async fn new_and_known_rows_are_told_apart() {
    let desk = desk().with_lead_id().await;
    let first = desk.upsert(vec![row("L-1", json!({"email": "one@example.com"}))]).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(first.traced("L-1")["new"], true, "a new key creates");
    desk.pass(60);
    let again = desk
        .upsert(vec![row("L-1", json!({"firstname": "Ona"})), row("L-2", json!({"firstname": "Two"}))])
        .await;
    assert_eq!(again.traced("L-1")["new"], false, "a known key updates");
    assert_eq!(again.traced("L-1")["id"], first.traced("L-1")["id"], "the same record");
    assert_eq!(again.traced("L-2")["new"], true);
    assert_eq!(again.traced("L-1")["properties"]["firstname"], "Ona", "what was written is answered");
    assert_eq!(again.json["status"], "COMPLETE");
    assert!(again.json["numErrors"].is_null(), "a good answer has no errors");
}

#[tokio::test]
async fn the_order_of_results_is_not_the_order_of_rows() {
    let desk = desk().with_lead_id().await;
    let rows: Vec<Value> = (0..50).map(|n| row(&format!("L-{n}"), json!({"firstname": "X"}))).collect();
    let answer = desk.upsert(rows).await;
    let order: Vec<String> =
        answer.results().iter().map(|one| one["objectWriteTraceId"].as_str().unwrap().to_owned()).collect();
    let sent: Vec<String> = (0..50).map(|n| format!("L-{n}")).collect();
    assert_ne!(order, sent, "nobody may rely on the order");
    assert_eq!(order.len(), 50);
}

#[tokio::test]
async fn with_trace_ids_each_row_has_its_own_outcome() {
    let desk = desk().with_lead_id().await;
    let answer = desk
        .upsert(vec![
            row("L-1", json!({"email": "one@example.com"})),
            row("L-2", json!({"email": "two@example.com", "no_such_field": "x"})),
            row("L-3", json!({"email": "ADA.MARSH@example.com"})),
        ])
        .await;
    assert_eq!(answer.status, 207, "{}", answer.text);
    assert_eq!(answer.json["numErrors"], 2);
    assert_eq!(answer.traced("L-1")["new"], true, "good rows are applied");
    let bad = answer.error_of("L-2");
    assert_eq!(bad["category"], "VALIDATION_ERROR");
    let list = bad["message"].as_str().unwrap().strip_prefix("Property values were not valid: ").unwrap();
    let list: Value = serde_json::from_str(list).unwrap();
    assert_eq!(list[0]["error"], "PROPERTY_DOESNT_EXIST", "the list inside the text is JSON");
    assert_eq!(list[0]["name"], "no_such_field");
    let conflict = answer.error_of("L-3");
    assert_eq!(conflict["category"], "CONFLICT", "a new lead id with somebody's e-mail");
    assert_eq!(
        conflict["message"], "Contact already exists. Existing ID: 101",
        "the id stands only in the text"
    );
}

#[tokio::test]
async fn results_may_leave_the_trace_id_out() {
    let desk = desk().with_lead_id().await;
    desk.practice.set_weather(Weather { anonymous_results: true, ..Weather::default() });
    let answer =
        desk.upsert(vec![row("L-1", json!({"firstname": "X"})), row("L-2", json!({"nope": "1"}))]).await;
    assert!(answer.results()[0].get("objectWriteTraceId").is_none());
    assert_eq!(answer.results()[0]["properties"]["lead_id"], "L-1", "the key says which row it was");
    assert_eq!(answer.error_of("L-2")["category"], "VALIDATION_ERROR", "errors always say it");
}

#[tokio::test]
async fn without_trace_ids_one_bad_row_refuses_all() {
    let desk = desk().with_lead_id().await;
    let before = desk.practice.snapshot();
    let mut good = row("L-1", json!({"email": "one@example.com"}));
    let mut bad = row("L-2", json!({"hs_lead_status": "NOPE"}));
    for one in [&mut good, &mut bad] {
        one.as_object_mut().unwrap().remove("objectWriteTraceId");
    }
    let answer = desk.upsert(vec![good.clone(), bad]).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.category(), "VALIDATION_ERROR");
    assert_eq!(desk.practice.snapshot(), before, "nothing was applied");
    let again = desk.upsert(vec![good]).await;
    assert_eq!(again.results()[0]["new"], true, "the taken-back row holds no key");
}

#[tokio::test]
async fn two_rows_with_one_email_conflict() {
    let desk = desk().with_lead_id().await;
    let answer = desk
        .upsert(vec![
            row("L-1", json!({"email": "same@example.com"})),
            row("L-2", json!({"email": "Same@Example.com"})),
        ])
        .await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.results().len(), 1, "one of them wins");
    assert_eq!(answer.error_of("L-2")["category"], "CONFLICT");
}

#[tokio::test]
async fn one_key_twice_in_a_batch_conflicts() {
    let desk = desk().with_lead_id().await;
    let mut twin = row("L-1", json!({"firstname": "B"}));
    twin["objectWriteTraceId"] = json!("other");
    let answer = desk.upsert(vec![row("L-1", json!({"firstname": "A"})), twin]).await;
    assert_eq!(answer.json["numErrors"], 2, "{}", answer.text);
}

#[tokio::test]
async fn by_email_a_batch_stands_or_falls_together() {
    let desk = desk();
    let by_email = |email: &str, properties: Value| json!({"idProperty": "email", "id": email, "objectWriteTraceId": email, "properties": properties});
    let good = desk
        .upsert(vec![
            by_email("Ada.Marsh@example.com", json!({"firstname": "Ada"})),
            by_email("new@example.com", json!({"firstname": "New"})),
        ])
        .await;
    assert_eq!(good.status, 200, "{}", good.text);
    assert_eq!(good.traced("Ada.Marsh@example.com")["new"], false, "e-mails match without regard to case");
    assert_eq!(good.traced("new@example.com")["new"], true);
    let mixed = desk
        .upsert(vec![
            by_email("newer@example.com", json!({"firstname": "New"})),
            by_email("bo.lindgren@example.org", json!({"nope": "1"})),
        ])
        .await;
    assert_eq!(mixed.status, 400, "partial upserts are not supported by e-mail");
    let looked_up = desk.get(&format!("{CONTACTS}/newer@example.com?idProperty=email")).await;
    assert_eq!(looked_up.status, 404, "the good row was not applied");
}

#[tokio::test]
async fn a_key_that_is_not_unique_is_refused() {
    let answer = desk()
        .upsert(vec![json!({"idProperty": "firstname", "id": "Ada", "properties": {"lastname": "X"}})])
        .await;
    assert_eq!(answer.status, 400);
    let answer = desk().upsert(vec![json!({"id": "Ada", "properties": {"lastname": "X"}})]).await;
    assert_eq!(answer.status, 400, "a row needs to say by what it is found");
}

#[tokio::test]
async fn more_than_a_hundred_rows_are_refused() {
    let desk = desk().with_lead_id().await;
    let rows: Vec<Value> = (0..101).map(|n| row(&format!("L-{n}"), json!({}))).collect();
    assert_eq!(desk.upsert(rows).await.status, 400);
    assert_eq!(desk.upsert(Vec::new()).await.status, 400, "an empty batch is no batch");
}

#[tokio::test]
async fn another_unique_property_conflicts_too() {
    let desk = desk().with_lead_id().await;
    let first = desk.upsert(vec![row("L-1", json!({"membership_number": "M1", "firstname": "A"}))]).await;
    assert_eq!(first.status, 200);
    let answer = desk.upsert(vec![row("L-2", json!({"membership_number": "m1", "firstname": "B"}))]).await;
    assert_eq!(answer.error_of("L-2")["category"], "CONFLICT");
}

#[tokio::test]
async fn a_key_freed_by_deletion_creates_anew() {
    let desk = desk().with_lead_id().await;
    let first = desk.upsert(vec![row("L-1", json!({"email": "one@example.com"}))]).await;
    let id = first.traced("L-1")["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.call("DELETE", &format!("{CONTACTS}/{id}"), None).await.status, 204);
    let again = desk.upsert(vec![row("L-1", json!({"email": "one@example.com"}))]).await;
    assert_eq!(again.traced("L-1")["new"], true, "the bin holds no keys");
}
