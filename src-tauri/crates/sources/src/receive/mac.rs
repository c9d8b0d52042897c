//! HMAC over pieces of text, and comparing without telling how much was right.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;

use super::hmac_scheme::Algorithm;

/// Whether `claimed` is the code of `pieces`, compared in constant time.
pub(super) fn matches(algorithm: Algorithm, key: &[u8], pieces: &[&[u8]], claimed: &[u8]) -> bool {
    fn verify<M: Mac + KeyInit>(key: &[u8], pieces: &[&[u8]], claimed: &[u8]) -> bool {
        fed::<M>(key, pieces).verify_slice(claimed).is_ok()
    }
    match algorithm {
        Algorithm::Sha1 => verify::<Hmac<Sha1>>(key, pieces, claimed),
        Algorithm::Sha256 => verify::<Hmac<Sha256>>(key, pieces, claimed),
        Algorithm::Sha512 => verify::<Hmac<Sha512>>(key, pieces, claimed),
    }
}

/// The SHA-256 code of `pieces`.
pub(super) fn sha256(key: &[u8], pieces: &[&[u8]]) -> [u8; 32] {
    fed::<Hmac<Sha256>>(key, pieces).finalize().into_bytes().into()
}

fn fed<M: Mac + KeyInit>(key: &[u8], pieces: &[&[u8]]) -> M {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("BUG: HMAC takes keys of any length");
    for piece in pieces {
        mac.update(piece);
    }
    mac
}

/// Whether two texts are the same, in a time that depends on their lengths only.
pub(super) fn same(claimed: &str, secret: &str) -> bool {
    claimed.as_bytes().ct_eq(secret.as_bytes()).into()
}

/// The bytes that `hex` stands for.
pub(super) fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let (pairs, []) = hex.as_bytes().as_chunks::<2>() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    pairs.iter().map(|[high, low]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_codes_match() {
        let body = r#"{"event":"lead.created","id":"L-1","name":"Zoë"}"#.as_bytes();
        let codes = [
            (Algorithm::Sha1, "c2a3bac814cd90e93279a7474834dcc3ec2e058f"),
            (Algorithm::Sha256, "9322ed1a973d4ac3c8297c5cf8c5dd8acc42352391a7cf541468ddc4db0ba7e9"),
            (
                Algorithm::Sha512,
                "5d2f80360e3638d4ac25f73f9c1d121e3a90a4463f6d596f24e7518a4555371f\
                 09b056323025acd8031684d28c3796f2a53d0975641bf23052ed790a49ddae6f",
            ),
        ];
        for (algorithm, hex) in codes {
            let code = from_hex(hex).unwrap();
            assert!(matches(algorithm, b"test_secret_123", &[body], &code), "{algorithm:?}");
            assert!(matches(algorithm, b"test_secret_123", &[&body[..5], &body[5..]], &code), "in pieces");
            assert!(!matches(algorithm, b"test_secret_123", &[body], &code[..8]), "a part of a code is none");
            assert!(!matches(algorithm, b"", &[body], &code), "nor is one by another key");
        }
        assert_eq!(from_hex("0g"), None, "no digit");
        assert_eq!(from_hex("abc"), None, "half a byte");
        assert_eq!(from_hex("é"), None, "no hexadecimal at all");
    }
}
