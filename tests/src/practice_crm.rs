//! The practice CRM's own face for looking inside: what was asked of it, and what it holds.

use http_body_util::{BodyExt as _, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use crate::window::Window;

/// A running practice CRM.
pub struct PracticeCrm {
    base: String,
}

impl PracticeCrm {
    /// The one that runs inside the app.
    pub async fn of(window: &Window) -> Self {
        let all = window.ask("practice", json!({})).await;
        let base =
            all[0]["base_url"].as_str().expect("the practice CRM runs").trim_end_matches('/').to_owned();
        Self { base }
    }

    /// How often each write was asked for.
    pub async fn writes(&self) -> Value {
        self.look("writes").await
    }

    /// How many writes were asked for.
    pub async fn write_calls(&self) -> u64 {
        self.writes().await.as_object().map_or(0, |calls| calls.values().filter_map(Value::as_u64).sum())
    }

    /// Records of an object, all of them: a journey has far fewer than the face shows at most.
    pub async fn records(&self, object: &str) -> Vec<Value> {
        let records = self.look(&format!("objects/{object}/records?limit=10000")).await;
        records.as_array().cloned().unwrap_or_default()
    }

    async fn look(&self, path: &str) -> Value {
        let client: Client<_, Empty<bytes::Bytes>> = Client::builder(TokioExecutor::new()).build_http();
        let address = format!("{}/_practice/{path}", self.base).parse().expect("an address");
        let answer = client.get(address).await.expect("the practice CRM answers");
        let body = answer.into_body().collect().await.expect("the answer arrives").to_bytes();
        serde_json::from_slice(&body).expect("the answer is JSON")
    }
}
