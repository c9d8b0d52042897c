//! The words of a query.

use serde_json::json;

use crate::zoho::errors::Trouble;

/// A word of a query, and where it stands, from 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) column: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    /// A keyword or a column's name, such as `select` or `Owner.email`.
    Name(String),
    /// A text in single quotes.
    Text(String),
    /// A number as it was written.
    Number(String),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    Operator(&'static str),
    Open,
    Close,
    Comma,
}

impl Word {
    /// The word as it stands in the query, for a refusal.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Name(text) | Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Operator(text) => (*text).to_owned(),
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Comma => ",".to_owned(),
        }
    }
}

/// A query that cannot be read at some place.
pub(super) fn unexpected(near: &str, column: usize) -> Trouble {
    Trouble::new(400, "SYNTAX_ERROR", "unexpected token")
        .with("near", json!(near))
        .with("line", json!(1))
        .with("column", json!(column))
}

/// Operators, longer ones before those they begin with.
const OPERATORS: &[&str] = &["!=", "<=", ">=", "=", "<", ">"];

/// Takes a query apart.
pub(super) fn words(query: &str) -> Result<Vec<Token>, Trouble> {
    let letters: Vec<char> = query.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let start = at;
        let mut push = |word, at| tokens.push(Token { word, column: at + 1 });
        match letter {
            c if c.is_whitespace() => at += 1,
            '(' | ')' | ',' => {
                at += 1;
                push(
                    if letter == '(' {
                        Word::Open
                    } else if letter == ')' {
                        Word::Close
                    } else {
                        Word::Comma
                    },
                    start,
                );
            }
            '\'' => {
                let text = quoted(&letters, &mut at).ok_or_else(|| unexpected("'", start + 1))?;
                push(Word::Text(text), start);
            }
            c if is_name_start(c) => {
                while letters.get(at).is_some_and(|c| is_name_start(*c) || c.is_ascii_digit() || *c == '.') {
                    at += 1;
                }
                push(Word::Name(letters[start..at].iter().collect()), start);
            }
            c if c.is_ascii_digit() || c == '-' => {
                at += 1;
                while letters.get(at).is_some_and(|c| c.is_ascii_digit() || *c == '.') {
                    at += 1;
                }
                push(Word::Number(letters[start..at].iter().collect()), start);
            }
            _ => {
                let rest: String = letters[at..].iter().take(2).collect();
                let known = OPERATORS.iter().find(|operator| rest.starts_with(**operator));
                let operator = known.ok_or_else(|| unexpected(&rest, start + 1))?;
                at += operator.len();
                push(Word::Operator(operator), start);
            }
        }
    }
    Ok(tokens)
}

fn is_name_start(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_' || letter == '$'
}

/// The text of a quoted word; a backslash takes the letter after it as it is.
fn quoted(letters: &[char], at: &mut usize) -> Option<String> {
    let mut text = String::new();
    *at += 1;
    loop {
        let letter = *letters.get(*at)?;
        *at += 1;
        match letter {
            '\'' => return Some(text),
            '\\' => {
                text.push(*letters.get(*at)?);
                *at += 1;
            }
            letter => text.push(letter),
        }
    }
}
