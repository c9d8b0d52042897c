//! What the person set, checked: the only way from a connection's settings to a request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use leadferry_connector::Settings;
use leadferry_model::{Failure, FailureKind, Secret};

use super::sign::Key;
use super::spec;

/// Headers that belong to the connection itself or to us; set by hand they break the request or let one request be read as two.
const FORBIDDEN: [&str; 11] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "cookie",
    "content-type",
    "keep-alive",
    "upgrade",
    "te",
    "trailer",
    "expect",
];

/// Set by us; a second value would contradict it.
const OURS: [&str; 4] = ["idempotency-key", "webhook-id", "webhook-timestamp", "webhook-signature"];

/// How the body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Form,
}

/// Settings that make sense together.
pub(super) struct Setup {
    pub(super) format: Format,
    pub(super) headers: Vec<(String, Secret)>,
    pub(super) values: Vec<(String, String)>,
    pub(super) key: Option<Key>,
}

impl Setup {
    /// Reads the settings, or says which one to change.
    pub(super) fn read(settings: &Settings) -> Result<Self, Failure> {
        let format = match settings.get(spec::FORMAT) {
            None | Some("json") => Format::Json,
            Some("form") => Format::Form,
            Some(other) => {
                return Err(wrong(format!("The format {other} is not known. Choose JSON or web form.")));
            }
        };
        let mut headers = Vec::new();
        for (name, value) in pairs(settings, spec::HEADERS, "further headers")? {
            allowed(&name)?;
            headers.push((name, Secret::new(value)));
        }
        if let Some((name, value)) = access(settings)? {
            headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
            headers.push((name, value));
        }
        for (name, value) in &headers {
            let good = http::HeaderName::try_from(name.as_str()).is_ok()
                && http::HeaderValue::try_from(value.expose()).is_ok();
            if !good {
                let words = format!(
                    "The header {name} has a character no header may have. Use letters, digits and dashes in the name, and one line as the value."
                );
                return Err(wrong(words));
            }
        }
        let key = match settings.secret(spec::SIGNING).filter(|secret| !secret.expose().trim().is_empty()) {
            None => None,
            Some(secret) => Some(Key::read(secret).ok_or_else(|| {
                wrong("The signing secret is not complete. It begins with whsec_ and holds 24 to 64 bytes in base64.".to_owned())
            })?),
        };
        Ok(Self { format, headers, values: pairs(settings, spec::VALUES, "fixed values")?, key })
    }
}

fn access(settings: &Settings) -> Result<Option<(String, Secret)>, Failure> {
    let secret = || {
        let given = settings
            .secret(spec::AUTH_SECRET)
            .map(|secret| secret.expose().trim())
            .filter(|text| !text.is_empty());
        given.ok_or_else(|| {
            wrong(
                "The token, key or password is missing. Enter it, or choose “Nothing” under access."
                    .to_owned(),
            )
        })
    };
    Ok(Some(match settings.get(spec::AUTH) {
        None | Some("none") => return Ok(None),
        Some("bearer") => ("authorization".to_owned(), Secret::new(format!("Bearer {}", secret()?))),
        Some("basic") => {
            let user = settings.get(spec::AUTH_USER).ok_or_else(|| {
                wrong("The user name is missing. Enter the one the receiver gave you.".to_owned())
            })?;
            if user.contains(':') {
                return Err(wrong(
                    "The user name has a colon in it, which HTTP does not allow. Use another account."
                        .to_owned(),
                ));
            }
            let pair = BASE64.encode(format!("{user}:{}", secret()?));
            ("authorization".to_owned(), Secret::new(format!("Basic {pair}")))
        }
        Some("header") => {
            let name = settings.get(spec::AUTH_HEADER).ok_or_else(|| {
                wrong(
                    "The name of the API key's header is missing. Enter it, for example X-Api-Key."
                        .to_owned(),
                )
            })?;
            allowed(name)?;
            (name.to_owned(), Secret::new(secret()?))
        }
        Some(other) => {
            return Err(wrong(format!("The access {other} is not known. Choose one from the list.")));
        }
    }))
}

fn allowed(name: &str) -> Result<(), Failure> {
    let lower = name.trim().to_ascii_lowercase();
    if FORBIDDEN.contains(&lower.as_str()) || lower.starts_with("proxy-") {
        return Err(wrong(format!(
            "The header {name} is set by the connection itself. Take it out of the list."
        )));
    }
    if OURS.contains(&lower.as_str()) {
        return Err(wrong(format!(
            "The header {name} is set by Leadferry for each lead. Take it out of the list."
        )));
    }
    Ok(())
}

fn pairs(settings: &Settings, name: &str, words: &str) -> Result<Vec<(String, String)>, Failure> {
    settings
        .pairs(name)
        .ok_or_else(|| wrong(format!("The {words} cannot be read. Enter them again as names and values.")))
}

fn wrong(words: String) -> Failure {
    Failure::new(FailureKind::Invalid { fields: Vec::new() }, words).code("settings")
}
