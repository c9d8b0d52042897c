//! The token endpoint. <https://pipedrive.readme.io/docs/marketplace-oauth-authorization>
//!
//! The app shows itself by HTTP Basic; there is no PKCE. A refresh answers with the same refresh token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::errors::Trouble;
use crate::access::{GrantRefusal, Issued};
use crate::call::{Call, Reply};
use crate::world::World;

const FIELDS: &[&str] = &["grant_type", "code", "redirect_uri", "refresh_token"];
const ABOUT_A_TOKEN: &[&str] = &["token", "token_type_hint"];

// Unverified: the body's shape; error and message are both there to be read.
fn refused(status: u16, error: &str, message: &str) -> Reply {
    Reply::json(status, json!({"success": false, "message": message, "error": error}))
}

/// Id and secret of an `Authorization: Basic` header.
fn credentials(call: &Call) -> Option<(String, String)> {
    let (scheme, text) = call.header("authorization")?.split_once(' ')?;
    let bytes = STANDARD.decode(text.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| (id.to_owned(), secret.to_owned()))
}

/// Reads the form and checks the app, noting unknown fields.
fn form(
    world: &mut World,
    call: &Call,
    known: &[&str],
) -> Result<(String, impl Fn(&str) -> String + use<>), Reply> {
    if !call.is_of_type("application/x-www-form-urlencoded") {
        return Err(Trouble::wrong_media_type().into_reply());
    }
    let form = call.form();
    for name in form.keys().filter(|name| !known.contains(&name.as_str())) {
        world.object_to(format!("unknown form field: {name}"));
    }
    if !call.query.is_empty() {
        world.object_to("query parameters at the token endpoint");
    }
    let (id, secret) = credentials(call).unwrap_or_default();
    if world.access.check_app(&id, &secret).is_err() {
        return Err(refused(401, "invalid_client", "Invalid client: client is invalid"));
    }
    Ok((id, move |name: &str| form.get(name).cloned().unwrap_or_default()))
}

pub(super) fn token(world: &mut World, call: &Call) -> Reply {
    let (client_id, field) = match form(world, call, FIELDS) {
        Ok(read) => read,
        Err(reply) => return reply,
    };
    let now = world.now;
    let issued = match field("grant_type").as_str() {
        "authorization_code" => {
            let (code, redirect) = (field("code"), field("redirect_uri"));
            world.access.exchange(&code, &redirect, None, now, &mut world.random)
        }
        "refresh_token" => world.access.refresh(&field("refresh_token"), &client_id, now, &mut world.random),
        _ => {
            let message = "Unsupported grant type: `grant_type` is invalid";
            return refused(400, "unsupported_grant_type", message);
        }
    };
    match issued {
        Ok(issued) => Reply::json(200, shown(world, &issued)),
        Err(GrantRefusal::Client) => refused(401, "invalid_client", "Invalid client: client is invalid"),
        Err(refusal) => refused(400, "invalid_grant", &format!("Invalid grant: {refusal}")),
    }
}

fn shown(world: &World, issued: &Issued) -> Value {
    json!({
        "access_token": issued.access.expose(),
        "token_type": "Bearer",
        "refresh_token": issued.refresh.expose(),
        "scope": issued.grant.scopes.join(" "),
        "expires_in": issued.life.as_secs(),
        "api_domain": world.base,
    })
}

pub(super) fn revoke(world: &mut World, call: &Call) -> Reply {
    let (client_id, field) = match form(world, call, ABOUT_A_TOKEN) {
        Ok(read) => read,
        Err(reply) => return reply,
    };
    let token = field("token");
    let now = world.now;
    let found = world.access.grant_of(&token).map(|(grant, ends)| (grant.client_id.clone(), ends.is_some()));
    match found {
        Some((owner, _)) if owner != client_id => {}
        // An access token ends by itself; a refresh token takes the app with it.
        Some((_, true)) => world.access.expire(&token, now),
        Some((_, false)) => {
            world.access.revoke(&token);
        }
        // RFC 7009 §2.2: an unknown token is no error.
        None => {}
    }
    Reply::empty(200)
}
