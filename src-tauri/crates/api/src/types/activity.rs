//! Runs and the audit log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Counts, Named, PageOf};

/// Asks for a page of runs.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ListRuns {
    /// Only this sync.
    pub sync: Option<String>,
    /// Which part.
    pub page: PageOf,
}

/// One run.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunRow {
    /// The run.
    pub id: i32,
    /// The sync.
    pub sync: Named,
    /// `real_time`, `scheduled`, `manual`, `import` or `retry`.
    pub kind: String,
    /// File name and the like.
    pub label: String,
    /// Computed from its deliveries: `working`, `done`, `some_failed`, `failed`, `cancelled`, `waiting`.
    pub state: String,
    /// In words.
    pub text: String,
    /// When it began.
    pub started_at: String,
    /// When its last delivery ended.
    pub ended_at: Option<String>,
    /// Its deliveries by state.
    pub counts: Counts,
    /// Rows read or leads captured.
    pub captured: u32,
    /// Captures seen before.
    pub repeated: u32,
    /// Captures of people already known.
    pub merged: u32,
    /// Rows that could not be read.
    pub broken: u32,
    /// It can be cancelled.
    pub cancellable: bool,
    /// Deliveries a second, measured over the last minute of the run.
    pub per_second: Option<f64>,
    /// Seconds left, at least and at most.
    pub seconds_left: Option<(u32, u32)>,
}

/// Asks for one run.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct RunOf {
    /// The run.
    pub id: i32,
}

/// A row of a file that could not be read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BrokenRowView {
    /// Line in the file, from 1.
    pub line: u32,
    /// Why, in words.
    pub reason: String,
    /// The text of the row.
    pub raw: String,
}

/// A run with its broken rows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunView {
    /// The run.
    pub row: RunRow,
    /// Rows that could not be read, the first 500.
    pub broken: Vec<BrokenRowView>,
}

/// Asks for a page of the audit log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ListAudit {
    /// Which part.
    pub page: PageOf,
}

/// One entry of the audit log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditRow {
    /// When.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What was done, in words.
    pub text: String,
    /// Technical detail.
    pub detail: String,
}

/// Whether the audit log is as it was written.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditCheckView {
    /// Nothing was changed or taken out.
    pub intact: bool,
    /// Entries looked at.
    pub entries: u32,
    /// The first entry that does not fit, or is missing.
    pub broken_at: Option<i32>,
    /// In words.
    pub text: String,
}

/// A file to write.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ToFile {
    /// Its path.
    pub path: String,
}

/// A file to read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FromFile {
    /// Its path.
    pub path: String,
}
