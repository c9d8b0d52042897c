//! Reading requests like a strict vendor: what is not documented is noted as a fault in the inspection log, and the call
//! goes on, as the real API mostly does too.

use serde_json::{Value, json};

use super::errors::Trouble;
use crate::call::Call;
use crate::world::World;

/// What `trigger` may list.
const TRIGGERS: &[&str] = &["workflow", "approval", "blueprint", "pathfinder", "orchestration"];

/// Notes query parameters that are not documented for this endpoint.
pub(super) fn only_params(world: &mut World, call: &Call, known: &[&str]) {
    for (name, _) in call.query.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        world.object_to(format!("unknown query parameter: {name}"));
    }
}

/// Reads the body as a JSON object and notes the keys that are not documented.
pub(super) fn body(world: &mut World, call: &Call, known: &[&str]) -> Result<Value, Trouble> {
    if !call.is_of_type("application/json") {
        // Unverified: Zoho's own words for it.
        return Err(Trouble::new(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "Only application/json bodies are read here",
        ));
    }
    let wrong = || Trouble::new(400, "INVALID_DATA", "body").with("expected_data_type", json!("jsonobject"));
    let body: Value = serde_json::from_slice(&call.body).map_err(|_| wrong())?;
    if !body.is_object() {
        return Err(wrong());
    }
    keys(world, &body, known, "");
    Ok(body)
}

/// Notes the keys of an object that are not documented; `at` says where it stands, with a dot at its end.
pub(super) fn keys(world: &mut World, object: &Value, known: &[&str], at: &str) {
    for name in object.as_object().into_iter().flatten().map(|(name, _)| name) {
        if !known.contains(&name.as_str()) {
            world.object_to(format!("unknown body property: {at}{name}"));
        }
    }
}

/// Notes names in a row that are no fields of the module.
pub(super) fn unknown_fields(world: &mut World, names: &[String]) {
    for name in names {
        world.object_to(format!("unknown field: data[].{name}"));
    }
}

/// Notes features that `trigger` cannot switch on.
pub(super) fn triggers(world: &mut World, body: &Value) {
    let Some(trigger) = body.get("trigger") else { return };
    let Some(listed) = trigger.as_array() else {
        return world.object_to("not a list: trigger");
    };
    for one in listed {
        if !one.as_str().is_some_and(|name| TRIGGERS.contains(&name)) {
            world.object_to(format!("unknown trigger: {one}"));
        }
    }
}
