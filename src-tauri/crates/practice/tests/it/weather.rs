//! Weather: each fault does what it says, when it says.

use std::time::Duration;

use leadferry_practice::weather::{Fault, On, RefusedValue, Spell, When};
use leadferry_practice::{AnswerLost, Delay, Weather};
use serde_json::{Value, json};

use crate::support::{CONTACTS, Desk, desk, is_good, row};

fn one(fault: Fault, when: When, on: On) -> Weather {
    Weather { spells: vec![Spell { fault, when, on }], ..Weather::default() }
}

async fn create(desk: &Desk, email: &str) -> crate::support::Answer {
    desk.post(CONTACTS, json!({"properties": {"email": email}})).await
}

#[tokio::test]
async fn a_rate_limit_comes_with_or_without_a_time() {
    let desk = desk();
    desk.practice
        .set_weather(Weather::next(1, Fault::RateLimited { retry_after_seconds: Some(7), daily: false }));
    let answer = create(&desk, "a@example.com").await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("7")));
    desk.practice
        .set_weather(Weather::next(1, Fault::RateLimited { retry_after_seconds: None, daily: true }));
    let answer = create(&desk, "a@example.com").await;
    assert_eq!((answer.header("retry-after"), answer.json["policyName"].as_str()), (None, Some("DAILY")));
    assert_eq!(create(&desk, "a@example.com").await.status, 201, "nothing was applied, and it is over");
}

#[tokio::test]
async fn an_outage_lasts_as_long_as_the_clock_says() {
    let desk = desk();
    desk.practice.set_weather(one(
        Fault::Outage { status: 503 },
        When::ForSeconds { seconds: 7200 },
        On::All,
    ));
    assert_eq!(create(&desk, "a@example.com").await.status, 503);
    desk.pass(7199);
    assert_eq!(create(&desk, "a@example.com").await.status, 503);
    desk.pass(1);
    assert_eq!(create(&desk, "a@example.com").await.status, 201);
}

#[tokio::test]
async fn a_lost_answer_was_applied_and_a_missing_one_was_not() {
    let desk = desk();
    desk.practice.set_weather(Weather::next(1, Fault::AnswerLost));
    let lost = create(&desk, "a@example.com").await;
    assert_eq!(lost.lost, Some(AnswerLost { applied: true }));
    assert!(lost.broken, "even a transport that knows nothing of it gets no body");
    assert_eq!(create(&desk, "a@example.com").await.status, 409, "it is there");
    desk.practice.set_weather(Weather::next(1, Fault::NoAnswer));
    let refused = create(&desk, "b@example.com").await;
    assert_eq!(refused.lost, Some(AnswerLost { applied: false }));
    assert_eq!(create(&desk, "b@example.com").await.status, 201);
    let log = desk.practice.requests(0, 10);
    assert_eq!((log[0].status, log[0].answer_lost), (201, true), "the log knows what the client does not");
}

#[tokio::test]
async fn a_malformed_body_hides_what_was_applied() {
    let desk = desk();
    desk.practice.set_weather(Weather::next(1, Fault::MalformedBody));
    let answer = create(&desk, "a@example.com").await;
    assert_eq!((answer.status, &answer.json), (201, &Value::Null));
    assert_eq!(create(&desk, "a@example.com").await.status, 409);
}

#[tokio::test]
async fn slowness_is_said_and_not_waited_for() {
    let desk = desk();
    desk.practice.set_weather(Weather::always(Fault::Slow { millis: 90_000 }));
    let answer = create(&desk, "a@example.com").await;
    assert_eq!((answer.status, answer.delay), (201, Some(Delay(Duration::from_secs(90)))));
}

#[tokio::test]
async fn a_pasted_token_never_expires_but_a_revoked_one_is_gone() {
    let desk = desk();
    desk.practice.set_weather(Weather::next(1, Fault::ExpiredToken));
    assert_eq!(create(&desk, "a@example.com").await.status, 201);
    desk.practice.set_weather(Weather::next(1, Fault::RevokedGrant));
    let answer = create(&desk, "b@example.com").await;
    assert_eq!((answer.status, answer.category()), (401, "INVALID_AUTHENTICATION"));
    assert_eq!(create(&desk, "b@example.com").await.status, 401, "for good");
}

#[tokio::test]
async fn locks_and_moves_have_their_own_statuses() {
    let desk = desk();
    desk.practice.set_weather(Weather::next(1, Fault::Locked));
    assert_eq!(create(&desk, "a@example.com").await.status, 423);
    desk.practice.set_weather(Weather::next(1, Fault::Migrating { retry_after_seconds: 3600 }));
    let answer = create(&desk, "a@example.com").await;
    assert_eq!((answer.status, answer.header("retry-after")), (477, Some("3600")));
}

