//! Where a row of the file begins and ends, and its cells.
//!
//! `csv_core` takes the text apart; this module feeds it and keeps the row's own text and line number beside it. The `csv`
//! crate above it hands out neither, and after a quotation mark that nobody closes it would read the rest of the file, however
//! long, into one cell. Here such a line is set aside and reading goes on at the next.
//!
//! At most [`super::MAX_ROW`] of text plus one chunk is held at a time.

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;

use csv_core::ReadRecordResult;

use super::error::RowFault;
use super::text::Text;
use super::{Delimiter, MAX_ROW};

/// Excel's own limit of columns.
const MAX_CELLS: usize = 16_384;
/// Text already handed out is dropped from the buffer when this much has gathered.
const COMPACT_AT: usize = 64 << 10;

/// One row's text, with its cells or the reason why it has none.
pub(super) struct Framed {
    pub(super) line: u64,
    raw: Range<usize>,
    pub(super) cells: Result<usize, RowFault>,
}

pub(super) struct Records<R> {
    text: Text<R>,
    delimiter: u8,
    parser: csv_core::Reader,
    buffer: Vec<u8>,
    /// Where the next row begins in the buffer, and its line in the file.
    start: usize,
    line: u64,
    /// The text before `start` ended with a carriage return: a line feed now belongs to it.
    after_return: bool,
    /// The rest of an overlong line is still to be passed over.
    skipping: bool,
    blank_lines: u64,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(text: Text<R>, delimiter: Delimiter) -> Self {
        Self {
            text,
            delimiter: delimiter.byte(),
            parser: parser(delimiter.byte()),
            buffer: Vec::new(),
            start: 0,
            line: 1,
            after_return: false,
            skipping: false,
            blank_lines: 0,
            fields: vec![0; 1024],
            ends: vec![0; MAX_CELLS],
        }
    }

    pub(super) fn into_source(self) -> R {
        self.text.into_source()
    }

    pub(super) fn text(&self) -> &Text<R> {
        &self.text
    }

    /// How much of the file has been read but not yet handed out, in bytes of text.
    pub(super) fn pending(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// How much memory the buffers take, in bytes.
    pub(super) fn held(&self) -> usize {
        self.buffer.capacity() + self.fields.capacity() + self.ends.capacity() * size_of::<usize>()
    }

    pub(super) fn blank_lines(&self) -> u64 {
        self.blank_lines
    }

    /// The line the next row begins at, or a later one where blank lines come first.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The text that was read but is no complete row yet, for the report of a drive that gave up.
    pub(super) fn unfinished(&self) -> String {
        String::from_utf8_lossy(&self.buffer[self.start..]).into_owned()
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Framed>> {
        if self.start >= COMPACT_AT {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        if !self.skip_to_row()? {
            return Ok(None);
        }
        let (mut fed, mut filled, mut cells) = (self.start, 0, 0);
        loop {
            if fed == self.buffer.len() {
                if fed - self.start > MAX_ROW {
                    let several_lines = self.buffer[self.start..].iter().any(|byte| is_line_end(*byte));
                    let fault = if several_lines { RowFault::OpenQuote } else { RowFault::TooLong };
                    return Ok(Some(self.give_up(fault)));
                }
                if !self.text.fill(&mut self.buffer)? {
                    return Ok(Some(self.last_row(filled, cells)));
                }
            }
            let (result, used, wrote, ended) = self.parser.read_record(
                &self.buffer[fed..],
                &mut self.fields[filled..],
                &mut self.ends[cells..],
            );
            fed += used;
            filled += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => return Ok(Some(self.give_up(RowFault::TooLong))),
                ReadRecordResult::Record | ReadRecordResult::End => {
                    return Ok(Some(self.take(fed, Ok(cells))));
                }
            }
        }
    }

    /// The row's text as it stands in the file, without its line end. Holds until the next row is asked for.
    pub(super) fn raw(&self, row: &Framed) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.buffer[row.raw.clone()])
    }

