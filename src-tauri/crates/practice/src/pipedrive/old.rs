//! Records as v1 shows them: at merges and among recent changes.
//! <https://developers.pipedrive.com/docs/api/v1/Recents>
//!
//! Custom fields stand at the root, times are `2026-11-20 08:00:00`, visibility is text, contacts are `email` and `phone`.

use serde_json::{Map, Value, json};

use super::{account, activities, contacts, custom, flat, notes, render, times};
use crate::core::Record;
use crate::world::World;

/// A record, also a deleted one.
pub(super) fn record(world: &World, object: &str, record: &Record, reader: u64) -> Value {
    let mut shown = match object {
        "persons" => person(world, record),
        "organizations" => organization(world, record),
        "deals" => deal(world, record),
        "notes" => return notes::shown(world, record, reader),
        _ => return activity(world, record),
    };
    shown.insert("company_id".to_owned(), json!(account::COMPANY));
    shown.insert("add_time".to_owned(), json!(times::v1(times::added(record))));
    shown.insert("update_time".to_owned(), json!(times::v1(record.changed_at)));
    shown.insert("visible_to".to_owned(), json!(record.stored("visible_to").unwrap_or("3")));
    shown.insert("label_ids".to_owned(), numbers(record, "label_ids"));
    shown.insert("owner_name".to_owned(), owner_name(world, record));
    shown.insert("cc_email".to_owned(), json!(format!("practice+{}@example.com", record.number)));
    if let Ok(table) = world.crm.table(object) {
        flat::show(table, record, true, &mut shown);
    }
    Value::Object(shown)
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn number(record: &Record, name: &str) -> Value {
    record.stored(name).map_or(Value::Null, custom::number)
}

fn text(record: &Record, name: &str) -> Value {
    record.stored(name).map_or(Value::Null, Value::from)
}

fn numbers(record: &Record, name: &str) -> Value {
    let ids = record.stored(name).unwrap_or_default().split(';').filter(|id| !id.is_empty());
    ids.map(custom::number).collect()
}

fn owner_name(world: &World, record: &Record) -> Value {
    let id = render::owner(world, record);
    let owner = world.crm.owners.iter().find(|owner| json!(owner.user_id) == id);
    owner.map_or(Value::Null, |owner| json!(format!("{} {}", owner.first_name, owner.last_name)))
}

fn name_of(world: &World, object: &str, record: &Record, field: &str) -> Value {
    let other = record.stored(field).and_then(|id| id.parse().ok());
    let other = other.and_then(|number: u64| world.crm.table(object).ok()?.record(number));
    other.map_or(Value::Null, |other| text(other, "name"))
}

fn person(world: &World, record: &Record) -> Map<String, Value> {
    let name = record.stored("name").unwrap_or_default();
    let (first, last) = name.rsplit_once(' ').map_or((name, None), |(first, last)| (first, Some(last)));
    let first_char = name.chars().next().map(|c| c.to_lowercase().to_string());
    let contacts = |field: &str| {
        let list = contacts::parsed(render::contact_text(record, field));
        // Where nothing is, v1 shows one empty entry.
        if list.is_empty() { json!([{"value": "", "primary": true}]) } else { json!(list) }
    };
    map(json!({
        "id": record.number, "owner_id": render::owner(world, record), "org_id": number(record, "org_id"),
        "name": name, "first_name": first, "last_name": last, "email": contacts("email"), "phone": contacts("phone"),
        "active_flag": !record.is_archived(), "first_char": first_char, "picture_id": null,
        "org_name": name_of(world, "organizations", record, "org_id"),
    }))
}

fn organization(world: &World, record: &Record) -> Map<String, Value> {
    let address = record.stored("address").map(|kept| custom::parts("address", kept)["value"].clone());
    map(json!({
        "id": record.number, "owner_id": render::owner(world, record), "name": text(record, "name"),
        "address": address, "active_flag": !record.is_archived(),
    }))
}

fn deal(world: &World, record: &Record) -> Map<String, Value> {
    let status = if record.is_archived() { json!("deleted") } else { text(record, "status") };
    let moment = |name: &str| {
        let at = record.stored(name).and_then(times::from_v2).map(times::v1);
        json!(at)
    };
    map(json!({
        "id": record.number, "user_id": render::owner(world, record), "title": text(record, "title"),
        "value": record.stored("value").map_or(json!(0), custom::number),
        "currency": record.stored("currency").unwrap_or(account::CURRENCY),
        "person_id": number(record, "person_id"), "person_name": name_of(world, "persons", record, "person_id"),
        "org_id": number(record, "org_id"), "org_name": name_of(world, "organizations", record, "org_id"),
        "stage_id": number(record, "stage_id"), "pipeline_id": number(record, "pipeline_id"),
        "active": status == "open", "deleted": record.is_archived(), "status": status,
        "lost_reason": text(record, "lost_reason"), "won_time": moment("won_time"), "lost_time": moment("lost_time"),
        "close_time": moment("close_time"), "expected_close_date": text(record, "expected_close_date"),
    }))
}

fn activity(world: &World, record: &Record) -> Value {
    json!({
        "id": record.number, "company_id": account::COMPANY, "user_id": render::owner(world, record),
        "subject": text(record, "subject"), "type": text(record, "type"),
        "done": record.stored("done") == Some("true"), "due_date": text(record, "due_date"),
        "due_time": text(record, "due_time"), "duration": text(record, "duration"),
        "deal_id": number(record, "deal_id"), "lead_id": render::lead_id(world, record, "lead_id"),
        "person_id": number(record, "person_id"), "org_id": number(record, "org_id"), "note": text(record, "note"),
        "participants": activities::participants_shown(record),
        "add_time": times::v1(times::added(record)), "update_time": times::v1(record.changed_at),
        "active_flag": !record.is_archived(),
    })
}
