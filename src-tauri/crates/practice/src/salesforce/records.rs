//! Creating, changing and deleting records, with every rule of the org: whoever asks (single calls, collections, bulk jobs,
//! web forms), the same things are refused.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::account::{self, user_id};
use super::errors::Trouble;
use super::facts::Facts;
use super::gate::{Assign, Visit};
use super::look::{self, find_by};
use super::sight::{Granted, is_required, table};
use super::state::{Authors, crm, crm_mut, state, state_mut};
use super::values::{self, Writing};
use super::{duplicates, facts, ids, rules};
use crate::core::{Record, RecordNumber, Refusal, Values};
use crate::world::World;

/// What came of a write.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    /// The record's id.
    pub(super) id: String,
    /// Whether it is new.
    pub(super) created: bool,
}

fn refused(world: &World, object: &str, refusal: Refusal) -> Trouble {
    table(world, object).map_or_else(|unknown| unknown, |table| Trouble::of(refusal, table))
}

fn may_write(visit: &Visit, object: &str) -> Result<(), Trouble> {
    if !visit.sees(object) {
        return Err(Trouble::no_such_type(object));
    }
    if visit.may_write(object) { Ok(()) } else { Err(Trouble::no_access()) }
}

/// Creates a record.
pub(super) fn create(
    world: &mut World,
    visit: &Visit,
    object: &str,
    body: &Map<String, Value>,
) -> Result<Saved, Trouble> {
    may_write(visit, object)?;
    if body.keys().any(|name| name.eq_ignore_ascii_case("id")) {
        let message = "cannot specify Id in an insert call";
        return Err(Trouble::fields("INVALID_FIELD_FOR_INSERT_UPDATE", message, ["Id"]));
    }
    let mut values = values::read(world, visit, object, body, Writing::Create)?;
    values.retain(|_, value| !value.is_empty());
    fill_in(world, visit, object, &mut values)?;
    let missing = lacking(world, object, &values)?;
    if !missing.is_empty() {
        return Err(Trouble::missing(&missing));
    }
    rules::check(world, object, &values, None)?;
    rules::assign(world, object, &mut values, visit.assign != Assign::No);
    duplicates::check(world, visit, object, &values, None)?;
    let now = visit.now;
    let record = crm_mut(world, object).load(object, &values, now);
    let record = record.map_err(|refusal| refused(world, object, refusal))?;
    note(world, visit, object, &record, true);
    let id = table(world, object)?.id_text(&record);
    Ok(Saved { id, created: true })
}

/// Required fields without a value.
fn lacking(world: &World, object: &str, values: &Values) -> Result<Vec<String>, Trouble> {
    let given = |name: &String| values.get(name).is_some_and(|value| !value.is_empty());
    let sets = &table(world, object)?.one_of;
    Ok(sets.iter().filter(|set| !set.iter().any(given)).filter_map(|set| set.first().cloned()).collect())
}

/// What Salesforce fills in by itself.
fn fill_in(world: &World, visit: &Visit, object: &str, values: &mut Values) -> Result<(), Trouble> {
    let table = table(world, object)?;
    if table.field("OwnerId").is_some() {
        values.entry("OwnerId".to_owned()).or_insert_with(|| user_id(visit.user));
    }
    for field in table.fields() {
        // The options may be others by now, in a twin.
        if let Some(default) = facts::default_value(field).filter(|value| field.option_place(value).is_some())
        {
            values.entry(field.name.to_string()).or_insert_with(|| default.to_owned());
        }
    }
    rules::follow_stage(world, object, values);
    Ok(())
}

/// Changes the record with this id.
pub(super) fn update(
    world: &mut World,
    visit: &Visit,
    object: &str,
    id: &str,
    body: &Map<String, Value>,
) -> Result<Saved, Trouble> {
    may_write(visit, object)?;
    // A body that cannot be read is refused before the record is looked for.
    let mut values = values::read(world, visit, object, body, Writing::Update)?;
    let present = find(world, object, id)?;
    if object == "Lead" && present.stored("IsConverted") == Some("true") {
        return Err(Trouble::fields("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", []));
    }
    let cleared: Vec<String> = {
        let table = table(world, object)?;
        let is_cleared = |name: &String| {
            let field = table.field(name);
            values[name].is_empty()
                && field.is_some_and(|field| {
                    is_required(table, field)
                        || (Facts::of(field).defaulted && field.kind != leadferry_model::FieldKind::Bool)
                })
        };
        values.keys().filter(|name| is_cleared(name)).cloned().collect()
    };
    if !cleared.is_empty() {
        return Err(Trouble::missing(&cleared));
    }
    rules::follow_stage(world, object, &mut values);
    rules::check(world, object, &values, Some(&present))?;
    rules::assign(world, object, &mut values, visit.assign == Assign::Yes);
    duplicates::check(world, visit, object, &values, Some(&present))?;
    let now = visit.now;
    let crm = crm_mut(world, object);
    // The time moves even when no value does.
    let written = crm.edit(object, present.number, &values, now).and_then(|record| {
        if record.changed_at == now { Ok(record) } else { crm.touch(object, record.number, now) }
    });
    let record = written.map_err(|refusal| refused(world, object, refusal))?;
    note(world, visit, object, &record, false);
    let id = table(world, object)?.id_text(&record);
    Ok(Saved { id, created: false })
}

