//! Running a batch: each row has its own outcome, or all fail together.
//!
//! With an `objectWriteTraceId` in every row a batch answers row by row (207); without, one bad row refuses the whole
//! batch and nothing is applied. <https://developers.hubspot.com/docs/api-reference/error-handling>

use std::collections::HashMap;

use rand::seq::SliceRandom;
use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::strict::{self, Shape};
use super::{Answer, associations};
use crate::call::{Call, Reply};
use crate::core::moment_text;
use crate::world::World;

/// <https://developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis>
const MOST_ROWS: usize = 100;

/// One input of a batch.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) id_property: Option<String>,
    pub(super) properties: Map<String, Value>,
    pub(super) links: Vec<associations::Wanted>,
    trace: Option<String>,
}

/// The `inputs` of a batch write.
pub(super) fn read(world: &mut World, call: &Call, shape: &Shape) -> Result<Vec<Row>, Trouble> {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, shape)?;
    let inputs = inputs(&body)?;
    inputs.iter().map(row).collect()
}

/// The `inputs` list, held to the limit.
pub(super) fn inputs(body: &Value) -> Result<&Vec<Value>, Trouble> {
    let inputs = body.get("inputs").and_then(Value::as_array);
    let inputs = inputs.ok_or_else(|| Trouble::bad_request("Invalid input JSON: inputs is missing"))?;
    match inputs.len() {
        0 => Err(Trouble::bad_request("inputs must not be empty")),
        1..=MOST_ROWS => Ok(inputs),
        many => Err(Trouble::bad_request(format!("The batch has {many} inputs; the maximum is {MOST_ROWS}"))),
    }
}

fn row(input: &Value) -> Result<Row, Trouble> {
    let text = |key: &str| input.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(Row {
        id: text("id").unwrap_or_default(),
        id_property: text("idProperty"),
        properties: input.get("properties").and_then(Value::as_object).cloned().unwrap_or_default(),
        links: associations::wanted(input.get("associations"))?,
        trace: text("objectWriteTraceId"),
    })
}

/// How a batch ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    /// The status when every row succeeded.
    pub(super) good: u16,
    /// Whether one bad row refuses all even with trace ids.
    pub(super) together: bool,
}

/// Runs `work` on every row and answers for the batch. `work` gives the row's result as JSON, the links it wants made and
/// the record they start from.
pub(super) fn run(
    world: &mut World,
    object: &str,
    rows: &[Row],
    ending: Ending,
    work: impl Fn(&mut World, &Row) -> Result<(Value, u64), Trouble>,
) -> Answer {
    if let Some((status, Some(most))) = world.today.whole_batch()
        && rows.len() > most
    {
        return Err(whole(status));
    }
    let mut traces: HashMap<&str, usize> = HashMap::new();
    for trace in rows.iter().filter_map(|row| row.trace.as_deref()) {
        *traces.entry(trace).or_default() += 1;
    }
    if traces.values().any(|count| *count > 1) {
        world.object_to("objectWriteTraceId used twice in one batch");
    }
    let started = moment_text(world.now);
    world.crm.begin();
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for (place, row) in rows.iter().enumerate() {
        let outcome = match world.today.row_refused(place) {
            Some(true) => Err(Trouble::new(500, "INTERNAL_ERROR", "internal error")),
            Some(false) => Err(Trouble::bad_request("This row was refused")),
            None => work(world, row),
        };
        match outcome {
            Ok((result, number)) => done.push((row, result, number)),
            Err(trouble) => failed.push((row, trouble)),
        }
    }
    let together = ending.together || failed.iter().any(|(row, _)| row.trace.is_none());
    let weather = world.today.whole_batch();
    if !failed.is_empty() && (together || weather.is_some()) {
        world.crm.take_back();
        return Err(match weather {
            Some((status, _)) => whole(status),
            None => failed.swap_remove(0).1,
        });
    }
    world.crm.keep();
    let mut results = Vec::with_capacity(done.len());
    for (row, mut result, number) in done {
        associations::make(world, object, number, &row.links);
        // Successes may repeat the trace id; only errors are promised to.
        if let Some(trace) = row.trace.as_ref().filter(|_| !world.sky.weather().anonymous_results) {
            result["objectWriteTraceId"] = json!(trace);
        }
        results.push(result);
    }
    // The order of results is not promised: nobody may rely on it.
    results.shuffle(&mut world.random);
    let errors = failed.into_iter().map(|(row, trouble)| trouble.into_row(row.trace.as_deref())).collect();
    Ok(envelope(world, started, results, errors, ending.good))
}

fn whole(status: u16) -> Trouble {
    let category = if status == 409 { "CONFLICT" } else { "VALIDATION_ERROR" };
    Trouble::new(status, category, "The batch was refused.")
}

/// The envelope of every batch answer; errors make it multi-status.
pub(super) fn envelope(
    world: &World,
    started: String,
    results: Vec<Value>,
    errors: Vec<Value>,
    good: u16,
) -> Reply {
    let mut body = json!({
        "status": "COMPLETE", "results": results, "startedAt": started, "completedAt": moment_text(world.now),
    });
    if errors.is_empty() {
        return Reply::json(good, body);
    }
    body["numErrors"] = json!(errors.len());
    body["errors"] = Value::from(errors);
    Reply::json(207, body)
}
