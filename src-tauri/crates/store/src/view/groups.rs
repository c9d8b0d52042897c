//! Failure groups as a person sees them: one cause, how many people, since when, and what happens next.

use jiff::Timestamp;
use leadferry_model::{Failure, SyncId};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::column::{Columns, micros, words};
use crate::view::page::{Page, Rows};
use crate::{Reader, StoreError, Writer};

words! {
    /// What a person decided about a group.
    GroupState {
        /// Nothing yet.
        Open = "open",
        /// Not to be shown until later.
        Snoozed = "snoozed",
        /// Not to be shown.
        Ignored = "ignored",
        /// Nothing is left of it.
        Solved = "solved",
    }
}

/// A failure group with its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailureGroup {
    /// The sync.
    pub sync: SyncId,
    /// Its key.
    pub group: String,
    /// One of its failures.
    pub sample: Failure,
    /// What a person decided.
    pub state: GroupState,
    /// When a snooze ends.
    pub snoozed_until: Option<Timestamp>,
    /// Why it is ignored or snoozed.
    pub reason: Option<String>,
    /// When it first happened.
    pub first_at: Timestamp,
    /// When it last happened.
    pub last_at: Timestamp,
    /// When nothing was left of it last.
    pub solved_at: Option<Timestamp>,
    /// How often it came back after it was solved.
    pub recurrences: u64,
    /// People affected.
    pub leads: u64,
    /// Stopped.
    pub failed: u64,
    /// Tried again by themselves.
    pub retrying: u64,
    /// Released and not decided yet.
    pub released: u64,
    /// The next retry.
    pub next_retry_at: Option<Timestamp>,
}

const COLUMNS: &str = "g.sync_id, g.group_key, g.sample, g.state, g.snoozed_until, g.reason, g.first_at, g.last_at, \
                       g.solved_at, g.recurrences, n.leads, n.failed, n.retrying, n.released, n.next_retry_at";

/// Seconds.
const DAY: i64 = 86_400;

/// The numbers come out of one index, without a look at any delivery.
const NUMBERS: &str =
    "SELECT sync_id, group_key, count(DISTINCT lead_id) AS leads, sum(state = 'failed') AS failed,
    sum(state = 'retrying') AS retrying, sum(state IN ('pending', 'sending')) AS released,
    min(CASE WHEN state = 'retrying' THEN due_at END) AS next_retry_at
    FROM deliveries WHERE group_key IS NOT NULL";

fn read(row: &Row<'_>) -> rusqlite::Result<FailureGroup> {
    let number =
        |name: &str| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(name)?.unwrap_or(0).unsigned_abs());
    Ok(FailureGroup {
        sync: row.id("sync_id", SyncId::new)?,
        group: row.get("group_key")?,
        sample: row.json("sample")?,
        state: row.word("state", GroupState::parse)?,
        snoozed_until: row.maybe_moment("snoozed_until")?,
        reason: row.get("reason")?,
        first_at: row.moment("first_at")?,
        last_at: row.moment("last_at")?,
        solved_at: row.maybe_moment("solved_at")?,
        recurrences: number("recurrences")?,
        leads: number("leads")?,
        failed: number("failed")?,
        retrying: number("retrying")?,
        released: number("released")?,
        next_retry_at: row.maybe_moment("next_retry_at")?,
    })
}

/// The statement behind the page of groups: `?1` the sync or NULL, `?2` the states.
pub(crate) fn groups_from() -> String {
    format!(
        "failure_groups g LEFT JOIN ({NUMBERS} GROUP BY sync_id, group_key) n
             ON n.sync_id = g.sync_id AND n.group_key = g.group_key
         WHERE (?1 IS NULL OR g.sync_id = ?1) AND g.state IN (SELECT value FROM json_each(?2))"
    )
}

impl Reader<'_> {
    /// A page of failure groups of one sync or all, most people first, then the longest waiting.
    pub fn failure_groups(
        &self,
        sync: Option<&SyncId>,
        states: &[GroupState],
        page: Page,
    ) -> Result<Rows<FailureGroup>, StoreError> {
        let words: Vec<_> = states.iter().map(|state| state.as_str()).collect();
        let values =
            vec![sync.map(|sync| sync.as_str().to_owned()).into(), crate::column::to_json(&words).into()];
        self.page(
            COLUMNS,
            &groups_from(),
            "n.leads DESC, g.first_at, g.sync_id, g.group_key",
            values,
            page,
            read,
        )
    }

    /// One failure group.
    pub fn failure_group(&self, sync: &SyncId, group: &str) -> Result<FailureGroup, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM failure_groups g LEFT JOIN ({NUMBERS} AND sync_id = ?1 AND group_key = ?2) n
             WHERE g.sync_id = ?1 AND g.group_key = ?2"
        );
        self.one(&sql, params![sync.as_str(), group], read)?
            .ok_or(StoreError::NotFound { what: "failure group" })
    }

    /// How often what is in a group stopped on each of the last `days` days of UTC, oldest first, today last.
    pub fn failure_series(
        &self,
        now: Timestamp,
        sync: &SyncId,
        group: &str,
        days: u16,
    ) -> Result<Vec<u64>, StoreError> {
        let today = now.as_second().div_euclid(DAY);
        let first = today - i64::from(days) + 1;
        let mut series = vec![0; usize::from(days)];
        let counted = self.all(
            "SELECT attempts.at / ?4 AS day, count(*) AS count FROM deliveries
             JOIN attempts ON attempts.delivery_id = deliveries.id
             WHERE deliveries.sync_id = ?1 AND deliveries.group_key = ?2 AND attempts.outcome = 'failed'
               AND attempts.at >= ?3 * ?4 GROUP BY day",
            params![sync.as_str(), group, first, DAY * 1_000_000],
            |row| Ok((row.get::<_, i64>("day")?, row.get::<_, i64>("count")?.unsigned_abs())),
        )?;
        for (day, count) in counted {
            if let Some(entry) = usize::try_from(day - first).ok().and_then(|place| series.get_mut(place)) {
                *entry = count;
            }
        }
        Ok(series)
    }
}

impl Writer<'_> {
    /// Keeps what a person decided about a group.
    pub fn set_group_state(
        &self,
        sync: &SyncId,
        group: &str,
        state: GroupState,
        until: Option<Timestamp>,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let changed = self.run(
            "UPDATE failure_groups SET state = ?3, snoozed_until = ?4, reason = ?5 WHERE sync_id = ?1 AND group_key = ?2",
            params![sync.as_str(), group, state.as_str(), until.map(micros), reason],
        )?;
        if changed == 0 { Err(StoreError::NotFound { what: "failure group" }) } else { Ok(()) }
    }
}
