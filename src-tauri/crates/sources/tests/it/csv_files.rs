//! Files as spreadsheets and databases write them.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use leadferry_model::FieldKind;
use leadferry_sources::csv::{
    BrokenRow, Charset, CsvError, CsvOptions, Delimiter, ExportMode, Exporter, Row, RowFault, Rows,
    WarningKind, preview,
};

fn read(bytes: impl AsRef<[u8]>) -> (Vec<Row>, Vec<BrokenRow>) {
    read_with(bytes, &CsvOptions::default())
}

fn read_with(bytes: impl AsRef<[u8]>, options: &CsvOptions) -> (Vec<Row>, Vec<BrokenRow>) {
    let mut good = Vec::new();
    let mut broken = Vec::new();
    for row in Rows::new(Cursor::new(bytes.as_ref()), options).expect("this file is a table") {
        match row {
            Ok(row) => good.push(row),
            Err(row) => broken.push(row),
        }
    }
    (good, broken)
}

fn field(row: &Row, name: &str) -> String {
    row.lead.fields.text(name).unwrap_or_default()
}

fn refusal(bytes: &[u8], options: &CsvOptions) -> CsvError {
    match Rows::new(Cursor::new(bytes), options) {
        Ok(_) => panic!("this file should be refused"),
        Err(error) => error,
    }
}

const TEXT: &str = "name,city,note\r\nZoë,Köln,one\r\nJosé,Málaga,two\r\n";

#[test]
fn one_text_in_any_encoding_is_one_file() {
    let utf16 = |mark: bool, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{TEXT}").encode_utf16().flat_map(to_bytes).collect()
    };
    let files = [
        TEXT.as_bytes().to_vec(),
        format!("\u{feff}{TEXT}").into_bytes(),
        utf16(true, u16::to_le_bytes),
        utf16(true, u16::to_be_bytes),
        utf16(false, u16::to_le_bytes),
        utf16(false, u16::to_be_bytes),
        encode_windows(TEXT),
        TEXT.replace("\r\n", "\n").into_bytes(),
        TEXT.replace("\r\n", "\r").into_bytes(),
        format!("sep=,\r\n{TEXT}").into_bytes(),
        TEXT.replace(',', ";").into_bytes(),
        TEXT.replace(',', "\t").into_bytes(),
        TEXT.replace(',', "|").into_bytes(),
        TEXT.trim_end().as_bytes().to_vec(),
        TEXT.replace("Zoë", "Zo\0ë").into_bytes(),
        TEXT.replace("\r\n", ",,,\r\n").into_bytes(),
        TEXT.replace("\r\n", "\r\n\r\n").into_bytes(),
    ];
    let expected: Vec<_> = read(&files[0]).0.into_iter().map(|row| row.lead).collect();
    assert_eq!(field(&Row { line: 2, lead: expected[0].clone() }, "city"), "Köln", "the letters are right");
    for (number, file) in files.iter().enumerate() {
        let (rows, broken) = read(file);
        let leads: Vec<_> = rows.into_iter().map(|row| row.lead).collect();
        assert_eq!(
            (leads, broken.len()),
            (expected.clone(), 0),
            "file {number} holds the same leads under the same ids"
        );
    }
}

fn encode_windows(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("a Western letter")).collect()
}

#[test]
fn lines_are_counted_as_an_editor_counts() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "name,note\nAda,\"one\ntwo\"\n\nBob\nCy,x\n".replace('\n', end);
        let (rows, broken) = read(&text);
        let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 6], "quoted and blank lines count too, with {end:?}");
        assert_eq!(broken[0].line, 5, "and so do broken ones, with {end:?}");
    }
}

#[test]
fn quoted_cells_hold_anything() {
    let (rows, _) = read("name,note\n\"Love\"\"lace\",\"a,b\nc\"\n5\" pipe,x\n");
    assert_eq!(field(&rows[0], "name"), "Love\"lace", "a doubled quotation mark is one");
    assert_eq!(field(&rows[0], "note"), "a,b\nc", "separators and line ends are text");
    assert_eq!(
        field(&rows[1], "name"),
        "5\" pipe",
        "a quotation mark inside a plain cell is a sign like any other"
    );
}

