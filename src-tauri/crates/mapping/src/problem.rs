//! What is wrong with a mapping, said while it is edited.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Transform;

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// What it is, for the window to act on.
    pub code: ProblemCode,
    /// Whether leads can go all the same.
    pub severity: Severity,
    /// The destination field, where it is about one.
    pub target: Option<String>,
    /// Cause and next step in plain words.
    pub message: String,
    /// What one click would do about it.
    pub fix: Option<Fix>,
}

impl Problem {
    pub(crate) fn error(code: ProblemCode, target: Option<&str>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            target: target.map(str::to_owned),
            message: message.into(),
            fix: None,
        }
    }

    pub(crate) fn warning(code: ProblemCode, target: Option<&str>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, target, message) }
    }

    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// Whether leads can go all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Leads would be refused, or the mapping cannot run.
    Error,
    /// Leads go, without this field or with less certainty.
    Warning,
}

/// What is wrong. Names stay as they are: the window has its buttons by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The destination demands a field that no rule fills.
    RequiredWithoutRule,
    /// The destination demands one of several fields, and no rule fills any.
    OneOfWithoutRule,
    /// The value's kind does not fit the field.
    TypeClash,
    /// A step does not take what the step before makes.
    StepClash,
    /// The destination fills the field by itself.
    ReadOnlyTarget,
    /// The destination has no such field any more.
    UnknownTarget,
    /// The source has no such field.
    UnknownSource,
    /// Values seen in the source are no options of the field.
    UnknownOption,
    /// The formula cannot be read.
    BadFormula,
    /// Two rules fill one field.
    TwoRules,
    /// Values seen in the source are longer than the field.
    MayBeTooLong,
    /// A zone, country, currency or pattern that nobody knows.
    UnknownSetting,
    /// The mapping is for another object.
    WrongObject,
}

/// What one click would do about a problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Fix {
    /// Put these steps at the end of the rule.
    AddSteps {
        /// The steps.
        transforms: Vec<Transform>,
    },
    /// Take the rule out.
    RemoveRule,
    /// Make a rule for this field.
    AddRule {
        /// The destination field.
        target: String,
    },
    /// Translate these values.
    TranslateValues {
        /// The values without an option.
        values: Vec<String>,
    },
}
