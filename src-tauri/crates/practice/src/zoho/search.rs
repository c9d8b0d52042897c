//! Search, which looks into an index that is behind the records.
//! <https://www.zoho.com/crm/developer/docs/api/v8/search-records.html>

use std::sync::Arc;

use leadferry_model::FieldKind;
use serde_json::{Value, json};

use super::errors::Trouble;
use super::lists::{self, Converted};
use super::modules::Module;
use super::render::{self, Show};
use super::{Answer, criteria, paging, strict};
use crate::call::{Call, Reply};
use crate::core::{Condition, Query, Record, Table, Test};
use crate::world::World;

const PARAMS: &[&str] = &[
    "criteria",
    "email",
    "phone",
    "word",
    "converted",
    "approved",
    "page",
    "per_page",
    "fields",
    "cvid",
    "type",
];
const MOST_RESULTS: usize = 2_000;

pub(super) fn search(world: &mut World, call: &Call, module: &Module) -> Answer {
    strict::only_params(world, call, PARAMS);
    let names = lists::asked_fields(call, false)?;
    let page = paging::by_number(call)?;
    if page.number.saturating_mul(page.size) > MOST_RESULTS {
        let message = "You can only get the first 2000 records of a search.";
        return Err(Trouble::new(400, "LIMIT_REACHED", message).with("limit", json!(MOST_RESULTS)));
    }
    let mut found = found(world, call, module)?;
    // Unverified: the order. The vendor's newer document has the largest id first.
    found.reverse();
    let (found, more) = paging::cut(found, page);
    if found.is_empty() {
        return Ok(Reply::empty(204));
    }
    let show = if names.is_empty() { Show::All } else { Show::Asked(&names) };
    let data: Vec<Value> = found.iter().map(|record| render::record(world, module, record, show)).collect();
    let info = paging::plain_info(page, data.len(), more);
    Ok(Reply::json(200, json!({"data": data, "info": info})))
}

/// What a call's question finds, in order of id. Of several questions the first of these counts: criteria, e-mail,
/// phone, word.
pub(super) fn found(world: &mut World, call: &Call, module: &Module) -> Result<Vec<Arc<Record>>, Trouble> {
    let converted = Converted::asked(call)?;
    let table = world.crm.table(module.name).map_err(|_| Trouble::no_such_module())?;
    let given = |name: &str| call.param(name).map(str::trim).filter(|text| !text.is_empty());
    let query = if let Some(text) = given("criteria") {
        Query { any_of: criteria::read(table, text)?, ..Query::default() }
    } else if let Some(email) = given("email") {
        any_field(table, FieldKind::Email, email)
    } else if let Some(phone) = given("phone") {
        let fits =
            phone.chars().count() >= 3 && phone.chars().all(|c| c.is_ascii_digit() || "+()-. ".contains(c));
        if !fits {
            return Err(Trouble::invalid_param("phone"));
        }
        any_field(table, FieldKind::Phone, phone)
    } else if let Some(word) = given("word") {
        if word.chars().count() < 2 {
            return Err(Trouble::invalid_param("word"));
        }
        Query { words: Some(word.to_owned()), ..Query::default() }
    } else {
        // Unverified: which of the four is named when none is given.
        return Err(Trouble::missing_param("criteria"));
    };
    let (now, lag) = (world.now, world.sky.search_lag());
    let found = world.crm.search(module.name, &query, now, lag).map_err(|_| Trouble::no_such_module())?;
    Ok(found.into_iter().filter(|record| converted.fits(record)).collect())
}

/// Any field of a kind that holds `text`, as a part of it, too.
fn any_field(table: &Table, kind: FieldKind, text: &str) -> Query {
    let holds =
        |name: &str| vec![Condition { field: name.to_owned(), test: Test::HasWord(format!("*{text}*")) }];
    let fields = table.fields().filter(|field| field.kind == kind);
    let any_of: Vec<Vec<Condition>> = fields.map(|field| holds(&field.name)).collect();
    if any_of.is_empty() {
        // Without such a field nothing is found; no alternatives at all would mean everything.
        let none = Condition { field: "id".to_owned(), test: Test::Absent };
        return Query { any_of: vec![vec![none]], ..Query::default() };
    }
    Query { any_of, ..Query::default() }
}
