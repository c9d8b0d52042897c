//! A request against the operation it asks for: access, parameters, body.

use serde_json::Value;

use super::asked::Asked;
use super::document::Part;
use super::gate::Authority;
use super::schema::{Reader, Rules};
use super::vendor::{Found, Vendor};
use super::{text, token};

/// Headers that OpenAPI describes elsewhere than among the parameters.
/// <https://spec.openapis.org/oas/v3.1.0#parameter-object>
const NO_PARAMETERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// What is wrong with `asked`.
pub(super) fn faults(vendor: &Vendor, asked: &Asked, to_the_letter: bool) -> Vec<String> {
    let for_tokens = vendor.gate.token_paths.contains(&asked.path);
    match vendor.find(&asked.method, &asked.path) {
        Ok(found) => {
            let judged = found.iter().map(|found| judged(vendor, asked, found, for_tokens, to_the_letter));
            judged.min_by_key(Vec::len).unwrap_or_default()
        }
        Err(_) if for_tokens => token::request(asked),
        Err(none) => vec![none],
    }
}

fn judged(
    vendor: &Vendor,
    asked: &Asked,
    found: &Found<'_>,
    for_tokens: bool,
    to_the_letter: bool,
) -> Vec<String> {
    let mut faults = Vec::new();
    let open = found.operation.value["security"].as_array().is_some_and(Vec::is_empty);
    if !for_tokens && !open && !signed(vendor, asked) {
        faults.push("no access is shown".to_owned());
    }
    faults.extend(vendor.path_faults(found));
    query(vendor, asked, found, &mut faults);
    headers(vendor, asked, found, &mut faults);
    let content = body(vendor, asked, found, &mut faults);
    if !to_the_letter {
        vendor.excuse(&found.name, &mut faults);
    }
    if let (Some(list), Some(content)) = (found.operation.text("x-subrequests"), content) {
        faults.extend(parts(vendor, asked, &content, list, to_the_letter));
    }
    faults
}

fn signed(vendor: &Vendor, asked: &Asked) -> bool {
    let gate = &vendor.gate;
    let ways = [gate.auth_any.len(), gate.auth_headers_any.len(), gate.auth_query_any.len()];
    let authorization = asked.header("authorization");
    ways.iter().sum::<usize>() == 0
        || authorization.is_some_and(|shown| gate.auth_any.iter().any(|way| way.fits(shown)))
        || gate.auth_headers_any.iter().any(|name| asked.header(name).is_some_and(|shown| !shown.is_empty()))
        || gate.auth_query_any.iter().any(|name| asked.query.iter().any(|(known, _)| known == name))
}

fn query(vendor: &Vendor, asked: &Asked, found: &Found<'_>, faults: &mut Vec<String>) {
    let known: Vec<_> = found.parameters.iter().filter(|known| known.text("in") == Some("query")).collect();
    let reader = Reader::new(vendor, Rules::TEXT, &found.name);
    for (name, value) in &asked.query {
        let parameter = known.iter().find(|known| known.text("name") == Some(name));
        if let Some(parameter) = parameter {
            if let Some(schema) = parameter.get("schema") {
                reader.read(schema, &Value::from(value.as_str()), &format!("query.{name}"), faults);
            }
        } else if !vendor.gate.extra_query.contains(name) && lists_queries(vendor, &known) {
            faults.push(format!("query.{name}: unknown parameter"));
        }
    }
    for name in required(known.into_iter()).filter(|name| !asked.query.iter().any(|(given, _)| given == name))
    {
        faults.push(format!("query: '{name}' is a required parameter"));
    }
}

