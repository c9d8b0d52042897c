//! Pipedrive's words for what a field holds, and the core's kinds for them.
//! <https://developers.pipedrive.com/docs/api/v1/PersonFields>

use leadferry_model::FieldKind;
use serde_json::{Value, json};

use crate::core::Field;

/// The types a custom field can have.
pub(super) const CREATABLE: &[&str] = &[
    "varchar",
    "text",
    "double",
    "phone",
    "date",
    "daterange",
    "time",
    "timerange",
    "set",
    "enum",
    "varchar_auto",
    "address",
    "monetary",
    "org",
    "people",
    "user",
];

/// The types searches look into.
pub(super) const SEARCHABLE: &[&str] =
    &["address", "varchar", "text", "varchar_auto", "double", "monetary", "phone"];

/// The parts of an address beside its text.
pub(super) const ADDRESS_PARTS: &[(&str, &str)] = &[
    ("street_number", "House number"),
    ("route", "Street/road name"),
    ("subpremise", "Apartment/suite no"),
    ("sublocality", "District/sublocality"),
    ("locality", "City/town/village/locality"),
    ("admin_area_level_1", "State/county"),
    ("admin_area_level_2", "Region"),
    ("country", "Country"),
    ("postal_code", "ZIP/Postal code"),
];

/// The core's kind for a type.
pub(super) fn kind_of(form: &str) -> FieldKind {
    match form {
        "varchar" | "varchar_auto" => FieldKind::Text,
        "text" => FieldKind::LongText,
        "phone" => FieldKind::Phone,
        "double" | "int" => FieldKind::Number,
        "monetary" => FieldKind::Money,
        "boolean" => FieldKind::Bool,
        "date" => FieldKind::Date,
        "enum" | "status" | "visible_to" => FieldKind::Choice,
        "set" => FieldKind::MultiChoice,
        "user" => FieldKind::Owner,
        _ => FieldKind::Other,
    }
}

/// A field's type. Those of a twin that this account does not know have none, and get one by their kind.
pub(super) fn type_of(field: &Field) -> &str {
    if !field.form.is_empty() {
        return &field.form;
    }
    match field.kind {
        FieldKind::Text | FieldKind::Email | FieldKind::Url => "varchar",
        FieldKind::LongText => "text",
        FieldKind::Phone => "phone",
        FieldKind::Number => "double",
        FieldKind::Money => "monetary",
        FieldKind::Bool => "boolean",
        FieldKind::Date | FieldKind::DateTime => "date",
        FieldKind::Choice => "enum",
        FieldKind::MultiChoice => "set",
        FieldKind::Owner => "user",
        FieldKind::Other => "json",
    }
}

/// The parts of a value that is an object, as the field's description names them; `null` for plain values.
pub(super) fn subfields(form: &str, label: &str) -> Value {
    let part = |code: &str, name: &str, form: &str| json!({"field_code": code, "field_name": format!("{name} of {label}"), "field_type": form});
    match form {
        "monetary" => json!([part("value", "Amount", "double"), part("currency", "Currency", "varchar")]),
        "daterange" => json!([part("value", "Start", "date"), part("until", "End", "date")]),
        "time" => {
            json!([part("value", "Time", "time"), part("timezone_id", "Timezone", "int")])
        }
        "timerange" => json!([
            part("value", "Start", "time"),
            part("until", "End", "time"),
            part("timezone_id", "Timezone", "int"),
        ]),
        "address" => {
            let parts = ADDRESS_PARTS.iter().map(|(code, name)| part(code, name, "varchar"));
            std::iter::once(part("value", "Address value", "varchar")).chain(parts).collect()
        }
        _ => Value::Null,
    }
}
