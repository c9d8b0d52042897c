//! Shapes real answers have and documents do not promise.

use leadferry_connector::Connector;
use leadferry_connector::testkit::Fixture;
use leadferry_model::Value;
use serde_json::json;

use super::*;
use crate::pipedrive::CONNECTOR;

#[tokio::test]
async fn nulls_and_missing_parts_are_no_faults() {
    let records = json!([
        {"id": 1},
        {"id": "2", "custom_fields": null, "emails": null, "phones": "?", "update_time": "yesterday", "is_deleted": null},
        {"id": 3, "emails": [{"value": null}, {"value": ""}, null, {"value": "c@example.com", "label": ""}]},
        {"name": "no id"},
        null,
    ]);
    let (_script, bench) = script([Fixture::new("GET", PERSONS, 200, success(records))]);
    let asked = ["1", "2", "3"].map(RecordId::new);
    let fields = ["email".to_owned(), "lead_id".to_owned()];
    let found = CONNECTOR.read(&bench.call(), "persons", &asked, &fields).await.unwrap();
    let email = |at: usize| found[at].as_ref().unwrap().fields.get("email").cloned();
    assert_eq!((email(0), email(1)), (Some(Value::Blank), Some(Value::Blank)), "no address");
    assert_eq!(email(2), Some(Value::text("c@example.com")), "the first one, where none is primary");
    assert_eq!(found[1].as_ref().unwrap().changed_at, None, "a time nobody can read is none");
}

#[tokio::test]
async fn a_deal_as_it_was_recorded_is_read() {
    let deal = json!({
        "id": 1, "title": "Acme - Enterprise License", "creator_user_id": 25760681, "value": 25000, "person_id": 1, "org_id": 1,
        "stage_id": 3, "currency": "USD", "add_time": "2026-05-15T09:55:02Z", "update_time": "2026-05-15T10:16:44Z",
        "status": "open", "probability": 65, "lost_reason": null, "visible_to": 3, "close_time": null, "pipeline_id": 1,
        "won_time": null, "expected_close_date": null, "custom_fields": null, "owner_id": 25760681, "label_ids": [],
        "is_deleted": false, "origin": "Marketplace", "channel": 8, "is_archived": false, "archive_time": null,
    });
    let (_script, bench) =
        script([Fixture::new("GET", "/api/v2/deals/1", 200, json!({"success": true, "data": deal}))]);
    let fields = ["value", "stage_id", "status", "lead_id", "lost_reason", "label_ids"].map(str::to_owned);
    let found = CONNECTOR.read(&bench.call(), "deals", &[RecordId::new("1")], &fields).await.unwrap();
    let record = found[0].as_ref().unwrap();
    assert_eq!(record.fields.text("value").as_deref(), Some("25000 USD"), "an amount with its currency");
    assert_eq!(record.fields.text("stage_id").as_deref(), Some("3"), "an id");
    assert_eq!(record.fields.text("status").as_deref(), Some("open"), "a word");
    for empty in ["lead_id", "lost_reason", "label_ids"] {
        assert!(record.fields.get(empty).is_some_and(Value::is_blank), "{empty} is there and empty");
    }
}

#[tokio::test]
async fn fields_as_they_were_recorded_are_read() {
    let fields = json!([
        {"field_name": "Title", "field_code": "title", "field_type": "varchar", "options": null, "subfields": null,
         "is_custom_field": false, "is_optional_response_field": false},
        {"field_name": "Archive time", "field_code": "archive_time", "field_type": "date", "options": null,
         "subfields": null, "is_custom_field": false, "is_optional_response_field": false},
    ]);
    let (_script, bench) = script([
        Fixture::new("GET", "/api/v2/dealFields", 200, success(fields)),
        Fixture::new("GET", "/api/v2/pipelines", 200, success(json!([]))),
        Fixture::new("GET", "/api/v2/stages", 200, json!({"success": true, "data": null})),
    ]);
    let schema = CONNECTOR.describe(&bench.call(), "deals").await.unwrap();
    let fields: Vec<_> =
        schema.fields.iter().map(|field| (field.name.as_str(), field.required, field.read_only)).collect();
    assert_eq!(fields, [("title", true, false), ("archive_time", false, true)], "written, and not");
}
