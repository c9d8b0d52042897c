//! Properties: HubSpot's `type` and `fieldType` for the core's kinds, and back.

use leadferry_model::{Field as ModelField, FieldKind};
use serde_json::{Value, json};

use crate::core::{Field, moment_text};

/// `type` and `fieldType` of a field.
pub(super) fn kind_words(field: &Field) -> (&'static str, &str) {
    let (kind, form) = match field.kind {
        FieldKind::Text | FieldKind::Email | FieldKind::Url => ("string", "text"),
        FieldKind::LongText => ("string", "textarea"),
        FieldKind::Phone => ("string", "phonenumber"),
        FieldKind::Number | FieldKind::Money => ("number", "number"),
        FieldKind::Bool => ("bool", "booleancheckbox"),
        FieldKind::Date => ("date", "date"),
        FieldKind::DateTime => ("datetime", "date"),
        FieldKind::Choice | FieldKind::Owner => ("enumeration", "select"),
        FieldKind::MultiChoice => ("enumeration", "checkbox"),
        FieldKind::Other => ("json", "text"),
    };
    (kind, if field.form.is_empty() { form } else { &field.form })
}

/// The core's kind for a `type` and `fieldType`, if the two go together.
pub(super) fn kind_of(kind: &str, form: &str) -> Option<FieldKind> {
    Some(match (kind, form) {
        ("string", "text" | "html" | "file") => FieldKind::Text,
        ("string", "textarea") => FieldKind::LongText,
        ("string" | "phone_number", "phonenumber") => FieldKind::Phone,
        ("number", "number" | "calculation_equation") => FieldKind::Number,
        ("bool", "booleancheckbox") => FieldKind::Bool,
        ("date", "date") => FieldKind::Date,
        ("datetime", "date") => FieldKind::DateTime,
        ("enumeration", "select" | "radio" | "booleancheckbox") => FieldKind::Choice,
        ("enumeration", "checkbox") => FieldKind::MultiChoice,
        _ => return None,
    })
}

/// A property as the API shows it.
pub(super) fn shown(field: &Field, archived: bool) -> Value {
    let (kind, form) = kind_words(field);
    let owner = field.kind == FieldKind::Owner;
    let option = |(place, one): (usize, &leadferry_model::FieldOption)| {
        json!({
            "label": one.label, "value": one.value, "displayOrder": place, "hidden": one.hidden, "description": "",
        })
    };
    let options: Vec<Value> = match field.kind {
        FieldKind::Bool => vec![
            json!({"label": "Yes", "value": "true", "displayOrder": 0, "hidden": false}),
            json!({"label": "No", "value": "false", "displayOrder": 1, "hidden": false}),
        ],
        _ => field.options.iter().enumerate().map(option).collect(),
    };
    let mut property = json!({
        "name": field.name.as_ref(),
        "label": field.label,
        "type": kind,
        "fieldType": form,
        "description": field.help,
        "groupName": field.group,
        "options": options,
        "displayOrder": -1,
        "calculated": field.is_computed() || form == "calculation_equation",
        "externalOptions": owner,
        "archived": archived,
        "hasUniqueValue": field.unique,
        "hidden": field.hidden,
        "formField": !(field.read_only || field.hidden || field.is_computed()),
        "dataSensitivity": "non_sensitive",
        "modificationMetadata": {
            "archivable": field.custom,
            "readOnlyDefinition": !field.custom,
            "readOnlyValue": field.read_only || field.is_computed(),
        },
    });
    if owner {
        property["referencedObjectType"] = json!("OWNER");
    }
    match field.created_at {
        Some(at) => {
            property["createdAt"] = json!(moment_text(at));
            property["updatedAt"] = json!(moment_text(at));
        }
        None => property["hubspotDefined"] = json!(true),
    }
    property
}

/// A field of a real account as this account's own.
pub(super) fn adopted(field: &ModelField) -> Field {
    Field {
        group: field.group.clone().unwrap_or_else(|| "contactinformation".to_owned()),
        help: field.help.clone().unwrap_or_default(),
        options: field.options.clone(),
        unique: field.unique,
        read_only: field.read_only,
        custom: field.custom,
        max_length: field.max_length,
        created_at: field.custom.then_some(jiff::Timestamp::UNIX_EPOCH),
        ..Field::new(&field.name, &field.label, field.kind)
    }
}
