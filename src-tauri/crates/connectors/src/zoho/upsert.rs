//! Batch writes: one outcome per record, whatever Zoho's answer leaves out.
//!
//! Known records go by `PUT` with their id, the others by `upsert` with the Lead ID field as the only one to look for duplicates by:
//! whom a lead is, the engine has decided already. Both may be sent again with the same effect.
//!
//! Answers stand in the order of the records, and each says by its own `status` what became of it; the status of the call (200, 201,
//! 207, or 400 where all failed) says nothing about one record. <https://www.zoho.com/crm/developer/docs/api/v8/upsert-records.html>

use std::collections::HashSet;

use leadferry_connector::{Call, ObjectSpec, Outcome, Refused, RequestPreview, Upsert, Written};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, RecordId};
use serde_json::Value;

use super::api::{self, Write};
use super::spec::BATCH;
use super::types::{Item, Items, Record};
use super::{convert, errors};

/// One record on its way.
struct Row<'a> {
    /// Its place in the batch.
    at: usize,
    upsert: &'a Upsert,
    record: Record,
}

/// Rows for one request.
struct Parcel<'a> {
    write: Write,
    rows: Vec<Row<'a>>,
}

pub(super) async fn upsert(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<Outcome> {
    let mut outcomes: Vec<Option<Outcome>> = batch.iter().map(|_| None).collect();
    let lead_id = call.settings.lead_id_field(object).unwrap_or_default();
    // A stack, the next parcel on top.
    let mut waiting = parcels(object, lead_id, batch);
    waiting.reverse();
    while let Some(parcel) = waiting.pop() {
        let records: Vec<&Record> = parcel.rows.iter().map(|row| &row.record).collect();
        match api::send(api::write(call, object.name, parcel.write, lead_id, &records)).await {
            Ok(answer) => settle(call, object, parcel, &answer.body, &mut outcomes),
            Err(refused) => {
                let again = refuse(call, object, lead_id, parcel, &refused, &mut outcomes);
                waiting.extend(again.into_iter().rev());
            }
        }
    }
    outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|| Err(unmentioned()))).collect()
}

/// The requests the batch would send.
pub(super) fn preview(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<RequestPreview> {
    let lead_id = call.settings.lead_id_field(object).unwrap_or_default();
    let request = |parcel: &Parcel<'_>| {
        let records: Vec<&Record> = parcel.rows.iter().map(|row| &row.record).collect();
        api::write(call, object.name, parcel.write, lead_id, &records).preview().ok()
    };
    parcels(object, lead_id, batch).iter().filter_map(request).collect()
}

