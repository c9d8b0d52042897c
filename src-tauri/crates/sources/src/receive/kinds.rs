//! The ways of proving as a person chooses them: a word to store, a name, a line of help, what to ask for.
//!
//! The window, the command line and the configuration file all go through [`AuthKind::build`], so that none of them knows a
//! sender by name.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD as BASE64, URL_SAFE_NO_PAD};
use leadferry_model::Secret;

use super::auth::{AuthFault, ReceiverAuth};
use super::hmac_scheme::{
    Algorithm, HmacScheme, SignatureEncoding, SignatureForm, SignedText, TimeSource, TimeUnit,
};
use super::presets::Preset;
use super::standard::{SigningKey, SigningKeyFault};

/// A way of proving, before its secret and options are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthKind {
    /// Standard Webhooks. The recommended one.
    StandardWebhooks,
    /// A bearer token.
    Bearer,
    /// A secret in a header.
    ApiKey,
    /// User name and password.
    Basic,
    /// A secret in the address.
    QueryKey,
    /// Several headers.
    Headers,
    /// A sender known by name.
    Preset(Preset),
    /// HubSpot, version 3.
    HubSpot,
    /// Twilio.
    Twilio,
    /// Any other signature by HMAC.
    Hmac,
    /// Nothing but the address.
    None,
}

/// One thing to ask for besides the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindOption {
    /// The word to store.
    pub name: &'static str,
    /// The name people see.
    pub label: &'static str,
    /// What it is when nothing is entered; `None` if something must be.
    pub default: Option<&'static str>,
    /// The allowed values, where only some are.
    pub values: &'static [&'static str],
}

const fn option(name: &'static str, label: &'static str, default: Option<&'static str>) -> KindOption {
    KindOption { name, label, default, values: &[] }
}

const fn choice(name: &'static str, label: &'static str, values: &'static [&'static str]) -> KindOption {
    KindOption { name, label, default: Some(values[0]), values }
}

const API_KEY: [KindOption; 1] = [option("header", "Header", Some("X-API-Key"))];
const BASIC: [KindOption; 1] = [option("user", "User name", Some("leadferry"))];
const QUERY_KEY: [KindOption; 1] = [option("name", "Parameter", Some("key"))];
const SIGNED_ADDRESS: [KindOption; 1] = [option("public_url", "Public address", None)];

const HMAC: [KindOption; 8] = [
    option("header", "Header of the signature", None),
    option("prefix", "Text before the signature", Some("")),
    choice("algorithm", "Hash", &["sha256", "sha1", "sha512"]),
    choice("encoding", "Written as", &["hex", "base64"]),
    choice("signed", "What is signed", &["body", "time.body", "id.time.body"]),
    option("time_header", "Header of the time", Some("")),
    option("id_header", "Header of the id", Some("")),
    option("tolerance", "Seconds the time may be off", Some("300")),
];

