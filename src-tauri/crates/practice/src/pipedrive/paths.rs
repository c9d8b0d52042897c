//! Paths: which version an endpoint is of, and what kind of call each is.

use crate::call::Call;
use crate::dialect::{CallKind, Endpoint};

/// A path of the API without its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// `/v1/…` or `/api/v1/…`.
    V1(&'a [&'a str]),
    /// `/api/v2/…`; the short form was never v2's.
    V2(&'a [&'a str]),
}

impl<'a> Route<'a> {
    pub(super) fn of(parts: &'a [&'a str]) -> Option<Self> {
        match parts {
            ["api", "v2", rest @ ..] => Some(Self::V2(rest)),
            ["v1", rest @ ..] | ["api", "v1", rest @ ..] => Some(Self::V1(rest)),
            _ => None,
        }
    }
}

/// The object behind a path's first part.
pub(super) fn object(part: &str) -> Option<&'static str> {
    ["persons", "organizations", "deals", "activities"].into_iter().find(|object| *object == part)
}

/// The object whose fields a path's first part describes.
pub(super) fn described(part: &str) -> Option<&'static str> {
    match part {
        "personFields" => Some("persons"),
        "organizationFields" => Some("organizations"),
        "dealFields" => Some("deals"),
        "activityFields" => Some("activities"),
        _ => None,
    }
}

/// Endpoints of v1 that have a twin in v2 and are out of support since 1 August 2026.
// Unverified: some may still answer; read as removed, as the client libraries and the description have it.
pub(super) fn is_out_of_support(method: &str, rest: &[&str]) -> bool {
    match rest {
        [_, _, "merge"] => false,
        ["leads" | "itemSearch" | "persons" | "organizations" | "deals", "search"] => true,
        ["itemSearch" | "pipelines" | "stages", ..] => true,
        ["personFields" | "organizationFields" | "dealFields" | "activityFields", ..] => method == "GET",
        [first, ..] => object(first).is_some(),
        [] => false,
    }
}

/// Classifies a call.
pub(super) fn endpoint(call: &Call) -> Endpoint {
    let parts = call.parts();
    let kind = match (call.method.as_str(), Route::of(&parts)) {
        // It carries the password of somebody's server.
        (_, Some(Route::V1(["webhooks", ..]))) => CallKind::Token,
        ("GET", Some(_)) => CallKind::Read,
        (_, Some(_)) => CallKind::Write,
        ("POST", None) if matches!(parts.as_slice(), ["oauth", "token" | "revoke"]) => CallKind::Token,
        ("GET" | "POST", None) => CallKind::Page,
        (_, None) => CallKind::Read,
    };
    let shown: Vec<&str> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let described = place > 0 && described(parts[place - 1]).is_some();
            if described || is_id(part) { "{id}" } else { part }
        })
        .collect();
    Endpoint { label: format!("{} /{}", call.method, shown.join("/")), kind }
}

/// Ids are everything that is not a word of the API: words are letters, versions are known.
fn is_id(part: &str) -> bool {
    !(part.bytes().all(|b| b.is_ascii_alphabetic()) || matches!(part, "v1" | "v2"))
}
