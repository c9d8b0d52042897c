//! What changed lately, deletions included.

use serde_json::json;

use super::desk::{PERSONS, desk};

fn path(since: &str, more: &str) -> String {
    format!("/v1/recents?since_timestamp={}{more}", since.replace(' ', "%20"))
}

#[tokio::test]
async fn changes_and_deletions_come_in_order_of_time() {
    let desk = desk();
    desk.pass(60);
    desk.delete(&format!("{PERSONS}/102")).await;
    desk.pass(1);
    let made = desk.person("New Person").await;
    desk.pass(1);
    desk.delete("/api/v2/deals/109").await;
    let recent = desk.get(&path("2026-11-20 12:01:00", "&items=person,deal")).await;
    let rows: Vec<_> = recent
        .data()
        .iter()
        .map(|row| (row["item"].as_str().unwrap(), row["id"].as_u64().unwrap()))
        .collect();
    assert_eq!(rows, [("person", 102), ("person", made), ("deal", 109)]);
    let data = |place: usize| &recent.data()[place]["data"];
    assert_eq!(
        (data(0)["active_flag"].as_bool(), data(1)["active_flag"].as_bool()),
        (Some(false), Some(true))
    );
    assert_eq!((data(2)["deleted"].as_bool(), data(2)["status"].as_str()), (Some(true), Some("deleted")));
    assert_eq!(data(0)["email"][0]["value"], "bo.lindgren@example.org", "v1 says email, v2 emails");
    assert_eq!(data(0)["update_time"], "2026-11-20 12:01:00");
    let additional = &recent.json["additional_data"];
    assert_eq!(additional["since_timestamp"], "2026-11-20 12:01:00");
    assert_eq!(additional["last_timestamp_on_page"], "2026-11-20 12:01:02");
    assert_eq!(additional["pagination"]["more_items_in_collection"], false);
}

#[tokio::test]
async fn recent_changes_come_in_pages() {
    let desk = desk();
    desk.pass(60);
    for name in ["A", "B", "C"] {
        desk.person(name).await;
    }
    let first = desk.get(&path("2026-11-20 12:01:00", "&limit=2")).await;
    assert_eq!(first.data().len(), 2);
    assert_eq!(first.json["additional_data"]["pagination"]["next_start"], 2);
    let rest = desk.get(&path("2026-11-20 12:01:00", "&limit=2&start=2")).await;
    assert_eq!(rest.data()[0]["data"]["name"], "C");
    let note = desk.made("/v1/notes", json!({"content": "x", "person_id": 101})).await;
    let notes = desk.get(&path("2026-11-20 12:01:00", "&items=note,activity")).await;
    assert_eq!(notes.data()[0]["data"]["id"], note["id"]);
}

#[tokio::test]
async fn the_moment_is_in_the_old_notation() {
    let desk = desk();
    for wrong in ["/v1/recents".to_owned(), path("2026-11-20T12:00:00Z", "")] {
        let answer = desk.get(&wrong).await;
        assert_eq!(answer.error(), "Validation failed: since_timestamp: Invalid datetime", "{wrong}");
    }
    assert_eq!(desk.get(&path("2026-11-20 12:00:00", "&items=boat")).await.status, 400);
    assert_eq!(desk.get(&path("2026-11-20 12:00:00", "&items=product")).await.data().len(), 0);
}