/// Sorts the batch into requests. What Zoho makes of one record twice in a request is not documented, so a row that shares a key
/// with an earlier one goes into a later request.
fn parcels<'a>(object: &ObjectSpec, lead_id: &str, batch: &'a [Upsert]) -> Vec<Parcel<'a>> {
    let mut waves: Vec<(HashSet<String>, Vec<Row<'a>>)> = Vec::new();
    for (at, upsert) in batch.iter().enumerate() {
        let mut record = convert::body(object.name, &upsert.fields);
        record.insert(lead_id.to_owned(), Value::from(upsert.lead.as_str()));
        if let Some(id) = &upsert.record {
            record.insert("id".to_owned(), Value::from(id.as_str()));
        }
        let keys = keys(upsert);
        // After the last wave that shares a key, so that changes to one record stay in order.
        let place = waves.iter().rposition(|(taken, _)| !taken.is_disjoint(&keys)).map_or(0, |last| last + 1);
        if place == waves.len() {
            waves.push((HashSet::new(), Vec::new()));
        }
        waves[place].0.extend(keys);
        waves[place].1.push(Row { at, upsert, record });
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

fn keys(upsert: &Upsert) -> HashSet<String> {
    let record = upsert.record.as_ref().map(|record| format!("record {record}"));
    [Some(format!("lead {}", upsert.lead.as_str().to_lowercase())), record].into_iter().flatten().collect()
}

/// Takes outcomes from an answer.
fn settle(
    call: &Call<'_>,
    object: &ObjectSpec,
    parcel: Parcel<'_>,
    answer: &Items,
    outcomes: &mut [Option<Outcome>],
) {
    // Another number of answers than records: the place says nothing any more. Both writes may be repeated.
    if answer.data.len() != parcel.rows.len() {
        return;
    }
    for (row, item) in parcel.rows.iter().zip(&answer.data) {
        outcomes[row.at] = Some(outcome(call, object, parcel.write, row, item));
    }
}

fn outcome(call: &Call<'_>, object: &ObjectSpec, write: Write, row: &Row<'_>, item: &Item) -> Outcome {
    if !item.is_success() {
        return Err(match item.code {
            Some(_) => about(errors::of_row(item, object.name), row),
            None => unmentioned(),
        });
    }
    let known = row.upsert.record.as_ref().map(|record| record.as_str().to_owned());
    let id = item.id().or(known).ok_or_else(unmentioned)?;
    let said = item.action.as_deref().or(match item.message.as_deref() {
        Some("record added") => Some("insert"),
        _ => None,
    });
    Ok(Written {
        created: write == Write::Upsert && said == Some("insert"),
        url: convert::page(object.name, &id, call.settings),
        record: RecordId::new(id),
    })
}

/// A call that did not succeed. Gives back what must be sent again.
fn refuse<'a>(
    call: &Call<'_>,
    object: &ObjectSpec,
    lead_id: &str,
    parcel: Parcel<'a>,
    refused: &Refused,
    outcomes: &mut [Option<Outcome>],
) -> Vec<Parcel<'a>> {
    let failure = &refused.failure;
    let whole = matches!(
        failure.kind,
        FailureKind::Auth | FailureKind::RateLimited { .. } | FailureKind::Unavailable
    );
    if !whole {
        let items: Items = serde_json::from_slice(&refused.body).unwrap_or_default();
        let each = items.data.iter().all(|item| item.code.is_some());
        if items.data.len() == parcel.rows.len() && each {
            settle(call, object, parcel, &items, outcomes);
            return Vec::new();
        }
        if failure.code == "413" && parcel.rows.len() > 1 {
            let Parcel { write, mut rows } = parcel;
            let second = rows.split_off(rows.len() / 2);
            return vec![Parcel { write, rows }, Parcel { write, rows: second }];
        }
        // Said of the whole call, but meant of one record.
        let path = items.whole.detail("json_path");
        if let Some(at) = path.as_deref().and_then(errors::place).filter(|at| *at < parcel.rows.len()) {
            let Parcel { write, mut rows } = parcel;
            let bad = rows.remove(at);
            outcomes[bad.at] = Some(Err(about(errors::of_row(&items.whole, object.name), &bad)));
            return if rows.is_empty() { Vec::new() } else { vec![Parcel { write, rows }] };
        }
    }
    let failure = no_lead_id(failure, object, lead_id).unwrap_or_else(|| failure.clone());
    for row in &parcel.rows {
        outcomes[row.at] = Some(Err(about(failure.clone(), row)));
    }
    Vec::new()
}

/// The Lead ID field is not there, or its values need not be unique: without it nothing tells leads apart, and a repeat could double
/// one.
/// Unverified: what exactly Zoho says of a name in `duplicate_check_fields` that cannot serve.
fn no_lead_id(failure: &Failure, object: &ObjectSpec, lead_id: &str) -> Option<Failure> {
    let FailureKind::Invalid { fields } = &failure.kind else { return None };
    let named = |fault: &FieldFault| fault.field == "duplicate_check_fields" || fault.field == lead_id;
    let mentioned = fields.iter().any(named) || failure.message.contains("duplicate_check_fields");
    mentioned.then(|| {
        let words = format!(
            "Zoho CRM has no unique Lead ID field for Leadferry in {}, and nothing else tells its records apart. Let Leadferry make \
             the field, or an administrator: one line of text, without duplicate values.",
            object.name
        );
        let fault = FieldFault {
            field: lead_id.to_owned(),
            problem: FieldProblem::UnknownField,
            value: None,
            detail: words.clone(),
        };
        Failure::new(FailureKind::Invalid { fields: vec![fault] }, words).code("no_lead_id_field")
    })
}

/// The failure with the row's own values beside its fields.
fn about(mut failure: Failure, row: &Row<'_>) -> Failure {
    if let FailureKind::Invalid { fields } = &mut failure.kind {
        for fault in fields {
            fault.value = fault.value.take().or_else(|| row.upsert.fields.text(&fault.field));
        }
    }
    failure
}

fn unmentioned() -> Failure {
    let mut failure =
        Failure::new(FailureKind::Unexpected, "Zoho CRM's answer says nothing about this record");
    failure.maybe_applied = true;
    failure
}
