//! The exact form of what is sent.

use leadferry_connector::testkit::{Bench, Fixture, Script};
use leadferry_connector::{Action, Connector, Credential, Fixed};
use leadferry_model::{FailureKind, Secret, Value};
use serde_json::json;

use super::*;
use crate::pipedrive::CONNECTOR;

#[tokio::test]
async fn a_new_person_is_created_with_everything_typed() {
    let fields = success(json!([
        {"field_code": SOURCE, "field_name": "Source", "field_type": "enum", "is_custom_field": true,
         "options": [{"id": 31, "label": "Web"}]},
    ]));
    let (script, bench) = script([
        Fixture::new("GET", FIELDS, 200, fields).query(json!({"limit": "500"})),
        Fixture::new("POST", PERSONS, 201, success(person(1))),
    ]);
    let upsert = row(
        1,
        &[
            ("name", Value::text("Ada Moss")),
            ("email", Value::text("lead1@example.com")),
            ("phone", Value::text("+447700900123")),
            ("owner_id", Value::text("7")),
            ("label_ids", Value::List(vec!["1".into(), "2".into()])),
            ("job_title", Value::Blank),
            (SOURCE, Value::text("31")),
        ],
    );
    let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[upsert]).await;
    let written = outcomes[0].as_ref().unwrap();
    assert_eq!((written.record.as_str(), written.created), ("201", true), "created");
    assert_eq!(
        script.sent()[1].json(),
        json!({
            "name": "Ada Moss", "owner_id": 7, "label_ids": [1, 2],
            "emails": [{"value": "lead1@example.com", "primary": true, "label": "work"}],
            "phones": [{"value": "+447700900123", "primary": true, "label": "work"}],
            "custom_fields": {LEAD_ID: "L-1", SOURCE: 31},
        }),
        "written as v2 names things, numbers as numbers, nothing for what is empty"
    );
}

#[tokio::test]
async fn a_text_that_its_field_does_not_take_is_sent_again_as_the_field_takes_it() {
    let fields = success(json!([
        {"field_code": SOURCE, "field_name": "Home", "field_type": "address", "is_custom_field": true, "options": null},
    ]));
    let refused = json!({"success": false, "code": "ERR_SCHEMA_VALIDATION_FAILED",
        "error": format!("Validation failed: custom_fields.{SOURCE}: Expected object")});
    let written = |home: Json| {
        json!({"name": "Ada", "emails": [{"value": "ada@example.com", "primary": true, "label": "work"}],
            "custom_fields": {LEAD_ID: "L-1", SOURCE: home}})
    };
    let wrapped = json!({"value": "1 Main Street"});
    let (script, bench) = script([
        Fixture::new("POST", PERSONS, 400, refused).body(written(json!("1 Main Street"))),
        Fixture::new("GET", FIELDS, 200, fields),
        Fixture::new("POST", PERSONS, 200, success(person(1))).body(written(wrapped.clone())),
        Fixture::new("POST", PERSONS, 200, success(person(1))).body(written(wrapped)),
    ]);
    let values = [
        ("name", Value::text("Ada")),
        ("email", Value::text("ada@example.com")),
        (SOURCE, Value::text("1 Main Street")),
    ];
    let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[row(1, &values), row(1, &values)]).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(script.sent().len(), 4, "the fields are read once for the batch");
}

#[tokio::test]
async fn a_refusal_that_types_cannot_cure_is_told() {
    let fields = success(json!([
        {"field_code": SOURCE, "field_name": "Note", "field_type": "varchar", "is_custom_field": true, "options": null},
    ]));
    let refused =
        json!({"success": false, "error": format!("Validation failed: custom_fields.{SOURCE}: is too long")});
    let (_script, bench) =
        script([Fixture::new("POST", PERSONS, 400, refused), Fixture::new("GET", FIELDS, 200, fields)]);
    let upsert = row(1, &[("email", Value::text("ada@example.com")), (SOURCE, Value::text("much"))]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[upsert]).await;
    assert_eq!(outcomes[0].as_ref().unwrap_err().kind.word(), "invalid", "and not sent a second time");
}

#[tokio::test]
async fn a_plain_lead_costs_one_call() {
    let (script, bench) = script([Fixture::new("POST", PERSONS, 200, success(person(1)))]);
    CONNECTOR.upsert(&bench.call(), "persons", &[lead(1)]).await[0].as_ref().unwrap();
    let sent = &script.sent()[0];
    assert_eq!(sent.header("x-api-token"), Some(Bench::TOKEN), "a personal token has a header of its own");
    assert_eq!(sent.header("authorization"), None, "and is no bearer token");
    assert_eq!(sent.query, json!({}), "least of all in the address");
}

