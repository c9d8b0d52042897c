//! "Where is my lead?": one person across everything.

use leadferry_model::{ConnectionId, Lead, LeadId, Timestamp};
use rusqlite::types::Value as Sql;
use serde::{Deserialize, Serialize};

use crate::column::Columns;
use crate::table::leads::{COLUMNS, read};
use crate::view::deliveries::DeliveryRow;
use crate::view::page::{Page, Rows};
use crate::view::search::lead_condition;
use crate::{DeliveryFilter, Link, Reader, StoreError};

/// Deliveries shown in one person's life.
const SHOWN: u64 = 500;

/// One capture of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capture {
    /// Where it came from.
    pub source: ConnectionId,
    /// The source's own id.
    pub key: String,
    /// When it was taken in.
    pub received_at: Timestamp,
}

/// A person with everything the ledger knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeadLife {
    /// The lead.
    pub lead: Lead,
    /// Its captures, oldest first.
    pub captures: Vec<Capture>,
    /// The records it is.
    pub links: Vec<Link>,
    /// Its deliveries, last changed first.
    pub deliveries: Rows<DeliveryRow>,
}

impl Reader<'_> {
    /// A page of leads, newest first. `search` is part of a name, an e-mail address or a phone number, or a record's id.
    pub fn leads(&self, search: Option<&str>, page: Page) -> Result<Rows<Lead>, StoreError> {
        self.find_leads(search, None, page)
    }

    /// The same, only of people first captured by `source`.
    pub fn find_leads(
        &self,
        search: Option<&str>,
        source: Option<&ConnectionId>,
        page: Page,
    ) -> Result<Rows<Lead>, StoreError> {
        let mut parts = Vec::new();
        let mut values: Vec<Sql> = Vec::new();
        if let Some(source) = source {
            values.push(source.as_str().to_owned().into());
            parts.push(format!("leads.source_id = ?{}", values.len()));
        }
        if let Some(text) = search.map(str::trim).filter(|text| !text.is_empty()) {
            let (part, value) = lead_condition(text);
            values.push(value.into());
            let part = part.replacen('?', &format!("?{}", values.len()), 1);
            values.push(text.to_owned().into());
            parts.push(format!(
                "leads.id IN (SELECT leads.id FROM leads WHERE {part} UNION SELECT lead_id FROM links WHERE record_id = ?{})",
                values.len()
            ));
        }
        let from = if parts.is_empty() {
            "leads".to_owned()
        } else {
            format!("leads WHERE {}", parts.join(" AND "))
        };
        self.page(COLUMNS, &from, "leads.captured_at DESC, leads.number DESC", values, page, read)
    }

    /// How many captures came from a source, and when the last one did.
    pub fn received_from(&self, source: &ConnectionId) -> Result<(u64, Option<Timestamp>), StoreError> {
        let found = self.one(
            "SELECT count(*) AS captures, max(received_at) AS last FROM captures WHERE source_id = ?1",
            [source.as_str()],
            |row| Ok((row.get::<_, i64>("captures")?.unsigned_abs(), row.maybe_moment("last")?)),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// One person's life.
    pub fn lead_life(&self, id: &LeadId) -> Result<LeadLife, StoreError> {
        let captures = self.all(
            "SELECT source_id, source_key, received_at FROM captures WHERE lead_id = ?1 ORDER BY received_at, source_key",
            [id.as_str()],
            |row| {
                Ok(Capture {
                    source: row.id("source_id", ConnectionId::new)?,
                    key: row.get("source_key")?,
                    received_at: row.moment("received_at")?,
                })
            },
        )?;
        let filter = DeliveryFilter { lead: Some(id.clone()), ..DeliveryFilter::default() };
        Ok(LeadLife {
            lead: self.lead(id)?,
            captures,
            links: self.links_of(id)?,
            deliveries: self.deliveries(&filter, Page::first(SHOWN))?,
        })
    }
}
