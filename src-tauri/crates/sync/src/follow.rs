//! Follows records that became others: a CRM turns a lead into a contact, and from then on the contact is the person.
//!
//! The change feed tells of it, or a refused write does. The link moves at once, and later writes go to the new record with those
//! fields its object has as well. Such a write keeps no before-image: undo would have to know both objects.

use std::collections::HashMap;

use leadferry_connector::{Became, Becomes, Capability, Match, ObjectSpec, RemoteRecord};
use leadferry_mapping::Mapped;
use leadferry_model::{ConnectionId, Failure, FailureKind, ObjectSchema, RecordId, Timestamp, Value};
use leadferry_store::{Link, StoreError, Writer};
use serde_json::json;

use crate::deliver::{Batch, rematch};
use crate::error::Result;
use crate::plan::current::{self, Write, nothing_to_write};
use crate::plan::{Ended, FoundBy, Job, Target, target};
use crate::settings::MatchBy;

/// How a moved link was found, as the ledger keeps it.
pub(crate) const WORD: &str = "converted";

/// A record of another object that a job's record became.
#[derive(Clone, Debug)]
pub(crate) struct Moved {
    /// The other object.
    pub(crate) object: &'static ObjectSpec,
    /// What it was, where the move is news.
    pub(crate) from: Option<RecordId>,
    /// What it is.
    pub(crate) record: RecordId,
    /// Where a person can look at it.
    pub(crate) url: Option<String>,
}

/// What `record` became that goes on for the person.
pub(crate) fn successor<'a>(object: &ObjectSpec, record: &'a RemoteRecord) -> Option<&'a Became> {
    let next = object.becomes?;
    record.became.iter().find(|became| became.object == next.object)
}

/// Moves every link to `record` to what it became, with a line in the audit log for each.
pub(crate) fn move_links(
    tx: &Writer<'_>,
    now: Timestamp,
    destination: &ConnectionId,
    object: &str,
    record: &RecordId,
    became: &Became,
) -> std::result::Result<(), StoreError> {
    for link in tx.links_to(destination, object, record)? {
        tx.remove_link(&link.lead, destination, object)?;
        tx.save_link(&Link {
            object: became.object.clone(),
            record: became.record.clone(),
            url: became.url.clone(),
            matched_by: WORD.into(),
            // What was sent to the old record says nothing about the new one.
            sent_hash: None,
            linked_at: now,
            ..link.clone()
        })?;
        let detail = json!({
            "lead": link.lead, "connection": destination, "object": became.object, "record": became.record,
        });
        tx.record(now, "engine", "record.converted", &format!("{object} {record}"), &detail)?;
    }
    // Nobody may be matched to a record that takes no writes.
    tx.replace_keys(destination, object, record, &[])
}

