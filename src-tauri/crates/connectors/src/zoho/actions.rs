//! Notes, tasks, deals and owners: what is done beside a record.

use jiff::tz::TimeZone;
use leadferry_connector::{Action, Actions, Call, ObjectSpec, Stage};
use leadferry_model::{Failure, FailureKind, RecordId, Timestamp};
use serde_json::{Value, json};

use super::account::passes_soon;
use super::types::{PickListValue, Pipeline};
use super::{api, convert};

/// The organisation's time zone, remembered from the check: a task is due on one of its days.
pub(super) const TIME_ZONE: &str = "zoho_time_zone";

/// <https://www.zoho.com/crm/developer/docs/api/v8/create-notes.html>
const LONGEST_NOTE: usize = 65_000;
/// What Zoho's long texts hold.
const LONGEST_TEXT: usize = 32_000;
/// What Zoho's one-line texts hold.
const LONGEST_LINE: usize = 255;
/// A deal must say when it is expected to close, and an action does not: a guess the salesperson will correct.
const DAYS_TO_CLOSE: i64 = 30;
const DEALS: &str = "Deals";

/// The setting with a module's own id, remembered from the check.
pub(super) fn module_key(module: &str) -> String {
    format!("zoho_module.{module}")
}

pub(super) async fn act(
    call: &Call<'_>,
    object: &ObjectSpec,
    record: &RecordId,
    action: &Action,
) -> Result<RecordId, Failure> {
    let id = match action {
        Action::Note { text, at } => note(call, object, record, text, *at).await?,
        Action::Task { subject, text, due, owner } => {
            let mut body = json!({
                "Subject": shortened(subject, LONGEST_LINE),
                "Due_Date": day(call, *due),
                "Status": "Not Started",
                "Priority": "High",
            });
            set(
                &mut body,
                "Description",
                Some(shortened(text, LONGEST_TEXT)).filter(|text| !text.is_empty()),
            );
            set_reference(&mut body, "Owner", owner.as_deref());
            // Contacts are people (`Who_Id`), everything else is a thing with its module beside it.
            if object.name == "Contacts" {
                set_reference(&mut body, "Who_Id", Some(record.as_str()));
            } else {
                set_reference(&mut body, "What_Id", Some(record.as_str()));
                body["$se_module"] = Value::from(object.name);
            }
            create(call, "Tasks", body).await?
        }
        Action::Deal { name, pipeline, stage, amount, owner } => {
            let tie = match object.name {
                "Contacts" => "Contact_Name",
                "Accounts" => "Account_Name",
                _ => return Err(no_deal(object)),
            };
            let mut body = json!({
                "Deal_Name": shortened(name, LONGEST_LINE),
                "Stage": stage,
                "Closing_Date": closing_day(call, stage),
            });
            set(&mut body, "Pipeline", pipeline.clone().filter(|pipeline| !pipeline.is_empty()));
            if let Some(amount) = amount {
                body["Amount"] =
                    amount.trim().parse().map_or_else(|_| Value::from(amount.as_str()), convert::number_json);
            }
            set_reference(&mut body, tie, Some(record.as_str()));
            set_reference(&mut body, "Owner", owner.as_deref());
            create(call, DEALS, body).await?
        }
        Action::Owner { owner } => {
            let body = json!({ "Owner": convert::reference(owner) });
            api::update(call, object.name, record.as_str(), &body).await?
        }
    };
    Ok(RecordId::new(id))
}

/// A note has no time of its own but that of its making, so its title says when it happened.
async fn note(
    call: &Call<'_>,
    object: &ObjectSpec,
    record: &RecordId,
    text: &str,
    at: Timestamp,
) -> Result<String, Failure> {
    let mut module = json!({ "api_name": object.name });
    set(&mut module, "id", call.settings.get(&module_key(object.name)).map(str::to_owned));
    let when = at.to_zoned(zone(call)).strftime("%Y-%m-%d %H:%M").to_string();
    let body = json!({ "data": [{
        "Note_Title": format!("Leadferry, {when}"),
        "Note_Content": shortened(text, LONGEST_NOTE),
        "Parent_Id": { "module": module, "id": record.as_str() },
    }] });
    api::create(call, "Notes", &body).await
}

async fn create(call: &Call<'_>, module: &str, record: Value) -> Result<String, Failure> {
    let mut body = json!({ "data": [record] });
    api::add_trigger(&mut body, call.settings);
    api::create(call, module, &body).await
}

