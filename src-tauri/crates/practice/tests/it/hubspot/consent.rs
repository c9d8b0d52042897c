//! The consent page and what comes of it.

use axum::body::Body;
use http::Request;

use crate::support::{Answer, CONTACTS, Desk, desk};

const REDIRECT: &str = "http://localhost:3456/cb/hubspot";
const SCOPES: &str = "oauth crm.objects.contacts.read crm.objects.contacts.write";
// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn ask(desk: &Desk, changes: &[(&str, &str)]) -> Answer {
    let client_id = desk.practice.tokens().client_id;
    let mut fields = vec![
        ("client_id", client_id.as_str()),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPES),
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
    desk.raw(Request::get(format!("/oauth/authorize?{query}")).body(Body::empty()).unwrap()).await
}

/// Presses a button of the page; answers where the browser is sent.
async fn press(desk: &Desk, page: &Answer, user: &str, decision: &str) -> url::Url {
    let name = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("request", name), ("user", user), ("decision", decision)];
    let answer = desk.form("/oauth/authorize/answer", &fields).await;
    assert_eq!(answer.status, 302, "{}", answer.text);
    answer.header("location").unwrap().parse().unwrap()
}

fn param(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn exchange(desk: &Desk, code: &str, verifier: &str, redirect: &str) -> Answer {
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
    desk.form("/oauth/2026-03/token", &fields).await
}

#[tokio::test]
async fn the_page_says_who_asks_for_what_in_words() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    assert_eq!(page.status, 200);
    for text in [
        "Harbour Practice Ltd",
        "Read contacts, notes and tasks",
        "dana@example.com",
        ">Allow<",
        ">Deny<",
        "lang=\"en\"",
    ] {
        assert!(page.text.contains(text), "{text}");
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("form-action 'self' http://localhost:3456"),
        "browsers hold redirects of forms to it: {policy}"
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn allowing_gives_a_code_that_gives_tokens() {
    let desk = desk();
    let page = ask(&desk, &[("optional_scope", "crm.objects.deals.read automation")]).await;
    let target = press(&desk, &page, "9001", "allow").await;
    assert_eq!(param(&target, "state").as_deref(), Some("s-1"));
    assert!(target.as_str().starts_with(REDIRECT));
    let code = param(&target, "code").unwrap();
    let answer = exchange(&desk, &code, VERIFIER, REDIRECT).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["expires_in"], 1800);
    assert_eq!(answer.json["hub_id"], 7_700_900);
    assert_eq!(answer.json["token_type"], "bearer");
    let scopes = answer.json["scopes"].as_array().unwrap();
    assert_eq!(scopes.len(), 4, "asked ones and the optional one that exists: {scopes:?}");
    let token = answer.json["access_token"].as_str().unwrap();
    assert!(token.len() >= 300, "columns with a cap must notice");
    let read = desk.call_as(token, "GET", CONTACTS, None).await;
    assert_eq!(read.status, 200);
    assert_eq!(read.header("x-hubspot-ratelimit-max"), Some("110"), "OAuth apps have their own burst");
    assert_eq!(read.header("x-hubspot-ratelimit-daily"), None, "and no daily limit");
    let again = exchange(&desk, &code, VERIFIER, REDIRECT).await;
    assert_eq!(
        (again.status, again.json["status"].as_str()),
        (400, Some("BAD_AUTH_CODE")),
        "a code works once"
    );
}

#[tokio::test]
async fn denying_says_so() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    let target = press(&desk, &page, "9001", "deny").await;
    assert_eq!(param(&target, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(&target, "state").as_deref(), Some("s-1"));
    let name = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let twice = desk.form("/oauth/authorize/answer", &[("request", name), ("decision", "allow")]).await;
    assert_eq!(twice.status, 400, "a page is answered once");
}

#[tokio::test]
async fn a_user_who_may_only_read_grants_only_reading() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    let code = param(&press(&desk, &page, "9002", "allow").await, "code").unwrap();
    let answer = exchange(&desk, &code, VERIFIER, REDIRECT).await;
    assert_eq!(answer.json["scopes"], serde_json::json!(["oauth", "crm.objects.contacts.read"]));
}

#[tokio::test]
async fn codes_are_bound_to_verifier_and_address_and_end() {
    let desk = desk();
    let code = async || param(&press(&desk, &ask(&desk, &[]).await, "9001", "allow").await, "code").unwrap();
    let status = |answer: Answer| answer.json["status"].as_str().unwrap_or_default().to_owned();
    assert_eq!(status(exchange(&desk, &code().await, "", REDIRECT).await), "BAD_CODE_VERIFIER");
    let other = "x".repeat(43);
    assert_eq!(status(exchange(&desk, &code().await, &other, REDIRECT).await), "BAD_CODE_VERIFIER");
    assert_eq!(
        status(exchange(&desk, &code().await, VERIFIER, "http://localhost:1/x").await),
        "BAD_REDIRECT_URI"
    );
    let old = code().await;
    desk.pass(600);
    assert_eq!(status(exchange(&desk, &old, VERIFIER, REDIRECT).await), "BAD_AUTH_CODE");
}

#[tokio::test]
async fn without_a_challenge_no_verifier_is_needed() {
    let desk = desk();
    let page = ask(&desk, &[("code_challenge", ""), ("code_challenge_method", "")]).await;
    let code = param(&press(&desk, &page, "9001", "allow").await, "code").unwrap();
    assert_eq!(exchange(&desk, &code, "", REDIRECT).await.status, 200);
}

#[tokio::test]
async fn links_that_do_not_fit_are_explained_and_never_followed() {
    let desk = desk();
    let cases = [
        ("client_id", "nobody"),
        ("redirect_uri", "http://example.com/cb"),
        ("redirect_uri", "https://localhost.example.com/cb"),
        ("redirect_uri", ""),
        ("scope", "crm.objects.everything"),
        ("code_challenge_method", "plain"),
    ];
    for (name, value) in cases {
        let page = ask(&desk, &[(name, value)]).await;
        assert_eq!(page.status, 400, "{name}={value}");
        assert_eq!(page.header("location"), None, "{name}={value}");
    }
    for loopback in ["http://127.0.0.1:5000/cb", "http://[::1]:5000/cb"] {
        assert_eq!(ask(&desk, &[("redirect_uri", loopback)]).await.status, 200, "{loopback}");
    }
}
