//! People, one call each.

use serde_json::{Value, json};

use super::desk::{PERSONS, desk, field};

#[tokio::test]
async fn a_person_comes_back_as_it_was_written() {
    let desk = desk();
    let made = desk
        .made(
            PERSONS,
            json!({
                "name": "Ida van Dyk", "owner_id": 13_003, "org_id": 107,
                "emails": [{"value": "ida@example.com", "primary": true, "label": "home"}, {"value": "ida@example.org"}],
                "phones": [{"value": "+44 7700 900301"}], "label_ids": [1, 2], "visible_to": 1,
                "custom_fields": {field::ROOF: "Thatch"},
            }),
        )
        .await;
    assert_eq!((made["first_name"].as_str(), made["last_name"].as_str()), (Some("Ida van"), Some("Dyk")));
    assert_eq!((made["owner_id"].as_u64(), made["org_id"].as_u64()), (Some(13_003), Some(107)));
    assert_eq!(
        made["emails"],
        json!([
            {"value": "ida@example.com", "primary": true, "label": "home"},
            {"value": "ida@example.org", "primary": false, "label": "work"},
        ])
    );
    assert_eq!(made["phones"], json!([{"value": "+44 7700 900301", "primary": true, "label": "work"}]));
    assert_eq!((made["label_ids"].clone(), made["visible_to"].clone()), (json!([1, 2]), json!(1)));
    assert_eq!((made["is_deleted"].clone(), made["picture_id"].clone()), (json!(false), Value::Null));
    assert_eq!(made["add_time"], "2026-11-20T12:00:00Z", "RFC 3339, to the second");
    assert_eq!(made["custom_fields"][field::ROOF], "Thatch");
    assert_eq!(made["custom_fields"][field::WISHES], Value::Null, "empty ones are there, too");
    let read = desk.get(&format!("{PERSONS}/{}", made["id"])).await;
    assert_eq!(read.json, json!({"success": true, "data": made}));
}

#[tokio::test]
async fn a_new_person_belongs_to_who_made_it() {
    let desk = desk();
    let made = desk.made(PERSONS, json!({"name": "Cher"})).await;
    assert_eq!((made["owner_id"].as_u64(), made["visible_to"].as_u64()), (Some(13_001), Some(3)));
    assert_eq!((made["first_name"].as_str(), &made["last_name"]), (Some("Cher"), &Value::Null));
    assert_eq!((made["org_id"].clone(), made["emails"].clone()), (Value::Null, json!([])));
}

