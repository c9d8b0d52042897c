//! The write call itself: intents before it, one outcome per record after it.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use leadferry_connector::{CONVERTED, Capability, Outcome, Upsert};
use leadferry_model::{DeliveryId, Failure, FailureKind, Timestamp};
use leadferry_store::Json;

use super::Batch;
use crate::error::Result;
use crate::plan::current::Write;
use crate::plan::{End, Ended, Intent, Job, Synced, Target};

/// A write the destination refused in a way that a better target may cure.
pub(crate) struct Refused {
    pub(crate) job: Job,
    pub(crate) failure: Failure,
}

/// Sends the writes. Gives back those worth another round.
pub(crate) async fn send(
    batch: &Batch<'_>,
    writes: Vec<Write>,
    ended: &mut Vec<Ended>,
) -> Result<Vec<Refused>> {
    let mut writes = one_per_record(batch, writes, ended);
    let mut refused = Vec::new();
    while !writes.is_empty() {
        let rest = writes.split_off(writes.len().min(batch.size.max(1)));
        let part = std::mem::replace(&mut writes, rest);
        let part = write_intents(batch, part).await?;
        if part.is_empty() {
            continue;
        }
        let upserts: Vec<Upsert> = part.iter().map(upsert).collect();
        let outcomes = call(batch, &upserts).await;
        forget_intents(batch, &part, &outcomes).await?;
        let troubled = outcomes.iter().any(lane_trouble);
        for (write, outcome) in part.into_iter().zip(outcomes) {
            note(batch, &write, &outcome);
            settle_one(write, outcome, ended, &mut refused);
        }
        if troubled {
            // The lane is about to wait: what was not sent goes back untouched.
            let now = batch.now();
            ended.extend(writes.drain(..).map(|write| write.job.end(End::Later(now))));
        }
    }
    Ok(refused)
}

/// No vendor takes one record twice in a batch, and the two writes have an order: the later one waits for the next batch.
fn one_per_record(batch: &Batch<'_>, writes: Vec<Write>, ended: &mut Vec<Ended>) -> Vec<Write> {
    let mut seen = HashSet::new();
    let mut first = Vec::with_capacity(writes.len());
    for write in writes {
        match &write.job.target {
            Some(Target::Known { record, .. }) if !seen.insert(record.clone()) => {
                ended.push(write.job.end(End::Later(batch.now())));
            }
            _ => first.push(write),
        }
    }
    first
}

/// Before a create that is not idempotent: after a crash the intent says that the destination must be asked first.
async fn write_intents(batch: &Batch<'_>, writes: Vec<Write>) -> Result<Vec<Write>> {
    if batch.can(Capability::UpsertByKey) || !batch.can(Capability::Find) {
        return Ok(writes);
    }
    let intent = Intent { at: batch.now() }.kept();
    let (creates, others): (Vec<_>, Vec<_>) =
        writes.into_iter().partition(|write| write.job.target == Some(Target::Create));
    if creates.is_empty() {
        return Ok(others);
    }
    let intents: Vec<(DeliveryId, Timestamp, Json)> =
        creates.iter().map(|write| (write.job.claimed.id, write.job.claimed.lease, intent.clone())).collect();
    let held: HashSet<DeliveryId> =
        batch.store.write(move |tx| tx.write_intent(&intents)).await?.into_iter().collect();
    // A lease that is lost is somebody else's delivery by now: not ours to send, and not ours to settle.
    let creates = creates.into_iter().filter(|write| held.contains(&write.job.claimed.id));
    let mut writes: Vec<Write> = others.into_iter().chain(creates).collect();
    writes.sort_by_key(|write| write.job.order());
    Ok(writes)
}

