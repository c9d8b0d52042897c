//! Which encoding a file is written in: its byte order mark, the pattern of its bytes, or what a person chose.
//!
//! UTF-32 is deliberately not here: `encoding_rs` does not know it and no spreadsheet writes it.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// An encoding, by its WHATWG name (`UTF-8`, `windows-1252`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Charset(&'static Encoding);

/// No encoding goes by this name.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("There is no encoding called {0}. Choose one of the list.")]
pub struct UnknownCharset(String);

impl Charset {
    /// UTF-8, the default everywhere.
    pub const UTF_8: Self = Self(UTF_8);
    /// UTF-16, as Excel's “Unicode text” writes it.
    pub const UTF_16LE: Self = Self(UTF_16LE);
    /// UTF-16 with the bytes the other way round.
    pub const UTF_16BE: Self = Self(UTF_16BE);
    /// What Western Windows programs write where they do not write UTF-8.
    pub const WINDOWS_1252: Self = Self(WINDOWS_1252);

    /// The encodings to offer where a person chooses. ISO-8859-1 is read as Windows-1252, its superset, as browsers do.
    pub const OFFERED: [&str; 9] = [
        "UTF-8",
        "UTF-16LE",
        "UTF-16BE",
        "windows-1252",
        "ISO-8859-1",
        "ISO-8859-15",
        "windows-1251",
        "Shift_JIS",
        "GB18030",
    ];

    /// The encoding called `name`, by any of its usual names.
    ///
    /// # Errors
    /// No encoding has this name, or none that can be decoded.
    pub fn named(name: &str) -> Result<Self, UnknownCharset> {
        match Encoding::for_label_no_replacement(name.as_bytes()) {
            Some(encoding) => Ok(Self(encoding)),
            None => Err(UnknownCharset(name.to_owned())),
        }
    }

    /// Its standard name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(super) fn encoding(self) -> &'static Encoding {
        self.0
    }
}

impl From<Charset> for String {
    fn from(charset: Charset) -> Self {
        charset.name().to_owned()
    }
}

impl TryFrom<String> for Charset {
    type Error = UnknownCharset;

    fn try_from(name: String) -> Result<Self, UnknownCharset> {
        Self::named(&name)
    }
}

/// Plain ASCII says nothing about the encoding, so the search for a telling byte goes on this far into the file.
const SEARCH_LIMIT: usize = 64 << 20;

/// Guesses the encoding of a file from its `head` and, as long as that is plain ASCII, from the `rest`.
pub(super) fn detect(head: &[u8], mut rest: impl Read) -> io::Result<Charset> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Ok(Charset(encoding));
    }
    // Before UTF-8: Latin text in UTF-16 is valid UTF-8 with a NUL beside each letter, and chardetng calls it ISO-8859-13.
    if let Some(utf16) = utf16_by_nul_pattern(head) {
        return Ok(utf16);
    }
    let mut evidence = Evidence::default();
    evidence.feed(head);
    let mut chunk = vec![0; 64 << 10];
    while evidence.ascii_only && evidence.seen < SEARCH_LIMIT {
        let read = rest.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        evidence.feed(&chunk[..read]);
    }
    Ok(evidence.verdict())
}

struct Evidence {
    seen: usize,
    ascii_only: bool,
    valid_utf8: bool,
    utf8: encoding_rs::Decoder,
    scratch: String,
    detector: EncodingDetector,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            seen: 0,
            ascii_only: true,
            valid_utf8: true,
            utf8: UTF_8.new_decoder_without_bom_handling(),
            scratch: String::new(),
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
        }
    }
}

impl Evidence {
    fn feed(&mut self, bytes: &[u8]) {
        self.seen += bytes.len();
        self.ascii_only &= bytes.is_ascii();
        // The answer says only whether a non-ASCII byte was seen, which is known already.
        let _non_ascii = self.detector.feed(bytes, false);
        self.scratch.clear();
        self.scratch.reserve(self.utf8.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0));
        // A letter cut at the end of the chunk stays inside the decoder.
        let (result, _) = self.utf8.decode_to_string_without_replacement(bytes, &mut self.scratch, false);
        self.valid_utf8 &= !matches!(result, DecoderResult::Malformed(..));
    }

    fn verdict(mut self) -> Charset {
        if self.valid_utf8 {
            return Charset::UTF_8;
        }
        let _non_ascii = self.detector.feed(&[], true);
        Charset(self.detector.guess(None, Utf8Detection::Deny))
    }
}

/// UTF-16 without a byte order mark: ASCII letters, digits and separators have a NUL in every second byte.
fn utf16_by_nul_pattern(head: &[u8]) -> Option<Charset> {
    let pairs = head.as_chunks::<2>().0;
    if pairs.is_empty() {
        return None;
    }
    let high_first = pairs.iter().filter(|[first, second]| *first == 0 && *second != 0).count();
    let high_last = pairs.iter().filter(|[first, second]| *first != 0 && *second == 0).count();
    let enough = (pairs.len() / 5).max(2);
    match (high_first, high_last) {
        (few, many) if many >= enough && few * 20 <= many => Some(Charset::UTF_16LE),
        (many, few) if many >= enough && few * 20 <= many => Some(Charset::UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, why: &str) {
        assert_eq!(detect(bytes, io::empty()).unwrap().name(), expected, "{why}");
    }

    #[test]
    fn encodings_are_told_apart() {
        let utf16: Vec<u8> =
            "name,email\nZoë,zoe@example.com\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let swapped: Vec<u8> = utf16.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
        check(b"\xef\xbb\xbfname", "UTF-8", "a byte order mark decides");
        check(b"\xff\xfen\0", "UTF-16LE", "a byte order mark decides");
        check("name\nZoë".as_bytes(), "UTF-8", "valid UTF-8 with a letter beyond ASCII is no accident");
        check(&utf16, "UTF-16LE", "NULs at odd places");
        check(&swapped, "UTF-16BE", "NULs at even places");
        check(b"name,city\nJos\xe9,M\xfcnchen \x80 5\n", "windows-1252", "the usual Western export");
        check(
            "name\nZoë".as_bytes().split_last().unwrap().1,
            "UTF-8",
            "a letter cut by the end of the head is no fault",
        );
    }

    #[test]
    fn a_telling_byte_far_behind_is_found() {
        let head = vec![b'a'; 1000];
        let rest: Vec<u8> = [vec![b'b'; 500_000], b"Jos\xe9 M\xfcller, caf\xe9".to_vec()].concat();
        assert_eq!(
            detect(&head, rest.as_slice()).unwrap().name(),
            "windows-1252",
            "plain ASCII first says nothing"
        );
    }
}
