//! A request in the form it is read in, so that the parts of a composite call are read like whole ones.

use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use serde_json::Value;

/// A request.
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Asked {
    pub(super) fn new(parts: &Parts, body: Bytes) -> Self {
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: pairs(parts.uri.query().unwrap_or_default()),
            headers: parts.headers.clone(),
            body,
        }
    }

    /// A part of a composite call: its own method and address, everything else the whole's.
    pub(super) fn part(&self, method: &str, address: &str, body: Option<&Value>) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: pairs(query),
            headers: self.headers.clone(),
            body: body.map(|body| Bytes::from(body.to_string())).unwrap_or_default(),
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The content type without its parameters, in small letters.
    pub(super) fn media(&self) -> Option<String> {
        self.header("content-type").map(media)
    }
}

/// A content type without its parameters, in small letters.
pub(super) fn media(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}

fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
