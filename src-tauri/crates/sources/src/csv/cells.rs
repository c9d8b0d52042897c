//! What the text of a cell means: nothing, a guarded value, or one that a spreadsheet has spoilt.

use std::borrow::Cow;

/// Texts that mean *nothing*, compared without regard to case.
pub(super) const EMPTY_MARKERS: [&str; 16] = [
    "null", "(null)", "nil", "none", "n/a", "#n/a", "na", "-", "--", "–", "—", "#ref!", "#value!", "#name?",
    "#div/0!", "#null!",
];

/// Whether a cell holds nothing.
pub(super) fn is_empty(cell: &str, markers: &[String]) -> bool {
    let cell = cell.trim();
    cell.is_empty() || markers.iter().any(|marker| same_letters(marker, cell))
}

fn same_letters(marker: &str, cell: &str) -> bool {
    marker.chars().flat_map(char::to_lowercase).eq(cell.chars().flat_map(char::to_lowercase))
}

/// A spreadsheet would run a cell that begins like this as a formula.
fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The apostrophe by which a spreadsheet keeps a cell as text: before a formula sign, or before a number whose leading zero
/// or plus it would otherwise eat. Names such as *'t Hooft* have none of these behind it.
fn has_text_apostrophe(text: &str) -> bool {
    let rest = text.trim_start_matches('\'');
    let number = || rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(is_phone_sign);
    rest.len() < text.len() && (starts_formula(rest) || number())
}

fn is_phone_sign(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, ' ' | '(' | ')' | '-' | '.' | '/')
}

/// A value as a spreadsheet may safely open it. [`unguard`] takes it back exactly.
pub(super) fn guard(value: &str) -> Cow<'_, str> {
    if starts_formula(value) || has_text_apostrophe(value) {
        return Cow::Owned(format!("'{value}"));
    }
    Cow::Borrowed(value)
}

/// A cell without its spreadsheet apostrophe.
pub(super) fn unguard(cell: &str) -> &str {
    if has_text_apostrophe(cell) { &cell[1..] } else { cell }
}

/// Whether a spreadsheet has turned a long number into `9.87654E+09`, whose last digits are gone for good.
pub(super) fn is_cut_number(cell: &str) -> bool {
    let Some((digits, power)) = cell.trim().split_once(['E', 'e']) else { return false };
    let decimal = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let Some(power) = power.strip_prefix('+') else { return false };
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(decimal)
        && (1..=3).contains(&power.len())
        && power.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spreadsheet_signs_are_understood() {
        assert_eq!(unguard("'+447700900123"), "+447700900123", "Excel's text sign before a plus");
        assert_eq!(unguard("'07700 900123"), "07700 900123", "Excel's text sign before a leading zero");
        assert_eq!(unguard("'t Hooft"), "'t Hooft", "a name keeps its apostrophe");
        assert_eq!(guard("=1+1"), "'=1+1", "a formula must not run");
        assert_eq!(guard("07700 900123"), "07700 900123", "digits are no formula");
        assert!(is_cut_number("9.87654E+09") && is_cut_number("4,47701E+11"), "both decimal signs");
        assert!(
            !is_cut_number("E+5") && !is_cut_number("1E5") && !is_cut_number("Flat 2E+F"),
            "only what Excel writes"
        );
    }

    #[test]
    fn markers_mean_nothing() {
        let markers: Vec<String> = EMPTY_MARKERS.iter().map(ToString::to_string).collect();
        for cell in ["", "  ", "NULL", "n/a", "#N/A", "-", "—"] {
            assert!(is_empty(cell, &markers), "{cell:?} is nothing");
        }
        assert!(!is_empty("Nan", &markers) && !is_empty("0", &markers), "names and zeros are something");
    }

    proptest! {
        #[test]
        fn guarding_is_undone_exactly(value in "['=+@\t\r0-9a-z -]{0,8}") {
            let guarded = guard(&value);
            prop_assert!(!starts_formula(&guarded), "nothing guarded may run");
            prop_assert_eq!(unguard(&guarded), value.as_str());
        }
    }
}
