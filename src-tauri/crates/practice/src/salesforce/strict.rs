//! Reading requests like a strict vendor: what is not documented is noted as a fault in the inspection log, and the call
//! goes on, as the real API mostly does too. Unknown fields of a record are no fault of this kind: Salesforce refuses them.

use serde_json::Value;

use super::errors::Trouble;
use crate::call::Call;
use crate::world::World;

/// Notes query parameters that are not documented for this endpoint.
pub(super) fn only_params(world: &mut World, call: &Call, known: &[&str]) {
    for (name, _) in call.query.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        world.object_to(format!("unknown query parameter: {name}"));
    }
}

/// Notes a body where none is expected.
pub(super) fn no_body(world: &mut World, call: &Call) {
    if !call.body.is_empty() {
        world.object_to("a body where none is expected");
    }
}

/// Reads the body as a JSON object.
pub(super) fn body(call: &Call) -> Result<Value, Trouble> {
    if !call.is_of_type("application/json") {
        let given = call.header("content-type").unwrap_or("none");
        let message = format!("Content-Type {given} is not supported; use application/json");
        return Err(Trouble::new(415, "UNSUPPORTED_MEDIA_TYPE", message));
    }
    let body: Value = serde_json::from_slice(&call.body).map_err(|error| {
        Trouble::json(format!(
            "Unexpected character or end of input at [line:{}, column:{}]",
            error.line(),
            error.column()
        ))
    })?;
    if body.is_object() {
        Ok(body)
    } else {
        Err(Trouble::json("The request body is not an object at [line:1, column:1]"))
    }
}

/// Reads the body as a JSON object and notes keys that are not documented.
pub(super) fn body_of(world: &mut World, call: &Call, known: &[&str]) -> Result<Value, Trouble> {
    let body = body(call)?;
    only_keys(world, &body, known, "");
    Ok(body)
}

/// Notes keys of an object that are not documented.
pub(super) fn only_keys(world: &mut World, value: &Value, known: &[&str], at: &str) {
    for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
        if !known.contains(&key.as_str()) {
            world.object_to(format!("unknown body property: {at}{key}"));
        }
    }
}
