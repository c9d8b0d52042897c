//! When a life ends: at a fail point inside the process, or at a moment that is seen from outside.

use std::fmt;
use std::time::Duration;

/// When a process is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// When it reaches the point for the count-th time. It kills itself there.
    Point(&'static str, u32),
    /// The CRM has this request and has done nothing.
    BeforeItIsDone(u32),
    /// The CRM has done what this request asks, and the answer is not out.
    BeforeTheAnswer(u32),
    /// The answer to this request is on its way.
    WithTheAnswer(u32),
    /// So many senders were answered *accepted*.
    AfterAccepting(u32),
    /// At any time. Only the long command waits for a clock.
    After(Duration),
}

impl Moment {
    /// What the point inside the process is armed with.
    pub(crate) fn armed(self) -> Option<String> {
        match self {
            Self::Point(name, count) => Some(format!("{name}:{count}")),
            _ => None,
        }
    }

    /// Whether it needs the token to be renewed.
    pub(crate) fn needs_renewal(self) -> bool {
        matches!(self, Self::Point(name, _) if name.starts_with("token.") || name.starts_with("vault."))
    }

    /// Whether it needs a backup to be made.
    pub(crate) fn needs_backup(self) -> bool {
        matches!(self, Self::Point(name, _) if name.starts_with("backup."))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Point(name, _) => name,
            Self::BeforeItIsDone(_) => "at the CRM, before it is done",
            Self::BeforeTheAnswer(_) => "at the CRM, done and not answered",
            Self::WithTheAnswer(_) => "at the CRM, with the answer",
            Self::AfterAccepting(_) => "after a lead was accepted",
            Self::After(_) => "at a random time",
        })
    }
}
