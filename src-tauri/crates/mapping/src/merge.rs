//! What of a mapped lead is really written over a record the destination has already.

use std::collections::BTreeSet;

use leadferry_model::{Record, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::mapped::Mapped;
use crate::read::{amount, email, moment, phone};
use crate::rule::Overwrite;

/// The fields to write, and the ones that stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Merged {
    /// What to write. Empty: the record is as it should be.
    pub write: Record,
    /// What stays as it is, and why.
    pub skipped: Vec<Skipped>,
}

/// One field that stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Skipped {
    /// The destination field.
    pub field: String,
    /// Why.
    pub reason: SkipReason,
}

/// Why a field stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// The destination has this value already.
    Same,
    /// The destination has a value, and the rule fills empty fields only.
    AlreadyFilled,
    /// The destination's record changed after the lead did.
    DestinationIsNewer,
    /// The rule writes only when a record is created.
    OnlyOnCreate,
}

/// Applies the overwrite rules. `current` is the destination's record, empty where there is none yet; a field it lacks is
/// empty there, so it must have been read with every mapped field. `newer` says whether the lead changed after it.
///
/// A lead that failed writes nothing.
pub fn merge(current: &Record, mapped: &Mapped, newer: bool) -> Merged {
    let mut merged = Merged::default();
    if mapped.failure.is_some() {
        return merged;
    }
    for field in &mapped.fields {
        let Some(value) = &field.value else { continue };
        let existing = current.get(&field.target).filter(|existing| !existing.is_blank());
        let reason = match existing {
            Some(existing) if same(existing, value) => Some(SkipReason::Same),
            None if value.is_blank() => Some(SkipReason::Same),
            _ => match field.overwrite {
                Overwrite::Always => None,
                Overwrite::IfEmpty => existing.map(|_| SkipReason::AlreadyFilled),
                Overwrite::IfNewer => {
                    (!newer && existing.is_some()).then_some(SkipReason::DestinationIsNewer)
                }
                Overwrite::Never => (!current.is_empty()).then_some(SkipReason::OnlyOnCreate),
            },
        };
        match reason {
            Some(reason) => merged.skipped.push(Skipped { field: field.target.clone(), reason }),
            None => {
                merged.write.set(&field.target, value.clone());
            }
        }
    }
    merged
}

/// Whether two values mean the same, so that writing one over the other would change nothing.
///
/// Two texts are numbers to nobody (`01234` is a post code); a number in text counts only against a number.
pub fn same(left: &Value, right: &Value) -> bool {
    if left == right || (left.is_blank() && right.is_blank()) {
        return true;
    }
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => same_text(left, right),
        (Value::Money { amount, currency }, Value::Money { amount: other, currency: code }) => {
            amount == other && (currency == code || currency.is_none() || code.is_none())
        }
        (Value::Number(number) | Value::Money { amount: number, .. }, other)
        | (other, Value::Number(number) | Value::Money { amount: number, .. }) => match other {
            Value::Number(other) | Value::Money { amount: other, .. } => number == other,
            Value::Text(text) => amount::plain_decimal(text) == Some(*number),
            _ => false,
        },
        (Value::Bool(yes), Value::Text(text)) | (Value::Text(text), Value::Bool(yes)) => {
            text.trim().to_lowercase().parse() == Ok(*yes)
        }
        (Value::Date(day), Value::Text(text)) | (Value::Text(text), Value::Date(day)) => {
            moment::read_when(text, None, None) == Ok(moment::When::Day(*day))
        }
        (Value::DateTime(at), Value::Text(text)) | (Value::Text(text), Value::DateTime(at)) => {
            moment::read_when(text, None, None) == Ok(moment::When::Moment(*at))
        }
        (Value::List(left), Value::List(right)) => same_items(left.iter(), right.iter()),
        (Value::List(items), Value::Text(text)) | (Value::Text(text), Value::List(items)) => {
            let others: Vec<String> = text.split(';').map(|item| item.trim().to_owned()).collect();
            same_items(items.iter(), others.iter())
        }
        _ => false,
    }
}

fn same_items<'i>(left: impl Iterator<Item = &'i String>, right: impl Iterator<Item = &'i String>) -> bool {
    left.collect::<BTreeSet<_>>() == right.collect::<BTreeSet<_>>()
}

fn same_text(left: &str, right: &str) -> bool {
    if left.trim().replace("\r\n", "\n") == right.trim().replace("\r\n", "\n") {
        return true;
    }
    if left.contains('@') && right.contains('@') {
        return matches!((email::normalise_email(left), email::normalise_email(right)), (Ok(left), Ok(right)) if left.key == right.key);
    }
    phone::same_number(left, right)
}
