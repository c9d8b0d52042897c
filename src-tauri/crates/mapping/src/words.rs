//! Field names compared as people read them: `first_name`, `FirstName` and *First name* are one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words in front of a name that say whose field it is, not what it holds.
const OWNERS: [&str; 12] = [
    "contact", "lead", "customer", "client", "person", "your", "user", "visitor", "caller", "prospect",
    "kunde", "primary",
];

/// Small letters, words apart by one space, no accents, no punctuation: `contact.First-Name` is `contact first name`.
pub fn normalised(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut previous = ' ';
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        let boundary = previous.is_lowercase() && c.is_uppercase();
        if c.is_alphanumeric() {
            if boundary {
                words.push(' ');
            }
            words.extend(c.to_lowercase());
        } else if !words.ends_with(' ') && !matches!(c, '\'' | '’') {
            words.push(' ');
        }
        previous = c;
    }
    words.trim().to_owned()
}

/// The normalised name without the owner in front of it, if something is left.
pub(crate) fn core(name: &str) -> String {
    let full = normalised(name);
    let mut rest: &str = &full;
    while let Some((first, after)) = rest.split_once(' ') {
        if !OWNERS.contains(&first) {
            break;
        }
        rest = after;
    }
    rest.to_owned()
}

/// A name as people see it: the last part of a dotted path, words apart, a capital in front.
pub(crate) fn label(name: &str) -> String {
    let last = name.rsplit('.').find(|part| part.chars().any(char::is_alphabetic)).unwrap_or(name);
    if last.contains(' ') {
        return last.trim().to_owned();
    }
    let words = normalised(last);
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}
