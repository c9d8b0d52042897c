//! The rows of a file as captured leads.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use leadferry_model::{Captured, Record, Value};

use super::error::{BrokenRow, CsvError};
use super::identity::Identities;
use super::table::{Doubt, Line, Table, Tally};
use super::{CsvOptions, cells, open};

/// One good row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it begins, counted as a text editor counts.
    pub line: u64,
    /// The lead in it. Empty cells are left out: a spreadsheet cannot say *nothing, on purpose*.
    pub lead: Captured,
}

/// Reads a file row by row. A row is `Ok`, a broken one `Err`, and reading goes on behind it.
///
/// If the drive gives up, the last item is broken with [`super::RowFault::Interrupted`].
pub struct Rows<R> {
    table: Table<R>,
    identities: Identities,
    empty_markers: Vec<String>,
}

impl Rows<File> {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// It cannot be opened, or is no table with column names.
    pub fn from_path(path: &Path, options: &CsvOptions) -> Result<Self, CsvError> {
        Self::new(open(path)?, options)
    }
}

impl<R: Read + Seek> Rows<R> {
    /// Reads `source`, from its start.
    ///
    /// # Errors
    /// It is no table, or has no column names and nobody said so.
    pub fn new(source: R, options: &CsvOptions) -> Result<Self, CsvError> {
        Ok(Self {
            table: Table::open(source, options, Doubt::Refuse)?,
            identities: Identities::new(),
            empty_markers: options.empty_markers.clone(),
        })
    }
}

impl<R: Read> Rows<R> {
    /// The columns' names, in the file's order.
    pub fn columns(&self) -> &[String] {
        &self.table.header.names
    }

    /// What was read so far.
    pub fn tally(&self) -> Tally {
        self.table.tally()
    }

    /// How much memory reading takes at this moment, in bytes. It does not grow with the file.
    pub fn held(&self) -> usize {
        self.table.held() + self.identities.held()
    }

    fn lead(&mut self, row: &[String]) -> Captured {
        let fields: Record = row
            .iter()
            .zip(&self.table.header.names)
            .filter(|(cell, _)| !cells::is_empty(cell, &self.empty_markers))
            .map(|(cell, name)| (name.as_str(), Value::text(cells::unguard(cell))))
            .collect();
        Captured { source_id: self.identities.next(&fields), captured_at: None, fields }
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, BrokenRow>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.table.next()? {
            Line::Row { line, cells } => Ok(Row { line, lead: self.lead(&cells) }),
            Line::Broken(broken) => Err(broken),
        })
    }
}
