//! Home: where each sync stands, and when the engine has to wake up next.

use std::collections::BTreeMap;

use leadferry_model::{ConnectionId, DeliveryState, SyncId, Timestamp};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::case::claim::{Chosen, FAR_FUTURE};
use crate::column::{Columns, micros};
use crate::{Counts, Reader, SavedSync, StoreError};

const DAY: i64 = 86_400_000_000;

/// Days the latency looks back.
const LATENCY_DAYS: i64 = 7;

/// Days the series looks back.
const SERIES_DAYS: i64 = 14;

/// Where a sync stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncOverview {
    /// The sync.
    pub sync: SavedSync,
    /// Its deliveries by state.
    pub counts: Counts,
    /// When a lead last arrived.
    pub last_synced_at: Option<Timestamp>,
    /// Half of the last week's leads arrived within these milliseconds.
    pub p50_ms: Option<i64>,
    /// 95 of 100 arrived within these milliseconds.
    pub p95_ms: Option<i64>,
    /// Arrived and failed on each of the last days, oldest first. Days of UTC.
    pub days: Vec<DayCount>,
    /// Left out, by reason, most first.
    pub excluded: Vec<(String, u64)>,
}

/// What one day brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    /// The day's beginning.
    pub day: Timestamp,
    /// Arrived.
    pub synced: u64,
    /// Failed and still so.
    pub failed: u64,
}

