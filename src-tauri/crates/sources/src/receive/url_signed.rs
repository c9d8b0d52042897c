//! Senders that sign the address they called: HubSpot (v3) and Twilio.
//!
//! Behind a tunnel that is the public address, not the one this computer sees, so it is put together from the public address
//! a person has set and the path and query of the request.

use axum::http::{HeaderMap, Method, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use leadferry_model::Secret;

use super::form;
use super::hmac_scheme::{Algorithm, TimeUnit, check_age, header};
use super::mac;
use super::refusal::Refusal;

/// HubSpot refuses older requests itself:
/// <https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation>.
const HUBSPOT_TOLERANCE: u32 = 300;

/// A request as far as it is signed.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) method: &'a Method,
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

impl Signed<'_> {
    fn public_uri(&self, public_url: &str) -> String {
        let path = self.uri.path_and_query().map_or("/", |path| path.as_str());
        format!("{}{path}", public_url.trim_end_matches('/'))
    }

    fn claimed(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        let text = header(self.headers, name)?.trim();
        BASE64.decode(text).map_err(|_| Refusal::SignatureUnreadable { header: name.to_owned() })
    }
}

/// HubSpot's v3 signature: method, address, body and time in milliseconds, keyed by the app's client secret.
pub(super) fn verify_hubspot(
    secret: &Secret,
    public_url: &str,
    request: Signed<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let claimed = request.claimed("x-hubspot-signature-v3")?;
    let timestamp = header(request.headers, "x-hubspot-request-timestamp")?;
    check_age(timestamp, TimeUnit::Milliseconds, HUBSPOT_TOLERANCE, now)?;
    let uri = request.public_uri(public_url);
    let fits = |uri: &str| {
        let pieces = [request.method.as_str().as_bytes(), uri.as_bytes(), request.body, timestamp.as_bytes()];
        mac::matches(Algorithm::Sha256, secret.expose().as_bytes(), &pieces, &claimed)
    };
    // Unverified: HubSpot may decode some signs of the address before it signs.
    if fits(&uri) || fits(&decode_hubspot_signs(&uri)) { Ok(()) } else { Err(Refusal::SignatureWrong) }
}

fn decode_hubspot_signs(uri: &str) -> String {
    const SIGNS: [(&str, &str); 12] = [
        ("%3A", ":"),
        ("%2F", "/"),
        ("%3F", "?"),
        ("%40", "@"),
        ("%21", "!"),
        ("%24", "$"),
        ("%27", "'"),
        ("%28", "("),
        ("%29", ")"),
        ("%2A", "*"),
        ("%2C", ","),
        ("%3B", ";"),
    ];
    SIGNS
        .iter()
        .fold(uri.to_owned(), |uri, (code, sign)| uri.replace(code, sign).replace(&code.to_lowercase(), sign))
}

/// Twilio's signature: the address, then every form field and its value in order of the names, keyed by the auth token.
// Unverified: the scheme is known from vectors, not from Twilio's own page. JSON bodies, which Twilio signs by a hash in the
// address, are refused.
pub(super) fn verify_twilio(token: &Secret, public_url: &str, request: Signed<'_>) -> Result<(), Refusal> {
    let claimed = request.claimed("x-twilio-signature")?;
    let mut pairs = form::pairs(request.body, encoding_rs::UTF_8);
    pairs.sort();
    let uri = request.public_uri(public_url);
    let mut pieces = vec![uri.as_bytes()];
    pieces.extend(pairs.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]));
    if mac::matches(Algorithm::Sha1, token.expose().as_bytes(), &pieces, &claimed) {
        Ok(())
    } else {
        Err(Refusal::SignatureWrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = "https://hooks.example.com";

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_known_hubspot_request_passes() {
        let secret = Secret::new("test_secret_123");
        let now = Timestamp::from_second(1_763_600_000).unwrap();
        let headers = headers(&[
            ("x-hubspot-signature-v3", "Andk7E+nfzgw3juaKHamVkTaPfRUGUwtN3TfFWEacQU="),
            ("x-hubspot-request-timestamp", "1763600000000"),
        ]);
        let uri = "/in/hubspot?x=1".parse().unwrap();
        let body = r#"{"event":"lead.created","id":"L-1","name":"Zoë"}"#.as_bytes();
        let request = Signed { method: &Method::POST, uri: &uri, headers: &headers, body };
        assert_eq!(
            verify_hubspot(&secret, PUBLIC, request, now),
            Ok(()),
            "method, address, body and time are signed"
        );
        let other = Signed { method: &Method::PUT, ..request };
        assert_eq!(
            verify_hubspot(&secret, PUBLIC, other, now),
            Err(Refusal::SignatureWrong),
            "each of them counts"
        );
        let elsewhere = verify_hubspot(&secret, "https://other.example.com", request, now);
        assert_eq!(elsewhere, Err(Refusal::SignatureWrong), "the public address counts");
    }

    #[test]
    fn a_known_twilio_request_passes() {
        let token = Secret::new("12345");
        let headers = headers(&[("x-twilio-signature", "zXpch4WYcpKfIcKTZrhqmloSXwo=")]);
        let uri = "/in/twilio".parse().unwrap();
        let body = b"MessageSid=SM1&Body=Hi&From=whatsapp%3A%2B447700900123&To=whatsapp%3A%2B447700900456&WaId=447700900123";
        let request = Signed { method: &Method::POST, uri: &uri, headers: &headers, body };
        assert_eq!(verify_twilio(&token, PUBLIC, request), Ok(()), "fields are sorted by name");
        let other = Signed { body: b"Body=Hi", ..request };
        assert_eq!(
            verify_twilio(&token, PUBLIC, other),
            Err(Refusal::SignatureWrong),
            "a missing field is noticed"
        );
    }
}
