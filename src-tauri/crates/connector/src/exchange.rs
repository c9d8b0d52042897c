//! What was sent and what came back, fit to be shown: no secret in it.

use leadferry_model::Timestamp;
use serde::{Deserialize, Serialize};

/// One request and its answer as the delivery page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// When it was sent.
    pub at: Timestamp,
    /// The method.
    pub method: String,
    /// The address, secrets masked.
    pub url: String,
    /// The request's body, secrets masked, cut at a limit.
    pub request: String,
    /// The HTTP status; `None` where no answer came.
    pub status: Option<u16>,
    /// The answer's body, secrets masked, cut at a limit. Where no answer came: why.
    pub response: String,
    /// The vendor's id of the request.
    pub request_id: Option<String>,
    /// Milliseconds between sending and the whole answer.
    pub duration_ms: u64,
}

/// The exact request that would be sent, secrets masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPreview {
    /// The method.
    pub method: String,
    /// The address, secrets masked.
    pub url: String,
    /// Headers, secrets masked.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// A batch of 100 records with all their fields fits; a whole list of properties does not need to.
const LONGEST: usize = 64 * 1024;

/// Cuts `text` at a character's border and says so.
pub(crate) fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let left_out = text.len() - end;
        text.truncate(end);
        text.push_str(&format!("… ({left_out} more bytes)"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_bodies_are_cut_between_characters() {
        let shown = cut("é".repeat(LONGEST));
        assert!(
            shown.ends_with(&format!("… ({LONGEST} more bytes)")),
            "half of the two-byte letters are left out"
        );
    }
}
