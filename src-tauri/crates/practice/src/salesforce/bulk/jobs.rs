//! A job: how it is made, fed, closed, looked at and taken away.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::super::account::{rule_id, user_id};
use super::super::errors::Trouble;
use super::super::facts::Facts;
use super::super::gate::Visit;
use super::super::sight::{self, Granted, table};
use super::super::state::{state, state_mut};
use super::super::{Answer, ids, render, strict};
use super::csv::{self, DELIMITERS, Form, Table};
use crate::call::{Call, Reply};
use crate::world::World;

/// Larger uploads are refused, <https://developer.salesforce.com/docs/platform/api-asynch/guide/upload-job-data.html>.
const LARGEST: usize = 150 * 1024 * 1024;
/// A job is done by itself after this long.
const PATIENCE: SignedDuration = SignedDuration::from_secs(10);
/// Looks at a closed job that find it not done.
const LOOKS: u32 = 2;

/// Where a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Open,
    UploadComplete,
    InProgress,
    JobComplete,
    Failed,
    Aborted,
}

impl Stage {
    fn word(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::UploadComplete => "UploadComplete",
            Self::InProgress => "InProgress",
            Self::JobComplete => "JobComplete",
            Self::Failed => "Failed",
            Self::Aborted => "Aborted",
        }
    }

    fn is_over(self) -> bool {
        matches!(self, Self::JobComplete | Self::Failed | Self::Aborted)
    }
}

/// A job.
pub(in super::super) struct Job {
    pub(super) id: String,
    pub(super) visit: Visit,
    pub(super) object: String,
    pub(super) operation: String,
    pub(super) key: Option<String>,
    pub(super) assign: bool,
    pub(super) form: Form,
    pub(super) stage: Stage,
    pub(super) data: Option<String>,
    pub(super) columns: Vec<String>,
    /// Id, created, and the row.
    pub(super) done: Vec<(String, bool, Vec<String>)>,
    /// Id if known, error, and the row.
    pub(super) failed: Vec<(String, String, Vec<String>)>,
    pub(super) untouched: Vec<Vec<String>>,
    pub(super) error: Option<String>,
    made_at: Timestamp,
    changed_at: Timestamp,
    looks: u32,
}

impl Job {
    /// Whether it is to be done now, looked at or not.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        matches!(self.stage, Stage::UploadComplete | Stage::InProgress) && self.changed_at + PATIENCE <= now
    }

    /// Moves on after a look; whether it is to be done now.
    pub(super) fn look(&mut self) -> bool {
        if !matches!(self.stage, Stage::UploadComplete | Stage::InProgress) {
            return false;
        }
        // The first look finds it waiting, the second at work, the third done.
        self.looks += 1;
        if self.looks == LOOKS {
            self.stage = Stage::InProgress;
        }
        self.looks > LOOKS
    }

    /// The rows that were uploaded.
    pub(super) fn rows(&self) -> Result<Table, String> {
        csv::read(self.data.as_deref().unwrap_or_default(), self.form)
    }

    pub(super) fn end(&mut self, stage: Stage, now: Timestamp) {
        self.stage = stage;
        self.changed_at = now;
    }

    fn shown(&self) -> Value {
        let delimiter =
            DELIMITERS.iter().find(|(_, sign)| *sign == self.form.delimiter).map(|(name, _)| *name);
        let version = self.visit.version.trim_start_matches('v').parse::<f64>().unwrap_or_default();
        let mut job = json!({
            "id": self.id, "operation": self.operation, "object": self.object,
            "createdById": user_id(self.visit.user), "createdDate": render::moment(self.made_at),
            "systemModstamp": render::moment(self.changed_at), "state": self.stage.word(),
            "concurrencyMode": "Parallel", "contentType": "CSV", "apiVersion": version, "jobType": "V2Ingest",
            "contentUrl": format!("{}/jobs/ingest/{}/batches", self.visit.root().trim_start_matches('/'), self.id),
            "lineEnding": if self.form.crlf { "CRLF" } else { "LF" }, "columnDelimiter": delimiter,
        });
        if let Some(key) = &self.key {
            job["externalIdFieldName"] = json!(key);
        }
        job
    }

    fn info(&self) -> Value {
        let mut job = self.shown();
        job["retries"] = json!(0);
        job["totalProcessingTime"] = json!(if self.stage.is_over() { 412 } else { 0 });
        job["apiActiveProcessingTime"] = json!(0);
        job["apexProcessingTime"] = json!(0);
        job["numberRecordsProcessed"] = json!(self.done.len() + self.failed.len());
        job["numberRecordsFailed"] = json!(self.failed.len());
        if let Some(error) = &self.error {
            job["errorMessage"] = json!(error);
        }
        job
    }
}

