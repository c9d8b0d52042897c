//! The way to a practice CRM without a socket: same trait as the real network, same ways to fail.
//!
//! A lost answer is a broken connection that may have been applied, and an answer slower than the caller's patience is a
//! timeout, on the virtual clock. Every request and every answer passes the [`Wire`] on its way.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use jiff::SignedDuration;
use leadferry_connector::{Transport, TransportError, TransportProblem};
use leadferry_model::ManualClock;
use leadferry_practice::weather::Fault;
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

    /// Whether the weather cuts bodies off: one that cannot be read is then no fault of the practice CRM's.
    fn cuts_bodies(&self) -> bool {
        let spells = self.practice.weather().spells;
        spells.iter().any(|spell| matches!(spell.fault, Fault::MalformedBody))
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
        let (asked, body) = request.into_parts();
        let cuts_bodies = self.cuts_bodies();
        let request = http::Request::from_parts(asked.clone(), Body::from(body));
        let response = self.practice.send(request).await;
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
        let status = parts.status.as_u16();
        let body = to_bytes(body, LONGEST_ANSWER).await.map_err(|_| problem(TransportProblem::Broken))?;
        let cut = cuts_bodies && serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_err();
        let response = http::Response::from_parts(parts, body);
        if cut {
            self.wire.counted(status);
        } else {
            self.wire.answered(&asked, &response);
        }
        Ok(response)
    }
}

fn problem(kind: TransportProblem) -> TransportError {
    TransportError { kind, maybe_sent: true, message: "the connection ended before the answer".to_owned() }
}
