//! A destination and a mapping as most tests need them.

use leadferry_mapping::{Mapping, Rule, Source};
use leadferry_model::{Field, FieldKind, FieldOption, ObjectSchema, Record, Value};

/// A destination with one field of every sort.
pub(crate) fn contacts() -> ObjectSchema {
    let options = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(value, label)| FieldOption {
                value: (*value).into(),
                label: (*label).into(),
                hidden: false,
            })
            .collect::<Vec<_>>()
    };
    ObjectSchema {
        object: "contacts".into(),
        label: "Contact".into(),
        fields: vec![
            Field::new("email", "Email", FieldKind::Email),
            Field { max_length: Some(20), ..Field::new("firstname", "First name", FieldKind::Text) },
            Field { required: true, ..Field::new("lastname", "Last name", FieldKind::Text) },
            Field::new("phone", "Phone number", FieldKind::Phone),
            Field::new("website", "Website URL", FieldKind::Url),
            Field { max_length: Some(100), ..Field::new("message", "Message", FieldKind::LongText) },
            Field::new("employees", "Number of employees", FieldKind::Number),
            Field::new("budget", "Budget", FieldKind::Money),
            Field::new("newsletter", "Newsletter", FieldKind::Bool),
            Field::new("birthday", "Birthday", FieldKind::Date),
            Field::new("seen_at", "Last seen", FieldKind::DateTime),
            Field {
                options: options(&[("WEBINAR", "Webinar"), ("EVENT", "Trade fair")]),
                ..Field::new("lead_source", "Lead source", FieldKind::Choice)
            },
            Field {
                options: options(&[("red", "Red"), ("blue", "Blue")]),
                ..Field::new("colours", "Colours", FieldKind::MultiChoice)
            },
            Field { read_only: true, ..Field::new("createdate", "Create date", FieldKind::DateTime) },
        ],
        one_of: vec![vec!["email".into(), "phone".into()]],
        open: false,
    }
}

/// A mapping for [`contacts`] with these rules.
pub(crate) fn mapping(rules: impl IntoIterator<Item = Rule>) -> Mapping {
    Mapping { rules: rules.into_iter().collect(), ..Mapping::empty("contacts") }
}

/// A rule that takes one source field.
pub(crate) fn take(target: &str, source: &str) -> Rule {
    Rule::new(target, Source::field(source))
}

/// A lead of texts.
pub(crate) fn lead(fields: &[(&str, &str)]) -> Record {
    fields.iter().map(|(name, text)| (*name, Value::text(*text))).collect()
}
