//! The exact form of everything else that is sent.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Action, Connector, Match};
use leadferry_model::{FailureKind, Value};
use serde_json::json;

use super::*;
use crate::hubspot::CONNECTOR;

fn found(id: &str, properties: Json) -> Json {
    json!({"id": id, "properties": properties, "updatedAt": "2026-11-20T08:00:00Z", "archived": false})
}

#[tokio::test]
async fn records_are_read_by_id_in_order() {
    let body = complete(
        vec![found("3", json!({"email": null, "lastmodifieddate": "2026-11-20T08:30:00Z"}))],
        vec![],
    );
    let (script, bench) = script([Fixture::new("POST", READ, 207, body)]);
    let bench = bench.set("hubspot_ui_domain", "app.hubspot.com").set("hubspot_portal_id", "77");
    let ids = [RecordId::new("2"), RecordId::new("3"), RecordId::new("2")];
    let records = CONNECTOR.read(&bench.call(), "contacts", &ids, &["email".to_owned()]).await.unwrap();
    assert!(records[0].is_none() && records[2].is_none(), "gone");
    let record = records[1].as_ref().unwrap();
    assert_eq!(
        record.fields.get("email"),
        Some(&Value::Blank),
        "empty is said, for rules that fill only empty fields"
    );
    assert_eq!(record.changed_at, "2026-11-20T08:30:00Z".parse().ok(), "the property the feed sorts by");
    assert_eq!(
        record.url.as_deref(),
        Some("https://app.hubspot.com/contacts/77/record/0-1/3"),
        "where a person sees it"
    );
    assert_eq!(
        script.sent()[0].json(),
        json!({"inputs": [{"id": "2"}, {"id": "3"}], "properties": ["email", "lastmodifieddate"], "propertiesWithHistory": []}),
        "each id once"
    );
}

#[tokio::test]
async fn unique_keys_are_read_and_phones_searched() {
    let by_email = complete(
        vec![
            found("1", json!({"email": "ada@example.com"})),
            found(
                "2",
                json!({"email": "x@example.com", "hs_additional_emails": "old@example.com;bo@example.com"}),
            ),
        ],
        vec![],
    );
    let by_phone = json!({"total": 2, "results": [
        found("3", json!({"phone": "020 7946 0123"})), found("4", json!({"phone": "+1 207 946 0123"}))]});
    let query = json!({
        "filterGroups": [
            {"filters": [{"propertyName": "phone", "operator": "EQ", "value": "+442079460123"}]},
            {"filters": [{"propertyName": "mobilephone", "operator": "EQ", "value": "+442079460123"}]},
            {"filters": [{"propertyName": "hs_searchable_calculated_phone_number", "operator": "EQ", "value": "2079460123"}]},
        ],
        "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
        "properties": ["lastmodifieddate", "phone", "mobilephone"], "limit": 10,
    });
    let (script, bench) = script([
        Fixture::new("POST", READ, 200, by_email),
        Fixture::new("POST", SEARCH, 200, by_phone).body(query),
    ]);
    let key = |field: &str, value: &str| Match { field: field.into(), value: value.into() };
    let keys = [
        key("email", "ADA@example.com"),
        key("phone", "+442079460123"),
        key("email", "bo@example.com"),
        key("email", "nobody@example.com"),
    ];
    let answers = CONNECTOR.find(&bench.call(), "contacts", &keys, &[]).await.unwrap();
    let ids: Vec<Vec<&str>> =
        answers.iter().map(|found| found.iter().map(|record| record.id.as_str()).collect()).collect();
    assert_eq!(
        ids,
        [vec!["1"], vec!["3"], vec!["2"], vec![]],
        "case, further addresses and countries are minded"
    );
    assert_eq!(script.sent()[0].json()["idProperty"], "email", "live data, not the lagging index");
}

