//! Fields as they are described, and the Lead ID field.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, FieldSpec};
use leadferry_model::{FailureKind, Field, FieldKind, ObjectSchema};

use super::*;
use crate::zoho::CONNECTOR;

fn described(name: &str, data_type: &str) -> Json {
    json!({
        "id": "554023000000002583", "api_name": name, "field_label": name.replace('_', " "), "display_label": name.replace('_', " "),
        "data_type": data_type, "json_type": "string", "length": 80, "system_mandatory": false, "read_only": false,
        "field_read_only": false, "custom_field": false, "visible": true, "unique": {}, "external": null, "pick_list_values": [],
        "lookup": {}, "tooltip": null,
        "operation_type": {"web_create": true, "web_update": true, "api_create": true, "api_update": true},
    })
}

fn with(mut field: Json, more: Json) -> Json {
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    field
}

fn layout(id: &str, name: &str, required: &[&str]) -> Json {
    let fields = ["Company", "Last_Name", "City"]
        .map(|field| json!({"api_name": field, "required": required.contains(&field), "data_type": "text"}));
    json!({"id": id, "name": name, "display_label": name, "status": "active", "visible": true,
        "sections": [{"display_label": "Lead Information", "fields": fields}]})
}

async fn describe(fields: Vec<Json>, layouts: Vec<Json>) -> ObjectSchema {
    let (_script, bench) = script([
        Fixture::new("GET", FIELDS, 200, json!({ "fields": fields })).query(json!({"module": "Leads"})),
        Fixture::new("GET", LAYOUTS, 200, json!({ "layouts": layouts })).query(json!({"module": "Leads"})),
    ]);
    CONNECTOR.describe(&bench.call(), "Leads").await.unwrap()
}

#[tokio::test]
async fn kinds_follow_zohos_types() {
    let cases = [
        ("text", FieldKind::Text),
        ("textarea", FieldKind::LongText),
        ("email", FieldKind::Email),
        ("phone", FieldKind::Phone),
        ("website", FieldKind::Url),
        ("picklist", FieldKind::Choice),
        ("multiselectpicklist", FieldKind::MultiChoice),
        ("boolean", FieldKind::Bool),
        ("integer", FieldKind::Number),
        ("bigint", FieldKind::Number),
        ("double", FieldKind::Number),
        ("percent", FieldKind::Number),
        ("currency", FieldKind::Money),
        ("date", FieldKind::Date),
        ("datetime", FieldKind::DateTime),
        ("ownerlookup", FieldKind::Owner),
        ("lookup", FieldKind::Other),
        ("autonumber", FieldKind::Other),
        ("formula", FieldKind::Other),
        ("subform", FieldKind::Other),
        ("something_new", FieldKind::Other),
    ];
    let fields = cases.iter().map(|(data_type, _)| described(&format!("F_{data_type}"), data_type)).collect();
    let schema = describe(fields, vec![]).await;
    for ((data_type, kind), field) in cases.iter().zip(&schema.fields) {
        assert_eq!(field.kind, *kind, "{data_type}");
        assert_eq!(
            field.read_only,
            *kind == FieldKind::Other,
            "{data_type}: what is not understood is not written"
        );
    }
}

