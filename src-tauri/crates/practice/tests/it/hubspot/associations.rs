//! Associations, owners' activities and deals.

use serde_json::{Value, json};

use crate::support::{CONTACTS, desk};

fn link(to: &str, kind: u32) -> Value {
    json!({"to": {"id": to}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": kind}]})
}

#[tokio::test]
async fn a_note_is_linked_while_it_is_created() {
    let desk = desk();
    let body = json!({
        "properties": {"hs_timestamp": "2026-11-20T12:00:00Z", "hs_note_body": "Rang back", "hubspot_owner_id": "51001"},
        "associations": [link("101", 202)],
    });
    let note = desk.post("/crm/objects/2026-03/notes", body).await;
    assert_eq!(note.status, 201, "{}", note.text);
    let note_id: u64 = note.json["id"].as_str().unwrap().parse().unwrap();
    let read = desk
        .post("/crm/associations/2026-03/contacts/notes/batch/read", json!({"inputs": [{"id": "101"}]}))
        .await;
    assert_eq!(read.results()[0]["to"][0]["toObjectId"], note_id.to_string());
    assert_eq!(read.results()[0]["to"][0]["associationTypes"][0]["typeId"], 201);
    let got = desk.get(&format!("{CONTACTS}/101?associations=companies")).await;
    assert_eq!(got.json["associations"]["companies"]["results"][0]["type"], "contact_to_company");
}

#[tokio::test]
async fn wrong_links_are_refused_with_the_record() {
    let desk = desk();
    let note = |links: Value| json!({"properties": {"hs_timestamp": "0"}, "associations": links});
    let path = "/crm/objects/2026-03/notes";
    assert_eq!(desk.post(path, note(json!([link("99999", 202)]))).await.status, 400, "no such contact");
    assert_eq!(desk.post(path, note(json!([link("101", 9)]))).await.status, 400, "no such kind of link");
    assert_eq!(desk.practice.counts()["notes"], 0, "nothing was created");
}

#[tokio::test]
async fn two_records_are_linked_by_default() {
    let desk = desk();
    let path = "/crm/objects/2026-03/contacts/102/associations/default/companies/107";
    let answer = desk.call("PUT", path, None).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let listed = desk.get("/crm/v4/objects/contacts/102/associations/companies").await;
    assert_eq!(listed.results()[0]["toObjectId"], "107");
    assert_eq!(listed.results()[0]["associationTypes"][0]["typeId"], 279);
    let back = desk.get("/crm/v4/objects/companies/107/associations/contacts").await;
    assert_eq!(back.results().len(), 2, "links go both ways");
    assert_eq!(
        desk.call("PUT", "/crm/objects/2026-03/contacts/1/associations/default/companies/107", None)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn links_are_made_and_read_in_batches() {
    let desk = desk();
    let body = json!({"inputs": [{
        "from": {"id": "109"}, "to": {"id": "101"},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 3}],
    }]});
    let made = desk.post("/crm/v4/associations/deals/contacts/batch/create", body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let body = json!({"inputs": [{"id": "109"}, {"id": "99999"}]});
    let read = desk.post("/crm/associations/2026-03/deals/contacts/batch/read", body).await;
    assert_eq!(read.status, 207, "the unknown one is named");
    assert_eq!(read.results()[0]["to"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_lead_must_belong_to_a_contact() {
    let desk = desk();
    let path = "/crm/objects/2026-03/leads";
    let alone = desk.post(path, json!({"properties": {"hs_lead_name": "Berth 9"}})).await;
    assert_eq!(alone.status, 400);
    let body = json!({"properties": {"hs_lead_name": "Berth 9"}, "associations": [link("101", 578)]});
    assert_eq!(desk.post(path, body).await.status, 201);
}

#[tokio::test]
async fn a_task_has_its_own_fields() {
    let desk = desk();
    let body = json!({"properties": {
        "hs_timestamp": "2026-11-21T09:00:00Z", "hs_task_subject": "Ring Ada", "hs_task_status": "NOT_STARTED",
        "hs_task_priority": "HIGH", "hs_task_type": "CALL",
    }, "associations": [link("101", 204)]});
    let task = desk.post("/crm/objects/2026-03/tasks", body).await;
    assert_eq!(task.status, 201, "{}", task.text);
    assert_eq!(task.json["properties"]["hs_task_priority"], "HIGH");
}