impl Batch<'_> {
    /// The object whose records go on for this one's.
    pub(crate) fn next_object(&self) -> Option<&'static ObjectSpec> {
        self.spec.object(self.spec.object(self.object)?.becomes?.object)
    }

    /// Sends jobs whose record became another one to that one.
    pub(crate) async fn remember_moved(&self, mut jobs: Vec<Job>) -> Result<Vec<Job>> {
        let Some(object) = self.next_object() else { return Ok(jobs) };
        let leads: Vec<_> = jobs
            .iter()
            .filter(|job| job.target.is_none() && job.claimed.link.is_none())
            .map(|job| job.claimed.lead.id.clone())
            .collect();
        if leads.is_empty() {
            return Ok(jobs);
        }
        let destination = self.destination.clone();
        let links = self.store.read(move |tx| {
            let mut links = HashMap::new();
            for lead in leads {
                if let Some(link) = tx.link(&lead, &destination, object.name)? {
                    links.insert(lead, link);
                }
            }
            Ok(links)
        });
        let links = links.await?;
        for job in jobs.iter_mut().filter(|job| job.target.is_none()) {
            if let Some(link) = links.get(&job.claimed.lead.id).filter(|link| link.matched_by == WORD) {
                job.target = Some(Target::Known { record: link.record.clone(), by: FoundBy::Link });
                job.moved =
                    Some(Moved { object, from: None, record: link.record.clone(), url: link.url.clone() });
                job.claimed.link = Some(link.clone());
            }
        }
        Ok(jobs)
    }

    /// Asks where the records of refused jobs went.
    pub(crate) async fn ask_where(&self, asked: Vec<(Job, Failure)>, ended: &mut Vec<Ended>) -> Vec<Job> {
        let Some(object) = self.next_object() else {
            ended.extend(asked.into_iter().map(|(job, failure)| job.fail(failure)));
            return Vec::new();
        };
        let records = match self.refused_records(&asked).await {
            Ok(records) => records,
            Err(failure) => {
                ended.extend(asked.into_iter().map(|(job, _)| job.fail(failure.clone())));
                return Vec::new();
            }
        };
        let was = self.spec.object(self.object);
        let mut open = Vec::new();
        for ((mut job, failure), record) in asked.into_iter().zip(records) {
            let became = was.zip(record.as_ref()).and_then(|(was, record)| successor(was, record));
            let Some(became) = became else {
                ended.push(job.fail(failure));
                continue;
            };
            job.moved = Some(Moved {
                object,
                from: record.as_ref().map(|record| record.id.clone()),
                record: became.record.clone(),
                url: became.url.clone(),
            });
            job.target = Some(Target::Known { record: became.record.clone(), by: FoundBy::Moved });
            open.push(job);
        }
        open
    }

    /// What the jobs were to be written to: by its id or, where the write went by key, by the Lead ID.
    async fn refused_records(
        &self,
        asked: &[(Job, Failure)],
    ) -> std::result::Result<Vec<Option<RemoteRecord>>, Failure> {
        let mut records = vec![None; asked.len()];
        let lead_id = target::field_of(self, self.object, MatchBy::LeadId);
        let (mut ids, mut keys) = (Vec::new(), Vec::new());
        for (at, (job, _)) in asked.iter().enumerate() {
            match (job.record(), &lead_id) {
                (Some(record), _) => ids.push((at, record.clone())),
                (None, Some(field)) => {
                    let value = job.claimed.lead.id.as_str().to_owned();
                    keys.push((at, Match { field: field.clone(), value }));
                }
                (None, None) => {}
            }
        }
        let (places, ids): (Vec<usize>, Vec<RecordId>) = ids.into_iter().unzip();
        if !ids.is_empty() && self.can(Capability::Read) {
            let found = self.connector.read(&self.call(), self.object, &ids, &[]).await?;
            if found.len() == ids.len() {
                places.into_iter().zip(found).for_each(|(at, record)| records[at] = record);
            }
        }
        let (places, keys): (Vec<usize>, Vec<Match>) = keys.into_iter().unzip();
        if !keys.is_empty() && self.can(Capability::Find) {
            let found = self.connector.find(&self.call(), self.object, &keys, &[]).await?;
            if found.len() == keys.len() {
                // Of several nobody knows which one refused.
                let only = |mut found: Vec<RemoteRecord>| found.pop().filter(|_| found.is_empty());
                places.into_iter().zip(found).for_each(|(at, found)| records[at] = only(found));
            }
        }
        Ok(records)
    }

    /// What is to be written to the records `jobs` have become, and the batch that does it. `None` if nothing is left to do.
    pub(crate) async fn writes_there(
        &self,
        mut jobs: Vec<Job>,
        ended: &mut Vec<Ended>,
    ) -> Option<(Batch<'_>, Vec<Write>)> {
        let object = jobs.first()?.moved.as_ref()?.object;
        if let Some(becomes) = self.spec.object(self.object).and_then(|was| was.becomes) {
            jobs.iter_mut().for_each(|job| rename(&mut job.mapped, &becomes));
        }
        match self.fields_there(object).await {
            Ok(Some(schema)) => jobs.iter_mut().for_each(|job| fit(&mut job.mapped, &schema)),
            Ok(None) => {}
            Err(failure) => {
                ended.extend(jobs.into_iter().map(|job| job.fail(failure.clone())));
                return None;
            }
        }
        let there = Batch { object: object.name, size: object.batch, index_complete: false, ..*self };
        let mut open = Vec::new();
        for job in jobs {
            let nothing = job.mapped.fields.iter().all(|field| field.value.is_none());
            match job.moved.clone().filter(|_| nothing) {
                Some(moved) => ended.push(nothing_to_write(job, moved.record, moved.url)),
                None => open.push(job),
            }
        }
        let (writes, gone) = current::writes(&there, open, ended).await;
        ended.extend(gone.into_iter().map(|job| job.fail(rematch::deleted())));
        Some((there, writes))
    }

    /// The fields of the object that goes on; `None` where nobody may be asked. Nobody maps to it, so the ledger need not have
    /// them; asking is one call for a rare batch.
    async fn fields_there(
        &self,
        object: &'static ObjectSpec,
    ) -> std::result::Result<Option<ObjectSchema>, Failure> {
        let destination = self.destination.clone();
        let kept = self.store.read(move |tx| tx.schema(&destination, object.name)).await;
        match kept {
            Ok(Some((schema, _))) => Ok(Some(schema)),
            Ok(None) if self.ask => self.connector.describe(&self.call(), object.name).await.map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(Failure::new(FailureKind::Unavailable, error.to_string()).code("ledger")),
        }
    }
}

impl Moved {
    /// What the ledger does not know yet: the record it was, and what that became.
    pub(crate) fn news(self) -> Option<(RecordId, Became)> {
        let Self { object, from, record, url } = self;
        Some((from?, Became { object: object.name.to_owned(), record, url }))
    }
}

/// Takes the values to the fields they have at the other object.
fn rename(mapped: &mut Mapped, becomes: &Becomes) {
    mapped.fields.retain_mut(|field| {
        let there = (becomes.field)(&field.target, field.value.as_ref().unwrap_or(&Value::Blank));
        let goes = there.is_some();
        field.target = there.unwrap_or_default();
        goes
    });
}

/// Leaves those fields that `schema` has too and lets be written.
fn fit(mapped: &mut Mapped, schema: &ObjectSchema) {
    mapped.fields.retain(|field| schema.field(&field.target).is_some_and(|there| !there.read_only));
}
