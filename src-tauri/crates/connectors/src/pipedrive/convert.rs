//! Pipedrive's JSON as records and fields. Pure. The other way is [`body`](super::body)'s.
//!
//! Field names are the field codes of the describe calls. Three are other words than the ones records are written with: `email` and
//! `phone` stand for the primary entry of `emails` and `phones`, and `lead_id` for the key of the Lead ID field, once it is known.

use leadferry_connector::{FieldSpec, ObjectSpec, RemoteRecord, Settings};
use leadferry_model::{Failure, FailureKind, Field, FieldKind, FieldOption, RecordId, Value};
use serde_json::{Value as Json, json};

use super::api::Wanted;
use super::body;
use super::spec::LEAD_ID_WORD;
use super::types::{Contact, FieldInfo, Object};

/// The company's subdomain, remembered from the check: record pages are below it.
pub(super) const DOMAIN: &str = "pipedrive_domain";
/// The user's currency, remembered from the check: for amounts that name none.
pub(super) const CURRENCY: &str = "pipedrive_currency";

/// Fields of persons that come only when they are asked for, and only with the Campaigns add-on.
const CAMPAIGNS: [&str; 2] = ["marketing_status", "doi_status"];

/// <https://developers.pipedrive.com/docs/api/v1/Persons#addPerson>
const MARKETING: [(&str, &str); 4] = [
    ("no_consent", "No consent"),
    ("unsubscribed", "Unsubscribed"),
    ("subscribed", "Subscribed"),
    ("archived", "Archived"),
];

/// Longest one-line custom text. <https://developers.pipedrive.com/docs/api/v1/PersonFields#addPersonField>
const LONGEST_LINE: u32 = 255;

/// The key of the Lead ID field of `object`, once it has been made.
pub(super) fn lead_id_key<'a>(settings: &'a Settings, object: &'a ObjectSpec) -> Option<&'a str> {
    settings.lead_id_field(object).filter(|name| is_key(name))
}

/// Whether `name` is the key of a custom field: a hash of 40 hexadecimal digits.
pub(super) fn is_key(name: &str) -> bool {
    name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The code behind a field's name.
pub(super) fn code<'a>(name: &'a str, settings: &'a Settings, object: &'a ObjectSpec) -> &'a str {
    match name {
        LEAD_ID_WORD => lead_id_key(settings, object).unwrap_or(name),
        _ => name,
    }
}

/// The field a refusal means by this key.
pub(super) fn field_of_key(key: &str) -> String {
    let key = key.trim_matches(['"', '\'', '`']);
    let mut parts = key.split(['.', '[', ']']).filter(|part| !part.is_empty());
    match parts.next().unwrap_or_default() {
        "custom_fields" => parts.next().unwrap_or("custom_fields").to_owned(),
        first => name_of_code(first).to_owned(),
    }
}

/// One name for what one answer calls `emails` and another `email`.
fn name_of_code(code: &str) -> &str {
    match code {
        "emails" => "email",
        "phones" => "phone",
        "label" => "label_ids",
        other => other,
    }
}

/// What to ask for, so that records come with these fields.
pub(super) fn wanted<'a>(fields: &'a [String], settings: &'a Settings, object: &'a ObjectSpec) -> Wanted<'a> {
    let mut wanted = Wanted::default();
    for code in fields.iter().map(|name| code(name, settings, object)) {
        if is_key(code) && !wanted.custom.contains(&code) {
            wanted.custom.push(code);
        }
        if object.name == "persons" && CAMPAIGNS.contains(&code) && !wanted.optional.contains(&code) {
            wanted.optional.push(code);
        }
    }
    wanted
}

