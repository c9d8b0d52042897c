//! The way to a practice CRM without a socket: same trait as the real network, same ways to fail.
//!
//! A lost answer is a broken connection that may have been applied, and an answer slower than the caller's patience is a
//! timeout, on the virtual clock. Every request passes the [`Wire`] checker on its way.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use jiff::SignedDuration;
use leadferry_connector::{Transport, TransportError, TransportProblem};
use leadferry_model::ManualClock;
use leadferry_practice::{AnswerLost, Delay, Practice};

use crate::wire::Wire;

/// Answers far above this are no answers of an API.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

/// Sends to a practice CRM in this process.
pub struct InProcess {
    practice: Practice,
    clock: Arc<ManualClock>,
    wire: Arc<Wire>,
}

impl InProcess {
    /// A way to `practice`, whose slowness moves `clock`.
    pub fn new(practice: Practice, clock: Arc<ManualClock>, wire: Arc<Wire>) -> Self {
        Self { practice, clock, wire }
    }
}

#[async_trait]
impl Transport for InProcess {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.wire.look(&request);
        let response = self.practice.send(request.map(Body::from)).await;
        if let Some(Delay(delay)) = response.extensions().get().copied() {
            let waited = delay.min(timeout);
            self.clock.advance(SignedDuration::try_from(waited).expect("BUG: delays are short"));
            if delay > timeout {
                return Err(problem(TransportProblem::Timeout));
            }
        }
        if response.extensions().get::<AnswerLost>().is_some() {
            // The client cannot know whether the other side did it: both kinds look the same from here.
            return Err(problem(TransportProblem::Broken));
        }
        let (parts, body) = response.into_parts();
        self.wire.answered(parts.status.as_u16());
        let body = to_bytes(body, LONGEST_ANSWER).await.map_err(|_| problem(TransportProblem::Broken))?;
        Ok(http::Response::from_parts(parts, body))
    }
}

fn problem(kind: TransportProblem) -> TransportError {
    TransportError { kind, maybe_sent: true, message: "the connection ended before the answer".to_owned() }
}