const KNOWN: &[&str] = &[
    "assignmentRuleId",
    "columnDelimiter",
    "contentType",
    "externalIdFieldName",
    "lineEnding",
    "object",
    "operation",
];

/// Some editions have the API, but not this part of it.
/// Unverified: the status.
pub(in super::super) fn not_enabled() -> Trouble {
    Trouble::new(400, "FEATURENOTENABLED", "Bulk API 2.0 is not enabled for this organization.")
}

fn invalid(message: impl Into<String>) -> Trouble {
    Trouble::new(400, "INVALIDJOB", message)
}

fn form(body: &Value) -> Result<Form, Trouble> {
    let word = body["columnDelimiter"].as_str().unwrap_or("COMMA");
    let delimiter = DELIMITERS.iter().find(|(name, _)| *name == word).map(|(_, sign)| *sign);
    let delimiter = delimiter.ok_or_else(|| invalid(format!("{word} is not a column delimiter")))?;
    let crlf = match body["lineEnding"].as_str().unwrap_or("LF") {
        "LF" => false,
        "CRLF" => true,
        other => return Err(invalid(format!("{other} is not a line ending"))),
    };
    Ok(Form { delimiter, crlf })
}

/// Makes a job.
pub(in super::super) fn create(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body_of(world, call, KNOWN)?;
    let named = body["object"].as_str().unwrap_or_default();
    let object = sight::object(world, visit, named)
        .ok_or_else(|| invalid(format!("Unable to find object: {named}")))?;
    if !visit.may_write(&object) {
        return Err(Trouble::no_access());
    }
    let operation = body["operation"].as_str().unwrap_or_default().to_owned();
    if !matches!(operation.as_str(), "insert" | "update" | "upsert" | "delete" | "hardDelete") {
        return Err(invalid(format!("{operation} is not an operation")));
    }
    if operation == "hardDelete" {
        return Err(Trouble::new(
            400,
            "FEATURENOTENABLED",
            "hardDelete needs the permission Bulk API Hard Delete",
        ));
    }
    let key = body["externalIdFieldName"].as_str().map(str::to_owned);
    match (&key, operation.as_str()) {
        (None, "upsert") => return Err(invalid("externalIdFieldName is needed to upsert")),
        (Some(_), other) if other != "upsert" => {
            return Err(invalid("externalIdFieldName is for upsert only"));
        }
        (Some(name), _) => {
            let granted = Granted::to(world, visit);
            let field = granted.field(table(world, &object)?, name);
            let fits =
                name.eq_ignore_ascii_case("id") || field.is_some_and(|field| Facts::of(field).id_lookup);
            if !fits {
                let message = format!(
                    "Field name provided, {name} does not match an External ID, Salesforce Id, or indexed field for {object}"
                );
                return Err(invalid(message));
            }
        }
        (None, _) => {}
    }
    if let Some(other) = body["contentType"].as_str().filter(|kind| *kind != "CSV") {
        return Err(invalid(format!("{other} is not a content type")));
    }
    let rule = body["assignmentRuleId"].as_str();
    if rule.is_some_and(|rule| ids::long(rule).is_none_or(|rule| rule != rule_id())) {
        return Err(invalid("assignmentRuleId is the id of no rule"));
    }
    let form = form(&body)?;
    let number = state_mut(world).next();
    let job = Job {
        id: ids::write("750", number),
        // The header that saves past alerts is none of this API's.
        visit: Visit { assign: super::super::gate::Assign::No, save_duplicates: false, ..visit.clone() },
        object,
        operation,
        key,
        // Unverified: rules run only when one is named.
        assign: rule.is_some(),
        form,
        stage: Stage::Open,
        data: None,
        columns: Vec::new(),
        done: Vec::new(),
        failed: Vec::new(),
        untouched: Vec::new(),
        error: None,
        made_at: visit.now,
        changed_at: visit.now,
        looks: 0,
    };
    let shown = job.shown();
    state_mut(world).jobs.push(job);
    Ok(Reply::json(200, shown))
}

fn place(world: &World, visit: &Visit, id: &str) -> Result<usize, Trouble> {
    let id = ids::long(id)
        .ok_or_else(|| Trouble::new(404, "NOT_FOUND", "The requested resource does not exist"))?;
    let found = state(world).jobs.iter().position(|job| job.id == id && job.visit.user == visit.user);
    found.ok_or_else(Trouble::not_found)
}

