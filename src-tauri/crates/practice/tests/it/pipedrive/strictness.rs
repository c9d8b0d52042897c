//! What a strict vendor would object to.

use serde_json::json;

use super::desk::{PERSONS, desk, field};

#[tokio::test]
async fn clean_calls_leave_no_fault() {
    let desk = desk();
    desk.made(PERSONS, json!({"name": "X", "custom_fields": {field::ROOF: "x"}})).await;
    desk.get(&format!(
        "{PERSONS}?limit=5&custom_fields={}&include_fields=notes_count&sort_by=id",
        field::ROOF
    ))
    .await;
    desk.get("/v1/leads?start=0&limit=5&sort=add_time%20ASC").await;
    desk.made("/v1/leads", json!({"title": "X", "person_id": 101})).await;
    desk.get("/v1/users/me").await;
    assert_eq!(desk.faults(), Vec::<String>::new());
}

#[tokio::test]
async fn v2_refuses_what_it_does_not_know_and_v1_goes_on() {
    let desk = desk();
    let refused = desk.get(&format!("{PERSONS}?start=0")).await;
    assert_eq!((refused.status, refused.error()), (400, "Validation failed: start: Unrecognized key"));
    assert_eq!(desk.post(PERSONS, json!({"name": "X", "phone": "1"})).await.status, 400);
    assert_eq!(desk.get("/v1/users?limit=5").await.status, 200);
    desk.post("/v1/leads", json!({"title": "X", "person_id": 101, "colour": 1})).await;
    assert_eq!(
        desk.faults(),
        [
            "unknown query parameter: start",
            "unknown body property: phone",
            "unknown query parameter: limit",
            "unknown body property: colour",
        ]
    );
    assert_eq!(desk.practice.faults()[0].endpoint, "GET /api/v2/persons");
}

#[tokio::test]
async fn calls_are_counted_by_endpoint() {
    let desk = desk();
    desk.get(&format!("{PERSONS}/101")).await;
    desk.patch(&format!("{PERSONS}/101"), json!({"name": "Y"})).await;
    desk.get("/api/v2/personFields/name").await;
    let lead = desk.get("/v1/leads").await.data()[0]["id"].as_str().unwrap().to_owned();
    desk.get(&format!("/v1/leads/{lead}")).await;
    let calls: Vec<String> = desk.practice.call_counts().into_keys().collect();
    assert_eq!(
        calls,
        [
            "GET /api/v2/personFields/{id}",
            "GET /api/v2/persons/{id}",
            "GET /v1/leads",
            "GET /v1/leads/{id}",
            "PATCH /api/v2/persons/{id}",
        ]
    );
    let writes: Vec<String> = desk.practice.write_counts().into_keys().collect();
    assert_eq!(writes, ["PATCH /api/v2/persons/{id}"]);
}
