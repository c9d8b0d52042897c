//! Zoho CRM's error bodies as decided failures. <https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html>
//!
//! One form says why a whole call was refused and why one record was. A refusal of the whole call stands at the top of the body, or
//! inside the same list the records' answers stand in.

use http::HeaderMap;
use leadferry_connector::lenient::one;
use leadferry_connector::{Answers, Reading, Refusal, redact};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, RecordId};
use serde_json::Value;

use super::types::Item;

/// How Zoho's answers are read.
pub(super) const ANSWERS: Answers = Answers { failure: of_refusal, readings, request_id: None };

/// Comes from half of the day's credits on. <https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html>
const CREDITS_LEFT: &str = "x-api-credits-remaining";
/// What our dearest call takes: a write of a hundred records.
const DEAREST_CALL: u32 = 10;
/// Credits come back over a rolling day, bit by bit: ask once an hour.
const WAIT_FOR_CREDITS: u64 = 3600;
/// Too many calls in flight: one of them is over soon.
const WAIT_FOR_OTHERS: u64 = 2;

fn of_refusal(refusal: &Refusal<'_>) -> Option<Failure> {
    let item = first(refusal.json::<Value>()?);
    let by_status = refusal.by_status();
    let kind = match refusal.status.as_u16() {
        429 => limited(refusal),
        // Down is down, whatever a body says about it.
        500.. => by_status.kind.clone(),
        _ => kind(&item, None).unwrap_or_else(|| by_status.kind.clone()),
    };
    // A limit that came with another status.
    let kind = match kind {
        FailureKind::RateLimited { .. } => limited(refusal),
        kind => kind,
    };
    Some(failure(&item, kind, by_status))
}

/// The status does not say which limit it was; the credits that are left do.
fn limited(refusal: &Refusal<'_>) -> FailureKind {
    let used_up = credits_left(refusal.headers).is_some_and(|left| left < DEAREST_CALL);
    let guess = if used_up { WAIT_FOR_CREDITS } else { WAIT_FOR_OTHERS };
    FailureKind::RateLimited { after_seconds: Some(refusal.retry_after().unwrap_or(guess)) }
}

/// The refusal: at the top, else the first one in a list (`data`, `fields`, `users`, …).
fn first(body: Value) -> Item {
    let read = |value: &Value| serde_json::from_value::<Item>(value.clone()).unwrap_or_default();
    let Value::Object(map) = &body else { return Item::default() };
    if map.get("code").is_some_and(Value::is_string) {
        return read(&body);
    }
    let lists = map.values().filter_map(Value::as_array);
    let mut items = lists.flatten().map(read).filter(|item| item.code.is_some() && !item.is_success());
    items.next().unwrap_or_default()
}

/// A refusal of the whole call that came with a success's status.
pub(super) fn of_whole(item: &Item) -> Failure {
    let kind = kind(item, None).unwrap_or(FailureKind::Unexpected);
    failure(item, kind, Failure::new(FailureKind::Unexpected, "Zoho CRM refused the call without saying why"))
}

/// One refused record of `module`.
pub(super) fn of_row(item: &Item, module: &str) -> Failure {
    let kind = match kind(item, Some(module)) {
        // Zoho's own fault with one record, while the others passed.
        Some(FailureKind::Unavailable) => FailureKind::Busy,
        kind => kind.unwrap_or(FailureKind::Unexpected),
    };
    let silent = Failure::new(FailureKind::Unexpected, "Zoho CRM refused the record without saying why");
    failure(item, kind, silent)
}

fn failure(item: &Item, kind: FailureKind, fallback: Failure) -> Failure {
    let code = item.code.clone().unwrap_or(fallback.code);
    let vendor = item.message.as_deref().map(redact::text).filter(|words| !words.is_empty());
    let message = match (plain(&code, &kind), vendor) {
        (Some(ours), Some(vendor)) => format!("{ours} Zoho's words: {vendor}"),
        (Some(ours), None) => ours.to_owned(),
        (None, vendor) => vendor.unwrap_or(fallback.message),
    };
    Failure::new(kind, message).code(code)
}

