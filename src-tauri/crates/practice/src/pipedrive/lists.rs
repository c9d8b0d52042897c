//! Lists of v2: which records, in which order, page by page.
//! <https://pipedrive.readme.io/docs/core-api-concepts-pagination>
//!
//! A cursor names the first item of the next page by what the list is sorted by, so that paging is stable while records change.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::times;
use crate::call::{Call, Reply};
use crate::core::Record;

const USUAL_PAGE: usize = 100;
/// The largest page but where an endpoint says otherwise.
pub(super) const LARGEST_PAGE: usize = 500;
const MOST_IDS: usize = 100;

/// The parameters every paged list takes.
pub(super) const PAGING: &[&str] = &["limit", "cursor"];
/// The parameters every sorted list takes.
pub(super) const SORTING: &[&str] = &["limit", "cursor", "sort_by", "sort_direction"];

/// What a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cursor {
    field: String,
    field_value: i64,
    sort_direction: String,
    id: u64,
}

/// The order of a list and its page.
#[derive(Debug)]
pub(super) struct Paging {
    limit: usize,
    sort_by: String,
    direction: String,
    from: Option<Cursor>,
}

impl Paging {
    /// Reads the parameters. `orders` are what the list can be sorted by, the usual first.
    pub(super) fn read(call: &Call, orders: &[&str], largest: usize) -> Result<Self, Trouble> {
        let word = |name: &str, known: &[&str]| {
            let given = call.param(name).unwrap_or_else(|| known.first().copied().unwrap_or_default());
            let fits = known.contains(&given);
            if fits { Ok(given.to_owned()) } else { Err(Trouble::invalid_at(name, "Invalid enum value")) }
        };
        let (sort_by, direction) = (word("sort_by", orders)?, word("sort_direction", &["asc", "desc"])?);
        let from = match call.param("cursor") {
            None | Some("") => None,
            Some(text) => {
                let cursor = URL_SAFE_NO_PAD.decode(text).ok();
                let cursor = cursor.and_then(|json| serde_json::from_slice::<Cursor>(&json).ok());
                let fits = |one: &Cursor| one.field == sort_by && one.sort_direction == direction;
                Some(cursor.filter(fits).ok_or_else(|| Trouble::invalid_at("cursor", "Invalid cursor"))?)
            }
        };
        Ok(Self { limit: limit(call, largest)?, sort_by, direction, from })
    }

    /// What the list is sorted by.
    pub(super) fn sort_by(&self) -> &str {
        &self.sort_by
    }

    /// The page of `items`, each with its rank and id, and the cursor of the next one.
    pub(super) fn page<T>(&self, mut items: Vec<(i64, u64, T)>) -> (Vec<T>, Option<String>) {
        let down = self.direction == "desc";
        items.sort_by_key(|(rank, id, _)| (*rank, *id));
        if down {
            items.reverse();
        }
        if let Some(from) = &self.from {
            let start = (from.field_value, from.id);
            items.retain(|(rank, id, _)| if down { (*rank, *id) <= start } else { (*rank, *id) >= start });
        }
        let next = items.get(self.limit).map(|(rank, id, _)| {
            let cursor = Cursor {
                field: self.sort_by.clone(),
                field_value: *rank,
                sort_direction: self.direction.clone(),
                id: *id,
            };
            URL_SAFE_NO_PAD.encode(json!(cursor).to_string())
        });
        items.truncate(self.limit);
        (items.into_iter().map(|(.., item)| item).collect(), next)
    }
}

pub(super) fn limit(call: &Call, largest: usize) -> Result<usize, Trouble> {
    match call.param("limit").map(str::parse::<usize>) {
        None => Ok(USUAL_PAGE),
        Some(Ok(limit)) if (1..=largest).contains(&limit) => Ok(limit),
        Some(_) => Err(Trouble::invalid_at("limit", format!("Expected number from 1 to {largest}"))),
    }
}

/// A page of a list.
pub(super) fn reply(data: &Value, next_cursor: Option<String>) -> Reply {
    Reply::json(200, json!({"success": true, "data": data, "additional_data": {"next_cursor": next_cursor}}))
}

/// The rank of a record in a list sorted by `order`.
pub(super) fn rank(record: &Record, order: &str) -> i64 {
    match order {
        "update_time" => record.changed_at.as_second(),
        "add_time" => times::added(record).as_second(),
        "due_date" => {
            let day = record.stored("due_date").and_then(times::day);
            let at = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok());
            at.map_or(i64::MIN, |at| at.timestamp().as_second())
        }
        // By id alone: every rank is the same.
        _ => 0,
    }
}

/// `updated_since` (inclusive) and `updated_until` (exclusive).
#[derive(Debug)]
pub(super) struct Window {
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Window {
    pub(super) fn read(call: &Call) -> Result<Self, Trouble> {
        let moment = |name: &str| {
            let read =
                |text| times::from_v2(text).ok_or_else(|| Trouble::invalid_at(name, "not a valid datetime"));
            call.param(name).map(read).transpose()
        };
        Ok(Self { since: moment("updated_since")?, until: moment("updated_until")? })
    }

    pub(super) fn holds(&self, record: &Record) -> bool {
        let at = times::to_the_second(record.changed_at);
        self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at < until)
    }
}

/// The ids of `ids=`, which are at most a hundred.
pub(super) fn ids(call: &Call) -> Result<Option<Vec<u64>>, Trouble> {
    if call.param("ids").is_none() {
        return Ok(None);
    }
    let ids = call.list_param("ids").into_iter().map(str::parse).collect::<Result<Vec<u64>, _>>();
    let ids = ids.map_err(|_| Trouble::invalid_at("ids", "Expected comma separated numbers"))?;
    if ids.len() > MOST_IDS {
        return Err(Trouble::invalid_at("ids", format!("A maximum of {MOST_IDS} ids is allowed")));
    }
    Ok(Some(ids))
}

/// A parameter that is a whole number.
pub(super) fn number(call: &Call, name: &str) -> Result<Option<u64>, Trouble> {
    let read = |text: &str| text.parse().map_err(|_| Trouble::invalid_at(name, "Expected number"));
    call.param(name).map(read).transpose()
}
