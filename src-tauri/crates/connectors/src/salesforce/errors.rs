//! Salesforce's error bodies as decided failures. <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm>
//!
//! The same list of errors describes a whole refused call and one refused row of a collection, with the code under another name. Codes
//! are those of the SOAP enumeration: <https://github.com/jsforce/jsforce/blob/main/src/api/soap/wsdl.xml>.

use http::HeaderMap;
use leadferry_connector::{Answers, Reading, Refusal, converted, redact};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, RecordId};
use serde_json::Value;

use super::ids;
use super::types::ApiError;

/// How Salesforce's answers are read.
/// Unverified: the header with the id of the request; answers without it are understood.
pub(super) const ANSWERS: Answers =
    Answers { failure: of_refusal, readings, request_id: Some("x-sfdc-request-id") };

/// A converted lead is read-only; what is known of the person goes on at its contact.
const CONVERTED: &str = "CANNOT_UPDATE_CONVERTED_LEAD";
/// The pages of a query are kept for a while only.
pub(super) const LOCATOR: &str = "INVALID_QUERY_LOCATOR";
/// Queries that were too much at once.
pub(super) const TOO_HEAVY: [&str; 2] = ["QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG"];
/// Nothing of that name, or no right to see it.
pub(super) const NOT_FOUND: &str = "NOT_FOUND";

/// The daily limit rolls, and nobody says when it frees: look once an hour.
const DAY_WAIT: u64 = 3600;

fn of_refusal(refusal: &Refusal<'_>) -> Option<Failure> {
    let by_status = refusal.by_status();
    let errors = errors(refusal);
    let status = refusal.status.as_u16();
    // Down is down, whatever a body says about it.
    if status >= 500 || status == 420 {
        let kind = if status == 420 { FailureKind::Unavailable } else { by_status.kind.clone() };
        return Some(told(&errors, kind, by_status));
    }
    if errors.is_empty() {
        return bare(refusal, by_status);
    }
    let kind = kind(&errors, "").unwrap_or_else(|| match status {
        410 => FailureKind::Permission { missing: Vec::new() },
        412 | 428 => FailureKind::Busy,
        _ => by_status.kind.clone(),
    });
    Some(told(&errors, kind, by_status))
}

/// An answer whose body says nothing.
fn bare(refusal: &Refusal<'_>, by_status: Failure) -> Option<Failure> {
    let (kind, words) = match refusal.status.as_u16() {
        300 => (
            FailureKind::Conflict { existing: None, field: None },
            "Several records have this key. Merge them in Salesforce.",
        ),
        410 => (
            FailureKind::Permission { missing: Vec::new() },
            "Salesforce no longer answers the version of its API that Leadferry speaks. Update Leadferry.",
        ),
        412 | 428 => (FailureKind::Busy, "The record changed in Salesforce while it was written."),
        // Unverified: the sign-in endpoints say so with 403 and plain text.
        401 | 403 if refusal.text().contains("Bad_OAuth_Token") => {
            (FailureKind::Auth, "The access token was refused.")
        }
        _ => return None,
    };
    Some(Failure { kind, message: words.to_owned(), ..by_status })
}

fn errors(refusal: &Refusal<'_>) -> Vec<ApiError> {
    let entries = match refusal.json::<Value>() {
        Some(Value::Array(entries)) => entries,
        Some(entry @ Value::Object(_)) => vec![entry],
        _ => Vec::new(),
    };
    let read = entries.into_iter().filter_map(|entry| serde_json::from_value::<ApiError>(entry).ok());
    read.filter(|error| !error.code().is_empty() || !error.words().is_empty()).collect()
}

/// One refused row of a collection; `object` is what it was to become.
pub(super) fn of_row(errors: &[ApiError], object: &str) -> Failure {
    let unknown = Failure::new(FailureKind::Unexpected, "Salesforce refused the record without saying why");
    let failure = told(errors, kind(errors, object).unwrap_or(FailureKind::Unexpected), unknown);
    if failure.code == CONVERTED { converted(failure.message) } else { failure }
}

/// A success that names no record.
pub(super) fn without_id() -> Failure {
    let mut failure = Failure::new(FailureKind::Unexpected, "Salesforce's answer names no record");
    failure.maybe_applied = true;
    failure
}

fn told(errors: &[ApiError], kind: FailureKind, fallback: Failure) -> Failure {
    let decisive = errors.iter().find(|error| !is_cascade(error)).or(errors.first());
    let code = decisive.map(ApiError::code).filter(|code| !code.is_empty());
    let mut words: Vec<&str> = errors.iter().map(ApiError::words).filter(|words| !words.is_empty()).collect();
    words.dedup();
    let message = if words.is_empty() { fallback.message } else { redact::text(&words.join("; ")) };
    let mut failure = Failure::new(kind, message).code(code.map_or(fallback.code, str::to_owned));
    failure.request_id = fallback.request_id;
    failure
}

