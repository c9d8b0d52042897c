//! Input that is wrong: each ends in a sentence that says what happened and what to do, and loses nothing.

#[cfg(target_os = "linux")]
mod disks;
mod files;
mod places;
mod webhooks;

/// A sentence a person understands: it names the cause and the next step, and blames nobody.
fn assert_plain(sentence: &str, words: &[&str]) {
    for word in words {
        assert!(sentence.contains(word), "“{word}” is missing in: {sentence}");
    }
    let lower = sentence.to_lowercase();
    for jargon in ["invalid", "failed to", "oops", "please", "!", "error:", "null", "none(", "some("] {
        assert!(!lower.contains(jargon), "“{jargon}” helps nobody: {sentence}");
    }
    assert!(sentence.ends_with(['.', '”']), "a whole sentence: {sentence}");
}
