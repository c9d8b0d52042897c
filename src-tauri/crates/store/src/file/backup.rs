//! Copies of the data file: made while it is in use, encrypted with the same key, checked before they count.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::key::DatabaseKey;
use super::lock::FolderLock;
use super::migrate;
use super::open::{Purpose, open};
use crate::StoreError;
use crate::store::FILE;

/// The folder of the copies, in the data folder.
const FOLDER: &str = "backups";

/// Daily copies that are kept.
pub(crate) const KEPT: usize = 7;

/// Pages copied at once.
const PAGES: i32 = 1_000;

/// Says whether every page and index fits. `None` is good.
pub(crate) fn quick_check(connection: &Connection) -> Result<Option<String>, StoreError> {
    let verdict = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match verdict.map_err(StoreError::from) {
        Ok(verdict) if verdict == "ok" => Ok(None),
        Ok(verdict) => Ok(Some(verdict)),
        Err(StoreError::Damaged { detail, .. }) => Ok(Some(detail)),
        Err(error) => Err(error),
    }
}

/// Copies what `from` sees to `path`. The copy appears under its name only when it is whole and checked.
pub(crate) fn copy(from: &Connection, key: &DatabaseKey, path: &Path) -> Result<(), StoreError> {
    let half = path.with_extension("part");
    remove(&half)?;
    let made = fill(from, key, &half);
    if made.is_err() {
        remove(&half)?;
    }
    made?;
    std::fs::rename(&half, path).map_err(|error| refused(path, &error))
}

fn fill(from: &Connection, key: &DatabaseKey, path: &Path) -> Result<(), StoreError> {
    let mut to = open(path, key, Purpose::Copy)?;
    let backup = Backup::new(from, &mut to)?;
    backup.run_to_completion(PAGES, std::time::Duration::ZERO, None)?;
    drop(backup);
    match quick_check(&to)? {
        None => Ok(()),
        Some(detail) => Err(StoreError::Damaged { detail, backup: None }),
    }
}

/// The copies of a data folder, newest first.
pub(crate) fn copies(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder.join(FOLDER)) else { return Vec::new() };
    let mut copies: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "db"))
        .collect();
    copies.sort();
    copies.reverse();
    copies
}

/// Where the copy of a day goes. One a day: a second one replaces the first.
pub(crate) fn daily(folder: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let folder = folder.join(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|error| refused(&folder, &error))?;
    Ok(folder.join(format!("leadferry-{}.db", now.strftime("%Y-%m-%d"))))
}

/// Removes the oldest copies beyond those that are kept.
pub(crate) fn thin_out(folder: &Path) -> Result<(), StoreError> {
    copies(folder).iter().skip(KEPT).try_for_each(|old| remove(old))
}

/// Puts a copy in the place of the data file, after it has passed its check with this key. The file that was there is kept
/// beside it as `replaced.db`.
pub(crate) fn restore(folder: &Path, key: &DatabaseKey, copy_path: &Path) -> Result<(), StoreError> {
    let _lock = FolderLock::take(folder)?;
    let from = open(copy_path, key, Purpose::Read)?;
    if let Some(detail) = quick_check(&from)? {
        return Err(StoreError::Damaged { detail, backup: None });
    }
    let file = migrate::version(&from)?;
    if file > migrate::NEWEST {
        return Err(StoreError::NewerFile { file, app: migrate::NEWEST });
    }
    let path = folder.join(FILE);
    let fresh = folder.join("restored.db");
    copy(&from, key, &fresh)?;
    // The log of the replaced file must not be played into the restored one.
    for extra in ["-wal", "-shm"] {
        let log = folder.join(format!("{FILE}{extra}"));
        if log.exists() {
            std::fs::rename(&log, folder.join(format!("replaced.db{extra}")))
                .map_err(|error| refused(&log, &error))?;
        }
    }
    if path.exists() {
        std::fs::rename(&path, folder.join("replaced.db")).map_err(|error| refused(&path, &error))?;
    }
    std::fs::rename(&fresh, &path).map_err(|error| refused(&path, &error))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(refused(path, &error)),
        _ => Ok(()),
    }
}

fn refused(path: &Path, error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::StorageFull => StoreError::DiskFull,
        _ => StoreError::Folder { path: path.to_owned(), reason: error.to_string() },
    }
}
