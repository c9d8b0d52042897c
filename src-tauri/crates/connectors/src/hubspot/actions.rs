//! Notes, tasks, deals and owners: what is done beside a record.

use leadferry_connector::{Action, Actions, Call, ObjectSpec, Stage};
use leadferry_model::{Failure, FailureKind, RecordId};
use serde_json::{Map, Value, json};

use super::api;
use super::convert::moment_text;

/// <https://developers.hubspot.com/docs/api-reference/latest/crm/activities/notes/guide>
const LONGEST_NOTE: usize = 65_536;

pub(super) async fn act(
    call: &Call<'_>,
    object: &ObjectSpec,
    record: &RecordId,
    action: &Action,
) -> Result<RecordId, Failure> {
    let (kind, properties) = match action {
        Action::Note { text, at } => {
            ("notes", vec![("hs_timestamp", Some(moment_text(*at))), ("hs_note_body", Some(html(text)))])
        }
        Action::Task { subject, text, due, owner } => (
            "tasks",
            vec![
                ("hs_timestamp", Some(moment_text(*due))),
                ("hs_task_subject", Some(subject.clone())),
                ("hs_task_body", Some(html(text)).filter(|text| !text.is_empty())),
                ("hs_task_status", Some("NOT_STARTED".to_owned())),
                ("hs_task_type", Some("TODO".to_owned())),
                ("hubspot_owner_id", owner.clone()),
            ],
        ),
        Action::Deal { name, pipeline, stage, amount, owner } => (
            "deals",
            vec![
                ("dealname", Some(name.clone())),
                ("pipeline", pipeline.clone()),
                ("dealstage", Some(stage.clone())),
                ("amount", amount.clone()),
                ("hubspot_owner_id", owner.clone()),
            ],
        ),
        Action::Owner { owner } => {
            let properties = json!({ "hubspot_owner_id": owner });
            let updated = api::update(call.http, object.name, record.as_str(), properties).await?;
            return Ok(RecordId::new(updated.id));
        }
    };
    let Some(link) = link(kind, object.name) else {
        let words = format!("HubSpot cannot tie {kind} to {}", object.name);
        return Err(Failure::new(FailureKind::Invalid { fields: Vec::new() }, words));
    };
    let properties: Map<String, Value> = properties
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?))))
        .collect();
    let body = json!({
        "properties": properties,
        "associations": [{
            "to": { "id": record.as_str() },
            "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": link }],
        }],
    });
    Ok(RecordId::new(api::create(call.http, kind, &body).await?.id))
}

/// HubSpot's number for a kind of association.
/// <https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide>
fn link(from: &str, to: &str) -> Option<u32> {
    Some(match (from, to) {
        ("notes", "contacts") => 202,
        ("notes", "companies") => 190,
        ("notes", "deals") => 214,
        ("tasks", "contacts") => 204,
        // Unverified: the numbers of tasks to companies and deals.
        ("tasks", "companies") => 192,
        ("tasks", "deals") => 216,
        ("deals", "contacts") => 3,
        ("deals", "companies") => 341,
        _ => return None,
    })
}

/// Bodies are HTML: what a lead typed must be shown, not run.
fn html(text: &str) -> String {
    let mut shown = String::new();
    let mut buffer = [0; 4];
    for letter in text.chars() {
        let written = match letter {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\r' => "",
            '\n' => "<br>",
            _ => letter.encode_utf8(&mut buffer),
        };
        if shown.len() + written.len() > LONGEST_NOTE {
            break;
        }
        shown.push_str(written);
    }
    shown
}

pub(super) async fn actions(call: &Call<'_>) -> Result<Actions, Failure> {
    let mut owners = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = api::owners(call.http, after.as_deref()).await?;
        after = page.after();
        owners.extend(page.results.into_iter().filter(|owner| owner.archived != Some(true)).map(|owner| {
            let email = owner.email.clone().filter(|email| !email.is_empty());
            let name = owner.name().or(email).unwrap_or_else(|| owner.id.clone());
            (owner.id, name)
        }));
        if after.is_none() {
            break;
        }
    }
    let mut pipelines = api::pipelines(call.http).await?;
    pipelines.retain(|pipeline| !pipeline.archived);
    pipelines.sort_by_key(|pipeline| pipeline.display_order);
    let mut stages = Vec::new();
    for pipeline in pipelines {
        let mut own: Vec<_> = pipeline.stages.into_iter().filter(|stage| !stage.archived).collect();
        own.sort_by_key(|stage| stage.display_order);
        stages.extend(own.into_iter().map(|stage| Stage {
            pipeline: pipeline.id.clone(),
            pipeline_label: pipeline.label.clone(),
            // Metadata values are texts.
            closed: stage.metadata.get("isClosed").is_some_and(|closed| closed == "true" || *closed == true),
            stage: stage.id,
            label: stage.label,
        }));
    }
    Ok(Actions { owners, stages })
}
