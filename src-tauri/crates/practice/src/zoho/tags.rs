//! Tags: names on records. <https://www.zoho.com/crm/developer/docs/api/v8/tags.html>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::modules::Module;
use super::{Answer, Caller, ids, records, rows, strict};
use crate::call::{Call, Reply};
use crate::world::World;

/// <https://github.com/zoho/crm-oas> (tags).
const LONGEST_NAME: usize = 25;

/// The field that holds them.
pub(super) const FIELD: &str = "Tag";
/// Parts the names a record keeps; a name cannot hold it.
const BETWEEN: char = '\n';

/// The tags of a row's `Tag` as the core keeps them.
pub(super) fn canonical(raw: &Value) -> Option<String> {
    names(raw)?.ok()
}

/// The names in a list of tags, or the place of the first that is too long.
fn names(raw: &Value) -> Option<Result<String, usize>> {
    let mut all: Vec<&str> = Vec::new();
    for (place, tag) in raw.as_array()?.iter().enumerate() {
        let name = tag.get("name").and_then(Value::as_str).map(str::trim)?;
        if name.is_empty() || name.contains(BETWEEN) {
            return None;
        }
        if name.chars().count() > LONGEST_NAME {
            return Some(Err(place));
        }
        if !all.contains(&name) {
            all.push(name);
        }
    }
    Some(Ok(all.join(&BETWEEN.to_string())))
}

/// The tags of a record.
pub(super) fn of(stored: Option<&str>) -> Vec<&str> {
    stored.unwrap_or_default().split(BETWEEN).filter(|name| !name.is_empty()).collect()
}

/// Tags as a record shows them.
pub(super) fn shown(module: &str, stored: Option<&str>) -> Value {
    let tag = |name: &str| {
        json!({
            "name": name, "id": tag_id(module, name), "color_code": null, "created_time": null, "modified_time": null,
            "created_by": null, "modified_by": null,
        })
    };
    of(stored).into_iter().map(tag).collect()
}

fn tag_id(module: &str, name: &str) -> String {
    ids::of(&format!("tag {module} {}", name.to_lowercase()))
}

/// The tags in use on a module's records.
pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["module", "my_tags"]);
    let module = super::field_calls::module_param(call)?;
    let table = world.crm.table(module.name).map_err(|_| Trouble::no_such_module())?;
    let mut names: Vec<&str> = table.records(0, false).flat_map(|record| of(record.stored(FIELD))).collect();
    names.sort_unstable();
    names.dedup();
    let tags = shown(module.name, Some(names.join(&BETWEEN.to_string())).as_deref());
    let count = names.len();
    Ok(Reply::json(200, json!({"tags": tags, "info": {"count": count, "allowed_count": 100}})))
}

/// `actions/add_tags` and `actions/remove_tags` on one record, or on those named by `ids`.
pub(super) fn change(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    module: &Module,
    only: Option<&str>,
    add: bool,
) -> Answer {
    strict::only_params(world, call, &["over_write", "ids"]);
    let body = strict::body(world, call, &["tags", "over_write", "ids"])?;
    let given = body.get("tags").ok_or_else(|| Trouble::mandatory("tags", "$.tags".to_owned()))?;
    let given = match names(given) {
        Some(Ok(given)) => given,
        Some(Err(place)) => {
            let wrong = Trouble::invalid().with("maximum_length", json!(LONGEST_NAME));
            return Err(wrong.at("name", format!("$.tags[{place}].name")));
        }
        None => {
            let wrong = Trouble::invalid().with("expected_data_type", json!("jsonarray"));
            return Err(wrong.at("tags", "$.tags".to_owned()));
        }
    };
    let over_write = call.param("over_write") == Some("true") || body["over_write"] == json!(true);
    let asked: Vec<String> = match only {
        Some(id) => vec![id.to_owned()],
        None => {
            let listed = body.get("ids").and_then(Value::as_array);
            let listed = listed.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            listed.chain(call.list_param("ids").into_iter().map(str::to_owned)).collect()
        }
    };
    if asked.is_empty() {
        return Err(Trouble::missing_param("ids"));
    }
    rows::run(world, &asked, 200, |world, _, id| {
        let number = ids::number(id).and_then(|number| world.crm.live(module.name, number).ok());
        let record = number.cloned().ok_or_else(|| Trouble::invalid().with("id", json!(id)))?;
        let before = of(record.stored(FIELD));
        let given = of(Some(&given));
        let after: Vec<&str> = match (add, over_write) {
            (true, true) => given,
            (true, false) => {
                let new = given.into_iter().filter(|name| !before.contains(name));
                before.iter().copied().chain(new).collect()
            }
            (false, _) => before.into_iter().filter(|name| !given.contains(name)).collect(),
        };
        let values = [(FIELD.to_owned(), after.join(&BETWEEN.to_string()))].into();
        let record = records::edit(world, caller, module, record.number, values)?;
        let tags: Vec<Value> = of(record.stored(FIELD))
            .into_iter()
            .map(|name| json!({"name": name, "id": tag_id(module.name, name), "color_code": null}))
            .collect();
        Ok(json!({
            "code": "SUCCESS", "status": "success", "message": "tags updated successfully",
            "details": {"id": record.number.to_string(), "tags": tags},
        }))
    })
}
