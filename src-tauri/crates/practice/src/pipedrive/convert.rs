//! A lead becomes a deal, by a job that takes a while. <https://developers.pipedrive.com/docs/api/v1/Leads>

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::gate::Caller;
use super::{Answer, account, custom, deals, leads, strict, times};
use crate::call::{Call, Reply};
use crate::core::Values;
use crate::world::World;

/// Under which name jobs are kept.
const JOBS: &str = "conversions";
/// How long a job waits, and when it is done.
const BEGINS_AFTER: SignedDuration = SignedDuration::from_secs(2);
const DONE_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// "This data is only temporary and removed after a few days."
const KEPT: SignedDuration = SignedDuration::from_hours(72);

/// Starts a job.
pub(super) fn start(world: &mut World, call: &Call, caller: &Caller, id: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let lead = leads::live(world, id).map_err(|_| Trouble::not_found())?;
    let body = if call.body.is_empty() { serde_json::Map::new() } else { strict::object(call)? };
    let number = |key: &str| match body.get(key) {
        None => Ok(None),
        Some(value) => value
            .as_u64()
            .map(|number| Some(number.to_string()))
            .ok_or_else(|| Trouble::invalid_at(key, "Expected number")),
    };
    if let Some(key) = body.keys().find(|key| !["stage_id", "pipeline_id"].contains(&key.as_str())) {
        strict::unknown_key(world, key);
        return Err(Trouble::invalid_at(key, "Unrecognized key"));
    }
    let (stage, pipeline) = (number("stage_id")?, number("pipeline_id")?);
    // With a stage, the pipeline is ignored.
    let pipeline = pipeline.filter(|_| stage.is_none());
    let (pipeline, stage) = deals::place(world, pipeline.as_deref(), stage.as_deref())?;
    let conversion = world.uuid();
    let job = json!({
        "id": conversion, "lead": lead.number, "lead_id": id, "user": caller.user, "pipeline": pipeline, "stage": stage,
        "started": world.now.as_millisecond(), "ended": false, "deal": null,
    });
    world.crm.kept.entry(JOBS.to_owned()).or_default().push(job);
    let data = json!({"conversion_id": conversion});
    Ok(Reply::json(200, json!({"success": true, "data": data, "additional_data": null})))
}

fn since(world: &World, job: &Value) -> SignedDuration {
    let started = job["started"].as_i64().and_then(|millis| Timestamp::from_millisecond(millis).ok());
    started.map_or(SignedDuration::ZERO, |started| world.now.duration_since(started))
}

/// How a job is getting on.
pub(super) fn status(world: &mut World, call: &Call, id: &str, conversion: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let jobs = world.crm.kept.get(JOBS).map_or(&[][..], Vec::as_slice);
    let job = jobs.iter().find(|job| job["id"] == conversion && job["lead_id"] == id);
    let job = job.filter(|job| since(world, job) < KEPT).ok_or_else(Trouble::not_found)?;
    let word = match (job["ended"].as_bool(), &job["deal"]) {
        (Some(true), Value::Null) => "failed",
        (Some(true), _) => "completed",
        _ if since(world, job) < BEGINS_AFTER => "not_started",
        _ => "running",
    };
    let mut data = json!({"conversion_id": conversion, "status": word});
    if word == "completed" {
        data["deal_id"] = job["deal"].clone();
    }
    Ok(Reply::json(200, json!({"success": true, "data": data, "additional_data": null})))
}

/// Does the jobs whose time has come. To be asked before every call.
pub(super) fn catch_up(world: &mut World) {
    let mut jobs = world.crm.kept.remove(JOBS).unwrap_or_default();
    for job in &mut jobs {
        if job["ended"] == false && since(world, job) >= DONE_AFTER {
            job["deal"] = json!(convert(world, job));
            job["ended"] = json!(true);
        }
    }
    world.crm.kept.insert(JOBS.to_owned(), jobs);
}

/// Makes the deal, moves what belongs to the lead, and marks the lead as deleted. `None` when the lead is gone already.
fn convert(world: &mut World, job: &Value) -> Option<u64> {
    let number = job["lead"].as_u64()?;
    let lead = world.crm.table("leads").ok()?.record(number).filter(|lead| !lead.is_archived())?.clone();
    let text = |key: &str| job[key].as_str().unwrap_or_default().to_owned();
    let mut values: Values = [
        ("pipeline_id", text("pipeline")),
        ("stage_id", text("stage")),
        ("creator_user_id", job["user"].to_string()),
        ("source_lead_id", number.to_string()),
        ("status", "open".to_owned()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into();
    for key in [
        "title",
        "owner_id",
        "person_id",
        "expected_close_date",
        "visible_to",
        "origin",
        "origin_id",
        "channel",
        "channel_id",
    ] {
        values.extend(lead.stored(key).map(|value| (key.to_owned(), value.to_owned())));
    }
    values.extend(lead.stored("organization_id").map(|id| ("org_id".to_owned(), id.to_owned())));
    let money = lead.stored("value").map(|kept| custom::parts("monetary", kept));
    let money = money.unwrap_or_else(|| json!({"value": 0, "currency": account::CURRENCY}));
    values.insert("value".to_owned(), money["value"].to_string());
    values.insert("currency".to_owned(), money["currency"].as_str().unwrap_or(account::CURRENCY).to_owned());
    let custom = world.crm.table("deals").ok()?.fields().filter(|field| field.custom);
    values.extend(
        custom.filter_map(|field| Some((field.name.to_string(), lead.stored(&field.name)?.to_owned()))),
    );
    let now = world.now;
    let deal = world.crm.load("deals", &values, now).ok()?.number;
    for object in ["activities", "notes"] {
        hand_over(world, object, number, deal);
    }
    world.crm.archive("leads", number, now).ok()?;
    Some(deal)
}

fn hand_over(world: &mut World, object: &str, lead: u64, deal: u64) {
    let lead = lead.to_string();
    let Ok(table) = world.crm.table(object) else { return };
    let of_lead = table.records(0, false).filter(|record| record.stored("lead_id") == Some(&lead));
    let numbers: Vec<u64> = of_lead.map(|record| record.number).collect();
    let values: Values =
        [("lead_id".to_owned(), String::new()), ("deal_id".to_owned(), deal.to_string())].into();
    for number in numbers {
        if let Err(error) = world.crm.edit(object, number, &values, world.now) {
            tracing::warn!(%error, at = times::v2(world.now), "a lead's record was not handed over to its deal");
        }
    }
}
