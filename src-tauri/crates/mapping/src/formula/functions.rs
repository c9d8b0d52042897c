//! What the functions of formulas do.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::{Span, tz::TimeZone};
use leadferry_model::Record;
use rhai::{Dynamic, EvalAltResult, FuncRegistration, ImmutableString, Module, NativeCallContext};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{MAX_TEXT, dynamic};
use crate::read::{amount, case, moment};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

fn stop<T>(reason: impl Into<String>) -> Result<T> {
    Err(reason.into().into())
}

/// The text of any argument.
fn text(value: &Dynamic) -> Result<String> {
    if value.is_unit() {
        return Ok(String::new());
    }
    if let Ok(number) = value.as_decimal() {
        return Ok(number.normalize().to_string());
    }
    let text = value.to_string();
    if !(value.is_string() || value.is_int() || value.is_bool() || value.is_char()) {
        return stop("a list has no text");
    }
    bounded(text)
}

fn bounded(text: String) -> Result<String> {
    if text.len() > MAX_TEXT {
        return Err(EvalAltResult::ErrorDataTooLarge("text".into(), rhai::Position::NONE).into());
    }
    Ok(text)
}

/// The number of an argument; nothing of nothing.
fn number(value: &Dynamic) -> Result<Option<Decimal>> {
    if let Ok(number) = value.as_decimal() {
        return Ok(Some(number));
    }
    if let Ok(whole) = value.as_int() {
        return Ok(Some(Decimal::from(whole)));
    }
    let text = text(value)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    // The sentence ends in a full stop of its own where it is shown.
    amount::read_number(&text, None)
        .map(Some)
        .map_err(|reason| reason.trim_end_matches('.').to_owned().into())
}

fn needed(value: &Dynamic) -> Result<Decimal> {
    match number(value)? {
        Some(number) => Ok(number),
        None => stop("a number is needed, and the value is blank; if_blank(…) gives another"),
    }
}

fn count(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}

fn date(value: &Dynamic) -> Result<Date> {
    let text = text(value)?;
    match moment::read_when(&text, None, None) {
        Ok(when) => Ok(when.day(&TimeZone::UTC)),
        Err(_) => {
            stop(format!("“{}” is not a date such as 2026-11-20", text.chars().take(40).collect::<String>()))
        }
    }
}

fn folded(value: &Dynamic) -> Result<String> {
    Ok(text(value)?.to_lowercase())
}

/// A library with every function.
pub(super) fn library() -> Module {
    let mut library = Module::new();
    text_functions(&mut library);
    choosing_functions(&mut library);
    number_functions(&mut library);
    date_functions(&mut library);
    operators(&mut library);
    library
}

/// Registers one function.
macro_rules! define {
    ($library:ident, $name:literal, $function:expr) => {
        FuncRegistration::new($name).in_global_namespace().set_into_module($library, $function)
    };
}

