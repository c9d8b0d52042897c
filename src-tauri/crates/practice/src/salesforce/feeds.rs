//! Ids of what was deleted or changed in a window of time.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getdeleted.htm>,
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getupdated.htm>

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::gate::{Visit, whole_seconds};
use super::sight::table;
use super::{Answer, render, strict, values};
use crate::call::{Call, Reply};
use crate::world::World;

/// How long the bin keeps records.
pub(super) const BIN: SignedDuration = SignedDuration::from_hours(15 * 24);
const CHANGES: SignedDuration = SignedDuration::from_hours(30 * 24);
const MOST_IDS: usize = 600_000;

/// Seconds are ignored.
fn minute(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second() - at.as_second().rem_euclid(60)).unwrap_or(at)
}

fn window(call: &Call, visit: &Visit, back: SignedDuration) -> Result<(Timestamp, Timestamp), Trouble> {
    let read = |name: &str| {
        let text = call.param(name).unwrap_or_default();
        let text = text.replace(' ', "+");
        values::moment(&text).map(minute).ok_or_else(|| {
            Trouble::new(
                400,
                "INVALID_REPLICATION_DATE",
                format!("{name} is missing or no date and time: {text}"),
            )
        })
    };
    let (start, end) = (read("start")?, read("end")?);
    let wrong = |what: &str| Err(Trouble::new(400, "INVALID_REPLICATION_DATE", what));
    if end <= start {
        return wrong("startDate must be at least one minute before endDate");
    }
    if start < visit.now - back {
        return wrong("startDate is too far in the past");
    }
    Ok((start, end))
}

fn covered(visit: &Visit, end: Timestamp) -> Value {
    Value::from(render::moment(end.min(minute(visit.now))))
}

/// `start` to `end` with a window at most 15 days back.
pub(super) fn deleted(world: &mut World, call: &Call, visit: &Visit, object: &str) -> Answer {
    strict::only_params(world, call, &["start", "end"]);
    let (start, end) = window(call, visit, BIN)?;
    let table = table(world, object)?;
    let gone: Vec<Value> = table
        .records(0, true)
        .filter_map(|record| Some((record, whole_seconds(record.archived_at?))))
        .filter(|(_, at)| (start..end).contains(at))
        .map(|(record, at)| json!({"id": table.id_text(record), "deletedDate": render::moment(at)}))
        .collect();
    Ok(Reply::json(
        200,
        json!({
            "deletedRecords": gone, "earliestDateAvailable": render::moment(minute(visit.now - BIN)),
            "latestDateCovered": covered(visit, end),
        }),
    ))
}

/// `start` to `end` with a window at most 30 days back.
pub(super) fn updated(world: &mut World, call: &Call, visit: &Visit, object: &str) -> Answer {
    strict::only_params(world, call, &["start", "end"]);
    let (start, end) = window(call, visit, CHANGES)?;
    let table = table(world, object)?;
    let ids: Vec<String> = table
        .records(0, false)
        .filter(|record| (start..end).contains(&whole_seconds(record.changed_at)))
        .map(|record| table.id_text(record))
        .collect();
    if ids.len() > MOST_IDS {
        return Err(Trouble::new(
            400,
            "EXCEEDED_ID_LIMIT",
            "Too many changed records; ask for a shorter time",
        ));
    }
    Ok(Reply::json(200, json!({"ids": ids, "latestDateCovered": covered(visit, end)})))
}
