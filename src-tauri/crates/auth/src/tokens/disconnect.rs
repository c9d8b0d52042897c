//! Ends a connection's access: nothing stays here, and the vendor is told.

use leadferry_model::{ConnectionId, Failure};

use super::{TokenEndpoint, TokenSet};
use crate::vault::{Vault, VaultError};

/// What became of the vendor's side. Nothing is left on this side in any case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// The vendor gave the access up.
    Revoked,
    /// There is no such call, or there was nothing to revoke: the person may remove the app at the vendor.
    NotOffered,
    /// The vendor could not be told. The person may remove the app at the vendor.
    Failed(Failure),
}

/// Wipes every secret of `connection`, then revokes at the vendor, trying once more if it does not answer. Wiped first, so that
/// neither a vendor that is down nor an app that is closed meanwhile leaves a token behind.
pub async fn disconnect(
    vault: &Vault,
    connection: &ConnectionId,
    endpoint: Option<&TokenEndpoint>,
) -> Result<Revocation, VaultError> {
    // Not while a renewal is under way: it would write its new tokens after the wipe.
    let lease = vault.lease(&format!("renew {connection}")).await?;
    let tokens = TokenSet::load(vault, connection).await.or_else(|error| match error {
        VaultError::Damaged => Ok(None), // what cannot be read can still be wiped
        error => Err(error),
    })?;
    vault.forget(connection).await?;
    drop(lease);
    let (Some(tokens), Some(endpoint)) = (tokens, endpoint) else { return Ok(Revocation::NotOffered) };
    // With the refresh token the vendor ends its access tokens too (RFC 7009 §2.1).
    let (token, kind) = match &tokens.refresh {
        Some(refresh) => (refresh, "refresh_token"),
        None => (&tokens.access, "access_token"),
    };
    let mut failure = None;
    for _attempt in 0..2 {
        match endpoint.revoke(token, kind).await {
            None => return Ok(Revocation::NotOffered),
            Some(Ok(())) => return Ok(Revocation::Revoked),
            Some(Err(error)) => failure = Some(error),
        }
    }
    Ok(failure.map_or(Revocation::NotOffered, Revocation::Failed))
}
