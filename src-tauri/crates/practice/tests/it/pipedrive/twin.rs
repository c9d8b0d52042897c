//! The account as the twin of a real one, and the core's face of it.

use std::collections::BTreeMap;

use leadferry_model::{Field, FieldKind, FieldOption, ObjectSchema};
use leadferry_practice::{Owner, Pipeline, Stage};
use serde_json::json;

use super::desk::{PERSONS, desk, field};

const LEAD_ID: &str = "9f1c0d3e5a7b2468ace013579bdf02468ace1357";
const SOURCE: &str = "0aa1bb2cc3dd4ee5ff60718293a4b5c6d7e8f901";

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_twin_keeps_real_ids_keys_and_fields() {
    let desk = desk();
    let option =
        |value: &str, label: &str| FieldOption { value: value.into(), label: label.into(), hidden: false };
    let schema = ObjectSchema {
        object: "persons".to_owned(),
        label: "Person".to_owned(),
        fields: vec![
            Field { required: true, ..Field::new("name", "Name", FieldKind::Text) },
            Field::new("email", "E-mail", FieldKind::Email),
            Field::new("phone", "Phone", FieldKind::Phone),
            Field::new("org_id", "Organization", FieldKind::Other),
            Field { custom: true, unique: true, ..Field::new(LEAD_ID, "Lead ID", FieldKind::Text) },
            Field {
                custom: true,
                options: vec![option("31", "Web"), option("32", "Fair")],
                ..Field::new(SOURCE, "Source", FieldKind::Choice)
            },
        ],
        one_of: vec![vec!["name".to_owned()]],
        open: false,
    };
    desk.practice.load_fields(&schema).unwrap();
    desk.practice.clear_records("persons").unwrap();
    let records = [
        values(&[("id", "734931"), ("name", "Real"), ("email", "real@example.com"), (LEAD_ID, "L-1")]),
        values(&[("id", "734932"), ("emails", "other@example.com")]),
    ];
    assert_eq!(desk.practice.load_records("persons", &records).unwrap(), 2);

    let read = desk.get(&format!("{PERSONS}/734931")).await;
    assert_eq!(
        read.json["data"]["emails"][0],
        json!({"value": "real@example.com", "primary": true, "label": "work"})
    );
    assert_eq!(read.json["data"]["owner_id"], 13_001, "somebody owns it");
    for (address, id) in [("REAL@example.com", 734_931), ("other@example.com", 734_932)] {
        let search = format!("{PERSONS}/search?fields=email&exact_match=true&term={address}");
        assert_eq!(desk.found(&search).await, [id], "{address}");
    }
    desk.pass(2);
    let by_key =
        desk.get(&format!("/api/v2/itemSearch/field?term=L-1&entity_type=person&field={LEAD_ID}")).await;
    assert_eq!(by_key.data()[0]["id"], 734_931);

    let described = desk.get(&format!("/api/v2/personFields/{SOURCE}")).await;
    assert_eq!(described.json["data"]["field_type"], "enum");
    let good = json!({"name": "New", "org_id": 107, "custom_fields": {LEAD_ID: "L-1", SOURCE: 32}});
    let made = desk.made(PERSONS, good).await;
    assert_eq!(
        made["custom_fields"],
        json!({LEAD_ID: "L-1", SOURCE: 32}),
        "unique nowhere, and the sample's own fields gone"
    );
    let bad = desk.post(PERSONS, json!({"name": "New", "custom_fields": {SOURCE: 33}})).await;
    assert_eq!(bad.status, 400);
    let gone = desk.post(PERSONS, json!({"name": "New", "custom_fields": {field::ROOF: "x"}})).await;
    assert_eq!(gone.status, 400);
}

