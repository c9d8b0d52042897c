//! HubSpot's contract, read by the documentation alone.
//!
//! What the documentation does not name is a fault: a path, a query parameter, a header, a property, a value of another type, a
//! list that is too long. It is separate from the connector and from the practice CRM, so that the three check each other.
//! Facts: <https://developers.hubspot.com/docs/api-reference/overview>

mod body;
mod endpoint;
mod reply;
mod shape;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};

use endpoint::{Content, Endpoint};

/// Headers a client may send.
const HEADERS: [&str; 6] =
    ["accept", "accept-encoding", "authorization", "content-length", "content-type", "user-agent"];

/// What is wrong with one request.
pub(super) fn faults(request: &Request<Bytes>) -> Vec<String> {
    let mut faults = Vec::new();
    let method = request.method().as_str();
    let Some(endpoint) = called(method, request.uri().path()) else {
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
            Ok(json) => shape::check(&json, shape, "body", &mut faults),
            Err(error) => faults.push(format!("the body is no JSON: {error}")),
        },
    }
    faults
}

fn called(method: &str, path: &str) -> Option<Endpoint> {
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    endpoint::find(method, &segments)
}

/// What is wrong with the answer to a request. A refusal may hold what it likes beside its words; most gateways' pages are HTML.
pub(super) fn answer_faults(asked: &Parts, response: &Response<Bytes>) -> Vec<String> {
    let mut faults = Vec::new();
    let Some(endpoint) = called(asked.method.as_str(), asked.uri.path()) else { return faults };
    let status = response.status();
    let shape = match endpoint.answer {
        _ if status.is_server_error() => return faults,
        _ if !status.is_success() => &reply::REFUSAL,
        Some(shape) => shape,
        None if response.body().is_empty() => return faults,
        None => return vec![format!("answer: a body beside {status}")],
    };
    match serde_json::from_slice(response.body()) {
        Ok(json) => shape::check(&json, shape, "answer", &mut faults),
        Err(error) => faults.push(format!("answer: no JSON: {error}")),
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
    use serde_json::Value;

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
