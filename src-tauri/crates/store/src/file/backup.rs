//! Copies of the data file: made while it is in use, encrypted with the same key, checked before they count.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use leadferry_failpoint::fail_point;
use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::disk;
use super::key::DatabaseKey;
use super::open::{Purpose, open};
use crate::StoreError;

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
        Err(StoreError::Torn { detail }) => Ok(Some(detail)),
        Err(error) => Err(error),
    }
}

/// Copies what `from` sees to `path`. The copy appears under its name only when it is whole and checked.
pub(crate) fn copy(from: &Connection, key: &DatabaseKey, path: &Path) -> Result<(), StoreError> {
    let half = path.with_extension("part");
    disk::remove_ledger(&half)?;
    let made = fill(from, key, &half);
    if made.is_err() {
        disk::remove_ledger(&half)?;
    }
    made?;
    fail_point!("backup.copy.before");
    disk::rename(&half, path)?;
    fail_point!("backup.copy.after");
    Ok(())
}

fn fill(from: &Connection, key: &DatabaseKey, path: &Path) -> Result<(), StoreError> {
    let mut to = open(path, key, Purpose::Copy)?;
    let backup = Backup::new(from, &mut to)?;
    backup.run_to_completion(PAGES, std::time::Duration::ZERO, None)?;
    drop(backup);
    match quick_check(&to)? {
        None => Ok(()),
        Some(detail) => Err(StoreError::Torn { detail }),
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
    std::fs::create_dir_all(&folder).map_err(|error| StoreError::of_file(&folder, &error))?;
    Ok(folder.join(format!("leadferry-{}.db", now.strftime("%Y-%m-%d"))))
}

/// Removes the oldest copies beyond those that are kept.
pub(crate) fn thin_out(folder: &Path) -> Result<(), StoreError> {
    copies(folder).iter().skip(KEPT).try_for_each(|old| disk::remove(old))
}

/// The newest copy that opens with `key` and passes its check.
pub(crate) fn newest_good(folder: &Path, key: &DatabaseKey) -> Option<PathBuf> {
    copies(folder).into_iter().find(|copy| {
        open(copy, key, Purpose::Read).and_then(|copy| quick_check(&copy)).is_ok_and(|found| found.is_none())
    })
}
