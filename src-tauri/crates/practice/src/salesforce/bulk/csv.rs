//! Rows of a job as CSV, and back.

use ::csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};

/// How a job's rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) delimiter: u8,
    pub(super) crlf: bool,
}

/// The names of delimiters.
pub(super) const DELIMITERS: &[(&str, u8)] = &[
    ("COMMA", b','),
    ("BACKQUOTE", b'`'),
    ("CARET", b'^'),
    ("PIPE", b'|'),
    ("SEMICOLON", b';'),
    ("TAB", b'\t'),
];

/// A header and rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Reads rows, or says in Salesforce's words why it cannot.
pub(super) fn read(text: &str, form: Form) -> Result<Table, String> {
    let first_line_is_crlf = text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
    if !text.is_empty() && first_line_is_crlf != form.crlf && text.contains('\n') {
        let set = if form.crlf { "CRLF" } else { "LF" };
        return Err(format!(
            "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {set}"
        ));
    }
    let mut reader = ReaderBuilder::new().delimiter(form.delimiter).from_reader(text.as_bytes());
    let wrong = |error: &::csv::Error| format!("ClientInputError : CSV error: {error}");
    let header: Vec<String> =
        reader.headers().map_err(|error| wrong(&error))?.iter().map(str::to_owned).collect();
    if header.iter().all(String::is_empty) {
        return Err("InvalidBatch : Field name not found : the first line must name the fields".to_owned());
    }
    let mut rows = Vec::new();
    for row in reader.records() {
        rows.push(row.map_err(|error| wrong(&error))?.iter().map(str::to_owned).collect());
    }
    Ok(Table { header, rows })
}

/// Writes rows. Every value of a result is in quotes.
pub(super) fn write(header: &[String], rows: &[Vec<String>], form: Form) -> String {
    let terminator = if form.crlf { Terminator::CRLF } else { Terminator::Any(b'\n') };
    let mut writer = WriterBuilder::new()
        .delimiter(form.delimiter)
        .quote_style(QuoteStyle::Always)
        .terminator(terminator)
        .from_writer(Vec::new());
    for row in [header].into_iter().chain(rows.iter().map(Vec::as_slice)) {
        // Writing to memory cannot fail.
        let _done = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
