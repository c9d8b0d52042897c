//! What a receiver hands over, and to whom.

use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_model::{Captured, ConnectionId, Timestamp};

use super::refusal::Refusal;

/// Takes deliveries in. The engine stands behind it with its ledger.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// Commits one delivery. The sender is told *accepted* as soon as this resolves, and will not send it again.
    ///
    /// `delivery` is empty where the body held no lead, such as the `{}` of a test button: it counts as a sign of life.
    /// May be dropped at any await when the sender hangs up; it will send again.
    async fn accept(
        &self,
        receiver: &ConnectionId,
        delivery: Vec<Captured>,
        raw: RawDelivery,
    ) -> Result<(), InboxError>;

    /// The sender of a receiver of hints says that something changed there. Cheap, and never an error: what is missed is found at
    /// the next look.
    async fn hinted(&self, receiver: &ConnectionId);

    /// Notes that something was sent and not taken, so that a person can see it. Best effort: the sender has its answer in any
    /// case. Called at most as often as the rate limit allows.
    async fn refused(&self, receiver: &ConnectionId, refused: RefusedDelivery);
}

/// Why the ledger did not take a delivery. The sender is asked to come again in every case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InboxError {
    /// No room on the disk.
    #[error("The disk is full. Make room; the sender will send again.")]
    DiskFull,
    /// The app is closing.
    #[error("Leadferry is closing. The sender will send again.")]
    Closing,
    /// The ledger refused.
    #[error("The delivery could not be stored ({detail}). The sender will send again.")]
    Store {
        /// The store's words, without values.
        detail: String,
    },
}

/// A delivery as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct RawDelivery {
    /// By what it is recognised when it comes again.
    pub key: DeliveryKey,
    /// When it came.
    pub received_at: Timestamp,
    /// The sender's `Content-Type`.
    pub content_type: String,
    /// Those headers that help a person and hold no secret.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Bytes,
}

impl fmt::Debug for RawDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawDelivery")
            .field("key", &self.key)
            .field("received_at", &self.received_at)
            .field("content_type", &self.content_type)
            .field("body", &format_args!("<{} bytes>", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// By what a delivery is recognised when it comes again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryKey {
    /// The sender's own id, the same at every retry. Remember it for eight days: Meta retries for seven.
    Provider(String),
    /// The SHA-256 of the body, where the sender gives no id. A person may send the same form again next week: remember it
    /// for a day.
    Body(String),
}

impl fmt::Display for DeliveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Provider(id) => write!(f, "id-{id}"),
            Self::Body(hash) => write!(f, "sha256-{hash}"),
        }
    }
}

/// Something that was sent and not taken. Without its body: nobody has vouched for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedDelivery {
    /// When it came.
    pub received_at: Timestamp,
    /// Why it was not taken.
    pub reason: Refusal,
}
