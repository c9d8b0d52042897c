//! Access a person typed in: a token, user name and password, or headers. Read from the vault at every request, so that a new
//! one counts at once.

use async_trait::async_trait;
use leadferry_connector::{Access, Credential, redact};
use leadferry_model::{ConnectionId, Failure, FailureKind, Secret};
use zeroize::Zeroizing;

use crate::vault::{EntryName, Vault, VaultError};

/// A pasted token.
#[derive(Clone, Debug)]
pub struct TokenAccess {
    vault: Vault,
    name: EntryName,
}

impl TokenAccess {
    /// The token kept as [`EntryName::token`] of `connection`.
    pub fn new(connection: &ConnectionId, vault: Vault) -> Self {
        Self { vault, name: EntryName::token(connection) }
    }
}

#[async_trait]
impl Access for TokenAccess {
    async fn credential(&self) -> Result<Credential, Failure> {
        kept(&self.vault, &self.name).await.map(Credential::Token)
    }

    async fn refused(&self, used: &Credential) -> Result<Credential, Failure> {
        newer(self.credential().await?, used)
    }

    fn shape(&self) -> Credential {
        Credential::Token(mask())
    }
}

/// User name and password.
#[derive(Clone, Debug)]
pub struct BasicAccess {
    vault: Vault,
    user: String,
    name: EntryName,
}

impl BasicAccess {
    /// `user` stands with the connection; the password is kept as [`EntryName::password`] of it.
    pub fn new(connection: &ConnectionId, user: impl Into<String>, vault: Vault) -> Self {
        Self { vault, user: user.into(), name: EntryName::password(connection) }
    }
}

#[async_trait]
impl Access for BasicAccess {
    async fn credential(&self) -> Result<Credential, Failure> {
        let password = kept(&self.vault, &self.name).await?;
        Ok(Credential::Basic { user: self.user.clone(), password })
    }

    async fn refused(&self, used: &Credential) -> Result<Credential, Failure> {
        newer(self.credential().await?, used)
    }

    fn shape(&self) -> Credential {
        Credential::Basic { user: self.user.clone(), password: mask() }
    }
}

/// Headers a person set. Kept whole, since a header's value may be a key.
#[derive(Clone, Debug)]
pub struct HeaderAccess {
    vault: Vault,
    name: EntryName,
}

impl HeaderAccess {
    /// The headers kept by [`keep_headers`].
    pub fn new(connection: &ConnectionId, vault: Vault) -> Self {
        Self { vault, name: EntryName::headers(connection) }
    }
}

#[async_trait]
impl Access for HeaderAccess {
    async fn credential(&self) -> Result<Credential, Failure> {
        let kept = kept(&self.vault, &self.name).await?;
        let headers: Vec<(String, Zeroizing<String>)> =
            serde_json::from_str(kept.expose()).map_err(|_| Failure::from(VaultError::Damaged))?;
        let secret = |(name, value): (String, Zeroizing<String>)| (name, Secret::new(value.as_str()));
        Ok(Credential::Headers(headers.into_iter().map(secret).collect()))
    }

    async fn refused(&self, used: &Credential) -> Result<Credential, Failure> {
        newer(self.credential().await?, used)
    }

    fn shape(&self) -> Credential {
        // Their names are in the vault too.
        Credential::Headers(Vec::new())
    }
}

/// Keeps `headers` as those of `connection`.
pub async fn keep_headers(
    vault: &Vault,
    connection: &ConnectionId,
    headers: &[(String, Secret)],
) -> Result<(), VaultError> {
    let pairs: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.expose())).collect();
    let bytes = serde_json::to_vec(&pairs).expect("BUG: pairs of text are always JSON");
    vault.put_bytes(&EntryName::headers(connection), Zeroizing::new(bytes)).await
}

fn mask() -> Secret {
    Secret::new(redact::MASK)
}

async fn kept(vault: &Vault, name: &EntryName) -> Result<Secret, Failure> {
    vault.get(name).await?.ok_or_else(|| {
        let words = "This connection has nothing to show the vendor yet. Open it and enter its access.";
        Failure::new(FailureKind::Auth, words).code("not_signed_in")
    })
}

/// What was typed in cannot be renewed; but a person may have replaced it since the request went out.
fn newer(now: Credential, used: &Credential) -> Result<Credential, Failure> {
    if now != *used {
        return Ok(now);
    }
    let words = "The vendor refuses the access you entered. Open the connection and enter a new one.";
    Err(Failure::new(FailureKind::Auth, words).code("refused"))
}
