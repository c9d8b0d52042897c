//! Regular expressions of schemas, each made once.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::Regex;

static MADE: LazyLock<Mutex<HashMap<String, Regex>>> = LazyLock::new(Mutex::default);

/// Whether `text` fits somewhere.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = made.entry(pattern.to_owned()).or_insert_with(|| {
        Regex::new(pattern)
            .unwrap_or_else(|error| panic!("a contract's pattern that cannot be read: {error}"))
    });
    regex.is_match(text)
}
