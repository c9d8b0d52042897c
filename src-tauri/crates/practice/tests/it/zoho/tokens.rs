//! Tokens after the consent page: refresh, caps, revocation, introspection, the Self Client.

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use leadferry_model::Secret;
use leadferry_practice::Weather;
use leadferry_practice::weather::Fault;
use serde_json::{Value, json};

use super::consent::connect;
use super::desk::{Desk, code, desk};
use crate::support::Answer;

const LIST: &str = "/Leads?fields=Email";

async fn refresh(desk: &Desk, token: &str) -> Answer {
    let tokens = desk.practice.tokens();
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", tokens.client_id.as_str()),
        ("client_secret", tokens.client_secret.expose()),
        ("refresh_token", token),
    ];
    desk.form("/oauth/v2/token", &fields).await
}

/// Access and refresh token of a new connection.
async fn pair(desk: &Desk) -> (String, String) {
    let answer = connect(desk, &[]).await;
    let text = |key: &str| answer.json[key].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

#[tokio::test]
async fn access_ends_after_an_hour_and_a_refresh_renews_it_without_a_new_refresh_token() {
    let desk = desk();
    let (access, refresh_token) = pair(&desk).await;
    desk.pass(3_600);
    let late = desk.call_as(&access, "GET", LIST, None).await;
    assert_eq!((late.status, code(&late)), (401, "INVALID_TOKEN"));
    assert_eq!(late.json["message"], "invalid oauth token");
    let renewed = refresh(&desk, &refresh_token).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text);
    assert!(renewed.json.get("refresh_token").is_none(), "the first one stays the only one");
    assert_eq!(renewed.json["api_domain"], desk.practice.base().as_str());
    let access = renewed.json["access_token"].as_str().unwrap();
    assert_eq!(desk.call_as(access, "GET", LIST, None).await.status, 200);
}

#[tokio::test]
async fn refusals_come_with_status_200() {
    let desk = desk();
    let tokens = desk.practice.tokens();
    let (id, secret) = (tokens.client_id.as_str(), tokens.client_secret.expose());
    let cases = [
        ([("client_id", "nobody"), ("client_secret", secret), ("refresh_token", "x")], "invalid_client"),
        ([("client_id", id), ("client_secret", "wrong"), ("refresh_token", "x")], "invalid_client_secret"),
        ([("client_id", id), ("client_secret", secret), ("refresh_token", "x")], "invalid_code"),
    ];
    for (fields, expected) in cases {
        let fields = [&[("grant_type", "refresh_token")][..], &fields].concat();
        let answer = desk.form("/oauth/v2/token", &fields).await;
        assert_eq!((answer.status, &answer.json), (200, &json!({"error": expected})));
    }
    let other = [("grant_type", "password"), ("client_id", id), ("client_secret", secret)];
    assert_eq!(desk.form("/oauth/v2/token", &other).await.json["error"], "unsupported_grant_type");
}