fn text_functions(library: &mut Module) {
    define!(library, "field", |context: NativeCallContext, name: ImmutableString| -> Result<Dynamic> {
        let lead = context.tag().and_then(|tag| tag.read_lock::<Arc<Record>>());
        Ok(dynamic(lead.as_ref().and_then(|lead| lead.get(&name))))
    });
    define!(library, "first_word", |value: Dynamic| -> Result<String> {
        Ok(text(&value)?.split_whitespace().next().unwrap_or_default().to_owned())
    });
    define!(library, "last_word", |value: Dynamic| -> Result<String> {
        Ok(text(&value)?.split_whitespace().next_back().unwrap_or_default().to_owned())
    });
    define!(library, "word", |value: Dynamic, position: i64| -> Result<String> {
        let text = text(&value)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let index = match position {
            1.. => Some(count(position) - 1),
            0 => None,
            _ => words.len().checked_sub(usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX)),
        };
        Ok(index.and_then(|index| words.get(index)).copied().unwrap_or_default().to_owned())
    });
    define!(library, "upper", |value: Dynamic| -> Result<String> { bounded(text(&value)?.to_uppercase()) });
    define!(library, "lower", |value: Dynamic| -> Result<String> { bounded(text(&value)?.to_lowercase()) });
    define!(library, "title", |value: Dynamic| -> Result<String> { bounded(case::title(&text(&value)?)) });
    define!(library, "trim", |value: Dynamic| -> Result<String> { Ok(text(&value)?.trim().to_owned()) });
    define!(library, "left", |value: Dynamic, length: i64| -> Result<String> {
        Ok(text(&value)?.chars().take(count(length)).collect())
    });
    define!(library, "right", |value: Dynamic, length: i64| -> Result<String> {
        let text = text(&value)?;
        let skipped = text.chars().count().saturating_sub(count(length));
        Ok(text.chars().skip(skipped).collect())
    });
    define!(library, "middle", |value: Dynamic, start: i64, length: i64| -> Result<String> {
        Ok(text(&value)?.chars().skip(count(start.saturating_sub(1))).take(count(length)).collect())
    });
    define!(library, "length", |value: Dynamic| -> Result<i64> {
        Ok(i64::try_from(text(&value)?.chars().count()).unwrap_or(i64::MAX))
    });
    define!(library, "replace", |value: Dynamic, find: Dynamic, with: Dynamic| -> Result<String> {
        let (value, find, with) = (text(&value)?, text(&find)?, text(&with)?);
        if find.is_empty() {
            return Ok(value);
        }
        // Counted before it is made, so that the memory is never taken.
        let hits = value.matches(&find).count();
        let length = value.len().saturating_add(hits.saturating_mul(with.len())) - hits * find.len();
        if length > MAX_TEXT {
            return Err(EvalAltResult::ErrorDataTooLarge("text".into(), rhai::Position::NONE).into());
        }
        Ok(value.replace(&find, &with))
    });
    define!(library, "before", |value: Dynamic, mark: Dynamic| -> Result<String> {
        let (value, mark) = (text(&value)?, text(&mark)?);
        Ok(value.split_once(&mark).map_or(value.as_str(), |(before, _)| before).to_owned())
    });
    define!(library, "after", |value: Dynamic, mark: Dynamic| -> Result<String> {
        let (value, mark) = (text(&value)?, text(&mark)?);
        Ok(value.split_once(&mark).map(|(_, after)| after).unwrap_or_default().to_owned())
    });
    define!(library, "contains", |value: Dynamic, part: Dynamic| -> Result<bool> {
        Ok(folded(&value)?.contains(&folded(&part)?))
    });
    define!(library, "starts_with", |value: Dynamic, part: Dynamic| -> Result<bool> {
        Ok(folded(&value)?.starts_with(&folded(&part)?))
    });
    define!(library, "ends_with", |value: Dynamic, part: Dynamic| -> Result<bool> {
        Ok(folded(&value)?.ends_with(&folded(&part)?))
    });
    define!(library, "digits", |value: Dynamic| -> Result<String> {
        Ok(text(&value)?.chars().filter(char::is_ascii_digit).collect())
    });
}

fn concat(values: &[Dynamic]) -> Result<String> {
    let mut joined = String::new();
    for value in values {
        joined.push_str(&text(value)?);
        joined = bounded(joined)?;
    }
    Ok(joined)
}

fn coalesce(values: Vec<Dynamic>) -> Dynamic {
    values.into_iter().find(|value| !blank(value)).unwrap_or(Dynamic::UNIT)
}

fn blank(value: &Dynamic) -> bool {
    value.is_unit() || text(value).is_ok_and(|text| text.trim().is_empty())
}

/// Registers `concat` and `coalesce` for one number of arguments after the other: the engine knows no open-ended calls.
macro_rules! open_ended {
    ($library:ident, $($argument:ident)+) => {
        define!($library, "concat", |$($argument: Dynamic),+| -> Result<String> { concat(&[$($argument),+]) });
        define!($library, "coalesce", |$($argument: Dynamic),+| -> Dynamic { coalesce(vec![$($argument),+]) });
    };
}

