//! One record of an object.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::field::{Field, Origin};
use super::{RecordNumber, moment_text};

/// Values to write, by field name; an empty text clears the field.
pub(crate) type Values = BTreeMap<String, String>;

/// A record. It is shared and never changed in place, so that the search index can keep an older version.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// Its number.
    pub(crate) number: RecordNumber,
    /// Written values; a cleared field is absent.
    pub(crate) values: BTreeMap<Arc<str>, String>,
    /// When it was created.
    pub(crate) created_at: Timestamp,
    /// When it last changed.
    pub(crate) changed_at: Timestamp,
    /// When it was put in the bin, if it is there.
    pub(crate) archived_at: Option<Timestamp>,
}

impl Record {
    /// The written value of the field called `name`.
    pub(crate) fn stored(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The value of `field`, written or computed.
    pub(crate) fn value(&self, field: &Field) -> Option<String> {
        match field.origin {
            Origin::Stored => self.stored(&field.name).map(str::to_owned),
            Origin::Number => Some(self.number.to_string()),
            Origin::Id(write) => {
                Some(self.stored(&field.name).map_or_else(|| write(self.number), str::to_owned))
            }
            Origin::CreatedAt => Some(moment_text(self.created_at)),
            Origin::ChangedAt => Some(moment_text(self.changed_at)),
            Origin::Computed(compute) => compute(self),
        }
    }

    /// Whether it is in the bin.
    pub(crate) fn is_archived(&self) -> bool {
        self.archived_at.is_some()
    }
}
