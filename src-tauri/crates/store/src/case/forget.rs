//! Letting go of data: by age, or of one person on request; and handing one person's data out.

use leadferry_model::{DeliveryId, DeliveryState, LeadId, RecordId, RunId, Timestamp};
use rusqlite::params;
use serde_json::json;

use crate::column::{Columns, micros};
use crate::{BeforeImage, DeliveryFilter, Json, LeadLife, Page, Reader, StoreError, Writer};

/// Deliveries of one person that are handed out at most: more than anybody has.
const ALL: u64 = 1_000_000;

/// What retention removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Deliveries with their attempts and undo data.
    pub deliveries: u64,
    /// Leads that had nothing left and are old themselves.
    pub leads: u64,
    /// Audit entries.
    pub audit: u64,
}

impl Writer<'_> {
    /// Forgets history from before `moment`. What is not done yet stays, however old: nothing accepted is ever lost. So do
    /// leads that are known records somewhere, since the next capture of the person must find that record again.
    pub fn forget_before(&self, moment: Timestamp) -> Result<Forgotten, StoreError> {
        let before = micros(moment);
        let deliveries = self.run(
            "DELETE FROM deliveries WHERE changed_at < ?1 AND state IN ('synced', 'skipped')",
            [before],
        )?;
        self.run("DELETE FROM exchanges WHERE at < ?1", [before])?;
        self.run(
            "DELETE FROM runs WHERE started_at < ?1 AND sealed_at IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.run_id = runs.id)",
            [before],
        )?;
        let leads = self.run(
            "DELETE FROM leads WHERE latest_at < ?1 AND updated_at < ?1
             AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.lead_id = leads.id)
             AND NOT EXISTS (SELECT 1 FROM links WHERE links.lead_id = leads.id)",
            [before],
        )?;
        self.run("DELETE FROM refusals WHERE at < ?1", [before])?;
        self.run("DELETE FROM notifications WHERE at < ?1 AND seen_at IS NOT NULL", [before])?;
        self.run("DELETE FROM failure_groups WHERE state = 'solved' AND solved_at < ?1", [before])?;
        let audit = self.forget_audit(moment)?;
        Ok(Forgotten { deliveries: deliveries as u64, leads: leads as u64, audit: audit as u64 })
    }

    /// Erases one person: the lead, its keys, captures, deliveries, attempts, exchanges, links and undo data. The audit log
    /// keeps that it happened, under an id that means nobody any more. Refused while something is being sent.
    pub fn erase_lead(&self, now: Timestamp, id: &LeadId) -> Result<(), StoreError> {
        let sending = self.number(
            "SELECT EXISTS (SELECT 1 FROM deliveries WHERE lead_id = ?1 AND state = ?2)",
            params![id.as_str(), DeliveryState::Sending.as_str()],
        )?;
        if sending != 0 {
            return Err(StoreError::Conflict {
                why: "This person's data is being sent at this moment. Try again in a minute.",
            });
        }
        // Exchanges of a batch name others too; they go with the first person who asks.
        self.run(
            "DELETE FROM exchanges WHERE id IN (SELECT attempts.exchange_id FROM attempts
             JOIN deliveries ON deliveries.id = attempts.delivery_id WHERE deliveries.lead_id = ?1)",
            [id.as_str()],
        )?;
        if self.run("DELETE FROM leads WHERE id = ?1", [id.as_str()])? == 0 {
            return Err(StoreError::NotFound { what: "lead" });
        }
        self.solve_emptied(now)?;
        self.record(now, "person", "lead.erased", &format!("lead {id}"), &json!({}))
    }

    /// Notes that a delivery was undone at the destination.
    pub fn mark_undone(&self, now: Timestamp, delivery: DeliveryId) -> Result<(), StoreError> {
        let marked = self.run(
            "UPDATE before_images SET undone_at = ?2 WHERE delivery_id = ?1 AND undone_at IS NULL",
            params![delivery.0, micros(now)],
        )?;
        if marked == 0 {
            return Err(StoreError::NotFound { what: "change to undo" });
        }
        // The record is no longer what we last wrote: an equal write must not be left out.
        self.run(
            "UPDATE links SET sent_hash = NULL WHERE (lead_id, connection_id, object) IN
             (SELECT lead_id, destination_id, object FROM deliveries WHERE id = ?1)",
            [delivery.0],
        )?;
        let detail = json!({"delivery": delivery});
        self.record(now, "person", "record.undone", &format!("delivery {delivery}"), &detail)
    }
}

/// A change of a run that can be undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Undoable {
    /// The delivery.
    pub delivery: DeliveryId,
    /// Whose.
    pub lead: LeadId,
    /// The record it wrote.
    pub record: RecordId,
    /// Whether it created it.
    pub created: bool,
    /// What to go back to.
    pub image: BeforeImage,
}

impl Reader<'_> {
    /// Changes of a run that are not undone yet, newest first.
    pub fn undoable(&self, run: RunId) -> Result<Vec<Undoable>, StoreError> {
        self.all(
            "SELECT d.id, d.lead_id, b.record_id, b.created, b.before, b.written
             FROM deliveries d JOIN before_images b ON b.delivery_id = d.id
             WHERE d.run_id = ?1 AND d.state = 'synced' AND b.undone_at IS NULL ORDER BY d.id DESC",
            [run.0],
            |row| {
                Ok(Undoable {
                    delivery: DeliveryId(row.get("id")?),
                    lead: row.id("lead_id", LeadId::new)?,
                    record: row.id("record_id", RecordId::new)?,
                    created: row.get("created")?,
                    image: BeforeImage { before: row.maybe_json("before")?, written: row.json("written")? },
                })
            },
        )
    }

    /// Everything the ledger keeps of one person, for them.
    pub fn export_lead(&self, id: &LeadId) -> Result<Json, StoreError> {
        let LeadLife { lead, captures, links, .. } = self.lead_life(id)?;
        let filter = DeliveryFilter { lead: Some(id.clone()), ..DeliveryFilter::default() };
        let rows = self.deliveries(&filter, Page::first(ALL))?.rows;
        let deliveries = rows.iter().map(|row| self.delivery(row.id)).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({"lead": lead, "captures": captures, "links": links, "deliveries": deliveries}))
    }
}
