//! Which fields a module has, and the Lead ID field Leadferry makes in it.
//!
//! Zoho itself demands few fields; what else a record needs stands in the layouts. Where there are several, a field is required if
//! each of them demands it, and the layout may be chosen like any other field.

use leadferry_connector::{Call, FieldSpec, ObjectSpec};
use leadferry_model::{Failure, FailureKind, Field, FieldKind, FieldOption, ObjectSchema};
use serde_json::{Value as Json, json};

use super::account::passes_soon;
use super::types::{Layout, PickListValue, ZohoField};
use super::{api, convert};

/// The field that says with which layout a record is made.
const LAYOUT: &str = "Layout";
/// <https://www.zoho.com/crm/developer/docs/api/v8/create-field.html>
const LONGEST_LABEL: usize = 25;

pub(super) async fn describe(call: &Call<'_>, object: &ObjectSpec) -> Result<ObjectSchema, Failure> {
    let found = api::fields(call.http, object.name, false).await?;
    let layouts = match api::layouts(call.http, object.name).await {
        Ok(layouts) => layouts.into_iter().filter(Layout::is_active).collect(),
        Err(failure) if passes_soon(&failure) || failure.kind == FailureKind::Auth => return Err(failure),
        // Without the right to see layouts: the fields are worth more than their rules.
        Err(_) => Vec::new(),
    };
    let several = layouts.len() > 1;
    let mut fields: Vec<Field> = found
        .into_iter()
        .filter(|found| !(several && found.api_name == LAYOUT))
        .filter_map(|found| field(object, found, &layouts))
        .collect();
    if several {
        fields.push(layout_field(&layouts));
    }
    Ok(ObjectSchema {
        object: object.name.to_owned(),
        label: object.label.to_owned(),
        fields,
        one_of: Vec::new(),
        open: false,
    })
}

fn layout_field(layouts: &[Layout]) -> Field {
    let option = |layout: &Layout| FieldOption {
        value: layout.id.clone(),
        label: layout.label().to_owned(),
        hidden: false,
    };
    Field {
        options: layouts.iter().map(option).collect(),
        help: Some(
            "Zoho takes the layout of the signed-in person's profile where none is chosen.".to_owned(),
        ),
        ..Field::new(LAYOUT, "Layout", FieldKind::Choice)
    }
}

/// A field; `None` for what is hidden from the person.
fn field(object: &ObjectSpec, found: ZohoField, layouts: &[Layout]) -> Option<Field> {
    if found.visible == Some(false) {
        return None;
    }
    let in_layouts = |layout: &Layout| {
        layout
            .sections
            .iter()
            .flat_map(|section| &section.fields)
            .any(|field| field.api_name == found.api_name && field.required == Some(true))
    };
    let demanding: Vec<&Layout> = layouts.iter().filter(|layout| in_layouts(layout)).collect();
    let by_layout = !demanding.is_empty() && demanding.len() == layouts.len();
    let group = layouts
        .iter()
        .flat_map(|layout| &layout.sections)
        .find(|section| section.fields.iter().any(|field| field.api_name == found.api_name));
    let kind = kind(object, &found);
    let writable = match &found.operation_type {
        Some(operations) => operations.api_create != Some(false) || operations.api_update != Some(false),
        None => found.read_only != Some(true) && found.field_read_only != Some(true),
    };
    let help = if demanding.is_empty() || by_layout {
        help(&found)
    } else {
        let names: Vec<&str> = demanding.iter().map(|layout| layout.label()).collect();
        Some(format!("Required in the layout {}.", names.join(", ")))
    };
    let label =
        [&found.display_label, &found.field_label].into_iter().flatten().find(|label| !label.is_empty());
    Some(Field {
        kind,
        required: writable && (found.system_mandatory == Some(true) || by_layout),
        read_only: !writable || kind == FieldKind::Other,
        unique: !found.unique.is_empty(),
        custom: found.custom_field == Some(true),
        options: options(&found.pick_list_values),
        max_length: found.length.filter(|_| is_text(kind)),
        group: group.and_then(|section| section.display_label.clone()).filter(|label| !label.is_empty()),
        help,
        label: label.cloned().unwrap_or_else(|| found.api_name.clone()),
        name: found.api_name,
    })
}

fn help(found: &ZohoField) -> Option<String> {
    let tooltip = found.tooltip.get("value").and_then(Json::as_str).filter(|text| !text.is_empty());
    let module = found.lookup.get("module");
    let module = module.and_then(|module| module.get("api_name").unwrap_or(module).as_str());
    tooltip.map(str::to_owned).or_else(|| Some(format!("The id of a record in {}.", module?)))
}

fn kind(object: &ObjectSpec, found: &ZohoField) -> FieldKind {
    match found.data_type.as_deref().unwrap_or_default() {
        // Others may hold people or records as well, but how they are written is known of the standard ones only.
        "ownerlookup" => FieldKind::Owner,
        "lookup" | "userlookup" if !convert::is_reference(object.name, &found.api_name) => FieldKind::Other,
        "userlookup" => FieldKind::Owner,
        "text" | "lookup" => FieldKind::Text,
        "textarea" => FieldKind::LongText,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "website" | "url" => FieldKind::Url,
        "picklist" => FieldKind::Choice,
        "multiselectpicklist" => FieldKind::MultiChoice,
        "boolean" => FieldKind::Bool,
        "integer" | "bigint" | "double" | "decimal" | "percent" => FieldKind::Number,
        "currency" => FieldKind::Money,
        "date" => FieldKind::Date,
        "datetime" => FieldKind::DateTime,
        // Formulas, numbers Zoho counts by itself, files, subforms.
        _ => FieldKind::Other,
    }
}