#[test]
fn broken_rows_are_kept_and_the_rest_goes_on() {
    let (rows, broken) = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n");
    assert_eq!(rows.len(), 2, "the good ones are read");
    assert_eq!(
        broken,
        [
            BrokenRow { line: 3, fault: RowFault::TooFewCells { expected: 3, found: 2 }, raw: "4,5".into() },
            BrokenRow {
                line: 4,
                fault: RowFault::TooManyCells { expected: 3, found: 4 },
                raw: "6,7,8,9".into()
            },
        ],
        "each with its line, its text and its reason"
    );
    assert!(broken[0].fault.to_string().contains("has 2 cells"), "the sentence says what is wrong");
}

#[test]
fn an_open_quotation_mark_breaks_one_line_only() {
    let (rows, broken) = read("a,b,c\n1,\"open,3\n4,5,6\n7,8,9\n");
    assert_eq!(rows.len(), 2, "nothing closes it: only its own line is lost to it");
    assert_eq!((broken[0].line, broken[0].raw.as_str()), (2, "1,\"open,3"), "the line as it stands");
    assert_eq!(broken[0].fault, RowFault::OpenQuote, "and the reason");

    let (rows, broken) = read("a,b,c\n1,\"open,3\n4,5,6\n7,\"x\",9\n");
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(
        (lines, broken.len()),
        (vec![3, 4], 1),
        "a mark further down that would close it by accident changes nothing"
    );
}

#[test]
fn an_endless_line_is_passed_over() {
    let text = format!("a,b\n1,{}\n2,y\n", "x".repeat(3 << 20));
    let (rows, broken) = read(text);
    assert_eq!((rows.len(), rows[0].line), (1, 3), "reading goes on behind it");
    assert_eq!((broken.len(), &broken[0].fault), (1, &RowFault::TooLong), "it is reported once");
}

#[test]
fn empty_cells_and_markers_are_left_out() {
    let (rows, _) = read("name,phone,note\nAda,N/A,-\nBob,,null\n");
    assert_eq!(rows[0].lead.fields.names().collect::<Vec<_>>(), ["name"], "markers mean nothing");
    assert_eq!(rows[1].lead.fields.names().collect::<Vec<_>>(), ["name"], "so do empty cells");
    let options = CsvOptions { empty_markers: vec!["none given".into()], ..CsvOptions::default() };
    let (rows, _) = read_with("name,phone\nAda,N/A\nBob,None Given\n", &options);
    assert_eq!(
        (field(&rows[0], "phone"), field(&rows[1], "phone")),
        ("N/A".into(), String::new()),
        "the list is editable"
    );
}

#[test]
fn importing_twice_gives_the_same_ids_and_appended_rows_new_ones() {
    let ids = |text: &str| read(text).0.into_iter().map(|row| row.lead.source_id).collect::<Vec<_>>();
    let first = ids("name,city\nAda,Ulm\nBob,Bonn\nAda,Ulm\n");
    let again = ids("city;name\nUlm;Ada\nBonn;Bob\nUlm;Ada\nKiel;Cy\n");
    assert_eq!(first[..], again[..3], "moved columns and another separator are the same leads");
    assert_eq!(
        again.iter().collect::<std::collections::HashSet<_>>().len(),
        4,
        "every row is a capture of its own"
    );
}

