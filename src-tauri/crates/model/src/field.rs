//! A destination's real fields, as its connector describes them and the mapping editor and validation read them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A web address.
    Url,
    /// A number without a unit.
    Number,
    /// An amount of money.
    Money,
    /// Yes or no.
    Bool,
    /// A day, without time and zone.
    Date,
    /// A moment.
    DateTime,
    /// One of the options.
    Choice,
    /// Any number of the options.
    MultiChoice,
    /// A person of the account (owner), by id.
    Owner,
    /// Anything Leadferry does not write.
    Other,
}

/// One allowed value of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldOption {
    /// The value that is sent.
    pub value: String,
    /// The text people see.
    pub label: String,
    /// Hidden options are accepted by the vendor but not offered to people.
    #[serde(default)]
    pub hidden: bool,
}

/// One field of a destination's object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Field {
    /// The name the API uses.
    pub name: String,
    /// The name people see.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// A record cannot be created without it.
    #[serde(default)]
    pub required: bool,
    /// The vendor fills it by itself.
    #[serde(default)]
    pub read_only: bool,
    /// The vendor keeps its values unique.
    #[serde(default)]
    pub unique: bool,
    /// Made by the account, not by the vendor.
    #[serde(default)]
    pub custom: bool,
    /// Allowed values of a choice.
    #[serde(default)]
    pub options: Vec<FieldOption>,
    /// Longest text in characters.
    #[serde(default)]
    pub max_length: Option<u32>,
    /// The vendor's group or section, for long lists.
    #[serde(default)]
    pub group: Option<String>,
    /// The vendor's or the account's explanation.
    #[serde(default)]
    pub help: Option<String>,
}

impl Field {
    /// A writable optional field without rules of its own; struct update fills in the rest.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: FieldKind) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            required: false,
            read_only: false,
            unique: false,
            custom: false,
            options: Vec::new(),
            max_length: None,
            group: None,
            help: None,
        }
    }
}

/// One object of a destination (contacts, deals, …) with all its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ObjectSchema {
    /// The name the API uses, such as `contacts`.
    pub object: String,
    /// The name people see, such as *Contact*.
    pub label: String,
    /// Every field, in the vendor's order.
    pub fields: Vec<Field>,
    /// A record needs at least one field of each of these sets (HubSpot contacts: e-mail, first or last name).
    #[serde(default)]
    pub one_of: Vec<Vec<String>>,
    /// Fields beyond the listed ones are accepted too: the listed ones are suggestions (hooks that take any JSON).
    #[serde(default)]
    pub open: bool,
}

impl ObjectSchema {
    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
