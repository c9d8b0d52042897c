//! A ledger, a source, a sync and the scripted CRM, on a clock that the test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::SignedDuration;
use leadferry_connector::{
    Connector, Credential, Fixed, Http, Pacer, Settings, Transport, TransportError, TransportProblem,
};
use leadferry_mapping::{Mapping, Overwrite, Rule, Source};
use leadferry_model::{
    Captured, Clock, ConnectionId, DeliveryId, Failure, ManualClock, Record, SyncId, Timestamp, Value,
};
use leadferry_store::{
    Connection, ConnectionState, Counts, DeliveryRow, Page, Role, SavedSync, Store, SyncState,
};
use leadferry_sync::settings::SyncSettings;
use leadferry_sync::{Cancel, Connect, Engine, Ingest, Line, Registry, Setup, Step};

use crate::crm::{Crm, Kind, OBJECT};

pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) crm: &'static Crm,
    pub(crate) engine: Engine,
    pub(crate) ingest: Ingest,
    pub(crate) source: ConnectionId,
    pub(crate) destination: ConnectionId,
    pub(crate) sync: SyncId,
    registry: Registry,
    captured: AtomicU64,
}

/// Opens lines to nowhere: the scripted CRM answers without a network.
struct Nowhere {
    crm: &'static Crm,
    clock: Arc<ManualClock>,
}

/// No network at all.
struct Unplugged;

#[async_trait]
impl Transport for Unplugged {
    async fn send(
        &self,
        _request: http::Request<Bytes>,
        _timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let message = "the scripted CRM has no network".to_owned();
        Err(TransportError { kind: TransportProblem::Unreachable, maybe_sent: false, message })
    }
}

#[async_trait]
impl Connect for Nowhere {
    async fn open(&self, _connection: &ConnectionId) -> Result<Line, Failure> {
        let http = Http::new(
            self.crm.spec(),
            "http://127.0.0.1:9".parse().unwrap(),
            Arc::new(Unplugged),
            Arc::new(Fixed(Credential::None)),
            Arc::new(Pacer::new(&[], &Settings::default())),
            self.clock.clone(),
        );
        Ok(Line { http, settings: Settings::default() })
    }
}

/// The mapping of the tests: every field of the CRM from the source field of its name.
pub(crate) fn mapping() -> Mapping {
    let mut mapping = Mapping::empty(OBJECT);
    let rule = |name: &str| Rule::new(name, Source::field(name));
    mapping.rules = ["email", "phone", "name", "note", "source"].map(rule).into();
    mapping
}

impl House {
    pub(crate) async fn new(kind: Kind) -> Self {
        Self::with(kind, mapping(), SyncSettings::default()).await
    }

    /// With one field that is only filled where it is empty.
    pub(crate) async fn filling(kind: Kind, field: &str, overwrite: Overwrite) -> Self {
        let mut mapping = mapping();
        mapping.rules.iter_mut().find(|rule| rule.target == field).unwrap().overwrite = overwrite;
        Self::with(kind, mapping, SyncSettings::default()).await
    }

    pub(crate) async fn with(kind: Kind, mapping: Mapping, settings: SyncSettings) -> Self {
        Self::over(Store::in_memory().unwrap(), kind, mapping, settings).await
    }

