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

/// One word as a person writes it: *E-mail*, *Company*; not `first_name`, `FirstName` or `PHONE`.
fn is_written_for_people(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && {
        let rest: Vec<char> = letters.collect();
        rest.iter().any(|c| c.is_lowercase()) && rest.iter().all(|c| c.is_lowercase() || *c == '-')
    }
}

/// A name as people see it: the last part of a dotted path, words apart, a capital in front.
pub(crate) fn label(name: &str) -> String {
    let last = name.rsplit('.').find(|part| part.chars().any(char::is_alphabetic)).unwrap_or(name);
    if last.contains(' ') || is_written_for_people(last) {
        return last.trim().to_owned();
    }
    let words = normalised(last);
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_as_people_write() {
        let cases = [
            ("E-mail", "E-mail"),
            ("Company", "Company"),
            ("first_name", "First name"),
            ("FirstName", "First name"),
            ("PHONE", "Phone"),
            ("visit.page_title", "Page title"),
            ("Lead Source", "Lead Source"),
        ];
        for (name, shown) in cases {
            assert_eq!(label(name), shown, "what a person wrote stays, what a program wrote is spelled out");
        }
    }
}
