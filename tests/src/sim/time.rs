//! Time in a simulation: the true one, by which the world goes, and the computer's, which may be wrong.
//!
//! Within a life of the process the runtime's paused clock moves on; between lives, and while the computer sleeps, the true
//! time is moved by hand.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use leadferry_model::{Clock, Timestamp};
use tokio::time::Instant;

/// When every simulation begins: a Monday.
const START: &str = "2026-03-02T09:00:00Z";

/// The time.
pub struct Time(Mutex<Inside>);

struct Inside {
    start: Timestamp,
    /// True time that has passed, apart from the present life's own clock.
    passed: SignedDuration,
    /// The runtime's clock at the beginning of the present life.
    life: Option<Instant>,
    /// How far the computer's clock is ahead of the truth.
    skew: SignedDuration,
    /// The truth, for something that happens late but belongs to this moment.
    held: Option<SignedDuration>,
}

impl Time {
    /// The beginning.
    pub fn new() -> Arc<Self> {
        let start = START.parse().expect("BUG: a constant");
        let none = SignedDuration::ZERO;
        Arc::new(Self(Mutex::new(Inside { start, passed: none, life: None, skew: none, held: None })))
    }

    /// The clock of the world.
    pub fn truth(self: &Arc<Self>) -> Arc<dyn Clock> {
        Arc::new(Truth(Arc::clone(self)))
    }

    /// The clock of the computer.
    pub fn computer(self: &Arc<Self>) -> Arc<dyn Clock> {
        Arc::new(Computer(Arc::clone(self)))
    }

    /// True time since the beginning.
    pub fn passed(&self) -> SignedDuration {
        self.inside().now()
    }

    /// A life of the process begins. Must be called within its runtime.
    pub fn begin_life(&self) {
        self.inside().life = Some(Instant::now());
    }

    /// The life is over; time stands until it is moved.
    pub fn end_life(&self) {
        let mut inside = self.inside();
        inside.passed = inside.now();
        inside.life = None;
    }

    /// True time passes that no process sees: the computer sleeps or nothing runs.
    pub fn pass(&self, time: SignedDuration) {
        self.inside().passed += time;
    }

    /// Sets how far the computer's clock is ahead.
    pub fn set_skew(&self, skew: SignedDuration) {
        self.inside().skew = skew;
    }

    /// How far the computer's clock is ahead.
    pub fn skew(&self) -> SignedDuration {
        self.inside().skew
    }

    /// Holds the truth at a moment that has passed, until released.
    pub fn hold(&self, at: SignedDuration) {
        self.inside().held = Some(at);
    }

    /// Lets the truth go on.
    pub fn release(&self) {
        self.inside().held = None;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn now(&self) -> SignedDuration {
        let life = self.life.map_or(Duration::ZERO, |began| began.elapsed());
        self.passed + SignedDuration::try_from(life).unwrap_or(SignedDuration::ZERO)
    }
}

struct Truth(Arc<Time>);

impl Clock for Truth {
    fn now(&self) -> Timestamp {
        let inside = self.0.inside();
        inside.start + inside.held.unwrap_or_else(|| inside.now())
    }

    fn steady(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}

struct Computer(Arc<Time>);

impl Clock for Computer {
    fn now(&self) -> Timestamp {
        let inside = self.0.inside();
        inside.start + inside.now() + inside.skew
    }

    /// Moves only while the computer is awake, as most systems' do.
    fn steady(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}