/// A description by somebody else that names no parameter has left them out.
fn lists_queries(vendor: &Vendor, known: &[&Part<'_>]) -> bool {
    vendor.gate.authority != Authority::ThirdParty || !known.is_empty()
}

fn headers(vendor: &Vendor, asked: &Asked, found: &Found<'_>, faults: &mut Vec<String>) {
    let known = found.parameters.iter().filter(|known| {
        let name = known.text("name").unwrap_or_default().to_lowercase();
        known.text("in") == Some("header") && !NO_PARAMETERS.contains(&name.as_str())
    });
    let reader = Reader::new(vendor, Rules::TEXT, &found.name);
    for parameter in known.clone() {
        let name = parameter.text("name").unwrap_or_default();
        if let (Some(value), Some(schema)) = (asked.header(name), parameter.get("schema")) {
            reader.read(schema, &Value::from(value), &format!("header.{name}"), faults);
        }
    }
    for name in required(known).filter(|name| asked.header(name).is_none()) {
        faults.push(format!("header: '{name}' is a required header"));
    }
}

fn required<'v, 'p: 'v>(parameters: impl Iterator<Item = &'v Part<'p>>) -> impl Iterator<Item = &'p str> {
    parameters.filter(|parameter| parameter.is("required")).filter_map(|parameter| parameter.text("name"))
}

/// Reads the body, and gives it where it is JSON.
fn body(vendor: &Vendor, asked: &Asked, found: &Found<'_>, faults: &mut Vec<String>) -> Option<Value> {
    let described = found.operation.get("requestBody").map(|body| vendor.resolved(body));
    let Some(described) = described else {
        if !asked.body.is_empty() {
            faults.push("a body where none is read".to_owned());
        }
        return None;
    };
    if asked.body.is_empty() {
        if described.is("required") {
            faults.push("body: there is none".to_owned());
        }
        return None;
    }
    let media = asked.media().unwrap_or_default();
    let content = described.get("content")?;
    let kinds: Vec<&String> = content.value.as_object()?.keys().collect();
    let Some(kind) = kinds.iter().find(|kind| is_kind(kind, &media)) else {
        faults.push(format!("content type {media:?} instead of {kinds:?}"));
        return None;
    };
    let (value, rules) = match media.as_str() {
        "application/x-www-form-urlencoded" => (Ok(text::form(&asked.body)), Rules::TEXT),
        "text/csv" => (text::table(&asked.body), Rules::TEXT),
        json if json.ends_with("json") => {
            (serde_json::from_slice(&asked.body).map_err(|error| error.to_string()), Rules::JSON)
        }
        // Files and XML: that they may be sent is all that is described.
        _ => return None,
    };
    let value = match value {
        Ok(value) => value,
        Err(error) => {
            faults.push(format!("body: cannot be read as {media}: {error}"));
            return None;
        }
    };
    if let Some(schema) = content.get(kind)?.get("schema") {
        let reader = Reader::new(vendor, rules, &found.name);
        let from_answer = vendor.gate.body_from_response && !reader.says_something(schema);
        match answered(vendor, found).filter(|_| from_answer) {
            // What an answer always holds, a request may leave out.
            Some(schema) => Reader::new(vendor, Rules { required: false, ..rules }, &found.name)
                .read(schema, &value, "body", faults),
            None => reader.read(schema, &value, "body", faults),
        }
    }
    Some(value)
}

/// The schema of the operation's success.
fn answered<'v>(vendor: &'v Vendor, found: &Found<'v>) -> Option<Part<'v>> {
    let responses = found.operation.get("responses")?;
    let success = ["200", "201"].into_iter().find_map(|status| responses.get(status))?;
    vendor.resolved(success).get("content")?.get("application/json")?.get("schema")
}

fn is_kind(described: &str, media: &str) -> bool {
    let described = super::asked::media(described);
    let family = described.strip_suffix("/*").is_some_and(|family| media.split('/').next() == Some(family));
    described == media || described == "*/*" || family
}

/// The requests within a composite one.
fn parts(vendor: &Vendor, asked: &Asked, content: &Value, list: &str, to_the_letter: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, part) in content[list].as_array().into_iter().flatten().enumerate() {
        let (method, address) = (part["method"].as_str(), part["url"].as_str());
        let mut inner = asked.part(method.unwrap_or_default(), address.unwrap_or_default(), part.get("body"));
        if part.get("body").is_some() {
            inner.headers.insert("content-type", http::HeaderValue::from_static("application/json"));
        }
        faults.extend(
            self::faults(vendor, &inner, to_the_letter)
                .into_iter()
                .map(|fault| format!("{list}[{place}]: {fault}")),
        );
    }
    faults
}