#[tokio::test]
async fn properties_of_a_field_come_along() {
    let picks = json!([
        {"display_value": "-None-", "actual_value": "-None-", "id": "1", "sequence_number": 1, "type": "used"},
        {"display_value": "Warm", "actual_value": "warm", "id": "3", "sequence_number": 3, "type": "used"},
        {"display_value": "Hot", "actual_value": "Hot", "id": "2", "sequence_number": 2, "type": "used"},
        {"display_value": "Cold", "actual_value": "Cold", "id": "4", "sequence_number": 4, "type": "unused"},
    ]);
    let operations =
        |create: bool, update: bool| json!({"operation_type": {"api_create": create, "api_update": update}});
    let fields = vec![
        with(described("Last_Name", "text"), json!({"system_mandatory": true})),
        with(described("Rating", "picklist"), json!({ "pick_list_values": picks })),
        with(
            described("Lead_ID", "text"),
            json!({"custom_field": true, "unique": {"case_sensitive": false}, "length": 100,
            "tooltip": {"name": "static_text", "value": "Filled by a program"}}),
        ),
        with(described("Full_Name", "text"), operations(false, false)),
        with(described("Once", "text"), operations(true, false)),
        with(described("Secret", "text"), json!({"visible": false})),
        described("Email_Opt_Out", "boolean"),
    ];
    let schema = describe(fields, vec![]).await;
    let field = |name: &str| schema.field(name).unwrap_or_else(|| panic!("{name} is described"));
    assert!(field("Last_Name").required, "Zoho demands it");
    let options: Vec<(&str, bool)> =
        field("Rating").options.iter().map(|option| (option.value.as_str(), option.hidden)).collect();
    assert_eq!(
        options,
        [("Hot", false), ("Warm", false), ("Cold", true)],
        "in order, what reading gives back"
    );
    let lead_id = field("Lead_ID");
    assert!(lead_id.unique && lead_id.custom && lead_id.max_length == Some(100), "{lead_id:?}");
    assert_eq!(lead_id.help.as_deref(), Some("Filled by a program"), "the tooltip");
    assert!(field("Full_Name").read_only && !field("Once").read_only, "as the API may write");
    assert!(schema.field("Secret").is_none(), "hidden from the person");
    assert_eq!(field("Email_Opt_Out").kind, FieldKind::Bool, "consent is a field like others");
}

#[tokio::test]
async fn what_every_layout_demands_is_required() {
    let fields = || vec![described("Company", "text"), described("City", "text")];
    let one = describe(fields(), vec![layout("1", "Standard", &["Company"])]).await;
    assert!(one.field("Company").unwrap().required, "there is no other layout to make a lead with");
    assert_eq!(
        one.field("City").unwrap().group.as_deref(),
        Some("Lead Information"),
        "the section it stands in"
    );
    assert!(one.field("Layout").is_none(), "nothing to choose");
    let layouts = vec![layout("1", "Standard", &["Company"]), layout("2", "Private people", &[])];
    let two = describe(fields(), layouts).await;
    let company = two.field("Company").unwrap();
    assert!(!company.required, "a lead can be made without it");
    assert_eq!(company.help.as_deref(), Some("Required in the layout Standard."), "but not everywhere");
    let choice = two.field("Layout").unwrap();
    let options: Vec<(&str, &str)> =
        choice.options.iter().map(|option| (option.value.as_str(), option.label.as_str())).collect();
    assert_eq!(options, [("1", "Standard"), ("2", "Private people")], "the layout may be chosen");
}

#[tokio::test]
async fn fields_are_described_without_the_right_to_see_layouts() {
    let (_script, bench) = script([
        Fixture::new("GET", FIELDS, 200, json!({"fields": [described("City", "text")]})),
        Fixture::new("GET", LAYOUTS, 401, refused("OAUTH_SCOPE_MISMATCH", json!({}))),
    ]);
    let schema = CONNECTOR.describe(&bench.call(), "Leads").await.unwrap();
    assert_eq!(schema.fields.len(), 1, "their rules are worth less than they are");
}

fn lead_id() -> FieldSpec {
    FieldSpec { name: "Lead_ID".into(), label: "Lead ID".into(), kind: FieldKind::Text, unique: true }
}

fn made(name: &str, label: &str, unique: bool) -> Json {
    let unique = if unique { json!({"case_sensitive": false}) } else { json!({}) };
    with(
        described(name, "text"),
        json!({"field_label": label, "display_label": label, "custom_field": true, "unique": unique}),
    )
}

fn there(fields: Vec<Json>) -> Fixture {
    let body = json!({ "fields": fields });
    Fixture::new("GET", FIELDS, 200, body).query(json!({"module": "Leads", "type": "all"}))
}

fn creation(label: &str) -> Fixture {
    let success = json!({"fields": [{"code": "SUCCESS", "status": "success", "message": "field created", "details": {"id": "55402391"}}]});
    Fixture::new("POST", FIELDS, 201, success).query(json!({"module": "Leads"})).body(json!({"fields": [{
        "field_label": label, "data_type": "text", "length": 100, "unique": {"case_sensitive": false},
        "tooltip": {"name": "static_text", "value": "Filled by Leadferry. Please do not change it."},
    }]}))
}

