//! Many seeds, on a few threads. Seeds know nothing of each other, so the threads change nothing but the time it takes.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::report::Tally;
use super::world::lock;
use super::{Outcome, play};

/// Plays `seeds` on `threads` threads. `told` hears of each seed that broke a promise, as soon as it has, and says whether to go on.
pub fn play_all(seeds: Range<u64>, threads: usize, told: impl Fn(&Outcome) -> bool + Sync) -> Tally {
    let next = AtomicU64::new(seeds.start);
    let tally = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let outcome = play(seed, false);
                    if !outcome.broken.is_empty() && !told(&outcome) {
                        next.store(seeds.end, Ordering::Relaxed);
                    }
                    lock(&tally).add(&outcome.tally);
                }
            });
        }
    });
    tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}
