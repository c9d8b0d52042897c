//! What is refused, and in which words.

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::desk::{PERSONS, desk, field};

#[tokio::test]
async fn every_bad_key_of_a_body_is_named() {
    let desk = desk();
    let answer = desk
        .post(PERSONS, json!({"name": "X", "owner_id": "13001", "email": "x@example.com", field::ROOF: "x", "visible_to": 2}))
        .await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json["success"], false);
    assert_eq!(answer.json["code"], "ERR_SCHEMA_VALIDATION_FAILED");
    let expected = format!(
        "Validation failed: owner_id: Expected number; email: Unrecognized key; {}: Unrecognized key; visible_to: Invalid enum value",
        field::ROOF
    );
    assert_eq!(answer.error(), expected, "custom fields at the root are v1's");
    assert_eq!(desk.practice.counts()["persons"], 6, "nothing was made");
}

#[tokio::test]
async fn types_are_not_coerced() {
    let desk = desk();
    let cases = [
        (json!({"name": 5}), "name: Expected string"),
        (json!({"name": ""}), "name: String must contain at least 1 character(s)"),
        (json!({}), "name: Required"),
        (json!({"name": null}), "name: Expected string"),
        (json!({"name": "X", "owner_id": 999}), "owner_id: User does not exist"),
        (json!({"name": "X", "owner_id": 13_004}), "owner_id: User does not exist"),
        (json!({"name": "X", "org_id": 101}), "org_id: Item does not exist"),
        (json!({"name": "X", "emails": "x@example.com"}), "emails: Expected array"),
        (json!({"name": "X", "emails": ["x@example.com"]}), "emails.0: Expected object"),
        (
            json!({"name": "X", "emails": [{"value": "x", "primary": 1}]}),
            "emails.0.primary: Expected boolean",
        ),
        (json!({"name": "X", "phones": [{"number": "1"}]}), "phones.0.number: Unrecognized key"),
        (
            json!({"name": "X", "phones": [{"value": "1", "primary": true}, {"value": "2", "primary": true}]}),
            "phones: Only one value can be marked as primary",
        ),
        (json!({"name": "X", "label_ids": [99]}), "label_ids: Invalid option id"),
        (json!({"name": "X", "label_ids": "1"}), "label_ids: Expected array"),
        (json!({"name": "X", "custom_fields": []}), "custom_fields: Expected object"),
        (json!({"name": "X", "first_name": "X"}), "first_name: Unrecognized key"),
    ];
    for (body, what) in cases {
        let answer = desk.post(PERSONS, body.clone()).await;
        assert_eq!(
            (answer.status, answer.error()),
            (400, format!("Validation failed: {what}").as_str()),
            "{body}"
        );
    }
}

#[tokio::test]
async fn what_v2_took_over_is_gone_from_v1() {
    let desk = desk();
    for path in [
        "/v1/persons",
        "/v1/deals/1",
        "/api/v1/organizations",
        "/v1/itemSearch?term=ab",
        "/v1/pipelines",
        "/v1/leads/search?term=ab",
    ] {
        let answer = desk.get(path).await;
        assert_eq!((answer.status, answer.json["data"].clone()), (410, json!(null)), "{path}");
    }
    assert_eq!(desk.get("/v2/persons").await.status, 404, "v2 has one prefix only");
    assert_eq!(desk.get("/v1/boats").await.status, 404);
    assert_eq!(
        desk.call("PUT", &format!("{PERSONS}/101"), Some(&json!({}))).await.status,
        404,
        "v2 says PATCH"
    );
}

#[tokio::test]
async fn tokens_are_needed_and_known() {
    let desk = desk();
    for header in [("x-api-token", ""), ("x-api-token", "nobody"), ("accept", "*/*")] {
        let answer = desk.call_as(header, "GET", PERSONS, None).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.json, json!({"success": false, "error": "unauthorized access", "errorCode": 401}));
    }
}

#[tokio::test]
async fn users_and_apps_may_do_what_they_may() {
    let desk = desk();
    let tokens = desk.practice.tokens();
    let reader = ("x-api-token", tokens.read_only.expose());
    assert_eq!(desk.call_as(reader, "GET", PERSONS, None).await.status, 200);
    let refused = desk.call_as(reader, "POST", PERSONS, Some(&json!({"name": "X"}))).await;
    assert_eq!((refused.status, refused.error()), (403, "You do not have permissions to do this."));
    let few = ("x-api-token", tokens.contacts_only.expose());
    assert_eq!(desk.call_as(few, "POST", PERSONS, Some(&json!({"name": "X"}))).await.status, 200);
    assert_eq!(desk.call_as(few, "GET", "/api/v2/personFields", None).await.status, 200);
    assert_eq!(desk.call_as(few, "GET", "/api/v2/persons/search?term=ab", None).await.status, 200);
    for (method, path) in [
        ("GET", "/api/v2/deals"),
        ("GET", "/v1/leads"),
        ("GET", "/v1/users"),
        ("GET", "/v1/recents?since_timestamp=2026-11-20%2012:00:00"),
        ("GET", "/api/v2/itemSearch/field?term=ab"),
        ("GET", "/api/v2/activityFields"),
        ("POST", "/api/v2/personFields"),
        ("POST", "/v1/webhooks"),
    ] {
        let body = (method == "POST").then(|| json!({}));
        let answer = desk.call_as(few, method, path, body.as_ref()).await;
        assert_eq!((answer.status, answer.error()), (403, "Scope and URL mismatch"), "{method} {path}");
    }
    assert_eq!(desk.call_as(few, "GET", "/v1/users/me", None).await.status, 200);
}

#[tokio::test]
async fn bodies_must_be_json_and_say_so() {
    let desk = desk();
    let send = async |content_type: Option<&str>, body: &'static str| {
        let mut request = Request::post(PERSONS).header("x-api-token", &desk.token);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        desk.raw(request.body(Body::from(body)).unwrap()).await.status
    };
    assert_eq!(send(Some("application/x-www-form-urlencoded"), "name=X").await, 415);
    assert_eq!(send(None, r#"{"name":"X"}"#).await, 415);
    assert_eq!(send(Some("application/json"), "{").await, 400);
    assert_eq!(send(Some("application/json"), "[]").await, 400);
    assert_eq!(send(Some("application/json; charset=utf-8"), r#"{"name":"X"}"#).await, 200);
}
