//! Zoho CRM's JSON, as far as it is used. Everything but ids is optional: real answers leave out, or send as null, what the
//! document calls required. An entry of a list that cannot be used is left out, but never in answers to writes, where the place in
//! the list says which record is meant.

use leadferry_connector::lenient::{all, id, if_readable, null_is_empty, one, readable, text};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A record: field names with their values.
pub(super) type Record = Map<String, Value>;

/// What Zoho says about one record of a write, or about a whole refused call.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Item {
    #[serde(default, deserialize_with = "text")]
    pub(super) code: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) status: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) message: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) details: Map<String, Value>,
    /// `insert` or `update`, in answers to upserts.
    #[serde(default, deserialize_with = "text")]
    pub(super) action: Option<String>,
}

impl Item {
    pub(super) fn is_success(&self) -> bool {
        match self.status.as_deref() {
            Some(status) => status.eq_ignore_ascii_case("success"),
            None => self.code.as_deref() == Some("SUCCESS"),
        }
    }

    /// Whether it says that something was refused.
    pub(super) fn is_refusal(&self) -> bool {
        self.status.as_deref().is_some_and(|status| status.eq_ignore_ascii_case("error"))
    }

    /// A detail as text.
    pub(super) fn detail(&self, name: &str) -> Option<String> {
        one(self.details.get(name)?)
    }

    /// The record's id.
    pub(super) fn id(&self) -> Option<String> {
        self.detail("id").filter(|id| !id.is_empty())
    }
}

/// The answer to a write: one item a record, in the order they were sent.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Items {
    #[serde(default, alias = "fields", deserialize_with = "all")]
    pub(super) data: Vec<Item>,
    /// A refusal of the whole call, which may come with a success's status.
    #[serde(flatten)]
    pub(super) whole: Item,
}

/// A page of records.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Rows {
    #[serde(default, deserialize_with = "readable")]
    pub(super) data: Vec<Record>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) info: Info,
    /// A refusal, which may come with a success's status.
    #[serde(flatten)]
    pub(super) whole: Item,
}

/// Where a list goes on.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Info {
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) more_records: bool,
    #[serde(default, deserialize_with = "text")]
    pub(super) next_page_token: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Orgs {
    #[serde(default, deserialize_with = "readable")]
    pub(super) org: Vec<Org>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Org {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) company_name: Option<String>,
    /// The organisation as it stands in addresses of pages, such as `org60001234`.
    #[serde(default, deserialize_with = "text")]
    pub(super) domain_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) time_zone: Option<String>,
    /// `Production`, `Sandbox`, `Developer`.
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) license_details: License,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct License {
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) paid: bool,
    #[serde(default, deserialize_with = "text")]
    pub(super) paid_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) trial_type: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) users_license_purchased: u32,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Users {
    #[serde(default, deserialize_with = "readable")]
    pub(super) users: Vec<User>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) info: Info,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct User {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) full_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) first_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) last_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) email: Option<String>,
}

impl User {
    /// The name people see.
    pub(super) fn name(&self) -> Option<String> {
        let parts = [&self.first_name, &self.last_name].into_iter().flatten().map(|part| part.trim());
        let made = parts.collect::<Vec<_>>().join(" ").trim().to_owned();
        let given = self.full_name.as_deref().map(|name| name.trim().to_owned());
        given.filter(|name| !name.is_empty()).or(Some(made)).filter(|name| !name.is_empty())
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

#[derive(Debug, Default, Deserialize)]
pub(super) struct Modules {
    #[serde(default, deserialize_with = "readable")]
    pub(super) modules: Vec<Module>,
}

/// A module, with what the person may do in it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Module {
    pub(super) api_name: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) viewable: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) creatable: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) editable: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) api_supported: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default, deserialize_with = "readable")]
    pub(super) fields: Vec<ZohoField>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct ZohoField {
    pub(super) api_name: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) field_label: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) display_label: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) data_type: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) length: Option<u32>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) system_mandatory: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) read_only: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) field_read_only: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) visible: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) custom_field: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) operation_type: Option<Operations>,
    /// An empty object where the values need not be unique.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) unique: Map<String, Value>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) pick_list_values: Vec<PickListValue>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) lookup: Map<String, Value>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) tooltip: Map<String, Value>,
    /// Only in layouts.
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) required: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Operations {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) api_create: Option<bool>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) api_update: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct PickListValue {
    #[serde(default, deserialize_with = "text")]
    pub(super) display_value: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) actual_value: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) sequence_number: Option<i64>,
    /// Only of deal stages.
    #[serde(default, deserialize_with = "text")]
    pub(super) forecast_type: Option<String>,
}

impl PickListValue {
    /// The value to write: the displayed one, which is also what reading gives back.
    pub(super) fn value(&self) -> Option<&str> {
        let given = [&self.display_value, &self.actual_value].into_iter().flatten();
        given.map(String::as_str).find(|text| !text.is_empty())
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Layouts {
    #[serde(default, deserialize_with = "readable")]
    pub(super) layouts: Vec<Layout>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Layout {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) display_label: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) status: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) visible: Option<bool>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) sections: Vec<Section>,
}

impl Layout {
    /// Records can be made with it.
    pub(super) fn is_active(&self) -> bool {
        let status = self.status.as_deref().unwrap_or("active");
        self.visible != Some(false) && status.eq_ignore_ascii_case("active")
    }

    pub(super) fn label(&self) -> &str {
        self.display_label.as_deref().or(self.name.as_deref()).unwrap_or(&self.id)
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Section {
    #[serde(default, deserialize_with = "text")]
    pub(super) display_label: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) fields: Vec<ZohoField>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Pipelines {
    #[serde(default, deserialize_with = "readable")]
    pub(super) pipeline: Vec<Pipeline>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Pipeline {
    #[serde(default, deserialize_with = "text")]
    pub(super) display_value: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) actual_value: Option<String>,
    /// Its stages.
    #[serde(default, deserialize_with = "readable")]
    pub(super) maps: Vec<PickListValue>,
}
