//! Zoho CRM's JSON to records, and back. Pure.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use leadferry_connector::lenient::one;
use leadferry_connector::{ObjectSpec, RemoteRecord, Settings};
use leadferry_model::{Record, RecordId, Value};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::types::Record as Row;

/// The beginning of addresses of record pages, remembered from the check.
pub(super) const PAGES: &str = "zoho_pages";

/// The body of one record. `null` clears a field.
pub(super) fn body(module: &str, fields: &Record) -> Map<String, Json> {
    fields.iter().map(|(name, value)| (name.to_owned(), json_value(module, name, value))).collect()
}

fn json_value(module: &str, name: &str, value: &Value) -> Json {
    match value {
        value if value.is_blank() => Json::Null,
        value if is_reference(module, name) => reference(&value.to_string()),
        Value::Blank => Json::Null,
        Value::Text(text) => Json::from(text.as_str()),
        Value::Number(number) | Value::Money { amount: number, .. } => number_json(*number),
        Value::Bool(yes) => Json::from(*yes),
        Value::Date(day) => Json::from(day.to_string()),
        Value::DateTime(moment) => Json::from(moment_text(*moment)),
        Value::List(items) => {
            let items = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
            Json::from(items.collect::<Vec<_>>())
        }
    }
}

/// Another record, as a field holds it.
pub(super) fn reference(id: &str) -> Json {
    json!({ "id": id })
}

/// The standard fields that hold another record. Names of custom ones are not known when a record is written, so those are not
/// offered for writing.
pub(super) fn is_reference(module: &str, name: &str) -> bool {
    match name {
        "Owner" | "Layout" => true,
        "Account_Name" => module != "Accounts",
        "Parent_Account" => module == "Accounts",
        "Reporting_To" | "Vendor_Name" => module == "Contacts",
        "Contact_Name" | "Campaign_Source" => module == "Deals",
        _ => false,
    }
}

/// Digits as they are; Zoho refuses numbers in quotes.
pub(super) fn number_json(number: Decimal) -> Json {
    let text = number.normalize().to_string();
    serde_json::from_str(&text).unwrap_or(Json::from(text))
}

/// A moment as Zoho takes it: an offset with colon, neither `Z` nor fractions.
pub(super) fn moment_text(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// A moment as Zoho writes it, in the offset of the organisation or person.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok()
}

/// A record's id.
pub(super) fn id(row: &Row) -> Option<String> {
    row.get("id").and_then(one).filter(|id| !id.is_empty())
}

/// A record as Zoho has it, with the fields that were asked for: the name asked for, and the one it has there.
pub(super) fn remote(
    row: &Row,
    object: &ObjectSpec,
    wanted: &[(&str, &str)],
    settings: &Settings,
) -> Option<RemoteRecord> {
    let id = id(row)?;
    let fields =
        wanted.iter().filter_map(|(asked, there)| Some(((*asked).to_owned(), value(row.get(*there)?))));
    Some(RemoteRecord {
        became: Vec::new(),
        fields: fields.collect(),
        changed_at: object.changed_field.and_then(|field| moment(row.get(field)?.as_str()?)),
        deleted: false,
        url: page(object.name, &id, settings),
        id: RecordId::new(id),
    })
}

/// Null is said as blank, so that *only if empty* rules can see it. Another record is its id; a tag is its name.
fn value(json: &Json) -> Value {
    let inside = |json: &Json| {
        let named = json.get("id").or_else(|| json.get("name"));
        named.and_then(one).or_else(|| one(json))
    };
    match json {
        Json::Object(_) => inside(json).map_or(Value::Blank, Value::Text),
        Json::Array(items) if items.iter().any(Json::is_object) => {
            let name = |item: &Json| item.get("name").and_then(one).or_else(|| inside(item));
            Value::List(items.iter().filter_map(name).collect())
        }
        Json::String(text) if text.is_empty() => Value::Blank,
        scalar => Value::from_json(scalar).unwrap_or(Value::Blank),
    }
}

/// Where a person can see the record.
pub(super) fn page(module: &str, id: &str, settings: &Settings) -> Option<String> {
    Some(format!("{}/tab/{module}/{id}", settings.get(PAGES)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_zoho_reads_them() {
        let cases = [
            ("City", Value::Blank, json!(null)),
            ("City", Value::text("Ulm"), json!("Ulm")),
            ("No_of_Employees", Value::Number("12.0".parse().unwrap()), json!(12)),
            (
                "Annual_Revenue",
                Value::Money { amount: "1200.50".parse().unwrap(), currency: Some("EUR".into()) },
                json!(1200.5),
            ),
            ("Email_Opt_Out", Value::Bool(true), json!(true)),
            ("Date_1", Value::Date("2026-11-20".parse().unwrap()), json!("2026-11-20")),
            (
                "Time_1",
                Value::DateTime("2026-11-20T10:00:00.123456+01:00".parse().unwrap()),
                json!("2026-11-20T09:00:00+00:00"),
            ),
            ("Interests", Value::List(vec!["".into(), "a".into(), " b ".into()]), json!(["a", "b"])),
            ("Owner", Value::text("554023000000235011"), json!({"id": "554023000000235011"})),
            ("Owner", Value::Blank, json!(null)),
        ];
        for (name, value, expected) in cases {
            assert_eq!(json_value("Leads", name, &value), expected, "{name} {value:?}");
        }
        assert_eq!(
            json_value("Accounts", "Account_Name", &Value::text("Acme")),
            json!("Acme"),
            "its own name"
        );
        assert_eq!(
            json_value("Deals", "Account_Name", &Value::text("7")),
            json!({"id": "7"}),
            "another record"
        );
    }

    #[test]
    fn values_are_read_as_people_compare_them() {
        let cases = [
            (json!(null), Value::Blank),
            (json!(""), Value::Blank),
            (json!("x"), Value::text("x")),
            (json!(12), Value::Number("12".parse().unwrap())),
            (json!(false), Value::Bool(false)),
            (json!({"name": "Ada Moss", "id": "554023000000235011"}), Value::text("554023000000235011")),
            (json!(["a", "b"]), Value::List(vec!["a".into(), "b".into()])),
            (json!([{"name": "hot", "id": "5", "color_code": null}]), Value::List(vec!["hot".into()])),
            (json!([]), Value::List(vec![])),
            (json!({}), Value::Blank),
        ];
        for (json, expected) in cases {
            assert_eq!(value(&json), expected, "{json}");
        }
    }
}