#[test]
fn a_file_read_in_the_wrong_encoding_says_so() {
    let utf8 = CsvOptions { charset: Some(Charset::UTF_8), ..CsvOptions::default() };
    let (rows, broken) = read_with(encode_windows("name,city\nZoë,Köln\nBob,Bonn\n"), &utf8);
    assert_eq!((rows.len(), broken.len()), (1, 1), "only the row with unreadable letters is set aside");
    assert!(
        broken[0].fault.to_string().contains("cannot be read as UTF-8"),
        "the sentence names the encoding"
    );

    let error = refusal(&encode_windows("größe,city\nZoë,Köln\n"), &utf8);
    assert!(
        error.to_string().contains("Choose windows-1252"),
        "spoilt column names stop the import: {error}"
    );

    let utf16 = CsvOptions { charset: Some(Charset::UTF_16LE), ..CsvOptions::default() };
    assert!(
        matches!(refusal(b"name,city\n", &utf16), CsvError::WrongEncoding { .. }),
        "no row could come out right"
    );

    let western = CsvOptions { charset: Some(Charset::WINDOWS_1252), ..CsvOptions::default() };
    let seen = preview(Cursor::new(TEXT), &western).unwrap();
    assert_eq!(
        seen.warnings[0].kind,
        WarningKind::Charset,
        "a choice that reads but looks wrong is only a warning"
    );
}

#[test]
fn files_that_are_no_tables_are_refused_in_words() {
    let options = CsvOptions::default();
    assert!(matches!(refusal(b"", &options), CsvError::Empty), "no bytes");
    assert!(matches!(refusal(b"\r\n\r\n , \n", &options), CsvError::Empty), "blank lines only");
    assert!(matches!(refusal(b"\xef\xbb\xbf", &options), CsvError::Empty), "a byte order mark only");
    assert!(matches!(refusal(b"a,\"b\n1,2\n", &options), CsvError::BrokenHeader { .. }), "no usable names");
    let error = refusal(b"Ada,ada@example.com\n", &options);
    assert!(error.to_string().contains("ada@example.com"), "a lead in the place of names is shown: {error}");

    let folder = tempfile::tempdir().unwrap();
    let refused = |path: &std::path::Path| match Rows::from_path(path, &options) {
        Ok(_) => panic!("this should be refused"),
        Err(error) => error.to_string(),
    };
    assert!(refused(folder.path()).contains("is a folder"), "a folder");
    assert!(
        refused(&folder.path().join("gone.csv")).starts_with("There is no file called gone.csv."),
        "a missing file"
    );
}

#[test]
fn a_file_without_names_is_read_when_a_person_says_so() {
    let options = CsvOptions { header: Some(false), ..CsvOptions::default() };
    let (rows, _) = read_with("Ada,ada@example.com\nBob,bob@example.com\n", &options);
    assert_eq!(
        (rows.len(), field(&rows[0], "column_2")),
        (2, "ada@example.com".into()),
        "the first row is a lead too"
    );
    let seen = preview(Cursor::new("Ada,ada@example.com\n"), &CsvOptions::default()).unwrap();
    assert_eq!(
        (seen.has_header, seen.warnings[0].kind),
        (false, WarningKind::NoHeader),
        "a preview guesses, and says so"
    );
}

#[test]
fn a_preview_shows_how_the_file_was_understood() {
    let text = "E-Mail;Phone;Quote;Name;Name;\nada@example.com;'+447700900123;9.87654E+09;Ada;x;\nbroken\nbob@example.com;'07700 900124;n/a;Bob;y;\n";
    let seen = preview(Cursor::new(text), &CsvOptions::default()).unwrap();
    assert_eq!((seen.charset.as_str(), seen.delimiter, seen.has_header), ("UTF-8", ';', true), "the layout");
    let names: Vec<_> = seen.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["E-Mail", "Phone", "Quote", "Name", "Name_2"], "the empty last column is not shown");
    assert_eq!(
        (seen.columns[0].kind, seen.columns[1].kind),
        (FieldKind::Email, FieldKind::Phone),
        "kinds are guessed"
    );
    assert_eq!(
        seen.columns[1].samples,
        ["+447700900123", "07700 900124"],
        "values as they would be imported"
    );
    assert_eq!(
        (seen.rows.len(), seen.broken.len(), seen.columns[2].filled),
        (2, 1, 1),
        "rows, broken rows, filled cells"
    );
    assert_eq!((seen.estimate.rows, seen.estimate.exact), (3, true), "a short file is counted");
    let kinds: Vec<_> = seen.warnings.iter().map(|warning| warning.kind).collect();
    let expected = [
        WarningKind::RenamedColumns,
        WarningKind::BrokenRows,
        WarningKind::Apostrophes,
        WarningKind::CutNumbers,
    ];
    assert_eq!(kinds, expected, "everything a person should know");
    assert!(seen.warnings[3].sentence.contains("9.87654E+09"), "with an example");
}

