//! Why the CRM did not do what was asked, before a dialect puts it into its vendor's words.

use super::RecordNumber;

/// A refused request or row. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Values that fields do not take.
    #[error("{} of the values are not accepted", .0.len())]
    Values(Vec<FieldProblem>),
    /// Another record holds this value of a unique field.
    #[error("{field} is already used by record {holder}")]
    Taken {
        /// The unique field.
        field: String,
        /// The value both want.
        value: String,
        /// The record that has it.
        holder: RecordNumber,
    },
    /// A new record lacks every one of these fields.
    #[error("one of {0:?} is needed")]
    NeedsOneOf(Vec<String>),
    /// There is no such record, or it is in the bin.
    #[error("there is no record {0}")]
    NoRecord(String),
    /// There is no such object.
    #[error("there is no object {0}")]
    NoObject(String),
    /// There is no such field.
    #[error("there is no field {0}")]
    NoField(String),
    /// The field cannot be used to look records up.
    #[error("{0} is not unique")]
    NotUnique(String),
    /// A field of that name exists.
    #[error("a field {0} exists")]
    FieldExists(String),
    /// No more unique fields fit on the object.
    #[error("an object has at most {0} unique fields")]
    TooManyUniqueFields(usize),
    /// A new record lacks a link to a record of this object.
    #[error("a link to {0} is needed")]
    NeedsLink(String),
}

/// One value that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldProblem {
    /// The field.
    pub(crate) field: String,
    /// The value.
    pub(crate) value: String,
    /// What is wrong with it.
    pub(crate) problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The object has no such field.
    NoSuchField,
    /// The field cannot be written.
    ReadOnly,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not one of the options.
    NotAnOption,
    /// Not the id of an owner.
    NotAnOwner,
    /// Not a number.
    NotANumber,
    /// Not a day.
    NotADate,
    /// A moment where a day is wanted.
    NotMidnight,
    /// Not a moment.
    NotAMoment,
    /// Neither true nor false.
    NotABool,
    /// Longer than this many characters.
    TooLong(u32),
    /// Refused by the weather (see [`crate::weather::RefusedValue`]), with the vendor's code and sentence.
    Weather {
        /// The vendor's code.
        code: String,
        /// The vendor's sentence.
        message: String,
    },
}
