//! What Home shows: one sentence, then syncs, then lanes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

/// Home, and the tray's first line.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Home {
    /// The sentence of the moment: whether anything needs a person, with a number and a time.
    pub sentence: Sentence,
    /// Failure groups and connections that need a person.
    pub needs_you: u32,
    /// Failure groups that are being retried.
    pub sorting_themselves: u32,
    /// Leads waiting to be sent, all syncs.
    pub waiting: u32,
    /// Every sync.
    pub syncs: Vec<SyncRow>,
    /// Lanes that are not open.
    pub lanes: Vec<LaneView>,
    /// Nothing on the network answers.
    pub offline_since: Option<String>,
}

/// The state of everything in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sentence {
    /// Decides the mark beside it and the tray icon.
    pub mood: Mood,
    /// The sentence.
    pub text: String,
    /// A time in it, where it says one, for the exact text on hover.
    pub at: Option<String>,
}

/// The tray's and Home's overall state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Everything is where it should be.
    Calm,
    /// Leads are on their way.
    Working,
    /// A person is needed.
    NeedsYou,
    /// Paused by a person.
    Paused,
    /// No network.
    Offline,
    /// No sync yet.
    Empty,
}

/// One sync on Home.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SyncRow {
    /// The sync.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where leads come from.
    pub source: Party,
    /// Where they go.
    pub destination: Party,
    /// On, paused or still a draft.
    pub state: SyncState,
    /// Until when it is paused, if not until somebody resumes it.
    pub paused_until: Option<String>,
    /// How it is started.
    pub mode: SyncMode,
    /// When a lead was last synced.
    pub last_synced_at: Option<String>,
    /// When it runs next, if it is scheduled.
    pub next_run_at: Option<String>,
    /// Deliveries by state.
    pub counts: Counts,
    /// Captures left out, with the reason.
    pub excluded: Vec<Excluded>,
    /// Milliseconds from captured to synced, median of the last seven days.
    pub p50_ms: Option<u32>,
    /// The same, 95th percentile.
    pub p95_ms: Option<u32>,
    /// Share of the last seven days' deliveries that were synced, 0 to 1.
    pub success_rate: Option<f64>,
    /// Synced a day, oldest first, last 14 days.
    pub series: Vec<u32>,
    /// What is left of the destination's quota.
    pub quota: Vec<Quota>,
    /// A draft with unpublished mapping changes.
    pub has_draft: bool,
}

/// One end of a sync.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Party {
    /// The connection.
    pub connection: Named,
    /// Its connector, for the logo.
    pub connector: String,
    /// The object, at a destination.
    pub object: Option<String>,
}

/// Whether a sync works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// Not live yet.
    Draft,
    /// Live.
    On,
    /// Accepts leads and keeps them.
    Paused,
}

/// How a sync is started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SyncMode {
    /// As soon as a lead is captured.
    RealTime,
    /// At times.
    Schedule {
        /// A cron expression with five fields, local time.
        cron: String,
    },
    /// Only when a person says so.
    Manual,
}

/// Deliveries by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "the names are the five delivery words")]
pub struct Counts {
    pub pending: u32,
    pub sending: u32,
    pub synced: u32,
    pub synced_today: u32,
    pub retrying: u32,
    pub failed: u32,
    pub skipped: u32,
}

/// Why some captures were left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Excluded {
    /// In words.
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// What is left of a limit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Quota {
    /// What it counts.
    pub bucket: String,
    /// Calls left.
    pub left: u32,
    /// Calls allowed.
    pub limit: u32,
    /// When it is full again.
    pub resets_at: Option<String>,
}

/// A lane that is not open.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LaneView {
    /// The destination.
    pub connection: Named,
    /// Its connector.
    pub connector: String,
    /// What is the matter.
    pub state: LaneState,
    /// In words: since when, how many wait, when the next try is.
    pub text: String,
    /// Since when.
    pub since: String,
    /// When it is tried next.
    pub next_try_at: Option<String>,
    /// Leads waiting.
    pub waiting: u32,
}

/// What can be the matter with a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LaneState {
    /// The vendor asked for less speed.
    Snoozed,
    /// It does not answer.
    Down,
    /// Access is lost.
    NoAccess,
    /// A person paused it.
    Paused,
}

/// Pauses a sync.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PauseSync {
    /// The sync; none means all.
    pub id: Option<String>,
    /// Until when; none means until resumed.
    pub until: Option<String>,
}

/// Which sync to run; none means all.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SyncNow {
    /// The sync; none means all that are on.
    pub id: Option<String>,
    /// Only these leads.
    pub leads: Vec<String>,
}

/// What `sync_now` began.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Started {
    /// The runs.
    pub runs: Vec<i32>,
    /// Leads on their way.
    pub waiting: u32,
}

/// Changes a sync's name, mode or retry schedule.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChangeSync {
    /// The sync.
    pub id: String,
    /// A new name.
    pub name: Option<String>,
    /// A new mode.
    pub mode: Option<SyncMode>,
    /// Minutes after which a delivery is tried again, in order.
    pub retry_minutes: Option<Vec<u32>>,
    /// Keys that find an existing record, in order: `record_id`, `lead_id`, `email`, `phone`.
    pub match_order: Option<Vec<String>>,
}

/// A sync's own settings.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SyncSettings {
    /// The sync as Home shows it.
    pub row: SyncRow,
    /// Minutes after which a delivery is tried again, in order.
    pub retry_minutes: Vec<u32>,
    /// Keys that find an existing record, in order.
    pub match_order: Vec<String>,
}
