//! What a strict vendor would object to is noted, and the call goes on.

use serde_json::{Value, json};

use super::support::{BY_KEY, DATA, LEAD, ROWS, call_with, org_with_lead_id, row};

#[tokio::test]
async fn undocumented_parameters_keys_and_headers_are_noted() {
    let org = org_with_lead_id().await;
    org.get(&format!("{DATA}/sobjects/Lead/describe?verbose=1")).await;
    let body = json!({"allOrNone": false, "mode": "fast", "records": [
        {"attributes": {"type": "Lead", "colour": "red"}, "LastName": "Moss", "Company": "X", "Lead_ID__c": "L-1"},
    ]});
    assert_eq!(org.call("PATCH", BY_KEY, Some(&body)).await.status, 200, "the call goes on");
    call_with(&org, "GET", LEAD, &[("sforce-magic", "1")], &Value::Null).await;
    org.post(LEAD, json!({"LastName": "Moss", "Company": "X", "Phone": 447_700_900_101_u64})).await;
    org.form("/services/oauth2/token", &[("grant_type", "refresh_token"), ("flavour", "x")]).await;
    assert_eq!(
        org.faults(),
        [
            "unknown query parameter: verbose",
            "unknown body property: mode",
            "unknown body property: records[].attributes.colour",
            "unknown header: sforce-magic",
            "a number for the text field Phone",
            "unknown form field: flavour",
        ]
    );
}

#[tokio::test]
async fn documented_requests_are_not() {
    let org = org_with_lead_id().await;
    let person = || row("L-1", json!({"LastName": "Moss", "Company": "X"}));
    org.call("PATCH", BY_KEY, Some(&json!({"allOrNone": false, "records": [person()]}))).await;
    org.call("PATCH", &format!("{LEAD}/Lead_ID__c/L-1?updateOnly=true"), Some(&json!({"Title": "x"}))).await;
    org.get(&format!("{DATA}/query?q=SELECT+Id+FROM+Lead")).await;
    org.get(&format!("{ROWS}/Lead?ids=00QJ80000000ZZZ&fields=Id")).await;
    let headers = [("sforce-auto-assign", "FALSE"), ("sforce-duplicate-rule-header", "allowSave=true")];
    call_with(&org, "PATCH", &format!("{LEAD}/Lead_ID__c/L-1"), &headers, &json!({"Title": "y"})).await;
    assert_eq!(org.faults(), Vec::<String>::new());
}

#[tokio::test]
async fn calls_are_counted_without_ids_and_keys() {
    let org = org_with_lead_id().await;
    let id = super::support::lead(&org, json!({})).await;
    org.get(&format!("{LEAD}/{id}")).await;
    org.call("PATCH", &format!("{LEAD}/Lead_ID__c/L-1"), Some(&json!({"LastName": "M", "Company": "X"})))
        .await;
    let counts = org.practice.call_counts();
    for label in [
        "GET /services/data/v66.0/sobjects/Lead/{id}",
        "PATCH /services/data/v66.0/sobjects/Lead/Lead_ID__c/{value}",
        "POST /services/data/v66.0/sobjects/Lead",
    ] {
        assert_eq!(counts.get(label), Some(&1), "{label}: {counts:?}");
    }
}
