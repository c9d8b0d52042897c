//! Runs: a schedule's, a person's, a file's, a burst of leads that came by themselves. A run keeps no state of its own: it is
//! computed from its deliveries.

use jiff::SignedDuration;
use leadferry_model::{LeadId, RunId, SyncId, Timestamp};
use leadferry_store::{DeliveryFilter, RunKind, RunProgress, SavedSync, Selection, SyncState};

use crate::engine::{Engine, Inner};
use crate::error::Result;
use crate::events::Tag;
use crate::schedule::next_run;
use crate::settings::Mode;

/// A burst is over when nothing came for this long.
const QUIET: SignedDuration = SignedDuration::from_mins(2);
/// A burst that never ends is cut here, so that a busy source has runs to look at.
const LONG: SignedDuration = SignedDuration::from_hours(1);

impl Engine {
    /// *Sync now*: gathers what waits for a run, and sends everything of the sync that can go. With `picked`, sends these leads
    /// and nothing else.
    pub async fn run_now(&self, sync: &SyncId, picked: Option<Vec<LeadId>>) -> Result<RunId> {
        let now = self.inner.now();
        let sync = sync.clone();
        let run = self
            .inner
            .store
            .write(move |tx| {
                let run = tx.start_run(now, &sync, RunKind::Manual, "")?;
                match picked {
                    Some(leads) => {
                        for lead in &leads {
                            tx.enqueue(now, &sync, lead, Some(run), false)?;
                        }
                    }
                    None => {
                        tx.gather(now, run)?;
                        let failed = DeliveryFilter { sync: Some(sync.clone()), ..DeliveryFilter::default() };
                        tx.release(now, &Selection::Filter(failed), "sync now", Some(run))?;
                    }
                }
                tx.seal_run(now, run)?;
                Ok(run)
            })
            .await?;
        self.started(run);
        Ok(run)
    }

    /// Begins a run that a file's rows are taken in with. Seal it when the file is read.
    pub async fn start_import(&self, sync: &SyncId, label: &str) -> Result<RunId> {
        let (now, sync, label) = (self.inner.now(), sync.clone(), label.to_owned());
        let run = self.inner.store.write(move |tx| tx.start_run(now, &sync, RunKind::Import, &label)).await?;
        self.started(run);
        Ok(run)
    }

    /// Nothing joins the run any more.
    pub async fn seal(&self, run: RunId) -> Result<()> {
        let now = self.inner.now();
        self.inner.store.write(move |tx| tx.seal_run(now, run)).await?;
        self.inner.events.tell([Tag::Run { run }]);
        Ok(())
    }

    /// Stops a run. What is on its way ends within its batch, a load is stopped; what waits is left out and can be brought back.
    /// Gives how many were left out at once.
    pub async fn cancel(&self, run: RunId) -> Result<u64> {
        let now = self.inner.now();
        let left_out = self.inner.store.write(move |tx| tx.cancel_run(now, run)).await?;
        self.inner.events.tell([Tag::Run { run }]);
        // What is in a load is stopped there.
        self.wake();
        Ok(left_out)
    }

    /// How far a run is.
    pub async fn progress(&self, run: RunId) -> Result<RunProgress> {
        Ok(self.inner.store.read(move |tx| tx.run_progress(run)).await?)
    }

    /// Saves when the sync's schedule runs next. Called whenever its mode changes.
    pub async fn reschedule(&self, sync: &SyncId) -> Result<Option<Timestamp>> {
        let (now, id) = (self.inner.now(), sync.clone());
        let saved = self.inner.store.read(move |tx| tx.sync(&id)).await?;
        let next = match mode(&saved) {
            Mode::Scheduled { schedule } => Some(next_run(&schedule, now)?),
            Mode::RealTime | Mode::Manual => None,
        };
        self.inner.store.write(move |tx| tx.set_next_run(&saved.id, next)).await?;
        self.wake();
        Ok(next)
    }

    fn started(&self, run: RunId) {
        self.inner.events.tell([Tag::Run { run }]);
        self.wake();
    }
}

/// The mode of a sync. One that cannot be read is taken as real-time: leads go rather than wait for nobody.
pub(crate) fn mode(sync: &SavedSync) -> Mode {
    serde_json::from_value(sync.mode.clone()).unwrap_or_default()
}

/// Switches syncs on again whose pause has ended.
pub(crate) async fn end_pauses(inner: &Inner) -> Result<()> {
    let now = inner.now();
    for sync in inner.store.read(move |tx| tx.pauses_over(now)).await? {
        let id = sync.clone();
        inner.store.write(move |tx| tx.set_sync_state(&id, SyncState::On, None)).await?;
        inner.events.tell([Tag::Deliveries { sync }]);
    }
    Ok(())
}

/// Starts the runs whose time has come. One that was missed while the computer slept is made up for once.
pub(crate) async fn start_due(inner: &Inner) -> Result<u64> {
    let now = inner.now();
    let mut started = 0;
    for sync in inner.store.read(move |tx| tx.syncs_due(now)).await? {
        let next = match mode(&sync) {
            Mode::Scheduled { schedule } => next_run(&schedule, now).ok(),
            Mode::RealTime | Mode::Manual => None,
        };
        let id = sync.id.clone();
        let run = inner
            .store
            .write(move |tx| {
                tx.set_next_run(&id, next)?;
                let run = tx.start_run(now, &id, RunKind::Scheduled, "")?;
                tx.gather(now, run)?;
                tx.seal_run(now, run)?;
                Ok(run)
            })
            .await?;
        inner.events.tell([Tag::Run { run }]);
        started += 1;
    }
    Ok(started)
}

/// Ends the bursts of leads that came by themselves, once it has been quiet.
pub(crate) async fn seal_quiet(inner: &Inner) -> Result<()> {
    let now = inner.now();
    let ago = |wait| now.checked_sub(wait).unwrap_or(Timestamp::MIN);
    let (quiet, long) = (ago(QUIET), ago(LONG));
    let quiet = inner.store.read(move |tx| tx.ended_bursts(quiet, long)).await?;
    if quiet.is_empty() {
        return Ok(());
    }
    let sealed = quiet.clone();
    inner.store.write(move |tx| sealed.iter().try_for_each(|run| tx.seal_run(now, *run))).await?;
    inner.events.tell(quiet.into_iter().map(|run| Tag::Run { run }));
    Ok(())
}
