//! Every way a batch can fail in part.

use leadferry_connector::testkit::{Bench, Fixture};
use leadferry_connector::{Connector, Outcome, Upsert};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{FailureKind, RecordId};
use serde_json::{Value, json};

use super::*;
use crate::hubspot::CONNECTOR;

async fn send(bench: &Bench, batch: &[Upsert]) -> Vec<Outcome> {
    CONNECTOR.upsert(&bench.call(), "contacts", batch).await
}

/// `ok 201`, or the kind of the failure.
fn words(outcomes: &[Outcome]) -> Vec<String> {
    let word = |outcome: &Outcome| match outcome {
        Ok(written) => format!("ok {}", written.record),
        Err(failure) => failure.kind.word().to_owned(),
    };
    outcomes.iter().map(word).collect()
}

#[tokio::test]
async fn known_records_are_updated_and_others_upserted() {
    let updated = complete(vec![json!({"id": "202", "properties": {}})], vec![]);
    let (script, bench) = script([
        Fixture::new("POST", UPDATE, 200, updated),
        Fixture::new("POST", UPSERT, 200, complete(vec![result(1)], vec![])),
    ]);
    let outcomes = send(&bench, &[lead(1), known(2)]).await;
    assert_eq!(words(&outcomes), ["ok 201", "ok 202"], "in the order given");
    assert!(
        outcomes[0].as_ref().unwrap().created && !outcomes[1].as_ref().unwrap().created,
        "`new` says which"
    );
    let sent = script.sent();
    assert_eq!(
        sent[1].json(),
        json!({"inputs": [{"idProperty": "lead_id", "id": "L-1", "properties":
            {"email": "lead1@example.com", "firstname": "Ada", "lead_id": "L-1"}, "objectWriteTraceId": "L-1#1"}]}),
        "the key is a property too"
    );
    assert_eq!(sent[0].json()["inputs"][0]["id"], "202", "a known record goes by its id");
    assert!(sent[0].json()["inputs"][0].get("idProperty").is_none(), "which needs no property");
}

#[tokio::test]
async fn rows_find_their_outcomes_whatever_the_status_and_order() {
    let untraced = json!({"id": "201", "properties": {"lead_id": "L-1"}});
    for status in [200, 201, 207] {
        let error = invalid("phone", "INVALID_PHONE_NUMBER", json!({"objectWriteTraceId": ["L-2#1"]}));
        let body = complete(vec![result(3), untraced.clone()], vec![error]);
        let (_script, bench) = script([Fixture::new("POST", UPSERT, status, body)]);
        let outcomes = send(&bench, &[lead(1), lead(2), lead(3)]).await;
        assert_eq!(words(&outcomes), ["ok 201", "invalid", "ok 203"], "HTTP {status}");
    }
}

#[tokio::test]
async fn a_refused_field_is_named_with_its_value() {
    let error = invalid("hs_lead_status", "INVALID_OPTION", json!({"objectWriteTraceId": ["L-1#1"]}));
    let (_script, bench) = script([Fixture::new("POST", UPSERT, 207, complete(vec![], vec![error]))]);
    let outcomes = send(&bench, &[row(1, &[("hs_lead_status", "Warm")])]).await;
    let failure = outcomes[0].as_ref().unwrap_err();
    let FailureKind::Invalid { fields } = &failure.kind else { panic!("{failure:?}") };
    assert_eq!(
        (fields[0].field.as_str(), fields[0].problem, fields[0].value.as_deref()),
        ("hs_lead_status", FieldProblem::UnknownOption, Some("Warm")),
        "a person can fix it without looking elsewhere"
    );
    assert_eq!(failure.request_id.as_deref(), Some("77aa"), "for HubSpot's support");
}

