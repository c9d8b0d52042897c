//! Pieces of SOQL. <https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select.htm>
//!
//! A query travels in the address, and address and headers together may have 16,384 bytes: long lists of fields or values go in parts.
//! <https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm>

use leadferry_model::Timestamp;

/// Longest list of fields, encoded.
const LONGEST_FIELDS: usize = 6_000;
/// Longest list of values, encoded. Both together leave room for an access token of 4,000 bytes.
const LONGEST_VALUES: usize = 5_500;

/// A text as a query holds it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '\'' => quoted.push_str("\\'"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}

/// A moment as a query holds it: bare, in UTC. Salesforce keeps whole seconds.
pub(super) fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// `column IN ('a', 'b')`.
pub(super) fn one_of(column: &str, values: &[&str]) -> String {
    let list: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("{column} IN ({})", list.join(","))
}

/// The fields in parts that fit into one address each, every part led by `always`. At least one part.
pub(super) fn field_parts<'a>(always: &[&'a str], fields: &[&'a str]) -> Vec<Vec<&'a str>> {
    let named = |list: &[&str], name: &str| list.iter().any(|other| other.eq_ignore_ascii_case(name));
    let mut parts: Vec<Vec<&str>> = vec![always.to_vec()];
    let mut length = 0;
    let mut seen: Vec<&str> = always.to_vec();
    for field in fields {
        // Anything else would end the list of fields, whoever named it.
        let is_name = !field.is_empty()
            && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
        if !is_name || named(&seen, field) {
            continue;
        }
        seen.push(field);
        length += encoded(field) + SEPARATOR;
        if length > LONGEST_FIELDS {
            parts.push(always.to_vec());
            length = encoded(field) + SEPARATOR;
        }
        if let Some(part) = parts.last_mut() {
            part.push(field);
        }
    }
    parts
}

/// The values in parts that fit into one address each.
pub(super) fn value_parts<'a, 'v>(values: &'v [&'a str]) -> Vec<&'v [&'a str]> {
    let mut parts = Vec::new();
    let (mut from, mut length) = (0, 0);
    for (at, value) in values.iter().enumerate() {
        let own = encoded(&quoted(value)) + SEPARATOR;
        if at > from && length + own > LONGEST_VALUES {
            parts.push(&values[from..at]);
            (from, length) = (at, 0);
        }
        length += own;
    }
    if from < values.len() {
        parts.push(&values[from..]);
    }
    parts
}

/// A comma, encoded.
const SEPARATOR: usize = 3;

fn encoded(text: &str) -> usize {
    url::form_urlencoded::byte_serialize(text.as_bytes()).map(str::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lead_typed_stays_a_text() {
        let cases = [
            ("Ada", "'Ada'"),
            ("O'Neill", r"'O\'Neill'"),
            (r"x\' OR Name != '", r"'x\\\' OR Name != \''"),
            ("two\nlines", r"'two\nlines'"),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn long_lists_go_in_parts() {
        let names: Vec<String> = (0..500).map(|number| format!("A_Long_Custom_Field_{number}__c")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let parts = field_parts(&["Id"], &names);
        assert!(
            parts.len() > 1 && parts.iter().all(|part| part[0] == "Id"),
            "each part can be told by its id"
        );
        assert_eq!(parts.iter().map(|part| part.len() - 1).sum::<usize>(), names.len(), "and none is lost");
        let longest = parts.iter().map(|part| encoded(&part.join(","))).max();
        assert!(longest < Some(7_000), "each fits: {longest:?}");
        let values = value_parts(&names);
        assert_eq!(values.iter().map(|part| part.len()).sum::<usize>(), names.len(), "no value is lost");
        assert!(values.len() > 1, "and they go in parts too");
    }

    #[test]
    fn only_names_are_selected_and_each_once() {
        let parts = field_parts(&["Id"], &["email", "Email", "id", "Name FROM User", "", "Owner.Name"]);
        assert_eq!(parts, [["Id", "email", "Owner.Name"]], "Salesforce refuses a field that is named twice");
    }
}
