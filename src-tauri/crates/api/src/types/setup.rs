//! The wizard: where it stands, and going live.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the wizard stands. Kept, so that it goes on after a restart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct WizardState {
    /// `source`, `destination`, `match`, `rehearse` or `live`.
    pub step: String,
    /// The chosen source connection.
    pub source: Option<String>,
    /// The chosen destination connection.
    pub destination: Option<String>,
    /// The chosen object.
    pub object: Option<String>,
    /// The draft sync.
    pub sync: Option<String>,
    /// A file chosen as source but not imported yet.
    pub file: Option<String>,
    /// The wizard is open.
    pub open: bool,
}

/// Makes a draft sync with a suggested mapping.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NewSync {
    /// A name; made of both ends by default.
    pub name: Option<String>,
    /// The source connection.
    pub source: String,
    /// The destination connection.
    pub destination: String,
    /// The object; the destination's first by default.
    pub object: Option<String>,
}

/// What going live would do, counted without sending anything.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DryRun {
    /// Leads looked at.
    pub leads: u32,
    /// Records that would be made.
    pub create: u32,
    /// Records that would be changed.
    pub update: u32,
    /// Leads the destination has already.
    pub unchanged: u32,
    /// Leads that cannot go as they are.
    pub refused: u32,
    /// Why, with a count each.
    pub refusals: Vec<Refusal>,
    /// The destination's records as of when, and how many were read.
    pub compared_at: Option<String>,
    /// Records of the destination the comparison knows.
    pub compared_records: u32,
    /// The Lead ID field that going live makes at the destination first, by its label, where it has none yet.
    pub makes_field: Option<String>,
}

/// Leads refused for one cause.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// In words.
    pub title: String,
    /// Leads.
    pub count: u32,
}

/// Switches a sync on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GoLive {
    /// The sync.
    pub id: String,
    /// Send only so many leads now; the others wait for `sync_now`.
    pub first: Option<u32>,
}
