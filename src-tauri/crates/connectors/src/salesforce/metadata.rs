//! A new custom field, as the Tooling API wants it described.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm>

use leadferry_connector::FieldSpec;
use leadferry_model::{Failure, FailureKind, FieldKind};
use serde_json::{Value, json};

/// Longest name of a custom field, without its ending.
const LONGEST_NAME: usize = 40;
/// What marks names of custom fields.
const CUSTOM: &str = "__c";

/// The name to try first, and others for when a field that cannot serve has it.
pub(super) fn names(wanted: &str) -> Vec<String> {
    let stem = wanted.strip_suffix(CUSTOM).unwrap_or(wanted);
    let name = |text: String| format!("{}{CUSTOM}", plain(&text));
    vec![
        name(stem.to_owned()),
        name(format!("Leadferry_{stem}")),
        name(format!("Leadferry_2_{stem}")),
        name(format!("Leadferry_3_{stem}")),
    ]
}

/// Letters, digits and single underscores, beginning with a letter.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter);
        } else if !plain.is_empty() && !plain.ends_with('_') {
            plain.push('_');
        }
    }
    if !plain.starts_with(|first: char| first.is_ascii_alphabetic()) {
        plain.insert_str(0, "Field_");
    }
    plain.truncate(LONGEST_NAME);
    plain.trim_end_matches('_').to_owned()
}

/// The body that creates it.
pub(super) fn custom_field(object: &str, field: &FieldSpec, name: &str) -> Result<Value, Failure> {
    let mut metadata = match field.kind {
        FieldKind::Text if field.unique => json!({ "type": "Text", "length": 64 }),
        FieldKind::Text => json!({ "type": "Text", "length": 255 }),
        FieldKind::LongText => json!({ "type": "LongTextArea", "length": 32_768, "visibleLines": 3 }),
        FieldKind::Email => json!({ "type": "Email" }),
        FieldKind::Phone => json!({ "type": "Phone" }),
        FieldKind::Url => json!({ "type": "Url" }),
        FieldKind::Number => json!({ "type": "Number", "precision": 18, "scale": 2 }),
        FieldKind::Money => json!({ "type": "Currency", "precision": 18, "scale": 2 }),
        FieldKind::Bool => json!({ "type": "Checkbox", "defaultValue": "false" }),
        FieldKind::Date => json!({ "type": "Date" }),
        FieldKind::DateTime => json!({ "type": "DateTime" }),
        FieldKind::Choice | FieldKind::MultiChoice | FieldKind::Owner | FieldKind::Other => {
            return Err(refused(format!(
                "{} has options of its own: create it in Salesforce's setup",
                field.label
            )));
        }
    };
    metadata["label"] = Value::from(field.label.as_str());
    if field.unique {
        if !matches!(field.kind, FieldKind::Text | FieldKind::Email | FieldKind::Number) {
            return Err(refused(format!("Salesforce keeps no field of {}'s kind unique", field.label)));
        }
        metadata["externalId"] = Value::from(true);
        metadata["unique"] = Value::from(true);
        metadata["description"] =
            Value::from("Set by Leadferry, which finds its leads again by it. Do not edit.");
        if field.kind == FieldKind::Text {
            metadata["caseSensitive"] = Value::from(false);
        }
    }
    Ok(json!({ "FullName": format!("{object}.{name}"), "Metadata": metadata }))
}

fn refused(words: String) -> Failure {
    Failure::new(FailureKind::Invalid { fields: Vec::new() }, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_salesforce_takes() {
        let cases = [
            ("Lead_ID__c", "Lead_ID__c"),
            ("captured_message", "captured_message__c"),
            ("two  words!", "two_words__c"),
            ("2nd", "Field_2nd__c"),
            ("a__b", "a_b__c"),
            ("ünï", "n__c"),
        ];
        for (wanted, expected) in cases {
            assert_eq!(names(wanted)[0], expected, "{wanted}");
        }
        let long = names(&"x".repeat(80));
        assert!(long.iter().all(|name| name.len() <= LONGEST_NAME + 3), "{long:?}");
        assert_eq!(names("Lead_ID__c")[1], "Leadferry_Lead_ID__c", "what comes next");
    }
}
