//! Single records. <https://developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis>

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::render::{self, Show};
use super::strict::{self, Shape};
use super::{Answer, associations, values};
use crate::call::{Call, Reply};
use crate::core::{Record, Refusal};
use crate::world::World;

use super::errors::{self, Trouble};

const CREATE: Shape = Shape::Keys(&[("properties", Shape::Texts), ("associations", associations::INLINE)]);
const UPDATE: Shape = Shape::Keys(&[("properties", Shape::Texts)]);
const MERGE: Shape = Shape::Keys(&[("primaryObjectId", Shape::Any), ("objectIdToMerge", Shape::Any)]);
const GDPR: Shape = Shape::Keys(&[("objectId", Shape::Any), ("idProperty", Shape::Any)]);

const LARGEST_PAGE: usize = 100;
const USUAL_PAGE: usize = 10;

/// The live record with an id, or with a value of a unique property.
pub(super) fn find(
    world: &World,
    object: &str,
    id: &str,
    property: Option<&str>,
) -> Result<Arc<Record>, Trouble> {
    let found = match property {
        Some(property) => world.crm.live_by(object, property, id),
        None => match id.parse() {
            Ok(number) => world.crm.live(object, number),
            Err(_) => Err(Refusal::NoRecord(id.to_owned())),
        },
    };
    found.cloned().map_err(|refusal| Trouble::of(refusal, object))
}

pub(super) fn create_record(
    world: &mut World,
    object: &str,
    properties: &Map<String, Value>,
    links: &[associations::Wanted],
) -> Result<Arc<Record>, Trouble> {
    let mut written = values::read(world, object, properties, None)?;
    associations::check(world, object, links)?;
    let needed = world.crm.table(object).ok().and_then(|table| table.needs_link_to.clone());
    if let Some(needed) = needed
        && !links.iter().any(|link| link.leads_to(world, object, &needed))
    {
        return Err(Trouble::of(Refusal::NeedsLink(needed), object));
    }
    if object == "contacts" {
        // Recorded: new contacts become leads when nothing is said.
        written.entry("lifecyclestage".to_owned()).or_insert_with(|| "lead".to_owned());
    }
    let now = world.now;
    world.crm.create(object, &written, now).map_err(|refusal| Trouble::of(refusal, object))
}

pub(super) fn update_record(
    world: &mut World,
    object: &str,
    number: u64,
    properties: &Map<String, Value>,
) -> Result<Arc<Record>, Trouble> {
    let present = world.crm.live(object, number).cloned().map_err(|refusal| Trouble::of(refusal, object))?;
    let written = values::read(world, object, properties, Some(&present))?;
    let now = world.now;
    world.crm.update(object, present.number, &written, now).map_err(|refusal| Trouble::of(refusal, object))
}

fn properties_of(body: &Value) -> Map<String, Value> {
    body.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
}

pub(super) fn create(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &CREATE)?;
    let links = associations::wanted(body.get("associations"))?;
    let record = create_record(world, object, &properties_of(&body), &links)?;
    associations::make(world, object, record.number, &links);
    Ok(Reply::json(201, render::record(world, object, &record, Show::Everything)))
}

pub(super) fn update(world: &mut World, call: &Call, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &["idProperty"]);
    let body = strict::body(world, call, &UPDATE)?;
    let number = find(world, object, id, call.param("idProperty"))?.number;
    let record = update_record(world, object, number, &properties_of(&body))?;
    let written: Vec<String> = properties_of(&body).keys().cloned().collect();
    Ok(Reply::json(200, render::record(world, object, &record, Show::Written(&written))))
}

pub(super) fn get(world: &mut World, call: &Call, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &["properties", "associations", "archived", "idProperty"]);
    let asked: Vec<String> = call.list_param("properties").into_iter().map(str::to_owned).collect();
    let record = if call.param("archived") == Some("true") {
        let number = id.parse().unwrap_or_default();
        let table = world.crm.table(object).map_err(|refusal| Trouble::of(refusal, object))?;
        table
            .record(number)
            .filter(|record| record.is_archived())
            .cloned()
            .ok_or_else(Trouble::no_such_path)?
    } else {
        find(world, object, id, call.param("idProperty"))?
    };
    let mut shown = render::record(world, object, &record, Show::asked(&asked));
    add_links(world, call, object, record.number, &mut shown);
    Ok(Reply::json(200, shown))
}

