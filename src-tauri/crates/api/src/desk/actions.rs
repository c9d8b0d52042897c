//! What a person does to many deliveries at once: try again, leave out, bring back.

use leadferry_model::{DeliveryState, SyncId};
use leadferry_store::{RunKind, Selection as Picked, StoreError, Writer};

use super::select::by_sync;
use crate::home::count;
use crate::types::*;
use crate::{App, Error, Result, Tag};

/// What a retry takes.
pub(super) const RETRIED: [DeliveryState; 2] = [DeliveryState::Failed, DeliveryState::Retrying];
const CHANGED: [Tag; 4] = [Tag::Failures, Tag::Deliveries, Tag::Runs, Tag::Audit];

impl App {
    /// Tries a selection again, as a run to watch.
    pub async fn retry(&self, selection: Selection) -> Result<BulkResult> {
        let now = self.now();
        let done = self
            .store
            .write(move |tx| {
                let mut done = BulkResult { count: 0, run: None };
                for (sync, picked) in by_sync(tx, &selection)? {
                    done = done.and(release(tx, now, &sync, &picked, "tried again", "Tried again")?);
                }
                Ok(done)
            })
            .await?;
        self.went();
        Ok(done)
    }

    /// Leaves a selection out.
    pub async fn skip(&self, request: Skip) -> Result<BulkResult> {
        let reason = request.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Error::usage(
                "Say in a few words why these leads are left out, so that others understand it later.",
            ));
        }
        let now = self.now();
        let skipped = self
            .store
            .write(move |tx| {
                let parts = by_sync(tx, &request.selection)?;
                parts.iter().try_fold(0, |sum, (_, picked)| Ok(sum + tx.skip(now, picked, &reason)?))
            })
            .await?;
        self.went();
        Ok(BulkResult { count: count(skipped), run: None })
    }

    /// Brings back what was left out.
    pub async fn unskip(&self, selection: Selection) -> Result<BulkResult> {
        let now = self.now();
        let back = self
            .store
            .write(move |tx| {
                let parts = by_sync(tx, &selection)?;
                parts.iter().try_fold(0, |sum, (_, picked)| Ok(sum + tx.unskip(now, picked)?))
            })
            .await?;
        self.went();
        Ok(BulkResult { count: count(back), run: None })
    }

    /// Deliveries changed: the engine looks, and so does the window.
    pub(super) fn went(&self) {
        self.engine.wake();
        self.host.changed(&CHANGED);
    }
}

impl BulkResult {
    pub(super) fn and(self, other: Self) -> Self {
        Self { count: self.count.saturating_add(other.count), run: self.run.or(other.run) }
    }
}

/// Lets `picked` go again within a run of its own, if there is anything to go.
pub(super) fn release(
    tx: &Writer<'_>,
    now: leadferry_model::Timestamp,
    sync: &SyncId,
    picked: &Picked,
    reason: &str,
    label: &str,
) -> std::result::Result<BulkResult, StoreError> {
    if tx.count_selected(picked, &RETRIED)? == 0 {
        return Ok(BulkResult { count: 0, run: None });
    }
    let run = tx.start_run(now, sync, RunKind::Retry, label)?;
    let released = tx.release(now, picked, reason, Some(run))?;
    tx.seal_run(now, run)?;
    Ok(BulkResult { count: count(released), run: i32::try_from(run.0).ok() })
}
