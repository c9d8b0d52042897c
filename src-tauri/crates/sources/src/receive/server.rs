//! The listener: loopback, and nothing else.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use leadferry_model::Clock;
use tokio::net::TcpListener;

use super::handler::{Shared, handle};
use super::inbox::Inbox;
use super::registry::Registry;

/// Answers requests for the receivers of `registry`.
pub fn router(registry: Arc<Registry>, inbox: Arc<dyn Inbox>, clock: Arc<dyn Clock>) -> Router {
    // One handler for every path and method, so that an unknown path passes the same gate as a known one.
    Router::new().fallback(handle).with_state(Shared { registry, inbox, clock })
}

/// Why the listener could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address that others can reach.
    #[error(
        "Deliveries are received on this computer only, not on {0}. Use 127.0.0.1 and put a tunnel in front of it."
    )]
    NotLoopback(SocketAddr),
    /// Another program listens there.
    #[error(
        "Another program uses port {0} already. Choose another port in the settings, or close that program."
    )]
    PortTaken(u16),
    /// Anything else the operating system says.
    #[error(
        "This computer does not let Leadferry listen on {address} ({detail}). Choose another port in the settings."
    )]
    Refused {
        /// Where it should have been.
        address: SocketAddr,
        /// The operating system's words.
        detail: String,
    },
}

/// A bound listener, not serving yet.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listening {
    /// Binds `address`, which must be loopback; port 0 picks a free one.
    ///
    /// # Errors
    /// The address is not loopback, or taken.
    pub async fn bind(address: SocketAddr) -> Result<Self, ServeError> {
        if !address.ip().is_loopback() {
            return Err(ServeError::NotLoopback(address));
        }
        let refused = |error: io::Error| match error.kind() {
            io::ErrorKind::AddrInUse => ServeError::PortTaken(address.port()),
            _ => ServeError::Refused { address, detail: error.to_string() },
        };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` resolves and the requests under way are answered.
    ///
    /// # Errors
    /// The operating system took the listener away.
    pub async fn serve(
        self,
        router: Router,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        axum::serve(self.listener, router).with_graceful_shutdown(stop).await
    }
}
