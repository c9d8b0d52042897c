//! The engine: everything that carries accepted leads to their destinations, driven one step at a time.
//!
//! A step does all work that is possible now, for every destination, and says when the next piece falls due. It never sleeps,
//! never reads the system clock and draws chance only from its seed, so that a test or a simulation can walk it through two
//! hours of outage in a moment and replay it exactly. The only waiting is in [`Driver`](crate::Driver).
//!
//! Destinations work beside each other; within one destination one batch follows another. All state that matters is in the
//! ledger: an engine dropped at any await point leaves nothing behind but leases, which [`Engine::recover`] gives up.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use futures::StreamExt;
use leadferry_model::{Clock, ConnectionId, Timestamp};
use leadferry_store::Store;
use rand::{SeedableRng, rngs::StdRng};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::caution::Caution;
use crate::connect::{Connect, Registry};
use crate::error::Result;
use crate::events::Events;
use crate::lane::loads::Waits;
use crate::plan::rules::Cache;
use crate::set_back::Clocks;
use crate::unsure::Unsure;
use crate::{lane, pull, runs, set_back};

/// Destinations that work at the same time. Each holds one batch in memory.
const LANES: usize = 8;

/// Asks a step to end soon: no new batch is begun, the running ones finish.
pub type Cancel = CancellationToken;

/// What an engine is made of.
pub struct Setup {
    /// The ledger.
    pub store: Store,
    /// Every connector there is.
    pub connectors: Registry,
    /// The way to outside systems.
    pub connect: Arc<dyn Connect>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where chance (jitter) comes from.
    pub seed: u64,
}

/// The engine. Cloning is cheap.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) connectors: Registry,
    pub(crate) connect: Arc<dyn Connect>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) events: Events,
    pub(crate) cache: Cache,
    pub(crate) wake: Notify,
    /// Creates whose outcome is not known.
    pub(crate) unsure: Unsure,
    /// When loads are looked at, and who takes none.
    pub(crate) loads: Waits,
    /// The clocks at the last look.
    pub(crate) clocks: Clocks,
    chance: Mutex<StdRng>,
    cautions: Mutex<HashMap<ConnectionId, Caution>>,
    /// Change feeds that were refused for a reason of their own, and when to look again.
    put_off: Mutex<HashMap<ConnectionId, Timestamp>>,
    /// When destinations last hinted that something changed there.
    hints: Mutex<HashMap<ConnectionId, Timestamp>>,
    /// A step is under way, or ended without settling what it had claimed.
    unsettled: AtomicBool,
    /// One step at a time: two would compete for the same lanes.
    stepping: tokio::sync::Mutex<()>,
}

/// What one step did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Deliveries by what became of them.
    pub did: Counts,
    /// When there is something to do next, if nothing else happens.
    pub next_due: Option<Timestamp>,
}

/// Deliveries by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The destination has them.
    pub synced: u64,
    /// Of these, how many needed no write.
    pub unchanged: u64,
    /// They spent an attempt and go again later.
    pub retrying: u64,
    /// They stopped.
    pub failed: u64,
    /// They went back untouched.
    pub waiting: u64,
    /// Batches that were worked off.
    pub batches: u64,
    /// Looks at destinations that did not answer.
    pub probes: u64,
    /// Runs that were started by their schedule.
    pub runs: u64,
    /// Pages of changes that were read.
    pub pages: u64,
}

impl Counts {
    /// Whether anything was done at all.
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.synced += other.synced;
        self.unchanged += other.unchanged;
        self.retrying += other.retrying;
        self.failed += other.failed;
        self.waiting += other.waiting;
        self.batches += other.batches;
        self.probes += other.probes;
        self.runs += other.runs;
        self.pages += other.pages;
    }
}

impl Engine {
    /// An engine over an open ledger. Call [`Engine::recover`] once before the first step.
    pub fn new(setup: Setup) -> Self {
        let Setup { store, connectors, connect, clock, seed } = setup;
        Self {
            inner: Arc::new(Inner {
                store,
                connectors,
                connect,
                clock,
                events: Events::default(),
                cache: Cache::default(),
                wake: Notify::new(),
                unsure: Unsure::default(),
                loads: Waits::default(),
                clocks: Clocks::default(),
                chance: Mutex::new(StdRng::seed_from_u64(seed)),
                cautions: Mutex::default(),
                put_off: Mutex::default(),
                hints: Mutex::default(),
                unsettled: AtomicBool::new(false),
                stepping: tokio::sync::Mutex::default(),
            }),
        }
    }

    /// Gives up what a process that ended without goodbye had claimed. The folder's lock guarantees that there is no other.
    pub async fn recover(&self) -> Result<usize> {
        self.inner.unsure.forget();
        Ok(self.inner.store.write(|tx| tx.expire_leases()).await?)
    }

