//! Values and records, to Salesforce's JSON and back. Pure.

use jiff::Timestamp;
use jiff::fmt::strtime;
use leadferry_connector::{Call, RemoteRecord};
use leadferry_model::{Record, RecordId, Value};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::spec::CHANGED;
use super::types::{Row, text_of, value};
use super::{converted, ids};

/// What a row of a collection says besides fields.
const OWN_WORDS: [&str; 2] = ["Id", "attributes"];

/// The fields to write. Null clears. Names are one without regard to case, so one that stands for the row itself is left out.
pub(super) fn properties(fields: &Record) -> Map<String, Json> {
    let writable = |name: &str| !OWN_WORDS.iter().any(|own| own.eq_ignore_ascii_case(name));
    fields
        .iter()
        .filter(|(name, _)| writable(name))
        .map(|(name, value)| (name.to_owned(), json_of(value)))
        .collect()
}

/// Sets a field whatever the case it is already there in.
pub(super) fn set(properties: &mut Map<String, Json>, name: &str, value: Json) {
    properties.retain(|other, _| !other.eq_ignore_ascii_case(name));
    properties.insert(name.to_owned(), value);
}

/// A row of a collection of this object.
pub(super) fn row(object: &str, mut properties: Map<String, Json>) -> Map<String, Json> {
    properties.insert("attributes".to_owned(), json!({ "type": object }));
    properties
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Blank => Json::Null,
        Value::Text(text) if text.is_empty() => Json::Null,
        Value::Number(number) | Value::Money { amount: number, .. } => exact(*number),
        Value::Bool(yes) => Json::from(*yes),
        Value::DateTime(moment) => Json::from(moment_text(*moment)),
        Value::List(items) => {
            let items: Vec<&str> =
                items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).collect();
            if items.is_empty() { Json::Null } else { Json::from(items.join(";")) }
        }
        Value::Text(_) | Value::Date(_) => Json::from(value.to_string()),
    }
}

/// A JSON number where that loses no digit, else text, which Salesforce reads as well.
pub(super) fn exact(number: Decimal) -> Json {
    let text = number.normalize().to_string();
    if let Ok(whole) = text.parse::<i64>() {
        return Json::from(whole);
    }
    match text.parse::<f64>() {
        Ok(float) if float.to_string() == text => Json::from(float),
        _ => Json::from(text),
    }
}

/// Finer fractions than milliseconds are refused.
fn moment_text(moment: Timestamp) -> String {
    Timestamp::from_millisecond(moment.as_millisecond()).unwrap_or(moment).to_string()
}

/// A record as Salesforce has it, with the fields that were asked for. Null is said as blank, so that *only if empty* rules can see it.
pub(super) fn remote(call: &Call<'_>, object: &str, row: &Row, wanted: &[String]) -> Option<RemoteRecord> {
    let id = ids::whole(&text_of(row, "Id")?);
    let fields =
        wanted.iter().filter_map(|name| Some((name.clone(), value_of(value(row, name)?)?))).collect();
    Some(RemoteRecord {
        became: converted::became(call, row),
        fields,
        changed_at: text_of(row, CHANGED).and_then(|text| moment(&text)),
        deleted: text_of(row, "IsDeleted").as_deref() == Some("true"),
        url: page(call, object, &id),
        id: RecordId::new(id),
    })
}

fn value_of(json: &Json) -> Option<Value> {
    match json {
        Json::Null => Some(Value::Blank),
        Json::String(text) if text.is_empty() => Some(Value::Blank),
        Json::String(text) if is_moment(text) => {
            Some(moment(text).map_or(Value::text(text), Value::DateTime))
        }
        // An address or a location has no single value; its parts are fields of their own.
        other => Value::from_json(other),
    }
}

/// `2026-11-20T08:15:00.000+0000`, and nothing a person would type.
fn is_moment(text: &str) -> bool {
    text.len() == 28 && text.ends_with("+0000") && text.as_bytes()[10] == b'T'
}

/// Moments come without a colon in the offset, which RFC 3339 demands.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let loose = || strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text).and_then(|broken| broken.to_timestamp());
    text.parse().or_else(|_| loose()).ok()
}

/// Where a person can see the record: at the newest address the token answer named.
pub(super) fn page(call: &Call<'_>, object: &str, id: &str) -> Option<String> {
    let told = call.settings.token_fact("instance_url").map(|url| url.trim_end_matches('/').to_owned());
    let host = told.unwrap_or_else(|| format!("https://{}", call.http.host()));
    Some(format!("{host}/lightning/r/{}/{id}/view", ids::object_of(id, object)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_salesforce_reads_them() {
        let cases = [
            (Value::Blank, json!(null)),
            (Value::text(""), json!(null)),
            (Value::text("Ada"), json!("Ada")),
            (Value::Number("10.50".parse().unwrap()), json!(10.5)),
            (Value::Number("0.1234567890123456789".parse().unwrap()), json!("0.1234567890123456789")),
            (Value::Money { amount: "1200.00".parse().unwrap(), currency: Some("EUR".into()) }, json!(1200)),
            (Value::Bool(true), json!(true)),
            (Value::Date("2026-11-20".parse().unwrap()), json!("2026-11-20")),
            (
                Value::DateTime("2026-11-20T10:00:00.123456+01:00".parse().unwrap()),
                json!("2026-11-20T09:00:00.123Z"),
            ),
            (Value::List(vec!["".into(), "a".into(), " b ".into()]), json!("a;b")),
            (Value::List(vec![]), json!(null)),
        ];
        for (value, expected) in cases {
            assert_eq!(json_of(&value), expected, "{value:?}");
        }
    }

    #[test]
    fn values_are_read_back_with_their_types() {
        let moment: Timestamp = "2026-11-20T08:15:00Z".parse().unwrap();
        let cases = [
            (json!(null), Some(Value::Blank)),
            (json!("Ada"), Some(Value::text("Ada"))),
            (json!(true), Some(Value::Bool(true))),
            (json!(12.5), Some(Value::Number("12.5".parse().unwrap()))),
            (json!("2026-11-20T08:15:00.000+0000"), Some(Value::DateTime(moment))),
            (json!("2026-11-20"), Some(Value::text("2026-11-20"))),
            (json!({"city": "London"}), None),
        ];
        for (json, expected) in cases {
            assert_eq!(value_of(&json), expected, "{json}");
        }
        assert_eq!(super::moment("2026-11-20T08:15:00Z"), Some(moment), "with a zone of one letter too");
    }

    #[test]
    fn what_stands_for_the_row_is_no_field() {
        let fields: Record =
            ["ID", "Attributes", "Email"].into_iter().map(|name| (name, Value::text("x"))).collect();
        let mut properties = properties(&fields);
        set(&mut properties, "EMAIL", json!("y"));
        assert_eq!(
            Json::Object(properties),
            json!({"EMAIL": "y"}),
            "one field in two spellings is one field"
        );
    }
}
