//! Notification channels: who wants to be told of which changes.
//! <https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html>
//!
//! Channels are kept, renewed and ended, and told of changes: the ids alone, with the token that was given.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::{Answer, ids, modules, paging, strict, times};
use crate::call::{Call, Reply};
use crate::core;
use crate::hooks::SentHook;
use crate::world::World;

/// <https://github.com/zoho/crm-oas> (notifications).
const MOST_CHANNELS: usize = 50;
const LONGEST_TOKEN: usize = 256;
/// <https://help.zoho.com/portal/en-gb/community/topic/kaizen-170-faqs-on-notification-apis>: one hour unless said, one
/// week at most.
const USUAL_LIFE: SignedDuration = SignedDuration::from_hours(1);
const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);

const KEYS: &[&str] = &[
    "channel_id",
    "channel_expiry",
    "events",
    "token",
    "notify_url",
    "notification_condition",
    "notify_on_related_action",
    "return_affected_field_values",
    "fields",
    "_delete_events",
];
/// Where the world keeps the channels.
const KEPT: &str = "zoho channels";

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Channel {
    id: String,
    expires_at: Timestamp,
    events: Vec<String>,
    token: Option<String>,
    notify_url: String,
    condition: Value,
    related: bool,
    values: bool,
}

impl Channel {
    /// The modules it is about, each once.
    fn modules(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.events.iter().filter_map(|event| event.split('.').next()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn channels(world: &World) -> Vec<Channel> {
    let kept = world.kept.get(KEPT).cloned().unwrap_or_default();
    let all: Vec<Channel> = serde_json::from_value(kept).unwrap_or_default();
    all.into_iter().filter(|channel| channel.expires_at > world.now).collect()
}

fn keep(world: &mut World, channels: &[Channel]) {
    world.kept.insert(KEPT, json!(channels));
}

/// What is posted for changes: one call for each channel, module and kind of change.
// Unverified: the list of keys.
pub(super) fn posted(world: &World, changes: &[core::Change]) -> Vec<SentHook> {
    let mut posted = Vec::new();
    for channel in channels(world) {
        for module in channel.modules() {
            for (kind, event, operation) in KINDS {
                let wanted = |one: &String| {
                    one.split_once('.')
                        .is_some_and(|(of, what)| of == module && (what == "all" || what == event))
                };
                let of = |change: &&core::Change| change.object == module && change.kind == kind;
                let ids: Vec<String> =
                    changes.iter().filter(of).map(|change| change.number.to_string()).collect();
                if !ids.is_empty() && channel.events.iter().any(wanted) {
                    posted.push(SentHook::new(
                        &channel.notify_url,
                        Vec::new(),
                        &json!({
                            "server_time": world.now.as_millisecond(), "query_params": {}, "module": module,
                            "resource_uri": uri(world, module), "ids": ids, "affected_fields": [],
                            "operation": operation, "channel_id": channel.id, "token": channel.token,
                        }),
                    ));
                }
            }
        }
    }
    posted
}

const KINDS: [(core::ChangeKind, &str, &str); 3] = [
    (core::ChangeKind::Created, "create", "insert"),
    (core::ChangeKind::Edited, "edit", "update"),
    (core::ChangeKind::Deleted, "delete", "delete"),
];

/// What a call does to a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// `POST`: a new one.
    Open,
    /// `PUT`: everything about it anew.
    Replace,
    /// `PATCH`: what is given.
    Alter,
}

pub(super) fn write(world: &mut World, call: &Call, change: Change) -> Answer {
    strict::only_params(world, call, if change == Change::Alter { &["channel_id"] } else { &[] });
    let body = strict::body(world, call, &[&["watch"], KEYS].concat())?;
    // A single channel may be altered without the list around it.
    let rows = match (body.get("watch"), change) {
        (Some(rows), _) => rows.as_array().cloned().unwrap_or_default(),
        (None, Change::Alter) => vec![body],
        (None, _) => return Err(Trouble::mandatory("watch", "$.watch".to_owned())),
    };
    if rows.is_empty() || rows.len() > MOST_CHANNELS {
        return Err(Trouble::limit_exceeded("Channel", MOST_CHANNELS));
    }
    let mut all = channels(world);
    let (mut shown, mut failed) = (Vec::new(), 0);
    for (place, row) in rows.iter().enumerate() {
        strict::keys(world, row, KEYS, "watch[].");
        match channel(world, row, place, change, &mut all) {
            Ok(done) => shown.push(done),
            Err(trouble) => {
                failed += 1;
                shown.push(trouble.shown());
            }
        }
    }
    keep(world, &all);
    let good = if change == Change::Open { 201 } else { 200 };
    let status = if failed == 0 {
        good
    } else if failed < shown.len() {
        207
    } else {
        400
    };
    Ok(Reply::json(status, json!({"watch": shown})))
}

fn channel(
    world: &World,
    row: &Value,
    place: usize,
    change: Change,
    all: &mut Vec<Channel>,
) -> Result<Value, Trouble> {
    let path = |key: &str| format!("$.watch[{place}].{key}");
    let text = |key: &str| row.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let id = match row.get("channel_id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(Trouble::mandatory("channel_id", path("channel_id"))),
    };
    let known = all.iter().position(|channel| channel.id == id);
    let before = known.map(|place| all[place].clone());
    match (&before, change) {
        (Some(_), Change::Open) => {
            let twice = Trouble::new(400, "DUPLICATE_DATA", "duplicate data");
            return Err(twice.at("channel_id", path("channel_id")));
        }
        (None, Change::Replace | Change::Alter) => {
            return Err(Trouble::invalid().at("channel_id", path("channel_id")));
        }
        _ => {}
    }
    // What is not given stays as it was when a channel is altered, and is unset otherwise.
    let kept = before.filter(|_| change == Change::Alter);
    let notify_url =
        text("notify_url").map(str::to_owned).or(kept.as_ref().map(|one| one.notify_url.clone()));
    let notify_url = notify_url.ok_or_else(|| Trouble::mandatory("notify_url", path("notify_url")))?;
    if !notify_url.starts_with("https://") {
        // Unverified: that plain http is refused.
        return Err(Trouble::invalid().at("notify_url", path("notify_url")));
    }
    let events = match (row.get("events"), &kept) {
        (Some(events), _) => read_events(events).map_err(|wrong| wrong.at("events", path("events")))?,
        (None, Some(kept)) => kept.events.clone(),
        (None, None) => return Err(Trouble::mandatory("events", path("events"))),
    };
    let token = text("token").map(str::to_owned).or(kept.as_ref().and_then(|one| one.token.clone()));
    if token.as_ref().is_some_and(|token| token.chars().count() > LONGEST_TOKEN) {
        let wrong = Trouble::invalid().with("maximum_length", json!(LONGEST_TOKEN));
        return Err(wrong.at("token", path("token")));
    }
    let expires_at = match text("channel_expiry") {
        Some(text) => times::read(text).ok_or_else(|| {
            let wrong = Trouble::invalid().with("expected_data_type", json!("datetime"));
            wrong.at("channel_expiry", path("channel_expiry"))
        })?,
        None => kept.as_ref().map_or(world.now + USUAL_LIFE, |kept| kept.expires_at),
    };
    // Unverified: that too late a time is refused rather than cut.
    if expires_at <= world.now || expires_at > world.now + LONGEST_LIFE {
        return Err(Trouble::invalid().at("channel_expiry", path("channel_expiry")));
    }
    let flag = |key: &str, before: bool| row.get(key).and_then(Value::as_bool).unwrap_or(before);
    let channel = Channel {
        id,
        expires_at,
        events,
        token,
        notify_url,
        condition: row.get("notification_condition").cloned().unwrap_or_default(),
        related: flag("notify_on_related_action", kept.as_ref().is_none_or(|kept| kept.related)),
        values: flag("return_affected_field_values", kept.as_ref().is_some_and(|kept| kept.values)),
    };
    let shown = done(world, &channel);
    match known {
        Some(place) => all[place] = channel,
        None => all.push(channel),
    }
    Ok(shown)
}

/// `Leads.create` and the like; `all` stands for the three kinds of change.
fn read_events(events: &Value) -> Result<Vec<String>, Trouble> {
    let listed = events.as_array().filter(|listed| !listed.is_empty());
    let listed = listed.ok_or_else(|| Trouble::invalid().with("expected_data_type", json!("jsonarray")))?;
    let event = |event: &Value| {
        let (module, change) = event.as_str()?.split_once('.')?;
        let fits = modules::find(module).is_ok() && matches!(change, "create" | "edit" | "delete" | "all");
        fits.then(|| format!("{module}.{change}"))
    };
    listed.iter().map(|one| event(one).ok_or_else(Trouble::invalid)).collect()
}

fn uri(world: &World, module: &str) -> String {
    format!("{}/crm/v8/{module}", world.base)
}

fn done(world: &World, channel: &Channel) -> Value {
    let event = |module: &str| {
        json!({
            "channel_expiry": times::shown(channel.expires_at), "resource_uri": uri(world, module),
            "resource_id": ids::module(module), "resource_name": module, "channel_id": channel.id,
        })
    };
    let events: Vec<Value> = channel.modules().into_iter().map(event).collect();
    json!({
        "code": "SUCCESS", "status": "success",
        "message": "Successfully subscribed for actions-watch of the given module", "details": {"events": events},
    })
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["module", "channel_id", "page", "per_page"]);
    let page = paging::by_number(call)?;
    let all = channels(world);
    let mut rows: Vec<Value> = Vec::new();
    for channel in &all {
        for module in channel.modules() {
            let fits = call.param("module").is_none_or(|asked| asked == module)
                && call.param("channel_id").is_none_or(|asked| asked == channel.id);
            if fits {
                rows.push(shown(world, channel, module));
            }
        }
    }
    let (rows, more) = paging::cut(rows, page);
    if rows.is_empty() {
        return Ok(Reply::empty(204));
    }
    let info = paging::plain_info(page, rows.len(), more);
    Ok(Reply::json(200, json!({"watch": rows, "info": info})))
}

fn shown(world: &World, channel: &Channel, module: &str) -> Value {
    let events: Vec<&String> =
        channel.events.iter().filter(|event| event.split('.').next() == Some(module)).collect();
    json!({
        "channel_id": channel.id, "channel_expiry": times::shown(channel.expires_at), "events": events,
        "token": channel.token, "notify_url": channel.notify_url, "resource_name": module,
        "resource_uri": uri(world, module), "resource_id": ids::module(module), "fields": null,
        "notification_condition": channel.condition, "notify_on_related_action": channel.related,
        "return_affected_field_values": channel.values,
    })
}

/// Ends channels.
pub(super) fn end(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["channel_ids"]);
    let asked = call.list_param("channel_ids");
    if asked.is_empty() {
        return Err(Trouble::missing_param("channel_ids"));
    }
    let mut all = channels(world);
    let (mut shown, mut failed) = (Vec::new(), 0);
    for id in asked {
        let Some(place) = all.iter().position(|channel| channel.id == id) else {
            failed += 1;
            shown.push(Trouble::invalid().with("channel_id", json!(id)).shown());
            continue;
        };
        let channel = all.remove(place);
        for module in channel.modules() {
            shown.push(json!({
                "code": "SUCCESS", "status": "success", "message": "Successfully un-subscribed from actions-watch",
                "details": {
                    "resource_uri": uri(world, module), "resource_id": ids::module(module), "channel_id": channel.id,
                },
            }));
        }
    }
    keep(world, &all);
    let status = if failed == 0 {
        200
    } else if failed < shown.len() {
        207
    } else {
        400
    };
    Ok(Reply::json(status, json!({"watch": shown})))
}