#[tokio::test]
async fn a_batch_refused_without_names_is_halved() {
    let bad = || json!({"status": "error", "category": "VALIDATION_ERROR", "message": "one of the values is wrong"});
    let input = |numbers: &[usize]| -> Value {
        let one = |number: &usize| {
            json!({"idProperty": "lead_id", "id": format!("L-{number}"),
            "properties": {"email": format!("lead{number}@example.com"), "firstname": "Ada", "lead_id": format!("L-{number}")},
            "objectWriteTraceId": format!("L-{number}#1")})
        };
        json!({"inputs": numbers.iter().map(one).collect::<Vec<_>>()})
    };
    let (script, bench) = script([
        Fixture::new("POST", UPSERT, 400, bad()).body(input(&[1, 2, 3, 4])),
        Fixture::new("POST", UPSERT, 200, complete(vec![result(2), result(1)], vec![])).body(input(&[1, 2])),
        Fixture::new("POST", UPSERT, 400, bad()).body(input(&[3, 4])),
        Fixture::new("POST", UPSERT, 400, bad()).body(input(&[3])),
        Fixture::new("POST", UPSERT, 200, complete(vec![result(4)], vec![])).body(input(&[4])),
    ]);
    let outcomes = send(&bench, &[lead(1), lead(2), lead(3), lead(4)]).await;
    assert_eq!(words(&outcomes), ["ok 201", "ok 202", "invalid", "ok 204"], "only the bad row fails");
    assert_eq!(script.sent().len(), 5, "and no call more than halving needs");
}

#[tokio::test]
async fn a_field_that_is_gone_is_blamed_on_all_its_rows_at_once() {
    let (script, bench) = script([
        Fixture::new("POST", UPSERT, 400, invalid("no_such", "PROPERTY_DOESNT_EXIST", json!({}))),
        Fixture::new("POST", UPSERT, 200, complete(vec![result(2)], vec![])),
    ]);
    let bad = |number| row(number, &[("no_such", "x")]);
    let outcomes = send(&bench, &[bad(1), lead(2), bad(3)]).await;
    assert_eq!(words(&outcomes), ["invalid", "ok 202", "invalid"], "two calls instead of halving");
    assert_eq!(script.sent().len(), 2, "the rest goes in one call");
}

#[tokio::test]
async fn rows_named_in_a_refusal_are_set_aside_and_the_rest_sent() {
    let refusal = invalid("email", "INVALID_EMAIL", json!({"objectWriteTraceId": ["L-1#1"]}));
    let (_script, bench) = script([
        Fixture::new("POST", UPSERT, 400, refusal),
        Fixture::new("POST", UPSERT, 200, complete(vec![result(2)], vec![])),
    ]);
    assert_eq!(
        words(&send(&bench, &[lead(1), lead(2)]).await),
        ["invalid", "ok 202"],
        "named rows need no halving"
    );
}

#[tokio::test]
async fn errors_that_name_no_row_are_found_by_sending_the_open_rows_again() {
    let nameless = json!({"status": "error", "category": "VALIDATION_ERROR", "message": "a value is wrong"});
    let (_script, bench) = script([
        Fixture::new("POST", UPSERT, 207, complete(vec![result(1)], vec![nameless.clone()])),
        Fixture::new("POST", UPSERT, 200, complete(vec![result(2)], vec![])),
        Fixture::new("POST", UPSERT, 400, nameless),
    ]);
    let outcomes = send(&bench, &[lead(1), lead(2), lead(3)]).await;
    assert_eq!(words(&outcomes), ["ok 201", "ok 202", "invalid"], "writing by key twice does no harm");
}

#[tokio::test]
async fn rows_the_answer_forgets_are_read_back() {
    let found = complete(vec![json!({"id": "202", "properties": {"lead_id": "L-2"}})], vec![]);
    let (script, bench) = script([
        Fixture::new("POST", UPSERT, 200, complete(vec![result(1)], vec![])),
        Fixture::new("POST", READ, 207, found),
    ]);
    let outcomes = send(&bench, &[lead(1), lead(2), lead(3)]).await;
    assert_eq!(words(&outcomes), ["ok 201", "ok 202", "unexpected"], "what is there was written");
    assert!(outcomes[2].as_ref().unwrap_err().maybe_applied, "what is not there yet may still come");
    assert_eq!(
        script.sent()[1].json(),
        json!({"inputs": [{"id": "L-2"}, {"id": "L-3"}], "idProperty": "lead_id", "properties": ["lead_id"],
            "propertiesWithHistory": []}),
        "by the Lead ID"
    );
}

#[tokio::test]
async fn a_lost_answer_leaves_every_row_open() {
    let (_script, bench) = script([Fixture::lost("POST", UPSERT)]);
    for outcome in send(&bench, &[lead(1), lead(2)]).await {
        let failure = outcome.unwrap_err();
        assert_eq!(
            (failure.kind, failure.maybe_applied),
            (FailureKind::Unavailable, true),
            "a repeat by key is safe"
        );
    }
}

