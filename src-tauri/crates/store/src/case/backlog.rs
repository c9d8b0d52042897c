//! Leads that were captured before their sync was switched on: they go when a person says so.

use leadferry_model::{LeadId, RunId, SyncId, Timestamp};
use rusqlite::params;

use crate::column::Columns;
use crate::{Reader, StoreError, Writer};

/// Captured by the sync's source, and never on their way through this sync. Oldest first.
const BACKLOG: &str = "SELECT l.id AS id FROM leads l JOIN syncs s ON s.id = ?1
    WHERE EXISTS (SELECT 1 FROM captures c WHERE c.lead_id = l.id AND c.source_id = s.source_id)
      AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.lead_id = l.id AND d.sync_id = s.id)";

impl Reader<'_> {
    /// How many leads wait to be sent for the first time.
    pub fn backlog(&self, sync: &SyncId) -> Result<u64, StoreError> {
        let count = self.number(&format!("SELECT count(*) FROM ({BACKLOG})"), [sync.as_str()])?;
        Ok(count.unsigned_abs())
    }
}

impl Writer<'_> {
    /// Puts at most `limit` of them on their way as part of `run`, and says how many.
    pub fn enqueue_backlog(
        &self,
        now: Timestamp,
        sync: &SyncId,
        run: RunId,
        limit: u64,
    ) -> Result<u64, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let leads = self.all(
            &format!("{BACKLOG} ORDER BY l.captured_at, l.id LIMIT ?2"),
            params![sync.as_str(), limit],
            |row| row.id("id", LeadId::new),
        )?;
        for lead in &leads {
            self.enqueue(now, sync, lead, Some(run), false)?;
        }
        Ok(leads.len() as u64)
    }
}
