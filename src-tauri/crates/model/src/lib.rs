//! The words of Leadferry as plain types: leads, values, fields, deliveries, failures, ids and the clock.
//!
//! **Architecture Invariant:** nothing here does input or output, nothing here is async, and every other room may
//! import this one. What a vendor calls things stays in that vendor's connector.

pub mod clock;
pub mod delivery;
pub mod failure;
pub mod field;
pub mod ids;
pub mod lead;
pub mod secret;
pub mod value;

pub use clock::{Clock, ManualClock, SystemClock};
pub use delivery::DeliveryState;
pub use failure::{Failure, FailureKind, FieldFault};
pub use field::{Field, FieldKind, FieldOption, ObjectSchema};
pub use ids::{ConnectionId, DeliveryId, LeadId, RecordId, RunId, SyncId};
pub use lead::{Captured, Lead};
pub use secret::Secret;
pub use value::{Record, Value};

/// A moment in time. Always UTC; zones belong to the screen and to date transforms.
pub use jiff::Timestamp;
