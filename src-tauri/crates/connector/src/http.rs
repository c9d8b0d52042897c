//! HTTP as connectors see it: a path and a body in, a parsed answer or a decided failure out.
//!
//! Order of one call: the pacer is asked, the credential is placed, the request goes out once; a 401 is repeated once with a
//! newer credential. Everything that went out is kept as an [`Exchange`]. Nothing here waits or retries otherwise: that is the
//! queue's, which outlives a crash.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use jiff::SignedDuration;
use leadferry_failpoint::fail_point;
use leadferry_model::{Clock, Failure, FailureKind};
use serde::de::DeserializeOwned;
use url::Url;

use crate::exchange::cut;
use crate::request::Request;
use crate::{
    Access, Answers, BaseUrl, Credential, Exchange, Pacer, Priority, Refusal, Spec, Transport,
    TransportError, TransportProblem, redact,
};

/// One connection's HTTP client. Made by the engine for each piece of work; cheap.
pub struct Http {
    pub(crate) spec: &'static Spec,
    pub(crate) base: Url,
    transport: Arc<dyn Transport>,
    access: Arc<dyn Access>,
    pacer: Arc<Pacer>,
    clock: Arc<dyn Clock>,
    timeout: Duration,
    priority: Priority,
    log: Mutex<Vec<Exchange>>,
}

/// A success.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    /// The status, for vendors that say *created* or *partly* with it.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: T,
}

/// Why a call gave no success, for connectors that read more from a refusal than its kind (which row of a batch it is about).
#[derive(Clone, Debug)]
pub struct Refused {
    /// The decided failure.
    pub failure: Failure,
    /// The body, if an answer came.
    pub body: Bytes,
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self { failure, body: Bytes::new() }
    }
}

impl Http {
    /// A client for one account. `base` comes from [`address::base`](crate::address::base); `pacer` is shared by everything that
    /// talks to this account.
    pub fn new(
        spec: &'static Spec,
        base: Url,
        transport: Arc<dyn Transport>,
        access: Arc<dyn Access>,
        pacer: Arc<Pacer>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        // Vendors answer large batches slowly; half a minute is also what senders of webhooks grant.
        let timeout = Duration::from_secs(30);
        let log = Mutex::new(Vec::new());
        Self { spec, base, transport, access, pacer, clock, timeout, priority: Priority::Normal, log }
    }

    /// With another time to wait for one answer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// For a person at the window or an opt-out: may use the reserve of the rate budget.
    pub fn urgent(mut self) -> Self {
        self.priority = Priority::Urgent;
        self
    }