#[tokio::test]
async fn a_repeated_post_makes_a_second_person() {
    let desk = desk();
    let body = json!({"name": "Ada Moss", "emails": [{"value": "ada.moss@example.com"}]});
    let (first, second) = (desk.made(PERSONS, body.clone()).await, desk.made(PERSONS, body).await);
    assert_ne!(first["id"], second["id"], "nothing is unique here");
    assert_eq!(desk.practice.counts()["persons"], 8);
    let field =
        desk.made("/api/v2/personFields", json!({"field_name": "Lead ID", "field_type": "varchar"})).await;
    let code = field["field_code"].as_str().unwrap();
    for _ in 0..2 {
        desk.made(PERSONS, json!({"name": "X", "custom_fields": {code: "L-1"}})).await;
    }
    assert_eq!(desk.practice.counts()["persons"], 10, "nor is a lead id");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_replaces_lists_as_a_whole() {
    let desk = desk();
    desk.pass(60);
    let path = format!("{PERSONS}/101");
    let emails = json!([{"value": "ada@example.net", "primary": true, "label": "work"}]);
    let changed =
        desk.patch(&path, json!({"emails": emails, "custom_fields": {field::WISHES: "Soon"}})).await;
    let data = &changed.json["data"];
    assert_eq!(data["emails"], emails, "the old address is gone");
    assert_eq!(data["name"], "Ada Moss", "what is not named stays");
    assert_eq!(data["custom_fields"][field::ROOF], "Slate, south", "custom fields one by one");
    assert_eq!(data["update_time"], "2026-11-20T12:01:00Z");
    desk.pass(60);
    let same = desk.patch(&path, json!({"emails": emails})).await;
    assert_eq!(
        same.json["data"]["update_time"], "2026-11-20T12:01:00Z",
        "nothing changed, not even the time"
    );
    let cleared = desk.patch(&path, json!({"phones": [], "org_id": null, "label_ids": []})).await;
    assert_eq!((cleared.status, cleared.json["data"]["phones"].clone()), (200, json!([])));
}

#[tokio::test]
async fn a_deleted_person_is_read_for_thirty_days_and_not_changed() {
    let desk = desk();
    desk.pass(60);
    let path = format!("{PERSONS}/101");
    let deleted = desk.delete(&path).await;
    assert_eq!(deleted.json, json!({"success": true, "data": {"id": 101}}));
    let read = desk.get(&path).await;
    assert_eq!((read.status, read.json["data"]["is_deleted"].as_bool()), (200, Some(true)));
    assert_eq!(read.json["data"]["update_time"], "2026-11-20T12:01:00Z", "when it was deleted");
    assert_eq!(desk.ids(&format!("{PERSONS}?ids=101,102")).await, [102], "lists leave it out");
    assert_eq!(desk.patch(&path, json!({"name": "X"})).await.status, 404);
    assert_eq!(desk.delete(&path).await.status, 404);
    desk.pass(30 * 86_400);
    let gone = desk.get(&path).await;
    assert_eq!((gone.status, gone.json["error_info"].as_str()), (404, Some("Object was not found.")));
    assert_eq!(desk.get(&format!("{PERSONS}/999")).await.status, 404);
}

#[tokio::test]
async fn add_ons_the_company_lacks_are_refused() {
    let desk = desk();
    for key in ["job_title", "notes", "birthday", "marketing_status"] {
        let answer = desk.post(PERSONS, json!({"name": "X", key: "x"})).await;
        assert_eq!(answer.status, 403, "{key}: {}", answer.text);
    }
    let asked = desk.get(&format!("{PERSONS}/101?include_fields=marketing_status")).await;
    assert_eq!(asked.status, 403);
}

#[tokio::test]
async fn a_time_of_creation_can_be_given_once() {
    let desk = desk();
    let made = desk.made(PERSONS, json!({"name": "X", "add_time": "2024-02-01T09:00:00Z"})).await;
    assert_eq!(made["add_time"], "2024-02-01T09:00:00Z");
    assert_eq!(made["update_time"], "2026-11-20T12:00:00Z", "the change is of today");
    let later =
        desk.patch(&format!("{PERSONS}/{}", made["id"]), json!({"add_time": "2024-02-02T09:00:00Z"})).await;
    assert_eq!((later.status, later.error()), (400, "Validation failed: add_time: Unrecognized key"));
}

#[tokio::test]
async fn merging_removes_the_one_in_the_path() {
    let desk = desk();
    let lead = desk.made("/v1/leads", json!({"title": "L", "person_id": 101})).await;
    let note = desk.made("/v1/notes", json!({"content": "n", "person_id": 101})).await;
    let body = json!({"merge_with_id": 105});
    let merged = desk.call("PUT", "/v1/persons/101/merge", Some(&body)).await;
    let data = &merged.json["data"];
    assert_eq!((data["id"].as_u64(), data["merge_what_id"].as_u64()), (Some(105), Some(101)));
    assert_eq!(data["name"], "Esme van der Berg", "its own values stay");
    assert_eq!(data["phone"][0]["value"], "+447700900201", "those it lacked come over");
    assert_eq!(data["visible_to"], "3", "v1 shows text");
    assert_eq!(desk.get(&format!("{PERSONS}/101")).await.json["data"]["is_deleted"], true, "no redirection");
    let moved = desk.get(&format!("/v1/leads/{}", lead["id"].as_str().unwrap())).await;
    assert_eq!(moved.json["data"]["person_id"], 105);
    assert_eq!(desk.get(&format!("/v1/notes/{}", note["id"])).await.json["data"]["person_id"], 105);
    let itself = desk.call("PUT", "/v1/persons/105/merge", Some(&body)).await;
    assert_eq!(itself.status, 422, "{}", itself.text);
    let missing = desk.call("PUT", "/v1/persons/102/merge", Some(&json!({}))).await;
    assert_eq!(missing.status, 400);
}

#[tokio::test]
async fn organizations_have_addresses_with_parts() {
    let desk = desk();
    let made = desk
        .made(
            "/api/v2/organizations",
            json!({"name": "Gull & Co", "address": {"value": "1 Quay, Hull", "locality": "Hull"}, "industry": 72, "employee_count": 4}),
        )
        .await;
    assert_eq!(made["address"]["locality"], "Hull");
    assert_eq!(made["address"]["country"], Value::Null, "parts that were not given are empty");
    assert_eq!((made["industry"].as_u64(), made["website"].clone()), (Some(72), Value::Null));
    let path = format!("/api/v2/organizations/{}", made["id"]);
    let changed = desk.patch(&path, json!({"address": {"value": "2 Quay, Hull"}})).await;
    assert_eq!(changed.json["data"]["address"]["locality"], Value::Null, "and emptied by an update");
    desk.made(PERSONS, json!({"name": "X", "org_id": made["id"]})).await;
    let counted = desk.get(&format!("{path}?include_fields=people_count")).await;
    assert_eq!(counted.json["data"]["people_count"], 1);
}
