//! Standard Webhooks, the signature recommended for everything that can choose:
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.
//!
//! Only the symmetric `v1`. The asymmetric `v1a` needs the sender's public key from somewhere else than the request, which no
//! known sender hands out.

use std::fmt;

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use leadferry_model::Secret;

use super::hmac_scheme::{Algorithm, TimeUnit, check_age, header};
use super::mac;
use super::refusal::Refusal;

/// The spec leaves it open; its own libraries allow five minutes.
const TOLERANCE: u32 = 300;

/// A decoded signing key.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey(Vec<u8>);

/// This text is no signing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyFault {
    /// Not Base64.
    #[error(
        "This is not a signing secret. It begins with whsec_ followed by letters and digits: copy it again from the sender, as a whole."
    )]
    NotBase64,
    /// Too short to be safe, or longer than the standard allows.
    #[error(
        "This signing secret holds {bytes} bytes, but one has 24 to 64. Copy it again from the sender, as a whole."
    )]
    WrongLength {
        /// How many it holds.
        bytes: usize,
    },
}

impl SigningKey {
    /// Decodes `whsec_…`, or the same text without its beginning.
    ///
    /// # Errors
    /// The text is not one a Standard Webhooks sender gives out.
    pub fn parse(secret: &Secret) -> Result<Self, SigningKeyFault> {
        let text = secret.expose().trim();
        let key = BASE64
            .decode(text.strip_prefix("whsec_").unwrap_or(text))
            .map_err(|_| SigningKeyFault::NotBase64)?;
        match key.len() {
            24..=64 => Ok(Self(key)),
            bytes => Err(SigningKeyFault::WrongLength { bytes }),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// The `webhook-signature` of a message, `timestamp` being its `webhook-timestamp` in seconds.
pub fn sign(id: &str, timestamp: i64, body: &[u8], key: &SigningKey) -> String {
    let code = mac::sha256(&key.0, &[id.as_bytes(), b".", timestamp.to_string().as_bytes(), b".", body]);
    format!("v1,{}", BASE64.encode(code))
}

pub(super) fn verify(
    keys: &[SigningKey],
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Refusal> {
    // Unverified: Svix's own senders name the same headers `svix-…`.
    let family = if headers.contains_key("webhook-signature") { "webhook" } else { "svix" };
    let named = |part: &str| match header(headers, &format!("{family}-{part}")) {
        // The sentence names the standard's header, not the one that was only tried.
        Err(Refusal::SignatureMissing { .. }) => {
            Err(Refusal::SignatureMissing { header: format!("webhook-{part}") })
        }
        other => other,
    };
    let (signatures, id, timestamp) = (named("signature")?, named("id")?, named("timestamp")?);
    check_age(timestamp, TimeUnit::Seconds, TOLERANCE, now)?;
    let pieces = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
    let mut claimed = signatures
        .split_whitespace()
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .filter_map(|text| BASE64.decode(text).ok())
        .peekable();
    if claimed.peek().is_none() {
        return Err(Refusal::SignatureUnreadable { header: format!("{family}-signature") });
    }
    let fits =
        |claimed: Vec<u8>| keys.iter().any(|key| mac::matches(Algorithm::Sha256, &key.0, &pieces, &claimed));
    if claimed.any(fits) { Ok(()) } else { Err(Refusal::SignatureWrong) }
}
