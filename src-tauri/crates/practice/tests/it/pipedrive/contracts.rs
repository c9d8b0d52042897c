//! Answers held to the vendor's own description of them: keys that must be there are, types fit, and no key is there that it
//! does not list or show.
//!
//! The descriptions lie beside the checkout, in `../shared` or where `LEADFERRY_SHARED` says; they are data for checks and no
//! part of the repository.
#![expect(clippy::print_stderr, reason = "a check that cannot run says so aloud")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::desk::{Desk, PERSONS, desk, field};

/// Reads a folder of the contracts; `None` where there are none, which is only allowed outside CI or without the folder.
fn contracts() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    let shared = std::env::var_os("LEADFERRY_SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("contracts/pipedrive");
    if !folder.is_dir() {
        let must_run = std::env::var("CI").is_ok_and(|ci| ci == "true") && shared.is_dir();
        assert!(!must_run, "the contracts are beside the checkout, but Pipedrive's are not among them");
        eprintln!("skipped: no contracts");
        return None;
    }
    Some(folder)
}

fn read(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

/// The two descriptions, v1 and v2.
fn descriptions() -> Option<(Value, Value)> {
    let folder = contracts()?;
    Some((read(&folder, "specs/v1.json"), read(&folder, "specs/v2.json")))
}

/// What a good answer of an endpoint looks like: its schema and its example. The status is not compared: sources disagree.
fn described<'d>(document: &'d Value, method: &str, path: &str) -> (&'d Value, &'d Value) {
    let responses = document["paths"][path][method.to_lowercase()]["responses"].as_object();
    let responses = responses.unwrap_or_else(|| panic!("{method} {path} is described"));
    let (_, good) = responses.iter().find(|(status, _)| status.starts_with('2')).unwrap();
    let content = &good["content"]["application/json"];
    (&content["schema"], &content["example"])
}

/// The properties of a schema, those of its parts included, and the ones that are needed.
fn properties<'s>(schema: &'s Value, known: &mut Vec<(&'s str, &'s Value)>, needed: &mut Vec<&'s str>) {
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        known.push((name, inner));
    }
    needed.extend(schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str));
    for part in schema["allOf"].as_array().into_iter().flatten() {
        properties(part, known, needed);
    }
}

fn is_open(schema: &Value) -> bool {
    let parts = schema["allOf"].as_array();
    schema["additionalProperties"] == true || parts.into_iter().flatten().any(is_open)
}

/// The codes of custom fields and of their parts stand at the root in v1, outside of what is listed.
fn is_code(key: &str) -> bool {
    key.get(..40).is_some_and(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What of `value` is not as described. Recorded answers hold `null` for many things that are described without it.
fn compare(value: &Value, schema: &Value, example: &Value, at: &str, found: &mut Vec<String>) {
    let kind = schema["type"]
        .as_str()
        .or_else(|| schema["allOf"].as_array()?.iter().find_map(|part| part["type"].as_str()));
    let fits = match (kind, value) {
        (_, Value::Null) | (None, _) => true,
        (Some("object"), value) => value.is_object(),
        (Some("array"), value) => value.is_array(),
        (Some("string"), value) => value.is_string(),
        (Some("boolean"), value) => value.is_boolean(),
        (Some("integer"), value) => value.is_i64() || value.is_u64(),
        (Some("number"), value) => value.is_number(),
        (Some(_), _) => false,
    };
    if !fits {
        found.push(format!("{at} is not of type {}: {value}", kind.unwrap_or_default()));
        return;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                compare(item, &schema["items"], &example[0], &format!("{at}[]"), found);
            }
        }
        Value::Object(entries) => {
            let (mut known, mut needed) = (Vec::new(), Vec::new());
            properties(schema, &mut known, &mut needed);
            found.extend(
                needed
                    .iter()
                    .filter(|key| !entries.contains_key(**key))
                    .map(|key| format!("{at}.{key} is missing")),
            );
            for (key, inner) in entries {
                let here = format!("{at}.{key}");
                match known.iter().find(|(name, _)| name == key) {
                    Some((_, schema)) => compare(inner, schema, &example[key.as_str()], &here, found),
                    None if known.is_empty()
                        || is_open(schema)
                        || is_code(key)
                        || example.get(key).is_some() => {}
                    // Recorded: the page stands in a `pagination` of its own.
                    None if key == "pagination" => {}
                    None => found.push(format!("{here} is not described")),
                }
            }
        }
        _ => {}
    }
}

