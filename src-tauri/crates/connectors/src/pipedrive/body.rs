//! Records as the bodies Pipedrive takes. Pure.
//!
//! v2 refuses what it does not know, so a field outside the table below and without the key of a custom field is refused here, field
//! by field, before anything is sent. Numbers are no texts to v2: custom values are written by the type the account's own description
//! gives their field.

use std::collections::BTreeMap;

use leadferry_connector::{ObjectSpec, Settings, Upsert};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, Value};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::convert::{self, code, is_key, lead_id_key};
use super::types::{Contact, FieldInfo, Object};

/// What new addresses and numbers are called; Pipedrive's own first choice.
const LABEL: &str = "work";

/// How a field's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As its own type says.
    Plain,
    Text,
    Integer,
    Number,
    Bool,
    /// The ids of options.
    Ids,
    /// An object with one `value`.
    Address,
    /// An amount with its currency, in one object.
    Money,
    /// A deal's amount; the currency is a field beside it.
    Amount,
    /// `emails` or `phones`: a list of which the field is the primary entry.
    Contacts(&'static str),
}

/// The fields of Pipedrive's own that can be written.
/// <https://developers.pipedrive.com/docs/api/v1/Persons#addPerson>,
/// <https://developers.pipedrive.com/docs/api/v1/Organizations#addOrganization>,
/// <https://developers.pipedrive.com/docs/api/v1/Deals#addDeal>
pub(super) fn form(object: &str, name: &str) -> Option<Form> {
    Some(match (object, name) {
        (_, "owner_id" | "visible_to") => Form::Integer,
        (_, "label_ids") => Form::Ids,
        ("persons", "email") => Form::Contacts("emails"),
        ("persons", "phone") => Form::Contacts("phones"),
        ("persons", "name" | "notes" | "birthday" | "job_title" | "marketing_status") => Form::Text,
        ("persons", "org_id") => Form::Integer,
        ("persons", "postal_address") | ("organizations", "address") => Form::Address,
        ("organizations", "name" | "website" | "linkedin") => Form::Text,
        ("organizations", "industry" | "annual_revenue" | "employee_count") => Form::Integer,
        ("deals", "title" | "currency" | "status" | "lost_reason" | "expected_close_date") => Form::Text,
        ("deals", "person_id" | "org_id" | "pipeline_id" | "stage_id") => Form::Integer,
        ("deals", "value") => Form::Amount,
        ("deals", "probability") => Form::Number,
        _ => return None,
    })
}

/// How custom fields are written, by key.
#[derive(Debug)]
pub(super) struct Forms(BTreeMap<String, Form>);

impl Forms {
    /// Nothing is known: as the values' own types say.
    pub(super) const NONE: Self = Self(BTreeMap::new());

    pub(super) fn new(fields: &[FieldInfo]) -> Self {
        let custom = fields.iter().filter(|field| is_key(&field.field_code));
        Self(custom.map(|field| (field.field_code.clone(), custom_form(&field.field_type))).collect())
    }

    fn of(&self, key: &str) -> Form {
        self.0.get(key).copied().unwrap_or(Form::Plain)
    }
}

/// <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>
fn custom_form(field_type: &str) -> Form {
    match field_type {
        "varchar" | "varchar_auto" | "text" | "phone" | "date" => Form::Text,
        "double" => Form::Number,
        "enum" | "int" | "user" | "org" | "people" => Form::Integer,
        "set" => Form::Ids,
        "address" => Form::Address,
        "monetary" => Form::Money,
        "boolean" => Form::Bool,
        _ => Form::Plain,
    }
}

/// How surely a record is written without knowing the types of the account's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// Every value's own type says how it is written.
    None,
    /// A custom text would be refused by a field that takes an object (addresses), and by no other.
    Text,
    /// Digits are a text to one field and the id of an option or a user to another.
    Digits,
}

