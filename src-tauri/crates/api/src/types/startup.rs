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
    /// The ledger is damaged or gone.
    Damaged {
        /// What was found, and what to do.
        message: String,
        /// The newest copy that is good.
        backup: Option<BackupView>,
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

/// A backup, or a daily copy of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// Its file.
    pub path: String,
    /// When it was made, as far as the file says.
    pub made_at: Option<String>,
}

/// Puts a backup in the place of what is in the data folder.
#[derive(Clone, Deserialize, TS)]
pub struct RestoreRequest {
    /// The backup; none for the newest good daily copy.
    pub path: Option<String>,
    /// The passphrase of the backup, where it has one.
    pub passphrase: Option<String>,
}
