//! The token endpoints.
//! <https://developers.hubspot.com/docs/api-reference/legacy/authentication/manage-oauth-tokens>

use serde_json::{Value, json};

use super::account;
use super::errors::Trouble;
use crate::access::{GrantRefusal, Issued};
use crate::call::{Call, Reply};
use crate::world::World;

const FIELDS: &[&str] = &[
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "redirect_uri",
    "refresh_token",
    "code_verifier",
    "scope",
];
const ABOUT_A_TOKEN: &[&str] = &["client_id", "client_secret", "token", "token_type_hint"];

/// Reads the form, noting unknown fields; a wrong media type is a 415.
fn form(world: &mut World, call: &Call, known: &[&str]) -> Result<impl Fn(&str) -> String + use<>, Reply> {
    if !call.is_of_type("application/x-www-form-urlencoded") {
        return Err(Trouble::new(415, "VALIDATION_ERROR", "Only forms are read here").into_reply(world));
    }
    let form = call.form();
    for name in form.keys().filter(|name| !known.contains(&name.as_str())) {
        world.object_to(format!("unknown form field: {name}"));
    }
    if !call.query.is_empty() {
        world.object_to("query parameters at the token endpoint");
    }
    Ok(move |name: &str| form.get(name).cloned().unwrap_or_default())
}

pub(super) fn token(world: &mut World, call: &Call) -> Reply {
    let field = match form(world, call, FIELDS) {
        Ok(field) => field,
        Err(reply) => return reply,
    };
    let (client_id, now) = (field("client_id"), world.now);
    if let Err(refusal) = world.access.check_app(&client_id, &field("client_secret")) {
        return refused(world, refusal);
    }
    let issued = match field("grant_type").as_str() {
        "authorization_code" => {
            let verifier = Some(field("code_verifier")).filter(|text| !text.is_empty());
            let (code, redirect) = (field("code"), field("redirect_uri"));
            world.access.exchange(&code, &redirect, verifier.as_deref(), now, &mut world.random)
        }
        "refresh_token" => world.access.refresh(&field("refresh_token"), &client_id, now, &mut world.random),
        other => {
            let message = format!("grant_type {other} is not known");
            return oauth_error(world, "UNSUPPORTED_GRANT_TYPE", "unsupported_grant_type", &message);
        }
    };
    match issued {
        Ok(issued) => Reply::json(200, shown(&issued)),
        Err(refusal) => refused(world, refusal),
    }
}

fn shown(issued: &Issued) -> Value {
    json!({
        "token_type": "bearer",
        "access_token": issued.access.expose(),
        "refresh_token": issued.refresh.expose(),
        "expires_in": issued.life.as_secs(),
        "hub_id": account::PORTAL_NUMBER,
        "user_id": issued.grant.user,
        "scopes": issued.grant.scopes,
        "token_use": "access_token",
    })
}

// Unverified: HubSpot's page lists the statuses, not the whole body; OAuth's own two fields stand beside them.
fn oauth_error(world: &mut World, status: &str, error: &str, message: &str) -> Reply {
    let body = json!({
        "status": status, "message": message, "error": error, "error_description": message,
        "correlationId": world.uuid(),
    });
    Reply::json(400, body)
}

fn refused(world: &mut World, refusal: GrantRefusal) -> Reply {
    let (status, error) = match refusal {
        GrantRefusal::Client => ("BAD_CLIENT_SECRET", "invalid_client"),
        GrantRefusal::Code => ("BAD_AUTH_CODE", "invalid_grant"),
        GrantRefusal::Redirect => ("BAD_REDIRECT_URI", "invalid_grant"),
        GrantRefusal::Verifier => ("BAD_CODE_VERIFIER", "invalid_grant"),
        GrantRefusal::Refresh => ("BAD_REFRESH_TOKEN", "invalid_grant"),
    };
    oauth_error(world, status, error, &refusal.to_string())
}

pub(super) fn revoke(world: &mut World, call: &Call) -> Reply {
    let field = match form(world, call, ABOUT_A_TOKEN) {
        Ok(field) => field,
        Err(reply) => return reply,
    };
    if let Err(refusal) = world.access.check_app(&field("client_id"), &field("client_secret")) {
        return refused(world, refusal);
    }
    // RFC 7009 §2.2: an unknown token is no error.
    world.access.revoke(&field("token"));
    Reply::empty(200)
}

/// The old way to revoke.
pub(super) fn delete_refresh_token(world: &mut World, token: &str) -> Reply {
    if world.access.revoke(token) { Reply::empty(204) } else { Trouble::no_such_path().into_reply(world) }
}

pub(super) fn introspect(world: &mut World, call: &Call) -> Reply {
    let field = match form(world, call, ABOUT_A_TOKEN) {
        Ok(field) => field,
        Err(reply) => return reply,
    };
    if let Err(refusal) = world.access.check_app(&field("client_id"), &field("client_secret")) {
        return refused(world, refusal);
    }
    let now = world.now;
    let Some((grant, expires_at)) = world.access.grant_of(&field("token")) else {
        return Reply::json(200, json!({"active": false}));
    };
    let life = expires_at.map(|at| at.duration_since(now).as_secs());
    if grant.revoked || life.is_some_and(|life| life <= 0) {
        return Reply::json(200, json!({"active": false}));
    }
    let user = world.access.user(grant.user).map_or("", |user| user.email.as_str());
    Reply::json(
        200,
        json!({
            "active": true, "hub_id": account::PORTAL_NUMBER, "hub_domain": account::NAME, "user_id": grant.user,
            "user": user, "scopes": grant.scopes, "app_id": account::APP_ID, "client_id": grant.client_id,
            "expires_in": life, "is_private_distribution": false,
        }),
    )
}

/// What a pasted private-app token may do.
// Unverified: the answer's shape.
pub(super) fn private_app_info(world: &mut World, call: &Call) -> Reply {
    let body: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    let token = body.get("tokenKey").and_then(Value::as_str).unwrap_or_default();
    match world.access.grant_of(token) {
        Some((grant, _)) if grant.by_hand && !grant.revoked => Reply::json(
            200,
            json!({
                "userId": grant.user, "hubId": account::PORTAL_NUMBER, "appId": account::APP_ID, "scopes": grant.scopes,
            }),
        ),
        _ => Trouble::no_such_path().into_reply(world),
    }
}