/// What a code means, where Zoho's own words do not say it to a person.
fn plain(code: &str, kind: &FailureKind) -> Option<&'static str> {
    Some(match code {
        "INVALID_TOKEN" | "AUTHENTICATION_FAILURE" => {
            "Zoho CRM does not accept the sign-in any more. Sign in again, in the data centre of the account."
        }
        "OAUTH_SCOPE_MISMATCH" => {
            "The sign-in does not include this right. Sign in again and grant everything that is asked for."
        }
        "NO_PERMISSION" | "AUTHORIZATION_FAILED" => {
            "The profile of the person who signed in does not allow this. An administrator can allow it in Zoho CRM."
        }
        "INVALID_MODULE" => "This module is switched off, or hidden from the person who signed in.",
        "NOT_SUPPORTED" | "FEATURE_NOT_SUPPORTED" => "This edition of Zoho CRM does not offer it.",
        "STORAGE_SPACE_EXCEEDED" => "The storage of this Zoho CRM is full.",
        "RECORD_LOCKED" => "Somebody has locked the record in Zoho CRM. It is tried again.",
        "RECORD_IN_BLUEPRINT" => "A blueprint holds the record in Zoho CRM. It is tried again.",
        "NOT_APPROVED" => "The record waits for approval in Zoho CRM. It is tried again.",
        "ALREADY_MODIFIED" => "Somebody changed the record at the same moment. It is tried again.",
        "CONVERTED_RECORD" | "ID_ALREADY_CONVERTED" => {
            "This lead was converted in Zoho CRM and cannot be changed any more. Its contact or deal is what goes on."
        }
        "TOO_MANY_REQUESTS" => "Zoho CRM asks for less speed; sending goes on by itself.",
        "DUPLICATE_DATA" if matches!(kind, FailureKind::Conflict { existing: None, .. }) => {
            "Zoho CRM keeps this value unique, and a record of another kind or one it does not name has it already."
        }
        _ => return None,
    })
}

/// `module` is the module of the record it is about, where it is about one.
fn kind(item: &Item, module: Option<&str>) -> Option<FailureKind> {
    Some(match item.code.as_deref()? {
        "INVALID_TOKEN" | "AUTHENTICATION_FAILURE" => FailureKind::Auth,
        "OAUTH_SCOPE_MISMATCH"
        | "NO_PERMISSION"
        | "AUTHORIZATION_FAILED"
        | "NOT_ALLOWED"
        | "NOT_SUPPORTED"
        | "FEATURE_NOT_SUPPORTED"
        | "INVALID_MODULE"
        | "STORAGE_SPACE_EXCEEDED"
        | "LIMIT_REACHED"
        | "TERRITORY_NOT_ENABLED"
        | "CANNOT_PERFORM_ACTION" => FailureKind::Permission { missing: texts(item, "permissions") },
        code @ ("MANDATORY_NOT_FOUND"
        | "REQUIRED_PARAM_MISSING"
        | "EXPECTED_FIELD_MISSING"
        | "DEPENDENT_FIELD_MISSING"
        | "PATTERN_NOT_MATCHED"
        | "DEPENDENT_MISMATCH"
        | "MAPPING_MISMATCH"
        | "DATA_MISMATCH") => FailureKind::Invalid { fields: faults(item, code) },
        "INVALID_DATA" if is_about_id(item) => FailureKind::NotFound,
        code @ "INVALID_DATA" => FailureKind::Invalid { fields: faults(item, code) },
        // COQL: a column that does not exist, or not for this person.
        "INVALID_QUERY" => match item.detail("column_name") {
            Some(column) => {
                FailureKind::Invalid { fields: vec![fault(column, FieldProblem::UnknownField, item)] }
            }
            None => FailureKind::Unexpected,
        },
        "MULTIPLE_OR_MULTI_ERRORS" => several(item, module)?,
        "DUPLICATE_DATA" => conflict(item, module),
        "RECORD_LOCKED"
        | "RECORD_IN_BLUEPRINT"
        | "NOT_APPROVED"
        | "ALREADY_MODIFIED"
        | "CANNOT_PROCESS"
        | "ALREADY_SCHEDULED" => FailureKind::Busy,
        // For a person: the lead lives on as a contact.
        "CONVERTED_RECORD" | "ID_ALREADY_CONVERTED" => FailureKind::Invalid { fields: Vec::new() },
        "NOT_FOUND" | "NO_RECORDS_FOUND" | "NO_CONTENT" => FailureKind::NotFound,
        "TOO_MANY_REQUESTS" => FailureKind::RateLimited { after_seconds: Some(WAIT_FOR_OTHERS) },
        "INTERNAL_ERROR" | "INTERNAL_SERVER_ERROR" => FailureKind::Unavailable,
        "INVALID_URL_PATTERN" | "INVALID_REQUEST_METHOD" | "LIMIT_EXCEEDED" | "SYNTAX_ERROR" => {
            FailureKind::Unexpected
        }
        _ => return None,
    })
}