fn set(body: &mut Value, name: &str, value: Option<String>) {
    if let Some(value) = value {
        body[name] = Value::from(value);
    }
}

fn set_reference(body: &mut Value, name: &str, id: Option<&str>) {
    if let Some(id) = id.filter(|id| !id.is_empty()) {
        body[name] = convert::reference(id);
    }
}

/// A lead gets a deal by being converted, which nobody can undo.
fn no_deal(object: &ObjectSpec) -> Failure {
    let words = format!(
        "Zoho CRM ties deals to contacts and accounts, not to {}. Convert the lead in Zoho CRM, or send leads to Contacts.",
        object.name.to_lowercase()
    );
    Failure::new(FailureKind::Invalid { fields: Vec::new() }, words)
}

fn shortened(text: &str, longest: usize) -> String {
    text.trim().chars().take(longest).collect()
}

fn zone(call: &Call<'_>) -> TimeZone {
    call.settings.get(TIME_ZONE).and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
}

fn day(call: &Call<'_>, moment: Timestamp) -> String {
    moment.to_zoned(zone(call)).date().to_string()
}

/// Zoho's own closed stages begin with this word; a deal that is closed already closes today.
fn closing_day(call: &Call<'_>, stage: &str) -> String {
    let now = call.clock.now();
    let days = if stage.starts_with("Closed") { 0 } else { DAYS_TO_CLOSE };
    day(call, now.checked_add(jiff::SignedDuration::from_hours(24 * days)).unwrap_or(now))
}

pub(super) async fn actions(call: &Call<'_>) -> Result<Actions, Failure> {
    let mut owners = Vec::new();
    for page in 1.. {
        let found = api::users(call.http, page).await?;
        let more = found.info.more_records && !found.users.is_empty();
        owners.extend(found.users.into_iter().map(|user| {
            let email = user.email.clone().filter(|email| !email.is_empty());
            let name = user.name().or(email).unwrap_or_else(|| user.id.clone());
            (user.id, name)
        }));
        if !more {
            break;
        }
    }
    let mut stages: Vec<Stage> = Vec::new();
    for pipeline in pipelines(call).await? {
        for stage in stages_of(pipeline) {
            // Several layouts may share a pipeline.
            if !stages.iter().any(|known| known.pipeline == stage.pipeline && known.stage == stage.stage) {
                stages.push(stage);
            }
        }
    }
    Ok(Actions { owners, stages })
}

/// The pipelines of every layout; in editions without them, the stages there are.
async fn pipelines(call: &Call<'_>) -> Result<Vec<Pipeline>, Failure> {
    let mut pipelines = Vec::new();
    let layouts = api::layouts(call.http, DEALS).await?;
    for layout in layouts.iter().filter(|layout| layout.is_active()) {
        match api::pipelines(call.http, &layout.id).await {
            Ok(found) => pipelines.extend(found),
            Err(failure) if passes_soon(&failure) || failure.kind == FailureKind::Auth => {
                return Err(failure);
            }
            Err(_) => {}
        }
    }
    if pipelines.is_empty() {
        let fields = api::fields(call.http, DEALS, false).await?;
        let stage = fields.into_iter().find(|field| field.api_name == "Stage");
        let maps = stage.map(|field| field.pick_list_values).unwrap_or_default();
        pipelines.push(Pipeline { display_value: None, actual_value: None, maps });
    }
    Ok(pipelines)
}

fn stages_of(pipeline: Pipeline) -> Vec<Stage> {
    let name =
        [pipeline.display_value, pipeline.actual_value].into_iter().flatten().find(|name| !name.is_empty());
    let name = name.unwrap_or_default();
    let mut maps: Vec<PickListValue> = pipeline.maps;
    maps.sort_by_key(|stage| stage.sequence_number.unwrap_or(i64::MAX));
    let stage = |found: PickListValue| {
        let value = found.value().filter(|value| *value != "-None-")?.to_owned();
        let closed =
            found.forecast_type.as_deref().is_some_and(|kind| kind.to_lowercase().starts_with("closed"));
        Some(Stage {
            pipeline: name.clone(),
            pipeline_label: name.clone(),
            label: value.clone(),
            stage: value,
            closed,
        })
    };
    maps.into_iter().filter_map(stage).collect()
}
