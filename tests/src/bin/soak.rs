//! A soak: `cargo xtask soak [--minutes N] [--rate N] [--seed N]`. Prints a table, and the same as JSON in its last line.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints a table, and says how far it is")]

use std::process::ExitCode;

use leadferry_tests::figures::{beside, number};
use leadferry_tests::soak::Soak;

#[tokio::main]
async fn main() -> ExitCode {
    let Some([minutes, rate, seed]) = number([("--minutes", 5), ("--rate", 20), ("--seed", 1)]) else {
        eprintln!("only --minutes N, --rate N and --seed N are understood");
        return ExitCode::from(2);
    };
    let soak = Soak { program: beside("leadferry"), minutes, rate, seed };
    let mut told = 0;
    let figures = soak
        .run(|so_far| {
            // About every half minute is enough to see that it lives.
            told += 1;
            if told % 15 == 0 {
                eprintln!("{} captures accepted, {} leads at the CRM", so_far.captures, so_far.leads_at_crm);
            }
        })
        .await;
    println!("{figures}{}", figures.json());
    if figures.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
