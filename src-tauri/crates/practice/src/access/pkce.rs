//! PKCE (RFC 7636): the proof that who brings a code is who asked for it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// How a challenge is made from its verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// BASE64URL(SHA-256(verifier)), the only one apps may use (RFC 9700 §2.1.1).
    S256,
}

/// A challenge sent with the question.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    /// How it was made.
    pub(crate) method: Method,
    /// The challenge itself.
    pub(crate) text: String,
}

impl Challenge {
    /// Whether `verifier` is the one this challenge was made from.
    pub(crate) fn fits(&self, verifier: &str) -> bool {
        let length_fits = (43..=128).contains(&verifier.len());
        let plain = verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
        match self.method {
            Method::S256 => {
                length_fits
                    && plain
                    && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == self.text
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_vector_fits() {
        let text = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned();
        let challenge = Challenge { method: Method::S256, text };
        assert!(challenge.fits("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "RFC 7636 appendix B");
        assert!(!challenge.fits("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx"), "one letter off");
        assert!(!challenge.fits("short"), "verifiers have 43 letters at least");
    }
}
