//! Every way a collection can fail in part.

use leadferry_connector::testkit::{Bench, Fixture};
use leadferry_connector::{Connector, Outcome, Upsert};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{FailureKind, RecordId};
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

async fn send(bench: &Bench, batch: &[Upsert]) -> Vec<Outcome> {
    CONNECTOR.upsert(&bench.call(), "Lead", batch).await
}

/// `ok 00Q…`, or the kind of the failure.
fn words(outcomes: &[Outcome]) -> Vec<String> {
    let word = |outcome: &Outcome| match outcome {
        Ok(written) => format!("ok {}", written.record),
        Err(failure) => failure.kind.word().to_owned(),
    };
    outcomes.iter().map(word).collect()
}

fn ok(number: usize) -> String {
    format!("ok {}", id(number))
}

#[tokio::test]
async fn known_records_are_updated_and_others_upserted() {
    let upserted = json!({"allOrNone": false, "records": [
        {"attributes": {"type": "Lead"}, "Lead_ID__c": "L-1", "LastName": "Lovelace", "Email": "lead1@example.com"}]});
    let updated = json!({"allOrNone": false, "records": [
        {"attributes": {"type": "Lead"}, "id": id(2), "Lead_ID__c": "L-2", "LastName": "Lovelace", "Email": "lead2@example.com"}]});
    let (script, bench) = script([
        Fixture::new("PATCH", UPSERT, 200, json!([saved(1, true)])).body(upserted),
        Fixture::new("PATCH", UPDATE, 200, json!([{"id": id(2), "success": true, "errors": []}]))
            .body(updated),
    ]);
    let outcomes = send(&bench, &[lead(1), known(2)]).await;
    assert_eq!(words(&outcomes), [ok(1), ok(2)], "in the order given");
    let created: Vec<bool> = outcomes.iter().map(|outcome| outcome.as_ref().unwrap().created).collect();
    assert_eq!(created, [true, false], "only what was made is new");
    let url = outcomes[0].as_ref().unwrap().url.as_deref();
    let page = format!("https://api.example.com/lightning/r/Lead/{}/view", id(1));
    assert_eq!(url, Some(page.as_str()), "where a person sees it");
    let rules: Vec<_> =
        script.sent().iter().map(|sent| sent.header("sforce-auto-assign").map(str::to_owned)).collect();
    assert_eq!(
        rules,
        [Some("FALSE".to_owned()), None],
        "an update hands no lead to somebody else; a new lead is assigned"
    );
}

#[tokio::test]
async fn each_row_has_its_own_outcome_by_its_place() {
    let answer = json!([
        saved(1, true),
        refused("INVALID_EMAIL_ADDRESS", "Email: invalid email address: lead2@example.com", &["Email"]),
        refused("REQUIRED_FIELD_MISSING", "Required fields are missing: [Company]", &["Company"]),
        saved(4, false),
    ]);
    let (_script, bench) = script([Fixture::new("PATCH", UPSERT, 200, answer)]);
    let outcomes = send(&bench, &[lead(1), lead(2), lead(3), lead(4)]).await;
    assert_eq!(
        words(&outcomes),
        [ok(1), "invalid".into(), "invalid".into(), ok(4)],
        "a failure stays with its row"
    );
    let FailureKind::Invalid { fields } = &outcomes[1].as_ref().unwrap_err().kind else { panic!() };
    let fault = (fields[0].field.as_str(), fields[0].problem, fields[0].value.as_deref());
    assert_eq!(
        fault,
        ("Email", FieldProblem::NotEmail, Some("lead2@example.com")),
        "with the value that was refused"
    );
    assert!(!outcomes[3].as_ref().unwrap().created, "a lead with this Lead ID was there");
}

