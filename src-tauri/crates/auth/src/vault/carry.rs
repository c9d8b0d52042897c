//! Secrets on their way to another computer: the content of a vault as bytes that open with a passphrase of their own.
//!
//! A key in a keychain does not travel, and the ledger's copy is worth nothing without the key inside the vault. So a backup
//! carries both, and what opens it is a passphrase the person chose for it. The bytes are those of a vault file, so that there is
//! one form to look at in review.

use std::path::PathBuf;
use std::sync::Mutex;

use super::file::{self, Document};
use super::handle::{Place, Vault, blocking};
use super::key::KeyRecord;
use super::sealed::Sealed;
use super::{EntryName, Passphrase, VaultError};

impl Vault {
    /// Everything in the vault, under `passphrase`.
    pub async fn sealed_copy(&self, passphrase: Passphrase) -> Result<Vec<u8>, VaultError> {
        self.run(move |inner| {
            let recipe = passphrase.recipe();
            let key = passphrase.key(&recipe)?;
            inner.read(|document, old| Ok(document.under(KeyRecord::Passphrase(recipe), old, &key)?.format()))
        })
        .await
    }

    /// Opens such a copy, in memory.
    pub async fn from_sealed_copy(bytes: Vec<u8>, passphrase: Passphrase) -> Result<Self, VaultError> {
        blocking(move || {
            let document = Document::parse(&bytes)?;
            let KeyRecord::Passphrase(recipe) = document.key() else { return Err(VaultError::Damaged) };
            let key = passphrase.key(recipe)?;
            document.opens_with(&key)?;
            Ok(Self::at(Place::Memory(Mutex::new(document), key)))
        })
        .await
    }

    /// Puts the vault of `folder` aside as `replaced.vault`: one whose key stayed on another computer opens nothing here. There
    /// being none is success.
    pub async fn put_aside(folder: impl Into<PathBuf>) -> Result<(), VaultError> {
        let folder = folder.into();
        blocking(move || file::put_aside(&folder)).await
    }

    /// Takes back that the vault of `folder` was put aside. One that was made in the meantime goes.
    pub async fn put_back(folder: impl Into<PathBuf>) -> Result<(), VaultError> {
        let folder = folder.into();
        blocking(move || file::put_back(&folder)).await
    }

    /// Takes the secrets of `other` that this vault has no secret of that name for: what is here is newer. The key of the ledger
    /// stays this vault's own.
    pub async fn take_missing_from(&self, other: &Self) -> Result<(), VaultError> {
        let own = EntryName::database_key().to_string();
        let brought = other
            .run(|inner| {
                inner.read(|document, key| {
                    let open = |(name, sealed): (&String, &Sealed)| {
                        Ok((name.clone(), sealed.open(key, name).ok_or(VaultError::Damaged)?))
                    };
                    document.entries.iter().map(open).collect::<Result<Vec<_>, VaultError>>()
                })
            })
            .await?;
        self.run(move |inner| {
            inner.change(|document, key| {
                for (name, secret) in brought.into_iter().filter(|(name, _)| *name != own) {
                    let sealed = || Sealed::seal(key, &name, &secret);
                    document.entries.entry(name.clone()).or_insert_with(sealed);
                }
                Ok(())
            })
        })
        .await
    }
}
