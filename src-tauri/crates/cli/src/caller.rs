//! Who answers a command: this process with the data folder open, or the process that owns the folder.

use std::path::PathBuf;
use std::sync::Arc;

use leadferry_api::remote::{self, Control};
use leadferry_api::{App, Error, ErrorCode, Headless, Installation, Opened, dispatch};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::passphrase;

/// What a command needs of a data folder that nobody has open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Answers. Nothing is sent by itself.
    Answers,
    /// Work that goes on until the command ends.
    Work,
}

/// Who answers.
pub(crate) enum Caller {
    /// This process.
    Local(Local),
    /// The process that owns this data folder.
    Remote(PathBuf),
}

/// A data folder open in this process.
pub(crate) struct Local {
    app: Arc<App>,
    stop: CancellationToken,
    control: JoinHandle<()>,
}

impl Caller {
    /// Asks the owner of `data` if there is one, else opens it.
    pub(crate) async fn find(data: PathBuf, need: Need) -> Result<Self, Error> {
        if remote::is_served(&data).await {
            return Ok(Self::Remote(data));
        }
        Local::open(data, need).await.map(Self::Local)
    }

    /// Runs a command by name.
    pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        command: &str,
        request: Q,
    ) -> Result<A, Error> {
        let request = serde_json::to_value(request).expect("BUG: every request serialises");
        let answer = match self {
            Self::Local(local) => dispatch(&local.app, command, request).await?,
            Self::Remote(data) => remote::ask(data, command, request).await?,
        };
        serde_json::from_value(answer).map_err(|error| {
            Error::new(
                ErrorCode::Unexpected,
                format!("The running Leadferry answers in another version's words ({error}). Quit it and start the same version."),
            )
        })
    }

    /// This process does the work, so that the work ends with it.
    pub(crate) fn is_local(&self) -> bool {
        matches!(self, Self::Local(_))
    }

    /// Ends in order what this process opened.
    pub(crate) async fn close(self) {
        if let Self::Local(local) = self {
            local.close().await;
        }
    }
}

impl Local {
    /// Opens `data`, and answers other processes from then on.
    pub(crate) async fn open(data: PathBuf, need: Need) -> Result<Self, Error> {
        let mut installation = installation(data.clone());
        if need == Need::Answers {
            installation = installation.stepped();
        }
        let app = match installation.open(passphrase::from_environment()?).await? {
            Opened::Ready(app) => app,
            Opened::Needs(startup) => match installation.open(Some(passphrase::prompt(&startup)?)).await? {
                Opened::Ready(app) => app,
                Opened::Needs(startup) => return Err(startup.as_error()),
            },
        };
        let stop = CancellationToken::new();
        let control = tokio::spawn(serve(data, Arc::clone(&app), stop.clone()).await);
        Ok(Self { app, stop, control })
    }

    /// Takes no more questions, then stops the engine.
    pub(crate) async fn close(self) {
        self.stop.cancel();
        if let Err(error) = self.control.await {
            tracing::error!(%error, "the control port ended unexpectedly");
        }
        self.app.stop().await;
    }
}

/// What is in `data`, not opened yet.
pub(crate) fn installation(data: PathBuf) -> Installation {
    Installation::new(data, leadferry_connectors::all(), Arc::new(Headless))
}

/// Opens the door to this process before anybody is told that it runs. Without one the work goes on all the same.
async fn serve(data: PathBuf, app: Arc<App>, stop: CancellationToken) -> impl Future<Output = ()> + Send {
    let door = Control::open(&data).await;
    async move {
        let served = match door {
            Ok(door) => door.serve(app, stop).await,
            Err(error) => Err(error),
        };
        if let Err(error) = served {
            tracing::warn!(%error, "other processes cannot ask this one");
        }
    }
}
