//! The receivers there are, changed while the server runs.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use leadferry_model::{ConnectionId, Secret};

use super::auth::{AuthFault, ReceiverAuth};
use super::rate::Rate;

/// The random part of a receiver's address. Whoever knows it may at least knock, so it is shown to its owner only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ReceiverPath(String);

/// This text is no receiver's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not the path of a receiver. Make a new one.")]
pub struct UnusablePath;

impl ReceiverPath {
    /// A fresh path of 160 random bits.
    pub fn fresh() -> Self {
        Self::from_random(rand::random())
    }

    /// A path made of these random bytes.
    pub fn from_random(bytes: [u8; 20]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a path that was stored.
    ///
    /// # Errors
    /// It holds fewer than 128 bits, or is not one of ours.
    pub fn parse(text: &str) -> Result<Self, UnusablePath> {
        match URL_SAFE_NO_PAD.decode(text) {
            Ok(bytes) if bytes.len() >= 16 => Ok(Self(text.to_owned())),
            _ => Err(UnusablePath),
        }
    }

    /// The text to store, in a place for secrets.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The path of the address to give to the sender, such as `/in/3q2-…`.
    pub fn url_path(&self) -> String {
        format!("/in/{}", self.0)
    }
}

impl fmt::Debug for ReceiverPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// What a receiver's deliveries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Leads.
    Leads,
    /// Hints that something changed at the sender. Nothing in them is read but the proof.
    Hints,
}

/// One receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The source it stands for.
    pub id: ConnectionId,
    /// What its deliveries are.
    pub purpose: Purpose,
    /// What a sender must show.
    pub auth: ReceiverAuth,
    /// The token of Meta's handshake, where the sender asks for one.
    pub verify_token: Option<Secret>,
    /// The header with the sender's id of a delivery, where it is not one of the usual ones.
    pub id_header: Option<String>,
    /// The field with the sender's id of one capture, by its dotted name. It must never come twice with different data.
    pub id_field: Option<String>,
    /// The field that says when it happened, by its dotted name: ISO 8601, or seconds or milliseconds since 1970.
    pub time_field: Option<String>,
}

impl Receiver {
    /// A receiver of hints.
    pub fn of_hints(id: ConnectionId, auth: ReceiverAuth) -> Self {
        Self { purpose: Purpose::Hints, ..Self::new(id, auth) }
    }

    /// A receiver of leads that looks for ids in the usual headers; struct update fills in the rest.
    pub fn new(id: ConnectionId, auth: ReceiverAuth) -> Self {
        Self {
            id,
            purpose: Purpose::Leads,
            auth,
            verify_token: None,
            id_header: None,
            id_field: None,
            time_field: None,
        }
    }
}

/// A receiver at work.
#[derive(Clone)]
pub(super) struct Live {
    pub(super) receiver: Arc<Receiver>,
    pub(super) rate: Arc<Rate>,
}

#[derive(Clone)]
pub(super) enum Found {
    Live(Live),
    /// Its sender is told that it is gone, so that it stops.
    Deleted,
}

/// Every receiver by its path. Shared by the server and whoever changes them.
// The map's hash is keyed at random, so the time of a look-up tells nothing about the paths in it.
#[derive(Default)]
pub struct Registry {
    receivers: RwLock<HashMap<ReceiverPath, Found>>,
    public_hosts: RwLock<Vec<String>>,
}

impl Registry {
    /// No receivers, and no host but this computer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the receiver at `path`, or changes it. A change keeps the count of its rate limit.
    ///
    /// # Errors
    /// Its way of proving would let everybody in, or nobody.
    pub fn put(&self, path: ReceiverPath, receiver: Receiver, now: Timestamp) -> Result<(), AuthFault> {
        receiver.auth.check()?;
        let mut receivers = self.receivers.write().expect("BUG: nothing panics with this lock");
        let rate = match receivers.get(&path) {
            Some(Found::Live(live)) => Arc::clone(&live.rate),
            _ => Arc::new(Rate::new(now)),
        };
        receivers.insert(path, Found::Live(Live { receiver: Arc::new(receiver), rate }));
        Ok(())
    }

    /// Marks the receiver at `path` as deleted: its sender is told so. Also to be called at start for those deleted earlier.
    pub fn remove(&self, path: &ReceiverPath) {
        let mut receivers = self.receivers.write().expect("BUG: nothing panics with this lock");
        receivers.insert(path.clone(), Found::Deleted);
    }

    /// The receiver at `path`, unless it was deleted or never there.
    pub fn get(&self, path: &ReceiverPath) -> Option<Arc<Receiver>> {
        match self.find(path)? {
            Found::Live(live) => Some(live.receiver),
            Found::Deleted => None,
        }
    }

    pub(super) fn find(&self, path: &ReceiverPath) -> Option<Found> {
        self.receivers.read().expect("BUG: nothing panics with this lock").get(path).cloned()
    }

    /// The host names, besides this computer's own, under which requests may come: those of the person's tunnel.
    pub fn set_public_hosts(&self, hosts: impl IntoIterator<Item = String>) {
        let hosts = hosts.into_iter().map(|host| host.to_lowercase()).collect();
        *self.public_hosts.write().expect("BUG: nothing panics with this lock") = hosts;
    }

    pub(super) fn is_public_host(&self, host: &str) -> bool {
        let hosts = self.public_hosts.read().expect("BUG: nothing panics with this lock");
        hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }
}
