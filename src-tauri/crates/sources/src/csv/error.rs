//! Why a file, or one line of it, cannot be taken: each with its cause and the next step.

use serde::{Deserialize, Serialize};

/// Why a whole file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// Nothing under this name.
    #[error("There is no file called {name}. It may have been moved or renamed: choose it again.")]
    NotFound {
        /// The file's name without its folder.
        name: String,
    },
    /// A folder was chosen.
    #[error("{name} is a folder. Choose the file inside it, or set the folder up as a watched folder.")]
    Folder {
        /// The folder's name.
        name: String,
    },
    /// The computer refuses access.
    #[error(
        "This computer does not let Leadferry read {name}. Close it in other programs, or allow reading it in its properties."
    )]
    NoAccess {
        /// The file's name without its folder.
        name: String,
    },
    /// Not a single lead in it.
    #[error("The file is empty. Export it again and check that the export holds rows.")]
    Empty,
    /// The first line is a lead.
    #[error(
        "The first line already looks like a lead ({sample}), not like column names. \
         Add a line with column names, or choose “This file has no column names”."
    )]
    NoHeader {
        /// The cell that gave it away.
        sample: String,
    },
    /// The line that should hold the column names is broken.
    #[error("The line with the column names cannot be read. {fault}")]
    BrokenHeader {
        /// What is wrong with it.
        fault: RowFault,
    },
    /// `.xlsx`, `.xls` or `.ods`.
    #[error("This is an Excel workbook. Save it as CSV first: in Excel, File, Save As, “CSV UTF-8”.")]
    Workbook,
    /// A picture, a PDF, an archive or the like.
    #[error("This is not a table of text ({looks_like}). Export the leads as CSV and choose that file.")]
    Binary {
        /// What the first bytes say it is.
        looks_like: &'static str,
    },
    /// The chosen encoding does not fit.
    #[error("The file cannot be read as {chosen}. Choose {better} as its encoding instead.")]
    WrongEncoding {
        /// What the person chose.
        chosen: &'static str,
        /// What the bytes look like.
        better: &'static str,
    },
    /// The disk or the network drive gave up.
    #[error("Reading the file stopped ({detail}). Check the drive it is on and import it again.")]
    Unreadable {
        /// The operating system's words.
        detail: String,
    },
}

impl From<std::io::Error> for CsvError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable { detail: error.to_string() }
    }
}

/// One line, or several that belong together, that is not a lead. Kept whole, so that nothing is lost and it can be
/// mended and imported again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenRow {
    /// Where it begins, counted as a text editor counts.
    pub line: u64,
    /// What is wrong with it.
    pub fault: RowFault,
    /// The text as it stands in the file. Cut only where a single line is longer than [`super::MAX_ROW`].
    pub raw: String,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum RowFault {
    /// Fewer cells than named columns.
    #[error(
        "This line has {found} cells, the column names need {expected}. A separator is missing, or a line was cut in two."
    )]
    TooFewCells {
        /// How many columns have a name.
        expected: usize,
        /// How many cells there are.
        found: usize,
    },
    /// More cells than columns.
    #[error(
        "This line has {found} cells, there are only {expected} columns. A value with a separator in it needs quotation marks around it."
    )]
    TooManyCells {
        /// How many columns there are.
        expected: usize,
        /// How many cells there are.
        found: usize,
    },
    /// A quotation mark that no other one closes.
    #[error("A quotation mark opens in this line and nothing closes it. Close it, or take it out.")]
    OpenQuote,
    /// Longer than any lead.
    #[error("This line is longer than a whole lead can be. Check that the right separator is chosen.")]
    TooLong,
    /// Bytes that the encoding does not know.
    #[error("Some letters of this line cannot be read as {charset}. Choose another encoding for the file.")]
    Unreadable {
        /// The encoding in use.
        charset: String,
    },
    /// The drive gave up. Everything after this line is not imported yet.
    #[error(
        "Reading stopped here ({detail}); the lines after it are not imported. Check the drive and import the file again: rows already taken are not taken twice."
    )]
    Interrupted {
        /// The operating system's words.
        detail: String,
    },
}
