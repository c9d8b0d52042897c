//! Changing who a record belongs to. <https://www.zoho.com/crm/developer/docs/api/v8/change-owner.html>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::modules::{self, Module};
use super::{Answer, Caller, records, render, rows, strict};
use crate::call::Call;
use crate::world::World;

/// One record, or those that `ids` of the body names; what hangs on it follows if asked for.
pub(super) fn change(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    module: &Module,
    only: Option<&str>,
) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &["owner", "notify", "related_modules", "ids"])?;
    let given = body.get("owner").ok_or_else(|| Trouble::mandatory("owner", "$.owner".to_owned()))?;
    let id = given.get("id").and_then(Value::as_str);
    let id = id.ok_or_else(|| Trouble::mandatory("id", "$.owner.id".to_owned()))?;
    let known = world.crm.owners.iter().find(|owner| owner.id == id);
    if known.is_none_or(|owner| owner.archived) {
        let wrong = Trouble::invalid().at("id", "$.owner.id".to_owned());
        return Err(if known.is_some() { wrong.with("owner_status", json!("inactive")) } else { wrong });
    }
    let related: Vec<&str> = body
        .get("related_modules")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| one.get("api_name").and_then(Value::as_str))
        .collect();
    let asked: Vec<String> = match only {
        Some(id) if records::live(world, module, id).is_none() => return Err(Trouble::no_such_id(1)),
        Some(id) => vec![id.to_owned()],
        None => {
            let listed = body.get("ids").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            listed.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
    };
    if asked.is_empty() {
        return Err(Trouble::mandatory("ids", "$.ids".to_owned()));
    }
    rows::run(world, &asked, 200, |world, _, record| {
        let found = records::live(world, module, record);
        let found = found.ok_or_else(|| Trouble::invalid().with("id", json!(record)))?;
        let values = || [("Owner".to_owned(), id.to_owned())].into();
        records::edit(world, caller, module, found.number, values())?;
        for other in related.iter().filter_map(|name| modules::find(name).ok()) {
            for one in render::hanging_on(world, module, found.number, other) {
                records::edit(world, caller, other, one.number, values())?;
            }
        }
        // Unverified: the sentence.
        Ok(json!({
            "code": "SUCCESS", "status": "success", "message": "owner updated successfully",
            "details": {"id": record},
        }))
    })
}
