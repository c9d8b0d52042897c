//! The token endpoints. Errors are OAuth's two fields.
//! <https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm>

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::account::{PRACTICE_APP, RUN_AS, user_id};
use super::{account, identity, jwt, scopes};
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
    "format",
    "assertion",
];

/// A refusal in OAuth's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused(pub(super) &'static str, pub(super) &'static str);

impl Refused {
    fn into_reply(self) -> Reply {
        Reply::json(400, json!({"error": self.0, "error_description": self.1}))
    }
}

const BAD_CLIENT: Refused = Refused("invalid_client", "invalid client credentials");

/// Unverified: the code; the limits of the API are told otherwise, and do not count sign-ins.
pub(super) fn too_many_sign_ins() -> Reply {
    Refused("rate_limit_exceeded", "login rate exceeded").into_reply()
}

type Form = BTreeMap<String, String>;

fn form(world: &mut World, call: &Call, known: &[&str]) -> Form {
    let form = call.form();
    for name in form.keys().filter(|name| !known.contains(&name.as_str())) {
        world.object_to(format!("unknown form field: {name}"));
    }
    form
}

fn field<'a>(form: &'a Form, name: &str) -> &'a str {
    form.get(name).map(String::as_str).unwrap_or_default()
}

/// Whether the app is who it says: a public app must not send a secret, another must, and the practice app may.
fn check_app(world: &World, form: &Form) -> Result<String, Refused> {
    let client_id = field(form, "client_id");
    let app = world.access.app(client_id).ok_or(Refused("invalid_client_id", "client identifier invalid"))?;
    let (given, real) = (field(form, "client_secret"), app.client_secret.expose());
    let fits = match given {
        "" => real.is_empty() || client_id == PRACTICE_APP,
        given => !real.is_empty() && given == real,
    };
    if fits { Ok(client_id.to_owned()) } else { Err(BAD_CLIENT) }
}

/// `POST /services/oauth2/token`.
pub(super) fn token(world: &mut World, call: &Call) -> Reply {
    let form = form(world, call, FIELDS);
    if !call.query.is_empty() {
        world.object_to("query parameters at the token endpoint");
    }
    answer(world, &form).unwrap_or_else(Refused::into_reply)
}

fn answer(world: &mut World, form: &Form) -> Result<Reply, Refused> {
    let now = world.now;
    match field(form, "grant_type") {
        "authorization_code" => {
            let client_id = check_app(world, form)?;
            let code = field(form, "code");
            if !world.access.code_is_for(code, &client_id) {
                return Err(refusal(GrantRefusal::Code));
            }
            let verifier = Some(field(form, "code_verifier")).filter(|text| !text.is_empty());
            let redirect = field(form, "redirect_uri");
            let issued = world.access.exchange(code, redirect, verifier, now, &mut world.random);
            Ok(shown(world, &issued.map_err(refusal)?, Refresh::Granted))
        }
        "refresh_token" => {
            let client_id = check_app(world, form)?;
            let before = field(form, "refresh_token");
            let issued = world.access.refresh(before, &client_id, now, &mut world.random).map_err(refusal)?;
            // An unrotated refresh token is not repeated.
            let rotated = issued.refresh.expose() != before;
            Ok(shown(world, &issued, if rotated { Refresh::Granted } else { Refresh::None }))
        }
        "client_credentials" => {
            let client_id = check_app(world, form)?;
            if field(form, "client_secret").is_empty() {
                return Err(BAD_CLIENT);
            }
            let scopes = vec!["api".to_owned()];
            let issued = world.access.issue_to(&client_id, RUN_AS, scopes, now, &mut world.random);
            Ok(shown(world, &issued, Refresh::None))
        }
        jwt::GRANT_TYPE => {
            let (client_id, user) = jwt::check(world, field(form, "assertion"))?;
            let scopes = vec!["api".to_owned()];
            let issued = world.access.issue_to(&client_id, user, scopes, now, &mut world.random);
            Ok(shown(world, &issued, Refresh::None))
        }
        _ => Err(Refused("unsupported_grant_type", "grant type not supported")),
    }
}

/// Whether the answer carries a refresh token, if the scopes have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refresh {
    Granted,
    None,
}

fn refusal(refusal: GrantRefusal) -> Refused {
    match refusal {
        GrantRefusal::Client => BAD_CLIENT,
        GrantRefusal::Code => Refused("invalid_grant", "expired authorization code"),
        GrantRefusal::Redirect => Refused("redirect_uri_mismatch", "redirect_uri must match configuration"),
        GrantRefusal::Verifier => Refused("invalid_grant", "invalid code verifier"),
        GrantRefusal::Refresh => Refused("invalid_grant", "expired access/refresh token"),
    }
}

/// There is no `expires_in`: a session lives as long as it is used.
fn shown(world: &World, issued: &Issued, refresh: Refresh) -> Reply {
    let id = identity::url(world, issued.grant.user);
    let at = world.now.as_millisecond().to_string();
    let secret = world.access.app(&issued.grant.client_id).map_or("", |app| app.client_secret.expose());
    let signature = STANDARD.encode(Sha256::digest(format!("{secret}{id}{at}").as_bytes()));
    let mut body = json!({
        "access_token": issued.access.expose(), "signature": signature, "scope": issued.grant.scopes.join(" "),
        "instance_url": world.base, "id": id, "token_type": "Bearer", "issued_at": at,
    });
    if refresh == Refresh::Granted && scopes::allow_refresh(&issued.grant.scopes) {
        body["refresh_token"] = Value::from(issued.refresh.expose());
    }
    Reply::json(200, body)
}

/// `POST /services/oauth2/revoke`; the token may be either kind.
pub(super) fn revoke(world: &mut World, call: &Call) -> Reply {
    let form = form(world, call, &["token", "callback"]);
    let given = if form.is_empty() { call.param("token").unwrap_or_default() } else { field(&form, "token") };
    if world.access.revoke(given) {
        Reply::empty(200)
    } else {
        Refused("unsupported_token_type", "this token type is not supported").into_reply()
    }
}

/// `POST /services/oauth2/introspect`, for the app the token was issued to.
pub(super) fn introspect(world: &mut World, call: &Call) -> Reply {
    let form = form(world, call, &["token", "token_type_hint", "client_id", "client_secret"]);
    let client_id = match check_app(world, &form) {
        Ok(client_id) => client_id,
        Err(refused) => return refused.into_reply(),
    };
    let now = world.now;
    let known = world.access.grant_of(field(&form, "token"));
    let known = known.filter(|(grant, ends)| {
        !grant.revoked && grant.client_id == client_id && ends.is_none_or(|ends| ends > now)
    });
    let Some((grant, ends)) = known else { return Reply::json(200, json!({"active": false})) };
    let user =
        world.access.user(grant.user).map_or_else(String::new, |user| format!("{}.practice", user.email));
    let mut body = json!({
        "active": true, "scope": grant.scopes.join(" "), "client_id": grant.client_id, "username": user,
        "sub": identity::url(world, grant.user), "token_type": if ends.is_some() { "access_token" } else { "refresh_token" },
        "iat": now.as_second(), "nbf": now.as_second(), "user_id": user_id(grant.user), "org_id": account::org_id(),
    });
    if let Some(ends) = ends {
        body["exp"] = json!(ends.as_second());
    }
    Reply::json(200, body)
}
