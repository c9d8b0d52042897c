//! What can go wrong with the vault, in fixed plain words: a cause and a next step, and never a byte of what is kept.

use std::io;

use leadferry_model::{Failure, FailureKind};

use super::KeyKind;

/// The vault did not do what was asked. Nothing kept in it was changed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The operating system offers no keychain here.
    #[error(
        "This computer offers no keychain to Leadferry. Start the keychain service, or choose to protect your connections \
         with a passphrase instead."
    )]
    NoKeychain(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The keychain is locked, or no longer has the key. The two cannot be told apart.
    #[error(
        "The keychain is locked, or no longer has Leadferry's key. Unlock it and start Leadferry again. Your connections are \
         still in the vault: nothing was changed."
    )]
    KeychainLocked,
    /// The keychain has a key, but not the one this file was closed with.
    #[error(
        "The key in the keychain does not open this vault. If the data folder was copied from another computer or user, make a \
         backup with a passphrase there, and restore it here."
    )]
    WrongKey,
    /// The passphrase does not open the file.
    #[error(
        "That passphrase does not open this vault. Check capital letters and the keyboard layout, then try again."
    )]
    WrongPassphrase,
    /// An empty passphrase protects nothing.
    #[error("The passphrase is empty. Choose one with at least one character; a sentence is best.")]
    EmptyPassphrase,
    /// The file opens another way than the caller offered.
    #[error("This vault opens with {kept}. Offer that, or open it that way first and change it.")]
    OpensWith {
        /// What the file records.
        kept: KeyKind,
    },
    /// Another process changed how the file opens.
    #[error("Another Leadferry window or command changed how this vault opens. Start Leadferry again.")]
    KeyChanged,
    /// There is a vault already.
    #[error("There is a vault in this data folder already. Open it; a new one is never put over it.")]
    AlreadyThere,
    /// There is no vault yet.
    #[error("There is no vault in this data folder yet. Choose how to protect your connections to make one.")]
    Missing,
    /// The bytes are not what was written.
    #[error(
        "The vault file secrets.vault is damaged. Put back a backup of it, or move it away and connect your accounts again."
    )]
    Damaged,
    /// A later version of Leadferry wrote it.
    #[error(
        "The vault was written by a newer version of Leadferry (format {found}). Update Leadferry to open it."
    )]
    Newer {
        /// The format the file says it has.
        found: u32,
    },
    /// No room to write.
    #[error(
        "The disk is full, so the vault could not be saved. Free some space and try again. What was saved before is intact."
    )]
    DiskFull,
    /// Reading or writing the file went wrong in another way.
    #[error(
        "The vault file secrets.vault could not be read or written ({0}). Check that the data folder is yours and writable."
    )]
    File(#[source] io::Error),
    /// The keychain refused for a reason of its own.
    #[error(
        "The keychain gave an error. Open the computer's keychain app, check that it works, then start Leadferry again."
    )]
    Keychain(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The app is shutting down.
    #[error("Leadferry is closing, so the vault was not asked. Start it again.")]
    Stopping,
}

impl VaultError {
    /// This computer has no keychain that can be used: a passphrase would do.
    pub fn is_of_the_keychain(&self) -> bool {
        matches!(self, Self::NoKeychain(_) | Self::KeychainLocked | Self::Keychain(_))
    }

    /// A short stable word for codes, filters and tests.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NoKeychain(_) => "no_keychain",
            Self::KeychainLocked => "keychain_locked",
            Self::WrongKey => "wrong_key",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::EmptyPassphrase => "empty_passphrase",
            Self::OpensWith { .. } => "opens_otherwise",
            Self::KeyChanged => "key_changed",
            Self::AlreadyThere => "vault_exists",
            Self::Missing => "no_vault",
            Self::Damaged => "vault_damaged",
            Self::Newer { .. } => "vault_newer",
            Self::DiskFull => "disk_full",
            Self::File(_) => "vault_file",
            Self::Keychain(_) => "keychain",
            Self::Stopping => "stopping",
        }
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File(error),
        }
    }
}

/// A delivery that cannot get its credential waits: the vendor did nothing wrong and access is not lost, so no attempt is burnt and
/// nobody has to sign in again.
impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Failure::new(FailureKind::Unavailable, error.to_string()).code(error.word())
    }
}
