//! A file as a table: its columns, and line after line its cells or what is wrong with them.

use std::io::{Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::CsvOptions;
use super::error::{BrokenRow, CsvError, RowFault};
use super::header::Header;
use super::layout::{self, Layout};
use super::records::{Framed, Records};
use super::text::{Text, UNREADABLE};

/// How many lines of each kind were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Good rows.
    pub rows: u64,
    /// Broken rows.
    pub broken: u64,
    /// Lines without any text, and rows without any value.
    pub blank: u64,
    /// NUL characters taken out of the text.
    pub nuls: u64,
}

/// What to do with a first row that looks like a lead when nobody said what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Stop: an import must not guess.
    Refuse,
    /// Take it as a lead: a preview shows what it guessed.
    AssumeLead,
}

pub(super) struct Table<R> {
    records: Records<R>,
    pub(super) layout: Layout,
    pub(super) header: Header,
    /// The cell that showed that the first row is a lead.
    pub(super) telltale: Option<String>,
    tally: Tally,
    blank_rows: u64,
    ended: bool,
}

/// One line of the table.
pub(super) enum Line {
    Row { line: u64, cells: Vec<String> },
    Broken(BrokenRow),
}

impl<R: Read + Seek> Table<R> {
    pub(super) fn open(mut source: R, options: &CsvOptions, doubt: Doubt) -> Result<Self, CsvError> {
        let layout = layout::inspect(&mut source, options)?;
        let mut records = start(source, layout)?;
        let first = first_row(&mut records, layout)?;
        let telltale = match options.header {
            Some(_) => None,
            None => Header::telltale(&first).map(str::to_owned),
        };
        if let (Some(sample), Doubt::Refuse) = (&telltale, doubt) {
            return Err(CsvError::NoHeader { sample: sample.clone() });
        }
        let header = if options.header.unwrap_or(telltale.is_none()) {
            Header::from_row(&first)
        } else {
            let mut source = records.into_source();
            source.seek(SeekFrom::Start(0))?;
            records = start(source, layout)?;
            Header::numbered(first.len())
        };
        Ok(Self { records, layout, header, telltale, tally: Tally::default(), blank_rows: 0, ended: false })
    }
}

impl<R: Read> Table<R> {
    /// The next line that is not blank; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Line> {
        while !self.ended {
            match self.records.next() {
                Ok(Some(row)) => {
                    if let Some(line) = self.judge(row) {
                        return Some(line);
                    }
                }
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    let line = self.records.line();
                    let raw = self.records.unfinished();
                    return Some(self.broken(line, RowFault::Interrupted { detail: error.to_string() }, raw));
                }
            }
        }
        None
    }

    /// What was read so far.
    pub(super) fn tally(&self) -> Tally {
        Tally {
            blank: self.blank_rows + self.records.blank_lines(),
            nuls: self.records.text().nuls(),
            ..self.tally
        }
    }

    /// How much memory the buffers take, in bytes.
    pub(super) fn held(&self) -> usize {
        self.records.held()
    }

    /// How many bytes of the file the lines so far took, roughly.
    pub(super) fn bytes_used(&self) -> u64 {
        self.records.text().bytes_read().saturating_sub(self.records.pending() as u64)
    }

    fn judge(&mut self, row: Framed) -> Option<Line> {
        let raw = self.records.raw(&row);
        if raw.contains(UNREADABLE) {
            let raw = raw.replace(UNREADABLE, "\u{fffd}");
            let charset = self.layout.charset.name().to_owned();
            return Some(self.broken(row.line, RowFault::Unreadable { charset }, raw));
        }
        let count = match &row.cells {
            Ok(count) => *count,
            Err(fault) => {
                let (fault, raw) = (fault.clone(), raw.into_owned());
                return Some(self.broken(row.line, fault, raw));
            }
        };
        if self.records.swallowed_lines(&row) {
            let first = self.records.split_off_first_line(&row);
            let raw = self.records.raw(&first).into_owned();
            return Some(self.broken(first.line, RowFault::OpenQuote, raw));
        }
        let mut cells: Vec<String> =
            (0..count).map(|position| self.records.cell(&row, position).into_owned()).collect();
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            self.blank_rows += 1;
            return None;
        }
        let Header { names, needed, .. } = &self.header;
        while cells.len() > *needed && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        let fault = match cells.len() {
            found if found < *needed => RowFault::TooFewCells { expected: *needed, found },
            found if found > names.len() => RowFault::TooManyCells { expected: names.len(), found },
            _ => {
                self.tally.rows += 1;
                return Some(Line::Row { line: row.line, cells });
            }
        };
        let raw = self.records.raw(&row).into_owned();
        Some(self.broken(row.line, fault, raw))
    }

    fn broken(&mut self, line: u64, fault: RowFault, raw: String) -> Line {
        self.tally.broken += 1;
        Line::Broken(BrokenRow { line, fault, raw })
    }
}

/// Reads `source` from its start, behind a `sep=` line.
fn start<R: Read>(source: R, layout: Layout) -> Result<Records<R>, CsvError> {
    let mut records = Records::new(Text::new(source, layout.charset), layout.delimiter);
    if layout.sep_line {
        records.next()?;
    }
    Ok(records)
}

/// The cells of the first row that holds anything.
fn first_row<R: Read>(records: &mut Records<R>, layout: Layout) -> Result<Vec<String>, CsvError> {
    while let Some(row) = records.next()? {
        if records.raw(&row).contains(UNREADABLE) {
            let chosen = layout.charset.name();
            return Err(match layout.better {
                Some(better) => CsvError::WrongEncoding { chosen, better: better.name() },
                None => CsvError::BrokenHeader { fault: RowFault::Unreadable { charset: chosen.to_owned() } },
            });
        }
        let fault = match &row.cells {
            Err(fault) => fault.clone(),
            Ok(_) if records.swallowed_lines(&row) => RowFault::OpenQuote,
            Ok(count) => {
                let cells: Vec<String> =
                    (0..*count).map(|position| records.cell(&row, position).into_owned()).collect();
                if cells.iter().all(|cell| cell.trim().is_empty()) {
                    continue;
                }
                return Ok(cells);
            }
        };
        return Err(CsvError::BrokenHeader { fault });
    }
    Err(CsvError::Empty)
}
