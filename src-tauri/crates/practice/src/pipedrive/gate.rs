//! What holds for every call of the API: the token, the limits, scopes and rights, the media type.

use jiff::{SignedDuration, tz::TimeZone};

use super::errors::Trouble;
use super::paths::{self, Route};
use super::{account, costs, scopes};
use crate::access::{Grant, TokenState};
use crate::call::Call;
use crate::world::World;

/// <https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting>, the smallest plan.
const API_TOKEN_BURST: u32 = 20;
const OAUTH_BURST: u32 = 80;
const SEARCH_BURST: u32 = 10;
const WINDOW: SignedDuration = SignedDuration::from_secs(2);
const TOKENS_A_SEAT: u32 = 30_000;
const DAILY: &str = "tokens of the company";

/// Who goes on after this many refusals in so short a time is kept out altogether.
// Unverified: neither number is documented, nor how long the block lasts.
const MOST_REFUSALS: u32 = 10;
const REFUSAL_WINDOW: SignedDuration = SignedDuration::from_secs(10);
const BLOCK: SignedDuration = SignedDuration::from_mins(2);

/// Who makes a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    pub(super) user: u64,
    pub(super) may_write: bool,
}

/// A call that may go on.
pub(super) struct Admitted {
    pub(super) caller: Caller,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// The token of a call: a personal one in a header of its own, or an app's.
pub(super) fn token(call: &Call) -> Option<&str> {
    call.header("x-api-token").or_else(|| call.bearer())
}

/// Checks a call, in the order gateway, limits, rights, body.
pub(super) fn admit(world: &mut World, call: &Call, route: Route<'_>) -> Result<Admitted, Trouble> {
    if call.param("api_token").is_some() {
        // The old way, which leaves the token in logs; no longer documented.
        world.object_to("a token in the address");
    }
    let grant = signed_in(world, call)?;
    let who = format!("{} {}", grant.client_id, grant.user);
    let headers = count(world, call, route, &grant, &who)?;
    let with_limits = |trouble: Trouble| {
        headers.iter().fold(trouble, |trouble, (name, value)| trouble.with_header(name, value.clone()))
    };
    let caller = rights(world, call, route, &grant).map_err(with_limits)?;
    Ok(Admitted { caller, headers })
}

fn signed_in(world: &World, call: &Call) -> Result<Grant, Trouble> {
    if let Some(token) = call.header("x-api-token") {
        return match world.access.state(token, call.now) {
            TokenState::Good(grant) if grant.by_hand => Ok(grant),
            _ => Err(Trouble::unauthorized()),
        };
    }
    let token = call.bearer().ok_or_else(Trouble::unauthorized)?;
    match world.access.state(token, call.now) {
        TokenState::Good(grant) if !grant.by_hand => Ok(grant),
        TokenState::Expired(_) => Err(Trouble::invalid_token()),
        // API tokens are not taken as an app's.
        TokenState::Good(_) | TokenState::Refused => Err(Trouble::invalid_token()),
    }
}

/// The server's day; its zone is not documented.
fn zone() -> TimeZone {
    TimeZone::UTC
}

fn count(
    world: &mut World,
    call: &Call,
    route: Route<'_>,
    grant: &Grant,
    who: &str,
) -> Result<Vec<(&'static str, String)>, Trouble> {
    let now = world.now;
    let blocked = format!("blocked {who}");
    if world.limits.is_full(&blocked, 1, BLOCK, now) {
        return Err(Trouble::blocked());
    }
    let usual = if grant.by_hand { API_TOKEN_BURST } else { OAUTH_BURST };
    let burst = world.sky.weather().burst_limit.unwrap_or(usual);
    let mut window = world.limits.count_rolling(&format!("burst {who}"), burst, WINDOW, now);
    if costs::is_search(route) && window.remaining.is_some() {
        // Unverified: whether searches count in both windows.
        window = world.limits.count_rolling(&format!("search {who}"), SEARCH_BURST, WINDOW, now);
    }
    let mut headers = vec![
        ("x-ratelimit-limit", window.most.to_string()),
        ("x-ratelimit-remaining", window.remaining.unwrap_or_default().to_string()),
        ("x-ratelimit-reset", WINDOW.as_secs().to_string()),
    ];
    let cost = costs::of(call.method.as_str(), route);
    let budget = world.sky.weather().daily_limit.unwrap_or(TOKENS_A_SEAT * account::SEATS);
    let left = match window.remaining {
        Some(_) => world.limits.spend_daily(DAILY, cost, budget, &zone(), now).remaining,
        None => None,
    };
    let Some(left) = left else {
        let refusals = format!("refusals {who}");
        if world.limits.count_rolling(&refusals, MOST_REFUSALS, REFUSAL_WINDOW, now).remaining.is_none() {
            world.limits.count_rolling(&blocked, 1, BLOCK, now);
        }
        let over = Trouble::over_limit();
        return Err(headers.into_iter().fold(over, |over, (name, value)| over.with_header(name, value)));
    };
    if grant.by_hand && matches!(call.method.as_str(), "POST" | "PUT") {
        // Unverified: what it counts; read as the writes that the day's tokens still pay for.
        headers.push(("x-daily-requests-left", (left / cost.max(1)).to_string()));
    }
    Ok(headers)
}

fn rights(world: &World, call: &Call, route: Route<'_>, grant: &Grant) -> Result<Caller, Trouble> {
    let method = call.method.as_str();
    if !costs::is_known(route) {
        return Err(Trouble::no_such_path());
    }
    if let Route::V1(rest) = route
        && paths::is_out_of_support(method, rest)
    {
        return Err(Trouble::gone());
    }
    let needed = scopes::needed(method, route);
    if !grant.scopes.iter().any(|scope| needed.contains(&scope.as_str())) {
        return Err(Trouble::wrong_scope());
    }
    let may_write = world.access.user(grant.user).is_some_and(|user| user.may_write);
    if method != "GET" && !may_write {
        return Err(Trouble::no_permission());
    }
    // v1 also read forms once; JSON is what both versions document.
    let has_body = matches!(method, "POST" | "PUT" | "PATCH") || !call.body.is_empty();
    let converts = matches!(route, Route::V2(["leads", _, "convert", ..])) && call.body.is_empty();
    if has_body && !converts && !call.is_of_type("application/json") {
        return Err(Trouble::wrong_media_type());
    }
    Ok(Caller { user: grant.user, may_write })
}
