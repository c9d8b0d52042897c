//! Files as a whole: after a crash at any point there is the old one or the new one, and what was named stays named.

use std::path::{Path, PathBuf};

use crate::StoreError;

/// What SQLite keeps beside a data file while it is in use.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Gives `from` the name `to`, for good.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).and_then(|()| sync_folder(to)).map_err(|error| StoreError::of_file(to, &error))
}

/// Removes a file. It not being there is success.
pub(crate) fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::of_file(path, &error)),
        _ => Ok(()),
    }
}

/// Removes a data file with everything beside it: the log of one file must never be played into another.
pub(crate) fn remove_ledger(path: &Path) -> Result<(), StoreError> {
    BESIDE.iter().try_for_each(|ending| remove(&beside(path, ending)))?;
    remove(path)
}

/// Gives a data file another name, with everything beside it. What is not there (any more) is passed over, so that this can be
/// done again after a crash in the middle of it.
pub(crate) fn move_ledger(from: &Path, to: &Path) -> Result<(), StoreError> {
    for (from, to) in BESIDE
        .iter()
        .map(|ending| (beside(from, ending), beside(to, ending)))
        .chain([(from.into(), to.into())])
    {
        if from.exists() {
            rename(&from, &to)?;
        }
    }
    Ok(())
}

/// The name of what SQLite keeps beside `path`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A rename is only durable once its folder is. Windows has no such call and needs none.
#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