#[tokio::test]
async fn an_oauth_token_is_a_bearer_token() {
    let script = Arc::new(Script::new([Fixture::new("POST", PERSONS, 200, success(person(1)))]));
    let access = Fixed(Credential::Bearer(Secret::new("v1u:abc")));
    let bench = Bench::with(&SPEC, "https://acme.pipedrive.com", script.clone(), access);
    CONNECTOR.upsert(&bench.call(), "persons", &[lead(1)]).await[0].as_ref().unwrap();
    let sent = &script.sent()[0];
    assert_eq!(
        (sent.header("authorization"), sent.header("x-api-token")),
        (Some("Bearer v1u:abc"), None),
        "only so"
    );
}

#[tokio::test]
async fn a_known_person_keeps_the_addresses_the_lead_does_not_know() {
    let mut now = person(1);
    now["emails"] = json!([{"value": "old@example.com", "primary": true, "label": "home"}]);
    let (script, bench) = script([
        Fixture::new("GET", "/api/v2/persons/201", 200, success(now)).query(json!({})),
        Fixture::new("PATCH", "/api/v2/persons/201", 200, success(person(1))),
    ]);
    let upsert = known(1, &[("email", Value::text("lead1@example.com")), ("org_id", Value::Blank)]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &[upsert]).await;
    assert!(!outcomes[0].as_ref().unwrap().created, "updated");
    assert_eq!(
        script.sent()[1].json(),
        json!({
            "emails": [{"value": "lead1@example.com", "primary": true, "label": "work"},
                       {"value": "old@example.com", "primary": false, "label": "home"}],
            "org_id": null, "custom_fields": {LEAD_ID: "L-1"},
        }),
        "the list is replaced as a whole, so it holds both"
    );
}

#[tokio::test]
async fn known_persons_are_looked_at_together() {
    let (script, bench) = script([
        Fixture::new("GET", PERSONS, 200, success(json!([person(1), person(2)])))
            .query(json!({"ids": "201,202", "limit": "2"})),
        Fixture::new("PATCH", "/api/v2/persons/202", 200, success(person(2)))
            .body(json!({"custom_fields": {LEAD_ID: "L-2"}})),
        Fixture::new("PATCH", "/api/v2/persons/201", 200, success(person(1)))
            .body(json!({"name": "Ada", "custom_fields": {LEAD_ID: "L-1"}})),
    ]);
    let batch = [
        known(2, &[("email", Value::text("lead2@example.com"))]),
        known(1, &[("email", Value::text("lead1@example.com")), ("name", Value::text("Ada"))]),
    ];
    let outcomes = CONNECTOR.upsert(&bench.call(), "persons", &batch).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(
        script.sent().len(),
        3,
        "one look for all of them, and an address that is there is not written again"
    );
}

#[tokio::test]
async fn deals_take_an_amount_and_its_currency_apart() {
    let answer =
        json!({"id": 9, "title": "Kitchen", "update_time": "2026-11-20T08:30:00Z", "custom_fields": null});
    let (script, bench) = script([Fixture::new("POST", "/api/v2/deals", 200, success(answer))]);
    let money = Value::Money { amount: "1200.50".parse().unwrap(), currency: Some("EUR".into()) };
    let date = Value::Date("2026-12-01".parse().unwrap());
    let upsert = row(
        1,
        &[
            ("title", Value::text("Kitchen")),
            ("value", money),
            ("stage_id", Value::text("3")),
            ("expected_close_date", date),
            ("status", Value::text("open")),
        ],
    );
    CONNECTOR.upsert(&bench.call(), "deals", &[upsert]).await[0].as_ref().unwrap();
    assert_eq!(
        script.sent()[0].json(),
        json!({
            "title": "Kitchen", "value": 1200.5, "currency": "EUR", "stage_id": 3, "status": "open",
            "expected_close_date": "2026-12-01", "custom_fields": {LEAD_ID: "L-1"},
        }),
        "typed"
    );
}

#[tokio::test]
async fn an_organization_has_an_address_object() {
    let answer = json!({"id": 9, "name": "Acme", "custom_fields": {}});
    let (script, bench) = script([Fixture::new("POST", "/api/v2/organizations", 200, success(answer))]);
    let bench = bench.set("pipedrive_domain", "acme");
    let upsert = row(1, &[("name", Value::text("Acme")), ("address", Value::text("1 Main Street"))]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "organizations", &[upsert]).await;
    assert_eq!(
        script.sent()[0].json(),
        json!({"name": "Acme", "address": {"value": "1 Main Street"}, "custom_fields": {LEAD_ID: "L-1"}}),
        "wrapped"
    );
    let url = outcomes[0].as_ref().unwrap().url.as_deref();
    assert_eq!(url, Some("https://acme.pipedrive.com/organization/9"), "where a person sees it");
}

