//! `leadferry`: the whole job on the command line, and the daemon for machines without a window.
//!
//! Each file of `commands` holds one family: its arguments and what they do. A command asks a [`caller::Caller`], which
//! answers from the data folder itself or from the process that owns it, so that `leadferry status` works beside an open
//! window. What the commands do is the room `api`; here is only reading arguments and showing answers.
//!
//! **Architecture Invariant:** no secret is ever an argument, since arguments stand in the process list and in the shell's
//! history: they come from standard input or a hidden prompt. With the desktop shell this is the only composition root.

mod arguments;
mod caller;
mod commands;
mod console_output;
mod exit;
mod find;
mod folder;
mod interrupt;
mod logging;
mod passphrase;
mod progress;
mod secrets;
mod session;
mod table;

use std::process::ExitCode;

use clap::Parser as _;

pub use arguments::Arguments;

/// Reads the arguments, does what they say, and tells how it went.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for and go to standard output; a closed pipe is not worth a word.
            let written = error.print();
            return if error.exit_code() == 0 && written.is_ok() {
                ExitCode::SUCCESS
            } else {
                exit::USAGE.into()
            };
        }
    };
    logging::start(arguments.command.is_daemon());
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            console_output::complain(&format!(
                "This computer has no room for another program ({error}). Close some, then try again."
            ));
            return exit::FAILED.into();
        }
    };
    let json = arguments.common.json;
    let code = match runtime.block_on(commands::run(arguments)) {
        Ok(outcome) => outcome.code(),
        Err(error) => {
            console_output::complain_about(&error, json);
            exit::of(&error)
        }
    };
    // A thread that still reads the terminal must not keep the program alive.
    runtime.shutdown_background();
    code.into()
}
