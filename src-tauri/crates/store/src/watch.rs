//! Every change of a delivery, a lead, a lane, a sync, a setting and a notification, noted by the database itself while it happens: what a simulation
//! checks its promises against. Triggers cannot forget a path, and a transaction that is taken back takes its notes along.

use leadferry_model::{ConnectionId, DeliveryId, DeliveryState, Failure, LeadId, Record, RunId, SyncId};
use rusqlite::Connection;
use serde::Deserialize;

use crate::{Json, LaneState, StoreError, SyncState};

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Seen {
    /// A delivery was made, or one of the columns the queue goes by changed.
    Delivery(Box<DeliveryMove>),
    /// A lead was made or brought up to date.
    Lead {
        /// Which.
        id: LeadId,
        /// Its version from now on.
        version: i64,
        /// Its fields from now on.
        fields: Record,
    },
    /// A lane was set.
    Lane {
        /// Whose.
        id: ConnectionId,
        /// Its state from now on.
        state: LaneState,
    },
    /// A sync was switched.
    Sync {
        /// Which.
        id: SyncId,
        /// Its state from now on.
        state: SyncState,
    },
    /// A setting was kept.
    Setting {
        /// Its name.
        name: String,
        /// Its value from now on.
        value: Json,
    },
    /// Something is to be told.
    Notice {
        /// What kind of news.
        kind: String,
        /// What it is about.
        subject: String,
    },
}

/// One step of a delivery.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DeliveryMove {
    /// Which.
    pub id: DeliveryId,
    /// Its sync.
    pub sync: SyncId,
    /// Its lead.
    pub lead: LeadId,
    /// Its destination.
    pub destination: ConnectionId,
    /// Its run from now on.
    pub run: Option<RunId>,
    /// Where it stood; none for a new one.
    pub from: Option<DeliveryState>,
    /// Where it stands.
    pub to: DeliveryState,
    /// Attempts spent before.
    pub spent_before: u32,
    /// Attempts spent from now on.
    pub spent: u32,
    /// Whether it goes ahead of everything else.
    pub urgent: u8,
    /// When it falls due, in microseconds.
    pub due_at: i64,
    /// When that was written, in microseconds of the computer's clock.
    pub changed_at: i64,
    /// Its lease before, in microseconds.
    pub lease_before: Option<i64>,
    /// Its lease from now on, in microseconds.
    pub lease: Option<i64>,
    /// Its record at the destination.
    pub record: Option<String>,
    /// Why it last failed.
    pub failure: Option<Failure>,
}

impl DeliveryMove {
    /// Whether a worker took it, be it for the first time or from one that was lost.
    pub fn is_claim(&self) -> bool {
        self.to == DeliveryState::Sending && self.lease > self.lease_before
    }
}

const DELIVERY: &str = "json_object('what', 'delivery', 'id', new.id, 'sync', new.sync_id, 'lead', new.lead_id,
    'destination', new.destination_id, 'run', new.run_id, 'from', FROM_STATE, 'to', new.state, 'spent_before', SPENT,
    'spent', new.attempts, 'urgent', new.urgent, 'due_at', new.due_at, 'changed_at', new.changed_at, 'lease_before', LEASE,
    'lease', new.lease_until, 'record', new.record_id, 'failure', json(new.failure))";

const LEAD: &str =
    "json_object('what', 'lead', 'id', new.id, 'version', new.version, 'fields', json(new.fields))";
const LANE: &str = "json_object('what', 'lane', 'id', new.connection_id, 'state', new.state)";
const SYNC: &str = "json_object('what', 'sync', 'id', new.id, 'state', new.state)";
const SETTING: &str = "json_object('what', 'setting', 'name', new.name, 'value', json(new.value))";
const NOTICE: &str = "json_object('what', 'notice', 'kind', new.kind, 'subject', new.subject)";

/// Puts the triggers on `connection`. They live as long as it does and are no part of the file.
pub(crate) fn install(connection: &Connection) -> Result<(), StoreError> {
    let made = DELIVERY.replace("FROM_STATE", "NULL").replace("SPENT", "0").replace("LEASE", "NULL");
    let moved = DELIVERY
        .replace("FROM_STATE", "old.state")
        .replace("SPENT", "old.attempts")
        .replace("LEASE", "old.lease_until");
    let triggers = [
        ("INSERT ON main.deliveries", "1", &*made),
        (
            "UPDATE ON main.deliveries",
            "(old.state, old.attempts, old.urgent, old.due_at, old.lease_until, old.run_id, old.failure)
             IS NOT (new.state, new.attempts, new.urgent, new.due_at, new.lease_until, new.run_id, new.failure)",
            &*moved,
        ),
        ("INSERT ON main.leads", "1", LEAD),
        ("UPDATE OF version ON main.leads", "old.version IS NOT new.version", LEAD),
        ("INSERT ON main.lanes", "1", LANE),
        ("UPDATE OF state ON main.lanes", "old.state IS NOT new.state", LANE),
        ("INSERT ON main.syncs", "1", SYNC),
        ("UPDATE OF state ON main.syncs", "old.state IS NOT new.state", SYNC),
        ("INSERT ON main.settings", "1", SETTING),
        ("UPDATE ON main.settings", "old.value IS NOT new.value", SETTING),
        ("INSERT ON main.notifications", "1", NOTICE),
    ];
    connection
        .execute_batch("CREATE TEMP TABLE watched (id INTEGER PRIMARY KEY, seen TEXT NOT NULL) STRICT")?;
    for (number, (event, condition, seen)) in triggers.into_iter().enumerate() {
        connection.execute_batch(&format!(
            "CREATE TEMP TRIGGER watch_{number} AFTER {event} WHEN {condition} BEGIN
                 INSERT INTO watched (seen) VALUES ({seen});
             END"
        ))?;
    }
    Ok(())
}

/// What was noted since the last time.
pub(crate) fn take(connection: &Connection) -> Result<Vec<Seen>, StoreError> {
    let mut notes: Vec<String> = Vec::new();
    let mut statement = connection.prepare_cached("SELECT seen FROM temp.watched ORDER BY id")?;
    for note in statement.query_map([], |row| row.get(0))? {
        notes.push(note?);
    }
    if !notes.is_empty() {
        connection.prepare_cached("DELETE FROM temp.watched")?.execute([])?;
    }
    let read = |note: String| {
        serde_json::from_str(&note).map_err(|_| StoreError::Unreadable { column: "watched".into() })
    };
    notes.into_iter().map(read).collect()
}
