//! What a refusal teaches about the right record: the one that holds the key already, or that the known one is gone or has
//! become another.

use leadferry_connector::{CONVERTED, Capability, Match};
use leadferry_model::{Failure, FailureKind};

use super::Batch;
use super::send::Refused;
use crate::plan::{Ended, FoundBy, Job, Target, target};
use crate::settings::{DeletedRecord, MatchBy};

/// Sets the jobs up for another round, or ends them.
pub(crate) async fn again(batch: &Batch<'_>, refused: Vec<Refused>, ended: &mut Vec<Ended>) -> Vec<Job> {
    let (mut open, mut asked, mut converted) = (Vec::new(), Vec::new(), Vec::new());
    for Refused { mut job, failure } in refused {
        match &failure.kind {
            FailureKind::Conflict { existing: Some(record), .. } if !job.gone.contains(record) => {
                job.target = Some(Target::Known { record: record.clone(), by: FoundBy::Conflict });
                open.push(job);
            }
            FailureKind::Conflict { .. } => match question(batch, &job, &failure) {
                Some(key) => asked.push((job, failure, key)),
                None => ended.push(job.fail(failure)),
            },
            _ if failure.code == CONVERTED => converted.push((job, failure)),
            _ => {
                job.lost_record();
                open.push(job);
            }
        }
    }
    open.extend(ask(batch, asked, ended).await);
    if !converted.is_empty() {
        open.extend(batch.ask_where(converted, ended).await);
    }
    open
}

/// The conflicting field with our value of it: by it the holder can be found.
fn question(batch: &Batch<'_>, job: &Job, failure: &Failure) -> Option<Match> {
    let FailureKind::Conflict { field, .. } = &failure.kind else { return None };
    let field = field.clone().or_else(|| target::field_of(batch, &job.rules.object, MatchBy::Email))?;
    let value = job.mapped.field(&field)?.value.as_ref()?.to_string();
    batch.can(Capability::Find).then_some(Match { field, value })
}

async fn ask(batch: &Batch<'_>, asked: Vec<(Job, Failure, Match)>, ended: &mut Vec<Ended>) -> Vec<Job> {
    if asked.is_empty() {
        return Vec::new();
    }
    let keys: Vec<Match> = asked.iter().map(|(.., key)| key.clone()).collect();
    let answers = match batch.connector.find(&batch.call(), batch.object, &keys, &[]).await {
        Ok(answers) if answers.len() == keys.len() => answers,
        Ok(_) => {
            let failure =
                Failure::new(FailureKind::Unexpected, "the connector answered another number of keys");
            ended.extend(asked.into_iter().map(|(job, ..)| job.fail(failure.clone())));
            return Vec::new();
        }
        Err(failure) => {
            ended.extend(asked.into_iter().map(|(job, ..)| job.fail(failure.clone())));
            return Vec::new();
        }
    };
    let mut open = Vec::new();
    for ((mut job, refused, _), mut records) in asked.into_iter().zip(answers) {
        records.retain(|record| !record.deleted && !job.gone.contains(&record.id));
        if records.is_empty() {
            ended.push(job.fail(refused));
            continue;
        }
        match target::choose(&job, MatchBy::Email, records) {
            Ok(Target::Known { record, .. }) => {
                job.target = Some(Target::Known { record, by: FoundBy::Conflict });
                open.push(job);
            }
            Ok(Target::Create) => ended.push(job.fail(refused)),
            Err(failure) => ended.push(job.fail(failure)),
        }
    }
    open
}

/// A lead whose linked record is gone and who is nobody else there: somebody deleted it on purpose, perhaps.
pub(crate) fn stop_deleted(jobs: Vec<Job>, ended: &mut Vec<Ended>) -> Vec<Job> {
    let stops = |job: &Job| {
        job.unlinked
            && job.target == Some(Target::Create)
            && job.rules.settings.deleted == DeletedRecord::Stop
    };
    let (stopped, open): (Vec<_>, Vec<_>) = jobs.into_iter().partition(stops);
    ended.extend(stopped.into_iter().map(|job| job.fail(deleted())));
    open
}

pub(crate) fn deleted() -> Failure {
    let message = "The record was deleted there, and it is not made again unasked. Skip the lead, or let the sync create \
                   deleted records again.";
    Failure::new(FailureKind::NotFound, message).code("deleted")
}

/// The destination named one record after another.
pub(crate) fn undecided() -> Failure {
    let message = "The destination says again and again that another record holds this lead's key. Look at the records \
                   there and merge them, then retry.";
    Failure::new(FailureKind::Conflict { existing: None, field: None }, message).code("undecided")
}
