//! Upsert: a row updates the record it is found by, or becomes a new one.
//!
//! Rows are found by an ordered list of fields, the first that fits wins. Without a list the module's own duplicate check
//! field comes first, then the unique fields. <https://zoho.com/crm/developer/docs/api/v8/upsert-records.html>

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::errors::Trouble;
use super::modules::Module;
use super::records::{self, Ready};
use super::values::{self, Place};
use super::{Answer, Caller, lists, rows, strict, write};
use crate::call::Call;
use crate::core::{Field, Record, Values};
use crate::world::World;

/// The values rows of one request were found by or brought along, with the records they are of.
type Seen = HashMap<(String, String), u64>;

pub(super) fn upsert(world: &mut World, call: &Call, caller: &Caller, module: &Module) -> Answer {
    strict::only_params(world, call, &[]);
    let unmodified = lists::moment_header(call, "if-unmodified-since")?;
    let (body, rows) = rows::read(world, call)?;
    let check_fields = check_fields(world, module, &body)?;
    let mut seen = Seen::new();
    rows::run(world, &rows, 200, |world, number, row| {
        let ready = Ready { row, place: Place::row(number) };
        let (present, found_by) = if row.get("id").is_some_and(|id| !id.is_null()) {
            (Some(write::named(world, module, row, &ready.place)?), None)
        } else {
            let values = values::read(world, module, row, &ready.place, None).values;
            given_twice(world, module, &check_fields, &values, &seen, &ready.place)?;
            match find(world, module, &check_fields, &values) {
                Some((record, field)) => (Some(record), Some(field)),
                None => (None, None),
            }
        };
        let (record, action) = match &present {
            Some(present) => {
                records::check_unmodified(world, present, unmodified)?;
                (records::update(world, caller, module, present, &ready)?, "update")
            }
            None => (records::create(world, caller, module, &ready)?, "insert"),
        };
        for name in &check_fields {
            if let Some(value) = record.stored(name).filter(|_| row.contains_key(name)) {
                seen.insert((name.clone(), Field::unique_key(value)), record.number);
            }
        }
        let message = if action == "insert" { "record added" } else { "record updated" };
        let mut done = write::done(world, message, &record);
        done["action"] = json!(action);
        done["duplicate_field"] = json!(found_by);
        Ok(done)
    })
}

/// The fields rows are found by, in order.
fn check_fields(world: &World, module: &Module, body: &Value) -> Result<Vec<String>, Trouble> {
    let Ok(table) = world.crm.table(module.name) else { return Err(Trouble::no_such_module()) };
    let own = module.duplicate_field.map(str::to_owned);
    let unique =
        table.fields().filter(|field| field.unique).map(|field| field.name.to_string()).collect::<Vec<_>>();
    let Some(asked) = body.get("duplicate_check_fields").filter(|asked| !asked.is_null()) else {
        let others = unique.into_iter().filter(|name| module.duplicate_field != Some(name));
        return Ok(own.into_iter().chain(others).collect());
    };
    let path = "$.duplicate_check_fields";
    let asked = asked.as_array().ok_or_else(|| {
        Trouble::invalid()
            .with("expected_data_type", json!("jsonarray"))
            .at("duplicate_check_fields", path.to_owned())
    })?;
    // Unverified: how a field that cannot be checked is answered.
    let check = |(place, name): (usize, &Value)| {
        let known = name
            .as_str()
            .filter(|name| own.as_deref() == Some(*name) || unique.iter().any(|one| one == name));
        known
            .map(str::to_owned)
            .ok_or_else(|| Trouble::invalid().at("duplicate_check_fields", format!("{path}[{place}]")))
    };
    asked.iter().enumerate().map(check).collect()
}

/// The record a row is of, and the field that says so.
// Unverified: which of several records with one e-mail is taken; here the oldest.
fn find(
    world: &World,
    module: &Module,
    check_fields: &[String],
    values: &Values,
) -> Option<(Arc<Record>, String)> {
    let table = world.crm.table(module.name).ok()?;
    check_fields.iter().find_map(|name| {
        let value = values.get(name).filter(|value| !value.is_empty())?;
        let number = table.holder(name, value).or_else(|| table.sharers(name, value).next())?;
        Some((world.crm.live(module.name, number).ok()?.clone(), name.clone()))
    })
}

/// Refuses a row that an earlier one of the same request shares a check value with.
// Unverified: the vendor does not say what happens; a client that relies on either reading is told here.
fn given_twice(
    world: &World,
    module: &Module,
    check_fields: &[String],
    values: &Values,
    seen: &Seen,
    place: &Place,
) -> Result<(), Trouble> {
    for name in check_fields {
        let Some(value) = values.get(name).filter(|value| !value.is_empty()) else { continue };
        if let Some(holder) = seen.get(&(name.clone(), Field::unique_key(value))) {
            return Err(records::duplicate(world, module, name, place.of(name), *holder));
        }
    }
    Ok(())
}
