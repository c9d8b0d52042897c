//! Which record of the destination a lead already is.
//!
//! Order: the ledger's own link, also to a record of another object that it became, then the keys the person ordered, looked up in the local index of the destination's keys, and
//! last in the destination itself where only that can rule out a duplicate:
//!
//! - a destination that upserts by Lead ID and keeps a key unique refuses the duplicate by itself, so that key is not asked for;
//! - everything else is asked for before a create, unless the index holds every record anyway: where nothing else rules a duplicate
//!   out, the [index is made current](crate::pull::confirm) by the destination's own change feed just before;
//! - after a write whose answer was lost, the destination is asked by Lead ID whatever else is set.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use leadferry_connector::{Capability, Match, RemoteRecord};
use leadferry_model::{Failure, FailureKind, Lead, RecordId};

use super::{End, Ended, FoundBy, Job, Target};
use crate::deliver::Batch;
use crate::error::Result;
use crate::settings::{MatchBy, SeveralMatches};

/// Keys in one question.
const KEYS: usize = 100;
/// Keys in one question where each is a search: a lead has three at most.
const SEARCHES: usize = 3;

/// Sets the target of every job that has none.
pub(crate) async fn find(batch: &Batch<'_>, jobs: Vec<Job>, ended: &mut Vec<Ended>) -> Result<Vec<Job>> {
    let mut open = Vec::with_capacity(jobs.len());
    for mut job in jobs {
        if job.target.is_none() {
            job.target = linked(&job);
        }
        open.push(job);
    }
    let (mut found, open): (Vec<_>, Vec<_>) =
        batch.remember_moved(open).await?.into_iter().partition(|job| job.target.is_some());
    let open = in_index(batch, open, &mut found, ended).await?;
    let open = waiting(batch, open, ended);
    at_destination(batch, open, &mut found, ended).await;
    // The order of claiming is the order of writing.
    found.sort_by_key(Job::order);
    Ok(found)
}

fn linked(job: &Job) -> Option<Target> {
    let link = job.claimed.link.as_ref().filter(|link| !job.gone.contains(&link.record))?;
    Some(Target::Known { record: link.record.clone(), by: FoundBy::Link })
}

/// The lead's keys in the order the person chose.
fn keys(job: &Job) -> Vec<(MatchBy, String)> {
    let Lead { id, email, phone, .. } = &job.claimed.lead;
    let value = |by: &MatchBy| match by {
        MatchBy::LeadId => Some(id.as_str().to_owned()),
        MatchBy::Email => email.clone(),
        MatchBy::Phone => phone.clone(),
    };
    job.rules.settings.match_order.iter().filter_map(|by| Some((*by, value(by)?))).collect()
}

async fn in_index(
    batch: &Batch<'_>,
    jobs: Vec<Job>,
    found: &mut Vec<Job>,
    ended: &mut Vec<Ended>,
) -> Result<Vec<Job>> {
    let mut wanted: Vec<(MatchBy, String)> = jobs.iter().flat_map(keys).collect();
    wanted.sort();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(jobs);
    }
    let hits: HashMap<(MatchBy, String), Vec<RecordId>> = batch.index(wanted).await?;
    let mut open = Vec::new();
    for mut job in jobs {
        let hit = keys(&job).into_iter().find_map(|(by, value)| {
            let mut records = hits.get(&(by, value))?.clone();
            records.retain(|record| !job.gone.contains(record));
            (!records.is_empty()).then_some((by, records))
        });
        match hit {
            None => open.push(job),
            Some((by, mut records)) if records.len() == 1 => {
                job.target = records.pop().map(|record| Target::Known { record, by: FoundBy::Key(by) });
                found.push(job);
            }
            // The index has no time of change: the destination itself is asked which one is newest.
            Some(_)
                if job.rules.settings.several == SeveralMatches::Newest && batch.can(Capability::Find) =>
            {
                job.ambiguous = true;
                open.push(job);
            }
            Some((by, records)) => ended.push(job.fail(twice(by, &records))),
        }
    }
    Ok(open)
}

/// Jobs whose create may have been applied wait until the destination's search must know of it.
fn waiting(batch: &Batch<'_>, jobs: Vec<Job>, ended: &mut Vec<Ended>) -> Vec<Job> {
    if !batch.can(Capability::Find) {
        return jobs;
    }
    let mut open = Vec::new();
    for job in jobs {
        let unsure = job.claimed.intent.is_some();
        let wait = || batch.unsure.wait(batch.destination, &job.claimed.lead.id, batch.clock.steady());
        let wait = if unsure { wait() } else { None };
        match wait {
            Some(wait) => {
                let until = batch.now() + SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
                ended.push(job.end(End::Later(until)));
            }
            None => open.push(job),
        }
    }
    open
}