fn add_links(world: &World, call: &Call, object: &str, number: u64, shown: &mut Value) {
    let mut all = Map::new();
    for to in call.list_param("associations") {
        let Ok(to) = super::paths::object(world, to) else { continue };
        let kind = format!("{}_to_{}", errors::singular(object), errors::singular(&to));
        let linked = world.crm.links.of((object, number), &to);
        let results: Vec<Value> =
            linked.iter().map(|(number, _)| json!({"id": number.to_string(), "type": kind})).collect();
        if !results.is_empty() {
            all.insert(to, json!({"results": results}));
        }
    }
    if !all.is_empty() {
        shown["associations"] = Value::Object(all);
    }
}

pub(super) fn list(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &["limit", "after", "properties", "associations", "archived"]);
    let asked: Vec<String> = call.list_param("properties").into_iter().map(str::to_owned).collect();
    let limit = match call.param("limit").map(str::parse::<usize>) {
        None => USUAL_PAGE,
        Some(Ok(limit @ 1..=LARGEST_PAGE)) => limit,
        Some(_) => return Err(Trouble::bad_request(format!("limit must be from 1 to {LARGEST_PAGE}"))),
    };
    let after = match call.param("after").map(str::parse::<u64>) {
        None => 0,
        Some(Ok(after)) => after,
        Some(Err(_)) => return Err(Trouble::bad_request("after is not a cursor of this list")),
    };
    let table = world.crm.table(object).map_err(|refusal| Trouble::of(refusal, object))?;
    let archived = call.param("archived") == Some("true");
    let mut page: Vec<Arc<Record>> = table.records(after, archived).take(limit + 1).cloned().collect();
    let more = page.len() > limit;
    page.truncate(limit);
    let results: Vec<Value> = page
        .iter()
        .map(|record| {
            let mut shown = render::record(world, object, record, Show::asked(&asked));
            add_links(world, call, object, record.number, &mut shown);
            shown
        })
        .collect();
    let mut body = json!({"results": results});
    if let Some(last) = page.last().filter(|_| more) {
        let link = format!("{}{}?after={}", world.base, call.path, last.number);
        body["paging"] = json!({"next": {"after": last.number.to_string(), "link": link}});
    }
    Ok(Reply::json(200, body))
}

pub(super) fn archive(world: &mut World, call: &Call, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let number = find(world, object, id, None)?.number;
    let now = world.now;
    world.crm.archive(object, number, now).map_err(|refusal| Trouble::of(refusal, object))?;
    Ok(Reply::empty(204))
}

pub(super) fn merge(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &MERGE)?;
    let id = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let survivor = find(world, object, id("primaryObjectId"), None)?.number;
    let gone = find(world, object, id("objectIdToMerge"), None)?.number;
    if survivor == gone {
        return Err(Trouble::bad_request("A record cannot be merged with itself"));
    }
    let now = world.now;
    let refused = |refusal| Trouble::of(refusal, object);
    let merged = world.crm.merge(object, survivor, gone, now).map_err(refused)?;
    let record = if object == "contacts" {
        let before = merged.stored("hs_merged_object_ids");
        let ids = before.map_or_else(|| gone.to_string(), |before| format!("{before};{gone}"));
        let noted = [("hs_merged_object_ids".to_owned(), ids)].into();
        world.crm.edit(object, survivor, &noted, now).map_err(refused)?
    } else {
        merged
    };
    Ok(Reply::json(200, render::record(world, object, &record, Show::Everything)))
}

pub(super) fn gdpr_delete(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &GDPR)?;
    let id = body.get("objectId").and_then(Value::as_str).unwrap_or_default();
    let property = body.get("idProperty").and_then(Value::as_str);
    let number = find(world, object, id, property)?.number;
    let now = world.now;
    world.crm.erase(object, number, now).map_err(|refusal| Trouble::of(refusal, object))?;
    Ok(Reply::empty(204))
}
