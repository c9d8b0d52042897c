//! Rate limits, sign-in and rights.

use leadferry_practice::Weather;
use serde_json::json;

use crate::support::{CONTACTS, desk};

#[tokio::test]
async fn private_apps_have_a_burst_and_a_daily_limit_in_headers() {
    let desk = desk();
    let first = desk.get(CONTACTS).await;
    assert_eq!(first.header("x-hubspot-ratelimit-max"), Some("190"));
    assert_eq!(first.header("x-hubspot-ratelimit-remaining"), Some("189"));
    assert_eq!(first.header("x-hubspot-ratelimit-interval-milliseconds"), Some("10000"));
    assert_eq!(first.header("x-hubspot-ratelimit-daily"), Some("625000"));
    assert_eq!(first.header("x-hubspot-ratelimit-daily-remaining"), Some("624999"));
    for _ in 1..190 {
        assert_eq!(desk.get(CONTACTS).await.status, 200);
    }
    let over = desk.get(CONTACTS).await;
    assert_eq!(over.status, 429);
    assert_eq!(over.json["errorType"], "RATE_LIMIT");
    assert_eq!(over.json["policyName"], "TEN_SECONDLY_ROLLING");
    assert_eq!(over.message(), "You have reached your ten_secondly_rolling limit.");
    assert_eq!(over.header("retry-after"), None, "not documented, so not sent");
    desk.pass(10);
    assert_eq!(desk.get(CONTACTS).await.status, 200);
}

#[tokio::test]
async fn the_daily_limit_ends_at_midnight_of_the_account() {
    let desk = desk();
    desk.practice.set_weather(Weather { daily_limit: Some(2), ..Weather::default() });
    for _ in 0..2 {
        assert_eq!(desk.get(CONTACTS).await.status, 200);
    }
    let over = desk.get(CONTACTS).await;
    assert_eq!((over.status, over.json["policyName"].as_str()), (429, Some("DAILY")));
    desk.pass(12 * 3600);
    assert_eq!(desk.get(CONTACTS).await.status, 200, "a new day");
}

#[tokio::test]
async fn a_tight_burst_limit_can_be_set() {
    let desk = desk();
    desk.practice.set_weather(Weather { burst_limit: Some(1), ..Weather::default() });
    assert_eq!(desk.get(CONTACTS).await.header("x-hubspot-ratelimit-max"), Some("1"));
    assert_eq!(desk.get(CONTACTS).await.status, 429);
}

#[tokio::test]
async fn unknown_tokens_are_refused() {
    let desk = desk();
    for token in ["", "pat-na1-unknown"] {
        let answer = desk.call_as(token, "GET", CONTACTS, None).await;
        assert_eq!((answer.status, answer.category()), (401, "INVALID_AUTHENTICATION"), "{token}");
    }
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let desk = desk();
    let tokens = desk.practice.tokens();
    let body = json!({"properties": {"firstname": "X"}});
    let cases = [
        (tokens.read_only.expose(), "POST", CONTACTS, "crm.objects.contacts.write"),
        (tokens.contacts_only.expose(), "GET", "/crm/objects/2026-03/deals", "crm.objects.deals.read"),
        (tokens.contacts_only.expose(), "GET", "/crm/owners/2026-03", "crm.objects.owners.read"),
        (
            tokens.contacts_only.expose(),
            "POST",
            "/crm/properties/2026-03/contacts",
            "crm.schemas.contacts.write",
        ),
    ];
    for (token, method, path, scope) in cases {
        let answer = desk.call_as(token, method, path, (method == "POST").then_some(&body)).await;
        assert_eq!((answer.status, answer.category()), (403, "MISSING_SCOPES"), "{method} {path}");
        assert_eq!(answer.json["errors"][0]["context"]["requiredGranularScopes"], json!([scope]));
    }
    for path in [CONTACTS, "/crm/properties/2026-03/contacts", "/account-info/2026-03/details"] {
        assert_eq!(desk.call_as(tokens.read_only.expose(), "GET", path, None).await.status, 200, "{path}");
    }
    let note = json!({"properties": {"hs_timestamp": "2026-11-20T12:00:00Z"}});
    let noted =
        desk.call_as(tokens.contacts_only.expose(), "POST", "/crm/objects/2026-03/notes", Some(&note)).await;
    assert_eq!(noted.status, 201, "notes ride on the contacts scopes");
}
