//! Failure groups as the queue sees them: opened by the first failure of a cause, solved when the last one is gone.

use leadferry_model::{Failure, SyncId, Timestamp};
use rusqlite::params;

use crate::column::{Columns, micros, to_json};
use crate::{GroupNews, StoreError, Writer};

impl Writer<'_> {
    /// Notes one more failure of a group. `stopped` says that the delivery will not pass by itself soon: the first one of
    /// an open group is news, once.
    pub(crate) fn note_failure(
        &self,
        now: Timestamp,
        sync: &SyncId,
        failure: &Failure,
        stopped: bool,
    ) -> Result<Option<GroupNews>, StoreError> {
        let group = failure.group_key();
        self.run(
            "INSERT INTO failure_groups (sync_id, group_key, sample, first_at, last_at) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT (sync_id, group_key) DO UPDATE SET sample = excluded.sample, last_at = excluded.last_at,
                 recurrences = recurrences + (state = 'solved'),
                 first_at = iif(state = 'solved', excluded.first_at, first_at),
                 notified_at = iif(state = 'solved' OR (state = 'snoozed' AND snoozed_until <= ?4), NULL, notified_at),
                 solved_at = NULL,
                 state = CASE WHEN state = 'solved' OR (state = 'snoozed' AND snoozed_until <= ?4) THEN 'open' ELSE state END",
            params![sync.as_str(), group, to_json(failure), micros(now)],
        )?;
        if !stopped {
            return Ok(None);
        }
        let told = self.run(
            "UPDATE failure_groups SET notified_at = ?3
             WHERE sync_id = ?1 AND group_key = ?2 AND state = 'open' AND notified_at IS NULL",
            params![sync.as_str(), group, micros(now)],
        )?;
        if told == 0 {
            return Ok(None);
        }
        let recurrences = self.number(
            "SELECT recurrences FROM failure_groups WHERE sync_id = ?1 AND group_key = ?2",
            params![sync.as_str(), group],
        )?;
        Ok(Some(GroupNews { sync: sync.clone(), group, sample: failure.clone(), recurred: recurrences > 0 }))
    }

    /// Marks a group solved when no delivery belongs to it any more. News only if its opening was news.
    pub(crate) fn solve_if_empty(
        &self,
        now: Timestamp,
        sync: &SyncId,
        group: &str,
    ) -> Result<Option<GroupNews>, StoreError> {
        let left = self.number(
            "SELECT EXISTS (SELECT 1 FROM deliveries WHERE sync_id = ?1 AND group_key = ?2)",
            params![sync.as_str(), group],
        )?;
        if left != 0 {
            return Ok(None);
        }
        let before = self.one(
            "SELECT sample, recurrences, notified_at FROM failure_groups
             WHERE sync_id = ?1 AND group_key = ?2 AND state <> 'solved'",
            params![sync.as_str(), group],
            |row| {
                let news = GroupNews {
                    sync: sync.clone(),
                    group: group.to_owned(),
                    sample: row.json("sample")?,
                    recurred: row.get::<_, i64>("recurrences")? > 0,
                };
                Ok((news, row.maybe_moment("notified_at")?.is_some()))
            },
        )?;
        self.run(
            "UPDATE failure_groups SET state = 'solved', solved_at = ?3, snoozed_until = NULL
             WHERE sync_id = ?1 AND group_key = ?2 AND state <> 'solved'",
            params![sync.as_str(), group, micros(now)],
        )?;
        Ok(before.and_then(|(news, told)| told.then_some(news)))
    }

    /// Marks every group solved that a bulk action emptied.
    pub(crate) fn solve_emptied(&self, now: Timestamp) -> Result<(), StoreError> {
        self.run(
            "UPDATE failure_groups SET state = 'solved', solved_at = ?1, snoozed_until = NULL
             WHERE state <> 'solved' AND NOT EXISTS (
                 SELECT 1 FROM deliveries d WHERE d.sync_id = failure_groups.sync_id AND d.group_key = failure_groups.group_key)",
            [micros(now)],
        )?;
        Ok(())
    }
}
