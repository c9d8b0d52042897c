//! A captured person, before and after the ledger has accepted it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConnectionId, LeadId, Record};

/// What a source hands over: one row, one form, one webhook. Not yet accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Captured {
    /// The source's own id for this capture. The same id from the same source is one lead, however often it comes.
    pub source_id: String,
    /// When it happened, where the source says.
    #[ts(type = "string | null")]
    pub captured_at: Option<Timestamp>,
    /// The source's fields, nested ones with dotted names.
    pub fields: Record,
}

/// One captured person in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Lead {
    /// Our id, written to the CRM as *Lead ID*.
    pub id: LeadId,
    /// Where the person was first captured.
    pub source: ConnectionId,
    /// When the person was first captured.
    #[ts(type = "string")]
    pub captured_at: Timestamp,
    /// When a capture last changed the fields.
    #[ts(type = "string")]
    pub updated_at: Timestamp,
    /// The latest value of each captured field.
    pub fields: Record,
    /// Normalised e-mail address, the key for matching.
    pub email: Option<String>,
    /// Phone number in E.164, the key for matching.
    pub phone: Option<String>,
    /// Full name as captured, for people to recognise the lead by.
    pub name: Option<String>,
}
