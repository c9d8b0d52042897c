//! Values of custom fields, as v2 writes and shows them.
//! <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>
//!
//! The core keeps plain values as text and those that are objects as their JSON; a twin may give plain text for those too.

use serde_json::{Map, Value, json};

use super::field_types::{ADDRESS_PARTS, type_of};
use super::{account, times};
use crate::core::Field;
use crate::world::World;

/// <https://developers.pipedrive.com/docs/api/v1/PersonFields>
const LONGEST_VARCHAR: usize = 255;
const LONGEST_TEXT: usize = 65_535;

/// The value of a request as the core takes it, or what is wrong with it. `null` clears.
pub(super) fn read(world: &World, field: &Field, value: &Value) -> Result<String, String> {
    if value.is_null() {
        return Ok(String::new());
    }
    let form = type_of(field);
    match form {
        "varchar" | "varchar_auto" | "phone" => text(field, value, LONGEST_VARCHAR),
        "text" => text(field, value, LONGEST_TEXT),
        "double" | "int" => value.as_f64().map(|_| value.to_string()).ok_or_else(|| expected("number")),
        "boolean" => value.as_bool().map(|yes| yes.to_string()).ok_or_else(|| expected("boolean")),
        "date" => {
            let day = value.as_str().ok_or_else(|| expected("string"))?;
            times::day(day).map(|_| day.to_owned()).ok_or_else(|| "Invalid date".to_owned())
        }
        "enum" => option(field, value),
        "set" => {
            let list = value.as_array().ok_or_else(|| expected("array"))?;
            if list.is_empty() {
                return Err("Array must contain at least 1 element(s)".to_owned());
            }
            let ids = list.iter().map(|one| option(field, one)).collect::<Result<Vec<_>, _>>()?;
            Ok(ids.join(";"))
        }
        "user" => {
            let id = value.as_u64().ok_or_else(|| expected("number"))?;
            let known = world.crm.owners.iter().any(|owner| owner.user_id == id && !owner.archived);
            if known { Ok(id.to_string()) } else { Err("User does not exist".to_owned()) }
        }
        "org" => record(world, "organizations", value),
        "people" => record(world, "persons", value),
        _ => object(form, value),
    }
}

fn expected(what: &str) -> String {
    format!("Expected {what}")
}

fn text(field: &Field, value: &Value, longest: usize) -> Result<String, String> {
    let text = value.as_str().ok_or_else(|| expected("string"))?;
    let longest = field.max_length.map_or(longest, |most| longest.min(most as usize));
    if text.chars().count() > longest {
        return Err(format!("String must contain at most {longest} character(s)"));
    }
    Ok(text.to_owned())
}

/// An option is named by its id, never by its label.
fn option(field: &Field, value: &Value) -> Result<String, String> {
    let id = value.as_u64().ok_or_else(|| expected("number"))?.to_string();
    if field.option_place(&id).is_some() { Ok(id) } else { Err("Invalid option id".to_owned()) }
}

fn record(world: &World, object: &str, value: &Value) -> Result<String, String> {
    let id = value.as_u64().ok_or_else(|| expected("number"))?;
    let live = world.crm.table(object).ok().and_then(|table| table.record(id));
    let live = live.filter(|record| !record.is_archived());
    live.map(|record| record.number.to_string()).ok_or_else(|| "Item does not exist".to_owned())
}

