//! Who we are, what there is, and the Lead ID field.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, FieldSpec, Settings, Stage};
use leadferry_model::{FailureKind, FieldKind};
use serde_json::json;

use super::*;
use crate::pipedrive::CONNECTOR;

fn me() -> Fixture {
    Fixture::file(include_str!("../fixtures/me.json"))
}

fn permissions(may: bool) -> Fixture {
    let body = success(json!({"can_add_custom_fields": may, "can_bulk_edit_items": true}));
    Fixture::new("GET", "/v1/users/1/permissions", 200, body)
}

#[tokio::test]
async fn a_token_says_whose_it_is() {
    let (_script, bench) = script([me(), permissions(false)]);
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert_eq!((account.id.as_str(), account.name.as_str()), ("54235233", "Acme"), "the company");
    assert_eq!(account.user.as_deref(), Some("Ada Moss (ada@example.com)"), "the person");
    assert_eq!(account.may_not, ["create fields"], "the right we need that a user may lack");
    assert!(!account.sandbox && !account.read_only, "an ordinary company");
    let remembered = ["pipedrive_domain", "pipedrive_currency"].map(|name| account.remember[name].as_str());
    assert_eq!(remembered, ["acme-12g53f", "EUR"], "for links, and for amounts without a currency");
}

#[tokio::test]
async fn who_may_not_ask_about_users_is_connected_all_the_same() {
    let refused =
        Fixture::new("GET", "/v1/users/1/permissions", 403, json!({"success": false, "error": "no"}));
    let (_script, bench) = script([me(), refused]);
    assert!(CONNECTOR.check(&bench.call()).await.unwrap().may_not.is_empty(), "nobody knows");
}

#[tokio::test]
async fn scopes_are_told_in_words() {
    let cases = [
        ("base contacts:full deals:full activities:full users:read search:read admin", 7, 0, false),
        ("base contacts:read deals:read users:read", 1, 6, true),
        ("base contacts:full", 1, 6, false),
    ];
    for (scopes, may, may_not, read_only) in cases {
        let (_script, bench) = script([me()]);
        let bench = bench.set(Settings::GRANTED_SCOPES, scopes);
        let account = CONNECTOR.check(&bench.call()).await.unwrap();
        assert_eq!((account.may.len(), account.may_not.len()), (may, may_not), "{scopes}");
        assert_eq!(account.read_only, read_only, "{scopes}");
    }
}

#[tokio::test]
async fn fields_are_described_with_their_options() {
    let (_script, bench) = script([Fixture::file(include_str!("../fixtures/person_fields.json"))]);
    let schema = CONNECTOR.describe(&bench.call(), "persons").await.unwrap();
    let field = |name: &str| schema.field(name).unwrap_or_else(|| panic!("no {name}"));
    assert!(field("name").required && !field("name").read_only, "the one field the API insists on");
    assert!(field("first_name").read_only, "derived from the name");
    let source = field(SOURCE);
    let options: Vec<_> =
        source.options.iter().map(|option| (option.value.as_str(), option.label.as_str())).collect();
    assert_eq!(options, [("31", "Web"), ("32", "Fair")], "ids are sent, labels are shown");
    assert!(source.custom && source.kind == FieldKind::Choice, "a choice of the account");
    assert_eq!(field(LEAD_ID).max_length, Some(255), "a line of custom text");
    assert_eq!(field("marketing_status").options.len(), 4, "consent, where Campaigns is there");
    assert_eq!(field("email").kind, FieldKind::Email, "an address");
}

#[tokio::test]
async fn the_stages_of_deals_are_options_too() {
    let fields = success(json!([
        {"field_code": "title", "field_name": "Title", "field_type": "varchar", "options": null, "is_custom_field": false},
        {"field_code": "stage_id", "field_name": "Stage", "field_type": "stage", "options": null, "is_custom_field": false},
        {"field_code": "pipeline_id", "field_name": "Pipeline", "field_type": "double", "options": null, "is_custom_field": false},
        {"field_code": "status", "field_name": "Status", "field_type": "status", "is_custom_field": false,
         "options": [{"id": "open", "label": "Open"}, {"id": "deleted", "label": "Deleted"}]},
    ]));
    let (_script, bench) =
        script([Fixture::new("GET", "/api/v2/dealFields", 200, fields), pipelines(), stages()]);
    let schema = CONNECTOR.describe(&bench.call(), "deals").await.unwrap();
    let options = |name: &str| -> Vec<String> {
        let field = schema.field(name).unwrap();
        assert_eq!(field.kind, FieldKind::Choice, "{name}");
        field.options.iter().map(|option| format!("{} {}", option.value, option.label)).collect()
    };
    assert_eq!(options("stage_id"), ["3 Sales: New", "2 Sales: Won soon", "9 Service: New"], "in order");
    assert_eq!(options("pipeline_id"), ["1 Sales", "4 Service"], "without the deleted one");
    assert_eq!(options("status"), ["open Open"], "deleting is no value to write");
}

