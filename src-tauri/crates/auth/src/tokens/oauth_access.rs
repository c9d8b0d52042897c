//! Access by OAuth: renewed early, by one task at a time among all processes, and on disk before it is used.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use leadferry_connector::{Access, Credential, redact};
use leadferry_model::{Clock, ConnectionId, Failure, FailureKind, Secret};

use super::answer::TokenAnswer;
use super::endpoint::no_refresh_token;
use super::recent::Recent;
use super::refusal::{INVALID_GRANT, is_final, is_lost};
use super::{Renewal, TokenEndpoint, TokenSet};
use crate::vault::Vault;

/// The access of one connection. Clones share what is known about recent trouble.
#[derive(Clone)]
pub struct OAuthAccess(Arc<Inner>);

struct Inner {
    connection: ConnectionId,
    vault: Vault,
    endpoint: TokenEndpoint,
    renewal: Renewal,
    clock: Arc<dyn Clock>,
    recent: Mutex<Recent>,
}

/// Why a token is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Age,
    Refused,
}

impl OAuthAccess {
    /// Access of `connection`, whose tokens are in `vault` and are renewed with their refresh token.
    pub fn new(
        connection: ConnectionId,
        vault: Vault,
        endpoint: TokenEndpoint,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self::by(Renewal::RefreshToken, connection, vault, endpoint, clock)
    }

    /// Access whose tokens are renewed by `renewal`.
    pub fn by(
        renewal: Renewal,
        connection: ConnectionId,
        vault: Vault,
        endpoint: TokenEndpoint,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self(Arc::new(Inner { connection, vault, endpoint, renewal, clock, recent: Mutex::default() }))
    }

    /// The tokens as they are now, for what else the vendor said with them.
    pub async fn tokens(&self) -> Result<TokenSet, Failure> {
        self.0.load().await
    }

    async fn renew(&self, used: Secret, cause: Cause) -> Result<TokenSet, Failure> {
        let inner = Arc::clone(&self.0);
        // In a task of its own: a caller that gives up between the vendor's answer and the disk would lose a token that the
        // vendor has already put in place of the old one.
        match tokio::spawn(async move { inner.renew(&used, cause).await }).await {
            Ok(result) => result,
            Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
            Err(_) => Err(Failure::new(FailureKind::Unavailable, "Leadferry is closing.")),
        }
    }
}

