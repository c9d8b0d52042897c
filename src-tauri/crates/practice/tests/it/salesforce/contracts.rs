//! Recorded answers of the real Salesforce beside this one's: the same statuses, and the same shapes.
//!
//! The recordings lie beside the checkout, in `../shared` or where `LEADFERRY_SHARED` says; they are data for checks and no
//! part of the repository. Their requests are replayed in the version this practice speaks.
#![expect(clippy::print_stderr, reason = "a check that cannot run says so aloud")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::consent::{exchange, fresh_code};
use super::support::{DATA, code, id, org};
use crate::support::{Answer, Desk};

/// A folder of the contracts; `None` where there is none.
fn folder(name: &str) -> Option<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?;
    let beside = repository.parent().map(|parent| parent.join("shared"));
    let shared = std::env::var_os("LEADFERRY_SHARED").map(PathBuf::from).or(beside)?;
    let folder = shared.join("contracts/salesforce").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    let must_run = std::env::var("CI").is_ok_and(|ci| ci == "true") && shared.is_dir();
    assert!(!must_run, "the contracts are beside the checkout, but Salesforce's are not among them");
    eprintln!("skipped: no contracts");
    None
}

fn read(folder: &Path) -> BTreeMap<String, Value> {
    let one = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.file_stem().unwrap().to_string_lossy().into_owned(), serde_json::from_str(&text).unwrap())
    };
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).map(one).collect()
}

/// Where `ours` lacks something of `recorded`, or has it in another type. Texts and numbers may differ.
fn differences(recorded: &Value, ours: &Value, at: &str) -> Vec<String> {
    match (recorded, ours) {
        (Value::Object(recorded), Value::Object(ours)) => {
            let inner = recorded.iter().flat_map(|(key, value)| match ours.get(key) {
                Some(own) => differences(value, own, &format!("{at}.{key}")),
                None => vec![format!("{at}.{key} is missing")],
            });
            let more = ours
                .keys()
                .filter(|key| !recorded.contains_key(*key))
                .map(|key| format!("{at}.{key} is too much"));
            inner.chain(more).collect()
        }
        (Value::Array(recorded), Value::Array(ours)) => match (recorded.first(), ours.first()) {
            (Some(recorded), Some(own)) => differences(recorded, own, &format!("{at}[]")),
            (None, None) => Vec::new(),
            _ => vec![format!("{at} has {} entries, not {}", ours.len(), recorded.len())],
        },
        (Value::String(_), Value::String(_))
        | (Value::Number(_), Value::Number(_))
        | (Value::Null, Value::Null) => Vec::new(),
        (Value::Bool(recorded), Value::Bool(own)) if recorded == own => Vec::new(),
        _ => vec![format!("{at} is {ours}, not {recorded}")],
    }
}

/// The recorded path in our version, with an id that is there.
fn path(recorded: &Value, id: &str) -> String {
    let path = recorded["request"]["path"].as_str().unwrap();
    let rest = path.splitn(5, '/').nth(4).unwrap_or_default();
    let rest: Vec<&str> = rest
        .split('/')
        .map(|part| if part.len() == 18 && part.starts_with("001") { id } else { part })
        .collect();
    let query: BTreeMap<String, String> =
        serde_json::from_value(recorded["request"]["query"].clone()).unwrap();
    let query = serde_urlencoded::to_string(query).unwrap();
    format!("{DATA}/{}{}{query}", rest.join("/"), if query.is_empty() { "" } else { "?" })
}

async fn replay(org: &Desk, recorded: &Value, id: &str) -> Answer {
    let body = Some(&recorded["request"]["body"]).filter(|body| !body.is_null());
    org.call(recorded["request"]["method"].as_str().unwrap(), &path(recorded, id), body).await
}

