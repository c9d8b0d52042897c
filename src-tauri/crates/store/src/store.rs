//! The open store: a writer thread, a few readers beside it, and the lock on the folder.

use std::cell::RefCell;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use leadferry_failpoint::fail_point;
use rand::Rng;
use rand::rngs::StdRng;
use rusqlite::{Connection, Params, Row};
use tokio::sync::{Semaphore, watch};

use crate::StoreError;
use crate::file::key::DatabaseKey;
use crate::file::lock::FolderLock;
use crate::file::open::{Purpose, open, open_in_memory};
use crate::file::{backup, migrate, restore};
use crate::turns::{Disk, Turns};
use crate::writer::{Job, Task, WriterThread};

/// The name of the data file in its folder.
pub(crate) const FILE: &str = "leadferry.db";

/// Readers beside the writer. The window asks for a handful of things at once, workers for one each.
const READERS: usize = 4;

/// The ledger. Cloning is cheap; the file is closed when the last clone goes.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    // In this order: the writer finishes its work, then the readers close, then the folder is free.
    writer: Hand,
    readers: Option<Readers>,
    #[expect(dead_code, reason = "held while the store is open")]
    lock: Option<FolderLock>,
}

/// Who writes.
enum Hand {
    Thread(WriterThread),
    Turns(Arc<Turns>),
}

/// Idle connections of one file.
struct Readers {
    path: PathBuf,
    key: DatabaseKey,
    idle: Mutex<Vec<Connection>>,
    seats: Semaphore,
}

impl Store {
    /// Opens the ledger in `folder`, makes it if there is none, and takes the folder for this process.
    ///
    /// Opening checks the whole file once, so call it where waiting is allowed.
    pub fn open(folder: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::of_file(folder, &error))?;
        let lock = FolderLock::take(folder)?;
        restore::finish(folder)?;
        let path = folder.join(FILE);
        let mut connection = whole(folder, &path, key)?;
        migrate::migrate(&mut connection)?;
        let readers =
            Readers { path, key: key.clone(), idle: Mutex::new(Vec::new()), seats: Semaphore::new(READERS) };
        let writer = Hand::Thread(WriterThread::start(connection)?);
        Ok(Self { inner: Arc::new(Inner { writer, readers: Some(readers), lock: Some(lock) }) })
    }

    /// A ledger in memory, for tests and rehearsals. Its reads take turns with its writes.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut connection = open_in_memory()?;
        migrate::migrate(&mut connection)?;
        let writer = Hand::Thread(WriterThread::start(connection)?);
        Ok(Self { inner: Arc::new(Inner { writer, readers: None, lock: None }) })
    }

    /// A ledger in memory on a simulated `disk`, worked by whoever waits for it instead of a thread: with the same `seed` and
    /// the same calls it is the same to the letter.
    pub fn in_turns(disk: Arc<dyn Disk>, seed: u64) -> Result<(Self, Arc<Turns>), StoreError> {
        let mut connection = open_in_memory()?;
        migrate::migrate(&mut connection)?;
        let turns = Arc::new(Turns::new(connection, disk, seed)?);
        let writer = Hand::Turns(Arc::clone(&turns));
        Ok((Self { inner: Arc::new(Inner { writer, readers: None, lock: None }) }, turns))
    }

    /// Reads at one moment of the ledger, beside the writer.
    pub async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let Some(readers) = &self.inner.readers else {
            return match &self.inner.writer {
                Hand::Thread(_) => self.write(move |writer| work(writer)).await,
                Hand::Turns(turns) => turns.read(work).await,
            };
        };
        let _seat = readers.seats.acquire().await.map_err(|_| StoreError::Closed)?;
        let inner = Arc::clone(&self.inner);
        let answer = tokio::task::spawn_blocking(move || {
            let readers = inner.readers.as_ref().expect("BUG: checked above, and never taken away");
            readers.run(work)
        });
        answer.await.map_err(|_| StoreError::Panicked)?
    }

    /// Writes. Answered after the change is on the disk; an error means that nothing of it was kept.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Writer<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (task, answer) = Task::new(work);
        let task: Box<dyn Job> = Box::new(task);
        match &self.inner.writer {
            Hand::Thread(thread) => thread.send(task)?,
            Hand::Turns(turns) => turns.take(task).await,
        }
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Copies the ledger to `path` while work goes on. The copy has the same key, and is checked before it gets its name.
    pub async fn back_up_to(&self, path: PathBuf) -> Result<(), StoreError> {
        let key = match &self.inner.readers {
            Some(readers) => readers.key.clone(),
            None => {
                return Err(StoreError::Conflict {
                    why: "This ledger lives in memory only. There is nothing to copy.",
                });
            }
        };
        self.read(move |reader| backup::copy(reader.connection, &key, &path)).await
    }

    /// Makes today's copy in the data folder, and lets the oldest ones go. Gives its path.
    pub async fn back_up_daily(&self, now: Timestamp) -> Result<PathBuf, StoreError> {
        let folder = match &self.inner.readers {
            Some(readers) => readers.path.parent().map(Path::to_owned).unwrap_or_default(),
            None => {
                return Err(StoreError::Conflict {
                    why: "This ledger lives in memory only. There is nothing to copy.",
                });
            }
        };
        let path = backup::daily(&folder, now)?;
        self.back_up_to(path.clone()).await?;
        backup::thin_out(&folder)?;
        Ok(path)
    }

    /// The copies in a data folder, newest first.
    pub fn backups(folder: &Path) -> Vec<PathBuf> {
        backup::copies(folder)
    }

    /// The newest copy in a data folder that opens with `key` and is whole.
    pub fn newest_good_backup(folder: &Path, key: &DatabaseKey) -> Option<PathBuf> {
        backup::newest_good(folder, key)
    }

    /// Puts `copy`, which opens with `copy_key`, in the place of the ledger in `folder`, which must not be open. Afterwards it opens
    /// with `key`, and the former file stays as `replaced.db`.
    pub fn restore(
        folder: &Path,
        key: &DatabaseKey,
        copy: &Path,
        copy_key: &DatabaseKey,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        restore::restore(folder, key, copy, copy_key, now)
    }

    /// Whether there is a ledger in `folder`, or one that is being restored.
    pub fn is_there(folder: &Path) -> bool {
        folder.join(FILE).exists() || restore::is_decided(folder)
    }

    /// Why the disk takes nothing, as long as it does not. It is over once something was written again.
    pub fn trouble(&self) -> watch::Receiver<Option<StoreError>> {
        match &self.inner.writer {
            Hand::Thread(thread) => thread.trouble(),
            Hand::Turns(turns) => turns.trouble(),
        }
    }

    /// How many transactions were committed since opening. Many jobs may share one.
    pub fn commits(&self) -> u64 {
        match &self.inner.writer {
            Hand::Thread(thread) => thread.commits(),
            Hand::Turns(turns) => turns.commits(),
        }
    }
}

