//! Leads, the old way: UUIDs, offsets, custom fields at the root.

use serde_json::{Value, json};

use super::desk::desk;

const LEADS: &str = "/v1/leads";
const PLANT: &str = "7c3d0c5d7e9b2468ace013579bdf02468ace3301";
const FINANCING: &str = "7c3d0c5d7e9b2468ace013579bdf02468ace3302";
const PARTS: &str = "7c3d0c5d7e9b2468ace013579bdf02468ace3303";
const GRANT: &str = "7c3d0c5d7e9b2468ace013579bdf02468ace3304";
const WEEKS: &str = "7c3d0c5d7e9b2468ace013579bdf02468ace3306";

fn path(lead: &Value) -> String {
    format!("{LEADS}/{}", lead["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_lead_comes_back_with_its_custom_fields_at_the_root() {
    let desk = desk();
    let body = json!({
        "title": "Roof", "person_id": 101, "value": {"amount": 999.5, "currency": "EUR"}, "visible_to": "3",
        "label_ids": ["f08b42a0-4e75-11ea-9643-03698ef1cfd6"], "expected_close_date": "2027-01-31", "origin_id": "L-7",
        PLANT: 9.5, FINANCING: 92, PARTS: [95, 97], GRANT: 500, format!("{GRANT}_currency"): "EUR",
        WEEKS: "2027-02-01", format!("{WEEKS}_until"): "2027-02-14",
    });
    let answer = desk.post(LEADS, body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let lead = &answer.json["data"];
    let id = lead["id"].as_str().unwrap();
    assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{id} is a UUID");
    assert_eq!((lead["source_name"].as_str(), lead["origin"].as_str()), (Some("API"), Some("API")));
    assert_eq!((lead["origin_id"].as_str(), lead["visible_to"].as_str()), (Some("L-7"), Some("3")));
    assert_eq!(lead["value"], json!({"amount": 999.5, "currency": "EUR"}));
    assert_eq!(lead["add_time"], "2026-11-20T12:00:00.000Z", "with milliseconds, other than v2");
    assert_eq!(
        (lead[PLANT].as_f64(), lead[FINANCING].as_str()),
        (Some(9.5), Some("92")),
        "options are text in v1"
    );
    assert_eq!(lead[PARTS], "95,97");
    assert_eq!((lead[GRANT].as_u64(), lead[format!("{GRANT}_currency")].as_str()), (Some(500), Some("EUR")));
    assert_eq!(lead[format!("{WEEKS}_until")], "2027-02-14");
    let read = desk.get(&path(lead)).await;
    assert_eq!(read.json["data"], *lead);
    let plain = desk.made(LEADS, json!({"title": "Plain", "organization_id": 107})).await;
    assert_eq!(plain.get(PLANT), None, "empty custom fields are not there");
    assert_eq!((plain["value"].clone(), plain["person_id"].clone()), (Value::Null, Value::Null));
}

#[tokio::test]
async fn only_what_is_named_is_updated_and_null_unsets() {
    let desk = desk();
    let lead = desk
        .made(LEADS, json!({"title": "Roof", "person_id": 101, "organization_id": 107, FINANCING: "91"}))
        .await;
    desk.pass(60);
    let changed =
        desk.patch(&path(&lead), json!({"organization_id": null, "was_seen": true, FINANCING: null})).await;
    let data = &changed.json["data"];
    assert_eq!((data["organization_id"].clone(), data["person_id"].as_u64()), (Value::Null, Some(101)));
    assert_eq!((data["was_seen"].as_bool(), data.get(FINANCING)), (Some(true), None));
    assert_eq!(data["update_time"], "2026-11-20T12:01:00.000Z");
    let alone = desk.patch(&path(&lead), json!({"person_id": null})).await;
    assert_eq!((alone.status, alone.error()), (400, "A lead must be linked to a person or an organization."));
}

#[tokio::test]
async fn leads_are_listed_by_offset() {
    let desk = desk();
    for n in 0..4 {
        desk.pass(1);
        desk.made(LEADS, json!({"title": format!("L{n}"), "person_id": 101})).await;
    }
    let page = desk.get(&format!("{LEADS}?start=1&limit=2")).await;
    let titles: Vec<_> = page.data().iter().map(|one| one["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["L0", "L1"], "oldest first");
    assert_eq!(
        page.json["additional_data"]["pagination"],
        json!({"start": 1, "limit": 2, "more_items_in_collection": true, "next_start": 3})
    );
    let last = desk.get(&format!("{LEADS}?start=3&limit=5")).await;
    assert_eq!(last.json["additional_data"]["pagination"]["more_items_in_collection"], false);
    let sorted = desk.get(&format!("{LEADS}?sort=update_time%20DESC&limit=1&person_id=101")).await;
    assert_eq!(sorted.data()[0]["title"], "L3");
    let since = desk.get(&format!("{LEADS}?updated_since=2026-11-20T12:00:03Z")).await;
    assert_eq!(since.data().len(), 2, "the start is included");
    assert_eq!(desk.get(&format!("{LEADS}?sort=colour")).await.status, 400);
}

#[tokio::test]
async fn archived_leads_leave_the_list_and_are_read_by_id() {
    let desk = desk();
    let lead = desk.made(LEADS, json!({"title": "Old", "person_id": 101})).await;
    let archived = desk.patch(&path(&lead), json!({"is_archived": true})).await;
    assert_eq!(archived.json["data"]["archive_time"], "2026-11-20T12:00:00.000Z");
    assert_eq!(desk.get(LEADS).await.data().len(), 1, "the sample one");
    assert_eq!(desk.get(&format!("{LEADS}/archived")).await.data()[0]["id"], lead["id"]);
    assert_eq!(desk.get(&path(&lead)).await.json["data"]["is_archived"], true);
    desk.get(&format!("{LEADS}/archived?updated_since=2026-11-20T12:00:00Z")).await;
    assert_eq!(desk.faults(), ["unknown query parameter: updated_since"], "archived ones know no such thing");
}

#[tokio::test]
async fn a_deleted_lead_is_gone() {
    let desk = desk();
    let lead = desk.made(LEADS, json!({"title": "X", "person_id": 101})).await;
    assert_eq!(desk.delete(&path(&lead)).await.json["data"]["id"], lead["id"]);
    let gone = desk.get(&path(&lead)).await;
    assert_eq!((gone.status, gone.error()), (404, "requested lead not found"));
    assert_eq!(
        (&gone.json["data"], gone.json["error_info"].as_str()),
        (&Value::Null, Some("Object was not found."))
    );
    assert_eq!(desk.get(&format!("{LEADS}/not-a-uuid")).await.status, 404);
}

#[tokio::test]
async fn wrong_leads_are_refused() {
    let desk = desk();
    let cases = [
        (json!({"person_id": 101}), "title: Required"),
        (json!({"title": " ", "person_id": 101}), "title: must not be empty"),
        (json!({"title": "X", "person_id": 999}), "person_id: Item does not exist"),
        (
            json!({"title": "X", "person_id": 101, "value": {"amount": 5}}),
            "value: Both amount and currency are required",
        ),
        (json!({"title": "X", "person_id": 101, "visible_to": 3}), "visible_to: Expected string"),
        (json!({"title": "X", "person_id": 101, "label_ids": ["hot"]}), "label_ids: Label does not exist"),
        (json!({"title": "X", "person_id": 101, "is_archived": true}), "is_archived: Unrecognized key"),
        (json!({"title": "X", "person_id": 101, FINANCING: 31}), &format!("{FINANCING}: Invalid option id")),
        (json!({"title": "X", "person_id": 101, "custom_fields": {}}), "custom_fields: Unrecognized key"),
        (json!({"title": "X", "person_id": 101, "channel": 1}), "channel: Channel does not exist"),
    ];
    for (body, what) in cases {
        let answer = desk.post(LEADS, body).await;
        assert_eq!((answer.status, answer.error()), (400, format!("Validation failed: {what}").as_str()));
        assert_eq!(answer.json.get("code"), None, "v1 has no codes");
    }
    let unlinked = desk.post(LEADS, json!({"title": "X"})).await;
    assert_eq!(unlinked.error(), "A lead must be linked to a person or an organization.");
}

#[tokio::test]
async fn labels_sources_and_fields_describe_leads() {
    let desk = desk();
    assert_eq!(desk.get("/v1/leadLabels").await.data()[0]["name"], "Hot");
    let label = desk.made("/v1/leadLabels", json!({"name": "Rejected", "color": "gray"})).await;
    let lead = desk.made(LEADS, json!({"title": "X", "person_id": 101, "label_ids": [label["id"]]})).await;
    assert_eq!(lead["label_ids"][0], label["id"]);
    assert_eq!(desk.post("/v1/leadLabels", json!({"name": "X", "color": "pearl"})).await.status, 400);
    assert!(desk.get("/v1/leadSources").await.data().contains(&json!({"name": "API"})));
    let fields = desk.get("/v1/leadFields?limit=500").await;
    let financing = fields.data().iter().find(|one| one["key"] == FINANCING).unwrap();
    assert_eq!(
        (financing["name"].as_str(), financing["edit_flag"].as_bool()),
        (Some("Financing"), Some(true))
    );
    assert_eq!(
        financing["options"][0],
        json!({"id": 91, "label": "Own money"}),
        "those of deals are inherited"
    );
    let title = fields.data().iter().find(|one| one["key"] == "title").unwrap();
    assert_eq!(title["mandatory_flag"], true);
}
