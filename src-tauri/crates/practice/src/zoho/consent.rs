//! The consent page, for a real browser.
//!
//! The answer goes to a loopback address only, with any port, since nothing else can reach a practice CRM. Beside the code
//! it brings `location` and `accounts-server`: where the account lives, which here is this server itself.
//! <https://www.zoho.com/crm/developer/docs/api/v8/multi-dc.html>

use std::fmt::Write;

use jiff::SignedDuration;
use url::Url;

use super::{account, scopes, strict};
use crate::access::{Challenge, ConsentRequest, Method};
use crate::call::{Call, Reply};
use crate::page::{escaped, form_targets, guarded, loopback, page, problem};
use crate::world::World;

const KNOWN: &[&str] = &[
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "access_type",
    "prompt",
    "state",
    "code_challenge",
    "code_challenge_method",
];
/// The data centre this account is said to live in.
pub(super) const LOCATION: &str = "us";

/// <https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html>
const CODES: u32 = 10;
const CODE_WINDOW: SignedDuration = SignedDuration::from_secs(600);

/// The scopes of a list parted by commas, if the account knows them all.
pub(super) fn read_scopes(text: &str) -> Result<Vec<String>, String> {
    let asked: Vec<String> =
        text.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
    match asked.iter().find(|scope| scopes::in_words(scope).is_none()) {
        _ if asked.is_empty() => Err("It asks for nothing.".to_owned()),
        Some(unknown) => Err(format!("Invalid OAuth scope: {unknown} does not exist.")),
        None => Ok(asked),
    }
}

fn read(world: &World, call: &Call) -> Result<(ConsentRequest, Url, bool), String> {
    let needed =
        |name: &str| call.param(name).filter(|text| !text.is_empty()).ok_or(format!("It lacks {name}."));
    let client_id = needed("client_id")?;
    if world.access.app(client_id).is_none() {
        return Err("No app with this client id is registered here.".to_owned());
    }
    if needed("response_type")? != "code" {
        return Err("Its response_type is not code.".to_owned());
    }
    let redirect_uri = needed("redirect_uri")?;
    let target = loopback(redirect_uri)
        .ok_or("The address to return to is not on this computer (http://localhost or http://127.0.0.1).")?;
    let mut scopes = read_scopes(needed("scope")?)?;
    // `plain` is Zoho's default and protects nothing; it is explained here instead of taken.
    let challenge = match (call.param("code_challenge"), call.param("code_challenge_method")) {
        (None, _) => None,
        (Some(text), Some("S256")) => Some(Challenge { method: Method::S256, text: text.to_owned() }),
        (Some(_), _) => return Err("Its code challenge is not of the kind S256.".to_owned()),
    };
    if call.param("access_type") == Some("offline") {
        scopes.push(scopes::OFFLINE.to_owned());
    }
    let request = ConsentRequest {
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: call.param("state").map(str::to_owned),
        scopes,
        challenge,
    };
    Ok((request, target, call.param("prompt") == Some("consent")))
}

pub(super) fn ask(world: &mut World, call: &Call) -> Reply {
    strict::only_params(world, call, KNOWN);
    let (request, target, prompted) = match read(world, call) {
        Ok(read) => read,
        Err(what) => return problem(&what),
    };
    let mut wishes = String::new();
    for scope in request.scopes.iter().filter(|scope| *scope != scopes::OFFLINE) {
        let words = scopes::in_words(scope).unwrap_or_else(|| scope.clone());
        // Writing to a string cannot fail.
        let _done = write!(wishes, "<li>{} <small>({})</small></li>", escaped(&words), escaped(scope));
    }
    let mut people = String::new();
    for (place, user) in world.access.users.iter().enumerate() {
        let (checked, rights) = (
            if place == 0 { " checked" } else { "" },
            if user.may_write { "administrator" } else { "may only read" },
        );
        let _done = write!(
            people,
            "<label><input type=\"radio\" name=\"user\" value=\"{}\"{checked}> {} ({}, {rights})</label>",
            user.id,
            escaped(&user.name),
            escaped(&user.email),
        );
    }
    let account = account::NAME;
    let name = world.access.ask(request, &mut world.random);
    let prompted = if prompted { "yes" } else { "no" };
    let inside = format!(
        "<p class=\"note\">This is a practice account on this computer. Nothing here reaches the real Zoho.</p>\
         <p>An app asks for access to <strong>{account}</strong> (organisation {org}). It wants to:</p><ul>{wishes}</ul>\
         <form method=\"post\" action=\"/oauth/v2/auth/answer\"><input type=\"hidden\" name=\"request\" value=\"{name}\">\
         <input type=\"hidden\" name=\"prompted\" value=\"{prompted}\">\
         <fieldset><legend>Sign in as</legend>{people}</fieldset>\
         <div class=\"actions\"><button class=\"main\" type=\"submit\" name=\"decision\" value=\"accept\">Accept</button>\
         <button type=\"submit\" name=\"decision\" value=\"reject\">Reject</button></div></form>",
        org = account::ORG,
    );
    guarded(Reply::page(200, page(&format!("Connect to {account}"), &inside)), &form_targets(&target))
}

pub(super) fn answer(world: &mut World, call: &Call) -> Reply {
    let form = call.form();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let Some(mut request) = world.access.answered(field("request")) else {
        return problem("This page was answered already, or is too old.");
    };
    let Some(mut target) = loopback(&request.redirect_uri) else {
        return problem("The address to return to is not on this computer.");
    };
    let state = request.state.clone();
    let user = field("user").parse().ok().and_then(|id| world.access.user(id)).cloned();
    if field("decision") == "accept" {
        let Some(user) = user else { return problem("Nobody was chosen to sign in as.") };
        let now = world.now;
        let name = format!("codes of {}", request.client_id);
        if world.limits.count_rolling(&name, CODES, CODE_WINDOW, now).remaining.is_none() {
            // Unverified: how the eleventh code in ten minutes is refused.
            return problem("access_denied: too many codes were made for this app. Wait ten minutes.");
        }
        // A second consent brings no refresh token, unless the app asks to be asked about.
        if field("prompted") != "yes" && world.access.has_grant(&request.client_id, user.id) {
            request.scopes.retain(|scope| scope != scopes::OFFLINE);
        }
        let code = world.access.allow(request, user.id, now, &mut world.random);
        target
            .query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("location", LOCATION)
            .append_pair("accounts-server", &world.base);
    } else {
        target.query_pairs_mut().append_pair("error", "access_denied");
    }
    if let Some(state) = state {
        target.query_pairs_mut().append_pair("state", &state);
    }
    guarded(Reply::redirect(target.into()), "'self'")
}