/// Why the choices do not make a check.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KindFault {
    /// Something must be entered.
    #[error("Enter “{label}”.")]
    Missing {
        /// The option's name as people see it.
        label: &'static str,
    },
    /// Something else must be entered.
    #[error(
        "“{value}” does not fit “{label}”. Choose one of the offered values, or a whole number of seconds."
    )]
    Unfit {
        /// The option's name as people see it.
        label: &'static str,
        /// What was entered.
        value: String,
    },
    /// The headers are not written as names and values.
    #[error("Write one header a line, as its name, a colon and its value: X-Secret: abc")]
    HeaderLines,
    /// The signing secret is none.
    #[error(transparent)]
    SigningKey(#[from] SigningKeyFault),
    /// The check would let everybody in, or nobody.
    #[error(transparent)]
    Auth(#[from] AuthFault),
}

impl AuthKind {
    /// Every way, the better first, as they are offered.
    pub const ALL: [Self; 16] = [
        Self::StandardWebhooks,
        Self::Bearer,
        Self::ApiKey,
        Self::Basic,
        Self::QueryKey,
        Self::Headers,
        Self::Preset(Preset::Hub),
        Self::Preset(Preset::Stripe),
        Self::Preset(Preset::Calendly),
        Self::Preset(Preset::Typeform),
        Self::Preset(Preset::Shopify),
        Self::Preset(Preset::Attio),
        Self::HubSpot,
        Self::Twilio,
        Self::Hmac,
        Self::None,
    ];

    /// The word to store.
    pub fn id(self) -> &'static str {
        match self {
            Self::StandardWebhooks => "standard_webhooks",
            Self::Bearer => "bearer",
            Self::ApiKey => "api_key",
            Self::Basic => "basic",
            Self::QueryKey => "query_key",
            Self::Headers => "headers",
            Self::Preset(preset) => preset.id(),
            Self::HubSpot => "hubspot",
            Self::Twilio => "twilio",
            Self::Hmac => "hmac",
            Self::None => "none",
        }
    }

    /// Reads the stored word.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The name people see.
    pub fn label(self) -> &'static str {
        match self {
            Self::StandardWebhooks => "Standard Webhooks signature",
            Self::Bearer => "Bearer token",
            Self::ApiKey => "API key in a header",
            Self::Basic => "User name and password",
            Self::QueryKey => "Secret in the address",
            Self::Headers => "Several headers",
            Self::Preset(preset) => preset.label(),
            Self::HubSpot => "HubSpot (version 3)",
            Self::Twilio => "Twilio",
            Self::Hmac => "Another signature (HMAC)",
            Self::None => "No check",
        }
    }

    /// One line about when to choose it.
    pub fn help(self) -> &'static str {
        match self {
            Self::StandardWebhooks => "The safest. Choose it wherever the sender offers it.",
            Self::Bearer => "The sender adds “Authorization: Bearer …” to each delivery.",
            Self::ApiKey => "The sender adds a header of your choice with a secret.",
            Self::Basic => "The sender logs in with a user name and a password.",
            Self::QueryKey => "For senders that let you set nothing but the address.",
            Self::Headers => "The sender adds several headers, and all must be right.",
            Self::Preset(_) => "Signs every delivery with the secret it shows in its webhook settings.",
            Self::HubSpot => "Signs with the client secret of your HubSpot app.",
            Self::Twilio => "Signs with the auth token of your Twilio account.",
            Self::Hmac => "For senders that sign in a way of their own: describe it here.",
            Self::None => "Anybody who learns the address can send leads. Only for trying things out.",
        }
    }

    /// Whether the sender makes the secret; else [`AuthKind::fresh_secret`] does.
    pub fn secret_is_given(self) -> bool {
        matches!(self, Self::Preset(_) | Self::HubSpot | Self::Twilio | Self::Hmac | Self::Headers)
    }

    /// What to ask for besides the secret.
    pub fn options(self) -> &'static [KindOption] {
        match self {
            Self::ApiKey => &API_KEY,
            Self::Basic => &BASIC,
            Self::QueryKey => &QUERY_KEY,
            Self::HubSpot | Self::Twilio => &SIGNED_ADDRESS,
            Self::Hmac => &HMAC,
            _ => &[],
        }
    }

    /// A secret of 256 random bits, in the form this way wants.
    pub fn fresh_secret(self) -> Secret {
        let bytes: [u8; 32] = rand::random();
        Secret::new(match self {
            Self::StandardWebhooks => format!("whsec_{}", BASE64.encode(bytes)),
            _ => URL_SAFE_NO_PAD.encode(bytes),
        })
    }

    /// The check, from its secrets (several only while one is being changed) and options. For [`AuthKind::Headers`] the secret
    /// holds one `Name: value` a line.
    ///
    /// # Errors
    /// Something is missing or does not fit.
    pub fn build(
        self,
        secrets: Vec<Secret>,
        options: &BTreeMap<String, String>,
    ) -> Result<ReceiverAuth, KindFault> {
        let chosen = Chosen { kind: self, options };
        let one = || secrets.first().cloned().ok_or(AuthFault::NoSecret);
        let auth = match self {
            Self::None => ReceiverAuth::None,
            Self::StandardWebhooks => {
                let keys = secrets.iter().map(SigningKey::parse).collect::<Result<_, _>>()?;
                ReceiverAuth::StandardWebhooks { keys }
            }
            Self::Bearer => ReceiverAuth::Bearer { token: one()? },
            Self::ApiKey => ReceiverAuth::ApiKey { header: chosen.text("header")?, key: one()? },
            Self::Basic => ReceiverAuth::Basic { user: chosen.text("user")?, password: one()? },
            Self::QueryKey => ReceiverAuth::QueryKey { name: chosen.text("name")?, secret: one()? },
            Self::Headers => ReceiverAuth::Headers(header_lines(&one()?)?),
            Self::Preset(preset) => preset.auth(secrets),
            Self::HubSpot => {
                ReceiverAuth::HubSpot { client_secret: one()?, public_url: chosen.text("public_url")? }
            }
            Self::Twilio => {
                ReceiverAuth::Twilio { auth_token: one()?, public_url: chosen.text("public_url")? }
            }
            Self::Hmac => ReceiverAuth::Hmac(chosen.scheme(secrets)?),
        };
        auth.check()?;
        Ok(auth)
    }
}

fn header_lines(secret: &Secret) -> Result<Vec<(String, Secret)>, KindFault> {
    let pair = |line: &str| {
        let (name, value) = line.split_once(':').ok_or(KindFault::HeaderLines)?;
        Ok((name.trim().to_owned(), Secret::new(value.trim())))
    };
    secret.expose().lines().filter(|line| !line.trim().is_empty()).map(pair).collect()
}

