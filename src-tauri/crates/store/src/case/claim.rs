//! Handing out deliveries to workers.
//!
//! A claim is a lease: until it runs out the delivery is the worker's alone. What a dead worker left behind is handed out
//! again when its lease has run out, with the intent it had written, so that the next one asks the CRM first. What goes in a
//! [load](crate::case::loads) is claimed there.
//!
//! Order: urgent ones first, then what was left behind, then by the time they fell due. For one person and destination only the oldest goes, and none
//! while another one is on its way; deliveries of paused syncs, and those that wait for a run, hold nobody up.

use std::collections::{BTreeSet, HashSet};

use leadferry_model::{ConnectionId, DeliveryId, Lead, Record, RunId, SyncId, Timestamp};
use rusqlite::{Row, params};

use crate::column::{Columns, id_list, micros};
use crate::table::leads;
use crate::{Json, Link, Reader, StoreError, Writer};

/// Due when a run gathers it (9999-01-01): the moment kept for deliveries that wait for a schedule or a person.
pub const FAR_FUTURE: i64 = 253_370_764_800_000_000;

/// A claimed delivery with everything planning needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Its id.
    pub id: DeliveryId,
    /// Proof of the claim, to be handed back with the settlement.
    pub lease: Timestamp,
    /// The sync it belongs to.
    pub sync: SyncId,
    /// The run it belongs to.
    pub run: Option<RunId>,
    /// The lead as it is now.
    pub lead: Lead,
    /// The lead's version as it is now.
    pub lead_version: i64,
    /// When it was queued.
    pub created_at: Timestamp,
    /// Whether it goes ahead of everything else.
    pub urgent: bool,
    /// Attempts spent so far.
    pub attempts: u32,
    /// Until when the slow lane goes on, for one that had failed.
    pub slow_until: Option<Timestamp>,
    /// Destination values a person typed for this delivery.
    pub edits: Record,
    /// Destination fields a person left out.
    pub without_fields: Vec<String>,
    /// What an earlier worker was about to create for this person, and perhaps did, be it for this delivery or another one.
    pub intent: Option<Json>,
    /// Whether an earlier worker was lost while it had this delivery.
    pub lost: bool,
    /// The record the lead is already known to be.
    pub link: Option<Link>,
    /// The mapping version that is live.
    pub mapping_version: Option<i64>,
}

/// What keeps a delivery `d` from going although it is due: somebody of the same person is on the way, or was first.
/// `?4` is the far future. The states repeat those of the index `deliveries_open`, so that it is used.
const FREE: &str = "
    NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.lead_id = d.lead_id AND o.destination_id = d.destination_id
                AND o.state IN ('pending', 'retrying', 'sending') AND o.state = 'sending')
    AND NOT EXISTS (SELECT 1 FROM deliveries o JOIN syncs s ON s.id = o.sync_id
                    WHERE o.lead_id = d.lead_id AND o.destination_id = d.destination_id
                    AND o.state IN ('pending', 'retrying', 'sending') AND o.state <> 'sending'
                    AND s.state = 'on' AND o.due_at < ?4
                    AND (o.urgent > d.urgent OR (o.urgent = d.urgent AND o.id < d.id)))";

