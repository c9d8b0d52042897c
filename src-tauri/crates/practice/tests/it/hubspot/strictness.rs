//! What a strict vendor would object to.

use axum::body::Body;
use http::Request;
use serde_json::json;

use crate::support::{CONTACTS, desk, row};

#[tokio::test]
async fn clean_calls_leave_no_fault() {
    let desk = desk().with_lead_id().await;
    desk.upsert(vec![row("L-1", json!({"firstname": "X"}))]).await;
    desk.get(&format!("{CONTACTS}?limit=5&properties=email&archived=false")).await;
    assert_eq!(desk.faults(), Vec::<String>::new());
}

#[tokio::test]
async fn unknown_parameters_and_properties_are_noted_and_the_call_goes_on() {
    let desk = desk();
    assert_eq!(desk.get(&format!("{CONTACTS}?page=2")).await.status, 200);
    let body = json!({"properties": {"firstname": "X", "enquiry_score": 4}, "upsert": true});
    assert_eq!(desk.post(CONTACTS, body).await.status, 201);
    let inputs = json!({"inputs": [{"id": "101", "properties": {}, "key": "x"}]});
    desk.post(&format!("{CONTACTS}/batch/update"), inputs).await;
    assert_eq!(
        desk.faults(),
        [
            "unknown query parameter: page",
            "not a text: properties.enquiry_score",
            "unknown body property: upsert",
            "unknown body property: inputs[].key",
        ]
    );
    assert_eq!(desk.practice.faults()[0].endpoint, "GET /crm/objects/2026-03/contacts");
}

#[tokio::test]
async fn bodies_must_say_that_they_are_json() {
    let desk = desk();
    let send = async |content_type: Option<&str>, body: &'static str| {
        let mut request = Request::post(CONTACTS).header("authorization", format!("Bearer {}", desk.token));
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        desk.raw(request.body(Body::from(body)).unwrap()).await.status
    };
    let good = r#"{"properties":{"firstname":"X"}}"#;
    assert_eq!(send(None, good).await, 415);
    assert_eq!(send(Some("text/plain"), good).await, 415);
    assert_eq!(send(Some("application/json; charset=utf-8"), good).await, 201);
    assert_eq!(send(Some("application/json"), "{").await, 400);
    assert_eq!(send(Some("application/json"), "").await, 400);
    assert_eq!(send(None, "").await, 415);
}
