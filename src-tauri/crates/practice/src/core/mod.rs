//! One CRM in memory: objects with fields and records, links between records, owners, pipelines, and a search
//! index that lags behind.
//!
//! **Architecture Invariant:** nothing here knows a vendor. Values are kept in one canonical notation (days as
//! `2026-03-01`, moments as `2026-03-01T09:00:00.000Z`, several choices joined by `;`); a dialect translates its
//! vendor's notation on the way in and out. What is refused is said as a [`Refusal`], and the dialect words it.
//!
//! Deliberately not here: sign-in ([`crate::access`]), limits ([`crate::limits`]), faults ([`crate::weather`]).

mod change;
mod check;
mod crm;
mod exact;
mod field;
mod index;
mod link;
mod people;
mod query;
mod record;
mod refusal;
mod table;
mod undo;

pub(crate) use change::{Change, ChangeKind};
pub(crate) use crm::Crm;
pub(crate) use field::{Field, Origin};
pub(crate) use link::{LinkKind, Links};
pub use people::{Owner, Pipeline, Stage};
pub(crate) use query::{Condition, Direction, Query, Test};
pub(crate) use record::{Record, Values};
pub(crate) use refusal::{FieldProblem, Problem, Refusal};
pub(crate) use table::Table;

use jiff::Timestamp;

/// A record's number, unique over all objects of an account.
pub(crate) type RecordNumber = u64;

/// `moment` in the canonical notation, to the millisecond like the vendors show it.
pub(crate) fn moment_text(moment: Timestamp) -> String {
    format!("{moment:.3}")
}
