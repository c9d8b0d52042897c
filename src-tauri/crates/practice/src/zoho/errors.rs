//! Refusals in Zoho's words. <https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html>
//!
//! A refused request is one object; a refused row is the same object inside `data[]`. The wording is that of the vendor's
//! own description of the API (<https://github.com/zoho/crm-oas>), which also names the codes.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::call::Reply;
use crate::weather::Fault;

/// A refusal.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// The status it has when nothing beside it succeeded.
    pub(super) status: u16,
    code: Cow<'static, str>,
    message: String,
    // Boxed: errors travel in every result and stay small.
    details: Box<Map<String, Value>>,
    headers: Vec<(&'static str, String)>,
}

impl Trouble {
    pub(super) fn new(status: u16, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            details: Box::default(),
            headers: Vec::new(),
        }
    }

    /// A value that is not taken.
    pub(super) fn invalid() -> Self {
        Self::new(400, "INVALID_DATA", "invalid data")
    }

    /// A field of a row that is needed and not there.
    pub(super) fn mandatory(field: &str, path: String) -> Self {
        Self::new(400, "MANDATORY_NOT_FOUND", "required field not found").at(field, path)
    }

    /// A query parameter that is needed and not there.
    pub(super) fn missing_param(name: &str) -> Self {
        Self::new(400, "REQUIRED_PARAM_MISSING", "One of the expected parameter is missing")
            .with("param_name", json!(name))
    }

    /// A query parameter whose value is not taken.
    pub(super) fn invalid_param(name: &str) -> Self {
        Self::invalid().with("param_name", json!(name))
    }

    pub(super) fn limit_exceeded(what: &str, limit: usize) -> Self {
        Self::new(400, "LIMIT_EXCEEDED", format!("{what} limit exceeded")).with("limit", json!(limit))
    }

    pub(super) fn no_such_path() -> Self {
        let message = "Please check if the URL trying to access is a correct one";
        Self::new(404, "INVALID_URL_PATTERN", message)
    }

    /// Recorded.
    pub(super) fn no_such_module() -> Self {
        Self::new(400, "INVALID_MODULE", "the module name given seems to be invalid")
            .with("resource_path_index", json!(0))
    }

    pub(super) fn wrong_method() -> Self {
        let message = "The http request method type is not a valid one";
        Self::new(400, "INVALID_REQUEST_METHOD", message)
    }

    /// An id in the path that is nobody's; `place` counts the parts after the version.
    pub(super) fn no_such_id(place: usize) -> Self {
        Self::new(400, "INVALID_DATA", "the id given seems to be invalid")
            .with("resource_path_index", json!(place))
    }

    #[must_use]
    pub(super) fn with(mut self, key: &str, value: Value) -> Self {
        self.details.insert(key.to_owned(), value);
        self
    }

    /// Names the field and where it stands in the body.
    #[must_use]
    pub(super) fn at(self, field: &str, path: String) -> Self {
        self.with("api_name", json!(field)).with("json_path", json!(path))
    }

    #[must_use]
    pub(super) fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    #[must_use]
    fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// As a row of an answer, and as the body of a refused request.
    pub(super) fn shown(&self) -> Value {
        json!({"code": self.code, "details": *self.details, "message": self.message, "status": "error"})
    }

    pub(super) fn into_reply(self) -> Reply {
        let reply = Reply::json(self.status, self.shown());
        self.headers.into_iter().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }
}

/// Everything that is wrong with one row, as the one refusal a row has.
pub(super) fn together(mut troubles: Vec<Trouble>) -> Option<Trouble> {
    if troubles.len() < 2 {
        return troubles.pop();
    }
    let errors: Vec<Value> = troubles.iter().map(Trouble::shown).collect();
    let all = Trouble::new(400, "MULTIPLE_OR_MULTI_ERRORS", "Multiple errors in the request");
    Some(all.with("errors", Value::from(errors)))
}

/// Credits or calls in flight are used up; which of the two, Zoho does not say.
/// <https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html>
// Unverified: the sentence.
pub(super) fn over_limit() -> Trouble {
    Trouble::new(429, "TOO_MANY_REQUESTS", "too many requests")
}

pub(super) const CREDITS_HEADER: &str = "x-api-credits-remaining";

/// What Zoho answers when the weather strikes.
pub(super) fn of_fault(fault: &Fault) -> Trouble {
    match fault {
        Fault::RateLimited { retry_after_seconds, daily } => {
            let trouble = over_limit();
            let trouble = if *daily { trouble.with_header(CREDITS_HEADER, "0".to_owned()) } else { trouble };
            // Zoho itself sends no time; whoever stands before it may.
            match retry_after_seconds {
                Some(seconds) => trouble.with_header("retry-after", seconds.to_string()),
                None => trouble,
            }
        }
        Fault::Locked => {
            let message = "You cannot perform this operation as the record is locked.";
            Trouble::new(400, "RECORD_LOCKED", message).with("action", json!("record_locking"))
        }
        // Unverified: how a moving account answers.
        Fault::Migrating { retry_after_seconds } => {
            internal(503).with_header("retry-after", retry_after_seconds.to_string())
        }
        Fault::Outage { status } => internal(*status),
        _ => internal(500),
    }
}

/// Zoho's own trouble.
pub(super) fn internal(status: u16) -> Trouble {
    Trouble::new(status, "INTERNAL_ERROR", "Internal Server Error")
}
