//! How bytes travel. One trait, so that tests and simulations can replace the network and nothing else.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

/// Sends one request and waits for the whole answer.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends `request`. Redirects are answers, never followed.
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError>;
}

/// No answer came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TransportError {
    /// What went wrong.
    pub kind: TransportProblem,
    /// The request may have reached the vendor, so it may have been applied.
    pub maybe_sent: bool,
    /// Redacted words for the technical drawer.
    pub message: String,
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportProblem {
    /// No such host, refused, no route.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// The connection broke before the answer was complete.
    Broken,
    /// The certificate is not trusted.
    Certificate,
}
