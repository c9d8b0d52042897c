//! Links between records of two objects, kept in both directions.

use std::collections::{BTreeMap, BTreeSet};

use super::RecordNumber;

/// A kind of link, with the number the vendor gives each of its directions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkKind {
    /// The object it starts at.
    pub(crate) from: &'static str,
    /// The object it leads to.
    pub(crate) to: &'static str,
    /// The vendor's number for this direction.
    pub(crate) id: u32,
    /// The vendor's number for the way back.
    pub(crate) back: u32,
    /// Whether it is used when no kind is named.
    pub(crate) by_default: bool,
}

/// One end of a link.
pub(crate) type End = (String, RecordNumber);

/// All links of an account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    kinds: &'static [LinkKind],
    ends: BTreeMap<End, BTreeMap<End, BTreeSet<u32>>>,
}

impl Links {
    /// No links yet, of these kinds.
    pub(crate) fn new(kinds: &'static [LinkKind]) -> Self {
        Self { kinds, ends: BTreeMap::new() }
    }

    /// The number of the kind used between two objects when none is named.
    pub(crate) fn default_kind(&self, from: &str, to: &str) -> Option<u32> {
        self.kinds.iter().find_map(|kind| match kind.by_default {
            true if kind.from == from && kind.to == to => Some(kind.id),
            true if kind.from == to && kind.to == from => Some(kind.back),
            _ => None,
        })
    }

    /// The object that kind `id` leads to when it starts at `from`.
    pub(crate) fn target(&self, from: &str, id: u32) -> Option<&'static str> {
        self.kinds.iter().find_map(|kind| {
            if kind.from == from && kind.id == id {
                Some(kind.to)
            } else if kind.to == from && kind.back == id {
                Some(kind.from)
            } else {
                None
            }
        })
    }

    fn back(&self, from: &str, to: &str, id: u32) -> Option<u32> {
        self.kinds.iter().find_map(|kind| {
            if (kind.from, kind.to, kind.id) == (from, to, id) {
                Some(kind.back)
            } else if (kind.to, kind.from, kind.back) == (from, to, id) {
                Some(kind.id)
            } else {
                None
            }
        })
    }

    /// Links two records by kind `id`; `false` when the kind does not join these objects.
    pub(crate) fn join(&mut self, from: (&str, RecordNumber), to: (&str, RecordNumber), id: u32) -> bool {
        let Some(back) = self.back(from.0, to.0, id) else { return false };
        let from = (from.0.to_owned(), from.1);
        let to = (to.0.to_owned(), to.1);
        self.ends.entry(from.clone()).or_default().entry(to.clone()).or_default().insert(id);
        self.ends.entry(to).or_default().entry(from).or_default().insert(back);
        true
    }

    /// The records of object `to` that a record is linked with, and by which kinds.
    pub(crate) fn of(&self, from: (&str, RecordNumber), to: &str) -> Vec<(RecordNumber, Vec<u32>)> {
        let Some(others) = self.ends.get(&(from.0.to_owned(), from.1)) else { return Vec::new() };
        others
            .iter()
            .filter(|((object, _), _)| object == to)
            .map(|((_, number), kinds)| (*number, kinds.iter().copied().collect()))
            .collect()
    }

    /// Moves every link of one record to another of the same object.
    pub(crate) fn move_all(&mut self, object: &str, from: RecordNumber, to: RecordNumber) {
        let old = (object.to_owned(), from);
        let new = (object.to_owned(), to);
        let Some(others) = self.ends.remove(&old) else { return };
        for (other, kinds) in others {
            if let Some(back) = self.ends.get_mut(&other)
                && let Some(back_kinds) = back.remove(&old)
            {
                back.entry(new.clone()).or_default().extend(back_kinds);
            }
            self.ends.entry(new.clone()).or_default().entry(other).or_default().extend(kinds);
        }
    }

    /// Forgets every link of a record.
    pub(crate) fn forget(&mut self, object: &str, number: RecordNumber) {
        let gone = (object.to_owned(), number);
        for other in self.ends.remove(&gone).unwrap_or_default().into_keys() {
            if let Some(back) = self.ends.get_mut(&other) {
                back.remove(&gone);
            }
        }
    }

    /// Every link once, with the kinds of its direction.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&End, &End, &BTreeSet<u32>)> {
        self.ends.iter().flat_map(|(from, others)| {
            others.iter().filter(move |(to, _)| from < *to).map(move |(to, kinds)| (from, to, kinds))
        })
    }
}
