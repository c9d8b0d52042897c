//! The parts of the common suite that a twin is enough for: it describes, upserts and lists, and in which nothing changes. The rest runs against the practice CRM.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::{Bench, Sent};
use leadferry_connector::{Transport, TransportError};
use serde_json::{Value, json};

use crate::conformance::Trial;
use crate::hubspot::CONNECTOR;
use crate::hubspot::spec::SPEC;

/// Contacts by Lead ID.
#[derive(Default)]
struct Twin(Mutex<BTreeMap<String, String>>);

impl Twin {
    fn upsert(&self, body: &Value) -> Value {
        let mut contacts = self.0.lock().unwrap();
        let (mut results, mut errors) = (Vec::new(), Vec::new());
        for input in body["inputs"].as_array().unwrap() {
            if input["properties"].get("no_such_field_anywhere").is_some() {
                errors.push(super::invalid(
                    "no_such_field_anywhere",
                    "PROPERTY_DOESNT_EXIST",
                    json!({"objectWriteTraceId": [input["objectWriteTraceId"]]}),
                ));
                continue;
            }
            let key = input["id"].as_str().unwrap().to_owned();
            let new = !contacts.contains_key(&key);
            let next = format!("{}", 201 + contacts.len());
            let id = contacts.entry(key.clone()).or_insert(next).clone();
            results.insert(0, json!({"id": id, "new": new, "properties": {"lead_id": key}}));
        }
        super::complete(results, errors)
    }
}

#[async_trait]
impl Transport for Twin {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let sent = Sent::new(&request);
        let body = match sent.path.as_str() {
            super::UPSERT => self.upsert(&sent.json()),
            "/crm/properties/2026-03/contacts" => json!({ "results": [
                {"name": "email", "label": "E-mail", "type": "string", "fieldType": "text"},
            ] }),
            "/crm/property-validations/2026-03/0-1" => json!({ "results": [] }),
            super::SEARCH => json!({ "total": 0, "results": [] }),
            super::CONTACTS if sent.query["archived"] == "true" => json!({ "results": [] }),
            super::CONTACTS => {
                let rows: Vec<Value> =
                    self.0.lock().unwrap().values().map(|id| json!({"id": id, "properties": {}})).collect();
                json!({ "results": rows })
            }
            other => panic!("no path {other}"),
        };
        Ok(http::Response::new(body.to_string().into()))
    }
}

#[tokio::test]
async fn hubspot_passes_the_common_suite() {
    let bench = Bench::new(&SPEC, Arc::new(Twin::default()));
    let call = bench.call();
    let trial = Trial::new(&CONNECTOR, &call, ("no_such_field_anywhere", leadferry_model::Value::text("x")));
    let records = trial.writes().await;
    trial.pages(&records).await;
}
