//! Reading requests like a strict vendor. v2 refuses what it does not know; v1 mostly goes on. Both are noted as faults in the
//! inspection log.

use serde_json::{Map, Value};

use super::errors::Trouble;
use crate::call::Call;
use crate::world::World;

/// Notes query parameters that are not documented, and refuses them.
// Unverified: seen in the wild for one parameter (`type` at activities); read as the rule.
pub(super) fn only_params(world: &mut World, call: &Call, known: &[&str]) -> Result<(), Trouble> {
    let unknown = note_params(world, call, known);
    let problems: Vec<_> = unknown.into_iter().map(|name| (name, "Unrecognized key".to_owned())).collect();
    if problems.is_empty() { Ok(()) } else { Err(Trouble::invalid(&problems)) }
}

/// Notes query parameters that are not documented; the call goes on.
pub(super) fn note_params(world: &mut World, call: &Call, known: &[&str]) -> Vec<String> {
    let unknown = call.query.iter().map(|(name, _)| name).filter(|name| !known.contains(&name.as_str()));
    let unknown: Vec<String> = unknown.cloned().collect();
    for name in &unknown {
        world.object_to(format!("unknown query parameter: {name}"));
    }
    unknown
}

/// The body as JSON.
pub(super) fn json(call: &Call) -> Result<Value, Trouble> {
    serde_json::from_slice(&call.body).map_err(|_| Trouble::bad_json())
}

/// The body as a JSON object.
pub(super) fn object(call: &Call) -> Result<Map<String, Value>, Trouble> {
    match json(call)? {
        Value::Object(object) => Ok(object),
        _ => Err(Trouble::invalid_at("body", "Expected object")),
    }
}

/// Notes a key of a body that is not documented.
pub(super) fn unknown_key(world: &mut World, key: &str) {
    world.object_to(format!("unknown body property: {key}"));
}

/// Notes keys of a v1 body that are not documented; the call goes on.
pub(super) fn note_keys(world: &mut World, body: &Map<String, Value>, known: &[&str]) {
    for key in body.keys().filter(|key| !known.contains(&key.as_str())) {
        unknown_key(world, key);
    }
}
