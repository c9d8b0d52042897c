//! Properties. <https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide>

use std::collections::BTreeSet;

use leadferry_model::{FieldKind, FieldOption};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::strict::{self, Shape};
use super::{Answer, fields, rows};
use crate::call::{Call, Reply};
use crate::core::{Field, Refusal, Table, moment_text};
use crate::world::World;

/// <https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide>: ten unique properties an object.
const MOST_UNIQUE: usize = 10;

const OPTION: Shape = Shape::Keys(&[
    ("label", Shape::Any),
    ("value", Shape::Any),
    ("displayOrder", Shape::Any),
    ("hidden", Shape::Any),
    ("description", Shape::Any),
]);

const PROPERTY: Shape = Shape::Keys(&[
    ("name", Shape::Any),
    ("label", Shape::Any),
    ("type", Shape::Any),
    ("fieldType", Shape::Any),
    ("groupName", Shape::Any),
    ("description", Shape::Any),
    ("options", Shape::List(&OPTION)),
    ("displayOrder", Shape::Any),
    ("hasUniqueValue", Shape::Any),
    ("hidden", Shape::Any),
    ("formField", Shape::Any),
    ("dataSensitivity", Shape::Any),
    ("externalOptions", Shape::Any),
    ("referencedObjectType", Shape::Any),
    ("calculationFormula", Shape::Any),
    ("currencyPropertyName", Shape::Any),
    ("numberDisplayHint", Shape::Any),
    ("showCurrencySymbol", Shape::Any),
    ("textDisplayHint", Shape::Any),
]);

const CREATE_MANY: Shape = Shape::Keys(&[("inputs", Shape::List(&PROPERTY))]);
const NAMES: Shape = Shape::Keys(&[
    ("inputs", Shape::List(&Shape::Keys(&[("name", Shape::Any)]))),
    ("archived", Shape::Any),
    ("dataSensitivity", Shape::Any),
]);

fn table<'a>(world: &'a World, object: &str) -> Result<&'a Table, Trouble> {
    world.crm.table(object).map_err(|refusal| Trouble::of(refusal, object))
}

pub(super) fn list(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &["archived", "dataSensitivity", "locale", "properties"]);
    let table = table(world, object)?;
    let results: Vec<Value> = if call.param("archived") == Some("true") {
        table.archived_fields().map(|field| fields::shown(field, true)).collect()
    } else {
        table.fields().map(|field| fields::shown(field, false)).collect()
    };
    Ok(Reply::json(200, json!({"results": results})))
}

pub(super) fn groups(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &["locale"]);
    let names: BTreeSet<&str> = table(world, object)?.fields().map(|field| field.group.as_str()).collect();
    let results: Vec<Value> = names
        .into_iter()
        .enumerate()
        .map(|(place, name)| json!({"name": name, "label": name, "displayOrder": place, "archived": false}))
        .collect();
    Ok(Reply::json(200, json!({"results": results})))
}

pub(super) fn get(world: &mut World, call: &Call, object: &str, name: &str) -> Answer {
    strict::only_params(world, call, &["archived", "dataSensitivity", "locale", "properties"]);
    let table = table(world, object)?;
    let found = if call.param("archived") == Some("true") {
        table.archived_fields().find(|field| &*field.name == name).map(|field| fields::shown(field, true))
    } else {
        table.field(name).map(|field| fields::shown(field, false))
    };
    found.map(|shown| Reply::json(200, shown)).ok_or_else(Trouble::no_such_path)
}

pub(super) fn create(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &PROPERTY)?;
    Ok(Reply::json(201, create_one(world, object, &body)?))
}

fn create_one(world: &mut World, object: &str, body: &Value) -> Result<Value, Trouble> {
    let field = read(body, world)?;
    let table = table(world, object)?;
    if table.field(&field.name).is_some() {
        return Err(Trouble::of(Refusal::FieldExists(field.name.to_string()), object));
    }
    if !table.fields().any(|known| known.group == field.group) {
        return Err(Trouble::bad_request(format!("There is no property group named {}", field.group)));
    }
    let unique = table.fields().filter(|known| known.unique && known.custom).count();
    if field.unique && unique >= MOST_UNIQUE {
        return Err(Trouble::of(Refusal::TooManyUniqueFields(MOST_UNIQUE), object));
    }
    // Unverified: a name that was archived comes back with its new definition.
    let shown = fields::shown(&field, false);
    if let Some(table) = world.crm.table_mut(object) {
        table.put_field(field);
    }
    Ok(shown)
}

