//! The consent page and what comes of it.

use axum::body::Body;
use http::Request;
use leadferry_model::Secret;
use serde_json::json;

use super::support::{DATA, code, org};
use crate::support::{Answer, Desk};

pub(crate) const REDIRECT: &str = "http://localhost:1717/OauthRedirect";
// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) async fn ask(org: &Desk, changes: &[(&str, &str)]) -> Answer {
    let client_id = org.practice.tokens().client_id;
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", client_id.as_str()),
        ("redirect_uri", REDIRECT),
        ("scope", "api refresh_token"),
        ("state", "s-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("prompt", "login consent"),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    let query = serde_urlencoded::to_string(fields).unwrap();
    org.raw(Request::get(format!("/services/oauth2/authorize?{query}")).body(Body::empty()).unwrap()).await
}

/// Presses a button of the page; answers where the browser is sent.
pub(crate) async fn press(org: &Desk, page: &Answer, user: &str, decision: &str) -> url::Url {
    let name = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("request", name), ("user", user), ("decision", decision)];
    let answer = org.form("/services/oauth2/authorize/answer", &fields).await;
    assert_eq!(answer.status, 302, "{}", answer.text);
    answer.header("location").unwrap().parse().unwrap()
}

pub(crate) fn param(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub(crate) async fn exchange(org: &Desk, code: &str, changes: &[(&str, &str)]) -> Answer {
    let client_id = org.practice.tokens().client_id;
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", client_id.as_str()),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    org.form("/services/oauth2/token", &fields).await
}

pub(crate) async fn fresh_code(org: &Desk, changes: &[(&str, &str)]) -> String {
    param(&press(org, &ask(org, changes).await, "1", "allow").await, "code").unwrap()
}

#[tokio::test]
async fn the_page_says_who_asks_for_what_in_words() {
    let org = org();
    let page = ask(&org, &[("login_hint", "resi@example.com")]).await;
    assert_eq!(page.status, 200, "{}", page.text);
    for text in [
        "Harbour Practice Ltd",
        "Read and change your data through the API",
        "Stay connected when you are away",
        "value=\"2\" checked",
        ">Allow<",
        ">Deny<",
        "lang=\"en\"",
    ] {
        assert!(page.text.contains(text), "{text}");
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("form-action 'self' http://localhost:1717"),
        "browsers hold redirects to it: {policy}"
    );
}

#[tokio::test]
async fn a_public_sign_in_needs_no_secret_and_tells_where_the_org_is() {
    let org = org();
    let code = fresh_code(&org, &[]).await;
    let answer = exchange(&org, &code, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["token_type"], "Bearer");
    assert_eq!(answer.json["instance_url"], "http://localhost");
    assert_eq!(answer.json["scope"], "api refresh_token");
    assert_eq!(answer.json["issued_at"], "1795176000000", "milliseconds, as a text");
    assert_eq!(answer.json["id"], "http://localhost/id/00DJ80000000001MAA/005J80000000001IAA");
    assert!(answer.json["signature"].is_string() && answer.json["refresh_token"].is_string());
    assert!(answer.json.get("expires_in").is_none(), "a session lives as long as it is used");
    let token = answer.json["access_token"].as_str().unwrap();
    assert_eq!(org.call_as(token, "GET", &format!("{DATA}/limits"), None).await.status, 200);
    let again = exchange(&org, &code, &[]).await;
    assert_eq!(
        (again.status, again.json["error"].as_str()),
        (400, Some("invalid_grant")),
        "a code works once"
    );
}

#[tokio::test]
async fn denying_says_so() {
    let org = org();
    let page = ask(&org, &[]).await;
    let target = press(&org, &page, "1", "deny").await;
    assert_eq!(param(&target, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(&target, "error_description").as_deref(), Some("end-user denied authorization"));
    assert_eq!(param(&target, "state").as_deref(), Some("s-1"));
}

#[tokio::test]
async fn codes_are_bound_to_verifier_address_and_app() {
    let org = org();
    org.practice.register_app("other", Secret::new("s"));
    let cases: [(&[(&str, &str)], &str); 5] = [
        (&[("code_verifier", "")], "invalid_grant"),
        (&[("code_verifier", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")], "invalid_grant"),
        (&[("redirect_uri", "http://localhost:1718/OauthRedirect")], "redirect_uri_mismatch"),
        (&[("client_id", "other"), ("client_secret", "s")], "invalid_grant"),
        (&[("client_id", "nobody")], "invalid_client_id"),
    ];
    for (changes, error) in cases {
        let code = fresh_code(&org, &[]).await;
        let answer = exchange(&org, &code, changes).await;
        assert_eq!((answer.status, answer.json["error"].as_str()), (400, Some(error)), "{changes:?}");
    }
    let old = fresh_code(&org, &[]).await;
    org.pass(900);
    assert_eq!(exchange(&org, &old, &[]).await.json["error_description"], "expired authorization code");
}

#[tokio::test]
async fn a_secret_is_refused_where_the_app_is_public_and_needed_where_it_is_not() {
    let org = org();
    org.practice.register_app("public", Secret::new(""));
    org.practice.register_app("server", Secret::new("s3cret"));
    let try_with = async |client: &str, secret: &str| {
        let code = fresh_code(&org, &[("client_id", client)]).await;
        let answer = exchange(&org, &code, &[("client_id", client), ("client_secret", secret)]).await;
        (answer.status, answer.json["error"].as_str().unwrap_or_default().to_owned())
    };
    let refused = (400, "invalid_client".to_owned());
    assert_eq!(try_with("public", "").await.0, 200, "the verifier is the only proof");
    assert_eq!(try_with("public", "anything").await, refused);
    assert_eq!(try_with("server", "").await, refused);
    assert_eq!(try_with("server", "s3cret").await.0, 200);
    let own = org.practice.tokens();
    assert_eq!(
        try_with(&own.client_id, own.client_secret.expose()).await.0,
        200,
        "the practice app's may be sent"
    );
    assert_eq!(try_with(&own.client_id, "wrong").await, refused, "but must be right then");
}

#[tokio::test]
async fn links_that_do_not_fit_are_never_followed_to_an_unchecked_address() {
    let org = org();
    for (name, value) in [
        ("client_id", "nobody"),
        ("redirect_uri", "http://example.com/cb"),
        ("redirect_uri", "https://localhost.example.com/cb"),
        ("redirect_uri", ""),
    ] {
        let page = ask(&org, &[(name, value)]).await;
        assert_eq!((page.status, page.header("location")), (400, None), "{name}={value}");
    }
    for (name, value, error) in [
        ("scope", "everything", "invalid_scope"),
        ("response_type", "token", "unsupported_response_type"),
        ("code_challenge_method", "plain", "invalid_request"),
    ] {
        let sent = ask(&org, &[(name, value)]).await;
        let target: url::Url = sent.header("location").unwrap().parse().unwrap();
        assert_eq!(param(&target, "error").as_deref(), Some(error), "{name}={value}");
    }
}

#[tokio::test]
async fn a_public_app_must_bring_a_challenge() {
    let org = org();
    org.practice.register_app("public", Secret::new(""));
    let sent = ask(&org, &[("client_id", "public"), ("code_challenge", "")]).await;
    let target: url::Url = sent.header("location").unwrap().parse().unwrap();
    assert_eq!(param(&target, "error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn the_port_is_part_of_a_listed_address() {
    let org = org();
    let client_id = org.practice.tokens().client_id;
    let app = json!({"client_id": client_id, "callbacks": [REDIRECT]});
    org.practice.pull("app", &app).unwrap();
    assert_eq!(ask(&org, &[]).await.status, 200);
    let other = ask(&org, &[("redirect_uri", "http://localhost:53412/OauthRedirect")]).await;
    assert_eq!(other.status, 400);
    assert!(other.text.contains("redirect_uri_mismatch"), "{}", other.text);
}

#[tokio::test]
async fn without_the_api_scope_a_session_is_not_for_the_api() {
    let org = org();
    let code_of = fresh_code(&org, &[("scope", "id")]).await;
    let answer = exchange(&org, &code_of, &[]).await;
    assert!(answer.json.get("refresh_token").is_none(), "nobody asked to stay connected");
    let token = answer.json["access_token"].as_str().unwrap();
    let refused = org.call_as(token, "GET", &format!("{DATA}/limits"), None).await;
    assert_eq!((refused.status, code(&refused)), (401, "INVALID_SESSION_ID"));
    assert_eq!(
        refused.json[0]["message"], "This session is not valid for use with the REST API",
        "renewing it would not help, and the text alone says so"
    );
}
