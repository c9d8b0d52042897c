//! Webhooks. Pipedrive keeps them until they are deleted, or until they were not answered for days.
//! <https://pipedrive.readme.io/docs/guide-for-webhooks-v2>

use leadferry_connector::{Hook, HookOrder, HookProof, Hooks, Http};
use leadferry_model::{Failure, FailureKind, Secret};
use serde::Deserialize;
use serde_json::{Value, json};

use super::errors::ANSWERS;
use super::spec::{ORDINARY, SPEC};
use super::types::{Envelope, List};

/// Objects, and what webhooks call them.
const NAMES: &[(&str, &str)] = &[("persons", "person"), ("organizations", "organization"), ("deals", "deal")];

#[derive(Debug, Deserialize)]
struct Kept {
    id: u64,
    #[serde(default)]
    subscription_url: String,
    #[serde(default)]
    event_object: String,
}

impl From<Kept> for Hook {
    fn from(kept: Kept) -> Self {
        let object = NAMES.iter().find(|(_, name)| *name == kept.event_object);
        Self {
            id: kept.id.to_string(),
            object: object.map(|(object, _)| (*object).to_owned()).unwrap_or_default(),
            address: kept.subscription_url,
            expires_at: None,
        }
    }
}

/// <https://developers.pipedrive.com/docs/api/v1/Webhooks#getWebhooks>
pub(super) async fn all(http: &Http) -> Result<Vec<Hook>, Failure> {
    let get = http.get(&["v1", "webhooks"]).costs(10).draws(ORDINARY);
    let kept = get.fetch::<List<Kept>>(&ANSWERS).await?.body;
    Ok(kept.data.into_iter().map(Hook::from).collect())
}

/// <https://developers.pipedrive.com/docs/api/v1/Webhooks#addWebhook>
pub(super) async fn subscribe(http: &Http, order: &HookOrder<'_>) -> Result<Hook, Failure> {
    let name = NAMES.iter().find(|(object, _)| *object == order.object).map(|(_, name)| *name);
    let name = name.ok_or_else(|| {
        Failure::new(FailureKind::Unexpected, format!("Pipedrive tells nothing of {}", order.object))
    })?;
    let address = Secret::new(order.address);
    let post = http.post(&["v1", "webhooks"]).hides(order.secret).hides(&address).json(&body(order, name));
    Ok(post.costs(10).draws(ORDINARY).fetch::<Envelope<Kept>>(&ANSWERS).await?.body.data.into())
}

fn body(order: &HookOrder<'_>, object: &str) -> Value {
    let Hooks::Subscribed(HookProof::Basic(user)) = SPEC.hooks else {
        unreachable!("BUG: Pipedrive's webhooks show a password")
    };
    json!({
        "subscription_url": order.address, "event_action": "*", "event_object": object, "name": "Leadferry",
        "version": "2.0", "http_auth_user": user, "http_auth_password": order.secret.expose(),
    })
}

/// <https://developers.pipedrive.com/docs/api/v1/Webhooks#deleteWebhook>
pub(super) async fn unsubscribe(http: &Http, id: &str) -> Result<(), Failure> {
    let delete = http.delete(&["v1", "webhooks", id]).costs(6).draws(ORDINARY);
    match delete.fetch::<Value>(&ANSWERS).await {
        Err(failure) if failure.kind == FailureKind::NotFound => Ok(()),
        other => other.map(drop),
    }
}
