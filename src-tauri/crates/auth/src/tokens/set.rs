//! The tokens of one connection, and how they are kept.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use leadferry_model::{ConnectionId, Secret};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::answer::TokenAnswer;
use crate::vault::{EntryName, Vault, VaultError};

/// The least time before the end at which a token is renewed.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);

/// What a sign-in gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSet {
    /// Goes with every request.
    pub access: Secret,
    /// Renews it. `None`: the vendor gives none.
    pub refresh: Option<Secret>,
    /// The one before, until the newer one has worked once: should the vendor not know the newer one, this may still do.
    pub previous_refresh: Option<Secret>,
    /// When the access token ends, by the vendor's clock. `None`: the vendor does not say.
    pub expires_at: Option<Timestamp>,
    /// When to renew it, by the vendor's clock.
    pub refresh_at: Option<Timestamp>,
    /// How far the vendor's clock is ahead of this computer's.
    pub server_ahead: SignedDuration,
    /// What was granted.
    pub scopes: Vec<String>,
    /// What was granted or asked for once, and is not any more. Worth a warning.
    pub lost_scopes: Vec<String>,
    /// The rest of the vendor's answer: `instance_url`, `api_domain`, `hub_id`, …
    pub extras: BTreeMap<String, String>,
    /// The vendor refused to renew, for good. Only signing in again helps.
    pub ended: bool,
}

impl TokenSet {
    /// The first tokens of a sign-in that asked for the scopes `asked`.
    pub(crate) fn granted(answer: TokenAnswer, asked: &[String]) -> Self {
        let first = Self {
            access: answer.access.clone(),
            refresh: None,
            previous_refresh: None,
            expires_at: None,
            refresh_at: None,
            server_ahead: SignedDuration::ZERO,
            scopes: asked.to_vec(),
            lost_scopes: Vec::new(),
            extras: BTreeMap::new(),
            ended: false,
        };
        first.renewed(answer, None)
    }

    /// The tokens after a renewal that was asked for with `used`.
    pub(super) fn renewed(&self, answer: TokenAnswer, used: Option<&Secret>) -> Self {
        let refresh = answer.refresh.or_else(|| used.cloned());
        let previous_refresh = used.filter(|used| Some(*used) != refresh.as_ref()).cloned();
        let expires_at = answer.lifetime.and_then(|lifetime| answer.issued_at.checked_add(lifetime).ok());
        let scopes = answer.scopes.unwrap_or_else(|| self.scopes.clone());
        let known = self.scopes.iter().chain(&self.lost_scopes);
        let lost_scopes = known.filter(|scope| !scopes.contains(scope)).cloned().collect();
        let mut extras = self.extras.clone();
        extras.extend(answer.extras);
        Self {
            access: answer.access,
            refresh,
            previous_refresh,
            expires_at,
            refresh_at: expires_at
                .zip(answer.lifetime)
                .and_then(|(end, lifetime)| end.checked_sub(margin(lifetime)).ok()),
            server_ahead: answer.server_ahead,
            scopes,
            lost_scopes,
            extras,
            ended: false,
        }
    }

    /// Whether it is time to renew.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.refresh_at.is_some_and(|at| self.vendor_time(now) >= at)
    }

    /// Whether the access token has run out.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| self.vendor_time(now) >= at)
    }

    /// Keeps these tokens as those of `connection`. They are on disk when this returns.
    pub async fn keep(&self, vault: &Vault, connection: &ConnectionId) -> Result<(), VaultError> {
        vault.put_bytes(&EntryName::oauth_tokens(connection), self.bytes()).await
    }

    /// The tokens of `connection`, if it has any.
    pub async fn load(vault: &Vault, connection: &ConnectionId) -> Result<Option<Self>, VaultError> {
        let bytes = vault.bytes(&EntryName::oauth_tokens(connection)).await?;
        bytes.map(|bytes| Self::parse(&bytes)).transpose()
    }

    fn vendor_time(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.server_ahead).unwrap_or(now)
    }

    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let text = |secret: &Secret| Zeroizing::new(secret.expose().to_owned());
        let kept = Kept {
            access: text(&self.access),
            refresh: self.refresh.as_ref().map(text),
            previous_refresh: self.previous_refresh.as_ref().map(text),
            expires_at: self.expires_at,
            refresh_at: self.refresh_at,
            server_ahead_ms: i64::try_from(self.server_ahead.as_millis()).unwrap_or_default(),
            scopes: self.scopes.clone(),
            lost_scopes: self.lost_scopes.clone(),
            extras: self.extras.clone(),
            ended: self.ended,
        };
        Zeroizing::new(
            serde_json::to_vec(&kept).expect("BUG: text, numbers and maps of text are always JSON"),
        )
    }

    fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let kept: Kept = serde_json::from_slice(bytes).map_err(|_| VaultError::Damaged)?;
        let secret = |text: Zeroizing<String>| Secret::new(text.as_str());
        Ok(Self {
            access: secret(kept.access),
            refresh: kept.refresh.map(secret),
            previous_refresh: kept.previous_refresh.map(secret),
            expires_at: kept.expires_at,
            refresh_at: kept.refresh_at,
            server_ahead: SignedDuration::from_millis(kept.server_ahead_ms),
            scopes: kept.scopes,
            lost_scopes: kept.lost_scopes,
            extras: kept.extras,
            ended: kept.ended,
        })
    }
}

/// A tenth of the life, at least a minute, but never more than half: a vendor that gives a minute must not be asked at every call.
fn margin(lifetime: SignedDuration) -> SignedDuration {
    MARGIN.max(lifetime / 10).min(lifetime / 2)
}

/// The form in the vault.
#[derive(Serialize, Deserialize)]
struct Kept {
    access: Zeroizing<String>,
    refresh: Option<Zeroizing<String>>,
    previous_refresh: Option<Zeroizing<String>>,
    expires_at: Option<Timestamp>,
    refresh_at: Option<Timestamp>,
    server_ahead_ms: i64,
    scopes: Vec<String>,
    lost_scopes: Vec<String>,
    extras: BTreeMap<String, String>,
    ended: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_is_a_tenth_but_at_least_a_minute() {
        let check = |life, expected| {
            let margin = margin(SignedDuration::from_secs(life));
            assert_eq!(margin, SignedDuration::from_secs(expected), "of {life} s");
        };
        check(1800, 180);
        check(300, 60);
        check(60, 30);
    }
}
