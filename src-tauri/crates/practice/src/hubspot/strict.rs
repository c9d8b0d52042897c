//! Reading requests like a strict vendor: what is not documented is noted as a fault in the inspection log, and the
//! call goes on, as the real API mostly does too.

use serde_json::Value;

use super::errors::Trouble;
use crate::call::Call;
use crate::world::World;

/// The documented shape of a JSON body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Anything.
    Any,
    /// A list of these.
    List(&'static Shape),
    /// An object with these keys.
    Keys(&'static [(&'static str, Shape)]),
    /// An object of texts, such as `properties`.
    Texts,
}

/// Notes query parameters that are not documented for this endpoint.
pub(super) fn only_params(world: &mut World, call: &Call, known: &[&str]) {
    for (name, _) in call.query.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        world.object_to(format!("unknown query parameter: {name}"));
    }
}

/// Reads the body as JSON, notes what its shape does not document, and that no query parameter is expected.
pub(super) fn body(world: &mut World, call: &Call, shape: &Shape) -> Result<Value, Trouble> {
    if call.body.is_empty() {
        return if call.is_of_type("application/json") {
            Err(Trouble::bad_request("Invalid input JSON: the body is empty"))
        } else {
            Err(Trouble::new(415, "VALIDATION_ERROR", "Only application/json bodies are read here"))
        };
    }
    let body: Value = serde_json::from_slice(&call.body)
        .map_err(|error| Trouble::bad_request(format!("Invalid input JSON on line {}", error.line())))?;
    let mut found = Vec::new();
    compare(&body, shape, "", &mut found);
    for what in found {
        world.object_to(what);
    }
    Ok(body)
}

fn compare(value: &Value, shape: &Shape, at: &str, found: &mut Vec<String>) {
    match (shape, value) {
        (Shape::Any, _) => {}
        (Shape::List(inner), Value::Array(items)) => {
            items.iter().for_each(|item| compare(item, inner, &format!("{at}[]"), found));
        }
        (Shape::Keys(known), Value::Object(entries)) => {
            for (key, inner) in entries {
                let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                match known.iter().find(|(name, _)| name == key) {
                    Some((_, shape)) => compare(inner, shape, &path, found),
                    None => found.push(format!("unknown body property: {path}")),
                }
            }
        }
        (Shape::Texts, Value::Object(entries)) => {
            let others = entries.iter().filter(|(_, value)| !value.is_string());
            found.extend(others.map(|(key, _)| format!("not a text: {at}.{key}")));
        }
        (Shape::List(_), _) => found.push(format!("not a list: {at}")),
        (Shape::Keys(_) | Shape::Texts, _) => found.push(format!("not an object: {at}")),
    }
}
