//! Writes where the account has no Lead ID field.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Outcome};
use leadferry_model::{FailureKind, RecordId};
use serde_json::json;

use super::*;
use crate::hubspot::CONNECTOR;

const CREATE: &str = "/crm/objects/2026-03/contacts/batch/create";
const FIELD: &str = "/crm/properties/2026-03/contacts/lead_id";

fn words(outcomes: &[Outcome]) -> Vec<String> {
    let word = |outcome: &Outcome| match outcome {
        Ok(written) => format!("{} {}", if written.created { "new" } else { "known" }, written.record),
        Err(failure) => failure.kind.word().to_owned(),
    };
    outcomes.iter().map(word).collect()
}

fn unknown_field() -> Fixture {
    Fixture::new("POST", UPSERT, 400, invalid("lead_id", "PROPERTY_DOESNT_EXIST", json!({})))
}

fn no_field() -> Fixture {
    Fixture::new(
        "GET",
        FIELD,
        404,
        json!({"status": "error", "category": "OBJECT_NOT_FOUND", "message": "no"}),
    )
}

#[tokio::test]
async fn leads_are_found_by_email_and_updated_or_created() {
    let found = json!({"id": "201", "properties": {"email": "lead1@example.com"}});
    let made = json!({"id": "300", "properties": {"email": "LEAD2@example.com"}});
    let (script, bench) = script([
        unknown_field(),
        no_field(),
        Fixture::new("POST", READ, 207, complete(vec![found], vec![])).body(json!({
            "inputs": [{"id": "lead1@example.com"}, {"id": "lead2@example.com"}], "idProperty": "email",
            "properties": ["email", "hs_additional_emails"], "propertiesWithHistory": []})),
        Fixture::new("POST", UPDATE, 200, complete(vec![json!({"id": "201"})], vec![])).body(json!({"inputs": [
            {"id": "201", "properties": {"email": "lead1@example.com", "firstname": "Ada"}, "objectWriteTraceId": "L-1#1"}]})),
        Fixture::new("POST", CREATE, 201, complete(vec![made], vec![])).body(json!({"inputs": [
            {"properties": {"email": "lead2@example.com", "firstname": "Ada"}, "objectWriteTraceId": "L-2#1"}]})),
    ]);
    let nobody = row(3, &[("firstname", "Bo")]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "contacts", &[lead(1), lead(2), nobody]).await;
    assert_eq!(
        words(&outcomes),
        ["known 201", "new 300", "invalid"],
        "no e-mail, nothing to recognise it by"
    );
    assert!(outcomes[2].as_ref().unwrap_err().message.contains("Map an e-mail"), "with a next step");
    assert_eq!(script.sent().len(), 5, "and the field is never sent again");
}

#[tokio::test]
async fn a_contact_made_meanwhile_is_named_by_the_refusal() {
    let conflict = json!({"status": "error", "message": "Contact already exists. Existing ID: 123"});
    let (_script, bench) = script([
        unknown_field(),
        no_field(),
        Fixture::new("POST", READ, 200, complete(vec![], vec![])),
        Fixture::new("POST", CREATE, 409, conflict),
    ]);
    let failure = CONNECTOR.upsert(&bench.call(), "contacts", &[lead(1)]).await.remove(0).unwrap_err();
    let expected =
        FailureKind::Conflict { existing: Some(RecordId::new("123")), field: Some("email".into()) };
    assert_eq!(failure.kind, expected, "the engine updates that one");
}

#[tokio::test]
async fn companies_have_nothing_to_be_recognised_by() {
    let (_script, bench) = script([
        Fixture::new(
            "POST",
            "/crm/objects/2026-03/companies/batch/upsert",
            400,
            invalid("lead_id", "PROPERTY_DOESNT_EXIST", json!({})),
        ),
        Fixture::new("GET", "/crm/properties/2026-03/companies/lead_id", 404, json!({})),
    ]);
    let failure = CONNECTOR.upsert(&bench.call(), "companies", &[lead(1)]).await.remove(0).unwrap_err();
    let missing = vec!["crm.schemas.companies.write".to_owned()];
    assert_eq!(failure.kind, FailureKind::Permission { missing }, "a repeat would double it");
}

#[tokio::test]
async fn a_field_that_is_there_is_not_given_up() {
    let property = json!({"name": "lead_id", "type": "string", "fieldType": "text", "hasUniqueValue": true});
    let (_script, bench) = script([unknown_field(), Fixture::new("GET", FIELD, 200, property)]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "contacts", &[lead(1)]).await;
    assert_eq!(words(&outcomes), ["invalid"], "HubSpot's word stands");
}
