//! The vault as everybody else sees it: async, cheap to clone, and never blocking the caller's thread.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use leadferry_model::{ConnectionId, Secret};
use rand::Rng;
use zeroize::Zeroizing;

use super::file::{Document, VaultFile};
use super::key::{Key, KeyKind, KeyRecord};
use super::lease::{Lease, Leases};
use super::sealed::Sealed;
use super::{EntryName, KeySource, VaultError};

/// Every secret of one data folder.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

pub(super) struct Inner {
    place: Place,
    leases: Leases,
}

pub(super) enum Place {
    File(VaultFile),
    Memory(Mutex<Document>, Key),
}

impl Vault {
    /// How the vault in `folder` opens, so that the caller knows what to ask for; `None` if there is none yet.
    pub async fn inspect(folder: impl Into<PathBuf>) -> Result<Option<KeyKind>, VaultError> {
        let folder = folder.into();
        blocking(move || VaultFile::inspect(&folder)).await
    }

    /// Makes the vault of `folder`. Never over one that is there.
    pub async fn create(folder: impl Into<PathBuf>, source: KeySource) -> Result<Self, VaultError> {
        let folder = folder.into();
        blocking(move || VaultFile::create(&folder, source)).await.map(|file| Self::at(Place::File(file)))
    }

    /// Opens the vault of `folder`. A missing key is an error, never a reason to begin anew.
    pub async fn open(folder: impl Into<PathBuf>, source: KeySource) -> Result<Self, VaultError> {
        let folder = folder.into();
        blocking(move || VaultFile::open(&folder, source)).await.map(|file| Self::at(Place::File(file)))
    }

    /// A vault that is gone with the process: for tests and for trying things out.
    pub fn in_memory() -> Self {
        let key = Key::random();
        let document = Document::new(KeyRecord::Keychain { id: String::new() }, &key);
        Self::at(Place::Memory(Mutex::new(document), key))
    }

    /// How it opens. `None` in memory.
    pub fn kind(&self) -> Option<KeyKind> {
        match &self.0.place {
            Place::File(file) => Some(file.kind()),
            Place::Memory(..) => None,
        }
    }

    /// Closes the vault with a fresh key: a new passphrase, a move between keychain and passphrase, or the same kind again to
    /// rotate the key. Whole or not at all.
    pub async fn exchange_key(&self, source: KeySource) -> Result<(), VaultError> {
        self.run(move |inner| match &inner.place {
            Place::File(file) => file.exchange_key(source),
            Place::Memory(..) => Ok(()),
        })
        .await
    }

    /// The secret called `name`.
    pub async fn get(&self, name: &EntryName) -> Result<Option<Secret>, VaultError> {
        match self.bytes(name).await? {
            Some(bytes) => {
                str::from_utf8(&bytes).map(|text| Some(Secret::new(text))).map_err(|_| VaultError::Damaged)
            }
            None => Ok(None),
        }
    }

    /// Keeps `secret` as `name`. It is on disk when this returns.
    pub async fn put(&self, name: &EntryName, secret: &Secret) -> Result<(), VaultError> {
        self.put_bytes(name, Zeroizing::new(secret.expose().as_bytes().to_vec())).await
    }

    /// Removes the secret called `name`. It not being there is success.
    pub async fn remove(&self, name: &EntryName) -> Result<(), VaultError> {
        let name = name.to_string();
        self.run(move |inner| {
            inner.change(|document, _| {
                document.entries.remove(&name);
                Ok(())
            })
        })
        .await
    }

    /// Removes every secret of `connection` in one write.
    pub async fn forget(&self, connection: &ConnectionId) -> Result<(), VaultError> {
        let connection = connection.clone();
        self.run(move |inner| {
            inner.change(|document, _| {
                document.entries.retain(|name, _| !EntryName::belongs_to(name, &connection));
                Ok(())
            })
        })
        .await
    }

    /// The key of the ledger's database: made at the first call, the same ever after.
    pub async fn database_key(&self) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        self.run(|inner| {
            inner.change(|document, key| {
                let name = EntryName::database_key().to_string();
                let mut bytes = Zeroizing::new([0; 32]);
                match document.entries.get(&name) {
                    Some(sealed) => {
                        let kept = sealed.open(key, &name).ok_or(VaultError::Damaged)?;
                        bytes = Zeroizing::new(kept.as_slice().try_into().map_err(|_| VaultError::Damaged)?);
                    }
                    None => {
                        rand::rng().fill_bytes(bytes.as_mut_slice());
                        let sealed = Sealed::seal(key, &name, bytes.as_slice());
                        document.entries.insert(name, sealed);
                    }
                }
                Ok(bytes)
            })
        })
        .await
    }

    /// Waits until nobody else, in any process on this data folder, holds the lease called `name`.
    pub async fn lease(&self, name: &str) -> Result<Lease, VaultError> {
        let path = match &self.0.place {
            Place::File(file) => Some(file.path()),
            Place::Memory(..) => None,
        };
        self.0.leases.take(name, path).await
    }

    pub(crate) async fn bytes(&self, name: &EntryName) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let name = name.to_string();
        self.run(move |inner| {
            inner.read(|document, key| match document.entries.get(&name) {
                Some(sealed) => sealed.open(key, &name).map(Some).ok_or(VaultError::Damaged),
                None => Ok(None),
            })
        })
        .await
    }

    pub(crate) async fn put_bytes(
        &self,
        name: &EntryName,
        secret: Zeroizing<Vec<u8>>,
    ) -> Result<(), VaultError> {
        let name = name.to_string();
        self.run(move |inner| {
            inner.change(|document, key| {
                let sealed = Sealed::seal(key, &name, &secret);
                document.entries.insert(name, sealed);
                Ok(())
            })
        })
        .await
    }

    pub(super) fn at(place: Place) -> Self {
        Self(Arc::new(Inner { place, leases: Leases::default() }))
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        match self.0.place {
            // Nothing to wait for, and a simulation needs the same order of events every time.
            Place::Memory(..) => work(&self.0),
            Place::File(_) => {
                let inner = Arc::clone(&self.0);
                blocking(move || work(&inner)).await
            }
        }
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Inner {
    pub(super) fn read<T>(
        &self,
        look: impl FnOnce(&Document, &Key) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        match &self.place {
            Place::File(file) => file.read(look),
            Place::Memory(document, key) => {
                look(&document.lock().unwrap_or_else(PoisonError::into_inner), key)
            }
        }
    }

    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&mut Document, &Key) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        match &self.place {
            Place::File(file) => file.change(change),
            Place::Memory(document, key) => {
                change(&mut document.lock().unwrap_or_else(PoisonError::into_inner), key)
            }
        }
    }
}

/// Runs `work` where blocking is allowed. It runs to its end even if the caller stops waiting, so a write is never half done.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
        Err(_) => Err(VaultError::Stopping),
    }
}
