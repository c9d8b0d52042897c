//! Steps on plain text.

/// Spaces off both ends, and one where there were several. Line breaks stay, so that a message keeps its paragraphs.
pub(super) fn trim(text: &str) -> String {
    let lines: Vec<String> =
        text.trim().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.join("\n")
}

/// At most `length` characters, the last of them `…` where something was cut off.
pub(crate) fn truncate(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let Some(kept) = length.checked_sub(1) else { return String::new() };
    let kept: String = text.chars().take(kept).collect();
    format!("{}…", kept.trim_end())
}

/// The piece at `position` (1 is the first, -1 the last), or nothing where there are fewer.
pub(super) fn piece(text: &str, separator: &str, position: i32) -> Option<String> {
    let pieces: Vec<&str> = if separator.trim().is_empty() {
        text.split_whitespace().collect()
    } else {
        text.split(separator).map(str::trim).collect()
    };
    let index = match position {
        0 => return None,
        1.. => usize::try_from(position).ok()? - 1,
        _ => pieces.len().checked_sub(usize::try_from(position.unsigned_abs()).ok()?)?,
    };
    pieces.get(index).map(|piece| (*piece).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ellipsis_counts() {
        assert_eq!(
            truncate("abcdef", 4),
            "abc…",
            "four characters are four characters, the ellipsis included"
        );
        assert_eq!(truncate("abc", 3), "abc", "what fits is not touched");
        assert_eq!(truncate("日本語文字", 3), "日本…", "characters are counted, not bytes");
        assert_eq!(truncate("abc", 0), "", "no room is no text");
    }

    #[test]
    fn pieces_count_from_both_ends() {
        assert_eq!(piece("a, b, c", ",", 2).as_deref(), Some("b"), "the second");
        assert_eq!(piece("a, b, c", ",", -1).as_deref(), Some("c"), "the last");
        assert_eq!(piece("Ada Lovelace", " ", 1).as_deref(), Some("Ada"), "words");
        assert_eq!(piece("a", ",", 2), None, "no such piece");
        assert_eq!(piece("a", ",", i32::MIN), None, "no such piece, however far");
    }
}
