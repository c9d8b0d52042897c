//! A small house: one source, one destination, one sync, and a clock that stands still.

use leadferry_model::{
    Captured, ConnectionId, Failure, FailureKind, Record, RecordId, SyncId, Timestamp, Value,
};
use leadferry_store::{
    Acceptance, Accepted, BeforeImage, Claimed, Connection, ConnectionState, Role, SavedSync, Settlement,
    Store, StoreError, SyncState, Verdict, Writer,
};
use serde_json::json;

pub(crate) const OBJECT: &str = "contacts";

/// `seconds` after the test's beginning.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

pub(crate) fn source() -> ConnectionId {
    ConnectionId::new("source")
}

pub(crate) fn crm() -> ConnectionId {
    ConnectionId::new("crm")
}

pub(crate) fn main_sync() -> SyncId {
    SyncId::new("sync")
}

pub(crate) fn connection(id: &str, role: Role) -> Connection {
    Connection {
        id: ConnectionId::new(id),
        connector: "practice".into(),
        name: id.into(),
        role,
        base_url: None,
        auth: json!({"way": "token"}),
        settings: json!({}),
        account: None,
        state: ConnectionState::Connected,
        created_at: at(0),
        checked_at: None,
    }
}

pub(crate) fn sync(id: &str, source: &str, destination: &str) -> SavedSync {
    SavedSync {
        id: SyncId::new(id),
        name: id.into(),
        source: ConnectionId::new(source),
        destination: ConnectionId::new(destination),
        object: OBJECT.into(),
        state: SyncState::On,
        paused_until: None,
        mode: json!("real_time"),
        settings: json!({}),
        live_version: None,
        waits_for_run: false,
        created_at: at(0),
        next_run_at: None,
    }
}

/// Fills a new ledger with the small house.
pub(crate) fn furnish(tx: &Writer<'_>) -> Result<(), StoreError> {
    tx.save_connection(&connection("source", Role::Source))?;
    tx.save_connection(&connection("crm", Role::Destination))?;
    tx.save_sync(&sync("sync", "source", "crm"))
}

/// A ledger in memory with the small house in it.
pub(crate) async fn house() -> Store {
    let store = Store::in_memory().unwrap();
    store.write(furnish).await.unwrap();
    store
}

/// One capture with its keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Came {
    pub(crate) key: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) fields: Vec<(String, Value)>,
    pub(crate) captured_at: Option<Timestamp>,
    pub(crate) urgent: bool,
}

impl Came {
    pub(crate) fn new(key: &str) -> Self {
        Self { key: key.into(), ..Self::default() }
    }

    pub(crate) fn email(mut self, email: &str) -> Self {
        self.email = Some(email.into());
        self
    }

    pub(crate) fn phone(mut self, phone: &str) -> Self {
        self.phone = Some(phone.into());
        self
    }

    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.into(), Value::text(value)));
        self
    }

    pub(crate) fn captured_at(mut self, moment: Timestamp) -> Self {
        self.captured_at = Some(moment);
        self
    }

    pub(crate) fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }

    pub(crate) fn accept(&self, tx: &Writer<'_>, now: Timestamp) -> Result<Accepted, StoreError> {
        let captured = Captured {
            source_id: self.key.clone(),
            captured_at: self.captured_at,
            fields: self.fields.iter().cloned().collect::<Record>(),
        };
        tx.accept(
            now,
            &Acceptance {
                source: &source(),
                captured: &captured,
                email: self.email.as_deref(),
                phone: self.phone.as_deref(),
                name: None,
                urgent: self.urgent,
                run: None,
            },
        )
    }
}

/// Accepts `came` at `now`.
pub(crate) async fn accept(store: &Store, now: Timestamp, came: Came) -> Accepted {
    store.write(move |tx| came.accept(tx, now)).await.unwrap()
}

/// Claims up to `limit` for ten minutes.
pub(crate) async fn claim(store: &Store, now: Timestamp, limit: usize) -> Vec<Claimed> {
    let lease = now + jiff::SignedDuration::from_mins(10);
    store.write(move |tx| tx.claim(now, &crm(), OBJECT, limit, lease)).await.unwrap()
}

pub(crate) fn settlement(claimed: &Claimed, verdict: Verdict) -> Settlement {
    Settlement { delivery: claimed.id, lease: claimed.lease, verdict, warnings: Vec::new() }
}

pub(crate) fn synced(record: &str) -> Verdict {
    Verdict::Synced {
        record: RecordId::new(record),
        object: None,
        url: None,
        created: true,
        unchanged: false,
        sent_hash: Some("hash".into()),
        matched_by: "created".into(),
        image: Some(BeforeImage {
            before: None,
            written: Record::from_iter([("email", Value::text("ada@example.com"))]),
        }),
    }
}

pub(crate) fn failed(code: &str) -> Verdict {
    Verdict::Fail { failure: Failure::new(FailureKind::Unexpected, "broke").code(code), slow: None }
}
