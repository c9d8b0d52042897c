//! Small *something changed* events, so that the window refreshes what it shows and nothing else.
//!
//! An event says what became stale, never what it became: whoever cares reads the ledger. Losing one is harmless, so a slow
//! listener is skipped, not waited for.

use leadferry_model::{ConnectionId, RunId, SyncId};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use ts_rs::TS;

/// How many events wait for a slow listener before it misses some.
const BACKLOG: usize = 256;

/// One thing that may have changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "tag", rename_all = "snake_case")]
pub enum Tag {
    /// Deliveries of a sync, and with them its counts and failure groups.
    Deliveries {
        /// The sync.
        sync: SyncId,
    },
    /// A destination's lane.
    Lane {
        /// The destination.
        connection: ConnectionId,
    },
    /// A connection's state or its described fields.
    Connection {
        /// The connection.
        connection: ConnectionId,
    },
    /// A run and its progress.
    Run {
        /// The run.
        run: RunId,
    },
    /// Leads were accepted.
    Leads,
    /// There is something to tell a person.
    Notifications,
}

/// What one piece of work changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changed {
    /// Everything that may be stale now.
    pub tags: Vec<Tag>,
}

/// The engine's end of the broadcast.
#[derive(Clone, Debug)]
pub struct Events(broadcast::Sender<Changed>);

impl Events {
    /// Listens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.0.subscribe()
    }

    /// Tells everybody who listens.
    pub(crate) fn tell(&self, tags: impl IntoIterator<Item = Tag>) {
        let mut tags: Vec<Tag> = tags.into_iter().collect();
        tags.dedup();
        if !tags.is_empty() {
            // An error only says that nobody listens, which is ordinary without a window.
            self.0.send(Changed { tags }).ok();
        }
    }
}

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}
