//! Answers that are not as the documents promise.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, PullRequest};
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

#[tokio::test]
async fn nulls_and_odd_types_hide_nothing_else() {
    let fields = json!([
        {"name": "Email", "type": "email", "label": null, "length": null, "nillable": null, "createable": true,
            "updateable": true, "picklistValues": null, "referenceTo": null, "inlineHelpText": null},
        {"label": "no name"},
        null,
        {"name": "Phone", "type": "phone", "length": "40", "createable": "true", "updateable": true, "picklistValues": [null, {"label": "x"}]},
    ]);
    let (_script, bench) = script([Fixture::new("GET", LEAD, 200, json!({"fields": fields}))]);
    let schema = CONNECTOR.describe(&bench.call(), "Lead").await.unwrap();
    let names: Vec<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Email", "Phone"], "what has no name is nothing");
    let phone = schema.field("Phone").unwrap();
    assert!(phone.max_length == Some(40) && !phone.read_only, "numbers and yes may come as texts: {phone:?}");
    assert_eq!(schema.label, "Lead", "the name people know, where the org says none");
}

#[tokio::test]
async fn rows_are_read_with_whatever_they_have() {
    let body = json!({"done": true, "records": [
        {"attributes": null, "Id": id(1), "EMAIL": "ada@example.com", "SystemModstamp": "yesterday"},
        {"Email": "nobody@example.com"},
        "no row",
    ]});
    let (_script, bench) = script([Fixture::new("GET", QUERY, 200, body)]);
    let fields = ["Email".to_owned()];
    let request = PullRequest { object: "Lead", fields: &fields, cursor: None };
    let page = CONNECTOR.pull(&bench.call(), &request).await.unwrap();
    assert_eq!(page.records.len(), 1, "what has no id is no record");
    let record = &page.records[0];
    assert_eq!(record.fields.text("Email").as_deref(), Some("ada@example.com"), "names in any case");
    assert_eq!(record.changed_at, None, "a time nobody can read is none");
}

#[tokio::test]
async fn saved_rows_without_id_or_success_are_no_success() {
    let cases = [
        (json!({"success": true, "errors": []}), "unexpected"),
        (json!({"id": id(1), "errors": []}), "unexpected"),
        (json!({"success": false, "errors": []}), "unexpected"),
        (json!({"success": false, "errors": null}), "unexpected"),
        (
            json!({"success": "false", "errors": [{"statusCode": "UNABLE_TO_LOCK_ROW", "message": null, "fields": null}]}),
            "busy",
        ),
    ];
    for (row, expected) in cases {
        let shown = row.to_string();
        let (_script, bench) = script([Fixture::new("PATCH", UPSERT, 200, json!([row]))]);
        let failure = CONNECTOR.upsert(&bench.call(), "Lead", &[lead(1)]).await.remove(0).unwrap_err();
        assert_eq!(failure.kind.word(), expected, "{shown}");
    }
}

#[tokio::test]
async fn a_page_that_leads_elsewhere_is_not_followed() {
    let users = json!({"done": false, "nextRecordsUrl": "https://evil.example.org/x", "records": [{"Id": "0055g00000XyZabAAF"}]});
    let (script, bench) = script([Fixture::new("GET", QUERY, 200, users)]);
    let failure = CONNECTOR.actions(&bench.call()).await.unwrap_err();
    assert_eq!(failure.kind.word(), "unexpected", "tokens go to the org only");
    assert_eq!(script.sent().len(), 1, "nothing went there");
}
