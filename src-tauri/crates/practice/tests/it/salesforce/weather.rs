//! Weather in Salesforce's own words.

use leadferry_practice::Weather;
use leadferry_practice::weather::{Fault, On, RefusedValue, Spell, When};
use serde_json::json;

use super::support::{BY_KEY, LEAD, code, lead, org, org_with_lead_id, row, row_code, upsert};

#[tokio::test]
async fn each_fault_has_its_own_words() {
    let org = org();
    let id = lead(&org, json!({})).await;
    for (fault, status, expected) in [
        (Fault::RateLimited { retry_after_seconds: Some(9), daily: true }, 403, "REQUEST_LIMIT_EXCEEDED"),
        (Fault::RateLimited { retry_after_seconds: None, daily: false }, 403, "REQUEST_LIMIT_EXCEEDED"),
        (Fault::Locked, 400, "UNABLE_TO_LOCK_ROW"),
        (Fault::Outage { status: 500 }, 500, "UNKNOWN_EXCEPTION"),
        (Fault::ExpiredToken, 200, ""),
    ] {
        org.practice.set_weather(Weather::next(1, fault.clone()));
        let answer = org.get(&format!("{LEAD}/{id}")).await;
        assert_eq!((answer.status, code(&answer)), (status, expected), "{fault:?}");
        assert_eq!(answer.header("retry-after"), None, "Salesforce never says when: {fault:?}");
    }
    for status in [502, 503, 504] {
        org.practice.set_weather(Weather::next(1, Fault::Outage { status }));
        let answer = org.get(&format!("{LEAD}/{id}")).await;
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8"),
            "a page, not the API's body"
        );
    }
}

#[tokio::test]
async fn a_lost_answer_was_applied_and_an_upsert_heals_it() {
    let org = org_with_lead_id().await;
    let before = org.practice.counts()["Lead"];
    org.practice.set_weather(Weather::next(1, Fault::AnswerLost));
    let rows = || vec![row("L-1", json!({"LastName": "Moss", "Company": "X"}))];
    let lost = upsert(&org, rows()).await;
    assert_eq!(lost.lost.map(|lost| lost.applied), Some(true));
    let again = upsert(&org, rows()).await;
    assert_eq!(again.json[0]["created"], false);
    assert_eq!(org.practice.counts()["Lead"], before + 1);
}

#[tokio::test]
async fn some_rows_are_locked_or_refused() {
    let org = org_with_lead_id().await;
    let rows = || (0..4).map(|n| row(&format!("L-{n}"), json!({"LastName": "M", "Company": "X"}))).collect();
    for (passing, expected) in [(true, "UNABLE_TO_LOCK_ROW"), (false, "FIELD_CUSTOM_VALIDATION_EXCEPTION")] {
        org.practice.set_weather(Weather::always(Fault::RowsRefused { every: 2, passing }));
        let answer = upsert(&org, rows()).await;
        assert_eq!((row_code(&answer, 0), row_code(&answer, 2)), (expected, expected));
        assert_eq!(
            (answer.json[1]["success"].as_bool(), answer.json[3]["success"].as_bool()),
            (Some(true), Some(true))
        );
    }
    let refused = RefusedValue {
        field: "Title".into(),
        value: Some("Pirate".into()),
        code: "FIELD_CUSTOM_VALIDATION_EXCEPTION".into(),
        message: "No pirates here".into(),
    };
    org.practice.set_weather(Weather { refused_values: vec![refused], ..Weather::default() });
    let answer = upsert(&org, vec![row("L-1", json!({"Title": "Pirate"}))]).await;
    assert_eq!(
        answer.json[0]["errors"],
        json!([{
            "statusCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No pirates here",
            "fields": ["Title"],
        }])
    );
}

#[tokio::test]
async fn whole_collections_are_refused_by_weather() {
    let org = org_with_lead_id().await;
    let rows = |count: usize| {
        (0..count).map(|n| row(&format!("L-{n}"), json!({"LastName": "M", "Company": "X"}))).collect()
    };
    org.practice.set_weather(Weather::always(Fault::WholeBatch { status: 400, above_rows: Some(2) }));
    assert_eq!(code(&upsert(&org, rows(3)).await), "REQUEST_RUNNING_TOO_LONG");
    assert_eq!(upsert(&org, rows(2)).await.status, 200);
    org.practice.set_weather(Weather::always(Fault::WholeBatch { status: 400, above_rows: None }));
    let bad = vec![row("L-8", json!({"LastName": "M", "Company": "X"})), row("L-9", json!({"Email": "no"}))];
    let body = json!({"records": bad});
    assert_eq!(org.call("PATCH", BY_KEY, Some(&body)).await.status, 400, "without a word on which row");
}

#[tokio::test]
async fn pages_for_people_are_never_struck() {
    let org = org();
    org.practice.set_weather(Weather {
        spells: vec![Spell { fault: Fault::Outage { status: 503 }, when: When::Always, on: On::All }],
        ..Weather::default()
    });
    assert_eq!(super::consent::ask(&org, &[]).await.status, 200);
    let id = org.practice.records("Lead", 0, 1, false).unwrap()[0].id.clone();
    assert_eq!(org.get(&format!("/lightning/r/Lead/{id}/view")).await.status, 200);
    assert_eq!(org.get(LEAD).await.status, 503);
}
