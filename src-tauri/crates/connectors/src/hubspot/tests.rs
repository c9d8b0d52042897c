//! What the common suite cannot know.

mod account;
mod batches;
mod by_email;
mod errors;
mod feed;
mod odd;
mod requests;
mod suite;

use std::sync::Arc;

use leadferry_connector::Upsert;
use leadferry_connector::testkit::{Bench, Fixture, Script};
use leadferry_model::{LeadId, Record, RecordId, Value};
use serde_json::{Value as Json, json};

use super::spec::SPEC;

const UPSERT: &str = "/crm/objects/2026-03/contacts/batch/upsert";
const UPDATE: &str = "/crm/objects/2026-03/contacts/batch/update";
const READ: &str = "/crm/objects/2026-03/contacts/batch/read";
const SEARCH: &str = "/crm/objects/2026-03/contacts/search";
const CONTACTS: &str = "/crm/objects/2026-03/contacts";

fn script(fixtures: impl IntoIterator<Item = Fixture>) -> (Arc<Script>, Bench) {
    let script = Arc::new(Script::new(fixtures));
    (script.clone(), Bench::new(&SPEC, script))
}

fn lead(number: usize) -> Upsert {
    row(number, &[("email", &format!("lead{number}@example.com")), ("firstname", "Ada")])
}

fn row(number: usize, fields: &[(&str, &str)]) -> Upsert {
    let fields: Record = fields.iter().map(|(name, value)| (*name, Value::text(*value))).collect();
    Upsert { lead: LeadId::new(format!("L-{number}")), record: None, trace: format!("L-{number}#1"), fields }
}

fn known(number: usize) -> Upsert {
    Upsert { record: Some(RecordId::new(format!("{}", 200 + number))), ..lead(number) }
}

/// A result row as HubSpot gives it.
fn result(number: usize) -> Json {
    json!({
        "id": format!("{}", 200 + number), "new": true, "objectWriteTraceId": format!("L-{number}#1"),
        "properties": {"lead_id": format!("L-{number}"), "hs_object_id": format!("{}", 200 + number)},
        "createdAt": "2026-11-20T09:00:00.300Z", "updatedAt": "2026-11-20T09:00:00.300Z", "archived": false,
    })
}

fn complete(results: Vec<Json>, errors: Vec<Json>) -> Json {
    json!({
        "status": "COMPLETE", "startedAt": "2026-11-20T09:00:00.100Z", "completedAt": "2026-11-20T09:00:00.420Z",
        "results": results, "numErrors": errors.len(), "errors": errors,
    })
}

fn invalid(field: &str, code: &str, context: Json) -> Json {
    let list =
        json!([{"isValid": false, "message": format!("{field} is wrong"), "error": code, "name": field}]);
    json!({
        "status": "error", "category": "VALIDATION_ERROR", "correlationId": "77aa",
        "message": format!("Property values were not valid: {list}"), "context": context,
    })
}
