//! Bursts: leads that come by themselves within a short time are one real-time run.

use leadferry_model::{ConnectionId, RunId, SyncId, Timestamp};
use rusqlite::params;

use crate::case::runs::RunKind;
use crate::column::{Columns, micros};
use crate::{Reader, StoreError, Writer};

impl Reader<'_> {
    /// Open bursts that nothing joined since `quiet`, or that began before `long`.
    pub fn ended_bursts(&self, quiet: Timestamp, long: Timestamp) -> Result<Vec<RunId>, StoreError> {
        self.all(
            "SELECT runs.id FROM runs WHERE runs.kind = 'real_time' AND runs.sealed_at IS NULL AND (runs.started_at <= ?2
                 OR (runs.started_at <= ?1 AND NOT EXISTS (
                     SELECT 1 FROM deliveries d WHERE d.run_id = runs.id AND d.created_at > ?1)))
             ORDER BY runs.id",
            params![micros(quiet), micros(long)],
            |row| row.get("id").map(RunId),
        )
    }
}

impl Writer<'_> {
    /// Sees to it that every sync which sends leads of `source` at once has an open burst for them to join.
    pub fn open_bursts(&self, now: Timestamp, source: &ConnectionId) -> Result<(), StoreError> {
        let without = self.all(
            "SELECT syncs.id FROM syncs WHERE syncs.source_id = ?1 AND syncs.state IN ('on', 'paused') AND syncs.waits_for_run = 0
             AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.sync_id = syncs.id AND runs.kind = 'real_time'
                             AND runs.sealed_at IS NULL)",
            [source.as_str()],
            |row| row.id("id", SyncId::new),
        )?;
        for sync in without {
            self.start_run(now, &sync, RunKind::RealTime, "")?;
        }
        Ok(())
    }
}
