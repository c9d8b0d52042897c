//! The operating system's keychain. It holds one 32-byte key and nothing else, far below the 2,560 bytes Windows allows an entry.
//!
//! Every call blocks (D-Bus, a password dialog) and, with some features of zbus anywhere in the build, panics on an async thread:
//! [`Vault`](super::Vault) calls it from blocking threads only. Access is serialised, since stores do not promise an order for
//! calls from several threads.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::VaultError;
use super::key::{KEY_BYTES, Key};

/// What the keychain app shows as the owner of the entry.
const SERVICE: &str = "Leadferry";

/// A keychain, passed down from the composition root.
#[derive(Clone)]
pub struct Keychain {
    store: Arc<CredentialStore>,
    turn: Arc<Mutex<()>>,
    /// Windows lets entries roam to other computers of a domain unless told otherwise.
    local_only: bool,
}

impl fmt::Debug for Keychain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keychain")
    }
}

impl Keychain {
    /// The one of this computer.
    pub async fn system() -> Result<Self, VaultError> {
        match tokio::task::spawn_blocking(system_store).await {
            Ok(store) => Ok(Self { local_only: cfg!(windows), ..Self::with_store(store?) }),
            Err(error) => Err(VaultError::NoKeychain(Some(error.into()))),
        }
    }

    /// Over any store of keyring-core, such as its mock.
    pub fn with_store(store: Arc<CredentialStore>) -> Self {
        Self { store, turn: Arc::default(), local_only: false }
    }

    /// The key called `id`. [`VaultError::KeychainLocked`] if there is none: a locked keychain says the same.
    pub(crate) fn load(&self, id: &str) -> Result<Key, VaultError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = Zeroizing::new(self.entry(id)?.get_secret().map_err(explain)?);
        let bytes =
            Zeroizing::new(STANDARD_NO_PAD.decode(kept.as_slice()).map_err(|_| VaultError::WrongKey)?);
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        if bytes.len() != KEY_BYTES {
            return Err(VaultError::WrongKey);
        }
        key.copy_from_slice(&bytes);
        Ok(Key::from_bytes(key))
    }

    /// Keeps `key` as `id`, and reads it back: a keychain that takes and forgets must be found out before a file depends on it.
    pub(crate) fn keep(&self, id: &str, key: &Key) -> Result<(), VaultError> {
        {
            let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
            // As text, since KDE's wallet takes nothing but UTF-8.
            let text = Zeroizing::new(STANDARD_NO_PAD.encode(key.bytes()));
            self.entry(id)?.set_secret(text.as_bytes()).map_err(explain)?;
        }
        if self.load(id)?.bytes() == key.bytes() { Ok(()) } else { Err(VaultError::WrongKey) }
    }

    /// Removes the key called `id`. It not being there is success.
    pub(crate) fn forget(&self, id: &str) -> Result<(), VaultError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        match self.entry(id)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(explain(error)),
        }
    }

    fn entry(&self, id: &str) -> Result<Entry, VaultError> {
        let local = HashMap::from([("persistence", "Local")]);
        let modifiers = self.local_only.then_some(&local);
        self.store.build(SERVICE, &format!("vault {id}"), modifiers).map_err(explain)
    }
}

/// Puts the keychain's error into our words. Two of its variants carry the secret's bytes, so those are never passed on.
fn explain(error: Error) -> VaultError {
    match error {
        Error::NoEntry | Error::NoStorageAccess(_) => VaultError::KeychainLocked,
        Error::NoDefaultStore => VaultError::NoKeychain(None),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => VaultError::WrongKey,
        error => VaultError::Keychain(Box::new(error)),
    }
}

#[cfg(target_os = "linux")]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    let store = zbus_secret_service_keyring_store::Store::new().map_err(no_keychain)?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    let store = apple_native_keyring_store::keychain::Store::new().map_err(no_keychain)?;
    Ok(store)
}

#[cfg(windows)]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    let store = windows_native_keyring_store::Store::new().map_err(no_keychain)?;
    Ok(store)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    Err(VaultError::NoKeychain(None))
}

#[cfg(any(target_os = "linux", target_os = "macos", windows))]
fn no_keychain(error: Error) -> VaultError {
    VaultError::NoKeychain(Some(Box::new(error)))
}