#[tokio::test]
async fn some_rows_of_a_batch_fail() {
    let desk = desk().with_lead_id().await;
    desk.practice.set_weather(Weather::next(1, Fault::RowsRefused { every: 2, passing: true }));
    let rows: Vec<Value> = (0..4).map(|n| row(&format!("L-{n}"), json!({"firstname": "X"}))).collect();
    let answer = desk.upsert(rows.clone()).await;
    assert_eq!((answer.status, answer.json["numErrors"].as_u64()), (207, Some(2)));
    assert_eq!(answer.error_of("L-0")["category"], "INTERNAL_ERROR");
    assert_eq!(answer.traced("L-1")["new"], true);
    assert_eq!(desk.upsert(rows).await.status, 200, "it passed");
}

#[tokio::test]
async fn chosen_values_are_refused() {
    let desk = desk();
    let refused = RefusedValue {
        field: "phone".to_owned(),
        value: Some("020 7946 0999".to_owned()),
        code: "INVALID_PHONE_NUMBER".to_owned(),
        message: "This number has no country code.".to_owned(),
    };
    desk.practice.set_weather(Weather { refused_values: vec![refused], ..Weather::default() });
    let send = async |phone: &str| {
        desk.post(CONTACTS, json!({"properties": {"firstname": "X", "phone": phone}})).await
    };
    let answer = send("020 7946 0999").await;
    assert_eq!(
        (answer.status, answer.json["errors"][0]["code"].as_str()),
        (400, Some("INVALID_PHONE_NUMBER"))
    );
    assert_eq!(send("+44 20 7946 0999").await.status, 201);
}

#[tokio::test]
async fn whole_batches_are_refused_without_a_word_on_the_row() {
    let desk = desk().with_lead_id().await;
    desk.practice.set_weather(Weather::always(Fault::WholeBatch { status: 400, above_rows: None }));
    let bad = vec![row("L-1", json!({"firstname": "X"})), row("L-2", json!({"nope": "1"}))];
    let answer = desk.upsert(bad.clone()).await;
    assert_eq!((answer.status, answer.message()), (400, "The batch was refused."));
    assert_eq!(desk.upsert(bad[..1].to_vec()).await.status, 200, "the good half goes through");
    desk.practice.set_weather(Weather::always(Fault::WholeBatch { status: 409, above_rows: Some(1) }));
    let good = vec![row("L-3", json!({"firstname": "X"})), row("L-4", json!({"firstname": "Y"}))];
    assert_eq!(desk.upsert(good.clone()).await.status, 409);
    assert_eq!(desk.upsert(good[..1].to_vec()).await.status, 200);
}

#[tokio::test]
async fn spells_choose_their_calls() {
    let desk = desk();
    desk.practice.set_weather(one(Fault::Outage { status: 502 }, When::Always, On::Writes));
    assert_eq!(desk.get(CONTACTS).await.status, 200, "reading goes on");
    assert_eq!(create(&desk, "a@example.com").await.status, 502);
    desk.practice.set_weather(one(
        Fault::Outage { status: 502 },
        When::Always,
        On::Path("/owners".to_owned()),
    ));
    assert_eq!(desk.get("/crm/owners/2026-03").await.status, 502);
    assert_eq!(desk.get(CONTACTS).await.status, 200);
    desk.practice.set_weather(one(Fault::Outage { status: 502 }, When::After { skip: 1, calls: 2 }, On::All));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(desk.get(CONTACTS).await.status);
    }
    assert_eq!(statuses, [200, 502, 502, 200]);
}

#[tokio::test]
async fn random_weather_is_the_same_for_the_same_seed_and_loses_nothing() {
    let run = async || {
        let desk = desk().with_lead_id().await;
        desk.practice.set_weather(Weather::random(0.05));
        let mut statuses = Vec::new();
        for n in 0..60 {
            let answer = desk.upsert(vec![row(&format!("L-{n}"), json!({"firstname": "X"}))]).await;
            statuses.push(if answer.lost.is_some() { 0 } else { answer.status });
            desk.pass(1);
        }
        (statuses, desk.practice.snapshot())
    };
    let (statuses, snapshot) = run().await;
    assert_eq!(run().await, (statuses.clone(), snapshot), "chance comes from the seed");
    let good = statuses.iter().filter(|status| is_good(**status)).count();
    assert!((10..60).contains(&good), "some calls fail and some do not: {statuses:?}");
}
