//! What the account is, and how much of its daily limit is used.

use serde_json::json;

use super::gate::{DAILY_COUNT, zone};
use super::{Answer, account, strict};
use crate::call::{Call, Reply};
use crate::core::moment_text;
use crate::world::World;

pub(super) fn details(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &[]);
    let host = world.base.split_once("://").map_or(world.base.as_str(), |(_, host)| host);
    Ok(Reply::json(
        200,
        json!({
            "portalId": account::PORTAL_NUMBER, "accountType": "STANDARD", "timeZone": account::TIME_ZONE,
            "companyCurrency": "GBP", "additionalCurrencies": ["EUR"], "utcOffset": "+00:00",
            "utcOffsetMilliseconds": 0, "uiDomain": host, "dataHostingLocation": "na1",
        }),
    ))
}

pub(super) fn daily_usage(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &[]);
    let zone = zone();
    let now = world.now;
    let limit = world.sky.weather().daily_limit.unwrap_or(625_000);
    let midnight = now.to_zoned(zone.clone()).tomorrow().and_then(|tomorrow| tomorrow.start_of_day());
    let resets_at = midnight.map_or(now, |at| at.timestamp());
    Ok(Reply::json(
        200,
        json!({"results": [{
            "name": "private-apps-api-calls-daily",
            "currentUsage": world.limits.used_today(DAILY_COUNT, &zone, now),
            "usageLimit": limit,
            "resetsAt": moment_text(resets_at),
            "collectedAt": moment_text(now),
            "fetchStatus": "SUCCESS",
        }]}),
    ))
}
