//! One outcome a record, whatever happens to the others.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Settings};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{FailureKind, Value};
use serde_json::json;

use super::*;
use crate::pipedrive::CONNECTOR;

fn refused(words: &str) -> Json {
    json!({"success": false, "error": words, "code": "ERR_SCHEMA_VALIDATION_FAILED"})
}

#[tokio::test]
async fn a_refusal_stays_with_its_record() {
    let words = "Validation failed: owner_id: Expected number; emails.0.value: must be a valid email";
    let (_script, bench) = script([
        Fixture::new("POST", PERSONS, 200, success(person(1))),
        Fixture::new("POST", PERSONS, 400, refused(words)),
        Fixture::new("POST", PERSONS, 200, success(person(3))),
    ]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[lead(1), lead(2), lead(3)]).await;
    let passed: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!(passed, [true, false, true], "each its own");
    let failure = outcomes[1].as_ref().unwrap_err();
    let FailureKind::Invalid { fields } = &failure.kind else { panic!("{failure:?}") };
    let faults: Vec<_> =
        fields.iter().map(|fault| (fault.field.as_str(), fault.problem, fault.value.as_deref())).collect();
    assert_eq!(
        faults,
        [
            ("owner_id", FieldProblem::NotNumber, None),
            ("email", FieldProblem::NotEmail, Some("lead2@example.com"))
        ],
        "by the names people map to, with the lead's own value"
    );
    assert!(!failure.maybe_applied, "a refused create certainly made nothing");
}

#[tokio::test]
async fn what_concerns_all_stops_the_batch_and_only_what_was_sent_may_have_arrived() {
    let cases = [
        (Fixture::new("POST", PERSONS, 429, json!({})), "rate_limited", false),
        (
            Fixture::new("POST", PERSONS, 401, json!({"success": false, "error": "unauthorized access"})),
            "auth",
            false,
        ),
        (Fixture::new("POST", PERSONS, 502, json!("<html>Bad gateway</html>")), "unavailable", true),
        (Fixture::lost("POST", PERSONS), "unavailable", true),
        (
            Fixture::new("POST", PERSONS, 402, json!({"success": false, "error": "Payment required"})),
            "permission",
            false,
        ),
    ];
    for (fixture, word, maybe) in cases {
        let shown = format!("{fixture:?}");
        let (script, bench) = script([Fixture::new("POST", PERSONS, 200, success(person(1))), fixture]);
        let batch = [lead(1), lead(2), lead(3), lead(4)];
        let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &batch).await;
        assert!(outcomes[0].is_ok(), "the first had passed: {shown}");
        let rest: Vec<_> = outcomes[1..]
            .iter()
            .map(|outcome| outcome.as_ref().unwrap_err())
            .map(|failure| (failure.kind.word(), failure.maybe_applied))
            .collect();
        assert_eq!(rest, [(word, maybe), (word, false), (word, false)], "{shown}");
        assert_eq!(script.sent().len(), 2, "the others were not sent: {shown}");
    }
}

#[tokio::test]
async fn an_answer_that_says_nothing_may_have_been_applied() {
    for body in [
        json!({"success": true, "data": null}),
        json!({"success": false, "data": person(1)}),
        json!("{\"a\":"),
    ] {
        let (_script, bench) = script([Fixture::new("POST", PERSONS, 200, body.clone())]);
        let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[lead(1)]).await;
        let failure = outcomes[0].as_ref().unwrap_err();
        assert_eq!((failure.kind.word(), failure.maybe_applied), ("unexpected", true), "{body}");
    }
}

#[tokio::test]
async fn a_record_in_the_bin_is_gone() {
    let mut deleted = person(1);
    deleted["is_deleted"] = json!(true);
    let name = [("name", Value::text("Ada"))];
    let (_script, bench) = script([
        Fixture::new("PATCH", "/api/v2/persons/201", 200, success(deleted)),
        Fixture::new(
            "PATCH",
            "/api/v2/persons/202",
            404,
            json!({"success": false, "error": "Object was not found."}),
        ),
        Fixture::new("PATCH", "/api/v2/persons/203", 410, json!({})),
    ]);
    let batch = [known(1, &name), known(2, &name), known(3, &name)];
    for outcome in CONNECTOR.upsert(&bench.call(), "persons", &batch).await {
        assert_eq!(outcome.unwrap_err().kind, FailureKind::NotFound, "so the lead looks for another record");
    }
}

#[tokio::test]
async fn what_v2_would_refuse_is_refused_before_it_is_sent() {
    let (_script, bench) = script([]);
    let cases = [
        ("no_such_field_anywhere", Value::text("x"), FieldProblem::UnknownField),
        ("first_name", Value::text("Ada"), FieldProblem::ReadOnly),
        ("update_time", Value::text("x"), FieldProblem::ReadOnly),
        ("owner_id", Value::text("Ada"), FieldProblem::NotNumber),
        ("label_ids", Value::text("Hot"), FieldProblem::UnknownOption),
    ];
    for (name, value, problem) in cases {
        let upsert = row(1, &[("email", Value::text("ada@example.com")), (name, value)]);
        let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[upsert]).await;
        let failure = outcomes[0].as_ref().unwrap_err();
        let FailureKind::Invalid { fields } = &failure.kind else { panic!("{failure:?}") };
        assert_eq!((fields[0].field.as_str(), fields[0].problem), (name, problem), "{name}");
    }
}

#[tokio::test]
async fn a_consent_that_was_not_taken_is_told() {
    let mut kept = person(1);
    kept["marketing_status"] = json!("unsubscribed");
    let (_script, bench) = script([
        Fixture::new("PATCH", "/api/v2/persons/201", 200, success(kept.clone())),
        Fixture::new("PATCH", "/api/v2/persons/201", 200, success(kept)),
        Fixture::new("PATCH", "/api/v2/persons/201", 200, success(person(1))),
    ]);
    let mut outcomes = Vec::new();
    for status in ["subscribed", "unsubscribed", "subscribed"] {
        let upsert = known(1, &[("marketing_status", Value::text(status))]);
        outcomes.extend(CONNECTOR.upsert(&bench.call(), "persons", &[upsert]).await);
    }
    let failure = outcomes[0].as_ref().unwrap_err();
    assert_eq!((failure.kind.word(), failure.maybe_applied), ("invalid", true), "ignored without an error");
    assert!(outcomes[1].is_ok(), "taken");
    assert!(outcomes[2].is_ok(), "an answer without the field says nothing against it");
}

#[tokio::test]
async fn without_a_lead_id_field_only_what_can_be_found_again_is_created() {
    let (script, bench) = script([Fixture::new("POST", PERSONS, 200, success(person(1)))]);
    let bench = ["persons", "deals"]
        .iter()
        .fold(bench, |bench, object| bench.set(&Settings::lead_id_key(object), ""));
    let nameless = row(2, &[("name", Value::text("Ada"))]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[lead(1), nameless]).await;
    assert!(outcomes[0].is_ok(), "by e-mail");
    assert_eq!(outcomes[1].as_ref().unwrap_err().code, "no_lead_id_field", "a repeat would double this one");
    assert_eq!(
        script.sent()[0].json().get("custom_fields"),
        None,
        "and no field that does not exist is written"
    );
    let deal = row(3, &[("title", Value::text("Kitchen"))]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "deals", &[deal]).await;
    assert_eq!(outcomes[0].as_ref().unwrap_err().kind.word(), "permission", "a deal has no other key");
}
