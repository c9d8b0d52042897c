//! How a file was understood, for a person to look at before anything is imported.

use std::io::{Read, Seek, SeekFrom};

use leadferry_model::FieldKind;
use serde::{Deserialize, Serialize};

use super::error::{BrokenRow, CsvError};
use super::table::{Doubt, Line, Table};
use super::{CsvOptions, cells, kinds};

/// How many rows kinds and samples are taken from.
const LOOK_AT: usize = 1000;
/// How many bytes of rows are held at most, where rows are very long.
const LOOK_AT_BYTES: usize = 8 << 20;
/// How many rows are shown.
const SHOWN: usize = 20;
/// How many letters of a broken row are shown.
const SHOWN_RAW: usize = 500;
/// How many samples a column shows.
const SAMPLES: usize = 3;

/// A file as it was understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// The encoding in use, by its standard name.
    pub charset: String,
    /// The separator in use.
    pub delimiter: char,
    /// Whether the first row was taken as column names.
    pub has_header: bool,
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// How many good rows kinds, samples and fill were taken from.
    pub looked_at: usize,
    /// The first good rows, one text a column as it would be imported.
    pub rows: Vec<Vec<String>>,
    /// The first broken rows, long ones cut.
    pub broken: Vec<BrokenRow>,
    /// How many rows the file has.
    pub estimate: RowEstimate,
    /// What a person should know before importing.
    pub warnings: Vec<Warning>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name its values are imported under.
    pub name: String,
    /// What it seems to hold.
    pub kind: FieldKind,
    /// A few different values.
    pub samples: Vec<String>,
    /// How many of the rows looked at have a value.
    pub filled: usize,
}

/// How many rows a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowEstimate {
    /// Rows, good and broken.
    pub rows: u64,
    /// Counted, not estimated from the file's size.
    pub exact: bool,
}

/// Something a person should know before importing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// The column it is about, if one.
    pub column: Option<String>,
    /// What happened and what to do.
    pub sentence: String,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// Another encoding was chosen than the one the file seems to have.
    Charset,
    /// The first row looks like a lead.
    NoHeader,
    /// Columns without a name, or with the name of another.
    RenamedColumns,
    /// Excel has cut long numbers.
    CutNumbers,
    /// Excel has put apostrophes before values.
    Apostrophes,
    /// Excel has turned dates into day counts.
    DateNumbers,
    /// Rows that cannot be imported as they are.
    BrokenRows,
    /// NUL characters that were taken out.
    Nuls,
}

/// Looks at the first rows of `source`.
///
/// # Errors
/// It is no table at all.
pub fn preview<R: Read + Seek>(mut source: R, options: &CsvOptions) -> Result<Preview, CsvError> {
    let size = source.seek(SeekFrom::End(0))?;
    let mut table = Table::open(source, options, Doubt::AssumeLead)?;
    let mut rows = Vec::new();
    let mut broken = Vec::new();
    let mut bytes = 0;
    let mut complete = true;
    while let Some(line) = table.next() {
        match line {
            Line::Row { cells, .. } => {
                bytes += cells.iter().map(String::len).sum::<usize>();
                rows.push(cells);
            }
            Line::Broken(row) if broken.len() < SHOWN => {
                broken.push(BrokenRow { raw: row.raw.chars().take(SHOWN_RAW).collect(), ..row });
            }
            Line::Broken(_) => {}
        }
        let tally = table.tally();
        if tally.rows + tally.broken >= LOOK_AT as u64 || bytes >= LOOK_AT_BYTES {
            complete = table.next().is_none();
            break;
        }
    }
    let looks = Looks { rows: &rows, markers: &options.empty_markers };
    let used = rows.iter().map(Vec::len).max().unwrap_or(0).max(table.header.needed);
    let columns: Vec<Column> =
        table.header.names.iter().take(used).enumerate().map(|(at, name)| looks.column(at, name)).collect();
    let mut warnings = warnings(&table);
    warnings.extend(table.header.names.iter().enumerate().flat_map(|(at, name)| looks.warnings(at, name)));
    let shown = rows.iter().take(SHOWN).map(|row| {
        let mut row: Vec<String> =
            row.iter().map(|cell| looks.value(cell).unwrap_or_default().to_owned()).collect();
        row.resize(used, String::new());
        row
    });
    Ok(Preview {
        charset: table.layout.charset.name().to_owned(),
        delimiter: table.layout.delimiter.into(),
        has_header: options.header.unwrap_or(table.telltale.is_none()),
        columns,
        looked_at: rows.len(),
        rows: shown.collect(),
        broken,
        estimate: estimate(&table, size, complete),
        warnings,
    })
}

