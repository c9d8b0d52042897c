//! E-mail addresses: checked, in their usual form, and as keys for matching.
//!
//! An address is never changed into another one: `+tags` and Gmail's dots stay in what is sent, and only the loose key,
//! which suggests and never decides, leaves them out.

use std::str::FromStr;

use email_address::{EmailAddress, Options};
use idna::AsciiDenyList;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

/// An e-mail address as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Email {
    /// What is shown and sent: small letters, the domain as people write it.
    pub address: String,
    /// What people are matched by: small letters, the domain in ASCII.
    pub key: String,
    /// The key without `+tag` and without Gmail's dots. For suggestions only.
    pub loose_key: String,
    /// Other addresses that stood in the same cell.
    pub others: Vec<String>,
}

/// Reads an address. `Err` says in plain words why it is none.
pub fn normalise_email(raw: &str) -> Result<Email, String> {
    let mut first_problem = None;
    let mut found: Vec<Email> = Vec::new();
    for part in raw.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        match read_one(part) {
            Ok(email) => found.push(email),
            Err(problem) => first_problem = first_problem.or(Some(problem)),
        }
    }
    let mut addresses = found.into_iter();
    match addresses.next() {
        Some(mut first) => {
            first.others =
                addresses.map(|other| other.address).filter(|other| *other != first.address).collect();
            Ok(first)
        }
        None => Err(first_problem.unwrap_or_else(|| "The e-mail address is blank.".into())),
    }
}

fn read_one(text: &str) -> Result<Email, String> {
    let refused = || {
        let shown: String = text.chars().take(80).collect();
        format!("“{shown}” is not an e-mail address. Correct it, or send the lead without it.")
    };
    let bare = bare(text);
    // The parser accepts a trailing dot nowhere and a missing top-level domain by default; the options are from tests.
    let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
    let bare = bare.strip_suffix('.').unwrap_or(bare);
    let (local, domain) = bare.rsplit_once('@').ok_or_else(refused)?;
    if local.starts_with('"') {
        return Err(refused());
    }
    let local: String = local.nfc().collect::<String>().to_lowercase();
    let ascii = ascii_domain(domain).ok_or_else(refused)?;
    EmailAddress::parse_with_options(&format!("{local}@{ascii}"), options).map_err(|_| refused())?;
    let (unicode, _) = idna::domain_to_unicode(&ascii);
    // Unverified: whether every CRM takes a domain in Unicode; its own refusal is shown where one does not.
    Ok(Email {
        address: format!("{local}@{unicode}"),
        loose_key: format!("{}@{ascii}", loose_local(&local, &ascii)),
        key: format!("{local}@{ascii}"),
        others: Vec::new(),
    })
}

/// The address out of `mailto:…` and `Ada <ada@example.com>`.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_start_matches("mailto:");
    match (text.rfind('<'), text.rfind('>')) {
        (Some(open), Some(close)) if open < close => text[open + 1..close].trim(),
        _ => text.trim_matches(['\'', '"', ' ']),
    }
}

/// The domain in ASCII, with the checks that IDNA leaves out: no empty label, none too long, and a letter in the last.
fn ascii_domain(domain: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_cow(domain.as_bytes(), AsciiDenyList::STD3).ok()?.into_owned();
    let labels: Vec<&str> = ascii.split('.').collect();
    let good = |label: &&str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    let top = labels.last()?;
    (labels.len() >= 2
        && labels.iter().all(good)
        && top.len() >= 2
        && top.chars().any(|c| c.is_ascii_alphabetic())
        && ascii.len() <= 253)
        .then_some(ascii)
}

fn loose_local(local: &str, domain: &str) -> String {
    let bare = local.split('+').next().filter(|bare| !bare.is_empty()).unwrap_or(local);
    match domain {
        "gmail.com" | "googlemail.com" => bare.replace('.', ""),
        _ => bare.to_owned(),
    }
}

/// Whether the text is one e-mail address.
pub(crate) fn looks_like_email(text: &str) -> bool {
    text.contains('@') && EmailAddress::from_str(text.trim()).is_ok() && read_one(text).is_ok()
}
