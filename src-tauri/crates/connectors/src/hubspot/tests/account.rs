//! Check, describe and creating fields.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, FieldSpec};
use leadferry_model::{FailureKind, FieldKind};
use serde_json::json;

use super::*;
use crate::hubspot::CONNECTOR;

const TOKEN: &str = "/oauth/v2/private-apps/get/access-token-info";
const PROPERTIES: &str = "/crm/properties/2026-03/contacts";
const RULES: &str = "/crm/property-validations/2026-03/0-1";

fn details() -> Fixture {
    Fixture::file(include_str!("../fixtures/account.json"))
}

#[tokio::test]
async fn the_check_says_who_we_are_and_what_we_may_do() {
    let info =
        json!({"userId": 9, "hubId": 7654321, "appId": 1, "scopes": ["oauth", "crm.objects.contacts.read"]});
    let owner = json!({"id": "5", "userId": 9, "firstName": "Ada", "lastName": "Example", "email": "ada@example.com"});
    let (script, bench) = script([
        details(),
        Fixture::new("POST", TOKEN, 200, info),
        Fixture::new("GET", "/crm/owners/2026-03/9", 200, owner).query(json!({"idProperty": "userId"})),
    ]);
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert_eq!((account.id.as_str(), account.sandbox), ("7654321", true), "the account and its kind");
    assert_eq!(account.user.as_deref(), Some("Ada Example (ada@example.com)"), "whose token it is");
    assert_eq!(account.may, ["read contacts"], "rights in words");
    assert!(account.may_not.contains(&"write contacts, notes and tasks".to_owned()), "and what is missing");
    assert!(account.read_only, "no scope to write anything");
    assert_eq!(script.sent()[1].json()["tokenKey"], Bench::TOKEN, "the kit fills it in");
    let log = format!("{:?}", bench.exchanges());
    assert!(!log.contains("canary"), "but it is not kept: {log}");
}

#[tokio::test]
async fn granted_scopes_of_oauth_need_no_second_call() {
    let (_script, bench) = script([details()]);
    let bench = bench.set("granted_scopes", "oauth crm.objects.contacts.read crm.objects.contacts.write");
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert!(!account.read_only && account.may.len() == 2, "the token's answer said it all");
    assert_eq!(account.remember["hubspot_ui_domain"], "app-eu1.hubspot.com", "for links to records");
}