/// Several faults of one record. A duplicate among them decides: what is missing or wrong is said again by the update that follows,
/// unless the record that exists has it already.
fn several(item: &Item, module: Option<&str>) -> Option<FailureKind> {
    let inner: Vec<Item> = match item.details.get("errors") {
        Some(Value::Array(errors)) => {
            errors.iter().filter_map(|error| serde_json::from_value(error.clone()).ok()).collect()
        }
        _ => Vec::new(),
    };
    let kinds: Vec<FailureKind> = inner.iter().filter_map(|error| kind(error, module)).collect();
    let named = |kind: &&FailureKind| matches!(kind, FailureKind::Conflict { existing: Some(_), .. });
    let conflict = |kind: &&FailureKind| matches!(kind, FailureKind::Conflict { .. });
    let duplicate = kinds.iter().find(named).or_else(|| kinds.iter().find(conflict));
    let not_a_value = |kind: &&FailureKind| !matches!(kind, FailureKind::Invalid { .. });
    if let Some(kind) = duplicate.or_else(|| kinds.iter().find(not_a_value)) {
        return Some(kind.clone());
    }
    let fields = kinds.into_iter().filter_map(|kind| match kind {
        FailureKind::Invalid { fields } => Some(fields),
        _ => None,
    });
    Some(FailureKind::Invalid { fields: fields.flatten().collect() })
}

/// The record that has the value. It may be of another module: Zoho can be set to look for a new lead among contacts and converted
/// leads too, and an id of those is no lead to update.
/// <https://help.zoho.com/portal/en/community/topic/kaizen-177-duplicate-check-preferences-api-vs-upsert-api>
fn conflict(item: &Item, module: Option<&str>) -> FailureKind {
    let found = item.details.get("duplicate_record");
    let of = found
        .and_then(|found| found.pointer("/module/api_name"))
        .and_then(one)
        .or_else(|| item.detail("module"));
    let id = found.and_then(|found| found.get("id")).and_then(one).or_else(|| item.id());
    let same = module.zip(of.as_deref()).is_none_or(|(module, of)| module == of);
    let existing = id.filter(|id| same && !id.is_empty()).map(RecordId::new);
    FailureKind::Conflict { existing, field: name(item) }
}

/// Whether the refused value is the record's own id. A bad id of a looked-up record is a fault of that field.
fn is_about_id(item: &Item) -> bool {
    if item.details.contains_key("resource_path_index") {
        return true;
    }
    match item.detail("json_path") {
        Some(path) => segments(&path).next() == Some("id"),
        None => match item.detail("api_name") {
            Some(name) => name == "id" && !item.details.contains_key("parent_api_name"),
            None => item.id().is_some(),
        },
    }
}

/// The refused field: the first name of the path, since a looked-up record's `id` is not what a person mapped.
fn name(item: &Item) -> Option<String> {
    let by_path = item.detail("json_path").and_then(|path| segments(&path).next().map(str::to_owned));
    by_path.or_else(|| item.detail("parent_api_name")).or_else(|| item.detail("api_name"))
}

