//! A query's text as tokens.

use super::super::errors::Trouble;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name or keyword.
    Word(String),
    /// Text in quotes, without them.
    Text(String),
    /// A bare value that begins with a digit or sign: a number, day or moment.
    Bare(String),
    /// `(`, `)`, `,` or a comparison.
    Sign(&'static str),
}

impl Token {
    /// As error texts show it.
    pub(super) fn shown(&self) -> &str {
        match self {
            Self::Word(text) | Self::Text(text) | Self::Bare(text) => text,
            Self::Sign(sign) => sign,
        }
    }
}

const SIGNS: &[&str] = &["<=", ">=", "!=", "<>", "=", "<", ">", "(", ")", ","];

/// A query that cannot be read.
pub(super) fn malformed(message: impl Into<String>) -> Trouble {
    Trouble::new(400, "MALFORMED_QUERY", message)
}

/// Takes a query apart.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Trouble> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if first == '\'' {
            quoted(&rest[1..])?
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), &rest[sign.len()..])
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || "()=<>!,'".contains(c)).unwrap_or(rest.len());
            if end == 0 {
                return Err(malformed(format!("unexpected token: '{first}'")));
            }
            let (word, after) = rest.split_at(end);
            let bare = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'));
            (if bare { Token::Bare(word.to_owned()) } else { Token::Word(word.to_owned()) }, after)
        };
        all.push(token);
        rest = after.trim_start();
    }
    Ok(all)
}

/// Text up to the closing quote, with its escapes resolved. `\%` and `\_` stay escaped for `LIKE`.
fn quoted(text: &str) -> Result<(Token, &str), Trouble> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\'' => return Ok((Token::Text(value), &text[at + 1..])),
            '\\' => match letters.next().map(|(_, escaped)| escaped) {
                Some('n' | 'N') => value.push('\n'),
                Some('r' | 'R') => value.push('\r'),
                Some('t' | 'T') => value.push('\t'),
                Some(escaped @ ('%' | '_')) => {
                    value.push('\\');
                    value.push(escaped);
                }
                Some(escaped @ ('\'' | '"' | '\\')) => value.push(escaped),
                _ => return Err(malformed("Illegal escape sequence in string")),
            },
            other => value.push(other),
        }
    }
    Err(malformed("unexpected end of string: a quote is not closed"))
}