impl Writer<'_> {
    /// Claims up to `limit` deliveries of `object` at `destination` until `lease_until`, in the order they are to be sent.
    /// None while the destination's lane is closed.
    pub fn claim(
        &self,
        now: Timestamp,
        destination: &ConnectionId,
        object: &str,
        limit: usize,
        lease_until: Timestamp,
    ) -> Result<Vec<Claimed>, StoreError> {
        if limit == 0 || !self.lane_is_open(now, destination)? {
            return Ok(Vec::new());
        }
        let mut chosen = Chosen::new(limit);
        let mut lost: BTreeSet<i64> = BTreeSet::new();
        let syncs = self.working_syncs(destination, Some(object))?;
        for urgent in [true, false] {
            let before = chosen.ids.len();
            self.lost_ones(now, destination, object, urgent, &mut chosen)?;
            lost.extend(&chosen.ids[before..]);
            self.due_ones(now, &syncs, urgent, &mut chosen)?;
        }
        self.note_lost(now, &lost)?;
        for sync in &syncs {
            self.slow_ones(now, sync, &mut chosen)?;
        }
        self.lease(now, chosen.ids, lease_until, &lost)
    }

    /// Keeps that a worker was lost while it had these.
    pub(crate) fn note_lost(&self, now: Timestamp, lost: &BTreeSet<i64>) -> Result<(), StoreError> {
        for id in lost {
            self.run(
                "INSERT INTO attempts (delivery_id, at, outcome, counted) VALUES (?1, ?2, 'lost', 0)",
                params![id, micros(now)],
            )?;
        }
        Ok(())
    }

    /// Makes the chosen ones the worker's.
    pub(crate) fn lease(
        &self,
        now: Timestamp,
        chosen: Vec<i64>,
        lease_until: Timestamp,
        lost: &BTreeSet<i64>,
    ) -> Result<Vec<Claimed>, StoreError> {
        if chosen.is_empty() {
            return Ok(Vec::new());
        }
        let ids = id_list(chosen);
        self.run(
            "UPDATE deliveries SET state = 'sending', lease_until = ?2, changed_at = ?3,
                    lead_version = (SELECT version FROM leads WHERE leads.id = deliveries.lead_id)
             WHERE id IN (SELECT value FROM json_each(?1))",
            params![ids, micros(lease_until), micros(now)],
        )?;
        let claimed = self.claimed(&ids, lost)?;
        // From here on nobody knows what the records hold, until a settlement says so: an answer may be lost, or the process. A
        // lead that then says again what was written before must not pass for unchanged.
        self.run(
            "UPDATE links SET sent_hash = NULL WHERE (lead_id, connection_id, object) IN
             (SELECT lead_id, destination_id, object FROM deliveries WHERE id IN (SELECT value FROM json_each(?1)))",
            [&ids],
        )?;
        Ok(claimed)
    }

    /// Lets every lease run out. Called once after opening: the folder is ours alone, so whoever held one is gone. What is in a
    /// load is the load's, whoever asks for it. They ran out in 1970 rather than now: the clock may be ahead and yet be set back.
    pub fn expire_leases(&self) -> Result<usize, StoreError> {
        self.run(
            "UPDATE deliveries SET lease_until = 0 WHERE state = 'sending' AND lease_until < ?1",
            [FAR_FUTURE],
        )
    }

    /// Keeps what is about to be sent, before a send that could not be repeated blindly. Ignored for a lease that is lost;
    /// gives the deliveries that are still held, and only those may be sent.
    pub fn write_intent(
        &self,
        intents: &[(DeliveryId, Timestamp, Json)],
    ) -> Result<Vec<DeliveryId>, StoreError> {
        let mut held = Vec::with_capacity(intents.len());
        for (id, lease, intent) in intents {
            let kept = self.run(
                "UPDATE deliveries SET intent = ?3 WHERE id = ?1 AND state = 'sending' AND lease_until = ?2",
                params![id.0, micros(*lease), intent.to_string()],
            )?;
            if kept == 1 {
                held.push(*id);
            }
        }
        Ok(held)
    }

    /// What was kept of a send is over: it certainly was not applied, so nobody has to ask for it. Ignored for a lease that is lost.
    pub fn forget_intent(&self, sends: &[(DeliveryId, Timestamp)]) -> Result<(), StoreError> {
        for (id, lease) in sends {
            self.run(
                "UPDATE deliveries SET intent = NULL WHERE id = ?1 AND state = 'sending' AND lease_until = ?2",
                params![id.0, micros(*lease)],
            )?;
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The deliveries with these ids, with everything planning needs.
    pub(crate) fn claimed(&self, ids: &str, lost: &BTreeSet<i64>) -> Result<Vec<Claimed>, StoreError> {
        let sql = format!(
            "SELECT d.id, d.lease_until, d.sync_id, d.run_id, d.lead_version, d.created_at, d.urgent, d.attempts, d.slow_until,
                    d.edits, d.without_fields, syncs.live_version, {},
                    links.connection_id, links.object AS link_object, links.record_id, links.record_url, links.matched_by,
                    links.sent_hash, links.linked_at,
                    (SELECT o.intent FROM deliveries o WHERE o.lead_id = d.lead_id AND o.destination_id = d.destination_id
                     AND o.object = d.object AND o.intent IS NOT NULL ORDER BY o.id DESC LIMIT 1) AS intent
             FROM json_each(?1) AS wanted
             JOIN deliveries d ON d.id = wanted.value
             JOIN leads ON leads.id = d.lead_id
             JOIN syncs ON syncs.id = d.sync_id
             LEFT JOIN links ON links.lead_id = d.lead_id AND links.connection_id = d.destination_id AND links.object = d.object
             ORDER BY d.urgent DESC, d.id",
            leads::COLUMNS
        );
        self.all(&sql, [ids], |row| read(row, lost))
    }

    /// Syncs that send to `destination`.
    pub(crate) fn working_syncs(
        &self,
        destination: &ConnectionId,
        object: Option<&str>,
    ) -> Result<Vec<SyncId>, StoreError> {
        self.all(
            "SELECT id FROM syncs WHERE destination_id = ?1 AND state = 'on' AND (?2 IS NULL OR object = ?2)
             ORDER BY created_at, id",
            params![destination.as_str(), object],
            |row| row.id("id", SyncId::new),
        )
    }

    /// Whether the destination takes anything at the moment.
    pub fn lane_is_open(&self, now: Timestamp, destination: &ConnectionId) -> Result<bool, StoreError> {
        Ok(self.lane(now, destination)?.takes(now))
    }

    /// Left behind by a worker whose lease ran out. Urgent is also what a STOP of the same person waits for.
    fn lost_ones(
        &self,
        now: Timestamp,
        destination: &ConnectionId,
        object: &str,
        urgent: bool,
        chosen: &mut Chosen,
    ) -> Result<(), StoreError> {
        let found = self.all(
            "SELECT d.id, d.lead_id FROM deliveries d JOIN syncs s ON s.id = d.sync_id
             WHERE d.state = 'sending' AND d.lease_until <= ?1 AND d.destination_id = ?2 AND d.object = ?3 AND s.state = 'on'
             AND ?5 = EXISTS (SELECT 1 FROM deliveries o WHERE o.lead_id = d.lead_id AND o.destination_id = d.destination_id
                              AND o.state IN ('pending', 'retrying', 'sending') AND o.urgent = 1)
             ORDER BY d.lease_until, d.id LIMIT ?4",
            params![micros(now), destination.as_str(), object, chosen.room(), urgent],
            |row| Ok((row.get("id")?, row.get("lead_id")?)),
        )?;
        chosen.take(found);
        Ok(())
    }

    /// Those of several syncs that are due, oldest due first.
    pub(crate) fn due_ones(
        &self,
        now: Timestamp,
        syncs: &[SyncId],
        urgent: bool,
        chosen: &mut Chosen,
    ) -> Result<(), StoreError> {
        let room = chosen.room();
        if room == 0 {
            return Ok(());
        }
        let sql = due_sql();
        let mut found: Vec<(i64, i64, String)> = Vec::new();
        for sync in syncs {
            let params = params![sync.as_str(), urgent, micros(now), FAR_FUTURE, room];
            found.extend(
                self.all(&sql, params, |row| Ok((row.get("due_at")?, row.get("id")?, row.get("lead_id")?)))?,
            );
        }
        found.sort();
        chosen.take(found.into_iter().map(|(_, id, lead)| (id, lead)));
        Ok(())
    }

    /// Failed ones whose cause may have passed by itself.
    pub(crate) fn slow_ones(
        &self,
        now: Timestamp,
        sync: &SyncId,
        chosen: &mut Chosen,
    ) -> Result<(), StoreError> {
        let room = chosen.room();
        if room == 0 {
            return Ok(());
        }
        let params = params![sync.as_str(), Option::<bool>::None, micros(now), FAR_FUTURE, room];
        let found = self.all(&slow_sql(), params, |row| Ok((row.get("id")?, row.get("lead_id")?)))?;
        chosen.take(found);
        Ok(())
    }
}

/// The hottest question of all: what of one sync is due and free to go.
pub(crate) fn due_sql() -> String {
    format!(
        "SELECT d.id, d.lead_id, d.due_at FROM deliveries d
         WHERE d.sync_id = ?1 AND d.state IN ('pending', 'retrying') AND d.urgent = ?2 AND d.due_at <= ?3 AND {FREE}
         ORDER BY d.due_at, d.id LIMIT ?5"
    )
}

/// The same for the slow lane. `?2` stands here only so that both take the same values.
pub(crate) fn slow_sql() -> String {
    format!(
        "SELECT d.id, d.lead_id FROM deliveries d
         WHERE d.sync_id = ?1 AND d.state = 'failed' AND d.slow_until IS NOT NULL AND d.due_at <= ?3 AND d.slow_until > ?3
         AND ?2 IS NULL AND {FREE}
         ORDER BY d.due_at LIMIT ?5"
    )
}

/// Deliveries picked so far: one a person, up to a limit.
pub(crate) struct Chosen {
    limit: usize,
    pub(crate) ids: Vec<i64>,
    leads: HashSet<String>,
}

impl Chosen {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, ids: Vec::new(), leads: HashSet::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn room(&self) -> i64 {
        i64::try_from(self.limit - self.ids.len()).unwrap_or(i64::MAX)
    }

    pub(crate) fn take(&mut self, found: impl IntoIterator<Item = (i64, String)>) {
        for (id, lead) in found {
            if self.ids.len() < self.limit && self.leads.insert(lead) {
                self.ids.push(id);
            }
        }
    }
}

fn read(row: &Row<'_>, lost: &BTreeSet<i64>) -> rusqlite::Result<Claimed> {
    let lead = leads::read(row)?;
    let connection: Option<String> = row.get("connection_id")?;
    let link = match connection {
        None => None,
        Some(connection) => Some(Link {
            lead: lead.id.clone(),
            connection: ConnectionId::new(connection),
            object: row.get("link_object")?,
            record: row.id("record_id", leadferry_model::RecordId::new)?,
            url: row.get("record_url")?,
            matched_by: row.get("matched_by")?,
            sent_hash: row.get("sent_hash")?,
            linked_at: row.moment("linked_at")?,
        }),
    };
    let id: i64 = row.get("id")?;
    Ok(Claimed {
        id: DeliveryId(id),
        lease: row.moment("lease_until")?,
        sync: row.id("sync_id", SyncId::new)?,
        run: row.get::<_, Option<i64>>("run_id")?.map(RunId),
        lead,
        lead_version: row.get("lead_version")?,
        created_at: row.moment("created_at")?,
        urgent: row.get("urgent")?,
        attempts: row.get("attempts")?,
        slow_until: row.maybe_moment("slow_until")?,
        edits: row.maybe_json("edits")?.unwrap_or_default(),
        without_fields: row.maybe_json("without_fields")?.unwrap_or_default(),
        intent: row.maybe_json("intent")?,
        lost: lost.contains(&id),
        link,
        mapping_version: row.get("live_version")?,
    })
}
