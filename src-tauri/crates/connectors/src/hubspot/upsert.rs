//! Batch writes: one outcome per record, whatever HubSpot's answer leaves out.
//!
//! Known records go to `batch/update`, the others to `batch/upsert` by the Lead ID property. Both may be sent again with the
//! same effect, which is what makes it safe to split a refused batch and to repeat one whose answer was lost.
//!
//! Order is not promised, so an outcome finds its row by trace id, else by key; what is still open is read back. A batch that is
//! refused as a whole without naming a row is halved until the bad one stands alone, within reason. Where there is no Lead ID field,
//! [`by_email`] takes over.

use std::collections::{HashMap, HashSet};

use leadferry_connector::{Answer, Call, ObjectSpec, Outcome, Refused, RequestPreview, Upsert, Written};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, RecordId};
use serde_json::{Map, Value};

use super::api::{self, Write};
use super::spec::{BATCH, STAGE_BACK};
use super::types::{ApiError, Batch, Input, Object, texts};
use super::{by_email, convert, errors, find};

const LIFECYCLE: &str = "lifecyclestage";
/// What records are created by where there is no Lead ID: only contacts are.
const EMAIL: &str = "email";

/// Most refusals of one batch that are answered by halving. One bad row in a hundred takes eight; when it is not a row but the batch
/// (a rule of the account that HubSpot does not name), looking at all hundred would spend two bursts on nothing.
const MOST_REFUSALS: usize = 32;

/// One record on its way.
pub(super) struct Row<'a> {
    /// Its place in the batch.
    pub(super) at: usize,
    pub(super) upsert: &'a Upsert,
    /// The record's id, the Lead ID, or for one that is created the e-mail.
    pub(super) key: String,
    pub(super) properties: Map<String, Value>,
}

/// Rows for one request.
pub(super) struct Parcel<'a> {
    pub(super) write: Write,
    pub(super) rows: Vec<Row<'a>>,
}

pub(super) async fn upsert(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<Outcome> {
    let mut outcomes: Vec<Option<Outcome>> = batch.iter().map(|_| None).collect();
    let lead_id = call.settings.lead_id_field(object).unwrap_or_default();
    // A stack, the next parcel on top.
    let mut waiting = parcels(object, lead_id, batch);
    waiting.reverse();
    if call.settings.is_on(STAGE_BACK) {
        clear_stages(call, object, batch, &mut outcomes).await;
    }
    let (mut has_lead_id, mut refusals) = (true, 0);
    while let Some(mut parcel) = waiting.pop() {
        parcel.rows.retain(|row| outcomes[row.at].is_none());
        if parcel.rows.is_empty() {
            continue;
        }
        if !has_lead_id && parcel.rows.iter().any(|row| row.properties.contains_key(lead_id)) {
            let parcels = by_email::parcels(call, object, lead_id, parcel, &mut outcomes).await;
            waiting.extend(parcels.into_iter().rev());
            continue;
        }
        let sent =
            api::send(api::write(call.http, object.name, parcel.write, &inputs(&parcel, lead_id))).await;
        if has_lead_id
            && let Some(failure) = first_failure(&sent)
            && by_email::is_needed(call, object, lead_id, &failure).await
        {
            // Every row has the field, so none was written.
            has_lead_id = false;
            waiting.push(parcel);
            continue;
        }
        let again = match sent {
            Ok(answer) => {
                refusals += usize::from(!answer.body.errors.is_empty());
                let may_halve = refusals < MOST_REFUSALS;
                settle(call, object, lead_id, parcel, answer.body, may_halve, &mut outcomes).await
            }
            Err(refused) => {
                refusals += 1;
                let error: ApiError = serde_json::from_slice(&refused.body).unwrap_or_default();
                refuse(parcel, &refused.failure, &error, refusals < MOST_REFUSALS, &mut outcomes)
            }
        };
        waiting.extend(again.into_iter().rev());
    }
    outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|| Err(unmentioned()))).collect()
}

fn first_failure(sent: &Result<Answer<Batch>, Refused>) -> Option<Failure> {
    match sent {
        Ok(answer) => answer.body.errors.first().map(errors::of_row),
        Err(refused) => Some(refused.failure.clone()),
    }
}