/// A record as Pipedrive has it, with the fields that were asked for. Null is said as blank, so that *only if empty* rules can see it.
pub(super) fn remote(
    record: Object,
    object: &ObjectSpec,
    fields: &[String],
    settings: &Settings,
) -> RemoteRecord {
    let value = |name: &String| Some((name.clone(), value(&record, code(name, settings, object))?));
    RemoteRecord {
        became: Vec::new(),
        fields: fields.iter().filter_map(value).collect(),
        changed_at: record.update_time,
        deleted: record.gone(),
        url: page(object.name, &record.id, settings),
        id: RecordId::new(record.id),
    }
}

fn value(record: &Object, code: &str) -> Option<Value> {
    Some(match name_of_code(code) {
        "id" => Value::text(&record.id),
        "update_time" => Value::DateTime(record.update_time?),
        "status" => record.status.clone().map_or(Value::Blank, Value::Text),
        "email" => primary(&record.contacts("emails")),
        "phone" => primary(&record.contacts("phones")),
        // Only deals have one: the amount's unit is a field of its own.
        "value" => {
            let currency = record.rest.get("currency").and_then(Json::as_str).map(str::to_owned);
            match plain(record.rest.get("value")?) {
                Value::Number(amount) => Value::Money { amount, currency },
                other => other,
            }
        }
        key if is_key(key) => record.custom_fields.get(key).map_or(Value::Blank, plain),
        name => plain(record.rest.get(name)?),
    })
}

/// The entry Pipedrive shows first.
fn primary(entries: &[Contact]) -> Value {
    let entry = entries.iter().find(|entry| entry.primary).or(entries.first());
    entry.map_or(Value::Blank, |entry| Value::text(entry.value.trim()))
}

/// A value by its shape: an amount with its currency, an address or anything else with one `value`, an option with its `id`.
pub(super) fn plain(json: &Json) -> Value {
    match json {
        Json::Object(parts) => {
            let currency = parts.get("currency").and_then(Json::as_str);
            match (parts.get("value").or(parts.get("amount")).or(parts.get("id")).map(plain), currency) {
                (Some(Value::Number(amount)), Some(code)) => {
                    Value::Money { amount, currency: Some(code.to_owned()) }
                }
                (Some(value), _) => value,
                (None, _) => Value::Blank,
            }
        }
        Json::Array(items) => {
            let items = items.iter().map(|item| plain(item).to_string()).filter(|text| !text.is_empty());
            Value::List(items.collect())
        }
        Json::String(text) if text.is_empty() => Value::Blank,
        scalar => Value::from_json(scalar).unwrap_or(Value::Blank),
    }
}

/// Where a person can see the record.
pub(super) fn page(object: &str, id: &str, settings: &Settings) -> Option<String> {
    let place = match object {
        "organizations" => "organization",
        "deals" => "deal",
        _ => "person",
    };
    let host = match settings.get(DOMAIN) {
        Some(domain) => format!("https://{domain}.pipedrive.com"),
        None => settings.token_fact("api_domain").filter(|url| url.starts_with("https://"))?.to_owned(),
    };
    Some(format!("{}/{place}/{id}", host.trim_end_matches('/')))
}

/// A field as Pipedrive describes it. There is no flag for read-only: what the write calls do not know cannot be written.
pub(super) fn field(info: FieldInfo, object: &str) -> Field {
    let custom = info.is_custom_field;
    let name = name_of_code(&info.field_code).to_owned();
    let kind = field_kind(&info, &name);
    let known = if custom { is_key(&name) } else { body::form(object, &name).is_some() };
    let options = match name.as_str() {
        "marketing_status" => MARKETING.iter().map(|(value, label)| option(value, label)).collect(),
        _ => {
            let offered = info.options.into_iter().filter(|option| option.id != "deleted");
            offered.map(|found| option(&found.id, found.label.as_deref().unwrap_or(&found.id))).collect()
        }
    };
    Field {
        required: matches!((object, name.as_str()), ("deals", "title") | (_, "name")),
        read_only: kind == FieldKind::Other || !known,
        custom,
        options,
        max_length: (custom && matches!(info.field_type.as_str(), "varchar" | "varchar_auto"))
            .then_some(LONGEST_LINE),
        help: info.description.filter(|text| !text.trim().is_empty()),
        ..Field::new(&name, info.field_name.unwrap_or_else(|| name.clone()), kind)
    }
}

