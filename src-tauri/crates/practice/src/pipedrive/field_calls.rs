//! The endpoints that list, make and change fields.
//! <https://developers.pipedrive.com/docs/api/v1/PersonFields>

use leadferry_model::FieldOption;
use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::field_types::{CREATABLE, kind_of};
use super::fields::{self, Parts, REQUIRED};
use super::lists::LARGEST_PAGE;
use super::{Answer, lists, search, strict};
use crate::call::{Call, Reply};
use crate::core::{Field, Table};
use crate::random;
use crate::world::World;

const LONGEST_NAME: usize = 255;
/// The letters of a custom field's code.
pub(super) const CODE_LENGTH: usize = 40;

fn table<'a>(world: &'a World, object: &str) -> Result<&'a Table, Trouble> {
    world.crm.table(object).map_err(|_| Trouble::no_such_path())
}

fn known_field(world: &World, object: &str, code: &str) -> Result<Field, Trouble> {
    table(world, object)?.field(code).cloned().ok_or_else(Trouble::not_found)
}

/// A field that may be changed: one that the account made.
fn own_field(world: &World, object: &str, code: &str) -> Result<Field, Trouble> {
    let field = known_field(world, object, code)?;
    if field.custom {
        Ok(field)
    } else {
        Err(Trouble::invalid_at("field_code", "Only custom fields can be changed"))
    }
}

fn parts(call: &Call, object: &str) -> Result<Parts, Trouble> {
    let known: &[&str] = match object {
        "activities" => &["ui_visibility"],
        _ => &["ui_visibility", "important_fields", "required_fields"],
    };
    match call.list_param("include_fields").iter().find(|part| !known.contains(part)) {
        Some(unknown) => Err(Trouble::invalid_at("include_fields", format!("Invalid value {unknown}"))),
        None => Ok(Parts::asked(call)),
    }
}

pub(super) fn list(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &["include_fields", "limit", "cursor"])?;
    let parts = parts(call, object)?;
    let all = fields::ordered(table(world, object)?);
    let (page, next) = search::page(call, &all, LARGEST_PAGE)?;
    let data = page.iter().map(|field| fields::shown(object, field, parts)).collect();
    Ok(lists::reply(&data, next))
}

fn one(object: &str, field: &Field, parts: Parts) -> Reply {
    Reply::json(200, json!({"success": true, "data": fields::shown(object, field, parts)}))
}

pub(super) fn get(world: &mut World, call: &Call, object: &str, code: &str) -> Answer {
    strict::only_params(world, call, &["include_fields"])?;
    let parts = parts(call, object)?;
    Ok(one(object, &known_field(world, object, code)?, parts))
}

/// The keys of a field's definition that are for people's screens. They are taken; but for what is required they change nothing
/// that the API does.
fn settings(object: &str) -> &'static [&'static str] {
    match object {
        "deals" => &["ui_visibility", "important_fields", "required_fields", "description"],
        _ => &["ui_visibility", "important_fields", "required_fields"],
    }
}

fn only_keys(world: &mut World, body: &Map<String, Value>, known: &[&str]) -> Result<(), Trouble> {
    let unknown: Vec<String> = body.keys().filter(|key| !known.contains(&key.as_str())).cloned().collect();
    for key in &unknown {
        strict::unknown_key(world, key);
    }
    let problems: Vec<_> = unknown.into_iter().map(|key| (key, "Unrecognized key".to_owned())).collect();
    if problems.is_empty() { Ok(()) } else { Err(Trouble::invalid(&problems)) }
}

fn name(body: &Map<String, Value>) -> Result<Option<&str>, Trouble> {
    let Some(value) = body.get("field_name") else { return Ok(None) };
    let name = value.as_str().ok_or_else(|| Trouble::invalid_at("field_name", "Expected string"))?;
    if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
        let what = format!("String must contain 1 to {LONGEST_NAME} character(s)");
        return Err(Trouble::invalid_at("field_name", what));
    }
    Ok(Some(name))
}

/// Makes a field. The same name twice makes two fields.
pub(super) fn create(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let body = strict::object(call)?;
    let known: Vec<&str> =
        ["field_name", "field_type", "options"].iter().chain(settings(object)).copied().collect();
    only_keys(world, &body, &known)?;
    let label = name(&body)?.ok_or_else(|| Trouble::invalid_at("field_name", "Required"))?;
    let form = match body.get("field_type").map(Value::as_str) {
        None => return Err(Trouble::invalid_at("field_type", "Required")),
        Some(Some(form)) if CREATABLE.contains(&form) => form,
        Some(_) => return Err(Trouble::invalid_at("field_type", "Invalid enum value")),
    };
    let labels = match body.get("options") {
        None => Vec::new(),
        Some(options) => labels(options)?,
    };
    let chooses = matches!(form, "enum" | "set");
    if chooses == labels.is_empty() {
        let what = if chooses { "Required" } else { "Only enum and set fields have options" };
        return Err(Trouble::invalid_at("options", what));
    }
    let required = body.get("required_fields").and_then(|part| part.get("enabled")) == Some(&json!(true));
    let code = random::hex(&mut world.random, CODE_LENGTH);
    let field = Field {
        form: form.to_owned(),
        group: if required { REQUIRED.to_owned() } else { String::new() },
        help: body.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
        options: numbered(world, labels),
        custom: true,
        created_at: Some(world.now),
        refers_to: match form {
            "org" => Some("organizations".into()),
            "people" => Some("persons".into()),
            _ => None,
        },
        ..Field::new(&code, label, kind_of(form))
    };
    let reply = one(object, &field, Parts::ALL);
    if let Some(table) = world.crm.table_mut(object) {
        table.put_field(field);
    }
    Ok(reply)
}

