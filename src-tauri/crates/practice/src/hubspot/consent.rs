//! The consent page, for a real browser.
//!
//! HubSpot asks for https but for `localhost`; this page allows every loopback host, with any port, since nothing else
//! can reach a practice CRM. An answer that cannot be sent to such an address is shown as a page instead: an error is
//! never redirected to an address that was not checked.
//! <https://developers.hubspot.com/changelog/2018-03-05-oauth2-redirect-uri-served-over-http-localhost>

use std::fmt::Write;

use url::Url;

use super::{account, scopes};
use crate::access::{Challenge, ConsentRequest, Method};
use crate::call::{Call, Reply};
use crate::page::{self, escaped, guarded, loopback, problem};
use crate::world::World;

const KNOWN: &[&str] = &[
    "client_id",
    "redirect_uri",
    "scope",
    "optional_scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "response_type",
];

fn read(world: &World, call: &Call) -> Result<(ConsentRequest, Url), String> {
    let needed =
        |name: &str| call.param(name).filter(|text| !text.is_empty()).ok_or(format!("It lacks {name}."));
    let client_id = needed("client_id")?;
    if world.access.app(client_id).is_none() {
        return Err("No app with this client id is registered here.".to_owned());
    }
    let redirect_uri = needed("redirect_uri")?;
    let target = loopback(redirect_uri)
        .ok_or("The address to return to is not on this computer (http://localhost or http://127.0.0.1).")?;
    let required: Vec<&str> = needed("scope")?.split_whitespace().collect();
    if let Some(unknown) = required.iter().find(|scope| scopes::in_words(scope).is_none()) {
        return Err(format!("This account cannot grant {unknown}."));
    }
    // Optional scopes the account does not have are left out silently; that is what they are for.
    let optional = call.param("optional_scope").unwrap_or_default().split_whitespace();
    let optional = optional.filter(|scope| scopes::in_words(scope).is_some() && !required.contains(scope));
    let scopes = required.iter().copied().chain(optional).map(str::to_owned).collect();
    let challenge = match (call.param("code_challenge"), call.param("code_challenge_method")) {
        (None, _) => None,
        (Some(text), Some("S256")) => Some(Challenge { method: Method::S256, text: text.to_owned() }),
        (Some(_), _) => return Err("Its code challenge is not of the kind S256.".to_owned()),
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

pub(super) fn ask(world: &mut World, call: &Call) -> Reply {
    super::strict::only_params(world, call, KNOWN);
    let (request, target) = match read(world, call) {
        Ok(read) => read,
        Err(what) => return problem(&what),
    };
    let mut wishes = String::new();
    for scope in &request.scopes {
        let words = scopes::in_words(scope).unwrap_or(scope);
        // Writing to a string cannot fail.
        let _done = write!(wishes, "<li>{} <small>({})</small></li>", escaped(words), escaped(scope));
    }
    let people = page::people(&world.access.users);
    let account = account::NAME;
    let name = world.access.ask(request, &mut world.random);
    let inside = format!(
        "<p class=\"note\">This is a practice account on this computer. Nothing here reaches the real HubSpot.</p>\
         <p>An app asks for access to <strong>{account}</strong> (account {portal}). It wants to:</p><ul>{wishes}</ul>\
         <form method=\"post\" action=\"/oauth/authorize/answer\"><input type=\"hidden\" name=\"request\" value=\"{name}\">\
         <fieldset><legend>Sign in as</legend>{people}</fieldset>\
         <div class=\"actions\"><button class=\"main\" type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>\
         <button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button></div></form>",
        portal = account::PORTAL,
    );
    guarded(
        Reply::page(200, page::page(&format!("Connect to {account}"), &inside)),
        &page::form_targets(&target),
    )
}

pub(super) fn answer(world: &mut World, call: &Call) -> Reply {
    let form = call.form();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let Some(request) = world.access.answered(field("request")) else {
        return problem("This page was answered already, or is too old.");
    };
    let Some(mut target) = loopback(&request.redirect_uri) else {
        return problem("The address to return to is not on this computer.");
    };
    let state = request.state.clone();
    let user = field("user").parse().ok().and_then(|id| world.access.user(id)).cloned();
    if field("decision") == "allow" {
        let Some(user) = user else { return problem("Nobody was chosen to sign in as.") };
        let scopes =
            request.scopes.iter().filter(|scope| user.may_write || scopes::is_reading(scope)).cloned();
        let granted = ConsentRequest { scopes: scopes.collect(), ..request };
        let now = world.now;
        let code = world.access.allow(granted, user.id, now, &mut world.random);
        target.query_pairs_mut().append_pair("code", &code);
    } else {
        target
            .query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("error_description", "The user denied access");
    }
    if let Some(state) = state {
        target.query_pairs_mut().append_pair("state", &state);
    }
    guarded(Reply::redirect(target.into()), "'self'")
}
