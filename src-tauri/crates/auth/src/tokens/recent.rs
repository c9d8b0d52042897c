//! What went wrong lately with one connection's renewals, so that trouble does not turn into a storm of calls.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use leadferry_model::{Failure, FailureKind, Secret};

use super::TokenSet;

/// How long nobody asks again after the vendor could not answer. Everything that waited in line gets the same failure at once.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);
/// A vendor that refuses tokens it has just given out has another reason than age.
const MOST_FORCED: usize = 3;
const FORCED_WITHIN: SignedDuration = SignedDuration::from_secs(60);

#[derive(Default)]
pub(super) struct Recent {
    setback: Option<(Timestamp, Failure)>,
    forced: VecDeque<Timestamp>,
    /// New tokens the disk did not take, and the access token they replace.
    unsaved: Option<(Secret, TokenSet)>,
}

impl Recent {
    /// The last failure, while it is too early to ask again. A clock set back does not make it last longer.
    pub(super) fn setback(&self, now: Timestamp) -> Option<Failure> {
        let (at, failure) = self.setback.as_ref()?;
        let age = now.duration_since(*at);
        let pause = match failure.kind {
            FailureKind::RateLimited { after_seconds: Some(seconds) } => {
                SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)).max(PAUSE)
            }
            _ => PAUSE,
        };
        (age >= SignedDuration::ZERO && age < pause).then(|| failure.clone())
    }

    pub(super) fn failed(&mut self, now: Timestamp, failure: &Failure) {
        self.setback = Some((now, failure.clone()));
    }

    pub(super) fn succeeded(&mut self) {
        self.setback = None;
    }

    /// Whether one more renewal for a refused token makes sense.
    pub(super) fn may_force(&mut self, now: Timestamp) -> bool {
        self.forced.retain(|at| now.duration_since(*at).abs() < FORCED_WITHIN);
        if self.forced.len() >= MOST_FORCED {
            return false;
        }
        self.forced.push_back(now);
        true
    }

    pub(super) fn could_not_keep(&mut self, replaced: Secret, tokens: TokenSet) {
        self.unsaved = Some((replaced, tokens));
    }

    /// Tokens that still have to reach the disk, if `stored` is what they replace.
    pub(super) fn unsaved(&mut self, stored: &TokenSet) -> Option<TokenSet> {
        let (_, tokens) = self.unsaved.take_if(|(replaced, _)| *replaced == stored.access)?;
        Some(tokens)
    }
}