#[tokio::test]
async fn a_note_is_tied_to_its_record_and_escaped() {
    let body = json!({
        "properties": {"hs_timestamp": "2026-11-20T09:00:00Z", "hs_note_body": "a &lt;b&gt;<br>c"},
        "associations": [{"to": {"id": "201"}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202}]}],
    });
    let answer = found("9", json!({}));
    let (_script, bench) =
        script([Fixture::new("POST", "/crm/objects/2026-03/notes", 201, answer).body(body)]);
    let note = Action::Note { text: "a <b>\r\nc".into(), at: "2026-11-20T09:00:00Z".parse().unwrap() };
    let id = CONNECTOR.act(&bench.call(), "contacts", &RecordId::new("201"), &note).await.unwrap();
    assert_eq!(id.as_str(), "9", "the note's own id");
}

#[tokio::test]
async fn tasks_deals_and_owners_have_their_forms() {
    let record = RecordId::new("201");
    let task = Action::Task {
        subject: "Call".into(),
        text: String::new(),
        due: "2026-11-21T09:00:00Z".parse().unwrap(),
        owner: Some("5".into()),
    };
    let deal = Action::Deal {
        name: "Roof".into(),
        pipeline: Some("default".into()),
        stage: "won".into(),
        amount: Some("120.50".into()),
        owner: None,
    };
    let tie = |id: u32| json!([{"to": {"id": "201"}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": id}]}]);
    let (_script, bench) = script([
        Fixture::new("POST", "/crm/objects/2026-03/tasks", 201, found("1", json!({}))).body(json!({
            "properties": {"hs_timestamp": "2026-11-21T09:00:00Z", "hs_task_subject": "Call", "hs_task_status": "NOT_STARTED",
                "hs_task_type": "TODO", "hubspot_owner_id": "5"}, "associations": tie(204)})),
        Fixture::new("POST", "/crm/objects/2026-03/deals", 201, found("2", json!({}))).body(json!({
            "properties": {"dealname": "Roof", "pipeline": "default", "dealstage": "won", "amount": "120.50"}, "associations": tie(3)})),
        Fixture::new("PATCH", "/crm/objects/2026-03/contacts/201", 200, found("201", json!({})))
            .body(json!({"properties": {"hubspot_owner_id": "5"}})),
    ]);
    for (action, expected) in [(task, "1"), (deal.clone(), "2"), (Action::Owner { owner: "5".into() }, "201")]
    {
        let id = CONNECTOR.act(&bench.call(), "contacts", &record, &action).await.unwrap();
        assert_eq!(id.as_str(), expected, "{action:?}");
    }
    let failure = CONNECTOR.act(&bench.call(), "deals", &record, &deal).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid { fields: vec![] }, "a deal has no deal");
}

#[tokio::test]
async fn owners_and_stages_come_in_order() {
    let owners = |id: u32, next: Option<&str>| {
        let mut page = json!({"results": [{"id": id.to_string(), "firstName": "Ada", "lastName": "", "email": "ada@example.com", "type": "PERSON"}]});
        if let Some(after) = next {
            page["paging"] = json!({"next": {"after": after, "link": "x"}});
        }
        page
    };
    let (_script, bench) = script([
        Fixture::new("GET", "/crm/owners/2026-03", 200, owners(1, Some("7"))).query(json!({"limit": "100"})),
        Fixture::new("GET", "/crm/owners/2026-03", 200, owners(2, None))
            .query(json!({"limit": "100", "after": "7"})),
        Fixture::file(include_str!("../fixtures/pipelines.json")),
    ]);
    let actions = CONNECTOR.actions(&bench.call()).await.unwrap();
    assert_eq!(actions.owners, [("1".into(), "Ada".into()), ("2".to_owned(), "Ada".to_owned())], "all pages");
    let stages: Vec<(&str, bool)> =
        actions.stages.iter().map(|stage| (stage.stage.as_str(), stage.closed)).collect();
    assert_eq!(
        stages,
        [("appointment", false), ("won", true)],
        "in the pipeline's order, archived ones left out"
    );
}

#[tokio::test]
async fn removing_what_is_gone_is_done() {
    for (status, expected) in [(204, true), (404, true), (403, false)] {
        let (_script, bench) =
            script([Fixture::new("DELETE", &format!("{CONTACTS}/201"), status, Json::Null)]);
        let result = CONNECTOR.remove(&bench.call(), "contacts", &RecordId::new("201")).await;
        assert_eq!(result.is_ok(), expected, "HTTP {status}");
    }
}
