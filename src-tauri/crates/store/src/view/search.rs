//! Finding a person by part of a name, an e-mail address or a phone number.

/// Letters the search index can find at least.
const INDEXED: usize = 3;

/// A condition on `leads` with one `?`, and its value.
///
/// Three letters and more are looked up in the search index, anywhere in the text. Fewer match the beginning of the
/// name, the address or the number.
pub(crate) fn lead_condition(text: &str) -> (&'static str, String) {
    if text.chars().count() >= INDEXED {
        // One quoted phrase: whatever a person types is text, never search syntax.
        let phrase = format!("\"{}\"", text.replace('"', "\"\""));
        ("leads.number IN (SELECT rowid FROM lead_search WHERE lead_search MATCH ?)", phrase)
    } else {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        (
            "EXISTS (SELECT 1 FROM (SELECT ? AS wanted) WHERE leads.name LIKE wanted ESCAPE '\\' \
             OR leads.email LIKE wanted ESCAPE '\\' OR leads.phone LIKE wanted ESCAPE '\\')",
            format!("{escaped}%"),
        )
    }
}
