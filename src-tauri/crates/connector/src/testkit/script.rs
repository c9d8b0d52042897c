//! A network that answers from fixtures.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use crate::{Transport, TransportError, TransportProblem};

/// One request a test expects, and its answer. Read from a fixture file or built in code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixture {
    /// The request to answer.
    pub request: Expected,
    /// The answer.
    pub response: Scripted,
    /// Why no answer comes, instead of one.
    #[serde(skip)]
    pub fault: Option<TransportError>,
}

/// A request as a fixture describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The method.
    pub method: String,
    /// The path below the host.
    pub path: String,
    /// Exact query; `None`: any.
    #[serde(default)]
    pub query: Option<Value>,
    /// Exact JSON body; `None`: any.
    #[serde(default)]
    pub body: Option<Value>,
}

/// An answer as a fixture describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scripted {
    /// The status.
    pub status: u16,
    /// Headers.
    #[serde(default)]
    pub headers: serde_json::Map<String, Value>,
    /// The body: a text is sent as it is, anything else as JSON.
    #[serde(default)]
    pub body: Value,
}

impl Fixture {
    /// An answer with this status and body to any request of this method and path.
    pub fn new(method: &str, path: &str, status: u16, body: Value) -> Self {
        Self {
            request: Expected { method: method.into(), path: path.into(), query: None, body: None },
            response: Scripted { status, headers: serde_json::Map::new(), body },
            fault: None,
        }
    }

    /// No answer: the connection broke after the request was sent.
    pub fn lost(method: &str, path: &str) -> Self {
        Self {
            fault: Some(TransportError {
                kind: TransportProblem::Broken,
                maybe_sent: true,
                message: "connection reset".into(),
            }),
            ..Self::new(method, path, 0, Value::Null)
        }
    }

    /// Reads a fixture file.
    pub fn file(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("the fixture is not one: {error}"))
    }

    /// Only for a request with exactly this JSON body.
    pub fn body(mut self, body: Value) -> Self {
        self.request.body = Some(body);
        self
    }

    /// Only for a request with exactly this query.
    pub fn query(mut self, query: Value) -> Self {
        self.request.query = Some(query);
        self
    }

    /// With a header in the answer.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.response.headers.insert(name.into(), value.into());
        self
    }

    fn matches(&self, sent: &Sent) -> bool {
        let Expected { method, path, query, body } = &self.request;
        *method == sent.method
            && *path == sent.path
            && query.as_ref().is_none_or(|query| *query == sent.query)
            && body.as_ref().is_none_or(|body| *body == sent.json())
    }

    fn answer(self) -> Result<http::Response<Bytes>, TransportError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let body = match self.response.body {
            Value::Null => Bytes::new(),
            Value::String(text) => text.into(),
            json => json.to_string().into(),
        };
        let mut answer = http::Response::builder().status(self.response.status);
        for (name, value) in &self.response.headers {
            answer = answer.header(name, value.as_str().expect("BUG: fixtures write header values as text"));
        }
        Ok(answer.body(body).expect("BUG: fixtures hold valid headers"))
    }
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query as a JSON object of texts.
    pub query: Value,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Sent {
    /// Reads a request off the wire.
    pub fn new(request: &http::Request<Bytes>) -> Self {
        let url: url::Url = request.uri().to_string().parse().expect("BUG: requests have whole addresses");
        let query =
            url.query_pairs().map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())));
        Self {
            method: request.method().to_string(),
            path: url.path().to_owned(),
            query: Value::Object(query.collect()),
            headers: request.headers().clone(),
            body: request.body().clone(),
        }
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Answers each request with the first unused fixture that matches.
#[derive(Debug, Default)]
pub struct Script {
    waiting: Mutex<Vec<Fixture>>,
    sent: Mutex<Vec<Sent>>,
    unmatched: Mutex<Vec<String>>,
}

impl Script {
    /// A script of these fixtures.
    pub fn new(fixtures: impl IntoIterator<Item = Fixture>) -> Self {
        let script = Self::default();
        script.waiting.lock().expect("BUG: nobody else has it yet").extend(fixtures);
        script
    }

    /// What was sent, in order.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().expect("BUG: never held across a panic").clone()
    }
}

#[async_trait]
impl Transport for Script {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let sent = Sent::new(&request);
        let found = {
            let mut waiting = self.waiting.lock().expect("BUG: never held across a panic");
            waiting.iter().position(|fixture| fixture.matches(&sent)).map(|at| waiting.remove(at))
        };
        let answer = found.unwrap_or_else(|| {
            let words =
                format!("No fixture answers {} {} {} {}", sent.method, sent.path, sent.query, sent.json());
            self.unmatched.lock().expect("BUG: never held across a panic").push(words.clone());
            Fixture::new("", "", 500, serde_json::json!({ "message": words }))
        });
        self.sent.lock().expect("BUG: never held across a panic").push(sent);
        answer.answer()
    }
}

/// The check that nobody can forget.
impl Drop for Script {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let unmatched = self.unmatched.get_mut().expect("BUG: never held across a panic");
        assert!(unmatched.is_empty(), "{}", unmatched.join("\n"));
        let unused: Vec<String> = self
            .waiting
            .get_mut()
            .expect("BUG: never held across a panic")
            .iter()
            .map(|fixture| format!("{} {}", fixture.request.method, fixture.request.path))
            .collect();
        assert!(unused.is_empty(), "nobody asked for: {}", unused.join(", "));
    }
}
