//! Queries, page by page. <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm>

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::gate::{Visit, header_part};
use super::sight::{self, table};
use super::soql::{self, Found};
use super::state::{state, state_mut};
use super::{Answer, ids, render, strict};
use crate::call::{Call, Reply};
use crate::core::Record;
use crate::world::World;

const LARGEST_PAGE: usize = 2_000;
const SMALLEST_PAGE: usize = 200;
/// A user has this many open queries at most; the oldest gives way.
const MOST_CURSORS: usize = 10;
/// Unverified: how long a page may be asked for.
const CURSOR_LIFE: SignedDuration = SignedDuration::from_mins(15);

/// A query with pages left.
pub(super) struct Cursor {
    name: String,
    user: u64,
    used: Timestamp,
    page: usize,
    object: String,
    fields: Vec<String>,
    records: Vec<Arc<Record>>,
}

/// Which query endpoint was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Living records.
    Living,
    /// Those in the bin too.
    Binned,
    /// What the org is made of.
    Tooling,
}

/// Runs `q` and answers its first page.
pub(super) fn start(world: &mut World, call: &Call, visit: &Visit, scope: Scope) -> Answer {
    strict::only_params(world, call, &["q"]);
    let text = call
        .param("q")
        .ok_or_else(|| Trouble::new(400, "MALFORMED_QUERY", "A query string has to be specified"))?;
    let query = soql::parse(text)?;
    let object = sight::object(world, visit, &query.object);
    let object = object.filter(|object| (object == "CustomField") == (scope == Scope::Tooling));
    let object = object.ok_or_else(|| Trouble::no_such_type(&query.object))?;
    let found = soql::run(world, visit, &query, &object, scope == Scope::Binned)?;
    if found.count_only {
        return Ok(Reply::json(200, json!({"totalSize": found.records.len(), "done": true, "records": []})));
    }
    let page = page_size(call);
    Ok(Reply::json(200, first_page(world, visit, found, page)?))
}

fn page_size(call: &Call) -> usize {
    let asked = header_part(call, "sforce-query-options", "batchSize").and_then(|text| text.parse().ok());
    asked.map_or(LARGEST_PAGE, |asked: usize| asked.clamp(SMALLEST_PAGE, LARGEST_PAGE))
}

fn first_page(world: &mut World, visit: &Visit, found: Found, page: usize) -> Result<Value, Trouble> {
    let number = state_mut(world).next();
    let cursor = Cursor {
        name: ids::write("01g", number),
        user: visit.user,
        used: world.now,
        page,
        object: found.object,
        fields: found.fields,
        records: found.records,
    };
    let body = shown(world, visit, &cursor, 0)?;
    if cursor.records.len() > page {
        let cursors = &mut state_mut(world).cursors;
        cursors.push_back(cursor);
        if cursors.iter().filter(|one| one.user == visit.user).count() > MOST_CURSORS
            && let Some(oldest) = cursors.iter().position(|one| one.user == visit.user)
        {
            cursors.remove(oldest);
        }
    }
    Ok(body)
}

fn shown(world: &World, visit: &Visit, cursor: &Cursor, from: usize) -> Result<Value, Trouble> {
    let table = table(world, &cursor.object)?;
    let page = cursor.records.get(from..).unwrap_or_default();
    let page = &page[..page.len().min(cursor.page)];
    let fields = || cursor.fields.iter().filter_map(|name| table.field(name));
    let records: Vec<Value> =
        page.iter().map(|record| render::record(world, visit, table, record, fields())).collect();
    let next = from + page.len();
    let done = next >= cursor.records.len();
    let mut body = json!({"totalSize": cursor.records.len(), "done": done});
    if !done {
        body["nextRecordsUrl"] = json!(format!("{}/query/{}-{next}", visit.root(), cursor.name));
    }
    body["records"] = Value::from(records);
    Ok(body)
}

/// The page a locator names.
pub(super) fn go_on(world: &mut World, call: &Call, visit: &Visit, locator: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let unknown = || Trouble::new(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    let (name, from) = locator.rsplit_once('-').ok_or_else(unknown)?;
    let from: usize = from.parse().map_err(|_| unknown())?;
    let now = world.now;
    state_mut(world).cursors.retain(|cursor| cursor.used + CURSOR_LIFE > now);
    let mine = |cursor: &&mut Cursor| cursor.name == name && cursor.user == visit.user;
    let cursor = state_mut(world).cursors.iter_mut().find(mine).ok_or_else(unknown)?;
    cursor.used = now;
    let cursors = &state(world).cursors;
    let cursor = cursors.iter().find(|cursor| cursor.name == name).ok_or_else(unknown)?;
    Ok(Reply::json(200, shown(world, visit, cursor, from)?))
}
