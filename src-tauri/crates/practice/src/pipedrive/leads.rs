//! Leads of v1: UUIDs, pages by offset, custom fields (those of deals) at the root.
//! <https://developers.pipedrive.com/docs/api/v1/Leads>

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::errors::{Problem, Trouble};
use super::gate::Caller;
use super::{Answer, account, body, custom, flat, offsets, records, render, strict, times};
use crate::call::{Call, Reply};
use crate::core::{Record, Values, moment_text};
use crate::world::World;

const KEYS: &[&str] = &[
    "title",
    "owner_id",
    "label_ids",
    "person_id",
    "organization_id",
    "value",
    "expected_close_date",
    "visible_to",
    "was_seen",
    "channel",
    "channel_id",
];
const LIST: &[&str] =
    &["limit", "start", "owner_id", "person_id", "organization_id", "filter_id", "updated_since", "sort"];
const SORTS: &[&str] = &[
    "id",
    "title",
    "owner_id",
    "creator_id",
    "was_seen",
    "expected_close_date",
    "next_activity_id",
    "add_time",
    "update_time",
];

/// The lead with a UUID.
pub(super) fn live(world: &World, id: &str) -> Result<Arc<Record>, Trouble> {
    let table = world.crm.table("leads").map_err(|_| Trouble::no_such_path())?;
    let number = table.holder("id", id).or_else(|| account::lead_number(id));
    let lead = number.and_then(|number| table.record(number)).filter(|lead| !lead.is_archived());
    lead.cloned().ok_or_else(Trouble::lead_not_found)
}

/// A lead as v1 shows it; recorded: with milliseconds, other than everything else.
pub(super) fn shown(world: &World, lead: &Record) -> Value {
    let text = |name: &str| lead.stored(name).map_or(Value::Null, Value::from);
    let number = |name: &str| lead.stored(name).map_or(Value::Null, custom::number);
    let labels: Vec<&str> =
        lead.stored("label_ids").unwrap_or_default().split(';').filter(|id| !id.is_empty()).collect();
    let value = lead.stored("value").map(|kept| custom::parts("monetary", kept));
    let value = value.map(|money| json!({"amount": money["value"], "currency": money["currency"]}));
    let archived = lead.stored("is_archived") == Some("true");
    let mut shown = Map::new();
    if let Value::Object(own) = json!({
        "id": account::lead_id(lead), "title": text("title"), "owner_id": render::owner(world, lead),
        "creator_id": lead.stored("creator_id").map_or_else(|| render::owner(world, lead), custom::number),
        "label_ids": labels, "value": value, "expected_close_date": text("expected_close_date"),
        "person_id": number("person_id"), "organization_id": number("organization_id"), "is_archived": archived,
        "archive_time": text("archive_time"), "source_name": lead.stored("source_name").unwrap_or("Manually created"),
        "source_deal_id": number("source_deal_id"), "origin": lead.stored("origin").unwrap_or("ManuallyCreated"),
        "origin_id": text("origin_id"), "channel": number("channel"), "channel_id": text("channel_id"),
        "was_seen": lead.stored("was_seen") == Some("true"), "next_activity_id": next_activity(world, lead),
        "add_time": moment_text(times::added(lead)), "update_time": moment_text(lead.changed_at),
        "visible_to": lead.stored("visible_to").unwrap_or("3"),
        "cc_email": format!("practice+lead{}@example.com", lead.number),
    }) {
        shown = own;
    }
    if let Ok(deals) = world.crm.table("deals") {
        flat::show(deals, lead, false, &mut shown);
    }
    Value::Object(shown)
}

fn next_activity(world: &World, lead: &Record) -> Value {
    let number = lead.number.to_string();
    let activities = world.crm.table("activities").ok();
    let open = activities.iter().flat_map(|table| table.records(0, false)).filter(|activity| {
        activity.stored("lead_id") == Some(&number) && activity.stored("done") != Some("true")
    });
    let next = open.min_by_key(|activity| (activity.stored("due_date").unwrap_or_default(), activity.number));
    json!(next.map(|activity| activity.number))
}

fn reply(world: &World, status: u16, lead: &Record) -> Reply {
    Reply::json(status, json!({"success": true, "data": shown(world, lead)}))
}