    /// Over a ledger that is empty.
    pub(crate) async fn over(store: Store, kind: Kind, mapping: Mapping, settings: SyncSettings) -> Self {
        let clock = Arc::new(ManualClock::new("2026-03-02T09:00:00Z".parse().unwrap()));
        let crm = Crm::new(kind, clock.clone());
        let (source, destination) = (ConnectionId::new("source"), ConnectionId::new("crm"));
        let sync = SyncId::new("sync");
        let now = clock.now();
        let connection = |id: &ConnectionId, connector: &str, role| Connection {
            id: id.clone(),
            connector: connector.into(),
            name: "Example".into(),
            role,
            base_url: None,
            auth: serde_json::json!({}),
            settings: serde_json::json!({}),
            account: None,
            state: ConnectionState::Connected,
            created_at: now,
            checked_at: None,
        };
        let connections = [
            connection(&source, "file", Role::Source),
            connection(&destination, crm.spec().id, Role::Destination),
        ];
        let saved = SavedSync {
            id: sync.clone(),
            name: "Leads".into(),
            source: source.clone(),
            destination: destination.clone(),
            object: OBJECT.into(),
            state: SyncState::On,
            paused_until: None,
            mode: serde_json::json!({"when": "real_time"}),
            settings: serde_json::to_value(settings).unwrap(),
            live_version: None,
            waits_for_run: false,
            created_at: now,
            next_run_at: None,
        };
        let json = serde_json::to_value(mapping).unwrap();
        let id = sync.clone();
        store
            .write(move |tx| {
                connections.iter().try_for_each(|connection| tx.save_connection(connection))?;
                tx.save_sync(&saved)?;
                let version = tx.save_mapping(now, &id, &json, "")?;
                tx.publish_mapping(now, &id, version)
            })
            .await
            .unwrap();
        let list: &'static [&'static dyn Connector] = Box::leak(Box::new([crm as &'static dyn Connector]));
        let registry = Registry::new(list);
        let engine = engine(&store, registry, crm, &clock, 7);
        let ingest = Ingest::new(engine.clone(), Some("GB".into()));
        let captured = AtomicU64::new(0);
        Self { store, clock, crm, engine, ingest, source, destination, sync, registry, captured }
    }

    /// The process dies and a new one starts over the same ledger.
    pub(crate) async fn restart(&mut self, seed: u64) {
        self.engine = engine(&self.store, self.registry, self.crm, &self.clock, seed);
        self.ingest = Ingest::new(self.engine.clone(), Some("GB".into()));
        self.engine.recover().await.unwrap();
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn captured(&self, email: &str, fields: &[(&str, &str)]) -> Captured {
        let n = self.captured.fetch_add(1, Ordering::Relaxed);
        let mut record: Record = fields.iter().map(|(name, text)| (*name, Value::text(*text))).collect();
        if !email.is_empty() {
            record.set("email", Value::text(email));
        }
        Captured { source_id: format!("row-{n}"), captured_at: None, fields: record }
    }

    /// Takes in a capture and gives its delivery.
    pub(crate) async fn lead(&self, email: &str, fields: &[(&str, &str)]) -> DeliveryId {
        let captured = self.captured(email, fields);
        let accepted = self.ingest.accept(&self.source, captured, false).await.unwrap();
        accepted.deliveries[0]
    }

    pub(crate) async fn urgent(&self, email: &str, fields: &[(&str, &str)]) -> DeliveryId {
        let captured = self.captured(email, fields);
        let accepted = self.ingest.accept(&self.source, captured, true).await.unwrap();
        accepted.deliveries[0]
    }

    pub(crate) async fn step(&self) -> Step {
        self.engine.step(&Cancel::new()).await.unwrap()
    }

    /// Lets virtual time pass, stepping whenever something is due.
    pub(crate) async fn run_for(&self, time: SignedDuration) {
        let end = self.now() + time;
        let mut idle = 0;
        loop {
            let before = self.now();
            let step = self.step().await;
            let Some(due) = step.next_due.filter(|due| *due <= end) else { break };
            idle = if due > before || step.did.any() { 0 } else { idle + 1 };
            assert!(idle < 3, "a step that does nothing must not be due at once again: {step:?}");
            self.clock.set(due.max(before));
        }
        self.clock.set(end);
    }

    pub(crate) async fn delivery(&self, id: DeliveryId) -> DeliveryRow {
        self.store.read(move |tx| tx.delivery(id)).await.unwrap().row
    }

    pub(crate) async fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        let filter = leadferry_store::DeliveryFilter::default();
        let rows =
            self.store.read(move |tx| tx.deliveries(&filter, Page::first(100_000))).await.unwrap().rows;
        for row in rows {
            use leadferry_model::DeliveryState::*;
            match row.state {
                Pending => counts.pending += 1,
                Sending => counts.sending += 1,
                Synced => counts.synced += 1,
                Retrying => counts.retrying += 1,
                Failed => counts.failed += 1,
                Skipped => counts.skipped += 1,
            }
        }
        counts
    }

    /// Notifications of a kind.
    pub(crate) async fn notices(&self, kind: &str) -> usize {
        let all = self.store.read(|tx| tx.notifications(Page::first(1000))).await.unwrap().rows;
        all.iter().filter(|notice| notice.kind == kind).count()
    }
}

fn engine(
    store: &Store,
    connectors: Registry,
    crm: &'static Crm,
    clock: &Arc<ManualClock>,
    seed: u64,
) -> Engine {
    let connect = Arc::new(Nowhere { crm, clock: clock.clone() });
    Engine::new(Setup { store: store.clone(), connectors, connect, clock: clock.clone(), seed })
}
