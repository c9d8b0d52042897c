//! Several calls in one.

use serde_json::{Value, json};

use super::support::{DATA, code, org};
use crate::support::{Answer, Desk};

async fn run(org: &Desk, together: bool, requests: Vec<Value>) -> Answer {
    let body = json!({"allOrNone": together, "compositeRequest": requests});
    org.post(&format!("{DATA}/composite"), body).await
}

fn make(name: &str, object: &str, body: Value) -> Value {
    json!({"method": "POST", "url": format!("{DATA}/sobjects/{object}"), "referenceId": name, "body": body})
}

#[tokio::test]
async fn a_whole_deal_is_made_in_one_call() {
    let org = org();
    let answer = run(
        &org,
        true,
        vec![
            make("company", "Account", json!({"Name": "Example Ltd"})),
            make("person", "Contact", json!({"LastName": "Moss", "AccountId": "@{company.id}"})),
            make(
                "deal",
                "Opportunity",
                json!({
                    "Name": "Berth", "StageName": "Prospecting", "CloseDate": "2026-12-31",
                    "AccountId": "@{company.id}",
                }),
            ),
            make(
                "role",
                "OpportunityContactRole",
                json!({
                    "OpportunityId": "@{deal.id}", "ContactId": "@{person.id}", "IsPrimary": true,
                }),
            ),
            json!({
                "method": "GET",
                "url": format!("{DATA}/query?q=SELECT Id FROM Contact WHERE AccountId = '@{{company.id}}'"),
                "referenceId": "people",
            }),
            json!({
                "method": "GET",
                "url": format!("{DATA}/sobjects/Contact/@{{people.records[0].Id}}?fields=LastName"),
                "referenceId": "again",
            }),
        ],
    )
    .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let all = answer.json["compositeResponse"].as_array().unwrap();
    let statuses: Vec<u64> = all.iter().map(|one| one["httpStatusCode"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [201, 201, 201, 201, 200, 200], "{}", answer.text);
    assert!(all[0]["httpHeaders"]["Location"].as_str().unwrap().contains("/sobjects/Account/"));
    assert_eq!(all[5]["body"]["LastName"], "Moss");
    assert_eq!(answer.header("sforce-limit-info"), Some("api-usage=1/105000"), "it counts as one call");
}

#[tokio::test]
async fn one_failure_takes_all_back_when_it_is_all_or_none() {
    let org = org();
    let before = org.practice.snapshot();
    let requests = || {
        vec![
            make("company", "Account", json!({"Name": "Example Ltd"})),
            make("person", "Contact", json!({"AccountId": "@{company.id}"})),
            make("role", "OpportunityContactRole", json!({"ContactId": "@{person.id}"})),
        ]
    };
    let answer = run(&org, true, requests()).await;
    let code_of = |answer: &Answer, place: usize| {
        answer.json["compositeResponse"][place]["body"][0]["errorCode"].clone()
    };
    assert_eq!(code_of(&answer, 0), "PROCESSING_HALTED");
    assert_eq!(code_of(&answer, 1), "REQUIRED_FIELD_MISSING");
    assert_eq!(code_of(&answer, 2), "PROCESSING_HALTED");
    assert_eq!(org.practice.snapshot(), before);
    let answer = run(&org, false, requests()).await;
    assert_eq!(answer.json["compositeResponse"][0]["httpStatusCode"], 201, "otherwise what was done stays");
    assert_eq!(code_of(&answer, 2), "PROCESSING_HALTED", "what it refers to is not there");
    assert_ne!(org.practice.snapshot(), before);
}

#[tokio::test]
async fn a_query_in_between_sees_no_ghosts_after_it_is_taken_back() {
    let org = org();
    let query = format!("{DATA}/query?q=SELECT Id FROM Account WHERE Name = 'Ghost'");
    let answer = run(
        &org,
        true,
        vec![
            make("company", "Account", json!({"Name": "Ghost"})),
            json!({"method": "GET", "url": query, "referenceId": "seen"}),
            make("person", "Contact", json!({})),
        ],
    )
    .await;
    assert_eq!(answer.json["compositeResponse"][2]["httpStatusCode"], 400);
    assert_eq!(
        super::support::soql(&org, "SELECT Id FROM Account WHERE Name = 'Ghost'").await.json["totalSize"],
        0
    );
}

#[tokio::test]
async fn sub_requests_are_named_once_and_at_most_25() {
    let org = org();
    let one = |name: &str| json!({"method": "GET", "url": format!("{DATA}/limits"), "referenceId": name});
    assert_eq!(code(&run(&org, false, vec![one("a"), one("a")]).await), "INVALID_INPUT");
    let many = (0..26).map(|number| one(&format!("r{number}"))).collect();
    assert_eq!(code(&run(&org, false, many).await), "INVALID_INPUT");
    let nested =
        json!({"method": "POST", "url": format!("{DATA}/composite"), "referenceId": "a", "body": {}});
    let answer = run(&org, false, vec![nested]).await;
    assert_eq!(answer.json["compositeResponse"][0]["httpStatusCode"], 400, "no composite in a composite");
}

#[tokio::test]
async fn a_collection_inside_takes_back_its_own_rows_alone() {
    let org = org();
    let row = |fields: Value| {
        let mut row = fields;
        row["attributes"] = json!({"type": "Contact"});
        row
    };
    let inner = |together: bool| {
        json!({
            "method": "POST", "url": format!("{DATA}/composite/sobjects"), "referenceId": "rows",
            "body": {"allOrNone": together, "records": [row(json!({"LastName": "Moss"})), row(json!({}))]},
        })
    };
    let contacts = |org: &Desk| org.practice.counts()["Contact"];
    let before = contacts(&org);
    let answer =
        run(&org, true, vec![make("company", "Account", json!({"Name": "Example Ltd"})), inner(true)]).await;
    assert_eq!(answer.json["compositeResponse"][1]["httpStatusCode"], 200, "{}", answer.text);
    assert_eq!((contacts(&org), org.practice.counts()["Account"]), (before, 2), "the account stays");
    run(&org, true, vec![inner(false), make("person", "Contact", json!({}))]).await;
    assert_eq!(contacts(&org), before, "what a part kept is taken back with the whole");
}
