//! Putting a lead's change in the queue, so that several changes that wait become one delivery.

use leadferry_model::{ConnectionId, DeliveryId, LeadId, RunId, SyncId, Timestamp};
use rusqlite::params;

use crate::case::claim::FAR_FUTURE;
use crate::case::runs::STILL_IN;
use crate::column::micros;
use crate::{StoreError, Writer};

/// How a change came into the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enqueued {
    /// As a delivery of its own.
    New(DeliveryId),
    /// With a delivery of the same lead and sync that had not been sent yet.
    Joined(DeliveryId),
}

impl Enqueued {
    /// The delivery, either way.
    pub fn id(self) -> DeliveryId {
        match self {
            Self::New(id) | Self::Joined(id) => id,
        }
    }
}

/// Everything a queue entry is made of.
pub(crate) struct Queued<'a> {
    pub(crate) sync: &'a SyncId,
    pub(crate) lead: &'a LeadId,
    pub(crate) destination: &'a ConnectionId,
    pub(crate) object: &'a str,
    pub(crate) run: Option<RunId>,
    pub(crate) urgent: bool,
    pub(crate) waits: bool,
}

impl Writer<'_> {
    /// Queues a lead for a sync, due now: what a person, a run or a change asks for.
    pub fn enqueue(
        &self,
        now: Timestamp,
        sync: &SyncId,
        lead: &LeadId,
        run: Option<RunId>,
        urgent: bool,
    ) -> Result<Enqueued, StoreError> {
        let saved = self.sync(sync)?;
        let queued = Queued {
            sync,
            lead,
            destination: &saved.destination,
            object: &saved.object,
            run,
            urgent,
            waits: false,
        };
        self.queue(now, &queued)
    }

    /// Joins the delivery of this lead and sync that still waits (or failed), else makes one. One that is being sent is left
    /// alone: it may carry the older values already.
    pub(crate) fn queue(&self, now: Timestamp, queued: &Queued<'_>) -> Result<Enqueued, StoreError> {
        let due = if queued.waits { FAR_FUTURE } else { micros(now) };
        let waiting = self.one(
            "SELECT id FROM deliveries WHERE lead_id = ?1 AND sync_id = ?2 AND state IN ('pending', 'retrying', 'failed')
             ORDER BY id LIMIT 1",
            params![queued.lead.as_str(), queued.sync.as_str()],
            |row| row.get::<_, i64>("id"),
        )?;
        if let Some(id) = waiting {
            // New values deserve new attempts where the old ones ran out; between two tries the count goes on, so that a lead
            // that changes often still ends in front of a person. A run that was waited for is not waited for again.
            self.run(
                &format!(
                    "UPDATE deliveries SET
                         attempts = CASE WHEN state = 'failed' THEN 0 ELSE attempts END,
                         due_at = CASE WHEN state = 'failed' THEN ?2 ELSE min(due_at, ?2) END, state = 'pending',
                         slow_until = NULL, urgent = max(urgent, ?3), run_id = coalesce(?4, {STILL_IN}), changed_at = ?5
                     WHERE id = ?1"
                ),
                params![id, due, queued.urgent, queued.run.map(|run| run.0), micros(now)],
            )?;
            return Ok(Enqueued::Joined(DeliveryId(id)));
        }
        let id = self.add(
            "INSERT INTO deliveries (sync_id, lead_id, destination_id, object, run_id, state, urgent, due_at, created_at, changed_at,
                                     lead_version)
             SELECT ?1, id, ?3, ?4, ?5, 'pending', ?6, ?7, ?8, ?8, version FROM leads WHERE id = ?2",
            params![
                queued.sync.as_str(),
                queued.lead.as_str(),
                queued.destination.as_str(),
                queued.object,
                queued.run.map(|run| run.0),
                queued.urgent,
                due,
                micros(now),
            ],
        )?;
        Ok(Enqueued::New(DeliveryId(id)))
    }
}
