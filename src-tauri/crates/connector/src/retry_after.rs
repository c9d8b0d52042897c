//! When a vendor wants to be asked again: `Retry-After` as seconds or as a date (RFC 9110 §10.2.3), and the `Date` of an
//! answer, which is the only clock that agrees with the vendor's own timestamps.

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use leadferry_model::Timestamp;

/// Nobody means to be asked again in a year; a larger number is a mistake at the other end and must not stop a lane for good.
const LONGEST: u64 = 7 * 24 * 60 * 60;

/// Seconds to wait, if the answer says so. At least one: `Retry-After: 0` in a refusal would otherwise mean a busy loop.
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match text.parse::<f64>() {
        Ok(seconds) if seconds.is_finite() && seconds >= 0.0 => seconds.ceil() as u64,
        Ok(_) => return None,
        Err(_) => {
            let until = moment(text)?;
            // A date is compared with the vendor's own clock where it says the time: ours may be wrong.
            let from = date(headers).unwrap_or(now);
            u64::try_from(until.as_second() - from.as_second()).unwrap_or(0)
        }
    };
    Some(seconds.clamp(1, LONGEST))
}

/// The time at the vendor when it answered.
pub fn date(headers: &HeaderMap) -> Option<Timestamp> {
    moment(headers.get(DATE)?.to_str().ok()?)
}

fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(value: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        retry_after(&headers, "2026-11-20T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn both_forms_are_read() {
        let cases = [
            ("120", None, Some(120)),
            ("0", None, Some(1)),
            ("1.2", None, Some(2)),
            (" 7 ", None, Some(7)),
            ("Fri, 20 Nov 2026 09:01:00 GMT", None, Some(60)),
            ("Friday, 20-Nov-26 09:01:00 GMT", None, Some(60)),
            ("Fri Nov 20 09:01:00 2026", None, Some(60)),
            ("Fri, 20 Nov 2026 08:00:00 GMT", None, Some(1)),
            ("Fri, 20 Nov 2026 10:00:10 GMT", Some("Fri, 20 Nov 2026 10:00:00 GMT"), Some(10)),
            ("-5", None, None),
            ("soon", None, None),
            ("99999999999", None, Some(LONGEST)),
        ];
        for (value, date, expected) in cases {
            assert_eq!(wait(value, date), expected, "Retry-After: {value}");
        }
    }
}