#[tokio::test]
async fn a_key_stands_once_in_a_request() {
    let twice = Upsert { record: Some(RecordId::new(id(2))), ..lead(3) };
    let (script, bench) = script([
        Fixture::new("PATCH", UPSERT, 200, json!([saved(1, true)])),
        Fixture::new("PATCH", UPDATE, 200, json!([saved(2, false)])),
        Fixture::new("PATCH", UPSERT, 200, json!([saved(1, false)])),
        Fixture::new("PATCH", UPDATE, 200, json!([saved(2, false)])),
    ]);
    let outcomes = send(&bench, &[lead(1), known(2), lead(1), twice]).await;
    assert_eq!(words(&outcomes), [ok(1), ok(2), ok(1), ok(2)], "each has an answer of its own");
    let sizes: Vec<usize> =
        script.sent().iter().map(|sent| sent.json()["records"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [1, 1, 1, 1], "the second row that shares a key goes later");
}

#[tokio::test]
async fn a_field_that_is_unknown_takes_only_the_rows_that_have_it() {
    let unknown = "No such column 'Campaign__c' on sobject of type Lead";
    let (script, bench) = script([
        Fixture::new("PATCH", UPSERT, 400, refusal("INVALID_FIELD", unknown)),
        Fixture::new("PATCH", UPSERT, 200, json!([saved(1, true), saved(3, true)])),
    ]);
    let bad = row(2, &[("LastName", "Byron"), ("campaign__c", "Spring")]);
    let outcomes = send(&bench, &[lead(1), bad, lead(3)]).await;
    assert_eq!(words(&outcomes), [ok(1), "invalid".into(), ok(3)], "names are compared without case");
    let FailureKind::Invalid { fields } = &outcomes[1].as_ref().unwrap_err().kind else { panic!() };
    assert_eq!(fields[0].problem, FieldProblem::UnknownField, "the person chooses another field");
    assert_eq!(script.sent().len(), 2, "found without searching");
}

#[tokio::test]
async fn a_request_refused_without_names_is_halved() {
    let parser =
        || refusal("JSON_PARSER_ERROR", "Cannot deserialize instance of double from VALUE_STRING value much");
    let of = |numbers: &[usize]| {
        let row = |number: &usize| {
            json!({"attributes": {"type": "Lead"}, "Lead_ID__c": format!("L-{number}"),
            "LastName": "Lovelace", "Email": format!("lead{number}@example.com")})
        };
        json!({"allOrNone": false, "records": numbers.iter().map(row).collect::<Vec<_>>()})
    };
    let (_script, bench) = script([
        Fixture::new("PATCH", UPSERT, 400, parser()).body(of(&[1, 2, 3, 4])),
        Fixture::new("PATCH", UPSERT, 200, json!([saved(1, true), saved(2, true)])).body(of(&[1, 2])),
        Fixture::new("PATCH", UPSERT, 400, parser()).body(of(&[3, 4])),
        Fixture::new("PATCH", UPSERT, 400, parser()).body(of(&[3])),
        Fixture::new("PATCH", UPSERT, 200, json!([saved(4, true)])).body(of(&[4])),
    ]);
    let outcomes = send(&bench, &[lead(1), lead(2), lead(3), lead(4)]).await;
    assert_eq!(words(&outcomes), [ok(1), ok(2), "invalid".into(), ok(4)], "until the bad row stands alone");
}

#[tokio::test]
async fn what_is_not_about_a_row_is_everybodys_outcome_at_once() {
    let cases = [
        (403, refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), "rate_limited"),
        (403, refusal("API_DISABLED_FOR_ORG", "no"), "permission"),
        (500, refusal("UNKNOWN_EXCEPTION", "no"), "unavailable"),
        (404, json!({}), "not_found"),
    ];
    for (status, body, expected) in cases {
        let (script, bench) = script([Fixture::new("PATCH", UPSERT, status, body)]);
        let outcomes = send(&bench, &[lead(1), lead(2)]).await;
        assert_eq!(words(&outcomes), [expected, expected], "HTTP {status}");
        assert_eq!(script.sent().len(), 1, "and nothing is searched for");
    }
}

#[tokio::test]
async fn a_lost_answer_may_have_been_applied() {
    let (_script, bench) = script([Fixture::lost("PATCH", UPSERT)]);
    let failure = send(&bench, &[lead(1)]).await.remove(0).unwrap_err();
    assert!(failure.maybe_applied, "by key it is safe to send again, but nobody may say it failed");
}

#[tokio::test]
async fn without_the_lead_id_field_no_lead_is_made() {
    let body = refusal("NOT_FOUND", "The requested resource does not exist");
    let (script, bench) = script([Fixture::new("PATCH", UPSERT, 404, body)]);
    let outcomes = send(&bench, &[lead(1), lead(2)]).await;
    assert_eq!(words(&outcomes), ["invalid", "invalid"], "not a record that is gone");
    assert_eq!(script.sent().len(), 1, "every row goes by the field");
    let failure = outcomes[0].as_ref().unwrap_err();
    assert!(failure.message.contains("Lead_ID__c"), "the field is named: {}", failure.message);
}

