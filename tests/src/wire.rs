//! What went over the wire: every request and every answer passes the vendor's contract, and is counted.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use serde_json::Value;

use crate::connect::DEFAULT;
use crate::contract::{Contract, table};
use crate::people::{EMAIL, MESSAGE};

/// Faults beyond these say nothing new.
const KEPT_FAULTS: usize = 200;

/// What went over the wire.
pub struct Wire {
    contract: Contract,
    seen: Mutex<Seen>,
}

struct Seen {
    faults: Vec<String>,
    calls: BTreeMap<String, u64>,
    statuses: BTreeMap<u16, u64>,
    messages: BTreeMap<String, Vec<String>>,
    email: String,
    message: String,
}

impl Default for Wire {
    fn default() -> Self {
        Self::new(Contract::of(DEFAULT))
    }
}

impl Wire {
    /// A wire that is judged by `contract`.
    pub fn new(contract: Contract) -> Self {
        let seen = Seen {
            faults: Vec::new(),
            calls: BTreeMap::new(),
            statuses: BTreeMap::new(),
            messages: BTreeMap::new(),
            email: EMAIL.to_owned(),
            message: MESSAGE.to_owned(),
        };
        Self { contract, seen: Mutex::new(seen) }
    }

    /// Which fields of the CRM hold the address and the message of a person, for [`messages`](Self::messages).
    pub fn follow(&self, email: &str, message: &str) {
        let mut seen = self.seen();
        (seen.email, seen.message) = (email.to_owned(), message.to_owned());
    }

    /// Begins to count anew: what furnishing an account took is not what a test asks about. Faults stay.
    pub fn count_anew(&self) {
        let mut seen = self.seen();
        seen.calls.clear();
        seen.statuses.clear();
    }

    /// Looks at a request.
    pub fn look(&self, request: &Request<Bytes>) {
        let faults = self.contract.request(request);
        let mut seen = self.seen();
        let place = format!("{} {}", request.method(), request.uri().path());
        seen.object(&place, faults);
        seen.remember_messages(request);
        *seen.calls.entry(place).or_default() += 1;
    }

    /// Looks at the answer to the request `asked`.
    pub fn answered(&self, asked: &Parts, response: &Response<Bytes>) {
        let faults = self.contract.answer(asked, response);
        self.seen().object(&format!("{} {}", asked.method, asked.uri.path()), faults);
        self.counted(response.status().as_u16());
    }

    /// Counts an answer whose body broke off on purpose: nobody can read it.
    pub fn counted(&self, status: u16) {
        *self.seen().statuses.entry(status).or_default() += 1;
    }

    /// Everything the contract does not allow.
    pub fn faults(&self) -> Vec<String> {
        self.seen().faults.clone()
    }

    /// How many answers had this status.
    pub fn answers(&self, status: u16) -> u64 {
        self.seen().statuses.get(&status).copied().unwrap_or_default()
    }

    /// Calls whose method and path contain `part`.
    pub fn calls(&self, part: &str) -> u64 {
        self.seen().calls.iter().filter(|(place, _)| place.contains(part)).map(|(_, count)| count).sum()
    }

    /// The messages sent for each person, by e-mail address, in the order they were sent.
    pub fn messages(&self) -> BTreeMap<String, Vec<String>> {
        self.seen().messages.clone()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn object(&mut self, place: &str, faults: Vec<String>) {
        let room = KEPT_FAULTS.saturating_sub(self.faults.len());
        self.faults.extend(faults.into_iter().take(room).map(|fault| format!("{place}: {fault}")));
    }

    fn remember_messages(&mut self, request: &Request<Bytes>) {
        let kind = request.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let body = match kind {
            Some(kind) if kind.contains("csv") => table(request.body()),
            _ => serde_json::from_slice(request.body()).unwrap_or_default(),
        };
        let mut found = Vec::new();
        record(&body, &self.email, &self.message, &mut found);
        for (email, message) in found {
            self.messages.entry(email).or_default().push(message);
        }
    }
}

/// Finds the innermost objects that hold both fields, at whatever depth a vendor keeps each of them. Gives what is left over.
fn record(
    value: &Value,
    email: &str,
    message: &str,
    found: &mut Vec<(String, String)>,
) -> (Option<String>, Option<String>) {
    let mut here = (None, None);
    match value {
        Value::Array(items) => items.iter().for_each(|item| {
            record(item, email, message, found);
        }),
        Value::Object(entries) => {
            for (name, value) in entries {
                let inside = match name {
                    _ if name == email => (text(value), None),
                    _ if name == message => (None, text(value)),
                    _ => record(value, email, message, found),
                };
                here = (here.0.or(inside.0), here.1.or(inside.1));
            }
            if let (Some(email), Some(message)) = &here {
                found.push((email.clone(), message.clone()));
                return (None, None);
            }
        }
        _ => {}
    }
    here
}

/// A text, or the first of several as vendors keep addresses: `[{"value": "…"}]`.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => text(items.first()?),
        Value::Object(entries) => text(entries.get("value")?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn messages_are_found_wherever_a_vendor_keeps_them() {
        let check = |body: Value| {
            let mut found = Vec::new();
            record(&body, "email", "note", &mut found);
            assert_eq!(found, [("ada@example.com".to_owned(), "Hello".to_owned())], "{body}");
        };
        check(json!({"inputs": [{"id": "1", "properties": {"email": "ada@example.com", "note": "Hello"}}]}));
        check(json!([{"email": "ada@example.com", "note": "Hello"}, {"email": "bo@example.com"}]));
        check(json!({"email": [{"value": "ada@example.com"}], "custom": {"note": "Hello"}}));
    }
}
