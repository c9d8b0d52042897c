//! Why a request was not taken, in words for the sender's log and for the window.

use std::time::Duration;

use axum::http::StatusCode;

/// Why a request was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The `Host` is neither this computer nor the public name.
    #[error("The request was meant for another host. Add the public host name to the receiver's settings.")]
    WrongHost,
    /// Nothing at this path.
    #[error("There is no receiver at this address. Copy the address again from Leadferry.")]
    UnknownPath,
    /// The receiver was deleted.
    #[error("This receiver was deleted. Stop sending to it.")]
    Deleted,
    /// Neither POST nor PUT.
    #[error("Send leads with POST.")]
    WrongMethod,
    /// A script on a web page.
    #[error(
        "A web page tried to send directly from a visitor's browser. Send from the site's server or form service instead."
    )]
    Browser,
    /// Too many requests.
    #[error("Too many deliveries at once. Send again after the time in Retry-After.")]
    TooMany {
        /// When there is room again.
        retry_after: Duration,
    },
    /// More than [`super::MAX_BODY`].
    #[error("The delivery is larger than 5 MiB. Send it in smaller parts.")]
    TooBig,
    /// The connection broke or stalled before the body was complete.
    #[error("The delivery broke off before it was complete. Send it again.")]
    Incomplete,
    /// The signature's header, or one that goes with it, is not there.
    #[error(
        "The delivery carries no signature: the header {header} is missing. Switch signing on at the sender."
    )]
    SignatureMissing {
        /// The header's name.
        header: String,
    },
    /// The signature's header holds something else.
    #[error(
        "The header {header} does not hold a signature of the kind chosen here. Check the kind of signature."
    )]
    SignatureUnreadable {
        /// The header's name.
        header: String,
    },
    /// The signature is not by the shared secret.
    #[error(
        "The signature does not match. Check that the same signing secret is set here and at the sender."
    )]
    SignatureWrong,
    /// The signed time is no number.
    #[error("The time in the signature cannot be read. Check the kind of signature.")]
    TimeUnreadable,
    /// Too old, or from the future.
    #[error("The signature is {minutes} minutes off this computer's time. Check the clock of this computer.")]
    Stale {
        /// How far off it is.
        minutes: u64,
    },
    /// No credentials.
    #[error("The delivery comes without {wanted}. Add it at the sender.")]
    CredentialsMissing {
        /// What should be there.
        wanted: String,
    },
    /// Wrong credentials.
    #[error("The secret sent with the delivery is not the one set here. Copy it again to the sender.")]
    CredentialsWrong,
    /// Meta's handshake with another token.
    #[error("The verify token is not the one set here. Copy it again to the sender.")]
    VerifyTokenWrong,
    /// A content type that is not read.
    #[error("Data of the type {found} cannot be read. Send JSON or a form.")]
    UnknownType {
        /// What the sender called it.
        found: String,
    },
    /// The body is not what its type says.
    #[error("{problem}")]
    Malformed {
        /// What is wrong with it, as a whole sentence with the next step.
        problem: String,
    },
    /// The ledger did not take it.
    #[error("The delivery could not be stored. Send it again later.")]
    NotStored,
}

impl Refusal {
    /// The HTTP status that tells the sender what to do.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::UnknownPath => StatusCode::NOT_FOUND,
            Self::Deleted => StatusCode::GONE,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Browser => StatusCode::FORBIDDEN,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Incomplete => StatusCode::REQUEST_TIMEOUT,
            Self::SignatureMissing { .. }
            | Self::SignatureUnreadable { .. }
            | Self::SignatureWrong
            | Self::TimeUnreadable
            | Self::Stale { .. }
            | Self::CredentialsMissing { .. }
            | Self::CredentialsWrong
            | Self::VerifyTokenWrong => StatusCode::UNAUTHORIZED,
            Self::UnknownType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed { .. } => StatusCode::BAD_REQUEST,
            Self::NotStored => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// When the sender should try again, where waiting helps.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooMany { retry_after } => Some(*retry_after),
            Self::NotStored => Some(Duration::from_secs(30)),
            _ => None,
        }
    }

    /// Whether a person should see it. A flood is not worth a line each, and what was not stored cannot be noted either.
    pub(super) fn is_worth_noting(&self) -> bool {
        !matches!(self, Self::TooMany { .. } | Self::NotStored | Self::Incomplete)
    }
}
