//! Why something did not pass: decided once beside the HTTP call, then carried unchanged through queue, ledger and window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::RecordId;

/// What kind of failure it is. The queue acts on this and on nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum FailureKind {
    /// Access is lost (401, refresh refused): the connection pauses until a person signs in again.
    Auth,
    /// The account may not do this (403, scope missing): the record stops.
    Permission {
        /// What is missing, by the vendor's own names.
        missing: Vec<String>,
    },
    /// The vendor asks for less speed: snooze, no attempt spent.
    RateLimited {
        /// Seconds to wait, where the vendor said or our own pacing knows.
        #[ts(type = "number | null")]
        after_seconds: Option<u64>,
    },
    /// The vendor is down or unreachable (5xx, timeout, network): the lane pauses, no attempt spent.
    Unavailable,
    /// One record cannot be written right now (a lock, a race), the others can: retry with backoff, attempts are spent.
    Busy,
    /// The vendor refuses the values: the record stops and a person sees each field.
    Invalid {
        /// One entry a field; empty where the vendor names none.
        fields: Vec<FieldFault>,
    },
    /// A record with this key exists already: match it, then update.
    Conflict {
        /// The existing record, where the vendor names it.
        existing: Option<RecordId>,
        /// The destination field whose value is taken, where known.
        field: Option<String>,
    },
    /// The record is gone (404, deleted).
    NotFound,
    /// Anything else: retried twice, then stopped.
    Unexpected,
}

impl FailureKind {
    /// A short stable word for grouping, filters and tests.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Permission { .. } => "permission",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable => "unavailable",
            Self::Busy => "busy",
            Self::Invalid { .. } => "invalid",
            Self::Conflict { .. } => "conflict",
            Self::NotFound => "not_found",
            Self::Unexpected => "unexpected",
        }
    }
}

/// One field the vendor refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldFault {
    /// The destination field's name.
    pub field: String,
    /// What is wrong with it.
    pub problem: FieldProblem,
    /// The refused value, if it may be kept.
    pub value: Option<String>,
    /// The vendor's own words, redacted.
    pub detail: String,
}

/// What can be wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    /// Needed, but there is no value.
    Required,
    /// Not among the allowed options.
    UnknownOption,
    /// Longer than the field allows.
    TooLong,
    /// Not an e-mail address.
    NotEmail,
    /// Not a phone number the vendor accepts.
    NotPhone,
    /// Not a number.
    NotNumber,
    /// Not a date, or a time where only a day is kept.
    NotDate,
    /// Any other wrong format.
    WrongFormat,
    /// The field does not exist any more.
    UnknownField,
    /// The vendor fills it by itself.
    ReadOnly,
    /// The value must be unique and is taken.
    Taken,
    /// The account's own rule refused it.
    CustomRule,
}

impl FieldProblem {
    /// All of them, for whoever has words for each.
    pub const ALL: [Self; 12] = [
        Self::Required,
        Self::UnknownOption,
        Self::TooLong,
        Self::NotEmail,
        Self::NotPhone,
        Self::NotNumber,
        Self::NotDate,
        Self::WrongFormat,
        Self::UnknownField,
        Self::ReadOnly,
        Self::Taken,
        Self::CustomRule,
    ];
}

/// A failure with everything a person or support needs, and no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Failure {
    /// What the queue acts on.
    #[serde(flatten)]
    pub kind: FailureKind,
    /// The vendor's own code, such as `VALIDATION_ERROR`, or [`Failure::UNREACHABLE`]; empty where there is none.
    pub code: String,
    /// The vendor's own words or ours, redacted. Shown in the technical drawer only.
    pub message: String,
    /// The vendor's id of the request, for its support.
    pub request_id: Option<String>,
    /// Whether the request may have been applied although it failed (sent, answer lost).
    pub maybe_applied: bool,
}

impl Failure {
    /// The code where no connection came about, so that no vendor said anything.
    pub const UNREACHABLE: &str = "unreachable";

    /// A failure of `kind` in our own words.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, code: String::new(), message: message.into(), request_id: None, maybe_applied: false }
    }

    /// With the vendor's code.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }

    /// The key under which equal causes are counted together. Two leads refused for the same option of the same field share
    /// it; two different option values do not, since each needs its own translation.
    pub fn group_key(&self) -> String {
        match &self.kind {
            FailureKind::Invalid { fields } if !fields.is_empty() => {
                let mut parts: Vec<String> = fields
                    .iter()
                    .map(|fault| {
                        let value = match fault.problem {
                            FieldProblem::UnknownOption => fault.value.as_deref().unwrap_or(""),
                            _ => "",
                        };
                        format!("{}:{:?}:{value}", fault.field, fault.problem)
                    })
                    .collect();
                parts.sort();
                parts.dedup();
                format!("invalid|{}", parts.join("|"))
            }
            FailureKind::Permission { missing } => format!("permission|{}", missing.join(",")),
            kind => format!("{}|{}", kind.word(), self.code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option_fault(value: &str) -> Failure {
        let fault = FieldFault {
            field: "lead_source".into(),
            problem: FieldProblem::UnknownOption,
            value: Some(value.into()),
            detail: String::new(),
        };
        Failure::new(FailureKind::Invalid { fields: vec![fault] }, "refused")
    }

    #[test]
    fn each_unknown_option_is_its_own_group() {
        assert_eq!(
            option_fault("Webinar").group_key(),
            option_fault("Webinar").group_key(),
            "same cause, same group"
        );
        assert_ne!(
            option_fault("Webinar").group_key(),
            option_fault("Fair").group_key(),
            "each value needs its own fix"
        );
    }
}
