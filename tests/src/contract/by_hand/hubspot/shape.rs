//! How a value may look: every property by name and type, and how many items a list takes.

use jiff::Timestamp;
use serde_json::Value;

/// The documented form of a value.
pub(super) enum Shape {
    Text,
    Bool,
    Whole {
        least: u64,
        most: u64,
    },
    OneOf(&'static [&'static str]),
    /// Property values: texts under any name.
    Texts,
    /// Property values as answers show them: a field without a value is null.
    TextsOrNulls,
    /// RFC 3339.
    Moment,
    /// Any number.
    Number,
    /// Null, or this.
    OrNull(&'static Shape),
    /// What the pages say nothing about.
    Anything,
    List {
        most: usize,
        of: &'static Shape,
    },
    Object(&'static [Part]),
}

/// One property of an object.
pub(super) struct Part {
    name: &'static str,
    required: bool,
    shape: Shape,
}

pub(super) const fn must(name: &'static str, shape: Shape) -> Part {
    Part { name, required: true, shape }
}

pub(super) const fn may(name: &'static str, shape: Shape) -> Part {
    Part { name, required: false, shape }
}

pub(super) const fn list(most: usize, of: &'static Shape) -> Shape {
    Shape::List { most, of }
}

/// No documented limit.
pub(super) const ANY: usize = usize::MAX;

/// Compares `value` with `shape`; what differs goes into `faults`, named by its place.
pub(super) fn check(value: &Value, shape: &Shape, at: &str, faults: &mut Vec<String>) {
    match (shape, value) {
        (Shape::Text, Value::String(_))
        | (Shape::Bool, Value::Bool(_))
        | (Shape::Number, Value::Number(_)) => {}
        (Shape::Anything, _) | (Shape::OrNull(_), Value::Null) => {}
        (Shape::OrNull(shape), value) => check(value, shape, at, faults),
        (Shape::Moment, Value::String(text)) if text.parse::<Timestamp>().is_ok() => {}
        (Shape::Moment, _) => faults.push(format!("{at} is {value}, which is no moment")),
        (Shape::OneOf(words), Value::String(word)) if words.contains(&word.as_str()) => {}
        (Shape::OneOf(_), _) => {
            faults.push(format!("{at} is {value}, which is not one of the documented words"))
        }
        (Shape::Whole { least, most }, Value::Number(number))
            if number.as_u64().is_some_and(|number| (*least..=*most).contains(&number)) => {}
        (Shape::Whole { .. }, _) => faults.push(format!("{at} is {value}, which is out of range")),
        (Shape::Texts, Value::Object(entries)) => {
            let others = entries.iter().filter(|(_, value)| !value.is_string());
            faults.extend(others.map(|(name, _)| format!("{at}.{name} is no text")));
        }
        (Shape::TextsOrNulls, Value::Object(entries)) => {
            let others = entries.iter().filter(|(_, value)| !value.is_string() && !value.is_null());
            faults.extend(others.map(|(name, _)| format!("{at}.{name} is neither text nor null")));
        }
        (Shape::List { most, of }, Value::Array(items)) => {
            if items.len() > *most {
                faults.push(format!("{at} has {} items, {most} are taken", items.len()));
            }
            for (place, item) in items.iter().enumerate() {
                check(item, of, &format!("{at}[{place}]"), faults);
            }
        }
        (Shape::Object(parts), Value::Object(entries)) => {
            for (name, value) in entries {
                match parts.iter().find(|part| part.name == name) {
                    Some(part) => check(value, &part.shape, &format!("{at}.{name}"), faults),
                    None => faults.push(format!("{at}.{name} is unknown")),
                }
            }
            let missing = parts.iter().filter(|part| part.required && !entries.contains_key(part.name));
            faults.extend(missing.map(|part| format!("{at}.{} is missing", part.name)));
        }
        (Shape::Text, _) => faults.push(format!("{at} is no text")),
        (Shape::Bool, _) => faults.push(format!("{at} is neither true nor false")),
        (Shape::Number, _) => faults.push(format!("{at} is no number")),
        (Shape::Texts | Shape::TextsOrNulls | Shape::Object(_), _) => {
            faults.push(format!("{at} is no object"))
        }
        (Shape::List { .. }, _) => faults.push(format!("{at} is no list")),
    }
}
