//! A practice Zoho CRM with its clock and a token, and the calls tests make of it.

use std::sync::Arc;

use axum::body::Body;
use http::Request;
use jiff::SignedDuration;
use leadferry_model::ManualClock;
use leadferry_practice::{Options, Practice};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Answer, noon, read};

pub(crate) const ADMIN: &str = "554023000000235011";
pub(crate) const RAVI: &str = "554023000000235012";
pub(crate) const LOTTE: &str = "554023000000235013";
pub(crate) const PIM: &str = "554023000000235014";

/// The sample leads' ids, in order: Bea, Casper, Delia, Emeka, Freya.
pub(crate) const BEA: &str = "554023000000527001";
pub(crate) const CASPER: &str = "554023000000527002";

pub(crate) struct Desk {
    pub(crate) practice: Practice,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) token: String,
}

pub(crate) fn desk() -> Desk {
    let clock = Arc::new(ManualClock::new(noon()));
    let options = Options { seed: Some(7), clock: clock.clone(), public_base: None };
    let practice = Practice::new("zoho", options).unwrap();
    let token = practice.tokens().full.expose().to_owned();
    Desk { practice, clock, token }
}

impl Desk {
    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub(crate) async fn raw(&self, request: Request<Body>) -> Answer {
        read(self.practice.router().oneshot(request).await.unwrap()).await
    }

    /// A call of the API; `path` begins after the version.
    pub(crate) async fn call_with(
        &self,
        headers: &[(&str, &str)],
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/crm/v8{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.raw(request.body(body).unwrap()).await
    }

    pub(crate) async fn call_as(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let authorization = format!("Zoho-oauthtoken {token}");
        self.call_with(&[("authorization", &authorization)], method, path, body).await
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.call_as(&self.token, method, path, body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    /// A read with one header more, such as `if-modified-since`.
    pub(crate) async fn get_with(&self, header: (&str, &str), path: &str) -> Answer {
        let authorization = format!("Zoho-oauthtoken {}", self.token);
        self.call_with(&[("authorization", &authorization), header], "GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(&body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, Some(&body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(serde_urlencoded::to_string(fields).unwrap()));
        self.raw(request.unwrap()).await
    }

    pub(crate) async fn page(&self, path: &str) -> Answer {
        self.raw(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Creates the unique `Lead_ID` field.
    pub(crate) async fn with_lead_id(self) -> Self {
        let field = json!({"field_label": "Lead ID", "data_type": "text", "length": 100, "unique": {"case_sensitive": false}});
        let answer = self.post("/settings/fields?module=Leads", json!({"fields": [field]})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        self
    }

    /// Creates one record and answers its id.
    pub(crate) async fn create(&self, module: &str, row: Value) -> String {
        let answer = self.post(&format!("/{module}"), json!({"data": [row]})).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json["data"][0]["details"]["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn lead(&self, mut row: Value) -> String {
        row["Last_Name"] = row.get("Last_Name").cloned().unwrap_or_else(|| json!("Sample"));
        row["Company"] = row.get("Company").cloned().unwrap_or_else(|| json!("Sample & Co"));
        self.create("Leads", row).await
    }

    /// Upserts leads by `Lead_ID`, then by e-mail.
    pub(crate) async fn upsert(&self, rows: Vec<Value>) -> Answer {
        let body = json!({"data": rows, "duplicate_check_fields": ["Lead_ID", "Email"], "trigger": []});
        self.post("/Leads/upsert", body).await
    }

    /// The one record with this id, with all its fields.
    pub(crate) async fn read(&self, module: &str, id: &str) -> Value {
        let answer = self.get(&format!("/{module}/{id}?converted=both")).await;
        assert_eq!(answer.status, 200, "{module} {id}: {}", answer.text);
        answer.json["data"][0].clone()
    }

    pub(crate) async fn coql(&self, query: &str) -> Answer {
        self.post("/coql", json!({"select_query": query})).await
    }

    /// The faults a strict vendor would have found, as texts.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.practice.faults().into_iter().map(|fault| fault.what).collect()
    }
}

/// The rows of an answer.
pub(crate) fn rows(answer: &Answer) -> &[Value] {
    answer.json["data"].as_array().map_or(&[], Vec::as_slice)
}

/// The codes of an answer's rows, in order.
pub(crate) fn codes(answer: &Answer) -> Vec<&str> {
    rows(answer).iter().map(|row| row["code"].as_str().unwrap_or_default()).collect()
}

/// The code of a refused request.
pub(crate) fn code(answer: &Answer) -> &str {
    answer.json["code"].as_str().unwrap_or_default()
}

/// The values of one field over an answer's rows.
pub(crate) fn each<'a>(answer: &'a Answer, field: &str) -> Vec<&'a str> {
    rows(answer).iter().map(|row| row[field].as_str().unwrap_or_default()).collect()
}

/// A lead as an upsert's row.
pub(crate) fn row(lead_id: &str, mut more: Value) -> Value {
    more["Lead_ID"] = json!(lead_id);
    more["Last_Name"] = more.get("Last_Name").cloned().unwrap_or_else(|| json!("Sample"));
    more["Company"] = more.get("Company").cloned().unwrap_or_else(|| json!("Sample & Co"));
    more
}

/// `text` so that it can stand in a query.
pub(crate) fn escaped(text: &str) -> String {
    serde_urlencoded::to_string([("v", text)]).unwrap()[2..].to_owned()
}
