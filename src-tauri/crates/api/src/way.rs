//! How a connection authorises: kept in the ledger, never a secret in it.

use leadferry_auth::oauth::{Addresses, Client, Place, ProviderError};
use leadferry_auth::tokens::{KeyFault, Renewal, Statement};
use leadferry_connector::{AppGrant, Auth, Endpoint, OAuth, Reach, Spec};
use leadferry_model::Secret;
use leadferry_store::Connection;
use serde::{Deserialize, Serialize};
use url::Url;

/// What the ledger holds of a connection's access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Authorised {
    /// The way.
    #[serde(flatten)]
    pub(crate) way: Way,
    /// The host that signs in and renews, where it is not the same for everybody.
    #[serde(default)]
    pub(crate) host: Option<String>,
    /// The person meant an address of the private network.
    #[serde(default)]
    pub(crate) private_network: bool,
    /// It is a practice CRM of this computer: its dialect.
    #[serde(default)]
    pub(crate) practice: Option<String>,
}

/// A way of authorising.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub(crate) enum Way {
    /// Nothing is needed, or the connector's settings hold it.
    None,
    /// Signed in through the browser.
    OAuth {
        /// The app signed in with.
        client_id: String,
    },
    /// The app asks for itself.
    ClientCredentials {
        /// The app.
        client_id: String,
    },
    /// The app signs a statement.
    JwtBearer {
        /// The app.
        client_id: String,
        /// The user it acts for.
        user: String,
        /// Whom the statement is for, where that is not the sign-in host.
        audience: Option<String>,
    },
    /// Tokens for a code a person pasted once.
    PastedCode {
        /// The app the code was made for.
        client_id: String,
    },
    /// A pasted token.
    Token,
    /// User name and password.
    Basic {
        /// The user.
        user: String,
    },
    /// Headers a person set.
    Headers,
}

impl Authorised {
    /// What the ledger holds of `connection`.
    pub(crate) fn of(connection: &Connection) -> Self {
        serde_json::from_value(connection.auth.clone()).unwrap_or(Self {
            way: Way::None,
            host: None,
            private_network: false,
            practice: None,
        })
    }

    pub(crate) fn reach(&self) -> Reach {
        if self.private_network { Reach::PrivateNetwork } else { Reach::ThisComputer }
    }

    /// Where tokens of `connection`, which authorises like this, are asked for.
    pub(crate) fn addresses(
        &self,
        spec: &'static Spec,
        connection: &Connection,
    ) -> Result<Addresses, ProviderError> {
        let facts = self.way.endpoint(spec).ok_or(ProviderError::NoOAuth)?;
        let base = entered(connection);
        Addresses::new(spec, facts, Place { base: base.as_ref(), host: self.host.as_deref() })
    }
}

/// The address a person entered instead of the vendor's.
pub(crate) fn entered(connection: &Connection) -> Option<Url> {
    connection.base_url.as_deref().and_then(|base| Url::parse(base).ok())
}

impl Way {
    /// The app, where there is one.
    pub(crate) fn client_id(&self) -> Option<&str> {
        match self {
            Self::OAuth { client_id }
            | Self::ClientCredentials { client_id }
            | Self::JwtBearer { client_id, .. }
            | Self::PastedCode { client_id } => Some(client_id),
            Self::None | Self::Token | Self::Basic { .. } | Self::Headers => None,
        }
    }

    /// What [`AuthView`](crate::types::AuthView) calls it.
    pub(crate) fn kind(&self) -> Option<&'static str> {
        Some(match self {
            Self::None => "none",
            Self::OAuth { .. } => "o_auth",
            Self::ClientCredentials { .. } => "client_credentials",
            Self::JwtBearer { .. } => "jwt_bearer",
            Self::PastedCode { .. } => "pasted_code",
            Self::Token => "token",
            Self::Basic { .. } => "basic",
            Self::Headers => return None,
        })
    }

    /// Tokens of this way come from the vendor and are renewed.
    pub(crate) fn has_tokens(&self) -> bool {
        self.client_id().is_some()
    }

    /// The facts of this way's token endpoint.
    pub(crate) fn endpoint(&self, spec: &'static Spec) -> Option<&'static Endpoint> {
        match self {
            Self::OAuth { .. } => oauth(spec).map(|facts| &facts.endpoint),
            other => other.app_grant(spec).map(|grant| &grant.endpoint),
        }
    }

    /// The facts of this way, where no browser is needed.
    pub(crate) fn app_grant(&self, spec: &'static Spec) -> Option<&'static AppGrant> {
        spec.auth.iter().find_map(|auth| match (self, auth) {
            (Self::ClientCredentials { .. }, Auth::ClientCredentials(grant))
            | (Self::JwtBearer { .. }, Auth::JwtBearer(grant))
            | (Self::PastedCode { .. }, Auth::PastedCode(grant)) => Some(grant),
            _ => None,
        })
    }

    /// How tokens of this way are renewed at `addresses`. `key` is the private key, where one signs.
    pub(crate) fn renewal(
        &self,
        spec: &'static Spec,
        addresses: &Addresses,
        key: Option<&Secret>,
    ) -> Result<Renewal, KeyFault> {
        match self {
            Self::ClientCredentials { .. } => {
                let scope =
                    self.app_grant(spec).filter(|grant| !grant.scopes_of_app && !grant.scopes.is_empty());
                Ok(Renewal::ClientCredentials {
                    scope: scope.map(|grant| grant.scopes.join(grant.scope_separator)),
                })
            }
            Self::JwtBearer { client_id, user, audience } => {
                let host = addresses.host.as_ref().unwrap_or(&addresses.token).origin().ascii_serialization();
                let audience = audience.as_deref().unwrap_or(&host);
                let key = key.ok_or(KeyFault::NotAKey)?;
                Statement::new(client_id, user, audience, key).map(Renewal::Statement)
            }
            _ => Ok(Renewal::RefreshToken),
        }
    }
}

/// The facts of `spec`'s sign-in in the browser.
pub(crate) fn oauth(spec: &'static Spec) -> Option<&'static OAuth> {
    spec.auth.iter().find_map(|auth| match auth {
        Auth::OAuth(facts) => Some(facts),
        _ => None,
    })
}

/// The app Leadferry has registered at the vendor, where this build has one.
pub(crate) fn built_in(spec: &'static Spec) -> Option<Client> {
    let app = oauth(spec)?.built_in;
    Some(Client { id: app.client_id?.to_owned(), secret: app.client_secret.map(Secret::new) })
}
