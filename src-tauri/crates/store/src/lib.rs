//! The ledger and the queue: everything Leadferry has accepted, where each lead stands, and what was done about it.
//!
//! - `case` holds the use cases of the queue (accept, enqueue, claim, settle, lanes, release, runs, erase),
//! - `table` plain reading and writing of one table each,
//! - `view` the pages the window and the command line ask for,
//! - `file` the file itself: key, lock, migrations, backup,
//! - `turns` and `watch` the ledger of a simulation: no thread, a disk that fails on purpose, every change noted.
//!
//! **Architecture Invariant:** this is the only room that knows SQL, and its face says nothing of it: a job gets a
//! [`Reader`] or a [`Writer`] and calls use cases. One writer thread owns the only connection that writes; jobs that wait
//! share one transaction and one `fsync`, and are answered after it. Nothing awaits inside a job, and time is passed in.
//!
//! Deliberately not here: what a mapping, a schema or a setting means (they are kept as JSON), when to try again (`sync`
//! decides, this room keeps), and secrets.

mod case;
mod column;
mod error;
mod file;
#[cfg(test)]
mod plans;
mod store;
mod table;
mod turns;
mod view;
mod watch;
mod writer;

pub use case::accept::{Acceptance, Accepted, Outcome, Tally};
pub use case::claim::{Claimed, FAR_FUTURE};
pub use case::enqueue::Enqueued;
pub use case::forget::{Forgotten, Undoable};
pub use case::lanes::{Lane, LaneChange, LaneState};
pub use case::loads::{Load, LoadId, Loaded};
pub use case::runs::{BrokenRow, Counts, Run, RunKind, RunProgress, RunState};
pub use case::selection::{DeliveryFilter, Selection};
pub use case::settle::{BeforeImage, GroupNews, Settled, Settlement, SlowLane, Verdict};
pub use error::StoreError;
pub use file::key::DatabaseKey;
pub use store::{Reader, Store, Writer};
pub use table::audit::{AuditCheck, AuditEntry};
pub use table::connections::{Connection, ConnectionState, Role};
pub use table::kept::{Cursor, Refusal};
pub use table::links::Link;
pub use table::matches::{KeyKind, MatchKey};
pub use table::notifications::Notification;
pub use table::syncs::{MappingVersion, SavedSync, SyncState};
pub use turns::{Disk, DiskMoment, Pause, Turns};
pub use view::deliveries::{Attempt, DeliveryDetail, DeliveryRow};
pub use view::groups::{FailureGroup, GroupState};
pub use view::leads::{Capture, LeadLife};
pub use view::overview::{DayCount, SyncOverview};
pub use view::page::{Page, Rows};
pub use view::replay::Replay;
pub use watch::{DeliveryMove, Seen};

/// JSON whose meaning belongs to another room.
pub use serde_json::Value as Json;
