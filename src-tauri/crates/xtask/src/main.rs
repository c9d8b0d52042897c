//! Developer commands: `cargo xtask start`, `test`, `screenshots`, `bench`, and their parts.
//!
//! Each installs what is missing first, so that a fresh Debian 12 with Rust and Node needs nothing else.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a developer's tool speaks on the terminal")]

mod mutations;
mod proof;
mod run;
mod setup;
mod steps;

use std::process::ExitCode;

const HELP: &str = "cargo xtask <command>

  start        install what is missing, build the window and start the app
  test         install what is missing and run every test, as CI does
  check        formatting, lints and types only
  engine       the tests that need no window
  ui           the window's own tests
  journeys     the real app through WebDriver, under Xvfb
  screenshots  pictures of every screen, light and dark, into screenshots/
  bench        leads per second, calls per 1,000 leads, peak memory
  crashes      kills the daemon at every fail point, a thousand times (--kills N)
  soak         the daemon under steady load and weather for a while (--minutes N)
  proof        simulation and crashes, and the one table of both (--seeds N --kills N)
  mutations    breaks the engine on purpose, and shows which check notices (NAME for some)
  simulate     ten thousand virtual histories; --seeds A..B or N for some, --seed N for one and its story
  package      .deb and .rpm";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let rest: Vec<String> = std::env::args().skip(2).collect();
    let done = match command.as_str() {
        "start" => steps::start(),
        "test" => steps::test(),
        "check" => setup::for_checks().and_then(|()| steps::check()),
        "engine" => setup::for_checks().and_then(|()| steps::engine()),
        "ui" => setup::for_checks().and_then(|()| steps::ui()),
        "journeys" => setup::for_journeys().and_then(|()| steps::journeys()),
        "screenshots" => setup::for_journeys().and_then(|()| steps::screenshots()),
        "bench" => steps::bench(&rest),
        "crashes" => proof::crashes(&rest),
        "soak" => proof::soak(&rest),
        "proof" => proof::proof(&rest),
        "mutations" => mutations::mutations(&rest),
        "simulate" => steps::simulate(&rest),
        "package" => setup::for_window().and_then(|()| steps::package()),
        _ => {
            println!("{HELP}");
            return if command.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
