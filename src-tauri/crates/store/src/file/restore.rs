//! The way back: a copy takes the place of the data file.
//!
//! The copy is taken in beside the ledger, checked, brought to this version and told that it was restored. Giving it the name
//! [`READY`] is the decision: from then on the restore is finished, by this process or by the next one that opens the folder,
//! so that a crash at any point leaves the old ledger or the restored one, never none. The file that was there is kept as
//! `replaced.db`, for whoever wants to look into it.

use std::cell::RefCell;
use std::fs::File;
use std::path::Path;

use jiff::Timestamp;
use leadferry_failpoint::fail_point;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;

use super::backup::quick_check;
use super::key::DatabaseKey;
use super::lock::FolderLock;
use super::open::{Purpose, open};
use super::{disk, migrate};
use crate::store::FILE;
use crate::{StoreError, Writer};

/// A copy that is being taken in.
const HALF: &str = "restored.part";
/// A copy that is decided to be the ledger.
const READY: &str = "restored.db";
/// What was the ledger before.
const REPLACED: &str = "replaced.db";

/// Puts `copy`, which opens with `copy_key`, in the place of the ledger in `folder`, which must not be open.
pub(crate) fn restore(
    folder: &Path,
    key: &DatabaseKey,
    copy: &Path,
    copy_key: &DatabaseKey,
    now: Timestamp,
) -> Result<(), StoreError> {
    std::fs::create_dir_all(folder).map_err(|error| StoreError::of_file(folder, &error))?;
    let _lock = FolderLock::take(folder)?;
    finish(folder)?;
    let half = folder.join(HALF);
    disk::remove_ledger(&half)?;
    let taken = take_in(copy, &half).and_then(|()| prepare(&half, copy_key, key, now));
    if taken.is_err() {
        disk::remove_ledger(&half)?;
    }
    taken?;
    // Of an earlier restore. Its log beside the file replaced now would be played into it.
    disk::remove_ledger(&folder.join(REPLACED))?;
    fail_point!("restore.ready.before");
    disk::rename(&half, &folder.join(READY))?;
    fail_point!("restore.ready.after");
    finish(folder)
}

/// Whether a restore was decided and not finished.
pub(crate) fn is_decided(folder: &Path) -> bool {
    folder.join(READY).exists()
}

/// Finishes a restore that was decided. The folder is ours.
pub(crate) fn finish(folder: &Path) -> Result<(), StoreError> {
    let (ready, ledger) = (folder.join(READY), folder.join(FILE));
    if !is_decided(folder) {
        return Ok(());
    }
    disk::move_ledger(&ledger, &folder.join(REPLACED))?;
    fail_point!("restore.swap");
    disk::rename(&ready, &ledger)?;
    fail_point!("restore.after");
    tracing::info!("the data file was restored from a backup");
    Ok(())
}

/// As bytes, since a copy may lie where nothing can be written beside it; with its log, which a ledger that was put aside has.
fn take_in(copy: &Path, half: &Path) -> Result<(), StoreError> {
    let (log, half_log) = (disk::beside(copy, "-wal"), disk::beside(half, "-wal"));
    if log.exists() {
        take_in_file(&log, &half_log)?;
    }
    take_in_file(copy, half)
}

fn take_in_file(copy: &Path, half: &Path) -> Result<(), StoreError> {
    std::fs::copy(copy, half).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            StoreError::Folder { path: copy.to_owned(), reason: "there is no such file".to_owned() }
        }
        _ => StoreError::of_file(half, &error),
    })?;
    // A copy from read-only media is read-only itself.
    writable(half).map_err(|error| StoreError::of_file(half, &error))?;
    File::options()
        .write(true)
        .open(half)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::of_file(half, &error))
}

#[cfg(unix)]
fn writable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn writable(path: &Path) -> std::io::Result<()> {
    let mut permissions = std::fs::metadata(path)?.permissions();
    permissions.set_readonly(false);
    std::fs::set_permissions(path, permissions)
}

/// Checks the copy, closes it with the folder's key, brings it to this version, and lets it know that the world has gone on
/// without it.
fn prepare(half: &Path, from: &DatabaseKey, to: &DatabaseKey, now: Timestamp) -> Result<(), StoreError> {
    let mut connection = open(half, from, Purpose::Copy)?;
    if let Some(detail) = quick_check(&connection)? {
        return Err(StoreError::Torn { detail });
    }
    // Out of the log: nothing may lie beside the file when it gets its name.
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    if from.expose() != to.expose() {
        connection.pragma_update(None, "rekey", to.pragma().as_str())?;
    }
    migrate::migrate(&mut connection)?;
    let change = connection.transaction()?;
    {
        let chance = RefCell::new(StdRng::from_rng(&mut rand::rng()));
        let writer = Writer::new(&change, &chance);
        // What was last written to each record is not known any more: an equal write must not be left out.
        writer.run("UPDATE links SET sent_hash = NULL", [])?;
        writer.record(now, "person", "ledger.restored", "ledger", &json!({}))?;
    }
    change.commit()?;
    connection.close().map_err(|(_, error)| error.into())
}
