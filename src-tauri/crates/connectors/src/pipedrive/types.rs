//! Pipedrive's JSON, as far as it is used. Everything but ids is optional, and an entry of a list that cannot be used is left out:
//! real answers hold nulls where the documents promise values, and the schema and the example of one search differ.

use jiff::Timestamp;
use leadferry_connector::lenient::{id, if_readable, null_is_empty, readable, text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Around every answer.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub(super) struct Envelope<T> {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) success: Option<bool>,
    pub(super) data: T,
}

/// One page of a list.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub(super) struct List<T> {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) success: Option<bool>,
    #[serde(deserialize_with = "readable")]
    pub(super) data: Vec<T>,
    #[serde(default, deserialize_with = "if_readable")]
    additional_data: Option<Additional>,
}

#[derive(Debug, Deserialize)]
struct Additional {
    #[serde(default, deserialize_with = "text")]
    next_cursor: Option<String>,
}

impl<T> List<T> {
    /// Where the next page begins.
    pub(super) fn next(&self) -> Option<String> {
        self.additional_data.as_ref()?.next_cursor.clone().filter(|cursor| !cursor.is_empty())
    }
}

/// A person, an organization or a deal.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Object {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) update_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) is_deleted: Option<bool>,
    /// Deals only.
    #[serde(default, deserialize_with = "text")]
    pub(super) status: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) custom_fields: Map<String, Value>,
    #[serde(flatten)]
    pub(super) rest: Map<String, Value>,
}

impl Object {
    /// Deleted, but not purged yet.
    pub(super) fn gone(&self) -> bool {
        self.is_deleted == Some(true) || self.status.as_deref() == Some("deleted")
    }

    /// The entries of `emails` or `phones`.
    pub(super) fn contacts(&self, key: &str) -> Vec<Contact> {
        let entries = self.rest.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let entries = entries.iter().filter_map(|entry| Contact::deserialize(entry).ok());
        entries.filter(|entry| !entry.value.trim().is_empty()).collect()
    }
}

/// An e-mail address or a phone number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Contact {
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) value: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) primary: bool,
    #[serde(default, deserialize_with = "text")]
    pub(super) label: Option<String>,
}

/// What only has an id: a note, an activity.
#[derive(Debug, Deserialize)]
pub(super) struct Made {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
}

/// The answer of a search: the ids, best first. Entries come bare, or wrapped with their score, or that inside `items`.
#[derive(Debug, Default)]
pub(super) struct Hits(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Hits {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let data = Value::deserialize(from)?;
        let entries = data.as_array().or_else(|| data.get("items")?.as_array());
        let id = |entry: &Value| {
            let id = entry.get("item").unwrap_or(entry).get("id")?;
            id.as_u64().map(|id| id.to_string()).or_else(|| id.as_str().map(str::to_owned))
        };
        Ok(Self(entries.into_iter().flatten().filter_map(id).collect()))
    }
}

/// A field of an object.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct FieldInfo {
    pub(super) field_code: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) field_name: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) field_type: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) description: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) options: Vec<OptionInfo>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) is_custom_field: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct OptionInfo {
    /// A number for custom fields, a word for some of Pipedrive's own.
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) label: Option<String>,
}

/// Whom the token belongs to.
#[derive(Debug, Deserialize)]
pub(super) struct Me {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) email: Option<String>,
    #[serde(deserialize_with = "id")]
    pub(super) company_id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) company_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) company_domain: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) default_currency: Option<String>,
}

/// What the user may do beyond reading and writing.
#[derive(Debug, Deserialize)]
pub(super) struct Permissions {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) can_add_custom_fields: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) email: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) active_flag: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) is_deleted: Option<bool>,
}

/// A pipeline or a stage.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) name: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) order_nr: i64,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) is_deleted: bool,
    /// Stages only.
    #[serde(default, deserialize_with = "text")]
    pub(super) pipeline_id: Option<String>,
}
