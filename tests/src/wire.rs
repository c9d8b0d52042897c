//! A strict reader of every request to HubSpot, by the documentation alone.
//!
//! What the documentation does not name is a fault: a path, a query parameter, a header, a body property, a value of another type,
//! a list that is too long. It is separate from the connector and from the practice CRM, so that the three check each other.
//! Facts: <https://developers.hubspot.com/docs/api-reference/overview>

mod body;
mod endpoint;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use endpoint::{Content, Endpoint};

/// Headers a client may send.
const HEADERS: [&str; 6] =
    ["accept", "accept-encoding", "authorization", "content-length", "content-type", "user-agent"];

/// What went over the wire.
#[derive(Default)]
pub struct Wire {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    faults: Vec<String>,
    calls: BTreeMap<String, u64>,
    statuses: BTreeMap<u16, u64>,
    messages: BTreeMap<String, Vec<String>>,
}

impl Wire {
    /// Looks at a request.
    pub fn look(&self, request: &Request<Bytes>) {
        let mut seen = self.seen();
        let place = format!("{} {}", request.method(), request.uri().path());
        for fault in faults(request) {
            seen.faults.push(format!("{place}: {fault}"));
        }
        if request.uri().path().contains("/batch/u") {
            remember_messages(&mut seen.messages, request.body());
        }
        *seen.calls.entry(place).or_default() += 1;
    }

    /// Notes the status of an answer.
    pub fn answered(&self, status: u16) {
        *self.seen().statuses.entry(status).or_default() += 1;
    }

    /// Everything the documentation does not allow.
    pub fn faults(&self) -> Vec<String> {
        self.seen().faults.clone()
    }

    /// How many answers had this status.
    pub fn answers(&self, status: u16) -> u64 {
        self.seen().statuses.get(&status).copied().unwrap_or_default()
    }

    /// Calls whose method and path contain `part`.
    pub fn calls(&self, part: &str) -> u64 {
        self.seen().calls.iter().filter(|(place, _)| place.contains(part)).map(|(_, count)| count).sum()
    }

    /// The messages sent for each person, by e-mail address, in the order they were sent.
    pub fn messages(&self) -> BTreeMap<String, Vec<String>> {
        self.seen().messages.clone()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn remember_messages(messages: &mut BTreeMap<String, Vec<String>>, body: &Bytes) {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    for input in body["inputs"].as_array().into_iter().flatten() {
        let text = |name: &str| input["properties"][name].as_str();
        if let (Some(email), Some(message)) = (text("email"), text("message")) {
            messages.entry(email.to_owned()).or_default().push(message.to_owned());
        }
    }
}

/// What is wrong with one request.
fn faults(request: &Request<Bytes>) -> Vec<String> {
    let mut faults = Vec::new();
    let method = request.method().as_str();
    let path = request.uri().path();
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let Some(endpoint) = endpoint::find(method, &segments) else {
        return vec!["no such endpoint".to_owned()];
    };
    headers(request, &endpoint, &mut faults);
    query(request, &endpoint, &mut faults);
    match endpoint.content {
        Content::Empty if request.body().is_empty() => {}
        Content::Empty => faults.push("a body where none is read".to_owned()),
        Content::Form(known) => {
            for (name, _) in url::form_urlencoded::parse(request.body()) {
                if !known.contains(&name.as_ref()) {
                    faults.push(format!("unknown form field {name}"));
                }
            }
        }
        Content::Json(shape) => match serde_json::from_slice(request.body()) {
            Ok(json) => body::check(&json, shape, "body", &mut faults),
            Err(error) => faults.push(format!("the body is no JSON: {error}")),
        },
    }
    faults
}

fn headers(request: &Request<Bytes>, endpoint: &Endpoint, faults: &mut Vec<String>) {
    for name in request.headers().keys() {
        if !HEADERS.contains(&name.as_str()) {
            faults.push(format!("unknown header {name}"));
        }
    }
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let signed =
        header("authorization").is_some_and(|value| value.starts_with("Bearer ") && value.len() > 20);
    if endpoint.signed && !signed {
        faults.push("no bearer token".to_owned());
    }
    let content_type = header("content-type").map(|value| value.split(';').next().unwrap_or_default().trim());
    let wanted = match endpoint.content {
        Content::Empty => None,
        Content::Form(_) => Some("application/x-www-form-urlencoded"),
        Content::Json(_) => Some("application/json"),
    };
    if content_type != wanted {
        faults.push(format!("content type {content_type:?} instead of {wanted:?}"));
    }
}

fn query(request: &Request<Bytes>, endpoint: &Endpoint, faults: &mut Vec<String>) {
    let text = request.uri().query().unwrap_or_default();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        if !endpoint.query.contains(&name.as_ref()) {
            faults.push(format!("unknown query parameter {name}"));
        }
        let limit_fits = value.parse::<u32>().is_ok_and(|limit| (1..=100).contains(&limit));
        if name == "limit" && !limit_fits {
            faults.push(format!("limit {value} instead of 1 to 100"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(path: &str, body: &Value) -> Request<Bytes> {
        Request::post(format!("https://api.example.com{path}"))
            .header("authorization", "Bearer pat-na1-00000000-0000")
            .header("content-type", "application/json")
            .body(Bytes::from(body.to_string()))
            .unwrap()
    }

    fn check(path: &str, body: Value, expected: &[&str]) {
        assert_eq!(faults(&post(path, &body)), expected, "{path} {body}");
    }

    #[test]
    fn what_is_documented_passes_and_everything_else_is_a_fault() {
        const UPSERT: &str = "/crm/objects/2026-03/contacts/batch/upsert";
        let row = |properties: Value| serde_json::json!({"inputs": [{"id": "1", "properties": properties}]});
        check(UPSERT, row(serde_json::json!({"email": "ada@example.com"})), &[]);
        check(UPSERT, row(serde_json::json!({"score": 1})), &["body.inputs[0].properties.score is no text"]);
        check(UPSERT, serde_json::json!({}), &["body.inputs is missing"]);
        let unknown = serde_json::json!({"inputs": [{"id": "1", "properties": {}, "dedupe": true}]});
        check(UPSERT, unknown, &["body.inputs[0].dedupe is unknown"]);
        let many: Vec<Value> =
            (0..101).map(|n| serde_json::json!({"id": n.to_string(), "properties": {}})).collect();
        check(UPSERT, serde_json::json!({ "inputs": many }), &["body.inputs has 101 items, 100 are taken"]);
        check("/crm/objects/2026-03/contacts/batch/put", serde_json::json!({}), &["no such endpoint"]);
        check("/crm/objects/v9/contacts/batch/upsert", serde_json::json!({}), &["no such endpoint"]);
    }

    #[test]
    fn headers_and_parameters_are_read_strictly() {
        let request = Request::get("https://api.example.com/crm/objects/2026-03/contacts?limit=200&page=2")
            .header("x-own", "1")
            .body(Bytes::new())
            .unwrap();
        let expected = [
            "unknown header x-own",
            "no bearer token",
            "limit 200 instead of 1 to 100",
            "unknown query parameter page",
        ];
        assert_eq!(faults(&request), expected, "each is named");
    }
}
