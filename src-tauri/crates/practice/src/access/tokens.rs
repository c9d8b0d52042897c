//! Grants and the tokens that stand for them.

use jiff::{SignedDuration, Timestamp};
use leadferry_model::Secret;
use rand::rngs::StdRng;

use super::{Access, Code};
use crate::random;

/// What a user allowed an app, or what a token made by hand may do.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// The app; a token made by hand has its own name here.
    pub(crate) client_id: String,
    /// The user who allowed it.
    pub(crate) user: u64,
    /// What is allowed.
    pub(crate) scopes: Vec<String>,
    /// Whether it was made by hand on the vendor's settings page.
    pub(crate) by_hand: bool,
    /// Whether it was taken back.
    pub(crate) revoked: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    grant: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Access {
        expires_at: Timestamp,
    },
    Refresh {
        ends_at: Option<Timestamp>,
    },
    /// A refresh token that was rotated away.
    Spent,
    ByHand,
}

/// What a token is worth now.
#[derive(Clone, Debug)]
pub(crate) enum TokenState {
    /// It stands for this grant.
    Good(Grant),
    /// It ended this long ago.
    Expired(SignedDuration),
    /// It is unknown, or its grant was taken back.
    Refused,
}

/// Tokens handed out.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    /// The access token.
    pub(crate) access: Secret,
    /// The refresh token.
    pub(crate) refresh: Secret,
    /// What they stand for.
    pub(crate) grant: Grant,
    /// Life of the access token.
    pub(crate) life: SignedDuration,
}

/// Why no tokens were handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum GrantRefusal {
    /// No such app, or not its secret.
    #[error("the client id or secret is not known")]
    Client,
    /// The code is unknown, used, or too old.
    #[error("the authorization code is not known or too old")]
    Code,
    /// Not the redirect address of the question.
    #[error("the redirect address is not the one the code was asked with")]
    Redirect,
    /// The PKCE verifier is missing or another one.
    #[error("the code verifier does not fit")]
    Verifier,
    /// The refresh token is unknown or was taken back.
    #[error("the refresh token is not known or was revoked")]
    Refresh,
}

impl Access {
    /// A token made by hand for `user`.
    pub(crate) fn make_by_hand(
        &mut self,
        name: &str,
        user: u64,
        scopes: Vec<String>,
        random: &mut StdRng,
    ) -> Secret {
        let text = format!("{}{}", self.rules.private_prefix, random::uuid(random));
        let grant = self.grant(name, user, scopes, true);
        self.tokens.insert(text.clone(), Token { grant, kind: Kind::ByHand });
        Secret::new(text)
    }

    /// Checks the app's id and secret.
    pub(crate) fn check_app(&self, client_id: &str, secret: &str) -> Result<(), GrantRefusal> {
        let known = self.app(client_id).is_some_and(|app| app.client_secret.expose() == secret);
        if known { Ok(()) } else { Err(GrantRefusal::Client) }
    }

    /// Tokens for a code. The code is used up by the try, whether it succeeds or not.
    pub(crate) fn exchange(
        &mut self,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&str>,
        now: Timestamp,
        random: &mut StdRng,
    ) -> Result<Issued, GrantRefusal> {
        let Code { request, user, expires_at } = self.codes.remove(code).ok_or(GrantRefusal::Code)?;
        if expires_at <= now {
            return Err(GrantRefusal::Code);
        }
        if request.redirect_uri != redirect_uri {
            return Err(GrantRefusal::Redirect);
        }
        if let Some(challenge) = &request.challenge
            && !verifier.is_some_and(|verifier| challenge.fits(verifier))
        {
            return Err(GrantRefusal::Verifier);
        }
        let grant = self.grant(&request.client_id, user, request.scopes, false);
        Ok(self.issue(grant, None, now, random))
    }

    /// Whether `code` was handed to this app; a code that is not known was handed to nobody.
    pub(crate) fn code_is_for(&self, code: &str, client_id: &str) -> bool {
        self.codes.get(code).is_some_and(|code| code.request.client_id == client_id)
    }

    /// Tokens for an app that signs in as a user without a consent page.
    pub(crate) fn issue_to(
        &mut self,
        client_id: &str,
        user: u64,
        scopes: Vec<String>,
        now: Timestamp,
        random: &mut StdRng,
    ) -> Issued {
        let grant = self.grant(client_id, user, scopes, false);
        self.issue(grant, None, now, random)
    }

    /// New tokens for a refresh token.
    pub(crate) fn refresh(
        &mut self,
        refresh_token: &str,
        client_id: &str,
        now: Timestamp,
        random: &mut StdRng,
    ) -> Result<Issued, GrantRefusal> {
        let Token { grant, kind } = self.tokens.get(refresh_token).cloned().ok_or(GrantRefusal::Refresh)?;
        if kind == Kind::Spent && self.rules.spent_ends_grant {
            self.grants[grant].revoked = true;
        }
        let lives = matches!(kind, Kind::Refresh { ends_at } if ends_at.is_none_or(|end| now < end));
        if !lives {
            return Err(GrantRefusal::Refresh);
        }
        if self.grants[grant].revoked || self.grants[grant].client_id != client_id {
            return Err(GrantRefusal::Refresh);
        }
        let kept = if self.rotate_refresh_tokens {
            self.tokens.insert(refresh_token.to_owned(), Token { grant, kind: Kind::Spent });
            None
        } else {
            Some(refresh_token.to_owned())
        };
        Ok(self.issue(grant, kept, now, random))
    }

