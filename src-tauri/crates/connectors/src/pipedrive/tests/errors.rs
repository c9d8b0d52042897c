//! Pipedrive's refusals, one by one.

use leadferry_connector::Connector;
use leadferry_connector::testkit::Fixture;
use leadferry_model::FailureKind;
use leadferry_model::failure::FieldProblem;
use serde_json::json;

use super::*;
use crate::pipedrive::CONNECTOR;

async fn failure(status: u16, body: Json, headers: &[(&str, &str)]) -> leadferry_model::Failure {
    let mut fixture = Fixture::new("GET", FIELDS, status, body);
    for (name, value) in headers {
        fixture = fixture.header(name, value);
    }
    let (_script, bench) = script([fixture]);
    CONNECTOR.describe(&bench.call(), "persons").await.unwrap_err()
}

#[tokio::test]
async fn each_refusal_has_its_kind() {
    let said = |words: &str| json!({"success": false, "error": words, "error_info": "more", "data": null});
    let none = FailureKind::Invalid { fields: vec![] };
    let page = json!("<!DOCTYPE html><html><body>Attention required</body></html>");
    let permission = FailureKind::Permission { missing: vec![] };
    let cases = [
        (400, said("Bad request"), none.clone()),
        (400, json!({}), none.clone()),
        (422, said("cannot"), none),
        (401, json!({"success": false, "error": "unauthorized access", "errorCode": 401}), FailureKind::Auth),
        (401, json!({"success": false, "message": "Invalid token"}), FailureKind::Auth),
        (402, said("subscription"), permission.clone()),
        (403, said("You do not have permissions to do this."), permission.clone()),
        (403, said("Scope and URL mismatch"), permission.clone()),
        (403, json!({}), permission.clone()),
        (403, json!(""), permission),
        (403, page.clone(), FailureKind::RateLimited { after_seconds: Some(300) }),
        (404, said("Object was not found."), FailureKind::NotFound),
        (410, said("gone"), FailureKind::NotFound),
        (409, json!({}), FailureKind::Conflict { existing: None, field: None }),
        (415, said("type"), FailureKind::Unexpected),
        (423, json!({}), FailureKind::Busy),
        (
            429,
            json!({"success": false, "error": "request over limit", "errorCode": 429}),
            FailureKind::RateLimited { after_seconds: Some(2) },
        ),
        (429, page.clone(), FailureKind::RateLimited { after_seconds: Some(2) }),
        (500, json!({"success": false, "error": "x", "code": "ERR_UNKNOWN"}), FailureKind::Unavailable),
        (502, page, FailureKind::Unavailable),
        (503, json!({}), FailureKind::Unavailable),
        (302, json!({}), FailureKind::Unexpected),
    ];
    for (status, body, expected) in cases {
        let shown = body.to_string();
        let failure = failure(status, body, &[]).await;
        assert_eq!(failure.kind, expected, "HTTP {status} {shown}");
        assert!(!failure.message.contains("Attention"), "a page is not quoted");
    }
}

#[tokio::test]
async fn a_limit_says_how_long_it_lasts() {
    let cases: [(&[(&str, &str)], u64); 5] = [
        (&[("x-ratelimit-limit", "20"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "5")], 5),
        (&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "0")], 1),
        (&[("retry-after", "33"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "5")], 33),
        // The burst window has room: it is the day's budget.
        (&[("x-ratelimit-remaining", "12"), ("x-ratelimit-reset", "1")], 1800),
        (&[], 2),
    ];
    for (headers, seconds) in cases {
        let failure = failure(429, json!({}), headers).await;
        assert_eq!(failure.kind, FailureKind::RateLimited { after_seconds: Some(seconds) }, "{headers:?}");
    }
}

#[tokio::test]
async fn refused_fields_are_named() {
    let words = format!(
        "Validation failed: {SOURCE}: Parameter '{SOURCE}' is not allowed for this request; custom_fields.{LEAD_ID}: \
         must be at most 255 characters; name: is required; phones[0].value: bad; expected_close_date: invalid date"
    );
    let body = json!({"success": false, "error": words, "code": "ERR_SCHEMA_VALIDATION_FAILED"});
    let failure = failure(400, body, &[]).await;
    assert_eq!(failure.code, "ERR_SCHEMA_VALIDATION_FAILED", "the vendor's own code");
    let FailureKind::Invalid { fields } = failure.kind else { panic!("{failure:?}") };
    let faults: Vec<_> = fields.iter().map(|fault| (fault.field.as_str(), fault.problem)).collect();
    assert_eq!(
        faults,
        [
            (SOURCE, FieldProblem::UnknownField),
            (LEAD_ID, FieldProblem::TooLong),
            ("name", FieldProblem::Required),
            ("phone", FieldProblem::WrongFormat),
            ("expected_close_date", FieldProblem::NotDate),
        ],
        "the field key is inside the text"
    );
}

#[tokio::test]
async fn headers_tell_the_burst_window() {
    let answer = Fixture::new("GET", FIELDS, 200, success(json!([])))
        .header("x-ratelimit-limit", "40")
        .header("x-ratelimit-remaining", "1")
        .header("x-ratelimit-reset", "2");
    let again = || Fixture::new("GET", FIELDS, 200, success(json!([])));
    let (_script, bench) = script([answer, again()]);
    CONNECTOR.describe(&bench.call(), "persons").await.unwrap();
    CONNECTOR.describe(&bench.call(), "persons").await.unwrap();
    let failure = CONNECTOR.describe(&bench.call(), "persons").await.unwrap_err();
    assert_eq!(failure.kind.word(), "rate_limited", "others used the rest: held back, not sent");
}
