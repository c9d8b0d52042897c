//! The consent page and what comes of it.

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::desk::{Desk, RAVI, desk};
use crate::support::Answer;

const REDIRECT: &str = "http://127.0.0.1:8976/cb";
const SCOPES: &str = "ZohoCRM.modules.leads.ALL,ZohoCRM.settings.fields.READ";
// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Opens the page; an empty value leaves a parameter out.
pub(super) async fn ask(desk: &Desk, changes: &[(&str, &str)]) -> Answer {
    let client_id = desk.practice.tokens().client_id;
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", client_id.as_str()),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPES),
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("state", "s-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    let query = serde_urlencoded::to_string(fields).unwrap();
    desk.raw(Request::get(format!("/oauth/v2/auth?{query}")).body(Body::empty()).unwrap()).await
}

fn hidden<'a>(page: &'a Answer, name: &str) -> &'a str {
    page.text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap()
}

/// Presses a button of the page; answers where the browser is sent.
pub(super) async fn press(desk: &Desk, page: &Answer, user: &str, decision: &str) -> url::Url {
    let fields = [
        ("request", hidden(page, "request")),
        ("prompted", hidden(page, "prompted")),
        ("user", user),
        ("decision", decision),
    ];
    let answer = desk.form("/oauth/v2/auth/answer", &fields).await;
    assert_eq!(answer.status, 302, "{}", answer.text);
    answer.header("location").unwrap().parse().unwrap()
}

pub(super) fn param(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub(super) async fn exchange(desk: &Desk, code: &str, verifier: &str, redirect: &str) -> Answer {
    let tokens = desk.practice.tokens();
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", tokens.client_id.as_str()),
        ("client_secret", tokens.client_secret.expose()),
        ("code", code),
        ("redirect_uri", redirect),
    ];
    if !verifier.is_empty() {
        fields.push(("code_verifier", verifier));
    }
    desk.form("/oauth/v2/token", &fields).await
}

/// Goes through the page as the admin; answers what the token endpoint says.
pub(super) async fn connect(desk: &Desk, changes: &[(&str, &str)]) -> Answer {
    let page = ask(desk, changes).await;
    let code = param(&press(desk, &page, super::desk::ADMIN, "accept").await, "code").unwrap();
    exchange(desk, &code, VERIFIER, REDIRECT).await
}

#[tokio::test]
async fn the_page_says_who_asks_for_what_in_words() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    assert_eq!(page.status, 200, "{}", page.text);
    for text in [
        "Meadow Practice Ltd",
        "Read, create, change and delete leads",
        "Read fields",
        "imogen@example.com",
        ">Accept<",
        ">Reject<",
        "lang=\"en\"",
        "Nothing here reaches the real Zoho",
    ] {
        assert!(page.text.contains(text), "{text}");
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self' http://127.0.0.1:8976"), "{policy}");
}

#[tokio::test]
async fn accepting_brings_a_code_and_where_the_account_lives() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    let target = press(&desk, &page, super::desk::ADMIN, "accept").await;
    assert!(target.as_str().starts_with(REDIRECT));
    assert_eq!(param(&target, "state").as_deref(), Some("s-1"));
    assert_eq!(param(&target, "location").as_deref(), Some("us"));
    assert_eq!(param(&target, "accounts-server"), Some(desk.practice.base()), "this server itself");
    let code = param(&target, "code").unwrap();
    assert!(code.starts_with("1000."), "{code}");
    let answer = exchange(&desk, &code, VERIFIER, REDIRECT).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["expires_in"], 3600);
    assert_eq!(answer.json["token_type"], "Bearer");
    assert_eq!(answer.json["api_domain"], desk.practice.base().as_str());
    assert_eq!(answer.json["scope"], "ZohoCRM.modules.leads.ALL ZohoCRM.settings.fields.READ");
    assert!(answer.json["refresh_token"].is_string());
    let token = answer.json["access_token"].as_str().unwrap();
    assert_eq!(desk.call_as(token, "GET", "/Leads?fields=Email", None).await.status, 200);
    let again = exchange(&desk, &code, VERIFIER, REDIRECT).await;
    assert_eq!((again.status, &again.json), (200, &json!({"error": "invalid_code"})), "a code works once");
}

#[tokio::test]
async fn rejecting_says_so_and_a_page_is_answered_once() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    let target = press(&desk, &page, super::desk::ADMIN, "reject").await;
    assert_eq!(param(&target, "error").as_deref(), Some("access_denied"));
    assert_eq!((param(&target, "state").as_deref(), param(&target, "code")), (Some("s-1"), None));
    let twice = [("request", hidden(&page, "request")), ("decision", "accept")];
    assert_eq!(desk.form("/oauth/v2/auth/answer", &twice).await.status, 400);
}

