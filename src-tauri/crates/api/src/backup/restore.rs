//! Restoring: before the engine runs, or after it was stopped. What is replaced stays in the data folder.
//!
//! The ledger that comes in is closed with the key of this folder's vault, and of the secrets that come along those are taken that
//! the vault does not have: what it has is newer. A vault whose key is on another computer, or was forgotten, is put aside, but only
//! for a backup that brings its own secrets.

use std::path::PathBuf;

use leadferry_auth::vault::{KeyKind, KeySource, Keychain, Passphrase, Vault, VaultError};
use leadferry_model::Secret;
use leadferry_store::{DatabaseKey, Store};

use super::{blocking, daily, file};
use crate::startup::Unlocked;
use crate::types::{BackupView, RestoreRequest};
use crate::{Error, ErrorCode, Installation, Result};

/// The ledger of a backup file, while it is taken in.
const INCOMING: &str = "incoming.db";

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The copy or backup.
    pub from: PathBuf,
    /// The folder opens with the passphrase of the backup from now on: it was new, and this computer has no keychain.
    pub same_passphrase: bool,
}

impl Installation {
    /// The daily copies of the ledger, newest first.
    pub fn backups(&self) -> Vec<BackupView> {
        daily(&self.data)
    }

    /// Puts a backup in the place of what is in the data folder, which nobody may have open. `passphrase` is that of the folder,
    /// where it has one and was not opened before.
    pub async fn restore(&self, request: &RestoreRequest, passphrase: Option<Secret>) -> Result<Restored> {
        let Some(path) = request.path.as_ref().map(PathBuf::from) else {
            return self.restore_newest(passphrase).await;
        };
        let looked_at = path.clone();
        match blocking(move || file::read(&looked_at)).await? {
            None => {
                let vault = self.own_vault(passphrase).await?;
                let key = DatabaseKey::new(*vault.database_key().await?);
                self.take(path.clone(), key.clone(), key).await?;
                Ok(Restored { from: path, same_passphrase: false })
            }
            Some(backup) => self.restore_file(path, backup, request, passphrase).await,
        }
    }

    async fn restore_newest(&self, passphrase: Option<Secret>) -> Result<Restored> {
        let vault = self.own_vault(passphrase).await?;
        let key = DatabaseKey::new(*vault.database_key().await?);
        let (folder, found) = (self.data.clone(), key.clone());
        let newest =
            blocking(move || Ok(Store::newest_good_backup(&folder, &found))).await?.ok_or_else(|| {
                Error::new(
                    ErrorCode::NotFound,
                    "There is no good backup in the data folder. Name a backup you keep elsewhere.",
                )
            })?;
        self.take(newest.clone(), key.clone(), key).await?;
        Ok(Restored { from: newest, same_passphrase: false })
    }

    async fn restore_file(
        &self,
        path: PathBuf,
        backup: file::Reading,
        request: &RestoreRequest,
        folder: Option<Secret>,
    ) -> Result<Restored> {
        let words = request.passphrase.as_ref().ok_or_else(|| {
            Error::new(
                ErrorCode::Locked,
                "This backup opens with the passphrase that was chosen for it. Enter that passphrase.",
            )
        })?;
        let words = Passphrase::new(&Secret::new(words.as_str()))?;
        let brought =
            Vault::from_sealed_copy(backup.secrets.clone(), words.clone()).await.map_err(of_the_backup)?;
        let aside = self.put_aside_a_strange_vault(folder.clone()).await?;
        let restored = self.take_file(backup, &words, &brought, folder).await;
        match restored {
            Ok(same_passphrase) => Ok(Restored { from: path, same_passphrase }),
            Err(error) => {
                if aside {
                    Vault::put_back(&self.data).await?;
                }
                Err(error)
            }
        }
    }

