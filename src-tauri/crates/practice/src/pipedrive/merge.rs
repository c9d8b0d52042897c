//! Two people become one. <https://pipedrive.readme.io/docs/merging-two-persons>
//!
//! The one in the path is removed; the one it is merged with stays, keeps its values and takes those it lacks.

use serde_json::{Value, json};

use super::errors::Trouble;
use super::gate::Caller;
use super::{Answer, old, records, strict};
use crate::call::{Call, Reply};
use crate::core::Values;
use crate::world::World;

pub(super) fn persons(world: &mut World, call: &Call, caller: &Caller, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let body = strict::object(call)?;
    strict::note_keys(world, &body, &["merge_with_id"]);
    let with = body.get("merge_with_id").and_then(Value::as_u64);
    let with = with.ok_or_else(|| Trouble::old(400, "Validation failed: merge_with_id: Expected number"))?;
    let gone = records::live(world, "persons", id)?.number;
    let kept = records::live(world, "persons", &with.to_string())?.number;
    if gone == kept {
        return Err(Trouble::unprocessable("A person cannot be merged with itself."));
    }
    let now = world.now;
    world.crm.merge("persons", kept, gone, now).map_err(|_| Trouble::not_found())?;
    for (object, field) in [
        ("deals", "person_id"),
        ("leads", "person_id"),
        ("notes", "person_id"),
        ("activities", "person_id"),
        ("activities", "participants"),
    ] {
        move_over(world, object, field, gone, kept);
    }
    let survivor = records::live(world, "persons", &kept.to_string())?;
    let mut shown = old::record(world, "persons", &survivor, caller.user);
    shown["merge_what_id"] = json!(gone);
    Ok(Reply::json(200, json!({"success": true, "data": shown})))
}

/// What referred to the one refers to the other from now on.
fn move_over(world: &mut World, object: &str, field: &str, gone: u64, kept: u64) {
    let (gone, kept) = (gone.to_string(), kept.to_string());
    let Ok(table) = world.crm.table(object) else { return };
    let mut changes: Vec<(u64, Values)> = Vec::new();
    for record in table.records(0, false) {
        let ids: Vec<&str> = record.stored(field).unwrap_or_default().split(';').collect();
        if ids.contains(&gone.as_str()) {
            let mut moved: Vec<&str> = Vec::new();
            for id in ids.into_iter().map(|id| if id == gone { kept.as_str() } else { id }) {
                if !moved.contains(&id) {
                    moved.push(id);
                }
            }
            changes.push((record.number, [(field.to_owned(), moved.join(";"))].into()));
        }
    }
    for (number, values) in changes {
        if let Err(error) = world.crm.edit(object, number, &values, world.now) {
            tracing::warn!(%error, object, "a merged person's record was not moved over");
        }
    }
}
