//! What these tests share: an org, its paths, and short ways to call it.

use std::sync::Arc;

use axum::body::Body;
use http::Request;
use leadferry_model::ManualClock;
use leadferry_practice::{Options, Practice};
use serde_json::{Value, json};

use crate::support::{Answer, Desk, noon};

pub(crate) const DATA: &str = "/services/data/v66.0";
pub(crate) const LEAD: &str = "/services/data/v66.0/sobjects/Lead";
pub(crate) const ROWS: &str = "/services/data/v66.0/composite/sobjects";
pub(crate) const BY_KEY: &str = "/services/data/v66.0/composite/sobjects/Lead/Lead_ID__c";
pub(crate) const DANA: &str = "005J80000000001IAA";

/// A practice Salesforce with the admin's token.
pub(crate) fn org() -> Desk {
    let clock = Arc::new(ManualClock::new(noon()));
    let options = Options { seed: Some(7), clock: clock.clone(), public_base: None };
    let practice = Practice::new("salesforce", options).unwrap();
    let token = practice.tokens().full.expose().to_owned();
    Desk { practice, clock, token }
}

/// The same, with the field Lead ID on leads, made and granted as a connector has to.
pub(crate) async fn org_with_lead_id() -> Desk {
    let org = org();
    make_lead_id(&org).await;
    grant(&org, "Lead.Lead_ID__c").await;
    org.practice.clear_log();
    org
}

pub(crate) fn lead_id_field() -> Value {
    json!({
        "FullName": "Lead.Lead_ID__c",
        "Metadata": {
            "label": "Lead ID", "type": "Text", "length": 64, "externalId": true, "unique": true,
            "caseSensitive": false, "description": "Key from the desktop app. Do not edit.",
        },
    })
}

pub(crate) async fn make_lead_id(org: &Desk) -> Answer {
    let made = org.post(&format!("{DATA}/tooling/sobjects/CustomField"), lead_id_field()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made
}

/// Grants reading and writing of a field to Dana.
pub(crate) async fn grant(org: &Desk, field: &str) {
    let set = json!({"Name": "Leadferry", "Label": "Leadferry"});
    let set = id(&org.post(&format!("{DATA}/sobjects/PermissionSet"), set).await);
    let object = field.split_once('.').unwrap().0;
    let permissions = json!({
        "ParentId": set, "SobjectType": object, "Field": field, "PermissionsRead": true, "PermissionsEdit": true,
    });
    id(&org.post(&format!("{DATA}/sobjects/FieldPermissions"), permissions).await);
    let assignment = json!({"AssigneeId": DANA, "PermissionSetId": set});
    id(&org.post(&format!("{DATA}/sobjects/PermissionSetAssignment"), assignment).await);
}

/// The id of what was just made.
pub(crate) fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["id"].as_str().unwrap().to_owned()
}

/// The code of the first error.
pub(crate) fn code(answer: &Answer) -> &str {
    answer.json[0]["errorCode"].as_str().unwrap_or_default()
}

/// The code of a row's first error.
pub(crate) fn row_code(answer: &Answer, row: usize) -> &str {
    answer.json[row]["errors"][0]["statusCode"].as_str().unwrap_or_default()
}

/// Creates a lead with name and company, and these fields, and answers its id.
pub(crate) async fn lead(org: &Desk, mut fields: Value) -> String {
    for (name, value) in [("LastName", "Moss"), ("Company", "Example Ltd")] {
        if fields[name].is_null() {
            fields[name] = json!(value);
        }
    }
    id(&org.post(LEAD, fields).await)
}

/// A row of an upsert by Lead ID.
pub(crate) fn row(key: &str, mut fields: Value) -> Value {
    fields["attributes"] = json!({"type": "Lead"});
    fields["Lead_ID__c"] = json!(key);
    fields
}

/// Upserts leads by Lead ID.
pub(crate) async fn upsert(org: &Desk, rows: Vec<Value>) -> Answer {
    org.call("PATCH", BY_KEY, Some(&json!({"allOrNone": false, "records": rows}))).await
}

/// Runs a query.
pub(crate) async fn soql(org: &Desk, query: &str) -> Answer {
    let query = serde_urlencoded::to_string([("q", query)]).unwrap();
    org.get(&format!("{DATA}/query?{query}")).await
}

/// Calls with headers beside the token.
pub(crate) async fn call_with(
    org: &Desk,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let mut request =
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", org.token));
    if !body.is_null() {
        request = request.header("content-type", "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    org.raw(request.body(body).unwrap()).await
}

/// A lead's values, as the inspection face shows them.
pub(crate) fn values(org: &Desk, object: &str, id: &str) -> std::collections::BTreeMap<String, String> {
    let number = org.practice.number_of(object, id).unwrap().unwrap();
    org.practice.record(object, number).unwrap().unwrap().values
}