/// Refused only because something beside it was.
fn is_cascade(error: &ApiError) -> bool {
    matches!(error.code(), "ALL_OR_NONE_OPERATION_ROLLED_BACK" | "PROCESSING_HALTED")
}

/// The kind of all errors together: every field that is named, if all are about values, else the first that decides something.
fn kind(errors: &[ApiError], object: &str) -> Option<FailureKind> {
    let kinds: Vec<FailureKind> =
        errors.iter().filter(|error| !is_cascade(error)).filter_map(|error| of_one(error, object)).collect();
    if kinds.is_empty() {
        return errors.iter().any(is_cascade).then_some(FailureKind::Busy);
    }
    let mut all = Vec::new();
    for kind in &kinds {
        let FailureKind::Invalid { fields } = kind else { return Some(kind.clone()) };
        all.extend(fields.iter().cloned());
    }
    Some(FailureKind::Invalid { fields: all })
}

fn of_one(error: &ApiError, object: &str) -> Option<FailureKind> {
    let words = error.words();
    let invalid = |problem| Some(FailureKind::Invalid { fields: faults(error, problem) });
    let forbidden = || Some(FailureKind::Permission { missing: Vec::new() });
    match error.code() {
        // Not about the age of the token: a new one would be refused alike.
        "INVALID_SESSION_ID" | "INVALID_AUTH_HEADER" if wrong_app(words) => forbidden(),
        "INVALID_SESSION_ID" | "INVALID_AUTH_HEADER" => Some(FailureKind::Auth),
        "REQUEST_LIMIT_EXCEEDED" => Some(FailureKind::RateLimited { after_seconds: Some(DAY_WAIT) }),
        // An org without the API, a version that is gone, a full org: for a person to settle.
        "API_DISABLED_FOR_ORG" | "API_CURRENTLY_DISABLED" | "UNSUPPORTED_API_VERSION" => forbidden(),
        "STORAGE_LIMIT_EXCEEDED" | "LIMIT_EXCEEDED" => forbidden(),
        code if code.starts_with("INSUFFICIENT_ACCESS") => forbidden(),
        "INVALID_FIELD" => Some(FailureKind::Invalid { fields: unknown(error) }),
        "INVALID_FIELD_FOR_INSERT_UPDATE" => invalid(FieldProblem::ReadOnly),
        "REQUIRED_FIELD_MISSING" => invalid(FieldProblem::Required),
        "STRING_TOO_LONG" => invalid(FieldProblem::TooLong),
        "INVALID_EMAIL_ADDRESS" => invalid(FieldProblem::NotEmail),
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" => invalid(FieldProblem::UnknownOption),
        "INVALID_TYPE_ON_FIELD_IN_RECORD" | "NUMBER_OUTSIDE_VALID_RANGE" | "FIELD_INTEGRITY_EXCEPTION" => {
            invalid(FieldProblem::WrongFormat)
        }
        // One value of a type Salesforce cannot read spoils the whole body.
        "JSON_PARSER_ERROR" | "INVALID_TYPE" => invalid(FieldProblem::WrongFormat),
        "FIELD_CUSTOM_VALIDATION_EXCEPTION" | "FIELD_FILTER_VALIDATION_EXCEPTION" => {
            invalid(FieldProblem::CustomRule)
        }
        // A trigger or flow that met somebody else's lock.
        _ if words.contains("UNABLE_TO_LOCK_ROW") => Some(FailureKind::Busy),
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" | "CANNOT_EXECUTE_FLOW_TRIGGER" | "FLOW_EXCEPTION" => {
            invalid(FieldProblem::CustomRule)
        }
        "INACTIVE_OWNER_OR_USER" => {
            let fields = named(error, &["OwnerId"]);
            Some(FailureKind::Invalid { fields: of_names(error, fields, FieldProblem::UnknownOption) })
        }
        CONVERTED => Some(FailureKind::NotFound),
        "DUPLICATE_VALUE" | "DUPLICATE_DEVELOPER_NAME" => Some(taken(words)),
        "DUPLICATE_EXTERNAL_ID" => Some(FailureKind::Conflict {
            existing: None,
            field: words
                .split_once(':')
                .map(|(field, _)| field.trim().to_owned())
                .filter(|field| is_name(field)),
        }),
        "DUPLICATES_DETECTED" => Some(detected(error, object)),
        NOT_FOUND | "ENTITY_IS_DELETED" => Some(FailureKind::NotFound),
        // The record's own id, or one that a field holds.
        "MALFORMED_ID" | "INVALID_CROSS_REFERENCE_KEY" => {
            let fields = faults(error, FieldProblem::WrongFormat);
            let own = fields.iter().all(|fault| fault.field.eq_ignore_ascii_case("id"));
            Some(if own { FailureKind::NotFound } else { FailureKind::Invalid { fields } })
        }
        "UNABLE_TO_LOCK_ROW" => Some(FailureKind::Busy),
        "UNKNOWN_EXCEPTION" | "SERVER_UNAVAILABLE" => Some(FailureKind::Unavailable),
        code if TOO_HEAVY.contains(&code) => Some(FailureKind::Unavailable),
        "MALFORMED_QUERY" | LOCATOR => Some(FailureKind::Unexpected),
        _ => None,
    }
}