/// What of a record the account's description would have to settle.
pub(super) fn doubt(upsert: &Upsert, object: &ObjectSpec, settings: &Settings) -> Doubt {
    let lead_id = lead_id_key(settings, object);
    let of = |(name, value): (&str, &Value)| {
        let key = code(name, settings, object);
        match value {
            _ if !is_key(key) || Some(key) == lead_id || value.is_blank() => Doubt::None,
            Value::List(_) => Doubt::Digits,
            Value::Text(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => Doubt::Digits,
            Value::Text(_) => Doubt::Text,
            _ => Doubt::None,
        }
    };
    upsert.fields.iter().map(of).max().unwrap_or(Doubt::None)
}

/// Whether writing this field replaces a list that may hold more than the lead knows.
pub(super) fn replaces_contacts(object: &str, name: &str) -> bool {
    matches!(form(object, name), Some(Form::Contacts(_)))
}

/// The body of a create or an update. `current` is the record as it is, where it was read.
pub(super) fn body(
    object: &ObjectSpec,
    upsert: &Upsert,
    forms: &Forms,
    current: Option<&Object>,
    settings: &Settings,
) -> Result<Json, Failure> {
    let create = upsert.record.is_none();
    let (mut root, mut custom, mut faults) = (Map::new(), Map::new(), Vec::new());
    for (name, value) in upsert.fields.iter() {
        let code = code(name, settings, object);
        if create && value.is_blank() {
            continue;
        }
        let written = if is_key(code) {
            json_of(value, forms.of(code), settings).map(|json| {
                custom.insert(code.to_owned(), json);
            })
        } else {
            own(object, code, value, current, &mut root)
        };
        if let Err(problem) = written {
            faults.push(fault(name, value, problem));
        }
    }
    if !faults.is_empty() {
        let words = "Pipedrive does not take these values; nothing was sent";
        return Err(Failure::new(FailureKind::Invalid { fields: faults }, words));
    }
    if let Some(key) = lead_id_key(settings, object) {
        custom.insert(key.to_owned(), Json::from(upsert.lead.as_str()));
    }
    if !custom.is_empty() {
        root.insert("custom_fields".to_owned(), custom.into());
    }
    Ok(root.into())
}

/// One of Pipedrive's own fields.
fn own(
    object: &ObjectSpec,
    name: &str,
    value: &Value,
    current: Option<&Object>,
    root: &mut Map<String, Json>,
) -> Result<(), FieldProblem> {
    let Some(form) = form(object.name, name) else {
        // Derived from the name, or counted by Pipedrive itself: described, but not written.
        let read_only = ["id", "first_name", "last_name", "add_time", "update_time", "doi_status"];
        let known = read_only.contains(&name) || name.ends_with("_count");
        return Err(if known { FieldProblem::ReadOnly } else { FieldProblem::UnknownField });
    };
    match form {
        Form::Contacts(key) => {
            let entries = current.map(|current| current.contacts(key)).unwrap_or_default();
            if let Some(json) = contacts(value, entries, key == "phones") {
                root.insert(key.to_owned(), json);
            }
        }
        Form::Amount => {
            root.insert(name.to_owned(), number(value)?);
            if let Value::Money { currency: Some(currency), .. } = value {
                root.entry("currency").or_insert_with(|| Json::from(currency.as_str()));
            }
        }
        form => {
            let json = match value {
                // Texts and lists are emptied; a reference is cleared by null.
                // Unverified: the document types them without null, and clears only custom fields with it.
                _ if value.is_blank() && form == Form::Text && name != "expected_close_date" => {
                    Json::from("")
                }
                _ if value.is_blank() && form == Form::Ids => json!([]),
                _ => json_of(value, form, &Settings::default())?,
            };
            root.insert(name.to_owned(), json);
        }
    }
    Ok(())
}

fn json_of(value: &Value, form: Form, settings: &Settings) -> Result<Json, FieldProblem> {
    if value.is_blank() {
        return Ok(Json::Null);
    }
    match form {
        Form::Text | Form::Contacts(_) => Ok(Json::from(value.to_string())),
        Form::Integer => integer(&value.to_string()).ok_or(FieldProblem::NotNumber),
        Form::Number | Form::Amount => number(value),
        Form::Bool => match value {
            Value::Bool(yes) => Ok(Json::from(*yes)),
            other => other.to_string().parse::<bool>().map(Json::from).map_err(|_| FieldProblem::WrongFormat),
        },
        Form::Ids => {
            let items = match value {
                Value::List(items) => items.clone(),
                other => other.to_string().split(';').map(str::to_owned).collect(),
            };
            let ids: Option<Vec<Json>> = items.iter().map(|item| integer(item)).collect();
            ids.map(Json::from).ok_or(FieldProblem::UnknownOption)
        }
        Form::Address => Ok(json!({ "value": value.to_string() })),
        Form::Money => money(value, settings),
        Form::Plain => match value {
            Value::Number(_) => number(value),
            Value::Money { .. } => money(value, settings),
            Value::Bool(yes) => Ok(Json::from(*yes)),
            // Only the account's description knows that these are no ids of options.
            other => Ok(Json::from(other.to_string())),
        },
    }
}

fn money(value: &Value, settings: &Settings) -> Result<Json, FieldProblem> {
    let mut json = json!({ "value": number(value)? });
    let own = match value {
        Value::Money { currency, .. } => currency.as_deref(),
        _ => None,
    };
    if let Some(currency) = own.or_else(|| settings.get(convert::CURRENCY)) {
        json["currency"] = Json::from(currency);
    }
    Ok(json)
}

fn number(value: &Value) -> Result<Json, FieldProblem> {
    let decimal = match value {
        Value::Number(number) | Value::Money { amount: number, .. } => Some(*number),
        // Cleared: Pipedrive knows no deal without an amount.
        Value::Blank => return Ok(Json::from(0)),
        other => other.to_string().trim().parse::<Decimal>().ok(),
    };
    // By its digits, which JSON repeats: arithmetic with a float would make 0.1 something else.
    decimal
        .and_then(|decimal| serde_json::from_str(&decimal.normalize().to_string()).ok())
        .ok_or(FieldProblem::NotNumber)
}

fn integer(text: &str) -> Option<Json> {
    let number: Decimal = text.trim().parse().ok()?;
    let number = number.normalize();
    (number.scale() == 0).then(|| number.to_string().parse::<i64>().ok()).flatten().map(Json::from)
}

/// The list with `value` as its primary entry. The others stay: a list is replaced as a whole, and a lead knows one of them.
/// `None`: it is so already.
fn contacts(value: &Value, mut entries: Vec<Contact>, phone: bool) -> Option<Json> {
    if value.is_blank() {
        return Some(json!([]));
    }
    let text = value.to_string().trim().to_owned();
    let key = |text: &str| match phone {
        true => text.chars().filter(char::is_ascii_digit).collect::<String>(),
        false => text.trim().to_lowercase(),
    };
    let found = entries.iter().position(|entry| key(&entry.value) == key(&text)).map(|at| entries.remove(at));
    if found.as_ref().is_some_and(|entry| entry.primary && entry.value == text) {
        return None;
    }
    let label = found.and_then(|entry| entry.label).unwrap_or_else(|| LABEL.to_owned());
    let mut list = vec![json!({ "value": text, "primary": true, "label": label })];
    list.extend(entries.into_iter().map(|entry| {
        let mut json = json!({ "value": entry.value, "primary": false });
        if let Some(label) = entry.label {
            json["label"] = Json::from(label);
        }
        json
    }));
    Some(list.into())
}

fn fault(name: &str, value: &Value, problem: FieldProblem) -> FieldFault {
    let detail = match problem {
        FieldProblem::UnknownField => "Pipedrive has no such field",
        FieldProblem::ReadOnly => "Pipedrive fills this field by itself",
        FieldProblem::UnknownOption => "the options of this field are known by whole numbers",
        FieldProblem::NotNumber => "this field takes a number",
        _ => "this field takes another kind of value",
    };
    FieldFault { field: name.to_owned(), problem, value: Some(value.to_string()), detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_their_field_takes_them() {
        let money = |code: Option<&str>| Value::Money {
            amount: "10.50".parse().unwrap(),
            currency: code.map(Into::into),
        };
        let cases = [
            (Value::text("31"), Form::Text, json!("31")),
            (Value::text("31"), Form::Integer, json!(31)),
            (Value::text("31"), Form::Plain, json!("31")),
            (Value::Number("31.0".parse().unwrap()), Form::Integer, json!(31)),
            (Value::Number("10.50".parse().unwrap()), Form::Number, json!(10.5)),
            (Value::Number("31".parse().unwrap()), Form::Text, json!("31")),
            (Value::List(vec!["31".into(), "32".into()]), Form::Ids, json!([31, 32])),
            (Value::text("31"), Form::Ids, json!([31])),
            (Value::text("1 Main Street"), Form::Address, json!({"value": "1 Main Street"})),
            (money(Some("EUR")), Form::Money, json!({"value": 10.5, "currency": "EUR"})),
            (money(None), Form::Money, json!({"value": 10.5, "currency": "GBP"})),
            (Value::Date("2026-11-20".parse().unwrap()), Form::Text, json!("2026-11-20")),
            (Value::Bool(true), Form::Plain, json!(true)),
            (Value::Blank, Form::Ids, json!(null)),
            (Value::List(vec![]), Form::Ids, json!(null)),
        ];
        let mut settings = Settings::default();
        settings.plain.insert(convert::CURRENCY.into(), "GBP".into());
        for (value, form, expected) in cases {
            assert_eq!(json_of(&value, form, &settings), Ok(expected), "{value:?} as {form:?}");
        }
        for (value, form) in [
            (Value::text("Web"), Form::Integer),
            (Value::text("Web"), Form::Number),
            (Value::text("1.5"), Form::Integer),
        ] {
            assert_eq!(
                json_of(&value, form, &settings),
                Err(FieldProblem::NotNumber),
                "{value:?} as {form:?}"
            );
        }
    }

    #[test]
    fn a_list_keeps_what_the_lead_does_not_know() {
        let entry = |value: &str, primary, label: Option<&str>| Contact {
            value: value.into(),
            primary,
            label: label.map(Into::into),
        };
        let kept =
            || vec![entry("old@example.com", true, Some("home")), entry("Ada@example.com", false, None)];
        let new = contacts(&Value::text("new@example.com"), kept(), false).unwrap();
        assert_eq!(
            new,
            json!([
                {"value": "new@example.com", "primary": true, "label": "work"},
                {"value": "old@example.com", "primary": false, "label": "home"},
                {"value": "Ada@example.com", "primary": false},
            ]),
            "a new address becomes the primary one"
        );
        let known = contacts(&Value::text("ada@example.com"), kept(), false).unwrap();
        assert_eq!(known.as_array().unwrap().len(), 2, "an address that is there is not added again");
        assert_eq!(contacts(&Value::text("old@example.com"), kept(), false), None, "nothing to do");
        let phone = contacts(&Value::text("+447700900123"), vec![entry("+44 7700 900123", true, None)], true);
        assert_eq!(phone.unwrap().as_array().unwrap().len(), 1, "numbers are compared by their digits");
        assert_eq!(contacts(&Value::Blank, kept(), false), Some(json!([])), "cleared on purpose");
    }
}
