//! Reading and writing leads. Who is the same person is decided in `case::accept`.

use leadferry_model::{ConnectionId, Lead, LeadId};
use rusqlite::{Row, params};

use crate::column::Columns;
use crate::{Reader, StoreError};

/// The columns [`read`] needs, of a table called `leads`.
pub(crate) const COLUMNS: &str = "leads.id AS lead_id, leads.source_id AS lead_source, leads.captured_at, leads.updated_at, \
                                  leads.fields, leads.email, leads.phone, leads.name";

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Lead> {
    Ok(Lead {
        id: row.id("lead_id", LeadId::new)?,
        source: row.id("lead_source", ConnectionId::new)?,
        captured_at: row.moment("captured_at")?,
        updated_at: row.moment("updated_at")?,
        fields: row.json("fields")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        name: row.get("name")?,
    })
}

impl Reader<'_> {
    /// One lead.
    pub fn lead(&self, id: &LeadId) -> Result<Lead, StoreError> {
        self.one(&format!("SELECT {COLUMNS} FROM leads WHERE id = ?1"), [id.as_str()], read)?
            .ok_or(StoreError::NotFound { what: "lead" })
    }

    /// The lead a normalised e-mail address belongs to.
    pub fn lead_by_email(&self, email: &str) -> Result<Option<LeadId>, StoreError> {
        self.lead_by_key("email", email)
    }

    /// The lead a phone number in E.164 belongs to.
    pub fn lead_by_phone(&self, phone: &str) -> Result<Option<LeadId>, StoreError> {
        self.lead_by_key("phone", phone)
    }

    pub(crate) fn lead_by_key(&self, kind: &str, value: &str) -> Result<Option<LeadId>, StoreError> {
        self.one(
            "SELECT lead_id FROM lead_keys WHERE kind = ?1 AND value = ?2",
            params![kind, value],
            |row| row.id("lead_id", LeadId::new),
        )
    }
}