impl Reader<'_> {
    /// Where each sync stands.
    pub fn sync_overview(&self, now: Timestamp) -> Result<Vec<SyncOverview>, StoreError> {
        self.syncs()?.into_iter().map(|sync| self.overview_of(now, sync)).collect()
    }

    fn overview_of(&self, now: Timestamp, sync: SavedSync) -> Result<SyncOverview, StoreError> {
        let id = sync.id.as_str();
        let mut counts = Counts::default();
        self.each(
            "SELECT state, count(*) AS count FROM deliveries WHERE sync_id = ?1 GROUP BY state",
            [id],
            |row| {
                counts.add(
                    row.word("state", DeliveryState::parse)?,
                    row.get::<_, i64>("count")?.unsigned_abs(),
                );
                Ok(())
            },
        )?;
        let last_synced_at = self
            .one(
                "SELECT max(synced_at) AS last FROM deliveries WHERE sync_id = ?1 AND state = 'synced'",
                [id],
                |row| row.maybe_moment("last"),
            )?
            .flatten();
        let (p50_ms, p95_ms) = self.latency(now, &sync.id)?;
        let excluded = self.all(
            "SELECT coalesce(skipped_reason, '') AS reason, count(*) AS count FROM deliveries
             WHERE sync_id = ?1 AND state = 'skipped' GROUP BY skipped_reason ORDER BY count DESC, reason",
            [id],
            |row| Ok((row.get("reason")?, row.get::<_, i64>("count")?.unsigned_abs())),
        )?;
        let days = self.days(now, &sync.id)?;
        Ok(SyncOverview { sync, counts, last_synced_at, p50_ms, p95_ms, days, excluded })
    }

    /// Nearest rank, so that each number is a wait that somebody really had.
    fn latency(&self, now: Timestamp, sync: &SyncId) -> Result<(Option<i64>, Option<i64>), StoreError> {
        let found = self.one(
            "SELECT max(CASE WHEN place = (total * 50 + 99) / 100 THEN took END) AS p50,
                    max(CASE WHEN place = (total * 95 + 99) / 100 THEN took END) AS p95
             FROM (SELECT synced_at - created_at AS took, row_number() OVER (ORDER BY synced_at - created_at) AS place,
                          count(*) OVER () AS total
                   FROM deliveries WHERE sync_id = ?1 AND state = 'synced' AND synced_at >= ?2)",
            params![sync.as_str(), micros(now) - LATENCY_DAYS * DAY],
            |row| Ok((row.get::<_, Option<i64>>("p50")?, row.get::<_, Option<i64>>("p95")?)),
        )?;
        let (p50, p95) = found.unwrap_or_default();
        Ok((p50.map(|took| took / 1_000), p95.map(|took| took / 1_000)))
    }

    fn days(&self, now: Timestamp, sync: &SyncId) -> Result<Vec<DayCount>, StoreError> {
        let today = micros(now).div_euclid(DAY);
        let first = today - SERIES_DAYS + 1;
        let mut days: BTreeMap<i64, (u64, u64)> = (first..=today).map(|day| (day, (0, 0))).collect();
        let sources = [
            "SELECT synced_at / 86400000000 AS day, count(*) AS count FROM deliveries
             WHERE sync_id = ?1 AND state = 'synced' AND synced_at >= ?2 GROUP BY day",
            "SELECT changed_at / 86400000000 AS day, count(*) AS count FROM deliveries
             WHERE sync_id = ?1 AND group_key IS NOT NULL AND state = 'failed' AND changed_at >= ?2 GROUP BY day",
        ];
        for (kind, sql) in sources.into_iter().enumerate() {
            self.each(sql, params![sync.as_str(), first * DAY], |row| {
                let count = row.get::<_, i64>("count")?.unsigned_abs();
                if let Some(day) = days.get_mut(&row.get::<_, i64>("day")?) {
                    *(if kind == 0 { &mut day.0 } else { &mut day.1 }) = count;
                }
                Ok(())
            })?;
        }
        days.into_iter()
            .map(|(day, (synced, failed))| {
                let day = Timestamp::from_microsecond(day * DAY)
                    .map_err(|_| StoreError::Unreadable { column: "synced_at".into() })?;
                Ok(DayCount { day, synced, failed })
            })
            .collect()
    }

    /// The earliest moment anything can be claimed, any lane is to be probed, any pause ends or any schedule runs. `now` when
    /// something can be claimed already; none when there is nothing to wait for.
    ///
    /// Only what a step would do something about counts: whoever waits for a moment at which nothing can be done goes round in
    /// circles. So a closed lane speaks for everything behind it, and one that nobody works on says nothing.
    pub fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let mut next: Option<Timestamp> = None;
        let mut sooner = |moment: Option<Timestamp>| {
            next = match (next, moment) {
                (Some(known), Some(moment)) => Some(known.min(moment)),
                (known, moment) => known.or(moment),
            };
        };
        let (switched, working) = self.switches()?;
        switched.into_iter().for_each(|at| sooner(Some(at)));
        for (sync, destination) in working {
            let lane = self.lane(now, &destination)?;
            if !lane.takes(now) {
                sooner(lane.next_try_at);
                continue;
            }
            let mut chosen = Chosen::new(1);
            for urgent in [true, false] {
                self.due_ones(now, std::slice::from_ref(&sync), urgent, &mut chosen)?;
                sooner(self.earliest(
                    "SELECT min(due_at) AS at FROM deliveries WHERE sync_id = ?1 AND state IN ('pending', 'retrying')
                     AND urgent = ?3 AND due_at > ?2 AND due_at < ?4",
                    params![sync.as_str(), micros(now), urgent, FAR_FUTURE],
                )?);
            }
            self.slow_ones(now, &sync, &mut chosen)?;
            sooner(self.earliest(
                "SELECT min(due_at) AS at FROM deliveries WHERE sync_id = ?1 AND state = 'failed' AND slow_until IS NOT NULL
                 AND due_at > ?2 AND slow_until > due_at",
                params![sync.as_str(), micros(now)],
            )?);
            sooner(self.earliest(
                "SELECT min(lease_until) AS at FROM deliveries WHERE sync_id = ?1 AND state = 'sending'",
                params![sync.as_str()],
            )?);
            if !chosen.is_empty() {
                return Ok(Some(now));
            }
        }
        Ok(next.map(|next| next.max(now)))
    }

    /// When schedules run and pauses end, and the syncs that may send meanwhile, with their destinations.
    #[expect(clippy::type_complexity, reason = "a pair for one caller")]
    fn switches(&self) -> Result<(Vec<Timestamp>, Vec<(SyncId, ConnectionId)>), StoreError> {
        let (mut moments, mut working) = (Vec::new(), Vec::new());
        self.each(
            "SELECT s.id, s.destination_id, s.state = 'on' AS is_on, c.state <> 'disconnected' AS is_connected,
                    CASE s.state WHEN 'on' THEN s.next_run_at WHEN 'paused' THEN s.paused_until END AS at
             FROM syncs s JOIN connections c ON c.id = s.destination_id ORDER BY s.created_at, s.id",
            [],
            |row| {
                moments.extend(row.maybe_moment("at")?);
                if row.get("is_on")? && row.get("is_connected")? {
                    working.push((
                        row.id("id", SyncId::new)?,
                        row.id("destination_id", ConnectionId::new)?,
                    ));
                }
                Ok(())
            },
        )?;
        Ok((moments, working))
    }

    fn earliest(&self, sql: &str, params: impl rusqlite::Params) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.one(sql, params, |row| row.maybe_moment("at"))?.flatten())
    }
}
