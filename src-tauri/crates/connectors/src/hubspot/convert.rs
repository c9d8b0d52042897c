//! HubSpot's JSON to records and fields, and back. Pure.

use jiff::Timestamp;
use leadferry_connector::{FieldSpec, RemoteRecord, Settings};
use leadferry_model::{Failure, FailureKind, Field, FieldKind, FieldOption, Record, RecordId, Value};
use serde_json::{Map, Value as Json, json};

use super::types::{Object, Property, Validation};

/// The host of record pages, remembered from the check.
pub(super) const UI_DOMAIN: &str = "hubspot_ui_domain";
/// The account's id, remembered from the check.
pub(super) const PORTAL: &str = "hubspot_portal_id";

/// HubSpot's number for an object, in property rules and in addresses of record pages.
pub(super) fn type_id(object: &str) -> &str {
    match object {
        "contacts" => "0-1",
        "companies" => "0-2",
        "deals" => "0-3",
        other => other,
    }
}

/// Values are always texts; an empty one clears.
/// <https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide>
pub(super) fn properties(fields: &Record) -> Map<String, Json> {
    fields.iter().map(|(name, value)| (name.to_owned(), Json::from(text(value)))).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Money { amount, .. } => amount.normalize().to_string(),
        Value::DateTime(moment) => moment_text(*moment),
        // A leading `;` would add to the chosen options instead of replacing them.
        Value::List(items) => {
            items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(";")
        }
        Value::Blank | Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Date(_) => {
            value.to_string()
        }
    }
}

/// HubSpot keeps milliseconds and refuses finer fractions.
pub(super) fn moment_text(moment: Timestamp) -> String {
    Timestamp::from_millisecond(moment.as_millisecond()).unwrap_or(moment).to_string()
}

/// A record as HubSpot has it, with the properties that were asked for. Null is said as blank, so that *only if empty* rules can
/// see it; types are the mapping's to read, since HubSpot says everything as text.
pub(super) fn remote(
    object: Object,
    kind: &str,
    changed_field: Option<&str>,
    wanted: &[String],
    settings: &Settings,
) -> RemoteRecord {
    let fields = wanted
        .iter()
        .filter(|name| object.properties.contains_key(*name))
        .map(|name| {
            let value = object.text(name).filter(|text| !text.is_empty()).map_or(Value::Blank, Value::Text);
            (name.clone(), value)
        })
        .collect();
    let deleted = object.archived.unwrap_or(false) || object.archived_at.is_some();
    RemoteRecord {
        fields,
        changed_at: changed_at(&object, changed_field),
        deleted,
        url: page(object.url.as_deref(), kind, &object.id, settings),
        became: Vec::new(),
        id: RecordId::new(object.id),
    }
}

/// When the record last changed: the property the change feed sorts by, else the envelope's.
pub(super) fn changed_at(object: &Object, changed_field: Option<&str>) -> Option<Timestamp> {
    changed_field.and_then(|field| object.text(field)).and_then(|text| moment(&text)).or(object.updated_at)
}

/// ISO text or milliseconds.
fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| Timestamp::from_millisecond(text.parse().ok()?).ok())
}

/// Where a person can see the record: HubSpot's own link, else one made of what the check remembered.
pub(super) fn page(url: Option<&str>, kind: &str, id: &str, settings: &Settings) -> Option<String> {
    if let Some(url) = url.filter(|url| url.starts_with("https://")) {
        return Some(url.to_owned());
    }
    let (host, portal) = (settings.get(UI_DOMAIN)?, settings.get(PORTAL)?);
    Some(format!("https://{host}/contacts/{portal}/record/{}/{id}", type_id(kind)))
}