    /// The cell at `position`, empty beyond the last.
    pub(super) fn cell(&self, row: &Framed, position: usize) -> Cow<'_, str> {
        let count = *row.cells.as_ref().unwrap_or(&0);
        if position >= count {
            return Cow::Borrowed("");
        }
        let from = if position == 0 { 0 } else { self.ends[position - 1] };
        String::from_utf8_lossy(&self.fields[from..self.ends[position]])
    }

    /// Whether the row runs over several lines although one of its quoted cells ends in the middle of a word: then a quotation
    /// mark further down has closed one that was left open, and the lines between are rows of their own.
    pub(super) fn swallowed_lines(&self, row: &Framed) -> bool {
        let raw = &self.buffer[row.raw.clone()];
        raw.iter().any(|byte| is_line_end(*byte)) && quote_ends_inside_cell(raw, self.delimiter)
    }

    /// Takes only the first line of `row` as broken; its other lines are read again as rows.
    pub(super) fn split_off_first_line(&mut self, row: &Framed) -> Framed {
        self.start = row.raw.start;
        self.line = row.line;
        self.after_return = false;
        self.give_up(RowFault::OpenQuote)
    }

    /// Passes over line ends and blank lines; `false` at the end of the file.
    fn skip_to_row(&mut self) -> io::Result<bool> {
        loop {
            if self.start == self.buffer.len() {
                self.buffer.clear();
                self.start = 0;
                if !self.text.fill(&mut self.buffer)? {
                    return Ok(false);
                }
            }
            let byte = self.buffer[self.start];
            match byte {
                b'\n' if self.after_return => self.after_return = false,
                b'\r' | b'\n' => {
                    self.blank_lines += u64::from(!self.skipping);
                    self.skipping = false;
                    self.line += 1;
                    self.after_return = byte == b'\r';
                }
                _ if self.skipping => {}
                _ => {
                    self.after_return = false;
                    return Ok(true);
                }
            }
            self.start += 1;
        }
    }

    /// The file ended inside a row. One more line end closes it, unless a quotation mark is open.
    fn last_row(&mut self, filled: usize, cells: usize) -> Framed {
        self.fields.resize(filled + 1, 0);
        let (result, _, _, ended) =
            self.parser.read_record(b"\n", &mut self.fields[filled..], &mut self.ends[cells..]);
        match result {
            ReadRecordResult::Record => self.take(self.buffer.len(), Ok(cells + ended)),
            ReadRecordResult::OutputEndsFull => self.give_up(RowFault::TooLong),
            _ => self.give_up(RowFault::OpenQuote),
        }
    }

    /// Hands out the text up to `end` and moves behind it.
    fn take(&mut self, end: usize, cells: Result<usize, RowFault>) -> Framed {
        let line = self.line;
        let taken = &self.buffer[self.start..end];
        self.line += line_ends(taken);
        self.after_return = taken.last() == Some(&b'\r');
        let trailing = taken.iter().rev().take_while(|byte| is_line_end(**byte)).count();
        let raw = self.start..end - trailing;
        self.start = end;
        Framed { line, raw, cells }
    }

    /// Sets the first line aside, so that reading goes on with the second.
    fn give_up(&mut self, fault: RowFault) -> Framed {
        self.parser = parser(self.delimiter);
        match self.buffer[self.start..].iter().position(|byte| is_line_end(*byte)) {
            Some(length) => self.take(self.start + length + 1, Err(fault)),
            None => {
                self.skipping = true;
                self.take(self.buffer.len(), Err(fault))
            }
        }
    }
}

fn parser(delimiter: u8) -> csv_core::Reader {
    csv_core::ReaderBuilder::new().delimiter(delimiter).build()
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// How many line ends there are; `\r\n` is one.
fn line_ends(text: &[u8]) -> u64 {
    let returns = text.iter().filter(|byte| **byte == b'\r').count();
    let lone_feeds =
        text.iter().enumerate().filter(|(at, byte)| **byte == b'\n' && (*at == 0 || text[at - 1] != b'\r'));
    (returns + lone_feeds.count()) as u64
}

/// Whether a closing quotation mark is followed by anything but a separator or a line end.
fn quote_ends_inside_cell(raw: &[u8], delimiter: u8) -> bool {
    enum At {
        CellStart,
        Plain,
        Quoted,
        MaybeClosed,
    }
    let mut at = At::CellStart;
    for byte in raw {
        at = match (at, *byte) {
            (At::Quoted, b'"') => At::MaybeClosed,
            (At::Quoted, _) => At::Quoted,
            (At::MaybeClosed, b'"') => At::Quoted,
            (_, byte) if byte == delimiter || is_line_end(byte) => At::CellStart,
            (At::MaybeClosed, _) => return true,
            (At::CellStart, b'"') => At::Quoted,
            (At::CellStart | At::Plain, _) => At::Plain,
        };
    }
    false
}
