//! The vendor's notations of time: RFC 3339 to the second in v2, with milliseconds at leads, `2026-11-20 08:00:00` (UTC) in v1.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::core::Record;

/// Deleted records can be read this long.
/// <https://developers.pipedrive.com/changelog/post/permanent-deletion-logic-for-6-core-entities>
const KEPT_WHEN_DELETED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// `moment` cut to its second, as every list compares and shows it.
pub(super) fn to_the_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

pub(super) fn v2(moment: Timestamp) -> String {
    to_the_second(moment).to_string()
}

pub(super) fn v1(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A moment in v2's notation.
// Unverified: a fraction of a second is said to be refused as "not a valid datetime"; the documents show none.
pub(super) fn from_v2(text: &str) -> Option<Timestamp> {
    (text.contains(['T', 't']) && !text.contains('.')).then(|| text.parse().ok())?
}

/// A moment in v1's notation.
pub(super) fn from_v1(text: &str) -> Option<Timestamp> {
    let moment = DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok()?;
    moment.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp())
}

pub(super) fn day(text: &str) -> Option<Date> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

/// `HH:MM` or `HH:MM:SS`, as `HH:MM:SS`.
pub(super) fn clock(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(':').collect();
    let two = |part: &str, below: u8| {
        (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten().filter(|number| *number < below)
    };
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (two(hours, 24)?, two(minutes, 60)?, 0),
        [hours, minutes, seconds] => (two(hours, 24)?, two(minutes, 60)?, two(seconds, 60)?),
        _ => return None,
    };
    Some(format!("{hours:02}:{minutes:02}:{seconds:02}"))
}

/// When a record says it was made: writers may date it back.
pub(super) fn added(record: &Record) -> Timestamp {
    record.stored(GIVEN_ADD_TIME).and_then(|text| text.parse().ok()).unwrap_or(record.created_at)
}

/// Where the core keeps a time of creation that was given.
pub(super) const GIVEN_ADD_TIME: &str = "given_add_time";

/// Whether a deleted record is gone for good by now.
pub(super) fn is_purged(record: &Record, now: Timestamp) -> bool {
    record.archived_at.is_some_and(|at| at + KEPT_WHEN_DELETED <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations_are_told_apart() {
        let noon: Timestamp = "2026-11-20T12:00:00.750Z".parse().unwrap();
        assert_eq!((v2(noon).as_str(), v1(noon).as_str()), ("2026-11-20T12:00:00Z", "2026-11-20 12:00:00"));
        assert_eq!(from_v2("2026-11-20T12:00:00Z"), from_v1("2026-11-20 12:00:00"));
        for wrong in ["2026-11-20", "2026-11-20 12:00:00", "2026-11-20T12:00:00.000Z", "yesterday"] {
            assert_eq!(from_v2(wrong), None, "{wrong}");
        }
        assert_eq!(clock("09:05").as_deref(), Some("09:05:00"));
        for wrong in ["9:05", "24:00", "09:60", "0905"] {
            assert_eq!(clock(wrong), None, "{wrong}");
        }
    }
}