#[tokio::test]
async fn recorded_answers_have_the_shape_of_ours() {
    let Some(folder) = folder("examples") else { return };
    let recordings = read(&folder);
    let org = org();
    let account = id(&org.post(&format!("{DATA}/sobjects/Account"), json!({"Name": "Example Ltd"})).await);
    for name in [
        "nango-create-record",
        "nango-create-sobject-collection",
        "nango-query-records",
        "nango-update-record",
        "nango-upsert-record",
    ] {
        let recorded = &recordings[name];
        let ours = replay(&org, recorded, &account).await;
        assert_eq!(
            Some(u64::from(ours.status)),
            recorded["response"]["status"].as_u64(),
            "{name}: {}",
            ours.text
        );
        let body = &recorded["response"]["body"];
        let body = if body == "" { &Value::Null } else { body };
        assert_eq!(differences(body, &ours.json, name), Vec::<String>::new(), "{name}: {}", ours.text);
        for header in recorded["response"]["headers"].as_object().unwrap().keys() {
            assert!(ours.header(header).is_some(), "{name} has the header {header}");
        }
        assert!(
            ours.header("sforce-limit-info").is_some_and(|usage| usage.starts_with("api-usage=")),
            "{name}"
        );
    }
    assert_eq!(org.faults(), Vec::<String>::new(), "recorded requests are documented ones");
}

#[tokio::test]
async fn a_recorded_refusal_is_ours_to_the_letter() {
    let Some(folder) = folder("examples") else { return };
    let recorded = &read(&folder)["amp-unknown-field"];
    let org = org();
    let body = json!({"AccountNumer": "1"});
    let ours = org.call("PATCH", &path(recorded, ""), Some(&body)).await;
    assert_eq!(ours.status, 400);
    assert_eq!(ours.json, recorded["response"]["body"], "a body is read before the record is looked for");
}

#[tokio::test]
async fn recorded_tokens_have_the_shape_of_ours() {
    let Some(folder) = folder("examples") else { return };
    let recorded = &read(&folder)["restforce-refresh_success_response"]["response"]["body"];
    let org = org();
    let code_of = fresh_code(&org, &[]).await;
    let tokens = exchange(&org, &code_of, &[]).await;
    let client_id = org.practice.tokens().client_id;
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", client_id.as_str()),
        ("refresh_token", tokens.json["refresh_token"].as_str().unwrap()),
    ];
    let ours = org.form("/services/oauth2/token", &refresh).await;
    let lacking: Vec<_> =
        recorded.as_object().unwrap().keys().filter(|key| ours.json.get(key).is_none()).collect();
    assert!(lacking.is_empty(), "{lacking:?} are recorded");
}

#[tokio::test]
async fn standard_fields_are_as_real_orgs_describe_them() {
    let Some(folder) = folder("specs") else { return };
    let spec = &read(&folder)["sobjects-derived"];
    let org = org();
    for object in ["Lead", "Contact", "Account", "Opportunity", "Event"] {
        let described = org.get(&format!("{DATA}/sobjects/{object}/describe")).await;
        let fields: BTreeMap<&str, &Value> = described.json["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| (field["name"].as_str().unwrap(), field))
            .collect();
        let create = &spec["components"]["schemas"][format!("{object}Create")];
        let mut compared = 0;
        for (name, recorded) in create["properties"].as_object().unwrap() {
            let Some(field) = fields.get(name.as_str()) else { continue };
            compared += 1;
            let kind = field["type"].as_str().unwrap();
            let types: Vec<&str> = match &recorded["type"] {
                Value::String(one) => vec![one.as_str()],
                other => other.as_array().unwrap().iter().filter_map(Value::as_str).collect(),
            };
            let expected = match kind {
                "boolean" => "boolean",
                "int" => "integer",
                "double" | "currency" | "percent" => "number",
                _ => "string",
            };
            assert!(types.contains(&expected), "{object}.{name} is {kind}, recorded {types:?}");
            assert_eq!(field["createable"], true, "{object}.{name}");
            if let Some(length) = recorded["maxLength"].as_u64().filter(|_| kind != "picklist") {
                assert_eq!(field["length"].as_u64(), Some(length), "{object}.{name}");
            }
        }
        assert!(compared > 10, "{object} shares {compared} fields with the recorded one");
        let mut required: Vec<&str> =
            create["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        required.sort_unstable();
        let is_required = |f: &&&Value| {
            f["createable"] == true && f["nillable"] == false && f["defaultedOnCreate"] == false
        };
        let ours: Vec<&str> =
            fields.values().filter(is_required).filter_map(|f| f["name"].as_str()).collect();
        assert_eq!(ours, required, "{object}");
    }
    assert_eq!(code(&org.get("/services/data/v66.0/sobjects/Nothing").await), "NOT_FOUND");
}
