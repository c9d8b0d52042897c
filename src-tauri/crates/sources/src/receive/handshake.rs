//! The questions senders ask before they send: is anybody there, and is it you?

use axum::http::Uri;
use leadferry_model::Secret;

use super::form;
use super::mac;
use super::refusal::Refusal;

/// Longer challenges are nobody's.
const LONGEST: usize = 1024;

/// The answer to Meta's `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`; `None` if it is another request.
pub(super) fn hub_challenge(uri: &Uri, verify_token: Option<&Secret>) -> Option<Result<String, Refusal>> {
    let pairs = form::pairs(uri.query()?.as_bytes(), encoding_rs::UTF_8);
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    if value("hub.mode")? != "subscribe" {
        return None;
    }
    let claimed = value("hub.verify_token").unwrap_or_default();
    let challenge = value("hub.challenge").filter(|challenge| challenge.len() <= LONGEST).unwrap_or_default();
    Some(match verify_token {
        Some(token) if mac::same(claimed, token.expose()) => Ok(challenge.to_owned()),
        _ => Err(Refusal::VerifyTokenWrong),
    })
}

/// The text to send back to a JSON handshake, `{"type": "url_verification", "challenge": "…"}`.
///
/// A form may well have a question called *challenge*: with any other field beside it, it is a lead.
// Unverified: the names are Slack's; other senders use the same without `type` or `token`.
pub(super) fn json_challenge(json: &serde_json::Value) -> Option<&str> {
    let object = json.as_object()?;
    let challenge = object.get("challenge")?.as_str().filter(|challenge| challenge.len() <= LONGEST)?;
    let verification = object.get("type").is_none_or(|kind| kind == "url_verification");
    let nothing_else = object.keys().all(|key| matches!(key.as_str(), "challenge" | "token" | "type"));
    (verification && nothing_else).then_some(challenge)
}
