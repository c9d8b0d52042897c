//! HubSpot's error bodies as decided failures. <https://developers.hubspot.com/docs/api-reference/error-handling>
//!
//! The same body describes a whole refused call and one refused row of a batch.

use http::HeaderMap;
use leadferry_connector::{Answers, Reading, Refusal, redact};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, RecordId};
use serde::Deserialize;

use super::types::{ApiError, texts};

/// How HubSpot's answers are read.
pub(super) const ANSWERS: Answers =
    Answers { failure: of_refusal, readings, request_id: Some("x-hubspot-correlation-id") };

/// What stands before the id of the record that has an e-mail already.
const EXISTING: &str = "Existing ID: ";
/// What stands before a list of refused properties.
const VALUES: &str = "Property values were not valid: ";

/// A moved account answers 477 for up to a day; where it does not say for how long, ask every ten minutes.
const MIGRATION_WAIT: u64 = 600;

fn of_refusal(refusal: &Refusal<'_>) -> Option<Failure> {
    let status = refusal.status.as_u16();
    let error: ApiError = refusal.json().unwrap_or_default();
    let wait = refusal.retry_after();
    let kind = match status {
        429 => FailureKind::RateLimited { after_seconds: wait.or(Some(interval(&error))) },
        477 => FailureKind::RateLimited { after_seconds: wait.or(Some(MIGRATION_WAIT)) },
        // Down is down, whatever a body says about it.
        500.. => refusal.by_status().kind,
        _ => kind(&error).unwrap_or_else(|| detailed(&error, refusal.by_status().kind)),
    };
    Some(failure(&error, kind, refusal.by_status()))
}

/// The status's kind, with what the body says about it though it names no category.
fn detailed(error: &ApiError, kind: FailureKind) -> FailureKind {
    match kind {
        FailureKind::Permission { .. } => FailureKind::Permission { missing: missing_scopes(error) },
        FailureKind::Conflict { .. } => conflict(error),
        FailureKind::Invalid { .. } => FailureKind::Invalid { fields: faults(error, "") },
        kind => kind,
    }
}

/// One refused row of a batch.
pub(super) fn of_row(error: &ApiError) -> Failure {
    let kind = kind(error).unwrap_or(FailureKind::Unexpected);
    failure(
        error,
        kind,
        Failure::new(FailureKind::Unexpected, "HubSpot refused the record without saying why"),
    )
}

fn failure(error: &ApiError, kind: FailureKind, fallback: Failure) -> Failure {
    let code = error.category.clone().or_else(|| error.error_type.clone()).unwrap_or(fallback.code);
    let message = error.message.as_deref().map_or(fallback.message, redact::text);
    let mut failure = Failure::new(kind, message).code(code);
    failure.request_id.clone_from(&error.correlation_id);
    failure
}

fn kind(error: &ApiError) -> Option<FailureKind> {
    if error.error_type.as_deref() == Some("RATE_LIMIT") {
        return Some(FailureKind::RateLimited { after_seconds: Some(interval(error)) });
    }
    match error.category.as_deref().unwrap_or_default() {
        "EXPIRED_AUTHENTICATION" | "INVALID_AUTHENTICATION" => Some(FailureKind::Auth),
        "MISSING_SCOPES" => Some(FailureKind::Permission { missing: missing_scopes(error) }),
        "CONFLICT" | "OBJECT_ALREADY_EXISTS" => Some(conflict(error)),
        "OBJECT_NOT_FOUND" => Some(FailureKind::NotFound),
        "RATE_LIMITS" => Some(FailureKind::RateLimited { after_seconds: Some(interval(error)) }),
        category @ ("MISSING_REQUIRED_PROPERTY" | "MISSING_CONDITIONAL_REQUIRED_PROPERTY") => {
            Some(FailureKind::Invalid { fields: faults(error, category) })
        }
        "VALIDATION_ERROR" => {
            if error.sub_category.as_str().is_some_and(|sub| sub.ends_with("WITH_NAME_EXISTS")) {
                return Some(conflict(error));
            }
            let fields = faults(error, "");
            let taken = fields.iter().any(|fault| fault.problem == FieldProblem::Taken);
            Some(if taken || taken_by(error).is_some() {
                conflict(error)
            } else {
                FailureKind::Invalid { fields }
            })
        }
        _ if error.message.as_deref().is_some_and(|words| words.contains(EXISTING)) => Some(conflict(error)),
        _ if taken_by(error).is_some() => Some(conflict(error)),
        _ if error.message.as_deref().is_some_and(|words| words.contains(VALUES)) => {
            Some(FailureKind::Invalid { fields: faults(error, "") })
        }
        _ => None,
    }
}

/// How long a limit lasts where `Retry-After` is missing, which it usually is.
fn interval(error: &ApiError) -> u64 {
    match error.policy_name.as_deref() {
        // Until midnight in the account's time zone, which an error does not tell: ask once an hour.
        Some("DAILY") => 3600,
        Some("SECONDLY") => 1,
        _ => 10,
    }
}

fn missing_scopes(error: &ApiError) -> Vec<String> {
    let contexts = || error.errors.iter().map(|detail| &detail.context).chain([&error.context]);
    let mut scopes: Vec<String> =
        contexts().flat_map(|context| texts(context, "requiredGranularScopes")).collect();
    if scopes.is_empty() {
        scopes = contexts().flat_map(|context| texts(context, "requiredScopes")).collect();
    }
    scopes.sort();
    scopes.dedup();
    scopes
}

