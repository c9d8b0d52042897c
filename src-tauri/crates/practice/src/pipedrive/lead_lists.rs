//! What describes leads: labels, sources, fields.
//! <https://developers.pipedrive.com/docs/api/v1/LeadLabels>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::fields::{self, REQUIRED};
use super::{Answer, account, custom, field_types, offsets, strict};
use crate::call::{Call, Reply};
use crate::core::{Field, moment_text};
use crate::world::World;

const COLORS: &[&str] =
    &["blue", "brown", "dark-gray", "gray", "green", "orange", "pink", "purple", "red", "yellow"];

pub(super) fn labels(world: &mut World, call: &Call) -> Answer {
    strict::note_params(world, call, &[]);
    let labels = world.crm.kept.get(account::LEAD_LABELS).cloned().unwrap_or_default();
    Ok(Reply::json(200, json!({"success": true, "data": labels})))
}

pub(super) fn create_label(world: &mut World, call: &Call) -> Answer {
    strict::note_params(world, call, &[]);
    let body = strict::object(call)?;
    strict::note_keys(world, &body, &["name", "color"]);
    let text = |key: &str| body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let name = text("name").ok_or_else(|| Trouble::old(400, "Validation failed: name: Required"))?;
    let color = text("color").filter(|color| COLORS.contains(color));
    let color = color.ok_or_else(|| Trouble::old(400, "Validation failed: color: Invalid enum value"))?;
    let now = moment_text(world.now);
    let label =
        json!({"id": world.uuid(), "name": name, "color": color, "add_time": now, "update_time": now});
    world.crm.kept.entry(account::LEAD_LABELS.to_owned()).or_default().push(label.clone());
    Ok(Reply::json(200, json!({"success": true, "data": label})))
}

/// The list is fixed. What comes through the API has the source `API`.
pub(super) fn sources(world: &mut World, call: &Call) -> Answer {
    strict::note_params(world, call, &[]);
    let names = ["Manually created", "Deal", "Web forms", "Prospector", "Import", "Live chat", "API"];
    let data: Value = names.iter().map(|name| json!({"name": name})).collect();
    Ok(Reply::json(200, json!({"success": true, "data": data})))
}

/// Fields as v1 describes them: own ones of leads, custom ones of deals.
pub(super) fn fields(world: &mut World, call: &Call) -> Answer {
    strict::note_params(world, call, &["start", "limit"]);
    let leads = world.crm.table("leads").map_err(|_| Trouble::no_such_path())?;
    let deals = world.crm.table("deals").map_err(|_| Trouble::no_such_path())?;
    let own = fields::ordered(leads).into_iter().filter(|field| !field.hidden && !field.form.is_empty());
    let inherited = fields::ordered(deals).into_iter().filter(|field| field.custom);
    let all: Vec<Value> = (1..).zip(own.chain(inherited)).map(shown).collect();
    offsets::reply(call, &all)
}

fn shown((place, field): (u64, &Field)) -> Value {
    let options: Vec<Value> = field
        .options
        .iter()
        .map(|one| json!({"id": custom::number(&one.value), "label": one.label}))
        .collect();
    let made = "2026-01-05 09:00:00";
    json!({
        "id": place, "key": &*field.name, "name": field.label, "order_nr": place,
        "field_type": field_types::type_of(field), "add_time": made, "update_time": made,
        "last_updated_by_user_id": null, "created_by_user_id": null, "active_flag": true, "edit_flag": field.custom,
        "index_visible_flag": true, "details_visible_flag": true, "add_visible_flag": !field.read_only,
        "important_flag": false, "bulk_edit_allowed": !field.read_only, "searchable_flag": false,
        "filtering_allowed": true, "sortable_flag": true,
        "options": if options.is_empty() { None } else { Some(options) },
        "mandatory_flag": field.group == REQUIRED,
    })
}
