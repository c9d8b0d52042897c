//! What stands behind the receivers: the ledger. A sender hears *accepted* only after the commit.

use std::sync::Arc;

use async_trait::async_trait;
use leadferry_failpoint::fail_point;
use leadferry_model::{Captured, ConnectionId};
use leadferry_sources::receive::{Inbox, InboxError, RawDelivery, RefusedDelivery};
use leadferry_store::{Store, StoreError};
use leadferry_sync::{Cancel, Engine, Ingest, SyncError};

use crate::commands::Tag;
use crate::{Host, settings};

/// Takes deliveries into the ledger.
pub(super) struct Ledger {
    pub(super) store: Store,
    pub(super) engine: Engine,
    pub(super) host: Arc<dyn Host>,
}

#[async_trait]
impl Inbox for Ledger {
    async fn accept(
        &self,
        receiver: &ConnectionId,
        delivery: Vec<Captured>,
        _raw: RawDelivery,
    ) -> Result<(), InboxError> {
        let kept = settings::kept(&self.store).await.map_err(|error| refused(&error))?;
        let ingest = Ingest::new(self.engine.clone(), kept.region);
        fail_point!("lead.accept.before");
        let taken = match <[Captured; 1]>::try_from(delivery) {
            Ok([one]) => ingest.accept(receiver, one, false).await.map(drop),
            Err(many) => ingest
                .accept_many(receiver, None, many.into_iter().map(Ok), &Cancel::new(), |_| {})
                .await
                .map(drop),
        };
        taken.map_err(|error| match error {
            SyncError::Store(error) => refused(&error),
            other => InboxError::Store { detail: other.to_string() },
        })?;
        fail_point!("lead.accept.after");
        self.host.changed(&[Tag::Leads, Tag::Connections]);
        Ok(())
    }

    async fn hinted(&self, receiver: &ConnectionId) {
        self.engine.hinted(receiver);
        self.host.changed(&[Tag::Connections]);
    }

    async fn refused(&self, receiver: &ConnectionId, refused: RefusedDelivery) {
        let (id, at, reason) = (receiver.clone(), refused.received_at, refused.reason.to_string());
        if let Err(error) = self.store.write(move |tx| tx.refuse(at, &id, &reason)).await {
            tracing::warn!(%error, "a refused delivery could not be noted");
        }
        self.host.changed(&[Tag::Connections]);
    }
}

fn refused(error: &StoreError) -> InboxError {
    match error {
        StoreError::DiskFull => InboxError::DiskFull,
        StoreError::Closed => InboxError::Closing,
        other => InboxError::Store { detail: other.to_string() },
    }
}
