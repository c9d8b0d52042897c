//! The states a delivery can be in, and who moves it out of each.
//!
//! ```text
//!            claim                  CRM's record id in hand
//! Pending ──────────▶ Sending ──────────────────────────────▶ Synced
//!    ▲                 │   │
//!    │ retry, edit,    │   │ transient failure          due again
//!    │ cause fixed,    │   └──────────────▶ Retrying ───────────────▶ (claimed as Pending is)
//!    │ new values      │                     │
//!    │                 ▼ cannot pass, or     │
//!    │                 │ last attempt spent  │
//!    ├────────────── Failed ─────────────────┼──▶ (a transient one goes on in the slow lane: claimed when due)
//!    │                 │                     │
//!    └── Skipped ◀─────┴─────────────────────┘ a person skips; undo brings it back
//! ```
//! [`DeliveryState::leads_to`] is this diagram as code. A crash leaves *Sending* behind; its lease runs out and it is claimed again. A snooze (rate limit) or a paused lane puts
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

    /// Whether the diagram of this module leads from here to `next` in one step. A delivery begins as *Pending*, and *Synced*
    /// is its end: a later change of the lead is a delivery of its own.
    pub fn leads_to(self, next: Self) -> bool {
        match self {
            Self::Pending | Self::Retrying | Self::Failed => {
                matches!(next, Self::Pending | Self::Sending | Self::Skipped)
            }
            Self::Sending => next != Self::Sending,
            Self::Skipped => next == Self::Pending,
            Self::Synced => false,
        }
    }

    /// Reads the word kept in the ledger.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_but_the_last_leads_somewhere_and_every_state_is_reached() {
        let all = DeliveryState::ALL;
        for state in all {
            let onward = all.iter().filter(|next| state.leads_to(**next)).count();
            assert_eq!(onward == 0, state == DeliveryState::Synced, "only what has arrived stays: {state:?}");
            assert!(all.iter().any(|before| before.leads_to(state)), "{state:?} would never be seen");
        }
        assert!(
            !DeliveryState::Retrying.leads_to(DeliveryState::Failed),
            "it is tried once more before it stops"
        );
        assert!(
            !DeliveryState::Skipped.leads_to(DeliveryState::Sending),
            "left out is left out until undone"
        );
    }
}