#[test]
fn a_long_file_is_estimated() {
    let text = format!("name,email\n{}", "Ada,ada@example.com\n".repeat(50_000));
    let seen =
        preview(Cursor::new(text), &CsvOptions { header: Some(true), ..CsvOptions::default() }).unwrap();
    assert!(!seen.estimate.exact, "not all of it was read");
    assert!((45_000..55_000).contains(&seen.estimate.rows), "near enough: {}", seen.estimate.rows);
}

#[test]
fn an_export_comes_back_as_it_was() {
    let values = ["+447700900123", "=SUM(A1)", "'t Hooft", "Zoë \"Z\", Ltd", "-5", "two\r\nlines", "@handle"];
    for mode in [ExportMode::Spreadsheet, ExportMode::Machine] {
        let columns: Vec<String> = (0..values.len()).map(|number| format!("c{number}")).collect();
        let mut exporter = Exporter::new(Vec::new(), columns.iter().map(String::as_str), mode).unwrap();
        exporter.write(values).unwrap();
        let file = exporter.finish().unwrap();
        assert!(file.starts_with(b"\xef\xbb\xbf"), "Excel needs the byte order mark");
        let text = String::from_utf8_lossy(&file).into_owned();
        assert_eq!(
            text.contains("'=SUM"),
            mode == ExportMode::Spreadsheet,
            "only a spreadsheet needs protection"
        );
        let (rows, broken) = read(&file);
        let back: Vec<String> = columns.iter().map(|column| field(&rows[0], column)).collect();
        assert_eq!((back, broken.len()), (values.map(str::to_owned).to_vec(), 0), "{mode:?}");
    }
}

#[test]
fn a_chosen_separator_wins() {
    let options = CsvOptions { delimiter: Some(Delimiter::PIPE), ..CsvOptions::default() };
    let (rows, _) = read_with("a,b|c\n1,2|3\n", &options);
    assert_eq!(field(&rows[0], "a,b"), "1,2", "even where another would split more");
    assert!(Delimiter::try_from('"').is_err(), "a quotation mark cannot separate");
}

/// A drive that is pulled out.
struct Pulled<'a> {
    text: Cursor<&'a [u8]>,
    limit: u64,
    armed: bool,
}

impl Read for Pulled<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.armed && self.text.position() >= self.limit {
            return Err(io::Error::other("device removed"));
        }
        let most = buffer.len().min(20);
        self.text.read(&mut buffer[..most])
    }
}

impl Seek for Pulled<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // The first look at the file succeeds; the reading after it does not.
        self.armed = self.text.position() > 0;
        self.text.seek(to)
    }
}

#[test]
fn a_drive_that_gives_up_is_no_end_of_file() {
    let text = b"name,city\nAda,Ulm\nBob,Bonn\nCy,Kiel\nDot,Trier\nEve,Mainz\n";
    let source = Pulled { text: Cursor::new(text), limit: 20, armed: false };
    let items: Vec<_> = Rows::new(source, &CsvOptions::default()).unwrap().collect();
    let last = items.last().unwrap().as_ref().unwrap_err();
    assert!(
        matches!(&last.fault, RowFault::Interrupted { detail } if detail.contains("device removed")),
        "said once, last"
    );
    assert!(items[..items.len() - 1].iter().all(Result::is_ok), "the rows before it are good");
}
