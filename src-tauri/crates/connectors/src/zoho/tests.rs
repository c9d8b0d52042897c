//! What the common suite cannot know.

mod account;
mod actions;
mod batches;
mod errors;
mod feed;
mod fields;
mod finding;
mod recorded;

use std::sync::Arc;

use leadferry_connector::Upsert;
use leadferry_connector::testkit::{Bench, Fixture, Script};
use leadferry_model::{LeadId, Record, RecordId, Value};
use serde_json::{Value as Json, json};

use super::spec::SPEC;

const UPSERT: &str = "/crm/v8/Leads/upsert";
const LEADS: &str = "/crm/v8/Leads";
const COQL: &str = "/crm/v8/coql";
const FIELDS: &str = "/crm/v8/settings/fields";
const LAYOUTS: &str = "/crm/v8/settings/layouts";

fn script(fixtures: impl IntoIterator<Item = Fixture>) -> (Arc<Script>, Bench) {
    let script = Arc::new(Script::new(fixtures));
    (script.clone(), Bench::new(&SPEC, script))
}

fn lead(number: usize) -> Upsert {
    row(number, &[("Email", &format!("lead{number}@example.com")), ("Last_Name", "Moss")])
}

fn row(number: usize, fields: &[(&str, &str)]) -> Upsert {
    let fields: Record = fields.iter().map(|(name, value)| (*name, Value::text(*value))).collect();
    Upsert { lead: LeadId::new(format!("L-{number}")), record: None, trace: format!("L-{number}#1"), fields }
}

fn known(number: usize) -> Upsert {
    Upsert { record: Some(RecordId::new(id(number))), ..lead(number) }
}

fn id(number: usize) -> String {
    format!("55402300000052{:04}", number)
}

/// What Zoho says of a record that was written.
fn written(number: usize, action: &str) -> Json {
    let message = if action == "insert" { "record added" } else { "record updated" };
    json!({
        "code": "SUCCESS", "status": "success", "message": message, "action": action,
        "duplicate_field": (action == "update").then_some("Lead_ID"),
        "details": {
            "id": id(number), "Created_Time": "2026-11-20T10:00:01+01:00", "Modified_Time": "2026-11-20T10:00:01+01:00",
            "Created_By": {"name": "Ada Moss", "id": "554023000000235011"},
            "Modified_By": {"name": "Ada Moss", "id": "554023000000235011"}, "$approval_state": "approved",
        },
    })
}

/// What Zoho says of a record that was refused, or of a whole call.
fn refused(code: &str, details: Json) -> Json {
    json!({"code": code, "status": "error", "message": "no", "details": details})
}

fn invalid(at: usize, field: &str, expected: &str) -> Json {
    let path = format!("$.data[{at}].{field}");
    refused("INVALID_DATA", json!({"expected_data_type": expected, "api_name": field, "json_path": path}))
}

fn data(items: impl IntoIterator<Item = Json>) -> Json {
    json!({ "data": items.into_iter().collect::<Vec<_>>() })
}
