//! Opening a data folder: the vault first, with its key in the keychain or from a passphrase, then the ledger, then the engine.
//!
//! Nothing is chosen silently. A new data folder is protected by the keychain where this computer offers one; where it does
//! not, the person is asked for a passphrase. An existing one opens the way it was closed, or says what is missing.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use leadferry_auth::vault::{KeyKind, KeySource, Keychain, Passphrase, Vault, VaultError};
use leadferry_connector::{Connector, Transport};
use leadferry_model::{Clock, Secret, SystemClock};
use leadferry_store::{DatabaseKey, Store, StoreError};

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
            Self::Damaged { message, backup } => {
                let way = match backup {
                    Some(backup) => format!(
                        "The last good backup is {}. Restore it with `leadferry restore`; `leadferry restore --list` shows every one.",
                        backup.path
                    ),
                    None => "There is no good backup in the data folder. Restore one you keep elsewhere with `leadferry restore FILE`, or \
                             keep a copy of the folder and ask support."
                        .to_owned(),
                };
                Error::new(ErrorCode::DataFolder, format!("{message} {way}"))
            }
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
    /// The vault once it was opened: whoever restores a damaged ledger is not asked for the passphrase again.
    vault: Mutex<Option<Vault>>,
}

/// The way to the secrets.
pub(crate) enum Unlocked {
    /// It is open.
    Open(Vault),
    /// Something is needed first.
    Needs(Startup),
}

impl Installation {
    /// An installation over `data`.
    pub fn new(data: PathBuf, connectors: &'static [&'static dyn Connector], host: Arc<dyn Host>) -> Self {
        Self {
            data,
            connectors,
            host,
            clock: Arc::new(SystemClock),
            transport: None,
            runs: true,
            vault: Mutex::new(None),
        }
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
        std::fs::create_dir_all(&self.data).map_err(|error| self.unusable(&error))?;
        match self.unlocked(passphrase).await? {
            Unlocked::Open(vault) => self.opened(vault).await,
            Unlocked::Needs(startup) => Ok(Opened::Needs(startup)),
        }
    }

    /// Opens the vault, or makes one for a new data folder.
    pub(crate) async fn unlocked(&self, passphrase: Option<Secret>) -> Result<Unlocked, Error> {
        let kept = self.vault.lock().expect("BUG: nothing panics while it is held").clone();
        let vault = match (Vault::inspect(&self.data).await?, passphrase) {
            (Some(KeyKind::Keychain), _) => {
                let opened = match Keychain::system().await {
                    Ok(keychain) => Vault::open(&self.data, KeySource::Keychain(keychain)).await,
                    Err(error) => Err(error),
                };
                opened.map_err(perhaps_moved)?
            }
            (Some(KeyKind::Passphrase), None) => match kept {
                Some(vault) => vault,
                None => return Ok(Unlocked::Needs(Startup::Locked { problem: None })),
            },
            (Some(KeyKind::Passphrase), Some(passphrase)) => {
                Vault::open(&self.data, KeySource::Passphrase(Passphrase::new(&passphrase)?)).await?
            }
            // A new vault would have a new key, and the ledger would look like a stranger's.
            (None, _) if Store::is_there(&self.data) => {
                return Err(Error::new(
                    ErrorCode::DataFolder,
                    "The vault file secrets.vault is missing beside the data. Put it back, or restore a backup that was made with a \
                     passphrase.",
                ));
            }
            // Naming a passphrase is choosing it.
            (None, Some(passphrase)) => {
                Vault::create(&self.data, KeySource::Passphrase(Passphrase::new(&passphrase)?)).await?
            }
            (None, None) => {
                let made = match Keychain::system().await {
                    Ok(keychain) => Vault::create(&self.data, KeySource::Keychain(keychain)).await,
                    Err(error) => Err(error),
                };
                match made {
                    Ok(vault) => vault,
                    Err(error) if error.is_of_the_keychain() => {
                        return Ok(Unlocked::Needs(Startup::ChoosePassphrase { why: error.to_string() }));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        };
        self.keep_vault(vault.clone());
        Ok(Unlocked::Open(vault))
    }

    /// Remembers the vault that was opened.
    pub(crate) fn keep_vault(&self, vault: Vault) {
        *self.vault.lock().expect("BUG: nothing panics while it is held") = Some(vault);
    }

    /// The data folder cannot be made.
    pub(crate) fn unusable(&self, error: &io::Error) -> Error {
        let code = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::ReadOnlyFilesystem => ErrorCode::Disk,
            _ => ErrorCode::DataFolder,
        };
        Error::new(
            code,
            format!(
                "The data folder {} cannot be made ({error}). Choose another with --data.",
                self.data.display()
            ),
        )
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
        match self.opened(vault).await? {
            Opened::Ready(app) => Ok(app),
            Opened::Needs(startup) => Err(startup.as_error()),
        }
    }

    async fn opened(&self, vault: Vault) -> Result<Opened, Error> {
        let key = DatabaseKey::new(*vault.database_key().await?);
        let folder = self.data.clone();
        let store = tokio::task::spawn_blocking(move || Store::open(&folder, &key)).await.map_err(|_| {
            Error::new(ErrorCode::Unexpected, "Opening the data was interrupted. Start Leadferry again.")
        })?;
        match store {
            Ok(store) => Ok(Opened::Ready(App::start(self, vault, store).await?)),
            Err(StoreError::Damaged { detail, backup }) => Ok(Opened::Needs(damaged(detail, backup))),
            Err(error) => Err(error.into()),
        }
    }
}

/// A keychain that lacks the key may be another computer's: what then helps is told along.
fn perhaps_moved(error: VaultError) -> Error {
    let missing = error.is_of_the_keychain();
    let mut error = Error::from(error);
    if missing {
        error.message.push_str(
            " If this data folder was copied from another computer, its key stayed there: make a backup with a passphrase there, and \
             restore it here.",
        );
    }
    error
}

/// What a person is told of a damaged ledger, with the copy that would bring it back.
fn damaged(detail: Option<String>, backup: Option<PathBuf>) -> Startup {
    let cause = match detail {
        Some(detail) => {
            tracing::error!(detail, "the data file is damaged");
            "The data file leadferry.db is damaged, so it was not opened."
        }
        None => "The data file leadferry.db is missing, although there are backups of it.",
    };
    let next = match backup {
        Some(_) => "There is a good backup: restore it to go on.",
        None => "There is no good backup in the data folder: restore one you keep elsewhere.",
    };
    Startup::Damaged {
        message: format!("{cause} {next}"),
        backup: backup.as_deref().map(crate::backup::view),
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
