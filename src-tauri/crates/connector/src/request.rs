//! One request while it is being put together.
//!
//! A path is a list of segments, each encoded as one, so that an id or a value from outside cannot reach another path. Where the
//! vendor itself gives the path of the next page, it stays below the connection's address. The credential is placed here and
//! nowhere else: a connector never holds it.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use leadferry_model::{Failure, FailureKind, Secret};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::exchange::cut;
use crate::{
    Answer, Answers, Auth, Credential, Http, Refused, RequestPreview, Spec, TokenPlacement, address, redact,
};

/// How Leadferry names itself.
const AGENT: &str = concat!("Leadferry/", env!("CARGO_PKG_VERSION"));

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// A request to one connection's vendor.
#[must_use = "a request that is not sent does nothing"]
pub struct Request<'h> {
    http: &'h Http,
    method: Method,
    target: Target,
    query: Vec<(&'static str, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    secrets: Vec<Secret>,
    body: Body,
    buckets: &'static [&'static str],
    cost: u32,
    successes: Vec<u16>,
    timeout: Option<Duration>,
    only_reads: bool,
    fault: Option<String>,
}

enum Target {
    /// Segments below the base address.
    Segments(Vec<String>),
    /// Path and query as the vendor gave them.
    Given(String),
}

enum Body {
    Empty,
    Bytes(&'static str, Bytes),
    /// A JSON object whose one field holds the pasted token.
    TokenIn(&'static str),
}

impl<'h> Request<'h> {
    pub(crate) fn new(http: &'h Http, method: Method, path: &[&str]) -> Self {
        let segments = path.iter().map(|segment| (*segment).to_owned()).collect();
        Self::to(http, method, Target::Segments(segments))
    }

    pub(crate) fn given(http: &'h Http, path: &str) -> Self {
        Self::to(http, Method::GET, Target::Given(path.to_owned()))
    }

    fn to(http: &'h Http, method: Method, target: Target) -> Self {
        Self {
            http,
            only_reads: method == Method::GET,
            method,
            target,
            query: Vec::new(),
            headers: Vec::new(),
            secrets: Vec::new(),
            body: Body::Empty,
            buckets: &[],
            cost: 1,
            successes: Vec::new(),
            timeout: None,
            fault: None,
        }
    }

    /// With a query parameter.
    pub fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// With a query parameter if there is a value.
    pub fn query_if(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self.fault = Some(format!("the header {name} has characters that no header may have")),
        }
        self
    }

    /// Asks for an answer of this media type instead of JSON.
    pub fn accept(self, media_type: &str) -> Self {
        self.header(ACCEPT.as_str(), media_type)
    }

    /// With a header that a person set as a credential. Masked wherever it turns up.
    pub fn secret_header(self, name: &str, value: &Secret) -> Self {
        let mut request = self.header(name, value.expose()).hides(value);
        if let Some((_, value)) = request.headers.last_mut() {
            value.set_sensitive(true);
        }
        request
    }

    /// Masks `secret` wherever it turns up: in what is kept of this request and its answer, and in failures.
    pub fn hides(mut self, secret: &Secret) -> Self {
        self.secrets.push(secret.clone());
        self
    }

    /// With a JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.bytes(JSON, bytes.into()),
            Err(error) => {
                Self { fault: Some(format!("the request could not be written as JSON: {error}")), ..self }
            }
        }
    }

    /// With a form body.
    pub fn form(self, pairs: &[(String, String)]) -> Self {
        match serde_urlencoded::to_string(pairs) {
            Ok(text) => self.bytes(FORM, text.into()),
            Err(error) => {
                Self { fault: Some(format!("the request could not be written as a form: {error}")), ..self }
            }
        }
    }

    /// With exactly these bytes, for bodies that are signed.
    pub fn bytes(mut self, content_type: &'static str, bytes: Bytes) -> Self {
        self.body = Body::Bytes(content_type, bytes);
        self
    }

    /// With the pasted token as the one field of a JSON body, for vendors that introspect tokens this way.
    pub fn token_in(mut self, field: &'static str) -> Self {
        self.body = Body::TokenIn(field);
        self
    }

    /// Draws from these of the spec's limits.
    pub fn draws(mut self, buckets: &'static [&'static str]) -> Self {
        self.buckets = buckets;
        self
    }

    /// Takes so much from the limits that [count costs](crate::Counts::Costs); one where nothing is said.
    pub fn costs(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }

    /// Takes an answer of this status for a success too; the connector looks at [`Answer::status`].
    pub fn also_takes(mut self, status: u16) -> Self {
        self.successes.push(status);
        self
    }

    /// Waits so long for an answer: for bodies of many megabytes.
    pub fn patient(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Changes nothing at the vendor though it is no GET (searches, batch reads).
    pub fn only_reads(mut self) -> Self {
        self.only_reads = true;
        self
    }

    /// Sends it and reads the answer's JSON body.
    pub async fn fetch<T: DeserializeOwned>(self, answers: &Answers) -> Result<Answer<T>, Failure> {
        self.attempt(answers).await.map_err(|refused| refused.failure)
    }

    /// As [`fetch`](Self::fetch), with the body of a refusal.
    pub async fn attempt<T: DeserializeOwned>(self, answers: &Answers) -> Result<Answer<T>, Refused> {
        let answer = self.http.send(&self, answers).await?;
        Ok(self.http.parse(&self, answer)?)
    }

    /// As [`fetch`](Self::fetch), for vendors that say *nothing there* or *unchanged* without a body: 204 and 304 are `None`.
    pub async fn fetch_if_any<T: DeserializeOwned>(
        self,
        answers: &Answers,
    ) -> Result<Option<Answer<T>>, Failure> {
        let request = self.also_takes(StatusCode::NOT_MODIFIED.as_u16());
        let answer = request.http.send(&request, answers).await.map_err(|refused| refused.failure)?;
        if [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&answer.status) {
            return Ok(None);
        }
        request.http.parse(&request, answer).map(Some)
    }

    /// Sends it and reads the answer's body as text, such as CSV or XML.
    pub async fn fetch_text(self, answers: &Answers) -> Result<Answer<String>, Failure> {
        let answer = self.http.send(&self, answers).await.map_err(|refused| refused.failure)?;
        self.http.text(&self, answer)
    }

    /// Sends it; the answer's body does not matter.
    pub async fn send(self, answers: &Answers) -> Result<Answer<Bytes>, Failure> {
        self.http.send(&self, answers).await.map_err(|refused| refused.failure)
    }

    /// What it would look like on the wire, secrets masked. Sends nothing.
    pub fn preview(self) -> Result<RequestPreview, Failure> {
        let wire = self.wire(&Credential::None)?;
        let shape = placed(&self.http.shape(), self.http.spec).into_iter();
        let mut headers: Vec<(String, String)> =
            shape.map(|(name, value)| (name.clone(), redact::header(&name, &value))).collect();
        headers.extend(wire.headers().iter().map(|(name, value)| {
            let shown = value.to_str().unwrap_or(redact::MASK);
            let shown = if value.is_sensitive() { redact::MASK } else { shown };
            (name.to_string(), redact::header(name.as_str(), shown))
        }));
        Ok(RequestPreview {
            method: wire.method().to_string(),
            url: self.http.shown(&self.url()?),
            headers,
            body: cut(redact::body(wire.body())),
        })
    }

    /// Texts that must be seen nowhere, besides the credential's.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(Secret::expose)
    }

    pub(crate) fn buckets(&self) -> &'static [&'static str] {
        self.buckets
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    pub(crate) fn cost(&self) -> u32 {
        self.cost
    }

    pub(crate) fn succeeds_with(&self, status: StatusCode) -> bool {
        status.is_success() || self.successes.contains(&status.as_u16())
    }

    pub(crate) fn writes(&self) -> bool {
        !self.only_reads
    }

    pub(crate) fn url(&self) -> Result<Url, Failure> {
        let mut url = match &self.target {
            Target::Segments(path) => below(&self.http.base, path)?,
            Target::Given(path) => address::given(&self.http.base, path).ok_or_else(|| {
                own_fault("the path that was given for the next page leads elsewhere; it was not followed")
            })?,
        };
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }

    pub(crate) fn wire(&self, credential: &Credential) -> Result<http::Request<Bytes>, Failure> {
        if let Some(fault) = &self.fault {
            return Err(own_fault(fault));
        }
        let (content_type, body) = match (&self.body, credential) {
            (Body::Empty, _) => (None, Bytes::new()),
            (Body::Bytes(content_type, bytes), _) => (Some(*content_type), bytes.clone()),
            (Body::TokenIn(field), Credential::Token(token)) => {
                (Some(JSON), serde_json::json!({ *field: token.expose() }).to_string().into())
            }
            (Body::TokenIn(field), _) => {
                (Some(JSON), serde_json::json!({ *field: redact::MASK }).to_string().into())
            }
        };
        let mut wire = http::Request::builder()
            .method(self.method.clone())
            .uri(self.url()?.as_str())
            .header(ACCEPT, JSON)
            .header(USER_AGENT, AGENT);
        if let Some(content_type) = content_type {
            wire = wire.header(CONTENT_TYPE, content_type);
        }
        let mut wire = wire.body(body).map_err(|_| own_fault("the address cannot be sent over HTTP"))?;
        for (name, value) in &self.headers {
            wire.headers_mut().insert(name, value.clone());
        }
        for (name, value) in placed(credential, self.http.spec) {
            let name = HeaderName::try_from(name)
                .map_err(|_| own_fault("a header of this connection has no valid name"))?;
            // Not the value in the error: it is the credential.
            let mut value = HeaderValue::try_from(value).map_err(|_| {
                Failure::new(
                    FailureKind::Auth,
                    "the token has a line break or another character that no token has",
                )
            })?;
            value.set_sensitive(true);
            wire.headers_mut().insert(name, value);
        }
        Ok(wire)
    }
}

