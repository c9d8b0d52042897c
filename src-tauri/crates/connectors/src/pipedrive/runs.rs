//! A set of record ids that stays small in a cursor: ids follow one another, so a run of them is two numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Ids, as runs from first to last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(super) struct Runs(BTreeMap<u64, u64>);

impl Runs {
    /// Adds an id; says whether it is new.
    pub(super) fn insert(&mut self, id: u64) -> bool {
        if self.contains(id) {
            return false;
        }
        let last = match id.checked_add(1).and_then(|next| self.0.remove(&next)) {
            Some(last) => last,
            None => id,
        };
        match self.0.range_mut(..id).next_back() {
            Some((_, end)) if *end + 1 == id => *end = last,
            _ => {
                self.0.insert(id, last);
            }
        }
        true
    }

    /// Takes an id out.
    pub(super) fn remove(&mut self, id: u64) {
        let Some((first, last)) = self.run_of(id) else { return };
        self.0.remove(&first);
        if first < id {
            self.0.insert(first, id - 1);
        }
        if id < last {
            self.0.insert(id + 1, last);
        }
    }

    pub(super) fn contains(&self, id: u64) -> bool {
        self.run_of(id).is_some()
    }

    /// The ids behind `after`, up to and with `upto`, in order.
    pub(super) fn between(&self, after: u64, upto: u64) -> impl Iterator<Item = u64> {
        let from = after.saturating_add(1);
        let begins = self.run_of(from).map_or(from, |(first, _)| first);
        self.0
            .range(begins.min(upto)..=upto)
            .flat_map(move |(first, last)| (*first).max(from)..=(*last).min(upto))
            .filter(move |id| *id >= from)
    }

    /// How many runs there are: what the set costs.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    fn run_of(&self, id: u64) -> Option<(u64, u64)> {
        let (first, last) = self.0.range(..=id).next_back()?;
        (*last >= id).then_some((*first, *last))
    }
}

impl From<String> for Runs {
    fn from(text: String) -> Self {
        let run = |part: &str| match part.split_once('-') {
            Some((first, last)) => Some((first.parse().ok()?, last.parse().ok()?)),
            None => part.parse().ok().map(|id| (id, id)),
        };
        Self(text.split(',').filter_map(run).collect())
    }
}

impl From<Runs> for String {
    fn from(runs: Runs) -> Self {
        let run = |(first, last): (&u64, &u64)| match first == last {
            true => first.to_string(),
            false => format!("{first}-{last}"),
        };
        runs.0.iter().map(run).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_as_runs() {
        let mut runs = Runs::default();
        for id in [5, 1, 2, 9, 3, 4, 11, 10] {
            assert!(runs.insert(id), "{id} is new");
        }
        assert!(!runs.insert(3), "and known the second time");
        assert_eq!(String::from(runs.clone()), "1-5,9-11", "two runs, whatever the order");
        assert_eq!(Runs::from(String::from(runs.clone())), runs, "and back");
        runs.remove(2);
        runs.remove(9);
        runs.remove(7);
        assert_eq!(String::from(runs), "1,3-5,10-11", "a run is split where an id is gone");
    }

    #[test]
    fn a_stretch_is_looked_through_in_order() {
        let runs = Runs::from("1-5,9-11,20".to_owned());
        let cases = [
            (0, 4, vec![1, 2, 3, 4]),
            (2, 10, vec![3, 4, 5, 9, 10]),
            (5, 8, vec![]),
            (11, u64::MAX, vec![20]),
            (20, u64::MAX, vec![]),
            (4, 4, vec![]),
        ];
        for (after, upto, expected) in cases {
            assert_eq!(
                runs.between(after, upto).collect::<Vec<_>>(),
                expected,
                "behind {after}, up to {upto}"
            );
        }
        assert_eq!(Runs::default().between(0, 9).count(), 0, "nothing is in an empty set");
    }
}
