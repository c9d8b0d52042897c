//! What happened, line by line: a hash of it proves that two runs of a seed are the same, the lines tell the story of one.

use std::hash::{DefaultHasher, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;

/// More than any story has to tell: one that goes on beyond is going round in circles.
const LONGEST: u64 = 100_000;

/// The trace of one seed.
pub struct Trace(Mutex<Inside>);

struct Inside {
    hasher: DefaultHasher,
    lines: Option<Vec<String>>,
    events: u64,
}

impl Trace {
    /// An empty one; `told` keeps the lines.
    pub fn new(told: bool) -> Self {
        let lines = told.then(Vec::new);
        Self(Mutex::new(Inside { hasher: DefaultHasher::new(), lines, events: 0 }))
    }

    /// Something happened at `at`.
    pub fn note(&self, at: SignedDuration, what: &str) {
        let mut inside = self.inside();
        inside.events += 1;
        assert!(inside.events < LONGEST, "the story goes round in circles at {}: {what}", clock(at));
        inside.hasher.write_i64(i64::try_from(at.as_millis()).unwrap_or_default());
        inside.hasher.write(what.as_bytes());
        if let Some(lines) = &mut inside.lines {
            lines.push(format!("{} {what}", clock(at)));
        }
    }

    /// The hash of everything so far.
    pub fn hash(&self) -> u64 {
        self.inside().hasher.finish()
    }

    /// How much happened so far.
    pub fn events(&self) -> u64 {
        self.inside().events
    }

    /// The lines, where they were kept.
    pub fn lines(&self) -> Vec<String> {
        self.inside().lines.clone().unwrap_or_default()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `1d 02:03:04.567`.
pub fn clock(at: SignedDuration) -> String {
    let millis = at.as_millis();
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let (days, hours) = (hours / 24, hours % 24);
    format!("{days}d {hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}
