//! What the org has: API versions, resources, limits.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm>

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::gate::{DAILY, ORG_COUNT, Visit};
use super::{Answer, bulk, paths, strict, webform};
use crate::call::{Call, Reply};
use crate::world::World;

/// The versions there are; needs no token.
pub(super) fn versions() -> Reply {
    let one = |number: u32| {
        // Three releases a year; v60 was Spring '24.
        let season =
            ["Spring", "Summer", "Winter"][usize::try_from((number - paths::OLDEST) % 3).unwrap_or(0)];
        let year = 24 + (number - paths::OLDEST) / 3 + u32::from(season == "Winter");
        json!({
            "label": format!("{season} '{year}"), "url": format!("/services/data/v{number}.0"),
            "version": format!("{number}.0"),
        })
    };
    Reply::json(200, (paths::OLDEST..=paths::NEWEST).map(one).collect())
}

/// What a version offers.
pub(super) fn resources(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    strict::only_params(world, call, &[]);
    let names = ["composite", "jobs", "limits", "query", "queryAll", "sobjects", "tooling"];
    let all = names.map(|name| (name.to_owned(), Value::from(format!("{}/{name}", visit.root()))));
    let mut all: Map<String, Value> = all.into_iter().collect();
    all.insert("identity".to_owned(), Value::from(super::identity::url(world, visit.user)));
    Ok(Reply::json(200, Value::Object(all)))
}

/// How much of the org's limits is left.
pub(super) fn limits(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &[]);
    let now = world.now;
    let most = world.sky.weather().daily_limit.unwrap_or(DAILY);
    let day = SignedDuration::from_hours(24);
    let used = world.limits.used_rolling(ORG_COUNT, day, now);
    let forms = world.limits.used_rolling(webform::COUNT, day, now);
    let batches = world.limits.used_rolling(bulk::BATCHES, day, now);
    let limit = |most: u32, used: u32| json!({"Max": most, "Remaining": most.saturating_sub(used)});
    Ok(Reply::json(
        200,
        json!({
            "DailyApiRequests": limit(most, used),
            "DailyBulkApiBatches": limit(bulk::DAILY_BATCHES, batches),
            "DailyBulkV2QueryJobs": limit(10_000, 0),
            "DailyBulkV2QueryFileStorageMB": limit(976_562, 0),
            "ConcurrentAsyncGetReportInstances": limit(200, 0),
            "DataStorageMB": limit(10_240, 4),
            "FileStorageMB": limit(10_240, 0),
            "DailyWorkflowEmails": limit(1_000, 0),
            "SingleEmail": limit(5_000, 0),
            "DailyWebToLead": limit(webform::DAILY, forms),
        }),
    ))
}