/// A property as a field; `None` for archived ones and HubSpot's own hidden machinery.
pub(super) fn field(property: Property, rules: &[Validation], object: &str) -> Option<Field> {
    let own = property.hubspot_defined == Some(true);
    if property.archived == Some(true) || (property.hidden == Some(true) && own) {
        return None;
    }
    let read_only = property.calculated == Some(true)
        || property.modification_metadata.as_ref().is_some_and(|meta| meta.read_only_value == Some(true));
    let kind = field_kind(&property);
    let mut options = property.options;
    options.sort_by_key(|option| option.display_order.unwrap_or(i64::MAX));
    Some(Field {
        kind,
        required: required(object).contains(&property.name.as_str()),
        read_only: read_only || kind == FieldKind::Other,
        unique: property.has_unique_value == Some(true) || (object == "contacts" && property.name == "email"),
        custom: !own,
        options: options
            .into_iter()
            .map(|option| FieldOption {
                label: option.label.unwrap_or_else(|| option.value.clone()),
                value: option.value,
                hidden: option.hidden.unwrap_or(false),
            })
            .collect(),
        max_length: max_length(rules, &property.name),
        group: property.group_name,
        help: property.description.filter(|text| !text.is_empty()),
        label: property.label.unwrap_or_else(|| property.name.clone()),
        name: property.name,
    })
}

fn field_kind(property: &Property) -> FieldKind {
    let owner =
        property.referenced_object_type.as_deref() == Some("OWNER") || property.name == "hubspot_owner_id";
    match (
        property.value_type.as_deref().unwrap_or_default(),
        property.field_type.as_deref().unwrap_or_default(),
    ) {
        _ if owner => FieldKind::Owner,
        (_, "file") | ("json" | "object_coordinates", _) => FieldKind::Other,
        ("bool", _) | (_, "booleancheckbox") => FieldKind::Bool,
        ("enumeration", "checkbox") => FieldKind::MultiChoice,
        ("enumeration", _) => FieldKind::Choice,
        ("date", _) => FieldKind::Date,
        ("datetime", _) => FieldKind::DateTime,
        ("number", _) if property.show_currency_symbol == Some(true) || property.name == "amount" => {
            FieldKind::Money
        }
        ("number", _) => FieldKind::Number,
        ("phone_number", _) | (_, "phonenumber") => FieldKind::Phone,
        (_, "textarea" | "html") => FieldKind::LongText,
        // Plain texts that HubSpot itself checks or links by their meaning.
        ("string", _) if matches!(property.name.as_str(), "email" | "work_email") => FieldKind::Email,
        ("string", _) if property.name == "website" => FieldKind::Url,
        ("string", _) => FieldKind::Text,
        _ => FieldKind::Other,
    }
}

/// Required fields are not part of a property. <https://developers.hubspot.com/docs/api-reference/latest/crm/objects/deals/guide>
fn required(object: &str) -> &'static [&'static str] {
    match object {
        "deals" => &["dealname", "dealstage"],
        _ => &[],
    }
}

/// Sets of which one field must have a value.
pub(super) fn one_of(object: &str) -> Vec<Vec<String>> {
    let set: &[&str] = match object {
        "contacts" => &["email", "firstname", "lastname"],
        "companies" => &["name", "domain"],
        _ => return Vec::new(),
    };
    vec![set.iter().map(|name| (*name).to_owned()).collect()]
}

fn max_length(rules: &[Validation], property: &str) -> Option<u32> {
    rules
        .iter()
        .filter(|rules| rules.property_name == property)
        .flat_map(|rules| &rules.property_validation_rules)
        .filter(|rule| rule.rule_type == "MAX_LENGTH")
        .filter_map(|rule| match rule.rule_arguments.first()? {
            Json::String(text) => text.parse().ok(),
            number => u32::try_from(number.as_u64()?).ok(),
        })
        .min()
}

