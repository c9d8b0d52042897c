//! What holds for every call of the API: the version, the token, the edition, the limit, and what its headers ask.

use jiff::{SignedDuration, Timestamp};

use super::account::{self, Rights};
use super::errors::{Trouble, over_limit};
use super::state::state;
use super::{paths, scopes};
use crate::access::TokenState;
use crate::call::Call;
use crate::world::World;

/// Enterprise Edition: 100,000 and 1,000 for each of five licences, in a rolling day, for the whole org.
/// <https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm>
pub(super) const DAILY: u32 = 105_000;
/// Longer addresses are refused (the same page).
const LONGEST_URI: usize = 16_384;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The count of calls of the whole org.
pub(super) const ORG_COUNT: &str = "org today";

/// Headers of the API that clients may send.
const HEADERS: &[&str] =
    &["sforce-auto-assign", "sforce-duplicate-rule-header", "sforce-query-options", "sforce-call-options"];

/// An admitted call: who calls, in which version, and what its headers ask.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// The user's number.
    pub(super) user: u64,
    /// What the user may do.
    pub(super) rights: Rights,
    /// Such as `v66.0`.
    pub(super) version: String,
    /// Whether records are to be saved past duplicate rules that only alert.
    pub(super) save_duplicates: bool,
    /// What the assignment header says.
    pub(super) assign: Assign,
    /// The moment of the call. Salesforce keeps whole seconds.
    pub(super) now: Timestamp,
}

/// Whether assignment rules run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assign {
    /// Nothing was said: on create they do.
    Unsaid,
    /// They are asked for.
    Yes,
    /// They are not wanted.
    No,
}

impl Visit {
    /// The API's root in this version.
    pub(super) fn root(&self) -> String {
        format!("/services/data/{}", self.version)
    }

    /// Whether `object` exists for this user.
    pub(super) fn sees(&self, object: &str) -> bool {
        self.rights.only.is_none_or(|only| only.contains(&object))
    }

    /// Whether the user may create and change records of `object`.
    pub(super) fn may_write(&self, object: &str) -> bool {
        let setup = matches!(object, "PermissionSet" | "FieldPermissions" | "PermissionSetAssignment");
        let made = account::MADE.contains(&object);
        self.rights.write && !made && (!setup || self.rights.customize)
    }

    /// A visit of the org's own people and forms, which no rule of the API holds back.
    pub(super) fn of_the_org(now: Timestamp) -> Self {
        Self {
            user: account::RUN_AS,
            rights: account::rights(account::RUN_AS),
            version: "v66.0".to_owned(),
            save_duplicates: true,
            assign: Assign::No,
            now: whole_seconds(now),
        }
    }
}

/// A moment without the part of a second that Salesforce does not keep.
pub(super) fn whole_seconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

/// Checks a call, in order: version, address, token, edition, limit. The second part is the usage to tell in any case.
pub(super) fn admit(
    world: &mut World,
    call: &Call,
    version: &str,
) -> (Result<Visit, Trouble>, Option<String>) {
    if let Err(refused) = version_is_spoken(version).and_then(|()| length_fits(call)) {
        return (Err(refused), None);
    }
    let user = match signed_in(world, call) {
        Ok(user) => user,
        Err(refused) => return (Err(refused), None),
    };
    if !state(world).rules.api {
        let message = "The REST API is not enabled for this Organization.";
        return (Err(Trouble::new(403, "API_DISABLED_FOR_ORG", message)), None);
    }
    let (counted, usage) = count(world);
    note_headers(world, call);
    let visit = Visit {
        user,
        rights: account::rights(user),
        version: version.to_owned(),
        save_duplicates: header_part(call, "sforce-duplicate-rule-header", "allowSave") == Some("true"),
        assign: assignment(call),
        now: whole_seconds(world.now),
    };
    (counted.map(|()| visit), Some(usage))
}

fn version_is_spoken(version: &str) -> Result<(), Trouble> {
    match paths::version(version) {
        Some(paths::OLDEST..=paths::NEWEST) => Ok(()),
        Some(number) if number <= paths::RETIRED => Err(Trouble::new(
            410,
            "UNSUPPORTED_API_VERSION",
            format!("API version {version} has been retired"),
        )),
        Some(_) => Err(Trouble::new(
            404,
            "UNSUPPORTED_API_VERSION",
            format!("Invalid Api version specified: {version}"),
        )),
        None => Err(Trouble::not_found()),
    }
}

fn length_fits(call: &Call) -> Result<(), Trouble> {
    let query = serde_urlencoded::to_string(&call.query).unwrap_or_default();
    if call.path.len() + query.len() > LONGEST_URI {
        return Err(Trouble::new(414, "URI_TOO_LONG", "The URI is longer than 16384 bytes"));
    }
    Ok(())
}

fn signed_in(world: &mut World, call: &Call) -> Result<u64, Trouble> {
    let refused = || Trouble::new(401, "INVALID_SESSION_ID", "Session expired or invalid");
    let token = call.bearer().ok_or_else(refused)?;
    let TokenState::Good(grant) = world.access.state(token, call.now) else { return Err(refused()) };
    if !scopes::allow_api(&grant.scopes) {
        // Not an expiry, though it has the code of one.
        let message = "This session is not valid for use with the REST API";
        return Err(Trouble::new(401, "INVALID_SESSION_ID", message));
    }
    world.access.prolong(token, call.now);
    Ok(grant.user)
}

/// Counts the call, and says how the org stands.
fn count(world: &mut World) -> (Result<(), Trouble>, String) {
    let now = world.now;
    let most = world.sky.weather().daily_limit.unwrap_or(DAILY);
    if let Some(burst) = world.sky.weather().burst_limit {
        let window = SignedDuration::from_secs(20);
        if world.limits.count_rolling("running", burst, window, now).remaining.is_none() {
            return (Err(over_limit(false)), format!("api-usage=0/{most}; api-bursts={burst}/{burst}"));
        }
    }
    let left = world.limits.count_rolling(ORG_COUNT, most, DAY, now);
    let used = left.remaining.map_or(most, |remaining| most - remaining);
    let counted = if left.remaining.is_some() { Ok(()) } else { Err(over_limit(true)) };
    (counted, format!("api-usage={used}/{most}"))
}

fn note_headers(world: &mut World, call: &Call) {
    let unknown: Vec<String> = call
        .headers
        .keys()
        .map(|name| name.as_str())
        .filter(|name| name.starts_with("sforce-") && !HEADERS.contains(name))
        .map(|name| format!("unknown header: {name}"))
        .collect();
    for what in unknown {
        world.object_to(what);
    }
}

/// The value of `key` in a header such as `allowSave=true; includeRecordDetails=false`.
pub(super) fn header_part<'a>(call: &'a Call, header: &str, key: &str) -> Option<&'a str> {
    let parts = call.header(header)?.split([';', ',']);
    let mut pairs = parts.filter_map(|part| part.trim().split_once('='));
    pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(key)).map(|(_, value)| value.trim())
}

/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_autoassign.htm>
fn assignment(call: &Call) -> Assign {
    match call.header("sforce-auto-assign").map(str::trim) {
        None => Assign::Unsaid,
        Some(text) if text.eq_ignore_ascii_case("false") => Assign::No,
        // TRUE, or the id of a rule.
        Some(_) => Assign::Yes,
    }
}
