//! People: finding one, and everything that happened to them.

use leadferry_model::DeliveryState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Named, PageOf, Pair, TimelineEntry};

/// Asks for a page of leads.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ListLeads {
    /// Part of a name, e-mail, phone or record id.
    pub text: Option<String>,
    /// Only this source.
    pub source: Option<String>,
    /// Which part.
    pub page: PageOf,
}

/// One lead in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LeadRow {
    /// The lead.
    pub id: String,
    /// Its name, or what there is instead.
    pub name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// The source.
    pub source: Named,
    /// When it was captured.
    pub captured_at: String,
    /// Where its latest delivery stands.
    pub state: Option<DeliveryState>,
    /// Where to see it in the CRM.
    pub record_url: Option<String>,
}

/// One lead with its whole life.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LeadView {
    /// The row.
    pub row: LeadRow,
    /// What was captured.
    pub fields: Vec<Pair>,
    /// Records it is at destinations.
    pub links: Vec<LinkView>,
    /// Everything that happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Its deliveries, newest first.
    pub deliveries: Vec<super::DeliveryRow>,
}

/// The record a lead is at a destination.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LinkView {
    /// The destination.
    pub connection: Named,
    /// The record's id.
    pub record: String,
    /// Where to see it.
    pub url: Option<String>,
    /// How it was found, in words.
    pub matched_by: String,
    /// When.
    pub linked_at: String,
}

/// Where one person's data was written.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportPerson {
    /// The lead.
    pub id: String,
    /// The file to write.
    pub path: String,
}

/// What erasing a person leaves elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Erased {
    /// In words.
    pub text: String,
    /// Records that stay at destinations.
    pub stays: Vec<LinkView>,
}