    /// A GET of the path with these segments.
    pub fn get(&self, path: &[&str]) -> Request<'_> {
        Request::new(self, Method::GET, path)
    }

    /// A GET of a path, with its query, that the vendor gave in an answer: where the next page is. It stays below the connection's
    /// address.
    pub fn get_given(&self, path: &str) -> Request<'_> {
        Request::given(self, path)
    }

    /// A POST to the path with these segments. No segments: the base address as it was entered.
    pub fn post(&self, path: &[&str]) -> Request<'_> {
        Request::new(self, Method::POST, path)
    }

    /// A PATCH of the path with these segments.
    pub fn patch(&self, path: &[&str]) -> Request<'_> {
        Request::new(self, Method::PATCH, path)
    }

    /// A PUT to the path with these segments.
    pub fn put(&self, path: &[&str]) -> Request<'_> {
        Request::new(self, Method::PUT, path)
    }

    /// A DELETE of the path with these segments.
    pub fn delete(&self, path: &[&str]) -> Request<'_> {
        Request::new(self, Method::DELETE, path)
    }

    /// The host requests go to: what may be told of an address that is itself a credential.
    pub fn host(&self) -> String {
        self.base.host_str().unwrap_or_default().to_owned()
    }

    /// What went out and came back since the last time this was asked, oldest first.
    pub fn take_exchanges(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.log.lock().expect("BUG: the log's lock is never held across a panic"))
    }

    /// The address as it may be shown.
    pub(crate) fn shown(&self, url: &Url) -> String {
        match self.spec.base_url {
            BaseUrl::Setting(_) => redact::secret_url(url),
            _ => redact::url(url),
        }
    }

    pub(crate) async fn send(
        &self,
        request: &Request<'_>,
        answers: &Answers,
    ) -> Result<Answer<Bytes>, Refused> {
        let credential = self.access.credential().await?;
        let refusal = match self.send_once(request, answers, &credential).await? {
            Ok(answer) => return Ok(answer),
            Err(refusal) => refusal,
        };
        if refusal.failure.kind != FailureKind::Auth {
            return Err(refusal);
        }
        let newer = match self.access.refused(&credential).await {
            Ok(newer) => newer,
            // Access is lost: the vendor's own words say more about why than ours.
            Err(lost) if lost.kind == FailureKind::Auth => return Err(refusal),
            Err(other) => return Err(other.into()),
        };
        self.send_once(request, answers, &newer).await?
    }

    /// The outer result: nothing was answered. The inner: what the vendor decided.
    async fn send_once(
        &self,
        request: &Request<'_>,
        answers: &Answers,
        credential: &Credential,
    ) -> Result<Result<Answer<Bytes>, Refused>, Failure> {
        let began = self.clock.now();
        self.pacer
            .take(request.buckets(), request.cost(), self.priority, began)
            .map_err(|wait| too_fast(wait, self.spec.name))?;
        let wire = request.wire(credential)?;
        let mut secrets = credential.secrets();
        secrets.extend(request.secrets());
        if let BaseUrl::Setting(_) = self.spec.base_url {
            secrets.extend([self.base.as_str(), self.base.path()]);
        }
        let mut exchange = Exchange {
            at: began,
            method: wire.method().to_string(),
            url: redact::exact(&self.shown(&request.url()?), secrets.iter().copied()),
            request: cut(redact::exact(&redact::body(wire.body()), secrets.iter().copied())),
            status: None,
            response: String::new(),
            request_id: None,
            duration_ms: 0,
        };
        fail_point!("call.before");
        let result = self.transport.send(wire, request.timeout().unwrap_or(self.timeout)).await;
        fail_point!("call.after");
        let now = self.clock.now();
        exchange.duration_ms = u64::try_from(now.duration_since(began).as_millis()).unwrap_or(0);
        let response = match result {
            Ok(response) => response,
            Err(error) => {
                let failure = self.no_answer(request, &error, &secrets);
                tracing::debug!(
                    connector = self.spec.id,
                    method = exchange.method,
                    duration_ms = exchange.duration_ms,
                    "no answer came"
                );
                exchange.response.clone_from(&failure.message);
                self.keep(exchange);
                return Err(failure);
            }
        };
        let (parts, body) = response.into_parts();
        self.pacer.learn(&(answers.readings)(&parts.headers), now);
        exchange.status = Some(parts.status.as_u16());
        exchange.response = cut(redact::exact(&redact::body(&body), secrets.iter().copied()));
        exchange.request_id = answers
            .request_id
            .and_then(|name| parts.headers.get(name))
            .and_then(|id| id.to_str().ok())
            .map(str::to_owned);
        tracing::debug!(
            connector = self.spec.id,
            method = exchange.method,
            status = exchange.status,
            duration_ms = exchange.duration_ms,
            "an answer came"
        );
        let header_id = exchange.request_id.clone();
        if request.succeeds_with(parts.status) {
            self.keep(exchange);
            return Ok(Ok(Answer { status: parts.status, headers: parts.headers, body }));
        }
        let refusal = Refusal { status: parts.status, headers: &parts.headers, body: &body, now };
        let mut failure = (answers.failure)(&refusal).unwrap_or_else(|| refusal.by_status());
        failure.message = redact::exact(&redact::text(&failure.message), secrets.iter().copied());
        failure.request_id = failure.request_id.or(header_id);
        // A server that broke may have broken after it wrote.
        failure.maybe_applied |= request.writes() && failure.kind == FailureKind::Unavailable;
        if let FailureKind::RateLimited { after_seconds: Some(after) } = failure.kind {
            let after = SignedDuration::from_secs(i64::try_from(after).unwrap_or(i64::MAX));
            self.pacer.hold(request.buckets(), after, now);
        }
        exchange.request_id.clone_from(&failure.request_id);
        self.keep(exchange);
        Ok(Err(Refused { failure, body }))
    }

    fn no_answer(&self, request: &Request<'_>, error: &TransportError, secrets: &[&str]) -> Failure {
        let name = self.spec.name;
        let words = match error.kind {
            TransportProblem::Unreachable => format!("{name} cannot be reached"),
            TransportProblem::Timeout => format!("{name} did not answer in time"),
            TransportProblem::Broken => {
                format!("the connection to {name} broke before the answer was complete")
            }
            TransportProblem::Certificate => format!("{name}'s certificate is not trusted by this computer"),
        };
        let detail = redact::exact(&redact::text(&error.message), secrets.iter().copied());
        // A catch hook's address is its password, and network errors like to quote addresses.
        let message = match self.spec.base_url {
            BaseUrl::Setting(_) => words,
            _ if detail.is_empty() => words,
            _ => format!("{words}: {detail}"),
        };
        let mut failure = Failure::new(FailureKind::Unavailable, message);
        failure.maybe_applied = request.writes() && error.maybe_sent;
        if error.kind == TransportProblem::Unreachable {
            failure = failure.code(Failure::UNREACHABLE);
        }
        failure
    }

    pub(crate) fn parse<T: DeserializeOwned>(
        &self,
        request: &Request<'_>,
        answer: Answer<Bytes>,
    ) -> Result<Answer<T>, Failure> {
        match serde_json::from_slice(&answer.body) {
            Ok(body) => Ok(Answer { status: answer.status, headers: answer.headers, body }),
            Err(error) => {
                // The place only: the error's own words may quote the body.
                let place = format!("line {}, column {}", error.line(), error.column());
                Err(self.unreadable(request, &place))
            }
        }
    }

    pub(crate) fn text(
        &self,
        request: &Request<'_>,
        answer: Answer<Bytes>,
    ) -> Result<Answer<String>, Failure> {
        match String::from_utf8(answer.body.to_vec()) {
            Ok(body) => Ok(Answer { status: answer.status, headers: answer.headers, body }),
            Err(_) => Err(self.unreadable(request, "it is no UTF-8 text")),
        }
    }

    fn unreadable(&self, request: &Request<'_>, why: &str) -> Failure {
        let words = format!("{}'s answer could not be read ({why})", self.spec.name);
        let mut failure = Failure::new(FailureKind::Unexpected, words);
        failure.maybe_applied = request.writes();
        failure
    }

    /// What the credentials look like, masked.
    pub(crate) fn shape(&self) -> Credential {
        self.access.shape()
    }

    fn keep(&self, exchange: Exchange) {
        self.log.lock().expect("BUG: the log's lock is never held across a panic").push(exchange);
    }
}

fn too_fast(wait: SignedDuration, name: &str) -> Failure {
    let seconds = u64::try_from(wait.as_millis()).map_or(1, |millis| millis.div_ceil(1000)).max(1);
    Failure::new(
        FailureKind::RateLimited { after_seconds: Some(seconds) },
        format!("{name}'s limit is used up for now; sending goes on by itself"),
    )
}
