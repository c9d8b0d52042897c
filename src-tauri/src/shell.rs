//! The engine inside the window's process: opened once, reachable from every command, stopped before the process ends.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use leadferry_api::remote::Control;
use leadferry_api::{App, Error, Host, Installation, Opened, RestoreRequest, Startup, UnlockRequest};
use tauri::{AppHandle, Emitter as _};
use tokio::sync::RwLock;
use tokio_util::sync::CancellationToken;

use crate::host::Desktop;
use crate::tray;

/// How long commands under way may hold the engine after it has stopped.
const LETTING_GO: Duration = Duration::from_secs(10);
/// How often it is looked whether they still do.
const LOOK: Duration = Duration::from_millis(50);

/// What the window's process holds.
pub(crate) struct Shell {
    data: PathBuf,
    installation: Installation,
    state: RwLock<State>,
}

enum State {
    Open { engine: Arc<App>, door: CancellationToken },
    Closed(Startup),
}

impl Shell {
    /// A shell over the data folder `data`; the engine is not open yet.
    pub(crate) fn new(data: PathBuf, app: &AppHandle) -> Self {
        let host: Arc<dyn Host> = Arc::new(Desktop(app.clone()));
        let installation = Installation::new(data.clone(), leadferry_connectors::all(), host);
        Self { data, installation, state: RwLock::new(State::Closed(Startup::Opening)) }
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

    /// Tries again what could not be opened: a disk may have room by now, another program may be closed.
    pub(crate) async fn reopen(&self, app: &AppHandle) -> Startup {
        let closed = matches!(*self.state.read().await, State::Closed(_));
        if closed {
            self.open(app).await;
        }
        self.startup().await
    }

    /// Puts a backup in the place of what is here. The engine stops for it and starts again, whatever comes of it.
    pub(crate) async fn restore(&self, app: &AppHandle, request: RestoreRequest) -> Result<Startup, Error> {
        self.close(app).await;
        let passphrase = leadferry_api::passphrase_from_environment();
        let restored = self.installation.restore(&request, passphrase).await;
        self.open(app).await;
        tell(app);
        restored?;
        Ok(self.startup().await)
    }

    async fn keep(&self, app: &AppHandle, opened: Result<Opened, Error>) {
        let state = match opened {
            Ok(Opened::Ready(engine)) => {
                let door = self.open_door(&engine).await;
                State::Open { engine, door }
            }
            Ok(Opened::Needs(startup)) => State::Closed(startup),
            Err(error) => State::Closed(Startup::Problem { error }),
        };
        *self.state.write().await = state;
        tray::refresh(app);
    }

    /// Lets the command line ask this process. Without that the window works all the same.
    async fn open_door(&self, engine: &Arc<App>) -> CancellationToken {
        let stop = CancellationToken::new();
        match Control::open(&self.data).await {
            Ok(door) => {
                let (engine, stop) = (Arc::clone(engine), stop.clone());
                tauri::async_runtime::spawn(async move {
                    if let Err(error) = door.serve(engine, stop).await {
                        tracing::warn!(%error, "the door for the command line closed in a strange way");
                    }
                });
            }
            Err(error) => tracing::warn!(%error, "the command line cannot ask this window"),
        }
        stop
    }

    /// Stops the engine in order and lets its folder go.
    async fn close(&self, app: &AppHandle) {
        let before = std::mem::replace(&mut *self.state.write().await, State::Closed(Startup::Opening));
        tell(app);
        let State::Open { engine, door } = before else { return };
        door.cancel();
        engine.stop().await;
        let mut left = LETTING_GO;
        while Arc::strong_count(&engine) > 1 && !left.is_zero() {
            tokio::time::sleep(LOOK).await;
            left = left.saturating_sub(LOOK);
        }
    }

    /// Where starting stands, for the window.
    pub(crate) async fn startup(&self) -> Startup {
        match &*self.state.read().await {
            State::Open { .. } => Startup::Ready,
            State::Closed(startup) => startup.clone(),
        }
    }

    /// The engine, once it is open.
    pub(crate) async fn engine(&self) -> Result<Arc<App>, Error> {
        match &*self.state.read().await {
            State::Open { engine, .. } => Ok(Arc::clone(engine)),
            State::Closed(startup) => Err(startup.as_error()),
        }
    }

    /// Stops the engine in order, then the process.
    pub(crate) async fn quit(&self, app: &AppHandle) {
        self.close(app).await;
        app.exit(0);
    }
}

/// Where starting stands has changed: the window asks.
fn tell(app: &AppHandle) {
    if let Err(error) = app.emit("startup", ()) {
        tracing::debug!(%error, "no window listens");
    }
}
