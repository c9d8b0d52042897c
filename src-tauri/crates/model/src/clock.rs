//! Time as a value that is passed in, so that tests and simulations own it.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

/// Tells the time. Nothing below the composition root reads the system clock by itself.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl ManualClock {
    /// A clock standing at `start`.
    pub fn new(start: Timestamp) -> Self {
        Self(Mutex::new(start))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().expect("BUG: the clock's lock is never held across a panic");
        *now += by;
    }

    /// Moves the clock to `at`, also backwards: computers' clocks do that too.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().expect("BUG: the clock's lock is never held across a panic") = at;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("BUG: the clock's lock is never held across a panic")
    }
}
