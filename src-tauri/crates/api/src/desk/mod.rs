//! The error desk: what failed and why, fixes with their effect shown first, single deliveries with their life, tests.

mod actions;
pub(crate) mod deliveries;
pub(crate) mod delivery;
mod edit;
pub(crate) mod files;
mod fix;
mod groups;
mod plan;
mod rows;
mod select;
mod test;

pub(crate) use rows::{Rows, words_of_match};

use leadferry_model::{Failure, FailureKind, FieldFault};

/// The fields a failure names.
pub(crate) fn faults(failure: Option<&Failure>) -> &[FieldFault] {
    match failure.map(|failure| &failure.kind) {
        Some(FailureKind::Invalid { fields }) => fields,
        _ => &[],
    }
}
