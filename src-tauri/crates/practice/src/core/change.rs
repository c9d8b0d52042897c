//! What became of records, for whoever is told of it.

use super::{Record, RecordNumber};

/// A record that was changed, by the API or by the account's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) object: String,
    pub(crate) number: RecordNumber,
    pub(crate) kind: ChangeKind,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Created,
    Edited,
    Deleted,
}

impl ChangeKind {
    /// What it is when `after` takes the place of `before`.
    pub(super) fn of(before: Option<&Record>, after: &Record) -> Self {
        match before {
            _ if after.is_archived() => Self::Deleted,
            None => Self::Created,
            Some(_) => Self::Edited,
        }
    }
}
