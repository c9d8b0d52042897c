//! Whatever the bytes: no panic, and every line is a row, a broken row or blank.

use std::io::Cursor;

use leadferry_sources::csv::{CsvOptions, Rows, preview};
use proptest::prelude::*;

/// Reads everything; the texts of the broken rows, the good rows and the lines they begin at.
fn drain(bytes: &[u8], options: &CsvOptions) -> Option<(u64, u64, Vec<u64>)> {
    let mut rows = Rows::new(Cursor::new(bytes), options).ok()?;
    let lines: Vec<u64> =
        rows.by_ref().map(|row| row.map_or_else(|broken| broken.line, |good| good.line)).collect();
    let tally = rows.tally();
    Some((tally.rows, tally.broken, lines))
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let options = CsvOptions::default();
        let seen = preview(Cursor::new(&bytes), &options);
        if let Some((rows, broken, lines)) = drain(&bytes, &options) {
            prop_assert_eq!(rows + broken, lines.len() as u64, "the tally counts what was handed out");
            prop_assert!(lines.is_sorted(), "lines come in order");
            prop_assert!(seen.is_ok(), "what can be imported can be previewed");
        }
    }

    #[test]
    fn messy_tables_are_read_without_panic(text in "[ab,;\"'\r\n\t=+\0é|-]{0,200}") {
        let options = CsvOptions { header: Some(false), ..CsvOptions::default() };
        if let Some((rows, broken, lines)) = drain(text.as_bytes(), &options) {
            prop_assert_eq!(rows + broken, lines.len() as u64);
            prop_assert!(lines.is_sorted());
        }
    }

    /// Each line carries its own number, so that a swallowed one is missed.
    #[test]
    fn no_line_is_swallowed(
        tails in proptest::collection::vec("[ab,\"]{0,8}", 1..60),
        end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
    ) {
        let mut text = format!("id,value{end}");
        for (number, tail) in tails.iter().enumerate() {
            text.push_str(&format!("<{number}>,{tail}{end}"));
        }
        let mut seen = String::new();
        let rows = match Rows::new(Cursor::new(&text), &CsvOptions { header: Some(true), ..CsvOptions::default() }) {
            Ok(rows) => rows,
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        let named = rows.columns().len() == 2;
        for row in rows {
            match row {
                Ok(row) => seen.extend(row.lead.fields.iter().map(|(_, value)| value.to_string())),
                Err(broken) => seen.push_str(&broken.raw),
            }
        }
        for number in 0..tails.len() {
            prop_assert_eq!(seen.matches(&format!("<{number}>")).count(), 1, "line {} of {:?} ({})", number, text, named);
        }
    }
}
