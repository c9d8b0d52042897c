//! Faults in Pipedrive's own words.

use leadferry_practice::weather::{Fault, On, RefusedValue, Spell, When};
use leadferry_practice::{AnswerLost, Weather};
use serde_json::json;

use super::consent::connect;
use super::desk::{Desk, PERSONS, desk, unlimited};
use crate::support::Answer;

fn next(desk: &Desk, fault: Fault) {
    desk.practice.set_weather(Weather { spells: Weather::next(1, fault).spells, ..unlimited() });
}

async fn create(desk: &Desk) -> Answer {
    desk.post(PERSONS, json!({"name": "X"})).await
}

#[tokio::test]
async fn rate_limits_come_with_and_without_a_time() {
    let desk = desk();
    next(&desk, Fault::RateLimited { retry_after_seconds: Some(7), daily: false });
    let burst = create(&desk).await;
    assert_eq!(
        (burst.status, burst.header("retry-after"), burst.header("x-ratelimit-remaining")),
        (429, Some("7"), Some("0"))
    );
    next(&desk, Fault::RateLimited { retry_after_seconds: None, daily: true });
    let daily = create(&desk).await;
    assert_eq!((daily.status, daily.header("retry-after")), (429, None));
    assert_ne!(daily.header("x-ratelimit-remaining"), Some("0"), "the window has room");
    assert_eq!(create(&desk).await.status, 200, "nothing was applied, and it is over");
    assert_eq!(desk.practice.counts()["persons"], 7);
}

#[tokio::test]
async fn outages_have_the_shape_of_who_answers() {
    let desk = desk();
    next(&desk, Fault::Outage { status: 500 });
    let own = create(&desk).await;
    assert_eq!((own.status, own.json["code"].as_str()), (500, Some("ERR_UNKNOWN")));
    next(&desk, Fault::Outage { status: 503 });
    let door = create(&desk).await;
    assert_eq!((door.status, door.json.is_null()), (503, true), "the front door speaks HTML");
    next(&desk, Fault::Outage { status: 402 });
    let lapsed = create(&desk).await;
    assert_eq!((lapsed.status, lapsed.json["errorCode"].as_u64()), (402, Some(402)));
    next(&desk, Fault::Outage { status: 403 });
    assert!(create(&desk).await.text.contains("Cloudflare"));
    next(&desk, Fault::Migrating { retry_after_seconds: 60 });
    let moving = create(&desk).await;
    assert_eq!((moving.status, moving.header("retry-after")), (503, Some("60")));
    next(&desk, Fault::Locked);
    assert_eq!(create(&desk).await.status, 500, "there are no locks to speak of");
}

#[tokio::test]
async fn a_lost_answer_was_applied() {
    let desk = desk();
    next(&desk, Fault::AnswerLost);
    assert_eq!(create(&desk).await.lost, Some(AnswerLost { applied: true }));
    assert_eq!(create(&desk).await.status, 200, "and a repeated POST makes a second one");
    assert_eq!(desk.practice.counts()["persons"], 8);
}

#[tokio::test]
async fn tokens_end_in_either_header() {
    let desk = desk();
    let tokens = connect(&desk, "13001").await;
    let access = format!("Bearer {}", tokens.json["access_token"].as_str().unwrap());
    next(&desk, Fault::ExpiredToken);
    let ended = desk.call_as(("authorization", &access), "GET", PERSONS, None).await;
    assert_eq!((ended.status, ended.error()), (401, "Invalid token: access token is invalid"));
    next(&desk, Fault::ExpiredToken);
    assert_eq!(create(&desk).await.status, 200, "personal tokens do not end");
    next(&desk, Fault::RevokedGrant);
    assert_eq!(create(&desk).await.status, 401);
    assert_eq!(create(&desk).await.status, 401, "a new one is needed");
}

#[tokio::test]
async fn chosen_values_are_refused() {
    let desk = desk();
    let refused = RefusedValue {
        field: "phone".to_owned(),
        value: Some("000".to_owned()),
        code: "ERR_BAD_PHONE".to_owned(),
        message: "Not a number anybody has".to_owned(),
    };
    desk.practice.set_weather(Weather { refused_values: vec![refused], ..unlimited() });
    let send =
        async |phone: &str| desk.post(PERSONS, json!({"name": "X", "phones": [{"value": phone}]})).await;
    let answer = send("000").await;
    assert_eq!((answer.status, answer.json["code"].as_str()), (400, Some("ERR_BAD_PHONE")));
    assert_eq!(answer.error(), "Validation failed: phone: Not a number anybody has");
    assert_eq!(send("001").await.status, 200);
}

#[tokio::test]
async fn without_batches_every_so_many_writes_are_the_rows_that_fail() {
    let desk = desk();
    let spell =
        |passing| Spell { fault: Fault::RowsRefused { every: 3, passing }, when: When::Always, on: On::All };
    desk.practice.set_weather(Weather { spells: vec![spell(false)], ..unlimited() });
    let mut statuses = Vec::new();
    for _ in 0..6 {
        desk.get(PERSONS).await;
        statuses.push(create(&desk).await.status);
    }
    assert_eq!(statuses, [400, 200, 200, 400, 200, 200], "the first one included, reads not counted");
    desk.practice.set_weather(Weather { spells: vec![spell(true)], ..unlimited() });
    let passing = create(&desk).await;
    assert_eq!((passing.status, passing.json["code"].as_str()), (500, Some("ERR_UNKNOWN")));
}

#[tokio::test]
async fn random_weather_is_the_same_for_the_same_seed() {
    let run = async || {
        let desk = desk();
        desk.practice.set_weather(Weather { spells: Weather::random(0.05).spells, ..unlimited() });
        let mut statuses = Vec::new();
        for n in 0..60 {
            let answer = desk.post(PERSONS, json!({"name": format!("P {n}")})).await;
            statuses.push(if answer.lost.is_some() { 0 } else { answer.status });
            desk.pass(1);
        }
        (statuses, desk.practice.snapshot())
    };
    let (statuses, snapshot) = run().await;
    assert_eq!(run().await, (statuses.clone(), snapshot), "chance comes from the seed");
    let good = statuses.iter().filter(|status| **status == 200).count();
    assert!((10..60).contains(&good), "some calls fail and some do not: {statuses:?}");
}
