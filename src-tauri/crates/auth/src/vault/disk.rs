//! Replacing a file as a whole: after a crash at any point there is the old file or the new one, never half of one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use leadferry_failpoint::fail_point;

/// New content beside the file it will replace, already safe on disk.
pub(super) struct Staged {
    from: PathBuf,
    to: PathBuf,
}

/// Writes `bytes` beside `path`. One writer at a time: the caller holds the vault's lock. What an earlier crash left is written over.
pub(super) fn stage(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    let from = path.with_extension("vault.new");
    match write(&from, bytes) {
        Ok(()) => Ok(Staged { from, to: path.to_owned() }),
        Err(error) => {
            // Room on a full disk matters more than this error, and the next write replaces the file anyway.
            drop(fs::remove_file(&from));
            Err(error)
        }
    }
}

impl Staged {
    /// Puts it in place.
    pub(super) fn commit(self) -> io::Result<()> {
        fail_point!("vault.file.before");
        fs::rename(&self.from, &self.to)?;
        sync_folder(&self.to)?;
        fail_point!("vault.file.after");
        Ok(())
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    fill(&mut file, bytes)
}

fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// A rename is only durable once its folder is. Windows has no such call and needs none.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::VaultError;

    #[test]
    fn a_crash_before_the_rename_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.vault");
        stage(&path, b"old").unwrap().commit().unwrap();
        drop(stage(&path, b"half of the n").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"old", "staging alone replaces nothing");
        stage(&path, b"new").unwrap().commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new", "what the crash left is no obstacle");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing stays behind");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_called_a_full_disk() {
        let mut full = File::options().write(true).open("/dev/full").unwrap();
        let error = VaultError::from(fill(&mut full, b"new").unwrap_err());
        assert_eq!(error.word(), "disk_full", "the person can act on that: {error}");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.vault");
        stage(&path, b"x").unwrap().commit().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "no group, no others");
    }
}
