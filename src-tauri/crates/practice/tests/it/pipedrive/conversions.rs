//! A lead becomes a deal, in its own time.

use serde_json::{Value, json};

use super::desk::{Desk, desk};

const FINANCING: &str = "7c3d0c5d7e9b2468ace013579bdf02468ace3302";

async fn start(desk: &Desk, lead: &str, body: Value) -> String {
    let answer = desk.post(&format!("/api/v2/leads/{lead}/convert/deal"), body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json["data"]["conversion_id"].as_str().unwrap().to_owned()
}

async fn status(desk: &Desk, lead: &str, job: &str) -> Value {
    desk.get(&format!("/api/v2/leads/{lead}/convert/status/{job}")).await.json["data"].clone()
}

async fn lead(desk: &Desk) -> String {
    let body = json!({
        "title": "Roof", "person_id": 101, "organization_id": 107, "value": {"amount": 5000, "currency": "EUR"},
        "origin_id": "L-9", FINANCING: 92,
    });
    desk.made("/v1/leads", body).await["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_job_takes_a_while_and_then_the_deal_is_there() {
    let desk = desk();
    let lead = lead(&desk).await;
    let note = desk.made("/v1/notes", json!({"content": "n", "lead_id": lead})).await;
    let job = start(&desk, &lead, json!({"stage_id": 4})).await;
    assert_eq!(status(&desk, &lead, &job).await["status"], "not_started");
    desk.pass(2);
    assert_eq!(status(&desk, &lead, &job).await, json!({"conversion_id": job, "status": "running"}));
    assert_eq!(desk.get(&format!("/v1/leads/{lead}")).await.status, 200, "nothing has happened yet");
    desk.pass(3);
    let done = status(&desk, &lead, &job).await;
    assert_eq!(done["status"], "completed");
    let deal = desk.get(&format!("/api/v2/deals/{}?include_fields=source_lead_id", done["deal_id"])).await;
    let data = &deal.json["data"];
    assert_eq!((data["title"].as_str(), data["value"].as_u64()), (Some("Roof"), Some(5000)));
    assert_eq!((data["person_id"].as_u64(), data["org_id"].as_u64()), (Some(101), Some(107)));
    assert_eq!((data["stage_id"].as_u64(), data["pipeline_id"].as_u64()), (Some(4), Some(1)));
    assert_eq!(
        (data["custom_fields"][FINANCING].as_u64(), data["origin_id"].as_str()),
        (Some(92), Some("L-9"))
    );
    assert_eq!(data["source_lead_id"], lead.as_str());
    assert_eq!(desk.get(&format!("/v1/leads/{lead}")).await.status, 404, "the lead is gone");
    let note = desk.get(&format!("/v1/notes/{}", note["id"])).await;
    assert_eq!(
        (&note.json["data"]["deal_id"], &note.json["data"]["lead_id"]),
        (&done["deal_id"], &Value::Null)
    );
}

#[tokio::test]
async fn the_deal_is_made_even_if_nobody_asks() {
    let desk = desk();
    let lead = lead(&desk).await;
    start(&desk, &lead, json!({})).await;
    desk.pass(5);
    let deals = desk.get("/api/v2/deals").await;
    assert_eq!(deals.data().len(), 2);
    assert_eq!(deals.data()[1]["stage_id"], 1, "the first stage of the default pipeline");
}

#[tokio::test]
async fn a_second_job_for_the_same_lead_fails() {
    let desk = desk();
    let lead = lead(&desk).await;
    start(&desk, &lead, json!({"pipeline_id": 2})).await;
    let second = start(&desk, &lead, json!({})).await;
    desk.pass(5);
    assert_eq!(status(&desk, &lead, &second).await, json!({"conversion_id": second, "status": "failed"}));
    assert_eq!(desk.practice.counts()["deals"], 2, "one deal was made");
}

#[tokio::test]
async fn jobs_are_forgotten_and_unknown_ones_are_not_found() {
    let desk = desk();
    let lead = lead(&desk).await;
    let job = start(&desk, &lead, json!({})).await;
    let path = format!("/api/v2/leads/{lead}/convert/status/{job}");
    let other = "/api/v2/leads/f08b42a0-4e75-11ea-9643-03698ef1cfd6/convert";
    assert_eq!(desk.get(&format!("{other}/status/{job}")).await.status, 404, "of another lead");
    let missing = desk.post(&format!("{other}/deal"), json!({})).await;
    assert_eq!((missing.status, missing.error()), (404, "Entity was not found"));
    desk.pass(3 * 86_400);
    assert_eq!(desk.get(&path).await.status, 404);
    let wrong = desk.post(&format!("/api/v2/leads/{lead}/convert/deal"), json!({"stage": 1})).await;
    assert_eq!(wrong.status, 404, "the lead was converted days ago: {}", wrong.text);
}

#[tokio::test]
async fn unknown_keys_and_stages_are_refused() {
    let desk = desk();
    let lead = lead(&desk).await;
    let path = format!("/api/v2/leads/{lead}/convert/deal");
    assert_eq!(
        desk.post(&path, json!({"stage": 1})).await.error(),
        "Validation failed: stage: Unrecognized key"
    );
    assert_eq!(
        desk.post(&path, json!({"stage_id": 77})).await.error(),
        "Validation failed: stage_id: Stage does not exist"
    );
    assert_eq!(desk.call("POST", &path, None).await.status, 200, "a body is not needed");
}
