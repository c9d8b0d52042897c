//! The words of a schema that look at one value, without what is inside it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};
use url::Url;

use super::patterns::fits;

/// The types that a schema names.
pub(super) fn types(schema: &Map<String, Value>) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn check(schema: &Map<String, Value>, value: &Value, at: &str, faults: &mut Vec<String>) {
    let types = types(schema);
    if !types.is_empty() && !types.iter().any(|one| is(one, value)) {
        let types: Vec<String> = types.iter().map(|one| format!("'{one}'")).collect();
        faults.push(format!("{at}: {} is not of type {}", shown(value), types.join(", ")));
        // What else it says is about values of that type.
        return;
    }
    let mut fault = |what: String| faults.push(format!("{at}: {} {what}", shown(value)));
    if let Some(Value::Array(words)) = schema.get("enum")
        && !words.iter().any(|word| same(word, value))
    {
        let words: Vec<String> = words.iter().map(shown).collect();
        fault(format!("is not one of [{}]", words.join(", ")));
    }
    if let Some(only) = schema.get("const")
        && !same(only, value)
    {
        fault(format!("is not {}", shown(only)));
    }
    match value {
        Value::String(text) => {
            sizes(schema, ("minLength", "maxLength"), text.chars().count(), &mut fault);
            if let Some(Value::String(pattern)) = schema.get("pattern")
                && !fits(pattern, text)
            {
                fault(format!("does not match {pattern}"));
            }
            if let Some(Value::String(format)) = schema.get("format")
                && !has_format(format, text)
            {
                fault(format!("is not a '{format}'"));
            }
        }
        Value::Array(items) => {
            sizes(schema, ("minItems", "maxItems"), items.len(), &mut fault);
            let twice = |(place, item): (usize, &Value)| items[..place].contains(item);
            if schema.get("uniqueItems") == Some(&Value::Bool(true)) && items.iter().enumerate().any(twice) {
                fault("has non-unique elements".to_owned());
            }
        }
        Value::Object(entries) => {
            sizes(schema, ("minProperties", "maxProperties"), entries.len(), &mut fault)
        }
        Value::Number(number) => range(schema, number.as_f64().unwrap_or_default(), &mut fault),
        Value::Null | Value::Bool(_) => {}
    }
}

fn sizes(
    schema: &Map<String, Value>,
    (least, most): (&str, &str),
    size: usize,
    fault: &mut impl FnMut(String),
) {
    let bound =
        |word: &str| schema.get(word).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok());
    if let Some(least) = bound(least).filter(|least| size < *least) {
        fault(format!("is too short: {size} instead of {least}"));
    }
    if let Some(most) = bound(most).filter(|most| size > *most) {
        fault(format!("is too long: {size} instead of {most}"));
    }
}

fn range(schema: &Map<String, Value>, number: f64, fault: &mut impl FnMut(String)) {
    let bound = |word: &str| schema.get(word).and_then(Value::as_f64);
    // In 3.0, `exclusiveMinimum` is a switch beside `minimum`; in 3.1 it is the bound itself.
    let switched = |word: &str| schema.get(word) == Some(&Value::Bool(true));
    let below = |least: f64, open: bool| number < least || (open && number <= least);
    if bound("minimum").is_some_and(|least| below(least, switched("exclusiveMinimum")))
        || bound("exclusiveMinimum").is_some_and(|least| below(least, true))
    {
        fault("is less than the minimum".to_owned());
    }
    let above = |most: f64, open: bool| number > most || (open && number >= most);
    if bound("maximum").is_some_and(|most| above(most, switched("exclusiveMaximum")))
        || bound("exclusiveMaximum").is_some_and(|most| above(most, true))
    {
        fault("is greater than the maximum".to_owned());
    }
    if bound("multipleOf").is_some_and(|step| step > 0.0 && (number / step).fract().abs() > 1e-9) {
        fault("is not a multiple of the step".to_owned());
    }
    let fits = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => i32::MIN as f64 <= number && number <= i32::MAX as f64,
        _ => true,
    };
    if !fits {
        fault("is not a 'int32'".to_owned());
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match (kind, value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_))
        | ("number", Value::Number(_)) => true,
        // 3.0 and 3 are the same number.
        ("integer", Value::Number(number)) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        _ => false,
    }
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

/// Formats that are not known say nothing.
fn has_format(format: &str, text: &str) -> bool {
    match format {
        "date" => text.len() == 10 && text.parse::<Date>().is_ok(),
        "date-time" => text.contains(['T', 't']) && text.parse::<Timestamp>().is_ok(),
        "email" => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
        "uuid" => fits("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", text),
        "uri" | "url" => Url::parse(text).is_ok(),
        _ => true,
    }
}

/// A value in the words that `waive` is written for: those of Python.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.contains('\'') => format!("\"{text}\""),
        Value::String(text) => format!("'{text}'"),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entry = |(name, value): (&String, &Value)| format!("'{name}': {}", shown(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}
