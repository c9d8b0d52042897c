//! How a file is laid out: its encoding, its separator, and whether it begins with a `sep=` line.

use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::charset::{self, Charset};
use super::records::Records;
use super::text::Text;
use super::{CsvError, CsvOptions};

/// How much of the file is looked at first.
const HEAD: usize = 256 << 10;
/// How many rows the separator is guessed from.
const GUESS_ROWS: usize = 50;

/// The sign between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "char", try_from = "char")]
pub struct Delimiter(u8);

/// This sign cannot separate cells.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("Cells cannot be separated by “{0}”. Choose comma, semicolon, tab or pipe.")]
pub struct UnusableDelimiter(char);

impl Delimiter {
    /// What the letters CSV say.
    pub const COMMA: Self = Self(b',');
    /// What Excel writes wherever the comma is the decimal sign.
    pub const SEMICOLON: Self = Self(b';');
    /// Tab-separated values.
    pub const TAB: Self = Self(b'\t');
    /// Some databases.
    pub const PIPE: Self = Self(b'|');
    /// The separators that are guessed, the likelier first.
    pub const GUESSED: [Self; 4] = [Self::COMMA, Self::SEMICOLON, Self::TAB, Self::PIPE];

    pub(super) fn byte(self) -> u8 {
        self.0
    }
}

impl From<Delimiter> for char {
    fn from(delimiter: Delimiter) -> Self {
        delimiter.0.into()
    }
}

impl TryFrom<char> for Delimiter {
    type Error = UnusableDelimiter;

    fn try_from(sign: char) -> Result<Self, UnusableDelimiter> {
        match u8::try_from(sign) {
            Ok(byte) if byte == b'\t' || (byte.is_ascii_punctuation() || byte == b' ') && byte != b'"' => {
                Ok(Self(byte))
            }
            _ => Err(UnusableDelimiter(sign)),
        }
    }
}

/// What was found out about a file before its first row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) charset: Charset,
    /// What the bytes look like, where that is another text than the chosen encoding gives.
    pub(super) better: Option<Charset>,
    pub(super) delimiter: Delimiter,
    /// Excel's `sep=;` line, which is no row.
    pub(super) sep_line: bool,
}

/// Looks at the beginning of `source`, and leaves it at its start again.
pub(super) fn inspect(source: &mut (impl Read + Seek), options: &CsvOptions) -> Result<Layout, CsvError> {
    source.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    source.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(CsvError::Empty);
    }
    refuse_other_formats(&head)?;
    let detected = charset::detect(&head, &mut *source)?;
    let charset = options.charset.unwrap_or(detected);
    refuse_wrong_utf16(charset, detected)?;
    refuse_noise(&head, detected)?;
    source.seek(SeekFrom::Start(0))?;

    let text = decode(&head, charset)?;
    let better = if charset != detected && decode(&head, detected)? != text { Some(detected) } else { None };
    let sep = sep_line(&text);
    let delimiter = options.delimiter.or(sep).unwrap_or_else(|| guess_delimiter(&head, charset));
    Ok(Layout { charset, better, delimiter, sep_line: sep.is_some() })
}

fn decode(head: &[u8], charset: Charset) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut decoder = Text::new(head, charset);
    while decoder.fill(&mut text)? {}
    Ok(text)
}

/// The formats people pick by mistake, by their first bytes.
fn refuse_other_formats(head: &[u8]) -> Result<(), CsvError> {
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let archive_of_a_workbook = |head: &[u8]| {
        [b"xl/workbook".as_slice(), b"xl/worksheets", b"xl/_rels", b"xl/styles", b"opendocument.spreadsheet"]
            .iter()
            .any(|mark| head.windows(mark.len()).any(|window| window == *mark))
    };
    let looks_like = match head {
        _ if head.starts_with(OLE) => return Err(CsvError::Workbook),
        _ if head.starts_with(b"PK\x03\x04") && archive_of_a_workbook(head) => {
            return Err(CsvError::Workbook);
        }
        _ if head.starts_with(b"PK\x03\x04") => "a ZIP archive",
        _ if head.starts_with(b"%PDF-") => "a PDF document",
        _ if head.starts_with(b"\x1f\x8b") => "a compressed file",
        _ if head.starts_with(b"\x89PNG") || head.starts_with(b"\xff\xd8\xff") => "a picture",
        _ if head.starts_with(b"SQLite format 3\0") => "a database",
        _ => return Ok(()),
    };
    Err(CsvError::Binary { looks_like })
}