/// <https://github.com/jsforce/jsforce/blob/main/src/http-api.ts>
fn wrong_app(words: &str) -> bool {
    words.contains("not attached to Agent") || words.contains("not valid for use with the REST API")
}

/// "duplicate value found: Lead_ID__c duplicates value on record with id: 00Q…".
fn taken(words: &str) -> FailureKind {
    let record = words.split_once("record with id:").map(|(_, rest)| leading_id(rest.trim()));
    let field =
        words.split_once(" duplicates value").and_then(|(before, _)| before.split_whitespace().last());
    FailureKind::Conflict {
        existing: record.filter(|id| id.len() >= 15).map(|id| RecordId::new(ids::whole(id))),
        field: field.filter(|field| is_name(field)).map(str::to_owned),
    }
}

fn leading_id(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// A duplicate rule of the org. It may find several records, and records of other objects; only one of the same object can be written
/// instead without asking a person.
fn detected(error: &ApiError, object: &str) -> FailureKind {
    let mut found: Vec<String> = error.duplicates().iter().map(|id| ids::whole(id)).collect();
    found.retain(|id| object.is_empty() || ids::object_of(id, object) == object);
    found.sort();
    found.dedup();
    let existing = if let [only] = found.as_slice() { Some(RecordId::new(only.as_str())) } else { None };
    FailureKind::Conflict { existing, field: None }
}

/// "No such column 'X' on sobject of type Lead", or the field in a list.
fn unknown(error: &ApiError) -> Vec<FieldFault> {
    let words = error.words();
    let column = words.split_once("No such column '").and_then(|(_, rest)| rest.split_once('\''));
    let names = match column {
        Some((name, _)) => vec![name.to_owned()],
        None => named(error, &[]),
    };
    of_names(error, names, FieldProblem::UnknownField)
}

fn faults(error: &ApiError, problem: FieldProblem) -> Vec<FieldFault> {
    let words = error.words();
    // "Required fields are missing: [Company]", "Unable to create/update fields: Name, Jigsaw. Please check…".
    let listed = ["fields are missing: [", "create/update fields: "]
        .iter()
        .find_map(|before| words.split_once(before))
        .map(|(_, rest)| rest.split([']', '.']).next().unwrap_or_default());
    let listed: Vec<&str> = listed.into_iter().flat_map(|list| list.split(',')).map(str::trim).collect();
    of_names(error, named(error, &listed), problem)
}

/// The fields the error names, else `otherwise`.
fn named(error: &ApiError, otherwise: &[&str]) -> Vec<String> {
    let told = error.fields.iter().map(String::as_str);
    let names: Vec<String> = told.filter(|name| is_name(name)).map(str::to_owned).collect();
    if names.is_empty() {
        return otherwise.iter().filter(|name| is_name(name)).map(|name| (*name).to_owned()).collect();
    }
    names
}

fn of_names(error: &ApiError, names: Vec<String>, problem: FieldProblem) -> Vec<FieldFault> {
    let detail = redact::text(error.words());
    // "Lead Source: bad value for restricted picklist field: Webinar".
    let value = error.words().split_once("picklist field: ").map(|(_, value)| redact::text(value.trim()));
    let value = value.filter(|_| problem == FieldProblem::UnknownOption && names.len() == 1);
    let fault = |field| FieldFault { field, problem, value: value.clone(), detail: detail.clone() };
    names.into_iter().map(fault).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.')
}

/// `api-usage=10018/100000`, perhaps with more behind it.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm>
fn readings(headers: &HeaderMap) -> Vec<Reading> {
    let usage = || {
        let info = headers.get("sforce-limit-info")?.to_str().ok()?;
        let usage = info.split([';', ',']).find_map(|part| part.trim().strip_prefix("api-usage="))?;
        let (used, max) = usage.split_once('/')?;
        Some((used.trim().parse::<u32>().ok()?, max.trim().parse::<u32>().ok()?))
    };
    let reading = |(used, max): (u32, u32)| Reading {
        bucket: "day",
        max: Some(max),
        remaining: Some(max.saturating_sub(used)),
        until: None,
    };
    usage().map(reading).into_iter().collect()
}
