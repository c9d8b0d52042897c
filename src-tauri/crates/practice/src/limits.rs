//! Call limits: so many calls in a rolling window, so many a day.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};

/// What is left after a call was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// The limit.
    pub(crate) most: u32,
    /// Calls left; `None` when this call was one too many and was not counted.
    pub(crate) remaining: Option<u32>,
}

/// Counts calls by any name: per token, per account, per endpoint family.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    rolling: HashMap<String, VecDeque<Timestamp>>,
    daily: HashMap<String, (civil::Date, u32)>,
    at_once: HashMap<String, Vec<Timestamp>>,
}

impl Limits {
    /// Counts a call against `most` per `window`.
    pub(crate) fn count_rolling(
        &mut self,
        name: &str,
        most: u32,
        window: SignedDuration,
        now: Timestamp,
    ) -> Left {
        let calls = self.rolling.entry(name.to_owned()).or_default();
        while calls.front().is_some_and(|&first| first + window <= now) {
            calls.pop_front();
        }
        let used = u32::try_from(calls.len()).unwrap_or(u32::MAX);
        if used >= most {
            return Left { most, remaining: None };
        }
        calls.push_back(now);
        Left { most, remaining: Some(most - used - 1) }
    }

    /// Whether as many calls as `most` were counted within `window`, without counting one more.
    pub(crate) fn is_full(&self, name: &str, most: u32, window: SignedDuration, now: Timestamp) -> bool {
        self.used_rolling(name, window, now) >= most
    }

    /// Calls counted under `name` within `window`.
    pub(crate) fn used_rolling(&self, name: &str, window: SignedDuration, now: Timestamp) -> u32 {
        let calls = self.rolling.get(name).into_iter().flatten();
        u32::try_from(calls.filter(|&&at| at + window > now).count()).unwrap_or(u32::MAX)
    }

    /// Counts a call against `most` per day of `zone`.
    pub(crate) fn count_daily(&mut self, name: &str, most: u32, zone: &TimeZone, now: Timestamp) -> Left {
        self.spend_daily(name, 1, most, zone, now)
    }

    /// Counts a call that costs `cost` of the `most` a day of `zone` has.
    pub(crate) fn spend_daily(
        &mut self,
        name: &str,
        cost: u32,
        most: u32,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Left {
        let today = now.to_zoned(zone.clone()).date();
        let (day, used) = self.daily.entry(name.to_owned()).or_insert((today, 0));
        if *day != today {
            (*day, *used) = (today, 0);
        }
        if used.saturating_add(cost) > most {
            return Left { most, remaining: None };
        }
        *used += cost;
        Left { most, remaining: Some(most - *used) }
    }

    /// Counts a call that lasts until `until` among those in flight; `false` when `most` are, and it was not counted.
    /// A call that takes no time is never in anybody's way.
    pub(crate) fn count_at_once(&mut self, name: &str, most: u32, until: Timestamp, now: Timestamp) -> bool {
        let calls = self.at_once.entry(name.to_owned()).or_default();
        calls.retain(|end| *end > now);
        if calls.len() >= most as usize {
            return false;
        }
        calls.push(until);
        true
    }

    /// Calls counted today under `name`.
    pub(crate) fn used_today(&self, name: &str, zone: &TimeZone, now: Timestamp) -> u32 {
        let today = now.to_zoned(zone.clone()).date();
        self.daily.get(name).filter(|(day, _)| *day == today).map_or(0, |(_, used)| *used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_in_flight_make_room_when_they_end() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut limits = Limits::default();
        assert!(limits.count_at_once("app", 2, at(5), at(0)));
        assert!(limits.count_at_once("app", 2, at(9), at(0)));
        assert!(!limits.count_at_once("app", 2, at(9), at(4)), "both still run");
        assert!(limits.count_at_once("other", 2, at(9), at(4)), "each app for itself");
        assert!(limits.count_at_once("app", 2, at(9), at(5)), "the first one has ended");
    }
}
