//! The engine inside the window's process: opened once, reachable from every command, stopped before the process ends.

use std::path::PathBuf;
use std::sync::Arc;

use leadferry_api::{App, Error, Host, Installation, Startup, UnlockRequest};
use tauri::AppHandle;
use tokio::sync::RwLock;

use crate::host::Desktop;
use crate::tray;

/// What the window's process holds.
pub(crate) struct Shell {
    installation: Installation,
    state: RwLock<State>,
}

enum State {
    Open(Arc<App>),
    Closed(Startup),
}

impl Shell {
    /// A shell over the data folder `data`; the engine is not open yet.
    pub(crate) fn new(data: PathBuf, app: &AppHandle) -> Self {
        let host: Arc<dyn Host> = Arc::new(Desktop(app.clone()));
        let installation = Installation::new(data, leadferry_connectors::all(), host);
        Self { installation, state: RwLock::new(State::Closed(Startup::Opening)) }
    }

    /// Opens the engine the way the data folder was left, if that needs nobody.
    pub(crate) async fn open(&self, app: &AppHandle) {
        let passphrase = leadferry_api::passphrase_from_environment();
        self.keep(app, self.installation.open(passphrase).await).await;
    }

    /// Opens the engine with what the person gave.
    pub(crate) async fn unlock(&self, app: &AppHandle, request: UnlockRequest) -> Result<Startup, Error> {
        let opened = self.installation.unlock(request).await?;
        self.keep(app, Ok(opened)).await;
        Ok(self.startup().await)
    }

    async fn keep(&self, app: &AppHandle, opened: Result<leadferry_api::Opened, Error>) {
        let state = match opened {
            Ok(leadferry_api::Opened::Ready(engine)) => State::Open(engine),
            Ok(leadferry_api::Opened::Needs(startup)) => State::Closed(startup),
            Err(error) => State::Closed(Startup::Problem { error }),
        };
        *self.state.write().await = state;
        tray::refresh(app);
    }

    /// Where starting stands, for the window.
    pub(crate) async fn startup(&self) -> Startup {
        match &*self.state.read().await {
            State::Open(_) => Startup::Ready,
            State::Closed(startup) => startup.clone(),
        }
    }

    /// The engine, once it is open.
    pub(crate) async fn engine(&self) -> Result<Arc<App>, Error> {
        match &*self.state.read().await {
            State::Open(engine) => Ok(Arc::clone(engine)),
            State::Closed(startup) => Err(startup.as_error()),
        }
    }

    /// Stops the engine in order, then the process.
    pub(crate) async fn quit(&self, app: &AppHandle) {
        if let Ok(engine) = self.engine().await {
            engine.stop().await;
        }
        app.exit(0);
    }
}
