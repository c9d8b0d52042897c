//! Persons, organizations, deals and activities of v2. There is no unique field and no upsert: a repeated POST makes a second
//! record. <https://developers.pipedrive.com/docs/api/v1/Persons>

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::json;

use super::errors::Trouble;
use super::gate::Caller;
use super::lists::{self, LARGEST_PAGE, Paging, SORTING, Window};
use super::render::{self, Show};
use super::{Answer, activities, body, deals, leads, strict, times};
use crate::call::{Call, Reply};
use crate::core::{Record, Values};
use crate::world::World;

/// The record with an id, whether deleted or not, while it can still be read.
pub(super) fn find(world: &World, object: &str, id: &str) -> Result<Arc<Record>, Trouble> {
    let number: u64 = id.parse().map_err(|_| Trouble::invalid_at("id", "Expected number"))?;
    let record = world.crm.table(object).ok().and_then(|table| table.record(number));
    let record = record.filter(|record| !times::is_purged(record, world.now));
    record.cloned().ok_or_else(Trouble::not_found)
}

/// The record with an id, if it is not deleted.
pub(super) fn live(world: &World, object: &str, id: &str) -> Result<Arc<Record>, Trouble> {
    let record = find(world, object, id)?;
    if record.is_archived() { Err(Trouble::not_found()) } else { Ok(record) }
}

fn shown(world: &World, object: &str, record: &Record, show: &Show) -> Reply {
    Reply::json(200, json!({"success": true, "data": render::record(world, object, record, show)}))
}

/// A deleted record is still there for 30 days, and says so.
pub(super) fn get(world: &mut World, call: &Call, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, render::params(object))?;
    let show = Show::asked(world, call, object)?;
    let record = find(world, object, id)?;
    Ok(shown(world, object, &record, &show))
}

/// What a single write meets in bad weather.
pub(super) fn weather(world: &World) -> Result<(), Trouble> {
    match world.today.call_refused() {
        None => Ok(()),
        Some(true) => Err(Trouble::unknown()),
        Some(false) => Err(Trouble::invalid_at("custom_fields", "This request was refused")),
    }
}

pub(super) fn create(world: &mut World, call: &Call, caller: &Caller, object: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let written = strict::object(call)?;
    let mut values = body::read(world, object, &written, None)?;
    let required = match object {
        "deals" => Some("title"),
        "activities" => None,
        _ => Some("name"),
    };
    if let Some(key) = required.filter(|key| !values.contains_key(*key)) {
        return Err(Trouble::invalid_at(key, "Required"));
    }
    settle(world, object, &mut values, None)?;
    weather(world)?;
    let user = caller.user.to_string();
    values.entry("owner_id".to_owned()).or_insert_with(|| user.clone());
    if matches!(object, "deals" | "activities") {
        values.insert("creator_user_id".to_owned(), user);
    }
    if object != "activities" {
        values.entry("visible_to".to_owned()).or_insert_with(|| "3".to_owned());
    }
    let now = world.now;
    let record = world.crm.load(object, &values, now).map_err(|_| Trouble::unknown())?;
    Ok(shown(world, object, &record, &Show::default()))
}

fn settle(world: &World, object: &str, values: &mut Values, present: Option<&Record>) -> Result<(), Trouble> {
    match object {
        "deals" => deals::settle(world, values, present),
        "activities" => {
            activities::settle(world, values, present);
            Ok(())
        }
        _ => Ok(()),
    }
}

pub(super) fn update(world: &mut World, call: &Call, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let present = live(world, object, id)?;
    let written = strict::object(call)?;
    let mut values = body::read(world, object, &written, Some(&present))?;
    settle(world, object, &mut values, Some(&present))?;
    weather(world)?;
    let now = world.now;
    let record = world.crm.edit(object, present.number, &values, now).map_err(|_| Trouble::not_found())?;
    Ok(shown(world, object, &record, &Show::default()))
}

pub(super) fn delete(world: &mut World, call: &Call, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &[])?;
    let number = live(world, object, id)?.number;
    let now = world.now;
    world.crm.archive(object, number, now).map_err(|_| Trouble::not_found())?;
    Ok(Reply::json(200, json!({"success": true, "data": {"id": number}})))
}

/// The numbers a list can be narrowed by: the parameter, and the field it looks at.
fn filters(object: &str) -> &'static [(&'static str, &'static str)] {
    match object {
        "persons" => &[("owner_id", "owner_id"), ("org_id", "org_id")],
        "organizations" => &[("owner_id", "owner_id")],
        "deals" => &[
            ("owner_id", "owner_id"),
            ("person_id", "person_id"),
            ("org_id", "org_id"),
            ("pipeline_id", "pipeline_id"),
            ("stage_id", "stage_id"),
        ],
        _ => &[
            ("owner_id", "owner_id"),
            ("deal_id", "deal_id"),
            ("person_id", "person_id"),
            ("org_id", "org_id"),
        ],
    }
}

