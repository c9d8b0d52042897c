//! Reading v2 bodies: unknown keys are refused, wrong types are not coerced, and everything wrong is told at once.
//! <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>

use serde_json::{Map, Value};

use super::errors::{Problem, Trouble};
use super::keys::{self, Key, Want};
use super::{account, contacts, custom, leads, strict, times};
use crate::core::{Problem as CoreProblem, Record, Values};
use crate::world::World;

/// The values of a body for a new record, or for the `present` one.
pub(super) fn read(
    world: &mut World,
    object: &str,
    body: &Map<String, Value>,
    present: Option<&Record>,
) -> Result<Values, Trouble> {
    let mut values = Values::new();
    let mut problems = Vec::new();
    for (name, value) in body {
        let known = keys::of(object).iter().find(|key| key.name == name);
        let Some(key) = known.filter(|key| present.is_none() || !key.new_only) else {
            strict::unknown_key(world, name);
            problems.push((name.clone(), "Unrecognized key".to_owned()));
            continue;
        };
        match key.want {
            Want::AddOn => return Err(Trouble::no_add_on(name)),
            Want::Ignored => world.object_to(format!("read-only body property: {name}")),
            Want::Custom => custom_values(world, object, value, &mut values, &mut problems),
            _ => match one(world, object, *key, value) {
                Ok(text) => {
                    values.insert(keys::field_of(name).to_owned(), text);
                }
                Err(problem) => problems.push(problem),
            },
        }
    }
    settle(world, &values, problems)?;
    Ok(values)
}

/// Adds what the weather refuses, and tells everything that is wrong.
fn settle(world: &World, values: &Values, mut problems: Vec<Problem>) -> Result<(), Trouble> {
    let code = refused(world, values, &mut problems);
    match code {
        Some(code) => Err(Trouble::coded(&code, &problems)),
        None if problems.is_empty() => Ok(()),
        None => Err(Trouble::invalid(&problems)),
    }
}

/// Adds what the weather refuses; gives the code it wants to be told with.
pub(super) fn refused(world: &World, values: &Values, problems: &mut Vec<Problem>) -> Option<String> {
    let mut own_code = None;
    for refused in world.today.refused(values) {
        if let CoreProblem::Weather { code, message } = refused.problem {
            problems.push((refused.field, message));
            own_code.get_or_insert(code);
        }
    }
    own_code
}

fn custom_values(
    world: &World,
    object: &str,
    value: &Value,
    values: &mut Values,
    problems: &mut Vec<Problem>,
) {
    let Some(given) = value.as_object() else {
        problems.push(("custom_fields".to_owned(), "Expected object".to_owned()));
        return;
    };
    for (code, value) in given {
        let field = world.crm.table(object).ok().and_then(|table| table.field(code));
        let read = match field.filter(|field| field.custom) {
            Some(field) => custom::read(world, field, value),
            None => Err("Unrecognized key".to_owned()),
        };
        match read {
            Ok(text) => {
                values.insert(code.clone(), text);
            }
            Err(what) => problems.push((format!("custom_fields.{code}"), what)),
        }
    }
}

