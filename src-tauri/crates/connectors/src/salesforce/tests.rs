//! What the common suite cannot know.

mod account;
mod actions;
mod batches;
mod bulk;
mod contacts;
mod errors;
mod feed;
mod fields;
mod find;
mod odd;

use std::sync::Arc;

use leadferry_connector::Upsert;
use leadferry_connector::testkit::{Bench, Fixture, Script};
use leadferry_model::{LeadId, Record, RecordId, Value};
use serde_json::{Value as Json, json};

use super::spec::SPEC;

const UPSERT: &str = "/services/data/v66.0/composite/sobjects/Lead/Lead_ID__c";
const UPDATE: &str = "/services/data/v66.0/composite/sobjects";
const QUERY: &str = "/services/data/v66.0/query";
const QUERY_ALL: &str = "/services/data/v66.0/queryAll";
const USER_INFO: &str = "/services/oauth2/userinfo";
const LEAD: &str = "/services/data/v66.0/sobjects/Lead/describe";
/// What is asked of every lead.
const POINTERS: &str = "ConvertedContactId,ConvertedAccountId,ConvertedOpportunityId";

fn script(fixtures: impl IntoIterator<Item = Fixture>) -> (Arc<Script>, Bench) {
    let script = Arc::new(Script::new(fixtures));
    (script.clone(), Bench::new(&SPEC, script))
}

fn lead(number: usize) -> Upsert {
    row(number, &[("LastName", "Lovelace"), ("Email", &format!("lead{number}@example.com"))])
}

fn row(number: usize, fields: &[(&str, &str)]) -> Upsert {
    let fields: Record = fields.iter().map(|(name, value)| (*name, Value::text(*value))).collect();
    Upsert { lead: LeadId::new(format!("L-{number}")), record: None, trace: format!("L-{number}#1"), fields }
}

fn id(number: usize) -> String {
    super::ids::whole(&format!("00Q5g00000{number:05}"))
}

fn contact(number: usize) -> String {
    super::ids::whole(&format!("0035g00000{number:05}"))
}

fn known(number: usize) -> Upsert {
    Upsert { record: Some(RecordId::new(id(number))), ..lead(number) }
}

/// A row that was saved.
fn saved(number: usize, created: bool) -> Json {
    json!({"id": id(number), "success": true, "errors": [], "created": created})
}

/// A row that was refused.
fn refused(code: &str, message: &str, fields: &[&str]) -> Json {
    json!({"success": false, "errors": [{"statusCode": code, "message": message, "fields": fields}]})
}

/// A call that was refused.
fn refusal(code: &str, message: &str) -> Json {
    json!([{"message": message, "errorCode": code}])
}

fn rows(records: Vec<Json>) -> Json {
    json!({"totalSize": records.len(), "done": true, "records": records})
}

fn ask(query: &str) -> Json {
    json!({ "q": query })
}
