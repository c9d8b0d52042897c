//! Describing and creating properties.

use serde_json::{Value, json};

use crate::support::desk;

const PATH: &str = "/crm/properties/2026-03/contacts";

fn text(name: &str, unique: bool) -> Value {
    json!({
        "groupName": "contactinformation", "name": name, "label": name, "type": "string", "fieldType": "text",
        "hasUniqueValue": unique, "formField": false,
    })
}

#[tokio::test]
async fn a_created_property_takes_values_at_once() {
    let desk = desk();
    let created = desk.post(PATH, text("lead_id", true)).await;
    assert_eq!(created.status, 201, "{}", created.text);
    assert_eq!(created.json["hasUniqueValue"], true);
    assert_eq!(created.json["modificationMetadata"]["archivable"], true);
    assert!(created.json.get("hubspotDefined").is_none(), "custom ones do not say so");
    assert_eq!(desk.get(&format!("{PATH}/lead_id")).await.json["label"], "lead_id");
    desk.contact(json!({"firstname": "X", "lead_id": "L-1"})).await;
    assert_eq!(desk.get(&format!("{PATH}/nope")).await.status, 404);
    assert!(desk.faults().is_empty(), "{:?}", desk.faults());
}

#[tokio::test]
async fn a_taken_name_conflicts() {
    let desk = desk().with_lead_id().await;
    let answer = desk.post(PATH, text("lead_id", true)).await;
    assert_eq!((answer.status, answer.category()), (409, "OBJECT_ALREADY_EXISTS"));
    assert_eq!(answer.json["subCategory"], "Properties.PROPERTY_WITH_NAME_EXISTS");
}

#[tokio::test]
async fn uniqueness_is_set_at_creation_only_and_ten_times_at_most() {
    let desk = desk();
    assert_eq!(desk.post(PATH, text("plain", false)).await.status, 201);
    let later = desk.call("PATCH", &format!("{PATH}/plain"), Some(&json!({"hasUniqueValue": true}))).await;
    assert_eq!(later.status, 400);
    // The account has one unique custom property already.
    for number in 0..9 {
        assert_eq!(desk.post(PATH, text(&format!("unique_{number}"), true)).await.status, 201);
    }
    assert_eq!(desk.post(PATH, text("one_too_many", true)).await.status, 400);
    assert_eq!(desk.post(PATH, text("not_unique", false)).await.status, 201);
}

#[tokio::test]
async fn definitions_that_do_not_fit_are_refused() {
    let desk = desk();
    let with = |key: &str, value: Value| {
        let mut body = text("fresh", false);
        body[key] = value;
        body
    };
    let cases = [
        (with("name", json!("Lead ID")), "names are lower case"),
        (with("name", json!("1st")), "names begin with a letter"),
        (with("label", json!("")), "a label is needed"),
        (with("groupName", json!("nowhere")), "groups must exist"),
        (with("fieldType", json!("checkbox")), "types and field types go together"),
        (
            json!({"name": "fresh", "label": "x", "groupName": "marina", "type": "enumeration", "fieldType": "select"}),
            "options are needed",
        ),
        (
            json!({"name": "fresh", "label": "x", "groupName": "marina", "type": "number", "fieldType": "number", "hasUniqueValue": true}),
            "only texts are unique",
        ),
    ];
    for (body, why) in cases {
        assert_eq!(desk.post(PATH, body).await.status, 400, "{why}");
    }
}

#[tokio::test]
async fn a_patch_replaces_the_whole_list_of_options() {
    let desk = desk();
    let options =
        json!({"options": [{"label": "Only", "value": "ONLY", "displayOrder": 0, "hidden": false}]});
    let answer = desk.call("PATCH", &format!("{PATH}/hs_lead_status"), Some(&options)).await;
    assert_eq!(answer.json["options"].as_array().unwrap().len(), 1, "{}", answer.text);
    let refused = desk
        .post(
            "/crm/objects/2026-03/contacts",
            json!({"properties": {"firstname": "X", "hs_lead_status": "NEW"}}),
        )
        .await;
    assert_eq!(refused.status, 400, "the old option is gone");
}

#[tokio::test]
async fn an_archived_property_is_gone_and_can_come_back() {
    let desk = desk().with_lead_id().await;
    desk.contact(json!({"firstname": "X", "lead_id": "L-1"})).await;
    assert_eq!(desk.call("DELETE", &format!("{PATH}/lead_id"), None).await.status, 204);
    assert_eq!(desk.get(&format!("{PATH}/lead_id")).await.status, 404);
    assert_eq!(desk.get(&format!("{PATH}?archived=true")).await.results().len(), 1);
    assert_eq!(
        desk.call("DELETE", &format!("{PATH}/email"), None).await.status,
        400,
        "the vendor's own stay"
    );
    let desk = desk.with_lead_id().await;
    let taken = desk
        .post("/crm/objects/2026-03/contacts", json!({"properties": {"firstname": "Y", "lead_id": "L-1"}}))
        .await;
    assert_eq!(taken.status, 409, "its values came back with it");
}

#[tokio::test]
async fn properties_are_created_read_and_archived_in_batches() {
    let desk = desk();
    let answer = desk
        .post(&format!("{PATH}/batch/create"), json!({"inputs": [text("a", false), text("email", false)]}))
        .await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.json["errors"][0]["category"], "OBJECT_ALREADY_EXISTS");
    let names = json!({"inputs": [{"name": "a"}, {"name": "nope"}], "archived": false});
    assert_eq!(desk.post(&format!("{PATH}/batch/read"), names.clone()).await.results().len(), 1);
    assert_eq!(
        desk.post(&format!("{PATH}/batch/archive"), json!({"inputs": [{"name": "a"}]})).await.status,
        204
    );
    assert!(desk.get(&format!("{PATH}/groups")).await.results().iter().any(|one| one["name"] == "marina"));
}
