//! Random text from a seedable source: tokens, correlation ids.
//!
//! Practice secrets guard nothing but this computer's practice data; with a seed they are the same at every start,
//! which is what tests want.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// A source of randomness: from `seed`, or from the computer.
pub(crate) fn source(seed: Option<u64>) -> StdRng {
    seed.map_or_else(|| StdRng::from_rng(&mut rand::rng()), StdRng::seed_from_u64)
}

/// `length` hexadecimal digits.
pub(crate) fn hex(random: &mut StdRng, length: usize) -> String {
    (0..length).map(|_| char::from_digit(random.random_range(0..16), 16).expect("BUG: below 16")).collect()
}

/// Text in the form of a UUID.
pub(crate) fn uuid(random: &mut StdRng) -> String {
    let parts = [8, 4, 4, 4, 12].map(|length| hex(random, length));
    parts.join("-")
}
