//! The 32 bytes that open the vault, and how the file says where they come from.

use std::fmt;

use rand::Rng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::passphrase::Recipe;

/// Bytes of the key.
pub(crate) const KEY_BYTES: usize = 32;

/// The key itself. Wiped when dropped.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; KEY_BYTES]>);

impl Key {
    /// A fresh random key.
    pub(crate) fn random() -> Self {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        rand::rng().fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// How a vault opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// By the operating system's keychain.
    Keychain,
    /// By a passphrase.
    Passphrase,
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keychain => "the computer's keychain",
            Self::Passphrase => "a passphrase",
        })
    }
}

/// What the file's header says about its key. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub(crate) enum KeyRecord {
    /// The keychain entry with this id. Every key has an entry of its own, so that exchanging the key is one rename of the file:
    /// whichever file a crash leaves behind, the key it names exists.
    Keychain { id: String },
    /// The passphrase, put through this recipe.
    Passphrase(Recipe),
}

impl KeyRecord {
    pub(crate) fn kind(&self) -> KeyKind {
        match self {
            Self::Keychain { .. } => KeyKind::Keychain,
            Self::Passphrase(_) => KeyKind::Passphrase,
        }
    }
}