/// A create that was certainly not applied leaves nothing to ask for: where one call writes one record, a limit in the middle of a
/// batch would else cost a search for each record behind it.
async fn forget_intents(batch: &Batch<'_>, writes: &[Write], outcomes: &[Outcome]) -> Result<()> {
    if batch.can(Capability::UpsertByKey) || !batch.can(Capability::Find) {
        return Ok(());
    }
    let not_applied = |outcome: &Outcome| outcome.as_ref().is_err_and(|failure| !failure.maybe_applied);
    let sends: Vec<(DeliveryId, Timestamp)> = writes
        .iter()
        .zip(outcomes)
        .filter(|(write, outcome)| write.job.target == Some(Target::Create) && not_applied(outcome))
        .map(|(write, _)| (write.job.claimed.id, write.job.claimed.lease))
        .collect();
    if !sends.is_empty() {
        batch.store.write(move |tx| tx.forget_intent(&sends)).await?;
    }
    Ok(())
}

/// Whether a create is over and how long ago is what the next try goes by.
fn note(batch: &Batch<'_>, write: &Write, outcome: &Outcome) {
    if write.job.target != Some(Target::Create) {
        return;
    }
    let lead = &write.job.claimed.lead.id;
    match outcome {
        Ok(_) => batch.unsure.known(batch.destination, lead),
        Err(_) => batch.unsure.ended(batch.destination, lead, batch.clock.steady()),
    }
}

pub(super) fn upsert(write: &Write) -> Upsert {
    let record = match &write.job.target {
        Some(Target::Known { record, .. }) => Some(record.clone()),
        _ => None,
    };
    Upsert {
        lead: write.job.claimed.lead.id.clone(),
        record,
        trace: format!("leadferry-{}", write.job.claimed.id),
        fields: write.fields.clone(),
    }
}

/// Calls the connector. Its panic or miscounting is a failure of these records, never of the engine.
async fn call(batch: &Batch<'_>, upserts: &[Upsert]) -> Vec<Outcome> {
    let call = batch.call();
    let answer = AssertUnwindSafe(batch.connector.upsert(&call, batch.object, upserts)).catch_unwind().await;
    match answer {
        Ok(outcomes) if outcomes.len() == upserts.len() => outcomes,
        Ok(_) => vec![Err(miscounted()); upserts.len()],
        Err(_) => vec![Err(mistake("the connector panicked")); upserts.len()],
    }
}

/// The connector's answer does not fit the question.
pub(crate) fn miscounted() -> Failure {
    mistake("the connector gave another number of outcomes than records")
}

pub(super) fn mistake(message: &str) -> Failure {
    let mut failure = Failure::new(FailureKind::Unexpected, message).code("CONNECTOR");
    failure.maybe_applied = true;
    failure
}

fn lane_trouble(outcome: &Outcome) -> bool {
    outcome.as_ref().is_err_and(crate::lane::stops)
}

fn settle_one(write: Write, outcome: Outcome, ended: &mut Vec<Ended>, refused: &mut Vec<Refused>) {
    let Write { job, fields } = write;
    match outcome {
        Ok(written) => {
            let by = match &job.target {
                _ if written.created => "created",
                Some(Target::Known { by: crate::plan::FoundBy::Link, .. }) => {
                    job.claimed.link.as_ref().map_or("link", |link| crate::plan::known_word(&link.matched_by))
                }
                Some(Target::Known { by, .. }) => by.word(),
                _ => "lead_id",
            };
            let synced = Synced {
                record: written.record,
                object: job.moved.as_ref().map(|moved| moved.object.name),
                url: written.url,
                created: written.created,
                unchanged: false,
                by,
                print: job.print.clone(),
                before: job.before.clone(),
                written: fields,
            };
            ended.push(job.end(End::Synced(synced)));
        }
        Err(failure) if failure.code == CONVERTED => refused.push(Refused { job, failure }),
        Err(failure) => match failure.kind {
            FailureKind::Conflict { .. } => refused.push(Refused { job, failure }),
            FailureKind::NotFound if matches!(job.target, Some(Target::Known { .. })) => {
                refused.push(Refused { job, failure });
            }
            _ => ended.push(job.fail(failure)),
        },
    }
}
