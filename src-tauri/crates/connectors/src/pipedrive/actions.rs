//! Notes, activities, deals and owners: what is done beside a record.

use jiff::tz::TimeZone;
use leadferry_connector::{Action, Actions, Call, ObjectSpec, Stage};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, RecordId, Timestamp};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::api;

/// The activity type every account begins with.
/// Unverified: that one without it takes the word all the same.
const TASK: &str = "task";

pub(super) async fn act(
    call: &Call<'_>,
    object: &ObjectSpec,
    record: &RecordId,
    action: &Action,
) -> Result<RecordId, Failure> {
    let id = number("id", record.as_str())?;
    let link = match object.name {
        "organizations" => "org_id",
        "deals" => "deal_id",
        _ => "person_id",
    };
    match action {
        Action::Note { text, at } => {
            let body =
                json!({ "content": html(text), link: id, "add_time": written(*at, "%Y-%m-%d %H:%M:%S") });
            Ok(RecordId::new(api::note(call.http, &body).await?.id))
        }
        Action::Task { subject, text, due, owner } => {
            let mut body = json!({
                "subject": subject, "type": TASK, "done": false,
                // Unverified: in UTC, as all times of the API are.
                "due_date": written(*due, "%Y-%m-%d"), "due_time": written(*due, "%H:%M"),
            });
            match link {
                // A person is linked as participant: the root `person_id` is filled by Pipedrive.
                "person_id" => body["participants"] = json!([{ "person_id": id, "primary": true }]),
                _ => body[link] = id,
            }
            if !text.trim().is_empty() {
                body["note"] = Value::from(html(text));
            }
            if let Some(owner) = owner {
                body["owner_id"] = number("owner", owner)?;
            }
            Ok(RecordId::new(api::activity(call.http, &body).await?.id))
        }
        Action::Deal { name, pipeline, stage, amount, owner } => {
            if link == "deal_id" {
                let words = "Pipedrive cannot tie a deal to a deal";
                return Err(Failure::new(FailureKind::Invalid { fields: Vec::new() }, words));
            }
            let mut body: Map<String, Value> =
                [("title".to_owned(), Value::from(name.as_str())), (link.to_owned(), id)]
                    .into_iter()
                    .collect();
            body.insert("stage_id".to_owned(), number("stage", stage)?);
            if let Some(pipeline) = pipeline {
                body.insert("pipeline_id".to_owned(), number("pipeline", pipeline)?);
            }
            if let Some(owner) = owner {
                body.insert("owner_id".to_owned(), number("owner", owner)?);
            }
            if let Some(amount) = amount {
                body.insert("value".to_owned(), number("amount", amount)?);
            }
            send(api::create(call.http, "deals", &body.into())).await
        }
        Action::Owner { owner } => {
            let body = json!({ "owner_id": number("owner", owner)? });
            send(api::update(call.http, object.name, record.as_str(), &body)).await
        }
    }
}

async fn send(write: leadferry_connector::Request<'_>) -> Result<RecordId, Failure> {
    let made = api::send(write).await.map_err(|refused| refused.failure)?;
    Ok(RecordId::new(made.id))
}

/// v2 takes no numbers as texts.
fn number(field: &str, text: &str) -> Result<Value, Failure> {
    let number = text.trim().parse::<Decimal>().ok();
    let json = number.and_then(|number| serde_json::from_str(&number.normalize().to_string()).ok());
    json.ok_or_else(|| {
        let detail = format!("{text} is no number, and Pipedrive knows this by number");
        let fault = FieldFault {
            field: field.to_owned(),
            problem: FieldProblem::NotNumber,
            value: Some(text.to_owned()),
            detail: detail.clone(),
        };
        Failure::new(FailureKind::Invalid { fields: vec![fault] }, detail)
    })
}

fn written(moment: Timestamp, format: &str) -> String {
    moment.to_zoned(TimeZone::UTC).strftime(format).to_string()
}

/// Notes are HTML: what a lead typed must be shown, not run.
fn html(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\r' => {}
            '\n' => shown.push_str("<br>"),
            letter => shown.push(letter),
        }
    }
    shown
}

pub(super) async fn actions(call: &Call<'_>) -> Result<Actions, Failure> {
    let users = api::users(call.http).await?.into_iter();
    let active = users.filter(|user| user.active_flag != Some(false) && user.is_deleted != Some(true));
    let owners = active.map(|user| {
        let given = [user.name, user.email].into_iter().flatten().find(|text| !text.trim().is_empty());
        let name = given.unwrap_or_else(|| user.id.clone());
        (user.id, name)
    });
    Ok(Actions { owners: owners.collect(), stages: stages(call).await? })
}

/// The stages of all pipelines in order. Whether a deal is closed is its status, not its stage.
pub(super) async fn stages(call: &Call<'_>) -> Result<Vec<Stage>, Failure> {
    let mut pipelines = api::pipelines(call.http).await?;
    pipelines.retain(|pipeline| !pipeline.is_deleted);
    pipelines.sort_by_key(|pipeline| pipeline.order_nr);
    let mut steps = api::stages(call.http).await?;
    steps.retain(|stage| !stage.is_deleted);
    steps.sort_by_key(|stage| stage.order_nr);
    let mut stages = Vec::with_capacity(steps.len());
    for pipeline in pipelines {
        let own = steps.iter().filter(|stage| stage.pipeline_id.as_deref() == Some(pipeline.id.as_str()));
        stages.extend(own.map(|stage| Stage {
            pipeline: pipeline.id.clone(),
            pipeline_label: pipeline.name.clone(),
            stage: stage.id.clone(),
            label: stage.name.clone(),
            closed: false,
        }));
    }
    Ok(stages)
}
