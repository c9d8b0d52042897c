//! What an app signs to get a token without a person: a JSON Web Token with RS256
//! ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523), [RFC 7515](https://www.rfc-editor.org/rfc/rfc7515)).
//!
//! The crate `jsonwebtoken` is not used: the text is two lines of JSON, and the signature is the part that needs a library.

use std::fmt;
use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use leadferry_model::{Secret, Timestamp};
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::{PrivateKey, sha2::Sha256};
use serde_json::json;

/// How long a statement holds. Salesforce takes at most three minutes; clocks differ.
/// <https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm>
const LIFE: SignedDuration = SignedDuration::from_mins(2);

/// What is stated, and the key that signs it.
#[derive(Clone)]
pub struct Statement {
    /// The app's client id.
    issuer: String,
    /// The user it acts for.
    user: String,
    /// Whom it is for: the sign-in server.
    audience: String,
    key: Arc<PrivateKey>,
}

/// A text is no key that can sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// A certificate or a public key.
    #[error(
        "This is the certificate or the public key, which belongs to the app at the vendor. Paste the private key: it begins with -----BEGIN PRIVATE KEY-----."
    )]
    Public,
    /// Encrypted with a passphrase.
    #[error("This private key is protected by a passphrase. Save it without one, then paste it.")]
    Protected,
    /// Anything else.
    #[error(
        "This is no RSA private key. Paste the whole file, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----."
    )]
    NotAKey,
}

impl Statement {
    /// A statement of the app `issuer` to `audience`, for `user`, signed with the private key in `pem`.
    pub fn new(issuer: &str, user: &str, audience: &str, pem: &Secret) -> Result<Self, KeyFault> {
        let text = pem.expose().trim();
        let key = PrivateKey::from_pkcs8_pem(text).ok().or_else(|| PrivateKey::from_pkcs1_pem(text).ok());
        let key = key.ok_or_else(|| fault(text))?;
        Ok(Self { issuer: issuer.into(), user: user.into(), audience: audience.into(), key: Arc::new(key) })
    }

    /// The signed statement, for one call.
    pub(super) fn sign(&self, now: Timestamp) -> Secret {
        let end = now.checked_add(LIFE).unwrap_or(now).as_second();
        let claims = json!({ "iss": self.issuer, "sub": self.user, "aud": self.audience, "exp": end });
        let part = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(json!({ "alg": "RS256", "typ": "JWT" })), part(claims));
        let signature = self
            .key
            .pkcs1v15_sign::<Sha256>(signed.as_bytes())
            .expect("BUG: a key that was read as whole signs a digest that is shorter than it");
        Secret::new(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn fault(text: &str) -> KeyFault {
    let begins = |what: &str| text.contains(&format!("-----BEGIN {what}"));
    if begins("ENCRYPTED") || text.contains("Proc-Type: 4,ENCRYPTED") {
        KeyFault::Protected
    } else if begins("CERTIFICATE") || begins("PUBLIC") || begins("RSA PUBLIC") || text.starts_with("ssh-") {
        KeyFault::Public
    } else {
        KeyFault::NotAKey
    }
}

impl fmt::Debug for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Statement").field("audience", &self.audience).finish_non_exhaustive()
    }
}
