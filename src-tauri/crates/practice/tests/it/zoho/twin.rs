//! The practice account as the twin of a real one.

use std::collections::BTreeMap;

use leadferry_model::{Field, FieldKind, ObjectSchema};
use leadferry_practice::Owner;
use serde_json::json;

use super::desk::{codes, desk, each, row, rows};

fn schema() -> ObjectSchema {
    ObjectSchema {
        object: "Leads".to_owned(),
        label: "Lead".to_owned(),
        fields: vec![
            Field {
                required: true,
                max_length: Some(80),
                ..Field::new("Last_Name", "Last name", FieldKind::Text)
            },
            Field::new("Company", "Company", FieldKind::Text),
            Field::new("Email", "E-mail", FieldKind::Text),
            Field::new("No_of_Employees", "Employees", FieldKind::Number),
            Field { unique: true, custom: true, ..Field::new("Lead_ID", "Lead ID", FieldKind::Text) },
            Field { custom: true, max_length: Some(3), ..Field::new("Code", "Code", FieldKind::Text) },
            Field { read_only: true, ..Field::new("Modified_Time", "Changed", FieldKind::DateTime) },
        ],
        one_of: Vec::new(),
        open: false,
    }
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_twin_has_the_real_accounts_fields_and_keys() {
    let desk = desk();
    desk.practice.load_fields(&schema()).unwrap();
    desk.practice.clear_records("Leads").unwrap();
    let real = values(&[("id", "7328395000000688016"), ("Email", "real@example.com"), ("Lead_ID", "L-1")]);
    let other = values(&[("id", "7328395000000688017"), ("Email", "REAL@example.com")]);
    assert_eq!(desk.practice.load_records("Leads", &[real, other]).unwrap(), 2, "e-mails need not be unique");
    let mut lonely = row("L-3", json!({}));
    lonely.as_object_mut().unwrap().remove("Company");
    let answer = desk
        .upsert(vec![
            row("L-1", json!({"Last_Name": "R"})),
            row("L-2", json!({"Email": "real@EXAMPLE.com"})),
            lonely,
            row("L-4", json!({"Code": "LONG"})),
            row("L-5", json!({"Email": "no address"})),
            row("L-6", json!({"No_of_Employees": 1.5})),
        ])
        .await;
    assert_eq!(
        codes(&answer),
        ["SUCCESS", "SUCCESS", "SUCCESS", "INVALID_DATA", "INVALID_DATA", "INVALID_DATA"],
        "{}",
        answer.text
    );
    assert_eq!(
        rows(&answer)[0]["details"]["id"],
        "7328395000000688016",
        "records keep their ids of 19 digits"
    );
    assert_eq!(rows(&answer)[1]["duplicate_field"], "Email", "a new key with a known e-mail");
    assert_eq!(rows(&answer)[1]["details"]["id"], "7328395000000688016", "the oldest with that e-mail");
    assert_eq!(rows(&answer)[4]["details"]["expected_data_type"], "email", "e-mails stay e-mails");
    assert_eq!(rows(&answer)[5]["details"]["expected_data_type"], "integer", "and whole numbers whole");
    let next = rows(&answer)[2]["details"]["id"].as_str().unwrap();
    assert_eq!(next, "7328395000000688018", "new ids follow the real ones");
    let gone = desk.lead(json!({"Garden_Size": 5})).await;
    assert!(desk.read("Leads", &gone).await.get("Garden_Size").is_none(), "practice's own field is gone");
}

#[tokio::test]
async fn a_repeated_email_of_a_twin_still_finds_the_oldest() {
    let desk = desk();
    desk.practice.load_fields(&schema()).unwrap();
    desk.practice.clear_records("Leads").unwrap();
    let leads: Vec<_> = ["17", "16"].map(|id| values(&[("id", id), ("Email", "a@example.com")])).into();
    desk.practice.load_records("Leads", &leads).unwrap();
    let answer = desk.upsert(vec![row("L-1", json!({"Email": "a@example.com"}))]).await;
    assert_eq!(rows(&answer)[0]["details"]["id"], "16");
}

#[tokio::test]
async fn a_twin_has_the_real_accounts_people() {
    let desk = desk();
    let owner = Owner {
        id: "7328395000000605001".into(),
        user_id: 7_328_395_000_000_605_001,
        email: "real@example.com".into(),
        first_name: "Real".into(),
        last_name: "Person".into(),
        archived: false,
    };
    desk.practice.load_owners(vec![owner]);
    let id = desk.lead(json!({"Owner": {"id": "7328395000000605001"}})).await;
    assert_eq!(desk.read("Leads", &id).await["Owner"]["name"], "Real Person");
    let users = desk.get("/users?type=ActiveUsers").await;
    assert_eq!(users.json["users"][0]["id"], "7328395000000605001");
    let me = desk.get("/users?type=CurrentUser").await;
    assert_eq!(me.json["users"][0]["full_name"], "Imogen Vale", "whoever calls is still told");
}

#[tokio::test]
async fn a_hundred_thousand_leads_are_ordinary() {
    let desk = desk().with_lead_id().await;
    let lead = |n: usize| {
        [
            ("Lead_ID", format!("L-{n}")),
            ("Email", format!("p{n}@example.com")),
            ("Last_Name", "P".to_owned()),
            ("Company", "X".to_owned()),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
    };
    let leads: Vec<_> = (0..100_000).map(lead).collect();
    assert_eq!(desk.practice.load_records("Leads", &leads).unwrap(), 100_000);
    desk.pass(60);
    let known: Vec<_> =
        (0..50).map(|n| row(&format!("N-{n}"), json!({"Email": format!("p{n}@example.com")}))).collect();
    let new: Vec<_> =
        (0..50).map(|n| row(&format!("M-{n}"), json!({"Email": format!("q{n}@example.com")}))).collect();
    let answer = desk.upsert(known.into_iter().chain(new).collect()).await;
    let updates = rows(&answer).iter().filter(|row| row["action"] == "update").count();
    assert_eq!((answer.status, updates), (200, 50), "half of them were known by e-mail");
    let query = "select id from Leads where Modified_Time > '2026-11-20T12:00:00+00:00' order by Modified_Time asc limit 200";
    assert_eq!(rows(&desk.coql(query).await).len(), 100);
    let since = ("if-modified-since", "2026-11-20T12:00:00+00:00");
    let feed = desk.get_with(since, "/Leads?fields=Email&sort_by=Modified_Time&sort_order=asc").await;
    assert_eq!(each(&feed, "id").len(), 100);
}
