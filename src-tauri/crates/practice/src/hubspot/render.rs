//! Records as the API shows them.

use serde_json::{Map, Value, json};

use super::{account, paths};
use crate::core::{Record, Table, moment_text};
use crate::world::World;

/// Which properties an answer carries.
#[derive(Clone, Copy, Debug)]
pub(super) enum Show<'a> {
    /// The ones HubSpot shows when nothing is asked for.
    Usual,
    /// These; a missing value is `null`.
    Asked(&'a [String]),
    /// Every value the record has: what a create answers.
    Everything,
    /// These beside id and times: what an upsert or a batch update answers.
    Written(&'a [String]),
}

impl<'a> Show<'a> {
    /// Asked ones if any were asked for.
    pub(super) fn asked(names: &'a [String]) -> Self {
        if names.is_empty() { Self::Usual } else { Self::Asked(names) }
    }
}

/// A record.
pub(super) fn record(world: &World, object: &str, record: &Record, show: Show<'_>) -> Value {
    let Ok(table) = world.crm.table(object) else { return Value::Null };
    let mut shown = json!({
        "id": record.number.to_string(),
        "properties": properties(table, record, show),
        "createdAt": moment_text(record.created_at),
        "updatedAt": moment_text(record.changed_at),
        "archived": record.is_archived(),
        "url": format!("{}/contacts/{}/record/{}/{}", world.base, account::PORTAL, paths::type_id(object), record.number),
    });
    if let Some(at) = record.archived_at {
        shown["archivedAt"] = json!(moment_text(at));
    }
    shown
}

/// What every answer carries beside what was asked for.
fn always(object: &str) -> [&'static str; 3] {
    match object {
        "contacts" => ["createdate", "lastmodifieddate", "hs_object_id"],
        "companies" | "deals" => ["createdate", "hs_lastmodifieddate", "hs_object_id"],
        _ => ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
    }
}

fn usual(object: &str) -> &'static [&'static str] {
    match object {
        "contacts" => &["email", "firstname", "lastname"],
        "companies" => &["name", "domain"],
        "deals" => &["amount", "closedate", "dealname", "dealstage", "pipeline"],
        _ => &[],
    }
}

fn properties(table: &Table, record: &Record, show: Show<'_>) -> Map<String, Value> {
    let mut shown = Map::new();
    let mut put = |name: &str, even_if_absent: bool| {
        let value = table.field(name).and_then(|field| record.value(field));
        if even_if_absent || value.is_some() {
            shown.insert(name.to_owned(), value.map_or(Value::Null, Value::from));
        }
    };
    match show {
        Show::Usual => usual(table.object()).iter().for_each(|name| put(name, true)),
        // Unknown names are left out silently.
        Show::Asked(names) => {
            names.iter().filter(|name| table.field(name).is_some()).for_each(|name| put(name, true));
        }
        Show::Everything => table.fields().for_each(|field| put(&field.name, false)),
        Show::Written(names) => names.iter().for_each(|name| put(name, true)),
    }
    always(table.object()).into_iter().for_each(|name| put(name, true));
    shown
}
