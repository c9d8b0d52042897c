//! Bulk API 2.0: new records of one object, upserted by the Lead ID in one job, for a handful of calls however many they are.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_0.htm>
//!
//! A job takes its rows while it is *Open*, and touches nothing until it is told that the upload is complete: that is the moment between
//! handing in and starting. Results come in no order and are told apart by the Lead ID they repeat. Salesforce keeps them for some days.
//!
//! Where a job cannot do what a collection does, the collection does it: duplicate rules that only warn refuse a row of a job, since
//! their header is none of Bulk's, and the row goes again by itself.

use std::collections::HashMap;
use std::time::Duration;

use async_trait::async_trait;
use leadferry_connector::{Call, LoadSize, Loads, Outcome, Standing, Ticket, Upsert, Written};
use leadferry_model::{Failure, FailureKind, LeadId, RecordId, Value};
use serde_json::{Map, Value as Json};

use super::errors::{self, NOT_FOUND};
use super::spec::QUIET;
use super::types::{ApiError, Job, JobState};
use super::upsert::unmentioned;
use super::{api, convert, csv, ids};

/// Fewer records go in collections. <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/asynch_api_intro.htm>
const LEAST: usize = 2_000;
/// Salesforce works jobs off in batches of this many.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_understanding_bulk2_ingest.htm>
const MOST: usize = 10_000;
/// Most bytes of an upload, and most letters of its first line.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm>
const LARGEST: usize = 100 * 1_000_000;
const LONGEST_HEADER: usize = 32_000;
/// Time for a large upload, or a large result: a slow line takes some minutes. Salesforce ends any call after ten.
/// <https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm>
pub(super) const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Jobs of Bulk API 2.0.
pub(super) struct Bulk;

#[async_trait]
impl Loads for Bulk {
    fn size(&self) -> LoadSize {
        LoadSize { least: LEAST, most: MOST }
    }

    fn takes(&self, upsert: &Upsert) -> bool {
        // In a file this text is the word that clears a field, and there is no other way to write it.
        let cleared = |value: &Value| matches!(value, Value::Text(text) if text == csv::CLEARED);
        upsert.record.is_none() && !upsert.fields.iter().any(|(_, value)| cleared(value))
    }

    async fn open(&self, call: &Call<'_>, object: &str, batch: &[Upsert]) -> Result<Ticket, Failure> {
        let lead_id = key(call, object)?;
        let rows: Vec<Map<String, Json>> = batch.iter().map(|upsert| row(upsert, &lead_id)).collect();
        let text = csv::write(&rows);
        let header = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if text.len() > LARGEST || header.len() > LONGEST_HEADER {
            return Err(unfit("they are more than one upload takes"));
        }
        let rule = assignment_rule(call, object, &rows).await?;
        let job = api::create_job(call.http, object, &lead_id, rule.as_deref()).await?;
        api::upload(call.http, &job.id, text.into()).await?;
        Ok(Ticket(job.id))
    }

    async fn look(&self, call: &Call<'_>, object: &str, ticket: &Ticket) -> Result<Standing, Failure> {
        let lead_id = key(call, object)?;
        let job = api::job(call.http, &ticket.0).await?;
        match job.state {
            Some(JobState::Open) => {
                api::set_state(call.http, &ticket.0, "UploadComplete").await?;
                Ok(Standing::Running { done: 0 })
            }
            Some(JobState::UploadComplete | JobState::InProgress) => {
                Ok(Standing::Running { done: job.number_records_processed.unwrap_or_default() })
            }
            Some(JobState::JobComplete | JobState::Failed | JobState::Aborted) => {
                Results { call, object, lead_id: lead_id.to_lowercase(), job: &job }.read().await
            }
            None => Err(Failure::new(
                FailureKind::Unexpected,
                "Salesforce says of its bulk job a state that Leadferry does not know.",
            )),
        }
    }

    async fn stop(&self, call: &Call<'_>, ticket: &Ticket) -> Result<(), Failure> {
        match api::set_state(call.http, &ticket.0, "Aborted").await {
            // It is over, or gone: the next look tells.
            Err(failure)
                if failure.code == NOT_FOUND || failure.code.eq_ignore_ascii_case("InvalidJobState") =>
            {
                Ok(())
            }
            other => other.map(drop),
        }
    }
}

