//! Describe and creating fields.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, FieldSpec};
use leadferry_model::{FailureKind, FieldKind};
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

const TOOLING: &str = "/services/data/v66.0/tooling/sobjects/CustomField";
const SETS: &str = "/services/data/v66.0/sobjects/PermissionSet";
const GRANTS: &str = "/services/data/v66.0/sobjects/FieldPermissions";
const ASSIGNED: &str = "/services/data/v66.0/sobjects/PermissionSetAssignment";
const SET: &str = "0PS5g000000AbCdGAK";

const FIND_SET: &str = "SELECT Id FROM PermissionSet WHERE Name = 'Leadferry'";
const FIND_GRANT: &str = "SELECT Id, PermissionsEdit FROM FieldPermissions WHERE ParentId = '0PS5g000000AbCdGAK' \
                          AND SobjectType = 'Lead' AND Field = 'Lead.Lead_ID__c'";

fn described(fields: &[Json]) -> Fixture {
    Fixture::new("GET", LEAD, 200, json!({"name": "Lead", "label": "Lead", "fields": fields}))
}

fn lead_id(unique: bool) -> Json {
    json!({"name": "Lead_ID__c", "label": "Lead ID", "type": "string", "length": 64, "nillable": true, "createable": true,
        "updateable": true, "custom": true, "externalId": unique, "unique": unique, "caseSensitive": false})
}

#[tokio::test]
async fn fields_come_with_options_lengths_and_requirements() {
    let (_script, bench) = script([Fixture::file(include_str!("../fixtures/lead.json"))]);
    let schema = CONNECTOR.describe(&bench.call(), "Lead").await.unwrap();
    let field = |name: &str| schema.field(name).unwrap_or_else(|| panic!("{name} is described"));
    let kinds = [
        ("Id", FieldKind::Other),
        ("LastName", FieldKind::Text),
        ("Description", FieldKind::LongText),
        ("Email", FieldKind::Email),
        ("Phone", FieldKind::Phone),
        ("Website", FieldKind::Url),
        ("LeadSource", FieldKind::Choice),
        ("Interests__c", FieldKind::MultiChoice),
        ("AnnualRevenue", FieldKind::Money),
        ("NumberOfEmployees", FieldKind::Number),
        ("HasOptedOutOfEmail", FieldKind::Bool),
        ("First_Visit__c", FieldKind::Date),
        ("SystemModstamp", FieldKind::DateTime),
        ("OwnerId", FieldKind::Owner),
        ("Campaign__c", FieldKind::Text),
    ];
    for (name, kind) in kinds {
        assert_eq!(field(name).kind, kind, "{name}");
    }
    assert!(field("LastName").required && field("Company").required, "a lead needs these two");
    assert!(!field("OwnerId").required && !field("HasOptedOutOfEmail").required, "Salesforce has a default");
    assert!(field("SystemModstamp").read_only && field("Score__c").read_only, "filled by Salesforce");
    assert!(field("EmailBouncedReason").read_only, "what no new record takes cannot be part of an upsert");
    assert_eq!(field("LastName").max_length, Some(80), "lengths are known before they are refused");
    let values: Vec<&str> = field("LeadSource").options.iter().map(|option| option.value.as_str()).collect();
    assert_eq!(values, ["Web", "Fair"], "values that are switched off are not offered");
    assert!(field("LeadSource").help.as_deref().unwrap().contains("not on the list"), "an open list says so");
    assert!(schema.field("Address").is_none(), "its parts are the fields");
    assert!(schema.field("Lead_ID__c").unwrap().unique, "the key for upserts");
}

