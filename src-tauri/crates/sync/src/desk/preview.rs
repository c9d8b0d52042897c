//! One lead on the test screen: every field with its way through the mapping, and the exact request. Writes nothing.

use leadferry_connector::{RequestPreview, Upsert};
use leadferry_mapping::{Mapped, Mapping, Merged, merge};
use leadferry_model::{Failure, LeadId, Record, RecordId, SyncId};
use serde::{Deserialize, Serialize};

use super::{Desk, typed};
use crate::engine::Engine;
use crate::error::Result;
use crate::plan::{self, End, FoundBy, Target, mapped};

/// What to try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Try {
    /// A lead of the ledger.
    Lead(LeadId),
    /// Values typed or taken from a sample.
    Fields(Record),
}

/// What would happen to the lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "would", rename_all = "snake_case")]
pub enum Would {
    /// A new record.
    Create,
    /// This record would be changed.
    Update {
        /// The record.
        record: RecordId,
        /// How it was found.
        matched_by: String,
    },
    /// The record is as it should be: nothing would be sent.
    Nothing {
        /// The record.
        record: RecordId,
    },
    /// The lead cannot go.
    Stop {
        /// Why.
        failure: Failure,
    },
}

/// One lead as it would go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Every field's way through the mapping, with warnings.
    pub mapped: Mapped,
    /// What would happen.
    pub would: Would,
    /// What is written and what stays, against the record as it is now. Only where the destination was asked.
    pub merged: Option<Merged>,
    /// The record as it is now, in the mapped fields. Only where the destination was asked.
    pub current: Option<Record>,
    /// The exact requests, secrets masked.
    pub requests: Vec<RequestPreview>,
}

impl Engine {
    /// Shows what would be sent for one lead. `mapping` may be unsaved. With `ask`, the destination is asked for the person and
    /// for the record's present values; otherwise nothing leaves this computer.
    pub async fn preview(
        &self,
        sync: &SyncId,
        what: Try,
        mapping: Option<Mapping>,
        ask: bool,
    ) -> Result<Preview> {
        let desk = Desk::open(&self.inner, sync).await?;
        let rules = desk.rules(mapping).await?;
        let (lead, link) = match what {
            Try::Fields(fields) => {
                (typed(LeadId::new("test"), &desk.sync.source, fields, self.inner.now()), None)
            }
            Try::Lead(id) => {
                let (destination, object) = (desk.sync.destination.clone(), desk.object.name);
                self.inner
                    .store
                    .read(move |tx| Ok((tx.lead(&id)?, tx.link(&id, &destination, object)?)))
                    .await?
            }
        };
        let mapped = mapped::map(&rules.mapping, &rules.compiled, &lead.fields, &Record::new(), &[]);
        let claimed = desk.pretend(lead, link, Record::new(), Vec::new());
        let batch = desk.batch(ask);
        let mut plan = batch.plan(vec![(claimed, Ok(rules))]).await?;
        let mut preview =
            Preview { mapped, would: Would::Create, merged: None, current: None, requests: Vec::new() };
        if let Some(ended) = plan.ended.pop() {
            preview.would = match ended.end {
                End::Synced(synced) => Would::Nothing { record: synced.record },
                End::Failed(failure) => Would::Stop { failure },
                End::Later(_) | End::Again(_) => Would::Create,
            };
            return Ok(preview);
        }
        if let Some(write) = plan.writes.pop() {
            let record = match &write.job.target {
                Some(Target::Known { record, by }) => {
                    preview.would = Would::Update { record: record.clone(), matched_by: word(*by) };
                    Some(record.clone())
                }
                _ => None,
            };
            if ask && record.is_some() {
                preview.merged = write.job.current.as_ref().map(|current| {
                    merge(&current.fields, &preview.mapped, plan::current::newer(&write.job, current))
                });
            }
            preview.current =
                write.job.current.as_ref().filter(|_| ask).map(|current| current.fields.clone());
            let upsert = Upsert {
                lead: write.job.claimed.lead.id.clone(),
                record,
                trace: "leadferry-test".to_owned(),
                fields: write.fields,
            };
            let object = write.job.moved.as_ref().map_or(desk.object, |moved| moved.object);
            preview.requests = desk.connector.preview(&batch.call(), object.name, &[upsert]);
        }
        Ok(preview)
    }
}

fn word(by: FoundBy) -> String {
    by.word().to_owned()
}