fn estimate<R: Read>(table: &Table<R>, size: u64, complete: bool) -> RowEstimate {
    let tally = table.tally();
    let seen = tally.rows + tally.broken;
    if complete {
        return RowEstimate { rows: seen, exact: true };
    }
    let rows = u128::from(seen) * u128::from(size) / u128::from(table.bytes_used().max(1));
    RowEstimate { rows: u64::try_from(rows).unwrap_or(u64::MAX).max(seen), exact: false }
}

/// What is to be said about the file as a whole.
fn warnings<R: Read>(table: &Table<R>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |kind, sentence| warnings.push(Warning { kind, column: None, sentence });
    let tally = table.tally();
    if let Some(better) = table.layout.better {
        let (better, chosen) = (better.name(), table.layout.charset.name());
        let sentence = format!(
            "The file looks like {better} but is read as {chosen}. Check the letters in the rows below."
        );
        warn(WarningKind::Charset, sentence);
    }
    if let Some(sample) = &table.telltale {
        let sentence = format!(
            "The first line looks like a lead ({sample}), so it is read as one and the columns have numbers for names. \
             If it does hold column names, say so."
        );
        warn(WarningKind::NoHeader, sentence);
    }
    if !table.header.renamed.is_empty() {
        let names = table.header.renamed.join(", ");
        let sentence = format!("Columns without a name, or with the name of another, are called: {names}.");
        warn(WarningKind::RenamedColumns, sentence);
    }
    if tally.broken > 0 {
        let (broken, seen) = (tally.broken, tally.broken + tally.rows);
        let sentence = format!(
            "{broken} of the first {seen} rows cannot be imported as they are. They are set aside for you to mend; \
             the rest is imported."
        );
        warn(WarningKind::BrokenRows, sentence);
    }
    if tally.nuls > 0 {
        let sentence =
            "The file holds NUL characters, which databases leave behind. They are taken out.".to_owned();
        warn(WarningKind::Nuls, sentence);
    }
    warnings
}

/// The rows looked at.
struct Looks<'a> {
    rows: &'a [Vec<String>],
    markers: &'a [String],
}

impl<'a> Looks<'a> {
    /// What would be imported of a cell.
    fn value<'c>(&self, cell: &'c str) -> Option<&'c str> {
        (!cells::is_empty(cell, self.markers)).then(|| cells::unguard(cell))
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = &'a str> + '_ {
        self.rows.iter().filter_map(move |row| row.get(at)).map(String::as_str)
    }

    fn column(&self, at: usize, name: &str) -> Column {
        let values: Vec<&str> = self.cells(at).filter_map(|cell| self.value(cell)).collect();
        let mut samples: Vec<String> = Vec::new();
        for value in &values {
            if samples.len() < SAMPLES && !samples.iter().any(|sample| sample == value) {
                samples.push((*value).to_owned());
            }
        }
        Column { name: name.to_owned(), kind: kinds::guess(name, &values), samples, filled: values.len() }
    }

    /// What a spreadsheet has done to the column.
    fn warnings(&self, at: usize, name: &str) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut warn =
            |kind, sentence| warnings.push(Warning { kind, column: Some(name.to_owned()), sentence });

        let mut cut = self.cells(at).filter(|cell| cells::is_cut_number(cell));
        if let Some(sample) = cut.next() {
            let count = cut.count() + 1;
            let sentence = format!(
                "Excel has shortened {count} of the values in “{name}” to forms such as {sample}; their last digits are gone. \
                 Format the column as text in Excel and export it again."
            );
            warn(WarningKind::CutNumbers, sentence);
        }
        let apostrophes = self.cells(at).filter(|cell| cells::unguard(cell) != *cell).count();
        if apostrophes > 0 {
            let sentence = format!(
                "Excel has put an apostrophe before {apostrophes} of the values in “{name}”. It is taken off."
            );
            warn(WarningKind::Apostrophes, sentence);
        }
        let values: Vec<&str> = self.cells(at).filter_map(|cell| self.value(cell)).collect();
        // 1954 to 2064 as Excel counts days; other small numbers are left alone.
        let day_count =
            |value: &&str| value.trim().parse::<u32>().is_ok_and(|days| (20_000..60_000).contains(&days));
        if name.to_lowercase().contains("date") && !values.is_empty() && values.iter().all(day_count) {
            let sentence = format!(
                "“{name}” holds day counts such as {} instead of dates. Format the column as a date in Excel and export it again.",
                values[0]
            );
            warn(WarningKind::DateNumbers, sentence);
        }
        warnings
    }
}
