//! How a receiver knows that a delivery comes from where it should.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use leadferry_model::Secret;

use super::gate;
use super::hmac_scheme::HmacScheme;
use super::mac;
use super::refusal::Refusal;
use super::standard::{self, SigningKey};
use super::url_signed::{self, Signed};

/// What a sender must show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiverAuth {
    /// Nothing but the address, which nobody can guess. To be shown with a warning.
    None,
    /// A secret in the address, `?key=…`. Some senders offer nothing else.
    QueryKey {
        /// The parameter's name.
        name: String,
        /// Its value.
        secret: Secret,
    },
    /// `Authorization: Bearer …`.
    Bearer {
        /// The token.
        token: Secret,
    },
    /// A secret in a header of any name.
    ApiKey {
        /// The header's name.
        header: String,
        /// Its value.
        key: Secret,
    },
    /// A secret in a field of the JSON body, as a sender gives back what it was told.
    BodyField {
        /// The field's name.
        name: String,
        /// Its value.
        secret: Secret,
    },
    /// User name and password.
    Basic {
        /// The user name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// Several headers, each with its value.
    Headers(Vec<(String, Secret)>),
    /// A signature by HMAC.
    Hmac(HmacScheme),
    /// A signature as Standard Webhooks has it. Several keys while one is being changed.
    StandardWebhooks {
        /// The signing keys.
        keys: Vec<SigningKey>,
    },
    /// HubSpot's signature, version 3.
    HubSpot {
        /// The app's client secret.
        client_secret: Secret,
        /// The address that HubSpot calls, without the receiver's path.
        public_url: String,
    },
    /// Twilio's signature.
    Twilio {
        /// The account's auth token.
        auth_token: Secret,
        /// The address that Twilio calls, without the receiver's path.
        public_url: String,
    },
}

/// Why this way of proving is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthFault {
    /// An empty secret fits everybody.
    #[error(
        "The secret is empty, so anybody could send. Enter the one the sender uses, or choose “no check”."
    )]
    NoSecret,
    /// No header can have this name.
    #[error("“{0}” cannot be the name of a header. Use letters, digits and hyphens, such as X-API-Key.")]
    HeaderName(String),
    /// The public address is missing or not one.
    #[error(
        "This sender signs the address it calls. Enter it as https://… , without the receiver's own path."
    )]
    PublicUrl,
}

impl ReceiverAuth {
    /// Refuses what would let everybody in or nobody.
    pub(super) fn check(&self) -> Result<(), AuthFault> {
        let name = |name: &str| match axum::http::HeaderName::try_from(name) {
            Ok(_) => Ok(()),
            Err(_) => Err(AuthFault::HeaderName(name.to_owned())),
        };
        let secret =
            |secret: &Secret| if secret.expose().is_empty() { Err(AuthFault::NoSecret) } else { Ok(()) };
        let url = |url: &str| match url.parse::<axum::http::Uri>() {
            Ok(uri) if uri.query().is_none() => match (uri.scheme_str(), uri.host()) {
                (Some("https"), Some(_)) => Ok(()),
                (Some("http"), Some(host)) if gate::is_loopback(host) => Ok(()),
                _ => Err(AuthFault::PublicUrl),
            },
            _ => Err(AuthFault::PublicUrl),
        };
        match self {
            Self::None => Ok(()),
            Self::QueryKey { secret: key, name } if !name.is_empty() => secret(key),
            Self::QueryKey { .. } => Err(AuthFault::NoSecret),
            Self::BodyField { secret: key, .. } => secret(key),
            Self::Bearer { token } => secret(token),
            Self::ApiKey { header, key } => name(header).and_then(|()| secret(key)),
            Self::Basic { password, .. } => secret(password),
            Self::Headers(pairs) if pairs.is_empty() => Err(AuthFault::NoSecret),
            Self::Headers(pairs) => {
                pairs.iter().try_for_each(|(header, value)| name(header).and_then(|()| secret(value)))
            }
            Self::Hmac(scheme) if scheme.secrets.is_empty() => Err(AuthFault::NoSecret),
            Self::Hmac(scheme) => {
                name(&scheme.header).and_then(|()| scheme.secrets.iter().try_for_each(secret))
            }
            Self::StandardWebhooks { keys } if keys.is_empty() => Err(AuthFault::NoSecret),
            Self::StandardWebhooks { .. } => Ok(()),
            Self::HubSpot { client_secret: key, public_url }
            | Self::Twilio { auth_token: key, public_url } => secret(key).and_then(|()| url(public_url)),
        }
    }

