//! What outlives a process: time, the trace, what was captured and answered, what changed in the ledger, and when the present
//! process is to die.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use jiff::SignedDuration;
use leadferry_model::ConnectionId;
use leadferry_store::{Seen, Turns};
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::checks::Broken;
use super::plan::Stage;
use super::time::Time;
use super::trace::Trace;

/// A write as it arrived at a destination.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Where.
    pub destination: ConnectionId,
    /// Our id of the person.
    pub lead: String,
    /// What was written.
    pub values: BTreeMap<String, String>,
    /// How many ledger changes had been seen by then.
    pub seen: usize,
}

/// Everything that outlives a process.
pub struct World {
    /// The time.
    pub time: Arc<Time>,
    /// What happened.
    pub trace: Trace,
    /// How often each kind of fault struck.
    pub faults: Mutex<BTreeMap<&'static str, u64>>,
    /// Weak: its disk holds the world.
    turns: OnceLock<Weak<Turns>>,
    seen: Mutex<Vec<Seen>>,
    /// Moments at which calls may bunch: a process began, the clock jumped, something arrived late.
    unruly: Mutex<Vec<SignedDuration>>,
    arrived: Mutex<Vec<Arrived>>,
    glimpsed: Mutex<Vec<Broken>>,
    dead: AtomicBool,
    death: Notify,
    kill: Mutex<Option<(Stage, u32)>>,
    /// The computer slept: whoever waits for the network then waits in vain. Wakes in the order of waiting; a `watch` would
    /// wake by chance, and no seed would be the same twice.
    asleep: Notify,
    kills: AtomicU64,
}

impl World {
    /// A world at its beginning.
    pub fn new(told: bool) -> Arc<Self> {
        Arc::new(Self {
            time: Time::new(),
            trace: Trace::new(told),
            faults: Mutex::default(),
            turns: OnceLock::new(),
            seen: Mutex::default(),
            unruly: Mutex::default(),
            arrived: Mutex::default(),
            glimpsed: Mutex::default(),
            dead: AtomicBool::new(false),
            death: Notify::new(),
            kill: Mutex::default(),
            asleep: Notify::new(),
            kills: AtomicU64::new(0),
        })
    }

    /// The ledger whose changes are looked at.
    pub fn watch(&self, turns: &Arc<Turns>) {
        self.turns.set(Arc::downgrade(turns)).ok();
    }

    /// Something happened.
    pub fn note(&self, what: impl AsRef<str>) {
        self.trace.note(self.time.passed(), what.as_ref());
    }

    /// A fault goes on that struck before: it is counted, and no event of its own.
    pub fn count(&self, fault: &'static str) {
        *lock(&self.faults).entry(fault).or_default() += 1;
    }

    /// A fault struck.
    pub fn struck(&self, fault: &'static str) {
        self.count(fault);
        self.note(format!("! {fault}"));
    }

    /// Takes over what changed in the ledger.
    pub fn look(&self) {
        let Some(turns) = self.turns.get().and_then(Weak::upgrade) else { return };
        let new = turns.seen().expect("the ledger's own notes can be read");
        let mut all = lock(&self.seen);
        for seen in new {
            self.trace.note(self.time.passed(), &told(&seen));
            all.push(seen);
        }
    }

    /// Every change of the ledger so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.look();
        lock(&self.seen).clone()
    }

    /// From now on and for a window calls may bunch through nobody's fault.
    pub fn unruly(&self) {
        lock(&self.unruly).push(self.time.passed());
    }

    /// When calls could bunch through nobody's fault.
    pub fn unruly_moments(&self) -> Vec<SignedDuration> {
        lock(&self.unruly).clone()
    }

    /// A write arrived at a destination.
    pub fn arrived(&self, destination: &ConnectionId, lead: String, values: BTreeMap<String, String>) {
        self.look();
        let seen = lock(&self.seen).len();
        lock(&self.arrived).push(Arrived { destination: destination.clone(), lead, values, seen });
    }

    /// Every write that arrived.
    pub fn arrivals(&self) -> Vec<Arrived> {
        lock(&self.arrived).clone()
    }

    /// A promise was seen broken while the story went on.
    pub fn glimpse(&self, broken: impl IntoIterator<Item = Broken>) {
        lock(&self.glimpsed).extend(broken);
    }

    /// Promises that were seen broken while the story went on.
    pub fn glimpsed(&self) -> Vec<Broken> {
        lock(&self.glimpsed).clone()
    }

    /// A place where the process may die. Never returns in a process that is dead.
    pub async fn stage(&self, stage: Stage) {
        if self.dead.load(Ordering::Relaxed) || self.struck_down(stage) {
            std::future::pending::<()>().await;
        }
    }

    fn struck_down(&self, stage: Stage) -> bool {
        let mut kill = lock(&self.kill);
        let Some((at, left)) = &mut *kill else { return false };
        if *at != stage {
            return false;
        }
        *left = left.saturating_sub(1);
        if *left > 0 {
            return false;
        }
        *kill = None;
        drop(kill);
        self.note(format!("the process dies: {stage:?}"));
        self.die();
        true
    }

    /// The process dies now.
    pub fn die(&self) {
        self.kills.fetch_add(1, Ordering::Relaxed);
        self.dead.store(true, Ordering::Relaxed);
        self.death.notify_one();
    }

    /// Returns when the process is dead.
    pub async fn death(&self) {
        while !self.is_dead() {
            self.death.notified().await;
        }
    }

    /// Whether the process is dead.
    pub fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Relaxed)
    }

    /// A new process begins; it dies at the `left`-th time it passes `stage`, if that is said.
    pub fn revive(&self, kill: Option<(Stage, u32)>) {
        self.dead.store(false, Ordering::Relaxed);
        self.unruly();
        *lock(&self.kill) = kill;
    }

    /// How many processes died.
    pub fn kills(&self) -> u64 {
        self.kills.load(Ordering::Relaxed)
    }

    /// The computer slept: what was on the wire is gone.
    pub fn slept(&self) {
        self.asleep.notify_waiters();
    }

    /// Returns when the computer has slept since the call.
    pub fn sleeps(&self) -> Notified<'_> {
        self.asleep.notified()
    }
}

/// A change of the ledger in one line.
fn told(seen: &Seen) -> String {
    let Seen::Delivery(step) = seen else { return format!("{seen:?}") };
    let from = step.from.map_or_else(String::new, |from| format!("{from:?}"));
    let lead = step.lead.as_str();
    let lead = &lead[lead.len() - 6..];
    let stop = if step.urgent == 1 { ", STOP" } else { "" };
    let spent = if step.spent == step.spent_before { "" } else { ", an attempt spent" };
    let lease = if step.is_claim() { ", claimed" } else { "" };
    let failure =
        step.failure.as_ref().map(|failure| format!(", {}", failure.kind.word())).unwrap_or_default();
    format!(
        "delivery {} of {lead} {from}→{:?}, due {}{stop}{spent}{lease}{failure}, written {}",
        step.id,
        step.to,
        step.due_at / 1_000_000,
        step.changed_at / 1_000_000
    )
}

/// Locks, whatever happened to whoever held it before.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
