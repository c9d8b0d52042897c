//! Reading records: lists and single ones.
//! <https://www.zoho.com/crm/developer/docs/api/v8/get-records.html>

use std::ops::Bound;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::errors::Trouble;
use super::modules::Module;
use super::paging::{self, Position};
use super::render::{self, Show};
use super::{Answer, Caller, ids, records, strict, times};
use crate::call::{Call, Reply};
use crate::core::{Record, Table};
use crate::world::World;

const MOST_FIELDS: usize = 50;
const MOST_IDS: usize = 100;

const LIST: &[&str] = &[
    "approved",
    "converted",
    "cvid",
    "ids",
    "uid",
    "fields",
    "sort_by",
    "sort_order",
    "page",
    "per_page",
    "startDateTime",
    "endDateTime",
    "territory_id",
    "include_child",
    "page_token",
];
const ONE: &[&str] = &[
    "approved",
    "converted",
    "cvid",
    "uid",
    "fields",
    "startDateTime",
    "endDateTime",
    "territory_id",
    "include_child",
];

/// What records are sorted by; nothing else is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Id,
    Created,
    Modified,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Created => "Created_Time",
            Self::Modified => "Modified_Time",
        }
    }

    fn of(self, record: &Record) -> Position {
        match self {
            // The id alone decides; one moment for all keeps positions of one form.
            Self::Id => (Timestamp::UNIX_EPOCH, record.number),
            Self::Created => (record.created_at, record.number),
            Self::Modified => (record.changed_at, record.number),
        }
    }
}

/// Which leads a call sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Converted {
    No,
    Yes,
    Both,
}

impl Converted {
    pub(super) fn asked(call: &Call) -> Result<Self, Trouble> {
        match call.param("converted") {
            None | Some("false") => Ok(Self::No),
            Some("true") => Ok(Self::Yes),
            Some("both") => Ok(Self::Both),
            Some(_) => Err(Trouble::invalid_param("converted")),
        }
    }

    pub(super) fn fits(self, record: &Record) -> bool {
        match self {
            Self::Both => true,
            Self::Yes => records::is_converted(record),
            Self::No => !records::is_converted(record),
        }
    }
}

/// The fields asked for, held to the limit; lists cannot do without.
pub(super) fn asked_fields(call: &Call, needed: bool) -> Result<Vec<String>, Trouble> {
    let names: Vec<String> = call.list_param("fields").into_iter().map(str::to_owned).collect();
    match names.len() {
        0 if needed => Err(Trouble::missing_param("fields")),
        0..=MOST_FIELDS => Ok(names),
        _ => Err(Trouble::limit_exceeded("Fields", MOST_FIELDS).with("param_name", json!("fields"))),
    }
}

/// The moment of `If-Modified-Since`, which is in ISO 8601 here and not in HTTP's own form.
// Unverified: how another form is answered.
pub(super) fn since(call: &Call) -> Result<Option<Timestamp>, Trouble> {
    moment_header(call, "if-modified-since")
}

/// The moment a header holds.
pub(super) fn moment_header(call: &Call, name: &str) -> Result<Option<Timestamp>, Trouble> {
    let given = call.header(name).map(|text| times::read(text).ok_or(text));
    match given {
        None => Ok(None),
        Some(Ok(at)) => Ok(Some(at)),
        Some(Err(_)) => {
            Err(Trouble::invalid().with("expected_data_type", json!("datetime")).with("header", json!(name)))
        }
    }
}

