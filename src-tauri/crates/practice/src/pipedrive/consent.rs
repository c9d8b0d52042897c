//! The consent page, for a real browser.
//!
//! Pipedrive takes one registered address; this page takes every loopback address, since nothing else can reach a practice CRM.
//! What the app may do is fixed in its settings, so the link names no scopes.
//! <https://pipedrive.readme.io/docs/marketplace-oauth-authorization>

use std::fmt::Write;

use url::Url;

use super::{account, scopes};
use crate::access::ConsentRequest;
use crate::call::{Call, Reply};
use crate::page::{self, escaped, guarded, loopback, problem};
use crate::world::World;

const KNOWN: &[&str] = &["client_id", "redirect_uri", "state", "response_type"];

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
    let request = ConsentRequest {
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: call.param("state").map(str::to_owned),
        scopes: scopes::all(),
        challenge: None,
    };
    Ok((request, target))
}

pub(super) fn ask(world: &mut World, call: &Call) -> Reply {
    for (name, _) in call.query.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())) {
        world.object_to(format!("unknown query parameter: {name}"));
    }
    let (request, target) = match read(world, call) {
        Ok(read) => read,
        Err(what) => return problem(&what),
    };
    let mut wishes = String::new();
    for (scope, words) in scopes::in_words() {
        // Writing to a string cannot fail.
        let _done = write!(wishes, "<li>{} <small>({})</small></li>", escaped(words), escaped(scope));
    }
    let people = page::people(&world.access.users);
    let account = account::NAME;
    let name = world.access.ask(request, &mut world.random);
    let inside = format!(
        "<p class=\"note\">This is a practice account on this computer. Nothing here reaches the real Pipedrive.</p>\
         <p>An app asks for access to <strong>{account}</strong> ({domain}). It wants to:</p><ul>{wishes}</ul>\
         <form method=\"post\" action=\"/oauth/authorize/answer\"><input type=\"hidden\" name=\"request\" value=\"{name}\">\
         <fieldset><legend>Sign in as</legend>{people}</fieldset>\
         <div class=\"actions\"><button class=\"main\" type=\"submit\" name=\"decision\" value=\"allow\">Allow and install</button>\
         <button type=\"submit\" name=\"decision\" value=\"deny\">Cancel</button></div></form>",
        domain = account::DOMAIN,
    );
    guarded(
        Reply::page(200, page::page(&format!("Connect to {account}"), &inside)),
        &page::form_targets(&target),
    )
}

/// What a user may not do stays refused call by call; scopes are the app's.
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
    let user = field("user").parse().ok().and_then(|id| world.access.user(id)).map(|user| user.id);
    if field("decision") == "allow" {
        let Some(user) = user else { return problem("Nobody was chosen to sign in as.") };
        let now = world.now;
        let code = world.access.allow(request, user, now, &mut world.random);
        target.query_pairs_mut().append_pair("code", &code);
    } else {
        target.query_pairs_mut().append_pair("error", "user_denied");
    }
    if let Some(state) = state {
        target.query_pairs_mut().append_pair("state", &state);
    }
    guarded(Reply::redirect(target.into()), "'self'")
}
