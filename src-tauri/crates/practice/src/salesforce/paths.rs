//! Paths: the version an endpoint goes by, and what kind of call each is.

use super::ids;
use crate::call::Call;
use crate::dialect::{CallKind, Endpoint};

/// The oldest version spoken here.
pub(super) const OLDEST: u32 = 60;
/// The newest version there is.
pub(super) const NEWEST: u32 = 67;
/// Versions up to this one were taken away: <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/api_rest_eol.htm>
pub(super) const RETIRED: u32 = 30;

/// The number in `v66.0`.
pub(super) fn version(text: &str) -> Option<u32> {
    text.strip_prefix('v')?.strip_suffix(".0")?.parse().ok()
}

/// The part of a path after `/services/data/vNN.0`, with the version.
pub(super) fn data<'a>(parts: &'a [&'a str]) -> Option<(&'a str, &'a [&'a str])> {
    match parts {
        ["services", "data", version, rest @ ..] => Some((version, rest)),
        _ => None,
    }
}

/// Whether a call of the API changes something.
fn writes(method: &str, rest: &[&str]) -> bool {
    // Retrieving many by id is a POST.
    let retrieving = matches!(rest, ["composite", "sobjects", _]) && method == "POST";
    method != "GET" && method != "HEAD" && !retrieving
}

/// Classifies a call.
pub(super) fn endpoint(call: &Call) -> Endpoint {
    let parts = call.parts();
    let method = call.method.as_str();
    let kind = match parts.as_slice() {
        ["services", "oauth2", "authorize", ..] | ["lightning", ..] => CallKind::Page,
        ["services", "oauth2", "token" | "revoke" | "introspect"] => CallKind::Token,
        ["servlet", ..] => CallKind::Write,
        ["services", "data", _, rest @ ..] if writes(method, rest) => CallKind::Write,
        _ => CallKind::Read,
    };
    Endpoint { label: format!("{method} /{}", shown(&parts).join("/")), kind }
}

/// The path's parts with ids and values replaced.
fn shown<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    let key_value = matches!(parts, ["services", "data", _, "sobjects", _, _, _, ..]);
    let in_query = matches!(parts, ["services", "data", _, "query" | "queryAll", _]);
    let under_jobs = matches!(parts, ["services", "data", _, "jobs", "ingest", _, ..]);
    let one = |(place, part): (usize, &&'a str)| match place {
        4 if in_query => "{locator}",
        5 if under_jobs => "{id}",
        6.. if key_value && parts.get(5) != Some(&"describe") => "{value}",
        3.. if ids::long(part).is_some() && part.len() >= 15 => "{id}",
        _ => part,
    };
    parts.iter().enumerate().map(one).collect()
}
