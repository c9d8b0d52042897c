//! A stable id for every row of a file.
//!
//! The id is made of the row's content and of how many equal rows came before it in the file, not of the file's name or the
//! line's number. So the same file imported twice, under another name or with its rows in another order gives the same ids and
//! no new leads; rows appended to it are new; and two equal rows of one file stay two captures.
//!
//! Counting equal rows exactly would need a table of every row. Instead a filter of fixed size says whether a row may have come
//! before, and only those that may are counted. It errs for about one row in forty million (in a file of a million rows): that
//! row, though first of its kind, is counted as a second. Its id is still the same at every import of the same file.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use leadferry_model::Record;

/// 8 MiB, of which only the touched pages take memory.
const WORDS: usize = 1 << 20;
const PROBES: u64 = 8;

pub(super) struct Identities {
    filter: Vec<u64>,
    repeated: HashMap<u128, u32>,
}

impl Identities {
    pub(super) fn new() -> Self {
        Self { filter: vec![0; WORDS], repeated: HashMap::new() }
    }

    /// The id of the next row, whose cells are `fields`.
    pub(super) fn next(&mut self, fields: &Record) -> String {
        let content = fingerprint(fields);
        let occurrence = if self.may_have_come_before(content) {
            let count = self.repeated.entry(content).or_insert(1);
            *count += 1;
            *count
        } else {
            1
        };
        format!("row-{content:032x}-{occurrence}")
    }

    /// How much memory the filter and the counts take, in bytes.
    pub(super) fn held(&self) -> usize {
        WORDS * size_of::<u64>() + self.repeated.capacity() * size_of::<(u128, u32)>()
    }

    /// Looks `content` up in the filter and leaves it there.
    fn may_have_come_before(&mut self, content: u128) -> bool {
        let (first, step) = (content as u64, (content >> 64) as u64 | 1);
        let mut known = true;
        for probe in 0..PROBES {
            let bit = first.wrapping_add(step.wrapping_mul(probe));
            let (word, mask) = ((bit >> 6) as usize % WORDS, 1 << (bit & 63));
            known &= self.filter[word] & mask != 0;
            self.filter[word] |= mask;
        }
        known
    }
}

/// A hash of names and values in name order, so that a moved column changes nothing. Lengths stand before the texts, so that
/// two different rows never run together into the same bytes.
fn fingerprint(fields: &Record) -> u128 {
    let mut hash = Sha256::new();
    for (name, value) in fields.iter() {
        let value = value.to_string();
        for text in [name, value.trim()] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
    }
    let digest = hash.finalize();
    digest[..16].iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use leadferry_model::Value;

    use super::*;

    fn row(email: &str) -> Record {
        [("email", Value::text(email))].into_iter().collect()
    }

    #[test]
    fn ids_follow_content_and_occurrence() {
        let mut first = Identities::new();
        let mut again = Identities::new();
        let ids = [
            first.next(&row("ada@example.com")),
            first.next(&row("bob@example.com")),
            first.next(&row("ada@example.com")),
        ];
        assert_ne!(ids[0], ids[2], "equal rows of one file stay two captures");
        let other_order = [
            again.next(&row(" ada@example.com ")),
            again.next(&row("ada@example.com")),
            again.next(&row("bob@example.com")),
        ];
        assert_eq!(
            [&ids[0], &ids[2], &ids[1]],
            [&other_order[0], &other_order[1], &other_order[2]],
            "order and spaces do not matter"
        );
        assert!(ids[2].ends_with("-2"), "the second of its kind says so");
    }

    #[test]
    fn the_filter_errs_rarely() {
        let mut identities = Identities::new();
        let wrong = (0..20_000)
            .filter(|n| !identities.next(&row(&format!("lead{n}@example.com"))).ends_with("-1"))
            .count();
        assert_eq!(wrong, 0, "different rows are not taken for repeated ones");
        assert!(identities.repeated.is_empty(), "and nothing is kept for them");
    }
}
