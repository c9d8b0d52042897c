//! Webhooks, which Zoho calls notification channels. They live a week at most.
//! <https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html>

use jiff::SignedDuration;
use leadferry_connector::{Call, Hook, HookOrder, Request};
use leadferry_model::{Failure, FailureKind, Secret, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::api::PAGE;
use super::errors::{self, ANSWERS};
use super::spec::{CREDITS, VERSION};
use super::types::{Info, Item};

/// A day less than the vendor allows: our clock may be ahead of its.
/// <https://help.zoho.com/portal/en-gb/community/topic/kaizen-170-faqs-on-notification-apis>
const LIFE: SignedDuration = SignedDuration::from_hours(6 * 24);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Channels {
    watch: Vec<Channel>,
    info: Info,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Channel {
    channel_id: Value,
    channel_expiry: Option<Timestamp>,
    notify_url: String,
    resource_name: String,
}

#[derive(Debug, Deserialize)]
struct Outcomes {
    watch: Vec<Item>,
}

/// <https://www.zoho.com/crm/developer/docs/api/v8/notifications/get-details.html>
pub(super) async fn all(call: &Call<'_>) -> Result<Vec<Hook>, Failure> {
    let mut hooks = Vec::new();
    for page in 1.. {
        let get = call.http.get(&["crm", VERSION, "actions", "watch"]).query("page", page);
        let get = get.query("per_page", PAGE).draws(CREDITS);
        let Some(answer) = get.fetch_if_any::<Channels>(&ANSWERS).await? else { break };
        hooks.extend(answer.body.watch.into_iter().map(|channel| Hook {
            id: id(&channel.channel_id),
            object: channel.resource_name,
            address: channel.notify_url,
            expires_at: channel.channel_expiry,
        }));
        if !answer.body.info.more_records {
            break;
        }
    }
    Ok(hooks)
}

fn id(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Opens a channel, or lets one go on: everything about it is said anew.
/// <https://www.zoho.com/crm/developer/docs/api/v8/notifications/enable.html>
pub(super) async fn subscribe(
    call: &Call<'_>,
    order: &HookOrder<'_>,
    renews: Option<&Hook>,
) -> Result<Hook, Failure> {
    let path = ["crm", VERSION, "actions", "watch"];
    let (id, request) = match renews {
        Some(hook) => (hook.id.clone(), call.http.put(&path)),
        None => (channel_id(order), call.http.post(&path)),
    };
    // Whole seconds: the vendor's examples have no fractions.
    let until = call.clock.now() + LIFE;
    let until = Timestamp::from_second(until.as_second()).unwrap_or(until);
    let channel = json!({
        "channel_id": id, "events": [format!("{}.all", order.object)], "token": order.secret.expose(),
        "channel_expiry": until.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(), "notify_url": order.address,
        // What happens to a note or a task is no change of the record.
        "notify_on_related_action": false,
    });
    let address = Secret::new(order.address);
    sent(request.hides(order.secret).hides(&address).json(&json!({ "watch": [channel] }))).await?;
    Ok(Hook {
        id,
        object: order.object.to_owned(),
        address: order.address.to_owned(),
        expires_at: Some(until),
    })
}

/// <https://www.zoho.com/crm/developer/docs/api/v8/notifications/disable.html>
pub(super) async fn unsubscribe(call: &Call<'_>, hook: &Hook) -> Result<(), Failure> {
    let delete = call.http.delete(&["crm", VERSION, "actions", "watch"]);
    match sent(delete.query("channel_ids", &hook.id)).await {
        // A channel that has run out is not known any more. Unverified: that the refusal is one of the value.
        Err(failure) if matches!(failure.kind, FailureKind::NotFound | FailureKind::Invalid { .. }) => Ok(()),
        other => other,
    }
}

/// Each channel has its own outcome, like the rows of a write.
async fn sent(request: Request<'_>) -> Result<(), Failure> {
    let outcomes = request.draws(CREDITS).fetch::<Outcomes>(&ANSWERS).await?.body.watch;
    match outcomes.iter().find(|outcome| !outcome.is_success()) {
        Some(refused) => Err(errors::of_row(refused, "")),
        None => Ok(()),
    }
}

/// Ours to choose, a whole number: the same for the same order, so that one whose answer was lost is not made twice.
fn channel_id(order: &HookOrder<'_>) -> String {
    let digest = Sha256::digest(format!("{} {}", order.object, order.address));
    let number = digest.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (1_000_000_000 + number).to_string()
}
