//! Notes, tasks, opportunities and owners: the exact form of what is sent.

use leadferry_connector::testkit::{Bench, Fixture};
use leadferry_connector::{Action, Connector};
use leadferry_model::{Failure, FailureKind};
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

fn made(id: &str) -> Json {
    json!({"id": id, "success": true, "errors": []})
}

fn to(object: &str) -> String {
    format!("/services/data/v66.0/sobjects/{object}")
}

async fn act(
    fixtures: Vec<Fixture>,
    object: &str,
    record: &str,
    action: &Action,
) -> Result<RecordId, Failure> {
    let (_script, bench) = script(fixtures);
    CONNECTOR.act(&bench.call(), object, &RecordId::new(record), action).await
}

#[tokio::test]
async fn a_note_says_when_it_happened() {
    let action = Action::Note { text: "\nAsked for a berth\nand a buoy".into(), at: Bench::start() };
    let body = json!({"ParentId": id(1), "Title": "Asked for a berth",
        "Body": "2026-11-20 09:00 UTC\n\nAsked for a berth\nand a buoy"});
    let fixture = Fixture::new("POST", &to("Note"), 201, made("0025g000000AbCdAAK")).body(body);
    let note = act(vec![fixture], "Lead", &id(1), &action).await.unwrap();
    assert_eq!(note.as_str(), "0025g000000AbCdAAK", "the note's own id");
}

#[tokio::test]
async fn a_task_is_for_a_person_or_about_a_company() {
    let action = Action::Task {
        subject: "Call".into(),
        text: "Soon".into(),
        due: Bench::start(),
        owner: Some("0055g00000XyZabAAF".into()),
    };
    let rest = json!({"Subject": "Call", "Description": "Soon", "ActivityDate": "2026-11-20", "OwnerId": "0055g00000XyZabAAF"});
    for (object, record, link) in [
        ("Lead", id(1), "WhoId"),
        ("Contact", contact(1), "WhoId"),
        ("Account", "0015g000000AbCdAAK".to_owned(), "WhatId"),
    ] {
        let mut body = rest.clone();
        body[link] = Json::from(record.as_str());
        let fixture = Fixture::new("POST", &to("Task"), 201, made("00T5g000000AbCdAAK")).body(body);
        act(vec![fixture], object, &record, &action).await.unwrap();
    }
}

fn deal() -> Action {
    Action::Deal {
        name: "Berth 7".into(),
        pipeline: Some("Opportunity".into()),
        stage: "Prospecting".into(),
        amount: Some("1200.50".into()),
        owner: None,
    }
}

#[tokio::test]
async fn a_lead_holds_no_opportunity() {
    let failure = act(vec![], "Lead", &id(1), &deal()).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid { fields: vec![] }, "nothing is sent");
    assert!(failure.message.contains("Convert the lead"), "and the way is told: {}", failure.message);
}

#[tokio::test]
async fn a_contact_gets_the_opportunity_of_its_account_and_a_part_in_it() {
    let body = json!({"allOrNone": true, "compositeRequest": [
        {"method": "POST", "url": to("Opportunity"), "referenceId": "deal", "body": {"Name": "Berth 7",
            "StageName": "Prospecting", "CloseDate": "2026-12-20", "Amount": 1200.5, "AccountId": "0015g000000AbCdAAK"}},
        {"method": "POST", "url": to("OpportunityContactRole"), "referenceId": "role",
            "body": {"OpportunityId": "@{deal.id}", "ContactId": contact(1), "IsPrimary": true}},
    ]});
    let part = |reference: &str, id: &str| json!({"body": made(id), "httpHeaders": {}, "httpStatusCode": 201, "referenceId": reference});
    let good = json!({"compositeResponse": [part("deal", "0065g000000AbCdAAK"), part("role", "00K5g000000AbCdAAK")]});
    let refused = |reference: &str, code: &str, words: &str| json!({"body": refusal(code, words), "httpHeaders": {}, "httpStatusCode": 400, "referenceId": reference});
    let bad = json!({"compositeResponse": [
        refused("deal", "PROCESSING_HALTED", "The transaction was rolled back since another operation failed."),
        refused("role", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "insufficient access rights"),
    ]});
    for (answer, expected) in [(good, Ok("0065g000000AbCdAAK")), (bad, Err("permission"))] {
        let account = rows(vec![json!({"Id": contact(1), "AccountId": "0015g000000AbCdAAK"})]);
        let fixtures = vec![
            Fixture::new("GET", QUERY, 200, account),
            Fixture::new("POST", "/services/data/v66.0/composite", 200, answer).body(body.clone()),
        ];
        // A lead that was followed is a contact, and can hold one.
        let made = act(fixtures, "Lead", &contact(1), &deal()).await;
        let made = made.as_ref().map(RecordId::as_str).map_err(|failure| failure.kind.word());
        assert_eq!(made, expected, "both parts or neither");
    }
}

