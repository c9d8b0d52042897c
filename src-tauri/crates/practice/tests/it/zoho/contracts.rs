//! Answers of the practice Zoho CRM held against the vendor's own description of its API, and against answers that were
//! recorded from it: promised keys are there, and values are of the promised kinds.
//!
//! Both lie beside the checkout, in `../shared` or where `LEADFERRY_SHARED` says; they are data for checks and no part of
//! the repository.
#![expect(clippy::print_stderr, reason = "a check that cannot run says so aloud")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::desk::{BEA, CASPER, Desk, desk, each, escaped, row};
use crate::support::Answer;

/// The folder of Zoho's contracts; `None` where there is none, which is only allowed outside CI or without the folder.
fn folder() -> Option<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?;
    let beside = repository.parent().map(|parent| parent.join("shared"));
    let shared = std::env::var_os("LEADFERRY_SHARED").map(PathBuf::from).or(beside)?;
    let folder = shared.join("contracts/zoho");
    if !folder.is_dir() {
        let must_run = std::env::var("CI").is_ok_and(|ci| ci == "true") && shared.is_dir();
        assert!(!must_run, "the contracts are beside the checkout, but Zoho's are not among them");
        eprintln!("skipped: no contracts");
        return None;
    }
    Some(folder)
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Places where live answers are known to differ from the document, by the end of the place.
const WAIVED: &[(&str, &str)] = &[
    ("details.maximum_length", "a text in one schema, a number in all others and in the vendor's samples"),
    (".time_zone", "an object in the document, a text in all samples of the vendor"),
];
/// Codes the older document does not list yet.
const NEWER_CODES: &[&str] =
    &["MULTIPLE_OR_MULTI_ERRORS", "ALREADY_MODIFIED", "DISCRETE_PAGINATION_LIMIT_EXCEEDED"];

struct Document(Value);

impl Document {
    fn resolved<'d>(&'d self, schema: &'d Value) -> &'d Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(name) => self.resolved(self.0.pointer(&name[1..]).unwrap()),
            None => schema,
        }
    }

    /// The schema of an operation's answer; statuses the document does not list are held to its 200.
    fn answer<'d>(&'d self, method: &str, template: &str, status: u16) -> &'d Value {
        let operation = &self.0["paths"][template][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {template} is in the document");
        let responses = operation["responses"].as_object().unwrap();
        let response = responses.get(&status.to_string()).or_else(|| responses.get("200"));
        let response = response.or_else(|| responses.values().next()).unwrap();
        let content = self.resolved(response)["content"].as_object().unwrap();
        &content.values().next().unwrap()["schema"]
    }

    /// What does not fit, each with its place.
    fn compare(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let schema = self.resolved(schema);
        // Recorded answers hold null in many places that the document does not call nullable.
        if value.is_null() || WAIVED.iter().any(|(place, _)| at.ends_with(place)) {
            return Vec::new();
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(all) = schema.get(choice).and_then(Value::as_array) {
                let mut tries: Vec<Vec<String>> =
                    all.iter().map(|one| self.compare(one, value, at)).collect();
                tries.sort_by_key(Vec::len);
                return tries.into_iter().next().unwrap_or_default();
            }
        }
        let fits = match schema.get("type").and_then(Value::as_str) {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("number") => value.is_number(),
            Some("boolean") => value.is_boolean(),
            _ => true,
        };
        if !fits {
            return vec![format!("{at}: {} wanted, {value} found", schema["type"])];
        }
        let mut wrong = self.compare_enum(schema, value, at);
        if let (Some(items), Some(all)) = (schema.get("items"), value.as_array()) {
            for (place, item) in all.iter().enumerate() {
                wrong.extend(self.compare(items, item, &format!("{at}[{place}]")));
            }
        }
        if let (Some(known), Some(entries)) = (schema.get("properties"), value.as_object()) {
            let required = schema.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let missing = required.iter().filter_map(Value::as_str).filter(|key| !entries.contains_key(*key));
            wrong.extend(missing.map(|key| format!("{at}.{key} is missing")));
            for (key, inner) in entries {
                if let Some(schema) = known.get(key) {
                    wrong.extend(self.compare(schema, inner, &format!("{at}.{key}")));
                }
            }
        }
        wrong
    }

    fn compare_enum(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let Some(all) = schema.get("enum").and_then(Value::as_array) else { return Vec::new() };
        let Some(text) = value.as_str() else { return Vec::new() };
        // Sentences differ between the document and recorded answers; formats of people's settings are anybody's.
        let kept = at.ends_with(".code") || at.ends_with(".status") || at.ends_with(".action");
        let known = all.iter().any(|one| one == text) || NEWER_CODES.contains(&text);
        if kept && !known { vec![format!("{at}: {text} is not one of the document's")] } else { Vec::new() }
    }
}

const MODULE: &str = "/crm/v8/{module_api_name}";

