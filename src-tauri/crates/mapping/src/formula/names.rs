//! Which names an expression uses, found without running it.

/// Words of the language itself.
const WORDS: [&str; 8] = ["if", "else", "true", "false", "switch", "in", "this", "global"];

#[derive(Debug, PartialEq)]
enum Piece<'e> {
    Word(&'e str),
    Text(String),
    Sign(char),
}

/// Every source field a formula reads: plain names, and `field("…")` with a text.
pub fn fields_used(expression: &str) -> Vec<String> {
    let pieces = pieces(expression);
    let mut names = variables(expression);
    for window in pieces.windows(3) {
        if let [Piece::Word("field"), Piece::Sign('('), Piece::Text(name)] = window
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    names
}

/// Names that stand for a field.
pub(super) fn variables(expression: &str) -> Vec<String> {
    let pieces = pieces(expression);
    let mut names: Vec<String> = Vec::new();
    for (position, piece) in pieces.iter().enumerate() {
        let Piece::Word(word) = piece else { continue };
        let called = pieces.get(position + 1) == Some(&Piece::Sign('('));
        let member = position > 0 && pieces[position - 1] == Piece::Sign('.');
        if !called && !member && !WORDS.contains(word) && !names.iter().any(|name| name == word) {
            names.push((*word).to_owned());
        }
    }
    names
}

/// Names that are called.
pub(super) fn called(expression: &str) -> Vec<String> {
    let pieces = pieces(expression);
    pieces
        .windows(2)
        .filter_map(|pair| match pair {
            [Piece::Word(word), Piece::Sign('(')] if !WORDS.contains(word) => Some((*word).to_owned()),
            _ => None,
        })
        .collect()
}

fn pieces(expression: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = expression;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' | '`' | '\'' => {
                let (text, taken) = quoted(rest, first);
                pieces.push(Piece::Text(text));
                taken
            }
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            c if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                pieces.push(Piece::Word(&rest[..end]));
                end
            }
            c if c.is_ascii_digit() => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            c if c.is_whitespace() => c.len_utf8(),
            sign => {
                pieces.push(Piece::Sign(sign));
                sign.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    pieces
}

/// The text between quotation marks, and how many bytes it took.
fn quoted(rest: &str, mark: char) -> (String, usize) {
    let mut text = String::new();
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => {
                text.push(c);
                escaped = false;
            }
            '\\' if mark != '`' => escaped = true,
            c if c == mark => return (text, at + c.len_utf8()),
            c => text.push(c),
        }
    }
    (text, rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_texts_and_calls_are_no_fields() {
        let expression =
            r#"if City == "Rome" { upper(field("First name")) } else { concat(Land, 'x') } // Note"#;
        assert_eq!(
            fields_used(expression),
            ["City", "Land", "First name"],
            "words in texts, calls and remarks are none"
        );
        assert_eq!(called(expression), ["upper", "field", "concat"], "calls, in order");
    }
}
