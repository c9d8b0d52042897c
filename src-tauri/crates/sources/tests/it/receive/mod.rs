//! The webhook receiver, in process and over loopback.

mod bodies;
mod rules;
mod signatures;
mod wire;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use jiff::Timestamp;
use leadferry_model::{Captured, ConnectionId, ManualClock};
use leadferry_sources::receive::{
    Inbox, InboxError, RawDelivery, Receiver, ReceiverAuth, ReceiverPath, Refusal, RefusedDelivery, Registry,
    router,
};
use tower::ServiceExt;

/// The moment of every signed example.
pub(crate) const NOW: i64 = 1_763_600_000;

/// Remembers what it was given.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) accepted: Mutex<Vec<(ConnectionId, Vec<Captured>, RawDelivery)>>,
    pub(crate) hinted: Mutex<Vec<ConnectionId>>,
    pub(crate) refused: Mutex<Vec<Refusal>>,
    pub(crate) failure: Mutex<Option<InboxError>>,
}

#[async_trait]
impl Inbox for Kept {
    async fn accept(
        &self,
        id: &ConnectionId,
        leads: Vec<Captured>,
        raw: RawDelivery,
    ) -> Result<(), InboxError> {
        if let Some(failure) = self.failure.lock().expect("no test panics here").clone() {
            return Err(failure);
        }
        self.accepted.lock().expect("no test panics here").push((id.clone(), leads, raw));
        Ok(())
    }

    async fn hinted(&self, id: &ConnectionId) {
        self.hinted.lock().expect("no test panics here").push(id.clone());
    }

    async fn refused(&self, _: &ConnectionId, refused: RefusedDelivery) {
        self.refused.lock().expect("no test panics here").push(refused.reason);
    }
}

/// A receiver ready to be sent to.
pub(crate) struct Stand {
    pub(crate) registry: Arc<Registry>,
    pub(crate) inbox: Arc<Kept>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) router: Router,
    pub(crate) path: ReceiverPath,
}

/// An answer with everything a sender sees of it.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Stand {
    pub(crate) fn new(auth: ReceiverAuth) -> Self {
        Self::with(Receiver::new(ConnectionId::new("forms"), auth))
    }

    pub(crate) fn with(receiver: Receiver) -> Self {
        let start = Timestamp::from_second(NOW).expect("a moment");
        let (registry, inbox, clock) =
            (Arc::new(Registry::new()), Arc::new(Kept::default()), Arc::new(ManualClock::new(start)));
        let path = ReceiverPath::from_random([7; 20]);
        registry.put(path.clone(), receiver, start).expect("a usable receiver");
        let router = router(Arc::clone(&registry), inbox.clone(), clock.clone());
        Self { registry, inbox, clock, router, path }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.expect("answers are short");
        let text = String::from_utf8(bytes.to_vec()).expect("answers are text");
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// A POST to the receiver with these headers.
    pub(crate) fn request(&self, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
        self.request_to("", headers, body)
    }

    /// The same with a query.
    pub(crate) fn request_to(
        &self,
        query: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Request<Body> {
        let mut request =
            Request::post(format!("{}{query}", self.path.url_path())).header("host", "127.0.0.1:4242");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body.into()).expect("a request")
    }

    pub(crate) async fn post(&self, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        self.send(self.request(headers, body)).await
    }

    /// Every lead accepted so far.
    pub(crate) fn leads(&self) -> Vec<Captured> {
        let accepted = self.inbox.accepted.lock().expect("no test panics here");
        accepted.iter().flat_map(|(_, leads, _)| leads.clone()).collect()
    }

    pub(crate) fn refusals(&self) -> Vec<Refusal> {
        self.inbox.refused.lock().expect("no test panics here").clone()
    }
}
