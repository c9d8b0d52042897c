//! A person's name in parts, by rules and never by guess: where a rule does not hold, the whole stays together.
//!
//! The full name as captured is the caller's to keep. Case is not touched here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

/// A name in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Name {
    /// Mr, Dr, Smt …
    pub salutation: Option<String>,
    /// Given names.
    pub first: Option<String>,
    /// Family name; the whole of a single name, of a company's, and of two people's.
    pub last: Option<String>,
    /// Jr, III, PhD …
    pub suffix: Option<String>,
}

const SALUTATIONS: [&str; 24] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "shri",
    "sri",
    "smt",
    "kumari",
    "er",
    "adv",
    "ca",
    "herr",
    "frau",
    "mme",
    "mlle",
    "señor",
    "señora",
    "sra",
    "rev",
];
const SUFFIXES: [&str; 13] =
    ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mba", "cpa", "dds", "rn", "ba"];
const PARTICLES: [&str; 17] = [
    "van", "von", "der", "den", "de", "la", "del", "della", "da", "di", "dos", "du", "bin", "al", "el",
    "ter", "ten",
];
const COMPANY: [&str; 18] = [
    "ltd",
    "limited",
    "pvt",
    "llc",
    "inc",
    "gmbh",
    "corp",
    "corporation",
    "llp",
    "plc",
    "ag",
    "kg",
    "sarl",
    "bv",
    "oy",
    "ab",
    "pty",
    "company",
];
const RELATION: [&str; 4] = ["s/o", "d/o", "w/o", "c/o"];

/// Takes a full name apart.
pub fn split_name(full: &str) -> Name {
    let text: String = full.nfc().collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = words.join(" ");
    if whole.is_empty() {
        return Name::default();
    }
    if is_company_or_joint(&words) || (words.len() == 1 && !whole.contains(',')) || is_cjk(&whole) {
        return Name { last: Some(whole), ..Name::default() };
    }
    let relation = words.iter().position(|word| RELATION.contains(&word.to_lowercase().as_str()));
    let words = &words[..relation.filter(|position| *position > 0).unwrap_or(words.len())];
    let (salutation, words) = take_salutation(words);
    let (words, suffix) = take_suffix(&words);
    let (first, last) = match comma(&words) {
        Some((last, first)) => {
            let (more_salutation, first) = take_salutation(&first);
            let name = parts(salutation.into_iter().chain(more_salutation).collect(), &first, &last, suffix);
            return name;
        }
        None => by_particles(&words),
    };
    parts(salutation.into_iter().collect(), &first, &last, suffix)
}

fn parts(salutation: Vec<String>, first: &[&str], last: &[&str], suffix: Option<String>) -> Name {
    let joined = |words: &[&str]| {
        let text = words.join(" ").trim_matches([',', ' ']).to_owned();
        (!text.is_empty()).then_some(text)
    };
    let salutation = (!salutation.is_empty()).then(|| salutation.join(" "));
    Name { salutation, first: joined(first), last: joined(last), suffix }
}

/// A word as it stands in the lists.
fn bare(word: &str) -> String {
    word.trim_matches([',', '.']).replace('.', "").to_lowercase()
}

fn is_company_or_joint(words: &[&str]) -> bool {
    let joint = |word: &&str| {
        matches!(word.to_lowercase().as_str(), "&" | "and" | "und" | "et" | "+") || word.contains('&')
    };
    words.iter().any(joint) || words.iter().skip(1).any(|word| COMPANY.contains(&bare(word).as_str()))
}

fn is_cjk(text: &str) -> bool {
    let letter = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}');
    text.chars().all(letter)
}

/// Titles at the start, as long as something is left to be a name.
fn take_salutation<'w>(words: &[&'w str]) -> (Option<String>, Vec<&'w str>) {
    let count = words.iter().take_while(|word| SALUTATIONS.contains(&bare(word).as_str())).count();
    let count = count.min(words.len().saturating_sub(1));
    let taken = (count > 0).then(|| words[..count].join(" "));
    (taken, words[count..].to_vec())
}

/// Suffixes at the end, as long as something is left to be a name.
fn take_suffix<'w>(words: &[&'w str]) -> (Vec<&'w str>, Option<String>) {
    let count = words.iter().rev().take_while(|word| SUFFIXES.contains(&bare(word).as_str())).count();
    let count = count.min(words.len().saturating_sub(1));
    let cut = words.len() - count;
    let taken = (count > 0).then(|| words[cut..].join(" "));
    let mut rest = words[..cut].to_vec();
    if count > 0
        && let Some(last) = rest.last_mut()
    {
        *last = last.trim_end_matches(',');
    }
    (rest, taken)
}

/// `Last, First`, if there is exactly one comma.
fn comma<'w>(words: &[&'w str]) -> Option<(Vec<&'w str>, Vec<&'w str>)> {
    if words.iter().map(|word| word.matches(',').count()).sum::<usize>() != 1 {
        return None;
    }
    let mut before = Vec::new();
    let mut after = Vec::new();
    let mut seen = false;
    for word in words {
        match word.split_once(',') {
            Some((left, right)) => {
                seen = true;
                before.extend((!left.is_empty()).then_some(left));
                after.extend((!right.is_empty()).then_some(right));
            }
            None if seen => after.push(word),
            None => before.push(word),
        }
    }
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

/// The last word is the family name, together with the particles before it.
fn by_particles<'w>(words: &[&'w str]) -> (Vec<&'w str>, Vec<&'w str>) {
    if words.len() == 1 {
        return (Vec::new(), words.to_vec());
    }
    let particle = |word: &str| PARTICLES.contains(&word.to_lowercase().as_str());
    // A small particle at the very start has no given name before it: "van der Berg", "de Souza".
    if particle(words[0]) && words[0].chars().all(char::is_lowercase) {
        return (Vec::new(), words.to_vec());
    }
    let mut cut = words.len() - 1;
    while cut > 1 && particle(words[cut - 1]) {
        cut -= 1;
    }
    (words[..cut].to_vec(), words[cut..].to_vec())
}
