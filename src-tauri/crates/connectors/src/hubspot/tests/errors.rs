//! HubSpot's error categories, one by one.

use leadferry_connector::Connector;
use leadferry_connector::testkit::Fixture;
use leadferry_model::FailureKind;
use serde_json::{Value, json};

use super::*;
use crate::hubspot::CONNECTOR;

async fn kind(status: u16, body: Value, headers: &[(&str, &str)]) -> FailureKind {
    let mut fixture = Fixture::new("GET", "/crm/properties/2026-03/contacts", status, body);
    for (name, value) in headers {
        fixture = fixture.header(name, value);
    }
    let (_script, bench) = script([fixture]);
    CONNECTOR.describe(&bench.call(), "contacts").await.unwrap_err().kind
}

#[tokio::test]
async fn each_category_has_its_kind() {
    let category = |category: &str| json!({"status": "error", "category": category, "message": "no"});
    let rate = |policy: &str| json!({"status": "error", "errorType": "RATE_LIMIT", "policyName": policy, "message": "no"});
    let wait = |seconds| FailureKind::RateLimited { after_seconds: Some(seconds) };
    let taken = json!({"status": "error", "category": "VALIDATION_ERROR",
        "message": "Cannot set X{propertyName=lead_id, value=L-1} on 5. 42 already has that value."});
    let cases = [
        (401, category("EXPIRED_AUTHENTICATION"), FailureKind::Auth),
        (401, category("INVALID_AUTHENTICATION"), FailureKind::Auth),
        (403, category("MISSING_SCOPES"), FailureKind::Permission { missing: vec![] }),
        (403, json!("<html>no</html>"), FailureKind::Permission { missing: vec![] }),
        (400, category("VALIDATION_ERROR"), FailureKind::Invalid { fields: vec![] }),
        (
            400,
            json!({"status": "error", "message": "Unable to infer object type from: butterflies"}),
            FailureKind::Invalid { fields: vec![] },
        ),
        (
            400,
            taken,
            FailureKind::Conflict { existing: Some(RecordId::new("42")), field: Some("lead_id".into()) },
        ),
        (409, category("CONFLICT"), FailureKind::Conflict { existing: None, field: None }),
        (409, category("OBJECT_ALREADY_EXISTS"), FailureKind::Conflict { existing: None, field: None }),
        (404, category("OBJECT_NOT_FOUND"), FailureKind::NotFound),
        (404, json!("resource not found"), FailureKind::NotFound),
        (414, json!({}), FailureKind::Unexpected),
        (423, json!({}), FailureKind::Busy),
        (429, rate("TEN_SECONDLY_ROLLING"), wait(10)),
        (429, rate("SECONDLY"), wait(1)),
        (429, rate("DAILY"), wait(3600)),
        (429, json!({}), wait(10)),
        (477, json!({}), wait(600)),
        (500, json!({}), FailureKind::Unavailable),
        (502, json!("<html>Bad gateway</html>"), FailureKind::Unavailable),
        (521, json!({}), FailureKind::Unavailable),
        (522, json!({}), FailureKind::Unavailable),
        (524, json!({}), FailureKind::Unavailable),
        (526, json!({}), FailureKind::Unavailable),
        (302, json!({}), FailureKind::Unexpected),
    ];
    for (status, body, expected) in cases {
        let shown = body.to_string();
        assert_eq!(kind(status, body, &[]).await, expected, "HTTP {status} {shown}");
    }
    for status in [429, 477] {
        assert_eq!(
            kind(status, rate("DAILY"), &[("retry-after", "33")]).await,
            wait(33),
            "HubSpot's own wait wins"
        );
    }
}

#[tokio::test]
async fn required_properties_are_named() {
    for category in ["MISSING_REQUIRED_PROPERTY", "MISSING_CONDITIONAL_REQUIRED_PROPERTY"] {
        let body = json!({"status": "error", "category": category, "message": "no",
            "errors": [{"message": "no", "context": {"propertyName": ["city"]}}]});
        let FailureKind::Invalid { fields } = kind(400, body, &[]).await else { panic!("{category}") };
        assert_eq!(
            (fields[0].field.as_str(), fields[0].problem),
            ("city", leadferry_model::failure::FieldProblem::Required),
            "{category}"
        );
    }
}

#[tokio::test]
async fn an_html_page_is_not_quoted() {
    let fixture =
        Fixture::new("GET", "/account-info/2026-03/details", 502, json!("<html><p>secret page</p></html>"));
    let (_script, bench) = script([fixture]);
    let failure = CONNECTOR.check(&bench.call()).await.unwrap_err();
    assert!(!failure.message.contains("secret page"), "{}", failure.message);
}
