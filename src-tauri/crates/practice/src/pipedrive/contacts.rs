//! E-mail addresses and phone numbers: lists with a label each and one that is primary.
//! <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>
//!
//! The core keeps plain values joined by `;` where everything else is as usual (label *work*, the first one primary), and the
//! whole list as JSON where it is not.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The label of an entry that names none.
const USUAL_LABEL: &str = "work";

/// One address or number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Contact {
    pub(super) value: String,
    pub(super) primary: bool,
    pub(super) label: String,
}

/// A list as the core keeps it.
pub(super) fn parsed(text: &str) -> Vec<Contact> {
    if let Ok(list) = serde_json::from_str(text) {
        return list;
    }
    let values = text.split(';').map(str::trim).filter(|one| !one.is_empty()).enumerate();
    let contact = |(place, value): (usize, &str)| Contact {
        value: value.to_owned(),
        primary: place == 0,
        label: USUAL_LABEL.to_owned(),
    };
    values.map(contact).collect()
}

/// The values of a list, for searches.
pub(super) fn values(text: &str) -> Vec<String> {
    parsed(text).into_iter().map(|contact| contact.value).collect()
}

/// A list as the core keeps it.
pub(super) fn kept(list: &[Contact]) -> String {
    let usual = |(place, one): (usize, &Contact)| {
        one.label == USUAL_LABEL && one.primary == (place == 0) && !one.value.contains([';', '[', '"'])
    };
    if list.iter().enumerate().all(usual) {
        let values: Vec<&str> = list.iter().map(|one| one.value.as_str()).collect();
        return values.join(";");
    }
    json!(list).to_string()
}

/// A list as a request writes it: all entries are replaced. `at` is its key.
pub(super) fn read(at: &str, value: &Value) -> Result<String, (String, String)> {
    let expected = |key: String, what: &str| Err((key, format!("Expected {what}")));
    let Some(entries) = value.as_array() else { return expected(at.to_owned(), "array") };
    let mut list = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let here = |key: &str| format!("{at}.{place}.{key}");
        // Plain texts were good for v1; v2 takes objects only.
        let Some(entry) = entry.as_object() else { return expected(format!("{at}.{place}"), "object") };
        if let Some(unknown) = entry.keys().find(|key| !["value", "primary", "label"].contains(&key.as_str()))
        {
            return Err((here(unknown), "Unrecognized key".to_owned()));
        }
        let Some(text) = entry.get("value").and_then(Value::as_str) else {
            return expected(here("value"), "string");
        };
        let primary = match entry.get("primary") {
            None => false,
            Some(Value::Bool(primary)) => *primary,
            Some(_) => return expected(here("primary"), "boolean"),
        };
        let label = match entry.get("label") {
            None => USUAL_LABEL,
            Some(Value::String(label)) => label,
            Some(_) => return expected(here("label"), "string"),
        };
        if !text.trim().is_empty() {
            list.push(Contact { value: text.trim().to_owned(), primary, label: label.to_owned() });
        }
    }
    match list.iter().filter(|one| one.primary).count() {
        0 => list.iter_mut().take(1).for_each(|first| first.primary = true),
        1 => {}
        _ => return Err((at.to_owned(), "Only one value can be marked as primary".to_owned())),
    }
    Ok(kept(&list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_lists_are_kept_plain_and_others_whole() {
        let cases = [
            json!([{"value": "a@example.com", "primary": true, "label": "work"}]),
            json!([{"value": "a@example.com", "primary": true, "label": "work"}, {"value": "b@example.com", "primary": false, "label": "work"}]),
            json!([{"value": "a@example.com", "primary": false, "label": "home"}, {"value": "b@example.com", "primary": true, "label": "work"}]),
            json!([{"value": "020 7946 0102; ext 5", "primary": true, "label": "work"}]),
        ];
        let plain = ["a@example.com", "a@example.com;b@example.com", "", ""];
        for (list, plain) in cases.into_iter().zip(plain) {
            let kept = read("emails", &list).unwrap();
            assert_eq!(json!(parsed(&kept)), list, "nothing is lost");
            assert_eq!(!kept.starts_with('['), !plain.is_empty(), "{kept}");
        }
    }
}
