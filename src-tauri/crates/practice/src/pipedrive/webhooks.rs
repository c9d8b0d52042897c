//! Webhooks: made, listed, deleted, and posted. No signature: Basic credentials if some were given.
//! <https://pipedrive.readme.io/docs/guide-for-webhooks-v2>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::Url;

use super::errors::Trouble;
use super::gate::Caller;
use super::render::{self, Show};
use super::{Answer, account, strict};
use crate::call::{Call, Reply};
use crate::core::{Change, ChangeKind, moment_text};
use crate::hooks::SentHook;
use crate::world::World;

/// Under which name they are kept.
const KEPT: &str = "webhooks";
/// <https://pipedrive.readme.io/docs/guide-for-webhooks-v2>
const MOST_PER_USER: usize = 40;

const ACTIONS: &[&str] = &["create", "change", "delete", "*"];
const OBJECTS: &[&str] = &[
    "activity",
    "deal",
    "lead",
    "note",
    "organization",
    "person",
    "pipeline",
    "product",
    "stage",
    "user",
    "*",
];
const KEYS: &[&str] = &[
    "subscription_url",
    "event_action",
    "event_object",
    "name",
    "user_id",
    "http_auth_user",
    "http_auth_password",
    "version",
];

/// Objects of the account, and what webhooks call them.
const NAMES: &[(&str, &str)] = &[
    ("activities", "activity"),
    ("deals", "deal"),
    ("leads", "lead"),
    ("notes", "note"),
    ("organizations", "organization"),
    ("persons", "person"),
];

/// What is posted for changes: one call a change and webhook, in the words of version 2.
pub(super) fn posted(world: &World, changes: &[Change]) -> Vec<SentHook> {
    let mut posted = Vec::new();
    for change in changes {
        let Some((_, entity)) = NAMES.iter().find(|(object, _)| *object == change.object) else { continue };
        let action = match change.kind {
            ChangeKind::Created => "create",
            ChangeKind::Edited => "change",
            ChangeKind::Deleted => "delete",
        };
        let asked = |one: &&Value, key: &str, word: &str| one[key] == word || one[key] == "*";
        let due = kept(world).iter();
        let due = due.filter(|one| asked(one, "event_object", entity) && asked(one, "event_action", action));
        posted.extend(due.map(|one| SentHook::new(
            one["subscription_url"].as_str().unwrap_or_default(),
            credentials(one),
            &json!({
                "meta": {
                    "action": action, "entity": entity, "entity_id": change.number.to_string(),
                    "company_id": account::COMPANY.to_string(), "user_id": one["user_id"].to_string(),
                    "timestamp": moment_text(world.now), "attempt": 1, "version": "2.0", "webhook_id": one["id"].to_string(),
                },
                // Unverified: what is told of before the change; here nothing.
                "data": now(world, change), "previous": null,
            }),
        )));
    }
    posted
}

/// The record as it is now.
fn now(world: &World, change: &Change) -> Value {
    let table = world.crm.table(&change.object).ok();
    let record = table.and_then(|table| table.record(change.number));
    let shown = record.filter(|_| matches!(change.object.as_str(), "deals" | "organizations" | "persons"));
    shown.map_or_else(
        || json!({"id": change.number}),
        |record| render::record(world, &change.object, record, &Show::default()),
    )
}

fn credentials(webhook: &Value) -> Vec<(&'static str, String)> {
    let Some(user) = webhook["http_auth_user"].as_str() else { return Vec::new() };
    let password = webhook["http_auth_password"].as_str().unwrap_or_default();
    vec![("authorization", format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))]
}

fn kept(world: &World) -> &[Value] {
    world.crm.kept.get(KEPT).map_or(&[], Vec::as_slice)
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    strict::note_params(world, call, &[]);
    Ok(Reply::json(200, json!({"status": "ok", "success": true, "data": kept(world)})))
}

/// Only https, and only hosts that can be reached from outside.
fn is_public(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let host = url.host_str().unwrap_or_default();
    let here = host == "localhost" || host.ends_with(".localhost") || host.ends_with(".local");
    let named = matches!(url.host(), Some(url::Host::Domain(_)));
    url.scheme() == "https" && named && !here && host.contains('.')
}

pub(super) fn create(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::note_params(world, call, &[]);
    let body = strict::object(call)?;
    strict::note_keys(world, &body, KEYS);
    let text = |key: &str| body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let word = |key: &str, known: &[&str]| match text(key) {
        None => Err(Trouble::webhook(400, key, "required")),
        Some(text) if known.contains(&text) => Ok(text.to_owned()),
        Some(_) => Err(Trouble::webhook(400, key, "invalid value")),
    };
    let url =
        text("subscription_url").ok_or_else(|| Trouble::webhook(400, "subscription_url", "required"))?;
    if !is_public(url) {
        return Err(Trouble::webhook(400, "subscription_url", "invalid or non-reachable URL"));
    }
    let (action, object) = (word("event_action", ACTIONS)?, word("event_object", OBJECTS)?);
    let name = text("name").ok_or_else(|| Trouble::webhook(400, "name", "required"))?;
    let version = text("version").unwrap_or("2.0");
    if !["1.0", "2.0"].contains(&version) {
        return Err(Trouble::webhook(400, "version", "invalid value"));
    }
    if kept(world).iter().filter(|one| one["owner_id"] == caller.user).count() >= MOST_PER_USER {
        return Err(Trouble::webhook(400, "user_id", "maximum number of webhooks reached"));
    }
    let id = kept(world).iter().filter_map(|one| one["id"].as_u64()).max().unwrap_or_default() + 1;
    let user = body.get("user_id").and_then(Value::as_u64).unwrap_or(caller.user);
    let webhook = json!({
        "id": id, "company_id": account::COMPANY, "owner_id": caller.user, "user_id": user, "event_action": action,
        "event_object": object, "subscription_url": url, "version": version, "is_active": 1,
        "add_time": moment_text(world.now), "remove_time": null, "type": "general",
        "http_auth_user": text("http_auth_user"), "http_auth_password": text("http_auth_password"),
        "remove_reason": null, "last_delivery_time": null, "last_http_status": null, "admin_id": caller.user,
        "name": name,
    });
    world.crm.kept.entry(KEPT.to_owned()).or_default().push(webhook.clone());
    Ok(Reply::json(201, json!({"status": "ok", "success": true, "data": webhook})))
}

pub(super) fn delete(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::note_params(world, call, &[]);
    let all = world.crm.kept.entry(KEPT.to_owned()).or_default();
    let before = all.len();
    all.retain(|one| one["id"] != super::custom::number(id));
    if all.len() == before {
        return Err(Trouble::webhook(404, "id", "not found"));
    }
    Ok(Reply::json(200, json!({"status": "ok", "success": true})))
}
