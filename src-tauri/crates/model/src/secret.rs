//! Text that must not be shown: tokens, client secrets, signing keys.

use std::fmt;

use zeroize::Zeroize;

/// A secret. It has no `Display` and no `Serialize`, and its `Debug` prints `<redacted>`, so that it cannot reach a log, an
/// error, the ledger in clear or the window by accident. Its memory is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Every call is a place to look at in review.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_text() {
        assert_eq!(
            format!("{:?}", Secret::new("hush")),
            "<redacted>",
            "a secret in a struct must not reach a log"
        );
    }
}