fn choosing_functions(library: &mut Module) {
    open_ended!(library, a b);
    open_ended!(library, a b c);
    open_ended!(library, a b c d);
    open_ended!(library, a b c d e);
    open_ended!(library, a b c d e f);
    open_ended!(library, a b c d e f g);
    open_ended!(library, a b c d e f g h);
    define!(library, "is_blank", |value: Dynamic| -> bool { blank(&value) });
    define!(library, "if_blank", |value: Dynamic, other: Dynamic| -> Dynamic {
        if blank(&value) { other } else { value }
    });
    define!(library, "choose", |condition: bool, yes: Dynamic, no: Dynamic| -> Dynamic {
        if condition { yes } else { no }
    });
}

fn number_functions(library: &mut Module) {
    define!(library, "number", |value: Dynamic| -> Result<Dynamic> {
        Ok(number(&value)?.map_or(Dynamic::UNIT, Dynamic::from_decimal))
    });
    define!(library, "round", |value: Dynamic, places: i64| -> Result<Decimal> {
        let places = u32::try_from(places.clamp(0, 28)).unwrap_or_default();
        Ok(needed(&value)?.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    });
    define!(library, "min", |a: Dynamic, b: Dynamic| -> Result<Decimal> { Ok(needed(&a)?.min(needed(&b)?)) });
    define!(library, "max", |a: Dynamic, b: Dynamic| -> Result<Decimal> { Ok(needed(&a)?.max(needed(&b)?)) });
    define!(library, "abs", |value: Dynamic| -> Result<Decimal> { Ok(needed(&value)?.abs()) });
}

fn date_functions(library: &mut Module) {
    define!(library, "days_between", |from: Dynamic, to: Dynamic| -> Result<i64> {
        match date(&from)?.until(date(&to)?) {
            Ok(span) => Ok(i64::from(span.get_days())),
            Err(_) => stop("the dates are too far apart"),
        }
    });
    define!(library, "add_days", |day: Dynamic, days: Dynamic| -> Result<String> {
        let days = needed(&days)?.trunc().to_i64().and_then(|days| Span::new().try_days(days).ok());
        match days.and_then(|span| date(&day).map(|day| day.checked_add(span).ok()).transpose()) {
            Some(later) => Ok(later?.to_string()),
            None => stop("the date lies outside the calendar"),
        }
    });
    define!(library, "format_date", |day: Dynamic, pattern: ImmutableString| -> Result<String> {
        match strtime::format(pattern.as_bytes(), date(&day)?) {
            Ok(written) => bounded(written),
            Err(_) => stop("the pattern of format_date takes signs such as %d.%m.%Y"),
        }
    });
}

/// What the bare engine leaves out, and division that keeps the remainder.
fn operators(library: &mut Module) {
    define!(library, "!", |value: bool| !value);
    define!(library, "-", |value: Decimal| -value);
    define!(library, "-", |value: i64| -> Result<i64> {
        value.checked_neg().ok_or_else(|| "the number became too large".into())
    });
    define!(library, "/", |a: i64, b: i64| -> Result<Decimal> {
        match Decimal::from(a).checked_div(Decimal::from(b)) {
            Some(result) => Ok(result),
            None => stop("nothing can be divided by zero"),
        }
    });
    define!(library, "+", |a: ImmutableString, b: i64| -> Result<String> { bounded(format!("{a}{b}")) });
    define!(library, "+", |a: i64, b: ImmutableString| -> Result<String> { bounded(format!("{a}{b}")) });
    define!(library, "+", |a: ImmutableString, b: Decimal| -> Result<String> {
        bounded(format!("{a}{}", b.normalize()))
    });
    define!(library, "+", |a: Decimal, b: ImmutableString| -> Result<String> {
        bounded(format!("{}{b}", a.normalize()))
    });
}