#[tokio::test]
async fn the_user_of_an_oauth_answer_is_looked_up_and_may_stay_unknown() {
    for (status, expected) in [(200, Some("ada@example.com")), (403, None), (404, None)] {
        let owner = json!({"id": "5", "firstName": null, "lastName": "", "email": "ada@example.com"});
        let (_script, bench) =
            script([details(), Fixture::new("GET", "/crm/owners/2026-03/9988776", status, owner)]);
        let bench = bench.set("granted_scopes", "oauth").set("token.user_id", "9988776");
        let account = CONNECTOR.check(&bench.call()).await.unwrap();
        assert_eq!(account.user.as_deref(), expected, "a name is a bonus: HTTP {status}");
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_asked_about_is_still_good() {
    let (_script, bench) = script([details(), Fixture::new("POST", TOKEN, 404, json!({}))]);
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert!(!account.read_only, "what nobody says is not held against the account");
}

#[tokio::test]
async fn fields_come_with_options_rules_and_requirements() {
    for (status, longest) in [(200, Some(40)), (403, None)] {
        let rules = json!({"results": [{"propertyName": "firstname",
            "propertyValidationRules": [{"ruleType": "MAX_LENGTH", "ruleArguments": ["40"]}]}]});
        let (_script, bench) = script([
            Fixture::file(include_str!("../fixtures/properties.json")),
            Fixture::new("GET", RULES, status, rules),
        ]);
        let schema = CONNECTOR.describe(&bench.call(), "contacts").await.unwrap();
        assert_eq!(
            schema.field("firstname").unwrap().max_length,
            longest,
            "rules are a bonus: HTTP {status}"
        );
        let lead_id = schema.field("lead_id").unwrap();
        assert!(lead_id.unique && lead_id.custom && !lead_id.read_only, "the key for upserts");
        assert!(schema.field("hs_calculated_score").unwrap().read_only, "calculated");
        assert!(
            schema.field("hs_hidden_machinery").is_none() && schema.field("old_one").is_none(),
            "not for people"
        );
        let values: Vec<&str> = schema
            .field("hs_lead_status")
            .unwrap()
            .options
            .iter()
            .map(|option| option.value.as_str())
            .collect();
        assert_eq!(values, ["NEW", "OPEN"], "in the account's order");
        assert_eq!(schema.one_of, [["email", "firstname", "lastname"]], "a contact needs one of these");
    }
}

fn lead_id() -> FieldSpec {
    FieldSpec { name: "lead_id".into(), label: "Lead ID".into(), kind: FieldKind::Text, unique: true }
}

fn property(name: &str, unique: bool) -> Json {
    json!({"name": name, "label": "Lead ID", "type": "string", "fieldType": "text", "hasUniqueValue": unique})
}

fn exists() -> Json {
    json!({"status": "error", "category": "OBJECT_ALREADY_EXISTS", "message": "exists",
        "subCategory": "Properties.PROPERTY_WITH_NAME_EXISTS"})
}

#[tokio::test]
async fn the_lead_id_field_is_created_unique() {
    let body = json!({"groupName": "contactinformation", "name": "lead_id", "label": "Lead ID", "type": "string",
        "fieldType": "text", "formField": false, "hasUniqueValue": true});
    let (_script, bench) =
        script([Fixture::new("POST", PROPERTIES, 201, property("lead_id", true)).body(body)]);
    let field = CONNECTOR.create_field(&bench.call(), "contacts", &lead_id()).await.unwrap();
    assert!(field.unique, "or upserts could not use it");
}

#[tokio::test]
async fn an_existing_field_is_used_if_it_can_serve() {
    let (_script, bench) = script([
        Fixture::new("POST", PROPERTIES, 409, exists()),
        Fixture::new("GET", "/crm/properties/2026-03/contacts/lead_id", 200, property("lead_id", true)),
    ]);
    let field = CONNECTOR.create_field(&bench.call(), "contacts", &lead_id()).await.unwrap();
    assert_eq!(field.name, "lead_id", "made by us earlier");
}

#[tokio::test]
async fn an_existing_field_that_is_not_unique_gives_way_to_the_next_name() {
    let (_script, bench) = script([
        Fixture::new("POST", PROPERTIES, 409, exists()),
        Fixture::new("GET", "/crm/properties/2026-03/contacts/lead_id", 200, property("lead_id", false)),
        Fixture::new("POST", PROPERTIES, 201, property("leadferry_lead_id", true)),
    ]);
    let field = CONNECTOR.create_field(&bench.call(), "contacts", &lead_id()).await.unwrap();
    assert_eq!(field.name, "leadferry_lead_id", "uniqueness cannot be added later");
}

#[tokio::test]
async fn a_name_held_by_an_archived_field_gives_way_to_the_next() {
    let (_script, bench) = script([
        Fixture::new("POST", PROPERTIES, 409, exists()),
        Fixture::new("GET", "/crm/properties/2026-03/contacts/lead_id", 404, json!({})),
        Fixture::new("POST", PROPERTIES, 201, property("leadferry_lead_id", true)),
    ]);
    let field = CONNECTOR.create_field(&bench.call(), "contacts", &lead_id()).await.unwrap();
    assert_eq!(field.name, "leadferry_lead_id", "archived fields are not shown but hold their name");
}

#[tokio::test]
async fn without_the_right_to_create_fields_an_administrators_field_will_do() {
    let refusal = json!({"status": "error", "category": "MISSING_SCOPES", "message": "no",
        "errors": [{"message": "no", "context": {"requiredGranularScopes": ["crm.schemas.contacts.write"]}}]});
    for (unique, usable) in [(true, true), (false, false)] {
        let (_script, bench) = script([
            Fixture::new("POST", PROPERTIES, 403, refusal.clone()),
            Fixture::new("GET", "/crm/properties/2026-03/contacts/lead_id", 200, property("lead_id", unique)),
        ]);
        match CONNECTOR.create_field(&bench.call(), "contacts", &lead_id()).await {
            Ok(field) => assert!(usable && field.unique, "made by somebody who may"),
            Err(failure) => {
                let missing = vec!["crm.schemas.contacts.write".to_owned()];
                assert_eq!(failure.kind, FailureKind::Permission { missing }, "the right is named");
                assert!(!usable, "a field that cannot serve is no field");
            }
        }
    }
}

#[tokio::test]
async fn a_field_with_options_is_left_to_the_person() {
    let (_script, bench) = script([]);
    let choice = FieldSpec { kind: FieldKind::Choice, ..lead_id() };
    let failure = CONNECTOR.create_field(&bench.call(), "contacts", &choice).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid { fields: vec![] }, "its options are not ours to invent");
}
