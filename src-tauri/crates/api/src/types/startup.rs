//! Where starting stands: the one thing the window asks before the engine runs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Error;

/// Where starting stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Startup {
    /// The ledger is being opened and checked.
    Opening,
    /// Everything runs.
    Ready,
    /// A new data folder on a computer without a keychain: the person chooses a passphrase.
    ChoosePassphrase {
        /// Why, in words.
        why: String,
    },
    /// The data folder opens with a passphrase.
    Locked {
        /// What was wrong with the last try.
        problem: Option<String>,
    },
    /// It does not open.
    Problem {
        /// Cause and next step.
        error: Error,
    },
}

/// What the person gives to open or make a data folder.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct UnlockRequest {
    /// The passphrase.
    pub passphrase: String,
}
