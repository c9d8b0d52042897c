//! The simulation as far as every change of the code can afford it: some seeds, and that a seed is the same every
//! time. `cargo xtask simulate` plays ten thousand.

use std::sync::Mutex;

use leadferry_tests::sim::seeds::play_all;
use leadferry_tests::sim::{Outcome, play};

/// Seeds of every change.
const SEEDS: std::ops::Range<u64> = 0..30;

#[test]
fn no_seed_breaks_a_promise() {
    let broken = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    play_all(SEEDS, threads, |outcome| {
        broken.lock().unwrap().push(told(outcome));
        true
    });
    assert_eq!(
        broken.into_inner().unwrap(),
        Vec::<String>::new(),
        "replay one: cargo xtask simulate --seed N"
    );
}

#[test]
fn a_seed_is_the_same_every_time() {
    for seed in [3, 17, 41] {
        let traces: Vec<u64> = (0..2).map(|_| play(seed, false).trace).collect();
        assert_eq!(traces[0], traces[1], "seed {seed} is replayed to the letter");
    }
    assert_ne!(play(3, false).trace, play(4, false).trace, "and another seed is another story");
}

fn told(outcome: &Outcome) -> String {
    format!("seed {}: {:?}", outcome.seed, outcome.broken)
}