async fn check(
    desk: &Desk,
    found: &mut Vec<String>,
    document: &Value,
    calls: &[(&str, &str, String, Option<Value>)],
) {
    for (method, described_path, path, body) in calls {
        desk.pass(3);
        let answer = desk.call(method, path, body.as_ref()).await;
        assert!(answer.status < 300, "{method} {path}: {}", answer.text);
        let (schema, example) = described(document, method, described_path);
        let mut here = Vec::new();
        compare(&answer.json, schema, example, "", &mut here);
        found.extend(here.into_iter().map(|what| format!("{method} {described_path}: {what}")));
    }
}

#[tokio::test]
async fn v2_answers_are_as_the_vendor_describes_them() {
    let Some((_, v2)) = descriptions() else { return };
    let desk = desk();
    let lead = desk.get("/v1/leads").await.data()[0]["id"].as_str().unwrap().to_owned();
    let person = json!({
        "name": "Ida Dyk", "emails": [{"value": "ida@example.com"}], "org_id": 107, "label_ids": [1],
        "custom_fields": {field::BUDGET: {"value": 1, "currency": "EUR"}, field::INTERESTS: [41]},
    });
    let activity = json!({"subject": "C", "type": "call", "participants": [{"person_id": 101}], "location": {"value": "Hull"}});
    let mut calls = vec![
        ("POST", "/persons", "persons".to_owned(), Some(person)),
        ("PATCH", "/persons/{id}", "persons/101".to_owned(), Some(json!({"visible_to": 1}))),
        ("GET", "/persons/{id}", "persons/101".to_owned(), None),
        ("GET", "/persons", "persons?limit=3".to_owned(), None),
        ("GET", "/persons/search", "persons/search?term=example".to_owned(), None),
        (
            "POST",
            "/organizations",
            "organizations".to_owned(),
            Some(json!({"name": "G", "address": {"value": "Hull"}})),
        ),
        ("GET", "/organizations", "organizations".to_owned(), None),
        ("GET", "/organizations/search", "organizations/search?term=tern".to_owned(), None),
        (
            "POST",
            "/deals",
            "deals".to_owned(),
            Some(json!({"title": "D", "person_id": 101, "status": "won"})),
        ),
        ("GET", "/deals", "deals".to_owned(), None),
        ("GET", "/deals/archived", "deals/archived".to_owned(), None),
        ("GET", "/deals/{id}", "deals/109?include_fields=source_lead_id".to_owned(), None),
        ("GET", "/deals/search", "deals/search?term=flat".to_owned(), None),
        ("POST", "/activities", "activities".to_owned(), Some(activity)),
        ("GET", "/activities", "activities?include_fields=attendees".to_owned(), None),
        ("GET", "/pipelines", "pipelines".to_owned(), None),
        ("GET", "/pipelines/{id}", "pipelines/1".to_owned(), None),
        ("GET", "/stages", "stages".to_owned(), None),
        ("GET", "/stages/{id}", "stages/1".to_owned(), None),
        ("GET", "/itemSearch", "itemSearch?term=roof".to_owned(), None),
        ("GET", "/leads/search", "leads/search?term=barn".to_owned(), None),
        ("POST", "/leads/{id}/convert/deal", format!("leads/{lead}/convert/deal"), Some(json!({}))),
        ("DELETE", "/persons/{id}", "persons/102".to_owned(), None),
    ];
    for fields in ["personFields", "organizationFields", "dealFields", "activityFields"] {
        let listed = match fields {
            "personFields" => "/personFields",
            "organizationFields" => "/organizationFields",
            "dealFields" => "/dealFields",
            _ => "/activityFields",
        };
        calls.push(("GET", listed, format!("{fields}?limit=500&include_fields=ui_visibility"), None));
        if listed != "/activityFields" {
            let body = json!({"field_name": "F", "field_type": "enum", "options": [{"label": "A"}]});
            calls.push(("POST", listed, fields.to_owned(), Some(body)));
        }
    }
    for call in &mut calls {
        call.2 = format!("/api/v2/{}", call.2);
    }
    let mut found = Vec::new();
    check(&desk, &mut found, &v2, &calls).await;
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
    assert_eq!(desk.faults(), Vec::<String>::new(), "the calls of this test are documented ones");
}

