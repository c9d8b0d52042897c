//! When a scheduled sync runs next. Pure: the present is passed in.

use std::str::FromStr;

use croner::Cron;
use jiff::{Timestamp, ToSpan, Zoned, civil, tz::TimeZone};

use crate::settings::Schedule;

/// A schedule that cannot be followed, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// No such time zone.
    #[error("There is no time zone called {0}. Choose one from the list, such as Europe/London.")]
    Zone(String),
    /// Not a cron pattern.
    #[error("“{pattern}” is not a cron pattern: {reason}. Five fields are expected, such as 0 9 * * 1-5.")]
    Pattern {
        /// As typed.
        pattern: String,
        /// What the parser says.
        reason: String,
    },
    /// The pattern never comes true.
    #[error("“{0}” never comes true, so the sync would never run. Choose a day that exists.")]
    Never(String),
    /// Hour or minute out of range.
    #[error(
        "{hour}:{minute:02} is not a time of day. Choose an hour from 0 to 23 and a minute from 0 to 59."
    )]
    TimeOfDay {
        /// As typed.
        hour: i8,
        /// As typed.
        minute: i8,
    },
}

/// The first start strictly after `now`.
pub fn next_run(schedule: &Schedule, now: Timestamp) -> Result<Timestamp, ScheduleError> {
    match schedule {
        Schedule::Minutes { minutes } => Ok(next_interval(*minutes, now)),
        Schedule::Daily { hour, minute, zone } => next_day(*hour, *minute, &now.to_zoned(time_zone(zone)?)),
        Schedule::Cron { pattern, zone } => {
            let refused = |reason: croner::errors::CronError| ScheduleError::Pattern {
                pattern: pattern.clone(),
                reason: reason.to_string().trim_end_matches('.').to_owned(),
            };
            let cron = Cron::from_str(pattern).map_err(refused)?;
            cron.find_next_occurrence(&now.to_zoned(time_zone(zone)?), false)
                .map(|at: Zoned| at.timestamp())
                .map_err(|_| ScheduleError::Never(pattern.clone()))
        }
    }
}

fn time_zone(name: &str) -> Result<TimeZone, ScheduleError> {
    TimeZone::get(name).map_err(|_| ScheduleError::Zone(name.to_owned()))
}

fn next_interval(minutes: u32, now: Timestamp) -> Timestamp {
    let step = i64::from(minutes.max(1)) * 60;
    let next = (now.as_second().div_euclid(step) + 1) * step;
    Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
}

/// A time of day that a clock change skips is run when the clock has jumped, one that comes twice only the first time:
/// jiff's *compatible* reading, as RFC 5545 has it.
fn next_day(hour: i8, minute: i8, now: &Zoned) -> Result<Timestamp, ScheduleError> {
    let wrong = || ScheduleError::TimeOfDay { hour, minute };
    let time = civil::Time::new(hour, minute, 0, 0).map_err(|_| wrong())?;
    let mut day = now.date();
    for _ in 0..3 {
        let at = day.to_datetime(time).to_zoned(now.time_zone().clone()).map_err(|_| wrong())?;
        if at > *now {
            return Ok(at.timestamp());
        }
        day = day.checked_add(1.day()).map_err(|_| wrong())?;
    }
    Err(wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(schedule: Schedule, now: &str, expected: &str, why: &str) {
        let next = next_run(&schedule, now.parse().unwrap()).unwrap();
        assert_eq!(next, expected.parse::<Timestamp>().unwrap(), "{why}");
    }

    #[test]
    fn runs_start_when_the_schedule_says() {
        let daily = |hour, minute| Schedule::Daily { hour, minute, zone: "Europe/London".into() };
        let cron = |pattern: &str| Schedule::Cron { pattern: pattern.into(), zone: "Europe/London".into() };
        let hourly = Schedule::Minutes { minutes: 60 };
        check(hourly.clone(), "2026-03-02T10:59:59Z", "2026-03-02T11:00:00Z", "on the hour");
        check(hourly, "2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z", "strictly after now");
        check(daily(9, 0), "2026-07-01T08:30:00Z", "2026-07-02T08:00:00Z", "09:00 in summer is 08:00 UTC");
        check(
            daily(1, 30),
            "2026-03-28T12:00:00Z",
            "2026-03-29T01:30:00Z",
            "01:30 does not exist that day: 02:30 local",
        );
        check(
            daily(1, 30),
            "2026-10-25T00:30:00Z",
            "2026-10-26T01:30:00Z",
            "01:30 comes twice that day, run once",
        );
        check(cron("0 9 * * 1-5"), "2026-03-06T10:00:00Z", "2026-03-09T09:00:00Z", "Friday to Monday");
    }

    #[test]
    fn what_cannot_be_followed_is_refused_in_words() {
        let now = Timestamp::UNIX_EPOCH;
        let cron = |pattern: &str, zone: &str| Schedule::Cron { pattern: pattern.into(), zone: zone.into() };
        let wrong = next_run(&cron("every day", "Europe/London"), now).unwrap_err();
        assert!(matches!(wrong, ScheduleError::Pattern { .. }), "not a pattern: {wrong}");
        let wrong = next_run(&cron("0 9 * * *", "Mars/Base"), now).unwrap_err();
        assert_eq!(wrong, ScheduleError::Zone("Mars/Base".into()), "no such zone");
        let wrong = next_run(&cron("0 9 31 2 *", "UTC"), now).unwrap_err();
        assert_eq!(wrong, ScheduleError::Never("0 9 31 2 *".into()), "31 February");
        let at_25 = Schedule::Daily { hour: 25, minute: 0, zone: "UTC".into() };
        assert!(next_run(&at_25, now).is_err(), "no such hour");
    }
}