pub(super) fn list(world: &mut World, call: &Call, caller: &Caller, module: &Module) -> Answer {
    strict::only_params(world, call, LIST);
    let names = asked_fields(call, true)?;
    let (key, ascending) = order(call)?;
    let converted = Converted::asked(call)?;
    let since = since(call)?;
    let page = paging::of_records(world, call, caller)?;
    let table = world.crm.table(module.name).map_err(|_| Trouble::no_such_module())?;
    let wanted = wanted_ids(call)?;
    // Unverified: that a change in the very second of the header is not told again.
    let fits = |record: &&Arc<Record>| {
        since.is_none_or(|since| times::second(record.changed_at) > since)
            && converted.fits(record)
            && wanted.as_ref().is_none_or(|ids| ids.contains(&record.number))
    };
    let skipped = if page.after.is_some() { 0 } else { (page.number - 1) * page.size };
    let mut rows: Vec<Arc<Record>> = ordered(table, key, ascending, page.after, since)
        .filter(fits)
        .skip(skipped)
        .take(page.size + 1)
        .cloned()
        .collect();
    let more = rows.len() > page.size;
    rows.truncate(page.size);
    if rows.is_empty() {
        let unchanged = since.is_some() && page.number == 1;
        return Ok(Reply::empty(if unchanged { 304 } else { 204 }));
    }
    let last = rows.last().filter(|_| more).map(|record| key.of(record));
    let data: Vec<Value> =
        rows.iter().map(|record| render::record(world, module, record, Show::Asked(&names))).collect();
    let mut info = paging::info(world, call, caller, page, data.len(), last);
    info["sort_by"] = json!(key.name());
    info["sort_order"] = json!(if ascending { "asc" } else { "desc" });
    Ok(Reply::json(200, json!({"data": data, "info": info})))
}

fn order(call: &Call) -> Result<(Key, bool), Trouble> {
    let key = match call.param("sort_by") {
        None | Some("id") => Key::Id,
        Some("Created_Time") => Key::Created,
        Some("Modified_Time") => Key::Modified,
        Some(_) => {
            let supported = json!(["id", "Created_Time", "Modified_Time"]);
            return Err(Trouble::invalid_param("sort_by").with("supported_values", supported));
        }
    };
    match call.param("sort_order") {
        None | Some("desc") => Ok((key, false)),
        Some("asc") => Ok((key, true)),
        Some(_) => Err(Trouble::invalid_param("sort_order")),
    }
}

fn wanted_ids(call: &Call) -> Result<Option<Vec<u64>>, Trouble> {
    if call.param("ids").is_none() {
        return Ok(None);
    }
    let asked = call.list_param("ids");
    if asked.is_empty() || asked.len() > MOST_IDS {
        return Err(Trouble::limit_exceeded("ids", MOST_IDS).with("param_name", json!("ids")));
    }
    let numbers: Option<Vec<u64>> = asked.into_iter().map(ids::number).collect();
    numbers.map(Some).ok_or_else(|| Trouble::invalid_param("ids"))
}

type Rows<'t> = Box<dyn Iterator<Item = &'t Arc<Record>> + 't>;

/// Live records in order, from after a position on. By change and by id no list is made for it: a change feed of a
/// million records is read page by page.
fn ordered(
    table: &Table,
    key: Key,
    ascending: bool,
    after: Option<Position>,
    since: Option<Timestamp>,
) -> Rows<'_> {
    match (key, ascending) {
        (Key::Id, true) => Box::new(table.records(after.map_or(0, |(_, number)| number), false)),
        (Key::Id, false) => {
            let before = after.map_or(u64::MAX, |(_, number)| number);
            Box::new(table.records(0, false).rev().skip_while(move |record| record.number >= before))
        }
        (Key::Modified, true) => {
            let from = since.map(|since| (since, 0));
            let start = after.max(from).map_or(Bound::Unbounded, Bound::Excluded);
            Box::new(table.changed((start, Bound::Unbounded)))
        }
        (Key::Modified, false) => {
            let end = after.map_or(Bound::Unbounded, Bound::Excluded);
            Box::new(table.changed((Bound::Unbounded, end)).rev())
        }
        (Key::Created, _) => {
            let mut all: Vec<&Arc<Record>> = table.records(0, false).collect();
            all.sort_by_key(|record| key.of(record));
            if !ascending {
                all.reverse();
            }
            let beyond = move |record: &&Arc<Record>| {
                after.is_none_or(
                    |after| {
                        if ascending { key.of(record) > after } else { key.of(record) < after }
                    },
                )
            };
            Box::new(all.into_iter().filter(beyond))
        }
    }
}

