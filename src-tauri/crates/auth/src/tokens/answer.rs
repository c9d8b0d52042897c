//! Reads a token endpoint's answer: [RFC 6749 §5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1), and what vendors make of it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use leadferry_model::Secret;
use serde_json::{Map, Value};

/// Fields that are secret, or have a place of their own.
const NOT_EXTRA: &[&str] =
    &["access_token", "refresh_token", "id_token", "expires_in", "scope", "scopes", "token_type"];

/// New tokens.
#[derive(Debug)]
pub(crate) struct TokenAnswer {
    pub(super) access: Secret,
    /// `None`: the one there was goes on.
    pub(super) refresh: Option<Secret>,
    /// How long the access token lives, where the vendor says.
    pub(super) lifetime: Option<SignedDuration>,
    /// `None`: as asked for (RFC 6749 §5.1).
    pub(super) scopes: Option<Vec<String>>,
    /// Everything else that is plain: `instance_url`, `api_domain`, `hub_id`, …
    pub(super) extras: BTreeMap<String, String>,
    /// When it was given out, by the vendor's clock.
    pub(super) issued_at: Timestamp,
    /// How far the vendor's clock is ahead of ours.
    pub(super) server_ahead: SignedDuration,
}

impl TokenAnswer {
    /// The tokens in `body`; `None` if there are none. `date` is the vendor's time if it said one.
    pub(super) fn parse(body: &Map<String, Value>, date: Option<Timestamp>, now: Timestamp) -> Option<Self> {
        let secret = |name: &str| {
            body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(Secret::new)
        };
        let issued_at = date.unwrap_or(now);
        Some(Self {
            access: secret("access_token")?,
            refresh: secret("refresh_token"),
            lifetime: body.get("expires_in").and_then(seconds).map(SignedDuration::from_secs),
            // One may be null beside the other.
            scopes: ["scope", "scopes"].iter().find_map(|name| scopes(body.get(*name)?)),
            extras: body
                .iter()
                .filter(|(name, _)| !NOT_EXTRA.contains(&name.as_str()))
                .filter_map(|(name, value)| Some((name.clone(), plain(value)?)))
                .collect(),
            issued_at,
            server_ahead: issued_at.duration_since(now),
        })
    }
}

/// A number, also as text: some vendors quote it.
fn seconds(value: &Value) -> Option<i64> {
    let seconds = match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|f| f as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    // More than ten years is as good as for ever, and less than nothing is nonsense.
    seconds.filter(|seconds| (1..=315_360_000).contains(seconds))
}

/// A list, or one text with spaces (the standard) or commas between.
fn scopes(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => {
            Some(text.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect())
        }
        Value::Array(list) => Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        _ => None,
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: Value) -> Option<TokenAnswer> {
        TokenAnswer::parse(body.as_object().unwrap(), None, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn odd_but_usable_answers_are_read() {
        let answer = parse(serde_json::json!({
            "access_token": "a", "expires_in": "1800", "scopes": ["oauth", "crm.read"], "hub_id": 62515,
            "instance_url": "https://crm.example.com", "id_token": "not kept",
        }))
        .unwrap();
        assert_eq!(answer.lifetime, Some(SignedDuration::from_secs(1800)), "a quoted number is a number");
        assert_eq!(answer.scopes.unwrap(), ["oauth", "crm.read"], "HubSpot sends a list");
        assert_eq!(answer.extras["hub_id"], "62515", "the account is told by extras");
        assert_eq!(answer.extras["instance_url"], "https://crm.example.com", "and so is the base address");
        assert!(!answer.extras.contains_key("id_token"), "an id token is not plain data");
        assert!(answer.refresh.is_none(), "none given is not an empty one");
    }

    #[test]
    fn a_null_beside_the_list_hides_no_scope() {
        let answer = parse(serde_json::json!({
            "access_token": "a", "refresh_token": null, "scope": null, "scopes": ["oauth"], "user_id": null,
        }))
        .unwrap();
        assert_eq!(answer.scopes.unwrap(), ["oauth"], "the one that has a value counts");
        assert!(answer.refresh.is_none(), "null is no token");
        assert!(!answer.extras.contains_key("user_id"), "and no fact");
    }

    #[test]
    fn an_answer_without_token_is_none() {
        assert!(parse(serde_json::json!({"access_token": ""})).is_none(), "empty is no token");
        assert!(parse(serde_json::json!({"expires_in": 5})).is_none(), "nor is nothing");
    }
}
