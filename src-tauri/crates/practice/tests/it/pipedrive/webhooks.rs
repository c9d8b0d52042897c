//! Webhooks: kept, and never sent.

use serde_json::{Value, json};

use super::desk::desk;

const WEBHOOKS: &str = "/v1/webhooks";

fn body(changes: Value) -> Value {
    let mut body = json!({
        "subscription_url": "https://hooks.example.com/s3cret-path", "event_action": "*", "event_object": "person",
        "name": "Leadferry",
    });
    for (key, value) in changes.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

#[tokio::test]
async fn webhooks_are_made_listed_and_deleted() {
    let desk = desk();
    let answer = desk.post(WEBHOOKS, body(json!({"http_auth_user": "u", "http_auth_password": "p"}))).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!((answer.json["status"].as_str(), answer.json["success"].as_bool()), (Some("ok"), Some(true)));
    let hook = &answer.json["data"];
    assert_eq!(
        (hook["version"].as_str(), hook["is_active"].as_u64()),
        (Some("2.0"), Some(1)),
        "0 and 1 in v1"
    );
    assert_eq!((hook["owner_id"].as_u64(), hook["http_auth_user"].as_str()), (Some(13_001), Some("u")));
    assert_eq!(desk.get(WEBHOOKS).await.data(), std::slice::from_ref(hook));
    let path = format!("{WEBHOOKS}/{}", hook["id"]);
    assert_eq!(desk.delete(&path).await.json, json!({"status": "ok", "success": true}));
    let gone = desk.delete(&path).await;
    assert_eq!(gone.json, json!({"status": "error", "success": false, "errors": {"id": ["not found"]}}));
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn only_public_https_addresses_are_taken() {
    let desk = desk();
    for url in [
        "http://hooks.example.com/x",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://desk.local/x",
        "x",
    ] {
        let answer = desk.post(WEBHOOKS, body(json!({"subscription_url": url}))).await;
        assert_eq!(answer.status, 400, "{url}");
        assert_eq!(
            answer.json["errors"],
            json!({"subscription_url": ["invalid or non-reachable URL"]}),
            "{url}"
        );
    }
}

#[tokio::test]
async fn all_four_keys_are_needed_and_forty_are_the_most() {
    let desk = desk();
    for (key, value) in [
        ("name", Value::Null),
        ("event_action", json!("added")),
        ("event_object", json!("persons")),
        ("version", json!("3.0")),
    ] {
        let answer = desk.post(WEBHOOKS, body(json!({key: value}))).await;
        assert_eq!(answer.status, 400, "{key}");
        assert!(answer.json["errors"][key].is_array(), "{}", answer.text);
    }
    for _ in 0..40 {
        assert_eq!(desk.post(WEBHOOKS, body(json!({}))).await.status, 201);
    }
    assert_eq!(desk.post(WEBHOOKS, body(json!({}))).await.status, 400);
    desk.practice.reset();
    assert_eq!(desk.get(WEBHOOKS).await.data().len(), 0, "a fresh account has none");
}
