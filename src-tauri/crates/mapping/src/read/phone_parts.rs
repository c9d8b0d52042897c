//! Text work around the phone parser: invisible characters, spreadsheet damage, made-up numbers, several in one cell.

/// The text without invisible characters, the apostrophe that keeps a spreadsheet from counting, and the `.0` that a
/// spreadsheet adds to whole numbers.
pub(super) fn cleaned(raw: &str) -> String {
    let visible: String = raw.chars().filter(|c| !invisible(*c)).collect();
    let text = visible.trim().trim_start_matches('\'').trim();
    match text.strip_suffix(".0") {
        Some(whole) if whole.len() >= 7 && whole.chars().all(|c| c.is_ascii_digit()) => whole.to_owned(),
        _ => text.to_owned(),
    }
}

/// Zero-width and direction marks, which chats and spreadsheets leave in copied text.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// `9.87654E+09`: a spreadsheet showed the number in scientific notation and the digits are gone.
pub(crate) fn excel_damage(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.trim_start_matches(['+', '-']);
    !mantissa.is_empty()
        && !exponent.is_empty()
        && mantissa.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
        && exponent.chars().all(|c| c.is_ascii_digit())
}

/// Numbers people type to get past a form.
pub(super) fn is_junk(national: &str) -> bool {
    let mut digits = national.chars();
    let Some(first) = digits.next() else { return true };
    digits.all(|digit| digit == first)
        || ["1234567890", "0123456789", "123456789", "9876543210123"].contains(&national)
}

/// The parts of a cell that may each be a number. Fewer than seven digits is an extension or a remark, not a number.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text
        .split(['/', ',', ';', '|', '&', '\n', '\r'])
        .flat_map(|part| part.split(" or "))
        .map(str::trim)
        .filter(|part| part.chars().filter(|c| c.is_numeric()).count() >= 7)
        .collect();
    if parts.len() == 1 && parts[0] == text { Vec::new() } else { parts }
}
