//! Fields: Zoho's data types for the core's kinds and back, and a field as the API shows it.
//! <https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html>

use leadferry_model::{Field as ModelField, FieldKind};
use serde_json::{Value, json};

use super::filler::Filler;
use super::modules::BY_LAYOUT;
use super::{convert, ids, modules, times};
use crate::core::Field;

/// The core's kind for a data type.
pub(super) fn kind_of(data_type: &str) -> Option<FieldKind> {
    Some(match data_type {
        "text" | "autonumber" | "formula" => FieldKind::Text,
        "textarea" => FieldKind::LongText,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "website" => FieldKind::Url,
        "integer" | "bigint" | "double" | "percent" => FieldKind::Number,
        "currency" => FieldKind::Money,
        "boolean" => FieldKind::Bool,
        "date" => FieldKind::Date,
        "datetime" => FieldKind::DateTime,
        "picklist" => FieldKind::Choice,
        "multiselectpicklist" => FieldKind::MultiChoice,
        "ownerlookup" => FieldKind::Owner,
        "tags" => FieldKind::Other,
        lookup if lookup.starts_with("lookup:") => FieldKind::Other,
        _ => return None,
    })
}

/// The data type of a field; fields of a real account come without Zoho's own word.
pub(super) fn data_type(field: &Field) -> &str {
    match field.form.split(':').next().unwrap_or_default() {
        "" => match field.kind {
            FieldKind::Text | FieldKind::Other => "text",
            FieldKind::LongText => "textarea",
            FieldKind::Email => "email",
            FieldKind::Phone => "phone",
            FieldKind::Url => "website",
            FieldKind::Number => "double",
            FieldKind::Money => "currency",
            FieldKind::Bool => "boolean",
            FieldKind::Date => "date",
            FieldKind::DateTime => "datetime",
            FieldKind::Choice => "picklist",
            FieldKind::MultiChoice => "multiselectpicklist",
            FieldKind::Owner => "ownerlookup",
        },
        "tags" => "text",
        word => word,
    }
}

/// The kind of JSON value a field holds.
pub(super) fn json_type(field: &Field) -> &'static str {
    match data_type(field) {
        "integer" => "integer",
        "double" | "currency" | "percent" => "double",
        "boolean" => "boolean",
        "lookup" | "ownerlookup" => "jsonobject",
        "multiselectpicklist" => "jsonarray",
        _ if field.form == "tags" => "jsonarray",
        _ => "string",
    }
}

/// The module a lookup leads to: `None` for other fields, `?` where the record says it.
pub(super) fn lookup_target(field: &Field) -> Option<&str> {
    field.form.strip_prefix("lookup:")
}

pub(super) fn is_writable(field: &Field) -> bool {
    !(field.read_only || field.is_computed())
}

/// Whether the system needs it, not the layout alone.
fn is_mandatory(module: &str, field: &Field) -> bool {
    field.required && !BY_LAYOUT.contains(&(module, &*field.name))
}

fn length(field: &Field) -> u32 {
    field.max_length.unwrap_or(match data_type(field) {
        "boolean" => 5,
        "date" => 20,
        "textarea" => 2_000,
        "bigint" => 18,
        "integer" => 9,
        "double" | "currency" => 16,
        "phone" => 30,
        "text" | "website" => 255,
        _ => 120,
    })
}

const ALIKE: Filler = Filler {
    yes: &[
        "available_in_user_layout",
        "blueprint_supported",
        "businesscard_supported",
        "filterable",
        "mass_update",
        "searchable",
        "sortable",
        "webhook",
    ],
    no: &[
        "_update_existing_records",
        "colour_code_enabled_by_system",
        "enable_colour_code",
        "hipaa_compliance_enabled",
        "number_separator",
        "pick_list_values_sorted_lexically",
        "separator",
        "static_field",
        "virtual_field",
    ],
    null: &[
        "additional_column",
        "associated_module",
        "autonumber",
        "association_details",
        "common.picklist",
        "crypt",
        "customizable_properties",
        "external",
        "hipaa_compliance",
        "history_tracking",
        "multiuserlookup",
        "private",
        "quick_sequence_number",
        "refer_from_field",
        "sharing_properties",
        "sub_module",
        "subform",
        "textarea",
    ],
    empty_list: &["allowed_modules", "file_upolad_optionlist", "profiles"],
    empty_object: &[
        "auto_number",
        "currency",
        "formula",
        "multi_module_lookup",
        "multiselectlookup",
        "rollup_summary",
    ],
};

