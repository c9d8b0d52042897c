//! The open application: ledger, vault, engine and everything that runs beside them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};

use leadferry_auth::oauth::PendingFlows;
use leadferry_auth::vault::Vault;
use leadferry_connector::{Connector, ReqwestTransport, Transport};
use leadferry_model::{Clock, Timestamp};
use leadferry_sources::receive::Registry as Receivers;
use leadferry_store::Store;
use leadferry_sync::{Driver, Engine, Registry, Setup};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::connections::flows::Flow;
use crate::lines::Lines;
use crate::practice::PracticeServer;
use crate::sources::imports::Import;
use crate::sources::receivers::Listener;
use crate::{Error, ErrorCode, Host, Installation, Result, background};

/// Everything the commands need. One a process, made by [`Installation`].
pub struct App {
    pub(crate) data: PathBuf,
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) engine: Engine,
    pub(crate) lines: Arc<Lines>,
    pub(crate) connectors: &'static [&'static dyn Connector],
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) host: Arc<dyn Host>,
    /// Sign-ins that go on, by their id.
    pub(crate) flows: Mutex<HashMap<String, Arc<Flow>>>,
    /// Sign-ins that wait for a deep link.
    pub(crate) pending: PendingFlows,
    /// Practice CRMs that run in this process, by dialect.
    pub(crate) practices: tokio::sync::Mutex<HashMap<String, PracticeServer>>,
    /// Files being taken in, by their id.
    pub(crate) imports: Mutex<HashMap<String, Arc<Import>>>,
    /// Receivers by path.
    pub(crate) receivers: Arc<Receivers>,
    /// One at a time looks after webhooks: two would each ask for what is missing.
    pub(crate) tending_hooks: tokio::sync::Mutex<()>,
    /// What receives webhooks, once something does.
    pub(crate) listener: tokio::sync::Mutex<Option<Listener>>,
    /// Ends everything that runs beside the commands.
    pub(crate) stop: CancellationToken,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    /// Itself, for what goes on after a command has answered.
    me: Weak<Self>,
}

impl App {
    /// Starts the engine over an open ledger, and what runs beside it.
    pub(crate) async fn start(installation: &Installation, vault: Vault, store: Store) -> Result<Arc<Self>> {
        let transport = match &installation.transport {
            Some(given) => Arc::clone(given),
            None => network()?,
        };
        let clock = Arc::clone(&installation.clock);
        let connectors = installation.connectors;
        let lines = Arc::new(Lines::new(
            connectors,
            store.clone(),
            vault.clone(),
            Arc::clone(&transport),
            Arc::clone(&clock),
        ));
        let engine = Engine::new(Setup {
            store: store.clone(),
            connectors: Registry::new(connectors),
            connect: Arc::clone(&lines) as _,
            clock: Arc::clone(&clock),
            seed: rand::random(),
        });
        engine.recover().await?;
        let app = Arc::new_cyclic(|me| Self {
            data: installation.data.clone(),
            store,
            vault,
            engine,
            lines,
            connectors,
            transport,
            clock,
            host: Arc::clone(&installation.host),
            flows: Mutex::default(),
            pending: PendingFlows::default(),
            practices: tokio::sync::Mutex::default(),
            imports: Mutex::default(),
            receivers: Arc::new(Receivers::new()),
            tending_hooks: tokio::sync::Mutex::default(),
            listener: tokio::sync::Mutex::default(),
            stop: CancellationToken::new(),
            tasks: Mutex::default(),
            me: me.clone(),
        });
        app.restart_practices().await;
        app.start_receivers().await?;
        if installation.runs {
            app.run_beside();
        }
        Ok(app)
    }

    fn run_beside(self: &Arc<Self>) {
        let engine = self.engine.clone();
        let stop = self.stop.clone();
        let driver = tokio::spawn(async move { Driver::new(engine).run(&stop).await });
        let mut tasks = self.tasks.lock().expect("BUG: nothing panics while it is held");
        tasks.push(driver);
        tasks.extend(background::spawn(self));
    }

    /// Ends in order: no new work, running batches finish, what was claimed is given up at the next start. May be called twice.
    pub async fn stop(&self) {
        self.stop.cancel();
        let tasks: Vec<_> =
            self.tasks.lock().expect("BUG: nothing panics while it is held").drain(..).collect();
        for task in tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "A part of Leadferry ended unexpectedly while closing.");
            }
        }
        let mut practices = self.practices.lock().await;
        practices.clear();
    }

    /// The engine, for whoever steps it.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Itself, to be held by a task. None only while it is being dropped.
    pub(crate) fn itself(&self) -> Option<Arc<Self>> {
        self.me.upgrade()
    }

    /// Lets `task` run beside the commands; [`App::stop`] waits for it, so it must end when `stop` is cancelled.
    pub(crate) fn beside(&self, task: JoinHandle<()>) {
        let mut tasks = self.tasks.lock().expect("BUG: nothing panics while it is held");
        tasks.retain(|task| !task.is_finished());
        tasks.push(task);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn connector(&self, id: &str) -> Result<&'static dyn Connector> {
        self.connectors.iter().copied().find(|connector| connector.spec().id == id).ok_or_else(|| {
            Error::usage(format!(
                "This Leadferry has no connector called {id}. Update Leadferry, then try again."
            ))
        })
    }
}

fn network() -> Result<Arc<dyn Transport>> {
    let transport = ReqwestTransport::new().map_err(|error| {
        Error::new(
            ErrorCode::Unexpected,
            format!("The network of this computer could not be used ({error}). Restart the computer and try again."),
        )
    })?;
    Ok(Arc::new(transport))
}