pub(super) fn option(value: &str, label: &str) -> FieldOption {
    FieldOption { value: value.to_owned(), label: label.to_owned(), hidden: false }
}

fn field_kind(info: &FieldInfo, name: &str) -> FieldKind {
    match (name, info.field_type.as_str()) {
        ("email", _) => FieldKind::Email,
        ("phone", _) => FieldKind::Phone,
        ("website" | "linkedin", _) => FieldKind::Url,
        ("label_ids", _) => FieldKind::MultiChoice,
        ("marketing_status" | "stage_id" | "pipeline_id", _) => FieldKind::Choice,
        (_, "varchar" | "varchar_auto" | "address") => FieldKind::Text,
        (_, "text") => FieldKind::LongText,
        (_, "phone") => FieldKind::Phone,
        (_, "int" | "double") => FieldKind::Number,
        (_, "monetary") => FieldKind::Money,
        (_, "boolean") => FieldKind::Bool,
        (_, "date") => FieldKind::Date,
        (_, "enum" | "status" | "visible_to" | "varchar_options") if !info.options.is_empty() => {
            FieldKind::Choice
        }
        (_, "visible_to") => FieldKind::Number,
        (_, "set") => FieldKind::MultiChoice,
        (_, "user") => FieldKind::Owner,
        // References to other records among them: a lead brings a company's name, never its number at Pipedrive.
        _ => FieldKind::Other,
    }
}

