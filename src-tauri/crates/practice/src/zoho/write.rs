//! Writing records: insert, update, upsert, delete.
//! <https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html>,
//! <https://www.zoho.com/crm/developer/docs/api/v8/update-records.html>,
//! <https://www.zoho.com/crm/developer/docs/api/v8/delete-records.html>

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::lists::{self, DELETED_BY};
use super::modules::Module;
use super::records::{self, Ready};
use super::rows::{self, MOST_ROWS};
use super::values::Place;
use super::{Answer, Caller, ids, strict};
use crate::call::Call;
use crate::core::Record;
use crate::world::World;

/// What a row that succeeded is answered.
pub(super) fn done(world: &World, message: &str, record: &Record) -> Value {
    json!({
        "code": "SUCCESS", "status": "success", "message": message, "details": records::details(world, record),
    })
}

pub(super) fn insert(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    module: &Module,
    parent: Option<(&'static str, u64)>,
) -> Answer {
    strict::only_params(world, call, &[]);
    let (_, rows) = rows::read(world, call)?;
    rows::run(world, &rows, 201, |world, number, row| {
        let place = Place { parent, ..Place::row(number) };
        let record = records::create(world, caller, module, &Ready { row, place })?;
        Ok(done(world, "record added", &record))
    })
}

/// Several records, each named by its row.
pub(super) fn update(world: &mut World, call: &Call, caller: &Caller, module: &Module) -> Answer {
    strict::only_params(world, call, &[]);
    let unmodified = lists::moment_header(call, "if-unmodified-since")?;
    let (_, rows) = rows::read(world, call)?;
    rows::run(world, &rows, 200, |world, number, row| {
        let place = Place::row(number);
        let present = named(world, module, row, &place)?;
        records::check_unmodified(world, &present, unmodified)?;
        let record = records::update(world, caller, module, &present, &Ready { row, place })?;
        Ok(done(world, "record updated", &record))
    })
}

/// The record whose id a row carries.
pub(super) fn named(
    world: &World,
    module: &Module,
    row: &Map<String, Value>,
    place: &Place,
) -> Result<Arc<Record>, Trouble> {
    let id = row.get("id").filter(|id| !id.is_null());
    let id = id.ok_or_else(|| Trouble::mandatory("id", place.of("id")))?;
    // A number would have lost digits on its way.
    let Some(id) = id.as_str() else {
        let wrong = Trouble::invalid().with("expected_data_type", json!("bigint"));
        return Err(wrong.at("id", place.of("id")));
    };
    records::live(world, module, id).ok_or_else(|| {
        Trouble::invalid()
            .saying("the id given seems to be invalid")
            .with("id", json!(id))
            .at("id", place.of("id"))
    })
}

/// One record, named by the path.
pub(super) fn update_one(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    module: &Module,
    id: &str,
) -> Answer {
    strict::only_params(world, call, &[]);
    let unmodified = lists::moment_header(call, "if-unmodified-since")?;
    let (_, mut rows) = rows::read(world, call)?;
    rows.truncate(1);
    let present = records::live(world, module, id).ok_or_else(|| Trouble::no_such_id(1))?;
    rows::run(world, &rows, 200, |world, number, row| {
        let place = Place::row(number);
        records::check_unmodified(world, &present, unmodified)?;
        let record = records::update(world, caller, module, &present, &Ready { row, place })?;
        Ok(done(world, "record updated", &record))
    })
}

/// Records named by `ids`.
pub(super) fn delete(world: &mut World, call: &Call, caller: &Caller, module: &Module) -> Answer {
    strict::only_params(world, call, &["ids", "wf_trigger"]);
    let asked: Vec<String> = call.list_param("ids").into_iter().map(str::to_owned).collect();
    match asked.len() {
        0 => return Err(Trouble::missing_param("ids")),
        1..=MOST_ROWS => {}
        _ => return Err(Trouble::limit_exceeded("ids", MOST_ROWS).with("param_name", json!("ids"))),
    }
    rows::run(world, &asked, 200, |world, _, id| put_in_bin(world, caller, module, id))
}

/// One record, named by the path.
pub(super) fn delete_one(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    module: &Module,
    id: &str,
) -> Answer {
    strict::only_params(world, call, &["wf_trigger"]);
    if ids::number(id).is_none() {
        return Err(Trouble::no_such_id(1));
    }
    rows::run(world, &[id], 200, |world, _, id| put_in_bin(world, caller, module, id))
}

fn put_in_bin(world: &mut World, caller: &Caller, module: &Module, id: &str) -> Result<Value, Trouble> {
    let not_deleted = || Trouble::invalid().saying("record not deleted").with("id", json!(id));
    let record = records::live(world, module, id).ok_or_else(not_deleted)?;
    let now = world.now;
    let by = [(DELETED_BY.to_owned(), caller.user.to_string())].into();
    world.crm.edit(module.name, record.number, &by, now).map_err(|_| not_deleted())?;
    world.crm.archive(module.name, record.number, now).map_err(|_| not_deleted())?;
    Ok(json!({
        "code": "SUCCESS", "status": "success", "message": "record deleted",
        "details": {"id": record.number.to_string()},
    }))
}
