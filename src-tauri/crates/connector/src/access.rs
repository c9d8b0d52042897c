//! How a request shows who it comes from, without the connector ever seeing a token.

use async_trait::async_trait;
use leadferry_model::{Failure, Secret};

use crate::redact;

/// Gives a request its credential. Implemented by the room `auth` over the keychain; refreshes early and single-flight.
#[async_trait]
pub trait Access: Send + Sync {
    /// The credential to use now. Refreshes first if it is about to run out.
    async fn credential(&self) -> Result<Credential, Failure>;

    /// The vendor refused `used` as expired or unknown. Gives a newer credential if there is or can be one, else the failure
    /// (kind `Auth`) that pauses the connection. Called at most once a request.
    async fn refused(&self, used: &Credential) -> Result<Credential, Failure>;

    /// What its credentials look like, [masked](Credential::masked): for requests that are only shown.
    fn shape(&self) -> Credential;
}

/// What proves access, in the form the spec names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Nothing is needed.
    None,
    /// A pasted token; the spec's `Auth::Token` says where it goes. Without one it goes as a bearer token.
    Token(Secret),
    /// An OAuth access token (RFC 6750), after the scheme the spec's endpoint names. Its own variant, since vendors with both
    /// want them in different places.
    Bearer(Secret),
    /// HTTP Basic.
    Basic {
        /// User name.
        user: String,
        /// Password.
        password: Secret,
    },
    /// Headers as the person set them (custom destinations).
    Headers(Vec<(String, Secret)>),
}

impl Credential {
    /// The texts that must not be seen, for cutting them out of whatever is logged.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        match self {
            Self::None => Vec::new(),
            Self::Token(token) | Self::Bearer(token) => vec![token.expose()],
            Self::Basic { password, .. } => vec![password.expose()],
            Self::Headers(headers) => headers.iter().map(|(_, value)| value.expose()).collect(),
        }
    }

    /// The same with a mask in place of every secret.
    pub fn masked(&self) -> Self {
        let mask = || Secret::new(redact::MASK);
        match self {
            Self::None => Self::None,
            Self::Token(_) => Self::Token(mask()),
            Self::Bearer(_) => Self::Bearer(mask()),
            Self::Basic { user, .. } => Self::Basic { user: user.clone(), password: mask() },
            Self::Headers(headers) => {
                Self::Headers(headers.iter().map(|(name, _)| (name.clone(), mask())).collect())
            }
        }
    }
}

/// Access that never changes: pasted tokens, tests.
#[derive(Debug)]
pub struct Fixed(pub Credential);

#[async_trait]
impl Access for Fixed {
    async fn credential(&self) -> Result<Credential, Failure> {
        Ok(self.0.clone())
    }

    async fn refused(&self, _used: &Credential) -> Result<Credential, Failure> {
        Err(Failure::new(leadferry_model::FailureKind::Auth, "the token was refused"))
    }

    fn shape(&self) -> Credential {
        self.0.masked()
    }
}
