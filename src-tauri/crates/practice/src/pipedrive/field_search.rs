//! Search in one field: who has this value? Unlike the other searches it minds case.
//! <https://developers.pipedrive.com/docs/api/v1/ItemSearch>

use std::sync::Arc;

use serde_json::{Value, json};

use super::errors::Trouble;
use super::field_types::{SEARCHABLE, type_of};
use super::found::SOUGHT;
use super::lists::{self, LARGEST_PAGE};
use super::{Answer, account, contacts, search, strict};
use crate::call::Call;
use crate::core::{Field, Query, Record};
use crate::world::World;

const KNOWN: &[&str] = &["term", "entity_type", "match", "field", "limit", "cursor"];

pub(super) fn search(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, KNOWN)?;
    let needed = |name: &str| call.param(name).ok_or_else(|| Trouble::invalid_at(name, "Required"));
    let how = call.param("match").unwrap_or("exact");
    if !["exact", "beginning", "middle"].contains(&how) {
        return Err(Trouble::invalid_at("match", "Invalid enum value"));
    }
    let term = search::given(call, how == "exact")?;
    let kind = needed("entity_type")?;
    let code = needed("field")?;
    let sought = match SOUGHT.iter().find(|sought| sought.item == kind) {
        Some(sought) => *sought,
        // There are none of these here.
        None if matches!(kind, "product" | "project") => return Ok(lists::reply(&json!([]), None)),
        None => return Err(Trouble::invalid_at("entity_type", "Invalid enum value")),
    };
    let described = if sought.object == "leads" { "deals" } else { sought.object };
    let field = world.crm.table(described).ok().and_then(|table| table.field(code)).cloned();
    let field = field.filter(|field| SEARCHABLE.contains(&type_of(field)) && !field.is_computed());
    // Unverified: how a field is answered that is not there, or not of a searchable type.
    let field = field.ok_or_else(|| Trouble::invalid_at("field", "Field is not searchable"))?;

    let (now, lag) = (world.now, world.sky.search_lag());
    let parts = if matches!(code, "email" | "phone") { contacts::values } else { parts_of(&field) };
    let candidates = if how == "exact" {
        world.crm.search_exact(sought.object, code, term, parts, now, lag)
    } else {
        world.crm.search(sought.object, &Query::default(), now, lag)
    };
    let fits = |record: &Arc<Record>| {
        let values = record.stored(code).map(parts).unwrap_or_default();
        values.iter().any(|value| match how {
            "exact" => value == term,
            "beginning" => value.starts_with(term),
            _ => value.contains(term),
        })
    };
    let mut found = candidates.map_err(|_| Trouble::no_such_path())?;
    found.retain(fits);
    let (page, next) = search::page(call, &found, LARGEST_PAGE)?;
    // Sources disagree: the description's schema wraps each item with a score, its example and the clients do not.
    let shown = |record: &Arc<Record>| {
        let name = record.stored("name").or_else(|| record.stored("title"));
        let id =
            if sought.object == "leads" { json!(account::lead_id(record)) } else { json!(record.number) };
        json!({"id": id, "name": name})
    };
    let data: Value = page.iter().map(shown).collect();
    Ok(lists::reply(&data, next))
}

fn parts_of(field: &Field) -> fn(&str) -> Vec<String> {
    search::exact_parts(field).unwrap_or(|text| vec![text.to_owned()])
}