/// Creates the record with this key, or changes the one that has it. `created: None` forbids creating.
pub(super) fn upsert(
    world: &mut World,
    visit: &Visit,
    object: &str,
    key: (&str, &Value),
    body: &Map<String, Value>,
    update_only: bool,
) -> Result<Saved, Trouble> {
    may_write(visit, object)?;
    let (field, text) = key_of(world, visit, object, key)?;
    let found = find_by(world, object, &field, &text);
    match found.as_slice() {
        [] if update_only => Err(Trouble::not_found()),
        [] => {
            let mut body = body.clone();
            body.retain(|name, _| !name.eq_ignore_ascii_case(&field));
            body.insert(field, key.1.clone());
            create(world, visit, object, &body)
        }
        [one] => {
            let id = id_of(world, object, *one)?;
            let mut body = body.clone();
            body.retain(|name, _| !name.eq_ignore_ascii_case(&field));
            update(world, visit, object, &id, &body)
        }
        many => {
            let table = table(world, object)?;
            let urls = many.iter().filter_map(|number| table.record(*number)).map(|record| {
                Value::from(format!("{}/sobjects/{object}/{}", visit.root(), table.id_text(record)))
            });
            let urls: Vec<Value> = urls.collect();
            let message =
                format!("{field}: more than one record found for external id field: [{}]", urls.len());
            let mut trouble = Trouble::fields("DUPLICATE_EXTERNAL_ID", message, [field.as_str()]);
            trouble.status = 300;
            Err(trouble.with("records", Value::from(urls)))
        }
    }
}

/// The key field's own name, and the key as the core keeps it.
pub(super) fn key_of(
    world: &World,
    visit: &Visit,
    object: &str,
    (name, raw): (&str, &Value),
) -> Result<(String, String), Trouble> {
    let granted = Granted::to(world, visit);
    let table = table(world, object)?;
    let field = granted.field(table, name).ok_or_else(|| Trouble::no_such_key(name))?;
    let facts = Facts::of(field);
    if !facts.id_lookup {
        return Err(Trouble::no_such_key(name));
    }
    let text = values::canonical(field, &facts, raw)?;
    if text.is_empty() {
        return Err(Trouble::fields("MISSING_ARGUMENT", format!("{} not specified", field.name), []));
    }
    Ok((field.name.to_string(), text))
}

/// The id of a record by its number.
pub(super) fn id_of(world: &World, object: &str, number: RecordNumber) -> Result<String, Trouble> {
    let table = table(world, object)?;
    table.record(number).map(|record| table.id_text(record)).ok_or_else(Trouble::not_found)
}

/// The living record with this id.
pub(super) fn find(world: &World, object: &str, id: &str) -> Result<Arc<Record>, Trouble> {
    let malformed = || {
        let label = table(world, object).map_or_else(|_| object.to_owned(), |table| table.label().to_owned());
        Trouble::new(400, "MALFORMED_ID", format!("{label} ID: id value of incorrect type: {id}"))
    };
    let id = ids::long(id).ok_or_else(malformed)?;
    if ids::object_of(&id).is_some_and(|owner| owner != object) {
        return Err(malformed());
    }
    match look::record(world, object, &id) {
        Some(record) if record.is_archived() => {
            let mut gone = Trouble::fields("ENTITY_IS_DELETED", "entity is deleted", []);
            gone.status = 404;
            Err(gone)
        }
        Some(record) => Ok(record),
        None => Err(Trouble::not_found()),
    }
}

/// Puts the record with this id in the bin.
pub(super) fn delete(world: &mut World, visit: &Visit, object: &str, id: &str) -> Result<Saved, Trouble> {
    may_write(visit, object)?;
    let record = find(world, object, id)?;
    let id = table(world, object)?.id_text(&record);
    let gone = crm_mut(world, object).archive(object, record.number, visit.now);
    gone.map_err(|refusal| refused(world, object, refusal))?;
    if let Ok(table) = crm(world, object).table(object)
        && let Some(record) = table.record(record.number).cloned()
    {
        note(world, visit, object, &record, false);
    }
    Ok(Saved { id, created: false })
}

/// Notes who wrote a record.
fn note(world: &mut World, visit: &Visit, object: &str, record: &Record, created: bool) {
    let key = (object.to_owned(), record.number);
    let before = state(world).authors.get(&key).map_or(account::RUN_AS, |authors| authors.created);
    let created = if created { visit.user } else { before };
    let authors = Authors { created, changed: (visit.user, record.changed_at) };
    state_mut(world).authors.insert(key, authors);
}
