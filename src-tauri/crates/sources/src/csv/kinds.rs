//! What a column holds, guessed from its values and its name.

use leadferry_model::FieldKind;

/// Nine values in ten must fit: real files have slips.
const SHARE: (usize, usize) = (9, 10);

/// The kind of the column called `name`, which holds `values`.
pub(super) fn guess(name: &str, values: &[&str]) -> FieldKind {
    if values.is_empty() {
        return FieldKind::Text;
    }
    let most = |fits: fn(&str) -> bool| {
        let fitting = values.iter().filter(|value| fits(value.trim())).count();
        fitting * SHARE.1 >= values.len() * SHARE.0
    };
    let name = name.to_lowercase();
    let called = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let phone_name = called(&["phone", "mobile", "tel", "whatsapp", "cell", "handy"]);

    if most(is_email) {
        FieldKind::Email
    } else if most(is_url) {
        FieldKind::Url
    } else if most(is_date) {
        FieldKind::Date
    } else if most(is_moment) {
        FieldKind::DateTime
    } else if most(is_phone) && (phone_name || most(is_surely_phone)) {
        FieldKind::Phone
    } else if most(is_yes_or_no) && !most(is_number) {
        FieldKind::Bool
    } else if most(is_money) && !most(is_number) {
        FieldKind::Money
    } else if most(is_number) {
        FieldKind::Number
    } else if values.iter().any(|value| value.contains('\n') || value.chars().count() > 200) {
        FieldKind::LongText
    } else {
        FieldKind::Text
    }
}

fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.contains('@') && !value.contains(char::is_whitespace)
    })
}

fn is_url(value: &str) -> bool {
    let known = ["http://", "https://", "www."].iter().any(|start| value.starts_with(start));
    known && !value.contains(char::is_whitespace)
}

fn digits(value: &str) -> usize {
    value.chars().filter(char::is_ascii_digit).count()
}

fn is_phone(value: &str) -> bool {
    let value = value.trim_start_matches('\'');
    let signs =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '.' | '/' | '\u{a0}');
    (7..=15).contains(&digits(value)) && value.chars().all(signs)
}

/// A plus or a leading zero, which no plain number has.
fn is_surely_phone(value: &str) -> bool {
    let value = value.trim_start_matches('\'');
    value.starts_with('+') || value.starts_with('(') || (value.starts_with('0') && !value.contains('.'))
}

/// Digits with grouping or decimal signs, no two signs side by side.
fn is_number(value: &str) -> bool {
    let value = value.strip_prefix(['-', '+']).unwrap_or(value);
    let edges =
        value.starts_with(|c: char| c.is_ascii_digit()) && value.ends_with(|c: char| c.is_ascii_digit());
    let sign = |c: char| matches!(c, '.' | ',' | '\'' | ' ' | '\u{a0}' | '\u{202f}');
    let groups =
        || value.split(sign).all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    edges && groups()
}

fn is_money(value: &str) -> bool {
    let currency = |c: char| "$€£¥₹".contains(c);
    let bare = value.trim_matches(|c: char| currency(c) || c.is_ascii_uppercase() || c.is_whitespace());
    let unit = value.len() - bare.len();
    (value.contains(currency) || (3..=4).contains(&unit)) && is_number(bare)
}

fn is_yes_or_no(value: &str) -> bool {
    ["yes", "no", "true", "false", "y", "n", "ja", "nein", "oui", "non", "si", "sí", "x"]
        .contains(&value.to_lowercase().as_str())
}

fn is_date(value: &str) -> bool {
    let sign = |c: char| matches!(c, '-' | '/' | '.');
    let parts: Vec<&str> = value.split(sign).collect();
    let [first, second, third] = parts.as_slice() else { return false };
    let number =
        |part: &str, sizes: &[usize]| sizes.contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    let year_first = number(first, &[4]) && number(second, &[1, 2]) && number(third, &[1, 2]);
    let year_last = number(first, &[1, 2]) && number(second, &[1, 2]) && number(third, &[2, 4]);
    year_first || year_last
}

fn is_moment(value: &str) -> bool {
    let Some((day, time)) = value.split_once(['T', ' ']) else { return false };
    is_date(day) && time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_recognised() {
        let check = |name: &str, values: &[&str], expected: FieldKind| {
            assert_eq!(guess(name, values), expected, "{name}: {values:?}");
        };
        check("contact", &["ada@example.com", "bob@example.org"], FieldKind::Email);
        check("x", &["+44 7700 900123", "07700 900124"], FieldKind::Phone);
        check("phone", &["2025550123", "2025550124"], FieldKind::Phone);
        check("order", &["2025550123", "2025550124"], FieldKind::Number);
        check("amount", &["1.234,50", "12"], FieldKind::Number);
        check("quote", &["€ 1.200", "£15.50", "300 EUR"], FieldKind::Money);
        check("born", &["1990-01-31", "31.1.1990"], FieldKind::Date);
        check("seen", &["2025-11-20 10:00", "2025-11-20T10:00:00Z"], FieldKind::DateTime);
        check("optin", &["yes", "No"], FieldKind::Bool);
        check("site", &["https://example.com", "www.example.org"], FieldKind::Url);
        check("note", &["one\ntwo"], FieldKind::LongText);
        check("name", &["Ada", "Bob"], FieldKind::Text);
        check("empty", &[], FieldKind::Text);
    }
}
