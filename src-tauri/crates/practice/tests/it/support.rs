//! A client for tests: sends requests to the router and reads the answers.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{HeaderMap, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use leadferry_model::ManualClock;
use leadferry_practice::{AnswerLost, Delay, Options, Practice};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A practice HubSpot with its clock and a token.
pub(crate) struct Desk {
    pub(crate) practice: Practice,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) token: String,
}

/// An answer, read to the end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) json: Value,
    pub(crate) lost: Option<AnswerLost>,
    pub(crate) delay: Option<Delay>,
    pub(crate) broken: bool,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The `category` of an error body.
    pub(crate) fn category(&self) -> &str {
        self.json["category"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.json["message"].as_str().unwrap_or_default()
    }

    /// The `results` of a list or batch.
    pub(crate) fn results(&self) -> &[Value] {
        self.json["results"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The result of the row with this trace id.
    pub(crate) fn traced(&self, trace: &str) -> &Value {
        self.results().iter().find(|one| one["objectWriteTraceId"] == trace).unwrap_or(&Value::Null)
    }

    /// The error of the row with this trace id.
    pub(crate) fn error_of(&self, trace: &str) -> &Value {
        let errors = self.json["errors"].as_array().map_or(&[][..], Vec::as_slice);
        errors.iter().find(|one| one["context"]["objectWriteTraceId"][0] == trace).unwrap_or(&Value::Null)
    }
}

pub(crate) fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

pub(crate) fn desk() -> Desk {
    let clock = Arc::new(ManualClock::new(noon()));
    let options = Options { seed: Some(7), clock: clock.clone(), public_base: None };
    let practice = Practice::new("hubspot", options).unwrap();
    let token = practice.tokens().full.expose().to_owned();
    Desk { practice, clock, token }
}

impl Desk {
    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub(crate) async fn raw(&self, request: Request<Body>) -> Answer {
        let response = self.practice.router().oneshot(request).await.unwrap();
        read(response).await
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.call_as(&self.token, method, path, body).await
    }

    pub(crate) async fn call_as(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.raw(request.body(body).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(&body)).await
    }

    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(serde_urlencoded::to_string(fields).unwrap()));
        self.raw(request.unwrap()).await
    }

    /// Creates the unique `lead_id` property.
    pub(crate) async fn with_lead_id(self) -> Self {
        let answer = self
            .post(
                "/crm/properties/2026-03/contacts",
                json!({
                    "groupName": "contactinformation", "name": "lead_id", "label": "Lead ID", "type": "string",
                    "fieldType": "text", "hasUniqueValue": true,
                }),
            )
            .await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        self
    }

    /// Creates a contact and answers its id.
    pub(crate) async fn contact(&self, properties: Value) -> String {
        let answer = self.post(CONTACTS, json!({"properties": properties})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn upsert(&self, rows: Vec<Value>) -> Answer {
        self.post(&format!("{CONTACTS}/batch/upsert"), json!({"inputs": rows})).await
    }

    /// The faults a strict vendor would have found, as texts.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.practice.faults().into_iter().map(|fault| fault.what).collect()
    }
}

pub(crate) const CONTACTS: &str = "/crm/objects/2026-03/contacts";

/// An upsert row by `lead_id`, traced by the same.
pub(crate) fn row(lead_id: &str, mut properties: Value) -> Value {
    properties["lead_id"] = json!(lead_id);
    json!({"idProperty": "lead_id", "id": lead_id, "objectWriteTraceId": lead_id, "properties": properties})
}

pub(crate) async fn read(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await;
    let broken = bytes.is_err();
    let text = String::from_utf8(bytes.unwrap_or_default().to_vec()).unwrap();
    Answer {
        status: parts.status.as_u16(),
        json: serde_json::from_str(&text).unwrap_or(Value::Null),
        text,
        lost: parts.extensions.get().copied(),
        delay: parts.extensions.get().copied(),
        headers: parts.headers,
        broken,
    }
}

/// A status by name, so that tables of cases read well.
pub(crate) fn is_good(status: u16) -> bool {
    StatusCode::from_u16(status).is_ok_and(|status| status.is_success())
}
