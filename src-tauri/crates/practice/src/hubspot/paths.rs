//! Paths: the versions an endpoint goes by, brought to one form, and what kind of call each is.
//!
//! `/crm/objects/2026-03/contacts` and `/crm/v3/objects/contacts` both become `objects, contacts`.
//! <https://developers.hubspot.com/docs/developer-tooling/platform/versioning>

use super::errors::Trouble;
use crate::call::Call;
use crate::dialect::{CallKind, Endpoint};
use crate::world::World;

/// The version this dialect speaks.
const VERSION: &str = "2026-03";

/// A path without its versions.
pub(super) fn route<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    let (head, rest): (Vec<&str>, &[&str]) = match parts {
        ["crm", family, VERSION, rest @ ..] => (vec![family], rest),
        [
            "crm",
            "v3",
            family @ ("objects" | "properties" | "owners" | "pipelines" | "associations"),
            rest @ ..,
        ]
        | ["crm", "v4", family @ ("objects" | "associations"), rest @ ..] => (vec![family], rest),
        ["oauth", VERSION | "v1" | "v2" | "v3", rest @ ..] => (vec!["oauth-api"], rest),
        ["account-info", VERSION | "v3", rest @ ..] => (vec!["account-info"], rest),
        other => (Vec::new(), other),
    };
    head.into_iter().chain(rest.iter().copied()).collect()
}

/// The account's own name for an object a path names by plural, singular or type id.
pub(super) fn object(world: &World, name: &str) -> Result<String, Trouble> {
    let plural = match name {
        "0-1" | "contact" => "contacts",
        "0-2" | "company" => "companies",
        "0-3" | "deal" => "deals",
        "0-136" | "lead" => "leads",
        "0-46" | "note" => "notes",
        "0-27" | "task" => "tasks",
        other => other,
    };
    match world.crm.table(plural) {
        Ok(table) => Ok(table.object().to_owned()),
        Err(_) => Err(Trouble::no_such_object(name)),
    }
}

/// An object's type id.
pub(super) fn type_id(object: &str) -> &'static str {
    match object {
        "contacts" => "0-1",
        "companies" => "0-2",
        "deals" => "0-3",
        "leads" => "0-136",
        "notes" => "0-46",
        _ => "0-27",
    }
}

/// Whether a call, by its route, changes something.
pub(super) fn writes(method: &str, route: &[&str]) -> bool {
    let reading_post = matches!(route, [.., "search"] | [.., "batch", "read"]);
    method != "GET" && !reading_post
}

/// Classifies a call.
pub(super) fn endpoint(call: &Call) -> Endpoint {
    let parts = call.parts();
    let route = route(&parts);
    let kind = match route.first() {
        Some(&"oauth-api") => CallKind::Token,
        Some(&("oauth" | "contacts")) => CallKind::Page,
        _ if writes(call.method.as_str(), &route) => CallKind::Write,
        _ => CallKind::Read,
    };
    let secret = kind == CallKind::Token && route.get(1) == Some(&"refresh-tokens");
    let shown: Vec<&str> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| if is_id(part) || (secret && place == 3) { "{id}" } else { part })
        .collect();
    Endpoint { label: format!("{} /{}", call.method, shown.join("/")), kind }
}

/// Ids are everything that is not a word of the API: words are lower-case letters, `-` and `_`; versions and type ids are
/// known.
fn is_id(part: &str) -> bool {
    let word = part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'_');
    let version = part == VERSION || matches!(part, "v1" | "v2" | "v3" | "v4");
    !(word || version || part.starts_with("0-"))
}
