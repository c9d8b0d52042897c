//! Tokens: refreshed, ended, taken back.

use leadferry_model::Secret;

use super::consent::connect;
use super::desk::{Desk, PERSONS, desk};
use crate::support::Answer;

async fn refresh(desk: &Desk, token: &str) -> Answer {
    let tokens = desk.practice.tokens();
    let app = (tokens.client_id.as_str(), tokens.client_secret.expose());
    desk.form("/oauth/token", Some(app), &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

async fn read(desk: &Desk, access: &str) -> Answer {
    desk.call_as(("authorization", &format!("Bearer {access}")), "GET", PERSONS, None).await
}

fn pair(tokens: &Answer) -> (String, String) {
    let text = |key: &str| tokens.json[key].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

#[tokio::test]
async fn a_refresh_gives_a_new_access_token_and_the_same_refresh_token() {
    let desk = desk();
    let (access, refresh_token) = pair(&connect(&desk, "13001").await);
    desk.pass(3599);
    let ended = read(&desk, &access).await;
    assert_eq!((ended.status, ended.error()), (401, "Invalid token: access token is invalid"));
    assert_eq!(ended.json["errorCode"], 401);
    let (fresh, same) = pair(&refresh(&desk, &refresh_token).await);
    assert_eq!(same, refresh_token, "it comes back unchanged");
    assert_eq!(read(&desk, &fresh).await.status, 200);
}

#[tokio::test]
async fn a_refresh_token_dies_after_sixty_days_without_use() {
    let desk = desk();
    let (_, token) = pair(&connect(&desk, "13001").await);
    desk.pass(59 * 86_400);
    assert_eq!(refresh(&desk, &token).await.status, 200, "each use begins the days anew");
    desk.pass(59 * 86_400);
    assert_eq!(refresh(&desk, &token).await.status, 200);
    desk.pass(60 * 86_400);
    let dead = refresh(&desk, &token).await;
    assert_eq!((dead.status, dead.error()), (400, "invalid_grant"));
    assert!(dead.json["message"].as_str().unwrap().starts_with("Invalid grant"));
}

#[tokio::test]
async fn apps_show_themselves_by_basic_credentials() {
    let desk = desk();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", "x")];
    for app in [None, Some(("nobody", "x"))] {
        let refused = desk.form("/oauth/token", app, &fields).await;
        assert_eq!((refused.status, refused.error()), (401, "invalid_client"), "{app:?}");
    }
    desk.practice.register_app("own-app", Secret::new("own-secret"));
    let known = desk.form("/oauth/token", Some(("own-app", "own-secret")), &fields).await;
    assert_eq!((known.status, known.error()), (400, "invalid_grant"), "the app is known, the token is not");
    let other =
        desk.form("/oauth/token", Some(("own-app", "own-secret")), &[("grant_type", "password")]).await;
    assert_eq!(other.error(), "unsupported_grant_type");
    let json = desk.post("/oauth/token", serde_json::json!({"grant_type": "refresh_token"})).await;
    assert_eq!(json.status, 415, "the token endpoint reads forms");
    let in_the_form =
        [("client_id", "own-app"), ("client_secret", "own-secret"), ("grant_type", "refresh_token")];
    desk.form("/oauth/token", None, &in_the_form).await;
    assert_eq!(desk.faults(), ["unknown form field: client_id", "unknown form field: client_secret"]);
}

#[tokio::test]
async fn revoking_the_refresh_token_takes_the_app_away() {
    let desk = desk();
    let tokens = desk.practice.tokens();
    let app = Some((tokens.client_id.as_str(), tokens.client_secret.expose()));
    let (access, refresh_token) = pair(&connect(&desk, "13001").await);
    let revoke = async |token: &str, hint: &str| {
        desk.form("/oauth/revoke", app, &[("token", token), ("token_type_hint", hint)]).await.status
    };
    assert_eq!(revoke(&access, "access_token").await, 200);
    assert_eq!(read(&desk, &access).await.status, 401);
    let (fresh, _) = pair(&refresh(&desk, &refresh_token).await);
    assert_eq!(read(&desk, &fresh).await.status, 200, "the grant was left alone");
    assert_eq!(revoke(&refresh_token, "refresh_token").await, 200);
    assert_eq!(read(&desk, &fresh).await.status, 401);
    assert_eq!(refresh(&desk, &refresh_token).await.error(), "invalid_grant");
    assert_eq!(revoke("unknown", "refresh_token").await, 200, "an unknown token is no error");
    assert_eq!(desk.get(PERSONS).await.status, 200, "personal tokens are another matter");
}

#[tokio::test]
async fn each_kind_of_token_has_its_own_header() {
    let desk = desk();
    let (access, _) = pair(&connect(&desk, "13001").await);
    let bearer = read(&desk, &desk.token).await;
    assert_eq!(bearer.status, 401, "a personal token is no app's");
    let header = desk.call_as(("x-api-token", &access), "GET", PERSONS, None).await;
    assert_eq!(
        (header.status, header.error()),
        (401, "unauthorized access"),
        "an app's token is no personal one"
    );
    let address =
        desk.call_as(("accept", "*/*"), "GET", &format!("{PERSONS}?api_token={}", desk.token), None).await;
    assert_eq!(address.status, 401, "tokens do not belong in addresses");
    assert_eq!(desk.faults(), ["a token in the address"]);
    let log = serde_json::to_string(&desk.practice.requests(0, 100)).unwrap();
    assert!(!log.contains(&desk.token), "and it is not logged from there");
}

#[tokio::test]
async fn an_access_of_an_earlier_start_is_taken_up_again() {
    let desk = desk();
    let client_id = desk.practice.tokens().client_id;
    let scopes = ["base", "contacts:full"].map(str::to_owned);
    desk.practice.take_up_grant(&client_id, &Secret::new("1:2:kept"), &scopes);
    let (fresh, same) = pair(&refresh(&desk, "1:2:kept").await);
    assert_eq!((read(&desk, &fresh).await.status, same.as_str()), (200, "1:2:kept"));
}

#[tokio::test]
async fn secrets_stay_out_of_the_log() {
    let desk = desk();
    let (access, refresh_token) = pair(&connect(&desk, "13001").await);
    refresh(&desk, &refresh_token).await;
    read(&desk, &access).await;
    let webhook = serde_json::json!({
        "subscription_url": "https://hooks.example.com/p", "event_action": "*", "event_object": "person",
        "name": "X", "http_auth_user": "u", "http_auth_password": "hook-password",
    });
    assert_eq!(desk.post("/v1/webhooks", webhook).await.status, 201);
    let log = serde_json::to_string(&desk.practice.requests(0, 100)).unwrap();
    let secret = desk.practice.tokens().client_secret;
    for hidden in [access.as_str(), &refresh_token, secret.expose(), &desk.token, "hook-password"] {
        assert!(!log.contains(hidden), "a secret is in the log");
    }
    assert!(log.contains("<redacted>"), "what was there is said");
}
