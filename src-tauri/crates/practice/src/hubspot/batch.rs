//! Batches of records. <https://developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis>

use std::collections::HashSet;
use std::sync::Arc;

use rand::seq::SliceRandom;
use serde_json::{Value, json};

use super::render::{self, Show};
use super::rows::{self, Ending, Row};
use super::strict::{self, Shape};
use super::{Answer, associations, errors, objects};
use crate::call::{Call, Reply};
use crate::core::{Record, Refusal, moment_text};
use crate::world::World;
use errors::Trouble;

const CREATE: Shape = Shape::Keys(&[(
    "inputs",
    Shape::List(&Shape::Keys(&[
        ("properties", Shape::Texts),
        ("associations", associations::INLINE),
        ("objectWriteTraceId", Shape::Any),
    ])),
)]);

const WRITE: Shape = Shape::Keys(&[(
    "inputs",
    Shape::List(&Shape::Keys(&[
        ("id", Shape::Any),
        ("idProperty", Shape::Any),
        ("properties", Shape::Texts),
        ("objectWriteTraceId", Shape::Any),
    ])),
)]);

const READ: Shape = Shape::Keys(&[
    ("inputs", Shape::List(&Shape::Keys(&[("id", Shape::Any)]))),
    ("idProperty", Shape::Any),
    ("properties", Shape::List(&Shape::Any)),
    ("propertiesWithHistory", Shape::List(&Shape::Any)),
]);

const ARCHIVE: Shape = Shape::Keys(&[("inputs", Shape::List(&Shape::Keys(&[("id", Shape::Any)])))]);

pub(super) fn create(world: &mut World, call: &Call, object: &str) -> Answer {
    let rows = rows::read(world, call, &CREATE)?;
    rows::run(world, object, &rows, Ending { good: 201, together: false }, |world, row| {
        let record = objects::create_record(world, object, &row.properties, &row.links)?;
        Ok((render::record(world, object, &record, Show::Everything), record.number))
    })
}

pub(super) fn update(world: &mut World, call: &Call, object: &str) -> Answer {
    let rows = rows::read(world, call, &WRITE)?;
    rows::run(world, object, &rows, Ending { good: 200, together: false }, |world, row| {
        let number = match &row.id_property {
            Some(property) => {
                let found = world.crm.live_by(object, property, &row.id);
                found.map_err(|refusal| Trouble::of(refusal, object))?.number
            }
            // Merged ids answer to single updates, not to batches.
            None => own_number(world, object, &row.id)?,
        };
        let record = objects::update_record(world, object, number, &row.properties)?;
        Ok((render_written(world, object, &record, row), record.number))
    })
}

pub(super) fn upsert(world: &mut World, call: &Call, object: &str) -> Answer {
    let rows = rows::read(world, call, &WRITE)?;
    // "Partial upserts are not supported" by e-mail. Unverified: read as one bad row refusing the whole batch.
    let together = rows.iter().any(|row| row.id_property.as_deref() == Some("email"));
    let mut seen = HashSet::new();
    let given_twice: HashSet<Key> = rows.iter().map(key).filter(|key| !seen.insert(key.clone())).collect();
    rows::run(world, object, &rows, Ending { good: 200, together }, |world, row| {
        if given_twice.contains(&key(row)) {
            let message = format!("The value {} is given twice in this batch", row.id);
            return Err(Trouble::new(409, "CONFLICT", message));
        }
        let (record, new) = upsert_record(world, object, row)?;
        let mut result = render_written(world, object, &record, row);
        result["new"] = json!(new);
        Ok((result, record.number))
    })
}

/// What a row is found by, spelled as uniqueness compares it.
type Key = (Option<String>, String);

fn key(row: &Row) -> Key {
    (row.id_property.clone(), row.id.trim().to_lowercase())
}

fn upsert_record(world: &mut World, object: &str, row: &Row) -> Result<(Arc<Record>, bool), Trouble> {
    // Unverified: what a row without idProperty is answered.
    let property =
        row.id_property.as_deref().ok_or_else(|| Trouble::bad_request("idProperty is needed to upsert"))?;
    if row.id.trim().is_empty() {
        return Err(Trouble::bad_request("id is needed to upsert"));
    }
    match world.crm.live_by(object, property, &row.id).map(|record| record.number) {
        Ok(number) => Ok((objects::update_record(world, object, number, &row.properties)?, false)),
        Err(Refusal::NoRecord(_)) => {
            let mut properties = row.properties.clone();
            properties.entry(property).or_insert_with(|| json!(row.id));
            Ok((objects::create_record(world, object, &properties, &[])?, true))
        }
        Err(refusal) => Err(Trouble::of(refusal, object)),
    }
}

fn render_written(world: &World, object: &str, record: &Record, row: &Row) -> Value {
    let written: Vec<String> = row.properties.keys().cloned().collect();
    render::record(world, object, record, Show::Written(&written))
}

pub(super) fn read(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &["archived"]);
    let body = strict::body(world, call, &READ)?;
    let ids: Vec<String> = texts(rows::inputs(&body)?, "id");
    let property = body.get("idProperty").and_then(Value::as_str);
    let asked: Vec<String> = body
        .get("properties")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let (mut results, mut missing) = (Vec::new(), Vec::new());
    for id in ids {
        match objects::find(world, object, &id, property) {
            Ok(record) => results.push(render::record(world, object, &record, Show::asked(&asked))),
            Err(trouble) if trouble.status == 404 => missing.push(id),
            Err(trouble) => return Err(trouble),
        }
    }
    results.shuffle(&mut world.random);
    let errors = if missing.is_empty() {
        Vec::new()
    } else {
        let name = errors::singular(object).to_uppercase();
        vec![json!({
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "message": format!("Could not get some {name} objects, they may be deleted or not exist. Check that ids are valid."),
            "context": {"ids": missing},
        })]
    };
    let started = moment_text(world.now);
    Ok(rows::envelope(world, started, results, errors, 200))
}

pub(super) fn archive(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &ARCHIVE)?;
    let now = world.now;
    for id in texts(rows::inputs(&body)?, "id") {
        // Archiving what is gone already is not an error.
        if let Ok(number) = own_number(world, object, &id) {
            world.crm.archive(object, number, now).map_err(|refusal| Trouble::of(refusal, object))?;
        }
    }
    Ok(Reply::empty(204))
}

fn texts(inputs: &[Value], key: &str) -> Vec<String> {
    inputs.iter().filter_map(|input| input.get(key).and_then(Value::as_str).map(str::to_owned)).collect()
}

/// The record with exactly this id.
fn own_number(world: &World, object: &str, id: &str) -> Result<u64, Trouble> {
    let record = objects::find(world, object, id, None)?;
    if record.number.to_string() == id { Ok(record.number) } else { Err(Trouble::no_such_path()) }
}
