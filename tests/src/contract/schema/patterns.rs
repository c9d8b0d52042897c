//! Regular expressions of schemas, each made once.
//!
//! Schemas mean those of ECMA-262. The crate knows all of them that contracts use, but for one: `^(?!…)` at the beginning, which
//! takes away what fits the inside, is read here. Any other stops the check.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::Regex;

static MADE: LazyLock<Mutex<HashMap<String, Made>>> = LazyLock::new(Mutex::default);

/// Fits the first, and does not begin as the second.
type Made = (Regex, Option<Regex>);

/// Whether `text` fits somewhere.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let (regex, not) = made.entry(pattern.to_owned()).or_insert_with(|| make(pattern));
    regex.is_match(text) && !not.as_ref().is_some_and(|not| not.is_match(text))
}

fn make(pattern: &str) -> Made {
    let regex = |pattern: &str| {
        Regex::new(pattern)
            .unwrap_or_else(|error| panic!("a contract's pattern that cannot be read: {error}"))
    };
    match pattern.strip_prefix("^(?!").and_then(split_at_close) {
        Some((not, rest)) => (regex(&format!("^{rest}")), Some(regex(&format!("^(?:{not})")))),
        None => (regex(pattern), None),
    }
}

/// What is before and after the bracket that closes an open one.
fn split_at_close(text: &str) -> Option<(&str, &str)> {
    let mut open = 1_u32;
    let close = text.char_indices().find(|(_, c)| {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        open == 0
    });
    close.map(|(at, _)| (&text[..at], &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_not_come_first_is_taken_away() {
        let own = "^(?!(address|is_)[0-9_])[a-z]+_[a-z]+$";
        assert!(fits(own, "new_leadid"), "an account's own column");
        assert!(!fits(own, "address_city"), "not one that looks like the vendor's");
        assert!(fits("^v[0-9]+$", "v2") && !fits("^v[0-9]+$", "2"), "the others are as ever");
    }
}
