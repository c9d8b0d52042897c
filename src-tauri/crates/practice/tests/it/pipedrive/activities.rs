//! Activities: who takes part, and when one is done.

use serde_json::{Value, json};

use super::desk::desk;

const ACTIVITIES: &str = "/api/v2/activities";

#[tokio::test]
async fn the_primary_participant_is_the_activitys_person() {
    let desk = desk();
    let made = desk
        .made(
            ACTIVITIES,
            json!({
                "subject": "Survey", "type": "meeting", "due_date": "2026-11-24", "due_time": "10:00", "duration": "00:30",
                "participants": [{"person_id": 102}, {"person_id": 101, "primary": true}], "deal_id": 109,
                "note": "<p>Ladder</p>", "priority": 264, "owner_id": 13_002,
            }),
        )
        .await;
    assert_eq!(made["person_id"], 101);
    assert_eq!(
        made["participants"],
        json!([{"person_id": 101, "primary": true}, {"person_id": 102, "primary": false}])
    );
    assert_eq!((made["due_time"].as_str(), made["duration"].as_str()), (Some("10:00:00"), Some("00:30:00")));
    assert_eq!((made["done"].clone(), made["marked_as_done_time"].clone()), (json!(false), Value::Null));
    let person = desk.ids(&format!("{ACTIVITIES}?person_id=101")).await;
    assert_eq!(person, [made["id"].as_u64().unwrap()]);
}

#[tokio::test]
async fn a_person_at_the_root_links_nobody() {
    let desk = desk();
    let made = desk.made(ACTIVITIES, json!({"subject": "Call", "type": "call", "person_id": 101})).await;
    assert_eq!(made["person_id"], Value::Null, "it is read-only, and nobody says so");
    assert_eq!(desk.faults(), ["read-only body property: person_id"]);
}

#[tokio::test]
async fn being_done_leaves_its_time() {
    let desk = desk();
    let made = desk.made(ACTIVITIES, json!({"subject": "Viewed", "type": "task", "done": true})).await;
    assert_eq!(made["marked_as_done_time"], "2026-11-20T12:00:00Z");
    let path = format!("{ACTIVITIES}/{}", made["id"]);
    let open = desk.patch(&path, json!({"done": false})).await;
    assert_eq!(open.json["data"]["marked_as_done_time"], Value::Null);
    assert_eq!(desk.ids(&format!("{ACTIVITIES}?done=true")).await, Vec::<u64>::new());
    assert_eq!(desk.ids(&format!("{ACTIVITIES}?done=false")).await, [111, made["id"].as_u64().unwrap()]);
    assert_eq!(desk.get(&format!("{ACTIVITIES}?done=1")).await.status, 400);
    assert_eq!(desk.get(&format!("{ACTIVITIES}?type=call")).await.status, 400, "there is no such parameter");
}

#[tokio::test]
async fn a_lead_is_named_by_its_uuid() {
    let desk = desk();
    let lead = desk.get("/v1/leads").await.data()[0]["id"].as_str().unwrap().to_owned();
    let made = desk.made(ACTIVITIES, json!({"subject": "Call", "type": "call", "lead_id": lead})).await;
    assert_eq!(made["lead_id"], lead.as_str());
    assert_eq!(desk.ids(&format!("{ACTIVITIES}?lead_id={lead}")).await, [made["id"].as_u64().unwrap()]);
    let shown = desk.get(&format!("/v1/leads/{lead}")).await;
    assert_eq!(shown.json["data"]["next_activity_id"], made["id"]);
}

#[tokio::test]
async fn attendees_are_shown_when_asked_for() {
    let desk = desk();
    let attendees = json!([{"email": "guest@example.com", "name": "G", "is_organizer": false}]);
    let made =
        desk.made(ACTIVITIES, json!({"subject": "Meet", "type": "meeting", "attendees": attendees})).await;
    assert_eq!(made.get("attendees"), None);
    let path = format!("{ACTIVITIES}/{}?include_fields=attendees", made["id"]);
    assert_eq!(desk.get(&path).await.json["data"]["attendees"], attendees);
}

#[tokio::test]
async fn wrong_activities_are_refused() {
    let desk = desk();
    let cases = [
        (json!({"type": "dance"}), "type: Activity type does not exist"),
        (json!({"due_date": "tomorrow"}), "due_date: Invalid date"),
        (json!({"due_time": "9:00"}), "due_time: Invalid time"),
        (json!({"done": 1}), "done: Expected boolean"),
        (json!({"participants": [{"person_id": 999}]}), "participants: Item does not exist"),
        (
            json!({"participants": [{"person_id": 101, "primary_flag": true}]}),
            "participants: Unrecognized key primary_flag",
        ),
        (
            json!({"participants": [{"person_id": 101, "primary": true}, {"person_id": 102, "primary": true}]}),
            "participants: Only one participant can be primary",
        ),
        (json!({"lead_id": "f08b42a0-4e75-11ea-9643-03698ef1cfd6"}), "lead_id: Item does not exist"),
        (json!({"priority": 1}), "priority: Invalid option id"),
    ];
    for (body, what) in cases {
        let answer = desk.post(ACTIVITIES, body.clone()).await;
        assert_eq!(
            (answer.status, answer.error()),
            (400, format!("Validation failed: {what}").as_str()),
            "{body}"
        );
    }
}
