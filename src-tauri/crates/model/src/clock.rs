//! Time as a value that is passed in, so that tests and simulations own it.

use std::sync::Mutex;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// Tells the time. Nothing below the composition root reads the system clock by itself.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// A clock that nobody sets: only the time between two readings of one process means anything. For waits whose shortening
    /// would do harm, since the other clock may jump.
    fn steady(&self) -> Instant;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn steady(&self) -> Instant {
        Instant::now()
    }
}

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct ManualClock(Mutex<Hands>);

#[derive(Debug)]
struct Hands {
    now: Timestamp,
    steady: Instant,
}

impl ManualClock {
    /// A clock standing at `start`.
    pub fn new(start: Timestamp) -> Self {
        Self(Mutex::new(Hands { now: start, steady: Instant::now() }))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: SignedDuration) {
        self.move_to(|now| now + by);
    }

    /// Moves the clock to `at`, also backwards: computers' clocks do that too. Forwards counts as time that has passed.
    pub fn set(&self, at: Timestamp) {
        self.move_to(|_| at);
    }

    fn move_to(&self, to: impl FnOnce(Timestamp) -> Timestamp) {
        let mut hands = self.hands();
        let at = to(hands.now);
        if let Ok(passed) = at.duration_since(hands.now).try_into() {
            hands.steady += passed;
        }
        hands.now = at;
    }

    fn hands(&self) -> std::sync::MutexGuard<'_, Hands> {
        self.0.lock().expect("BUG: the clock's lock is never held across a panic")
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.hands().now
    }

    fn steady(&self) -> Instant {
        self.hands().steady
    }
}