#[tokio::test]
async fn only_offline_access_brings_a_refresh_token() {
    let desk = desk();
    let online = connect(&desk, &[("access_type", "")]).await;
    assert!(online.json["access_token"].is_string());
    assert!(online.json.get("refresh_token").is_none(), "access_type was not offline");
}

#[tokio::test]
async fn a_second_consent_brings_one_only_when_the_app_asks_to_be_asked_about() {
    let desk = desk();
    assert!(connect(&desk, &[("prompt", "")]).await.json["refresh_token"].is_string(), "the first one");
    assert!(connect(&desk, &[("prompt", "")]).await.json.get("refresh_token").is_none(), "prompt is missing");
    assert!(connect(&desk, &[]).await.json["refresh_token"].is_string(), "prompt=consent");
}

#[tokio::test]
async fn codes_are_bound_to_verifier_and_address_and_end_after_two_minutes() {
    let desk = desk();
    let code = async || {
        let page = ask(&desk, &[]).await;
        param(&press(&desk, &page, super::desk::ADMIN, "accept").await, "code").unwrap()
    };
    let error = |answer: Answer| {
        assert_eq!(answer.status, 200, "refusals come with the status of a success");
        answer.json["error"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(error(exchange(&desk, &code().await, "", REDIRECT).await), "invalid_code");
    assert_eq!(error(exchange(&desk, &code().await, &"x".repeat(43), REDIRECT).await), "invalid_code");
    assert_eq!(
        error(exchange(&desk, &code().await, VERIFIER, "http://127.0.0.1:1/x").await),
        "invalid_redirect_uri"
    );
    let old = code().await;
    desk.pass(120);
    assert_eq!(error(exchange(&desk, &old, VERIFIER, REDIRECT).await), "invalid_code");
}

#[tokio::test]
async fn a_client_makes_ten_codes_in_ten_minutes() {
    let desk = desk();
    for _ in 0..10 {
        let page = ask(&desk, &[]).await;
        press(&desk, &page, super::desk::ADMIN, "accept").await;
    }
    let page = ask(&desk, &[]).await;
    let fields =
        [("request", hidden(&page, "request")), ("user", super::desk::ADMIN), ("decision", "accept")];
    let over = desk.form("/oauth/v2/auth/answer", &fields).await;
    assert_eq!(over.status, 400);
    assert!(over.text.contains("access_denied"), "{}", over.text);
    desk.pass(600);
    let page = ask(&desk, &[]).await;
    press(&desk, &page, super::desk::ADMIN, "accept").await;
}

#[tokio::test]
async fn a_user_who_may_only_read_has_the_scopes_but_not_the_rights() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    let code = param(&press(&desk, &page, RAVI, "accept").await, "code").unwrap();
    let answer = exchange(&desk, &code, VERIFIER, REDIRECT).await;
    let token = answer.json["access_token"].as_str().unwrap();
    assert_eq!(desk.call_as(token, "GET", "/Leads?fields=Email", None).await.status, 200);
    let body = json!({"data": [{"Last_Name": "X", "Company": "Y"}]});
    let refused = desk.call_as(token, "POST", "/Leads", Some(&body)).await;
    assert_eq!((refused.status, refused.json["code"].as_str()), (403, Some("NO_PERMISSION")));
    assert_eq!(refused.json["details"]["permissions"], json!(["Crm_Implied_Create_Leads"]));
}

#[tokio::test]
async fn links_that_do_not_fit_are_explained_and_never_followed() {
    let desk = desk();
    let cases = [
        ("client_id", "nobody"),
        ("redirect_uri", "http://example.com/cb"),
        ("redirect_uri", "https://localhost.example.com/cb"),
        ("redirect_uri", ""),
        ("scope", "ZohoCRM.modules.boats.ALL"),
        ("scope", "ZohoCRM.modules.leads.ALL ZohoCRM.org.READ"),
        ("scope", ""),
        ("response_type", "token"),
        ("code_challenge_method", "plain"),
        ("code_challenge_method", ""),
    ];
    for (name, value) in cases {
        let page = ask(&desk, &[(name, value)]).await;
        assert_eq!((page.status, page.header("location")), (400, None), "{name}={value}");
        assert!(page.text.contains("This link does not work"), "{name}={value}");
    }
}