/// The ledger as it lies there, if every page of it fits.
fn whole(folder: &Path, path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let damaged = |detail| StoreError::Damaged { detail, backup: backup::newest_good(folder, key) };
    // SQLite makes an empty ledger of a file that is gone or empty. Where there are copies, there was more in it.
    let empty = std::fs::metadata(path).map_or(true, |file| file.len() == 0);
    if empty && !backup::copies(folder).is_empty() {
        return Err(damaged(None));
    }
    let connection = match open(path, key, Purpose::Write) {
        Err(StoreError::Torn { detail }) => return Err(damaged(Some(detail))),
        // A copy that opens with this key says that the key is right and the file is not.
        Err(StoreError::WrongKey) => {
            return Err(match backup::newest_good(folder, key) {
                Some(good) => StoreError::Damaged {
                    detail: Some("the first page cannot be read".to_owned()),
                    backup: Some(good),
                },
                None => StoreError::WrongKey,
            });
        }
        opened => opened?,
    };
    match backup::quick_check(&connection)? {
        None => {
            fail_point!("ledger.open");
            Ok(connection)
        }
        Some(detail) => Err(damaged(Some(detail))),
    }
}

impl Readers {
    fn run<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().expect("BUG: nothing panics while it is held").pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open(&self.path, &self.key, Purpose::Read)?,
        };
        let result = look(&connection, work);
        self.idle.lock().expect("BUG: nothing panics while it is held").push(connection);
        result
    }
}

/// Runs `work` on one moment of the ledger.
pub(crate) fn look<T>(
    connection: &Connection,
    work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(|| {
        let moment = connection.unchecked_transaction()?;
        work(&Reader { connection: &moment })
    }))
    .unwrap_or(Err(StoreError::Panicked))
}

/// Reads inside one transaction: everything it sees is of one moment.
pub struct Reader<'c> {
    connection: &'c Connection,
}

impl Reader<'_> {
    /// The first row, if there is one.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        Ok(rows.next()?.map(read).transpose()?)
    }

    /// Every row.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Looks at every row without keeping them.
    pub(crate) fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut look: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            look(row)?;
        }
        Ok(())
    }

    /// A number, such as a count. No row is 0.
    pub(crate) fn number(&self, sql: &str, params: impl Params) -> Result<i64, StoreError> {
        Ok(self.one(sql, params, |row| row.get(0))?.unwrap_or_default())
    }
}

/// Writes inside the group's transaction, and reads what it wrote.
pub struct Writer<'c> {
    reader: Reader<'c>,
    chance: &'c RefCell<StdRng>,
}

impl<'c> Writer<'c> {
    pub(crate) fn new(connection: &'c Connection, chance: &'c RefCell<StdRng>) -> Self {
        Self { reader: Reader { connection }, chance }
    }

    /// Bytes that tell one id from another.
    pub(crate) fn random<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        self.chance.borrow_mut().fill_bytes(&mut bytes);
        bytes
    }

    /// Changes rows, and says how many.
    pub(crate) fn run(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        Ok(self.reader.connection.prepare_cached(sql)?.execute(params)?)
    }

    /// Adds a row, and says which.
    pub(crate) fn add(&self, sql: &str, params: impl Params) -> Result<i64, StoreError> {
        Ok(self.reader.connection.prepare_cached(sql)?.insert(params)?)
    }
}

impl<'c> Deref for Writer<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}