#[tokio::test]
async fn duplicates_name_the_record_that_is_there() {
    let rule = |key: &str, ids: &[String]| {
        let records: Vec<Json> = ids
            .iter()
            .map(|id| {
                json!({"matchConfidence": 100.0, "record":
            {"attributes": {"type": "Lead"}, "Id": id}})
            })
            .collect();
        json!({"success": false, "errors": [{"statusCode": "DUPLICATES_DETECTED", "message": "Use one of these records?",
            "fields": [], key: {"allowSave": true, "duplicateRule": "Standard", "matchResults": [{"entityType": "Lead",
            "matchEngine": "FuzzyMatchEngine", "rule": "Standard", "size": ids.len(), "success": true, "matchRecords": records}]}}]})
    };
    let taken = "duplicate value found: Lead_ID__c duplicates value on record with id: 00Q5g0000000007";
    let several =
        "Lead_ID__c: more than one record found for external id field: [00Q5g0000000007, 00Q5g0000000008]";
    let conflict = |existing: Option<String>, field: Option<&str>| FailureKind::Conflict {
        existing: existing.map(RecordId::new),
        field: field.map(str::to_owned),
    };
    let cases = [
        (refused("DUPLICATE_VALUE", taken, &[]), conflict(Some(id(7)), Some("Lead_ID__c"))),
        (
            refused(
                "DUPLICATE_VALUE",
                "duplicate value found: <unknown> duplicates value on record with id: <unknown>",
                &[],
            ),
            conflict(None, None),
        ),
        (refused("DUPLICATE_EXTERNAL_ID", several, &[]), conflict(None, Some("Lead_ID__c"))),
        (rule("duplicateResult", &[id(7)]), conflict(Some(id(7)), None)),
        (rule("duplicateResut", &[id(7)]), conflict(Some(id(7)), None)),
        (rule("duplicateResult", &[id(7), id(8)]), conflict(None, None)),
        (rule("duplicateResult", &[contact(7)]), conflict(None, None)),
        (refused("DUPLICATES_DETECTED", "Use one of these records?", &[]), conflict(None, None)),
    ];
    for (row, expected) in cases {
        let shown = row.to_string();
        let (_script, bench) = script([Fixture::new("PATCH", UPSERT, 200, json!([row]))]);
        let failure = send(&bench, &[lead(1)]).await.remove(0).unwrap_err();
        assert_eq!(failure.kind, expected, "{shown}");
    }
}

#[tokio::test]
async fn an_answer_of_another_length_is_believed_for_nobody() {
    let (_script, bench) = script([Fixture::new("PATCH", UPSERT, 200, json!([saved(1, true)]))]);
    let outcomes = send(&bench, &[lead(1), lead(2)]).await;
    assert_eq!(words(&outcomes), ["unexpected", "unexpected"], "whose row was left out?");
    assert!(
        outcomes.iter().all(|outcome| outcome.as_ref().unwrap_err().maybe_applied),
        "it may have been written"
    );
}

#[tokio::test]
async fn two_hundred_rows_go_in_one_request() {
    let batch: Vec<Upsert> = (0..200).map(lead).collect();
    let answer: Vec<Json> = (0..200).map(|number| saved(number, true)).collect();
    let (script, bench) = script([Fixture::new("PATCH", UPSERT, 200, json!(answer))]);
    let outcomes = send(&bench, &batch).await;
    assert!(outcomes.iter().all(Result::is_ok), "all are written");
    assert_eq!(script.sent().len(), 1, "by one call");
}

#[tokio::test]
async fn a_person_may_silence_rules() {
    let (script, bench) = script([Fixture::new("PATCH", UPSERT, 200, json!([saved(1, true)]))]);
    let bench = bench.set("quiet_import", "true").set("allow_duplicates", "true");
    send(&bench, &[lead(1)]).await.remove(0).unwrap();
    let sent = &script.sent()[0];
    assert_eq!(sent.header("sforce-auto-assign"), Some("FALSE"), "no assignment rule");
    assert_eq!(sent.header("sforce-duplicate-rule-header"), Some("allowSave=true"), "and past warnings");
}

#[tokio::test]
async fn an_owner_that_is_set_is_not_reassigned() {
    let owned = row(1, &[("LastName", "Lovelace"), ("OwnerId", "0055g00000XyZabAAF")]);
    let (script, bench) = script([
        Fixture::new("PATCH", UPSERT, 200, json!([saved(1, true)])),
        Fixture::new("PATCH", UPSERT, 200, json!([saved(2, true)])),
    ]);
    let outcomes = send(&bench, &[owned, lead(2)]).await;
    assert_eq!(words(&outcomes), [ok(1), ok(2)], "both are made");
    let rules: Vec<bool> =
        script.sent().iter().map(|sent| sent.header("sforce-auto-assign").is_some()).collect();
    assert_eq!(rules, [true, false], "only the lead without an owner gets one by rule");
}

#[tokio::test]
async fn the_preview_is_what_would_be_sent() {
    let (_script, bench) = script([]);
    let shown = CONNECTOR.preview(&bench.call(), "Lead", &[lead(1), known(2)]);
    let lines: Vec<String> = shown.iter().map(|one| format!("{} {}", one.method, one.url)).collect();
    let host = "PATCH https://api.example.com";
    assert_eq!(lines, [format!("{host}{UPDATE}"), format!("{host}{UPSERT}")], "one request a kind");
    assert!(!format!("{shown:?}").contains("canary"), "without the token: {shown:?}");
}
