//! Several calls in one, each able to use what earlier ones answered.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm>

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri, header};
use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::gate::Visit;
use super::state::{begin, keep, take_back};
use super::{Answer, paths, strict};
use crate::call::{Body, Call, Reply};
use crate::world::World;

const MOST: usize = 25;

/// Runs the sub-requests in order. It counts as one call.
pub(super) fn run(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body_of(world, call, &["allOrNone", "collateSubrequests", "compositeRequest"])?;
    let together = body.get("allOrNone").and_then(Value::as_bool).unwrap_or(false);
    let requests = body.get("compositeRequest").and_then(Value::as_array);
    let requests =
        requests.ok_or_else(|| Trouble::json("compositeRequest is missing at [line:1, column:1]"))?;
    if requests.is_empty() || requests.len() > MOST {
        let message = format!("A composite request holds from 1 to {MOST} sub-requests");
        return Err(Trouble::new(400, "INVALID_INPUT", message));
    }
    begin(world);
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    let mut shown = Vec::new();
    let mut failed = false;
    for request in requests {
        strict::only_keys(
            world,
            request,
            &["method", "url", "referenceId", "body", "httpHeaders"],
            "compositeRequest[].",
        );
        let name = request["referenceId"].as_str().unwrap_or_default().to_owned();
        if name.is_empty() || answers.contains_key(&name) {
            take_back(world);
            let message = "Every sub-request needs a referenceId of its own";
            return Err(Trouble::new(400, "INVALID_INPUT", message));
        }
        let reply = if failed && together {
            halted("The transaction was rolled back since another operation in the same transaction failed.")
        } else {
            answer(world, visit, request, &answers)
        };
        failed |= reply.status >= 400;
        let body = match &reply.body {
            Body::Json(json) => json.clone(),
            Body::Empty => Value::Null,
            Body::Page(text) | Body::Text(_, text) => Value::from(text.clone()),
        };
        answers.insert(name.clone(), body.clone());
        let headers: Map<String, Value> = reply
            .headers
            .iter()
            .filter(|(name, _)| *name == "location")
            .map(|(_, value)| ("Location".to_owned(), Value::from(value.clone())))
            .collect();
        shown.push(json!({
            "body": body, "httpHeaders": headers, "httpStatusCode": reply.status, "referenceId": name,
        }));
    }
    if failed && together {
        take_back(world);
        for answer in shown.iter_mut().filter(|answer| answer["httpStatusCode"].as_u64() < Some(400)) {
            let trouble = rolled_back();
            answer["body"] = trouble.body();
            answer["httpHeaders"] = json!({});
            answer["httpStatusCode"] = json!(trouble.status);
        }
    } else {
        keep(world);
    }
    Ok(Reply::json(200, json!({"compositeResponse": shown})))
}

fn rolled_back() -> Trouble {
    let message = "The transaction was rolled back since another operation in the same transaction failed.";
    Trouble::new(400, "PROCESSING_HALTED", message)
}

fn halted(message: &str) -> Reply {
    Trouble::new(400, "PROCESSING_HALTED", message).into_reply()
}

fn answer(world: &mut World, visit: &Visit, request: &Value, answers: &BTreeMap<String, Value>) -> Reply {
    let filled = fill(request["url"].as_str().unwrap_or_default(), answers);
    let (url, body) = match (filled, fill_all(&request["body"], answers)) {
        (Ok(url), Ok(body)) => (url, body),
        (Err(name), _) | (_, Err(name)) => {
            return halted(&format!(
                "Invalid reference specified. No value for {name} found in a previous response."
            ));
        }
    };
    let Ok(method) = request["method"].as_str().unwrap_or_default().parse::<Method>() else {
        return Trouble::new(400, "INVALID_INPUT", "A sub-request lacks its method").into_reply();
    };
    let Ok(uri) = url.replace(' ', "+").parse::<Uri>() else {
        return Trouble::new(400, "INVALID_INPUT", format!("{url} is no URL")).into_reply();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let bytes = if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) };
    let call = Call::new(method, &uri, headers, bytes, world.now);
    let parts = call.parts();
    match paths::data(&parts) {
        Some((_, ["composite"])) | Some((_, ["jobs", ..])) | Some((_, ["tooling", ..])) | None => {
            Trouble::new(400, "INVALID_INPUT", format!("{url} cannot be a sub-request")).into_reply()
        }
        Some((_, rest)) => super::dispatch(world, &call, visit, rest).unwrap_or_else(Trouble::into_reply),
    }
}

/// `text` with every `@{name.path}` replaced; the reference that leads nowhere otherwise.
fn fill(text: &str, answers: &BTreeMap<String, Value>) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let (reference, behind) = after.split_once('}').ok_or_else(|| after.to_owned())?;
        filled.push_str(before);
        let value = look_up(reference, answers).ok_or_else(|| reference.to_owned())?;
        filled.push_str(&value);
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn look_up(reference: &str, answers: &BTreeMap<String, Value>) -> Option<String> {
    let mut steps = reference.split(['.', '[']).map(|step| step.trim_end_matches(']'));
    let mut at = answers.get(steps.next()?)?;
    for step in steps {
        at = match step.parse::<usize>() {
            Ok(place) if at.is_array() => at.get(place)?,
            _ => at.get(step)?,
        };
    }
    match at {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn fill_all(value: &Value, answers: &BTreeMap<String, Value>) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::String(fill(text, answers)?),
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| fill_all(item, answers)).collect::<Result<_, _>>()?)
        }
        Value::Object(entries) => {
            let filled = entries.iter().map(|(key, value)| Ok((key.clone(), fill_all(value, answers)?)));
            Value::Object(filled.collect::<Result<_, String>>()?)
        }
        other => other.clone(),
    })
}
