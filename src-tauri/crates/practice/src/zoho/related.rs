//! What hangs on a record: its notes, activities, contacts, deals and contact roles.
//! <https://www.zoho.com/crm/developer/docs/api/v8/get-related-records.html>

use std::sync::Arc;

use serde_json::{Value, json};

use super::account::CONTACT_ROLE;
use super::errors::Trouble;
use super::modules::{self, Module};
use super::render::{self, Show};
use super::{Answer, Caller, lists, paging, records, rows, strict, times, write};
use crate::call::{Call, Reply};
use crate::core::Record;
use crate::world::World;

/// The module behind a related list's name.
fn module_of(list: &str) -> Result<&'static Module, Trouble> {
    let name = if list == "Contact_Roles" { "Contacts" } else { list };
    modules::find(name).map_err(|_| {
        Trouble::new(400, "INVALID_DATA", "The relation name given seems to be invalid")
            .with("resource_path_index", json!(2))
    })
}

pub(super) fn list(world: &mut World, call: &Call, module: &Module, id: &str, list: &str) -> Answer {
    strict::only_params(world, call, &["fields", "page", "per_page"]);
    let names = lists::asked_fields(call, true)?;
    let page = paging::by_number(call)?;
    let since = lists::since(call)?;
    let other = module_of(list)?;
    let parent = records::live(world, module, id).ok_or_else(|| Trouble::no_such_id(1))?;
    let all: Vec<Arc<Record>> = if list == "Contact_Roles" {
        let linked = world.crm.links.of((module.name, parent.number), other.name);
        linked
            .into_iter()
            .filter_map(|(number, _)| world.crm.live(other.name, number).ok().cloned())
            .collect()
    } else {
        render::hanging_on(world, module, parent.number, other)
    };
    let mut rows: Vec<Arc<Record>> = all
        .into_iter()
        .filter(|record| since.is_none_or(|since| times::second(record.changed_at) > since))
        .collect();
    rows.reverse();
    let (rows, more) = paging::cut(rows, page);
    if rows.is_empty() {
        return Ok(Reply::empty(if since.is_some() { 304 } else { 204 }));
    }
    let data: Vec<Value> =
        rows.iter().map(|record| render::record(world, other, record, Show::Asked(&names))).collect();
    let info = paging::plain_info(page, data.len(), more);
    Ok(Reply::json(200, json!({"data": data, "info": info})))
}

/// A note on a record that the path names.
pub(super) fn add_note(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    module: &'static Module,
    id: &str,
) -> Answer {
    let parent = records::live(world, module, id).ok_or_else(|| Trouble::no_such_id(1))?;
    write::insert(world, call, caller, modules::find("Notes")?, Some((module.name, parent.number)))
}

/// A further contact of a deal.
/// <https://www.zoho.com/crm/developer/docs/api/v8/contact-roles.html>
// Unverified: that the role's name is neither checked nor kept.
pub(super) fn add_contact_role(world: &mut World, call: &Call, id: &str, contact: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let (_, mut rows) = rows::read(world, call)?;
    rows.truncate(1);
    let (deals, contacts) = (modules::find("Deals")?, modules::find("Contacts")?);
    let deal = records::live(world, deals, id).ok_or_else(|| Trouble::no_such_id(1))?.number;
    let contact = records::live(world, contacts, contact).ok_or_else(|| Trouble::no_such_id(3))?.number;
    // Made outside the batch: links are not taken back with it, and this one row cannot fail.
    world.crm.links.join(("Deals", deal), ("Contacts", contact), CONTACT_ROLE);
    rows::run(world, &rows, 200, |_, _, _| {
        Ok(json!({
            "code": "SUCCESS", "status": "success", "message": "relation added",
            "details": {"id": contact.to_string()},
        }))
    })
}
