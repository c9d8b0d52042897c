//! Zoho's error codes, one by one.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Priority};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind};

use super::*;
use crate::zoho::CONNECTOR;

async fn failure(status: u16, body: Json, headers: &[(&str, &str)]) -> Failure {
    let mut fixture = Fixture::new("GET", FIELDS, status, body);
    for (name, value) in headers {
        fixture = fixture.header(name, value);
    }
    let (_script, bench) = script([fixture]);
    CONNECTOR.describe(&bench.call(), "Leads").await.unwrap_err()
}

#[tokio::test]
async fn each_code_has_its_kind() {
    let code = |code: &str| refused(code, json!({}));
    let none = || FailureKind::Invalid { fields: vec![] };
    let permission = || FailureKind::Permission { missing: vec![] };
    let wait = |seconds| FailureKind::RateLimited { after_seconds: Some(seconds) };
    let cases = [
        (401, code("INVALID_TOKEN"), FailureKind::Auth),
        (401, code("AUTHENTICATION_FAILURE"), FailureKind::Auth),
        (400, code("INVALID_TOKEN"), FailureKind::Auth),
        (401, code("OAUTH_SCOPE_MISMATCH"), permission()),
        (403, data([code("NO_PERMISSION")]), permission()),
        (403, code("AUTHORIZATION_FAILED"), permission()),
        (403, json!("<html>no</html>"), permission()),
        (400, code("INVALID_MODULE"), permission()),
        (400, code("NOT_SUPPORTED"), permission()),
        (400, code("FEATURE_NOT_SUPPORTED"), permission()),
        (400, code("MANDATORY_NOT_FOUND"), none()),
        (400, code("REQUIRED_PARAM_MISSING"), none()),
        (400, code("EXPECTED_FIELD_MISSING"), none()),
        (400, code("DEPENDENT_FIELD_MISSING"), none()),
        (400, code("INVALID_DATA"), none()),
        (400, refused("INVALID_DATA", json!({"resource_path_index": 1})), FailureKind::NotFound),
        (400, code("PATTERN_NOT_MATCHED"), none()),
        (400, code("DEPENDENT_MISMATCH"), none()),
        (400, code("MAPPING_MISMATCH"), none()),
        (400, code("DUPLICATE_DATA"), FailureKind::Conflict { existing: None, field: None }),
        (400, code("LIMIT_EXCEEDED"), FailureKind::Unexpected),
        (404, code("INVALID_URL_PATTERN"), FailureKind::Unexpected),
        (400, code("INVALID_REQUEST_METHOD"), FailureKind::Unexpected),
        (400, code("SYNTAX_ERROR"), FailureKind::Unexpected),
        (400, code("INVALID_QUERY"), FailureKind::Unexpected),
        (400, code("RECORD_LOCKED"), FailureKind::Busy),
        (400, code("RECORD_IN_BLUEPRINT"), FailureKind::Busy),
        (400, code("NOT_APPROVED"), FailureKind::Busy),
        (412, code("ALREADY_MODIFIED"), FailureKind::Busy),
        (400, code("CONVERTED_RECORD"), none()),
        (400, code("ID_ALREADY_CONVERTED"), none()),
        (400, code("NO_RECORDS_FOUND"), FailureKind::NotFound),
        (404, json!({}), FailureKind::NotFound),
        (413, json!({}), FailureKind::Unexpected),
        (415, json!({}), FailureKind::Unexpected),
        (400, code("SOMETHING_NEW"), none()),
        (429, code("TOO_MANY_REQUESTS"), wait(2)),
        (429, json!({}), wait(2)),
        (400, code("TOO_MANY_REQUESTS"), wait(2)),
        (500, code("INTERNAL_ERROR"), FailureKind::Unavailable),
        (500, code("INTERNAL_SERVER_ERROR"), FailureKind::Unavailable),
        (502, json!("<html>Bad gateway</html>"), FailureKind::Unavailable),
        (503, json!({}), FailureKind::Unavailable),
        (200, code("NO_PERMISSION"), permission()),
    ];
    for (status, body, expected) in cases {
        // A module's fields are no write: a refusal inside a success is looked for in writes and rows only.
        if status == 200 {
            let (_script, bench) = script([Fixture::new("POST", UPSERT, status, body)]);
            let outcome = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1)]).await.remove(0);
            assert_eq!(outcome.unwrap_err().kind, expected, "inside a success");
            continue;
        }
        let shown = body.to_string();
        assert_eq!(failure(status, body, &[]).await.kind, expected, "HTTP {status} {shown}");
    }
}

