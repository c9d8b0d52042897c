//! An answer against what the operation is documented to answer.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;

use super::asked::{Asked, media};
use super::document::Part;
use super::schema::{Reader, Rules};
use super::token;
use super::vendor::{Found, Vendor};

/// What is wrong with `response` to `asked`.
pub(super) fn faults(
    vendor: &Vendor,
    asked: &Asked,
    response: &Response<Bytes>,
    to_the_letter: bool,
) -> Vec<String> {
    let for_tokens = vendor.gate.token_paths.contains(&asked.path);
    match vendor.find(&asked.method, &asked.path) {
        Ok(found) => {
            let judged = found.iter().map(|found| {
                let mut faults = documented(vendor, asked, found, response);
                if !to_the_letter {
                    vendor.excuse(&found.name, &mut faults);
                }
                faults
            });
            judged.min_by_key(Vec::len).unwrap_or_default()
        }
        // A front door that is shut shows a page of its own.
        Err(_) if for_tokens && response.status().is_server_error() => Vec::new(),
        Err(_) if for_tokens => match json(response) {
            Ok(body) => token::answer(&vendor.gate, response.status(), &body),
            Err(error) => vec![error],
        },
        // The request was at fault.
        Err(_) => Vec::new(),
    }
}

fn documented(vendor: &Vendor, asked: &Asked, found: &Found<'_>, response: &Response<Bytes>) -> Vec<String> {
    let status = response.status();
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) && !response.body().is_empty() {
        return vec![format!("answer: a body beside {status}")];
    }
    let mut faults = Vec::new();
    if vendor.gate.prefer_204
        && status.is_success()
        && writes_quietly(vendor, asked, found)
        && status != StatusCode::NO_CONTENT
    {
        faults.push(format!("answer: {status} though the record was not asked for"));
    }
    let Some(answers) = found.operation.get("responses") else { return faults };
    let exact = answers.get(status.as_str()).or_else(|| answers.get(&format!("{}XX", status.as_u16() / 100)));
    let described = match exact.or_else(|| answers.get("default").filter(|_| !status.is_success())) {
        Some(described) => described,
        None if status.is_success() => {
            faults.push(format!("answer: {} is no documented status", status.as_u16()));
            // Which success it is says nothing about how its body looks.
            let successes = ["200", "201", "202"].into_iter().find_map(|status| answers.get(status));
            match successes.filter(|_| !response.body().is_empty()) {
                Some(success) => success,
                None => return faults,
            }
        }
        // Documents list few refusals.
        None => return faults,
    };
    body(vendor, found, vendor.resolved(described), response, &mut faults);
    faults
}

fn writes_quietly(vendor: &Vendor, asked: &Asked, found: &Found<'_>) -> bool {
    let prefers = asked.header("prefer").is_some_and(|prefer| prefer.contains("return=representation"));
    let quiet = found.operation.get("responses").and_then(|answers| answers.get("204"));
    !prefers && quiet.is_some_and(|quiet| vendor.resolved(quiet).value.is_object())
}

fn body(
    vendor: &Vendor,
    found: &Found<'_>,
    described: Part<'_>,
    response: &Response<Bytes>,
    faults: &mut Vec<String>,
) {
    let Some(content) = described.get("content") else { return };
    let Some(schema) = content.get("application/json").and_then(|kind| kind.get("schema")) else { return };
    match json(response) {
        Ok(value) => Reader::new(vendor, Rules::JSON, &found.name).read(schema, &value, "answer", faults),
        Err(error) => faults.push(error),
    }
}

fn json(response: &Response<Bytes>) -> Result<Value, String> {
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).map(media);
    if !kind.as_deref().is_some_and(|kind| kind.ends_with("json")) {
        return Err(format!("answer: content type {kind:?} instead of JSON"));
    }
    serde_json::from_slice(response.body()).map_err(|error| format!("answer: no JSON: {error}"))
}
