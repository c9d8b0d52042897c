//! Answers that are wrong in one place each: a practice CRM that gave them would teach its connector what the vendor never does.

use bytes::Bytes;
use http::{Request, Response};
use leadferry_tests::contract::Contract;

#[track_caller]
fn check(id: &str, (method, path): (&str, &str), status: u16, body: &'static str, expected: &[&str]) {
    let contract = Contract::of(id);
    if !contract.is_there() {
        return;
    }
    let asked =
        Request::builder().method(method).uri(format!("https://api.example.com{path}")).body(()).unwrap();
    let answer = Response::builder().status(status);
    let answer = if body.is_empty() {
        answer
    } else {
        answer.header("content-type", "application/json;charset=utf-8")
    };
    let faults =
        contract.answer(&asked.into_parts().0, &answer.body(Bytes::from_static(body.as_bytes())).unwrap());
    let same = faults.len() == expected.len()
        && faults.iter().zip(expected).all(|(one, start)| one.starts_with(start));
    assert!(same, "{id} {method} {path} {status} {body}: {faults:#?} instead of {expected:#?}");
}

#[test]
fn answers_of_hubspot() {
    let one = ("GET", "/crm/objects/2026-03/contacts/5");
    let record = r#"{"id": "5", "properties": {"email": null}, "createdAt": "2026-11-20T09:00:00Z",
        "updatedAt": "2026-11-20T09:00:00Z", "archived": false}"#;
    check("hubspot", one, 200, record, &[]);
    let number = r#"{"id": 5, "properties": {}, "createdAt": "2026-11-20T09:00:00Z",
        "updatedAt": "2026-11-20T09:00:00Z", "archived": false}"#;
    check("hubspot", one, 200, number, &["answer.id is no text"]);
    check("hubspot", one, 404, r#"{"status": "error", "code": 5}"#, &["answer.code is unknown"]);
    check("hubspot", one, 503, "", &[]);
}

#[test]
fn answers_of_pipedrive() {
    let one = ("GET", "/api/v2/persons/5");
    check(
        "pipedrive",
        one,
        200,
        r#"{"success": true, "data": {"id": 5, "name": "Ada", "org_id": null}}"#,
        &[],
    );
    check(
        "pipedrive",
        one,
        200,
        r#"{"success": true, "data": {"id": "5"}}"#,
        &["answer.data.id: '5' is not of type"],
    );
    check(
        "pipedrive",
        one,
        200,
        r#"{"success": true, "data": {"id": null}}"#,
        &["answer.data.id: None is not of type"],
    );
    check(
        "pipedrive",
        one,
        200,
        r#"{"success": true, "data": {"email": "x"}}"#,
        &["answer.data.email: unknown property"],
    );
    check("pipedrive", one, 202, "", &["answer: 202 is no documented status"]);
    check("pipedrive", one, 429, "", &[]);
}

#[test]
fn answers_of_salesforce() {
    let made = ("POST", "/services/data/v66.0/sobjects/Lead");
    check("salesforce", made, 201, r#"{"id": "00Q5g00000AbCdEFGH", "success": true, "errors": []}"#, &[]);
    check(
        "salesforce",
        made,
        201,
        r#"{"id": "00Q5g00000AbCdEFGH", "success": true}"#,
        &["answer: 'errors' is a required"],
    );
    check("salesforce", made, 400, r#"[{"message": "No", "errorCode": "INVALID_FIELD", "fields": []}]"#, &[]);
    check(
        "salesforce",
        made,
        400,
        r#"{"message": "No"}"#,
        &["answer: {'message': 'No'} is not of type 'array'"],
    );
    check(
        "salesforce",
        ("PATCH", "/services/data/v66.0/sobjects/Lead/00Q5g00000AbCdEFGH"),
        204,
        "{}",
        &["answer: a body"],
    );
    let tokens = ("POST", "/services/oauth2/token");
    check("salesforce", tokens, 200, r#"{"access_token": "a", "instance_url": "https://example.com"}"#, &[]);
    check(
        "salesforce",
        tokens,
        200,
        r#"{"access_token": "a"}"#,
        &["answer: 'instance_url' is a required property"],
    );
    check("salesforce", tokens, 400, r#"{"error": "invalid_grant", "error_description": "expired"}"#, &[]);
}

#[test]
fn answers_of_zoho() {
    let upsert = ("POST", "/crm/v8/Leads/upsert");
    let done = r#"{"data": [{"code": "SUCCESS", "status": "success", "message": "record added", "action": "insert",
        "duplicate_field": null, "details": {"id": "5"}}]}"#;
    check("zoho", upsert, 200, done, &[]);
    let mixed = r#"{"data": [{"code": "SUCCESS", "status": "success", "message": "record updated", "details": {"id": "5"}},
        {"code": "INVALID_DATA", "status": "error", "message": "invalid data", "details": {"api_name": "Email"}}]}"#;
    check("zoho", upsert, 207, mixed, &[]);
    let number = r#"{"data": [{"code": "SUCCESS", "status": "success", "message": "record added", "details": {"id": 5}}]}"#;
    check("zoho", upsert, 200, number, &["answer.data[0].details.id: 5 is not of type 'string'"]);
    check("zoho", upsert, 200, r#"{"result": []}"#, &["answer.result: unknown property"]);
    check("zoho", ("GET", "/crm/v8/Leads?fields=Email"), 204, "", &[]);
}
