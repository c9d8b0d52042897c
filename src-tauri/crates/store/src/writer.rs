//! The one hand that writes: a thread in the product, [`Turns`](crate::turns::Turns) in a simulation.
//!
//! It takes the job that waits longest, opens a transaction, takes every other job that waits meanwhile, and commits once
//! for all: a burst of webhooks shares an `fsync`. Each job has a savepoint, so that a failing one takes nothing of the
//! others along. A job is answered after the commit: an answer means *kept*. When the commit is refused (full disk), every
//! job of the group is told so, and nothing of them is kept.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use leadferry_failpoint::fail_point;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use crate::{StoreError, Writer};

/// Jobs that share one commit at most. Enough for any burst, few enough that the first of them is not kept waiting.
const GROUP: usize = 256;

/// Something to be done with the writing connection.
pub(crate) trait Job: Send {
    /// Does the work and keeps the answer. An error undoes the work.
    fn run(&mut self, writer: &Writer<'_>) -> Result<(), StoreError>;
    /// Answers the one who waits, with the work's result or with why nothing was kept.
    fn answer(self: Box<Self>, kept: Result<(), StoreError>);
}

/// A job made of a closure and somebody waiting.
pub(crate) struct Task<T, F> {
    work: Option<F>,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Task<T, F> {
    /// A task and where its answer comes.
    pub(crate) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, StoreError>>) {
        let (reply, answer) = oneshot::channel();
        (Self { work: Some(work), value: None, reply }, answer)
    }
}

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: FnOnce(&Writer<'_>) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, writer: &Writer<'_>) -> Result<(), StoreError> {
        let work = self.work.take().expect("BUG: a job runs once");
        self.value = Some(work(writer)?);
        Ok(())
    }

    fn answer(self: Box<Self>, kept: Result<(), StoreError>) {
        let Self { value, reply, .. } = *self;
        let answer = kept.map(|()| value.expect("BUG: a kept job has a value"));
        if reply.send(answer).is_err() {
            tracing::debug!("nobody waits for the answer of a job any more");
        }
    }
}

/// The thread and the way to it. Dropping it finishes the jobs that wait, then closes the file.
pub(crate) struct WriterThread {
    jobs: Option<Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
    told: Arc<Told>,
}

/// What the thread tells of its work.
pub(crate) struct Told {
    commits: AtomicU64,
    /// Why the disk takes nothing; none once it has taken something again.
    trouble: watch::Sender<Option<StoreError>>,
}

impl WriterThread {
    /// Starts the thread on `connection`.
    pub(crate) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = channel();
        let told = Arc::new(Told::default());
        let pen = Pen::new(connection, StdRng::from_rng(&mut rand::rng()), Arc::clone(&told));
        let thread = std::thread::Builder::new()
            .name("ledger writer".into())
            .spawn(move || work_off(&pen, &queue))
            .map_err(|error| StoreError::Sql { code: 0, message: error.to_string() })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), told })
    }

    /// Hands over a job.
    pub(crate) fn send(&self, job: Box<dyn Job>) -> Result<(), StoreError> {
        let jobs = self.jobs.as_ref().expect("BUG: the way to the writer is open until the store is dropped");
        jobs.send(job).map_err(|_| StoreError::Closed)
    }

    /// How many transactions were committed so far.
    pub(crate) fn commits(&self) -> u64 {
        self.told.commits()
    }

    /// Why the disk takes nothing, if it does not.
    pub(crate) fn trouble(&self) -> watch::Receiver<Option<StoreError>> {
        self.told.trouble()
    }
}

impl Default for Told {
    fn default() -> Self {
        Self { commits: AtomicU64::new(0), trouble: watch::Sender::new(None) }
    }
}

impl Told {
    /// Why the disk takes nothing, if it does not.
    pub(crate) fn trouble(&self) -> watch::Receiver<Option<StoreError>> {
        self.trouble.subscribe()
    }

    /// How many transactions were committed so far.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// A group of jobs is over. `changed` says whether it put anything on the disk: a commit of nothing proves nothing.
    fn group(&self, trouble: Option<&StoreError>, changed: bool) {
        self.trouble.send_if_modified(|known| {
            let now = match trouble {
                Some(error) => Some(error.clone()),
                None if changed => None,
                None => return false,
            };
            let new = *known != now;
            *known = now;
            new
        });
    }
}

impl Drop for WriterThread {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            // The last handle may go with a job, on the writer's own thread: it cannot wait for itself.
            && thread.thread().id() != std::thread::current().id()
            && thread.join().is_err()
        {
            tracing::error!("the ledger's writer ended in a panic");
        }
    }
}