#[tokio::test]
async fn an_account_gets_the_opportunity_directly() {
    let body = json!({"Name": "Berth 7", "StageName": "Prospecting", "CloseDate": "2026-12-20", "Amount": 1200.5,
        "AccountId": "0015g000000AbCdAAK"});
    let fixture = Fixture::new("POST", &to("Opportunity"), 201, made("0065g000000AbCdAAK")).body(body);
    act(vec![fixture], "Account", "0015g000000AbCdAAK", &deal()).await.unwrap();
}

#[tokio::test]
async fn an_owner_is_set_without_waking_assignment_rules() {
    let path = format!("{}/{}", to("Lead"), id(1));
    let owner = "0055g00000XyZabAAF";
    let (script, bench) =
        script([Fixture::new("PATCH", &path, 204, json!(null)).body(json!({"OwnerId": owner}))]);
    let action = Action::Owner { owner: owner.into() };
    let record = CONNECTOR.act(&bench.call(), "Lead", &RecordId::new(id(1)), &action).await.unwrap();
    assert_eq!(record.as_str(), id(1), "the same record");
    assert_eq!(script.sent()[0].header("sforce-auto-assign"), Some("FALSE"), "or the rule would undo it");
}

#[tokio::test]
async fn owners_queues_and_stages_are_to_choose_from() {
    let users = json!({"totalSize": 2, "done": false, "nextRecordsUrl": "/services/data/v66.0/query/01g-2000",
        "records": [{"Id": "0055g00000XyZabAAF", "Name": "Ada Example", "Email": "ada@example.com"}]});
    let more = rows(vec![json!({"Id": "0055g00000XyZacAAF", "Name": null, "Email": "bo@example.com"})]);
    let stage = |name: &str, closed: bool| json!({"ApiName": name, "MasterLabel": name, "IsClosed": closed});
    let q = |text: &str| json!({ "q": text });
    let (_script, bench) = script([
        Fixture::new("GET", QUERY, 200, users)
            .query(q("SELECT Id, Name, Email FROM User WHERE IsActive = true ORDER BY Name")),
        Fixture::new("GET", "/services/data/v66.0/query/01g-2000", 200, more),
        Fixture::new("GET", QUERY, 400, refusal("INVALID_TYPE", "sObject type 'Group' is not supported."))
            .query(q("SELECT Id, Name FROM Group WHERE Type = 'Queue' ORDER BY Name")),
        Fixture::new("GET", QUERY, 200, rows(vec![stage("Prospecting", false), stage("Closed Won", true)])).query(q(
            "SELECT ApiName, MasterLabel, IsClosed FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder",
        )),
    ]);
    let actions = CONNECTOR.actions(&bench.call()).await.unwrap();
    let names: Vec<&str> = actions.owners.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["Ada Example", "bo@example.com"], "all pages; queues are a bonus");
    let stages: Vec<(&str, bool)> =
        actions.stages.iter().map(|stage| (stage.stage.as_str(), stage.closed)).collect();
    assert_eq!(stages, [("Prospecting", false), ("Closed Won", true)], "in the org's order");
}
