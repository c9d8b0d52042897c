//! The picklist table: their words into the destination's options.

use leadferry_model::Value;
use leadferry_model::failure::FieldProblem;

use super::run::{Fault, Severity};
use super::{Rest, Translation};

/// Translates one value, or each item of a list.
pub(super) fn translate(value: &Value, table: &[Translation], rest: &Rest) -> Result<Value, Fault> {
    match value {
        Value::Blank => Ok(Value::Blank),
        Value::List(items) => {
            let mut translated = Vec::new();
            for item in items {
                let word = one(item, table, rest)?;
                translated.extend(word.filter(|word| !translated.contains(word)));
            }
            Ok(if translated.is_empty() { Value::Blank } else { Value::List(translated) })
        }
        scalar if scalar.is_blank() => Ok(Value::Blank),
        scalar => match lookup(&scalar.to_string(), table) {
            Some(to) => Ok(filled(to)),
            None if *rest == Rest::Keep => Ok(scalar.clone()),
            None => Ok(one(&scalar.to_string(), table, rest)?.map_or(Value::Blank, filled)),
        },
    }
}

fn filled(word: String) -> Value {
    if word.trim().is_empty() { Value::Blank } else { Value::Text(word) }
}

fn lookup(word: &str, table: &[Translation]) -> Option<String> {
    let wanted = word.trim().to_lowercase();
    table.iter().find(|pair| pair.from.trim().to_lowercase() == wanted).map(|pair| pair.to.clone())
}

fn one(word: &str, table: &[Translation], rest: &Rest) -> Result<Option<String>, Fault> {
    if let Some(to) = lookup(word, table) {
        return Ok(Some(to));
    }
    match rest {
        Rest::LeaveEmpty => Ok(None),
        Rest::Default { value } => Ok(Some(value.clone())),
        Rest::Keep => Ok(Some(word.to_owned())),
        Rest::Hold => Err(Fault {
            problem: FieldProblem::UnknownOption,
            value: Some(word.to_owned()),
            detail: format!(
                "“{word}” has no translation yet. Add it to the translation table; the lead then goes by itself."
            ),
            severity: Severity::Holds,
        }),
    }
}
