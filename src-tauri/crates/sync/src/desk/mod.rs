//! What a person tries before leads go: the exact request for one lead, a test record, a count for the go-live button, and the
//! effect of a fix. All of it runs through the same plan as real deliveries, and writes nothing unless its name says so.

mod dry_run;
mod fix;
mod preview;
mod test_record;

pub use dry_run::{DryRun, Refusal};
pub use fix::{Effect, Fix};
pub use preview::{Preview, Try, Would};
pub use test_record::TestRecord;

use std::sync::Arc;

use leadferry_connector::{Connector, ObjectSpec};
use leadferry_mapping::Mapping;
use leadferry_model::{ConnectionId, DeliveryId, Lead, LeadId, Record, SyncId, Timestamp};
use leadferry_store::{Claimed, Link, SavedSync};

use crate::connect::Line;
use crate::deliver::Batch;
use crate::engine::Inner;
use crate::error::{Result, SyncError};
use crate::lane;
use crate::plan::Rules;
use crate::plan::mapped::compile;
use crate::plan::rules::{Described, read_mapping, settings};

/// One sync with an open line to its destination, on or not.
struct Desk<'a> {
    inner: &'a Inner,
    sync: SavedSync,
    connector: &'static dyn Connector,
    object: &'static ObjectSpec,
    line: Line,
    described: Described,
    index_complete: bool,
}

impl<'a> Desk<'a> {
    async fn open(inner: &'a Inner, sync: &SyncId) -> Result<Self> {
        let id = sync.clone();
        let (sync, connection) = inner
            .store
            .read(move |tx| {
                let sync = tx.sync(&id)?;
                let connection = tx.connection(&sync.destination)?;
                Ok((sync, connection))
            })
            .await?;
        let connector = inner
            .connectors
            .get(&connection.connector)
            .ok_or(SyncError::UnknownConnector { connector: connection.connector })?;
        let object = lane::object(connector, &sync.object)?;
        let line = inner.connect.open(&sync.destination).await.map_err(SyncError::Refused)?;
        let described = lane::described(inner, &sync.destination, connector, object.name, &line)
            .await?
            .map_err(SyncError::Refused)?;
        let destination = sync.destination.clone();
        let cursor = inner.store.read(move |tx| tx.cursor(&destination, object.name)).await?;
        let index_complete = cursor.is_some_and(|cursor| cursor.complete);
        Ok(Self { inner, sync, connector, object, line, described, index_complete })
    }

    /// The rules of `mapping`, or of the sync's newest version.
    async fn rules(&self, mapping: Option<Mapping>) -> Result<Arc<Rules>> {
        let mapping = match mapping {
            Some(mapping) => mapping,
            None => {
                let id = self.sync.id.clone();
                let versions = self.inner.store.read(move |tx| tx.mappings(&id)).await?;
                let newest = versions
                    .first()
                    .ok_or_else(|| SyncError::Mapping { reason: "there is none yet.".to_owned() })?;
                read_mapping(newest)?
            }
        };
        let compiled = compile(&mapping, &self.described.schema)
            .map_err(|failure| SyncError::Mapping { reason: failure.message })?;
        Ok(Arc::new(Rules {
            object: self.sync.object.clone(),
            settings: settings(&self.sync)?,
            mapping: Arc::new(mapping),
            compiled: Arc::new(compiled),
        }))
    }

    /// The rules that are live; the newest version where none is.
    async fn live_rules(&self) -> Result<Arc<Rules>> {
        let Some(version) = self.sync.live_version else { return self.rules(None).await };
        let id = self.sync.id.clone();
        let live = self.inner.store.read(move |tx| tx.mapping(&id, version)).await?;
        self.rules(Some(read_mapping(&live)?)).await
    }

    fn batch(&self, ask: bool) -> Batch<'_> {
        Batch {
            store: &self.inner.store,
            clock: self.inner.clock.as_ref(),
            unsure: &self.inner.unsure,
            connector: self.connector,
            spec: self.connector.spec(),
            line: &self.line,
            destination: &self.sync.destination,
            object: self.object.name,
            size: self.object.batch,
            index_complete: self.index_complete,
            ask,
            look: ask,
        }
    }

    /// A delivery that exists only here.
    fn pretend(&self, lead: Lead, link: Option<Link>, edits: Record, without_fields: Vec<String>) -> Claimed {
        let now = self.inner.now();
        Claimed {
            id: DeliveryId(0),
            lease: now,
            sync: self.sync.id.clone(),
            run: None,
            lead,
            lead_version: 1,
            created_at: now,
            urgent: false,
            attempts: 0,
            slow_until: None,
            edits,
            without_fields,
            intent: None,
            lost: false,
            link,
            mapping_version: self.sync.live_version,
        }
    }
}

/// A lead that is only typed, with the keys its fields hold.
fn typed(id: LeadId, source: &ConnectionId, fields: Record, now: Timestamp) -> Lead {
    let person = leadferry_mapping::identity(&fields, None, &leadferry_mapping::Hints::default());
    Lead {
        id,
        source: source.clone(),
        captured_at: now,
        updated_at: now,
        fields,
        email: person.email,
        phone: person.phone,
        name: person.name,
    }
}
