//! Doing a job's rows, in chunks of 200 as the rest of the platform does.

use std::collections::HashSet;

use jiff::SignedDuration;
use leadferry_model::FieldKind;
use serde_json::{Map, Value, json};

use super::super::errors::Trouble;
use super::super::facts::Facts;
use super::super::gate::{Assign, Visit, whole_seconds};
use super::super::records::{self, Saved};
use super::super::sight::{Granted, table};
use super::super::state::{state, state_mut};
use super::jobs::Stage;
use crate::core::Field;
use crate::world::World;

const CHUNK: usize = 200;
/// What batches are counted under, each of ten thousand rows, and most of them in a rolling day.
/// <https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_bulkapi.htm>
pub(in super::super) const BATCHES: &str = "bulk-batches";
pub(in super::super) const DAILY_BATCHES: u32 = 15_000;
const BATCH: usize = 10_000;
/// What clears a field; a blank leaves it as it is.
const CLEARED: &str = "#N/A";

/// What a job is to do, apart from its rows.
struct Task {
    visit: Visit,
    object: String,
    operation: String,
    key: Option<String>,
}

/// Does job number `place`.
pub(super) fn run(world: &mut World, place: usize) {
    run_to(world, place, usize::MAX, (Stage::JobComplete, None));
}

/// Ends a closed job after `after` of its rows, as a failing batch or a person over there does.
pub(in super::super) fn cut_short(
    world: &mut World,
    id: &str,
    state_word: &str,
    after: usize,
    message: Option<&str>,
) -> Result<Value, String> {
    let end = match state_word {
        "Failed" => Stage::Failed,
        "Aborted" => Stage::Aborted,
        other => return Err(format!("{other} is no end of a job; there are Failed and Aborted")),
    };
    let place =
        state(world).jobs.iter().position(|job| job.id == id).ok_or(format!("there is no job {id}"))?;
    if !matches!(state(world).jobs[place].stage, Stage::UploadComplete | Stage::InProgress) {
        return Err("the job is not at work".to_owned());
    }
    run_to(world, place, after, (end, message.map(str::to_owned)));
    Ok(json!({}))
}

/// Does the first rows of job number `place`, and ends it so.
fn run_to(world: &mut World, place: usize, most: usize, (end, message): (Stage, Option<String>)) {
    let now = whole_seconds(world.now);
    let job = &state(world).jobs[place];
    let assign = if job.assign { Assign::Yes } else { Assign::No };
    let task = Task {
        visit: Visit { now, assign, ..job.visit.clone() },
        object: job.object.clone(),
        operation: job.operation.clone(),
        key: job.key.clone(),
    };
    let read = job.rows();
    let rows = match read {
        Ok(rows) => rows,
        Err(error) => {
            let job = &mut state_mut(world).jobs[place];
            job.error = Some(error);
            job.end(Stage::Failed, now);
            return;
        }
    };
    state_mut(world).jobs[place].columns = rows.header.clone();
    if let Err(error) = check_header(world, &task, &rows.header) {
        let job = &mut state_mut(world).jobs[place];
        (job.error, job.untouched) = (Some(error), rows.rows);
        job.end(Stage::Failed, now);
        return;
    }
    for _ in rows.rows.chunks(BATCH) {
        let day = SignedDuration::from_hours(24);
        let _counted = world.limits.count_rolling(BATCHES, DAILY_BATCHES, day, now);
    }
    let mut rows = rows;
    let untouched = rows.rows.split_off(most.min(rows.rows.len()));
    for chunk in rows.rows.chunks(CHUNK) {
        let mut seen = HashSet::new();
        for row in chunk {
            let outcome = row_outcome(world, &task, &rows.header, row, &mut seen);
            let job = &mut state_mut(world).jobs[place];
            match outcome {
                Ok(saved) => job.done.push((saved.id, saved.created, row.clone())),
                Err(trouble) => {
                    let id = rows.header.iter().position(|name| name.eq_ignore_ascii_case("id"));
                    let id = id.and_then(|at| row.get(at)).cloned().unwrap_or_default();
                    job.failed.push((id, trouble.line(), row.clone()));
                }
            }
        }
    }
    let job = &mut state_mut(world).jobs[place];
    (job.untouched, job.error) = (untouched, message);
    job.end(end, now);
}

