//! Associations between records.
//! <https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide>

use serde_json::{Value, json};

use super::errors::{self, Trouble};
use super::objects;
use super::strict::{self, Shape};
use super::{Answer, rows};
use crate::call::{Call, Reply};
use crate::core::moment_text;
use crate::world::World;

/// `associations` inside a create.
pub(super) const INLINE: Shape = Shape::List(&Shape::Keys(&[("to", ID), ("types", TYPES)]));
const ID: Shape = Shape::Keys(&[("id", Shape::Any)]);
const TYPES: Shape =
    Shape::List(&Shape::Keys(&[("associationCategory", Shape::Any), ("associationTypeId", Shape::Any)]));
const READ: Shape =
    Shape::Keys(&[("inputs", Shape::List(&Shape::Keys(&[("id", Shape::Any), ("after", Shape::Any)])))]);
const CREATE: Shape =
    Shape::Keys(&[("inputs", Shape::List(&Shape::Keys(&[("from", ID), ("to", ID), ("types", TYPES)])))]);

const MOST_READ: usize = 1_000;
const MOST_CREATED: usize = 2_000;

/// A link asked for while its record is being created.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    to: String,
    kinds: Vec<u32>,
}

impl Wanted {
    /// Whether it leads from a record of `from` to a record of `to`.
    pub(super) fn leads_to(&self, world: &World, from: &str, to: &str) -> bool {
        self.kinds.iter().any(|kind| world.crm.links.target(from, *kind) == Some(to))
    }
}

/// Reads `associations` of a create.
pub(super) fn wanted(value: Option<&Value>) -> Result<Vec<Wanted>, Trouble> {
    let all = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    all.iter()
        .map(|one| {
            let to = id_of(one.get("to"));
            let to = to.ok_or_else(|| Trouble::bad_request("An association lacks to.id"))?;
            Ok(Wanted { to, kinds: kinds_of(one)? })
        })
        .collect()
}