#[async_trait]
impl Access for OAuthAccess {
    async fn credential(&self) -> Result<Credential, Failure> {
        let tokens = self.0.load().await?;
        let now = self.0.clock.now();
        if !tokens.is_due(now) {
            return Ok(Credential::Bearer(tokens.access));
        }
        let still_good = !tokens.has_expired(now);
        if !self.0.can_renew(&tokens) {
            return if still_good { Ok(Credential::Bearer(tokens.access)) } else { Err(no_refresh_token()) };
        }
        match self.renew(tokens.access.clone(), Cause::Age).await {
            Ok(renewed) => Ok(Credential::Bearer(renewed.access)),
            // Trouble at the sign-in server is no trouble while the token lasts.
            Err(failure) if still_good && failure.kind != FailureKind::Auth => {
                tracing::warn!(
                    connection.id = %self.0.connection, cause = failure.kind.word(),
                    "a token could not be renewed early; it still lasts a while"
                );
                Ok(Credential::Bearer(tokens.access))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn refused(&self, used: &Credential) -> Result<Credential, Failure> {
        let tokens = self.0.load().await?;
        let Credential::Bearer(used) = used else { return self.credential().await };
        if tokens.access != *used {
            return self.credential().await;
        }
        if !self.0.can_renew(&tokens) {
            return Err(no_refresh_token());
        }
        self.renew(tokens.access, Cause::Refused).await.map(|renewed| Credential::Bearer(renewed.access))
    }

    fn shape(&self) -> Credential {
        Credential::Bearer(Secret::new(redact::MASK))
    }
}

impl Inner {
    /// What is stored, unless it is known to be dead.
    async fn load(&self) -> Result<TokenSet, Failure> {
        match TokenSet::load(&self.vault, &self.connection).await? {
            Some(tokens) if tokens.ended => Err(ended()),
            Some(tokens) => Ok(tokens),
            None => {
                let words = "This connection has not been signed in. Reconnect the account.";
                Err(Failure::new(FailureKind::Auth, words).code("not_signed_in"))
            }
        }
    }

    fn can_renew(&self, tokens: &TokenSet) -> bool {
        tokens.refresh.is_some() || !self.is_bound_to_a_grant()
    }

    /// What a person granted once can end for good. An app that asks for itself may be let in again at any time.
    fn is_bound_to_a_grant(&self) -> bool {
        matches!(self.renewal, Renewal::RefreshToken)
    }

    async fn renew(&self, used: &Secret, cause: Cause) -> Result<TokenSet, Failure> {
        let _lease = self.vault.lease(&format!("renew {}", self.connection)).await?;
        let stored = self.load().await?;
        if stored.access != *used {
            return Ok(stored); // somebody renewed it while this one waited in line
        }
        let unsaved = self.recent().unsaved(&stored);
        if let Some(tokens) = unsaved {
            return self.keep(stored.access, tokens).await;
        }
        let now = self.clock.now();
        if let Some(failure) = self.recent().setback(now) {
            return Err(failure);
        }
        if cause == Cause::Refused && !self.recent().may_force(now) {
            let words = "The vendor keeps refusing tokens it has just given out. Check that the app is still allowed there, then reconnect.";
            return Err(Failure::new(FailureKind::Auth, words).code("refused_when_fresh"));
        }
        match self.ask(&stored).await {
            Ok((answer, sent)) => {
                let tokens = stored.renewed(answer, sent.as_ref());
                self.warn_about_scopes(&stored, &tokens);
                self.keep(stored.access, tokens).await
            }
            Err(failure) if is_final(&failure) && self.is_bound_to_a_grant() => {
                TokenSet { ended: true, ..stored }.keep(&self.vault, &self.connection).await?;
                Err(failure)
            }
            Err(failure) => {
                self.recent().failed(self.clock.now(), &failure);
                Err(failure)
            }
        }
    }

    /// Asks with the newest refresh token, again if the answer was lost, and with the one before if the newest is unknown: the
    /// vendor may have put a token in place that never arrived here. Gives back the refresh token that worked, if one was sent.
    async fn ask(&self, stored: &TokenSet) -> Result<(TokenAnswer, Option<Secret>), Failure> {
        let again = || self.endpoint.again(&self.renewal, stored.server_ahead);
        if let Some(answer) = again().await {
            let answer = match answer {
                Err(failure) if is_lost(&failure) => again().await.unwrap_or(Err(failure)),
                answer => answer,
            };
            return answer.map(|answer| (answer, None));
        }
        let newest = stored.refresh.as_ref().ok_or_else(no_refresh_token)?;
        let mut result = self.endpoint.refresh(newest).await;
        if matches!(&result, Err(failure) if is_lost(failure)) {
            result = self.endpoint.refresh(newest).await;
        }
        match (result, &stored.previous_refresh) {
            (Ok(answer), _) => Ok((answer, Some(newest.clone()))),
            (Err(refused), Some(previous)) if is_final(&refused) => {
                match self.endpoint.refresh(previous).await {
                    Ok(answer) => Ok((answer, Some(previous.clone()))),
                    Err(failure) if failure.kind == FailureKind::Auth => Err(refused),
                    Err(unsure) => Err(unsure),
                }
            }
            (Err(failure), _) => Err(failure),
        }
    }

    /// Writes first, hands out second. What the disk refuses is held until it takes it.
    async fn keep(&self, replaced: Secret, tokens: TokenSet) -> Result<TokenSet, Failure> {
        if let Err(error) = tokens.keep(&self.vault, &self.connection).await {
            self.recent().could_not_keep(replaced, tokens);
            return Err(error.into());
        }
        self.recent().succeeded();
        tracing::info!(connection.id = %self.connection, "access was renewed");
        Ok(tokens)
    }

    fn warn_about_scopes(&self, before: &TokenSet, after: &TokenSet) {
        if after.lost_scopes != before.lost_scopes {
            tracing::warn!(
                connection.id = %self.connection, lost = after.lost_scopes.join(" "),
                "the vendor renewed access with fewer rights than before"
            );
        }
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for OAuthAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OAuthAccess").field("connection", &self.0.connection).finish_non_exhaustive()
    }
}

fn ended() -> Failure {
    let words = "The vendor no longer accepts this sign-in. Reconnect the account.";
    Failure::new(FailureKind::Auth, words).code(INVALID_GRANT)
}
