//! Lanes: each destination pauses alone.
//!
//! A closed lane hands nothing out and spends no attempt. Opening one that was down or had lost access lets everything go
//! that waited for it, so that a fixed cause needs no second click.

use leadferry_model::{ConnectionId, Failure, Timestamp};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::column::{Columns, micros, to_json, words};
use crate::{Reader, StoreError, Writer};

words! {
    /// Whether a destination takes anything.
    LaneState {
        /// It does.
        Open = "open",
        /// Asked for less speed; opens by itself at the next try.
        Snoozed = "snoozed",
        /// Does not answer; probed until it does.
        Down = "down",
        /// Access is lost; a person has to sign in again.
        NoAccess = "no_access",
        /// A person paused it.
        Paused = "paused",
    }
}

/// A destination's lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// The destination.
    pub connection: ConnectionId,
    /// Whether it takes anything.
    pub state: LaneState,
    /// Why not.
    pub failure: Option<Failure>,
    /// Since when it is in this state.
    pub since: Timestamp,
    /// When a snooze is over, or the next probe is due.
    pub next_try_at: Option<Timestamp>,
    /// Probes without an answer so far.
    pub probes: u32,
}

/// A lane that changed its state: what a notification is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneChange {
    /// The destination.
    pub connection: ConnectionId,
    /// What it was.
    pub from: LaneState,
    /// What it is now.
    pub to: LaneState,
    /// Since when it had been in the former state.
    pub since: Timestamp,
    /// Deliveries that waited and may go now.
    pub released: u64,
}

impl Lane {
    /// Whether it hands out anything at `now`.
    pub(crate) fn takes(&self, now: Timestamp) -> bool {
        match self.state {
            LaneState::Open => true,
            LaneState::Snoozed => self.next_try_at.is_some_and(|at| at <= now),
            LaneState::Down | LaneState::NoAccess | LaneState::Paused => false,
        }
    }
}

impl Reader<'_> {
    /// A destination's lane. One that never closed is open; `now` stands in for its beginning.
    pub fn lane(&self, now: Timestamp, connection: &ConnectionId) -> Result<Lane, StoreError> {
        let kept = self.one(
            "SELECT state, failure, since, next_try_at, probes FROM lanes WHERE connection_id = ?1",
            [connection.as_str()],
            |row| {
                Ok(Lane {
                    connection: connection.clone(),
                    state: row.word("state", LaneState::parse)?,
                    failure: row.maybe_json("failure")?,
                    since: row.moment("since")?,
                    next_try_at: row.maybe_moment("next_try_at")?,
                    probes: row.get("probes")?,
                })
            },
        )?;
        Ok(kept.unwrap_or_else(|| Lane {
            connection: connection.clone(),
            state: LaneState::Open,
            failure: None,
            since: now,
            next_try_at: None,
            probes: 0,
        }))
    }

    /// Every lane that is not simply open.
    pub fn closed_lanes(&self, now: Timestamp) -> Result<Vec<Lane>, StoreError> {
        let ids = self.all(
            "SELECT connection_id FROM lanes WHERE state <> 'open' ORDER BY connection_id",
            [],
            |row| row.id("connection_id", ConnectionId::new),
        )?;
        ids.iter().map(|id| self.lane(now, id)).collect()
    }
}

impl Writer<'_> {
    /// Sets a lane's state. The same state again counts a probe and keeps its beginning; a new state is reported.
    pub fn set_lane(
        &self,
        now: Timestamp,
        connection: &ConnectionId,
        state: LaneState,
        failure: Option<&Failure>,
        next_try_at: Option<Timestamp>,
    ) -> Result<Option<LaneChange>, StoreError> {
        let before = self.lane(now, connection)?;
        let same = before.state == state;
        let (since, probes) = if same { (before.since, before.probes + 1) } else { (now, 0) };
        self.run(
            "INSERT INTO lanes (connection_id, state, failure, since, next_try_at, probes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (connection_id) DO UPDATE SET state = excluded.state, failure = excluded.failure,
                 since = excluded.since, next_try_at = excluded.next_try_at, probes = excluded.probes",
            params![
                connection.as_str(),
                state.as_str(),
                failure.map(to_json),
                micros(since),
                next_try_at.map(micros),
                probes,
            ],
        )?;
        if same {
            return Ok(None);
        }
        let released = match (before.state, state) {
            (LaneState::Down | LaneState::NoAccess, LaneState::Open) => {
                self.let_go(now, connection, before.state)?
            }
            _ => 0,
        };
        Ok(Some(LaneChange {
            connection: connection.clone(),
            from: before.state,
            to: state,
            since: before.since,
            released,
        }))
    }

    /// Makes due what waited for a destination that is back: what was put off, and what had failed because of it.
    fn let_go(&self, now: Timestamp, destination: &ConnectionId, was: LaneState) -> Result<u64, StoreError> {
        let mut released = 0;
        for sync in
            self.all("SELECT id FROM syncs WHERE destination_id = ?1", [destination.as_str()], |row| {
                row.get::<_, String>("id")
            })?
        {
            // A retry in between was put off by the outage as well: it goes now, with the attempts it has left.
            self.run(
                "UPDATE deliveries SET due_at = ?2, changed_at = ?2
                 WHERE sync_id = ?1 AND state IN ('pending', 'retrying') AND urgent IN (0, 1) AND due_at > ?2 AND due_at < ?3",
                params![sync, micros(now), super::claim::FAR_FUTURE],
            )?;
            released += self.number(
                "SELECT count(*) FROM deliveries
                 WHERE sync_id = ?1 AND state IN ('pending', 'retrying') AND urgent IN (0, 1) AND due_at <= ?2",
                params![sync, micros(now)],
            )?;
            // "Permission" waits for the same person as lost access does: whoever signs in again brings the new rights. And a
            // destination that lets us in again also answers again.
            let causes = match was {
                LaneState::NoAccess => r#"["auth", "permission", "unavailable", "rate_limited", "busy"]"#,
                _ => r#"["unavailable", "rate_limited", "busy"]"#,
            };
            let failed = self.run(
                "UPDATE deliveries SET state = 'pending', due_at = ?2, attempts = 0, slow_until = NULL, changed_at = ?2
                 WHERE sync_id = ?1 AND group_key IS NOT NULL AND state = 'failed'
                 AND cause IN (SELECT value FROM json_each(?3))",
                params![sync, micros(now), causes],
            )?;
            released += i64::try_from(failed).unwrap_or(i64::MAX);
        }
        Ok(u64::try_from(released).unwrap_or_default())
    }
}