/// One call of each family: method, template in the document, path, body.
async fn answers(desk: &Desk) -> Vec<(&'static str, String, Answer)> {
    let layouts = desk.get("/settings/layouts?module=Deals").await;
    let layout = layouts.json["layouts"][0]["id"].as_str().unwrap().to_owned();
    let fields = desk.get("/settings/fields?module=Leads").await;
    let field = fields.json["fields"][0]["id"].as_str().unwrap().to_owned();
    let of = |rest: &str| format!("{MODULE}{rest}");
    let settings = |rest: &str| format!("/crm/v8/settings/{rest}");
    let lead = |more: Value| json!({"data": [row("L-8", more)]});
    let text = json!({"field_label": "Plot", "data_type": "text"});
    let note = json!({"Note_Content": "x", "Parent_Id": {"module": {"api_name": "Leads"}, "id": BEA}});
    let criteria = escaped("(Lead_Status:equals:Contacted)");
    let calls: Vec<(&'static str, String, String, Option<Value>)> = vec![
        ("GET", settings("modules"), "/settings/modules".into(), None),
        ("GET", settings("modules/{api_name}"), "/settings/modules/Leads".into(), None),
        ("GET", settings("modules"), "/settings/modules/Boats".into(), None),
        ("GET", settings("fields"), "/settings/fields?module=Leads".into(), None),
        ("GET", settings("fields"), "/settings/fields?module=Deals".into(), None),
        ("GET", settings("fields"), "/settings/fields".into(), None),
        ("GET", settings("fields/{field}"), format!("/settings/fields/{field}?module=Leads"), None),
        ("POST", settings("fields"), "/settings/fields?module=Leads".into(), Some(json!({"fields": [text]}))),
        ("POST", settings("fields"), "/settings/fields?module=Leads".into(), Some(json!({"fields": [{}]}))),
        ("GET", settings("layouts"), "/settings/layouts?module=Leads".into(), None),
        ("GET", settings("layouts/{id}"), format!("/settings/layouts/{layout}?module=Deals"), None),
        ("GET", settings("pipeline"), format!("/settings/pipeline?layout_id={layout}"), None),
        ("GET", settings("pipeline"), "/settings/pipeline".into(), None),
        ("GET", settings("pipeline"), "/settings/pipeline?layout_id=1".into(), None),
        ("GET", "/crm/v8/users".into(), "/users?type=ActiveUsers".into(), None),
        ("GET", "/crm/v8/users/{user}".into(), format!("/users/{}", super::desk::ADMIN), None),
        ("GET", "/crm/v8/org".into(), "/org".into(), None),
        ("GET", of(""), "/Leads?fields=Last_Name,Owner,Tag&per_page=2".into(), None),
        ("GET", of(""), "/Leads".into(), None),
        ("GET", of("/{id}"), format!("/Leads/{BEA}"), None),
        ("POST", of(""), "/Leads".into(), Some(lead(json!({"Tag": [{"name": "Roses"}]})))),
        ("POST", of(""), "/Leads".into(), Some(lead(json!({"Email": "no", "City": "x".repeat(101)})))),
        ("POST", of(""), "/Leads".into(), Some(json!({"data": [{}, {"Last_Name": "X", "Company": "Y"}]}))),
        ("PUT", of(""), "/Leads".into(), Some(json!({"data": [{"id": BEA, "City": "Hull"}]}))),
        ("PUT", of("/{id}"), format!("/Leads/{BEA}"), Some(json!({"data": [{"City": "York"}]}))),
        ("POST", of("/upsert"), "/Leads/upsert".into(), Some(lead(json!({})))),
        ("GET", of("/search"), format!("/Leads/search?criteria={criteria}"), None),
        ("GET", of("/search"), "/Leads/search".into(), None),
        ("DELETE", of(""), format!("/Leads?ids={CASPER},1"), None),
        ("GET", of("/deleted"), "/Leads/deleted".into(), None),
        (
            "POST",
            "/crm/v8/coql".into(),
            "/coql".into(),
            Some(json!({"select_query": "select Last_Name from Leads where City is null"})),
        ),
        (
            "POST",
            "/crm/v8/coql".into(),
            "/coql".into(),
            Some(json!({"select_query": "select Last_Name from Leads"})),
        ),
        (
            "POST",
            "/crm/v8/coql".into(),
            "/coql".into(),
            Some(json!({"select_query": "select X from Leads where City is null"})),
        ),
        (
            "POST",
            "/crm/v8/Leads/{lead_id}/actions/convert".into(),
            format!("/Leads/{BEA}/actions/convert"),
            Some(json!({"data": [{"Deals": {"Deal_Name": "X"}}]})),
        ),
        (
            "POST",
            "/crm/v8/Leads/{lead_id}/actions/convert".into(),
            format!("/Leads/{BEA}/actions/convert"),
            Some(json!({"data": [{}]})),
        ),
        (
            "POST",
            "/crm/v8/Leads/{lead_id}/actions/convert".into(),
            format!("/Leads/{BEA}/actions/convert"),
            Some(json!({"data": [{}]})),
        ),
        ("POST", "/crm/v8/Notes".into(), "/Notes".into(), Some(json!({"data": [note]}))),
        (
            "GET",
            of("/{record_id}/{related_list_api_name}"),
            format!("/Leads/{BEA}/Notes?fields=Note_Content"),
            None,
        ),
    ];
    let mut answers = Vec::new();
    for (method, template, path, body) in calls {
        let answer = desk.call(method, &path, body.as_ref()).await;
        answers.push((method, template, answer));
    }
    answers
}

