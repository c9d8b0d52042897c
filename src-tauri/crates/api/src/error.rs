//! The only error that is serialised: a code the window acts on, and a message a person understands.
//!
//! Every message says what happened and what to do next. All conversions from the rooms below stand in this file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What the window acts on.
    pub code: ErrorCode,
    /// Cause and next step, in plain words.
    pub message: String,
}

/// Codes the window acts on. One is added only when it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The caller's data was wrong. Nothing was changed.
    Usage,
    /// The thing asked for is not there (any more).
    NotFound,
    /// It cannot be done as things stand.
    Conflict,
    /// Access to an account is lost or was refused.
    NeedsAccess,
    /// An outside system cannot be reached.
    Unreachable,
    /// An outside system refused.
    Refused,
    /// A file cannot be read or written.
    File,
    /// The disk is full or read-only.
    Disk,
    /// The keychain is locked or missing, or the passphrase is wrong.
    Locked,
    /// The data folder is used by another process, damaged, or newer than this app.
    DataFolder,
    /// A bug of ours.
    Unexpected,
}

impl Error {
    /// An error with `code`.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The caller's data was wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Usage, message)
    }

    /// `what` is not there.
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what} any more. Go back and choose again."))
    }
}
