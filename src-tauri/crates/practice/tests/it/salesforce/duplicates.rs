//! Duplicate rules.

use serde_json::{Value, json};

use super::support::{DATA, LEAD, call_with, code, id, lead, org, org_with_lead_id, row, row_code, upsert};
use crate::support::Desk;

fn rule(org: &Desk, action: &str, more: Value) {
    let mut given = json!({"object": "Lead", "action": action});
    for (key, value) in more.as_object().unwrap() {
        given[key] = value.clone();
    }
    org.practice.pull("duplicate-rule", &given).unwrap();
}

fn person() -> Value {
    json!({"LastName": "Moss", "Company": "Example Ltd", "Email": "ada@example.com"})
}

async fn make(org: &Desk, headers: &[(&str, &str)]) -> crate::support::Answer {
    call_with(org, "POST", LEAD, headers, &person()).await
}

const SAVE: [(&str, &str); 1] =
    [("sforce-duplicate-rule-header", "allowSave=true; includeRecordDetails=false")];

#[tokio::test]
async fn an_alert_names_the_other_record_and_can_be_passed() {
    let org = org();
    let first = id(&make(&org, &[]).await);
    rule(&org, "alert", json!({}));
    let refused = make(&org, &[]).await;
    assert_eq!((refused.status, code(&refused)), (400, "DUPLICATES_DETECTED"));
    assert_eq!(
        (&refused.json[0]["message"], &refused.json[0]["fields"]),
        (&json!("Use one of these records?"), &json!([]))
    );
    let result = &refused.json[0]["duplicateResult"];
    assert_eq!(result["allowSave"], true);
    assert_eq!(result["matchResults"][0]["matchRecords"][0]["record"]["Id"], first.as_str());
    assert_eq!(make(&org, &SAVE).await.status, 201);
    rule(&org, "block", json!({}));
    let blocked = make(&org, &SAVE).await;
    assert_eq!(
        (code(&blocked), blocked.json[0]["duplicateResult"]["allowSave"].as_bool()),
        ("DUPLICATES_DETECTED", Some(false))
    );
    rule(&org, "off", json!({}));
    assert_eq!(make(&org, &[]).await.status, 201);
}

#[tokio::test]
async fn rules_look_at_updates_too() {
    let org = org();
    lead(&org, person()).await;
    let second = lead(&org, person()).await;
    rule(&org, "alert", json!({}));
    let refused = org.call("PATCH", &format!("{LEAD}/{second}"), Some(&json!({"Title": "x"}))).await;
    assert_eq!((refused.status, code(&refused)), (400, "DUPLICATES_DETECTED"), "whatever field is changed");
}

#[tokio::test]
async fn a_lead_can_be_the_duplicate_of_a_contact() {
    let org = org();
    let contact = json!({"LastName": "Moss", "Email": "ada@example.com"});
    let contact = id(&org.post(&format!("{DATA}/sobjects/Contact"), contact).await);
    rule(&org, "alert", json!({}));
    assert_eq!(make(&org, &[]).await.status, 201, "the rule looks at leads alone");
    rule(&org, "alert", json!({"across": true}));
    let refused = make(&org, &[]).await;
    let results = refused.json[0]["duplicateResult"]["matchResults"].as_array().unwrap().clone();
    let found = results.iter().find(|result| result["entityType"] == "Contact").unwrap();
    assert_eq!(found["matchRecords"][0]["record"]["Id"], contact.as_str());
}

#[tokio::test]
async fn rows_say_it_without_details() {
    let org = org_with_lead_id().await;
    make(&org, &[]).await;
    rule(&org, "alert", json!({}));
    let rows =
        upsert(&org, vec![row("L-1", person()), row("L-2", json!({"LastName": "R", "Company": "X"}))]).await;
    assert_eq!((row_code(&rows, 0), rows.json[1]["success"].as_bool()), ("DUPLICATES_DETECTED", Some(true)));
    assert!(rows.json[0]["errors"][0].get("duplicateResult").is_none(), "{}", rows.text);
}

#[tokio::test]
async fn older_versions_misspell_the_details() {
    let org = org();
    make(&org, &[]).await;
    rule(&org, "alert", json!({"misspelt": true}));
    let refused = make(&org, &[]).await;
    assert!(refused.json[0]["duplicateResut"]["matchResults"].is_array(), "{}", refused.text);
}
