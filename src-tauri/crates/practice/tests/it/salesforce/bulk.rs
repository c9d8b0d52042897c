//! Bulk API 2.0 jobs.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

use super::support::{DATA, code, lead, org_with_lead_id, soql, values};
use crate::support::{Answer, Desk};

fn jobs(rest: &str) -> String {
    format!("{DATA}/jobs/ingest{rest}")
}

async fn open(org: &Desk, changes: Value) -> String {
    let mut body = json!({
        "object": "Lead", "operation": "upsert", "externalIdFieldName": "Lead_ID__c", "contentType": "CSV",
        "lineEnding": "LF",
    });
    for (key, value) in changes.as_object().unwrap() {
        body[key] = value.clone();
    }
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let made = org.post(&jobs(""), body).await;
    assert_eq!((made.status, made.json["state"].as_str()), (200, Some("Open")), "{}", made.text);
    made.json["id"].as_str().unwrap().to_owned()
}

async fn put(org: &Desk, job: &str, csv: &str) -> Answer {
    let request = Request::put(jobs(&format!("/{job}/batches")))
        .header("authorization", format!("Bearer {}", org.token))
        .header("content-type", "text/csv; charset=UTF-8");
    org.raw(request.body(Body::from(csv.to_owned())).unwrap()).await
}

async fn state(org: &Desk, job: &str) -> String {
    org.get(&jobs(&format!("/{job}"))).await.json["state"].as_str().unwrap_or_default().to_owned()
}

async fn set(org: &Desk, job: &str, state: &str) -> Answer {
    org.call("PATCH", &jobs(&format!("/{job}")), Some(&json!({"state": state}))).await
}

/// Uploads, closes and waits.
async fn finish(org: &Desk, job: &str, csv: &str) -> Value {
    assert_eq!(put(org, job, csv).await.status, 201);
    assert_eq!(set(org, job, "UploadComplete").await.json["state"], "UploadComplete");
    org.pass(10);
    org.get(&jobs(&format!("/{job}"))).await.json
}

