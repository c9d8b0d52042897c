//! What goes to the terminal: answers on standard output, remarks and errors on standard error.

use std::io::{self, Write as _};

use console::style;
use leadferry_api::Error;
use serde::Serialize;
use serde_json::json;

/// How answers are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    /// Answers as JSON, or as text.
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Shows one answer: as it crossed, or in words.
    pub(crate) fn answer<T: Serialize>(self, answer: &T, words: impl FnOnce() -> String) {
        if self.json {
            let text = serde_json::to_string_pretty(answer).expect("BUG: every answer serialises");
            line(&text);
        } else {
            line(words().trim_end());
        }
    }

    /// Shows one of many answers, each on a line of its own.
    pub(crate) fn line<T: Serialize>(self, answer: &T, words: impl FnOnce() -> String) {
        if self.json {
            line(&serde_json::to_string(answer).expect("BUG: every answer serialises"));
        } else {
            line(words().trim_end());
        }
    }
}

fn line(text: &str) {
    let mut out = io::stdout().lock();
    // Whoever reads may have seen enough (`leadferry … | head`); the work is done all the same.
    drop(writeln!(out, "{text}").and_then(|()| out.flush()));
}

/// Tells something beside the answer.
pub(crate) fn remark(text: &str) {
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// Tells what went wrong.
pub(crate) fn complain(text: &str) {
    remark(text);
}

/// Tells what went wrong, for a program where answers are.
pub(crate) fn complain_about(error: &Error, json: bool) {
    if json {
        remark(&json!({"error": error}).to_string());
    } else {
        complain(&error.message);
    }
}

/// Something that needs a look.
pub(crate) fn alarming(text: &str) -> String {
    style(text).red().to_string()
}

/// Something that is well.
pub(crate) fn calm(text: &str) -> String {
    style(text).green().to_string()
}

/// Something beside the point.
pub(crate) fn quiet(text: &str) -> String {
    style(text).dim().to_string()
}
