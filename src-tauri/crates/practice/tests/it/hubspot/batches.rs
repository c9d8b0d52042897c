//! Batches other than upsert.

use serde_json::json;

use crate::support::{CONTACTS, desk};

#[tokio::test]
async fn batch_create_answers_row_by_row_with_trace_ids() {
    let desk = desk();
    let body = json!({"inputs": [
        {"objectWriteTraceId": "a", "properties": {"email": "a@example.com"}},
        {"objectWriteTraceId": "b", "properties": {"email": "not an address"}},
    ]});
    let answer = desk.post(&format!("{CONTACTS}/batch/create"), body).await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.traced("a")["properties"]["email"], "a@example.com");
    assert!(answer.error_of("b")["message"].as_str().unwrap().contains("INVALID_EMAIL"));
    let body = json!({"inputs": [{"properties": {"email": "c@example.com"}}]});
    assert_eq!(desk.post(&format!("{CONTACTS}/batch/create"), body).await.status, 201);
}

#[tokio::test]
async fn batch_update_finds_by_id_and_by_unique_property() {
    let desk = desk();
    let body = json!({"inputs": [
        {"id": "101", "objectWriteTraceId": "a", "properties": {"city": "Leith"}},
        {"id": "bo.lindgren@example.org", "idProperty": "email", "objectWriteTraceId": "b", "properties": {"city": "Hull"}},
        {"id": "99999", "objectWriteTraceId": "c", "properties": {"city": "Deal"}},
    ]});
    let answer = desk.post(&format!("{CONTACTS}/batch/update"), body).await;
    assert_eq!(answer.status, 207, "{}", answer.text);
    assert_eq!(answer.traced("b")["id"], "102");
    assert_eq!(answer.error_of("c")["category"], "OBJECT_NOT_FOUND");
}

#[tokio::test]
async fn batch_read_names_what_is_missing() {
    let desk = desk();
    let body = json!({
        "idProperty": "email", "properties": ["email", "boat_name"],
        "inputs": [{"id": "ada.marsh@example.com"}, {"id": "nobody@example.com"}],
    });
    let answer = desk.post(&format!("{CONTACTS}/batch/read"), body).await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.results()[0]["properties"]["boat_name"], "Kittiwake");
    assert_eq!(answer.json["errors"][0]["context"]["ids"][0], "nobody@example.com");
}

#[tokio::test]
async fn batch_archive_takes_what_is_there() {
    let desk = desk();
    let body = json!({"inputs": [{"id": "101"}, {"id": "99999"}]});
    assert_eq!(desk.post(&format!("{CONTACTS}/batch/archive"), body).await.status, 204);
    assert_eq!(desk.get(&format!("{CONTACTS}/101")).await.status, 404);
}
