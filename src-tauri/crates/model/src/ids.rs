//! Identifiers. Each is its own type, so that a sync can never be passed where a connection is meant.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps an id read from the ledger, a vendor or a person.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// A fresh id. Version 7, so that ids sort by the time they were made.
            pub fn fresh() -> Self {
                Self(uuid::Uuid::now_v7().simple().to_string())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(#[ts(type = "number")] pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

text_id!(
    /// One captured person. The same text is written to the CRM as the *Lead ID* field.
    LeadId
);

impl LeadId {
    /// The id of a lead made at `at`, with `random` bytes behind the time: what [`LeadId::fresh`] takes from the computer is
    /// passed in.
    pub fn made(at: Timestamp, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().simple().to_string())
    }
}

text_id!(
    /// One authorised account at a connector, or one receiver.
    ConnectionId
);
text_id!(
    /// Source + destination + mapping + direction + mode.
    SyncId
);
text_id!(
    /// A record's id as the CRM calls it.
    RecordId
);
row_id!(
    /// One lead's change on its way to one destination. Grows with time: FIFO order is id order.
    DeliveryId
);
row_id!(
    /// One execution of a sync.
    RunId
);
