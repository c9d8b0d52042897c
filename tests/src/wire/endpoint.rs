//! The endpoints of HubSpot's API for lead work, with what each takes.

use super::body::{self, Shape};

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

fn read(query: &'static [&'static str]) -> Option<Endpoint> {
    Some(Endpoint { query, content: Content::Empty, signed: true })
}

fn json(shape: &'static Shape) -> Option<Endpoint> {
    Some(Endpoint { query: &[], content: Content::Json(shape), signed: true })
}

fn form(fields: &'static [&'static str]) -> Option<Endpoint> {
    Some(Endpoint { query: &[], content: Content::Form(fields), signed: false })
}

/// The endpoint of a call, if there is one.
pub(super) fn find(method: &str, path: &[&str]) -> Option<Endpoint> {
    match (method, path) {
        ("POST", ["oauth", VERSION, "token"]) => form(TOKEN_FORM),
        ("POST", ["oauth", VERSION, "token", "revoke"]) => form(REVOKE_FORM),
        // Not part of the dated API.
        ("POST", ["oauth", "v2", "private-apps", "get", "access-token-info"]) => json(&body::TOKEN_INFO),
        ("GET", ["account-info", VERSION, "details"]) => read(&[]),
        ("GET", ["crm", "owners", VERSION]) => read(&["limit", "after", "email", "archived"]),
        ("GET", ["crm", "owners", VERSION, id]) if numeric(id) => read(&["idProperty", "archived"]),
        ("GET", ["crm", "pipelines", VERSION, object]) if known(object) => read(&[]),
        ("GET", ["crm", "property-validations", VERSION, type_id]) if type_id.starts_with("0-") => read(&[]),
        (_, ["crm", "properties", VERSION, object, rest @ ..]) if known(object) => properties(method, rest),
        (_, ["crm", "objects", VERSION, object, rest @ ..]) if known(object) => objects(method, rest),
        _ => None,
    }
}

fn properties(method: &str, rest: &[&str]) -> Option<Endpoint> {
    match (method, rest) {
        ("GET", [] | [_]) => read(PROPERTY_QUERY),
        ("POST", []) => json(&body::NEW_PROPERTY),
        _ => None,
    }
}

fn objects(method: &str, rest: &[&str]) -> Option<Endpoint> {
    match (method, rest) {
        ("GET", []) => read(LIST_QUERY),
        ("POST", []) => json(&body::NEW_OBJECT),
        ("POST", ["search"]) => json(&body::SEARCH),
        ("POST", ["batch", "read"]) => json(&body::BATCH_READ),
        ("POST", ["batch", "create"]) => json(&body::BATCH_CREATE),
        ("POST", ["batch", "update"]) => json(&body::BATCH_UPDATE),
        ("POST", ["batch", "upsert"]) => json(&body::BATCH_UPDATE),
        ("GET", [id]) if numeric(id) => read(READ_QUERY),
        ("PATCH", [id]) if numeric(id) => json(&body::CHANGES),
        ("DELETE", [id]) if numeric(id) => read(&[]),
        ("PUT", [id, "associations", "default", to, other]) if numeric(id) && known(to) && numeric(other) => {
            read(&[])
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
