//! Assertions: an app signs in as a user who was allowed to it beforehand, by a signed statement.
//! <https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm>
//!
//! The signature is checked where the admin has registered the app's key (lever `app`); without one, the claims alone are.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;

use super::oauth::Refused;
use super::state::state;
use crate::world::World;

/// What the token endpoint calls it.
pub(super) const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// Hosts an assertion may be meant for, beside this one.
const HOSTS: &[&str] = &["https://login.salesforce.com", "https://test.salesforce.com"];
/// What stands before the bits of an RSA key in its usual wrapping (RFC 8017 appendix A.1, RFC 5280 §4.1.2.7).
const WRAPPING: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// The key in a PEM text, as PKCS#1.
pub(super) fn key_of(pem: &str) -> Option<Vec<u8>> {
    let inside: String = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----")).collect();
    let der = STANDARD.decode(inside).ok()?;
    if pem.contains("BEGIN RSA PUBLIC KEY") {
        return Some(der);
    }
    let start = der.windows(WRAPPING.len()).position(|window| window == WRAPPING)? + WRAPPING.len();
    // A bit string: its tag, two bytes of length after 0x82, and no unused bits.
    match der.get(start..)? {
        [0x03, 0x82, _, _, 0x00, key @ ..] => Some(key.to_vec()),
        _ => None,
    }
}

/// The app and the user an assertion speaks for.
pub(super) fn check(world: &World, assertion: &str) -> Result<(String, u64), Refused> {
    let unreadable = Refused("invalid_grant", "invalid assertion");
    let [header, claims, signature] = assertion.split('.').collect::<Vec<_>>()[..] else {
        return Err(unreadable);
    };
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).map_err(|_| unreadable);
    let read = |part: &str| serde_json::from_slice::<Value>(&decoded(part)?).map_err(|_| unreadable);
    let (head, said, proof) = (read(header)?, read(claims)?, decoded(signature)?);
    if head["alg"] != "RS256" {
        return Err(Refused("invalid_grant", "algorithm not supported"));
    }
    let app = world.access.app(said["iss"].as_str().unwrap_or_default());
    let app = app.ok_or(Refused("invalid_client_id", "client identifier invalid"))?;
    let key = state(world).apps.get(&app.client_id).and_then(|settings| settings.key.as_ref());
    if let Some(key) = key {
        let signed = format!("{header}.{claims}");
        let verifier = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
        verifier
            .verify(signed.as_bytes(), &proof)
            .map_err(|_| Refused("invalid_grant", "invalid assertion signature"))?;
    }
    let meant = said["aud"].as_str().unwrap_or_default().trim_end_matches('/');
    if meant != world.base.trim_end_matches('/') && !HOSTS.contains(&meant) {
        return Err(Refused("invalid_grant", "audience is invalid"));
    }
    if said["exp"].as_i64().is_none_or(|ends| ends <= world.now.as_second()) {
        return Err(Refused("invalid_grant", "assertion is expired"));
    }
    let named = said["sub"].as_str().or_else(|| said["prn"].as_str()).unwrap_or_default();
    let is_named = |email: &str| named == email || named.strip_suffix(".practice") == Some(email);
    let user = world.access.users.iter().find(|user| is_named(&user.email));
    let user = user.ok_or(Refused("invalid_grant", "user hasn't approved this consumer"))?;
    Ok((app.client_id.clone(), user.id))
}
