//! A lead as a flat body: hooks and no-code tools show one line a field. Pure.

use leadferry_connector::Upsert;
use leadferry_model::{Field, FieldKind, Value};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

/// The lead's own id in every body, so that the receiver can tell a repeat from a new lead.
pub(super) const LEAD_ID: &str = "lead_id";

/// The fields of one lead, fixed values first so that mapped ones win.
pub(super) fn body(upsert: &Upsert, values: &[(String, String)]) -> Map<String, Json> {
    let mut body: Map<String, Json> =
        values.iter().map(|(name, text)| (name.clone(), Json::from(text.as_str()))).collect();
    for (name, value) in upsert.fields.iter() {
        body.insert(name.to_owned(), json(value));
        if let Value::Money { currency: Some(currency), .. } = value {
            body.insert(format!("{name}_currency"), Json::from(currency.as_str()));
        }
    }
    body.insert(LEAD_ID.to_owned(), Json::from(upsert.lead.as_str()));
    body
}

/// The same as pairs of a web form.
pub(super) fn form(body: &Map<String, Json>) -> Vec<(String, String)> {
    let text = |value: &Json| match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    };
    body.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

fn json(value: &Value) -> Json {
    match value {
        Value::Blank => Json::Null,
        Value::Bool(yes) => Json::from(*yes),
        Value::Number(number) | Value::Money { amount: number, .. } => exact(*number),
        Value::List(items) => Json::from(items.clone()),
        Value::Text(_) | Value::Date(_) | Value::DateTime(_) => Json::from(value.to_string()),
    }
}

/// A JSON number where that loses no digit, else text: money must not change on its way through a float.
fn exact(number: Decimal) -> Json {
    let text = number.normalize().to_string();
    if let Ok(whole) = text.parse::<i64>() {
        return Json::from(whole);
    }
    match text.parse::<f64>() {
        Ok(float) if float.to_string() == text => Json::from(float),
        _ => Json::from(text),
    }
}

/// Fields most receivers know. Any other name is taken too.
pub(super) fn suggestions() -> Vec<Field> {
    let fields = [
        ("name", "Name", FieldKind::Text),
        ("first_name", "First name", FieldKind::Text),
        ("last_name", "Last name", FieldKind::Text),
        ("email", "E-mail", FieldKind::Email),
        ("phone", "Phone", FieldKind::Phone),
        ("company", "Company", FieldKind::Text),
        ("website", "Website", FieldKind::Url),
        ("street", "Street", FieldKind::Text),
        ("city", "City", FieldKind::Text),
        ("postal_code", "Postal code", FieldKind::Text),
        ("country", "Country", FieldKind::Text),
        ("message", "Message", FieldKind::LongText),
        ("source", "Source", FieldKind::Text),
        ("campaign", "Campaign", FieldKind::Text),
        ("value", "Value", FieldKind::Money),
        ("captured_at", "Captured at", FieldKind::DateTime),
    ];
    fields.map(|(name, label, kind)| Field::new(name, label, kind)).into()
}
