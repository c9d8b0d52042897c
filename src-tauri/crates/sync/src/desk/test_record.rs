//! A real record made for a test, and its removal.

use leadferry_connector::{Upsert, Written};
use leadferry_mapping::Mapping;
use leadferry_model::{ConnectionId, LeadId, Record, RecordId, SyncId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Desk, typed};
use crate::engine::Engine;
use crate::error::{Result, SyncError};
use crate::plan::mapped;

/// A test record at a destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestRecord {
    /// The sync it was made through.
    pub sync: SyncId,
    /// The destination.
    pub connection: ConnectionId,
    /// The record.
    pub record: RecordId,
    /// Where a person can look at it.
    pub url: Option<String>,
}

impl Engine {
    /// Makes a record from `fields` at the destination. Never changes one that exists: a person who is there already is refused.
    pub async fn send_test_record(
        &self,
        sync: &SyncId,
        fields: Record,
        mapping: Option<Mapping>,
    ) -> Result<TestRecord> {
        let desk = Desk::open(&self.inner, sync).await?;
        let rules = desk.rules(mapping).await?;
        let lead = typed(LeadId::fresh(), &desk.sync.source, fields, self.inner.now());
        let mapped = mapped::map(&rules.mapping, &rules.compiled, &lead.fields, &Record::new(), &[]);
        let fields = mapped.record().map_err(|failure| SyncError::Refused(failure.clone()))?;
        let upsert =
            Upsert { trace: format!("leadferry-test-{}", lead.id), lead: lead.id, record: None, fields };
        let batch = desk.batch(false);
        let outcomes = desk.connector.upsert(&batch.call(), desk.object.name, &[upsert]).await;
        let Written { record, url, .. } = outcomes
            .into_iter()
            .next()
            .ok_or_else(|| SyncError::Refused(crate::deliver::miscounted()))?
            .map_err(SyncError::Refused)?;
        self.note("test_record.created", &desk, &record).await?;
        Ok(TestRecord { sync: sync.clone(), connection: desk.sync.destination.clone(), record, url })
    }

    /// Removes a test record.
    pub async fn remove_test_record(&self, test: &TestRecord) -> Result<()> {
        let desk = Desk::open(&self.inner, &test.sync).await?;
        let batch = desk.batch(false);
        desk.connector
            .remove(&batch.call(), desk.object.name, &test.record)
            .await
            .map_err(SyncError::Refused)?;
        self.note("test_record.removed", &desk, &test.record).await
    }

    async fn note(&self, action: &'static str, desk: &Desk<'_>, record: &RecordId) -> Result<()> {
        let now = self.inner.now();
        let subject = format!("{} {record}", desk.object.name);
        let detail = json!({"connection": desk.sync.destination, "sync": desk.sync.id});
        Ok(self.inner.store.write(move |tx| tx.record(now, "person", action, &subject, &detail)).await?)
    }
}
