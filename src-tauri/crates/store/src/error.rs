//! What can go wrong with the ledger, in words a person can act on.
//!
//! The variants are what the window and the command line map to a button or an exit code; the texts carry no value of any
//! lead, so that they may be logged.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// An error of the ledger. Cloned for each job of a group whose commit was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No room left to write.
    #[error(
        "The disk is full, so the last change was not kept. Free some space; Leadferry goes on by itself."
    )]
    DiskFull,
    /// The folder or file cannot be written.
    #[error(
        "Leadferry may not write to its data folder. Give your user account write access to it, then start again."
    )]
    ReadOnly,
    /// Another program holds the file.
    #[error(
        "Another program is using Leadferry's data file. Close it (a backup or a database viewer), then try again."
    )]
    Busy,
    /// The key does not open the file.
    #[error(
        "The data file cannot be opened with the key on this computer. It may come from another computer or user: \
         restore the key together with it, or restore a backup made here."
    )]
    WrongKey,
    /// A newer Leadferry has written the file.
    #[error(
        "The data was last used by a newer Leadferry (data version {file}, this one knows {app}). Install the newer one to go on."
    )]
    NewerFile {
        /// Version of the file.
        file: u32,
        /// Newest version this program knows.
        app: u32,
    },
    /// The file is damaged, or gone although there are copies of it. Found while opening.
    #[error("{} {}", match detail {
        Some(_) => "The data file leadferry.db is damaged.",
        None => "The data file leadferry.db is missing, but there are backups of it.",
    }, match backup {
        Some(path) => format!("The last good backup is {}: restore it to go on.", path.display()),
        None => "There is no good backup in the data folder: restore one you keep elsewhere, or keep a copy of the folder and ask support.".to_owned(),
    })]
    Damaged {
        /// What the check said, for support; none when there is no file.
        detail: Option<String>,
        /// The newest backup that passed its check.
        backup: Option<PathBuf>,
    },
    /// The file turned out to be damaged after it was opened.
    #[error(
        "A part of the data file cannot be read any more. Close Leadferry and start it again: it checks the whole file and offers \
         the last good backup."
    )]
    Torn {
        /// What SQLite said, for support.
        detail: String,
    },
    /// The disk failed while reading or writing.
    #[error(
        "The disk did not take or give data (code {code}). Check that the drive is connected, writable and healthy. What was \
         accepted before is kept, and Leadferry goes on by itself when the disk works."
    )]
    Medium {
        /// SQLite's extended code.
        code: i32,
    },
    /// Another Leadferry works in this folder.
    #[error("Leadferry is already running with this data folder{}. Use that one, or close it first.", match pid {
        Some(pid) => format!(" (process {pid})"),
        None => String::new(),
    })]
    AlreadyRunning {
        /// Its process id, where it can be read.
        pid: Option<u32>,
    },
    /// The data folder cannot be used.
    #[error("The data folder {} cannot be used ({reason}). Check that it exists and that you may write to it.", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// What was asked for is not there (any more).
    #[error("There is no such {what} any more. Refresh to see what there is.")]
    NotFound {
        /// Which kind of thing.
        what: &'static str,
    },
    /// It cannot be done as things stand.
    #[error("{why}")]
    Conflict {
        /// Cause and next step.
        why: &'static str,
    },
    /// A kept value cannot be understood. The value itself is left out.
    #[error(
        "Something kept in the data file cannot be read ({column}). Restore a backup, or send support this name."
    )]
    Unreadable {
        /// The column.
        column: String,
    },
    /// A job panicked. Nothing of it was kept.
    #[error(
        "Leadferry made a mistake while writing, and nothing of that step was kept. Report this, then try again."
    )]
    Panicked,
    /// The store is closed.
    #[error("Leadferry is closing its data file. Start it again to go on.")]
    Closed,
    /// Anything else the database says.
    #[error("The data file refused a step (code {code}: {message}). Report this with the code.")]
    Sql {
        /// SQLite's extended code.
        code: i32,
        /// SQLite's words, without values.
        message: String,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(code, message) => Self::from_code(code, message),
            rusqlite::Error::SqlInputError { error, msg, .. } => Self::from_code(error, Some(msg)),
            rusqlite::Error::FromSqlConversionFailure(index, _, _)
            | rusqlite::Error::IntegralValueOutOfRange(index, _) => {
                Self::Unreadable { column: format!("column {index}") }
            }
            rusqlite::Error::InvalidColumnType(_, name, _) => Self::Unreadable { column: name },
            other => Self::Sql { code: 0, message: other.to_string() },
        }
    }
}

impl StoreError {
    fn from_code(error: rusqlite::ffi::Error, message: Option<String>) -> Self {
        match error.code {
            ErrorCode::DiskFull => Self::DiskFull,
            // The shared index of the log cannot grow: what SQLite says when it opens a file on a full disk.
            _ if error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::SystemIoFailure => Self::Medium { code: error.extended_code },
            // Once a file is open, a page that does not decrypt is damage; a wrong key is told apart while opening.
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                Self::Torn { detail: message.unwrap_or_else(|| error.to_string()) }
            }
            _ => {
                Self::Sql { code: error.extended_code, message: message.unwrap_or_else(|| error.to_string()) }
            }
        }
    }

    /// It is the disk that takes or gives nothing: no job is to blame, and all of them fail alike.
    pub(crate) fn is_of_the_disk(&self) -> bool {
        matches!(self, Self::DiskFull | Self::ReadOnly | Self::Medium { .. } | Self::Torn { .. })
    }

    /// What the operating system said about a file or folder of ours.
    pub(crate) fn of_file(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Folder { path: path.to_owned(), reason: error.to_string() },
        }
    }
}
