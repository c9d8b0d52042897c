//! Notes, tasks, opportunities and owners: what is done beside a record.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use leadferry_connector::{Action, Actions, Call, ObjectSpec, Stage};
use leadferry_model::{Failure, FailureKind, RecordId, Timestamp};
use serde_json::{Map, Value, json};

use super::account::passes_soon;
use super::types::{Saved, text_of};
use super::{api, convert, errors, find, ids};

/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_note.htm>
const LONGEST_TITLE: usize = 80;
const LONGEST_BODY: usize = 32_000;
/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm>
const LONGEST_SUBJECT: usize = 255;
/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm>
const LONGEST_NAME: usize = 120;

/// An opportunity needs a day to close on, and nobody has said one: a month ahead, for the owner to change.
const CLOSES_IN_DAYS: i64 = 30;

/// All opportunities are in one row of stages.
const PIPELINE: &str = "Opportunity";

pub(super) async fn act(
    call: &Call<'_>,
    object: &ObjectSpec,
    record: &RecordId,
    action: &Action,
) -> Result<RecordId, Failure> {
    let id = ids::whole(record.as_str());
    let of = ids::object_of(&id, object.name);
    let made = match action {
        Action::Note { text, at } => api::create(call.http, "Note", &note(&id, text, *at)).await?,
        Action::Task { subject, text, due, owner } => {
            let body = task(&id, of, subject, text, *due, owner.as_deref());
            api::create(call.http, "Task", &body).await?
        }
        Action::Deal { .. } => deal(call, of, &id, action).await?,
        Action::Owner { owner } => {
            api::update(call.http, of, &id, &json!({ "OwnerId": owner })).await?;
            id
        }
    };
    Ok(RecordId::new(made))
}

/// A plain note: its day of making is the day it is written, so the text says when it happened.
fn note(record: &str, text: &str, at: Timestamp) -> Value {
    let title = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("Note");
    let when = at.strftime("%Y-%m-%d %H:%M UTC");
    json!({
        "ParentId": record,
        "Title": cut(title, LONGEST_TITLE),
        "Body": cut(&format!("{when}\n{text}"), LONGEST_BODY),
    })
}

/// A task for a person, or about an account or an opportunity. Status and priority are the org's own first ones.
fn task(record: &str, of: &str, subject: &str, text: &str, due: Timestamp, owner: Option<&str>) -> Value {
    let person = matches!(of, "Lead" | "Contact");
    let day = due.to_zoned(TimeZone::UTC).date();
    let mut body = Map::new();
    body.insert(if person { "WhoId" } else { "WhatId" }.to_owned(), Value::from(record));
    body.insert("Subject".to_owned(), Value::from(cut(subject, LONGEST_SUBJECT)));
    body.insert("ActivityDate".to_owned(), Value::from(day.to_string()));
    if !text.is_empty() {
        body.insert("Description".to_owned(), Value::from(cut(text, LONGEST_BODY)));
    }
    if let Some(owner) = owner {
        body.insert("OwnerId".to_owned(), Value::from(owner));
    }
    Value::Object(body)
}

async fn deal(call: &Call<'_>, of: &str, record: &str, action: &Action) -> Result<String, Failure> {
    let Action::Deal { name, pipeline, stage, amount, owner } = action else { return Err(no_deal()) };
    let closes = call.clock.now().to_zoned(TimeZone::UTC).date().saturating_add(CLOSES_IN_DAYS.days());
    let mut body = Map::new();
    body.insert("Name".to_owned(), Value::from(cut(name, LONGEST_NAME)));
    body.insert("StageName".to_owned(), Value::from(stage.as_str()));
    body.insert("CloseDate".to_owned(), Value::from(closes.to_string()));
    if let Some(amount) = amount {
        let number = amount.trim().parse().map(convert::exact);
        body.insert("Amount".to_owned(), number.unwrap_or_else(|_| Value::from(amount.as_str())));
    }
    if let Some(owner) = owner {
        body.insert("OwnerId".to_owned(), Value::from(owner.as_str()));
    }
    // Stages belong to record types rather than to pipelines; where somebody chose one, it is kept.
    if let Some(kind) = pipeline.as_deref().filter(|id| id.starts_with("012")) {
        body.insert("RecordTypeId".to_owned(), Value::from(kind));
    }
    match of {
        "Account" => {
            body.insert("AccountId".to_owned(), Value::from(record));
            api::create(call.http, "Opportunity", &Value::Object(body)).await
        }
        "Contact" => {
            let contact = find::rows_where(call, "Contact", &["AccountId"], "Id", &[record]).await?;
            if let Some(account) = contact.first().and_then(|contact| text_of(contact, "AccountId")) {
                body.insert("AccountId".to_owned(), Value::from(account));
            }
            with_contact(call, record, body).await
        }
        "Lead" => Err(no_deal()),
        other => {
            let words = format!("Salesforce cannot tie an opportunity to {other} records.");
            Err(Failure::new(FailureKind::Invalid { fields: Vec::new() }, words))
        }
    }
}

