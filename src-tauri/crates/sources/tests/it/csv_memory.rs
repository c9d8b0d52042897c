//! A million rows in constant memory: seen by how far the reading runs ahead of the rows, and by what it holds meanwhile.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use leadferry_sources::csv::{CsvOptions, MAX_ROW, Rows};

const ROWS: u64 = 1_000_000;

/// A file that exists only row by row while it is read, and counts what it gave.
struct Generated {
    next_row: u64,
    row: Vec<u8>,
    at: usize,
    given: Rc<Cell<u64>>,
}

fn row(number: u64) -> Vec<u8> {
    match number {
        0 => "name,email\n".into(),
        _ => format!("Zoë {number},lead{number}@example.com\n").into_bytes(),
    }
}

impl Read for Generated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.at == self.row.len() {
                if self.next_row > ROWS {
                    break;
                }
                self.row = row(self.next_row);
                self.at = 0;
                self.next_row += 1;
            }
            let take = (buffer.len() - filled).min(self.row.len() - self.at);
            buffer[filled..filled + take].copy_from_slice(&self.row[self.at..self.at + take]);
            filled += take;
            self.at += take;
        }
        self.given.set(self.given.get() + filled as u64);
        Ok(filled)
    }
}

impl Seek for Generated {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        assert_eq!(to, SeekFrom::Start(0), "rows are read from the start and nowhere else");
        *self = Self { next_row: 0, row: Vec::new(), at: 0, given: Rc::clone(&self.given) };
        self.given.set(0);
        Ok(0)
    }
}

#[test]
fn a_million_rows_take_constant_memory() {
    let given = Rc::new(Cell::new(0));
    let source = Generated { next_row: 0, row: Vec::new(), at: 0, given: Rc::clone(&given) };
    let mut rows = Rows::new(source, &CsvOptions::default()).unwrap();
    let mut used = row(0).len() as u64;
    let mut count = 0;
    let mut furthest_ahead = 0;
    let mut most_held = 0;
    while let Some(next) = rows.next() {
        let next = next.expect("every generated row is good");
        count += 1;
        used += row(count).len() as u64;
        assert_eq!(next.line, count + 1, "rows come in order");
        furthest_ahead = furthest_ahead.max(given.get().saturating_sub(used));
        most_held = most_held.max(rows.held());
    }
    assert_eq!((count, rows.tally().rows), (ROWS, ROWS), "every row is there");
    assert!(furthest_ahead <= 128 << 10, "reading ran {furthest_ahead} bytes ahead of the rows");
    assert!(most_held <= (9 << 20) + MAX_ROW, "reading held {most_held} bytes");
}
