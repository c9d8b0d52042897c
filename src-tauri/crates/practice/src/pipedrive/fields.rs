//! Fields as the API describes them. Labels are not unique: a field is known by its code, which is a hash where the account made it.
//! <https://developers.pipedrive.com/docs/api/v1/PersonFields>

use leadferry_model::Field as ModelField;
use serde_json::{Value, json};

use super::custom;
use super::field_types::{kind_of, subfields, type_of};
use crate::call::Call;
use crate::core::{Field, Table};

/// The group of fields people must fill in. The API enforces only names and titles.
pub(super) const REQUIRED: &str = "required";

/// Which parts of a field's description were asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    ui_visibility: bool,
    important_fields: bool,
    required_fields: bool,
}

impl Parts {
    pub(super) const ALL: Self = Self { ui_visibility: true, important_fields: true, required_fields: true };

    pub(super) fn asked(call: &Call) -> Self {
        let asked = call.list_param("include_fields");
        let has = |name: &str| asked.contains(&name);
        Self {
            ui_visibility: has("ui_visibility"),
            important_fields: has("important_fields"),
            required_fields: has("required_fields"),
        }
    }
}

/// A field. Descriptions are said of every object but organizations.
pub(super) fn shown(object: &str, field: &Field, parts: Parts) -> Value {
    let form = type_of(field);
    let mut shown = json!({"field_name": field.label, "field_code": &*field.name});
    if object != "organizations" {
        shown["description"] = json!(if field.help.is_empty() { None } else { Some(&field.help) });
    }
    shown["field_type"] = json!(form);
    shown["options"] = options(field);
    shown["subfields"] = subfields(form, &field.label);
    shown["is_custom_field"] = json!(field.custom);
    shown["is_optional_response_field"] = json!(field.hidden);
    if parts.ui_visibility {
        shown["ui_visibility"] =
            json!({"add_visible_flag": !field.read_only, "details_visible_flag": !field.hidden});
    }
    // Activities have neither of these.
    if parts.important_fields && object != "activities" {
        shown["important_fields"] = json!({"enabled": false, "stage_ids": []});
    }
    if parts.required_fields && object != "activities" {
        shown["required_fields"] = json!({"enabled": field.group == REQUIRED});
    }
    shown
}

/// Ids are numbers at custom fields, and may be texts at the vendor's own.
fn options(field: &Field) -> Value {
    if field.options.is_empty() {
        return Value::Null;
    }
    let option =
        |one: &leadferry_model::FieldOption| json!({"id": custom::number(&one.value), "label": one.label});
    field.options.iter().map(option).collect()
}

/// An object's fields in the order they are listed: the vendor's own first.
pub(super) fn ordered(table: &Table) -> Vec<&Field> {
    let (custom, own): (Vec<&Field>, Vec<&Field>) = table.fields().partition(|field| field.custom);
    own.into_iter().chain(custom).collect()
}

/// A field of a real account as this account's own.
pub(super) fn adopted(field: &ModelField) -> Field {
    let form = match field.name.as_str() {
        "email" | "emails" => "varchar",
        "phone" | "phones" => "phone",
        "label_ids" => "set",
        "org_id" | "organization_id" => "org",
        "person_id" => "people",
        "visible_to" => "visible_to",
        "value" => "monetary",
        "status" => "status",
        "stage_id" => "stage",
        "address" => "address",
        _ => "",
    };
    let adopted = Field {
        form: form.to_owned(),
        group: if field.required { REQUIRED.to_owned() } else { String::new() },
        help: field.help.clone().unwrap_or_default(),
        options: field.options.clone(),
        read_only: field.read_only,
        custom: field.custom,
        max_length: field.max_length,
        created_at: field.custom.then_some(jiff::Timestamp::UNIX_EPOCH),
        // Pipedrive knows no unique fields, whatever a description says.
        ..Field::new(&field.name, &field.label, field.kind)
    };
    if form.is_empty() { adopted } else { Field { kind: kind_of(form), ..adopted } }
}
