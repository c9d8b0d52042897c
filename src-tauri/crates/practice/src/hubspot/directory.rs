//! Owners, pipelines and validation rules.
//! <https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide>,
//! <https://developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide>

use serde_json::{Value, json};

use super::Answer;
use super::errors::Trouble;
use super::{paths, strict};
use crate::call::{Call, Reply};
use crate::core::{Owner, Pipeline};
use crate::world::World;

/// Recorded: HubSpot's own pipelines and stages carry the epoch.
const EPOCH: &str = "1970-01-01T00:00:00Z";
const USUAL_PAGE: usize = 100;

fn owner_shown(owner: &Owner) -> Value {
    json!({
        "id": owner.id, "type": "PERSON", "email": owner.email, "firstName": owner.first_name,
        "lastName": owner.last_name, "userId": owner.user_id, "userIdIncludingInactive": owner.user_id,
        "createdAt": "2026-01-05T09:00:00.000Z", "updatedAt": "2026-01-05T09:00:00.000Z",
        "archived": owner.archived,
    })
}

pub(super) fn owners(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["limit", "after", "email", "archived"]);
    let limit = match call.param("limit").map(str::parse::<usize>) {
        None => USUAL_PAGE,
        Some(Ok(limit @ 1..=500)) => limit,
        Some(_) => return Err(Trouble::bad_request("limit must be from 1 to 500")),
    };
    let archived = call.param("archived") == Some("true");
    let after = call.param("after").unwrap_or_default();
    let email = call.param("email");
    let fits = |owner: &&Owner| {
        owner.archived == archived
            && owner.id.as_str() > after
            && email.is_none_or(|email| owner.email == email)
    };
    let mut page: Vec<&Owner> = world.crm.owners.iter().filter(fits).take(limit + 1).collect();
    let more = page.len() > limit;
    page.truncate(limit);
    let results: Vec<Value> = page.iter().map(|owner| owner_shown(owner)).collect();
    let mut body = json!({"results": results});
    if let Some(last) = page.last().filter(|_| more) {
        body["paging"] = json!({"next": {"after": last.id}});
    }
    Ok(Reply::json(200, body))
}

pub(super) fn owner(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::only_params(world, call, &["idProperty", "archived"]);
    let by_user = call.param("idProperty") == Some("userId");
    let found = world
        .crm
        .owners
        .iter()
        .find(|owner| if by_user { owner.user_id.to_string() == id } else { owner.id == id });
    found.map(|owner| Reply::json(200, owner_shown(owner))).ok_or_else(Trouble::no_such_path)
}

fn pipeline_shown((place, pipeline): (usize, &Pipeline)) -> Value {
    let stages: Vec<Value> = pipeline
        .stages
        .iter()
        .enumerate()
        .map(|(place, stage)| {
            json!({
                "id": stage.id, "label": stage.label, "displayOrder": place,
                // Texts, not numbers and booleans.
                "metadata": {"isClosed": stage.closed.to_string(), "probability": stage.probability},
                "createdAt": EPOCH, "updatedAt": EPOCH, "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
                "archived": false,
            })
        })
        .collect();
    json!({
        "id": pipeline.id, "label": pipeline.label, "displayOrder": place, "stages": stages,
        "createdAt": EPOCH, "updatedAt": EPOCH, "archived": false,
    })
}

pub(super) fn pipelines(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let object = paths::object(world, object)?;
    let all = world.crm.pipelines.get(&object).map_or(&[][..], Vec::as_slice);
    let results: Vec<Value> = all.iter().enumerate().map(pipeline_shown).collect();
    Ok(Reply::json(200, json!({"results": results})))
}

/// The practice account has no format rules of its own.
pub(super) fn validations(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &[]);
    Ok(Reply::json(200, json!({"results": []})))
}
