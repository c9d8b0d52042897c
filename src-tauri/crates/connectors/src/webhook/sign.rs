//! Our signature: Standard Webhooks v1.0.0, symmetric.
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use leadferry_model::Secret;
use sha2::Sha256;

/// A key to sign with.
pub(super) struct Key(Vec<u8>);

impl Key {
    /// Reads `whsec_` and 24 to 64 bytes in base64. `None`: it is not one.
    pub(super) fn read(secret: &Secret) -> Option<Self> {
        let bytes = BASE64.decode(secret.expose().trim().strip_prefix("whsec_")?).ok()?;
        (24..=64).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// The value of the `webhook-signature` header.
    pub(super) fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("BUG: HMAC takes keys of any length");
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body);
        format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_message_has_its_known_signature() {
        let key = Key::read(&Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).unwrap();
        let body = r#"{"event":"lead.created","id":"L-1","name":"Zoë"}"#;
        assert_eq!(
            key.sign("msg_1", 1_763_600_000, body.as_bytes()),
            "v1,PjCIGLwZksh6g3rslnavR9qnkpz+/XV/n0g97WMzWaI=",
            "a vector computed by another implementation"
        );
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in
            ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64", "whsk_AAAA"]
        {
            assert!(Key::read(&Secret::new(text)).is_none(), "{text}");
        }
    }
}
