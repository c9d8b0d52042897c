//! Collection writes: one outcome per record, by its place in the answer.
//!
//! Known records go to an update by id, the others to an upsert by the Lead ID. Both may be sent again with the same effect, which is
//! what makes it safe to split a refused request and to repeat one whose answer was lost. A request is refused as a whole for one
//! value it cannot read or one field it does not know: rows with a named field are taken out, else it is halved until the bad row
//! stands alone, within reason.

use std::collections::{HashMap, HashSet};

use leadferry_connector::{
    Call, ObjectSpec, Outcome, Refused, Request, RequestPreview, Settings, Upsert, Written,
};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, RecordId};
use serde_json::{Map, Value};

use super::api::{self, Manners, Write};
use super::errors::{self, NOT_FOUND};
use super::spec::{ALLOW_SAVE, BATCH, QUIET};
use super::types::Saved;
use super::{convert, ids};

/// Most refusals of one batch that are answered by halving. One bad row in two hundred takes nine; when it is not a row but the request,
/// looking at all of them would spend the day's limit on nothing.
const MOST_REFUSALS: usize = 32;

/// One record on its way.
struct Row<'a> {
    /// Its place in the batch.
    at: usize,
    upsert: &'a Upsert,
    /// The record's id; `None`: it goes by its Lead ID.
    record: Option<String>,
    properties: Map<String, Value>,
}

impl Row<'_> {
    /// Whether the owner is ours to say, so that no assignment rule may.
    fn has_owner(&self) -> bool {
        self.properties.keys().any(|name| name.eq_ignore_ascii_case("OwnerId"))
    }
}

/// Rows for one request.
struct Parcel<'a> {
    write: Write,
    manners: Manners,
    rows: Vec<Row<'a>>,
}

/// What every request of a batch is made of.
struct Job<'a> {
    call: &'a Call<'a>,
    object: &'a ObjectSpec,
    lead_id: &'a str,
}

pub(super) async fn upsert(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<Outcome> {
    let job = Job { call, object, lead_id: call.settings.lead_id_field(object).unwrap_or_default() };
    let mut outcomes: Vec<Option<Outcome>> = batch.iter().map(|_| None).collect();
    // A stack, the next parcel on top.
    let mut waiting = job.parcels(job.rows(batch));
    waiting.reverse();
    let mut refusals = 0;
    while let Some(parcel) = waiting.pop() {
        let again = match api::send(job.request(&parcel)).await {
            Ok(answer) => {
                job.settle(&parcel, &answer.body, &mut outcomes);
                continue;
            }
            Err(refused) => {
                refusals += 1;
                refuse(&job, parcel, refused, refusals < MOST_REFUSALS, &mut outcomes)
            }
        };
        waiting.extend(again.into_iter().rev());
    }
    outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|| Err(unmentioned()))).collect()
}

