//! Pipedrive's error bodies as decided failures. <https://pipedrive.readme.io/docs/core-api-concepts-http-status-codes>
//!
//! The status decides the kind; the body names fields and gives the words. Bodies differ between v1, v2 and the sign-in server.

use http::{HeaderMap, HeaderName};
use leadferry_connector::{Answers, Reading, Refusal, redact};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault};
use serde::Deserialize;
use serde_json::Value;

use super::convert;

/// How Pipedrive's answers are read. It names no id of a request.
pub(super) const ANSWERS: Answers = Answers { failure: of_refusal, readings, request_id: None };

/// The burst window, for a refusal that does not tell when it ends.
/// <https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting>
const BURST_WAIT: u64 = 2;
/// Refused although calls are left in the burst window: then it is the day's budget, whose end nobody tells. Asked again each half
/// hour.
const DAY_WAIT: u64 = 1800;
/// Cloudflare's page for those who went on after refusals.
const BLOCKED_WAIT: u64 = 300;

/// The sentence before a list of refused fields.
const VALIDATION: &str = "Validation failed:";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    error: Value,
    message: Value,
    error_info: Value,
    code: Value,
    #[serde(rename = "errorCode")]
    error_code: Value,
}

impl Body {
    /// v1 says it in `error`, the sign-in server in `message`.
    fn words(&self) -> Option<&str> {
        let mut said = [&self.error, &self.message, &self.error_info].into_iter().filter_map(Value::as_str);
        said.find(|words| !words.trim().is_empty())
    }

    fn code(&self) -> Option<String> {
        [&self.code, &self.error_code].into_iter().find_map(|code| match code {
            Value::String(code) => Some(code.clone()),
            Value::Number(code) => Some(code.to_string()),
            _ => None,
        })
    }
}

fn of_refusal(refusal: &Refusal<'_>) -> Option<Failure> {
    let by_status = refusal.by_status();
    let body: Option<Body> = refusal.json();
    let html = body.is_none() && !refusal.body.trim_ascii().is_empty();
    let kind = match refusal.status.as_u16() {
        429 => FailureKind::RateLimited { after_seconds: Some(wait(refusal)) },
        403 if html => {
            FailureKind::RateLimited { after_seconds: refusal.retry_after().or(Some(BLOCKED_WAIT)) }
        }
        400 | 422 => {
            let words = body.as_ref().and_then(Body::words).unwrap_or_default();
            FailureKind::Invalid { fields: faults(words) }
        }
        _ => by_status.kind.clone(),
    };
    let body = body.unwrap_or_default();
    let message = body.words().map_or(by_status.message, redact::text);
    Some(Failure::new(kind, message).code(body.code().unwrap_or(by_status.code)))
}

/// Unverified: body and `Retry-After` of a 429 are not documented.
fn wait(refusal: &Refusal<'_>) -> u64 {
    if let Some(seconds) = refusal.retry_after() {
        return seconds;
    }
    match number(refusal.headers, &REMAINING) {
        Some(left) if left > 0 => DAY_WAIT,
        _ => number(refusal.headers, &RESET).map_or(BURST_WAIT, |seconds| u64::from(seconds.max(1))),
    }
}

/// `key: message; key: message`, as the schema check of v2 writes it.
/// <https://github.com/pipedrive/client-nodejs/issues/651>
fn faults(words: &str) -> Vec<FieldFault> {
    let Some((_, list)) = words.split_once(VALIDATION) else { return Vec::new() };
    let mut faults: Vec<FieldFault> = Vec::new();
    for entry in list.split("; ") {
        let Some((key, detail)) = entry.split_once(": ") else { continue };
        let field = convert::field_of_key(key.trim());
        if !field.is_empty() && !faults.iter().any(|fault| fault.field == field) {
            let problem = problem(detail);
            faults.push(FieldFault { field, problem, value: None, detail: redact::text(detail.trim()) });
        }
    }
    faults
}

/// Unverified: all wordings but `is not allowed for this request` and `Expected number`.
fn problem(detail: &str) -> FieldProblem {
    let detail = detail.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| detail.contains(word));
    if says(&["not allowed for this request", "unrecognized", "unknown"]) {
        FieldProblem::UnknownField
    } else if says(&["required", "must not be empty", "cannot be empty"]) {
        FieldProblem::Required
    } else if says(&["too long", "at most", "maximum"]) {
        FieldProblem::TooLong
    } else if says(&["email"]) {
        FieldProblem::NotEmail
    } else if says(&["date"]) {
        FieldProblem::NotDate
    } else if says(&["option", "one of", "enum"]) {
        FieldProblem::UnknownOption
    } else if says(&["number", "integer"]) {
        FieldProblem::NotNumber
    } else {
        FieldProblem::WrongFormat
    }
}

/// Whether a failure speaks for every record and not for one: what follows it need not be sent.
pub(super) fn concerns_all(failure: &Failure) -> bool {
    match failure.kind {
        FailureKind::Auth | FailureKind::RateLimited { .. } | FailureKind::Unavailable => true,
        // The company's subscription has lapsed.
        FailureKind::Permission { .. } => failure.code == "402",
        _ => false,
    }
}

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The burst window. What is left of the day's tokens no header tells.
fn readings(headers: &HeaderMap) -> Vec<Reading> {
    let (max, remaining) = (number(headers, &LIMIT), number(headers, &REMAINING));
    if max.is_none() && remaining.is_none() {
        return Vec::new();
    }
    vec![Reading { bucket: "burst", max, remaining, until: None }]
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