/// Takes the rows of a job, once.
pub(in super::super) fn upload(world: &mut World, call: &Call, visit: &Visit, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let place = place(world, visit, id)?;
    if !call.is_of_type("text/csv") {
        return Err(Trouble::new(415, "UNSUPPORTED_MEDIA_TYPE", "Only text/csv is taken here"));
    }
    let job = &mut state_mut(world).jobs[place];
    if job.stage != Stage::Open {
        return Err(invalid(format!("Upload is not possible in state {}", job.stage.word())));
    }
    if job.data.is_some() {
        let message = format!(
            "Found multiple contents for job: <{id}>, please 'Close' / 'Abort' / 'Delete' the current Job then \
             create a new Job and make sure you only do 'PUT' once on a given Job."
        );
        return Err(Trouble::new(400, "CLIENT_ERROR", message));
    }
    if call.body.len() > LARGEST {
        return Err(Trouble::new(400, "EXCEEDEDQUOTA", "The uploaded data is too large"));
    }
    let text = String::from_utf8(call.body.to_vec());
    let text = text.map_err(|_| Trouble::new(400, "CLIENT_ERROR", "The data is not UTF-8"))?;
    job.data = Some(text.trim_start_matches('\u{feff}').to_owned());
    Ok(Reply::empty(201))
}

/// Closes or stops a job.
pub(in super::super) fn patch(world: &mut World, call: &Call, visit: &Visit, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body_of(world, call, &["state"])?;
    let place = place(world, visit, id)?;
    let now = visit.now;
    let job = &mut state_mut(world).jobs[place];
    match (body["state"].as_str().unwrap_or_default(), job.stage) {
        ("UploadComplete", Stage::Open) => job.end(Stage::UploadComplete, now),
        ("Aborted", stage) if !stage.is_over() => {
            if let Ok(table) = job.rows() {
                (job.columns, job.untouched) = (table.header, table.rows);
            }
            job.end(Stage::Aborted, now);
        }
        ("UploadComplete" | "Aborted", stage) => {
            return Err(Trouble::new(
                409,
                "INVALIDJOBSTATE",
                format!("The job is in state {}", stage.word()),
            ));
        }
        (other, _) => return Err(invalid(format!("{other} is not a state to set"))),
    }
    Ok(Reply::json(200, job.shown()))
}

/// A job as it is now.
pub(in super::super) fn get(world: &mut World, call: &Call, visit: &Visit, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let place = place(world, visit, id)?;
    super::look(world, place);
    Ok(Reply::json(200, state(world).jobs[place].info()))
}

/// Every job of this user.
pub(in super::super) fn list(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    strict::only_params(world, call, &["isPkChunkingEnabled", "jobType", "queryLocator"]);
    let mine = state(world).jobs.iter().filter(|job| job.visit.user == visit.user);
    let records: Vec<Value> = mine.map(Job::shown).collect();
    Ok(Reply::json(200, json!({"done": true, "nextRecordsUrl": null, "records": records})))
}

/// Takes a finished job away.
pub(in super::super) fn delete(world: &mut World, call: &Call, visit: &Visit, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    strict::no_body(world, call);
    let place = place(world, visit, id)?;
    let stage = state(world).jobs[place].stage;
    if matches!(stage, Stage::Open | Stage::InProgress) {
        let message = format!("A job in state {} cannot be deleted", stage.word());
        return Err(Trouble::new(400, "INVALIDJOBSTATE", message));
    }
    state_mut(world).jobs.remove(place);
    Ok(Reply::empty(204))
}

/// What became of a job's rows.
pub(in super::super) fn results(
    world: &mut World,
    call: &Call,
    visit: &Visit,
    id: &str,
    kind: &str,
) -> Answer {
    strict::only_params(world, call, &[]);
    let place = place(world, visit, id)?;
    let job = &state(world).jobs[place];
    if !job.stage.is_over() {
        let message = format!("Results are there when the job is over; it is in state {}", job.stage.word());
        return Err(Trouble::new(400, "INVALIDJOBSTATE", message));
    }
    let headed = |first: &[&str]| -> Vec<String> {
        first.iter().map(|name| (*name).to_owned()).chain(job.columns.iter().cloned()).collect()
    };
    let (header, rows): (Vec<String>, Vec<Vec<String>>) = match kind {
        "successfulResults" => {
            let row = |(id, created, row): &(String, bool, Vec<String>)| {
                [id.clone(), created.to_string()].into_iter().chain(row.iter().cloned()).collect()
            };
            (headed(&["sf__Id", "sf__Created"]), job.done.iter().map(row).collect())
        }
        "failedResults" => {
            let row = |(id, error, row): &(String, String, Vec<String>)| {
                [id.clone(), error.clone()].into_iter().chain(row.iter().cloned()).collect()
            };
            (headed(&["sf__Id", "sf__Error"]), job.failed.iter().map(row).collect())
        }
        _ => (headed(&[]), job.untouched.clone()),
    };
    Ok(Reply::text(200, "text/csv", csv::write(&header, &rows, job.form)))
}
