//! Deals: stages, statuses, archived and deleted ones.

use serde_json::{Value, json};

use super::desk::desk;

const DEALS: &str = "/api/v2/deals";

#[tokio::test]
async fn a_new_deal_starts_in_the_first_stage_of_the_default_pipeline() {
    let desk = desk();
    let made = desk
        .made(DEALS, json!({"title": "Berth", "value": 1200.5, "currency": "EUR", "person_id": 101}))
        .await;
    assert_eq!((made["pipeline_id"].as_u64(), made["stage_id"].as_u64()), (Some(1), Some(1)));
    assert_eq!((made["status"].as_str(), made["value"].as_f64()), (Some("open"), Some(1200.5)));
    assert_eq!((made["creator_user_id"].as_u64(), made["origin"].as_str()), (Some(13_001), Some("API")));
    assert_eq!((made["org_id"].clone(), made["close_time"].clone()), (Value::Null, Value::Null));
    let plain = desk.made(DEALS, json!({"title": "Plain"})).await;
    assert_eq!((plain["value"].as_u64(), plain["currency"].as_str()), (Some(0), Some("GBP")));
}

#[tokio::test]
async fn a_stage_brings_its_pipeline() {
    let desk = desk();
    let by_stage = desk.made(DEALS, json!({"title": "X", "stage_id": 7})).await;
    assert_eq!(by_stage["pipeline_id"], 2);
    let by_pipeline = desk.made(DEALS, json!({"title": "X", "pipeline_id": 2})).await;
    assert_eq!(by_pipeline["stage_id"], 6, "the first of it");
    let cases = [
        (json!({"pipeline_id": 1, "stage_id": 7}), "stage_id: Stage is not in this pipeline"),
        (json!({"stage_id": 70}), "stage_id: Stage does not exist"),
        (json!({"pipeline_id": 70}), "pipeline_id: Pipeline does not exist"),
    ];
    for (mut body, what) in cases {
        body["title"] = json!("X");
        assert_eq!(desk.post(DEALS, body).await.error(), format!("Validation failed: {what}"));
    }
    desk.pass(60);
    let moved = desk.patch(&format!("{DEALS}/109"), json!({"stage_id": 4})).await;
    assert_eq!(moved.json["data"]["stage_change_time"], "2026-11-20T12:01:00Z");
}

#[tokio::test]
async fn winning_and_losing_leave_their_times() {
    let desk = desk();
    let path = format!("{DEALS}/109");
    let early = desk.patch(&path, json!({"lost_reason": "Price"})).await;
    assert_eq!(early.error(), "Validation failed: lost_reason: Cannot be set when the deal is open");
    let lost = desk.patch(&path, json!({"status": "lost", "lost_reason": "Price"})).await;
    let data = &lost.json["data"];
    assert_eq!(
        (data["lost_time"].as_str(), data["lost_reason"].as_str()),
        (Some("2026-11-20T12:00:00Z"), Some("Price"))
    );
    assert_eq!((data["local_lost_date"].as_str(), &data["won_time"]), (Some("2026-11-20"), &Value::Null));
    let won = desk.patch(&path, json!({"status": "won", "won_time": "2026-11-19T08:00:00Z"})).await;
    let data = &won.json["data"];
    assert_eq!(
        (data["won_time"].as_str(), &data["lost_reason"]),
        (Some("2026-11-19T08:00:00Z"), &Value::Null)
    );
    let open = desk.patch(&path, json!({"status": "open"})).await;
    assert_eq!(
        (&open.json["data"]["won_time"], &open.json["data"]["close_time"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(desk.patch(&path, json!({"status": "deleted"})).await.status, 400, "only DELETE deletes");
    assert_eq!(desk.patch(&path, json!({"is_deleted": true})).await.status, 400);
}

#[tokio::test]
async fn deleted_deals_are_listed_for_thirty_days_when_asked_for() {
    let desk = desk();
    desk.delete(&format!("{DEALS}/109")).await;
    assert_eq!(desk.ids(DEALS).await, Vec::<u64>::new());
    assert_eq!(desk.ids(&format!("{DEALS}?status=deleted")).await, [109]);
    let read = desk.get(&format!("{DEALS}/109")).await;
    assert_eq!(
        (read.json["data"]["status"].as_str(), read.json["data"]["is_deleted"].as_bool()),
        (Some("deleted"), Some(true))
    );
    desk.pass(30 * 86_400);
    assert_eq!(desk.ids(&format!("{DEALS}?status=deleted")).await, Vec::<u64>::new());
    assert_eq!(desk.get(&format!("{DEALS}?status=gone")).await.status, 400);
}

#[tokio::test]
async fn archived_deals_have_a_list_of_their_own() {
    let desk = desk();
    let archived = desk.patch(&format!("{DEALS}/109"), json!({"is_archived": true})).await;
    assert_eq!(archived.json["data"]["archive_time"], "2026-11-20T12:00:00Z");
    assert_eq!(desk.ids(DEALS).await, Vec::<u64>::new());
    assert_eq!(desk.ids(&format!("{DEALS}/archived")).await, [109]);
    assert_eq!(desk.get(&format!("{DEALS}/109")).await.status, 200, "by id it is read as ever");
    let back = desk.patch(&format!("{DEALS}/109"), json!({"is_archived": false})).await;
    assert_eq!(back.json["data"]["archive_time"], Value::Null);
    assert_eq!(desk.ids(DEALS).await, [109]);
}

#[tokio::test]
async fn deals_are_listed_by_what_they_belong_to() {
    let desk = desk();
    let mine = desk.made(DEALS, json!({"title": "X", "person_id": 101, "status": "won"})).await["id"]
        .as_u64()
        .unwrap();
    for (query, expected) in [
        ("person_id=101", vec![mine]),
        ("org_id=107", vec![109]),
        ("stage_id=3", vec![109]),
        ("pipeline_id=1", vec![109, mine]),
        ("status=won", vec![mine]),
        ("status=open,won", vec![109, mine]),
        ("owner_id=13003", vec![]),
    ] {
        assert_eq!(desk.ids(&format!("{DEALS}?{query}")).await, expected, "{query}");
    }
    let people = desk.ids("/api/v2/persons?deal_id=109").await;
    assert_eq!(people, [104], "the person of a deal");
    let counted = desk
        .get("/api/v2/persons/104?include_fields=open_deals_count,activities_count,next_activity_id")
        .await;
    let data = &counted.json["data"];
    assert_eq!((data["open_deals_count"].as_u64(), data["activities_count"].as_u64()), (Some(1), Some(1)));
    assert_eq!(data["next_activity_id"], 111);
}
