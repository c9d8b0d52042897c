//! Webhooks on their way out: what the vendor would post to whom.
//!
//! A practice CRM opens no connections of its own, so they wait here for whoever runs it to deliver them.

use std::collections::VecDeque;

use bytes::Bytes;
use serde_json::Value;

/// Nobody may ever take them: the oldest go first then.
const MOST: usize = 1_000;

/// One webhook on its way out: a POST with a JSON body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentHook {
    /// Where it goes.
    pub url: String,
    /// Its headers, beside the content type.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: Bytes,
}

impl SentHook {
    /// A webhook with a JSON body.
    pub(crate) fn new(url: &str, headers: Vec<(&'static str, String)>, body: &Value) -> Self {
        Self { url: url.to_owned(), headers, body: body.to_string().into() }
    }
}

/// Those that wait.
#[derive(Debug, Default)]
pub(crate) struct Outbox(VecDeque<SentHook>);

impl Outbox {
    pub(crate) fn put(&mut self, hooks: impl IntoIterator<Item = SentHook>) {
        self.0.extend(hooks);
        self.0.drain(..self.0.len().saturating_sub(MOST));
    }

    pub(crate) fn take(&mut self) -> Vec<SentHook> {
        self.0.drain(..).collect()
    }
}
