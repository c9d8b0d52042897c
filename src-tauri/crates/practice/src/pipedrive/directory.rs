//! Users, activity types, pipelines and stages.
//! <https://developers.pipedrive.com/docs/api/v1/Users>, <https://developers.pipedrive.com/docs/api/v1/Pipelines>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::gate::Caller;
use super::lists::{self, LARGEST_PAGE, Paging, SORTING};
use super::{Answer, account, custom, deals, strict};
use crate::call::{Call, Reply};
use crate::core::{Owner, Pipeline, Stage};
use crate::world::World;

/// When the account's pipelines were made.
const MADE: &str = "2026-01-05T09:00:00Z";

fn user(world: &World, owner: &Owner, caller: &Caller) -> Value {
    let admin = world.access.user(owner.user_id).is_some_and(|user| user.may_write);
    let access = |app: &str, set: &str| json!({"app": app, "admin": admin, "permission_set_id": set});
    json!({
        "id": owner.user_id, "name": format!("{} {}", owner.first_name, owner.last_name),
        "default_currency": account::CURRENCY, "locale": "en_GB", "lang": 1, "email": owner.email, "phone": null,
        "activated": true, "last_login": "2026-11-19 08:00:00", "created": "2026-01-05 09:00:00",
        "modified": "2026-11-19 08:00:00", "has_created_company": admin,
        "access": [
            access("sales", "62cc4d7f-4038-4352-abf3-a8c1c822b631"),
            access("global", "233b7976-39bd-43a9-b305-ef3a2b0998e5"),
            access("account_settings", "982c5ce5-b8ba-4b47-b102-9da024f4b990"),
        ],
        "active_flag": !owner.archived, "timezone_name": account::TIME_ZONE, "timezone_offset": "+00:00",
        "role_id": 1, "icon_url": null, "is_you": owner.user_id == caller.user, "is_deleted": owner.archived,
    })
}

fn found(data: &Value) -> Answer {
    Ok(Reply::json(200, json!({"success": true, "data": data})))
}

pub(super) fn users(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::note_params(world, call, &[]);
    found(&world.crm.owners.iter().map(|owner| user(world, owner, caller)).collect())
}

/// Who the token belongs to, and which company this is.
pub(super) fn me(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::note_params(world, call, &[]);
    let owner = world.crm.owners.iter().find(|owner| owner.user_id == caller.user);
    // A twin has the real account's users, and the token's is not among them.
    let owner = owner.or_else(|| world.crm.owners.first()).ok_or_else(Trouble::user_not_found)?;
    let mut me = user(world, owner, caller);
    me["is_you"] = json!(true);
    for app in me["access"].as_array_mut().into_iter().flatten() {
        app["admin"] = json!(caller.may_write);
    }
    for (key, value) in [
        ("company_id", json!(account::COMPANY)),
        ("company_name", json!(account::NAME)),
        ("company_domain", json!(account::DOMAIN)),
        ("company_country", json!("GB")),
        ("company_industry", json!("Construction")),
        ("language", json!({"language_code": "en", "country_code": "GB"})),
    ] {
        me[key] = value;
    }
    found(&me)
}

pub(super) fn one_user(world: &mut World, call: &Call, caller: &Caller, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let owner = world.crm.owners.iter().find(|owner| owner.user_id.to_string() == id);
    found(&user(world, owner.ok_or_else(Trouble::user_not_found)?, caller))
}

pub(super) fn find_users(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::note_params(world, call, &["term", "search_by_email"]);
    let term = call.param("term").map(str::to_lowercase).filter(|term| !term.is_empty());
    let term = term.ok_or_else(|| Trouble::old(400, "Validation failed: term: Required"))?;
    let by_email = call.param("search_by_email") == Some("1");
    let fits = |owner: &&Owner| {
        let name = format!("{} {}", owner.first_name, owner.last_name);
        let text = if by_email { owner.email.clone() } else { name };
        text.to_lowercase().contains(&term)
    };
    found(&world.crm.owners.iter().filter(fits).map(|owner| user(world, owner, caller)).collect())
}

pub(super) fn activity_types(world: &mut World, call: &Call) -> Answer {
    strict::note_params(world, call, &[]);
    found(&json!(world.crm.kept.get(account::ACTIVITY_TYPES)))
}

fn pipeline((place, pipeline): (usize, &Pipeline)) -> Value {
    json!({
        "id": custom::number(&pipeline.id), "name": pipeline.label, "order_nr": place, "is_deleted": false,
        "is_deal_probability_enabled": true, "add_time": MADE, "update_time": MADE,
    })
}

fn stage(pipeline: &Pipeline, place: usize, stage: &Stage) -> Value {
    let share: f64 = stage.probability.parse().unwrap_or_default();
    // Probabilities are whole percents here; the account's are between 0 and 1.
    #[expect(clippy::cast_possible_truncation, reason = "a percentage fits")]
    let percent = (share * 100.0).round() as i64;
    json!({
        "id": custom::number(&stage.id), "order_nr": place, "name": stage.label, "is_deleted": false,
        "deal_probability": percent, "pipeline_id": custom::number(&pipeline.id), "is_deal_rot_enabled": false,
        "days_to_rotten": null, "add_time": MADE, "update_time": MADE,
    })
}

fn stages(world: &World) -> Vec<Value> {
    let all = deals::pipelines(world).iter();
    all.flat_map(|of| of.stages.iter().enumerate().map(move |(place, one)| stage(of, place, one))).collect()
}

fn paged(call: &Call, orders: &[&str], all: Vec<Value>) -> Answer {
    let paging = Paging::read(call, orders, LARGEST_PAGE)?;
    let rank = |one: &Value| if paging.sort_by() == "order_nr" { one["order_nr"].as_i64() } else { None };
    let ranked = all
        .into_iter()
        .map(|one| (rank(&one).unwrap_or_default(), one["id"].as_u64().unwrap_or_default(), one));
    let (page, next) = paging.page(ranked.collect());
    Ok(lists::reply(&json!(page), next))
}

pub(super) fn list_pipelines(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, SORTING)?;
    let all = deals::pipelines(world).iter().enumerate().map(pipeline).collect();
    paged(call, &["id", "update_time", "add_time"], all)
}

pub(super) fn list_stages(world: &mut World, call: &Call) -> Answer {
    let known: Vec<&str> = SORTING.iter().copied().chain(["pipeline_id"]).collect();
    strict::only_params(world, call, &known)?;
    let mut all = stages(world);
    if let Some(of) = lists::number(call, "pipeline_id")? {
        all.retain(|stage| stage["pipeline_id"] == of);
    }
    paged(call, &["id", "update_time", "add_time", "order_nr"], all)
}

/// One pipeline or stage.
pub(super) fn one(world: &mut World, call: &Call, family: &str, id: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let all = match family {
        "stages" => stages(world),
        _ => deals::pipelines(world).iter().enumerate().map(pipeline).collect(),
    };
    let one = all.iter().find(|one| one["id"] == custom::number(id));
    found(one.ok_or_else(Trouble::not_found)?)
}
