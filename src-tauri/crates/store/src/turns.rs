//! The writing hand without a thread, for simulations on one thread: jobs wait in a queue until the simulated disk has let
//! pass whoever waits for them, who then works off everything that waits. So groups form as they do in the product, and the
//! order of everything depends on the disk's own seed alone.
//!
//! What the disk does: it takes its time, has no room (SQLite itself then says so, by its page limit), refuses a commit. When
//! the simulated process dies, the jobs in the queue are as lost, or as finished, as those of a thread would be.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::SeedableRng;
use rand::rngs::StdRng;
use rusqlite::Connection;

use crate::store::look;
use crate::writer::{Job, Pen, Told};
use crate::{Reader, StoreError, watch};

/// Pages a database may have when nobody limits it. <https://www.sqlite.org/limits.html>
const UNLIMITED: i64 = 4_294_967_294;

/// A wait of a simulated disk.
pub type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// When a simulated disk may take its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskMoment {
    /// Before a read.
    Reading,
    /// A job is handed over and nothing of it is done.
    Waiting,
    /// The job is committed or refused, and its caller does not know it yet.
    Done,
}

/// How a simulated disk behaves.
pub trait Disk: Send + Sync {
    /// Returns when the disk is through with this moment; never, when the process dies in it.
    fn pause(&self, moment: DiskMoment) -> Pause<'_>;

    /// Whether there is no room for anything new.
    fn is_full(&self) -> bool;

    /// Whether the commit that is about to happen fails.
    fn refuses_commit(&self) -> Option<StoreError>;
}

/// A ledger in memory whose callers work for themselves, one at a time.
pub struct Turns {
    pen: Mutex<Pen>,
    queue: Mutex<VecDeque<Box<dyn Job>>>,
    disk: Arc<dyn Disk>,
    limited: AtomicBool,
    told: Arc<Told>,
}

impl Turns {
    pub(crate) fn new(connection: Connection, disk: Arc<dyn Disk>, seed: u64) -> Result<Self, StoreError> {
        watch::install(&connection)?;
        let told = Arc::new(Told::default());
        let asked = Arc::clone(&disk);
        let pen = Pen::new(connection, StdRng::seed_from_u64(seed), Arc::clone(&told))
            .refusing(move || asked.refuses_commit());
        let queue = Mutex::default();
        Ok(Self { pen: Mutex::new(pen), queue, disk, limited: AtomicBool::new(false), told })
    }

    /// The process died, and what it had handed over never reached the disk.
    pub fn lose_waiting(&self) {
        self.queue().clear();
    }

    /// The process died, and what it had handed over still reached the disk.
    pub fn finish_waiting(&self) {
        self.work_off();
    }

    /// Everything that changed since this was last asked, in order.
    pub fn seen(&self) -> Result<Vec<watch::Seen>, StoreError> {
        watch::take(&self.pen().connection)
    }

    pub(crate) async fn take(&self, job: Box<dyn Job>) {
        self.queue().push_back(job);
        self.disk.pause(DiskMoment::Waiting).await;
        self.work_off();
        self.disk.pause(DiskMoment::Done).await;
    }

    pub(crate) async fn read<T>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.disk.pause(DiskMoment::Reading).await;
        look(&self.pen().connection, work)
    }

    pub(crate) fn commits(&self) -> u64 {
        self.told.commits()
    }

    /// Why the disk takes nothing, if it does not.
    pub(crate) fn trouble(&self) -> tokio::sync::watch::Receiver<Option<StoreError>> {
        self.told.trouble()
    }

    fn work_off(&self) {
        let pen = self.pen();
        self.keep_to_the_room(&pen.connection);
        let waiting = || self.queue().pop_front();
        let mut next = waiting();
        while let Some(first) = next.take() {
            // A group that ends early (a full disk) leaves others behind: each of them has somebody waiting.
            next = pen.group(first, &mut { waiting }).or_else(waiting);
        }
    }

    /// A full disk is SQLite's own page limit: its errors, and what they do to a transaction, are the real ones.
    fn keep_to_the_room(&self, connection: &Connection) {
        let full = self.disk.is_full();
        if self.limited.swap(full, Ordering::Relaxed) == full {
            return;
        }
        let pages = if full { pages(connection) } else { Ok(UNLIMITED) };
        let limited = pages.and_then(|pages| {
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).map_err(Into::into)
        });
        if let Err(error) = limited {
            tracing::error!(%error, "the simulated disk could not be limited");
        }
    }

    fn pen(&self) -> MutexGuard<'_, Pen> {
        self.pen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn queue(&self) -> MutexGuard<'_, VecDeque<Box<dyn Job>>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn pages(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("PRAGMA page_count", [], |row| row.get(0))?)
}
