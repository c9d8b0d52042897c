//! Creating, changing and finding single records, whatever call asks for it.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::errors::{Trouble, together};
use super::modules::Module;
use super::values::{self, Place};
use super::{Caller, ids, render, strict, times};
use crate::core::{Field, Record, Refusal, Values};
use crate::world::World;

/// A row with what it says, ready to be written.
pub(super) struct Ready<'a> {
    pub(super) row: &'a Map<String, Value>,
    pub(super) place: Place,
}

/// Creates a record.
pub(super) fn create(
    world: &mut World,
    caller: &Caller,
    module: &Module,
    ready: &Ready<'_>,
) -> Result<Arc<Record>, Trouble> {
    let reading = values::read(world, module, ready.row, &ready.place, None);
    strict::unknown_fields(world, &reading.unknown);
    let mut troubles = reading.troubles;
    troubles.extend(lacking(world, module, ready, &reading.values));
    troubles.extend(wrong_stage(world, module, &reading.values, &ready.place, None));
    troubles.extend(taken(world, module, &reading.values, &ready.place, None));
    if let Some(trouble) = together(troubles) {
        return Err(trouble);
    }
    load(world, caller, module, reading.values)
}

/// Creates a record from values that are known to be good.
pub(super) fn load(
    world: &mut World,
    caller: &Caller,
    module: &Module,
    mut values: Values,
) -> Result<Arc<Record>, Trouble> {
    let user = caller.user.to_string();
    // What a conversion carries over may have no field in a real account's module.
    let table = world.crm.table(module.name).map_err(|refusal| refused(world, module, refusal))?;
    let kept = |name: &str| name.starts_with('$') || table.field(name).is_some();
    values.retain(|name, value| !value.is_empty() && kept(name));
    for name in ["Owner", "Created_By", "Modified_By"] {
        values.entry(name.to_owned()).or_insert_with(|| user.clone());
    }
    let now = world.now;
    world.crm.load(module.name, &values, now).map_err(|refusal| refused(world, module, refusal))
}

/// Changes a record by a row.
pub(super) fn update(
    world: &mut World,
    caller: &Caller,
    module: &Module,
    present: &Arc<Record>,
    ready: &Ready<'_>,
) -> Result<Arc<Record>, Trouble> {
    let place = &ready.place;
    let reading = values::read(world, module, ready.row, place, Some(present));
    strict::unknown_fields(world, &reading.unknown);
    if is_converted(present) {
        let trouble = Trouble::new(400, "CONVERTED_RECORD", "can't update the converted record");
        return Err(trouble.with("id", json!(present.number.to_string())));
    }
    let mut troubles = reading.troubles;
    if let Ok(table) = world.crm.table(module.name) {
        let cleared =
            |field: &&Field| field.required && reading.values.get(&*field.name).is_some_and(String::is_empty);
        troubles.extend(
            table
                .fields()
                .filter(cleared)
                .map(|field| Trouble::mandatory(&field.name, place.of(&field.name))),
        );
    }
    troubles.extend(wrong_stage(world, module, &reading.values, place, Some(present)));
    troubles.extend(taken(world, module, &reading.values, place, Some(present)));
    if let Some(trouble) = together(troubles) {
        return Err(trouble);
    }
    edit(world, caller, module, present.number, reading.values)
}

/// Writes values that are known to be good. Those equal to the present ones change nothing, not even the time.
// Unverified: whether Zoho moves the time of a record that is written as it was.
pub(super) fn edit(
    world: &mut World,
    caller: &Caller,
    module: &Module,
    number: u64,
    mut values: Values,
) -> Result<Arc<Record>, Trouble> {
    let present = world.crm.live(module.name, number).cloned();
    let present = present.map_err(|refusal| refused(world, module, refusal))?;
    let changes = values.iter().any(|(name, value)| present.stored(name).unwrap_or_default() != value);
    if changes {
        values.insert("Modified_By".to_owned(), caller.user.to_string());
    }
    let now = world.now;
    world.crm.edit(module.name, number, &values, now).map_err(|refusal| refused(world, module, refusal))
}

/// The fields a new record lacks.
pub(super) fn lacking(world: &World, module: &Module, ready: &Ready<'_>, values: &Values) -> Vec<Trouble> {
    let Ok(table) = world.crm.table(module.name) else { return Vec::new() };
    let given = |name: &str| {
        // What was given and is wrong has its own trouble already.
        let said = ready.row.get(name).is_some_and(|raw| !raw.is_null() && raw != "");
        said || values.get(name).is_some_and(|value| !value.is_empty())
    };
    let mut troubles: Vec<Trouble> = table
        .fields()
        .filter(|field| field.required && !given(&field.name))
        .map(|field| Trouble::mandatory(&field.name, ready.place.of(&field.name)))
        .collect();
    for set in table.one_of.iter().filter(|set| !set.iter().any(|name| given(name))) {
        let expected: Vec<Value> =
            set.iter().map(|name| json!({"api_name": name, "json_path": ready.place.of(name)})).collect();
        let missing = Trouble::new(400, "EXPECTED_FIELD_MISSING", "Specify Atleast one field");
        troubles.push(missing.with("expected_fields", json!(expected)));
    }
    troubles
}