fn id_of(value: Option<&Value>) -> Option<String> {
    match value?.get("id")? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn kinds_of(one: &Value) -> Result<Vec<u32>, Trouble> {
    let types = one.get("types").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let kinds: Vec<u32> = types
        .iter()
        .filter_map(|kind| kind.get("associationTypeId").and_then(Value::as_u64))
        .filter_map(|id| u32::try_from(id).ok())
        .collect();
    if kinds.is_empty() { Err(Trouble::bad_request("An association lacks types")) } else { Ok(kinds) }
}

/// Whether every wanted link leads somewhere.
pub(super) fn check(world: &World, object: &str, links: &[Wanted]) -> Result<(), Trouble> {
    for link in links {
        for kind in &link.kinds {
            let to = world.crm.links.target(object, *kind).ok_or_else(|| {
                Trouble::bad_request(format!("{kind} is not an association type of {object}"))
            })?;
            objects::find(world, to, &link.to, None).map_err(|_| {
                Trouble::bad_request(format!("No {} with id {} exists", errors::singular(to), link.to))
            })?;
        }
    }
    Ok(())
}

/// Makes links that [`check`] found good.
pub(super) fn make(world: &mut World, object: &str, number: u64, links: &[Wanted]) {
    for link in links {
        for kind in &link.kinds {
            let Some(to) = world.crm.links.target(object, *kind) else { continue };
            let Ok(target) = objects::find(world, to, &link.to, None) else { continue };
            world.crm.links.join((object, number), (to, target.number), *kind);
        }
    }
}

fn kind_shown(kind: u32) -> Value {
    json!({"category": "HUBSPOT_DEFINED", "typeId": kind, "label": null})
}

fn linked(world: &World, from: (&str, u64), to: &str) -> Vec<Value> {
    let others = world.crm.links.of(from, to);
    others
        .into_iter()
        .map(|(number, kinds)| {
            let kinds: Vec<Value> = kinds.into_iter().map(kind_shown).collect();
            json!({"toObjectId": number.to_string(), "associationTypes": kinds})
        })
        .collect()
}

pub(super) fn list(world: &mut World, call: &Call, object: &str, id: &str, to: &str) -> Answer {
    strict::only_params(world, call, &["after", "limit"]);
    let number = objects::find(world, object, id, None)?.number;
    Ok(Reply::json(200, json!({"results": linked(world, (object, number), to)})))
}

pub(super) fn join_by_default(
    world: &mut World,
    call: &Call,
    from: (&str, &str),
    to: (&str, &str),
) -> Answer {
    strict::only_params(world, call, &[]);
    if !call.body.is_empty() {
        world.object_to("a body where none is expected");
    }
    let row = join_default_pair(world, from, to)?;
    let now = moment_text(world.now);
    Ok(Reply::json(200, json!({"status": "COMPLETE", "results": row, "startedAt": now, "completedAt": now})))
}

fn join_default_pair(world: &mut World, from: (&str, &str), to: (&str, &str)) -> Result<Vec<Value>, Trouble> {
    let start = objects::find(world, from.0, from.1, None)?.number;
    let end = objects::find(world, to.0, to.1, None)?.number;
    let kind = world.crm.links.default_kind(from.0, to.0).ok_or_else(|| {
        Trouble::bad_request(format!("{} and {} have no default association", from.0, to.0))
    })?;
    world.crm.links.join((from.0, start), (to.0, end), kind);
    let shown = |one: u64, other: u64, kind: u32| {
        json!({
            "from": {"id": one.to_string()}, "to": {"id": other.to_string()},
            "associationSpec": {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": kind},
        })
    };
    let back = world.crm.links.default_kind(to.0, from.0).unwrap_or(kind);
    Ok(vec![shown(start, end, kind), shown(end, start, back)])
}

pub(super) fn batch(world: &mut World, call: &Call, from: &str, to: &str, verb: &str) -> Answer {
    strict::only_params(world, call, &[]);
    match verb {
        "read" => read(world, call, from, to),
        "create" => create(world, call, from, to),
        _ => Err(Trouble::no_such_path()),
    }
}

fn inputs(body: &Value, most: usize) -> Result<Vec<Value>, Trouble> {
    let inputs = body.get("inputs").and_then(Value::as_array).cloned().unwrap_or_default();
    if inputs.is_empty() || inputs.len() > most {
        return Err(Trouble::bad_request(format!("inputs must hold from 1 to {most} entries")));
    }
    Ok(inputs)
}

fn read(world: &mut World, call: &Call, from: &str, to: &str) -> Answer {
    let body = strict::body(world, call, &READ)?;
    let mut results = Vec::new();
    let mut missing = Vec::new();
    for input in inputs(&body, MOST_READ)? {
        let id = input.get("id").and_then(Value::as_str).unwrap_or_default();
        let found = objects::find(world, from, id, None).ok();
        let others = found.map(|record| linked(world, (from, record.number), to)).unwrap_or_default();
        if others.is_empty() {
            missing.push(json!({
                "status": "error",
                "category": "OBJECT_NOT_FOUND",
                "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
                "message": format!("No {to} is associated with {} {id}.", errors::singular(from)),
                "context": {"fromObjectId": [id]},
            }));
        } else {
            results.push(json!({"from": {"id": id}, "to": others}));
        }
    }
    let started = moment_text(world.now);
    Ok(rows::envelope(world, started, results, missing, 200))
}

fn create(world: &mut World, call: &Call, from: &str, to: &str) -> Answer {
    let body = strict::body(world, call, &CREATE)?;
    let mut pairs = Vec::new();
    for input in inputs(&body, MOST_CREATED)? {
        let lacking = || Trouble::bad_request("An input lacks from.id or to.id");
        let start = id_of(input.get("from")).ok_or_else(lacking)?;
        let end = id_of(input.get("to")).ok_or_else(lacking)?;
        let start = objects::find(world, from, &start, None)?.number;
        let end = objects::find(world, to, &end, None)?.number;
        for kind in kinds_of(&input)? {
            if world.crm.links.target(from, kind) != Some(to) {
                return Err(Trouble::bad_request(format!("{kind} does not lead from {from} to {to}")));
            }
            pairs.push((start, end, kind));
        }
    }
    let mut results = Vec::new();
    for (start, end, kind) in pairs {
        world.crm.links.join((from, start), (to, end), kind);
        results.push(json!({
            "fromObjectId": start, "toObjectId": end,
            "fromObjectTypeId": super::paths::type_id(from), "toObjectTypeId": super::paths::type_id(to), "labels": [],
        }));
    }
    let started = moment_text(world.now);
    Ok(rows::envelope(world, started, results, Vec::new(), 201))
}
