//! The criteria of a search: `((Company:equals:Tea)and(City:starts_with:Lud))`.
//!
//! Brackets, colons and commas inside a value are escaped by a backslash.
//! <https://www.zoho.com/crm/developer/docs/api/v8/search-records.html>

use leadferry_model::FieldKind;
use serde_json::json;

use super::errors::Trouble;
use super::{fields, times, values};
use crate::core::{Condition, Field, Table, Test, moment_text};

/// <https://www.zoho.com/crm/developer/docs/api/v8/search-records.html>
const MOST_CRITERIA: usize = 10;
const MOST_VALUES: usize = 100;

/// Alternatives of conditions that hold at once.
type AnyOf = Vec<Vec<Condition>>;

/// Reads criteria about a module's fields.
pub(super) fn read(table: &Table, text: &str) -> Result<AnyOf, Trouble> {
    let letters: Vec<char> = text.trim().chars().collect();
    let mut reader = Reader { table, letters, at: 0, conditions: 0 };
    let read = reader.group()?;
    reader.blank();
    if reader.at < reader.letters.len() { Err(wrong("criteria")) } else { Ok(read) }
}

// Unverified: the words; the vendor's document lists the code alone.
fn wrong(near: &str) -> Trouble {
    Trouble::new(400, "INVALID_QUERY", "invalid query formed")
        .with("reason", json!("the criteria cannot be read"))
        .with("near", json!(near))
}

struct Reader<'t> {
    table: &'t Table,
    letters: Vec<char>,
    at: usize,
    conditions: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: char) -> Result<(), Trouble> {
        self.blank();
        if self.peek() != Some(wanted) {
            let rest: String = self.letters.iter().skip(self.at).take(20).collect();
            return Err(wrong(&rest));
        }
        self.at += 1;
        Ok(())
    }

    /// `and` or `or`, if one comes.
    fn joint(&mut self) -> Option<bool> {
        self.blank();
        let word: String = self.letters.iter().skip(self.at).take(3).collect();
        let word = word.to_lowercase();
        if word == "and" {
            self.at += 3;
            Some(true)
        } else if word.starts_with("or") {
            self.at += 2;
            Some(false)
        } else {
            None
        }
    }

    /// A bracket: one condition, or brackets joined by words.
    fn group(&mut self) -> Result<AnyOf, Trouble> {
        self.take('(')?;
        self.blank();
        if self.peek() != Some('(') {
            let condition = self.condition()?;
            return Ok(vec![vec![condition]]);
        }
        let mut all = self.group()?;
        while let Some(and) = self.joint() {
            let next = self.group()?;
            all = if and { both(&all, &next) } else { all.into_iter().chain(next).collect() };
        }
        self.take(')')?;
        Ok(all)
    }

    /// Letters until an unescaped `end`; the end is taken, too.
    fn until(&mut self, end: char) -> Result<String, Trouble> {
        let mut text = String::new();
        while let Some(letter) = self.peek() {
            self.at += 1;
            match letter {
                '\\' => {
                    // Kept, so that a list can still tell an escaped comma from one that parts values.
                    text.push('\\');
                    text.extend(self.peek());
                    self.at += 1;
                }
                letter if letter == end => return Ok(text),
                letter => text.push(letter),
            }
        }
        Err(wrong(&text))
    }

    fn condition(&mut self) -> Result<Condition, Trouble> {
        self.conditions += 1;
        if self.conditions > MOST_CRITERIA {
            return Err(Trouble::limit_exceeded("Criteria", MOST_CRITERIA));
        }
        let name = self.until(':')?.trim().to_owned();
        let operator = self.until(':')?.trim().to_lowercase();
        let value = self.until(')')?;
        let field = self.table.field(&name).ok_or_else(|| {
            Trouble::new(400, "INVALID_QUERY", "invalid query formed")
                .with("reason", json!("the field is not available to search"))
                .with("api_name", json!(name))
        })?;
        let test = test(field, &operator, &value)?;
        Ok(Condition { field: name, test })
    }
}

/// All ways in which both sides hold.
fn both(left: &AnyOf, right: &AnyOf) -> AnyOf {
    left.iter().flat_map(|a| right.iter().map(|b| a.iter().chain(b).cloned().collect())).collect()
}

/// The parts of a list, parted by commas that are not escaped.
fn listed(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ',' => parts.push(String::new()),
            letter => {
                let part = parts.last_mut().expect("BUG: there is always a part");
                part.extend(if letter == '\\' { letters.next() } else { Some(letter) });
            }
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        text.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    text.trim().to_owned()
}

fn test(field: &Field, operator: &str, raw: &str) -> Result<Test, Trouble> {
    let unsupported = || {
        Trouble::new(400, "INVALID_QUERY", "invalid query formed")
            .with("reason", json!("invalid operator found"))
            .with("api_name", json!(field.name.as_ref()))
            .with("operator", json!(operator))
    };
    let sized =
        matches!(field.kind, FieldKind::Number | FieldKind::Money | FieldKind::Date | FieldKind::DateTime);
    let one = || canonical(field, &plain(raw));
    let many = || -> Result<Vec<String>, Trouble> {
        let parts = listed(raw);
        if parts.len() > MOST_VALUES {
            return Err(Trouble::limit_exceeded("Values", MOST_VALUES));
        }
        parts.iter().map(|part| canonical(field, part)).collect()
    };
    Ok(match operator {
        // "When using the equals operator in the Search API, it behaves like contains", but for picklists.
        "equals" if values::is_text(field) => Test::HasWord(format!("*{}*", one()?)),
        "equals" => Test::Equal(one()?),
        "not_equal" => Test::NotEqual(one()?),
        "starts_with" if values::is_text(field) => Test::HasWord(format!("{}*", one()?)),
        "in" => Test::OneOf(many()?),
        "between" if sized => match many()?.as_slice() {
            [from, to] => Test::Between(from.clone(), to.clone()),
            _ => return Err(unsupported()),
        },
        "greater_than" if sized => Test::More(one()?),
        "greater_equal" if sized => Test::AtLeast(one()?),
        "less_than" if sized => Test::Less(one()?),
        "less_equal" if sized => Test::AtMost(one()?),
        _ => return Err(unsupported()),
    })
}

/// A value as the core keeps it.
pub(super) fn canonical(field: &Field, text: &str) -> Result<String, Trouble> {
    let invalid = || {
        Trouble::new(400, "INVALID_QUERY", "value given seems to be invalid for the column")
            .with("column_name", json!(field.name.as_ref()))
            .with("expected_data_type", json!(fields::data_type(field)))
    };
    match field.kind {
        FieldKind::DateTime => times::read(text).map(moment_text).ok_or_else(invalid),
        FieldKind::Date => {
            let fits = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
            if fits { Ok(text.to_owned()) } else { Err(invalid()) }
        }
        FieldKind::Number | FieldKind::Money => {
            if text.parse::<f64>().is_ok_and(f64::is_finite) {
                Ok(text.to_owned())
            } else {
                Err(invalid())
            }
        }
        FieldKind::Bool if !matches!(text, "true" | "false") => Err(invalid()),
        FieldKind::Choice => {
            let known = field.options.iter().find(|one| one.label == text);
            Ok(known.map_or_else(|| text.to_owned(), |one| one.value.clone()))
        }
        _ => Ok(text.to_owned()),
    }
}
