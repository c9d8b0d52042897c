//! Tokens after the consent page: refresh, expiry, revocation, introspection.

use axum::body::Body;
use http::Request;
use leadferry_model::Secret;
use leadferry_practice::Weather;
use leadferry_practice::weather::Fault;
use serde_json::json;

use crate::support::{Answer, CONTACTS, Desk, desk};

/// Goes through the consent page; answers access and refresh token.
async fn connect(desk: &Desk) -> (String, String) {
    let tokens = desk.practice.tokens();
    let redirect = "http://localhost:3456/cb";
    let fields = [
        ("client_id", tokens.client_id.as_str()),
        ("redirect_uri", redirect),
        ("scope", "oauth crm.objects.contacts.read"),
    ];
    let query = serde_urlencoded::to_string(fields).unwrap();
    let page = desk
        .raw(Request::get(format!("/oauth/7700900/authorize?{query}")).body(Body::empty()).unwrap())
        .await;
    let name = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let answer = desk
        .form("/oauth/authorize/answer", &[("request", name), ("user", "9001"), ("decision", "allow")])
        .await;
    let code = answer.header("location").unwrap().split("code=").nth(1).unwrap().to_owned();
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", tokens.client_id.as_str()),
        ("client_secret", tokens.client_secret.expose()),
        ("code", code.as_str()),
        ("redirect_uri", redirect),
    ];
    let answer = desk.form("/oauth/v3/token", &fields).await;
    let text = |key: &str| answer.json[key].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

async fn refresh(desk: &Desk, token: &str) -> Answer {
    let tokens = desk.practice.tokens();
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", tokens.client_id.as_str()),
        ("client_secret", tokens.client_secret.expose()),
        ("refresh_token", token),
    ];
    desk.form("/oauth/2026-03/token", &fields).await
}

async fn about(desk: &Desk, verb: &str, token: &str) -> Answer {
    let tokens = desk.practice.tokens();
    let fields = [
        ("client_id", tokens.client_id.as_str()),
        ("client_secret", tokens.client_secret.expose()),
        ("token", token),
    ];
    desk.form(&format!("/oauth/2026-03/token/{verb}"), &fields).await
}

#[tokio::test]
async fn access_ends_after_half_an_hour_and_refresh_renews_it() {
    let desk = desk();
    let (access, refresh_token) = connect(&desk).await;
    desk.pass(1_807);
    let late = desk.call_as(&access, "GET", CONTACTS, None).await;
    assert_eq!((late.status, late.category()), (401, "EXPIRED_AUTHENTICATION"));
    assert_eq!(late.message(), "The OAuth token used to make this call expired 7 second(s) ago.");
    let renewed = refresh(&desk, &refresh_token).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text);
    assert_eq!(renewed.json["refresh_token"], refresh_token.as_str(), "the same one, unless rotation is on");
    let access = renewed.json["access_token"].as_str().unwrap();
    assert_eq!(desk.call_as(access, "GET", CONTACTS, None).await.status, 200);
}

#[tokio::test]
async fn rotation_ends_the_old_refresh_token() {
    let desk = desk();
    desk.practice.set_weather(Weather { rotate_refresh_tokens: true, ..Weather::default() });
    let (_, first) = connect(&desk).await;
    let renewed = refresh(&desk, &first).await;
    let second = renewed.json["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(second, first);
    assert_eq!(refresh(&desk, &first).await.json["status"], "BAD_REFRESH_TOKEN");
    assert_eq!(refresh(&desk, &second).await.status, 200);
}

#[tokio::test]
async fn a_revoked_grant_is_lost_for_good() {
    let desk = desk();
    let (access, refresh_token) = connect(&desk).await;
    assert_eq!(about(&desk, "introspect", &access).await.json["active"], true);
    assert_eq!(about(&desk, "revoke", &refresh_token).await.status, 200);
    let lost = desk.call_as(&access, "GET", CONTACTS, None).await;
    assert_eq!((lost.status, lost.category()), (401, "INVALID_AUTHENTICATION"));
    let refused = refresh(&desk, &refresh_token).await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        (refused.json["status"].as_str(), refused.json["error"].as_str()),
        (Some("BAD_REFRESH_TOKEN"), Some("invalid_grant"))
    );
    assert_eq!(about(&desk, "introspect", &access).await.json, json!({"active": false}));
    let (_, other) = connect(&desk).await;
    let old_way = Request::delete(format!("/oauth/v1/refresh-tokens/{other}")).body(Body::empty()).unwrap();
    assert_eq!(desk.raw(old_way).await.status, 204);
}

