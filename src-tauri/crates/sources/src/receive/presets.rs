//! The senders people know by name, as the data that checks their signatures.

use leadferry_model::Secret;

use super::auth::ReceiverAuth;
use super::hmac_scheme::{Algorithm, HmacScheme, SignatureEncoding, SignatureForm, SignedText, TimeSource};

/// A sender that signs by HMAC with a shared secret and nothing else to set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Meta (WhatsApp, Lead Ads) and GitHub: `X-Hub-Signature-256`.
    Hub,
    /// Stripe: `Stripe-Signature`, five minutes.
    Stripe,
    /// Calendly: `Calendly-Webhook-Signature`, three minutes.
    Calendly,
    /// Typeform: `Typeform-Signature` <https://www.typeform.com/developers/webhooks/secure-your-webhooks/>.
    Typeform,
    /// Shopify: `X-Shopify-Hmac-Sha256`.
    Shopify,
    /// Attio: `X-Attio-Signature`.
    Attio,
}

impl Preset {
    /// Every preset, in the order they are shown.
    pub const ALL: [Self; 6] =
        [Self::Hub, Self::Stripe, Self::Calendly, Self::Typeform, Self::Shopify, Self::Attio];

    /// The word to store.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::Stripe => "stripe",
            Self::Calendly => "calendly",
            Self::Typeform => "typeform",
            Self::Shopify => "shopify",
            Self::Attio => "attio",
        }
    }

    /// The name people know.
    pub fn label(self) -> &'static str {
        match self {
            Self::Hub => "Meta or GitHub",
            Self::Stripe => "Stripe",
            Self::Calendly => "Calendly",
            Self::Typeform => "Typeform",
            Self::Shopify => "Shopify",
            Self::Attio => "Attio",
        }
    }

    /// The check with these secrets.
    pub fn auth(self, secrets: Vec<Secret>) -> ReceiverAuth {
        let plain = |header, prefix: &str, encoding| {
            let form = SignatureForm::Plain { prefix: prefix.to_owned() };
            (header, form, encoding, SignedText::Body)
        };
        let stamped = |header, tolerance| {
            let form = SignatureForm::Labelled { label: "v1".to_owned() };
            let time = TimeSource::Part { label: "t".to_owned() };
            (header, form, SignatureEncoding::Hex, SignedText::TimeBody { time, tolerance })
        };
        let (header, form, encoding, signed) = match self {
            Self::Hub => plain("x-hub-signature-256", "sha256=", SignatureEncoding::Hex),
            Self::Stripe => stamped("stripe-signature", 300),
            Self::Calendly => stamped("calendly-webhook-signature", 180),
            Self::Typeform => plain("typeform-signature", "sha256=", SignatureEncoding::Base64),
            Self::Shopify => plain("x-shopify-hmac-sha256", "", SignatureEncoding::Base64),
            Self::Attio => plain("x-attio-signature", "", SignatureEncoding::Hex),
        };
        let header = header.to_owned();
        ReceiverAuth::Hmac(HmacScheme {
            algorithm: Algorithm::Sha256,
            header,
            form,
            encoding,
            signed,
            secrets,
        })
    }
}
