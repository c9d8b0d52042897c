//! A lead as the pairs of a web form. Pure.

use leadferry_connector::Upsert;
use leadferry_model::{Field, FieldKind, Value};

/// Which names belong to the form itself: a mapped field must not send leads to another org, or mail about them.
const RESERVED: [&str; 7] = ["oid", "orgId", "retURL", "debug", "debugEmail", "encoding", "submit"];

/// The pairs to send. What is blank is left out: there is nothing it could clear.
pub(super) fn form(org: &str, lead_id: Option<&str>, upsert: &Upsert) -> Vec<(String, String)> {
    let reserved = |name: &str| RESERVED.iter().any(|own| own.eq_ignore_ascii_case(name));
    let mut pairs = vec![("oid".to_owned(), org.to_owned())];
    for (name, value) in upsert.fields.iter() {
        if !reserved(name) && lead_id != Some(name) {
            pairs.extend(texts(value).into_iter().map(|text| (name.to_owned(), text)));
        }
    }
    pairs.extend(lead_id.map(|field| (field.to_owned(), upsert.lead.as_str().to_owned())));
    pairs
}

/// As a browser would: a box that is not ticked is not sent, and several choices are several pairs.
/// Unverified: dates are read in the org's own format; ISO 8601 is what most of them take.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Blank | Value::Bool(false) => Vec::new(),
        Value::Bool(true) => vec!["1".to_owned()],
        Value::Money { amount, .. } => vec![amount.normalize().to_string()],
        Value::List(items) => items.iter().filter(|item| !item.trim().is_empty()).cloned().collect(),
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::DateTime(_) => {
            vec![value.to_string()].into_iter().filter(|text| !text.trim().is_empty()).collect()
        }
    }
}

/// Salesforce's own fields. Leads need a last name and a company.
pub(super) fn fields() -> Vec<Field> {
    let field = |name: &str, label: &str, kind, longest| Field {
        max_length: Some(longest),
        required: matches!(name, "last_name" | "company"),
        ..Field::new(name, label, kind)
    };
    vec![
        field("first_name", "First name", FieldKind::Text, 40),
        field("last_name", "Last name", FieldKind::Text, 80),
        field("email", "E-mail", FieldKind::Email, 80),
        field("phone", "Phone", FieldKind::Phone, 40),
        field("company", "Company", FieldKind::Text, 255),
        field("lead_source", "Lead source", FieldKind::Text, 255),
        field("description", "Description", FieldKind::LongText, 32_000),
    ]
}
