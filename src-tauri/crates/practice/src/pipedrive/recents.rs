//! What changed since a moment, deletions included. <https://developers.pipedrive.com/docs/api/v1/Recents>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::gate::Caller;
use super::{Answer, offsets, old, strict, times};
use crate::call::{Call, Reply};
use crate::world::World;

/// The words for items, and the objects this account has of them.
const ITEMS: &[(&str, Option<&str>)] = &[
    ("activity", Some("activities")),
    ("activityType", None),
    ("deal", Some("deals")),
    ("file", None),
    ("filter", None),
    ("note", Some("notes")),
    ("person", Some("persons")),
    ("organization", Some("organizations")),
    ("pipeline", None),
    ("product", None),
    ("stage", None),
    ("user", None),
];

pub(super) fn list(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::note_params(world, call, &["since_timestamp", "items", "start", "limit"]);
    let since = call.param("since_timestamp").and_then(times::from_v1);
    let since =
        since.ok_or_else(|| Trouble::old(400, "Validation failed: since_timestamp: Invalid datetime"))?;
    let asked = call.list_param("items");
    if let Some(unknown) = asked.iter().find(|item| !ITEMS.iter().any(|(known, _)| known == *item)) {
        return Err(Trouble::old(400, &format!("Validation failed: items: {unknown} is not an item")));
    }
    let mut all = Vec::new();
    for (item, object) in ITEMS.iter().filter(|(item, _)| asked.is_empty() || asked.contains(item)) {
        let Some(table) = object.and_then(|object| world.crm.table(object).ok()) else { continue };
        let changed = table.records(0, false).chain(table.records(0, true)).filter(|record| {
            times::to_the_second(record.changed_at) >= since && !times::is_purged(record, world.now)
        });
        all.extend(changed.map(|record| (record.changed_at, *item, table.object(), record.clone())));
    }
    all.sort_by_key(|(at, item, _, record)| (*at, *item, record.number));
    let (page, mut additional) = offsets::page(call, &all)?;
    // Unverified: how deleted ones are shown; read as v1 shows them elsewhere, with active_flag or status.
    let shown = page.iter().map(|(_, item, object, record)| {
        json!({"item": item, "id": record.number, "data": old::record(world, object, record, caller.user)})
    });
    let data: Value = shown.collect();
    additional["since_timestamp"] = json!(times::v1(since));
    additional["last_timestamp_on_page"] = json!(page.last().map(|(at, ..)| times::v1(*at)));
    Ok(Reply::json(200, json!({"success": true, "data": data, "additional_data": additional})))
}
