//! Writes tables that people open in a spreadsheet or feed to another program.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::cells;

/// Who will read the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportMode {
    /// A spreadsheet, which would run `+44 …` or `=…` as a formula: such cells get an apostrophe before them. Reading the file
    /// with [`super::Rows`] takes it off again.
    #[default]
    Spreadsheet,
    /// A program: every value exactly as it is.
    Machine,
}

/// Writes one table as UTF-8 with a byte order mark, without which Excel spoils every letter beyond ASCII.
pub struct Exporter<W: Write> {
    out: csv::Writer<W>,
    mode: ExportMode,
}

impl<W: Write> Exporter<W> {
    /// Begins a table with these columns.
    ///
    /// # Errors
    /// The output does not take it.
    pub fn new<'a>(
        mut out: W,
        columns: impl IntoIterator<Item = &'a str>,
        mode: ExportMode,
    ) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        let mut exporter = Self { out, mode };
        exporter.write(columns)?;
        Ok(exporter)
    }

    /// Writes one row. It must have as many cells as there are columns.
    ///
    /// # Errors
    /// The output does not take it, or the row has another number of cells.
    pub fn write<'a>(&mut self, row: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        for cell in row {
            match self.mode {
                ExportMode::Spreadsheet => self.out.write_field(&*cells::guard(cell))?,
                ExportMode::Machine => self.out.write_field(cell)?,
            }
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    /// Writes what is still held back, and gives the output back.
    ///
    /// # Errors
    /// The output does not take it.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