fn no_deal() -> Failure {
    let words = "A lead cannot hold an opportunity in Salesforce. Convert the lead there: Leadferry follows it to its contact, which can.";
    Failure::new(FailureKind::Invalid { fields: Vec::new() }, words)
}

/// The opportunity and the contact's part in it: both or neither, in one call.
async fn with_contact(
    call: &Call<'_>,
    contact: &str,
    opportunity: Map<String, Value>,
) -> Result<String, Failure> {
    let role = json!({ "OpportunityId": "@{deal.id}", "ContactId": contact, "IsPrimary": true });
    let body = json!({
        "allOrNone": true,
        "compositeRequest": [
            { "method": "POST", "url": api::url_of("Opportunity"), "referenceId": "deal", "body": opportunity },
            { "method": "POST", "url": api::url_of("OpportunityContactRole"), "referenceId": "role", "body": role },
        ],
    });
    let answer = api::composite(call.http, &body).await?;
    let parts: Vec<&Value> = answer["compositeResponse"].as_array().into_iter().flatten().collect();
    let failed = |part: &&&Value| part["httpStatusCode"].as_u64().is_none_or(|status| status >= 300);
    // The one that was refused by itself, not the ones that went down with it.
    let failures: Vec<_> = parts.iter().filter(failed).map(|part| part["body"].clone()).collect();
    if !failures.is_empty() || parts.is_empty() {
        let errors = failures.into_iter().filter_map(|body| serde_json::from_value::<Vec<_>>(body).ok());
        return Err(errors::of_row(&errors.flatten().collect::<Vec<_>>(), "Opportunity"));
    }
    let deal = parts.iter().find(|part| part["referenceId"] == "deal").map(|part| part["body"].clone());
    let saved: Saved = deal.and_then(|body| serde_json::from_value(body).ok()).unwrap_or_default();
    saved.id.map(|id| ids::whole(&id)).ok_or_else(errors::without_id)
}

/// Cuts between characters.
fn cut(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

pub(super) async fn actions(call: &Call<'_>) -> Result<Actions, Failure> {
    // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm
    let users = api::rows(call.http, "SELECT Id, Name, Email FROM User WHERE IsActive = true ORDER BY Name");
    let mut owners: Vec<(String, String)> = users
        .await?
        .iter()
        .filter_map(|user| {
            let id = ids::whole(&text_of(user, "Id")?);
            let name = text_of(user, "Name").or_else(|| text_of(user, "Email")).unwrap_or_else(|| id.clone());
            Some((id, name))
        })
        .collect();
    // Leads may wait in a queue.
    let queues = "SELECT Id, Name FROM Group WHERE Type = 'Queue' ORDER BY Name";
    match api::rows(call.http, queues).await {
        Ok(rows) => owners.extend(rows.iter().filter_map(|queue| {
            Some((ids::whole(&text_of(queue, "Id")?), format!("{} (queue)", text_of(queue, "Name")?)))
        })),
        Err(failure) if passes_soon(&failure) => return Err(failure),
        Err(_) => {}
    }
    // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm
    let stages = "SELECT ApiName, MasterLabel, IsClosed FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder";
    let stages = api::rows(call.http, stages).await?;
    let stage = |row: &super::types::Row| {
        let stage = text_of(row, "ApiName")?;
        Some(Stage {
            pipeline: PIPELINE.to_owned(),
            pipeline_label: PIPELINE.to_owned(),
            label: text_of(row, "MasterLabel").unwrap_or_else(|| stage.clone()),
            closed: text_of(row, "IsClosed").as_deref() == Some("true"),
            stage,
        })
    };
    Ok(Actions { owners, stages: stages.iter().filter_map(stage).collect() })
}
