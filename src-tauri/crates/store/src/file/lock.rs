//! One process per data folder.
//!
//! The lock belongs to the operating system, so that it is gone when the process is, however it ended. The process id in
//! the file is a courtesy for the message; where the system locks the content too (Windows), the message does without.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::StoreError;

/// The name of the lock file in the data folder.
const NAME: &str = "leadferry.lock";

/// Held while the store is open.
#[derive(Debug)]
pub(crate) struct FolderLock {
    #[expect(dead_code, reason = "the lock is the open file; dropping it lets go")]
    file: File,
}

impl FolderLock {
    /// Takes the folder, or says who has it.
    pub(crate) fn take(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(NAME);
        let refused = |error: std::io::Error| StoreError::of_file(&path, &error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(refused)?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(fs4::TryLockError::WouldBlock) => {
                let mut text = String::new();
                let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(StoreError::AlreadyRunning { pid });
            }
            Err(fs4::TryLockError::Error(error)) => return Err(refused(error)),
        }
        // A courtesy is no reason not to start: on a full disk the folder is ours all the same.
        let told = file.set_len(0).and_then(|()| file.rewind());
        if let Err(error) = told.and_then(|()| write!(file, "{}", std::process::id())) {
            tracing::warn!(%error, "the lock file does not say whose it is");
        }
        Ok(Self { file })
    }
}