/// The requests the batch would send if HubSpot takes every row.
pub(super) fn preview(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<RequestPreview> {
    let lead_id = call.settings.lead_id_field(object).unwrap_or_default();
    parcels(object, lead_id, batch)
        .iter()
        .filter_map(|parcel| {
            api::write(call.http, object.name, parcel.write, &inputs(parcel, lead_id)).preview().ok()
        })
        .collect()
}

/// Sorts the batch into requests. HubSpot refuses a whole batch that holds one e-mail twice, so a row that shares a key with an
/// earlier one goes into a later request; there it gets an answer of its own.
fn parcels<'a>(object: &ObjectSpec, lead_id: &str, batch: &'a [Upsert]) -> Vec<Parcel<'a>> {
    let mut waves: Vec<(HashSet<String>, Vec<Row<'a>>)> = Vec::new();
    for (at, upsert) in batch.iter().enumerate() {
        let mut properties = convert::properties(&upsert.fields);
        properties.insert(lead_id.to_owned(), Value::from(upsert.lead.as_str()));
        let keys = keys(object, upsert);
        let row = Row {
            at,
            upsert,
            key: upsert.record.as_ref().map_or(upsert.lead.as_str(), RecordId::as_str).to_owned(),
            properties,
        };
        // After the last wave that shares a key, so that changes to one person stay in order.
        let place = waves.iter().rposition(|(taken, _)| !taken.is_disjoint(&keys)).map_or(0, |last| last + 1);
        if place == waves.len() {
            waves.push((HashSet::new(), Vec::new()));
        }
        waves[place].0.extend(keys);
        waves[place].1.push(row);
    }
    let mut parcels = Vec::new();
    for (_, rows) in waves {
        let (known, new): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.upsert.record.is_some());
        for (write, rows) in [(Write::Update, known), (Write::Upsert, new)] {
            let mut rows = rows.into_iter().peekable();
            while rows.peek().is_some() {
                parcels.push(Parcel { write, rows: rows.by_ref().take(BATCH).collect() });
            }
        }
    }
    parcels
}

fn keys(object: &ObjectSpec, upsert: &Upsert) -> HashSet<String> {
    let email = object
        .email_field
        .and_then(|field| upsert.fields.text(field))
        .map(|email| email.trim().to_lowercase());
    [
        Some(format!("lead {}", upsert.lead)),
        upsert.record.as_ref().map(|record| format!("record {record}")),
        email.map(|email| format!("email {email}")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn inputs<'r>(parcel: &'r Parcel<'_>, lead_id: &'r str) -> Vec<Input<'r>> {
    let id_property = (parcel.write == Write::Upsert).then_some(lead_id);
    let input = |row: &'r Row<'_>| Input {
        id_property,
        id: (parcel.write != Write::Create).then_some(row.key.as_str()),
        properties: &row.properties,
        object_write_trace_id: &row.upsert.trace,
    };
    parcel.rows.iter().map(input).collect()
}

/// Lifecycle stages move forward only, unless they are cleared first.
/// Unverified: that clearing and setting in two calls keeps workflows of the account quiet; done only on request.
/// <https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide>
async fn clear_stages(
    call: &Call<'_>,
    object: &ObjectSpec,
    batch: &[Upsert],
    outcomes: &mut [Option<Outcome>],
) {
    let cleared: Map<String, Value> = [(LIFECYCLE.to_owned(), Value::from(""))].into_iter().collect();
    let mut seen = HashSet::new();
    let rows: Vec<(usize, &Upsert, &RecordId)> = batch
        .iter()
        .enumerate()
        .filter(|(_, upsert)| upsert.fields.text(LIFECYCLE).is_some())
        .filter_map(|(at, upsert)| Some((at, upsert, upsert.record.as_ref()?)))
        .filter(|(_, _, record)| seen.insert(record.as_str()))
        .collect();
    for rows in rows.chunks(BATCH) {
        let inputs: Vec<Input<'_>> = rows
            .iter()
            .map(|(_, upsert, record)| Input {
                id_property: None,
                id: Some(record.as_str()),
                properties: &cleared,
                object_write_trace_id: &upsert.trace,
            })
            .collect();
        let sent = api::send(api::write(call.http, object.name, Write::Update, &inputs)).await;
        // A row that cannot be cleared gets its reason from the write that follows; lost access or a limit stops here.
        if let Err(refused) = sent
            && !splits(&refused.failure.kind)
        {
            for (at, ..) in rows {
                outcomes[*at] = Some(Err(refused.failure.clone()));
            }
        }
    }
}

/// Takes outcomes from an answer. Gives back what must be sent again.
async fn settle<'a>(
    call: &Call<'_>,
    object: &ObjectSpec,
    lead_id: &str,
    parcel: Parcel<'a>,
    answer: Batch,
    may_halve: bool,
    outcomes: &mut [Option<Outcome>],
) -> Vec<Parcel<'a>> {
    let write = parcel.write;
    let mut open: HashMap<usize, Row<'a>> = parcel.rows.into_iter().map(|row| (row.at, row)).collect();
    let mut nameless = Vec::new();
    for error in &answer.errors {
        let failure = errors::of_row(error);
        let named = named(&open, error);
        if named.is_empty() {
            nameless.push(failure);
            continue;
        }
        for at in named {
            if let Some(row) = open.remove(&at) {
                outcomes[at] = Some(Err(about(&failure, &row)));
            }
        }
    }
    for result in &answer.results {
        if let Some(at) = row_of(&open, write, lead_id, result) {
            open.remove(&at);
            outcomes[at] = Some(Ok(written(call, object, write, result)));
        }
    }
    let mut rest: Vec<Row<'a>> = open.into_values().collect();
    rest.sort_by_key(|row| row.at);
    match (rest.len(), nameless.as_slice()) {
        (0, _) => Vec::new(),
        (_, []) => {
            read_back(call, object, lead_id, Parcel { write, rows: rest }, outcomes).await;
            Vec::new()
        }
        (_, [failure, ..]) => share(Parcel { write, rows: rest }, failure, may_halve, outcomes),
    }
}

