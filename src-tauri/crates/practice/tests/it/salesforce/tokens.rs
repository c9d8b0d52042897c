//! Tokens after the consent page: sliding sessions, refresh, rotation, revocation.

use leadferry_model::Secret;
use leadferry_practice::Weather;
use leadferry_practice::weather::Fault;
use serde_json::json;

use super::consent::{exchange, fresh_code};
use super::support::{DATA, code, org};
use crate::support::{Answer, Desk};

async fn connect(org: &Desk) -> (String, String) {
    let code = fresh_code(org, &[]).await;
    let answer = exchange(org, &code, &[]).await;
    let text = |key: &str| answer.json[key].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

async fn refresh(org: &Desk, token: &str) -> Answer {
    let client_id = org.practice.tokens().client_id;
    let fields =
        [("grant_type", "refresh_token"), ("client_id", client_id.as_str()), ("refresh_token", token)];
    org.form("/services/oauth2/token", &fields).await
}

async fn limits(org: &Desk, token: &str) -> Answer {
    org.call_as(token, "GET", &format!("{DATA}/limits"), None).await
}

#[tokio::test]
async fn a_session_lives_while_it_is_used() {
    let org = org();
    let (access, refresh_token) = connect(&org).await;
    for _ in 0..3 {
        org.pass(7_000);
        assert_eq!(limits(&org, &access).await.status, 200, "each use begins its two hours anew");
    }
    org.pass(7_200);
    let late = limits(&org, &access).await;
    assert_eq!((late.status, code(&late)), (401, "INVALID_SESSION_ID"));
    assert_eq!(
        late.json,
        json!([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}])
    );
    let renewed = refresh(&org, &refresh_token).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text);
    assert!(
        renewed.json.get("refresh_token").is_none(),
        "without rotation the old one stays and is not repeated"
    );
    assert_eq!(renewed.json["instance_url"], "http://localhost");
    let access = renewed.json["access_token"].as_str().unwrap();
    assert_eq!(limits(&org, access).await.status, 200);
}

#[tokio::test]
async fn with_rotation_an_old_refresh_token_ends_everything() {
    let org = org();
    org.practice.set_weather(Weather { rotate_refresh_tokens: true, ..Weather::default() });
    let (_, first) = connect(&org).await;
    let renewed = refresh(&org, &first).await;
    let second = renewed.json["refresh_token"].as_str().unwrap().to_owned();
    let access = renewed.json["access_token"].as_str().unwrap().to_owned();
    assert_ne!(second, first);
    assert_eq!(limits(&org, &access).await.status, 200);
    let reused = refresh(&org, &first).await;
    assert_eq!(
        (reused.status, &reused.json),
        (400, &json!({"error": "invalid_grant", "error_description": "expired access/refresh token"}))
    );
    assert_eq!(refresh(&org, &second).await.status, 400, "the current one is revoked with it");
    assert_eq!(code(&limits(&org, &access).await), "INVALID_SESSION_ID", "and so is every access token");
}

#[tokio::test]
async fn revoking_either_token_ends_the_grant() {
    let org = org();
    for revoke_refresh in [true, false] {
        let (access, refresh_token) = connect(&org).await;
        let token = if revoke_refresh { &refresh_token } else { &access };
        let answer = org.form("/services/oauth2/revoke", &[("token", token)]).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(limits(&org, &access).await.status, 401);
        assert_eq!(refresh(&org, &refresh_token).await.json["error"], "invalid_grant");
    }
    let unknown = org.form("/services/oauth2/revoke", &[("token", "nothing")]).await;
    assert_eq!((unknown.status, unknown.json["error"].as_str()), (400, Some("unsupported_token_type")));
}

#[tokio::test]
async fn an_app_with_a_secret_signs_in_by_itself() {
    let org = org();
    org.practice.register_app("server", Secret::new("s3cret"));
    let sign_in = async |secret: &str| {
        let fields =
            [("grant_type", "client_credentials"), ("client_id", "server"), ("client_secret", secret)];
        org.form("/services/oauth2/token", &fields).await
    };
    let answer = sign_in("s3cret").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.json.get("refresh_token").is_none(), "it signs in again instead");
    let token = answer.json["access_token"].as_str().unwrap();
    assert_eq!(limits(&org, token).await.status, 200);
    assert_eq!(sign_in("wrong").await.json["error"], "invalid_client");
    let unknown = org.form("/services/oauth2/token", &[("grant_type", "password")]).await;
    assert_eq!(unknown.json["error"], "unsupported_grant_type");
}

#[tokio::test]
async fn introspection_tells_a_good_token_from_an_ended_one() {
    let org = org();
    let (access, _) = connect(&org).await;
    let client_id = org.practice.tokens().client_id;
    let about = async || {
        let fields = [("token", access.as_str()), ("client_id", client_id.as_str())];
        org.form("/services/oauth2/introspect", &fields).await.json
    };
    let good = about().await;
    assert_eq!(
        (good["active"].as_bool(), good["username"].as_str()),
        (Some(true), Some("dana@example.com.practice"))
    );
    assert_eq!(good["exp"], 1_795_183_200);
    org.practice.expire_tokens();
    assert_eq!(about().await, json!({"active": false}));
}

#[tokio::test]
async fn weather_ends_tokens_and_takes_grants_back() {
    let org = org();
    let (access, refresh_token) = connect(&org).await;
    org.practice.set_weather(Weather::next(1, Fault::ExpiredToken));
    assert_eq!(code(&limits(&org, &access).await), "INVALID_SESSION_ID");
    assert_eq!(refresh(&org, &refresh_token).await.status, 200);
    org.practice.revoke_grants();
    assert_eq!(refresh(&org, &refresh_token).await.json["error"], "invalid_grant");
    assert_eq!(limits(&org, &org.token).await.status, 200, "tokens made by hand are another matter");
}

#[tokio::test]
async fn a_connection_outlives_a_restart() {
    let org = org();
    let before = Secret::new("5Aep861before");
    let client_id = org.practice.tokens().client_id;
    org.practice.take_up_grant(&client_id, &before, &["api".to_owned(), "refresh_token".to_owned()]);
    assert_eq!(refresh(&org, "5Aep861before").await.status, 200);
}

#[tokio::test]
async fn no_secret_is_in_the_log() {
    let org = org();
    let (access, refresh_token) = connect(&org).await;
    refresh(&org, &refresh_token).await;
    org.form("/services/oauth2/revoke", &[("token", &access)]).await;
    let log = serde_json::to_string(&org.practice.requests(0, 100)).unwrap();
    for secret in [&access, &refresh_token] {
        assert!(!log.contains(secret.as_str()), "a token reached the log");
    }
}
