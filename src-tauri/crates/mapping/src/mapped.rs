//! What a mapping made of one lead, with the trail for the test screen.

use leadferry_model::{Failure, Record, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::rule::Overwrite;

/// One lead after mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Mapped {
    /// One entry a rule that travels to the destination, in rule order.
    pub fields: Vec<MappedField>,
    /// Why the lead cannot go, where it cannot.
    pub failure: Option<Failure>,
}

impl Mapped {
    /// The record to send to a destination that has none yet, or why there is none.
    pub fn record(&self) -> Result<Record, &Failure> {
        match &self.failure {
            Some(failure) => Err(failure),
            None => Ok(self
                .fields
                .iter()
                .filter_map(|field| Some((field.target.clone(), field.value.clone()?)))
                .collect()),
        }
    }

    /// The entry of `target`.
    pub fn field(&self, target: &str) -> Option<&MappedField> {
        self.fields.iter().find(|field| field.target == target)
    }

    /// Every warning with its destination field.
    pub fn warnings(&self) -> impl Iterator<Item = (&str, &Warning)> {
        self.fields
            .iter()
            .flat_map(|field| field.warnings.iter().map(|warning| (field.target.as_str(), warning)))
    }
}

/// One destination field of one lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MappedField {
    /// The destination field.
    pub target: String,
    /// What the source gave; nothing where the rule's condition did not hold or the source could not be read.
    pub source: Option<Value>,
    /// The value after each step, up to the one that stopped.
    pub steps: Vec<Step>,
    /// What is sent; nothing where the field is left alone.
    pub value: Option<Value>,
    /// What happens to a value that is in the destination already.
    pub overwrite: Overwrite,
    /// What a person should know.
    pub warnings: Vec<Warning>,
}

/// The value after one step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Step {
    /// What the step is called.
    pub label: String,
    /// What it made.
    pub value: Value,
}

/// Something a person should know about one field; the lead goes all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// In plain words.
    pub message: String,
}

impl Warning {
    pub(crate) fn new(code: WarningCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// The value could not be used, and the lead goes without it.
    SetAside,
    /// The destination has no such field any more.
    UnknownField,
    /// The destination fills the field by itself.
    ReadOnly,
    /// The number's length fits, its series does not exist.
    DoubtfulPhone,
    /// One value of several in a cell was taken.
    SeveralValues,
    /// A time without zone was read as UTC.
    AssumedZone,
    /// A day became midnight of that day.
    AssumedMidnight,
}
