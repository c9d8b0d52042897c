//! What was asked of the practice CRM: every request, how often each endpoint was called, and what a strict vendor
//! would have objected to.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::dialect::{CallKind, Endpoint};

/// Older requests are forgotten; counts and faults are not.
const KEPT_REQUESTS: usize = 5_000;
/// Longer bodies are shortened in the log.
const KEPT_BODY: usize = 64 * 1024;
/// Keys whose values are never logged.
const SECRET_KEYS: &[&str] = &[
    "access_token",
    "api_token",
    "assertion",
    "client_secret",
    "code",
    "code_verifier",
    "http_auth_password",
    "id_token",
    "refresh_token",
    "token",
    "tokenKey",
];

/// One request.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedRequest {
    /// Its place, counted from 1.
    pub number: u64,
    /// When it came.
    pub at: Timestamp,
    /// Its method.
    pub method: String,
    /// Its path; calls about tokens show the endpoint instead.
    pub path: String,
    /// Its query; not of calls about tokens.
    pub query: String,
    /// What it is about.
    pub endpoint: Endpoint,
    /// The status it got.
    pub status: u16,
    /// Whether the client never saw that answer.
    pub answer_lost: bool,
    /// The weather that struck it.
    pub weather: Vec<crate::weather::Fault>,
    /// Its body, without secrets.
    pub request_body: String,
    /// The answer's body, without secrets.
    pub response_body: String,
}

/// Something a strict vendor would have objected to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StrictFault {
    /// The request's place in the log.
    pub request: u64,
    /// Its endpoint.
    pub endpoint: String,
    /// What is wrong, in words.
    pub what: String,
}

/// The log.
#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: VecDeque<LoggedRequest>,
    counts: BTreeMap<String, u64>,
    write_counts: BTreeMap<String, u64>,
    faults: Vec<StrictFault>,
    /// Objections to the present request.
    pub(crate) objections: Vec<String>,
    number: u64,
}

impl Log {
    pub(crate) fn next_number(&self) -> u64 {
        self.number + 1
    }

    pub(crate) fn add(&mut self, mut request: LoggedRequest) {
        self.number = request.number;
        let label = request.endpoint.label.clone();
        for what in self.objections.drain(..) {
            self.faults.push(StrictFault { request: request.number, endpoint: label.clone(), what });
        }
        if request.endpoint.kind == CallKind::Write {
            *self.write_counts.entry(label.clone()).or_default() += 1;
        }
        *self.counts.entry(label.clone()).or_default() += 1;
        if matches!(request.endpoint.kind, CallKind::Token | CallKind::Page) {
            request.path = label;
            request.query.clear();
            request.request_body = redacted(&request.request_body);
            request.response_body = redacted(&request.response_body);
        }
        request.query = without_secrets(&request.query);
        shorten(&mut request.request_body);
        shorten(&mut request.response_body);
        self.requests.push_back(request);
        if self.requests.len() > KEPT_REQUESTS {
            self.requests.pop_front();
        }
    }

    pub(crate) fn requests(&self, after: u64, limit: usize) -> Vec<LoggedRequest> {
        self.requests.iter().filter(|one| one.number > after).take(limit).cloned().collect()
    }

    pub(crate) fn counts(&self) -> &BTreeMap<String, u64> {
        &self.counts
    }

    pub(crate) fn write_counts(&self) -> &BTreeMap<String, u64> {
        &self.write_counts
    }

    pub(crate) fn faults(&self) -> &[StrictFault] {
        &self.faults
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

fn shorten(text: &mut String) {
    if text.len() > KEPT_BODY {
        let end = (0..=KEPT_BODY).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        text.truncate(end);
        text.push('…');
    }
}

/// A query without the secrets that some vendors' older ways put there.
fn without_secrets(query: &str) -> String {
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        Some((key, _)) if SECRET_KEYS.contains(&key) => format!("{key}=<redacted>"),
        _ => pair.to_owned(),
    });
    shown.collect::<Vec<_>>().join("&")
}

fn redacted(body: &str) -> String {
    if let Ok(mut json) = serde_json::from_str::<Value>(body) {
        hide(&mut json);
        return json.to_string();
    }
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(body).unwrap_or_default();
    let shown: Vec<String> = fields
        .iter()
        .map(|(key, value)| {
            let hidden = SECRET_KEYS.contains(&key.as_str());
            format!("{key}={}", if hidden { "<redacted>" } else { value })
        })
        .collect();
    shown.join("&")
}

fn hide(json: &mut Value) {
    match json {
        Value::Object(entries) => {
            for (key, value) in entries {
                if SECRET_KEYS.contains(&key.as_str()) {
                    *value = Value::from("<redacted>");
                } else {
                    hide(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        _ => {}
    }
}