async fn result(org: &Desk, job: &str, kind: &str) -> Vec<String> {
    let answer = org.get(&jobs(&format!("/{job}/{kind}"))).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv")), "{}", answer.text);
    answer.text.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn rows_end_as_successes_and_failures_each_with_its_data() {
    let org = org_with_lead_id().await;
    let known = lead(&org, json!({"Lead_ID__c": "L-1", "Title": "Old"})).await;
    let job = open(&org, json!({})).await;
    let csv = "Lead_ID__c,LastName,Company,Email,NumberOfEmployees,Newsletter__c\n\
        L-1,Moss,\"Ropes, Knots & Co\",ada@example.com,12,true\n\
        L-2,Reyes,Example GmbH,not-an-address,,\n\
        L-3,Okoro,,o@example.com,,\n\
        L-4,Last,Example BV,,many,\n\
        L-1,Again,Example,,,\n\
        L-5,Fine,Example,,,\n";
    let done = finish(&org, &job, csv).await;
    assert_eq!(done["state"], "JobComplete", "{done}");
    assert_eq!(
        (done["numberRecordsProcessed"].as_u64(), done["numberRecordsFailed"].as_u64()),
        (Some(6), Some(4))
    );
    let good = result(&org, &job, "successfulResults").await;
    assert_eq!(
        good[0],
        "\"sf__Id\",\"sf__Created\",\"Lead_ID__c\",\"LastName\",\
         \"Company\",\"Email\",\"NumberOfEmployees\",\"Newsletter__c\""
    );
    assert!(good[1].starts_with(&format!("\"{known}\",\"false\",\"L-1\"")), "{good:?}");
    assert!(good[2].contains("\"true\",\"L-5\""), "{good:?}");
    let bad = result(&org, &job, "failedResults").await;
    let error = |line: usize| bad[line].split("\",\"").nth(1).unwrap().to_owned();
    assert_eq!(error(1), "INVALID_EMAIL_ADDRESS:Email: invalid email address: not-an-address:Email --");
    assert_eq!(error(2), "REQUIRED_FIELD_MISSING:Required fields are missing: [Company]:Company --");
    assert!(error(3).starts_with("JSON_PARSER_ERROR"), "a wrong type fails its row only here: {}", error(3));
    assert!(error(4).starts_with("DUPLICATE_VALUE:Duplicate external id specified"), "{}", error(4));
    assert_eq!(result(&org, &job, "unprocessedrecords").await.len(), 1, "the header alone");
    let written = values(&org, "Lead", &known);
    assert_eq!((written["Company"].as_str(), written["Title"].as_str()), ("Ropes, Knots & Co", "Old"));
}

#[tokio::test]
async fn a_job_moves_on_as_it_is_looked_at() {
    let org = org_with_lead_id().await;
    let job = open(&org, json!({})).await;
    put(&org, &job, "Lead_ID__c,LastName,Company\nL-1,Moss,Example\n").await;
    assert_eq!(state(&org, &job).await, "Open", "until it is closed");
    let early = org.get(&jobs(&format!("/{job}/successfulResults"))).await;
    assert_eq!(early.status, 400, "no results before the end");
    set(&org, &job, "UploadComplete").await;
    let seen = [state(&org, &job).await, state(&org, &job).await, state(&org, &job).await];
    assert_eq!(seen, ["UploadComplete", "InProgress", "JobComplete"], "though the clock stands still");
    assert_eq!(set(&org, &job, "Aborted").await.status, 409, "it is over");
}

#[tokio::test]
async fn an_aborted_job_leaves_its_rows_unprocessed() {
    let org = org_with_lead_id().await;
    let job = open(&org, json!({"operation": "insert", "externalIdFieldName": null})).await;
    put(&org, &job, "LastName,Company\nMoss,Example\n").await;
    set(&org, &job, "UploadComplete").await;
    assert_eq!(set(&org, &job, "Aborted").await.json["state"], "Aborted");
    org.pass(60);
    assert_eq!(
        result(&org, &job, "unprocessedrecords").await,
        ["\"LastName\",\"Company\"", "\"Moss\",\"Example\""]
    );
    assert_eq!(soql(&org, "SELECT Id FROM Lead WHERE LastName = 'Moss'").await.json["totalSize"], 0);
    assert_eq!(org.call("DELETE", &jobs(&format!("/{job}")), None).await.status, 204);
    assert_eq!(org.get(&jobs(&format!("/{job}"))).await.status, 404);
}

#[tokio::test]
async fn a_file_that_does_not_fit_fails_as_a_whole() {
    let org = org_with_lead_id().await;
    for (csv, error) in [
        (
            "Lead_ID__c,LastName\r\nL-1,Moss\r\n",
            "LineEnding is invalid on user data. Current LineEnding setting is LF",
        ),
        ("Lead_ID__c,Hull\nL-1,blue\n", "Field name not found : Hull"),
        ("LastName\nMoss\n", "Field name not found : Lead_ID__c"),
        ("Lead_ID__c,LastName\nL-1\n", "CSV error"),
    ] {
        let job = open(&org, json!({})).await;
        let done = finish(&org, &job, csv).await;
        assert_eq!(done["state"], "Failed", "{csv:?}");
        assert!(done["errorMessage"].as_str().unwrap().contains(error), "{csv:?}: {done}");
    }
    let crlf = open(&org, json!({"lineEnding": "CRLF", "columnDelimiter": "SEMICOLON"})).await;
    let done = finish(&org, &crlf, "Lead_ID__c;LastName;Company\r\nL-7;Moss;Example\r\n").await;
    assert_eq!(
        (done["state"].as_str(), done["numberRecordsFailed"].as_u64()),
        (Some("JobComplete"), Some(0)),
        "{done}"
    );
}

#[tokio::test]
async fn data_is_uploaded_once_and_only_as_csv() {
    let org = org_with_lead_id().await;
    let job = open(&org, json!({})).await;
    let json = org.call("PUT", &jobs(&format!("/{job}/batches")), Some(&json!({}))).await;
    assert_eq!(json.status, 415);
    assert_eq!(put(&org, &job, "Lead_ID__c\nL-1\n").await.status, 201);
    let again = put(&org, &job, "Lead_ID__c\nL-2\n").await;
    assert_eq!((again.status, code(&again)), (400, "CLIENT_ERROR"));
    set(&org, &job, "UploadComplete").await;
    assert_eq!(put(&org, &job, "Lead_ID__c\nL-2\n").await.status, 400, "it is closed");
    assert_eq!(org.get(&jobs("")).await.json["records"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn jobs_change_and_delete_by_id_and_blanks_keep_values() {
    let org = org_with_lead_id().await;
    let id = lead(&org, json!({"Title": "Skipper", "City": "Hull"})).await;
    let job = open(&org, json!({"operation": "update", "externalIdFieldName": null})).await;
    let done = finish(&org, &job, &format!("Id,Title,City\n{id},,#N/A\n00QJ80000000ZZZ,x,y\n")).await;
    assert_eq!(done["numberRecordsFailed"], 1, "{done}");
    let written = values(&org, "Lead", &id);
    assert_eq!((written.get("Title").map(String::as_str), written.get("City")), (Some("Skipper"), None));
    let bad = result(&org, &job, "failedResults").await;
    assert!(bad[1].starts_with("\"00QJ80000000ZZZ\",\"NOT_FOUND:"), "{bad:?}");
    let job = open(&org, json!({"operation": "delete", "externalIdFieldName": null})).await;
    assert_eq!(finish(&org, &job, &format!("Id\n{id}\n")).await["numberRecordsFailed"], 0);
    assert_eq!(soql(&org, &format!("SELECT Id FROM Lead WHERE Id = '{id}'")).await.json["totalSize"], 0);
}

#[tokio::test]
async fn a_job_that_cannot_be_is_not_made() {
    let org = org_with_lead_id().await;
    for (changes, expected) in [
        (json!({"object": "Boat"}), "INVALIDJOB"),
        (json!({"operation": "dance"}), "INVALIDJOB"),
        (json!({"externalIdFieldName": "LastName"}), "INVALIDJOB"),
        (json!({"externalIdFieldName": null}), "INVALIDJOB"),
        (json!({"operation": "insert"}), "INVALIDJOB"),
        (json!({"columnDelimiter": "SPACE"}), "INVALIDJOB"),
        (json!({"operation": "hardDelete", "externalIdFieldName": null}), "FEATURENOTENABLED"),
    ] {
        let mut body = json!({"object": "Lead", "operation": "upsert", "externalIdFieldName": "Lead_ID__c"});
        for (key, value) in changes.as_object().unwrap() {
            body[key] = value.clone();
        }
        body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let refused = org.post(&jobs(""), body).await;
        assert_eq!((refused.status, code(&refused)), (400, expected), "{changes}");
    }
}

#[tokio::test]
async fn an_org_without_bulk_says_so_and_goes_on_with_the_rest() {
    let org = org_with_lead_id().await;
    org.practice.pull("bulk", &json!({"enabled": false})).unwrap();
    let body = json!({"object": "Lead", "operation": "upsert", "externalIdFieldName": "Lead_ID__c"});
    let refused = org.post(&jobs(""), body).await;
    assert_eq!((refused.status, code(&refused)), (400, "FEATURENOTENABLED"));
    lead(&org, json!({"Lead_ID__c": "L-1"})).await;
}

#[tokio::test]
async fn a_job_that_is_cut_short_tells_three_kinds_of_rows_apart() {
    let org = org_with_lead_id().await;
    let csv = "Lead_ID__c,LastName,Company\nL-1,Moss,Example\nL-2,Reyes,\nL-3,Okoro,Example\n";
    let job = open(&org, json!({})).await;
    put(&org, &job, csv).await;
    let early = org.practice.pull("job", &json!({"id": job, "state": "Failed"}));
    assert!(early.is_err(), "it is not at work yet");
    set(&org, &job, "UploadComplete").await;
    let cut = json!({"id": job, "state": "Failed", "after": 2, "message": "TooManyLockFailure : locked"});
    org.practice.pull("job", &cut).unwrap();
    let shown = org.get(&jobs(&format!("/{job}"))).await.json;
    assert_eq!(
        (shown["state"].as_str(), shown["errorMessage"].as_str()),
        (Some("Failed"), Some("TooManyLockFailure : locked"))
    );
    let lines = [
        result(&org, &job, "successfulResults").await.len(),
        result(&org, &job, "failedResults").await.len(),
        result(&org, &job, "unprocessedrecords").await.len(),
    ];
    assert_eq!(lines, [2, 2, 2], "a header and a row each");
}

#[tokio::test]
async fn a_job_follows_the_assignment_rule_it_names_and_no_other() {
    let org = org_with_lead_id().await;
    let rules =
        soql(&org, "SELECT Id, Name FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true").await;
    let rule = rules.json["records"][0]["Id"].as_str().unwrap().to_owned();
    for (named, id, queue) in [(json!(rule), "L-1", true), (Value::Null, "L-2", false)] {
        let job = open(&org, json!({"assignmentRuleId": named})).await;
        finish(&org, &job, &format!("Lead_ID__c,LastName,Company\n{id},Moss,Example\n")).await;
        let owner = soql(&org, &format!("SELECT OwnerId FROM Lead WHERE Lead_ID__c = '{id}'")).await;
        let owner = owner.json["records"][0]["OwnerId"].as_str().unwrap().to_owned();
        assert_eq!(owner.starts_with("00G"), queue, "{id}: {owner}");
    }
    let body = json!({"object": "Lead", "operation": "upsert", "externalIdFieldName": "Lead_ID__c",
        "assignmentRuleId": "01QJ80000000ZZZ"});
    assert_eq!(code(&org.post(&jobs(""), body).await), "INVALIDJOB", "a rule nobody made");
    org.practice.pull("assignment-rule", &json!({"active": false})).unwrap();
    let none = soql(&org, "SELECT Id FROM AssignmentRule WHERE Active = true").await;
    assert_eq!(none.json["totalSize"], 0, "the rule says whether it is active");
}