fn read(body: &Value, world: &World) -> Result<Field, Trouble> {
    let text = |key: &str| {
        let given = body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        given.ok_or_else(|| Trouble::bad_request(format!("{key} is needed to create a property")))
    };
    let flag = |key: &str| body.get(key).and_then(Value::as_bool).unwrap_or(false);
    let (name, label, group) = (text("name")?, text("label")?, text("groupName")?);
    let (kind_word, form) = (text("type")?, text("fieldType")?);
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.bytes().all(plain) {
        return Err(Trouble::bad_request(format!(
            "{name} cannot be a property name: lower-case letters, digits and underscores, beginning with a letter"
        )));
    }
    let kind = fields::kind_of(kind_word, form)
        .ok_or_else(|| Trouble::bad_request(format!("type {kind_word} does not go with fieldType {form}")))?;
    let unique = flag("hasUniqueValue");
    if unique && !matches!(kind, FieldKind::Text) {
        return Err(Trouble::bad_request("Only single-line text properties can have unique values"));
    }
    let options = options(body)?;
    if matches!(kind, FieldKind::Choice | FieldKind::MultiChoice) && options.is_empty() {
        return Err(Trouble::bad_request("An enumeration needs options"));
    }
    let calculated = form == "calculation_equation";
    Ok(Field {
        form: form.to_owned(),
        group: group.to_owned(),
        help: body.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
        options,
        unique,
        read_only: calculated,
        custom: true,
        hidden: flag("hidden"),
        created_at: Some(world.now),
        ..Field::new(name, label, kind)
    })
}

fn options(body: &Value) -> Result<Vec<FieldOption>, Trouble> {
    let given = body.get("options").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut seen = BTreeSet::new();
    given
        .iter()
        .map(|one| {
            let text = |key: &str| one.get(key).and_then(Value::as_str).map(str::to_owned);
            let (Some(label), Some(value)) = (text("label"), text("value")) else {
                return Err(Trouble::bad_request("An option needs label and value"));
            };
            if !seen.insert(value.clone()) {
                return Err(Trouble::bad_request(format!("The option {value} is given twice")));
            }
            let hidden = one.get("hidden").and_then(Value::as_bool).unwrap_or(false);
            Ok(FieldOption { value, label, hidden })
        })
        .collect()
}

pub(super) fn alter(world: &mut World, call: &Call, object: &str, name: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &PROPERTY)?;
    let present = table(world, object)?.field(name).ok_or_else(Trouble::no_such_path)?;
    if body.get("hasUniqueValue").and_then(Value::as_bool).is_some_and(|unique| unique != present.unique) {
        return Err(Trouble::bad_request("hasUniqueValue can be set only when a property is created"));
    }
    let options = if body.get("options").is_some() { Some(options(&body)?) } else { None };
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let (label, help, group) = (text("label"), text("description"), text("groupName"));
    let table = world.crm.table_mut(object).ok_or_else(Trouble::no_such_path)?;
    let altered = table.alter_field(name, |field| {
        field.label = label.unwrap_or_else(|| field.label.clone());
        field.help = help.unwrap_or_else(|| field.help.clone());
        field.group = group.unwrap_or_else(|| field.group.clone());
        field.options = options.unwrap_or_else(|| field.options.clone());
    });
    let shown = altered.map(|field| fields::shown(field, false));
    shown.map(|shown| Reply::json(200, shown)).map_err(|refusal| Trouble::of(refusal, object))
}

pub(super) fn archive(world: &mut World, call: &Call, object: &str, name: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let field = table(world, object)?.field(name).ok_or_else(Trouble::no_such_path)?;
    if !field.custom {
        return Err(Trouble::bad_request(format!("{name} is defined by HubSpot and cannot be archived")));
    }
    let gone = world.crm.table_mut(object).map(|table| table.archive_field(name));
    match gone {
        Some(Ok(())) => Ok(Reply::empty(204)),
        _ => Err(Trouble::no_such_path()),
    }
}

pub(super) fn batch_create(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &CREATE_MANY)?;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in rows::inputs(&body)?.clone() {
        match create_one(world, object, &input) {
            Ok(shown) => results.push(shown),
            Err(trouble) => {
                let mut row = trouble.into_row(None);
                row["context"] = json!({"name": [input.get("name").cloned().unwrap_or_default()]});
                errors.push(row);
            }
        }
    }
    let started = moment_text(world.now);
    Ok(rows::envelope(world, started, results, errors, 201))
}

fn names(body: &Value) -> Result<Vec<String>, Trouble> {
    let inputs = rows::inputs(body)?;
    Ok(inputs.iter().filter_map(|one| one.get("name").and_then(Value::as_str).map(str::to_owned)).collect())
}

pub(super) fn batch_read(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &["locale"]);
    let body = strict::body(world, call, &NAMES)?;
    let names = names(&body)?;
    let table = table(world, object)?;
    let results =
        names.iter().filter_map(|name| table.field(name)).map(|field| fields::shown(field, false)).collect();
    let started = moment_text(world.now);
    Ok(rows::envelope(world, started, results, Vec::new(), 200))
}

pub(super) fn batch_archive(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &NAMES)?;
    for name in names(&body)? {
        let custom = table(world, object)?.field(&name).is_some_and(|field| field.custom);
        if custom && let Some(table) = world.crm.table_mut(object) {
            table.archive_field(&name).map_err(|refusal| Trouble::of(refusal, object))?;
        }
    }
    Ok(Reply::empty(204))
}
