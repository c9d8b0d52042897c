//! Notes of v1. <https://developers.pipedrive.com/docs/api/v1/Notes>

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::errors::{Problem, Trouble};
use super::gate::Caller;
use super::{Answer, body, custom, leads, offsets, records, render, strict, times};
use crate::call::{Call, Reply};
use crate::core::{Record, Values};
use crate::world::World;

/// What a note can be attached to: the key, and the object it names.
const TARGETS: &[(&str, Option<&str>)] = &[
    ("lead_id", None),
    ("deal_id", Some("deals")),
    ("person_id", Some("persons")),
    ("org_id", Some("organizations")),
    ("project_id", None),
    ("task_id", None),
];
const PINS: &[&str] = &[
    "pinned_to_lead_flag",
    "pinned_to_deal_flag",
    "pinned_to_organization_flag",
    "pinned_to_person_flag",
    "pinned_to_project_flag",
    "pinned_to_task_flag",
];
const SORTS: &[&str] =
    &["id", "user_id", "deal_id", "person_id", "org_id", "content", "add_time", "update_time"];

fn find(world: &World, id: &str) -> Result<Arc<Record>, Trouble> {
    let note = id.parse().ok().and_then(|number| world.crm.table("notes").ok()?.record(number));
    let note = note.filter(|note| !note.is_archived());
    note.cloned().ok_or_else(|| Trouble::old(404, "Note not found"))
}

/// A note as v1 shows it, with the names of what it is attached to.
pub(super) fn shown(world: &World, note: &Record, reader: u64) -> Value {
    let number = |name: &str| note.stored(name).map_or(Value::Null, custom::number);
    let named = |object: &str, field: &str, label: &str| {
        let other = note.stored(field)?.parse().ok()?;
        let other = world.crm.table(object).ok()?.record(other)?;
        Some(json!({label: other.stored(label)}))
    };
    let author = note.stored("user_id").and_then(|id| id.parse::<u64>().ok()).unwrap_or_default();
    let user = world.crm.owners.iter().find(|owner| owner.user_id == author);
    let user = user.map(|user| {
        let name = format!("{} {}", user.first_name, user.last_name);
        json!({"email": user.email, "name": name, "icon_url": null, "is_you": author == reader})
    });
    let mut shown = json!({
        "id": note.number, "user_id": author, "deal_id": number("deal_id"), "person_id": number("person_id"),
        "org_id": number("org_id"), "lead_id": render::lead_id(world, note, "lead_id"),
        "project_id": number("project_id"), "task_id": number("task_id"), "content": note.stored("content"),
        "add_time": times::v1(times::added(note)), "update_time": times::v1(note.changed_at),
        "active_flag": !note.is_archived(), "last_update_user_id": null,
        "organization": named("organizations", "org_id", "name"), "person": named("persons", "person_id", "name"),
        "deal": named("deals", "deal_id", "title"), "lead": named("leads", "lead_id", "title"), "user": user,
    });
    for pin in PINS {
        shown[pin] = json!(note.stored(pin) == Some("true"));
    }
    shown
}

fn reply(world: &World, status: u16, note: &Record, caller: &Caller) -> Reply {
    Reply::json(status, json!({"success": true, "data": shown(world, note, caller.user)}))
}

pub(super) fn get(world: &mut World, call: &Call, caller: &Caller, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let note = find(world, id)?;
    Ok(reply(world, 200, &note, caller))
}

pub(super) fn list(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    let mut known = vec!["user_id", "start", "limit", "sort", "start_date", "end_date", "updated_since"];
    known.extend(TARGETS.iter().map(|(name, _)| *name));
    known.extend(PINS);
    strict::note_params(world, call, &known);
    let since = call.param("updated_since").map(|text| {
        let invalid = || Trouble::old(400, "Validation failed: updated_since: not a valid datetime");
        times::from_v2(text).ok_or_else(invalid)
    });
    let since = since.transpose()?;
    let day = |name: &str| call.param(name).and_then(times::day).map(|day| day.to_string());
    let (from, until) = (day("start_date"), day("end_date"));
    let table = world.crm.table("notes").map_err(|_| Trouble::no_such_path())?;
    let fits = |note: &Value| {
        let is = |name: &str| {
            call.param(name).is_none_or(|id| note[name] == id || note[name] == custom::number(id))
        };
        let pinned = |name: &str| call.param(name).is_none_or(|flag| (flag == "1") == (note[name] == true));
        let added = note["add_time"].as_str().and_then(|text| text.get(..10)).unwrap_or_default();
        is("user_id")
            && TARGETS.iter().all(|(name, _)| is(name))
            && PINS.iter().all(|name| pinned(name))
            && from.as_deref().is_none_or(|from| added >= from)
            && until.as_deref().is_none_or(|until| added <= until)
    };
    let changed =
        |note: &&Arc<Record>| since.is_none_or(|since| times::to_the_second(note.changed_at) >= since);
    let all = table.records(0, false).filter(changed).map(|note| shown(world, note, caller.user));
    let mut all: Vec<Value> = all.filter(fits).collect();
    offsets::sort(call, SORTS, &mut all)?;
    offsets::reply(call, &all)
}

