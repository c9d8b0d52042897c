//! Many seeds, on a few threads, and those that found something once. Seeds know nothing of each other, so the threads change nothing but the time it takes.

use std::sync::Mutex;

use super::report::Tally;
use super::world::lock;
use super::{Outcome, play};

/// Seeds that found something, with what it was. They are played with every change, so that it does not come back.
pub const FOUND: [(u64, &str); 9] = [
    (
        462,
        "what a dead worker left behind a closed lane made the engine step twice a second; no two plays alike",
    ),
    (540, "what a person brought back from a stopped run was left out again at its next trouble"),
    (596, "the same as 462, behind a lane that stayed closed for days"),
    (649, "the same as 540"),
    (1096, "stood still: on a full disk a group of writes ended early, and those behind it were forgotten"),
    (1333, "slow: the engine stepped for nothing"),
    (1388, "stood still, as 1096"),
    (3089, "what came back to a stopped run was left out before its failure was kept"),
    (4147, "leases that ran out by a clock that was ahead were waited for once it was right"),
];

/// Plays `seeds` on `threads` threads. `told` hears of each seed that broke a promise, as soon as it has, and says whether to go on.
pub fn play_all(
    seeds: impl Iterator<Item = u64> + Send,
    threads: usize,
    told: impl Fn(&Outcome) -> bool + Sync,
) -> Tally {
    let seeds = Mutex::new(Some(seeds));
    let tally = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let next = || lock(&seeds).as_mut().and_then(Iterator::next);
                while let Some(seed) = next() {
                    let outcome = play(seed, false);
                    if !outcome.broken.is_empty() && !told(&outcome) {
                        *lock(&seeds) = None;
                    }
                    lock(&tally).add(&outcome.tally);
                }
            });
        }
    });
    tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}
