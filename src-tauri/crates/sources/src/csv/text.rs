//! A file's bytes as UTF-8 text, chunk by chunk.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::charset::Charset;

/// Stands for bytes that the encoding does not know. A Unicode noncharacter, which no file may hold, and not U+FFFD,
/// which a file holds when another program has already spoilt it: such a row is as good as it will ever be.
pub(super) const UNREADABLE: char = '\u{FDD0}';

const CHUNK: usize = 32 << 10;

pub(super) struct Text<R> {
    source: R,
    decoder: Decoder,
    input: Box<[u8]>,
    ended: bool,
    bytes_read: u64,
    nuls: u64,
}

impl<R: Read> Text<R> {
    pub(super) fn new(source: R, charset: Charset) -> Self {
        Self {
            source,
            decoder: charset.encoding().new_decoder_with_bom_removal(),
            input: vec![0; CHUNK].into_boxed_slice(),
            ended: false,
            bytes_read: 0,
            nuls: 0,
        }
    }

    pub(super) fn into_source(self) -> R {
        self.source
    }

    /// How much of the file has been read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// How many NUL characters were taken out. Databases leave them behind; no CRM takes them.
    pub(super) fn nuls(&self) -> u64 {
        self.nuls
    }

    /// Appends the next piece of text to `out`; `false` at the end of the file.
    pub(super) fn fill(&mut self, out: &mut Vec<u8>) -> io::Result<bool> {
        let before = out.len();
        while out.len() == before {
            if self.ended {
                return Ok(false);
            }
            let read = match self.source.read(&mut self.input) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            self.bytes_read += read as u64;
            self.ended = read == 0;
            self.decode(read, out);
        }
        Ok(true)
    }

    fn decode(&mut self, read: usize, out: &mut Vec<u8>) {
        let before = out.len();
        let mut input = &self.input[..read];
        // The length with replacement, since UNREADABLE is as long as U+FFFD. Made once: in a file read in the wrong encoding
        // every other letter may be unreadable.
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(3 * CHUNK).max(16);
        out.resize(before + room, 0);
        let mut end = before;
        loop {
            let (result, used, written) =
                self.decoder.decode_to_utf8_without_replacement(input, &mut out[end..], self.ended);
            input = &input[used..];
            end += written;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => out.resize(out.len() + room, 0),
                DecoderResult::Malformed(..) => {
                    let mut mark = [0; 4];
                    let mark = UNREADABLE.encode_utf8(&mut mark).as_bytes();
                    out.resize(out.len().max(end + mark.len()), 0);
                    out[end..end + mark.len()].copy_from_slice(mark);
                    end += mark.len();
                }
            }
        }
        out.truncate(end);
        if out[before..].contains(&0) {
            let kept: Vec<u8> = out[before..].iter().copied().filter(|byte| *byte != 0).collect();
            self.nuls += (out.len() - before - kept.len()) as u64;
            out.truncate(before);
            out.extend_from_slice(&kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], charset: &str) -> String {
        let mut text = Text::new(bytes, Charset::named(charset).unwrap());
        let mut out = Vec::new();
        while text.fill(&mut out).unwrap() {}
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn bytes_become_text() {
        assert_eq!(all(b"\xef\xbb\xbfZo\xc3\xab", "UTF-8"), "Zoë", "the byte order mark is no text");
        assert_eq!(all(b"\xff\xfeZ\0o\0\xeb\0", "UTF-16LE"), "Zoë", "two bytes a letter");
        assert_eq!(all(b"Jos\xe9 \x80", "windows-1252"), "José €", "Windows' own letters");
        assert_eq!(all(b"a\0b", "UTF-8"), "ab", "NULs are taken out");
        assert_eq!(
            all(b"a\xe9,b", "UTF-8"),
            "a\u{FDD0},b",
            "unreadable bytes are marked and swallow nothing"
        );
        let spoilt = all(&[0xe9; 100_000], "UTF-8");
        assert_eq!(spoilt.chars().filter(|letter| *letter == UNREADABLE).count(), 100_000, "each of them");
        assert_eq!(all(b"ab\xc3", "UTF-8"), "ab\u{FDD0}", "also at the very end");
    }
}
