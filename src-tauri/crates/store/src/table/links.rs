//! Which record of a destination a lead is.

use leadferry_model::{ConnectionId, LeadId, RecordId, Timestamp};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::column::{Columns, micros};
use crate::{Reader, StoreError, Writer};

/// A lead's record at a destination.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The lead.
    pub lead: LeadId,
    /// The destination.
    pub connection: ConnectionId,
    /// The object there.
    pub object: String,
    /// The record's id.
    pub record: RecordId,
    /// Where a person can look at it.
    pub url: Option<String>,
    /// How it was found: `lead_id`, `email`, `phone`, `created`, `person`, `conflict`, `converted`.
    pub matched_by: String,
    /// Hash of the fields last written, none while that is not certain: from the claim of a delivery until it is synced. None
    /// forces a write.
    pub sent_hash: Option<String>,
    /// When it was last confirmed.
    pub linked_at: Timestamp,
}

const COLUMNS: &str =
    "lead_id, connection_id, object, record_id, record_url, matched_by, sent_hash, linked_at";

fn read(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        lead: row.id("lead_id", LeadId::new)?,
        connection: row.id("connection_id", ConnectionId::new)?,
        object: row.get("object")?,
        record: row.id("record_id", RecordId::new)?,
        url: row.get("record_url")?,
        matched_by: row.get("matched_by")?,
        sent_hash: row.get("sent_hash")?,
        linked_at: row.moment("linked_at")?,
    })
}

impl Reader<'_> {
    /// The record a lead is at a destination.
    pub fn link(
        &self,
        lead: &LeadId,
        connection: &ConnectionId,
        object: &str,
    ) -> Result<Option<Link>, StoreError> {
        self.one(
            &format!("SELECT {COLUMNS} FROM links WHERE lead_id = ?1 AND connection_id = ?2 AND object = ?3"),
            params![lead.as_str(), connection.as_str(), object],
            read,
        )
    }

    /// Every record a lead is.
    pub fn links_of(&self, lead: &LeadId) -> Result<Vec<Link>, StoreError> {
        self.all(
            &format!("SELECT {COLUMNS} FROM links WHERE lead_id = ?1 ORDER BY connection_id, object"),
            [lead.as_str()],
            read,
        )
    }

    /// The leads that are this record. More than one means that two people were matched to it.
    pub fn links_to(
        &self,
        connection: &ConnectionId,
        object: &str,
        record: &RecordId,
    ) -> Result<Vec<Link>, StoreError> {
        self.all(
            &format!(
                "SELECT {COLUMNS} FROM links WHERE record_id = ?3 AND connection_id = ?1 AND object = ?2 ORDER BY lead_id"
            ),
            params![connection.as_str(), object, record.as_str()],
            read,
        )
    }
}

impl Writer<'_> {
    /// Links a lead to a record, or moves its link.
    pub fn save_link(&self, link: &Link) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO links (lead_id, connection_id, object, record_id, record_url, matched_by, sent_hash, linked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (lead_id, connection_id, object) DO UPDATE SET record_id = excluded.record_id,
                 record_url = coalesce(excluded.record_url, CASE WHEN record_id = excluded.record_id THEN record_url END),
                 matched_by = excluded.matched_by, sent_hash = excluded.sent_hash, linked_at = excluded.linked_at",
            params![
                link.lead.as_str(),
                link.connection.as_str(),
                link.object,
                link.record.as_str(),
                link.url,
                link.matched_by,
                link.sent_hash,
                micros(link.linked_at),
            ],
        )?;
        Ok(())
    }

    /// Forgets that a lead is a record: it is deleted or was the wrong one. Says whether there was a link.
    pub fn remove_link(
        &self,
        lead: &LeadId,
        connection: &ConnectionId,
        object: &str,
    ) -> Result<bool, StoreError> {
        let removed = self.run(
            "DELETE FROM links WHERE lead_id = ?1 AND connection_id = ?2 AND object = ?3",
            params![lead.as_str(), connection.as_str(), object],
        )?;
        Ok(removed > 0)
    }
}
