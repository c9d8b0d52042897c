//! Notification channels.

use serde_json::{Value, json};

use super::desk::{Desk, code, desk};
use crate::support::Answer;

fn channel(id: &str, more: Value) -> Value {
    let mut channel = json!({
        "channel_id": id, "events": ["Leads.create", "Leads.edit", "Deals.all"], "token": "t-1",
        "notify_url": "https://example.com/hook",
    });
    for (key, value) in more.as_object().unwrap() {
        channel[key] = value.clone();
    }
    channel
}

async fn send(desk: &Desk, method: &str, channels: Vec<Value>) -> Answer {
    desk.call(method, "/actions/watch", Some(&json!({"watch": channels}))).await
}

fn told(answer: &Answer) -> Vec<&str> {
    answer.json["watch"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_channel_is_opened_for_an_hour_unless_said() {
    let desk = desk();
    let answer = send(&desk, "POST", vec![channel("1000000068001", json!({}))]).await;
    assert_eq!((answer.status, told(&answer)), (201, vec!["SUCCESS"]), "{}", answer.text);
    let events = answer.json["watch"][0]["details"]["events"].as_array().unwrap();
    let names: Vec<&str> = events.iter().map(|event| event["resource_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Deals", "Leads"], "one entry a module");
    assert_eq!(events[0]["channel_expiry"], "2026-11-20T18:30:00+05:30");
    assert_eq!(events[1]["channel_id"], "1000000068001");
    let list = desk.get("/actions/watch?module=Leads").await;
    let shown = &list.json["watch"][0];
    assert_eq!(
        (shown["token"].as_str(), shown["events"].clone()),
        (Some("t-1"), json!(["Leads.create", "Leads.edit"]))
    );
    desk.pass(3_600);
    assert_eq!(desk.get("/actions/watch").await.status, 204, "it ran out");
}

#[tokio::test]
async fn a_week_is_the_longest_life() {
    let desk = desk();
    let at = |expiry: &str| channel("1", json!({"channel_expiry": expiry}));
    for wrong in ["2026-11-27T12:00:01+00:00", "2026-11-20T12:00:00+00:00", "2026-11-26T12:00:00Z"] {
        let answer = send(&desk, "POST", vec![at(wrong)]).await;
        assert_eq!((answer.status, told(&answer)), (400, vec!["INVALID_DATA"]), "{wrong}");
        assert_eq!(answer.json["watch"][0]["details"]["json_path"], "$.watch[0].channel_expiry");
    }
    assert_eq!(send(&desk, "POST", vec![at("2026-11-27T12:00:00+00:00")]).await.status, 201);
}

#[tokio::test]
async fn channels_fail_one_by_one() {
    let desk = desk();
    let answer = send(
        &desk,
        "POST",
        vec![
            channel("1", json!({})),
            channel("", json!({})),
            channel("3", json!({"events": ["Boats.create"]})),
            channel("4", json!({"notify_url": "http://example.com/hook"})),
            channel("5", json!({"token": "t".repeat(257)})),
            channel("1", json!({})),
        ],
    )
    .await;
    assert_eq!(answer.status, 207);
    assert_eq!(
        told(&answer),
        ["SUCCESS", "MANDATORY_NOT_FOUND", "INVALID_DATA", "INVALID_DATA", "INVALID_DATA", "DUPLICATE_DATA"]
    );
}

#[tokio::test]
async fn channels_are_renewed_replaced_and_ended() {
    let desk = desk();
    send(&desk, "POST", vec![channel("1", json!({}))]).await;
    let renew = json!({"channel_id": "1", "channel_expiry": "2026-11-26T12:00:00+00:00"});
    let renewed = send(&desk, "PATCH", vec![renew.clone()]).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text);
    let shown = desk.get("/actions/watch?channel_id=1").await;
    assert_eq!(shown.json["watch"].as_array().unwrap().len(), 2, "what was not given stays: two modules");
    assert_eq!(shown.json["watch"][0]["channel_expiry"], "2026-11-26T17:30:00+05:30");
    let alone = desk.call("PATCH", "/actions/watch", Some(&renew)).await;
    assert_eq!(alone.status, 200, "one channel may come without the list around it");
    let replaced = send(&desk, "PUT", vec![channel("1", json!({"events": ["Contacts.delete"]}))]).await;
    assert_eq!(replaced.json["watch"][0]["details"]["events"][0]["resource_name"], "Contacts");
    assert_eq!(told(&send(&desk, "PUT", vec![renew]).await), ["MANDATORY_NOT_FOUND"], "all anew needs all");
    assert_eq!(told(&send(&desk, "PUT", vec![channel("9", json!({}))]).await), ["INVALID_DATA"]);
    let ended = desk.delete("/actions/watch?channel_ids=1,9").await;
    assert_eq!((ended.status, told(&ended)), (207, vec!["SUCCESS", "INVALID_DATA"]));
    assert_eq!(desk.get("/actions/watch").await.status, 204);
    assert_eq!(code(&desk.delete("/actions/watch").await), "REQUIRED_PARAM_MISSING");
}

#[tokio::test]
async fn a_reset_forgets_channels() {
    let desk = desk();
    send(&desk, "POST", vec![channel("1", json!({}))]).await;
    desk.practice.reset();
    assert_eq!(desk.get("/actions/watch").await.status, 204);
}
