//! Leads from CSV files, as real spreadsheets, databases and web shops write them.
//!
//! [`preview`] looks at a file and says how it was understood; [`Rows`] reads it; [`Exporter`] writes one. A file of any
//! length is read in constant memory. Every line is accounted for: it is a row, a [`BrokenRow`] with its text and the reason,
//! or counted as blank in the [`Tally`].
//!
//! Excel workbooks are deliberately not read: the person is told to save as CSV, because a workbook's cells have lost what
//! matters most (leading zeros and pluses of phone numbers) in ways that nobody sees.

mod cells;
mod charset;
mod error;
mod export;
mod header;
mod identity;
mod kinds;
mod layout;
mod preview;
mod records;
mod rows;
mod table;
mod text;

use std::fs::File;
use std::io;
use std::path::Path;

pub use charset::{Charset, UnknownCharset};
pub use error::{BrokenRow, CsvError, RowFault};
pub use export::{ExportMode, Exporter};
pub use layout::{Delimiter, UnusableDelimiter};
pub use preview::{Column, Preview, RowEstimate, Warning, WarningKind, preview};
pub use rows::{Row, Rows};
pub use table::Tally;

/// The longest row in bytes of text. Excel's longest cell is 32,767 letters.
pub const MAX_ROW: usize = 1 << 20;

/// How to read a file. The default guesses everything a person did not choose.
#[derive(Clone, Debug)]
pub struct CsvOptions {
    /// The encoding, where a person chose one.
    pub charset: Option<Charset>,
    /// The separator, where a person chose one.
    pub delimiter: Option<Delimiter>,
    /// Whether the first row holds column names. Without a choice it must look as if it did.
    pub header: Option<bool>,
    /// Cell texts that mean *nothing*, in any case.
    pub empty_markers: Vec<String>,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            charset: None,
            delimiter: None,
            header: None,
            empty_markers: cells::EMPTY_MARKERS.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Opens the file a person picked, dropped or named.
///
/// # Errors
/// It is missing, a folder, or not readable.
pub fn open(path: &Path) -> Result<File, CsvError> {
    let name = || path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    // Windows refuses to open a folder at all, Linux opens it and fails at the first read.
    if path.is_dir() {
        return Err(CsvError::Folder { name: name() });
    }
    File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => CsvError::NotFound { name: name() },
        io::ErrorKind::PermissionDenied => CsvError::NoAccess { name: name() },
        _ => error.into(),
    })
}
