//! Capitals. Only Latin text that is all capitals or all small is changed: a person who wrote *McDonald* or *DeSouza* knew
//! what they wanted, and other scripts have no such habit.

/// Small words inside names and places.
const SMALL: [&str; 20] = [
    "van", "von", "der", "den", "de", "la", "del", "della", "da", "di", "do", "dos", "du", "bin", "al", "el",
    "ter", "ten", "y", "of",
];

/// Title case, where the text asks for it.
pub(crate) fn title(text: &str) -> String {
    if !one_case_latin(text) {
        return text.to_owned();
    }
    let mut first = true;
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let lower = word.to_lowercase();
            let small = !first && SMALL.contains(&lower.trim());
            first = false;
            if small { lower } else { capitalised(&lower) }
        })
        .collect()
}

fn one_case_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    let latin = |c: char| {
        c.is_ascii_alphabetic()
            || ('\u{C0}'..='\u{24F}').contains(&c)
            || ('\u{1E00}'..='\u{1EFF}').contains(&c)
    };
    if letters.peek().is_none() || !letters.all(latin) {
        return false;
    }
    let upper = text.chars().any(char::is_uppercase);
    let lower = text.chars().any(char::is_lowercase);
    upper != lower
}

/// A capital at the start, after a hyphen, after `O'` and `D'` (one letter before the apostrophe), and after `Mc`.
fn capitalised(word: &str) -> String {
    let mut result = String::with_capacity(word.len());
    let mut run = 0_usize;
    let mut start = true;
    for c in word.chars() {
        if c.is_alphabetic() {
            if start {
                result.extend(c.to_uppercase());
            } else {
                result.push(c);
            }
            start = false;
            run += 1;
            if run == 2 && result.ends_with("Mc") && word.chars().filter(|c| c.is_alphabetic()).count() > 4 {
                start = true;
            }
        } else {
            start = c == '-'
                || c == '.'
                || (matches!(c, '\'' | '’') && run == 1)
                || (!c.is_alphanumeric() && run == 0);
            run = 0;
            result.push(c);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_case_latin_text_is_changed() {
        for (input, expected, why) in [
            ("ADA LOVELACE", "Ada Lovelace", "all capitals"),
            ("ada lovelace", "Ada Lovelace", "all small"),
            ("JEAN-CLAUDE VAN DAMME", "Jean-Claude van Damme", "hyphens start a word, particles stay small"),
            ("o'neill", "O'Neill", "a single letter before the apostrophe"),
            ("john's", "John's", "a possessive is no new word"),
            ("MCDONALD", "McDonald", "Mc is a prefix"),
            ("McDonald", "McDonald", "mixed case was wanted"),
            ("d'Souza", "d'Souza", "mixed case was wanted"),
            ("李小龍", "李小龍", "no case in this script"),
            ("МОСКВА", "МОСКВА", "not Latin"),
            ("", "", "nothing"),
        ] {
            assert_eq!(title(input), expected, "{why}");
        }
    }
}
