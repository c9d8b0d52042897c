//! From an answer that is no success to a decided [`Failure`]: the vendor's own body first, the status where it says nothing.

use http::{HeaderMap, StatusCode};
use leadferry_model::{Failure, FailureKind, Timestamp};
use serde::de::DeserializeOwned;

use crate::pacing::Reading;
use crate::{redact, retry_after};

/// How one vendor's answers are read. A constant beside the connector's error mapping.
#[derive(Debug)]
pub struct Answers {
    /// Decides a failure from the vendor's own body; `None` leaves it to the status.
    pub failure: fn(&Refusal<'_>) -> Option<Failure>,
    /// What the headers say about the rate budget.
    pub readings: fn(&HeaderMap) -> Vec<Reading>,
    /// The header with the vendor's id of the request.
    pub request_id: Option<&'static str>,
}

impl Answers {
    /// Answers of a vendor that says nothing beyond the status.
    pub const BY_STATUS: Self = Self { failure: |_| None, readings: |_| Vec::new(), request_id: None };
}

/// An answer other than 2xx.
#[derive(Debug)]
pub struct Refusal<'a> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
    /// When it came.
    pub now: Timestamp,
}

impl Refusal<'_> {
    /// The body as JSON of this form.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.body).ok()
    }

    /// The beginning of the body, redacted, for a person who looks at the technical drawer. An HTML page is named, not quoted.
    pub fn text(&self) -> String {
        const SHOWN: usize = 500;
        let text = redact::body(self.body);
        if text.trim_start().starts_with('<') {
            return "an HTML page instead of an answer".to_owned();
        }
        text.chars().take(SHOWN).collect()
    }

    /// Seconds to wait, where the vendor says so.
    pub fn retry_after(&self) -> Option<u64> {
        retry_after(self.headers, self.now)
    }

    /// What the status alone means.
    pub fn by_status(&self) -> Failure {
        let wait = self.retry_after();
        let kind = match self.status.as_u16() {
            400 | 422 => FailureKind::Invalid { fields: Vec::new() },
            401 => FailureKind::Auth,
            // 402 (plan, payment) and 451 (law) are for a person to settle at the vendor, as a missing right is.
            402 | 403 | 451 => FailureKind::Permission { missing: Vec::new() },
            404 | 410 => FailureKind::NotFound,
            409 => FailureKind::Conflict { existing: None, field: None },
            423 | 425 => FailureKind::Busy,
            429 => FailureKind::RateLimited { after_seconds: wait },
            // A vendor that says when to come back is busy, not down: come back then.
            503 if wait.is_some() => FailureKind::RateLimited { after_seconds: wait },
            408 | 500..=599 => FailureKind::Unavailable,
            _ => FailureKind::Unexpected,
        };
        let text = self.text();
        let words = match (self.status.is_redirection(), text.is_empty()) {
            (true, _) => format!(
                "HTTP {}: the answer points to another address; check the address",
                self.status.as_u16()
            ),
            (false, true) => format!("HTTP {}", self.status.as_u16()),
            (false, false) => text,
        };
        Failure::new(kind, words).code(self.status.as_u16().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: u16, retry_after: Option<&str>) -> FailureKind {
        let mut headers = HeaderMap::new();
        if let Some(value) = retry_after {
            headers.insert(http::header::RETRY_AFTER, value.parse().unwrap());
        }
        let status = StatusCode::from_u16(status).unwrap();
        Refusal { status, headers: &headers, body: b"{}", now: Timestamp::UNIX_EPOCH }.by_status().kind
    }

    #[test]
    fn each_status_has_its_kind() {
        let cases = [
            (302, "unexpected"),
            (400, "invalid"),
            (401, "auth"),
            (402, "permission"),
            (403, "permission"),
            (404, "not_found"),
            (408, "unavailable"),
            (409, "conflict"),
            (410, "not_found"),
            (418, "unexpected"),
            (422, "invalid"),
            (423, "busy"),
            (429, "rate_limited"),
            (500, "unavailable"),
            (503, "unavailable"),
            (524, "unavailable"),
        ];
        for (status, expected) in cases {
            assert_eq!(kind(status, None).word(), expected, "HTTP {status}");
        }
        for status in [429, 503] {
            let expected = FailureKind::RateLimited { after_seconds: Some(9) };
            assert_eq!(kind(status, Some("9")), expected, "HTTP {status} with Retry-After");
        }
    }
}