#[tokio::test]
async fn actions_are_tied_to_their_record() {
    let (script, bench) = script([
        Fixture::new("POST", "/v1/notes", 201, success(json!({"id": 5, "content": "x"}))).body(json!({
            "content": "a &lt;b&gt;<br>c", "person_id": 201, "add_time": "2026-11-20 09:00:00"})),
        Fixture::new("POST", "/api/v2/activities", 200, success(json!({"id": 6}))).body(json!({
            "subject": "Call back", "type": "task", "done": false, "due_date": "2026-11-20", "due_time": "09:00",
            "participants": [{"person_id": 201, "primary": true}], "note": "soon", "owner_id": 7})),
        Fixture::new("POST", "/api/v2/deals", 200, success(json!({"id": 7, "title": "Kitchen"}))).body(json!({
            "title": "Kitchen", "person_id": 201, "pipeline_id": 1, "stage_id": 3, "value": 99.5})),
        Fixture::new("PATCH", "/api/v2/deals/7", 200, success(json!({"id": 7}))).body(json!({"owner_id": 7})),
        Fixture::new("POST", "/v1/notes", 200, success(json!({"id": 8}))).body(json!({
            "content": "x", "deal_id": 7, "add_time": "2026-11-20 09:00:00"})),
    ]);
    let (call, at) = (bench.call(), Bench::start());
    let owner = Some("7".to_owned());
    let task = Action::Task { subject: "Call back".into(), text: "soon".into(), due: at, owner };
    let deal = Action::Deal {
        name: "Kitchen".into(),
        pipeline: Some("1".into()),
        stage: "3".into(),
        amount: Some("99.50".into()),
        owner: None,
    };
    let note = |text: &str| Action::Note { text: text.into(), at };
    let (person, kitchen) = (RecordId::new("201"), RecordId::new("7"));
    let cases = [
        ("persons", &person, note("a <b>\r\nc"), "5"),
        ("persons", &person, task, "6"),
        ("persons", &person, deal.clone(), "7"),
        ("deals", &kitchen, Action::Owner { owner: "7".into() }, "7"),
        ("deals", &kitchen, note("x"), "8"),
    ];
    for (object, record, action, made) in cases {
        let id = CONNECTOR.act(&call, object, record, &action).await.unwrap();
        assert_eq!(id.as_str(), made, "{action:?} on {object}");
    }
    let failure = CONNECTOR.act(&call, "deals", &kitchen, &deal).await.unwrap_err();
    assert!(matches!(failure.kind, FailureKind::Invalid { .. }), "a deal of a deal: {failure:?}");
    let owner = Action::Owner { owner: "somebody".into() };
    let failure = CONNECTOR.act(&call, "persons", &person, &owner).await.unwrap_err();
    assert!(matches!(failure.kind, FailureKind::Invalid { .. }), "no number, nothing sent: {failure:?}");
    assert_eq!(script.sent().len(), 5, "the two that cannot be are not sent");
}

#[tokio::test]
async fn removing_what_is_gone_is_what_was_wanted() {
    let (_script, bench) = script([
        Fixture::new("DELETE", "/api/v2/persons/201", 200, success(json!({"id": 201}))),
        Fixture::new("DELETE", "/api/v2/persons/202", 404, json!({"success": false, "error": "not found"})),
        Fixture::new("DELETE", "/api/v2/persons/203", 410, json!({})),
    ]);
    for id in ["201", "202", "203"] {
        CONNECTOR.remove(&bench.call(), "persons", &RecordId::new(id)).await.unwrap();
    }
}

#[test]
fn a_preview_shows_the_requests_and_no_secret() {
    let (_script, bench) = script([]);
    let batch = [lead(1), known(2, &[("name", Value::text("Bo"))])];
    let shown = CONNECTOR.preview(&bench.call(), "persons", &batch);
    let lines: Vec<String> = shown.iter().map(|shown| format!("{} {}", shown.method, shown.url)).collect();
    assert_eq!(
        lines,
        ["POST https://api.example.com/api/v2/persons", "PATCH https://api.example.com/api/v2/persons/202"],
        "one a record"
    );
    assert!(!format!("{shown:?}").contains(Bench::TOKEN), "masked");
}