#[tokio::test]
async fn answers_have_the_keys_and_kinds_the_vendor_documents() {
    let Some(folder) = folder() else { return };
    let document = Document(read(&folder.join("specs/crm-v8.json")));
    let desk = desk().with_lead_id().await;
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (method, template, answer) in answers(&desk).await {
        if matches!(answer.status, 204 | 304) {
            continue;
        }
        compared += 1;
        let schema = document.answer(method, &template, answer.status);
        let mut found = document.compare(schema, &answer.json, "");
        found.truncate(6);
        wrong.extend(found.into_iter().map(|what| format!("{method} {template} {}: {what}", answer.status)));
    }
    assert!(compared > 30, "only {compared} answers were compared");
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_comparison_notices_what_is_missing_and_what_is_wrong() {
    let Some(folder) = folder() else { return };
    let document = Document(read(&folder.join("specs/crm-v8.json")));
    let check = |template: &str, value: Value| {
        document.compare(document.answer("GET", template, 200), &value, "").len()
    };
    let desk = desk();
    let users = desk.get("/users").await.json;
    assert_eq!(check("/crm/v8/users", users.clone()), 0);
    let mut without = users.clone();
    without["info"].as_object_mut().unwrap().remove("count");
    assert_eq!(check("/crm/v8/users", without), 1, "a promised key is missing");
    let mut other = users;
    other["users"][0]["full_name"] = json!(4);
    assert_eq!(check("/crm/v8/users", other), 1, "a number where a text is promised");
}

/// Whether `ours` has every key of `recorded`, with values of the same kind.
fn like(recorded: &Value, ours: &Value, at: &str, wrong: &mut Vec<String>) {
    let kind = |value: &Value| match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    };
    match (recorded, ours) {
        (Value::Object(recorded), Value::Object(ours)) => {
            for (key, value) in recorded {
                match ours.get(key) {
                    Some(own) => like(value, own, &format!("{at}.{key}"), wrong),
                    None => wrong.push(format!("{at}.{key} is missing")),
                }
            }
        }
        (Value::Array(recorded), Value::Array(ours)) => {
            if let (Some(first), Some(own)) = (recorded.first(), ours.first()) {
                like(first, own, &format!("{at}[0]"), wrong);
            }
        }
        (a, b) if kind(a) == kind(b) || a.is_null() || b.is_null() => {}
        (a, b) => wrong.push(format!("{at}: recorded {a}, here {b}")),
    }
}

#[tokio::test]
async fn answers_look_like_recorded_ones() {
    let Some(folder) = folder() else { return };
    let desk = desk();
    let id = each(&desk.get("/Contacts?fields=id").await, "id")[0].to_owned();
    let lead =
        json!({"data": [{"Company": "Test Company", "Last_Name": "Last", "Email": "test@example.com"}]});
    let note = json!({"Note_Content": "x", "Parent_Id": {"module": {"api_name": "Contacts"}, "id": id}});
    let cases = [
        ("nango-create-lead", desk.post("/Leads", lead.clone()).await),
        ("nango-update-lead", desk.put(&format!("/Leads/{BEA}"), json!({"data": [{"City": "Hull"}]})).await),
        ("nango-upsert-records", desk.post("/Leads/upsert", lead).await),
        ("nango-create-note", desk.post("/Notes", json!({"data": [note]})).await),
        ("amp-unsupportedread", desk.get("/Butterflies?fields=id").await),
        ("nango-search-records", desk.get("/Leads/search?word=nobody").await),
    ];
    for (name, answer) in cases {
        let recorded = read(&folder.join(format!("examples/{name}.json")));
        let response = &recorded["response"];
        assert_eq!(Some(u64::from(answer.status)), response["status"].as_u64(), "{name}: {}", answer.text);
        let mut wrong = Vec::new();
        like(&response["body"], &answer.json, "", &mut wrong);
        if answer.status != 204 {
            assert_eq!(wrong, Vec::<String>::new(), "{name}");
        }
    }
    // What one account's admin switched on beside the standard module.
    let elsewhere = ["Flat_House_No_Building_Apartment_Name", "Record_Image", "nearby_distance__s"];
    let recorded = read(&folder.join("examples/nango-list-leads.json"));
    let recorded: Map<String, Value> = recorded["response"]["body"]["data"][0].as_object().unwrap().clone();
    let ours = desk.read("Leads", BEA).await;
    let missing: Vec<&String> = recorded
        .keys()
        .filter(|key| ours.get(key.as_str()).is_none() && !elsewhere.contains(&key.as_str()))
        .collect();
    assert_eq!(missing, Vec::<&String>::new(), "a lead has the recorded keys");
}