/// One value as the core takes it. `null` clears; only names cannot be cleared.
// Unverified: the API's description says of few keys that they may be null, and of none that they may not.
fn one(world: &World, object: &str, key: Key, value: &Value) -> Result<String, Problem> {
    let at = |what: &str| (key.name.to_owned(), what.to_owned());
    let expected = |what: &str| at(&format!("Expected {what}"));
    if value.is_null() && key.want != Want::Name {
        return Ok(String::new());
    }
    let text = || value.as_str().ok_or_else(|| expected("string"));
    let whole = || value.as_u64().ok_or_else(|| expected("number"));
    match key.want {
        Want::Name => {
            let text = text()?.trim();
            if text.is_empty() {
                Err(at("String must contain at least 1 character(s)"))
            } else {
                Ok(text.to_owned())
            }
        }
        Want::Text => text().map(str::to_owned),
        Want::Int => value.as_i64().map(|number| number.to_string()).ok_or_else(|| expected("number")),
        Want::Number => value.as_f64().map(|_| value.to_string()).ok_or_else(|| expected("number")),
        Want::Bool => value.as_bool().map(|yes| yes.to_string()).ok_or_else(|| expected("boolean")),
        Want::Day => times::day(text()?).map(|day| day.to_string()).ok_or_else(|| at("Invalid date")),
        Want::Clock => times::clock(text()?).ok_or_else(|| at("Invalid time")),
        Want::Moment => times::from_v2(text()?).map(times::v2).ok_or_else(|| at("Invalid datetime")),
        Want::OldMoment => times::from_v1(text()?).map(times::v2).ok_or_else(|| at("Invalid datetime")),
        Want::Currency => {
            let text = text()?;
            if custom::is_currency(text) { Ok(text.to_owned()) } else { Err(at("Invalid currency")) }
        }
        Want::Word(words) => {
            let text = text()?;
            if words.contains(&text) { Ok(text.to_owned()) } else { Err(at("Invalid enum value")) }
        }
        Want::Visible => match whole()? {
            level @ (1 | 3 | 5 | 7) => Ok(level.to_string()),
            _ => Err(at("Invalid enum value")),
        },
        Want::Owner => {
            let id = whole()?;
            let known = world.crm.owners.iter().any(|owner| owner.user_id == id && !owner.archived);
            if known { Ok(id.to_string()) } else { Err(at("User does not exist")) }
        }
        Want::Record(object) => record(world, object, whole()?).ok_or_else(|| at("Item does not exist")),
        Want::Lead => {
            let lead = leads::live(world, text()?).map_err(|_| at("Item does not exist"))?;
            Ok(lead.number.to_string())
        }
        Want::Labels => ids(world, object, key.name, value).map_err(|what| at(&what)),
        Want::Option => {
            let id = whole()?.to_string();
            if is_option(world, object, key.name, &id) { Ok(id) } else { Err(at("Invalid option id")) }
        }
        Want::Contacts => contacts::read(key.name, value),
        Want::Address => address(value).map_err(|what| at(&what)),
        Want::ActivityType => {
            let text = text()?;
            let types = world.crm.kept.get(account::ACTIVITY_TYPES).into_iter().flatten();
            let known = types.into_iter().any(|one| one["key_string"] == text);
            if known { Ok(text.to_owned()) } else { Err(at("Activity type does not exist")) }
        }
        Want::Participants => super::activities::participants(world, value),
        Want::Attendees => super::activities::attendees(value),
        Want::Custom | Want::AddOn | Want::Ignored => Ok(String::new()),
    }
}

fn record(world: &World, object: &str, number: u64) -> Option<String> {
    let record = world.crm.table(object).ok()?.record(number)?;
    (!record.is_archived()).then(|| number.to_string())
}

fn is_option(world: &World, object: &str, field: &str, id: &str) -> bool {
    let field = world.crm.table(object).ok().and_then(|table| table.field(field));
    field.is_some_and(|field| field.option_place(id).is_some())
}

/// Built-in lists of ids may be emptied, other than those of custom fields.
fn ids(world: &World, object: &str, field: &str, value: &Value) -> Result<String, String> {
    let list = value.as_array().ok_or("Expected array")?;
    let mut ids = Vec::new();
    for one in list {
        let id = one.as_u64().ok_or("Expected number")?.to_string();
        if !is_option(world, object, field, &id) {
            return Err("Invalid option id".to_owned());
        }
        ids.push(id);
    }
    Ok(ids.join(";"))
}

/// Parts that are not given are emptied.
fn address(value: &Value) -> Result<String, String> {
    let given = value.as_object().ok_or("Expected object")?;
    let known =
        |key: &str| key == "value" || super::field_types::ADDRESS_PARTS.iter().any(|(part, _)| *part == key);
    if let Some(unknown) = given.keys().find(|key| !known(key)) {
        return Err(format!("Unrecognized key {unknown}"));
    }
    if given.get("value").and_then(Value::as_str).is_none() {
        return Err("Expected string in value".to_owned());
    }
    Ok(value.to_string())
}