fn list_params(object: &str) -> Vec<&'static str> {
    let more: &[&str] = match object {
        "persons" => &["deal_id"],
        "deals" => &["status"],
        "activities" => &["lead_id", "done"],
        _ => &[],
    };
    let common = ["filter_id", "ids", "updated_since", "updated_until"];
    let narrowing = filters(object).iter().map(|(name, _)| *name);
    narrowing.chain(common).chain(more.iter().copied()).chain(SORTING.iter().copied()).collect()
}

/// A page of a list; archived deals have a list of their own, which shows no labels.
pub(super) fn list(world: &mut World, call: &Call, object: &str, archived: bool) -> Answer {
    let mut known = list_params(object);
    known.extend(if archived { &["include_fields", "custom_fields"] } else { render::params(object) });
    strict::only_params(world, call, &known)?;
    let show = Show::asked(world, call, object)?;
    let orders: &[&str] = match object {
        "activities" => &["id", "update_time", "add_time", "due_date"],
        _ => &["id", "update_time", "add_time"],
    };
    let paging = Paging::read(call, orders, LARGEST_PAGE)?;
    let fits = Fits::read(world, call, object, archived)?;
    let table = world.crm.table(object).map_err(|_| Trouble::no_such_path())?;
    let candidates: Box<dyn Iterator<Item = &Arc<Record>>> = match lists::ids(call)? {
        Some(ids) => {
            let mut seen = HashSet::new();
            let ids: Vec<u64> = ids.into_iter().filter(|id| seen.insert(*id)).collect();
            Box::new(ids.into_iter().filter_map(|id| table.record(id)))
        }
        None => Box::new(table.records(0, false).chain(table.records(0, true))),
    };
    let found = candidates.filter(|record| fits.holds(record));
    let ranked = found.map(|one| (lists::rank(one, paging.sort_by()), one.number, one.clone())).collect();
    let (page, next) = paging.page(ranked);
    let data = page.iter().map(|one| render::record(world, object, one, &show)).collect();
    Ok(lists::reply(&data, next))
}

/// What a list is narrowed to.
struct Fits {
    window: Window,
    numbers: Vec<(&'static str, String)>,
    /// Statuses of deals, `deleted` among them.
    statuses: Vec<String>,
    done: Option<bool>,
    /// The person of a deal.
    only: Option<Option<u64>>,
    archived: bool,
    deals: bool,
    now: jiff::Timestamp,
}

impl Fits {
    fn read(world: &World, call: &Call, object: &str, archived: bool) -> Result<Self, Trouble> {
        if lists::number(call, "filter_id")?.is_some() {
            // The practice account has no saved filters. Unverified: how an unknown one is answered.
            return Err(Trouble::not_found());
        }
        let mut numbers = Vec::new();
        for (name, field) in filters(object) {
            numbers.extend(lists::number(call, name)?.map(|number| (*field, number.to_string())));
        }
        if let Some(id) = call.param("lead_id") {
            let lead = leads::live(world, id).map(|lead| lead.number.to_string());
            numbers.push(("lead_id", lead.unwrap_or_default()));
        }
        let statuses: Vec<String> = call.list_param("status").into_iter().map(str::to_owned).collect();
        if statuses.iter().any(|one| !["open", "won", "lost", "deleted"].contains(&one.as_str())) {
            return Err(Trouble::invalid_at("status", "Invalid enum value"));
        }
        let done = call.param("done").map(|_| render::flag(call, "done")).transpose()?;
        let only = match (object, lists::number(call, "deal_id")?) {
            ("persons", Some(deal)) => {
                let deal = live(world, "deals", &deal.to_string()).ok();
                Some(deal.and_then(|deal| deal.stored("person_id")?.parse().ok()))
            }
            _ => None,
        };
        let deals = object == "deals";
        Ok(Self {
            window: Window::read(call)?,
            numbers,
            statuses,
            done,
            only,
            archived,
            deals,
            now: world.now,
        })
    }

    fn holds(&self, record: &Record) -> bool {
        let is = |field: &str, value: &str| record.stored(field) == Some(value);
        self.holds_status(record)
            && self.window.holds(record)
            && self.numbers.iter().all(|(field, number)| is(field, number))
            && self.done.is_none_or(|done| is("done", "true") == done)
            && self.only.is_none_or(|only| only == Some(record.number))
    }

    fn holds_status(&self, record: &Record) -> bool {
        if !self.deals {
            return !record.is_archived();
        }
        let status = if record.is_archived() { "deleted" } else { record.stored("status").unwrap_or("open") };
        let wanted = match self.statuses.as_slice() {
            [] => !record.is_archived(),
            some => some.iter().any(|one| one == status) && !times::is_purged(record, self.now),
        };
        wanted && (record.stored("is_archived") == Some("true")) == self.archived
    }
}
