//! What a sign-in tells the window while it goes on. No secret is in it.

use leadferry_model::Timestamp;

use super::FlowError;

/// One step of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlowEvent {
    /// The browser is open; the answer is awaited.
    Waiting {
        /// When waiting ends.
        until: Timestamp,
    },
    /// The answer arrived and is genuine.
    Received,
    /// Tokens are being fetched.
    Exchanging,
    /// There is access.
    Connected,
    /// The vendor or the person said no, or the answer was not good.
    Refused {
        /// Why, and what to do.
        reason: String,
    },
    /// Nobody came back in time.
    TimedOut,
    /// The computer does not let us wait for an answer.
    CouldNotListen {
        /// Why, and what to do.
        why: String,
    },
    /// The person stopped it.
    Cancelled,
}

impl From<&FlowError> for FlowEvent {
    fn from(error: &FlowError) -> Self {
        match error {
            FlowError::TimedOut => Self::TimedOut,
            FlowError::Cancelled => Self::Cancelled,
            FlowError::NoPort | FlowError::PortsTaken(_) => Self::CouldNotListen { why: error.to_string() },
            other => Self::Refused { reason: other.to_string() },
        }
    }
}