fn below(base: &Url, path: &[String]) -> Result<Url, Failure> {
    let mut url = base.clone();
    let Some((_, before)) = path.split_last() else { return Ok(url) };
    let wrong = path.iter().any(|segment| matches!(segment.as_str(), "." | ".."))
        // One empty segment at the end is a closing slash, which some vendors insist on.
        || before.iter().any(String::is_empty);
    if wrong {
        return Err(own_fault("an id that is no id was about to become part of an address"));
    }
    url.path_segments_mut()
        .map_err(|()| own_fault("the connection's address has no path"))?
        .pop_if_empty()
        .extend(path);
    Ok(url)
}

fn own_fault(words: &str) -> Failure {
    Failure::new(FailureKind::Unexpected, words)
}

fn placed(credential: &Credential, spec: &Spec) -> Vec<(String, String)> {
    let bearer = TokenPlacement::Authorization(spec.endpoint().map_or("Bearer", |endpoint| endpoint.scheme));
    match credential {
        Credential::None => Vec::new(),
        Credential::Bearer(token) => vec![token_header(bearer, token.expose())],
        Credential::Token(token) => {
            let placement = spec.auth.iter().find_map(|auth| match auth {
                Auth::Token { placement, .. } => Some(*placement),
                _ => None,
            });
            vec![token_header(placement.unwrap_or(bearer), token.expose())]
        }
        Credential::Basic { user, password } => {
            let pair = BASE64.encode(format!("{user}:{}", password.expose()));
            vec![(AUTHORIZATION.to_string(), format!("Basic {pair}"))]
        }
        Credential::Headers(headers) => {
            headers.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect()
        }
    }
}

fn token_header(placement: TokenPlacement, token: &str) -> (String, String) {
    match placement {
        TokenPlacement::Authorization(scheme) => (AUTHORIZATION.to_string(), format!("{scheme} {token}")),
        TokenPlacement::Header(name) => (name.to_owned(), token.to_owned()),
    }
}