fn is_text(kind: FieldKind) -> bool {
    use FieldKind::{Email, LongText, Phone, Text, Url};
    matches!(kind, Text | LongText | Email | Phone | Url)
}

fn options(values: &[PickListValue]) -> Vec<FieldOption> {
    let mut values: Vec<&PickListValue> = values.iter().collect();
    values.sort_by_key(|value| value.sequence_number.unwrap_or(i64::MAX));
    let option = |value: &PickListValue| {
        // The choice of nothing.
        let text = value.value().filter(|text| *text != "-None-")?;
        let hidden = value.kind.as_deref() == Some("unused");
        Some(FieldOption { value: text.to_owned(), label: text.to_owned(), hidden })
    };
    values.into_iter().filter_map(option).collect()
}

/// Creates the field, or takes one that can serve. Zoho would make a second one (`Lead_ID1`) of a call that is repeated, so it looks
/// first. The API name is Zoho's choice: the caller keeps the one that comes back.
pub(super) async fn create(
    call: &Call<'_>,
    object: &ObjectSpec,
    wanted: &FieldSpec,
) -> Result<Field, Failure> {
    let body = |label: &str| new_field(wanted, label);
    let mut request = body(&wanted.label)?;
    let there = api::fields(call.http, object.name, true).await?;
    let named = |found: &ZohoField| found.api_name == wanted.name;
    let labelled = |found: &ZohoField| {
        let label = found.field_label.as_deref().or(found.display_label.as_deref()).unwrap_or_default();
        found.custom_field == Some(true)
            && (label == wanted.label
                || label == other_label(&wanted.label)
                || is_numbered(&found.api_name, &wanted.name))
    };
    let serving = |test: &dyn Fn(&ZohoField) -> bool| {
        let found = there.iter().filter(|found| test(found)).cloned();
        found.filter_map(|found| field(object, found, &[])).find(|found| serves(found, wanted))
    };
    if let Some(found) = serving(&named).or_else(|| serving(&labelled)) {
        return Ok(found);
    }
    // A label stands for one field in a module.
    if there.iter().any(|found| found.field_label.as_deref() == Some(wanted.label.as_str())) {
        request = body(&other_label(&wanted.label))?;
    }
    let id = api::create_field(call.http, object.name, &request).await.map_err(refused)?;
    let made = match api::field(call.http, object.name, &id).await? {
        Some(made) => field(object, made, &[]),
        None => None,
    };
    made.filter(|made| serves(made, wanted)).ok_or_else(|| {
        let words = format!("Zoho CRM made the field {}, but not as it was asked to", wanted.label);
        Failure::new(FailureKind::Unexpected, words)
    })
}

/// The next best label.
fn other_label(label: &str) -> String {
    format!("Leadferry {label}").chars().take(LONGEST_LABEL).collect()
}

/// `Lead_ID1` is what Zoho makes of `Lead_ID` where that is taken.
fn is_numbered(name: &str, wanted: &str) -> bool {
    let rest = name.strip_prefix(wanted);
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn serves(found: &Field, wanted: &FieldSpec) -> bool {
    let same = found.kind == wanted.kind || (is_text(found.kind) && is_text(wanted.kind));
    same && !found.read_only && (found.unique || !wanted.unique)
}

fn new_field(wanted: &FieldSpec, label: &str) -> Result<Json, Failure> {
    let (data_type, length) = match wanted.kind {
        FieldKind::Text => ("text", Some(100)),
        FieldKind::LongText => ("textarea", None),
        FieldKind::Email => ("email", None),
        FieldKind::Phone => ("phone", None),
        FieldKind::Url => ("website", None),
        FieldKind::Number => ("double", None),
        FieldKind::Money => ("currency", None),
        FieldKind::Bool => ("boolean", None),
        FieldKind::Date => ("date", None),
        FieldKind::DateTime => ("datetime", None),
        FieldKind::Choice | FieldKind::MultiChoice | FieldKind::Owner | FieldKind::Other => {
            let words = format!("{} has options of its own: create it in Zoho CRM's settings", wanted.label);
            return Err(Failure::new(FailureKind::Invalid { fields: Vec::new() }, words));
        }
    };
    let label: String = label.chars().take(LONGEST_LABEL).collect();
    let mut body = json!({ "field_label": label, "data_type": data_type });
    if let Some(length) = length {
        body["length"] = Json::from(length);
    }
    if wanted.unique {
        body["unique"] = json!({ "case_sensitive": false });
        body["tooltip"] =
            json!({ "name": "static_text", "value": "Filled by Leadferry. Please do not change it." });
    }
    Ok(body)
}

/// What a refused field means: usually that the edition has no (more) custom or unique fields.
/// Unverified: which code the Free edition answers. <https://github.com/amp-labs/docs/blob/main/src/customer-guides/zoho.mdx>
fn refused(failure: Failure) -> Failure {
    let edition = matches!(
        failure.code.as_str(),
        "LIMIT_EXCEEDED" | "LIMIT_REACHED" | "NOT_SUPPORTED" | "FEATURE_NOT_SUPPORTED"
    );
    if !edition {
        return failure;
    }
    let words = "This edition of Zoho CRM has no custom fields, or no further unique one, so Leadferry cannot make its Lead ID field. \
                 The Free edition has none at all. Free a unique field or change the edition, then try again.";
    let missing = vec!["custom fields".to_owned()];
    Failure::new(FailureKind::Permission { missing }, format!("{words} Zoho's words: {}", failure.message))
        .code(failure.code)
}