/// A column that is no field fails the job before any row.
fn check_header(world: &World, task: &Task, header: &[String]) -> Result<(), String> {
    let granted = Granted::to(world, &task.visit);
    let Ok(table) = table(world, &task.object) else {
        return Err("InvalidBatch : unknown object".to_owned());
    };
    let known = |name: &String| name.eq_ignore_ascii_case("id") || granted.field(table, name).is_some();
    if let Some(unknown) = header.iter().find(|name| !known(name)) {
        return Err(format!("InvalidBatch : Field name not found : {unknown}"));
    }
    let has = |name: &str| header.iter().any(|column| column.eq_ignore_ascii_case(name));
    let needed = match task.operation.as_str() {
        "update" | "delete" => Some("Id"),
        "upsert" => task.key.as_deref(),
        _ => None,
    };
    match needed.filter(|name| !has(name)) {
        Some(name) => Err(format!("InvalidBatch : Field name not found : {name}")),
        None => Ok(()),
    }
}

fn row_outcome(
    world: &mut World,
    task: &Task,
    header: &[String],
    row: &[String],
    seen: &mut HashSet<String>,
) -> Result<Saved, Trouble> {
    let mut fields = Map::new();
    let mut id = None;
    {
        let table = table(world, &task.object)?;
        for (name, text) in header.iter().zip(row).filter(|(_, text)| !text.is_empty()) {
            if name.eq_ignore_ascii_case("id") {
                id = Some(text.clone());
                continue;
            }
            let field = table.fields().find(|field| field.name.eq_ignore_ascii_case(name));
            fields.insert(name.clone(), cell(field, text));
        }
    }
    let lacking = |name: &str| Trouble::fields("MISSING_ARGUMENT", format!("{name} not specified"), []);
    let (visit, object) = (&task.visit, task.object.as_str());
    match task.operation.as_str() {
        "insert" => records::create(world, visit, object, &fields),
        "update" => records::update(world, visit, object, &id.ok_or_else(|| lacking("Id"))?, &fields),
        "delete" => records::delete(world, visit, object, &id.ok_or_else(|| lacking("Id"))?),
        _ => {
            let name = task.key.clone().unwrap_or_default();
            if name.eq_ignore_ascii_case("id") {
                return match id {
                    Some(id) => records::update(world, visit, object, &id, &fields),
                    None => records::create(world, visit, object, &fields),
                };
            }
            let value = fields.iter().find(|(column, _)| column.eq_ignore_ascii_case(&name));
            let value = value.map(|(_, value)| value.clone()).ok_or_else(|| lacking(&name))?;
            let key = Field::unique_key(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            if !seen.insert(key.clone()) {
                let message = format!("Duplicate external id specified: {key}");
                return Err(Trouble::fields("DUPLICATE_VALUE", message, [name.as_str()]));
            }
            records::upsert(world, visit, object, (&name, &value), &fields, false)
        }
    }
}

/// A cell as the JSON it would have been.
fn cell(field: Option<&Field>, text: &str) -> Value {
    match field {
        _ if text == CLEARED => Value::Null,
        Some(field) if field.kind == FieldKind::Bool => match text.to_lowercase().as_str() {
            "true" | "1" => Value::Bool(true),
            "false" | "0" => Value::Bool(false),
            _ => Value::from(text),
        },
        Some(field) if Facts::of(field).is_number() => {
            text.parse::<f64>().map_or_else(|_| text.into(), Value::from)
        }
        _ => Value::from(text),
    }
}
