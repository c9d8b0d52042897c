//! The practice CRM on a socket, for real clients and browsers.

use std::io;
use std::net::SocketAddr;

use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::exchange::Delay;
use crate::practice::Practice;

/// Why a practice CRM was not put on a socket.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Only this computer may reach it.
    #[error("{0} can be reached from other computers; use 127.0.0.1 or [::1]")]
    NotLoopback(SocketAddr),
    /// The address is taken or not allowed.
    #[error(
        "the practice CRM cannot listen on {address} ({source}); choose another port, or 0 for a free one"
    )]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

/// A practice CRM on a socket. Dropping it stops it without waiting.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    shutdown: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    /// Its address as a base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Stops taking requests, answers those at work, and ends.
    pub async fn shutdown(mut self) {
        self.shutdown.cancel();
        // The task can only end by itself here; a join error would mean it panicked, and it is gone all the same.
        if (&mut self.task).await.is_err() {
            tracing::warn!("the practice CRM ended by a panic");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

impl Practice {
    /// Puts the practice CRM on a loopback address; port 0 takes a free one.
    pub async fn serve(&self, address: SocketAddr) -> Result<Running, ServeError> {
        if !address.ip().is_loopback() {
            return Err(ServeError::NotLoopback(address));
        }
        let listener =
            TcpListener::bind(address).await.map_err(|source| ServeError::Bind { address, source })?;
        let addr = listener.local_addr().map_err(|source| ServeError::Bind { address, source })?;
        self.served_at(format!("http://{addr}"));
        let shutdown = CancellationToken::new();
        let stop = shutdown.clone().cancelled_owned();
        let router = self.router().layer(middleware::from_fn(delayed));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stop).await {
                tracing::warn!(%error, "the practice CRM stopped listening");
            }
        });
        Ok(Running { addr, shutdown, task })
    }
}

/// Makes slow weather slow. In process it stays data.
async fn delayed(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if let Some(Delay(delay)) = response.extensions().get() {
        tokio::time::sleep(*delay).await;
    }
    response
}
