//! Queries: filters, order, pages.

use serde_json::{Value, json};

use super::support::{DATA, LEAD, call_with, code, lead, org, soql};
use crate::support::Desk;

async fn names(org: &Desk, filter: &str) -> Vec<String> {
    let answer = soql(org, &format!("SELECT LastName FROM Lead WHERE {filter} ORDER BY LastName")).await;
    assert_eq!(answer.status, 200, "{filter}: {}", answer.text);
    let records = answer.json["records"].as_array().unwrap();
    records.iter().map(|record| record["LastName"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn records_come_with_their_type_and_address() {
    let org = org();
    let answer = soql(&org, "SELECT Id, Name FROM Account LIMIT 5").await;
    assert_eq!((answer.json["totalSize"].as_u64(), answer.json["done"].as_bool()), (Some(1), Some(true)));
    let record = &answer.json["records"][0];
    let id = record["Id"].as_str().unwrap();
    assert_eq!(record["attributes"]["url"], format!("{DATA}/sobjects/Account/{id}"));
    assert_eq!(record["Name"], "Tern Charter");
    assert!(answer.json.get("nextRecordsUrl").is_none());
}

#[tokio::test]
async fn filters_compare_by_type_and_without_case() {
    let org = org();
    for (name, fields) in [
        (
            "Alder",
            json!({
                "AnnualRevenue": 10, "Boat_Length__c": 9.5, "Interests__c": "Racing;Fishing",
                "Move_In__c": "2026-03-01",
            }),
        ),
        (
            "Birch",
            json!({"AnnualRevenue": 200, "City": "Hull", "HasOptedOutOfEmail": true, "Move_In__c": "2026-04-01"}),
        ),
        ("Cedar", json!({"City": "hull", "Interests__c": "Racing"})),
    ] {
        let mut body = fields;
        body["LastName"] = json!(name);
        body["LeadSource"] = json!("Test");
        lead(&org, body).await;
    }
    for (filter, expected) in [
        ("LeadSource = 'test'", vec!["Alder", "Birch", "Cedar"]),
        ("LeadSource = 'Test' AND City = 'HULL'", vec!["Birch", "Cedar"]),
        ("LeadSource = 'Test' AND City != 'Hull'", vec!["Alder"]),
        ("LeadSource = 'Test' AND City = null", vec!["Alder"]),
        ("LeadSource = 'Test' AND (NOT City = 'Hull')", vec!["Alder"]),
        ("AnnualRevenue > 9 AND AnnualRevenue <= 200 AND LeadSource = 'Test'", vec!["Alder", "Birch"]),
        ("LeadSource = 'Test' AND (AnnualRevenue < 50 OR HasOptedOutOfEmail = true)", vec!["Alder", "Birch"]),
        ("LeadSource = 'Test' AND HasOptedOutOfEmail = FALSE", vec!["Alder", "Cedar"]),
        ("LastName IN ('Cedar', 'ALDER', 'Nobody')", vec!["Alder", "Cedar"]),
        ("LeadSource = 'Test' AND LastName NOT IN ('Cedar')", vec!["Alder", "Birch"]),
        ("LastName LIKE '%ED%'", vec!["Cedar"]),
        ("LastName LIKE 'B_rch'", vec!["Birch"]),
        ("Interests__c INCLUDES ('Racing;Fishing', 'Charter')", vec!["Alder"]),
        ("LeadSource = 'Test' AND Interests__c EXCLUDES ('Racing')", vec!["Birch"]),
        ("Move_In__c >= 2026-03-02", vec!["Birch"]),
        ("LeadSource = 'Test' AND CreatedDate = TODAY", vec![]),
        ("LeadSource = 'Test' AND CreatedDate >= LAST_N_DAYS:2", vec!["Alder", "Birch", "Cedar"]),
    ] {
        assert_eq!(names(&org, filter).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn a_keyset_walks_through_changes_of_one_second() {
    let org = org();
    org.pass(60);
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(lead(&org, json!({"LastName": format!("N{number}")})).await);
    }
    ids.sort();
    let mut seen = Vec::new();
    let mut last = String::new();
    for _ in 0..5 {
        let filter = if last.is_empty() {
            "SystemModstamp >= 2026-11-20T12:01:00Z".to_owned()
        } else {
            format!(
                "(SystemModstamp = 2026-11-20T12:01:00Z AND Id > '{last}') OR SystemModstamp > 2026-11-20T12:01:00Z"
            )
        };
        let query = format!(
            "SELECT Id, SystemModstamp FROM Lead WHERE {filter} ORDER BY SystemModstamp ASC, Id ASC LIMIT 2"
        );
        let page = soql(&org, &query).await;
        let records = page.json["records"].as_array().unwrap().clone();
        if records.is_empty() {
            break;
        }
        seen.extend(records.iter().map(|record| record["Id"].as_str().unwrap().to_owned()));
        last = seen.last().cloned().unwrap();
    }
    assert_eq!(seen, ids, "each once, in order");
}

#[tokio::test]
async fn order_has_several_parts_and_blanks_come_first() {
    let org = org();
    for (last, city) in [("A", Some("Hull")), ("B", None), ("C", Some("Ayr")), ("D", Some("Hull"))] {
        lead(&org, json!({"LastName": last, "City": city, "LeadSource": "Test"})).await;
    }
    let order = async |by: &str| {
        let answer =
            soql(&org, &format!("SELECT LastName FROM Lead WHERE LeadSource = 'Test' ORDER BY {by}")).await;
        let records = answer.json["records"].as_array().unwrap().clone();
        records.iter().map(|record| record["LastName"].as_str().unwrap().to_owned()).collect::<String>()
    };
    assert_eq!(order("City, LastName DESC").await, "BCDA");
    assert_eq!(order("City DESC NULLS LAST, LastName").await, "ADCB");
    let offset =
        soql(&org, "SELECT LastName FROM Lead WHERE LeadSource = 'Test' ORDER BY LastName LIMIT 2 OFFSET 1")
            .await;
    assert_eq!(
        (&offset.json["records"][0]["LastName"], offset.json["totalSize"].as_u64()),
        (&json!("B"), Some(2))
    );
    let count = soql(&org, "SELECT COUNT() FROM Lead WHERE LeadSource = 'Test'").await;
    assert_eq!(count.json, json!({"totalSize": 4, "done": true, "records": []}));
    let all = soql(&org, "SELECT FIELDS(ALL) FROM Lead LIMIT 1").await;
    assert!(all.json["records"][0].get("Boat_Name__c").is_some());
}

#[tokio::test]
async fn values_must_be_of_the_fields_type() {
    let org = org();
    for (query, expected, part) in [
        (
            "SELECT Id FROM Lead WHERE SystemModstamp > '2026-11-20T08:15:00Z'",
            "INVALID_FIELD",
            "should not be enclosed in quotes",
        ),
        ("SELECT Id FROM Lead WHERE LastName = 5", "INVALID_FIELD", "should be enclosed in quotes"),
        (
            "SELECT Id FROM Lead WHERE Move_In__c = 2026-11-20T08:15:00Z",
            "INVALID_FIELD",
            "must be of type date",
        ),
        (
            "SELECT Id FROM Lead WHERE SystemModstamp > 2026-11-20",
            "INVALID_FIELD",
            "must be of type dateTime",
        ),
        ("SELECT Id FROM Lead WHERE Description = 'x'", "INVALID_FIELD", "can not be filtered"),
        ("SELECT Id FROM Lead ORDER BY Description", "INVALID_FIELD", "can not be sorted"),
        ("SELECT Id FROM Lead WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field"),
        ("SELECT Id FROM Lead WHERE AnnualRevenue LIKE '1%'", "INVALID_QUERY_FILTER_OPERATOR", "LIKE"),
        (
            "SELECT Id FROM Lead WHERE LastName INCLUDES ('x')",
            "INVALID_QUERY_FILTER_OPERATOR",
            "invalid operator",
        ),
        ("SELECT Id, Hull FROM Lead", "INVALID_FIELD", "No such column 'Hull' on entity 'Lead'"),
        ("SELECT Id, id FROM Lead", "INVALID_FIELD", "duplicate field selected"),
        ("SELECT Owner.Name FROM Lead", "INVALID_FIELD", "relationship 'Owner'"),
        ("SELECT Id FROM Boat", "INVALID_TYPE", "'Boat' is not supported"),
        ("SELECT Id FROM Lead WHERE A = 1 AND B = 2 OR C = 3", "MALFORMED_QUERY", "'OR'"),
        ("SELECT FIELDS(ALL) FROM Lead", "MALFORMED_QUERY", "LIMIT"),
        ("DELETE FROM Lead", "MALFORMED_QUERY", "'DELETE'"),
    ] {
        let answer = soql(&org, query).await;
        assert_eq!((answer.status, code(&answer)), (400, expected), "{query}");
        assert!(answer.json[0]["message"].as_str().unwrap().contains(part), "{query}: {}", answer.text);
    }
    assert_eq!(code(&org.get(&format!("{DATA}/query")).await), "MALFORMED_QUERY");
}

#[tokio::test]
async fn long_answers_come_in_pages_that_end() {
    let org = org();
    for number in 0..450 {
        org.practice.add_record("Lead", &[("LastName".to_owned(), format!("P{number:03}"))].into()).unwrap();
    }
    let query = serde_urlencoded::to_string([(
        "q",
        "SELECT LastName FROM Lead WHERE LastName LIKE 'P%' ORDER BY LastName",
    )])
    .unwrap();
    let path = format!("{DATA}/query?{query}");
    let first =
        call_with(&org, "GET", &path, &[("sforce-query-options", "batchSize=200")], &Value::Null).await;
    let count = |answer: &crate::support::Answer| answer.json["records"].as_array().unwrap().len();
    // The sample's own Pritchard begins with a P as well.
    assert_eq!(
        (count(&first), first.json["totalSize"].as_u64(), first.json["done"].as_bool()),
        (200, Some(451), Some(false))
    );
    let next = first.json["nextRecordsUrl"].as_str().unwrap();
    assert!(next.starts_with("/services/data/v66.0/query/01g") && next.ends_with("-200"), "{next}");
    let second = org.get(next).await;
    let third = org.get(second.json["nextRecordsUrl"].as_str().unwrap()).await;
    assert_eq!((count(&second), count(&third), third.json["done"].as_bool()), (200, 51, Some(true)));
    let small = call_with(&org, "GET", &path, &[("sforce-query-options", "batchSize=5")], &Value::Null).await;
    assert_eq!(count(&small), 200, "the size is a hint");
    org.pass(16 * 60);
    let stale = org.get(next).await;
    assert_eq!((stale.status, code(&stale)), (400, "INVALID_QUERY_LOCATOR"));
}

#[tokio::test]
async fn a_user_has_few_open_queries() {
    let org = org();
    for number in 0..201 {
        org.practice.add_record("Lead", &[("LastName".to_owned(), format!("P{number:03}"))].into()).unwrap();
    }
    let path = format!("{DATA}/query?q=SELECT+Id+FROM+Lead");
    let open = async || {
        let page =
            call_with(&org, "GET", &path, &[("sforce-query-options", "batchSize=200")], &Value::Null).await;
        page.json["nextRecordsUrl"].as_str().unwrap().to_owned()
    };
    let oldest = open().await;
    for _ in 0..10 {
        open().await;
    }
    assert_eq!(code(&org.get(&oldest).await), "INVALID_QUERY_LOCATOR", "the oldest gave way");
}

#[tokio::test]
async fn late_commits_appear_behind_the_cursor() {
    let org = org();
    org.practice.set_weather(leadferry_practice::Weather { search_lag_seconds: 30, ..Default::default() });
    let id = lead(&org, json!({"LastName": "Late"})).await;
    let query = "SELECT Id FROM Lead WHERE SystemModstamp >= 2026-11-20T12:00:00Z";
    org.pass(20);
    assert_eq!(soql(&org, query).await.json["totalSize"], 0, "saved, but not visible to queries yet");
    assert_eq!(org.get(&format!("{LEAD}/{id}")).await.status, 200, "though it can be read by id");
    org.pass(10);
    assert_eq!(soql(&org, query).await.json["records"][0]["Id"], id.as_str(), "with the time it was saved");
}
