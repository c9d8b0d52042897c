//! Who holds which value of one field, for vendors that are asked "is this person there?" before every write.

use std::collections::{BTreeSet, HashMap};

use super::{Record, RecordNumber};

/// The values of one field and the records that hold them; several may hold the same one.
#[derive(Debug)]
pub(super) struct Exact {
    parts: fn(&str) -> Vec<String>,
    holders: HashMap<String, BTreeSet<RecordNumber>>,
}

impl Exact {
    /// Nobody yet. `parts` says which values a written value stands for.
    pub(super) fn new(parts: fn(&str) -> Vec<String>) -> Self {
        Self { parts, holders: HashMap::new() }
    }

    /// A record changed from one version to another.
    pub(super) fn change(&mut self, field: &str, old: Option<&Record>, new: Option<&Record>) {
        let parts = self.parts;
        let keys = |record: &Record| {
            let values = record.stored(field).map(parts).unwrap_or_default();
            values.into_iter().map(|value| value.to_lowercase()).collect::<Vec<_>>()
        };
        if let Some(old) = old {
            for key in keys(old) {
                if let Some(holders) = self.holders.get_mut(&key) {
                    holders.remove(&old.number);
                }
            }
        }
        if let Some(new) = new {
            for key in keys(new) {
                self.holders.entry(key).or_default().insert(new.number);
            }
        }
    }

    /// The records that hold `value`, in order of number.
    pub(super) fn holders(&self, value: &str) -> impl Iterator<Item = RecordNumber> + use<'_> {
        self.holders.get(&value.to_lowercase()).into_iter().flatten().copied()
    }
}
