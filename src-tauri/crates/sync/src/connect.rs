//! How the engine reaches outside systems: the list of connectors and a way to open a connection, both handed down by the
//! composition root. The engine never sees a token and never builds a client itself.

use std::fmt;

use async_trait::async_trait;
use leadferry_connector::{Call, Connector, Http, Settings};
use leadferry_model::{Clock, ConnectionId, Failure};

/// A connection ready for calls.
pub struct Line {
    /// HTTP bound to base URL, access, pacing and redaction.
    pub http: Http,
    /// What the person set on the connection.
    pub settings: Settings,
}

impl Line {
    /// What a connector method gets.
    pub fn call<'a>(&'a self, clock: &'a dyn Clock) -> Call<'a> {
        Call { http: &self.http, settings: &self.settings, clock }
    }
}

/// Opens connections. The composition root implements it over keychain and network, tests over a scripted one.
#[async_trait]
pub trait Connect: Send + Sync {
    /// A line to `connection`. Cheap: called once for every batch. Fails with kind `Auth` when there is no credential.
    async fn open(&self, connection: &ConnectionId) -> Result<Line, Failure>;
}

/// Every connector there is.
#[derive(Clone, Copy)]
pub struct Registry(&'static [&'static dyn Connector]);

impl Registry {
    /// The registry over `list`.
    pub fn new(list: &'static [&'static dyn Connector]) -> Self {
        Self(list)
    }

    /// The connector whose spec has this `id`.
    pub fn get(&self, id: &str) -> Option<&'static dyn Connector> {
        self.0.iter().copied().find(|connector| connector.spec().id == id)
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|connector| connector.spec().id)).finish()
    }
}
