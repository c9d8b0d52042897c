//! What a strict vendor would object to.

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::desk::{BEA, code, desk, row};

#[tokio::test]
async fn clean_calls_leave_no_fault() {
    let desk = desk().with_lead_id().await;
    desk.upsert(vec![row("L-1", json!({"First_Name": "X"}))]).await;
    desk.get("/Leads?fields=Email&sort_by=Modified_Time&sort_order=asc&per_page=200&converted=both").await;
    desk.get(&format!("/Leads/{BEA}?fields=Email")).await;
    desk.coql("select id from Leads where id is not null").await;
    desk.post(&format!("/Leads/{BEA}/actions/convert"), json!({"data": [{"overwrite": false}]})).await;
    assert_eq!(desk.faults(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_documented_is_noted_and_the_call_goes_on() {
    let desk = desk();
    assert_eq!(desk.get("/Leads?fields=Email&limit=5").await.status, 200);
    let body = json!({
        "data": [{"Last_Name": "X", "Company": "Y", "Colour": "red"}], "trigger": ["workflow", "magic"], "dry_run": true,
    });
    assert_eq!(desk.post("/Leads?debug=1", body).await.status, 201);
    let field = json!({"fields": [{"field_label": "A", "data_type": "text", "colour": "red"}]});
    assert_eq!(desk.post("/settings/fields?module=Leads", field).await.status, 201);
    assert_eq!(
        desk.faults(),
        [
            "unknown query parameter: limit",
            "unknown query parameter: debug",
            "unknown body property: dry_run",
            "unknown trigger: \"magic\"",
            "unknown field: data[].Colour",
            "unknown body property: fields[].colour",
        ]
    );
    assert_eq!(desk.practice.faults()[0].endpoint, "GET /crm/v8/Leads");
}

#[tokio::test]
async fn secrets_in_the_query_of_the_token_endpoint_are_noted() {
    let desk = desk();
    let answer = desk.form("/oauth/v2/token?client_id=x&client_secret=y&grant_type=refresh_token", &[]).await;
    assert_eq!(answer.json["error"], "invalid_client", "it reads them all the same");
    assert_eq!(desk.faults(), ["query parameters at the token endpoint"]);
}

#[tokio::test]
async fn bodies_must_say_that_they_are_json() {
    let desk = desk();
    let send = async |content_type: Option<&str>, body: &'static str| {
        let authorization = format!("Zoho-oauthtoken {}", desk.token);
        let mut request = Request::post("/crm/v8/Leads").header("authorization", authorization);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let answer = desk.raw(request.body(Body::from(body)).unwrap()).await;
        (answer.status, code(&answer).to_owned())
    };
    let good = r#"{"data":[{"Last_Name":"X","Company":"Y"}]}"#;
    assert_eq!(send(None, good).await.0, 415);
    assert_eq!(send(Some("text/plain"), good).await.0, 415);
    assert_eq!(send(Some("application/json; charset=utf-8"), good).await.0, 201);
    for broken in ["{", "", "[]", "4"] {
        assert_eq!(
            send(Some("application/json"), broken).await,
            (400, "INVALID_DATA".to_owned()),
            "{broken}"
        );
    }
}

#[tokio::test]
async fn only_version_eight_is_spoken() {
    let desk = desk();
    let request =
        Request::get("/crm/v2/Leads").header("authorization", format!("Zoho-oauthtoken {}", desk.token));
    let answer = desk.raw(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, code(&answer)), (404, "INVALID_URL_PATTERN"));
}
