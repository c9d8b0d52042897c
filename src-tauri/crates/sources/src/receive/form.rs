//! `application/x-www-form-urlencoded`, in any encoding.

use encoding_rs::Encoding;
use percent_encoding::percent_decode;

/// Names and values in the order sent. Every body is one: what cannot be decoded is kept as U+FFFD.
pub(super) fn pairs(body: &[u8], charset: &'static Encoding) -> Vec<(String, String)> {
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            (decode(&pair[..at], charset), decode(pair.get(at + 1..).unwrap_or_default(), charset))
        })
        .collect()
}

fn decode(text: &[u8], charset: &'static Encoding) -> String {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes: Vec<u8> = percent_decode(&spaced).collect();
    charset.decode_without_bom_handling(&bytes).0.into_owned()
}
