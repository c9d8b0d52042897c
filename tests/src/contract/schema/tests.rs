use serde_json::{Value, json};

use super::{Reader, Rules};
use crate::contract::document::Document;
use crate::contract::gate::Gate;
use crate::contract::vendor::Vendor;

/// What is wrong with `value` by `schema`, in a document whose other schemas are `Named` and `Base`.
fn faults(schema: Value, value: &Value, rules: Rules) -> Vec<String> {
    let named = json!({"type": "object", "required": ["kind"], "properties": {
        "kind": {"type": "string", "enum": ["named"]}, "name": {"type": "string", "maxLength": 5}}});
    let base = json!({"type": "object", "properties": {"id": {"type": "integer"}}});
    let root = json!({
        "paths": {"/": {"get": {}}},
        "components": {"schemas": {"Named": named, "Base": base, "Checked": schema}},
    });
    let gate = json!({"authority": "vendor", "closed_exempt": ["^custom"], "open_schemas": ["Open"]});
    let document = Document { name: "spec.json".to_owned(), root };
    let vendor = Vendor::new("example", Gate::read(gate).unwrap(), vec![document]);
    let document = vendor.find("GET", "/").unwrap().remove(0).operation.document;
    let mut faults = Vec::new();
    let checked = document.part(&document.root["components"]["schemas"]["Checked"]);
    Reader::new(&vendor, rules, "GET /").read(checked, value, "body", &mut faults);
    faults
}

#[track_caller]
fn check(schema: Value, value: Value, expected: &[&str]) {
    assert_eq!(faults(schema.clone(), &value, Rules::JSON), expected, "{schema} {value}");
}

fn named() -> Value {
    json!({"$ref": "#/components/schemas/Named"})
}

fn base() -> Value {
    json!({"$ref": "#/components/schemas/Base"})
}

#[test]
fn names_that_are_not_listed_are_faults_wherever_some_are() {
    check(named(), json!({"kind": "named", "nmae": "Ada"}), &["body.nmae: unknown property"]);
    check(named(), json!({"kind": "named", "custom_shoe": 38}), &[]);
    check(json!({"type": "object"}), json!({"anything": 1}), &[]);
    let open = json!({"properties": {"id": {}}, "additionalProperties": {"type": "string"}});
    check(open, json!({"id": 1, "more": 2}), &["body.more: 2 is not of type 'string'"]);
    let patterned = json!({"patternProperties": {"^x_": {}}, "additionalProperties": false});
    check(
        patterned,
        json!({"x_a": 1, "y_a": 1}),
        &["body: Additional properties are not allowed ('y_a' was unexpected)"],
    );
    let list = json!({"type": "array", "items": base()});
    check(list, json!([{"id": 1}, {"id": 1, "more": 2}]), &["body[1].more: unknown property"]);
}

#[test]
fn schemas_side_by_side_know_each_others_names() {
    let both = json!({"allOf": [named(), base()]});
    check(both, json!({"kind": "named", "id": 1, "more": 2}), &["body.more: unknown property"]);
    let closed = json!({"allOf": [base(), {"additionalProperties": false, "properties": {"text": {}}}]});
    check(closed, json!({"id": 1, "text": "x"}), &[]);
    let conditional = json!({
        "properties": {"kind": {}},
        "if": {"properties": {"kind": {"const": "base"}}}, "then": base(), "else": named(),
    });
    check(conditional.clone(), json!({"kind": "base", "id": 1}), &[]);
    check(conditional, json!({"kind": "named", "id": 1}), &["body.id: unknown property"]);
}

#[test]
fn of_alternatives_the_one_that_is_meant_counts() {
    let either = json!({"oneOf": [base(), named()]});
    check(either.clone(), json!({"id": 1}), &[]);
    check(either.clone(), json!({"kind": "named", "name": 5}), &["body.name: 5 is not of type 'string'"]);
    check(
        either,
        json!({"kind": "named", "name": "Lovelace"}),
        &["body.name: 'Lovelace' is too long: 8 instead of 5"],
    );
    let told = json!({"oneOf": [base(), named()], "discriminator": {
        "propertyName": "kind", "mapping": {"named": "#/components/schemas/Named"}}});
    check(told, json!({"kind": "named", "id": 1}), &["body.id: unknown property"]);
    check(
        json!({"not": base()}),
        json!({"id": 1}),
        &["body: {'id': 1} should not be valid under {\"$ref\":\"#/components/schemas/Base\"}"],
    );
}

#[test]
fn null_is_a_value_where_it_is_said_so() {
    check(json!({"type": "string"}), Value::Null, &["body: None is not of type 'string'"]);
    check(json!({"type": "string", "nullable": true, "enum": ["a"]}), Value::Null, &[]);
    check(json!({"type": ["string", "null"]}), Value::Null, &[]);
    check(json!({"allOf": [base()], "nullable": true}), Value::Null, &[]);
}

#[test]
fn values_have_their_types_sizes_and_formats() {
    check(json!({"type": "integer"}), json!(3.0), &[]);
    check(json!({"type": "integer"}), json!(3.5), &["body: 3.5 is not of type 'integer'"]);
    check(json!({"minimum": 1, "exclusiveMinimum": true}), json!(1), &["body: 1 is less than the minimum"]);
    check(json!({"exclusiveMaximum": 2}), json!(2), &["body: 2 is greater than the maximum"]);
    check(json!({"format": "date"}), json!("2026-02-30"), &["body: '2026-02-30' is not a 'date'"]);
    check(json!({"format": "date-time"}), json!("2026-02-03T10:00:00+01:00"), &[]);
    check(
        json!({"format": "date-time"}),
        json!("2026-02-03 10:00"),
        &["body: '2026-02-03 10:00' is not a 'date-time'"],
    );
    check(json!({"format": "email"}), json!("ada"), &["body: 'ada' is not a 'email'"]);
    check(json!({"format": "uuid"}), json!("5"), &["body: '5' is not a 'uuid'"]);
    check(json!({"minItems": 1}), json!([]), &["body: [] is too short: 0 instead of 1"]);
    check(json!({"enum": ["it's", 2]}), json!(3), &["body: 3 is not one of [\"it's\", 2]"]);
}

#[test]
fn text_is_read_as_what_it_stands_for() {
    let text = |schema: Value, value: &str| faults(schema, &json!(value), Rules::TEXT);
    assert_eq!(
        text(json!({"type": "integer", "maximum": 5}), "6"),
        ["body: 6 is greater than the maximum"],
        "a number"
    );
    assert_eq!(
        text(json!({"type": "boolean"}), "yes"),
        ["body: 'yes' is not of type 'boolean'"],
        "true or false"
    );
    let list = json!({"type": "array", "items": {"enum": ["a", "b"]}});
    assert_eq!(text(list, "a,c"), ["body[1]: 'c' is not one of ['a', 'b']"], "a list with commas");
}
