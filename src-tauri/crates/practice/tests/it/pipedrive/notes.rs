//! Notes, the old way: 0 and 1, and times with a space.

use serde_json::{Value, json};

use super::desk::desk;

const NOTES: &str = "/v1/notes";

#[tokio::test]
async fn a_note_names_what_it_is_attached_to() {
    let desk = desk();
    let answer =
        desk.post(NOTES, json!({"content": "<p>Hi</p>", "person_id": 101, "pinned_to_person_flag": 1})).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let note = &answer.json["data"];
    assert_eq!(
        (note["content"].as_str(), note["person"]["name"].as_str()),
        (Some("<p>Hi</p>"), Some("Ada Moss"))
    );
    assert_eq!(
        (note["add_time"].as_str(), note["active_flag"].as_bool()),
        (Some("2026-11-20 12:00:00"), Some(true))
    );
    assert_eq!(
        (note["pinned_to_person_flag"].as_bool(), note["pinned_to_deal_flag"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!((note["user_id"].as_u64(), note["user"]["is_you"].as_bool()), (Some(13_001), Some(true)));
    let of_deal = desk.made(NOTES, json!({"content": "x", "deal_id": 109})).await;
    assert_eq!(
        (of_deal["person_id"].as_u64(), of_deal["org_id"].as_u64()),
        (Some(104), Some(107)),
        "recorded so"
    );
    let dated =
        desk.made(NOTES, json!({"content": "x", "org_id": 108, "add_time": "2024-05-01 09:00:00"})).await;
    assert_eq!(dated["add_time"], "2024-05-01 09:00:00");
}

#[tokio::test]
async fn notes_are_listed_changed_and_deleted() {
    let desk = desk();
    desk.pass(60);
    let note = desk.made(NOTES, json!({"content": "x", "person_id": 101})).await;
    let path = format!("{NOTES}/{}", note["id"]);
    assert_eq!(desk.get(&format!("{NOTES}?person_id=101")).await.data()[0]["id"], note["id"]);
    assert_eq!(desk.get(&format!("{NOTES}?updated_since=2026-11-20T12:01:00Z")).await.data().len(), 1);
    let sorted = desk.get(&format!("{NOTES}?sort=add_time%20DESC&limit=1")).await;
    assert_eq!(sorted.data()[0]["id"], note["id"]);
    assert_eq!(sorted.json["additional_data"]["pagination"]["next_start"], 1);
    let changed = desk.call("PUT", &path, Some(&json!({"content": "y"}))).await;
    assert_eq!(changed.json["data"]["content"], "y");
    assert_eq!(desk.delete(&path).await.json, json!({"success": true, "data": true}));
    assert_eq!(desk.get(&path).await.status, 404);
    assert_eq!(desk.get(NOTES).await.data().len(), 1, "the sample one");
}

#[tokio::test]
async fn wrong_notes_are_refused_and_unknown_keys_only_noted() {
    let desk = desk();
    let cases = [
        (json!({"person_id": 101}), "Validation failed: content: Required"),
        (
            json!({"content": "x"}),
            "One of lead_id, deal_id, person_id, org_id, project_id, task_id is required.",
        ),
        (json!({"content": "x", "person_id": 999}), "Validation failed: person_id: Item does not exist"),
        (json!({"content": "x", "person_id": "101"}), "Validation failed: person_id: Expected number"),
        (
            json!({"content": "x", "person_id": 101, "pinned_to_person_flag": true}),
            "Validation failed: pinned_to_person_flag: Expected 0 or 1",
        ),
        (
            json!({"content": "x", "person_id": 101, "add_time": "2024-05-01T09:00:00Z"}),
            "Validation failed: add_time: Invalid datetime",
        ),
    ];
    for (body, what) in cases {
        let answer = desk.post(NOTES, body).await;
        assert_eq!((answer.status, answer.error()), (400, what));
        assert_eq!(answer.json["data"], Value::Null);
    }
    desk.made(NOTES, json!({"content": "x", "person_id": 101, "colour": "red"})).await;
    assert_eq!(desk.faults(), ["unknown body property: colour"]);
}
