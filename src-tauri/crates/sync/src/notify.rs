//! What a person is told, as facts. The words are made where they are shown; nothing personal is in here.
//!
//! One notification per change of state and one on recovery: the ledger keeps at most one open notification of a kind and
//! subject, and recovery is only told when the trouble was.

use jiff::SignedDuration;
use leadferry_model::failure::FieldProblem;
use leadferry_model::{ConnectionId, Failure, FailureKind, SyncId, Timestamp};
use leadferry_store::Json;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

/// An outage shorter than this is nobody's business: it heals by itself and loses nothing.
pub(crate) const QUIET: SignedDuration = SignedDuration::from_mins(15);

/// Something to tell a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// A destination has not answered for a while. Leads wait and none is lost.
    Down {
        /// The destination.
        connection: ConnectionId,
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// Access to a destination is lost until a person signs in again.
    NoAccess {
        /// The destination.
        connection: ConnectionId,
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// A destination that was reported is back, and what waited goes on.
    Recovered {
        /// The destination.
        connection: ConnectionId,
        /// When the trouble had begun.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// A cause of failure that was not there before.
    NewFailure {
        /// The sync.
        sync: SyncId,
        /// The group.
        group: String,
        /// The failure's kind as one word.
        cause: String,
        /// The field that is the cause, where one is. Its value may be personal and is not here.
        #[serde(default)]
        fault: Option<NoticeFault>,
    },
    /// A field that a mapping fills is gone from the destination.
    Drift {
        /// The destination.
        connection: ConnectionId,
        /// The object.
        object: String,
        /// The fields that are gone.
        gone: Vec<String>,
    },
}

/// What is wrong with which field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoticeFault {
    /// The destination's field, by its internal name.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

impl Notice {
    /// A cause of failure that was not there before.
    pub fn new_failure(sync: SyncId, group: String, sample: &Failure) -> Self {
        let fault = match &sample.kind {
            FailureKind::Invalid { fields } => {
                fields.first().map(|fault| NoticeFault { field: fault.field.clone(), problem: fault.problem })
            }
            _ => None,
        };
        Self::NewFailure { sync, group, cause: sample.kind.word().to_owned(), fault }
    }

    /// The stable word of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Down { .. } => "down",
            Self::NoAccess { .. } => "no_access",
            Self::Recovered { .. } => "recovered",
            Self::NewFailure { .. } => "new_failure",
            Self::Drift { .. } => "drift",
        }
    }

    /// What it is about: the same kind and subject is not told twice.
    pub fn subject(&self) -> String {
        match self {
            Self::Down { connection, .. }
            | Self::NoAccess { connection, .. }
            | Self::Recovered { connection, .. } => connection.to_string(),
            Self::NewFailure { sync, group, .. } => format!("{sync}/{group}"),
            Self::Drift { connection, object, .. } => format!("{connection}/{object}"),
        }
    }

    /// Where a click leads, as a deep link path.
    pub fn target(&self) -> String {
        match self {
            Self::Down { connection, .. }
            | Self::NoAccess { connection, .. }
            | Self::Recovered { connection, .. }
            | Self::Drift { connection, .. } => format!("connections/{connection}"),
            Self::NewFailure { sync, group, .. } => {
                let group: String = url::form_urlencoded::byte_serialize(group.as_bytes()).collect();
                // A form's plus is a space in forms only.
                format!("errors/{sync}/{}", group.replace('+', "%20"))
            }
        }
    }

    /// The facts as the ledger keeps them.
    pub fn body(&self) -> Json {
        serde_json::to_value(self).unwrap_or_else(|_| json!({"kind": self.kind()}))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_subjects_are_one_notification() {
        let down = |since: i64| Notice::Down {
            connection: ConnectionId::new("crm"),
            since: Timestamp::from_second(since).unwrap(),
        };
        assert_eq!(down(1).subject(), down(2).subject(), "the time is a fact, not the subject");
        let group = |group: &str| Notice::NewFailure {
            sync: SyncId::new("s"),
            group: group.into(),
            cause: "invalid".into(),
            fault: None,
        };
        assert_ne!(group("a").subject(), group("b").subject(), "each cause is told once");
        assert_eq!(
            group("invalid|a/b c+d").target(),
            "errors/s/invalid%7Ca%2Fb%20c%2Bd",
            "a group key is one path segment, and reads back as it was"
        );
    }
}
