//! Records as v2 shows them.

use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::optional::{self, Tally};
use super::{account, activities, contacts, custom, times};
use crate::call::Call;
use crate::core::{Record, Table};
use crate::world::World;

/// `custom_fields` takes at most so many keys.
const MOST_CUSTOM: usize = 15;

/// What an answer shows of a record.
#[derive(Debug, Default)]
pub(super) struct Show {
    /// Only these custom fields.
    custom: Option<Vec<String>>,
    option_labels: bool,
    labels: bool,
    /// Fields that are shown only when asked for.
    extra: Vec<String>,
    tally: Tally,
}

/// The parameters that say what is shown.
pub(super) fn params(object: &str) -> &'static [&'static str] {
    match object {
        "activities" => &["include_fields"],
        _ => &["include_fields", "custom_fields", "include_option_labels", "include_labels"],
    }
}

impl Show {
    /// What a request asks to be shown.
    pub(super) fn asked(world: &World, call: &Call, object: &str) -> Result<Self, Trouble> {
        let list = |name: &str| call.list_param(name).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let custom = call.param("custom_fields").map(|_| list("custom_fields"));
        if custom.as_ref().is_some_and(|codes| codes.len() > MOST_CUSTOM) {
            return Err(Trouble::invalid_at(
                "custom_fields",
                format!("A maximum of {MOST_CUSTOM} keys is allowed"),
            ));
        }
        let extra = list("include_fields");
        for name in &extra {
            if matches!(name.as_str(), "marketing_status" | "doi_status") {
                return Err(Trouble::no_add_on(name));
            }
            if !optional::of(object).contains(&name.as_str()) {
                return Err(Trouble::invalid_at("include_fields", format!("Invalid value {name}")));
            }
        }
        let tally = if extra.is_empty() { Tally::default() } else { Tally::of(world, object) };
        Ok(Self {
            custom,
            option_labels: flag(call, "include_option_labels")?,
            labels: flag(call, "include_labels")?,
            extra,
            tally,
        })
    }
}

/// A parameter that is true or false; 0 and 1 were v1's.
pub(super) fn flag(call: &Call, name: &str) -> Result<bool, Trouble> {
    match call.param(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Trouble::invalid_at(name, "Expected boolean")),
    }
}

/// A record.
pub(super) fn record(world: &World, object: &str, record: &Record, show: &Show) -> Value {
    let Ok(table) = world.crm.table(object) else { return Value::Null };
    let mut shown = match object {
        "persons" => person(record),
        "organizations" => organization(record),
        "deals" => deal(record),
        _ => return activity(world, record, show),
    };
    shown.insert("owner_id".to_owned(), owner(world, record));
    shown.insert("label_ids".to_owned(), numbers(record, "label_ids"));
    shown.insert("visible_to".to_owned(), record.stored("visible_to").map_or(json!(3), custom::number));
    times_and_deletion(record, &mut shown);
    shown.insert("custom_fields".to_owned(), custom_fields(table, record, show));
    if show.labels {
        shown.insert("labels".to_owned(), labels(table, record));
    }
    for name in &show.extra {
        shown.insert(name.clone(), show.tally.value(object, record, name));
    }
    Value::Object(shown)
}

fn text(record: &Record, name: &str) -> Value {
    record.stored(name).map_or(Value::Null, Value::from)
}

fn number(record: &Record, name: &str) -> Value {
    record.stored(name).map_or(Value::Null, custom::number)
}

fn flag_of(record: &Record, name: &str) -> Value {
    json!(record.stored(name) == Some("true"))
}

fn numbers(record: &Record, name: &str) -> Value {
    let ids = record.stored(name).unwrap_or_default().split(';').filter(|id| !id.is_empty());
    ids.map(custom::number).collect()
}

/// Records always have an owner.
pub(super) fn owner(world: &World, record: &Record) -> Value {
    let first = || world.crm.owners.first().map_or(Value::Null, |owner| json!(owner.user_id));
    record.stored("owner_id").map_or_else(first, custom::number)
}

/// Contacts under the name the account gives them, or the name they are written by (a twin's).
pub(super) fn contact_text<'a>(record: &'a Record, name: &str) -> &'a str {
    let written = if name == "email" { "emails" } else { "phones" };
    record.stored(name).or_else(|| record.stored(written)).unwrap_or_default()
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn times_and_deletion(record: &Record, shown: &mut Map<String, Value>) {
    shown.insert("add_time".to_owned(), json!(times::v2(times::added(record))));
    // "If the person has is_deleted: true, update_time is the delete_time."
    shown.insert("update_time".to_owned(), json!(times::v2(record.changed_at)));
    shown.insert("is_deleted".to_owned(), json!(record.is_archived()));
}

fn person(record: &Record) -> Map<String, Value> {
    let name = record.stored("name").unwrap_or_default().trim();
    let (first, last) =
        name.rsplit_once(' ').map_or((name, None), |(first, last)| (first.trim(), Some(last)));
    map(json!({
        "id": record.number, "name": name, "first_name": first, "last_name": last,
        "org_id": number(record, "org_id"),
        "emails": contacts::parsed(contact_text(record, "email")),
        "phones": contacts::parsed(contact_text(record, "phone")),
        "picture_id": null,
    }))
}