/// The body that creates a field.
pub(super) fn new_field(field: &FieldSpec) -> Result<Json, Failure> {
    let field_type = match field.kind {
        FieldKind::Text | FieldKind::Email | FieldKind::Url => "varchar",
        FieldKind::LongText => "text",
        FieldKind::Phone => "phone",
        FieldKind::Number => "double",
        FieldKind::Money => "monetary",
        FieldKind::Date => "date",
        FieldKind::Owner => "user",
        FieldKind::Bool
        | FieldKind::DateTime
        | FieldKind::Choice
        | FieldKind::MultiChoice
        | FieldKind::Other => {
            let words = format!(
                "Pipedrive has no custom field of the kind of {} that Leadferry could create: create it in Pipedrive's settings",
                field.label
            );
            return Err(Failure::new(FailureKind::Invalid { fields: Vec::new() }, words));
        }
    };
    Ok(json!({ "field_name": field.label, "field_type": field_type }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipedrive::spec::SPEC;

    const HASH: &str = "9f1c0d3e5a7b2468ace013579bdf02468ace1357";

    #[test]
    fn values_are_read_by_their_shape() {
        let cases = [
            (json!(null), Value::Blank),
            (json!(""), Value::Blank),
            (json!("Ada"), Value::text("Ada")),
            (json!("31"), Value::text("31")),
            (json!(31), Value::Number(31.into())),
            (json!([31, 32]), Value::List(vec!["31".into(), "32".into()])),
            (json!([{"id": 31, "label": "Web"}]), Value::List(vec!["31".into()])),
            (json!({"id": 31, "label": "Web"}), Value::Number(31.into())),
            (
                json!({"value": 10.5, "currency": "EUR"}),
                Value::Money { amount: "10.5".parse().unwrap(), currency: Some("EUR".into()) },
            ),
            (json!({"value": "1 Main Street", "locality": "Springfield"}), Value::text("1 Main Street")),
            (json!({"value": null}), Value::Blank),
            (json!({}), Value::Blank),
        ];
        for (json, expected) in cases {
            assert_eq!(plain(&json), expected, "{json}");
        }
    }

    #[test]
    fn a_record_answers_to_the_names_of_its_fields() {
        let record: Object = serde_json::from_value(json!({
            "id": 5, "name": "Ada Moss", "org_id": null, "update_time": "2026-11-20T09:00:00Z", "is_deleted": false,
            "emails": [{"value": "old@example.com", "primary": false, "label": "home"},
                       {"value": "ada@example.com", "primary": true, "label": "work"}],
            "phones": [], "custom_fields": {HASH: "L-1"},
        }))
        .unwrap();
        let mut settings = Settings::default();
        settings.plain.insert(Settings::lead_id_key("persons"), HASH.into());
        settings.plain.insert(DOMAIN.into(), "acme".into());
        let names = ["lead_id", HASH, "email", "phone", "org_id", "name", "nothing"].map(str::to_owned);
        let remote = remote(record, &SPEC.objects[0], &names, &settings);
        let expected = [
            ("lead_id", Some(Value::text("L-1"))),
            (HASH, Some(Value::text("L-1"))),
            ("email", Some(Value::text("ada@example.com"))),
            ("phone", Some(Value::Blank)),
            ("org_id", Some(Value::Blank)),
            ("name", Some(Value::text("Ada Moss"))),
            ("nothing", None),
        ];
        for (name, value) in expected {
            assert_eq!(remote.fields.get(name), value.as_ref(), "{name}");
        }
        assert_eq!(
            remote.url.as_deref(),
            Some("https://acme.pipedrive.com/person/5"),
            "where a person sees it"
        );
    }

    #[test]
    fn an_amount_is_read_with_its_currency() {
        let deal = json!({"id": 1, "value": 25000, "currency": "USD", "custom_fields": null});
        let deal: Object = serde_json::from_value(deal).unwrap();
        let money = Value::Money { amount: 25000.into(), currency: Some("USD".into()) };
        assert_eq!(value(&deal, "value"), Some(money), "one value of two fields");
        assert_eq!(value(&deal, HASH), Some(Value::Blank), "no custom field has a value");
    }

    #[test]
    fn kinds_are_told_apart() {
        let custom = |field_type: &str| {
            json!({"field_code": HASH, "field_name": "X", "field_type": field_type,
            "is_custom_field": true, "options": [{"id": 31, "label": "Web"}]})
        };
        let own = |code: &str, field_type: &str| {
            json!({"field_code": code, "field_name": "X", "field_type": field_type,
            "options": null, "is_custom_field": false})
        };
        let cases = [
            (own("name", "varchar"), FieldKind::Text, false),
            (own("emails", "varchar"), FieldKind::Email, false),
            (own("phone", "phone"), FieldKind::Phone, false),
            (own("first_name", "varchar"), FieldKind::Text, true),
            (own("add_time", "date"), FieldKind::Date, true),
            (own("owner_id", "user"), FieldKind::Owner, false),
            (own("org_id", "org"), FieldKind::Other, true),
            (own("label", "set"), FieldKind::MultiChoice, false),
            (own("marketing_status", "enum"), FieldKind::Choice, false),
            (own("doi_status", "enum"), FieldKind::Other, true),
            (own("activities_count", "int"), FieldKind::Number, true),
            (own("picture_id", "picture"), FieldKind::Other, true),
            (custom("varchar"), FieldKind::Text, false),
            (custom("text"), FieldKind::LongText, false),
            (custom("double"), FieldKind::Number, false),
            (custom("monetary"), FieldKind::Money, false),
            (custom("date"), FieldKind::Date, false),
            (custom("enum"), FieldKind::Choice, false),
            (custom("set"), FieldKind::MultiChoice, false),
            (custom("user"), FieldKind::Owner, false),
            (custom("address"), FieldKind::Text, false),
            (custom("daterange"), FieldKind::Other, true),
            (custom("timerange"), FieldKind::Other, true),
            (custom("something_new"), FieldKind::Other, true),
        ];
        for (info, kind, read_only) in cases {
            let shown = info.to_string();
            let field = field(serde_json::from_value(info).unwrap(), "persons");
            assert_eq!((field.kind, field.read_only), (kind, read_only), "{shown}");
        }
    }
}
