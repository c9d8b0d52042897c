//! The long crash matrix: `cargo xtask crashes [--kills N] [--seed N]`. Prints a table, and the same as JSON in its last line.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints a table, and says how far it is")]

use std::process::ExitCode;

#[cfg(debug_assertions)]
#[tokio::main]
async fn main() -> ExitCode {
    use leadferry_tests::crash::Matrix;
    use leadferry_tests::figures::{beside, number};

    let Some([kills, seed]) = number([("--kills", 1_000), ("--seed", 1)]) else {
        eprintln!("only --kills N and --seed N are understood");
        return ExitCode::from(2);
    };
    let matrix = Matrix { program: beside("mortal"), kills, timed: true, seed };
    let figures = matrix
        .run(|so_far| {
            let (kills, bad) = (so_far.total(), so_far.findings.len());
            eprintln!("{kills} kills, {} leads at the CRMs, {bad} findings", so_far.leads_at_crm);
        })
        .await;
    println!("{figures}{}", figures.json());
    if figures.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A release build has no fail points.
#[cfg(not(debug_assertions))]
fn main() -> ExitCode {
    eprintln!("the crash matrix runs in a debug build only");
    ExitCode::from(2)
}