    /// Takes secrets and ledger of a backup in. Gives whether the folder opens with the backup's words from now on.
    async fn take_file(
        &self,
        backup: file::Reading,
        words: &Passphrase,
        brought: &Vault,
        folder: Option<Secret>,
    ) -> Result<bool> {
        let (vault, same_passphrase) = self.vault_for(words, folder).await?;
        vault.take_missing_from(brought).await?;
        let from = DatabaseKey::new(*brought.database_key().await?);
        let to = DatabaseKey::new(*vault.database_key().await?);
        let incoming = self.data.join(INCOMING);
        let taken = {
            let incoming = incoming.clone();
            blocking(move || backup.take_ledger(&incoming)).await
        };
        let restored = match taken {
            Ok(()) => self.take(incoming.clone(), from, to).await,
            Err(error) => Err(error),
        };
        std::fs::remove_file(&incoming).ok();
        restored?;
        self.keep_vault(vault);
        Ok(same_passphrase)
    }

    async fn take(&self, copy: PathBuf, from: DatabaseKey, to: DatabaseKey) -> Result<()> {
        let (folder, now) = (self.data.clone(), self.clock.now());
        blocking(move || Ok(Store::restore(&folder, &to, &copy, &from, now)?)).await
    }

    /// The vault of this folder, without which its own copies cannot be read.
    async fn own_vault(&self, passphrase: Option<Secret>) -> Result<Vault> {
        if Vault::inspect(&self.data).await?.is_none() {
            return Err(Error::new(
                ErrorCode::DataFolder,
                "A daily copy opens with the vault of its own data folder only, and here is none. Restore a backup that was made with \
                 a passphrase, or name the folder with --data.",
            ));
        }
        match self.unlocked(passphrase).await? {
            Unlocked::Open(vault) => Ok(vault),
            Unlocked::Needs(startup) => Err(startup.as_error()),
        }
    }

    /// Puts a vault aside that nothing at hand opens: its key is in another computer's keychain, its passphrase was not given, or
    /// it is damaged. Gives whether it did. A passphrase that was given and is wrong is the person's to correct.
    async fn put_aside_a_strange_vault(&self, folder: Option<Secret>) -> Result<bool> {
        let strange = match Vault::inspect(&self.data).await {
            Ok(None) => false,
            Err(VaultError::Damaged) => true,
            Err(error) => return Err(error.into()),
            Ok(Some(kind)) => match self.unlocked(folder.clone()).await {
                Ok(Unlocked::Open(_)) => false,
                Ok(Unlocked::Needs(_)) => true,
                Err(error)
                    if error.code == ErrorCode::Locked && (kind == KeyKind::Keychain || folder.is_none()) =>
                {
                    true
                }
                Err(error) => return Err(error),
            },
        };
        if strange {
            Vault::put_aside(&self.data).await?;
        }
        Ok(strange)
    }

    /// The vault a backup's secrets go into, and whether it was made with the backup's words.
    async fn vault_for(&self, words: &Passphrase, folder: Option<Secret>) -> Result<(Vault, bool)> {
        if Vault::inspect(&self.data).await?.is_some() {
            return match self.unlocked(folder).await? {
                Unlocked::Open(vault) => Ok((vault, false)),
                Unlocked::Needs(startup) => Err(startup.as_error()),
            };
        }
        std::fs::create_dir_all(&self.data).map_err(|error| self.unusable(&error))?;
        if let Some(folder) = folder {
            let source = KeySource::Passphrase(Passphrase::new(&folder)?);
            return Ok((Vault::create(&self.data, source).await?, false));
        }
        let made = match Keychain::system().await {
            Ok(keychain) => Vault::create(&self.data, KeySource::Keychain(keychain)).await,
            Err(error) => Err(error),
        };
        match made {
            Ok(vault) => Ok((vault, false)),
            Err(error) if error.is_of_the_keychain() => {
                Ok((Vault::create(&self.data, KeySource::Passphrase(words.clone())).await?, true))
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn of_the_backup(error: VaultError) -> Error {
    match error {
        VaultError::WrongPassphrase => Error::new(
            ErrorCode::Locked,
            "That passphrase does not open this backup. Check capital letters and the keyboard layout, then try again.",
        ),
        VaultError::Damaged => {
            Error::new(ErrorCode::File, "The secrets in this backup are damaged. Choose another backup.")
        }
        error => error.into(),
    }
}
