//! A watched folder, looked at again and again: which files in it are complete and new.
//!
//! There is no word from any operating system that a file is complete, least of all on a network drive. So a file is taken
//! when two looks in a row find the same size and the same time of change. The engine decides how often to look.
//!
//! A file that changes later is reported again: its rows keep their ids, so that only added ones are new.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// What was seen in the folder so far. Kept over a restart, it spares reading every file again; without it nothing is lost and
/// nothing doubled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen(BTreeMap<PathBuf, Sight>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Sight {
    size: u64,
    changed: SystemTime,
    reported: bool,
}

/// Why the folder cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It is not there.
    #[error("The watched folder {name} is not there. Connect its drive, or choose another folder.")]
    Gone {
        /// The folder's own name.
        name: String,
    },
    /// It may not be read.
    #[error(
        "This computer does not let Leadferry look into the folder {name} ({detail}). Allow it in the folder's properties."
    )]
    Unreadable {
        /// The folder's own name.
        name: String,
        /// The operating system's words.
        detail: String,
    },
}

/// Looks at `folder` and gives the files that are complete and were not given before in this form, in order of their names.
///
/// # Errors
/// The folder is gone or cannot be read. What was seen stays as it was.
pub fn folder_scan(folder: &Path, seen: &mut Seen) -> Result<Vec<PathBuf>, FolderError> {
    let name = || folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
    let present = list(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FolderError::Gone { name: name() },
        _ => FolderError::Unreadable { name: name(), detail: error.to_string() },
    })?;
    let mut complete = Vec::new();
    let mut now_seen = BTreeMap::new();
    for (path, size, changed) in present {
        let before = seen.0.get(&path).filter(|sight| sight.size == size && sight.changed == changed);
        let stable = before.is_some() && size > 0;
        if stable && before.is_some_and(|sight| !sight.reported) {
            complete.push(path.clone());
        }
        now_seen.insert(path, Sight { size, changed, reported: stable });
    }
    seen.0 = now_seen;
    complete.sort();
    Ok(complete)
}

fn list(folder: &Path) -> io::Result<Vec<(PathBuf, u64, SystemTime)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !is_table(&path) {
            continue;
        }
        // A file may go away between two calls: then it is not there.
        if let Some((size, changed)) = std::fs::metadata(&path).ok().filter(Metadata::is_file).and_then(sight)
        {
            files.push((path, size, changed));
        }
    }
    Ok(files)
}

fn sight(metadata: Metadata) -> Option<(u64, SystemTime)> {
    Some((metadata.len(), metadata.modified().ok()?))
}

/// Tables by their ending, without the hidden and temporary files of browsers, Excel (`~$…`) and LibreOffice (`.~lock…`).
fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    !name.starts_with(['.', '~']) && ["csv", "tsv", "tab", "txt"].contains(&ending.as_str())
}