#[tokio::test]
async fn the_usual_record_type_narrows_the_options() {
    let types = json!([
        {"recordTypeId": "0125g000000AbCdAAK", "name": "Berths", "available": true, "master": false, "defaultRecordTypeMapping": true},
        {"recordTypeId": "0125g000000AbCeAAK", "name": "Hidden", "available": false, "master": false},
        {"recordTypeId": "012000000000000AAA", "name": "Master", "available": true, "master": true},
    ]);
    let source = json!({"name": "LeadSource", "type": "picklist", "createable": true, "updateable": true, "nillable": true,
        "picklistValues": [{"value": "Web", "active": true}, {"value": "Fair", "active": true}]});
    let kind = json!({"name": "RecordTypeId", "type": "reference", "referenceTo": ["RecordType"], "createable": true,
        "updateable": true, "nillable": true});
    let body = || json!({"label": "Lead", "fields": [source, kind], "recordTypeInfos": types});
    let path = "/services/data/v66.0/ui-api/object-info/Lead/picklist-values/0125g000000AbCdAAK";
    let narrowed =
        json!({"picklistFieldValues": {"LeadSource": {"values": [{"label": "Web", "value": "Web"}]}}});
    for (status, hidden) in [(200, [false, true]), (403, [false, false])] {
        let (_script, bench) = script([
            Fixture::new("GET", LEAD, 200, body()),
            Fixture::new("GET", path, status, narrowed.clone()),
        ]);
        let schema = CONNECTOR.describe(&bench.call(), "Lead").await.unwrap();
        let options = &schema.field("LeadSource").unwrap().options;
        assert_eq!(
            [options[0].hidden, options[1].hidden],
            hidden,
            "other record types may still use it: HTTP {status}"
        );
        let kinds = &schema.field("RecordTypeId").unwrap().options;
        let labels: Vec<&str> = kinds.iter().map(|option| option.label.as_str()).collect();
        assert_eq!(labels, ["Berths"], "record types this person may use");
    }
}

fn wanted() -> FieldSpec {
    FieldSpec { name: "Lead_ID__c".into(), label: "Lead ID".into(), kind: FieldKind::Text, unique: true }
}

fn made(id: &str) -> Json {
    json!({"id": id, "success": true, "errors": []})
}

#[tokio::test]
async fn the_lead_id_field_is_made_and_shown_to_the_signed_in_user() {
    let body = json!({"FullName": "Lead.Lead_ID__c", "Metadata": {"label": "Lead ID", "type": "Text", "length": 64,
        "externalId": true, "unique": true, "caseSensitive": false,
        "description": "Set by Leadferry, which finds its leads again by it. Do not edit."}});
    let set = json!({"Name": "Leadferry", "Label": "Leadferry",
        "Description": "Lets Leadferry's user see the fields Leadferry created."});
    let grant = json!({"ParentId": SET, "SobjectType": "Lead", "Field": "Lead.Lead_ID__c", "PermissionsRead": true,
        "PermissionsEdit": true});
    let assignment = json!({"AssigneeId": "0055g00000XyZabAAF", "PermissionSetId": SET});
    let (_script, bench) = script([
        described(&[]),
        Fixture::new("POST", TOOLING, 201, made("00N5g000000AbCdEAK")).body(body),
        Fixture::new("GET", QUERY, 200, rows(vec![])).query(ask(FIND_SET)),
        Fixture::new("POST", SETS, 201, made(SET)).body(set),
        Fixture::new("GET", QUERY, 200, rows(vec![])).query(ask(FIND_GRANT)),
        Fixture::new("POST", GRANTS, 201, made("01k5g000000AbCdAAK")).body(grant),
        Fixture::new("POST", ASSIGNED, 201, made("0Pa5g000000AbCdCAK")).body(assignment),
        described(&[lead_id(true)]),
    ]);
    let bench = bench.set("salesforce_user_id", "0055g00000XyZabAAF");
    let field = CONNECTOR.create_field(&bench.call(), "Lead", &wanted()).await.unwrap();
    assert!(field.unique && field.name == "Lead_ID__c", "or upserts could not use it: {field:?}");
}

#[tokio::test]
async fn a_field_that_serves_already_is_left_alone() {
    let (script, bench) = script([described(&[lead_id(true)])]);
    CONNECTOR.create_field(&bench.call(), "Lead", &wanted()).await.unwrap();
    assert_eq!(script.sent().len(), 1, "nothing is written a second time");
}