struct Chosen<'a> {
    kind: AuthKind,
    options: &'a BTreeMap<String, String>,
}

impl Chosen<'_> {
    /// What was entered for an option, or its default.
    fn value(&self, name: &str) -> Result<(&KindOption, &str), KindFault> {
        let option = self.kind.options().iter().find(|option| option.name == name);
        let option = option.expect("BUG: only options of the kind's own list are read");
        let entered = self.options.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
        let value = entered.or(option.default).ok_or(KindFault::Missing { label: option.label })?;
        if !option.values.is_empty() && !option.values.contains(&value) {
            return Err(KindFault::Unfit { label: option.label, value: value.to_owned() });
        }
        Ok((option, value))
    }

    fn text(&self, name: &str) -> Result<String, KindFault> {
        Ok(self.value(name)?.1.to_owned())
    }

    /// An option that is needed because of another one.
    fn needed(&self, name: &str) -> Result<String, KindFault> {
        match self.value(name)? {
            (option, "") => Err(KindFault::Missing { label: option.label }),
            (_, value) => Ok(value.to_owned()),
        }
    }

    fn scheme(&self, secrets: Vec<Secret>) -> Result<HmacScheme, KindFault> {
        let time = || {
            Ok::<_, KindFault>(TimeSource::Header {
                name: self.needed("time_header")?,
                unit: TimeUnit::Seconds,
            })
        };
        let tolerance = || {
            let (option, value) = self.value("tolerance")?;
            value.parse().map_err(|_| KindFault::Unfit { label: option.label, value: value.to_owned() })
        };
        Ok(HmacScheme {
            algorithm: match self.value("algorithm")?.1 {
                "sha1" => Algorithm::Sha1,
                "sha512" => Algorithm::Sha512,
                _ => Algorithm::Sha256,
            },
            header: self.text("header")?,
            form: SignatureForm::Plain { prefix: self.text("prefix")? },
            encoding: match self.value("encoding")?.1 {
                "base64" => SignatureEncoding::Base64,
                _ => SignatureEncoding::Hex,
            },
            signed: match self.value("signed")?.1 {
                "time.body" => SignedText::TimeBody { time: time()?, tolerance: tolerance()? },
                "id.time.body" => SignedText::IdTimeBody {
                    id_header: self.needed("id_header")?,
                    time: time()?,
                    tolerance: tolerance()?,
                },
                _ => SignedText::Body,
            },
            secrets,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_kind_is_built_from_its_own_options() {
        for kind in AuthKind::ALL {
            assert_eq!(AuthKind::parse(kind.id()), Some(kind), "the stored word leads back to {kind:?}");
            let entered: Vec<_> = kind
                .options()
                .iter()
                .map(|option| match option.name {
                    "public_url" => (option.name, "https://hooks.example.com"),
                    "header" => (option.name, "X-Sig"),
                    name => (name, ""),
                })
                .collect();
            let secret = match kind {
                AuthKind::Headers => Secret::new("X-One: a\nX-Two: b:c\n"),
                kind => kind.fresh_secret(),
            };
            assert!(
                kind.build(vec![secret], &options(&entered)).is_ok(),
                "{kind:?} works with what is asked for"
            );
            let bare = kind.build(Vec::new(), &options(&entered));
            assert_eq!(bare.is_ok(), kind == AuthKind::None, "{kind:?} needs a secret");
        }
        assert_eq!(AuthKind::parse("magic"), None, "no such way");
    }

    #[test]
    fn what_is_missing_is_named() {
        let secret = || vec![Secret::new("hush")];
        let missing = AuthKind::HubSpot.build(secret(), &options(&[]));
        assert_eq!(missing, Err(KindFault::Missing { label: "Public address" }), "HubSpot signs its address");
        let timed = options(&[("header", "X-Sig"), ("signed", "time.body")]);
        let missing = AuthKind::Hmac.build(secret(), &timed);
        assert_eq!(
            missing,
            Err(KindFault::Missing { label: "Header of the time" }),
            "a signed time must stand somewhere"
        );
        let unfit = AuthKind::Hmac.build(secret(), &options(&[("header", "X-Sig"), ("algorithm", "md5")]));
        assert!(matches!(unfit, Err(KindFault::Unfit { label: "Hash", .. })), "MD5 is not offered");
        assert_eq!(
            AuthKind::Headers.build(secret(), &options(&[])),
            Err(KindFault::HeaderLines),
            "no colon, no header"
        );
        let text = AuthKind::StandardWebhooks.build(secret(), &options(&[]));
        assert!(matches!(text, Err(KindFault::SigningKey(_))), "a word is no signing key");
    }
}
