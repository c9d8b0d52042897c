//! The random texts that tie an answer to the question: state and PKCE ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadferry_model::Secret;
use rand::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// 256 random bits as 43 characters every URL takes: more than the 128 bits `state` needs, and the length of a PKCE verifier.
pub(super) fn random_text(rng: &mut impl CryptoRng) -> String {
    let mut bytes = Zeroizing::new([0; 32]);
    rng.fill_bytes(bytes.as_mut_slice());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the authorize address shows of the verifier. Only S256: `plain` protects nothing.
pub(super) fn challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_the_one_of_the_standard() {
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            challenge(&verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "RFC 7636 appendix B"
        );
    }

    #[test]
    fn a_verifier_has_the_length_and_letters_the_standard_asks_for() {
        let text = random_text(&mut rand::rng());
        assert_eq!(text.len(), 43, "43 is the least RFC 7636 §4.1 allows");
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{text}");
    }
}