#[tokio::test]
async fn a_field_that_is_there_but_hidden_is_shown() {
    let exists = refusal("DUPLICATE_DEVELOPER_NAME", "There is already a field named Lead_ID on Lead.");
    let assigned =
        refusal("DUPLICATE_VALUE", "duplicate value found: Duplicate PermissionSetAssignment. Assignee: 005");
    let (_script, bench) = script([
        described(&[]),
        Fixture::new("POST", TOOLING, 400, exists),
        Fixture::new("GET", QUERY, 200, rows(vec![json!({"Id": SET})])).query(ask(FIND_SET)),
        Fixture::new(
            "GET",
            QUERY,
            200,
            rows(vec![json!({"Id": "01k5g000000AbCdAAK", "PermissionsEdit": false})]),
        )
        .query(ask(FIND_GRANT)),
        Fixture::new("PATCH", &format!("{GRANTS}/01k5g000000AbCdAAK"), 204, json!(null))
            .body(json!({"PermissionsRead": true, "PermissionsEdit": true})),
        Fixture::new("GET", USER_INFO, 200, json!({"user_id": "0055g00000XyZabAAF"})),
        Fixture::new("POST", ASSIGNED, 400, assigned),
        described(&[lead_id(true)]),
    ]);
    let field = CONNECTOR.create_field(&bench.call(), "Lead", &wanted()).await.unwrap();
    assert_eq!(field.name, "Lead_ID__c", "each step that was done already is passed by");
}

#[tokio::test]
async fn a_field_that_cannot_serve_gives_way_to_the_next_name() {
    let other = json!({"name": "Leadferry_Lead_ID__c", "type": "string", "createable": true, "updateable": true,
        "nillable": true, "externalId": true, "unique": true});
    let (_script, bench) = script([described(&[lead_id(false), other])]);
    let field = CONNECTOR.create_field(&bench.call(), "Lead", &wanted()).await.unwrap();
    assert_eq!(field.name, "Leadferry_Lead_ID__c", "an ordinary text field could hold one value twice");
}

#[tokio::test]
async fn a_person_without_the_right_is_told_which() {
    let (_script, bench) = script([
        described(&[]),
        Fixture::new("POST", TOOLING, 403, refusal("INSUFFICIENT_ACCESS", "insufficient access rights")),
    ]);
    let failure = CONNECTOR.create_field(&bench.call(), "Lead", &wanted()).await.unwrap_err();
    assert!(matches!(failure.kind, FailureKind::Permission { .. }), "{failure:?}");
}

#[tokio::test]
async fn a_field_that_stays_hidden_is_said_to_be() {
    let (_script, bench) = script([
        described(&[]),
        Fixture::new("POST", TOOLING, 201, made("00N5g000000AbCdEAK")),
        Fixture::new("GET", QUERY, 200, rows(vec![json!({"Id": SET})])).query(ask(FIND_SET)),
        Fixture::new(
            "GET",
            QUERY,
            200,
            rows(vec![json!({"Id": "01k5g000000AbCdAAK", "PermissionsEdit": true})]),
        )
        .query(ask(FIND_GRANT)),
        Fixture::new("POST", ASSIGNED, 201, made("0Pa5g000000AbCdCAK")),
        described(&[]),
    ]);
    let bench = bench.set("salesforce_user_id", "0055g00000XyZabAAF");
    let failure = CONNECTOR.create_field(&bench.call(), "Lead", &wanted()).await.unwrap_err();
    let missing = vec!["Lead.Lead_ID__c".to_owned()];
    assert_eq!(failure.kind, FailureKind::Permission { missing }, "an administrator knows what to do");
}

#[tokio::test]
async fn a_field_with_options_is_left_to_the_person() {
    let (_script, bench) = script([described(&[])]);
    let choice = FieldSpec { kind: FieldKind::Choice, ..wanted() };
    let failure = CONNECTOR.create_field(&bench.call(), "Lead", &choice).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid { fields: vec![] }, "its options are not ours to invent");
}
