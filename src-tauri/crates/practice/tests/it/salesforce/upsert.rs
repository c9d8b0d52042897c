//! Upserting one record by its key.

use serde_json::json;

use super::support::{DATA, LEAD, code, id, lead, org, org_with_lead_id, values};

#[tokio::test]
async fn an_upsert_creates_once_and_updates_after() {
    let org = org_with_lead_id().await;
    let path = format!("{LEAD}/Lead_ID__c/L-1001");
    let body = json!({"LastName": "Moss", "Company": "Example Ltd"});
    let first = org.call("PATCH", &path, Some(&body)).await;
    let lead = id(&first);
    assert_eq!(first.json, json!({"id": lead, "success": true, "errors": [], "created": true}));
    assert_eq!(first.header("location"), Some(format!("{LEAD}/{lead}").as_str()));
    let second = org.call("PATCH", &path, Some(&json!({"Title": "Skipper"}))).await;
    assert_eq!(
        (second.status, &second.json),
        (200, &json!({"id": lead, "success": true, "errors": [], "created": false}))
    );
    assert_eq!(values(&org, "Lead", &lead)["Lead_ID__c"], "L-1001");
    let read = org.get(&path).await;
    assert_eq!(read.json["Title"], "Skipper");
    assert_eq!(org.get(&format!("{LEAD}/Lead_ID__c/L-9")).await.status, 404);
}

#[tokio::test]
async fn keys_are_decoded_and_compared_without_case() {
    let org = org_with_lead_id().await;
    let body = json!({"LastName": "Moss", "Company": "Example Ltd"});
    let slash = org.call("PATCH", &format!("{LEAD}/Lead_ID__c/a%2Fb%20c%2Bd"), Some(&body)).await;
    assert_eq!(values(&org, "Lead", &id(&slash))["Lead_ID__c"], "a/b c+d");
    let again =
        org.call("PATCH", &format!("{LEAD}/lead_id__c/A%2FB%20C%2BD"), Some(&json!({"Title": "x"}))).await;
    assert_eq!(again.json["created"], false, "the field is not case sensitive");
}

#[tokio::test]
async fn the_body_must_not_repeat_the_key() {
    let org = org_with_lead_id().await;
    for field in ["Lead_ID__c", "Id"] {
        let mut body = json!({"LastName": "Moss", "Company": "X"});
        body[field] = json!("L-1");
        let refused = org.call("PATCH", &format!("{LEAD}/Lead_ID__c/L-1"), Some(&body)).await;
        assert_eq!((refused.status, code(&refused)), (400, "INVALID_FIELD"), "{field}");
    }
}

#[tokio::test]
async fn only_keys_can_be_upserted_by() {
    let org = org_with_lead_id().await;
    for field in ["LastName", "Nothing__c"] {
        let refused = org.call("PATCH", &format!("{LEAD}/{field}/x"), Some(&json!({"Title": "x"}))).await;
        assert_eq!((refused.status, code(&refused)), (404, "NOT_FOUND"), "{field}");
    }
    let path = format!("{DATA}/sobjects/Contact/Email/ada%40example.com");
    let contact = org.call("PATCH", &path, Some(&json!({"LastName": "Moss"}))).await;
    assert_eq!(
        (contact.status, contact.json["created"].as_bool()),
        (201, Some(true)),
        "an address looks people up"
    );
}

#[tokio::test]
async fn update_only_creates_nothing() {
    let org = org_with_lead_id().await;
    let path = format!("{LEAD}/Lead_ID__c/L-1?updateOnly=true");
    let before = org.practice.counts()["Lead"];
    let refused = org.call("PATCH", &path, Some(&json!({"LastName": "Moss", "Company": "X"}))).await;
    assert_eq!(refused.status, 404);
    assert_eq!(org.practice.counts()["Lead"], before);
    lead(&org, json!({"Lead_ID__c": "L-1"})).await;
    assert_eq!(org.call("PATCH", &path, Some(&json!({"Title": "x"}))).await.status, 200);
}

#[tokio::test]
async fn a_key_of_several_records_answers_their_addresses() {
    let org = org();
    let first = lead(&org, json!({"Member_Number__c": "M-7"})).await;
    let second = lead(&org, json!({"Member_Number__c": "M-7"})).await;
    let many = org.call("PATCH", &format!("{LEAD}/Member_Number__c/M-7"), Some(&json!({"Title": "x"}))).await;
    assert_eq!(
        (many.status, &many.json),
        (300, &json!([format!("{LEAD}/{first}"), format!("{LEAD}/{second}")]))
    );
    assert_eq!(org.get(&format!("{LEAD}/Member_Number__c/M-7")).await.status, 300);
}

#[tokio::test]
async fn a_unique_value_has_one_holder() {
    let org = org_with_lead_id().await;
    let holder = lead(&org, json!({"Lead_ID__c": "L-1"})).await;
    let refused = org.post(LEAD, json!({"LastName": "Reyes", "Company": "X", "Lead_ID__c": "l-1"})).await;
    assert_eq!((refused.status, code(&refused)), (400, "DUPLICATE_VALUE"));
    let message = refused.json[0]["message"].as_str().unwrap();
    assert!(message.ends_with(&format!("record with id: {}", &holder[..15])), "by its short id: {message}");
    org.call("DELETE", &format!("{LEAD}/{holder}"), None).await;
    let free = org
        .call("PATCH", &format!("{LEAD}/Lead_ID__c/L-1"), Some(&json!({"LastName": "R", "Company": "X"})))
        .await;
    assert_eq!(free.json["created"], true, "what lies in the bin holds nothing");
}
