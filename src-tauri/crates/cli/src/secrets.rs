//! Secrets come in by standard input, one a line, or by a hidden prompt. Never as an argument.

use std::io::{self, BufRead as _};

use console::Term;
use leadferry_api::{Error, ErrorCode};
use leadferry_model::Secret;

/// Somebody sits in front of this and can be asked.
pub(crate) fn on_a_terminal() -> bool {
    use std::io::IsTerminal as _;
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Reads one secret: the next line of standard input, or what is typed at a hidden prompt called `what`.
pub(crate) fn read(what: &str) -> Result<Secret, Error> {
    if on_a_terminal() {
        return hidden(&format!("{what}: "));
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| unread(what, &error))?;
    let text = line.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(Error::usage(format!(
            "Nothing came in for “{what}”. Pass it on standard input, one secret a line."
        )));
    }
    Ok(Secret::new(text))
}

/// Asks on the terminal without showing what is typed.
pub(crate) fn hidden(prompt: &str) -> Result<Secret, Error> {
    let terminal = Term::stderr();
    terminal.write_str(prompt).map_err(|error| unread(prompt, &error))?;
    let typed = terminal.read_secure_line().map_err(|error| unread(prompt, &error))?;
    if typed.is_empty() {
        return Err(Error::usage("Nothing was typed. Run the command again."));
    }
    Ok(Secret::new(typed))
}

fn unread(what: &str, error: &io::Error) -> Error {
    let what = what.trim_end_matches([':', ' ']);
    Error::new(ErrorCode::File, format!("“{what}” cannot be read ({error}). Pass it on standard input."))
}
