//! Yes and no in the languages people fill forms in.

const YES: [&str; 31] = [
    "yes",
    "y",
    "true",
    "t",
    "1",
    "on",
    "x",
    "✓",
    "✔",
    "☑",
    "checked",
    "agree",
    "agreed",
    "accepted",
    "opted in",
    "opt-in",
    "subscribed",
    "granted",
    "ja",
    "j",
    "wahr",
    "oui",
    "o",
    "vrai",
    "sí",
    "si",
    "verdadero",
    "sim",
    "da",
    "haan",
    "हाँ",
];
const NO: [&str; 25] = [
    "no",
    "n",
    "false",
    "f",
    "0",
    "off",
    "unchecked",
    "declined",
    "opted out",
    "opt-out",
    "unsubscribed",
    "denied",
    "nein",
    "falsch",
    "non",
    "faux",
    "falso",
    "não",
    "nao",
    "nej",
    "nee",
    "niet",
    "nahi",
    "नहीं",
    "☐",
];

/// Reads yes or no; `more_yes` and `more_no` are looked at first.
pub(crate) fn read_bool(text: &str, more_yes: &[String], more_no: &[String]) -> Result<bool, String> {
    let word = text.trim().to_lowercase();
    let among = |list: &[String]| list.iter().any(|entry| entry.trim().to_lowercase() == word);
    if among(more_yes) {
        Ok(true)
    } else if among(more_no) {
        Ok(false)
    } else if YES.contains(&word.as_str()) {
        Ok(true)
    } else if NO.contains(&word.as_str()) {
        Ok(false)
    } else {
        Err(format!("“{}” is neither yes nor no. Add it to the words of this step.", text.trim()))
    }
}