/// Names of a path below the record: `$.data[1].Owner.id` gives `Owner`, `id`.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let names = path.trim_start_matches('$').trim_start_matches('.').split('.');
    let names = names.skip(1).map(|name| name.split('[').next().unwrap_or(name));
    names.filter(|name| !name.is_empty())
}

/// The place in the list that a path names: `$.data[1].Email` gives 1.
pub(super) fn place(path: &str) -> Option<usize> {
    let (_, rest) = path.split_once("data[")?;
    rest.split_once(']')?.0.parse().ok()
}

fn faults(item: &Item, code: &str) -> Vec<FieldFault> {
    let expected = item.details.get("expected_fields").and_then(Value::as_array).into_iter().flatten();
    let mut names: Vec<String> =
        expected.filter_map(|field| field.get("api_name").and_then(one).or_else(|| one(field))).collect();
    if names.is_empty() {
        names.extend(name(item));
    }
    names.into_iter().map(|name| fault(name.clone(), problem(item, code, &name), item)).collect()
}

fn fault(field: String, problem: FieldProblem, item: &Item) -> FieldFault {
    FieldFault {
        field,
        problem,
        value: None,
        detail: redact::text(item.message.as_deref().unwrap_or_default()),
    }
}

/// Unverified: the words of `expected_data_type`, seen in SDKs and answers, are not listed in the documents.
fn problem(item: &Item, code: &str, field: &str) -> FieldProblem {
    match code {
        "MANDATORY_NOT_FOUND"
        | "REQUIRED_PARAM_MISSING"
        | "EXPECTED_FIELD_MISSING"
        | "DEPENDENT_FIELD_MISSING" => {
            return FieldProblem::Required;
        }
        "DEPENDENT_MISMATCH" | "MAPPING_MISMATCH" | "DATA_MISMATCH" => return FieldProblem::CustomRule,
        _ => {}
    }
    let words = item.message.as_deref().unwrap_or_default().to_lowercase();
    if ["maximum_length", "max_length"].iter().any(|name| item.details.contains_key(*name)) {
        return FieldProblem::TooLong;
    }
    if item.details.contains_key("supported_values") {
        return FieldProblem::UnknownOption;
    }
    if words.contains("edit permission") || words.contains("not visible") {
        return FieldProblem::ReadOnly;
    }
    if words.contains("validation rule") || words.contains("layout rule") {
        return FieldProblem::CustomRule;
    }
    if words.contains("no field found") {
        return FieldProblem::UnknownField;
    }
    let wanted = item.detail("expected_data_type").unwrap_or_default().to_lowercase();
    match wanted.as_str() {
        "email" => FieldProblem::NotEmail,
        "phone" => FieldProblem::NotPhone,
        "integer" | "bigint" | "long" | "double" | "decimal" | "currency" | "percent" | "number" => {
            FieldProblem::NotNumber
        }
        "date" | "datetime" => FieldProblem::NotDate,
        "picklist" | "multiselectpicklist" => FieldProblem::UnknownOption,
        // A value that breaks the pattern of its kind names no kind; the standard fields say theirs.
        "" if field.ends_with("Email") => FieldProblem::NotEmail,
        "" if matches!(field, "Phone" | "Mobile" | "Home_Phone" | "Other_Phone" | "Fax") => {
            FieldProblem::NotPhone
        }
        _ => FieldProblem::WrongFormat,
    }
}

fn texts(item: &Item, name: &str) -> Vec<String> {
    match item.details.get(name) {
        Some(Value::Array(values)) => values.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn credits_left(headers: &HeaderMap) -> Option<u32> {
    headers.get(CREDITS_LEFT)?.to_str().ok()?.trim().parse().ok()
}

fn readings(headers: &HeaderMap) -> Vec<Reading> {
    let left = credits_left(headers).into_iter();
    left.map(|left| Reading { bucket: "credits", remaining: Some(left), ..Reading::default() }).collect()
}
