//! Values of custom fields, type by type.

use serde_json::{Value, json};

use super::desk::{PERSONS, desk, field};

#[tokio::test]
async fn each_type_takes_its_own_notation() {
    let desk = desk();
    let cases = [
        (field::ROOF, json!("Slate"), json!("Slate")),
        (field::WISHES, json!("a\nb"), json!("a\nb")),
        (field::AREA, json!(42.5), json!(42.5)),
        (field::AREA, json!(42), json!(42)),
        (field::HEARD, json!(31), json!(31)),
        (field::INTERESTS, json!([41, 43]), json!([41, 43])),
        (field::SURVEY, json!("2026-12-01"), json!("2026-12-01")),
        (
            field::SCAFFOLD,
            json!({"value": "2026-12-01", "until": "2026-12-05"}),
            json!({"value": "2026-12-01", "until": "2026-12-05"}),
        ),
        (
            field::BEST_TIME,
            json!({"value": "09:30", "timezone_name": "Europe/Paris"}),
            json!({"value": "09:30:00", "timezone_id": null, "timezone_name": "Europe/Paris"}),
        ),
        (
            field::WINDOW,
            json!({"value": "09:00:00", "until": "11:00:00"}),
            json!({"value": "09:00:00", "until": "11:00:00", "timezone_id": null, "timezone_name": "Europe/London"}),
        ),
        (
            field::BUDGET,
            json!({"value": 900.5, "currency": "EUR"}),
            json!({"value": 900.5, "currency": "EUR"}),
        ),
        (field::GRID, json!(107), json!(107)),
        (field::RECOMMENDED, json!(102), json!(102)),
        (field::SURVEYOR, json!(13_003), json!(13_003)),
    ];
    for (code, sent, shown) in cases {
        let made = desk.made(PERSONS, json!({"name": "X", "custom_fields": {code: sent}})).await;
        assert_eq!(made["custom_fields"][code], shown, "{sent}");
        let path = format!("{PERSONS}/{}", made["id"]);
        let cleared = desk.patch(&path, json!({"custom_fields": {code: null}})).await;
        assert_eq!(cleared.json["data"]["custom_fields"][code], Value::Null, "null clears {code}");
    }
    let site =
        desk.made(PERSONS, json!({"name": "X", "custom_fields": {field::SITE: {"value": "1 Quay"}}})).await;
    assert_eq!(site["custom_fields"][field::SITE]["value"], "1 Quay");
    assert_eq!(site["custom_fields"][field::SITE]["postal_code"], Value::Null);
}

#[tokio::test]
async fn wrong_values_are_named_with_their_field() {
    let desk = desk();
    let cases = [
        (field::ROOF, json!(5), "Expected string"),
        (field::ROOF, json!("x".repeat(256)), "String must contain at most 255 character(s)"),
        (field::AREA, json!("42"), "Expected number"),
        (field::HEARD, json!("Web"), "Expected number"),
        (field::HEARD, json!("31"), "Expected number"),
        (field::HEARD, json!(41), "Invalid option id"),
        (field::INTERESTS, json!([]), "Array must contain at least 1 element(s)"),
        (field::INTERESTS, json!("41,43"), "Expected array"),
        (field::INTERESTS, json!([41, 99]), "Invalid option id"),
        (field::SURVEY, json!("01/12/2026"), "Invalid date"),
        (field::SCAFFOLD, json!("2026-12-01"), "Expected object"),
        (field::SCAFFOLD, json!({"value": "2026-12-05", "until": "2026-12-01"}), "until is before value"),
        (field::BEST_TIME, json!({"value": "25:00"}), "Invalid time in value"),
        (field::BUDGET, json!(900), "Expected object"),
        (field::BUDGET, json!({"value": "900", "currency": "EUR"}), "Expected number in value"),
        (field::BUDGET, json!({"value": 900, "currency": "euro"}), "Invalid currency"),
        (field::BUDGET, json!({"value": 900, "currency": "EUR", "tax": 1}), "Unrecognized key tax"),
        (field::SITE, json!("1 Quay"), "Expected object"),
        (field::GRID, json!(101), "Item does not exist"),
        (field::RECOMMENDED, json!(9_999), "Item does not exist"),
        (field::SURVEYOR, json!(13_004), "User does not exist"),
    ];
    for (code, sent, what) in cases {
        let answer = desk.post(PERSONS, json!({"name": "X", "custom_fields": {code: sent}})).await;
        assert_eq!(answer.status, 400, "{sent}");
        assert_eq!(answer.json["code"], "ERR_SCHEMA_VALIDATION_FAILED");
        assert_eq!(answer.error(), format!("Validation failed: custom_fields.{code}: {what}"));
    }
}

#[tokio::test]
async fn custom_fields_are_chosen_by_key_and_shown_with_labels() {
    let desk = desk();
    let path = format!("{PERSONS}/101?custom_fields={},{}", field::HEARD, field::ROOF);
    let chosen = desk.get(&path).await;
    assert_eq!(chosen.json["data"]["custom_fields"], json!({field::ROOF: "Slate, south", field::HEARD: 31}));
    let labelled = desk.get(&format!("{path}&include_option_labels=true&include_labels=true")).await;
    assert_eq!(labelled.json["data"]["custom_fields"][field::HEARD], json!({"id": 31, "label": "Web"}));
    assert_eq!(labelled.json["data"]["labels"], json!([]));
    let sixteen = vec!["k"; 16].join(",");
    assert_eq!(desk.get(&format!("{PERSONS}?custom_fields={sixteen}")).await.status, 400, "fifteen at most");
    assert_eq!(desk.get(&format!("{PERSONS}?include_labels=1")).await.status, 400, "not a number");
}

#[tokio::test]
async fn an_account_without_custom_fields_shows_null() {
    let desk = desk();
    for field in desk.practice.fields("organizations").unwrap() {
        if field.custom {
            desk.practice.remove_field("organizations", &field.name).unwrap();
        }
    }
    let organization = desk.get("/api/v2/organizations/107").await;
    assert_eq!(organization.json["data"]["custom_fields"], Value::Null, "recorded so");
}
