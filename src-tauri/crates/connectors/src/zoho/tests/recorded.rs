//! Answers as they came from the real Zoho CRM, with the nulls and extras they have.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Match};
use leadferry_model::FailureKind;

use super::*;
use crate::zoho::CONNECTOR;

fn by() -> Json {
    json!({"name": "Ada Moss", "id": "7328395000000605001"})
}

#[tokio::test]
async fn an_upsert_without_a_match() {
    let answer = json!({"data": [{
        "code": "SUCCESS", "duplicate_field": null, "action": "insert",
        "details": {
            "Modified_Time": "2026-05-14T12:51:02+03:00", "Modified_By": by(), "Created_Time": "2026-05-14T12:51:02+03:00",
            "id": "7328395000000683005", "Created_By": by(),
        },
        "message": "record added", "status": "success",
    }]});
    let (_script, bench) = script([Fixture::new("POST", UPSERT, 200, answer)]);
    let written = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1)]).await.remove(0).unwrap();
    assert_eq!((written.record.as_str(), written.created), ("7328395000000683005", true), "made");
}

#[tokio::test]
async fn a_create_and_an_update_that_name_no_action() {
    let answer = |message: &str| json!({"data": [{"code": "SUCCESS", "details": {"id": "7328395000000683019"}, "message": message, "status": "success"}]});
    let (_script, bench) = script([
        Fixture::new("POST", UPSERT, 201, answer("record added")),
        Fixture::new("PUT", LEADS, 200, answer("record updated")),
    ]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), known(2)]).await;
    let created: Vec<bool> = outcomes.iter().map(|outcome| outcome.as_ref().unwrap().created).collect();
    assert_eq!(created, [true, false], "the words say it where the newer answers leave the action out");
}

#[tokio::test]
async fn a_lead_full_of_nulls() {
    let answer = json!({"data": [{
        "nearby_distance__s": null, "Owner": {"name": "Ada Moss", "id": "7328395000000605001", "email": "ada@example.com"},
        "Company": null, "Email": null, "$currency_symbol": "KES", "Address": "", "$field_states": null, "$converted": false,
        "id": "7328395000000693001", "Created_Time": "2026-05-14T12:52:03+03:00", "$converted_detail": {},
        "Modified_Time": "2026-05-14T12:52:03+03:00", "Last_Name": "Test Lead", "Email_Opt_Out": false, "Tag": [],
        "$layout_id": {"display_label": "Standard", "name": "Standard", "id": "7328395000000091055"},
    }], "info": {"per_page": 200, "count": 1, "page": 1, "more_records": false}});
    let (script, bench) = script([Fixture::new("GET", LEADS, 200, answer)]);
    let wanted =
        ["Company", "Email", "Address", "Owner", "Email_Opt_Out", "Tag", "Last_Name"].map(str::to_owned);
    let ids = [RecordId::new("7328395000000693001"), RecordId::new("7328395000000693002")];
    let records = CONNECTOR.read(&bench.call(), "Leads", &ids, &wanted).await.unwrap();
    assert!(records[1].is_none(), "what does not come is gone");
    let record = records[0].clone().unwrap();
    let held: Vec<Option<&Value>> = wanted.iter().map(|name| record.fields.get(name)).collect();
    let expected = [
        Value::Blank,
        Value::Blank,
        Value::Blank,
        Value::text("7328395000000605001"),
        Value::Bool(false),
        Value::List(vec![]),
        Value::text("Test Lead"),
    ];
    assert_eq!(held, expected.iter().map(Some).collect::<Vec<_>>(), "empty is said, people are ids");
    assert_eq!(record.changed_at, "2026-05-14T09:52:03Z".parse().ok(), "in universal time");
    let query = &script.sent()[0].query;
    assert_eq!(
        (&query["converted"], &query["approved"], &query["ids"]),
        (&json!("both"), &json!("both"), &json!("7328395000000693001,7328395000000693002")),
        "neither converted nor unapproved leads look as if they were gone"
    );
}

#[tokio::test]
async fn nothing_found_has_no_body() {
    let (_script, bench) = script([Fixture::new("POST", COQL, 204, Json::Null)]);
    let keys = [Match { field: "Email".into(), value: "test@example.com".into() }];
    let found = CONNECTOR.find(&bench.call(), "Leads", &keys, &[]).await.unwrap();
    assert_eq!(found, [vec![]], "nobody");
}

#[tokio::test]
async fn a_module_that_is_not_there() {
    let body = json!({"code": "INVALID_MODULE", "details": {"resource_path_index": 0},
        "message": "the module name given seems to be invalid", "status": "error"});
    let (_script, bench) = script([Fixture::new("GET", FIELDS, 400, body)]);
    let failure = CONNECTOR.describe(&bench.call(), "Deals").await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Permission { missing: vec![] }, "{failure:?}");
    assert!(failure.message.contains("switched off"), "{}", failure.message);
}
