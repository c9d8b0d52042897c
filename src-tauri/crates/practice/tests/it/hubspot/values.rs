//! Which values properties take, and how they are kept.

use serde_json::{Value, json};

use crate::support::{CONTACTS, desk};

#[tokio::test]
async fn bad_values_are_named_with_their_codes() {
    let desk = desk();
    let cases = [
        ("email", "nobody@", "INVALID_EMAIL"),
        ("hs_lead_status", "new", "INVALID_OPTION"),
        ("services_wanted", "lift;tea", "INVALID_OPTION"),
        ("hubspot_owner_id", "9001", "INVALID_OPTION"),
        ("winter_storage", "yes", "INVALID_OPTION"),
        ("berth_length_m", "ten", "INVALID_INTEGER"),
        ("contract_start", "20/11/2026", "INVALID_DATE"),
        ("contract_start", "1795176000000", "INVALID_DATE"),
        ("contract_start", "2026-11-20T12:00:00Z", "INVALID_DATE"),
        ("enquiry_received", "yesterday", "INVALID_DATE"),
        ("no_such_field", "x", "PROPERTY_DOESNT_EXIST"),
        ("num_notes", "3", "READ_ONLY_VALUE"),
        ("hs_object_id", "3", "READ_ONLY_VALUE"),
        ("days_since_enquiry", "3", "READ_ONLY_VALUE"),
    ];
    for (property, value, code) in cases {
        let answer = desk.post(CONTACTS, json!({"properties": {"firstname": "X", property: value}})).await;
        assert_eq!((answer.status, answer.category()), (400, "VALIDATION_ERROR"), "{property} = {value}");
        let list = answer.message().strip_prefix("Property values were not valid: ").unwrap();
        let list: Value = serde_json::from_str(list).unwrap();
        assert_eq!(list[0]["error"], code, "{property} = {value}");
        assert_eq!(answer.json["errors"][0]["code"], code);
        assert_eq!(answer.json["errors"][0]["context"]["propertyName"][0], property);
        desk.pass(1);
    }
}

#[tokio::test]
async fn every_bad_value_of_a_request_is_named() {
    let answer =
        desk().post(CONTACTS, json!({"properties": {"email": "x", "nope": "1", "city": "Hull"}})).await;
    assert_eq!(answer.json["errors"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn good_values_are_kept_in_one_notation() {
    let desk = desk();
    let cases = [
        ("contract_start", "2026-11-20", "2026-11-20"),
        ("contract_start", "1795132800000", "2026-11-20"),
        ("enquiry_received", "1795176000000", "2026-11-20T12:00:00.000Z"),
        ("enquiry_received", "2026-11-20T12:00:00+02:00", "2026-11-20T10:00:00.000Z"),
        ("winter_storage", "true", "true"),
        ("services_wanted", "lift;fuel", "lift;fuel"),
        ("contract_value", "1200.50", "1200.50"),
        ("hubspot_owner_id", "51002", "51002"),
    ];
    for (property, sent, kept) in cases {
        let answer = desk.post(CONTACTS, json!({"properties": {"firstname": "X", property: sent}})).await;
        assert_eq!(answer.json["properties"][property], kept, "{property} = {sent}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_leading_semicolon_adds_to_a_multiple_choice() {
    let desk = desk();
    let id = desk.contact(json!({"firstname": "X", "services_wanted": "lift"})).await;
    let path = format!("{CONTACTS}/{id}");
    let added = desk.call("PATCH", &path, Some(&json!({"properties": {"services_wanted": ";fuel"}}))).await;
    assert_eq!(added.json["properties"]["services_wanted"], "lift;fuel");
    let replaced = desk.call("PATCH", &path, Some(&json!({"properties": {"services_wanted": "wifi"}}))).await;
    assert_eq!(replaced.json["properties"]["services_wanted"], "wifi");
}

#[tokio::test]
async fn the_lifecycle_stage_moves_only_forward() {
    let desk = desk();
    let id = desk.contact(json!({"firstname": "X", "lifecyclestage": "opportunity"})).await;
    let path = format!("{CONTACTS}/{id}");
    let set = async |stage: &str| {
        let body = json!({"properties": {"lifecyclestage": stage}});
        desk.call("PATCH", &path, Some(&body)).await.json["properties"]["lifecyclestage"].clone()
    };
    assert_eq!(set("lead").await, "opportunity", "going back is ignored");
    assert_eq!(set("customer").await, "customer");
    assert_eq!(set("").await, Value::Null);
    assert_eq!(set("lead").await, "lead", "after clearing, any stage can be set");
}

#[tokio::test]
async fn a_deal_must_be_in_a_stage_of_its_pipeline() {
    let desk = desk();
    let deal = |stage: &str| json!({"properties": {"dealname": "Berth 4", "pipeline": "default", "dealstage": stage}});
    assert_eq!(desk.post("/crm/objects/2026-03/deals", deal("contractsent")).await.status, 201);
    assert_eq!(desk.post("/crm/objects/2026-03/deals", deal("lost in the mail")).await.status, 400);
}
