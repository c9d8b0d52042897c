//! How one sync behaves, as the person set it: when it runs, how people are matched, when it tries again.
//!
//! Kept by the ledger as JSON; every field has a default, so that an older file reads with today's behaviour.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When a sync carries its leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum Mode {
    /// As soon as a lead is accepted.
    #[default]
    RealTime,
    /// Leads wait for the next run.
    Scheduled {
        /// When runs start.
        schedule: Schedule,
    },
    /// Leads wait until a person presses *Sync now*.
    Manual,
}

impl Mode {
    /// Whether new leads wait until a run gathers them: what the ledger keeps beside the mode.
    pub fn waits_for_run(&self) -> bool {
        !matches!(self, Self::RealTime)
    }
}

/// When scheduled runs start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Schedule {
    /// Every so many minutes, counted from midnight UTC on 1 January 1970, so that a restart does not shift the runs.
    Minutes {
        /// At least 1.
        minutes: u32,
    },
    /// Once a day.
    Daily {
        /// Hour, 0 to 23.
        hour: i8,
        /// Minute, 0 to 59.
        minute: i8,
        /// IANA time zone.
        zone: String,
    },
    /// A cron pattern of five fields.
    Cron {
        /// The pattern.
        pattern: String,
        /// IANA time zone.
        zone: String,
    },
}

/// One way of finding the record a lead already is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchBy {
    /// The Lead ID field of the record is our id.
    LeadId,
    /// The e-mail address is the same.
    Email,
    /// The phone number is the same.
    Phone,
}

/// What happens when a key finds more than one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeveralMatches {
    /// The lead stops and a person chooses.
    #[default]
    Ask,
    /// The record that changed last is taken.
    Newest,
}

/// What happens when the record a lead was linked to is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeletedRecord {
    /// The lead stops: somebody deleted the record on purpose, perhaps.
    #[default]
    Stop,
    /// It is matched once more and created again if nothing is found.
    CreateAgain,
}

/// Minutes between attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct RetrySchedule(Vec<u32>);

impl RetrySchedule {
    /// A schedule of these waits in minutes. Waits of zero count as one minute: a retry loop must not spin.
    pub fn minutes(waits: impl IntoIterator<Item = u32>) -> Self {
        Self(waits.into_iter().map(|wait| wait.max(1)).collect())
    }

    /// The wait after `spent` attempts; `None` when all are spent.
    pub fn wait_after(&self, spent: u32) -> Option<SignedDuration> {
        let wait = self.0.get(usize::try_from(spent.checked_sub(1)?).ok()?)?;
        Some(SignedDuration::from_mins(i64::from(*wait)))
    }

    /// The waits in minutes.
    pub fn waits(&self) -> &[u32] {
        &self.0
    }
}

impl Default for RetrySchedule {
    fn default() -> Self {
        Self::minutes([1, 5, 15, 30, 60])
    }
}

/// Everything a person may set on a sync beside its mapping and mode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SyncSettings {
    /// Keys to match by, best first. The stored link always comes before them.
    pub match_order: Vec<MatchBy>,
    /// More than one record found.
    pub several: SeveralMatches,
    /// The linked record is gone.
    pub deleted: DeletedRecord,
    /// Waits between attempts.
    pub retries: RetrySchedule,
    /// Read each record before it is overwritten, so that a run can be undone.
    pub keep_before: bool,
}

impl Default for SyncSettings {
    fn default() -> Self {
        Self {
            match_order: vec![MatchBy::LeadId, MatchBy::Email, MatchBy::Phone],
            several: SeveralMatches::default(),
            deleted: DeletedRecord::default(),
            retries: RetrySchedule::default(),
            keep_before: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_follow_the_seeds_schedule_and_end() {
        let schedule = RetrySchedule::default();
        let waits: Vec<_> =
            (1..=5).filter_map(|spent| schedule.wait_after(spent)).map(|w| w.as_mins()).collect();
        assert_eq!(waits, [1, 5, 15, 30, 60], "the product's default schedule");
        assert_eq!(schedule.wait_after(6), None, "after the last wait nothing is left");
        assert_eq!(schedule.wait_after(0), None, "nothing was spent, so nothing is waited for");
    }

    #[test]
    fn settings_of_an_older_file_read_with_defaults() {
        let settings: SyncSettings = serde_json::from_str("{}").unwrap();
        assert_eq!(settings, SyncSettings::default(), "every field has a default");
    }
}
