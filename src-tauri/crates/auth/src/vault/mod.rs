//! Every secret in one encrypted file, `secrets.vault`, in the data folder.
//!
//! The file's key is in the operating system's keychain or comes from a passphrase. Which of the two is chosen by a person when
//! the vault is made, recorded in the file, and never changes by itself: a locked keychain looks exactly like an empty one, so a
//! missing key over an existing file is an error and never a reason to begin anew.
//!
//! Nothing is cached: the file is small, and reading it again is cheaper than being wrong about whether another process (the
//! command line beside the window) has changed it.
//!
//! Deliberately not here: asking for a passphrase (the caller has a prompt, a file or a variable), and deciding which secrets a
//! connection has.

mod carry;
mod disk;
mod error;
mod file;
mod handle;
mod key;
mod keychain;
mod lease;
mod name;
mod passphrase;
mod sealed;

pub use error::VaultError;
pub use handle::Vault;
pub use key::KeyKind;
pub use keychain::Keychain;
pub use lease::Lease;
pub use name::EntryName;
pub use passphrase::{Cost, Passphrase};

/// What opens a vault. Chosen explicitly when the vault is made.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A random key in the operating system's keychain.
    Keychain(Keychain),
    /// A passphrase only the person knows: for machines without a keychain.
    Passphrase(Passphrase),
}

impl KeySource {
    /// Which kind it is.
    pub fn kind(&self) -> KeyKind {
        match self {
            Self::Keychain(_) => KeyKind::Keychain,
            Self::Passphrase(_) => KeyKind::Passphrase,
        }
    }
}