    /// Does everything that can be done now.
    pub async fn step(&self, cancel: &Cancel) -> Result<Step> {
        let _alone = self.inner.stepping.lock().await;
        let inner = &self.inner;
        if inner.unsettled.swap(true, Ordering::Relaxed) {
            // The step before was dropped or stopped by the ledger: what it had claimed is nobody's now.
            self.recover().await?;
        }
        set_back::look(inner).await?;
        runs::end_pauses(inner).await?;
        let mut did = Counts { runs: runs::start_due(inner).await?, ..Counts::default() };
        let destinations = inner.destinations().await?;
        // Owned, not borrowed: a step is sent between threads, and the compiler cannot see that through a borrowing closure.
        let work = destinations.into_iter().map(|destination| {
            let (inner, cancel) = (Arc::clone(inner), cancel.clone());
            async move {
                let mut did = pull::refresh(&inner, &destination, &cancel).await?;
                did.add(lane::work(&inner, &destination, &cancel).await?);
                Result::Ok(did)
            }
        });
        let mut lanes = futures::stream::iter(work).buffer_unordered(LANES);
        let mut trouble = None;
        while let Some(done) = lanes.next().await {
            match done {
                Ok(counts) => did.add(counts),
                // The other lanes finish: one destination's trouble is its own.
                Err(error) => trouble = Some(error),
            }
        }
        drop(lanes);
        runs::seal_quiet(inner).await?;
        match trouble {
            Some(error) => Err(error),
            None => {
                inner.unsettled.store(false, Ordering::Relaxed);
                Ok(Step { did, next_due: self.next_due().await? })
            }
        }
    }

    /// When there is something to do next, if nothing else happens.
    pub async fn next_due(&self) -> Result<Option<Timestamp>> {
        let now = self.inner.now();
        let due = self.inner.store.read(move |tx| tx.next_due(now)).await?;
        let pull = pull::next_due(&self.inner).await?;
        let look = lane::loads::next_due(&self.inner).await?;
        Ok([due, pull, look].into_iter().flatten().min())
    }

    /// What changes, for whoever shows it.
    pub fn events(&self) -> &Events {
        &self.inner.events
    }

    /// The ledger, for readers.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// A destination says that something changed there: its change feed is read at once, or as soon as the last look is not quite
    /// fresh any more. A hint is never believed further than that, and many are one.
    pub fn hinted(&self, destination: &ConnectionId) {
        let now = self.inner.now();
        let mut hints = self.inner.hints.lock().expect("BUG: nothing panics while it is held");
        hints.insert(destination.clone(), now);
        drop(hints);
        self.wake();
    }

    /// When `destination` last hinted that something changed there, since this program runs.
    pub fn last_hint(&self, destination: &ConnectionId) -> Option<Timestamp> {
        self.inner.hinted_at(destination)
    }

    /// Tells the driver that there may be work.
    pub fn wake(&self) {
        self.inner.wake.notify_one();
    }
}

impl Inner {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Every destination, oldest first.
    pub(crate) async fn destinations(&self) -> Result<Vec<ConnectionId>> {
        Ok(self.store.read(|tx| tx.destinations()).await?)
    }

    /// The source of chance. Held for a moment only, never across an await.
    pub(crate) fn chance(&self) -> MutexGuard<'_, StdRng> {
        self.chance.lock().expect("BUG: nothing panics while it is held")
    }

    /// Puts off reading changes of `destination`.
    pub(crate) fn put_off(&self, destination: &ConnectionId, until: Timestamp) {
        let mut all = self.put_off.lock().expect("BUG: nothing panics while it is held");
        all.insert(destination.clone(), until);
    }

    /// Puts off nothing any more.
    pub(crate) fn forget_put_off(&self) {
        self.put_off.lock().expect("BUG: nothing panics while it is held").clear();
        self.loads.forget();
    }

    /// Until when reading changes of `destination` is put off.
    pub(crate) fn put_off_until(&self, destination: &ConnectionId) -> Option<Timestamp> {
        let all = self.put_off.lock().expect("BUG: nothing panics while it is held");
        all.get(destination).copied()
    }

    /// When `destination` last hinted that something changed there.
    pub(crate) fn hinted_at(&self, destination: &ConnectionId) -> Option<Timestamp> {
        let all = self.hints.lock().expect("BUG: nothing panics while it is held");
        all.get(destination).copied()
    }

    /// What the lane of `destination` has learned.
    pub(crate) fn caution<T>(&self, destination: &ConnectionId, change: impl FnOnce(&mut Caution) -> T) -> T {
        let mut all = self.cautions.lock().expect("BUG: nothing panics while it is held");
        change(all.entry(destination.clone()).or_default())
    }
}
