//! Which delivery this is, and which of its headers may be kept.

use axum::http::HeaderMap;
use sha2::{Digest, Sha256};

use super::inbox::DeliveryKey;

/// Headers that hold an id which stays the same over retries.
const ID_HEADERS: [&str; 4] = ["webhook-id", "svix-id", "x-github-delivery", "x-shopify-webhook-id"];
/// Longer ids are replaced by their hash.
const LONGEST_ID: usize = 200;

/// Headers worth keeping. A list of what is allowed, since any other may hold a secret.
const KEPT: [&str; 12] = [
    "content-type",
    "user-agent",
    "webhook-id",
    "webhook-timestamp",
    "svix-id",
    "svix-timestamp",
    "x-github-event",
    "x-github-delivery",
    "x-shopify-topic",
    "x-shopify-webhook-id",
    "x-hubspot-request-timestamp",
    "idempotency-key",
];

/// The key of a delivery: the sender's own id, else the hash of the body.
pub(super) fn of(headers: &HeaderMap, chosen: Option<&str>, body: &[u8]) -> DeliveryKey {
    let value =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).filter(|id| !id.is_empty());
    let known = chosen.into_iter().chain(ID_HEADERS).find_map(value);
    if let Some(id) = known {
        return DeliveryKey::Provider(bounded(id));
    }
    let body = hash(body);
    // Any other `X-…-Delivery` looks like an id but might count attempts or name the webhook itself. Together with the body it
    // can do no harm: two different bodies are never taken for one delivery.
    let likely = headers
        .iter()
        .find(|(name, _)| name.as_str().starts_with("x-") && name.as_str().ends_with("-delivery"));
    match likely.and_then(|(_, value)| value.to_str().ok()) {
        Some(id) => DeliveryKey::Provider(format!("{}-{body}", bounded(id))),
        None => DeliveryKey::Body(body),
    }
}

/// The headers that may be kept with a delivery.
pub(super) fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let keep = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    KEPT.iter().filter_map(|name| Some(((*name).to_owned(), keep(name)?.to_owned()))).collect()
}

fn bounded(id: &str) -> String {
    if id.len() <= LONGEST_ID { id.to_owned() } else { hash(id.as_bytes()) }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
