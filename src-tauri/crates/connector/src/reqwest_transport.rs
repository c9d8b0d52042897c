//! The real network.

use std::error::Error as _;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};

use crate::{Transport, TransportError, TransportProblem, redact};

/// More than any vendor's page of records; beyond it something else answers.
const LONGEST_ANSWER: usize = 32 * 1024 * 1024;

/// Sends over HTTPS with the system's certificates and proxy. Keeps connections open; cheap to clone, one for the whole app.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A transport that follows no redirect: a token must not travel to an address nobody checked.
    pub fn new() -> Result<Self, TransportError> {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_secs(10))
            // Laptops sleep; a connection that was idle for longer is likely dead without anybody having said so.
            .pool_idle_timeout(Duration::from_secs(30))
            .build()
            .map(Self)
            .map_err(|error| TransportError {
                kind: TransportProblem::Unreachable,
                maybe_sent: false,
                message: redact::text(&error.to_string()),
            })
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let mut request = reqwest::Request::try_from(request).map_err(|error| problem(&error, false))?;
        *request.timeout_mut() = Some(timeout);
        let mut answer =
            self.0.execute(request).await.map_err(|error| problem(&error, !error.is_connect()))?;
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| problem(&error, true))? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_ANSWER {
                return Err(TransportError {
                    kind: TransportProblem::Broken,
                    maybe_sent: true,
                    message: "the answer is longer than 32 MiB".to_owned(),
                });
            }
        }
        let mut response = http::Response::new(body.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

fn problem(error: &reqwest::Error, maybe_sent: bool) -> TransportError {
    let mut words = Vec::new();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words.push(inner.to_string());
        cause = inner.source();
    }
    let message = redact::text(&words.join(": "));
    // The TLS library's error is not a type of ours to look at; its text is the only sign.
    let certificate = message.to_ascii_lowercase().contains("certificate");
    let kind = match error {
        error if error.is_connect() && certificate => TransportProblem::Certificate,
        error if error.is_timeout() => TransportProblem::Timeout,
        error if error.is_connect() => TransportProblem::Unreachable,
        _ => TransportProblem::Broken,
    };
    TransportError { kind, maybe_sent, message }
}