/// The requests the batch would send if Salesforce takes every row.
pub(super) fn preview(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<RequestPreview> {
    let job = Job { call, object, lead_id: call.settings.lead_id_field(object).unwrap_or_default() };
    job.parcels(job.rows(batch)).iter().filter_map(|parcel| job.request(parcel).preview().ok()).collect()
}

impl<'a> Job<'a> {
    fn rows(&self, batch: &'a [Upsert]) -> Vec<Row<'a>> {
        let row = |(at, upsert): (usize, &'a Upsert)| {
            let mut properties = convert::properties(&upsert.fields);
            // A contact that a lead became has the field only if somebody made it there. It is known by its id anyway.
            let marked = self.object.name == "Lead"
                || self.call.settings.get(&Settings::lead_id_key(self.object.name)).is_some();
            if upsert.record.is_none() || marked {
                convert::set(&mut properties, self.lead_id, Value::from(upsert.lead.as_str()));
            }
            let record = upsert.record.as_ref().map(|record| ids::whole(record.as_str()));
            Row { at, upsert, record, properties }
        };
        batch.iter().enumerate().map(row).collect()
    }

    /// Sorts rows into requests. A key stands once in a request: a row that shares one with an earlier row goes into a later request,
    /// so that changes to one record stay in order.
    fn parcels(&self, rows: Vec<Row<'a>>) -> Vec<Parcel<'a>> {
        let mut waves: Vec<(HashSet<String>, Vec<Row<'a>>)> = Vec::new();
        for row in rows {
            let record = row.record.as_ref().map(|record| format!("record {record}"));
            let keys: HashSet<String> =
                record.into_iter().chain([format!("lead {}", row.upsert.lead).to_lowercase()]).collect();
            let place =
                waves.iter().rposition(|(taken, _)| !taken.is_disjoint(&keys)).map_or(0, |last| last + 1);
            if place == waves.len() {
                waves.push((HashSet::new(), Vec::new()));
            }
            waves[place].0.extend(keys);
            waves[place].1.push(row);
        }
        let mut parcels = Vec::new();
        let leads = self.object.name == "Lead";
        for (_, rows) in waves {
            let mut kinds: [(Write, bool, Vec<Row<'a>>); 3] = [
                (Write::Update, true, vec![]),
                (Write::Upsert, true, vec![]),
                (Write::Upsert, false, vec![]),
            ];
            for row in rows {
                // Without the header an update would hand a lead to whoever the rule names now.
                let quiet = leads && (self.call.settings.is_on(QUIET) || row.has_owner());
                let kind = match row.record {
                    Some(_) => 0,
                    None if quiet => 1,
                    None => 2,
                };
                kinds[kind].2.push(row);
            }
            for (write, quiet, rows) in kinds {
                let allow_save = self.call.settings.is_on(ALLOW_SAVE);
                let manners = Manners { quiet: quiet && leads, allow_save };
                let mut rows = rows.into_iter().peekable();
                while rows.peek().is_some() {
                    parcels.push(Parcel { write, manners, rows: rows.by_ref().take(BATCH).collect() });
                }
            }
        }
        parcels
    }

    fn request(&self, parcel: &Parcel<'_>) -> Request<'a> {
        let row = |row: &Row<'_>| {
            let mut properties = row.properties.clone();
            if let Some(record) = &row.record {
                properties.insert("id".to_owned(), Value::from(record.as_str()));
            }
            convert::row(self.object.name, properties)
        };
        let rows: Vec<Map<String, Value>> = parcel.rows.iter().map(row).collect();
        api::write(self.call.http, parcel.write, self.object.name, self.lead_id, &rows, parcel.manners)
    }

    /// Takes outcomes from an answer.
    fn settle(&self, parcel: &Parcel<'a>, answer: &[Saved], outcomes: &mut [Option<Outcome>]) {
        // By place: an answer of another length says nothing about anybody.
        if answer.len() != parcel.rows.len() {
            return;
        }
        for (row, saved) in parcel.rows.iter().zip(answer) {
            outcomes[row.at] = Some(match saved.success {
                Some(true) => self.written(row, saved),
                _ => Err(about(&errors::of_row(&saved.errors, self.object.name), row)),
            });
        }
    }

    fn written(&self, row: &Row<'_>, saved: &Saved) -> Outcome {
        let id = saved.id.as_deref().or(row.record.as_deref()).filter(|id| !id.is_empty());
        let id = ids::whole(id.ok_or_else(errors::without_id)?);
        Ok(Written {
            created: row.record.is_none() && saved.created == Some(true),
            url: convert::page(self.call, self.object.name, &id),
            record: RecordId::new(id),
        })
    }
}

/// A refusal of the whole call. Gives back what must be sent again.
fn refuse<'a>(
    job: &Job<'_>,
    parcel: Parcel<'a>,
    refused: Refused,
    may_halve: bool,
    outcomes: &mut [Option<Outcome>],
) -> Vec<Parcel<'a>> {
    let Parcel { write, manners, mut rows } = parcel;
    let failure = if write == Write::Upsert { without_key(job, refused.failure) } else { refused.failure };
    let FailureKind::Invalid { fields } = &failure.kind else {
        // Nothing about a single row: lost access, a limit, an outage. A lost answer may have been applied; writing by key or id again
        // is safe.
        rows.iter().for_each(|row| outcomes[row.at] = Some(Err(failure.clone())));
        return Vec::new();
    };
    // A field that is missing or read-only is so for every row that has it: no need to search.
    let blamed = |row: &Row<'_>| {
        let of_all = |fault: &&FieldFault| {
            matches!(fault.problem, FieldProblem::UnknownField | FieldProblem::ReadOnly)
        };
        let has =
            |fault: &FieldFault| row.properties.keys().any(|name| name.eq_ignore_ascii_case(&fault.field));
        fields.iter().filter(of_all).any(has)
    };
    if rows.iter().any(blamed) {
        let (bad, rest): (Vec<_>, Vec<_>) = rows.into_iter().partition(blamed);
        bad.iter().for_each(|row| outcomes[row.at] = Some(Err(about(&failure, row))));
        return if rest.is_empty() { Vec::new() } else { vec![Parcel { write, manners, rows: rest }] };
    }
    if rows.len() < 2 || !may_halve {
        let given_up = rows.len() > 1;
        for row in &rows {
            let failure = about(&failure, row);
            outcomes[row.at] = Some(Err(if given_up { unsorted(failure) } else { failure }));
        }
        return Vec::new();
    }
    let second = rows.split_off(rows.len() / 2);
    vec![Parcel { write, manners, rows }, Parcel { write, manners, rows: second }]
}

/// An upsert by a field that is not there, or not an external id, or not visible to this person.
/// Unverified: that Salesforce says so with `NOT_FOUND`; without a code of its own the refusal stays what it is.
fn without_key(job: &Job<'_>, failure: Failure) -> Failure {
    if failure.code != NOT_FOUND {
        return failure;
    }
    let words = format!(
        "Salesforce's {} has no field {} to go by, or it is hidden from this user. Let Leadferry create the Lead ID field again.",
        job.object.label, job.lead_id
    );
    let fault = FieldFault {
        field: job.lead_id.to_owned(),
        problem: FieldProblem::UnknownField,
        value: None,
        detail: failure.message.clone(),
    };
    Failure { kind: FailureKind::Invalid { fields: vec![fault] }, message: words, ..failure }
}

/// The failure with the row's own values beside its fields.
fn about(failure: &Failure, row: &Row<'_>) -> Failure {
    let mut failure = failure.clone();
    if let FailureKind::Invalid { fields } = &mut failure.kind {
        let values: HashMap<String, String> = row
            .upsert
            .fields
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_string()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        for fault in fields {
            fault.value =
                fault.value.take().or_else(|| values.get(&fault.field.to_ascii_lowercase()).cloned());
        }
    }
    failure
}

/// Halving was given up before the row stood alone.
fn unsorted(mut failure: Failure) -> Failure {
    failure.message = format!(
        "Salesforce refuses these records together without saying which one it means, also in smaller parts. Its words: {}",
        failure.message
    );
    failure
}

/// An answer that leaves a record out.
pub(super) fn unmentioned() -> Failure {
    let mut failure =
        Failure::new(FailureKind::Unexpected, "Salesforce's answer says nothing about this record");
    failure.maybe_applied = true;
    failure
}
