//! Loads: deliveries that were handed in together and are answered for later.
//!
//! They are being sent for as long as the load takes, so their lease has no end: a restart gives it up for nobody, and a person's
//! next change waits behind it as behind any other write. A delivery leaves its load when it is settled; a load without deliveries
//! is over.

use std::collections::BTreeSet;

use leadferry_model::{ConnectionId, DeliveryId, RunId, Timestamp};
use rusqlite::params;

use crate::case::claim::{Chosen, Claimed, FAR_FUTURE, due_sql};
use crate::column::{Columns, count, id_list, micros, to_json};
use crate::{Json, Reader, StoreError, Writer};

/// Which load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoadId(pub i64);

/// A load that is not over.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Its id.
    pub id: LoadId,
    /// The object its records are of.
    pub object: String,
    /// The vendor's name for it.
    pub ticket: String,
    /// The redacted talk while it was handed in.
    pub exchanges: Vec<Json>,
}

/// One delivery to be kept with a load: its lease, and what settling it needs to know.
pub type Loaded = (DeliveryId, Timestamp, Json);

impl Reader<'_> {
    /// The loads at `destination` that are not over, oldest first.
    pub fn loads(&self, destination: &ConnectionId) -> Result<Vec<Load>, StoreError> {
        self.all(
            "SELECT id, object, ticket, exchanges FROM loads WHERE connection_id = ?1 ORDER BY id",
            [destination.as_str()],
            |row| {
                Ok(Load {
                    id: LoadId(row.get("id")?),
                    object: row.get("object")?,
                    ticket: row.get("ticket")?,
                    exchanges: row.json("exchanges")?,
                })
            },
        )
    }

    /// Whether a load must not go on: a sync was paused, a run stopped, something urgent of one of its people waits for it, or
    /// some of its deliveries are gone.
    pub fn load_is_in_the_way(&self, load: LoadId) -> Result<bool, StoreError> {
        let found = self.number(IN_THE_WAY, [load.0])?;
        Ok(found > 0)
    }

    /// Up to `limit` deliveries of a load with what was kept of each, in the order of their ids.
    pub fn loaded(&self, load: LoadId, limit: usize) -> Result<Vec<(Claimed, Json)>, StoreError> {
        let kept: Vec<(i64, Json)> = self.all(
            "SELECT delivery_id, sent FROM loaded WHERE load_id = ?1 ORDER BY delivery_id LIMIT ?2",
            params![load.0, i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| Ok((row.get("delivery_id")?, row.json("sent")?)),
        )?;
        let ids = id_list(kept.iter().map(|(id, _)| *id));
        let mut claimed = self.claimed(&ids, &BTreeSet::new())?;
        claimed.sort_by_key(|claimed| claimed.id);
        debug_assert_eq!(claimed.len(), kept.len(), "whatever is in a load is being sent");
        Ok(claimed.into_iter().zip(kept.into_iter().map(|(_, sent)| sent)).collect())
    }

    /// How many deliveries of `object` are due at `destination` that could go in a load, looking at no more than `limit` that are due.
    pub fn loadable(
        &self,
        now: Timestamp,
        destination: &ConnectionId,
        object: &str,
        limit: usize,
    ) -> Result<usize, StoreError> {
        Ok(self.new_ones(now, destination, object, limit, limit)?.0.len())
    }

    /// Nothing ever went wrong with them, and their leads have no record there. At most `most`, among the first `look_at` that are due;
    /// and which of them a dead worker left behind.
    fn new_ones(
        &self,
        now: Timestamp,
        destination: &ConnectionId,
        object: &str,
        look_at: usize,
        most: usize,
    ) -> Result<(Vec<i64>, BTreeSet<i64>), StoreError> {
        let mut chosen = Chosen::new(most);
        let mut lost = BTreeSet::new();
        if !self.lane_is_open(now, destination)? {
            return Ok((chosen.ids, lost));
        }
        let syncs = self.working_syncs(destination, Some(object))?;
        // Handing in thousands takes a while, for which a STOP must not wait.
        let mut urgent = Chosen::new(1);
        self.due_ones(now, &syncs, true, &mut urgent)?;
        if !urgent.is_empty() {
            return Ok((chosen.ids, lost));
        }
        let look_at = i64::try_from(look_at).unwrap_or(i64::MAX);
        // As in every claim, what was left behind goes first.
        for (sql, left_behind) in [(left_sql(), true), (new_sql(), false)] {
            let mut found: Vec<(i64, i64, String)> = Vec::new();
            for sync in &syncs {
                let params = params![sync.as_str(), false, micros(now), FAR_FUTURE, look_at];
                found.extend(self.all(&sql, params, |row| {
                    Ok((row.get("due_at")?, row.get("id")?, row.get("lead_id")?))
                })?);
            }
            found.sort();
            chosen.take(found.into_iter().map(|(_, id, lead)| (id, lead)));
            if left_behind {
                lost.extend(&chosen.ids);
            }
        }
        Ok((chosen.ids, lost))
    }
}

