//! Where leads come from beside connectors: files and receivers.
//!
//! - `files` previews and takes in, with [`imports`] for what goes on meanwhile,
//! - [`receivers`] makes and starts receivers, `inbox` stands behind them,
//! - `test_lead` sends one that is clearly a test.
//!
//! Watched folders are deliberately not here yet: `leadferry_sources::folder` is ready for them.

mod files;
pub(crate) mod imports;
mod inbox;
pub(crate) mod receivers;
mod test_lead;

use leadferry_model::ConnectionId;
use leadferry_store::{Connection, ConnectionState, Role};
use serde_json::json;

use crate::App;

impl App {
    /// A source without an account: a file or a receiver.
    fn own_source(&self, connector: &str, name: &str) -> Connection {
        Connection {
            id: ConnectionId::fresh(),
            connector: connector.into(),
            name: name.into(),
            role: Role::Source,
            base_url: None,
            auth: json!({}),
            settings: json!({}),
            account: None,
            state: ConnectionState::Connected,
            created_at: self.now(),
            checked_at: None,
        }
    }
}

/// A count for the window. Four thousand million of anything is shown as that.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