fn organization(record: &Record) -> Map<String, Value> {
    let address = record.stored("address").map_or(Value::Null, |kept| custom::parts("address", kept));
    map(json!({
        "id": record.number, "name": text(record, "name"), "address": address,
        "website": text(record, "website"), "linkedin": text(record, "linkedin"),
        "industry": number(record, "industry"), "annual_revenue": number(record, "annual_revenue"),
        "employee_count": number(record, "employee_count"),
    }))
}

fn deal(record: &Record) -> Map<String, Value> {
    let day =
        |name: &str| record.stored(name).and_then(|text| text.get(..10)).map_or(Value::Null, Value::from);
    let status = if record.is_archived() { json!("deleted") } else { text(record, "status") };
    map(json!({
        "id": record.number, "title": text(record, "title"), "creator_user_id": number(record, "creator_user_id"),
        "value": record.stored("value").map_or(json!(0), custom::number),
        "currency": record.stored("currency").unwrap_or(account::CURRENCY),
        "person_id": number(record, "person_id"), "org_id": number(record, "org_id"),
        "stage_id": number(record, "stage_id"), "pipeline_id": number(record, "pipeline_id"),
        "status": status, "probability": number(record, "probability"), "lost_reason": text(record, "lost_reason"),
        "stage_change_time": text(record, "stage_change_time"), "close_time": text(record, "close_time"),
        "won_time": text(record, "won_time"), "lost_time": text(record, "lost_time"),
        "local_won_date": day("won_time"), "local_lost_date": day("lost_time"), "local_close_date": day("close_time"),
        "expected_close_date": text(record, "expected_close_date"),
        "origin": text(record, "origin"), "origin_id": text(record, "origin_id"),
        "channel": number(record, "channel"), "channel_id": text(record, "channel_id"),
        "is_archived": flag_of(record, "is_archived"), "archive_time": text(record, "archive_time"),
    }))
}

fn activity(world: &World, record: &Record, show: &Show) -> Value {
    let location = record.stored("location").map_or(Value::Null, |kept| custom::parts("address", kept));
    let mut shown = map(json!({
        "id": record.number, "subject": text(record, "subject"), "type": text(record, "type"),
        "owner_id": owner(world, record), "creator_user_id": number(record, "creator_user_id"),
        "deal_id": number(record, "deal_id"), "lead_id": lead_id(world, record, "lead_id"),
        "person_id": number(record, "person_id"), "org_id": number(record, "org_id"),
        "project_id": number(record, "project_id"), "due_date": text(record, "due_date"),
        "due_time": text(record, "due_time"), "duration": text(record, "duration"),
        "busy": flag_of(record, "busy"), "done": flag_of(record, "done"),
        "marked_as_done_time": text(record, "marked_as_done_time"), "location": location,
        "participants": activities::participants_shown(record), "conference_meeting_client": null,
        "conference_meeting_url": null, "conference_meeting_id": null,
        "public_description": text(record, "public_description"), "priority": number(record, "priority"),
        "note": text(record, "note"),
    }));
    times_and_deletion(record, &mut shown);
    if show.extra.iter().any(|name| name == "attendees") {
        let kept = record.stored("attendees").and_then(|kept| serde_json::from_str(kept).ok());
        shown.insert("attendees".to_owned(), kept.unwrap_or_else(|| json!([])));
    }
    Value::Object(shown)
}

/// The UUID of a lead that a record refers to.
pub(super) fn lead_id(world: &World, record: &Record, field: &str) -> Value {
    let Some(kept) = record.stored(field) else { return Value::Null };
    let lead = kept.parse().ok().and_then(|number| world.crm.table("leads").ok()?.record(number));
    lead.map_or_else(|| json!(kept), |lead| json!(account::lead_id(lead)))
}

/// Every custom field of the account, empty ones as `null`; recorded: `null` for all where the account has none.
fn custom_fields(table: &Table, record: &Record, show: &Show) -> Value {
    let mut all = Map::new();
    for field in table.fields().filter(|field| field.custom) {
        if show.custom.as_ref().is_none_or(|codes| codes.iter().any(|code| **code == *field.name)) {
            let value = custom::shown(field, record.stored(&field.name), show.option_labels);
            all.insert(field.name.to_string(), value);
        }
    }
    if all.is_empty() && show.custom.is_none() { Value::Null } else { Value::Object(all) }
}

// Unverified: the name of the list that `include_labels` adds.
fn labels(table: &Table, record: &Record) -> Value {
    let ids = record.stored("label_ids").unwrap_or_default().split(';').filter(|id| !id.is_empty());
    let options = table.field("label_ids").map_or(&[][..], |field| &field.options);
    let label =
        |id: &str| options.iter().find(|option| option.value == id).map(|option| option.label.clone());
    ids.map(|id| json!({"id": custom::number(id), "label": label(id)})).collect()
}