#[tokio::test]
async fn a_taken_email_names_the_record_that_has_it() {
    let error = json!({"status": "error", "category": "CONFLICT", "message": "Contact already exists. Existing ID: 123",
        "context": {"objectWriteTraceId": ["L-1#1"]}});
    let (_script, bench) = script([Fixture::new("POST", UPSERT, 207, complete(vec![], vec![error]))]);
    let failure = send(&bench, &[lead(1)]).await.remove(0).unwrap_err();
    let expected =
        FailureKind::Conflict { existing: Some(RecordId::new("123")), field: Some("email".into()) };
    assert_eq!(failure.kind, expected, "the engine can update that one instead");
}

#[tokio::test]
async fn one_email_twice_goes_in_two_calls() {
    let mut second = lead(2);
    second.fields = row(0, &[("email", "LEAD1@example.com")]).fields;
    let conflict = json!({"status": "error", "category": "CONFLICT", "message": "Contact already exists. Existing ID: 201"});
    let (script, bench) = script([
        Fixture::new("POST", UPSERT, 200, complete(vec![result(1), result(3)], vec![])),
        Fixture::new("POST", UPSERT, 409, conflict),
    ]);
    let outcomes = send(&bench, &[lead(1), second, lead(3)]).await;
    assert_eq!(
        words(&outcomes),
        ["ok 201", "conflict", "ok 203"],
        "the first is not dragged down by the second"
    );
    assert_eq!(
        script.sent()[0].json()["inputs"].as_array().unwrap().len(),
        2,
        "HubSpot refuses the pair in one batch"
    );
}

#[tokio::test]
async fn an_archived_record_is_not_found() {
    let error = json!({"status": "error", "category": "OBJECT_NOT_FOUND", "message": "Could not get some CONTACT objects",
        "context": {"ids": ["201"]}});
    let body = complete(vec![json!({"id": "202", "properties": {}})], vec![error]);
    let (_script, bench) = script([Fixture::new("POST", UPDATE, 207, body)]);
    assert_eq!(
        words(&send(&bench, &[known(1), known(2)]).await),
        ["not_found", "ok 202"],
        "matched by record id"
    );
}

#[tokio::test]
async fn lost_access_fails_every_row_in_one_call() {
    let body = json!({"status": "error", "category": "MISSING_SCOPES", "message": "no",
        "errors": [{"message": "no", "context": {"requiredGranularScopes": ["crm.objects.contacts.write"]}}]});
    let (_script, bench) = script([Fixture::new("POST", UPSERT, 403, body)]);
    for outcome in send(&bench, &[lead(1), lead(2)]).await {
        let expected = FailureKind::Permission { missing: vec!["crm.objects.contacts.write".into()] };
        assert_eq!(outcome.unwrap_err().kind, expected, "the person is told which right is missing");
    }
}

#[tokio::test]
async fn a_stage_moves_back_only_when_asked() {
    let stage = || {
        let mut upsert = known(1);
        upsert.fields.set("lifecyclestage", leadferry_model::Value::text("lead"));
        [upsert]
    };
    let done = || Fixture::new("POST", UPDATE, 200, complete(vec![result(1)], vec![]));
    let (script_off, bench) = script([done()]);
    send(&bench, &stage()).await.remove(0).unwrap();
    assert_eq!(script_off.sent().len(), 1, "HubSpot's own rule stands");
    let (script_on, bench) = script([done(), done()]);
    send(&bench.set("lifecycle_back", "true"), &stage()).await.remove(0).unwrap();
    assert_eq!(
        script_on.sent()[0].json()["inputs"][0]["properties"],
        json!({"lifecyclestage": ""}),
        "cleared first, then set"
    );
}

#[tokio::test]
async fn the_preview_is_what_is_sent() {
    let (script, bench) = script([
        Fixture::new("POST", UPDATE, 200, complete(vec![result(1)], vec![])),
        Fixture::new("POST", UPSERT, 200, complete(vec![result(2)], vec![])),
    ]);
    let batch = [known(1), lead(2)];
    let shown = CONNECTOR.preview(&bench.call(), "contacts", &batch);
    send(&bench, &batch).await;
    let sent: Vec<(String, Value)> =
        script.sent().iter().map(|sent| (sent.path.clone(), sent.json())).collect();
    let previewed: Vec<(String, Value)> = shown
        .iter()
        .map(|shown| {
            (shown.url.replace("https://api.example.com", ""), serde_json::from_str(&shown.body).unwrap())
        })
        .collect();
    assert_eq!(previewed, sent, "address and body, byte for byte");
    assert!(shown[0].headers.contains(&("authorization".into(), "Bearer •••".into())), "the token is masked");
}