fn pipelines() -> Fixture {
    let body = success(json!([
        {"id": 4, "name": "Service", "order_nr": 2, "is_deleted": false},
        {"id": 1, "name": "Sales", "order_nr": 1, "is_deleted": false},
        {"id": 5, "name": "Old", "order_nr": 0, "is_deleted": true},
    ]));
    Fixture::new("GET", "/api/v2/pipelines", 200, body)
}

fn stages() -> Fixture {
    let body = success(json!([
        {"id": 2, "name": "Won soon", "order_nr": 2, "pipeline_id": 1, "is_deleted": false},
        {"id": 3, "name": "New", "order_nr": 1, "pipeline_id": 1, "is_deleted": false},
        {"id": 9, "name": "New", "order_nr": 1, "pipeline_id": 4, "is_deleted": false},
        {"id": 8, "name": "Gone", "order_nr": 1, "pipeline_id": 4, "is_deleted": true},
    ]));
    Fixture::new("GET", "/api/v2/stages", 200, body)
}

#[tokio::test]
async fn owners_and_stages_can_be_chosen() {
    let users = success(json!([
        {"id": 1, "name": "Ada Moss", "email": "ada@example.com", "active_flag": true, "is_deleted": false},
        {"id": 2, "name": "Bo", "email": "bo@example.com", "active_flag": false},
        {"id": 3, "name": "", "email": "cy@example.com", "active_flag": true},
    ]));
    let (_script, bench) = script([Fixture::new("GET", "/v1/users", 200, users), pipelines(), stages()]);
    let actions = CONNECTOR.actions(&bench.call()).await.unwrap();
    let owners: Vec<_> = actions.owners.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    assert_eq!(owners, [("1", "Ada Moss"), ("3", "cy@example.com")], "who works there");
    let first = Stage {
        pipeline: "1".into(),
        pipeline_label: "Sales".into(),
        stage: "3".into(),
        label: "New".into(),
        closed: false,
    };
    assert_eq!((actions.stages.len(), &actions.stages[0]), (3, &first), "in order");
}

fn lead_id() -> FieldSpec {
    FieldSpec { name: "lead_id".into(), label: "Lead ID".into(), kind: FieldKind::Text, unique: true }
}

fn described(code: &str, name: &str, field_type: &str) -> Json {
    json!({"field_code": code, "field_name": name, "field_type": field_type, "is_custom_field": true, "options": null})
}

#[tokio::test]
async fn the_lead_id_field_is_made_once() {
    let made = success(described(LEAD_ID, "Lead ID", "varchar"));
    let (script, bench) = script([
        Fixture::new("GET", FIELDS, 200, success(json!([described(SOURCE, "Lead ID", "double")]))),
        Fixture::new("POST", FIELDS, 200, made.clone())
            .body(json!({"field_name": "Lead ID", "field_type": "varchar"})),
        Fixture::new("GET", FIELDS, 200, success(json!([made["data"]]))),
    ]);
    let bench = bench.set(&Settings::lead_id_key("persons"), "");
    for round in 0..2 {
        let field = CONNECTOR.create_field(&bench.call(), "persons", &lead_id()).await.unwrap();
        assert_eq!(field.name, LEAD_ID, "the key is what counts, in round {round}");
        assert!(field.custom && !field.read_only && !field.unique, "Pipedrive keeps nothing unique");
    }
    assert_eq!(script.sent().len(), 3, "the second time it is found; one of another kind cannot serve");
}

#[tokio::test]
async fn the_remembered_field_is_kept_whatever_it_is_called_now() {
    let fields = json!([described(SOURCE, "Lead ID", "varchar"), described(LEAD_ID, "Renamed", "varchar")]);
    let (_script, bench) = script([Fixture::new("GET", FIELDS, 200, success(fields))]);
    let field = CONNECTOR.create_field(&bench.call(), "persons", &lead_id()).await.unwrap();
    assert_eq!(field.name, LEAD_ID, "labels are not unique");
}

#[tokio::test]
async fn kinds_of_fields_that_cannot_be_made_are_refused() {
    let (_script, bench) = script([]);
    let field = FieldSpec { kind: FieldKind::Choice, ..lead_id() };
    let failure = CONNECTOR.create_field(&bench.call(), "persons", &field).await.unwrap_err();
    assert!(matches!(failure.kind, FailureKind::Invalid { .. }), "{failure:?}");
}
