//! Moments as Zoho writes them: to the second, with an offset whose hours and minutes are parted by a colon.
//!
//! Answers come in the account's own time zone, which is half an hour off the round ones on purpose: whoever forgets to
//! convert notices here.

use jiff::{Timestamp, tz::TimeZone};

use super::account;

/// `2026-11-20T17:30:00+05:30`.
pub(super) fn shown(moment: Timestamp) -> String {
    let zone = TimeZone::get(account::TIME_ZONE).unwrap_or(TimeZone::UTC);
    moment.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A moment a client sent.
// Unverified: that `Z`, fractions and offsets without a colon are refused. No sample of the vendor has them.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let offset_at = bytes.len().checked_sub(6)?;
    let offset_fits = matches!(bytes[offset_at], b'+' | b'-') && bytes[offset_at + 3] == b':';
    (bytes.len() == 25 && offset_fits).then(|| text.parse().ok()).flatten()
}

/// The moment as it is shown: without its fraction.
pub(super) fn second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_need_an_offset_with_a_colon_and_no_fraction() {
        let cases = [
            ("2026-11-20T09:00:00+01:00", true),
            ("2026-11-20T09:00:00-11:00", true),
            ("2026-11-20T09:00:00+00:00", true),
            ("2026-11-20T09:00:00Z", false),
            ("2026-11-20T09:00:00.000+01:00", false),
            ("2026-11-20T09:00:00+0100", false),
            ("2026-11-20 09:00:00", false),
            ("Fri, 20 Nov 2026 09:00:00 GMT", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_shown_can_be_sent_back() {
        let moment: Timestamp = "2026-11-20T12:00:07.250Z".parse().unwrap();
        assert_eq!(shown(moment), "2026-11-20T17:30:07+05:30");
        assert_eq!(read(&shown(moment)), Some(second(moment)), "but for the fraction");
    }
}