/// A deal's stage that its pipeline does not have. Pipelines the account does not know are not checked.
pub(super) fn wrong_stage(
    world: &World,
    module: &Module,
    values: &Values,
    place: &Place,
    present: Option<&Arc<Record>>,
) -> Option<Trouble> {
    let given = |name: &str| values.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let kept = |name: &str| present.and_then(|record| record.stored(name));
    let changes = given("Stage").or(given("Pipeline")).is_some();
    let pipeline = given("Pipeline").or_else(|| kept("Pipeline")).filter(|_| changes)?;
    let stage = given("Stage").or_else(|| kept("Stage"))?;
    let known = world.crm.pipelines.get(module.name)?.iter().find(|one| one.id == pipeline)?;
    let fits = known.stages.iter().any(|one| one.id == stage || one.label == stage);
    (!fits).then(|| {
        Trouble::new(400, "MAPPING_MISMATCH", "Pipeline doesn't contain the Stage")
            .with("mapped_field", json!("Pipeline"))
            .at("Stage", place.of("Stage"))
    })
}

/// The unique values that another record has.
fn taken(
    world: &World,
    module: &Module,
    values: &Values,
    place: &Place,
    own: Option<&Arc<Record>>,
) -> Vec<Trouble> {
    let Ok(table) = world.crm.table(module.name) else { return Vec::new() };
    let clash = |(name, value): (&String, &String)| {
        table.field(name).filter(|field| field.unique && !value.is_empty())?;
        let holder = table.holder(name, value)?;
        let other = own.is_none_or(|own| own.number != holder);
        other.then(|| duplicate(world, module, name, place.of(name), holder))
    };
    values.iter().filter_map(clash).collect()
}

/// Another record has this value already.
pub(super) fn duplicate(world: &World, module: &Module, field: &str, path: String, holder: u64) -> Trouble {
    let owner = world.crm.live(module.name, holder).ok().and_then(|record| record.stored("Owner"));
    Trouble::new(400, "DUPLICATE_DATA", "duplicate data")
        .with("id", json!(holder.to_string()))
        .with(
            "duplicate_record",
            json!({
                "id": holder.to_string(), "Owner": render::person(world, owner),
                "module": super::modules::minified(module.name),
            }),
        )
        .with("more_records", json!(false))
        .at(field, path)
}

/// The core's refusal of what was checked before: a clash that only shows together with the record's other values.
fn refused(world: &World, module: &Module, refusal: Refusal) -> Trouble {
    match refusal {
        Refusal::Taken { field, holder, .. } => {
            let path = format!("$.data[0].{field}");
            duplicate(world, module, &field, path, holder)
        }
        _ => Trouble::no_such_id(1),
    }
}

/// The live record with an id.
pub(super) fn live(world: &World, module: &Module, id: &str) -> Option<Arc<Record>> {
    world.crm.live(module.name, ids::number(id)?).ok().cloned()
}

pub(super) fn is_converted(record: &Record) -> bool {
    record.stored("Converted__s") == Some("true")
}

/// Refuses to change what changed after the client read it.
pub(super) fn check_unmodified(
    world: &World,
    record: &Record,
    since: Option<Timestamp>,
) -> Result<(), Trouble> {
    if since.is_none_or(|since| times::second(record.changed_at) <= since) {
        return Ok(());
    }
    let message = "record updated time has already passed if-unmodified-since time";
    let mut trouble = Trouble::new(412, "ALREADY_MODIFIED", message);
    if let Value::Object(details) = details(world, record) {
        for (key, value) in details.into_iter().filter(|(key, _)| !key.starts_with('$')) {
            trouble = trouble.with(&key, value);
        }
    }
    Err(trouble)
}

/// The `details` of a record that was written.
pub(super) fn details(world: &World, record: &Record) -> Value {
    json!({
        "id": record.number.to_string(),
        "Created_Time": times::shown(record.created_at),
        "Modified_Time": times::shown(record.changed_at),
        "Created_By": render::name_and_id(world, record.stored("Created_By")),
        "Modified_By": render::name_and_id(world, record.stored("Modified_By")),
        "$approval_state": "approved",
    })
}