/// A refusal of the whole call. Gives back what must be sent again.
fn refuse<'a>(
    parcel: Parcel<'a>,
    failure: &Failure,
    error: &ApiError,
    may_halve: bool,
    outcomes: &mut [Option<Outcome>],
) -> Vec<Parcel<'a>> {
    if !splits(&failure.kind) {
        // Nothing about a single row: lost access, a limit, an outage. A lost answer may have been applied; writing by key or id
        // again is safe.
        for row in &parcel.rows {
            outcomes[row.at] = Some(Err(failure.clone()));
        }
        return Vec::new();
    }
    let Parcel { write, rows } = parcel;
    let open: HashMap<usize, Row<'a>> = rows.into_iter().map(|row| (row.at, row)).collect();
    let named: HashSet<usize> = named(&open, error).into_iter().collect();
    let (bad, mut rest): (Vec<_>, Vec<_>) = open.into_values().partition(|row| named.contains(&row.at));
    rest.sort_by_key(|row| row.at);
    if bad.is_empty() {
        return share(Parcel { write, rows: rest }, failure, may_halve, outcomes);
    }
    for row in bad {
        outcomes[row.at] = Some(Err(about(failure, &row)));
    }
    vec![Parcel { write, rows: rest }]
}

/// A failure that names no row: finds the rows it is about.
fn share<'a>(
    parcel: Parcel<'a>,
    failure: &Failure,
    may_halve: bool,
    outcomes: &mut [Option<Outcome>],
) -> Vec<Parcel<'a>> {
    let Parcel { write, mut rows } = parcel;
    // A property that is missing or read-only is so for every row that has it: no need to search.
    if let FailureKind::Invalid { fields } = &failure.kind {
        let blamed: HashSet<&str> = fields
            .iter()
            .filter(|fault| matches!(fault.problem, FieldProblem::UnknownField | FieldProblem::ReadOnly))
            .map(|fault| fault.field.as_str())
            .collect();
        let (bad, rest): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| blamed.iter().any(|field| row.properties.contains_key(*field)));
        rows = rest;
        if !bad.is_empty() {
            for row in &bad {
                outcomes[row.at] = Some(Err(about(failure, row)));
            }
            return vec![Parcel { write, rows }];
        }
    }
    if let [row] = rows.as_slice() {
        outcomes[row.at] = Some(Err(about(failure, row)));
        return Vec::new();
    }
    if !may_halve {
        for row in &rows {
            outcomes[row.at] = Some(Err(unsorted(about(failure, row))));
        }
        return Vec::new();
    }
    let second = rows.split_off(rows.len() / 2);
    vec![Parcel { write, rows }, Parcel { write, rows: second }]
}