/// Asked at every step while a load is under way, so it begins with the few that may be in the way and not with ten thousand that are
/// in the load.
pub(crate) const IN_THE_WAY: &str = "SELECT
    EXISTS (SELECT 1 FROM loads WHERE id = ?1 AND records > (SELECT count(*) FROM loaded WHERE load_id = ?1))
    OR EXISTS (SELECT 1 FROM syncs s CROSS JOIN deliveries d ON d.sync_id = s.id JOIN loaded l ON l.delivery_id = d.id
               WHERE s.state <> 'on' AND d.state = 'sending' AND l.load_id = ?1)
    OR EXISTS (SELECT 1 FROM runs r CROSS JOIN deliveries d ON d.run_id = r.id JOIN loaded l ON l.delivery_id = d.id
               WHERE r.cancelled_at IS NOT NULL AND d.state = 'sending' AND l.load_id = ?1)
    OR EXISTS (SELECT 1 FROM syncs s CROSS JOIN deliveries o ON o.sync_id = s.id
               CROSS JOIN deliveries d ON d.lead_id = o.lead_id AND d.destination_id = o.destination_id
               JOIN loaded l ON l.delivery_id = d.id
               WHERE o.state IN ('pending', 'retrying') AND o.urgent = 1
               AND d.state IN ('pending', 'retrying', 'sending') AND d.state = 'sending' AND l.load_id = ?1)";

/// What never failed and whose lead has no record there: what a load could not do does not go in another one.
const NEW: &str = "d.intent IS NULL
    AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.delivery_id = d.id AND a.failure IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM links WHERE links.lead_id = d.lead_id AND links.connection_id = d.destination_id)";

/// Of what is due and free to go, what is new. The question is bounded by what is due first, not by what it finds: a million updates
/// in front of it must not be read each time.
pub(crate) fn new_sql() -> String {
    format!(
        "SELECT d.id, d.lead_id, d.due_at FROM ({}) AS first JOIN deliveries d ON d.id = first.id WHERE {NEW}",
        due_sql()
    )
}

/// The same of what a dead worker left behind. A STOP that waits for one of them must not wait for a load.
pub(crate) fn left_sql() -> String {
    format!(
        "SELECT d.id, d.lead_id, d.lease_until AS due_at FROM deliveries d
         WHERE d.state = 'sending' AND d.lease_until <= ?3 AND d.lease_until < ?4 AND d.sync_id = ?1 AND d.urgent = ?2 AND {NEW}
         AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.lead_id = d.lead_id AND o.destination_id = d.destination_id
                         AND o.state IN ('pending', 'retrying', 'sending') AND o.urgent = 1)
         ORDER BY d.lease_until, d.id LIMIT ?5"
    )
}

impl Writer<'_> {
    /// Claims up to `most` deliveries that can go in a load, as [`claim`](Writer::claim) does: the same order, nothing urgent. None if
    /// there are fewer than `least`.
    pub fn claim_new(
        &self,
        now: Timestamp,
        destination: &ConnectionId,
        object: &str,
        (least, most): (usize, usize),
        lease_until: Timestamp,
    ) -> Result<Vec<Claimed>, StoreError> {
        let (ids, lost) = self.new_ones(now, destination, object, most.saturating_mul(2), most)?;
        if ids.len() < least {
            return Ok(Vec::new());
        }
        self.note_lost(now, &lost)?;
        self.lease(now, ids, lease_until, &lost)
    }

    /// Keeps a load that was handed in and not started. `None`, and nothing is kept, if the lease of one of its deliveries is lost:
    /// it must not be started then.
    pub fn keep_load(
        &self,
        now: Timestamp,
        destination: &ConnectionId,
        object: &str,
        ticket: &str,
        exchanges: &[Json],
        loaded: &[Loaded],
    ) -> Result<Option<LoadId>, StoreError> {
        for (id, lease, _) in loaded {
            let held = self.number(
                "SELECT EXISTS (SELECT 1 FROM deliveries WHERE id = ?1 AND state = 'sending' AND lease_until = ?2)",
                params![id.0, micros(*lease)],
            )?;
            if held == 0 {
                return Ok(None);
            }
        }
        let load = self.add(
            "INSERT INTO loads (connection_id, object, ticket, made_at, records, exchanges) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                destination.as_str(),
                object,
                ticket,
                micros(now),
                count(loaded.len() as u64),
                to_json(exchanges)
            ],
        )?;
        for (id, _, sent) in loaded {
            self.run(
                "INSERT INTO loaded (delivery_id, load_id, sent) VALUES (?1, ?2, ?3)",
                params![id.0, load, sent.to_string()],
            )?;
            self.run("UPDATE deliveries SET lease_until = ?2 WHERE id = ?1", params![id.0, FAR_FUTURE])?;
        }
        Ok(Some(LoadId(load)))
    }

    /// Keeps how many records of a load the vendor came to so far. Gives the runs it belongs to.
    pub fn load_is_at(&self, load: LoadId, done: u64) -> Result<Vec<RunId>, StoreError> {
        self.run("UPDATE loads SET done = ?2 WHERE id = ?1", params![load.0, count(done)])?;
        self.all(
            "SELECT DISTINCT d.run_id FROM loaded l JOIN deliveries d ON d.id = l.delivery_id
             WHERE l.load_id = ?1 AND d.run_id IS NOT NULL",
            [load.0],
            |row| Ok(RunId(row.get("run_id")?)),
        )
    }

    /// Forgets a load if all its deliveries have left it.
    pub fn end_load(&self, load: LoadId) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM loads WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM loaded WHERE load_id = ?1)",
            [load.0],
        )?;
        Ok(())
    }
}