/// One record. Nobody's id is an empty answer, not an error.
// Unverified: that a converted lead hides from this call, too, unless it is asked for.
pub(super) fn get(world: &mut World, call: &Call, module: &Module, id: &str) -> Answer {
    strict::only_params(world, call, ONE);
    let names = asked_fields(call, false)?;
    let converted = Converted::asked(call)?;
    let since = since(call)?;
    if ids::number(id).is_none() {
        return Err(Trouble::no_such_id(1));
    }
    let found = records::live(world, module, id).filter(|record| converted.fits(record));
    let Some(record) = found else { return Ok(Reply::empty(204)) };
    if since.is_some_and(|since| times::second(record.changed_at) <= since) {
        return Ok(Reply::empty(304));
    }
    let show = if names.is_empty() { Show::All } else { Show::Asked(&names) };
    Ok(Reply::json(200, json!({"data": [render::record(world, module, &record, show)]})))
}

/// Records in the bin, and those that were in it for too long.
/// <https://www.zoho.com/crm/developer/docs/api/v8/get-deleted-records.html>
pub(super) fn deleted(world: &mut World, call: &Call, module: &Module) -> Answer {
    strict::only_params(world, call, &["type", "page", "per_page"]);
    let page = paging::by_number(call)?;
    let since = since(call)?;
    let kind = call.param("type").unwrap_or("all");
    if !matches!(kind, "all" | "recycle" | "permanent") {
        return Err(Trouble::invalid_param("type"));
    }
    let table = world.crm.table(module.name).map_err(|_| Trouble::no_such_module())?;
    let mut gone: Vec<(Timestamp, &Arc<Record>)> = table
        .records(0, true)
        .filter_map(|record| Some((record.archived_at?, record)))
        .filter(|(at, _)| since.is_none_or(|since| times::second(*at) > since))
        .filter(|(at, _)| kind == "all" || kind == bin(world, *at))
        .collect();
    gone.sort_by_key(|(at, record)| std::cmp::Reverse((*at, record.number)));
    let (gone, more) = paging::cut(gone, page);
    if gone.is_empty() {
        return Ok(Reply::empty(204));
    }
    let shown = |(at, record): &(Timestamp, &Arc<Record>)| {
        let kind = bin(world, *at);
        let name = (kind == "recycle").then(|| render::title(world, module, record));
        json!({
            "id": record.number.to_string(), "display_name": name, "type": kind, "deleted_time": times::shown(*at),
            "deleted_by": render::name_and_id(world, record.stored(DELETED_BY)),
            "created_by": render::name_and_id(world, record.stored("Created_By")),
        })
    };
    let data: Vec<Value> = gone.iter().map(shown).collect();
    let info = paging::plain_info(page, data.len(), more);
    Ok(Reply::json(200, json!({"data": data, "info": info})))
}

/// Where a record keeps who put it in the bin.
pub(super) const DELETED_BY: &str = "$deleted_by";

// Unverified: 60 days in the bin.
fn bin(world: &World, deleted_at: Timestamp) -> &'static str {
    let days = world.now.duration_since(deleted_at).as_hours() / 24;
    if days < 60 { "recycle" } else { "permanent" }
}

/// How many records there are, with the same questions a search takes.
pub(super) fn count(world: &mut World, call: &Call, module: &Module) -> Answer {
    strict::only_params(world, call, &["cvid", "criteria", "email", "phone", "word"]);
    let asks = ["criteria", "email", "phone", "word"].iter().any(|name| call.param(name).is_some());
    let count = if asks {
        super::search::found(world, call, module)?.len()
    } else {
        let table = world.crm.table(module.name).map_err(|_| Trouble::no_such_module())?;
        table.records(0, false).filter(|record| Converted::No.fits(record)).count()
    };
    // The vendor's document calls it a text; its samples show a number.
    Ok(Reply::json(200, json!({"count": count})))
}