pub(super) fn alter(world: &mut World, call: &Call, object: &str, code: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let body = strict::object(call)?;
    let known: Vec<&str> = ["field_name"].iter().chain(settings(object)).copied().collect();
    only_keys(world, &body, &known)?;
    if body.is_empty() {
        return Err(Trouble::invalid_at("body", "At least one field must be provided"));
    }
    own_field(world, object, code)?;
    let label = name(&body)?.map(str::to_owned);
    let required = body.get("required_fields").and_then(|part| part.get("enabled")).and_then(Value::as_bool);
    change(world, object, code, |field| {
        field.label = label.unwrap_or_else(|| field.label.clone());
        if let Some(required) = required {
            field.group = if required { REQUIRED.to_owned() } else { String::new() };
        }
    })
    .map(|field| one(object, &field, Parts::ALL))
}

fn change(
    world: &mut World,
    object: &str,
    code: &str,
    change: impl FnOnce(&mut Field),
) -> Result<Field, Trouble> {
    let table = world.crm.table_mut(object).ok_or_else(Trouble::no_such_path)?;
    table.alter_field(code, change).cloned().map_err(|_| Trouble::not_found())
}

pub(super) fn delete(world: &mut World, call: &Call, object: &str, code: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let field = own_field(world, object, code)?;
    let gone = world.crm.table_mut(object).map(|table| table.archive_field(code));
    let parts = Parts::asked(call);
    match gone {
        Some(Ok(())) => Ok(one(object, &field, parts)),
        _ => Err(Trouble::not_found()),
    }
}

fn labels(options: &Value) -> Result<Vec<String>, Trouble> {
    let all = options.as_array().ok_or_else(|| Trouble::invalid_at("options", "Expected array"))?;
    let label = |one: &Value| {
        let label = one.get("label").and_then(Value::as_str).filter(|label| !label.trim().is_empty());
        label.map(str::to_owned).ok_or_else(|| Trouble::invalid_at("options", "Expected string in label"))
    };
    all.iter().map(label).collect()
}

/// Ids of options are one sequence over the whole account.
fn numbered(world: &World, labels: Vec<String>) -> Vec<FieldOption> {
    let fields = world.crm.tables().flat_map(|table| table.fields().chain(table.archived_fields()));
    let ids = fields.flat_map(|field| &field.options).filter_map(|option| option.value.parse::<u64>().ok());
    let last = ids.max().unwrap_or_default();
    let option = |(id, label): (u64, String)| FieldOption { value: id.to_string(), label, hidden: false };
    (last + 1..).zip(labels).map(option).collect()
}

/// Adds, renames or takes away options, all of them or none.
pub(super) fn options(world: &mut World, call: &Call, object: &str, code: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let field = own_field(world, object, code)?;
    if !matches!(field.form.as_str(), "enum" | "set") {
        return Err(Trouble::invalid_at("field_code", "Only enum and set fields have options"));
    }
    let body = strict::json(call)?;
    let entries = body.as_array().filter(|entries| !entries.is_empty());
    let entries =
        entries.ok_or_else(|| Trouble::invalid_at("body", "Array must contain at least 1 element(s)"))?;
    let id = |entry: &Value| {
        let id = entry.get("id").and_then(Value::as_u64).map(|id| id.to_string());
        let id = id.filter(|id| field.option_place(id).is_some());
        id.ok_or_else(|| Trouble::invalid_at("id", "Option does not exist"))
    };
    let mut all = field.options.clone();
    let touched: Vec<FieldOption> = match call.method.as_str() {
        "POST" => {
            let new = numbered(world, labels(&body)?);
            all.extend(new.iter().cloned());
            new
        }
        "PATCH" => {
            let ids = entries.iter().map(id).collect::<Result<Vec<_>, _>>()?;
            let renamed: Vec<_> = ids.into_iter().zip(labels(&body)?).collect();
            let option = |(value, label): (String, String)| FieldOption { value, label, hidden: false };
            let renamed: Vec<FieldOption> = renamed.into_iter().map(option).collect();
            for one in &mut all {
                if let Some(new) = renamed.iter().find(|new| new.value == one.value) {
                    one.label.clone_from(&new.label);
                }
            }
            renamed
        }
        _ => {
            let ids = entries.iter().map(id).collect::<Result<Vec<_>, _>>()?;
            let (gone, kept) = all.into_iter().partition(|one| ids.contains(&one.value));
            all = kept;
            gone
        }
    };
    change(world, object, code, |field| field.options = all)?;
    let option = |one: &FieldOption| json!({"id": super::custom::number(&one.value), "label": one.label});
    let data: Value = touched.iter().map(option).collect();
    Ok(Reply::json(200, json!({"success": true, "data": data, "additional_data": null})))
}