pub(super) fn get(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let lead = live(world, id)?;
    Ok(reply(world, 200, &lead))
}

/// Leads that are not archived, or those that are. Archived ones know no `updated_since`.
pub(super) fn list(world: &mut World, call: &Call, archived: bool) -> Answer {
    let known: Vec<&str> =
        LIST.iter().copied().filter(|name| !(archived && *name == "updated_since")).collect();
    strict::note_params(world, call, &known);
    let invalid = |key: &str, what: &str| Trouble::old(400, &format!("Validation failed: {key}: {what}"));
    if call.param("filter_id").is_some() {
        return Err(Trouble::old(404, "Filter not found"));
    }
    let since: Option<Timestamp> = match call.param("updated_since").filter(|_| !archived) {
        None => None,
        Some(text) => {
            Some(times::from_v2(text).ok_or_else(|| invalid("updated_since", "not a valid datetime"))?)
        }
    };
    let table = world.crm.table("leads").map_err(|_| Trouble::no_such_path())?;
    let is = |lead: &Record, name: &str| call.param(name).is_none_or(|id| lead.stored(name) == Some(id));
    let leads = table.records(0, false).filter(|lead| {
        (lead.stored("is_archived") == Some("true")) == archived
            && since.is_none_or(|since| lead.changed_at >= since)
            && ["owner_id", "person_id", "organization_id"].iter().all(|name| is(lead, name))
    });
    let mut all: Vec<Value> = leads.map(|lead| shown(world, lead)).collect();
    offsets::sort(call, SORTS, &mut all)?;
    offsets::reply(call, &all)
}

pub(super) fn create(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::note_params(world, call, &[]);
    let written = strict::object(call)?;
    let mut values = read(world, &written, "origin_id")?;
    if !values.contains_key("title") {
        return Err(invalid(&[("title".to_owned(), "Required".to_owned())]));
    }
    linked(&values, None)?;
    records::weather(world)?;
    let user = caller.user.to_string();
    values.entry("owner_id".to_owned()).or_insert_with(|| user.clone());
    values.insert("creator_id".to_owned(), user);
    values.entry("visible_to".to_owned()).or_insert_with(|| "3".to_owned());
    values.insert("source_name".to_owned(), "API".to_owned());
    values.insert("origin".to_owned(), "API".to_owned());
    let now = world.now;
    let lead = world.crm.load("leads", &values, now).map_err(|_| Trouble::unknown())?;
    // Sources disagree: 201 in the description, 200 once recorded.
    Ok(reply(world, 201, &lead))
}

pub(super) fn update(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let present = live(world, id)?;
    let written = strict::object(call)?;
    let mut values = read(world, &written, "is_archived")?;
    linked(&values, Some(&present))?;
    match values.get("is_archived").map(String::as_str) {
        Some("true") if present.stored("is_archived") != Some("true") => {
            values.insert("archive_time".to_owned(), moment_text(world.now));
        }
        Some("false" | "") => {
            values.insert("archive_time".to_owned(), String::new());
        }
        _ => {}
    }
    records::weather(world)?;
    let now = world.now;
    let lead = world.crm.edit("leads", present.number, &values, now);
    let lead = lead.map_err(|_| Trouble::lead_not_found())?;
    Ok(reply(world, 200, &lead))
}

pub(super) fn delete(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let number = live(world, id)?.number;
    let now = world.now;
    world.crm.archive("leads", number, now).map_err(|_| Trouble::lead_not_found())?;
    Ok(Reply::json(200, json!({"success": true, "data": {"id": id}})))
}

/// A lead is always linked to a person, an organization, or both.
fn linked(values: &Values, present: Option<&Record>) -> Result<(), Trouble> {
    let has = |key: &str| match values.get(key) {
        Some(text) => !text.is_empty(),
        None => present.is_some_and(|lead| lead.stored(key).is_some()),
    };
    if has("person_id") || has("organization_id") {
        return Ok(());
    }
    Err(Trouble::old(400, "A lead must be linked to a person or an organization."))
}

