//! HubSpot's JSON, as far as it is used. Everything but ids is optional: the documents call fields required that real answers
//! leave out or send as null. An entry of a list that cannot be used (no id, no name) is left out, a field of an odd type is as good
//! as missing: one strange record must not hide the ninety-nine beside it.

use jiff::Timestamp;
use leadferry_connector::lenient::{id, if_readable, null_is_empty, one, readable, text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A record, as every object endpoint gives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Object {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) properties: Map<String, Value>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) updated_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) archived: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) archived_at: Option<Timestamp>,
    /// Only in answers to upserts: it was created.
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) new: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub(super) object_write_trace_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) url: Option<String>,
}

impl Object {
    /// A property as text; `None` if it is not there or null.
    pub(super) fn text(&self, property: &str) -> Option<String> {
        match self.properties.get(property)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

/// The answer to a batch call: 200, 201, or 207 with errors. `2026-09` sends errors inside a 200 too.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Batch {
    #[serde(default, deserialize_with = "readable")]
    pub(super) results: Vec<Object>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) errors: Vec<ApiError>,
}

/// One page of a list or a search.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub(super) struct List<T> {
    #[serde(default, deserialize_with = "readable")]
    pub(super) results: Vec<T>,
    #[serde(default)]
    pub(super) paging: Option<Paging>,
}

impl<T> List<T> {
    /// Where the next page begins.
    pub(super) fn after(&self) -> Option<String> {
        self.paging.as_ref()?.next.as_ref().map(|next| next.after.clone())
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Paging {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) next: Option<Next>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Next {
    #[serde(deserialize_with = "id")]
    pub(super) after: String,
}

/// One row of a batch write.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id_property: Option<&'a str>,
    /// A row that is created has none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a str>,
    pub(super) properties: &'a Map<String, Value>,
    pub(super) object_write_trace_id: &'a str,
}

/// An error, of a whole call or of one row.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiError {
    #[serde(default, deserialize_with = "text")]
    pub(super) category: Option<String>,
    #[serde(default)]
    pub(super) sub_category: Value,
    #[serde(default, deserialize_with = "text")]
    pub(super) message: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) correlation_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) error_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) policy_name: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) errors: Vec<ErrorDetail>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) context: Map<String, Value>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct ErrorDetail {
    #[serde(default, deserialize_with = "text")]
    pub(super) message: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) code: Option<String>,
    #[serde(default, rename = "in", deserialize_with = "text")]
    pub(super) place: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) context: Map<String, Value>,
}

/// The texts of a context entry, which is a list, but a plain text in older answers.
pub(super) fn texts(context: &Map<String, Value>, name: &str) -> Vec<String> {
    match context.get(name) {
        Some(Value::Array(items)) => items.iter().filter_map(one).collect(),
        Some(single) => one(single).into_iter().collect(),
        None => Vec::new(),
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Property {
    pub(super) name: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) label: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) value_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) field_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) group_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) description: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) options: Vec<PropertyOption>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) has_unique_value: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) hidden: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) calculated: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) archived: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) hubspot_defined: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub(super) referenced_object_type: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) show_currency_symbol: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) modification_metadata: Option<Modification>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Modification {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) read_only_value: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PropertyOption {
    pub(super) value: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) label: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) display_order: Option<i64>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) hidden: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Validation {
    pub(super) property_name: String,
    #[serde(default, deserialize_with = "readable")]
    pub(super) property_validation_rules: Vec<ValidationRule>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ValidationRule {
    pub(super) rule_type: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) rule_arguments: Vec<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountDetails {
    #[serde(deserialize_with = "id")]
    pub(super) portal_id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) account_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) ui_domain: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenInfo {
    #[serde(default, deserialize_with = "text")]
    pub(super) user_id: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) scopes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Owner {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) first_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) last_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) email: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) archived: Option<bool>,
}

impl Owner {
    /// The name, as far as there is one.
    pub(super) fn name(&self) -> Option<String> {
        let parts: Vec<&str> =
            [&self.first_name, &self.last_name].into_iter().flatten().map(|part| part.trim()).collect();
        Some(parts.join(" ").trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// Name and address: who that is, for somebody who knows several people of one name.
    pub(super) fn person(&self) -> Option<String> {
        let email = self.email.clone().filter(|email| !email.is_empty());
        match (self.name(), email) {
            (Some(name), Some(email)) => Some(format!("{name} ({email})")),
            (name, email) => name.or(email),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pipeline {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) label: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) display_order: i64,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) archived: bool,
    #[serde(default, deserialize_with = "readable")]
    pub(super) stages: Vec<PipelineStage>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PipelineStage {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) label: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) display_order: i64,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) archived: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) metadata: Map<String, Value>,
}
