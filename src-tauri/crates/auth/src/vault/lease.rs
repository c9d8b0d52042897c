//! One at a time, in this process and among all others: what renewing a token needs.
//!
//! Not the vault's own lock: a vendor may take half a minute to answer, and nobody else's secrets should wait for that.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::OwnedMutexGuard;

use super::VaultError;
use super::file::{hex, lock_file};

/// How often another process's lock is tried again. Asked for rather than waited for, so that a waiting task can be cancelled.
const POLL: Duration = Duration::from_millis(50);

/// The right to be the only one, until dropped. A killed process gives it back too.
#[derive(Debug)]
pub struct Lease {
    _among_processes: Option<File>,
    _in_process: OwnedMutexGuard<()>,
}

/// Leases by name.
#[derive(Default)]
pub(super) struct Leases(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Leases {
    /// Waits until nobody else holds `name`. `vault` is the file the lock stands beside; none for a vault in memory.
    pub(super) async fn take(&self, name: &str, vault: Option<&Path>) -> Result<Lease, VaultError> {
        let in_process = self.turn(name).lock_owned().await;
        let among_processes = match vault {
            Some(vault) => Some(lock_among_processes(&lock_path(vault, name)).await?),
            None => None,
        };
        Ok(Lease { _among_processes: among_processes, _in_process: in_process })
    }

    fn turn(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(name.to_owned()).or_default().clone()
    }
}

async fn lock_among_processes(path: &Path) -> Result<File, VaultError> {
    let file = lock_file(path)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(POLL).await,
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

/// Sixteen files for all names, so that connections made and removed leave nothing behind. Two names in one file only wait for
/// each other; nobody holds two leases.
fn lock_path(vault: &Path, name: &str) -> PathBuf {
    let shard = hex(&[Sha256::digest(name)[0] & 0x0f]);
    vault.with_extension(format!("vault.lease-{shard}"))
}
