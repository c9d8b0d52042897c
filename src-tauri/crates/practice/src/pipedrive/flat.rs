//! Custom fields as v1 has them: at the root, parts of a value under keys of their own, options as text.
//! <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::errors::Problem;
use super::field_calls::CODE_LENGTH;
use super::field_types::type_of;
use super::{account, custom};
use crate::core::{Record, Table, Values};
use crate::world::World;

/// Whether a key looks like one of a custom field, and which part of the value it holds.
fn split(key: &str) -> Option<(&str, &str)> {
    let code = key.get(..CODE_LENGTH)?;
    let part = match key.get(CODE_LENGTH..)? {
        "" => "value",
        rest => rest.strip_prefix('_')?,
    };
    code.bytes().all(|b| b.is_ascii_hexdigit()).then_some((code, part))
}

/// Reads the custom fields of a body, which are those of deals.
pub(super) fn read<'a>(
    world: &World,
    keys: impl Iterator<Item = (&'a String, &'a Value)>,
    problems: &mut Vec<Problem>,
) -> Values {
    let mut whole: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let deals = world.crm.table("deals").ok();
    let custom_field = |code: &str| deals.and_then(|table| table.field(code)).filter(|field| field.custom);
    for (key, value) in keys {
        match split(key).filter(|(code, _)| custom_field(code).is_some()) {
            Some((code, part)) => {
                whole.entry(code).or_default().insert(part.to_owned(), value.clone());
            }
            None => problems.push((key.clone(), "Unrecognized key".to_owned())),
        }
    }
    let mut values = Values::new();
    for (code, parts) in whole {
        let Some(field) = custom_field(code) else { continue };
        match custom::read(world, field, &nested(type_of(field), &parts)) {
            Ok(text) => {
                values.insert(code.to_owned(), text);
            }
            Err(what) => problems.push((code.to_owned(), what)),
        }
    }
    values
}

/// The value as v2 has it. v1 also takes numbers as text.
fn nested(form: &str, parts: &Map<String, Value>) -> Value {
    let main = parts.get("value").cloned().unwrap_or_default();
    let number = |value: &Value| match value {
        Value::String(text) => custom::number(text),
        other => other.clone(),
    };
    match form {
        _ if main.is_null() => Value::Null,
        "monetary" => {
            let currency = parts.get("currency").cloned().unwrap_or_else(|| json!(account::CURRENCY));
            json!({"value": number(&main), "currency": currency})
        }
        "daterange" | "time" | "timerange" | "address" => {
            let mut whole = parts.clone();
            whole.insert("value".to_owned(), main);
            Value::Object(whole)
        }
        "double" | "enum" | "user" | "org" | "people" => number(&main),
        "set" => match &main {
            Value::String(text) => text.split(',').map(|id| custom::number(id.trim())).collect(),
            Value::Array(ids) => ids.iter().map(number).collect(),
            other => other.clone(),
        },
        _ => main,
    }
}

/// The custom fields of a record; empty ones are left out or `null`.
pub(super) fn show(table: &Table, record: &Record, empty_too: bool, into: &mut Map<String, Value>) {
    for field in table.fields().filter(|field| field.custom) {
        let code = &*field.name;
        let Some(kept) = record.stored(code) else {
            if empty_too {
                into.insert(code.to_owned(), Value::Null);
            }
            continue;
        };
        match type_of(field) {
            "enum" => {
                into.insert(code.to_owned(), json!(kept));
            }
            "set" => {
                into.insert(code.to_owned(), json!(kept.replace(';', ",")));
            }
            form @ ("monetary" | "daterange" | "time" | "timerange" | "address") => {
                if let Value::Object(parts) = custom::parts(form, kept) {
                    for (part, value) in parts {
                        let key = if part == "value" { code.to_owned() } else { format!("{code}_{part}") };
                        into.insert(key, value);
                    }
                }
            }
            _ => {
                into.insert(code.to_owned(), custom::shown(field, Some(kept), false));
            }
        }
    }
}
