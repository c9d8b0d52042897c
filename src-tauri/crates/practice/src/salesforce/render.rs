//! Records as the API shows them.

use jiff::Timestamp;
use leadferry_model::FieldKind;
use serde_json::{Map, Number, Value, json};

use super::facts::Facts;
use super::gate::Visit;
use super::look;
use super::sight::Granted;
use crate::core::{Field, Record, Table};
use crate::world::World;

/// Text that is a moment, as answers write it: no colon in the offset.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.000+0000").to_string()
}

/// `type` and `url` of a record.
pub(super) fn attributes(visit: &Visit, object: &str, id: &str) -> Value {
    json!({"type": object, "url": format!("{}/sobjects/{object}/{id}", visit.root())})
}

/// A record with these fields.
pub(super) fn record<'a>(
    world: &World,
    visit: &Visit,
    table: &Table,
    record: &Record,
    fields: impl IntoIterator<Item = &'a Field>,
) -> Value {
    let mut shown = Map::new();
    shown.insert("attributes".to_owned(), attributes(visit, table.object(), &table.id_text(record)));
    for field in fields {
        shown.insert(field.name.to_string(), value(world, table, record, field));
    }
    Value::Object(shown)
}

/// A record with everything the user sees.
pub(super) fn whole(world: &World, visit: &Visit, granted: &Granted, table: &Table, one: &Record) -> Value {
    record(world, visit, table, one, granted.fields(table))
}

/// One value.
pub(super) fn value(world: &World, table: &Table, record: &Record, field: &Field) -> Value {
    let facts = Facts::of(field);
    if facts.word == "address" {
        return address(table, record, field);
    }
    let Some(text) = look::value(world, table, record, field) else { return Value::Null };
    match field.kind {
        FieldKind::Bool => Value::Bool(text == "true"),
        FieldKind::Number | FieldKind::Money if facts.word == "int" => {
            text.parse::<i64>().map_or(Value::Null, Value::from)
        }
        FieldKind::Number | FieldKind::Money => {
            text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
        }
        FieldKind::DateTime => text.parse().map_or(Value::Null, |at| Value::from(moment(at))),
        _ => Value::String(text),
    }
}

/// A compound of the parts that lie in it; nothing when all are blank.
fn address(table: &Table, record: &Record, compound: &Field) -> Value {
    let prefix = compound.name.trim_end_matches("Address");
    let part = |name: &str| {
        let part = table.field(&format!("{prefix}{name}")).and_then(|field| record.value(field));
        part.map_or(Value::Null, Value::String)
    };
    let number = |name: &str| match part(name) {
        Value::String(text) => {
            text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
        }
        other => other,
    };
    let names = ["City", "Country", "PostalCode", "State", "Street"];
    if names.iter().all(|name| part(name).is_null()) {
        return Value::Null;
    }
    json!({
        "city": part("City"), "country": part("Country"), "geocodeAccuracy": part("GeocodeAccuracy"),
        "latitude": number("Latitude"), "longitude": number("Longitude"), "postalCode": part("PostalCode"),
        "state": part("State"), "street": part("Street"),
    })
}
