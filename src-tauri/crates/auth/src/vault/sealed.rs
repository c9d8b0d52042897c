//! One secret, encrypted: XChaCha20-Poly1305 under the vault's key, bound to its name.
//!
//! The name is authenticated with the bytes, so that a secret moved to another name in the file does not open there.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::Rng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::key::Key;

const NONCE_BYTES: usize = 24;

/// Nonce and ciphertext, as base64 text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Sealed(String);

impl Sealed {
    pub(crate) fn seal(key: &Key, name: &str, secret: &[u8]) -> Self {
        // 192 random bits: no counter to keep, and two files from one backup never share a nonce.
        let mut nonce = [0; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let aad = aad(name);
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: aad.as_bytes() })
            .expect("BUG: a secret is far below the cipher's limit of 256 GiB");
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&sealed);
        Self(STANDARD_NO_PAD.encode(bytes))
    }

    /// The secret, or `None` if key, name and bytes do not belong together.
    pub(crate) fn open(&self, key: &Key, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        let bytes = STANDARD_NO_PAD.decode(&self.0).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let aad = aad(name);
        let payload = Payload { msg: sealed, aad: aad.as_bytes() };
        cipher(key).decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}

fn aad(name: &str) -> String {
    format!("leadferry vault 1 {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_under_its_own_name() {
        let key = Key::random();
        let sealed = Sealed::seal(&key, "token a", b"hush");
        assert_eq!(sealed.open(&key, "token a").unwrap().as_slice(), b"hush", "the way in and out");
        assert!(sealed.open(&key, "token b").is_none(), "moved to another name it must not open");
        assert!(sealed.open(&Key::random(), "token a").is_none(), "nor under another key");
    }

    #[test]
    fn sealing_twice_gives_different_bytes() {
        let key = Key::random();
        let (one, two) = (Sealed::seal(&key, "n", b"hush"), Sealed::seal(&key, "n", b"hush"));
        assert_ne!(one, two, "equal secrets must not be recognisable");
    }
}
