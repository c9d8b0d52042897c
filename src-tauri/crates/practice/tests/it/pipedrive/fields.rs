//! Fields: described, made, changed.

use serde_json::{Value, json};

use super::desk::{PERSONS, desk, field};

const FIELDS: &str = "/api/v2/personFields";

#[tokio::test]
async fn fields_are_described_with_their_types_and_options() {
    let desk = desk();
    let all = desk.get(&format!("{FIELDS}?limit=500&include_fields=required_fields")).await;
    let by_code = |code: &str| all.data().iter().find(|one| one["field_code"] == code).cloned().unwrap();
    let name = by_code("name");
    assert_eq!(
        (name["field_type"].as_str(), name["is_custom_field"].as_bool()),
        (Some("varchar"), Some(false))
    );
    assert_eq!(name["required_fields"]["enabled"], true);
    assert_eq!(by_code("phone")["field_type"], "phone", "described as phone, written as phones");
    assert_eq!(by_code("open_deals_count")["is_optional_response_field"], true);
    let heard = by_code(field::HEARD);
    assert_eq!(
        (heard["field_name"].as_str(), heard["field_type"].as_str()),
        (Some("Heard of us"), Some("enum"))
    );
    assert_eq!(heard["options"][0], json!({"id": 31, "label": "Web"}));
    let budget = by_code(field::BUDGET);
    let parts: Vec<_> =
        budget["subfields"].as_array().unwrap().iter().map(|one| one["field_code"].clone()).collect();
    assert_eq!(parts, [json!("value"), json!("currency")]);
    assert_eq!(heard.get("ui_visibility"), None, "only what was asked for");
    let types: std::collections::BTreeSet<_> =
        all.data().iter().map(|one| one["field_type"].to_string()).collect();
    assert!(types.len() >= 18, "many types occur: {types:?}");
}