/// Whether a refused batch may be refused because of one row.
fn splits(kind: &FailureKind) -> bool {
    matches!(kind, FailureKind::Invalid { .. } | FailureKind::Conflict { .. } | FailureKind::NotFound)
}

/// The rows an error is about: by trace id, else by record id.
fn named(open: &HashMap<usize, Row<'_>>, error: &ApiError) -> Vec<usize> {
    let contexts = || error.errors.iter().map(|detail| &detail.context).chain([&error.context]);
    let traces: HashSet<String> =
        contexts().flat_map(|context| texts(context, "objectWriteTraceId")).collect();
    let ids: HashSet<String> = ["ids", "id", "objectId"]
        .iter()
        .flat_map(|name| contexts().flat_map(|context| texts(context, name)))
        .collect();
    let by_trace: Vec<usize> =
        open.values().filter(|row| traces.contains(&row.upsert.trace)).map(|row| row.at).collect();
    if !by_trace.is_empty() {
        return by_trace;
    }
    open.values().filter(|row| ids.contains(&row.key)).map(|row| row.at).collect()
}

fn row_of(open: &HashMap<usize, Row<'_>>, write: Write, lead_id: &str, result: &Object) -> Option<usize> {
    let trace = result.object_write_trace_id.as_deref();
    let is_key = |row: &&Row<'_>| match write {
        Write::Update => result.id == row.key,
        Write::Upsert => find::is_key(result, lead_id, &row.key),
        Write::Create => find::is_key(result, EMAIL, &row.key),
    };
    let by_trace = open.values().find(|row| trace == Some(row.upsert.trace.as_str()));
    by_trace.or_else(|| open.values().find(is_key)).map(|row| row.at)
}

/// The answer mentions neither success nor failure of these rows: looks what is there now.
async fn read_back(
    call: &Call<'_>,
    object: &ObjectSpec,
    lead_id: &str,
    parcel: Parcel<'_>,
    outcomes: &mut [Option<Outcome>],
) {
    let id_property = match parcel.write {
        Write::Update => None,
        Write::Upsert => Some(lead_id),
        Write::Create => Some(EMAIL),
    };
    let ids: Vec<&str> = parcel.rows.iter().map(|row| row.key.as_str()).collect();
    // What was written last tells whether an update arrived; without the Lead ID nothing does, and it is safe to send again.
    let properties = id_property.unwrap_or(lead_id);
    let found = api::read(call.http, object.name, id_property, &ids, &[properties]).await;
    for row in &parcel.rows {
        let found = found.as_ref().map(|found| {
            found.iter().find(|record| match parcel.write {
                Write::Update => {
                    record.id == row.key && record.text(lead_id).as_deref() == Some(row.upsert.lead.as_str())
                }
                Write::Upsert => record.text(lead_id).as_ref() == Some(&row.key),
                Write::Create => find::is_key(record, EMAIL, &row.key),
            })
        });
        outcomes[row.at] = Some(match found {
            Ok(Some(record)) => Ok(written(call, object, parcel.write, record)),
            Ok(None) => Err(unmentioned()),
            Err(failure) => Err(Failure { maybe_applied: true, ..failure.clone() }),
        });
    }
}

fn written(call: &Call<'_>, object: &ObjectSpec, write: Write, result: &Object) -> Written {
    Written {
        record: RecordId::new(result.id.clone()),
        created: result.new.unwrap_or(write == Write::Create),
        url: convert::page(result.url.as_deref(), object.name, &result.id, call.settings),
    }
}

/// The failure with the row's own values beside its fields.
fn about(failure: &Failure, row: &Row<'_>) -> Failure {
    let mut failure = failure.clone();
    if let FailureKind::Invalid { fields } = &mut failure.kind {
        for fault in fields {
            fault.value = fault.value.take().or_else(|| row.upsert.fields.text(&fault.field));
        }
    }
    failure
}

/// Halving was given up before the row stood alone.
fn unsorted(mut failure: Failure) -> Failure {
    failure.message = format!(
        "HubSpot refuses these records together without saying which one it means, also in smaller parts. Its words: {}",
        failure.message
    );
    failure
}

fn unmentioned() -> Failure {
    let mut failure =
        Failure::new(FailureKind::Unexpected, "HubSpot's answer says nothing about this record");
    failure.maybe_applied = true;
    failure
}