/// The existing record's id is only in the text. <https://github.com/HubSpot/hubspot-api-nodejs/issues/545>
fn conflict(error: &ApiError) -> FailureKind {
    let message = error.message.as_deref().unwrap_or_default();
    let named = message.split_once(EXISTING).map(|(_, rest)| leading_digits(rest));
    if let Some(id) = named.filter(|id| !id.is_empty()) {
        let field = message.starts_with("Contact already exists").then(|| "email".to_owned());
        return FailureKind::Conflict { existing: Some(RecordId::new(id)), field };
    }
    let (existing, field) = taken_by(error).unwrap_or_default();
    let field = field.or_else(|| faults(error, "").into_iter().next().map(|fault| fault.field));
    FailureKind::Conflict { existing: existing.map(RecordId::new), field }
}

/// "…propertyName=x, value=y… 123 already has that value."
/// Unverified: the wording, seen for unique properties, is not documented.
fn taken_by(error: &ApiError) -> Option<(Option<String>, Option<String>)> {
    let (before, _) = error.message.as_deref()?.split_once(" already has that value")?;
    let id: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    let id: String = id.chars().rev().collect();
    let field = before.split_once("propertyName=").map(|(_, rest)| {
        rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    });
    Some(((!id.is_empty()).then_some(id), field))
}

fn leading_digits(text: &str) -> String {
    text.chars().take_while(char::is_ascii_digit).collect()
}

/// One refused property, as the list inside a message has it.
#[derive(Deserialize)]
struct Refused {
    name: Option<String>,
    error: Option<String>,
    message: Option<String>,
}

fn faults(error: &ApiError, category: &str) -> Vec<FieldFault> {
    let message = error.message.as_deref().unwrap_or_default();
    let inside: Vec<Refused> = message
        .split_once(VALUES)
        // The list ends where it ends: words may follow.
        .and_then(|(_, list)| serde_json::Deserializer::from_str(list).into_iter().next()?.ok())
        .unwrap_or_default();
    let mut faults: Vec<FieldFault> = inside
        .into_iter()
        .filter_map(|refused| {
            let code = refused.error.unwrap_or_default();
            Some(fault(refused.name?, &code, refused.message.as_deref().unwrap_or_default()))
        })
        .collect();
    if faults.is_empty() {
        for detail in &error.errors {
            let mut names = texts(&detail.context, "propertyName");
            // For required properties the place of the error is the property.
            names.extend(detail.place.clone().filter(|_| names.is_empty() && !category.is_empty()));
            let code = detail.code.as_deref().unwrap_or(category);
            let words = detail.message.as_deref().unwrap_or(message);
            faults.extend(names.into_iter().map(|name| fault(name, code, words)));
        }
    }
    if faults.is_empty() {
        let names = ["propertyName", "missingProperties", "properties"];
        let names = names.iter().flat_map(|name| texts(&error.context, name));
        faults.extend(names.map(|name| fault(name, category, message)));
    }
    faults
}

fn fault(field: String, code: &str, words: &str) -> FieldFault {
    FieldFault { field, problem: problem(code), value: None, detail: redact::text(words) }
}

/// Unverified: all codes but `INVALID_INTEGER` and `PROPERTY_DOESNT_EXIST` are from practice, not from the documents.
fn problem(code: &str) -> FieldProblem {
    match code {
        "INVALID_EMAIL" => FieldProblem::NotEmail,
        "INVALID_OPTION" => FieldProblem::UnknownOption,
        "INVALID_INTEGER" | "INVALID_LONG" | "INVALID_NUMBER" | "INVALID_DECIMAL" => FieldProblem::NotNumber,
        "INVALID_DATE" | "INVALID_TIMESTAMP" | "INVALID_DATETIME" => FieldProblem::NotDate,
        "INVALID_PHONE_NUMBER" | "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE" => FieldProblem::NotPhone,
        "PROPERTY_DOESNT_EXIST" => FieldProblem::UnknownField,
        "READ_ONLY_VALUE" => FieldProblem::ReadOnly,
        "CONFLICTING_UNIQUE_VALUE" => FieldProblem::Taken,
        "VALUE_TOO_LONG" | "PROPERTY_VALUE_TOO_LONG" | "MAX_LENGTH" => FieldProblem::TooLong,
        "REGEX" | "VALIDATION_RULE_FAILED" => FieldProblem::CustomRule,
        "MISSING_REQUIRED_PROPERTY" | "MISSING_CONDITIONAL_REQUIRED_PROPERTY" | "REQUIRED_PROPERTY" => {
            FieldProblem::Required
        }
        _ => FieldProblem::WrongFormat,
    }
}

/// <https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines>: the daily pair is missing with OAuth,
/// and searches carry none of them.
fn readings(headers: &HeaderMap) -> Vec<Reading> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u32>().ok();
    let reading = |bucket, max: Option<u32>, remaining: Option<u32>| {
        (max.is_some() || remaining.is_some()).then_some(Reading { bucket, max, remaining, until: None })
    };
    let burst = reading("burst", number("x-hubspot-ratelimit-max"), number("x-hubspot-ratelimit-remaining"));
    let day =
        reading("day", number("x-hubspot-ratelimit-daily"), number("x-hubspot-ratelimit-daily-remaining"));
    burst.into_iter().chain(day).collect()
}
