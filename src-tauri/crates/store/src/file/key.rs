//! The key of the data file.

use std::fmt;

use rand::Rng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32 random bytes the data file is encrypted with. They live in the keychain or the vault, never beside the file;
/// memory is wiped when the value goes.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    /// The key read from where secrets are kept.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new key for a new file.
    pub fn fresh() -> Self {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The bytes, to be put where secrets are kept. Every call is a place to look at in review.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// As SQLCipher takes a raw key: no key derivation, since the bytes are random already.
    /// <https://www.zetetic.net/sqlcipher/sqlcipher-api/#key>
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = Zeroizing::new(String::with_capacity(67));
        text.push_str("x'");
        for byte in self.0 {
            text.push(DIGITS[usize::from(byte >> 4)].into());
            text.push(DIGITS[usize::from(byte & 15)].into());
        }
        text.push('\'');
        text
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_key_is_written_in_hexadecimal() {
        let text = DatabaseKey::new([0xa7; 32]).pragma();
        assert_eq!(text.as_str(), format!("x'{}'", "a7".repeat(32)), "SQLCipher takes 64 digits in x'…'");
    }
}
