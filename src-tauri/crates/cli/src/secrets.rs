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

/// Reads a private key: all lines of standard input up to the end of the key. A terminal shows what is typed, so a key is not
/// taken from there.
pub(crate) fn read_key(what: &str) -> Result<Secret, Error> {
    let missing = || {
        Error::usage(format!("Pass the file with the {what} on standard input, for example with < key.pem."))
    };
    if on_a_terminal() {
        return Err(missing());
    }
    let (mut text, mut input) = (String::new(), io::stdin().lock());
    loop {
        let begins = text.len();
        if input.read_line(&mut text).map_err(|error| unread(what, &error))? == 0 {
            return if text.trim().is_empty() { Err(missing()) } else { Ok(Secret::new(text.as_str())) };
        }
        if text[begins..].starts_with("-----END ") {
            return Ok(Secret::new(text.as_str()));
        }
    }
}

/// A passphrase that is chosen now: typed twice at a hidden prompt, or the next line of standard input.
pub(crate) fn choose(what: &str) -> Result<Secret, Error> {
    let chosen = read(what)?;
    if on_a_terminal() && hidden("The same once more: ")? != chosen {
        return Err(Error::usage("The two passphrases differ. Nothing was made; run the command again."));
    }
    Ok(chosen)
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
