//! Receives webhooks: website forms, chatbots, automation tools, anything that can send a signed request.
//!
//! ```text
//! request ─▶ Host ─▶ path ─▶ method, Origin ─▶ rate ─▶ raw body (capped) ─▶ signature ─▶ parse ─▶ Inbox::accept ─▶ 2xx
//! ```
//! The body is read as it came, its signature checked over those bytes, and only then parsed. A sender gets its 2xx after
//! [`Inbox::accept`] has resolved, which is after the ledger has committed; until then it will send again.
//!
//! **Architecture Invariant:** listens on loopback only, and serves nothing but receivers: no part of the app's own face is
//! reachable here. A tunnel in front of it is the person's choice and is told to us by its public host name.
//!
//! Whether a delivery came before is deliberately not decided here: the same [`DeliveryKey`] gives the same source ids, and
//! the ledger takes each once.

mod auth;
mod body;
mod flatten;
mod form;
mod gate;
mod handler;
mod handshake;
mod hmac_scheme;
mod inbox;
mod key;
mod kinds;
mod mac;
mod presets;
mod rate;
mod refusal;
mod registry;
mod server;
mod standard;
mod url_signed;

pub use auth::{AuthFault, ReceiverAuth};
pub use hmac_scheme::{
    Algorithm, HmacScheme, SignatureEncoding, SignatureForm, SignedText, TimeSource, TimeUnit,
};
pub use inbox::{DeliveryKey, Inbox, InboxError, RawDelivery, RefusedDelivery};
pub use kinds::{AuthKind, KindFault, KindOption};
pub use presets::Preset;
pub use refusal::Refusal;
pub use registry::{Purpose, Receiver, ReceiverPath, Registry, UnusablePath};
pub use server::{Listening, ServeError, router};
pub use standard::{SigningKey, SigningKeyFault, sign};

/// The longest body. Meta sends up to 3 MB.
pub const MAX_BODY: usize = 5 << 20;
