//! Token endpoints, which most vendors document in prose only: RFC 6749 and 7636 are then the contract.

use http::StatusCode;
use serde_json::Value;

use super::asked::Asked;
use super::gate::Gate;
use super::text;

/// [RFC 6749 §4 and §6](https://www.rfc-editor.org/rfc/rfc6749), [RFC 7636 §4.5](https://www.rfc-editor.org/rfc/rfc7636),
/// [RFC 7523 §2.1](https://www.rfc-editor.org/rfc/rfc7523).
const FIELDS: [&str; 9] = [
    "assertion",
    "grant_type",
    "code",
    "redirect_uri",
    "client_id",
    "client_secret",
    "code_verifier",
    "refresh_token",
    "scope",
];

/// What is wrong with a request for tokens.
pub(super) fn request(asked: &Asked) -> Vec<String> {
    if asked.method != "POST" {
        return vec![format!("{} where tokens are asked for by POST", asked.method)];
    }
    if asked.media().as_deref() != Some("application/x-www-form-urlencoded") {
        return vec![format!("content type {:?} instead of a form", asked.media().unwrap_or_default())];
    }
    let Value::Object(form) = text::form(&asked.body) else { return Vec::new() };
    let unknown = form.keys().filter(|name| !FIELDS.contains(&name.as_str()));
    let mut faults: Vec<String> = unknown.map(|name| format!("body.{name}: unknown property")).collect();
    let needed = match form.get("grant_type").and_then(Value::as_str) {
        None => Some("grant_type"),
        Some("authorization_code") => Some("code"),
        Some("refresh_token") => Some("refresh_token"),
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer") => Some("assertion"),
        Some("client_credentials") => None,
        Some(other) => {
            faults.push(format!("body.grant_type: '{other}' is no known grant"));
            None
        }
    };
    let missing = needed.filter(|name| !form.contains_key(*name));
    faults.extend(missing.map(|name| format!("body: '{name}' is a required property")));
    faults
}

/// What is wrong with the answer to it.
pub(super) fn answer(gate: &Gate, status: StatusCode, body: &Value) -> Vec<String> {
    let text = |name: &str| body[name].as_str().is_some_and(|text| !text.is_empty());
    // Zoho refuses with 200. https://www.zoho.com/crm/developer/docs/api/v8/access-refresh.html
    if body.get("error").is_some() || !status.is_success() {
        return if text("error") {
            Vec::new()
        } else {
            vec!["answer: 'error' is a required property".to_owned()]
        };
    }
    let needed = ["access_token"].into_iter().chain(gate.rewrite.keys().map(String::as_str));
    needed.filter(|name| !text(name)).map(|name| format!("answer: '{name}' is a required property")).collect()
}