fn work_off(pen: &Pen, queue: &Receiver<Box<dyn Job>>) {
    let mut next = queue.recv().ok();
    while let Some(first) = next.take() {
        let over = pen.group(first, &mut || queue.try_recv().ok());
        next = over.or_else(|| queue.recv().ok());
    }
}

/// The connection that writes, with what its jobs need beside it.
pub(crate) struct Pen {
    pub(crate) connection: Connection,
    /// Where ids of leads come from.
    chance: RefCell<StdRng>,
    told: Arc<Told>,
    /// Asked before each commit: a reason to refuse it. Only a simulated disk has one.
    refuses: Option<Box<dyn Fn() -> Option<StoreError> + Send>>,
}

impl Pen {
    /// A pen for `connection` that tells of its work in `told`.
    pub(crate) fn new(connection: Connection, chance: StdRng, told: Arc<Told>) -> Self {
        Self { connection, chance: RefCell::new(chance), told, refuses: None }
    }

    /// With commits that `refuses` may turn down.
    pub(crate) fn refusing(mut self, refuses: impl Fn() -> Option<StoreError> + Send + 'static) -> Self {
        self.refuses = Some(Box::new(refuses));
        self
    }

    /// Works off `first` and those that `waiting` gives meanwhile, in one transaction. Gives back a job that could not take part
    /// any more: it begins the next group.
    pub(crate) fn group(
        &self,
        first: Box<dyn Job>,
        waiting: &mut dyn FnMut() -> Option<Box<dyn Job>>,
    ) -> Option<Box<dyn Job>> {
        if let Err(error) = self.connection.execute_batch("BEGIN IMMEDIATE") {
            let error = StoreError::from(error);
            self.told.group(Some(&error).filter(|error| error.is_of_the_disk()), false);
            first.answer(Err(error));
            return None;
        }
        let mut done: Vec<Box<dyn Job>> = Vec::new();
        let mut refused: Vec<(Box<dyn Job>, StoreError)> = Vec::new();
        let mut next = Some(first);
        let mut lost = None;
        let before = self.connection.total_changes();
        while let Some(mut job) = next.take() {
            match self.one(job.as_mut()) {
                Ok(()) => done.push(job),
                Err(error) => {
                    // Some errors (full disk, I/O) make SQLite give up the whole transaction by itself.
                    // https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
                    let gone = self.connection.is_autocommit();
                    refused.push((job, error.clone()));
                    if gone {
                        lost = Some(error);
                        break;
                    }
                }
            }
            if done.len() + refused.len() < GROUP {
                next = waiting();
            }
        }
        let kept = match lost {
            Some(error) => Err(error),
            None => self.commit(!done.is_empty()),
        };
        let errors = refused.iter().map(|(_, error)| error).chain(kept.as_ref().err());
        let trouble = errors.into_iter().find(|error| error.is_of_the_disk());
        self.told.group(trouble, kept.is_ok() && self.connection.total_changes() > before);
        for (job, error) in refused {
            job.answer(Err(error));
        }
        for job in done {
            job.answer(kept.clone());
        }
        next
    }

    fn commit(&self, anything: bool) -> Result<(), StoreError> {
        if !anything {
            self.roll_back();
            return Ok(());
        }
        if let Some(refused) = self.refuses.as_ref().and_then(|refuses| refuses()) {
            self.roll_back();
            return Err(refused);
        }
        fail_point!("ledger.commit.before");
        if let Err(error) = self.connection.execute_batch("COMMIT") {
            self.roll_back();
            return Err(error.into());
        }
        fail_point!("ledger.commit.after");
        self.told.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Runs one job inside a savepoint.
    fn one(&self, job: &mut dyn Job) -> Result<(), StoreError> {
        let connection = &self.connection;
        connection.execute_batch("SAVEPOINT job")?;
        let writer = Writer::new(connection, &self.chance);
        let result = catch_unwind(AssertUnwindSafe(|| job.run(&writer))).unwrap_or(Err(StoreError::Panicked));
        let end = match &result {
            Ok(()) => connection.execute_batch("RELEASE job"),
            Err(_) if connection.is_autocommit() => Ok(()),
            Err(_) => connection.execute_batch("ROLLBACK TO job; RELEASE job"),
        };
        match (result, end) {
            (Err(error), Ok(())) => Err(error),
            (Ok(()), Ok(())) => Ok(()),
            (result, Err(error)) => {
                // The savepoint cannot be trusted: the whole group starts over from the callers' side.
                self.roll_back();
                Err(result.err().unwrap_or_else(|| error.into()))
            }
        }
    }

    fn roll_back(&self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "the ledger could not take back a refused transaction");
        }
    }
}
