//! Values of fields, and records made of them.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One value of one field. Money is never a float, a date never a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Nothing, said on purpose: writing it clears the destination field.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(#[ts(type = "string")] Decimal),
    /// An amount with its ISO 4217 currency, where known.
    Money {
        /// The amount in whole units of the currency.
        #[ts(type = "string")]
        amount: Decimal,
        /// ISO 4217 code.
        currency: Option<String>,
    },
    /// Yes or no.
    Bool(bool),
    /// A day without zone.
    Date(#[ts(type = "string")] civil::Date),
    /// A moment.
    DateTime(#[ts(type = "string")] Timestamp),
    /// Several texts, such as a multiple choice.
    List(Vec<String>),
}

impl Value {
    /// Text, from anything that turns into a string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether a person would call this empty.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// A JSON scalar or a flat list as a value; `None` for objects and `null`, which have no single value.
    pub fn from_json(json: &serde_json::Value) -> Option<Self> {
        match json {
            serde_json::Value::Null | serde_json::Value::Object(_) => None,
            serde_json::Value::Bool(yes) => Some(Self::Bool(*yes)),
            serde_json::Value::Number(number) => Some(match number.to_string().parse::<Decimal>() {
                Ok(decimal) => Self::Number(decimal),
                Err(_) => Self::Text(number.to_string()),
            }),
            serde_json::Value::String(text) => Some(Self::Text(text.clone())),
            serde_json::Value::Array(items) => Some(Self::List(
                items.iter().filter_map(Self::from_json).map(|value| value.to_string()).collect(),
            )),
        }
    }
}

/// The value as a person would write it: ISO 8601 for dates and moments, `;` between the items of a list.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{}", number.normalize()),
            Self::Money { amount, currency: None } => write!(f, "{amount}"),
            Self::Money { amount, currency: Some(code) } => write!(f, "{amount} {code}"),
            Self::Bool(yes) => write!(f, "{yes}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::DateTime(moment) => write!(f, "{moment}"),
            Self::List(items) => f.write_str(&items.join(";")),
        }
    }
}

/// Field names with their values, in name order, so that equal records always serialise alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Record(BTreeMap<String, Value>);

impl Record {
    /// An empty record.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of `field`, if it has one.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// The value of `field` as text, if it is there and not blank.
    pub fn text(&self, field: &str) -> Option<String> {
        self.get(field).filter(|value| !value.is_blank()).map(ToString::to_string)
    }

    /// Sets `field`, and gives back what it held.
    pub fn set(&mut self, field: impl Into<String>, value: Value) -> Option<Value> {
        self.0.insert(field.into(), value)
    }

    /// Takes `field` out.
    pub fn remove(&mut self, field: &str) -> Option<Value> {
        self.0.remove(field)
    }

    /// Fields and values in name order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Field names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A JSON object as a record: nested objects become dotted names (`contact.email`), `null` is left out, and a list of
    /// objects keeps its position in the name (`items.0.name`).
    pub fn from_json(json: &serde_json::Map<String, serde_json::Value>) -> Self {
        let mut record = Self::new();
        for (name, value) in json {
            record.flatten(name, value);
        }
        record
    }

    fn flatten(&mut self, path: &str, json: &serde_json::Value) {
        match json {
            serde_json::Value::Object(inner) => {
                for (name, value) in inner {
                    self.flatten(&format!("{path}.{name}"), value);
                }
            }
            serde_json::Value::Array(items)
                if items.iter().any(|item| item.is_object() || item.is_array()) =>
            {
                for (position, item) in items.iter().enumerate() {
                    self.flatten(&format!("{path}.{position}"), item);
                }
            }
            scalar => {
                if let Some(value) = Value::from_json(scalar) {
                    self.set(path, value);
                }
            }
        }
    }
}

impl<N: Into<String>> FromIterator<(N, Value)> for Record {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl IntoIterator for Record {
    type Item = (String, Value);
    type IntoIter = std::collections::btree_map::IntoIter<String, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_json_becomes_dotted_names() {
        let json = serde_json::json!({
            "contact": {"email": "ada@example.com", "tags": ["a", "b"]},
            "items": [{"sku": 7}], "gone": null
        });
        let record = Record::from_json(json.as_object().unwrap());
        let names: Vec<_> = record.names().collect();
        assert_eq!(
            names,
            ["contact.email", "contact.tags", "items.0.sku"],
            "null is no value, lists of objects keep positions"
        );
        assert_eq!(record.text("contact.tags").as_deref(), Some("a;b"), "a flat list is one value");
    }

    #[test]
    fn numbers_keep_every_digit() {
        let json: serde_json::Value = serde_json::from_str("1234567.89").unwrap();
        assert_eq!(
            Value::from_json(&json).unwrap().to_string(),
            "1234567.89",
            "money must not pass through a float"
        );
    }
}