#[tokio::test]
async fn the_credits_that_are_left_say_which_limit_it_was() {
    let wait = |seconds| FailureKind::RateLimited { after_seconds: Some(seconds) };
    let body = || refused("TOO_MANY_REQUESTS", json!({}));
    let cases =
        [("2400", 2, "calls in flight"), ("3", 3600, "the day's credits"), ("0", 3600, "the day's credits")];
    for (left, seconds, why) in cases {
        let found = failure(429, body(), &[("X-API-CREDITS-REMAINING", left)]).await;
        assert_eq!(found.kind, wait(seconds), "{left} left: {why}");
    }
    let found = failure(429, body(), &[("Retry-After", "33")]).await;
    assert_eq!(found.kind, wait(33), "Zoho's own wait wins");
}

#[tokio::test]
async fn credits_are_learned_from_every_answer() {
    let fields = json!({"fields": [{"api_name": "Email", "data_type": "email"}]});
    let (_script, bench) = script([
        Fixture::new("GET", FIELDS, 200, fields).header("X-API-CREDITS-REMAINING", "1"),
        Fixture::new("GET", LAYOUTS, 204, Json::Null),
    ]);
    CONNECTOR.describe(&bench.call(), "Leads").await.unwrap();
    let failure = CONNECTOR.describe(&bench.call(), "Leads").await.unwrap_err();
    assert!(
        matches!(failure.kind, FailureKind::RateLimited { .. }),
        "the one that was left is spent: {failure:?}"
    );
    let pacer =
        leadferry_connector::Pacer::new(SPEC.limits, &bench.set("zoho_daily_credits", "60000").settings);
    assert!(
        pacer.take(&["credits"], 50_000, Priority::Urgent, Bench::start()).is_ok(),
        "as the edition allows"
    );
}

#[tokio::test]
async fn faults_name_field_and_problem() {
    let cases = [
        (
            "INVALID_DATA",
            json!({"api_name": "Email", "expected_data_type": "email"}),
            "Email",
            FieldProblem::NotEmail,
        ),
        (
            "INVALID_DATA",
            json!({"api_name": "Phone", "expected_data_type": "phone"}),
            "Phone",
            FieldProblem::NotPhone,
        ),
        ("INVALID_DATA", json!({"api_name": "City", "maximum_length": "100"}), "City", FieldProblem::TooLong),
        (
            "INVALID_DATA",
            json!({"api_name": "Rating", "supported_values": ["Hot"]}),
            "Rating",
            FieldProblem::UnknownOption,
        ),
        (
            "INVALID_DATA",
            json!({"api_name": "Rating", "expected_data_type": "picklist"}),
            "Rating",
            FieldProblem::UnknownOption,
        ),
        (
            "INVALID_DATA",
            json!({"api_name": "Due", "expected_data_type": "date"}),
            "Due",
            FieldProblem::NotDate,
        ),
        (
            "INVALID_DATA",
            json!({"api_name": "N", "expected_data_type": "double"}),
            "N",
            FieldProblem::NotNumber,
        ),
        ("INVALID_DATA", json!({"api_name": "Email"}), "Email", FieldProblem::NotEmail),
        ("PATTERN_NOT_MATCHED", json!({"api_name": "Mobile"}), "Mobile", FieldProblem::NotPhone),
        ("PATTERN_NOT_MATCHED", json!({"api_name": "Website"}), "Website", FieldProblem::WrongFormat),
        ("DEPENDENT_MISMATCH", json!({"api_name": "State"}), "State", FieldProblem::CustomRule),
        ("MANDATORY_NOT_FOUND", json!({"api_name": "Last_Name"}), "Last_Name", FieldProblem::Required),
        (
            "EXPECTED_FIELD_MISSING",
            json!({"expected_fields": [{"api_name": "Pipeline", "json_path": "$.data[0].Pipeline"}]}),
            "Pipeline",
            FieldProblem::Required,
        ),
        (
            "INVALID_QUERY",
            json!({"column_name": "Lead_ID", "clause": "select"}),
            "Lead_ID",
            FieldProblem::UnknownField,
        ),
    ];
    for (code, details, field, problem) in cases {
        let shown = details.to_string();
        let found = failure(400, refused(code, details), &[]).await;
        let FailureKind::Invalid { fields } = found.kind else { panic!("{code} {shown}: {:?}", found.kind) };
        assert_eq!((fields[0].field.as_str(), fields[0].problem), (field, problem), "{code} {shown}");
    }
}

#[tokio::test]
async fn codes_are_told_in_plain_words() {
    let body = json!({"code": "CONVERTED_RECORD", "status": "error", "message": "can't update the converted record", "details": {}});
    let found = failure(400, body, &[]).await;
    assert!(found.message.starts_with("This lead was converted"), "what happened: {}", found.message);
    assert!(found.message.contains("can't update the converted record"), "and Zoho's words for its support");
    assert_eq!(found.code, "CONVERTED_RECORD", "and its code");
    let found =
        failure(403, refused("NO_PERMISSION", json!({"permissions": ["Crm_Implied_Edit_Leads"]})), &[]).await;
    let missing = FailureKind::Permission { missing: vec!["Crm_Implied_Edit_Leads".into()] };
    assert_eq!(found.kind, missing, "the right is named as Zoho names it");
}
