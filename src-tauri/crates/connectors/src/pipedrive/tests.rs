//! What the common suite cannot know.

mod account;
mod batches;
mod errors;
mod feed;
mod finding;
mod odd;
mod requests;

use std::sync::Arc;

use leadferry_connector::testkit::{Bench, Fixture, Script};
use leadferry_connector::{Settings, Upsert};
use leadferry_model::{LeadId, Record, RecordId, Value};
use serde_json::{Value as Json, json};

use super::spec::SPEC;

const PERSONS: &str = "/api/v2/persons";
const FIELDS: &str = "/api/v2/personFields";
const SEARCH: &str = "/api/v2/persons/search";
const BY_FIELD: &str = "/api/v2/itemSearch/field";

/// The key of the Lead ID field.
const LEAD_ID: &str = "9f1c0d3e5a7b2468ace013579bdf02468ace1357";
/// The key of a custom field with options.
const SOURCE: &str = "0aa1bb2cc3dd4ee5ff60718293a4b5c6d7e8f901";

/// A connection whose Lead ID field was made.
fn script(fixtures: impl IntoIterator<Item = Fixture>) -> (Arc<Script>, Bench) {
    let script = Arc::new(Script::new(fixtures));
    let bench = Bench::new(&SPEC, script.clone());
    let bench = ["persons", "organizations", "deals"]
        .iter()
        .fold(bench, |bench, object| bench.set(&Settings::lead_id_key(object), LEAD_ID));
    (script, bench)
}

fn row(number: usize, fields: &[(&str, Value)]) -> Upsert {
    let fields: Record = fields.iter().map(|(name, value)| (*name, value.clone())).collect();
    Upsert { lead: LeadId::new(format!("L-{number}")), record: None, trace: format!("L-{number}#1"), fields }
}

fn lead(number: usize) -> Upsert {
    row(
        number,
        &[("name", Value::text("Ada Moss")), ("email", Value::text(format!("lead{number}@example.com")))],
    )
}

fn known(number: usize, fields: &[(&str, Value)]) -> Upsert {
    Upsert { record: Some(RecordId::new(format!("{}", 200 + number))), ..row(number, fields) }
}

/// A person as Pipedrive gives it.
fn person(number: usize) -> Json {
    json!({
        "id": 200 + number, "name": "Ada Moss", "first_name": "Ada", "last_name": "Moss", "owner_id": 1, "org_id": null,
        "add_time": "2026-11-20T08:00:00Z", "update_time": "2026-11-20T08:30:00Z",
        "emails": [{"value": format!("lead{number}@example.com"), "primary": true, "label": "work"}], "phones": [],
        "is_deleted": false, "visible_to": 3, "label_ids": [], "picture_id": null,
        "custom_fields": {LEAD_ID: format!("L-{number}")},
    })
}

fn success(data: Json) -> Json {
    json!({"success": true, "data": data, "additional_data": {"next_cursor": null}})
}

fn hits(ids: &[u64]) -> Json {
    let items: Vec<Json> =
        ids.iter().map(|id| json!({"result_score": 0.5, "item": {"id": id, "type": "person"}})).collect();
    success(json!({ "items": items }))
}
