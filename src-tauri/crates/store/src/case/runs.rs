//! Runs: one execution of a sync, from its start until nothing joins it any more.
//!
//! A run keeps no state of its own: it is computed from its deliveries, so that *succeeded* is never said of a run with a
//! failure in it, and a later retry shows in the run it belongs to.

use leadferry_model::{DeliveryState, RunId, SyncId, Timestamp};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::case::claim::FAR_FUTURE;
use crate::column::{Columns, micros, words};
use crate::{Reader, StoreError, Writer};

words! {
    /// Why a run happens.
    RunKind {
        /// Leads came by themselves.
        RealTime = "real_time",
        /// A schedule.
        Scheduled = "scheduled",
        /// A person pressed a button.
        Manual = "manual",
        /// A file.
        Import = "import",
        /// Failed ones again.
        Retry = "retry",
    }
}

words! {
    /// Where a run stands, computed from its deliveries.
    RunState {
        /// Something is still to be done, or may still join.
        Running = "running",
        /// Everything was synced or left out on purpose.
        Succeeded = "succeeded",
        /// Some were synced, some were not.
        Partial = "partial",
        /// Nothing was synced.
        Failed = "failed",
        /// A person stopped it.
        Cancelled = "cancelled",
    }
}

/// The run a delivery is still part of, in SQL. What goes again after its run was stopped has left that run: it would be left out
/// once more at its next trouble.
pub(super) const STILL_IN: &str =
    "(SELECT id FROM runs WHERE runs.id = deliveries.run_id AND runs.cancelled_at IS NULL)";

/// A run as it was started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The sync.
    pub sync: SyncId,
    /// Why it happens.
    pub kind: RunKind,
    /// When it began.
    pub started_at: Timestamp,
    /// Since when nothing joins it any more.
    pub sealed_at: Option<Timestamp>,
    /// When a person stopped it.
    pub cancelled_at: Option<Timestamp>,
    /// File name and the like.
    pub label: String,
    /// Captures taken in.
    pub captured: u64,
    /// Of these, seen before.
    pub repeated: u64,
    /// Of these, of a person already known.
    pub merged: u64,
}

/// Deliveries by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Waiting for their turn.
    pub pending: u64,
    /// On their way.
    pub sending: u64,
    /// Arrived.
    pub synced: u64,
    /// Failed for now.
    pub retrying: u64,
    /// Failed.
    pub failed: u64,
    /// Left out.
    pub skipped: u64,
}

impl Counts {
    /// All of them.
    pub fn total(self) -> u64 {
        self.pending + self.sending + self.synced + self.retrying + self.failed + self.skipped
    }

    /// Not yet decided.
    pub fn open(self) -> u64 {
        self.pending + self.sending + self.retrying
    }

    pub(crate) fn add(&mut self, state: DeliveryState, count: u64) {
        *match state {
            DeliveryState::Pending => &mut self.pending,
            DeliveryState::Sending => &mut self.sending,
            DeliveryState::Synced => &mut self.synced,
            DeliveryState::Retrying => &mut self.retrying,
            DeliveryState::Failed => &mut self.failed,
            DeliveryState::Skipped => &mut self.skipped,
        } += count;
    }
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunProgress {
    /// The run.
    pub run: Run,
    /// Where it stands.
    pub state: RunState,
    /// Its deliveries by state.
    pub counts: Counts,
    /// Rows of its file that could not be read.
    pub broken_rows: u64,
    /// Of those on their way, how many the destination came to already in loads. What became of each is told at their end.
    pub worked_off: u64,
}

/// A row of a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenRow {
    /// Its line in the file.
    pub line: u64,
    /// Why, in words.
    pub reason: String,
    /// The row as it stands in the file.
    pub raw: String,
}

const COLUMNS: &str =
    "id, sync_id, kind, started_at, sealed_at, cancelled_at, label, captured, repeated, merged";

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: RunId(row.get("id")?),
        sync: row.id("sync_id", SyncId::new)?,
        kind: row.word("kind", RunKind::parse)?,
        started_at: row.moment("started_at")?,
        sealed_at: row.maybe_moment("sealed_at")?,
        cancelled_at: row.maybe_moment("cancelled_at")?,
        label: row.get("label")?,
        captured: row.get::<_, i64>("captured")?.unsigned_abs(),
        repeated: row.get::<_, i64>("repeated")?.unsigned_abs(),
        merged: row.get::<_, i64>("merged")?.unsigned_abs(),
    })
}

