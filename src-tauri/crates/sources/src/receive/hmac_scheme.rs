//! Signatures by HMAC, described as data: which text is signed, where the signature stands, how it is written.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use leadferry_model::Secret;

use super::mac;
use super::refusal::Refusal;

/// How one sender signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HmacScheme {
    /// The hash.
    pub algorithm: Algorithm,
    /// The header that holds the signature.
    pub header: String,
    /// How the signature is written in it.
    pub form: SignatureForm,
    /// Letters or hexadecimal digits.
    pub encoding: SignatureEncoding,
    /// What is signed.
    pub signed: SignedText,
    /// The shared secrets. Several while a key is being changed; one that fits is enough.
    pub secrets: Vec<Secret>,
}

/// The hash inside the HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC-SHA1: old senders only.
    Sha1,
    /// HMAC-SHA256.
    Sha256,
    /// HMAC-SHA512.
    Sha512,
}

/// How the bytes of a signature are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureEncoding {
    /// Hexadecimal digits in any case.
    Hex,
    /// Base64 with padding.
    Base64,
}

/// What stands in the signature's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureForm {
    /// The signature behind a fixed text, such as `sha256=`, or behind nothing.
    Plain {
        /// The fixed text.
        prefix: String,
    },
    /// `t=1763600000,v1=…,v1=…`: named parts, of which those called `label` are signatures.
    Labelled {
        /// The name of a signature's part.
        label: String,
    },
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedText {
    /// The body alone. An old request can be sent again by whoever saw it; the ledger takes it once.
    Body,
    /// `time.body`.
    TimeBody {
        /// Where the time stands.
        time: TimeSource,
        /// How many seconds it may be off.
        tolerance: u32,
    },
    /// `id.time.body`.
    IdTimeBody {
        /// The header with the delivery's id.
        id_header: String,
        /// Where the time stands.
        time: TimeSource,
        /// How many seconds it may be off.
        tolerance: u32,
    },
}

/// Where the signed time stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// In a header of its own.
    Header {
        /// The header's name.
        name: String,
        /// What it counts.
        unit: TimeUnit,
    },
    /// In a named part of the signature's header, in seconds.
    Part {
        /// The part's name.
        label: String,
    },
}

/// What a time counts since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

impl HmacScheme {
    /// Whether the request is signed as it should be, and lately.
    pub(super) fn verify(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<(), Refusal> {
        let value = header(headers, &self.header)?;
        let claimed: Vec<Vec<u8>> = self.signatures(value);
        if claimed.is_empty() {
            return Err(Refusal::SignatureUnreadable { header: self.header.clone() });
        }
        let stamped = |time: &TimeSource, tolerance: u32| -> Result<String, Refusal> {
            let (text, unit) = match time {
                TimeSource::Header { name, unit } => (header(headers, name)?, *unit),
                TimeSource::Part { label } => {
                    let part = parts(value).find(|(name, _)| name == label);
                    let missing = || Refusal::SignatureUnreadable { header: self.header.clone() };
                    (part.ok_or_else(missing)?.1, TimeUnit::Seconds)
                }
            };
            check_age(text, unit, tolerance, now)?;
            Ok(text.to_owned())
        };
        let prefix = match &self.signed {
            SignedText::Body => String::new(),
            SignedText::TimeBody { time, tolerance } => format!("{}.", stamped(time, *tolerance)?),
            SignedText::IdTimeBody { id_header, time, tolerance } => {
                let id = header(headers, id_header)?;
                format!("{id}.{}.", stamped(time, *tolerance)?)
            }
        };
        let fits = |secret: &Secret, claimed: &[u8]| {
            mac::matches(self.algorithm, secret.expose().as_bytes(), &[prefix.as_bytes(), body], claimed)
        };
        if self.secrets.iter().any(|secret| claimed.iter().any(|claimed| fits(secret, claimed))) {
            return Ok(());
        }
        Err(Refusal::SignatureWrong)
    }

    /// Every signature in the header that can be read at all.
    fn signatures(&self, value: &str) -> Vec<Vec<u8>> {
        match &self.form {
            SignatureForm::Plain { prefix } => value
                .trim()
                .strip_prefix(prefix.as_str())
                .and_then(|text| self.decode(text.trim()))
                .into_iter()
                .collect(),
            SignatureForm::Labelled { label } => parts(value)
                .filter(|(name, _)| name == label)
                .filter_map(|(_, text)| self.decode(text))
                .collect(),
        }
    }

    fn decode(&self, text: &str) -> Option<Vec<u8>> {
        match self.encoding {
            SignatureEncoding::Hex => mac::from_hex(text),
            SignatureEncoding::Base64 => BASE64.decode(text).ok(),
        }
    }
}

/// The parts of `t=1,v1=2`.
fn parts(value: &str) -> impl Iterator<Item = (&str, &str)> {
    value.split(',').filter_map(|part| part.trim().split_once('='))
}

/// The header called `name`, which the scheme cannot do without.
pub(super) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, Refusal> {
    let value = headers.get(name).ok_or_else(|| Refusal::SignatureMissing { header: name.to_owned() })?;
    value.to_str().map_err(|_| Refusal::SignatureUnreadable { header: name.to_owned() })
}

/// Refuses a time that is off by more than `tolerance` seconds, in either direction.
pub(super) fn check_age(text: &str, unit: TimeUnit, tolerance: u32, now: Timestamp) -> Result<(), Refusal> {
    let count: i64 = text.trim().parse().map_err(|_| Refusal::TimeUnreadable)?;
    let milliseconds = match unit {
        TimeUnit::Seconds => count.saturating_mul(1000),
        TimeUnit::Milliseconds => count,
    };
    let off = now.as_millisecond().saturating_sub(milliseconds).unsigned_abs();
    if off > u64::from(tolerance) * 1000 {
        return Err(Refusal::Stale { minutes: off / 60_000 });
    }
    Ok(())
}
