//! One source, one CRM, one sync with a mapping: what a ledger of these tests holds before the first lead.

use leadferry_mapping::Mapping;
use leadferry_model::{ConnectionId, SyncId, Timestamp};
use leadferry_store::{Connection, ConnectionState, Json, Role, SavedSync, Store, StoreError, SyncState};
use leadferry_sync::settings::SyncSettings;

use crate::target::Target;

/// The object that leads become at the default CRM.
pub const OBJECT: &str = "contacts";

/// Where leads come from.
pub fn source() -> ConnectionId {
    ConnectionId::new("leads")
}

/// Where they go.
pub fn destination() -> ConnectionId {
    ConnectionId::new("crm")
}

/// What carries them.
pub fn sync() -> SyncId {
    SyncId::new("sync")
}

/// How the columns of [`people`](crate::people) become the default CRM's contacts.
pub fn mapping() -> Mapping {
    Target::default().mapping()
}

/// Furnishes an empty ledger for leads that go to `target`; one that is furnished is left as it is.
pub async fn furnish(
    store: &Store,
    target: &Target,
    now: Timestamp,
    base_url: Option<String>,
) -> Result<(), StoreError> {
    let connections = [
        connection(source(), "file", Role::Source, None, now),
        connection(destination(), target.connector.spec().id, Role::Destination, base_url, now),
    ];
    let saved = saved_sync(target, now);
    let json = serde_json::to_value(target.mapping()).expect("BUG: a mapping always serialises");
    store
        .write(move |tx| {
            if !tx.syncs()?.is_empty() {
                return Ok(());
            }
            connections.iter().try_for_each(|connection| tx.save_connection(connection))?;
            tx.save_sync(&saved)?;
            let version = tx.save_mapping(now, &saved.id, &json, "")?;
            tx.publish_mapping(now, &saved.id, version)
        })
        .await
}

/// A connection that works.
pub fn connection(
    id: ConnectionId,
    connector: &str,
    role: Role,
    base_url: Option<String>,
    now: Timestamp,
) -> Connection {
    Connection {
        id,
        connector: connector.to_owned(),
        name: "Example".to_owned(),
        role,
        base_url,
        auth: Json::Object(serde_json::Map::new()),
        settings: Json::Object(serde_json::Map::new()),
        account: None,
        state: ConnectionState::Connected,
        created_at: now,
        checked_at: None,
    }
}

fn saved_sync(target: &Target, now: Timestamp) -> SavedSync {
    SavedSync {
        id: sync(),
        name: "Leads".to_owned(),
        source: source(),
        destination: destination(),
        object: target.object.to_owned(),
        state: SyncState::On,
        paused_until: None,
        mode: serde_json::json!({"when": "real_time"}),
        settings: serde_json::to_value(SyncSettings::default()).expect("BUG: settings always serialise"),
        live_version: None,
        waits_for_run: false,
        created_at: now,
        next_run_at: None,
    }
}
