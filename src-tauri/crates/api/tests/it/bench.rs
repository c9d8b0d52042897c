//! An open app over a folder of its own, with a clock that stands still and a host that remembers.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use leadferry_api::{App, Connect, ConnectionView, Host, Installation, Pair, Tag};
use leadferry_auth::vault::{Cost, KeySource, Passphrase, Vault};
use leadferry_connector::{Connector, Transport};
use leadferry_model::{ConnectionId, ManualClock, Secret, SyncId, Timestamp};
use leadferry_practice::{Options, Practice, Running};
use leadferry_store::{SavedSync, SyncState};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::Notify;

/// What the app asked of its host.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) told: Mutex<Vec<(String, String)>>,
    changed: Notify,
}

impl Host for Seen {
    fn open_in_browser(&self, _url: &str) -> Result<(), String> {
        Ok(())
    }

    fn notify(&self, title: &str, body: &str, _target: &str) {
        self.told.lock().unwrap().push((title.into(), body.into()));
    }

    fn changed(&self, _tags: &[Tag]) {
        self.changed.notify_waiters();
    }

    fn start_at_login(&self, _on: bool) -> Result<(), String> {
        Err("this computer has no log-in".into())
    }
}

pub(crate) struct Bench {
    pub(crate) app: Arc<App>,
    pub(crate) host: Arc<Seen>,
    pub(crate) clock: Arc<ManualClock>,
    world: World,
    folder: TempDir,
}

/// What there is outside.
#[derive(Clone)]
struct World {
    connectors: &'static [&'static dyn Connector],
    /// None: the real network, for practice CRMs.
    transport: Option<Arc<dyn Transport>>,
}

/// Any moment.
pub(crate) fn start() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

fn key() -> KeySource {
    // As cheap as the recipe allows: the strength of the passphrase is tested where it is made.
    let cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };
    KeySource::Passphrase(Passphrase::with_cost(&Secret::new("a passphrase of the tests"), cost).unwrap())
}

impl Bench {
    pub(crate) async fn open() -> Self {
        Self::of(World { connectors: leadferry_connectors::all(), transport: None }).await
    }

    /// A bench with these connectors only, in a network that is `transport`.
    pub(crate) async fn at(
        connectors: &'static [&'static dyn Connector],
        transport: Arc<dyn Transport>,
    ) -> Self {
        Self::of(World { connectors, transport: Some(transport) }).await
    }

    async fn of(world: World) -> Self {
        let folder = TempDir::new().unwrap();
        let vault = Vault::create(folder.path(), key()).await.unwrap();
        let (host, clock) = (Arc::new(Seen::default()), Arc::new(ManualClock::new(start())));
        let app = installation(&folder, &host, &clock, &world).open_with(vault).await.unwrap();
        Self { app, host, clock, world, folder }
    }

    /// Ends the app and opens its folder again, as after a restart of the computer.
    pub(crate) async fn restarted(self) -> Self {
        let Self { app, host, clock, world, folder } = self;
        app.stop().await;
        assert_eq!(Arc::strong_count(&app), 1, "nothing holds a stopped app, so its folder is free");
        drop(app);
        let vault = Vault::open(folder.path(), key()).await.unwrap();
        let app = installation(&folder, &host, &clock, &world).open_with(vault).await.unwrap();
        Self { app, host, clock, world, folder }
    }

    /// A path in the bench's own folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// Waits until `look` finds something. It looks again whenever the app says that something changed.
    pub(crate) async fn until<T, F: Future<Output = Option<T>>>(&self, mut look: impl FnMut() -> F) -> T {
        let found = async {
            loop {
                let changed = self.host.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if let Some(found) = look().await {
                    return found;
                }
                changed.await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), found).await.expect("it happens at all")
    }

    /// Connects the practice CRM `crm` with its token.
    pub(crate) async fn connected(&self, crm: &Crm) -> ConnectionView {
        self.app.connect(crm.with_token(crm.practice.tokens().full.expose())).await.unwrap()
    }

    /// A sync that is on, straight into the ledger.
    pub(crate) async fn sync(&self, source: &str, destination: &str) -> SyncId {
        self.sync_into(source, destination, "contacts").await
    }

    /// The same, of another object.
    pub(crate) async fn sync_into(&self, source: &str, destination: &str, object: &str) -> SyncId {
        let id = SyncId::fresh();
        let sync = SavedSync {
            id: id.clone(),
            name: "Website leads".into(),
            source: ConnectionId::new(source),
            destination: ConnectionId::new(destination),
            object: object.into(),
            state: SyncState::On,
            paused_until: None,
            mode: json!({"when": "real_time"}),
            settings: json!({}),
            live_version: None,
            waits_for_run: false,
            created_at: start(),
            next_run_at: None,
        };
        self.app.engine().store().write(move |tx| tx.save_sync(&sync)).await.unwrap();
        id
    }
}

fn installation(folder: &TempDir, host: &Arc<Seen>, clock: &Arc<ManualClock>, world: &World) -> Installation {
    let installation = Installation::new(folder.path().to_owned(), world.connectors, Arc::clone(host) as _)
        .with_clock(Arc::clone(clock) as _)
        .stepped();
    match &world.transport {
        Some(transport) => installation.with_transport(Arc::clone(transport)),
        None => installation,
    }
}

/// A practice HubSpot apart from the app's own.
pub(crate) struct Crm {
    pub(crate) practice: Practice,
    pub(crate) running: Running,
}

impl Crm {
    pub(crate) async fn open() -> Self {
        let clock = Arc::new(ManualClock::new(start()));
        let practice = Practice::new("hubspot", Options { seed: Some(7), clock, public_base: None }).unwrap();
        let running = practice.serve("127.0.0.1:0".parse().unwrap()).await.unwrap();
        Self { practice, running }
    }

    pub(crate) fn with_token(&self, token: &str) -> Connect {
        Connect {
            connector: "hubspot".into(),
            role: "destination".into(),
            name: None,
            base_url: Some(self.running.url()),
            allow_private: false,
            token: Some(token.into()),
            user: None,
            app: None,
            host: None,
            settings: Vec::new(),
            reconnect: None,
        }
    }
}

pub(crate) fn pair(name: &str, value: &str) -> Pair {
    Pair { name: name.into(), value: value.into() }
}