fn key(call: &Call<'_>, name: &str) -> Result<String, Failure> {
    let object = super::object(name)?;
    let field = call.settings.lead_id_field(object).map(str::to_owned);
    field.ok_or_else(|| unfit("there is no Lead ID field to go by"))
}

fn row(upsert: &Upsert, lead_id: &str) -> Map<String, Json> {
    let mut properties = convert::properties(&upsert.fields);
    convert::set(&mut properties, lead_id, Json::from(upsert.lead.as_str()));
    properties
}

fn unfit(why: &str) -> Failure {
    Failure::new(FailureKind::Unexpected, format!("These records do not go in one bulk job: {why}."))
}

/// The rule that says whose new leads are, as collections follow it unless they are told not to: a job follows none by itself.
/// Unverified: that a job without a rule leaves the owner alone; the page only says that a rule can be named.
async fn assignment_rule(
    call: &Call<'_>,
    object: &str,
    rows: &[Map<String, Json>],
) -> Result<Option<String>, Failure> {
    let owned = rows.iter().filter(|row| row.keys().any(|name| name.eq_ignore_ascii_case("OwnerId"))).count();
    if object != "Lead" || call.settings.is_on(QUIET) || owned == rows.len() {
        return Ok(None);
    }
    let rule = api::active_lead_rule(call.http).await?;
    match rule {
        // The rule would take the records away from the owners that are said.
        Some(_) if owned > 0 => {
            Err(unfit("some of them name an owner, and your assignment rule names one for all"))
        }
        rule => Ok(rule),
    }
}

/// What became of a job's rows.
struct Results<'a> {
    call: &'a Call<'a>,
    object: &'a str,
    lead_id: String,
    job: &'a Job,
}

impl Results<'_> {
    async fn read(&self) -> Result<Standing, Failure> {
        let mut outcomes = HashMap::new();
        for row in self.rows("successfulResults").await? {
            outcomes.extend(self.lead(&row).map(|lead| (lead, self.written(&row))));
        }
        for row in self.rows("failedResults").await? {
            outcomes.extend(self.lead(&row).map(|lead| (lead, Err(self.refused(&row)))));
        }
        // Stopped, by us or by a person over there: nothing is wrong with what it did not come to.
        let stopped = self.job.state == Some(JobState::Aborted);
        if self.job.state == Some(JobState::Failed) {
            for row in self.rows("unprocessedrecords").await? {
                outcomes.extend(self.lead(&row).map(|lead| (lead, Err(self.failed()))));
            }
        }
        // Batches beyond the day's allowance leave no results.
        Ok(Standing::Over { outcomes, others: (!stopped).then(unmentioned) })
    }

    async fn rows(&self, kind: &str) -> Result<Vec<HashMap<String, String>>, Failure> {
        let text = api::results(self.call.http, &self.job.id, kind).await?;
        csv::read(&text)
            .ok_or_else(|| Failure::new(FailureKind::Unexpected, "The results of a bulk job cannot be read."))
    }

    fn lead(&self, row: &HashMap<String, String>) -> Option<LeadId> {
        row.get(&self.lead_id).filter(|lead| !lead.is_empty()).map(|lead| LeadId::new(lead.as_str()))
    }

    fn written(&self, row: &HashMap<String, String>) -> Outcome {
        let id = row.get("sf__id").filter(|id| !id.is_empty()).ok_or_else(errors::without_id)?;
        let id = ids::whole(id);
        Ok(Written {
            created: row.get("sf__created").is_some_and(|created| created.eq_ignore_ascii_case("true")),
            url: convert::page(self.call, self.object, &id),
            record: RecordId::new(id),
        })
    }

    fn refused(&self, row: &HashMap<String, String>) -> Failure {
        let line = row.get("sf__error").map(String::as_str).unwrap_or_default();
        let mut failure = errors::of_row(&ApiError::of_line(line), self.object);
        if let FailureKind::Invalid { fields } = &mut failure.kind {
            for fault in fields {
                let value = row.get(&fault.field.to_lowercase()).filter(|value| !value.is_empty());
                fault.value = fault.value.take().or_else(|| value.cloned());
            }
        }
        failure
    }

    /// The job ended before it came to the row.
    fn failed(&self) -> Failure {
        let said = self.job.error_message.as_deref().unwrap_or("Salesforce does not say why.");
        let words = format!("The bulk job ended before it came to this record. {said}");
        Failure::new(FailureKind::Busy, leadferry_connector::redact::text(&words)).code("bulk_job_failed")
    }
}