/// A value made of parts. <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>
fn object(form: &str, value: &Value) -> Result<String, String> {
    let given = value.as_object().ok_or_else(|| expected("object"))?;
    let known = |key: &str| match form {
        "monetary" => matches!(key, "value" | "currency"),
        "daterange" => matches!(key, "value" | "until"),
        "time" => matches!(key, "value" | "timezone_id" | "timezone_name"),
        "timerange" => matches!(key, "value" | "until" | "timezone_id" | "timezone_name"),
        "address" => {
            matches!(key, "value" | "formatted_address") || ADDRESS_PARTS.iter().any(|(part, _)| *part == key)
        }
        _ => false,
    };
    if let Some(unknown) = given.keys().find(|key| !known(key)) {
        return Err(format!("Unrecognized key {unknown}"));
    }
    let word = |key: &str| given.get(key).and_then(Value::as_str);
    let needed = |key: &str| word(key).ok_or_else(|| format!("Expected string in {key}"));
    let day = |key: &str| {
        times::day(needed(key)?).map(|day| day.to_string()).ok_or_else(|| format!("Invalid date in {key}"))
    };
    let clock = |key: &str| times::clock(needed(key)?).ok_or_else(|| format!("Invalid time in {key}"));
    let mut whole = given.clone();
    match form {
        "monetary" => {
            given
                .get("value")
                .and_then(Value::as_f64)
                .ok_or_else(|| "Expected number in value".to_owned())?;
            let currency = needed("currency")?;
            if !is_currency(currency) {
                return Err("Invalid currency".to_owned());
            }
        }
        "daterange" => {
            if day("until")? < day("value")? {
                return Err("until is before value".to_owned());
            }
        }
        "time" => {
            whole.insert("value".to_owned(), json!(clock("value")?));
        }
        "timerange" => {
            whole.insert("value".to_owned(), json!(clock("value")?));
            whole.insert("until".to_owned(), json!(clock("until")?));
        }
        _ => {
            needed("value")?;
        }
    }
    Ok(Value::Object(whole).to_string())
}

pub(super) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// A kept value as v2 shows it; with `labels`, options are shown as `{id, label}`.
pub(super) fn shown(field: &Field, kept: Option<&str>, labels: bool) -> Value {
    let Some(kept) = kept.filter(|text| !text.is_empty()) else { return Value::Null };
    let option = |id: &str| {
        let number = number(id);
        match field.option_place(id).and_then(|place| field.options.get(place)) {
            Some(option) if labels => json!({"id": number, "label": option.label}),
            _ => number,
        }
    };
    match type_of(field) {
        "double" | "int" | "user" | "org" | "people" => number(kept),
        "boolean" => json!(kept == "true"),
        "enum" => option(kept),
        "set" => kept.split(';').map(option).collect(),
        form @ ("monetary" | "daterange" | "time" | "timerange" | "address") => parts(form, kept),
        _ => json!(kept),
    }
}

/// A value made of parts, all of them named; a plain one stands for its main part.
pub(super) fn parts(form: &str, kept: &str) -> Value {
    let given: Map<String, Value> = serde_json::from_str(kept).unwrap_or_default();
    let plain = if given.is_empty() { Some(kept) } else { None };
    let get = |key: &str| given.get(key).cloned().unwrap_or(Value::Null);
    let main = || plain.map_or_else(|| get("value"), |plain| json!(plain));
    match form {
        "monetary" => json!({
            "value": plain.map_or_else(|| get("value"), number),
            "currency": plain.map_or_else(|| get("currency"), |_| json!(account::CURRENCY)),
        }),
        "daterange" => {
            json!({"value": main(), "until": plain.map_or_else(|| get("until"), |day| json!(day))})
        }
        "time" | "timerange" => {
            let mut whole = json!({"value": main()});
            if form == "timerange" {
                whole["until"] = get("until");
            }
            whole["timezone_id"] = get("timezone_id");
            let zone = get("timezone_name");
            // The user's own zone where none is given.
            whole["timezone_name"] = if zone.is_null() { json!(account::TIME_ZONE) } else { zone };
            whole
        }
        _ => {
            let mut whole = json!({"value": main()});
            for (part, _) in ADDRESS_PARTS {
                whole[part] = get(part);
            }
            whole
        }
    }
}

/// A number as JSON; text that is none stays text.
pub(super) fn number(text: &str) -> Value {
    let whole = text.parse::<i64>().map(Value::from);
    whole.or_else(|_| text.parse::<f64>().map(Value::from)).unwrap_or_else(|_| json!(text))
}

/// The text searches find a kept value by.
pub(super) fn text_of(field: &Field, kept: &str) -> String {
    match type_of(field) {
        form @ ("monetary" | "address") => match &parts(form, kept)["value"] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        },
        _ => kept.to_owned(),
    }
}
