//! The inspection face, as values and over HTTP.

use std::collections::BTreeMap;

use axum::body::Body;
use http::Request;
use leadferry_model::{Field, FieldKind, FieldOption, ObjectSchema};
use leadferry_practice::Weather;
use leadferry_practice::weather::Fault;
use serde_json::{Value, json};

use crate::support::{Answer, CONTACTS, Desk, desk, row};

async fn inspect(desk: &Desk, method: &str, path: &str, body: Option<Value>) -> Answer {
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let request =
        Request::builder().method(method).uri(format!("/_practice{path}")).header("host", "127.0.0.1:8080");
    desk.raw(request.body(body).unwrap()).await
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn the_face_says_what_runs_here() {
    let desk = desk();
    let home = inspect(&desk, "GET", "", None).await;
    assert_eq!(
        (home.json["dialect"]["id"].as_str(), home.json["account"].as_str()),
        (Some("hubspot"), Some("Harbour Practice Ltd"))
    );
    assert_eq!(home.json["counts"]["contacts"], 6);
    let tokens = inspect(&desk, "GET", "/tokens", None).await;
    assert_eq!(tokens.json["full"], desk.token.as_str());
    assert!(desk.practice.requests(0, 10).is_empty(), "inspecting is not logged");
}

#[tokio::test]
async fn people_in_the_crm_change_records_past_the_api() {
    let desk = desk();
    let added = inspect(
        &desk,
        "POST",
        "/objects/contacts/records",
        Some(json!({"email": "p@example.com", "num_notes": "3"})),
    )
    .await;
    assert_eq!(added.status, 200, "{}", added.text);
    let path = format!("/objects/contacts/records/{}", added.json["id"].as_str().unwrap());
    desk.pass(5);
    let edited = inspect(&desk, "PATCH", &path, Some(json!({"city": "Hull"}))).await;
    assert_eq!(edited.json["values"]["city"], "Hull");
    assert_eq!(
        edited.json["values"]["lastmodifieddate"], "2026-11-20T12:00:05.000Z",
        "the change feed sees it"
    );
    assert_eq!(inspect(&desk, "DELETE", &path, None).await.status, 200);
    assert_eq!(
        inspect(&desk, "GET", "/objects/contacts/records?archived=true", None)
            .await
            .json
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let back = json!({"lifecyclestage": "subscriber"});
    let stepped = inspect(&desk, "PATCH", "/objects/contacts/records/101", Some(back)).await;
    assert_eq!(stepped.json["values"]["lifecyclestage"], "subscriber", "people may go back a stage");
    let clash =
        inspect(&desk, "POST", "/objects/contacts/records", Some(json!({"email": "ada.marsh@example.com"})))
            .await;
    assert_eq!(clash.status, 409);
    assert_eq!(inspect(&desk, "GET", "/objects/boats/records", None).await.status, 409);
}

#[tokio::test]
async fn requests_and_writes_are_counted() {
    let desk = desk().with_lead_id().await;
    desk.practice.clear_log();
    desk.upsert(vec![row("L-1", json!({"firstname": "X"}))]).await;
    desk.get(&format!("{CONTACTS}/101?properties=email")).await;
    desk.get(&format!("{CONTACTS}/ada.marsh@example.com?idProperty=email")).await;
    let writes = inspect(&desk, "GET", "/writes", None).await;
    assert_eq!(writes.json, json!({"POST /crm/objects/2026-03/contacts/batch/upsert": 1}));
    let calls = inspect(&desk, "GET", "/calls", None).await;
    assert_eq!(calls.json["GET /crm/objects/2026-03/contacts/{id}"], 2);
    let log = inspect(&desk, "GET", "/log?after=1", None).await;
    assert_eq!(
        (log.json[0]["query"].as_str(), log.json[0]["status"].as_u64()),
        (Some("properties=email"), Some(200))
    );
    assert_eq!(log.json.as_array().unwrap().len(), 2);
    assert!(desk.practice.requests(0, 1)[0].request_body.contains("L-1"), "bodies are kept");
    assert_eq!(inspect(&desk, "DELETE", "/log", None).await.status, 200);
    assert_eq!(inspect(&desk, "GET", "/log", None).await.json, json!([]));
}

#[tokio::test]
async fn weather_is_set_as_json() {
    let desk = desk();
    let weather = json!({
        "spells": [{"fault": {"kind": "outage", "status": 503}, "when": {"kind": "for_seconds", "seconds": 60}, "on": "writes"}],
        "search_lag_seconds": 30,
    });
    let set = inspect(&desk, "PUT", "/weather", Some(weather)).await;
    assert_eq!(set.status, 200, "{}", set.text);
    assert_eq!(desk.practice.weather().spells[0].fault, Fault::Outage { status: 503 });
    assert_eq!(inspect(&desk, "GET", "/weather", None).await.json["search_lag_seconds"], 30);
    assert_eq!(inspect(&desk, "PUT", "/weather", Some(json!({"snow": true}))).await.status, 400);
    assert_eq!(desk.post(CONTACTS, json!({"properties": {"firstname": "X"}})).await.status, 503);
    assert_eq!(inspect(&desk, "POST", "/reset", None).await.status, 200);
    assert_eq!(desk.practice.weather(), Weather::default());
    assert_eq!(desk.get(CONTACTS).await.status, 200, "tokens outlive a reset");
}

#[tokio::test]
async fn equal_content_has_an_equal_snapshot_whatever_its_ids() {
    let (one, other) = (desk(), desk());
    other.practice.add_record("contacts", &values(&[("firstname", "Passing")])).unwrap();
    other.pass(60);
    for desk in [&one, &other] {
        desk.practice.add_record("contacts", &values(&[("email", "b@example.com")])).unwrap();
    }
    assert_ne!(one.practice.snapshot(), other.practice.snapshot());
    let passing = other.practice.records("contacts", 0, 100, false).unwrap();
    let passing =
        passing.iter().find(|one| one.values.get("firstname").is_some_and(|name| name == "Passing")).unwrap();
    other.practice.delete_record("contacts", passing.id.parse().unwrap()).unwrap();
    assert_eq!(one.practice.snapshot(), other.practice.snapshot());
    assert_eq!(one.practice.snapshot().links.len(), 3);
}

#[tokio::test]
async fn fields_and_options_change_while_it_runs() {
    let desk = desk();
    let options = vec![FieldOption { value: "RED".into(), label: "Red".into(), hidden: false }];
    desk.practice.set_options("contacts", "hs_lead_status", options).unwrap();
    desk.practice.remove_field("contacts", "boat_name").unwrap();
    let field = serde_json::to_value(Field {
        custom: true,
        ..Field::new("hull_colour", "Hull colour", FieldKind::Text)
    })
    .unwrap();
    assert_eq!(inspect(&desk, "POST", "/objects/contacts/fields", Some(field)).await.status, 200);
    let create =
        async |properties: Value| desk.post(CONTACTS, json!({"properties": properties})).await.status;
    assert_eq!(create(json!({"firstname": "X", "hs_lead_status": "RED", "hull_colour": "blue"})).await, 201);
    assert_eq!(
        create(json!({"firstname": "X", "boat_name": "Tern"})).await,
        400,
        "a removed field is unknown"
    );
    assert_eq!(inspect(&desk, "DELETE", "/objects/contacts/fields/hull_colour", None).await.status, 200);
    assert_eq!(inspect(&desk, "DELETE", "/objects/contacts/fields/hull_colour", None).await.status, 409);
}

#[tokio::test]
async fn an_account_becomes_the_twin_of_a_real_one() {
    let desk = desk();
    let schema = ObjectSchema {
        object: "contacts".to_owned(),
        label: "Contact".to_owned(),
        fields: vec![
            Field::new("email", "E-mail", FieldKind::Text),
            Field::new("firstname", "First name", FieldKind::Text),
            Field { unique: true, custom: true, ..Field::new("lead_id", "Lead ID", FieldKind::Text) },
            Field { custom: true, max_length: Some(3), ..Field::new("code", "Code", FieldKind::Text) },
            Field::new("createdate", "Created", FieldKind::DateTime),
        ],
        one_of: vec![vec!["email".to_owned()]],
        open: false,
    };
    let body = json!({
        "schema": schema,
        "records": [
            {"hs_object_id": "734931097788", "email": "real@example.com", "lead_id": "L-1"},
            {"email": "REAL@example.com"},
        ],
    });
    let loaded = inspect(&desk, "PUT", "/twin/contacts", Some(body)).await;
    assert_eq!(loaded.json["loaded"], 1, "two people with one address are one: {}", loaded.text);
    assert_eq!(desk.practice.counts()["contacts"], 1, "the sample people are gone");
    let answer = desk
        .upsert(vec![
            row("L-1", json!({"firstname": "R"})),
            row("L-2", json!({"email": "new@example.com"})),
            row("L-3", json!({"email": "third@example.com", "code": "LONG"})),
            row("L-4", json!({"firstname": "No address"})),
            row("L-6", json!({"email": "not an address"})),
            row("L-5", json!({"email": "fifth@example.com", "boat_name": "Tern"})),
        ])
        .await;
    assert_eq!(answer.traced("L-1")["new"], false);
    assert_eq!(answer.traced("L-1")["id"], "734931097788", "records keep the ids leads are linked by");
    assert_eq!(answer.traced("L-2")["new"], true);
    for (lead, why) in [
        ("L-3", "too long"),
        ("L-4", "needs an e-mail"),
        ("L-6", "e-mails stay e-mails"),
        ("L-5", "the practice account's own field is gone"),
    ] {
        assert_eq!(answer.error_of(lead)["category"], "VALIDATION_ERROR", "{why}");
    }
}

#[tokio::test]
async fn a_twin_has_the_real_accounts_owners_and_stages() {
    let desk = desk();
    let owner =
        json!([{"id": "88", "user_id": 5, "email": "real@example.com", "first_name": "R", "last_name": "L"}]);
    assert_eq!(inspect(&desk, "PUT", "/owners", Some(owner)).await.status, 200);
    let owned = async |owner: &str| {
        let body = json!({"properties": {"firstname": "X", "hubspot_owner_id": owner}});
        desk.post(CONTACTS, body).await.status
    };
    assert_eq!((owned("88").await, owned("51001").await), (201, 400));
    let stage = json!({"id": "s1", "label": "First", "probability": "0.5", "closed": false});
    let pipelines = json!([{"id": "p1", "label": "Real", "stages": [stage]}]);
    assert_eq!(inspect(&desk, "PUT", "/pipelines/deals", Some(pipelines)).await.status, 200);
    assert_eq!(desk.get("/crm/pipelines/2026-03/deals").await.results()[0]["stages"][0]["id"], "s1");
}

#[tokio::test]
async fn web_pages_cannot_drive_the_face() {
    let desk = desk();
    let send = async |host: &str, origin: Option<&str>| {
        let mut request = Request::post("/_practice/reset").header("host", host);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        desk.raw(request.body(Body::empty()).unwrap()).await.status
    };
    assert_eq!(send("localhost:8080", None).await, 200);
    assert_eq!(send("localhost:8080", Some("http://localhost:8080")).await, 200);
    assert_eq!(send("[::1]:8080", None).await, 200);
    assert_eq!(send("practice.example.com", None).await, 403, "a name that was pointed here");
    assert_eq!(send("localhost:8080", Some("https://example.com")).await, 403, "a page elsewhere");
    assert_eq!(send("localhost:8080", Some("null")).await, 403);
}
