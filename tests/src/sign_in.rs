//! Signs in to a practice HubSpot as a person does: consent page, code, tokens in the vault.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use jiff::SignedDuration;
use leadferry_auth::oauth::{Client, Provider};
use leadferry_auth::tokens::{OAuthAccess, TokenEndpoint, TokenSet};
use leadferry_auth::vault::Vault;
use leadferry_connector::{Access, Transport};
use leadferry_model::{Clock, Secret};
use leadferry_practice::Practice;
use serde_json::Value;
use url::{Url, form_urlencoded};

use crate::connect::hubspot;
use crate::furniture::destination;

const REDIRECT: &str = "http://localhost:47114/cb/hubspot";
const SCOPES: &str = "oauth crm.objects.contacts.read crm.objects.contacts.write crm.schemas.contacts.read \
                      crm.schemas.contacts.write";
/// The person at the consent page who may write.
const USER: &str = "9001";

/// Access by OAuth with tokens in `vault`, renewed through `transport`.
pub fn access(
    base: &Url,
    vault: Vault,
    practice: &Practice,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
) -> Arc<dyn Access> {
    let tokens = practice.tokens();
    let provider = Provider::new(hubspot().spec(), Some(base)).expect("BUG: HubSpot signs in by OAuth");
    let client = Client { id: tokens.client_id, secret: Some(tokens.client_secret) };
    let endpoint = TokenEndpoint::new(&provider, client, transport, Arc::clone(&clock));
    Arc::new(OAuthAccess::new(destination(), vault, endpoint, clock))
}

/// Presses *Allow* and keeps the tokens.
pub async fn sign_in(practice: &Practice, vault: &Vault, clock: &dyn Clock) {
    let answer = exchange(practice, &consent(practice).await).await;
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let life = SignedDuration::from_secs(answer["expires_in"].as_i64().unwrap_or_default());
    let now = clock.now();
    let tokens = TokenSet {
        access: Secret::new(text("access_token")),
        refresh: Some(Secret::new(text("refresh_token"))),
        previous_refresh: None,
        expires_at: Some(now + life),
        refresh_at: Some(now + life - SignedDuration::from_mins(1)),
        server_ahead: SignedDuration::ZERO,
        scopes: SCOPES.split_whitespace().map(str::to_owned).collect(),
        lost_scopes: Vec::new(),
        extras: BTreeMap::new(),
        ended: false,
    };
    tokens.keep(vault, &destination()).await.expect("a vault in memory keeps what it gets");
}

async fn consent(practice: &Practice) -> String {
    let client_id = practice.tokens().client_id;
    let asked =
        form(&[("client_id", &client_id), ("redirect_uri", REDIRECT), ("scope", SCOPES), ("state", "s")]);
    let page = http::Request::get(format!("/oauth/authorize?{asked}")).body(Body::empty());
    let page = text(practice.send(page.expect("BUG: a request")).await).await;
    let question = page.split("name=\"request\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let question = question.expect("the consent page holds its question");
    let pressed = form(&[("request", question), ("user", USER), ("decision", "allow")]);
    let response = practice.send(post("/oauth/authorize/answer", pressed)).await;
    let target =
        response.headers().get("location").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let target: Url = target.parse().expect("the browser is sent back");
    let code = target.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
    code.expect("allowing gives a code")
}

async fn exchange(practice: &Practice, code: &str) -> Value {
    let tokens = practice.tokens();
    let fields = form(&[
        ("grant_type", "authorization_code"),
        ("client_id", &tokens.client_id),
        ("client_secret", tokens.client_secret.expose()),
        ("code", code),
        ("redirect_uri", REDIRECT),
    ]);
    let answer = text(practice.send(post("/oauth/2026-03/token", fields)).await).await;
    serde_json::from_str(&answer).expect("tokens come as JSON")
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
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
