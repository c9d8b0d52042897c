//! Who may do what: users, apps, grants and their tokens. OAuth 2.0 as all vendors share it; a dialect words the
//! refusals and says how its tokens look.
//!
//! Tokens are kept in clear in memory, and never written to a log or a shown URL.

mod pkce;
mod tokens;

pub(crate) use pkce::{Challenge, Method};
pub(crate) use tokens::{Grant, GrantRefusal, Issued, TokenState};

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use leadferry_model::Secret;
use rand::rngs::StdRng;

use crate::random;

/// How a vendor's tokens look and how long they live.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenRules {
    /// Life of an access token.
    pub(crate) access_life: SignedDuration,
    /// Life of an authorization code.
    pub(crate) code_life: SignedDuration,
    /// What codes and refresh tokens begin with.
    pub(crate) prefix: &'static str,
    /// What tokens made by hand begin with.
    pub(crate) private_prefix: &'static str,
    /// Whether a refresh token that was rotated away and comes again ends its grant (RFC 9700 §4.14.2).
    pub(crate) spent_ends_grant: bool,
}

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub(crate) struct User {
    /// The vendor's number.
    pub(crate) id: u64,
    /// Sign-in name.
    pub(crate) email: String,
    /// Shown name.
    pub(crate) name: String,
    /// Whether the user may change anything.
    pub(crate) may_write: bool,
}

/// A registered app.
#[derive(Clone, Debug)]
pub(crate) struct App {
    /// Its public id.
    pub(crate) client_id: String,
    /// Its secret.
    pub(crate) client_secret: Secret,
}

/// A question on the consent page, waiting for *Allow* or *Deny*.
#[derive(Clone, Debug)]
pub(crate) struct ConsentRequest {
    /// The app that asks.
    pub(crate) client_id: String,
    /// Where the answer goes.
    pub(crate) redirect_uri: String,
    /// Given back unchanged.
    pub(crate) state: Option<String>,
    /// What it asks for.
    pub(crate) scopes: Vec<String>,
    /// Its PKCE challenge, if it sent one.
    pub(crate) challenge: Option<Challenge>,
}

#[derive(Debug)]
struct Code {
    request: ConsentRequest,
    user: u64,
    expires_at: Timestamp,
}

/// Users, apps and tokens of an account.
#[derive(Debug)]
pub(crate) struct Access {
    rules: TokenRules,
    /// People who can sign in.
    pub(crate) users: Vec<User>,
    /// Registered apps.
    pub(crate) apps: Vec<App>,
    /// Whether each refresh answers with a new refresh token and ends the old one.
    pub(crate) rotate_refresh_tokens: bool,
    /// How long a refresh token lives that is not used; for ever without it.
    pub(crate) refresh_idle_life: Option<SignedDuration>,
    questions: HashMap<String, ConsentRequest>,
    codes: HashMap<String, Code>,
    grants: Vec<Grant>,
    tokens: HashMap<String, tokens::Token>,
}

impl Access {
    /// Nobody yet.
    pub(crate) fn new(rules: TokenRules) -> Self {
        Self {
            rules,
            users: Vec::new(),
            apps: Vec::new(),
            rotate_refresh_tokens: false,
            refresh_idle_life: None,
            questions: HashMap::new(),
            codes: HashMap::new(),
            grants: Vec::new(),
            tokens: HashMap::new(),
        }
    }

    /// The user with this number.
    pub(crate) fn user(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The app with this id.
    pub(crate) fn app(&self, client_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// Puts a question on the consent page; the answer names it, once.
    pub(crate) fn ask(&mut self, request: ConsentRequest, random: &mut StdRng) -> String {
        let name = random::hex(random, 32);
        self.questions.insert(name.clone(), request);
        name
    }

    /// Takes the question away that the consent page's answer names.
    pub(crate) fn answered(&mut self, name: &str) -> Option<ConsentRequest> {
        self.questions.remove(name)
    }

    /// An authorization code for what `user` allowed.
    pub(crate) fn allow(
        &mut self,
        request: ConsentRequest,
        user: u64,
        now: Timestamp,
        random: &mut StdRng,
    ) -> String {
        let code = format!("{}{}", self.rules.prefix, random::uuid(random));
        let expires_at = now + self.rules.code_life;
        self.codes.insert(code.clone(), Code { request, user, expires_at });
        code
    }
}
