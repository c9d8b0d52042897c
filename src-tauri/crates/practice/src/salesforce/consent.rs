//! The consent page, for a real browser.
//!
//! An app returns to the addresses its admin has listed (lever `app`), port included; an app without a list to any address
//! on this computer, since nothing else can reach a practice CRM. An error is never redirected to an address that was not
//! checked.
//! <https://help.salesforce.com/s/articleView?id=xcloud.configure_external_client_app_oauth_settings.htm>

use std::fmt::Write;

use url::Url;

use super::state::state;
use super::{account, scopes};
use crate::access::{Challenge, ConsentRequest, Method};
use crate::call::{Call, Reply};
use crate::page::{escaped, page};
use crate::world::World;

const KNOWN: &[&str] = &[
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "login_hint",
    "display",
    "immediate",
    "nonce",
];

/// Why there is no question to ask.
enum Bad {
    /// Said to the person, since the address to return to is not to be trusted.
    Here(&'static str, &'static str),
    /// Said to the app, at its address.
    There(Box<Url>, Option<String>, &'static str, &'static str),
}

fn problem(error: &str, what: &str) -> Reply {
    let inside = format!(
        "<p>{}</p><p>error={}</p><p>Close this page and start again from the app.</p>",
        escaped(what),
        escaped(error)
    );
    guarded(Reply::page(400, page("This link does not work", &inside)), "'self'")
}

/// Headers that keep the page to itself. `targets` may receive the form: browsers hold redirects to it too.
fn guarded(reply: Reply, targets: &str) -> Reply {
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; form-action {targets}; frame-ancestors 'none'"
    );
    reply
        .with_header("content-security-policy", policy)
        .with_header("cache-control", "no-store")
        .with_header("referrer-policy", "no-referrer")
        .with_header("x-content-type-options", "nosniff")
}

fn loopback(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let ours = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    (ours && url.scheme() == "http" && url.fragment().is_none()).then_some(url)
}

fn target(world: &World, client_id: &str, redirect_uri: &str) -> Option<Url> {
    let listed = state(world).apps.get(client_id).map_or(&[][..], |settings| settings.callbacks.as_slice());
    let allowed = listed.is_empty() || listed.iter().any(|one| one == redirect_uri);
    loopback(redirect_uri).filter(|_| allowed)
}

fn read(world: &World, call: &Call) -> Result<(ConsentRequest, Url), Bad> {
    let client_id = call.param("client_id").unwrap_or_default();
    let Some(app) = world.access.app(client_id) else {
        return Err(Bad::Here("invalid_client_id", "client identifier invalid"));
    };
    let redirect_uri = call.param("redirect_uri").unwrap_or_default();
    let Some(target) = target(world, client_id, redirect_uri) else {
        return Err(Bad::Here("redirect_uri_mismatch", "redirect_uri must match configuration"));
    };
    let state = call.param("state").map(str::to_owned);
    let there = |error: &'static str, what: &'static str| {
        Err(Bad::There(Box::new(target.clone()), state.clone(), error, what))
    };
    if call.param("response_type") != Some("code") {
        return there("unsupported_response_type", "response type not supported");
    }
    let scopes: Vec<String> = match call.param("scope").map(str::trim) {
        None | Some("") => scopes::usual(),
        Some(asked) => asked.split_whitespace().map(str::to_owned).collect(),
    };
    if scopes.iter().any(|scope| scopes::in_words(scope).is_none()) {
        return there("invalid_scope", "the requested scope is not allowed");
    }
    let challenge = match (call.param("code_challenge"), call.param("code_challenge_method")) {
        // A public app has no other proof of itself.
        (None, _) if app.client_secret.expose().is_empty() => {
            return there("invalid_request", "missing required code challenge");
        }
        (None, _) => None,
        (Some(text), Some("S256")) => Some(Challenge { method: Method::S256, text: text.to_owned() }),
        (Some(_), _) => return there("invalid_request", "code challenge method is not supported"),
    };
    let request = ConsentRequest {
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: call.param("state").map(str::to_owned),
        scopes,
        challenge,
    };
    Ok((request, target))
}

