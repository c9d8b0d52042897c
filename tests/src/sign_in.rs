//! Signs in to a practice CRM as a person does: consent page, code, tokens in the vault. Addresses, scopes and the way the app shows
//! itself are those of the connector's spec.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use leadferry_auth::oauth::{Client, Place, Provider, redirect_urls};
use leadferry_auth::tokens::{OAuthAccess, TokenEndpoint, TokenSet};
use leadferry_auth::vault::Vault;
use leadferry_connector::{Access, ClientAuth, Transport};
use leadferry_model::{Clock, Secret};
use leadferry_practice::Practice;
use serde_json::Value;
use url::{Position, Url, form_urlencoded};

use crate::connect::connector;
use crate::furniture::destination;

/// Where the practice CRM is in the world: nowhere, since only paths are looked at.
const BASE: &str = "http://127.0.0.1:9";
/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Access by OAuth with tokens in `vault`, renewed through `transport`.
pub fn access(
    base: &Url,
    vault: Vault,
    practice: &Practice,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
) -> Arc<dyn Access> {
    let tokens = practice.tokens();
    let client = Client { id: tokens.client_id, secret: Some(tokens.client_secret) };
    let provider = provider(practice, base);
    let endpoint = TokenEndpoint::new(&provider.addresses, client, transport, Arc::clone(&clock));
    Arc::new(OAuthAccess::new(destination(), vault, endpoint, clock))
}

/// Presses *Allow* and keeps the tokens.
pub async fn sign_in(practice: &Practice, vault: &Vault, clock: &dyn Clock) {
    let provider = provider(practice, &BASE.parse().expect("BUG: a constant"));
    let redirect = redirect(&provider);
    let code = consent(practice, &provider, &redirect).await;
    let answer = exchange(practice, &provider, &code, &redirect).await;
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let now = clock.now();
    // A vendor that does not say how long a token lives is asked for another when it refuses this one.
    let expires_at = answer["expires_in"].as_i64().map(|seconds| now + SignedDuration::from_secs(seconds));
    let tokens = TokenSet {
        access: Secret::new(text("access_token")),
        refresh: Some(Secret::new(text("refresh_token"))),
        previous_refresh: None,
        expires_at,
        refresh_at: expires_at.map(|end| end - SignedDuration::from_mins(1)),
        server_ahead: SignedDuration::ZERO,
        scopes: provider.facts.scopes.iter().map(|&scope| scope.to_owned()).collect(),
        lost_scopes: Vec::new(),
        extras: BTreeMap::new(),
        ended: false,
    };
    tokens.keep(vault, &destination()).await.expect("a vault in memory keeps what it gets");
}

/// The path of the endpoint that tokens come from.
pub fn token_path(practice: &Practice) -> String {
    let provider = provider(practice, &BASE.parse().expect("BUG: a constant"));
    provider.addresses.token[Position::BeforePath..].to_owned()
}

fn provider(practice: &Practice, base: &Url) -> Provider {
    let spec = connector(practice.info().id).spec();
    let place = Place { base: Some(base), host: None };
    Provider::new(spec, place).unwrap_or_else(|error| panic!("{} signs in by OAuth: {error}", spec.name))
}

/// The first address the vendor takes; where it takes any port and path, one of ours.
fn redirect(provider: &Provider) -> String {
    let registered = redirect_urls(provider.id, provider.facts, "leadferry").remove(0);
    let open: Option<Url> =
        registered.parse().ok().filter(|url: &Url| url.port().is_none() && url.path() == "/");
    if open.is_some() { format!("{registered}:47114/cb/{}", provider.id) } else { registered }
}

async fn consent(practice: &Practice, provider: &Provider, redirect: &str) -> String {
    let facts = provider.facts;
    let scopes = facts.scopes.join(facts.scope_separator);
    let client_id = practice.tokens().client_id;
    let mut asked = form_urlencoded::Serializer::new(String::new());
    asked
        .append_pair("response_type", "code")
        .append_pair("client_id", &client_id)
        .append_pair("redirect_uri", redirect)
        .append_pair("state", "s")
        .extend_pairs(facts.extra);
    if !facts.scopes_of_app {
        asked.append_pair("scope", &scopes);
    }
    if facts.pkce {
        asked.append_pair("code_challenge", CHALLENGE).append_pair("code_challenge_method", "S256");
    }
    let path = &provider.authorize[Position::BeforePath..];
    let page = http::Request::get(format!("{path}?{}", asked.finish())).body(Body::empty());
    let page = text(practice.send(page.expect("BUG: a request")).await).await;
    let (action, pressed) = allow(&page);
    let response = practice.send(post(&action, pressed)).await;
    let target = response.headers().get("location").and_then(|target| target.to_str().ok());
    let target: Url = target.unwrap_or_default().parse().expect("the browser is sent back");
    let code = target.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
    code.expect("allowing gives a code")
}

/// What pressing the first button of the page's form sends, and where: hidden fields, and the first of what is to be chosen from.
fn allow(page: &str) -> (String, String) {
    let form = page.split("<form").nth(1).expect("the consent page asks something");
    let action = attribute(form, "action").expect("the form goes somewhere");
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in form.split('<').filter(|tag| tag.starts_with("input") || tag.starts_with("button")) {
        let field = attribute(tag, "name").zip(attribute(tag, "value"));
        if let Some((name, value)) = field.filter(|(name, _)| !fields.iter().any(|(known, _)| known == name))
        {
            fields.push((name, value));
        }
    }
    (action, form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once('>').map_or(tag, |(tag, _)| tag).split_once(&format!("{name}=\""))?.1;
    rest.split_once('"').map(|(value, _)| value.replace("&amp;", "&"))
}

async fn exchange(practice: &Practice, provider: &Provider, code: &str, redirect: &str) -> Value {
    let tokens = practice.tokens();
    let mut fields = form_urlencoded::Serializer::new(String::new());
    fields
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", redirect);
    if provider.facts.pkce {
        fields.append_pair("code_verifier", VERIFIER);
    }
    let basic = matches!(provider.facts.endpoint.client_auth, ClientAuth::Basic);
    if !basic {
        fields.append_pair("client_id", &tokens.client_id);
    }
    if matches!(provider.facts.endpoint.client_auth, ClientAuth::Body) {
        fields.append_pair("client_secret", tokens.client_secret.expose());
    }
    let mut request = post(&provider.addresses.token[Position::BeforePath..], fields.finish());
    if basic {
        let pair = STANDARD.encode(format!("{}:{}", tokens.client_id, tokens.client_secret.expose()));
        let value = format!("Basic {pair}").parse().expect("BUG: base64 is a header's value");
        request.headers_mut().insert("authorization", value);
    }
    let answer = text(practice.send(request).await).await;
    serde_json::from_str(&answer).expect("tokens come as JSON")
}

fn post(path: &str, form: String) -> http::Request<Body> {
    http::Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("BUG: a request")
}

async fn text(response: axum::response::Response) -> String {
    let body = to_bytes(response.into_body(), 1 << 20).await.expect("a page is read whole");
    String::from_utf8(body.to_vec()).expect("a page is text")
}