/// The body that creates a property.
pub(super) fn new_property(object: &str, field: &FieldSpec, name: &str) -> Result<Json, Failure> {
    let (value_type, field_type) = match field.kind {
        FieldKind::Text | FieldKind::Email | FieldKind::Url => ("string", "text"),
        FieldKind::LongText => ("string", "textarea"),
        FieldKind::Phone => ("string", "phonenumber"),
        FieldKind::Number | FieldKind::Money => ("number", "number"),
        FieldKind::Bool => ("bool", "booleancheckbox"),
        FieldKind::Date => ("date", "date"),
        FieldKind::DateTime => ("datetime", "date"),
        FieldKind::Choice | FieldKind::MultiChoice | FieldKind::Owner | FieldKind::Other => {
            let words = format!("{} has options of its own: create it in HubSpot's settings", field.label);
            return Err(Failure::new(FailureKind::Invalid { fields: Vec::new() }, words));
        }
    };
    let group = match object {
        "companies" => "companyinformation",
        "deals" => "dealinformation",
        _ => "contactinformation",
    };
    let mut body = json!({
        "groupName": group, "name": name, "label": field.label, "type": value_type, "fieldType": field_type, "formField": false,
    });
    // Only at creation: it cannot be changed later.
    if field.unique {
        body["hasUniqueValue"] = Json::from(true);
    }
    if field.kind == FieldKind::Bool {
        body["options"] = json!([
            {"label": "Yes", "value": "true", "displayOrder": 0, "hidden": false},
            {"label": "No", "value": "false", "displayOrder": 1, "hidden": false},
        ]);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_hubspot_reads_them() {
        let cases = [
            (Value::Blank, ""),
            (Value::text("Ada"), "Ada"),
            (Value::Number("10.50".parse().unwrap()), "10.5"),
            (Value::Money { amount: "1200.00".parse().unwrap(), currency: Some("EUR".into()) }, "1200"),
            (Value::Bool(true), "true"),
            (Value::Date("2026-11-20".parse().unwrap()), "2026-11-20"),
            (
                Value::DateTime("2026-11-20T10:00:00.123456+01:00".parse().unwrap()),
                "2026-11-20T09:00:00.123Z",
            ),
            (Value::List(vec!["".into(), "a".into(), " b ".into()]), "a;b"),
        ];
        for (value, expected) in cases {
            assert_eq!(text(&value), expected, "{value:?}");
        }
    }

    #[test]
    fn types_are_told_apart() {
        let cases = [
            (json!({"name": "email", "type": "string", "fieldType": "text"}), FieldKind::Email),
            (json!({"name": "note", "type": "string", "fieldType": "textarea"}), FieldKind::LongText),
            (json!({"name": "phone", "type": "string", "fieldType": "phonenumber"}), FieldKind::Phone),
            (json!({"name": "x", "type": "phone_number", "fieldType": "phonenumber"}), FieldKind::Phone),
            (json!({"name": "n", "type": "number", "fieldType": "number"}), FieldKind::Number),
            (
                json!({"name": "m", "type": "number", "fieldType": "number", "showCurrencySymbol": true}),
                FieldKind::Money,
            ),
            (json!({"name": "b", "type": "bool", "fieldType": "booleancheckbox"}), FieldKind::Bool),
            (json!({"name": "b", "type": "enumeration", "fieldType": "booleancheckbox"}), FieldKind::Bool),
            (json!({"name": "c", "type": "enumeration", "fieldType": "radio"}), FieldKind::Choice),
            (json!({"name": "c", "type": "enumeration", "fieldType": "checkbox"}), FieldKind::MultiChoice),
            (json!({"name": "d", "type": "date", "fieldType": "date"}), FieldKind::Date),
            (json!({"name": "d", "type": "datetime", "fieldType": "date"}), FieldKind::DateTime),
            (
                json!({"name": "o", "type": "enumeration", "fieldType": "select", "referencedObjectType": "OWNER"}),
                FieldKind::Owner,
            ),
            (json!({"name": "f", "type": "string", "fieldType": "file"}), FieldKind::Other),
            (json!({"name": "j", "type": "json", "fieldType": "text"}), FieldKind::Other),
            (json!({"name": "new", "type": "something_new", "fieldType": "text"}), FieldKind::Other),
        ];
        for (property, expected) in cases {
            let shown = property.to_string();
            let property: Property = serde_json::from_value(property).unwrap();
            let field = field(property, &[], "contacts").unwrap();
            assert_eq!(field.kind, expected, "{shown}");
            assert_eq!(
                field.read_only,
                expected == FieldKind::Other,
                "what is not understood is not written"
            );
        }
    }
}