#[tokio::test]
async fn a_conversion_and_a_field_search_are_as_described() {
    let Some((_, v2)) = descriptions() else { return };
    let desk = desk();
    let lead = desk.get("/v1/leads").await.data()[0]["id"].as_str().unwrap().to_owned();
    let started = desk.post(&format!("/api/v2/leads/{lead}/convert/deal"), json!({})).await;
    let job = started.json["data"]["conversion_id"].as_str().unwrap().to_owned();
    let mut found = Vec::new();
    for _ in 0..3 {
        let status = format!("/api/v2/leads/{lead}/convert/status/{job}");
        let call = ("GET", "/leads/{id}/convert/status/{conversion_id}", status, None);
        check(&desk, &mut found, &v2, &[call]).await;
    }
    let search = format!("/api/v2/itemSearch/field?term=Barn&entity_type=person&field={}", field::ROOF);
    check(&desk, &mut found, &v2, &[("GET", "/itemSearch/field", search, None)]).await;
    assert_eq!(found, Vec::<String>::new(), "the item's own keys are those of the example");
}

#[tokio::test]
async fn v1_answers_are_as_the_vendor_describes_them() {
    let Some((v1, _)) = descriptions() else { return };
    let desk = desk();
    let lead = desk.get("/v1/leads").await.data()[0]["id"].as_str().unwrap().to_owned();
    let webhook = json!({
        "subscription_url": "https://hooks.example.com/p", "event_action": "*", "event_object": "person", "name": "X",
    });
    let new = json!({"title": "L", "person_id": 101, "value": {"amount": 5, "currency": "EUR"}});
    let calls = vec![
        ("GET", "/users", "/v1/users".to_owned(), None),
        ("GET", "/users/me", "/v1/users/me".to_owned(), None),
        ("GET", "/users/{id}", "/v1/users/13002".to_owned(), None),
        ("GET", "/users/find", "/v1/users/find?term=dana".to_owned(), None),
        ("GET", "/activityTypes", "/v1/activityTypes".to_owned(), None),
        ("POST", "/leads", "/v1/leads".to_owned(), Some(new)),
        ("GET", "/leads", "/v1/leads".to_owned(), None),
        ("GET", "/leads/{id}", format!("/v1/leads/{lead}"), None),
        ("PATCH", "/leads/{id}", format!("/v1/leads/{lead}"), Some(json!({"is_archived": true}))),
        ("GET", "/leads/archived", "/v1/leads/archived".to_owned(), None),
        ("GET", "/leadLabels", "/v1/leadLabels".to_owned(), None),
        ("POST", "/leadLabels", "/v1/leadLabels".to_owned(), Some(json!({"name": "L", "color": "red"}))),
        ("GET", "/leadSources", "/v1/leadSources".to_owned(), None),
        ("GET", "/leadFields", "/v1/leadFields?limit=500".to_owned(), None),
        ("POST", "/webhooks", "/v1/webhooks".to_owned(), Some(webhook)),
        ("GET", "/webhooks", "/v1/webhooks".to_owned(), None),
        ("DELETE", "/webhooks/{id}", "/v1/webhooks/1".to_owned(), None),
        (
            "PUT",
            "/persons/{id}/merge",
            "/v1/persons/101/merge".to_owned(),
            Some(json!({"merge_with_id": 103})),
        ),
        ("DELETE", "/leads/{id}", format!("/v1/leads/{lead}"), None),
        ("DELETE", "/notes/{id}", "/v1/notes/112".to_owned(), None),
    ];
    let mut found = Vec::new();
    check(&desk, &mut found, &v1, &calls).await;
    let notes = vec![
        ("POST", "/notes", "/v1/notes".to_owned(), Some(json!({"content": "n", "person_id": 103}))),
        ("GET", "/notes", "/v1/notes?person_id=103".to_owned(), None),
    ];
    check(&desk, &mut found, &v1, &notes).await;
    // Recorded answers have these three, which the description forgot.
    found.retain(|what| {
        !["lead", "pinned_to_lead_flag", "archive_time"]
            .iter()
            .any(|key| what.ends_with(&format!(".{key} is not described")))
    });
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
    assert_eq!(desk.faults(), Vec::<String>::new(), "the calls of this test are documented ones");
    let described = &v1["paths"]["/oauth/token"]["post"]["responses"]["200"]["content"]["application/json"];
    let tokens = super::consent::connect(&desk, "13001").await;
    let mut found = Vec::new();
    compare(&tokens.json, &described["schema"], &described["example"], "", &mut found);
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(desk.get(PERSONS).await.status, 200);
}

