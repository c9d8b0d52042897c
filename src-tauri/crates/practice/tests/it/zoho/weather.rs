//! Weather in Zoho's own words.

use leadferry_practice::weather::{Fault, On, RefusedValue, Spell, When};
use leadferry_practice::{AnswerLost, Weather};
use serde_json::{Value, json};

use super::desk::{code, codes, desk, row, rows};
use crate::support::is_good;

const LIST: &str = "/Leads?fields=Email";

#[tokio::test]
async fn every_fault_has_the_vendors_shape() {
    let desk = desk();
    let cases = [
        (Fault::RateLimited { retry_after_seconds: None, daily: false }, 429, "TOO_MANY_REQUESTS"),
        (Fault::RateLimited { retry_after_seconds: None, daily: true }, 429, "TOO_MANY_REQUESTS"),
        (Fault::Outage { status: 502 }, 502, "INTERNAL_ERROR"),
        (Fault::Locked, 400, "RECORD_LOCKED"),
        (Fault::Migrating { retry_after_seconds: 60 }, 503, "INTERNAL_ERROR"),
    ];
    for (fault, status, expected) in cases {
        desk.practice.set_weather(Weather::next(1, fault.clone()));
        let answer = desk.get(LIST).await;
        assert_eq!((answer.status, code(&answer)), (status, expected), "{fault:?}");
        assert_eq!(answer.json["status"], "error");
        assert!(answer.json["details"].is_object(), "{fault:?}");
        assert_eq!(desk.get(LIST).await.status, 200, "{fault:?} is over");
    }
}

#[tokio::test]
async fn used_up_credits_show_in_the_header_and_too_many_calls_do_not() {
    let desk = desk();
    let next = |daily, seconds| Weather::next(1, Fault::RateLimited { retry_after_seconds: seconds, daily });
    desk.practice.set_weather(next(true, None));
    assert_eq!(desk.get(LIST).await.header("x-api-credits-remaining"), Some("0"));
    desk.practice.set_weather(next(false, None));
    let many = desk.get(LIST).await;
    assert_eq!((many.header("x-api-credits-remaining"), many.header("retry-after")), (None, None));
    desk.practice.set_weather(next(false, Some(7)));
    assert_eq!(desk.get(LIST).await.header("retry-after"), Some("7"), "somebody before Zoho may say it");
}

#[tokio::test]
async fn some_rows_of_a_batch_fail() {
    let desk = desk().with_lead_id().await;
    let leads = || (0..4).map(|n| row(&format!("L-{n}"), json!({}))).collect::<Vec<Value>>();
    let weather = |passing| Weather::next(1, Fault::RowsRefused { every: 2, passing });
    desk.practice.set_weather(weather(true));
    let answer = desk.upsert(leads()).await;
    assert_eq!(answer.status, 207);
    assert_eq!(codes(&answer), ["INTERNAL_ERROR", "SUCCESS", "INTERNAL_ERROR", "SUCCESS"]);
    desk.practice.set_weather(weather(false));
    assert_eq!(codes(&desk.upsert(leads()).await), ["INVALID_DATA", "SUCCESS", "INVALID_DATA", "SUCCESS"]);
    let done = desk.upsert(leads()).await;
    let actions: Vec<&str> = rows(&done).iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["insert", "update", "insert", "update"], "it passed, and nothing was made twice");
}

#[tokio::test]
async fn whole_batches_are_refused_without_a_word_on_the_row() {
    let desk = desk().with_lead_id().await;
    desk.practice.set_weather(Weather::always(Fault::WholeBatch { status: 400, above_rows: None }));
    let bad = vec![row("L-1", json!({})), row("L-2", json!({"Email": "nope"}))];
    let answer = desk.upsert(bad.clone()).await;
    assert_eq!((answer.status, rows(&answer).len()), (400, 0), "{}", answer.text);
    let good = desk.upsert(bad[..1].to_vec()).await;
    assert_eq!(rows(&good)[0]["action"], "insert", "the good row had been taken back");
    desk.practice.set_weather(Weather::always(Fault::WholeBatch { status: 409, above_rows: Some(1) }));
    let two = vec![row("L-3", json!({})), row("L-4", json!({}))];
    assert_eq!(desk.upsert(two).await.status, 409);
}

#[tokio::test]
async fn chosen_values_are_refused() {
    let desk = desk();
    let refused = RefusedValue {
        field: "Phone".to_owned(),
        value: Some("+44 7700 900299".to_owned()),
        code: "PATTERN_NOT_MATCHED".to_owned(),
        message: "Please check whether the input values are correct".to_owned(),
    };
    desk.practice.set_weather(Weather { refused_values: vec![refused], ..Weather::default() });
    let row = json!({"Last_Name": "X", "Company": "Y", "Phone": "+44 7700 900299"});
    let answer = desk.post("/Leads", json!({"data": [row]})).await;
    assert_eq!((answer.status, codes(&answer)), (400, vec!["PATTERN_NOT_MATCHED"]));
    assert_eq!(rows(&answer)[0]["details"]["json_path"], "$.data[0].Phone");
}

#[tokio::test]
async fn a_lost_answer_was_applied_and_an_upsert_repeats_it_safely() {
    let desk = desk().with_lead_id().await;
    desk.practice.set_weather(Weather::next(1, Fault::AnswerLost));
    let lost = desk.upsert(vec![row("L-1", json!({}))]).await;
    assert_eq!(lost.lost, Some(AnswerLost { applied: true }));
    let again = desk.upsert(vec![row("L-1", json!({}))]).await;
    assert_eq!(rows(&again)[0]["action"], "update");
}

#[tokio::test]
async fn spells_tell_reading_from_writing() {
    let desk = desk();
    let spell = Spell { fault: Fault::Outage { status: 503 }, when: When::Always, on: On::Writes };
    desk.practice.set_weather(Weather { spells: vec![spell], ..Weather::default() });
    assert_eq!(desk.get(LIST).await.status, 200);
    assert_eq!(desk.coql("select id from Leads where id is not null").await.status, 200, "a query reads");
    assert_eq!(desk.post("/Leads", json!({"data": []})).await.status, 503);
    assert_eq!(desk.delete("/Leads?ids=1").await.status, 503);
}

#[tokio::test]
async fn random_weather_is_the_same_for_the_same_seed() {
    let run = async || {
        let desk = desk().with_lead_id().await;
        desk.practice.set_weather(Weather::random(0.05));
        let mut statuses = Vec::new();
        for n in 0..60 {
            let answer = desk.upsert(vec![row(&format!("L-{n}"), json!({}))]).await;
            statuses.push(if answer.lost.is_some() { 0 } else { answer.status });
            desk.pass(2);
        }
        (statuses, desk.practice.snapshot())
    };
    let (statuses, snapshot) = run().await;
    assert_eq!(run().await, (statuses.clone(), snapshot), "chance comes from the seed");
    let good = statuses.iter().filter(|status| is_good(**status)).count();
    assert!((10..60).contains(&good), "some calls fail and some do not: {statuses:?}");
}
