//! The accounts server's token endpoints. <https://www.zoho.com/accounts/protocol/oauth-setup.html>
//!
//! A refusal is mostly `{"error": …}` with the status 200: whoever looks at the status alone takes it for a success.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::scopes;
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
    "access_type",
];
const ABOUT_A_TOKEN: &[&str] = &["client_id", "client_secret", "token", "token_type_hint"];

/// <https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html>
const REFRESHES: u32 = 10;
const REFRESH_WINDOW: SignedDuration = SignedDuration::from_secs(600);
const MOST_REFRESH_TOKENS: usize = 20;
const MOST_ACCESS_TOKENS: usize = 15;

/// A form field, from the body or, with an objection, from the query, where secrets end up in logs.
fn form(world: &mut World, call: &Call, known: &[&str]) -> impl Fn(&str) -> String + use<> {
    let mut form = call.form();
    for name in form.keys().filter(|name| !known.contains(&name.as_str())) {
        world.object_to(format!("unknown form field: {name}"));
    }
    if !call.query.is_empty() {
        world.object_to("query parameters at the token endpoint");
        for (name, value) in &call.query {
            form.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    move |name: &str| form.get(name).cloned().unwrap_or_default()
}

fn error(name: &str) -> Reply {
    Reply::json(200, json!({"error": name}))
}

// Recorded by several integrators with this status, unlike the other refusals.
pub(super) fn throttled() -> Reply {
    Reply::json(
        400,
        json!({
            "error": "Access Denied", "status": "failure",
            "error_description": "You have made too many requests continuously. Please try again after some time.",
        }),
    )
}

/// The client's id, if the form or the header says its secret, too.
fn client(world: &World, call: &Call, field: &impl Fn(&str) -> String) -> Result<String, Reply> {
    let basic = call.authorized_by("basic").and_then(|text| STANDARD.decode(text).ok());
    let basic = basic.and_then(|bytes| String::from_utf8(bytes).ok());
    let from_header = basic.as_deref().and_then(|text| text.split_once(':'));
    let (id, secret) = match from_header {
        Some((id, secret)) => (id.to_owned(), secret.to_owned()),
        None => (field("client_id"), field("client_secret")),
    };
    match world.access.app(&id) {
        None => Err(error("invalid_client")),
        // Unverified: whether a desktop client may leave its secret out. Here none may.
        Some(app) if app.client_secret.expose() != secret => Err(error("invalid_client_secret")),
        Some(_) => Ok(id),
    }
}

pub(super) fn token(world: &mut World, call: &Call) -> Reply {
    let field = form(world, call, FIELDS);
    let client_id = match client(world, call, &field) {
        Ok(client_id) => client_id,
        Err(refused) => return refused,
    };
    match field("grant_type").as_str() {
        "authorization_code" => exchange(world, &client_id, &field),
        "refresh_token" => refresh(world, &client_id, &field("refresh_token")),
        _ => error("unsupported_grant_type"),
    }
}

fn exchange(world: &mut World, client_id: &str, field: &impl Fn(&str) -> String) -> Reply {
    let verifier = Some(field("code_verifier")).filter(|text| !text.is_empty());
    let (code, redirect, now) = (field("code"), field("redirect_uri"), world.now);
    let issued = world.access.exchange(&code, &redirect, verifier.as_deref(), now, &mut world.random);
    match issued {
        Ok(issued) if issued.grant.client_id != client_id => {
            world.access.revoke(issued.refresh.expose());
            error("invalid_code")
        }
        Ok(issued) => {
            world.access.keep_newest_grants(client_id, issued.grant.user, MOST_REFRESH_TOKENS);
            let offline = issued.grant.scopes.iter().any(|scope| scope == scopes::OFFLINE);
            Reply::json(200, shown(world, &issued, offline))
        }
        Err(GrantRefusal::Redirect) => error("invalid_redirect_uri"),
        // Unverified: that a wrong verifier is told like a wrong code.
        Err(_) => error("invalid_code"),
    }
}

fn refresh(world: &mut World, client_id: &str, refresh_token: &str) -> Reply {
    let now = world.now;
    if world.access.grant_of(refresh_token).is_some() {
        let name = format!("refreshes of {refresh_token}");
        let left = world.limits.count_rolling(&name, REFRESHES, REFRESH_WINDOW, now);
        if left.remaining.is_none() {
            return throttled();
        }
    }
    match world.access.refresh(refresh_token, client_id, now, &mut world.random) {
        Ok(issued) => {
            world.access.keep_newest_access(issued.refresh.expose(), MOST_ACCESS_TOKENS, now);
            // The first refresh token stays the only one and is not told again, unless the weather changes it.
            let changed = issued.refresh.expose() != refresh_token;
            Reply::json(200, shown(world, &issued, changed))
        }
        Err(_) => error("invalid_code"),
    }
}

fn shown(world: &World, issued: &Issued, with_refresh: bool) -> Value {
    let scopes: Vec<&str> =
        issued.grant.scopes.iter().map(String::as_str).filter(|scope| *scope != scopes::OFFLINE).collect();
    let mut shown = json!({
        "access_token": issued.access.expose(), "scope": scopes.join(" "), "api_domain": world.base,
        "token_type": "Bearer", "expires_in": issued.life.as_secs(),
    });
    if with_refresh {
        shown["refresh_token"] = json!(issued.refresh.expose());
    }
    shown
}

// Unverified: the answers' words.
pub(super) fn revoke(world: &mut World, call: &Call) -> Reply {
    // Here Zoho's own samples carry the token in the query.
    let form = call.form();
    let token = form.get("token").map(String::as_str).or(call.param("token")).unwrap_or_default();
    if world.access.revoke(token) {
        Reply::json(200, json!({"status": "success"}))
    } else {
        Reply::json(400, json!({"error": "invalid_code", "status": "failure"}))
    }
}

// Unverified: the answer's shape; the discovery document only names the endpoint. This is RFC 7662's.
pub(super) fn introspect(world: &mut World, call: &Call) -> Reply {
    let field = form(world, call, ABOUT_A_TOKEN);
    if let Err(refused) = client(world, call, &field) {
        return refused;
    }
    let now = world.now;
    let Some((grant, expires_at)) = world.access.grant_of(&field("token")) else {
        return Reply::json(200, json!({"active": false}));
    };
    let life = expires_at.map(|at| at.duration_since(now).as_secs());
    if grant.revoked || life.is_some_and(|life| life <= 0) {
        return Reply::json(200, json!({"active": false}));
    }
    let scopes: Vec<&str> =
        grant.scopes.iter().map(String::as_str).filter(|scope| *scope != scopes::OFFLINE).collect();
    let user = world.access.user(grant.user).map(|user| user.email.as_str());
    Reply::json(
        200,
        json!({
            "active": true, "client_id": grant.client_id, "scope": scopes.join(" "), "username": user,
            "sub": grant.user.to_string(), "token_type": "Bearer",
            "exp": expires_at.map(jiff::Timestamp::as_second),
        }),
    )
}

/// The data centres this account's server knows: itself.
pub(super) fn server_info(world: &World) -> Reply {
    Reply::json(200, json!({"result": "success", "locations": {(super::consent::LOCATION): world.base}}))
}

pub(super) fn discovery(world: &World) -> Reply {
    let base = &world.base;
    Reply::json(
        200,
        json!({
            "issuer": base, "authorization_endpoint": format!("{base}/oauth/v2/auth"),
            "token_endpoint": format!("{base}/oauth/v2/token"),
            "revocation_endpoint": format!("{base}/oauth/v2/token/revoke"),
            "introspection_endpoint": format!("{base}/oauth/v2/introspect"),
            "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256", "plain"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }),
    )
}
