//! Backups: everything in one file that opens with a passphrase, on this computer or another; and the way back from one, or from
//! the ledger's own daily copies.
//!
//! A daily copy lies in the data folder and has the key of this folder's vault: it is for a damaged ledger. A [`file`] carries
//! ledger and secrets together, since neither is worth anything without the other, and the key in a keychain does not travel.

mod file;
mod restore;

use std::path::Path;

use leadferry_auth::vault::Passphrase;
use leadferry_model::{Secret, Timestamp};
use leadferry_store::Store;
use serde_json::json;

use crate::types::{Backup, BackupView, Nothing};
use crate::{App, Error, ErrorCode, Result};

pub use restore::Restored;

impl App {
    /// Writes everything to one file that opens with the passphrase given, also on another computer.
    pub async fn backup(&self, request: Backup) -> Result<Nothing> {
        let passphrase = Passphrase::new(&Secret::new(request.passphrase))?;
        let path = Path::new(&request.path).to_owned();
        // The ledger first: a connection has its secrets before it has its row, so that none of them can be missing.
        let ledger = file::beside(&path, ".ledger");
        self.store.back_up_to(ledger.clone()).await?;
        let secrets = self.vault.sealed_copy(passphrase).await;
        let written = match secrets {
            Ok(secrets) => {
                let (path, ledger) = (path.clone(), ledger.clone());
                blocking(move || file::write(&path, &secrets, &ledger)).await
            }
            Err(error) => Err(error.into()),
        };
        // Of no use by itself. If it cannot be removed, the next backup writes over it.
        std::fs::remove_file(&ledger).ok();
        written?;
        let now = self.now();
        self.store
            .write(move |tx| tx.record(now, "person", "ledger.backed_up", "ledger", &json!({})))
            .await?;
        Ok(Nothing {})
    }
}

/// Whether the backup at `path` opens with a passphrase of its own. A daily copy opens with its data folder.
pub fn has_passphrase(path: &Path) -> Result<bool> {
    Ok(file::read(path)?.is_some())
}

/// The daily copies of a data folder, newest first, as they are shown.
pub(crate) fn daily(folder: &Path) -> Vec<BackupView> {
    Store::backups(folder).iter().map(|path| view(path)).collect()
}

pub(crate) fn view(path: &Path) -> BackupView {
    let made = std::fs::metadata(path).and_then(|file| file.modified()).ok();
    BackupView {
        path: path.display().to_string(),
        made_at: made.and_then(|at| Timestamp::try_from(at).ok()).map(|at| at.to_string()),
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        Error::new(ErrorCode::Unexpected, "The work on the backup was interrupted. Start it again.")
    })?
}