/// A field as the API shows it.
pub(super) fn shown(module: &str, field: &Field) -> Value {
    let name = &*field.name;
    let (label, data_type, writable) = (&field.label, data_type(field), is_writable(field));
    let made_at = field.created_at.map(times::shown);
    let mut shown = json!({
        "id": ids::field(module, name),
        "api_name": name,
        "field_label": label,
        "display_label": label,
        "data_type": data_type,
        "json_type": json_type(field),
        "length": length(field),
        "decimal_place": if json_type(field) == "double" { json!(2) } else { Value::Null },
        "system_mandatory": is_mandatory(module, field),
        "visible": !field.hidden && name != "id",
        "type": "used",
    });
    let more = json!({
        "read_only": !writable,
        "field_read_only": !writable,
        "custom_field": field.custom,
        "operation_type": {
            "web_create": writable, "web_update": writable, "api_create": writable, "api_update": writable,
        },
        "view_type": {"view": true, "edit": writable, "quick_create": false, "create": writable},
        "unique": if field.unique { json!({"case_sensitive": false}) } else { json!({}) },
        "lookup": lookup(field),
        "pick_list_values": options(module, field),
        "tooltip": if field.help.is_empty() {
            Value::Null
        } else {
            json!({"name": "static_text", "value": field.help})
        },
    });
    let rest = json!({
        "created_source": if field.custom { "custom" } else { "default" },
        "created_time": made_at,
        "modified_time": made_at,
        "column_name": name.to_uppercase(),
        "display_field": modules::find(module).is_ok_and(|module| module.named_by == name),
        "display_type": -1,
        "ui_type": 1,
        "show_type": 7,
        "category": 1,
        "layout_associations": [{"api_name": "Standard__s", "name": "Standard", "id": ids::layout(module)}],
        "email_parser": {"fields_update_supported": true, "record_operations_supported": true},
        "convert_mapping": convert::mapping(module, name),
    });
    for part in [more, rest] {
        if let (Some(all), Value::Object(part)) = (shown.as_object_mut(), part) {
            all.extend(part);
        }
    }
    ALIKE.fill(&mut shown);
    shown
}

fn lookup(field: &Field) -> Value {
    match lookup_target(field) {
        None | Some("?") => json!({}),
        Some(target) => json!({
            "display_label": field.label, "api_name": field.name.as_ref(), "module": modules::minified(target),
            "id": ids::of(&format!("lookup {} {target}", field.name)), "query_details": {},
        }),
    }
}

/// The options of a choice, in order.
pub(super) fn options(module: &str, field: &Field) -> Value {
    let option = |(place, one): (usize, &leadferry_model::FieldOption)| {
        json!({
            "display_value": one.label, "actual_value": one.value, "reference_value": one.value,
            "sequence_number": place + 1, "id": ids::of(&format!("option {module} {} {}", field.name, one.value)),
            "type": if one.hidden { "unused" } else { "used" }, "colour_code": null,
        })
    };
    field.options.iter().enumerate().map(option).collect()
}

/// A field of a real account as this account's own.
pub(super) fn adopted(field: &ModelField) -> Field {
    Field {
        group: field.group.clone().unwrap_or_default(),
        help: field.help.clone().unwrap_or_default(),
        options: field.options.clone(),
        required: field.required,
        unique: field.unique,
        read_only: field.read_only,
        custom: field.custom,
        max_length: field.max_length,
        created_at: field.custom.then_some(jiff::Timestamp::UNIX_EPOCH),
        ..Field::new(&field.name, &field.label, field.kind)
    }
}
