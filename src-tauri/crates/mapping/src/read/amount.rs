//! Numbers and money as people write them: grouping of several cultures, lakh and crore, brackets for minus.
//!
//! A lone `1,234` could be a thousand or one and a bit. Nothing is guessed: the mapping's decimal style decides, and
//! without one the text is refused in words.

use rust_decimal::Decimal;

use super::currency::currency_of;
use super::phone_parts::excel_damage;
use crate::rule::DecimalStyle;

/// Words that multiply, with the multiplier.
const WORDS: [(&str, i64); 26] = [
    ("k", 1_000),
    ("thousand", 1_000),
    ("tsd", 1_000),
    ("tsd.", 1_000),
    ("mil", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mio", 1_000_000),
    ("mio.", 1_000_000),
    ("million", 1_000_000),
    ("millions", 1_000_000),
    ("b", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("mrd", 1_000_000_000),
    ("mrd.", 1_000_000_000),
    ("l", 100_000),
    ("lac", 100_000),
    ("lacs", 100_000),
    ("lakh", 100_000),
    ("lakhs", 100_000),
    ("cr", 10_000_000),
    ("cr.", 10_000_000),
    ("crore", 10_000_000),
    ("crores", 10_000_000),
    ("/-", 1),
];

/// An amount with its currency, where the text or the default says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) amount: Decimal,
    pub(crate) currency: Option<String>,
}

/// Reads a number without a unit; a percent sign is left off.
pub(crate) fn read_number(text: &str, style: Option<DecimalStyle>) -> Result<Decimal, String> {
    let bare = text.trim().trim_end_matches('%');
    let (read, currency) = read(bare, style, None, text)?;
    match currency {
        Some(_) => {
            Err(format!("“{}” has a currency beside the number. Use the step “read as money”.", text.trim()))
        }
        None => Ok(read),
    }
}

/// Reads an amount of money.
pub(crate) fn read_money(
    text: &str,
    style: Option<DecimalStyle>,
    currency: Option<&str>,
) -> Result<Amount, String> {
    let (amount, found) = read(text, style, currency, text)?;
    let currency = match found {
        Some(found) => found,
        None => currency.map(str::to_uppercase),
    };
    Ok(Amount { amount, currency })
}

/// A plain decimal, such as APIs write them: no grouping, no exponent, no signs but a minus.
pub(crate) fn plain_decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && !digits.ends_with('.');
    if plain { text.parse().ok() } else { None }
}

/// The number, and the currency beside it: `None` for none, `Some(None)` for a sign that several share.
type Read = (Decimal, Option<Option<String>>);

fn read(text: &str, style: Option<DecimalStyle>, default: Option<&str>, shown: &str) -> Result<Read, String> {
    let shown = shown.trim();
    let refused = || {
        format!("“{shown}” is not a number. Correct it, or add a step that takes the number out of the text.")
    };
    if excel_damage(text.trim()) {
        return Err(format!(
            "“{shown}” is a number that a spreadsheet shortened. Format the column as a full number in the spreadsheet and import it again."
        ));
    }
    let (text, negative) = sign(text.trim());
    let first = text.find(|c: char| c.is_ascii_digit()).ok_or_else(refused)?;
    let first =
        if text[..first].ends_with(['.', ',']) && !text[..first].trim().chars().any(char::is_alphabetic) {
            first - 1
        } else {
            first
        };
    let last = text.rfind(|c: char| c.is_ascii_digit()).ok_or_else(refused)? + 1;
    let before = text[..first].trim_end();
    // `£-20`: a minus between sign and number.
    let (before, mut negative) = match before.strip_suffix(['-', '−']) {
        Some(before) if !before.is_empty() => (before, !negative),
        _ => (before, negative),
    };
    let mut factor = Decimal::ONE;
    let mut currency = None;
    for beside in before.split_whitespace().chain(words(&text[last..])) {
        let word = beside.to_lowercase();
        if beside == "-" || beside == "−" {
            negative = !negative;
        } else if let Some(found) = currency_of(beside, default)
            && currency.is_none()
        {
            currency = Some(found);
        } else if let Some((_, by)) = WORDS.iter().find(|(known, _)| *known == word)
            && factor == Decimal::ONE
        {
            factor = Decimal::from(*by);
        } else {
            return Err(refused());
        }
    }
    let number = digits(&text[first..last], style, shown)?;
    let number = number.checked_mul(factor).ok_or_else(refused)?;
    Ok((if negative { -number } else { number }, currency))
}