impl Reader<'_> {
    /// One run.
    pub fn run_of(&self, id: RunId) -> Result<Run, StoreError> {
        self.one(&format!("SELECT {COLUMNS} FROM runs WHERE id = ?1"), [id.0], read)?
            .ok_or(StoreError::NotFound { what: "run" })
    }

    /// How far a run is.
    pub fn run_progress(&self, id: RunId) -> Result<RunProgress, StoreError> {
        let run = self.run_of(id)?;
        let mut counts = Counts::default();
        self.each(
            "SELECT state, count(*) AS count FROM deliveries WHERE run_id = ?1 GROUP BY state",
            [id.0],
            |row| {
                counts.add(
                    row.word("state", DeliveryState::parse)?,
                    row.get::<_, i64>("count")?.unsigned_abs(),
                );
                Ok(())
            },
        )?;
        let broken_rows =
            self.number("SELECT count(*) FROM broken_rows WHERE run_id = ?1", [id.0])?.unsigned_abs();
        let state = state(&run, counts, broken_rows);
        // A load may hold deliveries of several runs: never more than are on their way.
        let worked_off = self
            .number(
                "SELECT coalesce(sum(done), 0) FROM loads WHERE id IN (
                     SELECT l.load_id FROM deliveries d JOIN loaded l ON l.delivery_id = d.id
                     WHERE d.run_id = ?1 AND d.state = 'sending')",
                [id.0],
            )?
            .unsigned_abs()
            .min(counts.sending);
        Ok(RunProgress { run, state, counts, broken_rows, worked_off })
    }

    /// Rows of a run's file that could not be read, in the file's order.
    pub fn broken_rows(&self, run: RunId, offset: u64, limit: u64) -> Result<Vec<BrokenRow>, StoreError> {
        self.all(
            "SELECT line, reason, raw FROM broken_rows WHERE run_id = ?1 ORDER BY line LIMIT ?3 OFFSET ?2",
            params![run.0, crate::column::count(offset), crate::column::count(limit)],
            |row| {
                Ok(BrokenRow {
                    line: row.get::<_, i64>("line")?.unsigned_abs(),
                    reason: row.get("reason")?,
                    raw: row.get("raw")?,
                })
            },
        )
    }
}

fn state(run: &Run, counts: Counts, broken_rows: u64) -> RunState {
    if counts.sending > 0 || (run.cancelled_at.is_none() && (run.sealed_at.is_none() || counts.open() > 0)) {
        return RunState::Running;
    }
    if run.cancelled_at.is_some() {
        return RunState::Cancelled;
    }
    match (counts.synced, counts.failed + broken_rows) {
        (_, 0) => RunState::Succeeded,
        (0, _) => RunState::Failed,
        _ => RunState::Partial,
    }
}

impl Writer<'_> {
    /// Begins a run.
    pub fn start_run(
        &self,
        now: Timestamp,
        sync: &SyncId,
        kind: RunKind,
        label: &str,
    ) -> Result<RunId, StoreError> {
        self.sync(sync)?;
        let id = self.add(
            "INSERT INTO runs (sync_id, kind, started_at, label) VALUES (?1, ?2, ?3, ?4)",
            params![sync.as_str(), kind.as_str(), micros(now), label],
        )?;
        Ok(RunId(id))
    }

    /// Gathers what waited for a run of its sync, due now. Gives how many.
    pub fn gather(&self, now: Timestamp, run: RunId) -> Result<u64, StoreError> {
        let sync = self.run_of(run)?.sync;
        let gathered = self.run(
            "UPDATE deliveries SET due_at = ?2, run_id = ?3, changed_at = ?2
             WHERE sync_id = ?1 AND state IN ('pending', 'retrying') AND urgent IN (0, 1) AND due_at = ?4",
            params![sync.as_str(), micros(now), run.0, FAR_FUTURE],
        )?;
        Ok(gathered as u64)
    }

    /// Says that nothing joins the run any more.
    pub fn seal_run(&self, now: Timestamp, run: RunId) -> Result<(), StoreError> {
        self.run_of(run)?;
        self.run(
            "UPDATE runs SET sealed_at = ?2 WHERE id = ?1 AND sealed_at IS NULL",
            params![run.0, micros(now)],
        )?;
        Ok(())
    }

    /// Stops a run: what waits is left out with the reason `cancelled`, what is being sent ends by itself. Gives how many
    /// were left out. A second time does nothing.
    pub fn cancel_run(&self, now: Timestamp, run: RunId) -> Result<u64, StoreError> {
        let known = self.run_of(run)?;
        if known.cancelled_at.is_some() {
            return Ok(0);
        }
        self.run(
            "UPDATE runs SET cancelled_at = ?2, sealed_at = coalesce(sealed_at, ?2) WHERE id = ?1",
            params![run.0, micros(now)],
        )?;
        let left_out = self.run(
            "UPDATE deliveries SET state = 'skipped', skipped_reason = 'cancelled', group_key = NULL, changed_at = ?2
             WHERE run_id = ?1 AND state IN ('pending', 'retrying')",
            params![run.0, micros(now)],
        )?;
        self.solve_emptied(now)?;
        let detail = json!({"left_out": left_out, "sync": known.sync});
        self.record(now, "person", "run.cancelled", &format!("run {run}"), &detail)?;
        Ok(left_out as u64)
    }

    /// Keeps rows of a file that could not be read.
    pub fn add_broken_rows(&self, run: RunId, rows: &[BrokenRow]) -> Result<(), StoreError> {
        for row in rows {
            self.run(
                "INSERT INTO broken_rows (run_id, line, reason, raw) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (run_id, line) DO UPDATE SET reason = excluded.reason, raw = excluded.raw",
                params![run.0, crate::column::count(row.line), row.reason, row.raw],
            )?;
        }
        Ok(())
    }
}
