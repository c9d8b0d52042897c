//! Opening a data folder: the vault first, with its key in the keychain or from a passphrase, then the ledger, then the engine.
//!
//! Nothing is chosen silently. A new data folder is protected by the keychain where this computer offers one; where it does
//! not, the person is asked for a passphrase. An existing one opens the way it was closed, or says what is missing.

use std::path::PathBuf;
use std::sync::Arc;

use leadferry_auth::vault::{KeyKind, KeySource, Keychain, Passphrase, Vault, VaultError};
use leadferry_connector::{Connector, Transport};
use leadferry_model::{Clock, Secret, SystemClock};
use leadferry_store::{DatabaseKey, Store};

use crate::types::{Startup, UnlockRequest};
use crate::{App, Error, ErrorCode, Host};

/// The environment variable that may hold the passphrase, for machines without a person.
pub const PASSPHRASE_VARIABLE: &str = "LEADFERRY_PASSPHRASE";
/// The environment variable that may name a file with the passphrase.
pub const PASSPHRASE_FILE_VARIABLE: &str = "LEADFERRY_PASSPHRASE_FILE";

impl Startup {
    /// The same for a command that needed the engine.
    pub fn as_error(&self) -> Error {
        match self {
            Self::Opening | Self::Ready => {
                Error::new(ErrorCode::Locked, "Leadferry is still opening its data. Try again in a moment.")
            }
            Self::ChoosePassphrase { why } => Error::new(ErrorCode::Locked, why.clone()),
            Self::Locked { problem } => Error::new(
                ErrorCode::Locked,
                problem
                    .clone()
                    .unwrap_or_else(|| "The data folder is locked. Enter its passphrase to open it.".into()),
            ),
            Self::Problem { error } => error.clone(),
        }
    }
}

/// What opening led to.
pub enum Opened {
    /// The engine runs.
    Ready(Arc<App>),
    /// Something is needed first.
    Needs(Startup),
}

/// A data folder and everything around it: what the composition root hands down.
pub struct Installation {
    pub(crate) data: PathBuf,
    pub(crate) connectors: &'static [&'static dyn Connector],
    pub(crate) host: Arc<dyn Host>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The way to the network; none means the ordinary one.
    pub(crate) transport: Option<Arc<dyn Transport>>,
    /// Work goes on by itself.
    pub(crate) runs: bool,
}

impl Installation {
    /// An installation over `data`.
    pub fn new(data: PathBuf, connectors: &'static [&'static dyn Connector], host: Arc<dyn Host>) -> Self {
        Self { data, connectors, host, clock: Arc::new(SystemClock), transport: None, runs: true }
    }

    /// Takes the time from `clock`.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Reaches outside systems through `transport`.
    #[must_use]
    pub fn with_transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Does nothing by itself: whoever opens it steps the engine. For tests and one-off commands.
    #[must_use]
    pub fn stepped(mut self) -> Self {
        self.runs = false;
        self
    }

    /// Opens the data folder the way it was left. A passphrase is used where one is needed.
    pub async fn open(&self, passphrase: Option<Secret>) -> Result<Opened, Error> {
        std::fs::create_dir_all(&self.data).map_err(|error| {
            Error::new(
                ErrorCode::DataFolder,
                format!(
                    "The data folder {} cannot be made ({error}). Choose another with --data.",
                    self.data.display()
                ),
            )
        })?;
        let vault = match (Vault::inspect(&self.data).await?, passphrase) {
            (Some(KeyKind::Keychain), _) => {
                Vault::open(&self.data, KeySource::Keychain(Keychain::system().await?)).await?
            }
            (Some(KeyKind::Passphrase), None) => return Ok(Opened::Needs(Startup::Locked { problem: None })),
            (Some(KeyKind::Passphrase), Some(passphrase)) => {
                Vault::open(&self.data, KeySource::Passphrase(Passphrase::new(&passphrase)?)).await?
            }
            // Naming a passphrase is choosing it.
            (None, Some(passphrase)) => {
                Vault::create(&self.data, KeySource::Passphrase(Passphrase::new(&passphrase)?)).await?
            }
            (None, None) => match Keychain::system().await {
                Ok(keychain) => Vault::create(&self.data, KeySource::Keychain(keychain)).await?,
                Err(
                    error
                    @ (VaultError::NoKeychain(_) | VaultError::KeychainLocked | VaultError::Keychain(_)),
                ) => {
                    return Ok(Opened::Needs(Startup::ChoosePassphrase { why: error.to_string() }));
                }
                Err(error) => return Err(error.into()),
            },
        };
        self.open_with(vault).await.map(Opened::Ready)
    }

    /// Opens or makes the data folder with what the person gave. A wrong passphrase is not an error of the installation: the
    /// person tries again.
    pub async fn unlock(&self, request: UnlockRequest) -> Result<Opened, Error> {
        let passphrase = Secret::new(request.passphrase);
        match self.open(Some(passphrase)).await {
            Err(error) if error.code == ErrorCode::Locked => {
                Ok(Opened::Needs(Startup::Locked { problem: Some(error.message) }))
            }
            opened => opened,
        }
    }

    /// Opens the data folder with a vault that is open already.
    pub async fn open_with(&self, vault: Vault) -> Result<Arc<App>, Error> {
        let key = DatabaseKey::new(*vault.database_key().await?);
        let folder = self.data.clone();
        let store =
            tokio::task::spawn_blocking(move || Store::open(&folder, &key)).await.map_err(|_| {
                Error::new(ErrorCode::Unexpected, "Opening the data was interrupted. Start Leadferry again.")
            })??;
        App::start(self, vault, store).await
    }
}

/// The passphrase, where the environment holds one or names a file with one. Read here only, at the edge of the program.
pub fn passphrase_from_environment() -> Option<Secret> {
    if let Ok(text) = std::env::var(PASSPHRASE_VARIABLE) {
        return Some(Secret::new(text));
    }
    let path = std::env::var_os(PASSPHRASE_FILE_VARIABLE)?;
    let text = std::fs::read_to_string(path).ok()?;
    Some(Secret::new(text.trim_end_matches(['\r', '\n'])))
}
