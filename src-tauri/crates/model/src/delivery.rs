//! The states a delivery can be in, and who moves it out of each.
//!
//! ```text
//!            claim                  CRM's record id in hand
//! Pending ──────────▶ Sending ──────────────────────────────▶ Synced
//!    ▲                 │   │
//!    │ retry, edit,    │   │ transient failure          due again
//!    │ cause fixed     │   └──────────────▶ Retrying ───────────────▶ (claimed as Pending is)
//!    │                 │                     │
//!    │                 ▼ cannot pass         ▼ last attempt spent
//!    ├────────────── Failed ◀────────────────┘   (a transient one goes on in the slow lane)
//!    │                 │
//!    └── Skipped ◀─────┘ a person skips; undo brings it back
//! ```
//! A crash leaves *Sending* behind; its lease runs out and it is claimed again. A snooze (rate limit) or a paused lane puts
//! *Sending* back to *Pending* and spends no attempt; so does a record found under the same key, which spends one. A rule
//! that leaves a lead out while it is planned (no e-mail and no phone, no consent) takes *Sending* to *Skipped*, and a
//! person may skip what still waits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waiting for its turn.
    Pending,
    /// Claimed by a worker, until its lease runs out.
    Sending,
    /// The CRM answered with its record id.
    Synced,
    /// Failed in a way that may pass by itself; tried again when due.
    Retrying,
    /// Cannot pass as it is, or ran out of attempts. A person is told.
    Failed,
    /// Left out by a person or by a rule. Can be undone.
    Skipped,
}

impl DeliveryState {
    /// Every state, in the order they are shown.
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Sending, Self::Synced, Self::Retrying, Self::Failed, Self::Skipped];

    /// The word kept in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Synced => "synced",
            Self::Retrying => "retrying",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    /// Reads the word kept in the ledger.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}
