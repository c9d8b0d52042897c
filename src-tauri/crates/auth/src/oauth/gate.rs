//! Judges what comes back, whichever way it came: the listener, the app's own scheme, or pasted by the person.
//!
//! The order is part of the protection: the state first, in constant time; then a refusal; then the issuer; then the host; then the code. An
//! answer with the right state counts once. Everything in it is untrusted text.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use leadferry_connector::SignInAt;
use leadferry_model::Secret;
use subtle::ConstantTimeEq;
use tokio::sync::mpsc;
use url::{Origin, Url, form_urlencoded};

use super::FlowError;

const LONGEST_QUERY: usize = 8 * 1024;
const MOST_BAD_STATES: u8 = 5;
const LONGEST_DESCRIPTION: usize = 300;

/// What the flow waits for.
pub(super) type Answer = Result<Agreed, FlowError>;

/// The vendor's consent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Agreed {
    /// To be exchanged for tokens.
    pub(super) code: Secret,
    /// On which of its hosts, where the vendor told one that may be believed.
    pub(super) host: Option<Url>,
}

/// What one answer is worth.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Not an answer at all: a key twice, too long.
    Malformed,
    /// It belongs to another flow, or to nobody.
    BadState,
    /// The right state a second time: browsers and security tools fetch ahead.
    AlreadyUsed,
    /// The vendor agreed.
    Agreed(Agreed),
    /// The vendor or the person did not.
    Refused(FlowError),
}

/// Guards one flow.
#[derive(Debug)]
pub(super) struct Gate {
    state: Secret,
    issuer: Origin,
    told: SignInAt,
    redirect_uri: String,
    used: AtomicBool,
    bad_states: AtomicU8,
    inbox: mpsc::UnboundedSender<Answer>,
}

impl Gate {
    pub(super) fn new(
        state: Secret,
        authorize: &Url,
        told: SignInAt,
        redirect_uri: String,
        inbox: mpsc::UnboundedSender<Answer>,
    ) -> Self {
        let (used, bad_states) = (AtomicBool::new(false), AtomicU8::new(0));
        Self { state, issuer: authorize.origin(), told, redirect_uri, used, bad_states, inbox }
    }

    /// Judges the query of an answer. Counts wrong states: guessing ends the flow.
    pub(super) fn judge(&self, query: &str) -> Verdict {
        let verdict = self.weigh(query);
        if verdict == Verdict::BadState
            && self.bad_states.fetch_add(1, Ordering::SeqCst).saturating_add(1) >= MOST_BAD_STATES
        {
            self.used.store(true, Ordering::SeqCst);
            self.pass_on(Err(FlowError::Guessing));
        }
        verdict
    }

    /// The same without counting, for an address that came through a person or the app's scheme.
    pub(super) fn weigh(&self, query: &str) -> Verdict {
        let Some(fields) = fields(query) else { return Verdict::Malformed };
        let state = fields.get("state").map(String::as_str).unwrap_or_default();
        if !bool::from(state.as_bytes().ct_eq(self.state.expose().as_bytes())) {
            return Verdict::BadState;
        }
        if self.used.swap(true, Ordering::SeqCst) {
            return Verdict::AlreadyUsed;
        }
        if let Some(error) = fields.get("error") {
            let description = fields.get("error_description").map(|text| shown(text)).unwrap_or_default();
            return Verdict::Refused(FlowError::refused(&shown(error), description));
        }
        // RFC 9207. Unverified: vendors' issuers are only known to share the origin of the authorize address; none of the
        // present ones is known to send `iss`.
        if let Some(issuer) = fields.get("iss")
            && Url::parse(issuer).map(|url| url.origin()) != Ok(self.issuer.clone())
        {
            return Verdict::Refused(FlowError::WrongIssuer);
        }
        // Anybody can write a host into an address: only the vendor's own get the code.
        let told = self.told.parameter().and_then(|name| fields.get(name)).map(|text| self.told.admit(text));
        if told == Some(None) {
            return Verdict::Refused(FlowError::UnknownHost);
        }
        match fields.get("code") {
            Some(code) if !code.is_empty() => {
                Verdict::Agreed(Agreed { code: Secret::new(code), host: told.flatten() })
            }
            _ => Verdict::Refused(FlowError::NoCode),
        }
    }

    /// The query of `address`, if it is this flow's redirect address to the letter.
    pub(super) fn query_of<'a>(&self, address: &'a str) -> Option<&'a str> {
        let rest = address.strip_prefix(self.redirect_uri.as_str())?.strip_prefix('?')?;
        let query = rest.split('#').next().unwrap_or_default();
        (!address.chars().any(|c| c.is_control() || c.is_whitespace())).then_some(query)
    }

    /// Hands an answer to the flow. Nobody listening any more is no error: the flow ended meanwhile.
    pub(super) fn pass_on(&self, answer: Answer) {
        if self.inbox.send(answer).is_err() {
            tracing::debug!("an answer came after its sign-in had ended");
        }
    }
}

/// The fields of a query, each at most once.
fn fields(query: &str) -> Option<HashMap<String, String>> {
    if query.len() > LONGEST_QUERY {
        return None;
    }
    let mut fields = HashMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if fields.insert(name.into_owned(), value.into_owned()).is_some() {
            return None;
        }
    }
    Some(fields)
}

/// Foreign text as it may be shown: one line, no control characters, not endless. Shown as text, never as markup.
pub(crate) fn shown(text: &str) -> String {
    let line: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_DESCRIPTION).collect();
    line.trim().to_owned()
}
