//! The computer's clock was ahead for a while and has been set back: what was planned by the wrong time is planned anew.
//!
//! Otherwise everything that was put off by seconds while the clock was two days ahead would stand still for two days. A wait
//! that was planned by the right time becomes shorter by the same stroke, which costs an early try and nothing else. What a
//! person said in calendar time (a pause until Monday) is not touched.

use leadferry_model::Timestamp;
use rusqlite::params;

use crate::case::claim::FAR_FUTURE;
use crate::column::{Columns, micros};
use crate::{Reader, StoreError, Writer};

impl Reader<'_> {
    /// When the queue last changed, by the clock of that moment.
    pub fn last_change(&self) -> Result<Option<Timestamp>, StoreError> {
        let last = self
            .one("SELECT max(changed_at) AS at FROM deliveries", [], |row| row.maybe_moment("at"))?
            .flatten();
        Ok(last)
    }
}

impl Writer<'_> {
    /// Moves every wait back that was planned by a clock which was ahead by `ahead`, in microseconds, and is right now.
    pub fn clock_was_ahead(&self, now: Timestamp, ahead: i64) -> Result<(), StoreError> {
        let now = micros(now);
        self.run(
            "UPDATE deliveries SET due_at = max(?1, due_at - ?2)
             WHERE state IN ('pending', 'retrying', 'failed') AND due_at > ?1 AND due_at < ?3",
            params![now, ahead, FAR_FUTURE],
        )?;
        self.run(
            "UPDATE deliveries SET changed_at = min(changed_at, ?1), created_at = min(created_at, ?1) WHERE changed_at > ?1",
            [now],
        )?;
        self.run(
            "UPDATE lanes SET since = min(since, ?1), next_try_at = max(?1, next_try_at - ?2)
             WHERE since > ?1 OR next_try_at > ?1",
            params![now, ahead],
        )?;
        self.run("UPDATE cursors SET pulled_at = ?1 WHERE pulled_at > ?1", [now])?;
        self.run("UPDATE schemas SET read_at = ?1 WHERE read_at > ?1", [now])?;
        self.run("UPDATE runs SET started_at = ?1 WHERE sealed_at IS NULL AND started_at > ?1", [now])?;
        Ok(())
    }
}
