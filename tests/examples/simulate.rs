//! The deterministic simulation: `cargo xtask simulate`, `--seeds A..B` or `--seeds N` for the first N, `--seed N` for one with its
//! whole story. With `--until CHECK` it ends with the first seed that breaks that promise, which is how a broken engine is shown to
//! be caught. The last line is the table once more as JSON, for `cargo xtask proof`.
#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::ops::Range;
use std::process::ExitCode;
use std::time::Instant;

use leadferry_tests::sim::seeds::play_all;
use leadferry_tests::sim::{Outcome, play};

/// Without arguments.
const USUAL: Range<u64> = 0..10_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => many(USUAL, None),
        ["--seed", seed] => match seed.parse() {
            Ok(seed) => one(seed),
            Err(_) => usage(),
        },
        ["--seeds", seeds] => match range(seeds) {
            Some(seeds) => many(seeds, None),
            None => usage(),
        },
        ["--seeds", seeds, "--until", check] => match range(seeds) {
            Some(seeds) => many(seeds, Some(check)),
            None => usage(),
        },
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    println!("simulate [--seeds A..B|N [--until CHECK] | --seed N]");
    ExitCode::from(2)
}

fn range(text: &str) -> Option<Range<u64>> {
    let (from, to) = text.split_once("..").unwrap_or(("0", text));
    Some(from.parse().ok()?..to.parse().ok()?)
}

/// One seed, twice: its story, what is wrong, and whether it is the same both times.
fn one(seed: u64) -> ExitCode {
    let outcome = play(seed, true);
    for line in &outcome.lines {
        println!("{line}");
    }
    println!("\n{}", outcome.tally);
    told(&outcome);
    let again = play(seed, true);
    let same = again.trace == outcome.trace && again.lines == outcome.lines;
    let words = if same { "the same when replayed" } else { "NOT THE SAME WHEN REPLAYED" };
    println!("trace {:016x}, {words}", outcome.trace);
    if let Some((one, other)) = outcome.lines.iter().zip(&again.lines).find(|(one, other)| one != other) {
        println!("they part where one says\n    {one}\nand the other\n    {other}");
    }
    if outcome.broken.is_empty() && same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn many(seeds: Range<u64>, until: Option<&str>) -> ExitCode {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let began = Instant::now();
    let tally = play_all(seeds, threads, |outcome| {
        told(outcome);
        outcome.broken.iter().all(|broken| Some(broken.check) != until)
    });
    println!("{tally}\nin {} s on {threads} threads", began.elapsed().as_secs());
    println!("{}", tally.json());
    if tally.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn told(outcome: &Outcome) {
    for broken in &outcome.broken {
        println!("seed {} breaks “{}”: {}", outcome.seed, broken.check, broken.what);
    }
    if !outcome.broken.is_empty() {
        println!("    replay it: cargo xtask simulate --seed {}", outcome.seed);
    }
}
