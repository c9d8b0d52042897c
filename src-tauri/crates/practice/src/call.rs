//! A request as a dialect reads it, and the reply it makes.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, Method};
use jiff::Timestamp;
use serde_json::Value;

/// A request, taken apart.
#[derive(Debug)]
pub(crate) struct Call {
    /// Its method.
    pub(crate) method: Method,
    /// Its path as sent.
    pub(crate) path: String,
    /// The parts of its path, decoded.
    pub(crate) segments: Vec<String>,
    /// Its query, decoded, in order.
    pub(crate) query: Vec<(String, String)>,
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Its body.
    pub(crate) body: Bytes,
    /// When it came.
    pub(crate) now: Timestamp,
}

impl Call {
    /// Takes a request apart.
    pub(crate) fn new(
        method: Method,
        uri: &http::Uri,
        headers: HeaderMap,
        body: Bytes,
        now: Timestamp,
    ) -> Self {
        let path = uri.path().to_owned();
        let segments = path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
        let query = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
        Self { method, path, segments, query, headers, body, now }
    }

    /// The path's parts, to match on.
    pub(crate) fn parts(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// The first value of the query parameter `name`.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every value of the query parameter `name`, split at commas.
    pub(crate) fn list_param(&self, name: &str) -> Vec<&str> {
        let given = self.query.iter().filter(|(key, _)| key == name);
        given.flat_map(|(_, value)| value.split(',')).map(str::trim).filter(|one| !one.is_empty()).collect()
    }

    /// The text of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The token of an `Authorization: Bearer` header.
    pub(crate) fn bearer(&self) -> Option<&str> {
        self.authorized_by("bearer")
    }

    /// What an `Authorization` header of this scheme carries.
    pub(crate) fn authorized_by(&self, scheme: &str) -> Option<&str> {
        let (given, rest) = self.header("authorization")?.split_once(' ')?;
        given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
    }

    /// Whether the body says it is of this media type.
    pub(crate) fn is_of_type(&self, media_type: &str) -> bool {
        let given = self.header("content-type").and_then(|text| text.split(';').next()).unwrap_or_default();
        given.trim().eq_ignore_ascii_case(media_type)
    }

    /// The body as a form.
    pub(crate) fn form(&self) -> BTreeMap<String, String> {
        serde_urlencoded::from_bytes(&self.body).unwrap_or_default()
    }
}

fn decoded(part: &str) -> String {
    // A path segment is decoded like a form value, except that `+` stands for itself in paths.
    let escaped = part.replace('+', "%2B");
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(&format!("v={escaped}")).unwrap_or_default();
    pairs.into_iter().next().map_or_else(|| part.to_owned(), |(_, value)| value)
}

/// What a dialect answers.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: u16,
    /// Headers beside the content type.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(crate) body: Body,
}

/// The body of a reply.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// None.
    Empty,
    /// JSON.
    Json(Value),
    /// Text of another media type.
    Text(&'static str, String),
    /// A page for a person.
    Page(String),
}

impl Reply {
    /// JSON with a status.
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Body::Json(body) }
    }

    /// Text of a media type.
    pub(crate) fn text(status: u16, media_type: &'static str, text: String) -> Self {
        Self { status, headers: Vec::new(), body: Body::Text(media_type, text) }
    }

    /// A status without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Empty }
    }

    /// A page for a person.
    pub(crate) fn page(status: u16, html: String) -> Self {
        Self { status, headers: Vec::new(), body: Body::Page(html) }
    }

    /// Sends the browser elsewhere.
    pub(crate) fn redirect(to: String) -> Self {
        Self { status: 302, headers: vec![("location", to)], body: Body::Empty }
    }

    /// The same reply with one header more.
    #[must_use]
    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
