//! The form of a backup file: a line that says what follows, the secrets as a vault file, the ledger's copy.
//!
//! ```text
//! leadferry-backup 1 <bytes of the secrets> <bytes of the ledger>\n
//! ```
//! Both parts are encrypted and check themselves; the lengths tell a file that was cut on the way.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use crate::{Error, ErrorCode, Result};

const MAGIC: &str = "leadferry-backup";
const FORMAT: u32 = 1;
/// Longer than any first line of ours.
const LINE: u64 = 128;
/// A vault of thousands of connections is far below; a changed file must not exhaust the computer.
const MOST_SECRETS: u64 = 64 * 1024 * 1024;

/// A backup file that is being read.
pub(super) struct Reading {
    path: PathBuf,
    rest: BufReader<File>,
    ledger: u64,
    /// The secrets, as [`Vault::from_sealed_copy`](leadferry_auth::vault::Vault::from_sealed_copy) takes them.
    pub(super) secrets: Vec<u8>,
}

/// Writes a backup to `path`, whole or not at all.
pub(super) fn write(path: &Path, secrets: &[u8], ledger: &Path) -> Result<()> {
    let half = beside(path, ".half");
    let written = fill(&half, secrets, ledger).and_then(|()| std::fs::rename(&half, path));
    written.map_err(|error| {
        // Room on a full disk matters more than this error.
        std::fs::remove_file(&half).ok();
        let words = match error.kind() {
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            _ => error.to_string(),
        };
        Error::new(
            ErrorCode::File,
            format!("The backup {} could not be written ({words}). Choose another place.", path.display()),
        )
    })
}

fn fill(path: &Path, secrets: &[u8], ledger: &Path) -> io::Result<()> {
    let mut from = File::open(ledger)?;
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut to = options.open(path)?;
    writeln!(to, "{MAGIC} {FORMAT} {} {}", secrets.len(), from.metadata()?.len())?;
    to.write_all(secrets)?;
    io::copy(&mut from, &mut to)?;
    to.sync_all()
}

/// A name that is ours beside `path`: with another ending instead of one more, it could be a file of the person's.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Opens a backup file. `None` when it is something else, such as a daily copy of the ledger.
pub(super) fn read(path: &Path) -> Result<Option<Reading>> {
    let unreadable = |error: io::Error| {
        Error::new(
            ErrorCode::File,
            format!("The backup {} cannot be read ({error}). Choose another file.", path.display()),
        )
    };
    let mut rest = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut line = Vec::new();
    rest.by_ref().take(LINE).read_until(b'\n', &mut line).map_err(unreadable)?;
    let Some(words) = str::from_utf8(&line).ok().and_then(|line| line.strip_prefix(MAGIC)) else {
        return Ok(None);
    };
    let words: Vec<u64> = words.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let (secrets, ledger) = match words[..] {
        [format, secrets, ledger] if format == u64::from(FORMAT) && secrets <= MOST_SECRETS => {
            (secrets, ledger)
        }
        [format, ..] if format > u64::from(FORMAT) => {
            return Err(Error::new(
                ErrorCode::File,
                "The backup was made by a newer version of Leadferry. Update Leadferry, then restore it.",
            ));
        }
        _ => return Err(cut(path)),
    };
    let mut bytes = Vec::new();
    rest.by_ref().take(secrets).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 != secrets {
        return Err(cut(path));
    }
    Ok(Some(Reading { path: path.to_owned(), rest, ledger, secrets: bytes }))
}

impl Reading {
    /// Writes the ledger's part to `to`.
    pub(super) fn take_ledger(mut self, to: &Path) -> Result<()> {
        let copied = File::create(to).and_then(|mut to| {
            let copied = io::copy(&mut self.rest, &mut to)?;
            to.sync_all()?;
            Ok(copied)
        });
        match copied {
            Ok(copied) if copied == self.ledger => Ok(()),
            Ok(_) => Err(cut(&self.path)),
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(Error::new(
                ErrorCode::Disk,
                "The disk is full, so the backup was not restored. Free some space, then try again. Nothing was changed.",
            )),
            Err(error) => Err(Error::new(
                ErrorCode::Disk,
                format!("The backup could not be taken into the data folder ({error}). Nothing was changed."),
            )),
        }
    }
}

fn cut(path: &Path) -> Error {
    Error::new(
        ErrorCode::File,
        format!(
            "The backup {} is not complete: a part of it was lost while it was copied. Copy it again, or choose another one.",
            path.display()
        ),
    )
}
