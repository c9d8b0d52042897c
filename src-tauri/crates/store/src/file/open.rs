//! Opening one connection to the data file.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::key::DatabaseKey;
use crate::StoreError;

/// How long a connection waits for another one. Only a reader that meets a checkpoint or another program ever waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// Statements a connection keeps prepared.
const PREPARED: usize = 128;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reads and writes; makes the file when there is none.
    Write,
    /// Only reads.
    Read,
    /// Is filled with a copy.
    Copy,
}

/// Opens `path` with `key`.
pub(crate) fn open(path: &Path, key: &DatabaseKey, purpose: Purpose) -> Result<Connection, StoreError> {
    let access = match purpose {
        Purpose::Write | Purpose::Copy => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        // Read-write, since a WAL reader keeps its place in the shared index; `query_only` below refuses writes.
        Purpose::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let connection =
        Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| {
            match error.sqlite_error_code() {
                Some(ErrorCode::CannotOpen) => {
                    StoreError::Folder { path: path.to_owned(), reason: error.to_string() }
                }
                _ => error.into(),
            }
        })?;
    // SQLCipher would print its own lines to the terminal; our error says the same in plain words.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.pragma_update(None, "key", key.pragma().as_str())?;
    connection.busy_timeout(PATIENCE)?;
    // The first read is where a wrong key shows. https://www.zetetic.net/sqlcipher/sqlcipher-api/#testing-the-key
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0)).map_err(
        |error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::WrongKey,
            _ => error.into(),
        },
    )?;
    prepare(&connection)?;
    match purpose {
        Purpose::Write => {
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
            // FULL: the log is flushed at each commit, so that "accepted" survives a power cut.
            // https://www.sqlite.org/pragma.html#pragma_synchronous
            connection.pragma_update(None, "synchronous", "FULL")?;
        }
        Purpose::Read => connection.pragma_update(None, "query_only", true)?,
        Purpose::Copy => {}
    }
    Ok(connection)
}

/// A ledger that lives in memory only.
pub(crate) fn open_in_memory() -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = Connection::open_in_memory_with_flags(flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Partial indexes make SQLite look at bound values while planning, and then plan again for every new value: the hottest
    // questions would be compiled each time they are asked. https://www.sqlite.org/queryplanner-ng.html#qpstab
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}
