//! What each call costs of the day's tokens: the `x-token-cost` of the API's descriptions.
//! <https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting>

use super::paths::{self, Route};

/// The cost of a call.
pub(super) fn of(method: &str, route: Route<'_>) -> u32 {
    match route {
        Route::V2(rest) => v2(method, rest),
        Route::V1(rest) => v1(method, rest),
    }
}

/// Whether a call is a search, which has a limit of its own.
pub(super) fn is_search(route: Route<'_>) -> bool {
    matches!(route, Route::V2(["itemSearch", ..] | [_, "search"]) | Route::V1(["users", "find"]))
}

fn v2(method: &str, rest: &[&str]) -> u32 {
    match (method, rest) {
        ("GET", ["itemSearch", ..] | [_, "search"] | ["deals", "archived"]) => 20,
        ("POST", [_, _, "convert", ..]) => 40,
        ("GET", ["pipelines"] | ["stages"]) => 5,
        ("GET", [_]) => 10,
        ("GET", _) => 1,
        ("DELETE", _) => 3,
        _ => 5,
    }
}

fn v1(method: &str, rest: &[&str]) -> u32 {
    match (method, rest) {
        ("GET", ["users", "find"] | ["leads", "archived"]) | ("PUT", [_, _, "merge"]) => 40,
        ("GET", ["leadLabels"] | ["webhooks"]) => 10,
        ("GET", ["users", _] | ["leadSources"]) => 2,
        ("GET", [_]) => 20,
        ("GET", _) => 2,
        ("DELETE", _) => 6,
        _ => 10,
    }
}

/// The first part of a path in either version that this dialect speaks at all.
pub(super) fn is_known(route: Route<'_>) -> bool {
    match route {
        Route::V2([first, ..]) => {
            paths::object(first).is_some()
                || paths::described(first).is_some()
                || matches!(*first, "itemSearch" | "pipelines" | "stages" | "leads")
        }
        Route::V1([first, ..]) => {
            paths::object(first).is_some()
                || paths::described(first).is_some()
                || [
                    "users",
                    "leads",
                    "leadLabels",
                    "leadFields",
                    "leadSources",
                    "notes",
                    "activityTypes",
                    "recents",
                    "webhooks",
                    "itemSearch",
                    "pipelines",
                    "stages",
                ]
                .contains(first)
        }
        Route::V1([]) | Route::V2([]) => false,
    }
}