    /// Whether the request shows what it must.
    pub(super) fn verify(&self, request: Signed<'_>, now: Timestamp) -> Result<(), Refusal> {
        let headers = request.headers;
        match self {
            Self::None => Ok(()),
            Self::QueryKey { name, secret } => {
                let query = request.uri.query().unwrap_or_default();
                let pairs = super::form::pairs(query.as_bytes(), encoding_rs::UTF_8);
                let claimed = pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
                compare(claimed, secret, || format!("the parameter {name} in its address"))
            }
            Self::Bearer { token } => {
                let claimed = credentials(headers, "bearer").map(str::trim);
                compare(claimed, token, || "a bearer token in the header Authorization".to_owned())
            }
            Self::ApiKey { header, key } => compare_header(headers, header, key),
            Self::BodyField { name, secret } => {
                let body: serde_json::Value = serde_json::from_slice(request.body).unwrap_or_default();
                compare(body[name.as_str()].as_str(), secret, || format!("the field {name} in its body"))
            }
            Self::Basic { user, password } => verify_basic(headers, user, password),
            Self::Headers(pairs) => {
                // Each is compared although one has failed, so that the time does not tell which.
                let results: Vec<_> =
                    pairs.iter().map(|(name, value)| compare_header(headers, name, value)).collect();
                results.into_iter().collect()
            }
            Self::Hmac(scheme) => scheme.verify(headers, request.body, now),
            Self::StandardWebhooks { keys } => standard::verify(keys, headers, request.body, now),
            Self::HubSpot { client_secret, public_url } => {
                url_signed::verify_hubspot(client_secret, public_url, request, now)
            }
            Self::Twilio { auth_token, public_url } => {
                url_signed::verify_twilio(auth_token, public_url, request)
            }
        }
    }
}

fn compare(claimed: Option<&str>, secret: &Secret, wanted: impl Fn() -> String) -> Result<(), Refusal> {
    match claimed {
        None => Err(Refusal::CredentialsMissing { wanted: wanted() }),
        Some(claimed) if mac::same(claimed, secret.expose()) => Ok(()),
        Some(_) => Err(Refusal::CredentialsWrong),
    }
}

fn compare_header(headers: &HeaderMap, name: &str, secret: &Secret) -> Result<(), Refusal> {
    compare(headers.get(name).and_then(|value| value.to_str().ok()), secret, || format!("the header {name}"))
}

/// What follows the scheme's name in `Authorization`; the name's case does not matter.
fn credentials<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let (name, rest) = headers.get("authorization")?.to_str().ok()?.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then_some(rest)
}

fn verify_basic(headers: &HeaderMap, user: &str, password: &Secret) -> Result<(), Refusal> {
    let missing = || Refusal::CredentialsMissing { wanted: "a user name and password".to_owned() };
    let decoded = credentials(headers, "basic").and_then(|text| BASE64.decode(text.trim()).ok());
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(missing)?;
    // A password may hold colons, a user name may not.
    let (claimed_user, claimed_password) = text.split_once(':').ok_or_else(missing)?;
    if mac::same(claimed_user, user) & mac::same(claimed_password, password.expose()) {
        Ok(())
    } else {
        Err(Refusal::CredentialsWrong)
    }
}