/// What a recorded answer holds and ours does not, and what is of another type.
fn differences(recorded: &Value, ours: &Value, at: &str, found: &mut Vec<String>) {
    match (recorded, ours) {
        (Value::Object(recorded), Value::Object(ours)) => {
            for (key, value) in recorded {
                match ours.get(key) {
                    Some(own) => differences(value, own, &format!("{at}.{key}"), found),
                    None => found.push(format!("{at}.{key} is missing")),
                }
            }
        }
        (Value::Array(recorded), Value::Array(ours)) => {
            if let (Some(recorded), Some(own)) = (recorded.first(), ours.first()) {
                differences(recorded, own, &format!("{at}[]"), found);
            }
        }
        (Value::Null, _) | (_, Value::Null) => {}
        (recorded, ours) if std::mem::discriminant(recorded) == std::mem::discriminant(ours) => {}
        (recorded, ours) => found.push(format!("{at} is {ours}, recorded was {recorded}")),
    }
}

#[tokio::test]
async fn recorded_answers_hold_nothing_that_ours_lack() {
    let Some(folder) = contracts() else { return };
    let desk = desk();
    let new_lead = json!({"title": "L", "person_id": 101});
    let new_note = json!({"content": "n", "deal_id": 109});
    let cases = [
        ("nango-get-deal", "GET", "/api/v2/deals/109", None),
        ("amp-deals", "GET", "/api/v2/deals", None),
        ("amp-dealsFields", "GET", "/api/v2/dealFields", None),
        ("nango-create-lead", "POST", "/v1/leads", Some(new_lead)),
        ("nango-list-leads", "GET", "/v1/leads", None),
        ("nango-create-note", "POST", "/v1/notes", Some(new_note)),
        ("nango-update-stage", "GET", "/api/v2/stages/1", None),
    ];
    let mut found = Vec::new();
    for (name, method, path, body) in cases {
        let recorded = read(&folder, &format!("examples/{name}.json"));
        let ours = desk.call(method, path, body.as_ref()).await;
        differences(&recorded["response"]["body"], &ours.json, name, &mut found);
    }
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}

/// Every cost that the descriptions name is the one a call is charged: with one token less, it is refused.
#[tokio::test]
async fn calls_cost_what_the_vendor_says() {
    let Some((v1, v2)) = descriptions() else { return };
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (prefix, document) in [("/v1", &v1), ("/api/v2", &v2)] {
        for (path, operations) in document["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                let Some(cost) = operation["x-token-cost"].as_u64().filter(|cost| *cost > 0) else {
                    continue;
                };
                let concrete = path.replace("{id}", "101").replace("{field_code}", "name");
                let concrete = format!("{prefix}{}", concrete.replace("{conversion_id}", "x"));
                let method = method.to_uppercase();
                let charged = charged(&method, &concrete).await;
                // What this practice CRM does not speak costs nothing worth checking.
                let Some(charged) = charged else { continue };
                compared += 1;
                if charged != cost {
                    wrong.push(format!("{method} {prefix}{path}: {charged} instead of {cost}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{wrong:#?}");
    assert!(compared > 70, "most endpoints are spoken: {compared}");
}

/// What a call costs; `None` if this dialect does not speak it.
async fn charged(method: &str, path: &str) -> Option<u64> {
    for cost in [1, 2, 3, 5, 6, 10, 20, 40] {
        let desk = super::desk::limited_desk();
        let weather =
            leadferry_practice::Weather { daily_limit: Some(cost), ..leadferry_practice::Weather::default() };
        desk.practice.set_weather(weather);
        let body = (method != "GET").then(|| json!({}));
        let answer = desk.call(method, path, body.as_ref()).await;
        if answer.status == 404 && answer.error() == "Unknown method ." || answer.status == 410 {
            return None;
        }
        if answer.status != 429 {
            return Some(u64::from(cost));
        }
    }
    None
}
