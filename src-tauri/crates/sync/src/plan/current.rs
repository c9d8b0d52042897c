//! Reads what records hold before they are overwritten, where a rule or undo needs it: one call for a hundred records.

use std::collections::HashMap;

use leadferry_connector::RemoteRecord;
use leadferry_mapping::{Mapped, Overwrite};
use leadferry_model::{Failure, FailureKind, Record, RecordId, Value};

use super::{End, Ended, Job, Synced, Target};
use crate::deliver::Batch;

/// A job with exactly what is to be written.
pub(crate) struct Write {
    pub(crate) job: Job,
    pub(crate) fields: Record,
}

/// Splits jobs into writes, ends (nothing to write) and those whose record is gone, which look for another.
pub(crate) async fn writes(
    batch: &Batch<'_>,
    jobs: Vec<Job>,
    ended: &mut Vec<Ended>,
) -> (Vec<Write>, Vec<Job>) {
    let (mut writes, mut again) = (Vec::new(), Vec::new());
    let mut wanted: Vec<(RecordId, Vec<String>)> = Vec::new();
    let mut planned = Vec::new();
    for job in jobs {
        match &job.target {
            Some(Target::Known { record, .. }) => {
                if unchanged(&job) {
                    let record = record.clone();
                    ended.push(nothing_to_write(job, record, None));
                    continue;
                }
                if batch.needs_current(&job) {
                    wanted
                        .push((record.clone(), job.mapped.fields.iter().map(|f| f.target.clone()).collect()));
                }
            }
            Some(Target::Create) | None => {}
        }
        planned.push(job);
    }
    let current = match read(batch, &wanted).await {
        Ok(current) => current,
        Err(failure) => {
            for job in planned {
                match &job.target {
                    Some(Target::Known { .. }) if batch.needs_current(&job) => {
                        ended.push(job.fail(failure.clone()))
                    }
                    _ => writes.push(plain(job)),
                }
            }
            return (writes, again);
        }
    };
    for mut job in planned {
        let Some(Target::Known { record, .. }) = job.target.clone() else {
            writes.push(plain(job));
            continue;
        };
        match current.get(&record) {
            Some(None) => {
                job.lost_record();
                again.push(job);
            }
            Some(Some(remote)) => {
                let fields = leadferry_mapping::merge(&remote.fields, &job.mapped, newer(&job, remote)).write;
                job.before = Some(fields.names().map(|name| held(remote, name)).collect());
                job.current = Some(remote.clone());
                if fields.is_empty() {
                    ended.push(nothing_to_write(job, record, remote.url.clone()));
                } else {
                    writes.push(Write { job, fields });
                }
            }
            None => writes.push(plain(job)),
        }
    }
    (writes, again)
}

fn unchanged(job: &Job) -> bool {
    job.by_link()
        && job.claimed.link.as_ref().is_some_and(|link| link.sent_hash.as_deref() == Some(&*job.print))
}

/// Whether the lead changed after the record did. A destination that does not say when counts as older.
pub(crate) fn newer(job: &Job, remote: &RemoteRecord) -> bool {
    remote.changed_at.is_none_or(|changed| job.claimed.lead.updated_at > changed)
}

/// Whether a rule looks at the record before it decides.
pub(crate) fn asks_for_current(mapped: &Mapped) -> bool {
    mapped.fields.iter().any(|field| {
        field.value.is_some() && matches!(field.overwrite, Overwrite::IfEmpty | Overwrite::IfNewer)
    })
}

/// Without a look at the record: everything for a new one; for a known one, only what may be written blindly.
fn plain(job: Job) -> Write {
    let fields = match job.target {
        Some(Target::Known { .. }) => blind(&job.mapped),
        _ => leadferry_mapping::merge(&Record::new(), &job.mapped, true).write,
    };
    Write { job, fields }
}

/// The fields whose rule does not depend on what the record holds.
pub(crate) fn blind(mapped: &Mapped) -> Record {
    let always = mapped.fields.iter().filter(|field| field.overwrite == Overwrite::Always);
    always.filter_map(|field| Some((field.target.clone(), field.value.clone()?))).collect()
}

fn held(remote: &RemoteRecord, field: &str) -> (String, Value) {
    (field.to_owned(), remote.fields.get(field).cloned().unwrap_or(Value::Blank))
}

pub(crate) fn nothing_to_write(job: Job, record: RecordId, url: Option<String>) -> Ended {
    let by = match &job.target {
        Some(Target::Known { by, .. }) => by.word(),
        _ => "created",
    };
    let by = match (&job.claimed.link, by) {
        (Some(link), "link") => super::known_word(&link.matched_by),
        (_, by) => by,
    };
    let synced = Synced {
        record,
        object: job.moved.as_ref().map(|moved| moved.object.name),
        url,
        created: false,
        unchanged: true,
        by,
        print: job.print.clone(),
        before: None,
        written: Record::new(),
    };
    job.end(End::Synced(synced))
}

async fn read(
    batch: &Batch<'_>,
    wanted: &[(RecordId, Vec<String>)],
) -> Result<HashMap<RecordId, Option<RemoteRecord>>, Failure> {
    let mut fields: Vec<String> = wanted.iter().flat_map(|(_, fields)| fields.iter().cloned()).collect();
    fields.sort();
    fields.dedup();
    let mut ids: Vec<RecordId> = wanted.iter().map(|(id, _)| id.clone()).collect();
    ids.sort();
    ids.dedup();
    let mut current = HashMap::new();
    for part in ids.chunks(batch.size.max(1)) {
        let records = batch.connector.read(&batch.call(), batch.object, part, &fields).await?;
        if records.len() != part.len() {
            return Err(Failure::new(
                FailureKind::Unexpected,
                "the connector answered another number of records",
            ));
        }
        current.extend(part.iter().cloned().zip(records));
    }
    Ok(current)
}
