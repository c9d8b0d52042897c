//! The endpoints of HubSpot's API for lead work, with what each takes and answers.

use super::shape::Shape;
use super::{body, reply};

const VERSION: &str = "2026-03";

/// What a request's body holds.
#[derive(Clone, Copy)]
pub(super) enum Content {
    Empty,
    Form(&'static [&'static str]),
    Json(&'static Shape),
}

/// One endpoint.
#[derive(Clone, Copy)]
pub(super) struct Endpoint {
    pub(super) query: &'static [&'static str],
    pub(super) content: Content,
    /// Whether it wants a bearer token.
    pub(super) signed: bool,
    /// What a success answers; `None`: nothing.
    pub(super) answer: Option<&'static Shape>,
}

const TOKEN_FORM: &[&str] = &[
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "redirect_uri",
    "code_verifier",
    "refresh_token",
    "scope",
];
const REVOKE_FORM: &[&str] = &["client_id", "client_secret", "token", "token_type_hint"];
const PROPERTY_QUERY: &[&str] = &["archived", "dataSensitivity", "locale", "properties"];
const READ_QUERY: &[&str] =
    &["properties", "propertiesWithHistory", "associations", "archived", "idProperty"];
const LIST_QUERY: &[&str] =
    &["limit", "after", "properties", "propertiesWithHistory", "associations", "archived"];

fn read(query: &'static [&'static str], answer: &'static Shape) -> Option<Endpoint> {
    Some(Endpoint { query, content: Content::Empty, signed: true, answer: Some(answer) })
}

fn json(shape: &'static Shape, answer: &'static Shape) -> Option<Endpoint> {
    Some(Endpoint { query: &[], content: Content::Json(shape), signed: true, answer: Some(answer) })
}

fn form(fields: &'static [&'static str], answer: Option<&'static Shape>) -> Option<Endpoint> {
    Some(Endpoint { query: &[], content: Content::Form(fields), signed: false, answer })
}

/// The endpoint of a call, if there is one.
pub(super) fn find(method: &str, path: &[&str]) -> Option<Endpoint> {
    match (method, path) {
        ("POST", ["oauth", VERSION, "token"]) => form(TOKEN_FORM, Some(&reply::TOKENS)),
        ("POST", ["oauth", VERSION, "token", "revoke"]) => form(REVOKE_FORM, None),
        // Not part of the dated API.
        ("POST", ["oauth", "v2", "private-apps", "get", "access-token-info"]) => {
            json(&body::TOKEN_INFO, &Shape::Anything)
        }
        ("GET", ["account-info", VERSION, "details"]) => read(&[], &reply::ACCOUNT),
        ("GET", ["crm", "owners", VERSION]) => read(&["limit", "after", "email", "archived"], &reply::OWNERS),
        ("GET", ["crm", "owners", VERSION, id]) if numeric(id) => {
            read(&["idProperty", "archived"], &reply::OWNER)
        }
        ("GET", ["crm", "pipelines", VERSION, object]) if known(object) => read(&[], &reply::PIPELINES),
        ("GET", ["crm", "property-validations", VERSION, type_id]) if type_id.starts_with("0-") => {
            read(&[], &reply::VALIDATIONS)
        }
        (_, ["crm", "properties", VERSION, object, rest @ ..]) if known(object) => properties(method, rest),
        (_, ["crm", "objects", VERSION, object, rest @ ..]) if known(object) => objects(method, rest),
        _ => None,
    }
}

fn properties(method: &str, rest: &[&str]) -> Option<Endpoint> {
    match (method, rest) {
        ("GET", []) => read(PROPERTY_QUERY, &reply::PROPERTIES),
        ("GET", [_]) => read(PROPERTY_QUERY, &reply::PROPERTY),
        ("POST", []) => json(&body::NEW_PROPERTY, &reply::PROPERTY),
        _ => None,
    }
}

fn objects(method: &str, rest: &[&str]) -> Option<Endpoint> {
    match (method, rest) {
        ("GET", []) => read(LIST_QUERY, &reply::RECORDS),
        ("POST", []) => json(&body::NEW_OBJECT, &reply::RECORD),
        ("POST", ["search"]) => json(&body::SEARCH, &reply::RECORDS),
        ("POST", ["batch", "read"]) => json(&body::BATCH_READ, &reply::BATCH),
        ("POST", ["batch", "create"]) => json(&body::BATCH_CREATE, &reply::BATCH),
        ("POST", ["batch", "update"]) => json(&body::BATCH_UPDATE, &reply::BATCH),
        ("POST", ["batch", "upsert"]) => json(&body::BATCH_UPDATE, &reply::BATCH),
        ("GET", [id]) if numeric(id) => read(READ_QUERY, &reply::RECORD),
        ("PATCH", [id]) if numeric(id) => json(&body::CHANGES, &reply::RECORD),
        ("DELETE", [id]) if numeric(id) => {
            Some(Endpoint { query: &[], content: Content::Empty, signed: true, answer: None })
        }
        ("PUT", [id, "associations", "default", to, other]) if numeric(id) && known(to) && numeric(other) => {
            read(&[], &Shape::Anything)
        }
        _ => None,
    }
}

fn known(object: &str) -> bool {
    matches!(object, "contacts" | "companies" | "deals" | "leads" | "notes" | "tasks")
}

fn numeric(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}
