//! What holds for every call of the API: the token, credits and calls in flight, scopes, the user's rights.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::errors::{Trouble, over_limit};
use super::{Caller, account, paths, scopes};
use crate::access::{Grant, TokenState};
use crate::call::Call;
use crate::world::World;

/// <https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html>, Enterprise edition.
const CREDITS: u32 = 50_000;
const CREDITS_PER_USER: u32 = 1_000;
const DAY: SignedDuration = SignedDuration::from_hours(24);
const AT_ONCE: u32 = 20;
const HEAVY_AT_ONCE: u32 = 10;
const CREDITS_COUNT: &str = "credits";

/// The token of a call. Zoho's scheme is its own.
// Unverified: that `Bearer` is refused; the vendor's pages only ever show their own word.
pub(super) fn token(call: &Call) -> Option<&str> {
    call.authorized_by("zoho-oauthtoken")
}

/// Checks a call: token, limits, scopes, rights.
pub(super) fn admit(world: &mut World, call: &Call, route: &[&str]) -> Result<Caller, Trouble> {
    let grant = signed_in(world, call)?;
    let method = call.method.as_str();
    let rows = if paths::writes(method, route) { rows(call) } else { 0 };
    take_place(world, &grant, is_heavy(method, route, rows))?;
    charge(world, cost(method, route, rows))?;
    let needed = paths::needed(method, route);
    let lacking = needed.iter().any(|any_of| {
        !any_of.iter().any(|(group, operation)| scopes::allow(&grant.scopes, group, operation))
    });
    // What does not exist has no rights; the endpoint says that it is unknown.
    let known = route.first().is_some_and(|first| super::knows(first));
    if known && lacking {
        return Err(wrong_scope());
    }
    let may_write = world.access.user(grant.user).is_some_and(|user| user.may_write);
    if known && !may_write && paths::writes(method, route) {
        let permissions = json!([paths::permission(method, route)]);
        return Err(Trouble::new(403, "NO_PERMISSION", "permission denied").with("permissions", permissions));
    }
    Ok(Caller { user: grant.user, scopes: grant.scopes })
}

// Unverified: the sentence; the vendor's document has another one than its pages.
pub(super) fn wrong_scope() -> Trouble {
    Trouble::new(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL")
}

fn signed_in(world: &World, call: &Call) -> Result<Grant, Trouble> {
    let Some(token) = token(call) else {
        return Err(Trouble::new(401, "AUTHENTICATION_FAILURE", "Authentication failed"));
    };
    match world.access.state(token, call.now) {
        TokenState::Good(grant) => Ok(grant),
        TokenState::Refused | TokenState::Expired(_) => {
            Err(Trouble::new(401, "INVALID_TOKEN", "invalid oauth token"))
        }
    }
}

/// Takes a place among the calls in flight. A call lasts as long as the weather says its answer takes; with a limit set
/// by the weather a second at least, so that the limit can be felt without slow answers.
fn take_place(world: &mut World, grant: &Grant, heavy: bool) -> Result<(), Trouble> {
    let now = world.now;
    let set = world.sky.weather().burst_limit;
    let shortest = if set.is_some() { 1_000 } else { 0 };
    let millis = world.today.delay_millis().max(shortest);
    let until = now + SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX / 2));
    let app = &grant.client_id;
    let fits = world.limits.count_at_once(&format!("in flight {app}"), set.unwrap_or(AT_ONCE), until, now)
        && (!heavy
            || world.limits.count_at_once(&format!("heavy in flight {app}"), HEAVY_AT_ONCE, until, now));
    if fits { Ok(()) } else { Err(over_limit()) }
}

/// Takes credits, which come back a day after they were spent.
pub(super) fn charge(world: &mut World, credits: u32) -> Result<(), Trouble> {
    let (most, now) = (most_credits(world), world.now);
    for _ in 0..credits {
        let left = world.limits.count_rolling(CREDITS_COUNT, most, DAY, now);
        left.remaining.ok_or_else(over_limit)?;
    }
    Ok(())
}

fn most_credits(world: &World) -> u32 {
    let usual = CREDITS + CREDITS_PER_USER * account::USERS_WITH_LICENCE;
    world.sky.weather().daily_limit.unwrap_or(usual)
}

/// The credits left, which Zoho tells only when half of them are used.
pub(super) fn credits_left(world: &mut World) -> Option<u32> {
    let (most, now) = (most_credits(world), world.now);
    let used = world.limits.used_rolling(CREDITS_COUNT, DAY, now);
    (used >= most.div_ceil(2)).then(|| most.saturating_sub(used))
}

/// How many rows a body brings.
fn rows(call: &Call) -> usize {
    let body: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    body.get("data").and_then(Value::as_array).map_or(0, Vec::len)
}

/// What a call costs: a lead's conversion five, rows one per ten, all else one.
fn cost(method: &str, route: &[&str], rows: usize) -> u32 {
    match (method, route) {
        ("POST", [_, _, "actions", "convert"]) => 5,
        ("POST" | "PUT", [_] | [_, "upsert"]) => u32::try_from(rows.div_ceil(10)).unwrap_or(1).max(1),
        _ => 1,
    }
}

fn is_heavy(method: &str, route: &[&str], rows: usize) -> bool {
    rows > 10
        || matches!(
            (method, route),
            (_, ["coql"]) | ("GET", [_, "search"]) | ("POST", [_, _, "actions", "convert"])
        )
}