#[tokio::test]
async fn a_client_may_say_its_secret_in_the_header() {
    let desk = desk();
    let (_, refresh_token) = pair(&desk).await;
    let tokens = desk.practice.tokens();
    let basic = STANDARD.encode(format!("{}:{}", tokens.client_id, tokens.client_secret.expose()));
    let body = format!("grant_type=refresh_token&refresh_token={refresh_token}");
    let request = Request::post("/oauth/v2/token")
        .header("authorization", format!("Basic {basic}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body));
    let answer = desk.raw(request.unwrap()).await;
    assert!(answer.json["access_token"].is_string(), "{}", answer.text);
}

#[tokio::test]
async fn the_eleventh_refresh_in_ten_minutes_is_denied() {
    let desk = desk();
    let (_, refresh_token) = pair(&desk).await;
    for _ in 0..10 {
        assert!(refresh(&desk, &refresh_token).await.json["access_token"].is_string());
    }
    let over = refresh(&desk, &refresh_token).await;
    assert_eq!(over.json["error"], "Access Denied", "{}", over.text);
    assert_eq!(over.json.get("expires_in"), None, "nothing a careless parser would find");
    let (_, other) = pair(&desk).await;
    assert!(
        refresh(&desk, &other).await.json["access_token"].is_string(),
        "each refresh token counts for itself"
    );
    desk.pass(600);
    assert!(refresh(&desk, &refresh_token).await.json["access_token"].is_string());
}

#[tokio::test]
async fn the_sixteenth_live_access_token_ends_the_oldest() {
    let desk = desk();
    let (first, refresh_token) = pair(&desk).await;
    let mut last = String::new();
    for n in 0..15 {
        desk.pass(61);
        assert_eq!(desk.call_as(&first, "GET", LIST, None).await.status, 200, "after {n} more");
        let renewed = refresh(&desk, &refresh_token).await;
        last = renewed.json["access_token"].as_str().unwrap().to_owned();
    }
    let ended = desk.call_as(&first, "GET", LIST, None).await;
    assert_eq!((ended.status, code(&ended)), (401, "INVALID_TOKEN"));
    assert_eq!(desk.call_as(&last, "GET", LIST, None).await.status, 200);
}

#[tokio::test]
async fn the_twenty_first_refresh_token_ends_the_oldest_silently() {
    let desk = desk();
    let (_, oldest) = pair(&desk).await;
    let (_, second) = pair(&desk).await;
    for _ in 0..18 {
        desk.pass(70);
        pair(&desk).await;
    }
    assert!(refresh(&desk, &oldest).await.json["access_token"].is_string(), "twenty are kept");
    desk.pass(61);
    pair(&desk).await;
    assert_eq!(refresh(&desk, &oldest).await.json, json!({"error": "invalid_code"}));
    assert!(refresh(&desk, &second).await.json["access_token"].is_string());
}

#[tokio::test]
async fn a_revoked_grant_is_lost_for_good() {
    let desk = desk();
    let (access, refresh_token) = pair(&desk).await;
    let revoked = desk.form("/oauth/v2/token/revoke", &[("token", refresh_token.as_str())]).await;
    assert_eq!((revoked.status, &revoked.json), (200, &json!({"status": "success"})));
    assert_eq!(code(&desk.call_as(&access, "GET", LIST, None).await), "INVALID_TOKEN");
    assert_eq!(refresh(&desk, &refresh_token).await.json["error"], "invalid_code");
    let (_, other) = pair(&desk).await;
    let by_query = desk.form(&format!("/oauth/v2/token/revoke?token={other}"), &[]).await;
    assert_eq!(by_query.status, 200, "as Zoho's own samples send it");
    assert_eq!(desk.form("/oauth/v2/token/revoke", &[("token", "x")]).await.status, 400);
}

#[tokio::test]
async fn introspection_says_whose_token_it_is() {
    let desk = desk();
    let (access, _) = pair(&desk).await;
    let tokens = desk.practice.tokens();
    let about = async |token: &str| {
        let fields = [
            ("client_id", tokens.client_id.as_str()),
            ("client_secret", tokens.client_secret.expose()),
            ("token", token),
        ];
        desk.form("/oauth/v2/introspect", &fields).await
    };
    let answer = about(&access).await;
    assert_eq!(
        (answer.json["active"].as_bool(), answer.json["username"].as_str()),
        (Some(true), Some("imogen@example.com"))
    );
    assert!(!answer.text.contains("offline_access"), "practice's own mark is not shown");
    desk.pass(3_600);
    assert_eq!(about(&access).await.json, json!({"active": false}));
    assert_eq!(about("x").await.json, json!({"active": false}));
}

#[tokio::test]
async fn rotation_weather_brings_a_new_refresh_token_after_all() {
    let desk = desk();
    let (_, first) = pair(&desk).await;
    desk.practice.set_weather(Weather { rotate_refresh_tokens: true, ..Weather::default() });
    let renewed = refresh(&desk, &first).await;
    let second = renewed.json["refresh_token"].as_str().unwrap();
    assert_ne!(second, first);
    assert_eq!(refresh(&desk, &first).await.json["error"], "invalid_code");
}

#[tokio::test]
async fn weather_ends_tokens_and_takes_grants_back() {
    let desk = desk();
    let (access, refresh_token) = pair(&desk).await;
    desk.practice.set_weather(Weather::next(1, Fault::ExpiredToken));
    assert_eq!(code(&desk.call_as(&access, "GET", LIST, None).await), "INVALID_TOKEN");
    let renewed = refresh(&desk, &refresh_token).await.json["access_token"].as_str().unwrap().to_owned();
    assert_eq!(desk.call_as(&renewed, "GET", LIST, None).await.status, 200);
    desk.practice.set_weather(Weather::next(1, Fault::RevokedGrant));
    assert_eq!(desk.call_as(&renewed, "GET", LIST, None).await.status, 401);
    assert_eq!(refresh(&desk, &refresh_token).await.json["error"], "invalid_code", "for good");
}

#[tokio::test]
async fn a_grant_of_an_earlier_start_is_taken_up() {
    let desk = desk();
    let client = desk.practice.tokens().client_id;
    let scopes = ["ZohoCRM.modules.leads.READ".to_owned()];
    desk.practice.take_up_grant(&client, &Secret::new("1000.earlier"), &scopes);
    let renewed = refresh(&desk, "1000.earlier").await;
    let access = renewed.json["access_token"].as_str().unwrap();
    assert_eq!(desk.call_as(access, "GET", LIST, None).await.status, 200);
}

/// Makes a Self Client code on its page; answers id, secret and code.
async fn self_client(desk: &Desk, scope: &str, minutes: &str) -> (String, String, String) {
    let page = desk.form("/selfclient", &[("scope", scope), ("duration", minutes)]).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let codes: Vec<&str> =
        page.text.split("<code").skip(1).map(|rest| rest.split('>').nth(1).unwrap()).collect();
    let text = |place: usize| codes[place].split('<').next().unwrap().to_owned();
    (text(1), text(2), text(0))
}

async fn exchange_self(desk: &Desk, (id, secret, code): &(String, String, String)) -> Value {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", id.as_str()),
        ("client_secret", secret.as_str()),
        ("code", code.as_str()),
    ];
    desk.form("/oauth/v2/token", &fields).await.json
}

#[tokio::test]
async fn a_self_client_code_is_made_on_a_page_and_exchanged_without_an_address() {
    let desk = desk();
    let form = desk.page("/selfclient").await;
    assert!(form.text.contains("Time duration") && form.text.contains("1000.PRACTICESELFCLIENT"));
    let made = self_client(&desk, "ZohoCRM.modules.leads.READ", "3").await;
    let tokens = exchange_self(&desk, &made).await;
    assert!(tokens["refresh_token"].is_string(), "{tokens}");
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(desk.call_as(access, "GET", LIST, None).await.status, 200);
    let wrong = desk.call_as(access, "GET", "/Deals?fields=id", None).await;
    assert_eq!((wrong.status, code(&wrong)), (401, "OAUTH_SCOPE_MISMATCH"), "only what was typed");
}

#[tokio::test]
async fn a_self_client_code_lives_as_long_as_was_chosen() {
    let desk = desk();
    let short = self_client(&desk, "ZohoCRM.org.READ", "3").await;
    let long = self_client(&desk, "ZohoCRM.org.READ", "10").await;
    desk.pass(180);
    assert_eq!(exchange_self(&desk, &short).await, json!({"error": "invalid_code"}));
    desk.pass(419);
    assert!(exchange_self(&desk, &long).await["access_token"].is_string());
    for wrong in [("ZohoCRM.boats.ALL", "3"), ("", "3"), ("ZohoCRM.org.READ", "60")] {
        let page = desk.form("/selfclient", &[("scope", wrong.0), ("duration", wrong.1)]).await;
        assert_eq!(page.status, 400, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_code_belongs_to_the_client_it_was_made_for() {
    let desk = desk();
    let (_, _, code) = self_client(&desk, "ZohoCRM.org.READ", "3").await;
    let tokens = desk.practice.tokens();
    let own = (tokens.client_id.clone(), tokens.client_secret.expose().to_owned(), code);
    assert_eq!(exchange_self(&desk, &own).await, json!({"error": "invalid_code"}));
}

#[tokio::test]
async fn the_accounts_server_says_where_it_is() {
    let desk = desk();
    let info = desk.page("/oauth/serverinfo").await;
    assert_eq!(info.json["locations"]["us"], desk.practice.base().as_str());
    let discovery = desk.page("/.well-known/openid-configuration").await;
    assert!(discovery.json["token_endpoint"].as_str().unwrap().ends_with("/oauth/v2/token"));
}

#[tokio::test]
async fn secrets_stay_out_of_the_log() {
    let desk = desk();
    let (access, refresh_token) = pair(&desk).await;
    refresh(&desk, &refresh_token).await;
    desk.call_as(&access, "GET", LIST, None).await;
    desk.form(&format!("/oauth/v2/token/revoke?token={refresh_token}"), &[]).await;
    let made = self_client(&desk, "ZohoCRM.org.READ", "3").await;
    exchange_self(&desk, &made).await;
    let channel = json!({"watch": [{"channel_id": "1", "events": ["Leads.all"], "notify_url": "https://example.com/hook", "token": "hook-secret"}]});
    desk.post("/actions/watch", channel).await;
    let log = serde_json::to_string(&desk.practice.requests(0, 100)).unwrap();
    let secret = desk.practice.tokens().client_secret;
    for hidden in [&access, &refresh_token, secret.expose(), &desk.token, &made.1, &made.2, "hook-secret"] {
        assert!(!log.contains(hidden), "a secret is in the log");
    }
    assert!(log.contains("<redacted>"), "what was there is said");
}