pub(super) fn create(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::note_params(world, call, &[]);
    let written = strict::object(call)?;
    let mut values = read(world, &written)?;
    if !values.contains_key("content") {
        return Err(Trouble::old(400, "Validation failed: content: Required"));
    }
    if !TARGETS.iter().any(|(key, _)| values.get(*key).is_some_and(|id| !id.is_empty())) {
        return Err(Trouble::old(
            400,
            "One of lead_id, deal_id, person_id, org_id, project_id, task_id is required.",
        ));
    }
    records::weather(world)?;
    values.entry("user_id".to_owned()).or_insert_with(|| caller.user.to_string());
    of_deal(world, &mut values);
    let now = world.now;
    let note = world.crm.load("notes", &values, now).map_err(|_| Trouble::unknown())?;
    // Sources disagree: 200 in the description, 201 once recorded.
    Ok(reply(world, 201, &note, caller))
}

/// Recorded: a deal's note is attached to its person and organization, too.
fn of_deal(world: &World, values: &mut Values) {
    let deal = values.get("deal_id").and_then(|id| id.parse().ok());
    let Some(deal) = deal.and_then(|number| world.crm.table("deals").ok()?.record(number)) else { return };
    for key in ["person_id", "org_id"] {
        if let Some(id) = deal.stored(key) {
            values.entry(key.to_owned()).or_insert_with(|| id.to_owned());
        }
    }
}

pub(super) fn update(world: &mut World, call: &Call, caller: &Caller, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let number = find(world, id)?.number;
    let written = strict::object(call)?;
    let values = read(world, &written)?;
    records::weather(world)?;
    let now = world.now;
    let note =
        world.crm.edit("notes", number, &values, now).map_err(|_| Trouble::old(404, "Note not found"))?;
    Ok(reply(world, 200, &note, caller))
}

pub(super) fn delete(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let number = find(world, id)?.number;
    let now = world.now;
    world.crm.archive("notes", number, now).map_err(|_| Trouble::old(404, "Note not found"))?;
    Ok(Reply::json(200, json!({"success": true, "data": true})))
}

/// Unknown keys are noted, and without effect: the description leaves the body open.
fn read(world: &mut World, written: &Map<String, Value>) -> Result<Values, Trouble> {
    let mut values = Values::new();
    let mut problems: Vec<Problem> = Vec::new();
    for (key, value) in written {
        match one(world, key, value) {
            Some(Ok(text)) => {
                let name = if key == "add_time" { times::GIVEN_ADD_TIME } else { key };
                values.insert(name.to_owned(), text);
            }
            Some(Err(what)) => problems.push((key.clone(), what)),
            None => strict::unknown_key(world, key),
        }
    }
    body::refused(world, &values, &mut problems);
    if problems.is_empty() {
        return Ok(values);
    }
    let told: Vec<String> = problems.iter().map(|(key, what)| format!("{key}: {what}")).collect();
    Err(Trouble::old(400, &format!("Validation failed: {}", told.join("; "))))
}

fn one(world: &World, key: &str, value: &Value) -> Option<Result<String, String>> {
    let target = TARGETS.iter().find(|(name, _)| *name == key);
    let nullable = target.is_some() || PINS.contains(&key);
    if value.is_null() && nullable {
        return Some(Ok(String::new()));
    }
    let expected = |what: &str| format!("Expected {what}");
    let number = || value.as_u64().ok_or_else(|| expected("number"));
    let text = || value.as_str().ok_or_else(|| expected("string"));
    Some(match key {
        "content" => match value.as_str().map(str::trim) {
            None => Err(expected("string")),
            Some("") => Err("must not be empty".to_owned()),
            Some(html) => Ok(html.to_owned()),
        },
        "lead_id" => text().and_then(|id| {
            let lead = leads::live(world, id).map_err(|_| "Item does not exist".to_owned())?;
            Ok(lead.number.to_string())
        }),
        "user_id" => number().and_then(|id| {
            let known = world.crm.owners.iter().any(|owner| owner.user_id == id);
            if known { Ok(id.to_string()) } else { Err("User does not exist".to_owned()) }
        }),
        "add_time" => text().and_then(|text| {
            times::from_v1(text).map(times::v2).ok_or_else(|| "Invalid datetime".to_owned())
        }),
        // v1's flags are 0 and 1.
        pin if PINS.contains(&pin) => match value.as_u64() {
            Some(flag @ (0 | 1)) => Ok((flag == 1).to_string()),
            _ => Err(expected("0 or 1")),
        },
        _ => match target? {
            (_, Some(object)) => number().and_then(|id| {
                let record = world.crm.table(object).ok().and_then(|table| table.record(id));
                let live = record.filter(|record| !record.is_archived());
                live.map(|_| id.to_string()).ok_or_else(|| "Item does not exist".to_owned())
            }),
            // There are no projects and tasks here.
            _ => number().and(Err("Item does not exist".to_owned())),
        },
    })
}