#[tokio::test]
async fn weather_ends_tokens_and_takes_grants_back() {
    let desk = desk();
    let (access, refresh_token) = connect(&desk).await;
    desk.practice.set_weather(Weather::next(1, Fault::ExpiredToken));
    let expired = desk.call_as(&access, "GET", CONTACTS, None).await;
    assert_eq!((expired.status, expired.category()), (401, "EXPIRED_AUTHENTICATION"));
    let renewed = refresh(&desk, &refresh_token).await.json["access_token"].as_str().unwrap().to_owned();
    assert_eq!(desk.call_as(&renewed, "GET", CONTACTS, None).await.status, 200);
    desk.practice.expire_tokens();
    assert_eq!(desk.call_as(&renewed, "GET", CONTACTS, None).await.category(), "EXPIRED_AUTHENTICATION");
    desk.practice.revoke_grants();
    assert_eq!(refresh(&desk, &refresh_token).await.json["status"], "BAD_REFRESH_TOKEN");
    assert_eq!(desk.get(CONTACTS).await.status, 200, "tokens made by hand are another matter");
}

#[tokio::test]
async fn introspection_says_whose_token_it_is() {
    let desk = desk();
    let (access, _) = connect(&desk).await;
    let answer = about(&desk, "introspect", &access).await;
    assert_eq!(
        (answer.json["user"].as_str(), answer.json["hub_id"].as_u64()),
        (Some("dana@example.com"), Some(7_700_900))
    );
    assert_eq!(answer.json["expires_in"], 1800);
    let body = json!({"tokenKey": desk.token});
    let pasted = desk.post("/oauth/v2/private-apps/get/access-token-info", body).await;
    assert_eq!(pasted.json["hubId"], 7_700_900);
}

#[tokio::test]
async fn wrong_apps_and_forms_are_refused() {
    let desk = desk();
    let fields = [("grant_type", "refresh_token"), ("client_id", "nobody"), ("client_secret", "x")];
    let answer = desk.form("/oauth/2026-03/token", &fields).await;
    assert_eq!((answer.status, answer.json["error"].as_str()), (400, Some("invalid_client")));
    let json = desk.post("/oauth/2026-03/token", json!({"grant_type": "refresh_token"})).await;
    assert_eq!(json.status, 415, "the token endpoint reads forms");
    desk.practice.register_app("own-app", Secret::new("own-secret"));
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "own-app"),
        ("client_secret", "own-secret"),
        ("refresh_token", "x"),
    ];
    assert_eq!(
        desk.form("/oauth/2026-03/token", &fields).await.json["status"],
        "BAD_REFRESH_TOKEN",
        "a registered app is known"
    );
}

#[tokio::test]
async fn secrets_stay_out_of_the_log() {
    let desk = desk();
    let (access, refresh_token) = connect(&desk).await;
    refresh(&desk, &refresh_token).await;
    desk.call_as(&access, "GET", CONTACTS, None).await;
    let path = format!("/oauth/v1/refresh-tokens/{refresh_token}");
    desk.raw(Request::delete(path).body(Body::empty()).unwrap()).await;
    let log = serde_json::to_string(&desk.practice.requests(0, 100)).unwrap();
    let secret = desk.practice.tokens().client_secret;
    for hidden in [access.as_str(), refresh_token.as_str(), secret.expose(), desk.token.as_str()] {
        assert!(!log.contains(hidden), "a secret is in the log");
    }
    assert!(log.contains("<redacted>"), "what was there is said");
}