#[tokio::test]
async fn fields_come_in_pages_and_one_by_one() {
    let desk = desk();
    let first = desk.get(&format!("{FIELDS}?limit=10")).await;
    let rest = desk.get(&format!("{FIELDS}?limit=500&cursor={}", first.next_cursor().unwrap())).await;
    let all = desk.get(&format!("{FIELDS}?limit=500")).await;
    assert_eq!(first.data().len() + rest.data().len(), all.data().len());
    let one =
        desk.get(&format!("{FIELDS}/{}?include_fields=ui_visibility,important_fields", field::ROOF)).await;
    assert_eq!(one.json["data"]["important_fields"]["enabled"], false);
    assert_eq!(desk.get(&format!("{FIELDS}/nothing")).await.status, 404);
    for path in ["organizationFields", "dealFields", "activityFields"] {
        assert!(!desk.get(&format!("/api/v2/{path}")).await.data().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_made_field_is_known_by_its_hash_alone() {
    let desk = desk();
    let body = json!({"field_name": "Lead ID", "field_type": "varchar"});
    let (first, second) = (desk.made(FIELDS, body.clone()).await, desk.made(FIELDS, body).await);
    let (a, b) = (first["field_code"].as_str().unwrap(), second["field_code"].as_str().unwrap());
    assert!(a.len() == 40 && a.bytes().all(|c| c.is_ascii_hexdigit()), "{a}");
    assert_ne!(a, b, "the same name twice makes two fields");
    assert_eq!((first["is_custom_field"].as_bool(), first["options"].clone()), (Some(true), Value::Null));
    let made = desk.made(PERSONS, json!({"name": "X", "custom_fields": {a: "L-1"}})).await;
    assert_eq!((made["custom_fields"][a].as_str(), &made["custom_fields"][b]), (Some("L-1"), &Value::Null));
}

#[tokio::test]
async fn options_get_ids_and_change_together() {
    let desk = desk();
    let options = json!([{"label": "Yes"}, {"label": "No"}]);
    let made = desk
        .made(FIELDS, json!({"field_name": "Consent", "field_type": "enum", "options": options, "required_fields": {"enabled": true}}))
        .await;
    let ids: Vec<u64> =
        made["options"].as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap()).collect();
    assert_eq!(ids[1], ids[0] + 1);
    assert_eq!(made["required_fields"]["enabled"], true);
    let path = format!("{FIELDS}/{}/options", made["field_code"].as_str().unwrap());
    let added = desk.post(&path, json!([{"label": "Maybe"}])).await;
    assert_eq!(added.json["data"], json!([{"id": ids[1] + 1, "label": "Maybe"}]));
    let renamed = desk.patch(&path, json!([{"id": ids[0], "label": "Given"}])).await;
    assert_eq!(renamed.json["data"][0]["label"], "Given");
    let none = desk.call("DELETE", &path, Some(&json!([{"id": ids[1]}, {"id": 9999}]))).await;
    assert_eq!(none.status, 400, "all or none");
    let gone = desk.call("DELETE", &path, Some(&json!([{"id": ids[1]}]))).await;
    assert_eq!(gone.json["data"], json!([{"id": ids[1], "label": "No"}]));
    let left = desk.get(&format!("{FIELDS}/{}", made["field_code"].as_str().unwrap())).await;
    let labels: Vec<_> =
        left.json["data"]["options"].as_array().unwrap().iter().map(|one| one["label"].clone()).collect();
    assert_eq!(labels, [json!("Given"), json!("Maybe")]);
}

#[tokio::test]
async fn fields_are_renamed_and_taken_away() {
    let desk = desk();
    let path = format!("{FIELDS}/{}", field::ROOF);
    let renamed = desk.patch(&path, json!({"field_name": "Kind of roof"})).await;
    assert_eq!(renamed.json["data"]["field_name"], "Kind of roof");
    assert_eq!(desk.delete(&path).await.json["data"]["field_code"], field::ROOF);
    let unknown = desk.post(PERSONS, json!({"name": "X", "custom_fields": {field::ROOF: "x"}})).await;
    assert_eq!(
        unknown.error(),
        format!("Validation failed: custom_fields.{}: Unrecognized key", field::ROOF)
    );
    assert_eq!(desk.delete(&format!("{FIELDS}/name")).await.status, 400, "the vendor's own stay");
    assert_eq!(desk.patch(&format!("{FIELDS}/name"), json!({"field_name": "N"})).await.status, 400);
    assert_eq!(desk.patch(&format!("{FIELDS}/{}", field::AREA), json!({})).await.status, 400);
}

#[tokio::test]
async fn wrong_definitions_are_refused() {
    let desk = desk();
    let cases = [
        (json!({"field_type": "varchar"}), "field_name: Required"),
        (
            json!({"field_name": "", "field_type": "varchar"}),
            "field_name: String must contain 1 to 255 character(s)",
        ),
        (json!({"field_name": "X"}), "field_type: Required"),
        (json!({"field_name": "X", "field_type": "boolean"}), "field_type: Invalid enum value"),
        (json!({"field_name": "X", "field_type": "enum"}), "options: Required"),
        (
            json!({"field_name": "X", "field_type": "varchar", "options": [{"label": "a"}]}),
            "options: Only enum and set fields have options",
        ),
        (json!({"field_name": "X", "field_type": "varchar", "unique": true}), "unique: Unrecognized key"),
        (
            json!({"field_name": "X", "field_type": "varchar", "description": "d"}),
            "description: Unrecognized key",
        ),
    ];
    for (body, what) in cases {
        assert_eq!(desk.post(FIELDS, body).await.error(), format!("Validation failed: {what}"));
    }
    let described = json!({"field_name": "X", "field_type": "varchar", "description": "d"});
    assert_eq!(
        desk.made("/api/v2/dealFields", described.clone()).await["description"],
        "d",
        "deals take one"
    );
    assert_eq!(desk.post("/api/v2/activityFields", described).await.status, 404, "activities take no fields");
}