/// A file of two bytes a letter read as one byte a letter, or the other way round, gives not one right row.
fn refuse_wrong_utf16(chosen: Charset, detected: Charset) -> Result<(), CsvError> {
    let wide = |charset| charset == Charset::UTF_16LE || charset == Charset::UTF_16BE;
    if chosen != detected && (wide(chosen) || wide(detected)) {
        return Err(CsvError::WrongEncoding { chosen: chosen.name(), better: detected.name() });
    }
    Ok(())
}

/// More than one control character in ten: no text in any encoding.
fn refuse_noise(head: &[u8], detected: Charset) -> Result<(), CsvError> {
    if detected == Charset::UTF_16LE || detected == Charset::UTF_16BE {
        return Ok(());
    }
    let noise = head.iter().filter(|byte| **byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n')).count();
    if noise * 10 > head.len() {
        return Err(CsvError::Binary { looks_like: "most of it is not letters" });
    }
    Ok(())
}

/// The separator that a first line `sep=;` names.
fn sep_line(text: &[u8]) -> Option<Delimiter> {
    let first = text.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let first = first.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(first);
    let (key, sign) = first.split_at_checked(4)?;
    match sign {
        [sign] if key.eq_ignore_ascii_case(b"sep=") => Delimiter::try_from(char::from(*sign)).ok(),
        _ => None,
    }
}

/// The separator under which most rows have the same number of cells, at least two.
fn guess_delimiter(head: &[u8], charset: Charset) -> Delimiter {
    let mut best = (Delimiter::COMMA, 0, 0);
    for candidate in Delimiter::GUESSED {
        let widths = widths(head, charset, candidate);
        let Some((width, rows)) = widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| (*width, widths.iter().filter(|other| *other == width).count()))
            .max_by_key(|(width, rows)| (*rows, *width))
        else {
            continue;
        };
        // In thousandths, since each candidate may see another number of rows.
        let share = rows * 1000 / widths.len();
        if (share, width) > (best.1, best.2) {
            best = (candidate, share, width);
        }
    }
    best.0
}

fn widths(head: &[u8], charset: Charset, delimiter: Delimiter) -> Vec<usize> {
    let mut records = Records::new(Text::new(head, charset), delimiter);
    let mut widths = Vec::with_capacity(GUESS_ROWS);
    while widths.len() < GUESS_ROWS {
        match records.next() {
            Ok(Some(row)) => widths.extend(row.cells.ok()),
            Ok(None) | Err(_) => break,
        }
    }
    // Where the head ends inside a row, the last width says nothing.
    if widths.len() > 1 && widths.len() < GUESS_ROWS && head.len() == HEAD {
        widths.pop();
    }
    widths
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn check(text: &str, expected: char, why: &str) {
        let layout = inspect(&mut Cursor::new(text), &CsvOptions::default()).unwrap();
        assert_eq!(char::from(layout.delimiter), expected, "{why}");
    }

    #[test]
    fn separators_are_guessed() {
        check("name,email\nAda,ada@example.com\n", ',', "the plain case");
        check("name;amount\nAda;1,5\nBob;2,5\n", ';', "decimal commas stand in the rows, not in the header");
        check("name\temail\nAda, Countess\tada@example.com\n", '\t', "a comma in one row only");
        check("name|email\nAda|ada@example.com\n", '|', "databases");
        check(
            "name;note\nAda;\"a,b\nc,d\ne,f\"\nBob;\"x,y\"\n",
            ';',
            "commas inside quotation marks do not count",
        );
        check("email\nada@example.com\n", ',', "one column has no separator");
        check("sep=^\nname^email\n", '^', "Excel's own line wins");
        check("\"sep=;\"\nname;email;a,b\n", ';', "some programs put it in quotation marks");
    }

    #[test]
    fn other_formats_are_named() {
        let refused =
            |bytes: &[u8]| inspect(&mut Cursor::new(bytes), &CsvOptions::default()).unwrap_err().to_string();
        assert!(refused(b"PK\x03\x04....xl/workbook.xml").starts_with("This is an Excel workbook."), "xlsx");
        assert!(
            refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...").starts_with("This is an Excel workbook."),
            "xls"
        );
        assert!(refused(b"%PDF-1.7").contains("a PDF document"), "the person sees what was picked");
        assert!(refused(&[1, 2, 3, 4, 0xff, 0xfe, 5, 6]).contains("not letters"), "unknown binary");
    }
}