    /// What `token` is worth at `now`, as an access token.
    pub(crate) fn state(&self, token: &str, now: Timestamp) -> TokenState {
        let Some(found) = self.tokens.get(token) else { return TokenState::Refused };
        let grant = &self.grants[found.grant];
        match found.kind {
            _ if grant.revoked => TokenState::Refused,
            Kind::Refresh { .. } | Kind::Spent => TokenState::Refused,
            Kind::Access { expires_at } if expires_at <= now => {
                TokenState::Expired(now.duration_since(expires_at))
            }
            Kind::Access { .. } | Kind::ByHand => TokenState::Good(grant.clone()),
        }
    }

    /// The grant behind any token, and when the token ends.
    pub(crate) fn grant_of(&self, token: &str) -> Option<(&Grant, Option<Timestamp>)> {
        let found = self.tokens.get(token)?;
        let expires_at = match found.kind {
            Kind::Access { expires_at } => Some(expires_at),
            Kind::Refresh { .. } | Kind::Spent | Kind::ByHand => None,
        };
        Some((&self.grants[found.grant], expires_at))
    }

    /// Ends an access token now. Tokens made by hand never expire.
    pub(crate) fn expire(&mut self, token: &str, now: Timestamp) {
        if let Some(Token { kind: Kind::Access { expires_at }, .. }) = self.tokens.get_mut(token) {
            *expires_at = (*expires_at).min(now);
        }
    }

    /// Lets a good access token live its full life from now, for vendors whose sessions slide.
    pub(crate) fn prolong(&mut self, token: &str, now: Timestamp) {
        let life = self.rules.access_life;
        if let Some(Token { kind: Kind::Access { expires_at }, .. }) = self.tokens.get_mut(token)
            && *expires_at > now
        {
            *expires_at = now + life;
        }
    }

    /// Ends every access token now.
    pub(crate) fn expire_all(&mut self, now: Timestamp) {
        for token in self.tokens.values_mut() {
            if let Kind::Access { expires_at } = &mut token.kind {
                *expires_at = (*expires_at).min(now);
            }
        }
    }

    /// Takes back the grant behind any of its tokens, as a user who removes the app does.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        let Some(grant) = self.tokens.get(token).map(|token| token.grant) else { return false };
        self.grants[grant].revoked = true;
        true
    }

    /// Takes back every grant made on a consent page.
    pub(crate) fn revoke_all(&mut self) {
        for grant in self.grants.iter_mut().filter(|grant| !grant.by_hand) {
            grant.revoked = true;
        }
    }

    /// Whether a user allowed an app something that was not taken back.
    pub(crate) fn has_grant(&self, client_id: &str, user: u64) -> bool {
        self.grants.iter().any(|grant| {
            !grant.by_hand && !grant.revoked && grant.user == user && grant.client_id == client_id
        })
    }

    /// Takes back the oldest grants of a user to an app beyond the `most` newest, for vendors that keep so many.
    pub(crate) fn keep_newest_grants(&mut self, client_id: &str, user: u64, most: usize) {
        let of = |grant: &&mut Grant| {
            !grant.by_hand && !grant.revoked && grant.user == user && grant.client_id == client_id
        };
        for grant in self.grants.iter_mut().rev().filter(of).skip(most) {
            grant.revoked = true;
        }
    }

    /// Ends the oldest live access tokens beside `refresh_token` beyond the `most` newest.
    pub(crate) fn keep_newest_access(&mut self, refresh_token: &str, most: usize, now: Timestamp) {
        let Some(grant) = self.tokens.get(refresh_token).map(|token| token.grant) else { return };
        let mut live: Vec<(&String, &mut Timestamp)> = self
            .tokens
            .iter_mut()
            .filter(|(_, token)| token.grant == grant)
            .filter_map(|(text, token)| match &mut token.kind {
                Kind::Access { expires_at } if *expires_at > now => Some((text, expires_at)),
                _ => None,
            })
            .collect();
        // By text where two were made at one moment, so that two runs end the same one.
        live.sort_by_key(|(text, ends)| (std::cmp::Reverse(**ends), *text));
        for (_, ends) in live.into_iter().skip(most) {
            *ends = now;
        }
    }

    /// A refresh token that was handed out before this account was opened.
    pub(crate) fn take_up(&mut self, client_id: &str, refresh: &Secret, scopes: Vec<String>) {
        let Some(admin) = self.users.iter().find(|user| user.may_write).map(|user| user.id) else { return };
        let grant = self.grant(client_id, admin, scopes, false);
        let kind = Kind::Refresh { ends_at: None };
        self.tokens.insert(refresh.expose().to_owned(), Token { grant, kind });
    }

    fn grant(&mut self, client_id: &str, user: u64, scopes: Vec<String>, by_hand: bool) -> usize {
        let number = self.grants.len();
        self.grants.push(Grant { client_id: client_id.to_owned(), user, scopes, by_hand, revoked: false });
        number
    }

    fn issue(
        &mut self,
        grant: usize,
        refresh: Option<String>,
        now: Timestamp,
        random: &mut StdRng,
    ) -> Issued {
        let life = self.rules.access_life;
        // Vendors' access tokens run to 300 letters and more; a client that caps its column must notice here.
        let access = random::hex(random, 320);
        let refresh = refresh.unwrap_or_else(|| format!("{}{}", self.rules.prefix, random::uuid(random)));
        self.tokens.insert(access.clone(), Token { grant, kind: Kind::Access { expires_at: now + life } });
        let ends_at = self.refresh_idle_life.map(|life| now + life);
        self.tokens.insert(refresh.clone(), Token { grant, kind: Kind::Refresh { ends_at } });
        let grant = self.grants[grant].clone();
        Issued { access: Secret::new(access), refresh: Secret::new(refresh), grant, life }
    }
}