#[tokio::test]
async fn a_twins_leads_keep_their_uuids() {
    let desk = desk();
    let id = "c750ba60-5048-11f1-bc07-9325c0fa40f5";
    desk.practice
        .load_records("leads", &[values(&[("id", id), ("title", "Real"), ("person_id", "101")])])
        .unwrap();
    let read = desk.get(&format!("/v1/leads/{id}")).await;
    assert_eq!(
        (read.json["data"]["id"].as_str(), read.json["data"]["title"].as_str()),
        (Some(id), Some("Real"))
    );
    let changed = desk.patch(&format!("/v1/leads/{id}"), json!({"title": "Changed"})).await;
    assert_eq!(changed.json["data"]["id"], id);
}

#[tokio::test]
async fn a_twin_has_the_real_accounts_owners_and_stages() {
    let desk = desk();
    let owner = Owner {
        id: "88".into(),
        user_id: 88,
        email: "real@example.com".into(),
        first_name: "R".into(),
        last_name: "L".into(),
        archived: false,
    };
    desk.practice.load_owners(vec![owner]);
    let owned = async |id: u64| desk.post(PERSONS, json!({"name": "X", "owner_id": id})).await.status;
    assert_eq!((owned(88).await, owned(13_001).await), (200, 400));
    assert_eq!(desk.get("/v1/users/me").await.json["data"]["id"], 88);
    let stage = Stage { id: "501".into(), label: "First".into(), probability: "0.5".into(), closed: false };
    let pipeline = Pipeline { id: "77".into(), label: "Real".into(), stages: vec![stage] };
    desk.practice.load_pipelines("deals", vec![pipeline]);
    let deal = desk.made("/api/v2/deals", json!({"title": "X"})).await;
    assert_eq!((deal["pipeline_id"].as_u64(), deal["stage_id"].as_u64()), (Some(77), Some(501)));
}

#[tokio::test]
async fn what_people_change_in_the_crm_is_read_by_the_api() {
    let desk = desk();
    desk.pass(60);
    let added = desk
        .practice
        .add_record("persons", &values(&[("name", "By Hand"), ("phone", "01632 960001")]))
        .unwrap();
    desk.practice.edit_record("persons", 101, &values(&[("email", "new@example.com")])).unwrap();
    desk.practice.delete_record("persons", 102).unwrap();
    let since = format!("{PERSONS}?updated_since=2026-11-20T12:01:00Z");
    assert_eq!(desk.ids(&since).await, [101, added.id.parse().unwrap()]);
    let person = desk.get(&format!("{PERSONS}/101")).await;
    assert_eq!(person.json["data"]["emails"][0]["value"], "new@example.com");
    let lead =
        desk.practice.add_record("leads", &values(&[("title", "By hand"), ("person_id", "101")])).unwrap();
    let leads = desk.get("/v1/leads?person_id=101").await;
    let id = leads.data()[0]["id"].as_str().unwrap();
    assert_eq!(desk.get(&format!("/v1/leads/{id}")).await.json["data"]["title"], "By hand", "{}", lead.id);
}

#[tokio::test]
async fn equal_content_has_an_equal_snapshot_whatever_its_ids() {
    let (one, other) = (desk(), desk());
    other.practice.add_record("persons", &values(&[("name", "Passing")])).unwrap();
    other.pass(60);
    for desk in [&one, &other] {
        let org = desk.made("/api/v2/organizations", json!({"name": "Gull"})).await;
        let person = desk.made(PERSONS, json!({"name": "Ona", "org_id": org["id"]})).await;
        let lead = desk.made("/v1/leads", json!({"title": "L", "person_id": person["id"]})).await;
        desk.made("/v1/notes", json!({"content": "n", "lead_id": lead["id"]})).await;
        let call = json!({"subject": "C", "type": "call", "participants": [{"person_id": person["id"], "primary": true}]});
        desk.made("/api/v2/activities", call).await;
    }
    assert_ne!(one.practice.snapshot(), other.practice.snapshot());
    other.practice.delete_record("persons", 113).unwrap();
    assert_eq!(one.practice.snapshot(), other.practice.snapshot());
    let linked = one.practice.snapshot().links;
    assert!(linked.iter().any(|link| link.ends_with("org_id") && link.contains("Gull")), "{linked:#?}");
}
