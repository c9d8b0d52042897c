//! What holds for every call of the API: the token, its rights, the limits, the media type.

use jiff::{SignedDuration, tz::TimeZone};
use serde_json::json;

use super::errors::{Trouble, over_limit};
use super::{account, paths, scopes};
use crate::access::{Grant, TokenState};
use crate::call::Call;
use crate::world::World;

/// <https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines>
const OAUTH_BURST: u32 = 110;
const PRIVATE_APP_BURST: u32 = 190;
const PRIVATE_APP_DAILY: u32 = 625_000;
const WINDOW: SignedDuration = SignedDuration::from_secs(10);
const SEARCHES_PER_SECOND: u32 = 5;
/// The daily limit is one for all private apps of the account.
pub(super) const DAILY_COUNT: &str = "private apps today";

/// A call that may go on.
pub(super) struct Admitted {
    pub(super) limit_headers: Vec<(&'static str, String)>,
}

/// Checks a call, in the vendor's order: token, limits, rights, body.
pub(super) fn admit(world: &mut World, call: &Call, route: &[&str]) -> Result<Admitted, Trouble> {
    let grant = signed_in(world, call)?;
    let limit_headers = count(world, &grant, route)?;
    check_rights(world, call, route, &grant)?;
    let has_body = !call.body.is_empty();
    if has_body && !call.is_of_type("application/json") {
        let message = "Only application/json bodies are read here";
        return Err(Trouble::new(415, "VALIDATION_ERROR", message));
    }
    Ok(Admitted { limit_headers })
}

fn signed_in(world: &World, call: &Call) -> Result<Grant, Trouble> {
    let refused = || {
        Trouble::new(
            401,
            "INVALID_AUTHENTICATION",
            "Authentication credentials not found. This API supports OAuth 2.0 authentication.",
        )
    };
    match world.access.state(call.bearer().ok_or_else(refused)?, call.now) {
        TokenState::Good(grant) => Ok(grant),
        TokenState::Refused => Err(refused()),
        TokenState::Expired(ago) => Err(Trouble::new(
            401,
            "EXPIRED_AUTHENTICATION",
            format!("The OAuth token used to make this call expired {} second(s) ago.", ago.as_secs()),
        )),
    }
}

fn count(world: &mut World, grant: &Grant, route: &[&str]) -> Result<Vec<(&'static str, String)>, Trouble> {
    let now = world.now;
    if matches!(route, ["objects", _, "search"]) {
        // Searches have their own limit for the whole account, say so by no header, and count nowhere else.
        let second = SignedDuration::from_secs(1);
        let left = world.limits.count_rolling("search", SEARCHES_PER_SECOND, second, now);
        return if left.remaining.is_some() { Ok(Vec::new()) } else { Err(over_limit("SECONDLY")) };
    }
    let usual = if grant.by_hand { PRIVATE_APP_BURST } else { OAUTH_BURST };
    let burst = world.sky.weather().burst_limit.unwrap_or(usual);
    let mut headers = Vec::new();
    if grant.by_hand {
        let most = world.sky.weather().daily_limit.unwrap_or(PRIVATE_APP_DAILY);
        let left = world.limits.count_daily(DAILY_COUNT, most, &zone(), now);
        let remaining = left.remaining.ok_or_else(|| over_limit("DAILY"))?;
        headers.push(("x-hubspot-ratelimit-daily", most.to_string()));
        headers.push(("x-hubspot-ratelimit-daily-remaining", remaining.to_string()));
    }
    let left = world.limits.count_rolling(&format!("app {}", grant.client_id), burst, WINDOW, now);
    let remaining = left.remaining.ok_or_else(|| over_limit("TEN_SECONDLY_ROLLING"))?;
    headers.push(("x-hubspot-ratelimit-max", left.most.to_string()));
    headers.push(("x-hubspot-ratelimit-remaining", remaining.to_string()));
    headers.push(("x-hubspot-ratelimit-interval-milliseconds", WINDOW.as_millis().to_string()));
    Ok(headers)
}

/// The account's time zone; its day ends at midnight there.
pub(super) fn zone() -> TimeZone {
    TimeZone::get(account::TIME_ZONE).unwrap_or(TimeZone::UTC)
}

fn check_rights(world: &World, call: &Call, route: &[&str], grant: &Grant) -> Result<(), Trouble> {
    let writes = paths::writes(call.method.as_str(), route);
    if let ["objects" | "properties" | "associations" | "pipelines", object, ..] = route
        && paths::object(world, object).is_err()
    {
        // What does not exist has no rights; the endpoint says that it is unknown.
        return Ok(());
    }
    let plural = |name: &str| paths::object(world, name).unwrap_or_else(|_| name.to_owned());
    // Any one scope of a set is enough.
    let needed: Vec<Vec<String>> = match route {
        ["objects", object, _id, "associations", "default", to, _] => {
            vec![vec![scopes::of_object(&plural(object), true)], vec![scopes::of_object(&plural(to), true)]]
        }
        ["objects", object, ..] => vec![vec![scopes::of_object(&plural(object), writes)]],
        ["associations", from, to, ..] => {
            vec![vec![scopes::of_object(&plural(from), writes)], vec![scopes::of_object(&plural(to), writes)]]
        }
        ["properties", object, ..] if writes => vec![vec![scopes::of_schema(&plural(object), true)]],
        ["properties" | "pipelines" | "property-validations", object, ..] => {
            let object = plural(object);
            vec![vec![scopes::of_schema(&object, false), scopes::of_object(&object, false)]]
        }
        ["owners", ..] => vec![vec!["crm.objects.owners.read".to_owned()]],
        _ => Vec::new(),
    };
    let lacking = needed.into_iter().find(|any_of| !any_of.iter().any(|scope| grant.scopes.contains(scope)));
    let Some(lacking) = lacking else { return Ok(()) };
    let message = "This app hasn't been granted all required scopes to make this call.";
    Err(Trouble::new(403, "MISSING_SCOPES", message).with(
        "errors",
        json!([{
            "message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": lacking},
        }]),
    ))
}