/// Letters and signs after the number, taken apart: `5k€`, `2.5 lakh INR`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|part| {
        let cut = part
            .find(|c: char| !c.is_alphanumeric() && c != '.' && c != '/' && c != '-')
            .unwrap_or(part.len());
        let (left, right) = part.split_at(cut);
        [left, right].into_iter().filter(|piece| !piece.is_empty())
    })
}

/// Brackets and a minus at either end mean less than nothing.
fn sign(text: &str) -> (&str, bool) {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (inner.trim(), true);
    }
    if let Some(rest) = text.strip_prefix(['-', '−']) {
        return (rest.trim(), true);
    }
    if let Some(rest) = text.strip_prefix('+') {
        return (rest.trim(), false);
    }
    match text.strip_suffix(['-', '−']) {
        // `500/-` and `500,-` are habits of writing "no pennies", not a minus.
        Some(rest) if rest.ends_with('/') || rest.ends_with(',') => (rest[..rest.len() - 1].trim(), false),
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    }
}

fn digits(text: &str, style: Option<DecimalStyle>, shown: &str) -> Result<Decimal, String> {
    let refused = || {
        format!("“{shown}” is not a number. Correct it, or add a step that takes the number out of the text.")
    };
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '’' | '_'))
        .collect();
    let decimal_at = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) => Some(comma.max(point)),
        (None, None) => None,
        (Some(at), None) | (None, Some(at)) => lone_separator(&text, at, style, shown)?,
    };
    let (whole, part) = match decimal_at {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text.as_str(), ""),
    };
    if !part.chars().all(|c| c.is_ascii_digit()) || !grouped_well(whole) {
        return Err(refused());
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = if whole.is_empty() { "0" } else { &whole };
    let plain = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    plain.parse().map_err(|_| refused())
}

/// Where the decimal sign is if only one kind of separator occurs, last at `at`.
fn lone_separator(
    text: &str,
    at: usize,
    style: Option<DecimalStyle>,
    shown: &str,
) -> Result<Option<usize>, String> {
    let separator = &text[at..=at];
    if text.matches(separator).count() > 1 {
        return Ok(None);
    }
    let before = &text[..at];
    if text.len() - at - 1 != 3 || before.is_empty() || before.len() > 3 || before.starts_with('0') {
        return Ok(Some(at));
    }
    match (style, separator) {
        (Some(DecimalStyle::Point), ".") | (Some(DecimalStyle::Comma), ",") => Ok(Some(at)),
        (Some(_), _) => Ok(None),
        (None, _) => Err(format!(
            "“{shown}” can be read in two ways. Say in the mapping whether numbers use a decimal point or a decimal comma."
        )),
    }
}

/// Groups of three, or India's groups of two before the last three; one kind of separator only.
fn grouped_well(whole: &str) -> bool {
    let separators: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let Some(separator) = separators.first() else { return true };
    if separators.iter().any(|other| other != separator) || !matches!(separator, ',' | '.') {
        return false;
    }
    let groups: Vec<usize> = whole.split(*separator).map(str::len).collect();
    let (last, others) = groups.split_last().expect("BUG: split gives at least one part");
    let middle = others.get(1..).unwrap_or_default();
    let by_three = middle.iter().all(|len| *len == 3) && (1..=3).contains(&others[0]);
    let by_two = middle.iter().all(|len| *len == 2) && (1..=2).contains(&others[0]);
    *last == 3 && (by_three || by_two)
}
