//! Limits: bursts, searches, the day's tokens, and what happens to those who do not listen.

use leadferry_practice::Weather;
use serde_json::json;

use super::consent::connect;
use super::desk::{PERSONS, limited_desk};

const ONE: &str = "/api/v2/persons/101";

#[tokio::test]
async fn bursts_roll_over_two_seconds() {
    let desk = limited_desk();
    let first = desk.get(ONE).await;
    assert_eq!(first.header("x-ratelimit-limit"), Some("20"));
    assert_eq!(first.header("x-ratelimit-remaining"), Some("19"));
    assert_eq!(first.header("x-ratelimit-reset"), Some("2"));
    desk.clock.advance(jiff::SignedDuration::from_millis(1_500));
    for _ in 1..20 {
        assert_eq!(desk.get(ONE).await.status, 200);
    }
    let over = desk.get(ONE).await;
    assert_eq!(over.status, 429);
    assert_eq!(over.json, json!({"success": false, "error": "request over limit", "errorCode": 429}));
    assert_eq!((over.header("x-ratelimit-remaining"), over.header("retry-after")), (Some("0"), None));
    desk.clock.advance(jiff::SignedDuration::from_millis(500));
    assert_eq!(desk.get(ONE).await.status, 200, "the first call has left the window");
    assert_eq!(desk.get(ONE).await.status, 429, "the others have not");
}

#[tokio::test]
async fn apps_have_larger_bursts_and_each_user_has_a_window() {
    let desk = limited_desk();
    let tokens = connect(&desk, "13001").await;
    let access = format!("Bearer {}", tokens.json["access_token"].as_str().unwrap());
    let read = desk.call_as(("authorization", &access), "GET", ONE, None).await;
    assert_eq!(read.header("x-ratelimit-limit"), Some("80"));
    for _ in 0..20 {
        desk.get(ONE).await;
    }
    assert_eq!(desk.get(ONE).await.status, 429);
    let other = desk.practice.tokens().read_only;
    assert_eq!(desk.call_as(("x-api-token", other.expose()), "GET", ONE, None).await.status, 200);
}

#[tokio::test]
async fn searches_have_a_smaller_window() {
    let desk = limited_desk();
    let search = format!("{PERSONS}/search?term=ada");
    for _ in 0..10 {
        assert_eq!(desk.get(&search).await.status, 200);
    }
    let over = desk.get(&search).await;
    assert_eq!((over.status, over.header("x-ratelimit-limit")), (429, Some("10")));
    assert_eq!(desk.get(ONE).await.status, 200, "other calls go on");
    desk.pass(2);
    assert_eq!(desk.get(&search).await.status, 200);
}

#[tokio::test]
async fn each_call_costs_its_tokens_of_the_day() {
    let cases = [
        ("GET", ONE, 1),
        ("GET", PERSONS, 10),
        ("GET", "/api/v2/persons/search?term=ada", 20),
        ("POST", PERSONS, 5),
        ("PATCH", ONE, 5),
        ("DELETE", ONE, 3),
        ("GET", "/api/v2/stages", 5),
        ("GET", "/api/v2/personFields", 10),
        ("GET", "/v1/users/me", 2),
        ("GET", "/v1/leads", 20),
        ("GET", "/v1/leads/archived", 40),
        ("GET", "/v1/leadLabels", 10),
        ("POST", "/v1/notes", 10),
        ("GET", "/v1/recents?since_timestamp=2026-11-20%2012:00:00", 20),
    ];
    for (method, path, cost) in cases {
        let desk = limited_desk();
        let body = json!({"name": "X", "content": "x", "person_id": 101});
        let body = match path {
            _ if method == "GET" || method == "DELETE" => None,
            "/v1/notes" => Some(json!({"content": "x", "person_id": 101})),
            _ => Some(json!({"name": body["name"]})),
        };
        desk.practice.set_weather(Weather { daily_limit: Some(cost - 1), ..Weather::default() });
        assert_eq!(desk.call(method, path, body.as_ref()).await.status, 429, "{method} {path} costs more");
        desk.practice.set_weather(Weather { daily_limit: Some(cost), ..Weather::default() });
        let paid = desk.call(method, path, body.as_ref()).await;
        assert!(paid.status < 300, "{method} {path}: {}", paid.text);
    }
}

#[tokio::test]
async fn a_spent_day_ends_at_midnight_and_no_header_says_so() {
    let desk = limited_desk();
    desk.practice.set_weather(Weather { daily_limit: Some(10), ..Weather::default() });
    assert_eq!(desk.get(PERSONS).await.status, 200);
    let spent = desk.get(ONE).await;
    assert_eq!(spent.status, 429);
    assert_eq!(spent.header("x-ratelimit-remaining"), Some("18"), "the window has room: only waiting tells");
    desk.pass(3_600);
    assert_eq!(desk.get(ONE).await.status, 429);
    desk.pass(11 * 3_600);
    assert_eq!(desk.get(ONE).await.status, 200, "a new day");
}

#[tokio::test]
async fn requests_left_are_said_on_posts_with_a_personal_token_only() {
    let desk = limited_desk();
    let post = desk.post(PERSONS, json!({"name": "X"})).await;
    assert_eq!(post.header("x-daily-requests-left"), Some("17999"), "three seats on the smallest plan");
    assert_eq!(desk.get(ONE).await.header("x-daily-requests-left"), None);
    assert_eq!(desk.patch(ONE, json!({"name": "Y"})).await.header("x-daily-requests-left"), None);
    let tokens = connect(&desk, "13001").await;
    let access = format!("Bearer {}", tokens.json["access_token"].as_str().unwrap());
    let post = desk.call_as(("authorization", &access), "POST", PERSONS, Some(&json!({"name": "X"}))).await;
    assert_eq!(post.header("x-daily-requests-left"), None);
}

#[tokio::test]
async fn who_goes_on_in_spite_of_refusals_is_kept_out() {
    let desk = limited_desk();
    let mut statuses = Vec::new();
    for _ in 0..32 {
        statuses.push(desk.get(ONE).await.status);
    }
    assert_eq!((statuses[20], statuses[30]), (429, 429));
    let blocked = desk.get(ONE).await;
    assert_eq!((blocked.status, &blocked.json), (403, &serde_json::Value::Null), "no JSON");
    assert!(
        blocked.text.contains("Cloudflare")
            && blocked.header("content-type").unwrap().starts_with("text/html")
    );
    desk.pass(60);
    assert_eq!(desk.get(ONE).await.status, 403, "for minutes");
    desk.pass(60);
    assert_eq!(desk.get(ONE).await.status, 200);
}

#[tokio::test]
async fn who_waits_after_each_refusal_is_not_kept_out() {
    let desk = limited_desk();
    desk.practice.set_weather(Weather { burst_limit: Some(1), ..Weather::default() });
    for _ in 0..60 {
        assert_eq!(desk.get(ONE).await.status, 200);
        assert_eq!(desk.get(ONE).await.status, 429);
        desk.pass(2);
    }
}
