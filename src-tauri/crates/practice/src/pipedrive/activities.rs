//! What is special about activities: who takes part, and when one is done.
//! <https://developers.pipedrive.com/docs/api/v1/Activities>

use serde_json::{Value, json};

use super::errors::Problem;
use super::times;
use crate::core::{Record, Values};
use crate::world::World;

/// Reads `participants`: the primary one is the activity's person. Kept with that one first.
pub(super) fn participants(world: &World, value: &Value) -> Result<String, Problem> {
    let at = |what: &str| ("participants".to_owned(), what.to_owned());
    let list = value.as_array().ok_or_else(|| at("Expected array"))?;
    let mut people = Vec::new();
    let mut primary = None;
    for one in list {
        let one = one.as_object().ok_or_else(|| at("Expected array of objects"))?;
        if let Some(unknown) = one.keys().find(|key| !["person_id", "primary"].contains(&key.as_str())) {
            return Err(at(&format!("Unrecognized key {unknown}")));
        }
        let id =
            one.get("person_id").and_then(Value::as_u64).ok_or_else(|| at("Expected number in person_id"))?;
        let person = world.crm.table("persons").ok().and_then(|table| table.record(id));
        if person.is_none_or(|person| person.is_archived()) {
            return Err(at("Item does not exist"));
        }
        match one.get("primary") {
            None | Some(Value::Bool(false)) => people.push(id),
            Some(Value::Bool(true)) if primary.is_none() => primary = Some(id),
            Some(Value::Bool(true)) => return Err(at("Only one participant can be primary")),
            Some(_) => return Err(at("Expected boolean in primary")),
        }
    }
    // Unverified: who is primary when nobody is said to be; read as the first one.
    let all: Vec<String> = primary.into_iter().chain(people).map(|id| id.to_string()).collect();
    Ok(all.join(";"))
}

pub(super) fn attendees(value: &Value) -> Result<String, Problem> {
    let at = |what: &str| ("attendees".to_owned(), what.to_owned());
    const KNOWN: &[&str] = &["email", "name", "status", "is_organizer", "person_id", "user_id"];
    for one in value.as_array().ok_or_else(|| at("Expected array"))? {
        let one = one.as_object().ok_or_else(|| at("Expected array of objects"))?;
        if let Some(unknown) = one.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(at(&format!("Unrecognized key {unknown}")));
        }
    }
    Ok(value.to_string())
}

/// Fills in what follows from what was written.
pub(super) fn settle(world: &World, values: &mut Values, present: Option<&Record>) {
    if let Some(participants) = values.get("participants") {
        let person = participants.split(';').next().unwrap_or_default().to_owned();
        values.insert("person_id".to_owned(), person);
    }
    let was_done = present.is_some_and(|record| record.stored("done") == Some("true"));
    match values.get("done").map(String::as_str) {
        Some("true") if !was_done => {
            values.insert("marked_as_done_time".to_owned(), times::v2(world.now));
        }
        Some("false" | "") => {
            values.insert("marked_as_done_time".to_owned(), String::new());
        }
        _ => {}
    }
    if present.is_some() {
        return;
    }
    // Unverified: what a new activity without type or subject becomes; the documents name no required key.
    let word = values.entry("type".to_owned()).or_insert_with(|| "call".to_owned()).clone();
    values.entry("subject".to_owned()).or_insert_with(|| word[..1].to_uppercase() + &word[1..]);
    values.entry("done".to_owned()).or_insert_with(|| "false".to_owned());
    values.entry("busy".to_owned()).or_insert_with(|| "false".to_owned());
}

/// The participants as they are shown.
pub(super) fn participants_shown(record: &Record) -> Value {
    let primary = record.stored("person_id").unwrap_or_default();
    let all = record.stored("participants").unwrap_or_default().split(';').filter(|id| !id.is_empty());
    all.map(|id| json!({"person_id": super::custom::number(id), "primary": id == primary})).collect()
}