async fn at_destination(batch: &Batch<'_>, jobs: Vec<Job>, found: &mut Vec<Job>, ended: &mut Vec<Ended>) {
    let mut asked: Vec<(usize, MatchBy, Match)> = Vec::new();
    for (position, job) in jobs.iter().enumerate() {
        for (by, key) in questions(batch, job) {
            asked.push((position, by, key));
        }
    }
    let (answers, refused) = ask(batch, &asked).await;
    // Who was answered goes on: where every key is a search with a limit of its own, a batch that waited for all of its answers
    // would begin anew each time, and never come to its end.
    let unanswered: HashSet<usize> = asked.iter().skip(answers.len()).map(|(of, ..)| *of).collect();
    let mut answers = asked.into_iter().zip(answers).peekable();
    for (position, mut job) in jobs.into_iter().enumerate() {
        let mut hit: Option<(MatchBy, Vec<RemoteRecord>)> = None;
        while let Some(((_, by, _), records)) = answers.next_if(|((of, ..), _)| *of == position) {
            let records: Vec<_> = records
                .into_iter()
                .filter(|record| !record.deleted && !job.gone.contains(&record.id))
                .collect();
            if hit.is_none() && !records.is_empty() {
                hit = Some((by, records));
            }
        }
        if let Some(failure) = refused.as_ref().filter(|_| unanswered.contains(&position)) {
            ended.push(job.fail(failure.clone()));
            continue;
        }
        match hit.map(|(by, records)| choose(&job, by, records)) {
            None => found.push(create(job)),
            Some(Ok(target)) => {
                job.target = Some(target);
                found.push(job);
            }
            Some(Err(failure)) => ended.push(job.fail(failure)),
        }
    }
}

fn create(mut job: Job) -> Job {
    job.target = Some(Target::Create);
    job
}

/// One record of those found for a key, by the sync's rule.
pub(crate) fn choose(
    job: &Job,
    by: MatchBy,
    mut records: Vec<RemoteRecord>,
) -> std::result::Result<Target, Failure> {
    records.sort_by_key(|record| record.changed_at);
    match records.pop() {
        Some(newest) if records.is_empty() || job.rules.settings.several == SeveralMatches::Newest => {
            Ok(Target::Known { record: newest.id, by: FoundBy::Key(by) })
        }
        newest => {
            let ids: Vec<_> = records.into_iter().chain(newest).map(|record| record.id).collect();
            Err(twice(by, &ids))
        }
    }
}

/// The keys worth a question to the destination, see the module's words.
fn questions(batch: &Batch<'_>, job: &Job) -> Vec<(MatchBy, Match)> {
    if !batch.can(Capability::Find) {
        return Vec::new();
    }
    let lost_answer = job.claimed.intent.is_some();
    let mut keys = keys(job);
    if lost_answer && !keys.iter().any(|(by, _)| *by == MatchBy::LeadId) {
        keys.insert(0, (MatchBy::LeadId, job.claimed.lead.id.as_str().to_owned()));
    }
    let worth = |by: MatchBy| {
        let refused_twice = batch.can(Capability::UpsertByKey) && refuses_duplicates(batch, job, by);
        lost_answer || (!refused_twice && (!batch.index_complete || job.ambiguous))
    };
    keys.into_iter()
        .filter(|(by, _)| worth(*by))
        .filter_map(|(by, value)| Some((by, Match { field: field_of(batch, &job.rules.object, by)?, value })))
        .collect()
}

fn refuses_duplicates(batch: &Batch<'_>, job: &Job, by: MatchBy) -> bool {
    by == MatchBy::LeadId
        || field_of(batch, &job.rules.object, by)
            .and_then(|name| job.rules.compiled.schema().field(&name))
            .is_some_and(|field| field.unique)
}

/// The destination's field for a key. The Lead ID's may have another name there than the spec's.
pub(crate) fn field_of(batch: &Batch<'_>, object: &str, by: MatchBy) -> Option<String> {
    let object = batch.spec.object(object)?;
    let field = match by {
        MatchBy::LeadId => batch.line.settings.lead_id_field(object),
        MatchBy::Email => object.email_field,
        MatchBy::Phone => object.phone_field,
    };
    field.map(str::to_owned)
}

/// The answers in order, and why there are no more of them.
async fn ask(
    batch: &Batch<'_>,
    asked: &[(usize, MatchBy, Match)],
) -> (Vec<Vec<RemoteRecord>>, Option<Failure>) {
    // A destination without upsert searches key by key, so nothing is lost by asking in small parts.
    let size = if batch.can(Capability::UpsertByKey) { KEYS } else { SEARCHES };
    let mut answers = Vec::with_capacity(asked.len());
    for part in asked.chunks(size) {
        let keys: Vec<Match> = part.iter().map(|(.., key)| key.clone()).collect();
        match batch.connector.find(&batch.call(), batch.object, &keys, &[]).await {
            Ok(found) if found.len() == keys.len() => answers.extend(found),
            Ok(_) => {
                let words = "the connector answered another number of keys";
                return (answers, Some(Failure::new(FailureKind::Unexpected, words)));
            }
            Err(failure) => return (answers, Some(failure)),
        }
    }
    (answers, None)
}

/// One person, several records: a person has to say which.
fn twice(by: MatchBy, records: &[RecordId]) -> Failure {
    let what = match by {
        MatchBy::LeadId => "Lead ID",
        MatchBy::Email => "e-mail address",
        MatchBy::Phone => "phone number",
    };
    let ids = records.iter().map(RecordId::as_str).collect::<Vec<_>>().join(", ");
    let message = format!(
        "{} records there have this lead's {what}: {ids}. Merge them there, or let the sync take the newest.",
        records.len()
    );
    Failure::new(FailureKind::Conflict { existing: None, field: None }, message).code("twice")
}
