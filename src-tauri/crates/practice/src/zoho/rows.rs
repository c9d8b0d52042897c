//! Running a batch: one outcome per row, in the order of the rows.
//!
//! All good is the endpoint's own status, some good is 207, none good is 400 (or what all rows have in common) with `data[]`
//! all the same. <https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html>

use serde_json::{Map, Value, json};

use super::errors::{Trouble, internal};
use super::{Answer, strict};
use crate::call::{Call, Reply};
use crate::world::World;

/// <https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html>
pub(super) const MOST_ROWS: usize = 100;

/// Keys a body of rows may have beside `data`.
pub(super) const BODY: &[&str] = &[
    "data",
    "trigger",
    "process",
    "duplicate_check_fields",
    "wf_trigger",
    "lar_id",
    "skip_feature_execution",
    "apply_feature_execution",
];

/// The body and its `data` rows, held to the limit.
pub(super) fn read(world: &mut World, call: &Call) -> Result<(Value, Vec<Map<String, Value>>), Trouble> {
    let body = strict::body(world, call, BODY)?;
    let wants_list = || Trouble::invalid().with("expected_data_type", json!("jsonarray"));
    let data = match body.get("data") {
        None => return Err(Trouble::mandatory("data", "$.data".to_owned())),
        Some(data) => data.as_array().ok_or_else(|| wants_list().at("data", "$.data".to_owned()))?,
    };
    match data.len() {
        0 => return Err(Trouble::invalid().at("data", "$.data".to_owned())),
        1..=MOST_ROWS => {}
        _ => return Err(Trouble::limit_exceeded("Record", MOST_ROWS)),
    }
    let row = |(place, row): (usize, &Value)| {
        let wants_object = || Trouble::invalid().with("expected_data_type", json!("jsonobject"));
        row.as_object().cloned().ok_or_else(|| wants_object().at("data", format!("$.data[{place}]")))
    };
    let rows = data.iter().enumerate().map(row).collect::<Result<Vec<_>, _>>()?;
    strict::triggers(world, &body);
    Ok((body, rows))
}

/// Runs `work` on every row and answers for all of them.
pub(super) fn run<R>(
    world: &mut World,
    rows: &[R],
    good: u16,
    mut work: impl FnMut(&mut World, usize, &R) -> Result<Value, Trouble>,
) -> Answer {
    let whole_batch = world.today.whole_batch();
    if let Some((status, Some(most))) = whole_batch
        && rows.len() > most
    {
        return Err(refused_whole(status));
    }
    world.crm.begin();
    let (mut shown, mut troubles) = (Vec::with_capacity(rows.len()), Vec::new());
    for (place, row) in rows.iter().enumerate() {
        let outcome = match world.today.row_refused(place) {
            Some(true) => Err(internal(500)),
            Some(false) => Err(Trouble::invalid()),
            None => work(world, place, row),
        };
        match outcome {
            Ok(done) => shown.push(done),
            Err(trouble) => {
                shown.push(trouble.shown());
                troubles.push(trouble);
            }
        }
    }
    if let Some((status, None)) = whole_batch
        && !troubles.is_empty()
    {
        world.crm.take_back();
        return Err(refused_whole(status));
    }
    world.crm.keep();
    Ok(Reply::json(status(&troubles, rows.len(), good), json!({"data": shown})))
}

fn refused_whole(status: u16) -> Trouble {
    let message = "either the request body or parameters is in wrong format";
    Trouble::new(status, "INVALID_DATA", message)
}

fn status(troubles: &[Trouble], rows: usize, good: u16) -> u16 {
    match troubles {
        [] => good,
        some if some.len() < rows => 207,
        [first, rest @ ..] if rest.iter().all(|other| other.status == first.status) => first.status,
        _ => 400,
    }
}