fn invalid(problems: &[Problem]) -> Trouble {
    let told: Vec<String> = problems.iter().map(|(key, what)| format!("{key}: {what}")).collect();
    Trouble::old(400, &format!("Validation failed: {}", told.join("; ")))
}

/// The values of a body; `more` is the key that only this call takes.
fn read(world: &mut World, written: &Map<String, Value>, more: &str) -> Result<Values, Trouble> {
    let known = |key: &String| KEYS.contains(&key.as_str()) || key == more;
    let mut problems = Vec::new();
    let mut values = flat::read(world, written.iter().filter(|(key, _)| !known(key)), &mut problems);
    for (key, _) in &problems {
        if !written.get(key).is_none_or(Value::is_null) && key.len() < super::field_calls::CODE_LENGTH {
            strict::unknown_key(world, key);
        }
    }
    for (key, value) in written.iter().filter(|(key, _)| known(key)) {
        match one(world, key, value) {
            Ok(text) => {
                values.insert(key.clone(), text);
            }
            Err(what) => problems.push((key.clone(), what)),
        }
    }
    body::refused(world, &values, &mut problems);
    if problems.is_empty() { Ok(values) } else { Err(invalid(&problems)) }
}

fn one(world: &World, key: &str, value: &Value) -> Result<String, String> {
    let expected = |what: &str| format!("Expected {what}");
    if value.is_null() && key != "title" {
        return Ok(String::new());
    }
    let text = || value.as_str().ok_or_else(|| expected("string"));
    let exists = |object: &str| {
        let number = value.as_u64().ok_or_else(|| expected("number"))?;
        let record = world.crm.table(object).ok().and_then(|table| table.record(number));
        let record = record.filter(|record| !record.is_archived());
        record.map(|record| record.number.to_string()).ok_or_else(|| "Item does not exist".to_owned())
    };
    match key {
        "title" => {
            let title = text()?.trim();
            if title.is_empty() { Err("must not be empty".to_owned()) } else { Ok(title.to_owned()) }
        }
        "owner_id" => {
            let id = value.as_u64().ok_or_else(|| expected("number"))?;
            let known = world.crm.owners.iter().any(|owner| owner.user_id == id && !owner.archived);
            if known { Ok(id.to_string()) } else { Err("User does not exist".to_owned()) }
        }
        "person_id" => exists("persons"),
        "organization_id" => exists("organizations"),
        "label_ids" => labels(world, value),
        "value" => {
            let amount = value.get("amount").filter(|amount| amount.is_number());
            let currency =
                value.get("currency").and_then(Value::as_str).filter(|text| custom::is_currency(text));
            match (amount, currency) {
                (Some(amount), Some(currency)) => {
                    Ok(json!({"value": amount, "currency": currency}).to_string())
                }
                _ => Err("Both amount and currency are required".to_owned()),
            }
        }
        "expected_close_date" => {
            times::day(text()?).map(|day| day.to_string()).ok_or_else(|| "Invalid date".to_owned())
        }
        // Text here, a number in v2.
        "visible_to" => match text()? {
            level @ ("1" | "3" | "5" | "7") => Ok(level.to_owned()),
            _ => Err("Invalid enum value".to_owned()),
        },
        "was_seen" | "is_archived" => {
            value.as_bool().map(|yes| yes.to_string()).ok_or_else(|| expected("boolean"))
        }
        "channel" => {
            let id = value.as_u64().ok_or_else(|| expected("number"))?.to_string();
            let field = world.crm.table("leads").ok().and_then(|table| table.field("channel"));
            let known = field.is_some_and(|field| field.option_place(&id).is_some());
            if known { Ok(id) } else { Err("Channel does not exist".to_owned()) }
        }
        _ => text().map(str::to_owned),
    }
}

fn labels(world: &World, value: &Value) -> Result<String, String> {
    let list = value.as_array().ok_or("Expected array")?;
    let known = world.crm.kept.get(account::LEAD_LABELS).map_or(&[][..], Vec::as_slice);
    let mut ids = Vec::new();
    for one in list {
        let id = one.as_str().ok_or("Expected string")?;
        if !known.iter().any(|label| label["id"] == id) {
            return Err("Label does not exist".to_owned());
        }
        ids.push(id);
    }
    Ok(ids.join(";"))
}
