//! The consent page and what comes of it.

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::desk::{Desk, PERSONS, desk};
use crate::support::Answer;

const REDIRECT: &str = "http://localhost:33333/cb/pipedrive";

async fn ask(desk: &Desk, changes: &[(&str, &str)]) -> Answer {
    let client_id = desk.practice.tokens().client_id;
    let mut fields = vec![("client_id", client_id.as_str()), ("redirect_uri", REDIRECT), ("state", "s-1")];
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
pub(super) async fn press(desk: &Desk, page: &Answer, user: &str, decision: &str) -> url::Url {
    let name = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("request", name), ("user", user), ("decision", decision)];
    let answer = desk.form("/oauth/authorize/answer", None, &fields).await;
    assert_eq!(answer.status, 302, "{}", answer.text);
    answer.header("location").unwrap().parse().unwrap()
}

pub(super) fn param(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub(super) async fn exchange(desk: &Desk, code: &str, redirect: &str) -> Answer {
    let tokens = desk.practice.tokens();
    let app = (tokens.client_id.as_str(), tokens.client_secret.expose());
    let fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect)];
    desk.form("/oauth/token", Some(app), &fields).await
}

/// Signs in as `user` and answers the tokens.
pub(super) async fn connect(desk: &Desk, user: &str) -> Answer {
    let target = press(desk, &ask(desk, &[]).await, user, "allow").await;
    exchange(desk, &param(&target, "code").unwrap(), REDIRECT).await
}

#[tokio::test]
async fn the_page_says_who_asks_for_what_in_words() {
    let desk = desk();
    let page = ask(&desk, &[]).await;
    assert_eq!(page.status, 200);
    for text in [
        "Brightroof Practice Ltd",
        "See what changed lately",
        "dana@example.com",
        ">Allow and install<",
        ">Cancel<",
    ] {
        assert!(page.text.contains(text), "{text}");
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self' http://localhost:33333"), "{policy}");
    assert_eq!(desk.faults(), Vec::<String>::new(), "the link names no scopes");
    ask(&desk, &[("scope", "base"), ("code_challenge", "x")]).await;
    let unknown = ["unknown query parameter: scope", "unknown query parameter: code_challenge"];
    assert_eq!(desk.faults(), unknown, "scopes are the app's, and there is no PKCE");
}

#[tokio::test]
async fn allowing_gives_a_code_that_gives_tokens_for_this_address() {
    let desk = desk();
    let target = press(&desk, &ask(&desk, &[]).await, "13001", "allow").await;
    assert_eq!(param(&target, "state").as_deref(), Some("s-1"));
    let code = param(&target, "code").unwrap();
    let tokens = exchange(&desk, &code, REDIRECT).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    assert_eq!(tokens.json["expires_in"], 3599);
    assert_eq!(tokens.json["token_type"], "Bearer");
    assert_eq!(tokens.json["api_domain"], desk.practice.base(), "calls go where the answer says");
    assert!(tokens.json["scope"].as_str().unwrap().starts_with("base contacts:full deals:full"));
    let access = format!("Bearer {}", tokens.json["access_token"].as_str().unwrap());
    assert_eq!(desk.call_as(("authorization", &access), "GET", PERSONS, None).await.status, 200);
    let again = exchange(&desk, &code, REDIRECT).await;
    assert_eq!((again.status, again.error()), (400, "invalid_grant"), "a code works once");
    assert_eq!(again.json["success"], false);
}

#[tokio::test]
async fn denying_says_so() {
    let desk = desk();
    let target = press(&desk, &ask(&desk, &[]).await, "13001", "deny").await;
    assert_eq!(param(&target, "error").as_deref(), Some("user_denied"));
    assert_eq!((param(&target, "code"), param(&target, "state").as_deref()), (None, Some("s-1")));
}

#[tokio::test]
async fn a_user_who_may_only_read_is_refused_call_by_call() {
    let desk = desk();
    let tokens = connect(&desk, "13002").await;
    assert!(tokens.json["scope"].as_str().unwrap().contains("contacts:full"), "scopes are the app's");
    let access = format!("Bearer {}", tokens.json["access_token"].as_str().unwrap());
    let header = ("authorization", access.as_str());
    assert_eq!(desk.call_as(header, "GET", PERSONS, None).await.status, 200);
    let refused = desk.call_as(header, "POST", PERSONS, Some(&json!({"name": "X"}))).await;
    assert_eq!((refused.status, refused.error()), (403, "You do not have permissions to do this."));
}

#[tokio::test]
async fn codes_are_bound_to_their_address_and_end_after_five_minutes() {
    let desk = desk();
    let code = async || {
        let target = press(&desk, &ask(&desk, &[]).await, "13001", "allow").await;
        param(&target, "code").unwrap()
    };
    let other = exchange(&desk, &code().await, "http://localhost:33333/other").await;
    assert_eq!((other.status, other.error()), (400, "invalid_grant"));
    let old = code().await;
    desk.pass(300);
    assert_eq!(exchange(&desk, &old, REDIRECT).await.error(), "invalid_grant");
}

#[tokio::test]
async fn links_that_do_not_fit_are_explained_and_never_followed() {
    let desk = desk();
    let cases = [
        ("client_id", "nobody"),
        ("redirect_uri", "http://example.com/cb"),
        ("redirect_uri", "https://localhost.example.com/cb"),
        ("redirect_uri", ""),
    ];
    for (name, value) in cases {
        let page = ask(&desk, &[(name, value)]).await;
        assert_eq!((page.status, page.header("location")), (400, None), "{name}={value}");
    }
    assert_eq!(ask(&desk, &[("redirect_uri", "http://127.0.0.1:5000/cb")]).await.status, 200);
}