fn read_back(field: Json) -> Fixture {
    let path = format!("{FIELDS}/55402391");
    Fixture::new("GET", &path, 200, json!({ "fields": [field] })).query(json!({"module": "Leads"}))
}

async fn create(fixtures: Vec<Fixture>) -> Result<Field, leadferry_model::Failure> {
    let (_script, bench) = script(fixtures);
    CONNECTOR.create_field(&bench.call(), "Leads", &lead_id()).await
}

#[tokio::test]
async fn the_lead_id_field_is_created_unique_and_its_name_read_back() {
    let fixtures = vec![
        there(vec![described("Email", "email")]),
        creation("Lead ID"),
        read_back(made("Lead_ID", "Lead ID", true)),
    ];
    let field = create(fixtures).await.unwrap();
    assert!(field.unique && field.name == "Lead_ID", "{field:?}");
}

#[tokio::test]
async fn a_field_that_can_serve_is_taken_and_none_is_made() {
    let cases = [
        (made("Lead_ID", "Lead ID", true), "Lead_ID", "made by us earlier"),
        (made("Lead_ID", "Our key", true), "Lead_ID", "renamed by somebody since"),
        (made("Lead_ID1", "Lead ID", true), "Lead_ID1", "what a call that was repeated makes"),
        (
            made("Leadferry_Lead_ID", "Leadferry Lead ID", true),
            "Leadferry_Lead_ID",
            "beside a field of that name",
        ),
    ];
    for (field, expected, why) in cases {
        assert_eq!(create(vec![there(vec![field])]).await.unwrap().name, expected, "{why}");
    }
}

#[tokio::test]
async fn a_field_of_that_name_that_cannot_serve_is_left_alone() {
    let fixtures = vec![
        there(vec![made("Lead_ID", "Lead ID", false)]),
        creation("Leadferry Lead ID"),
        read_back(made("Leadferry_Lead_ID", "Leadferry Lead ID", true)),
    ];
    assert_eq!(create(fixtures).await.unwrap().name, "Leadferry_Lead_ID", "its values need not be unique");
}

#[tokio::test]
async fn an_edition_without_custom_fields_is_told_in_plain_words() {
    for code in ["LIMIT_EXCEEDED", "NOT_SUPPORTED", "FEATURE_NOT_SUPPORTED"] {
        for body in
            [refused(code, json!({"limit": 0})), json!({"fields": [refused(code, json!({"limit": 0}))]})]
        {
            let fixtures = vec![there(vec![]), Fixture::new("POST", FIELDS, 400, body)];
            let failure = create(fixtures).await.unwrap_err();
            assert!(matches!(failure.kind, FailureKind::Permission { .. }), "{code}: {failure:?}");
            assert!(failure.message.contains("Free edition"), "{code}: {}", failure.message);
        }
    }
    let refusal = Fixture::new("POST", FIELDS, 403, json!({"fields": [refused("NO_PERMISSION", json!({}))]}));
    let failure = create(vec![there(vec![]), refusal]).await.unwrap_err();
    assert!(
        failure.message.contains("administrator"),
        "a missing right is something else: {}",
        failure.message
    );
}

#[tokio::test]
async fn a_field_that_came_out_otherwise_is_not_used() {
    let fixtures = vec![there(vec![]), creation("Lead ID"), read_back(made("Lead_ID", "Lead ID", false))];
    let failure = create(fixtures).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unexpected, "without uniqueness, leads would be doubled");
}

#[tokio::test]
async fn a_field_with_options_is_left_to_the_person() {
    let (script, bench) = script([]);
    let choice = FieldSpec { kind: FieldKind::Choice, ..lead_id() };
    let failure = CONNECTOR.create_field(&bench.call(), "Leads", &choice).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid { fields: vec![] }, "its options are not ours to invent");
    assert!(script.sent().is_empty(), "and nothing is asked");
}