fn send_back(mut target: Url, state: Option<String>, pairs: &[(&str, &str)]) -> Reply {
    target.query_pairs_mut().extend_pairs(pairs);
    if let Some(state) = state {
        target.query_pairs_mut().append_pair("state", &state);
    }
    guarded(Reply::redirect(target.into()), "'self'")
}

pub(super) fn ask(world: &mut World, call: &Call) -> Reply {
    super::strict::only_params(world, call, KNOWN);
    let (request, target) = match read(world, call) {
        Ok(read) => read,
        Err(Bad::Here(error, what)) => return problem(error, what),
        Err(Bad::There(target, state, error, what)) => {
            return send_back(*target, state, &[("error", error), ("error_description", what)]);
        }
    };
    let mut wishes = String::new();
    for scope in &request.scopes {
        let words = scopes::in_words(scope).unwrap_or(scope);
        // Writing to a string cannot fail.
        let _done = write!(wishes, "<li>{} <small>({})</small></li>", escaped(words), escaped(scope));
    }
    let hint = call.param("login_hint").unwrap_or_default();
    let hinted = world.access.users.iter().position(|user| user.email == hint).unwrap_or_default();
    let mut people = String::new();
    for (place, user) in world.access.users.iter().enumerate() {
        let rights = account::rights(user.id);
        let said = match (rights.customize, rights.write) {
            (true, _) => "admin",
            (false, true) => "contacts only",
            (false, false) => "may only read",
        };
        let checked = if place == hinted { " checked" } else { "" };
        let _done = write!(
            people,
            "<label><input type=\"radio\" name=\"user\" value=\"{}\"{checked}> {} ({}, {said})</label>",
            user.id,
            escaped(&user.name),
            escaped(&user.email),
        );
    }
    let account = account::NAME;
    let name = world.access.ask(request, &mut world.random);
    let inside = format!(
        "<p class=\"note\">This is a practice account on this computer. Nothing here reaches the real Salesforce.</p>\
         <p>An app asks for access to <strong>{account}</strong> (org {org}). It wants to:</p><ul>{wishes}</ul>\
         <form method=\"post\" action=\"/services/oauth2/authorize/answer\">\
         <input type=\"hidden\" name=\"request\" value=\"{name}\">\
         <fieldset><legend>Sign in as</legend>{people}</fieldset>\
         <div class=\"actions\"><button class=\"main\" type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>\
         <button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button></div></form>",
        org = account::org_id(),
    );
    // Browsers read no IPv6 address in a policy; the scheme alone is as far as one can say it.
    let origin = target.origin().ascii_serialization();
    let origin = if origin.contains('[') { "http:".to_owned() } else { origin };
    guarded(Reply::page(200, page(&format!("Connect to {account}"), &inside)), &format!("'self' {origin}"))
}

pub(super) fn answer(world: &mut World, call: &Call) -> Reply {
    let form = call.form();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let Some(request) = world.access.answered(field("request")) else {
        return problem("invalid_request", "This page was answered already, or is too old.");
    };
    let Some(target) = loopback(&request.redirect_uri) else {
        return problem("redirect_uri_mismatch", "The address to return to is not on this computer.");
    };
    let state = request.state.clone();
    if field("decision") != "allow" {
        let denied = [("error", "access_denied"), ("error_description", "end-user denied authorization")];
        return send_back(target, state, &denied);
    }
    let user = field("user").parse().ok().and_then(|id| world.access.user(id)).map(|user| user.id);
    let Some(user) = user else { return problem("invalid_request", "Nobody was chosen to sign in as.") };
    let now = world.now;
    let code = world.access.allow(request, user, now, &mut world.random);
    send_back(target, state, &[("code", &code)])
}
