//! Making a value fit the destination field it goes to, or saying why it does not.
//!
//! Only what loses nothing happens by itself: a label becomes its option value, a plain number in text a number. Whatever
//! would need a decision (which day a moment is, what `1,234` means) is a step of the rule, and its absence is a fault.

use jiff::tz::TimeZone;
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Field, FieldKind, Value};

use crate::mapped::{Warning, WarningCode};
use crate::read::{amount, email, moment};
use crate::rule::Defaults;
use crate::transform::run::{Fault, Severity};

/// The value in the shape the field takes. Blank values are the caller's: whether they are sent is a rule.
pub(crate) fn fit(
    value: &Value,
    field: &Field,
    defaults: &Defaults,
    zone: Option<&TimeZone>,
    warnings: &mut Vec<Warning>,
) -> Result<Value, Fault> {
    let fault = |problem, detail: String| Fault {
        problem,
        value: Some(value.to_string()),
        detail,
        severity: Severity::SetsAside,
    };
    let label = &field.label;
    match field.kind {
        FieldKind::Text => text(one_line(&value.to_string()), field, value),
        FieldKind::LongText => text(without_controls(&value.to_string()), field, value),
        FieldKind::Email => match email::normalise_email(&value.to_string()) {
            Ok(email) => text(email.address, field, value),
            Err(detail) => Err(fault(FieldProblem::NotEmail, detail)),
        },
        FieldKind::Phone => {
            let shown = one_line(&value.to_string());
            let digits = shown.chars().filter(|c| c.is_numeric()).count();
            if digits < 3 {
                let detail =
                    format!("“{shown}” is not a phone number. Correct it, or send the lead without it.");
                return Err(fault(FieldProblem::NotPhone, detail));
            }
            text(shown, field, value)
        }
        FieldKind::Url => {
            let shown = one_line(&value.to_string());
            if shown.contains(char::is_whitespace) || !shown.contains('.') {
                let detail =
                    format!("“{shown}” is not a web address. Correct it, or send the lead without it.");
                return Err(fault(FieldProblem::WrongFormat, detail));
            }
            text(shown, field, value)
        }
        FieldKind::Number => number(value)
            .map(Value::Number)
            .ok_or_else(|| fault(FieldProblem::NotNumber, not_a(value, label, "number", "read as number"))),
        FieldKind::Money => match value {
            Value::Money { amount, currency: Some(code) } => {
                Ok(Value::Money { amount: *amount, currency: Some(code.clone()) })
            }
            other => match number(other) {
                Some(amount) => {
                    let currency = defaults.currency.as_deref().map(str::to_uppercase);
                    Ok(Value::Money { amount, currency })
                }
                None => Err(fault(FieldProblem::NotNumber, not_a(value, label, "amount", "read as money"))),
            },
        },
        FieldKind::Bool => yes_or_no(value).map(Value::Bool).ok_or_else(|| {
            fault(FieldProblem::WrongFormat, not_a(value, label, "yes or no", "read as yes or no"))
        }),
        FieldKind::Date => match day(value) {
            Some(day) => Ok(Value::Date(day)),
            None if matches!(value, Value::DateTime(_)) => Err(fault(
                FieldProblem::NotDate,
                format!("{label} keeps only a day, and “{value}” has a time. Add the step “read as date”."),
            )),
            None => Err(fault(FieldProblem::NotDate, not_a(value, label, "date", "read as date"))),
        },
        FieldKind::DateTime => moment(value, zone, warnings).map(Value::DateTime).ok_or_else(|| {
            fault(FieldProblem::NotDate, not_a(value, label, "date with a time", "read as date and time"))
        }),
        FieldKind::Choice => option(&value.to_string(), field).map(Value::Text),
        FieldKind::MultiChoice => options(value, field),
        FieldKind::Owner if field.options.is_empty() => text(one_line(&value.to_string()), field, value),
        FieldKind::Owner => option(&value.to_string(), field).map(Value::Text),
        FieldKind::Other => Err(fault(
            FieldProblem::WrongFormat,
            format!("Leadferry does not write fields of the kind of {label}. Choose another field."),
        )),
    }
}

fn not_a(value: &Value, label: &str, what: &str, step: &str) -> String {
    format!("{label} takes a {what}, and “{value}” is none. Add the step “{step}”, or correct the value.")
}

fn text(fitted: String, field: &Field, value: &Value) -> Result<Value, Fault> {
    let length = fitted.chars().count();
    match field.max_length {
        Some(longest) if length > usize::try_from(longest).unwrap_or(usize::MAX) => Err(Fault {
            problem: FieldProblem::TooLong,
            value: Some(value.to_string()),
            detail: format!(
                "{} takes {longest} characters, and this text has {length}. Add the step “at most {longest} characters”.",
                field.label
            ),
            severity: Severity::SetsAside,
        }),
        _ => Ok(Value::Text(fitted)),
    }
}

/// Line breaks in a one-line field become spaces: the CRM would refuse them, or show them as garbage.
fn one_line(text: &str) -> String {
    without_controls(text)
        .split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Control characters other than line break and tab never belong to what a person wrote; JSON APIs refuse some of them.
fn without_controls(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}

fn number(value: &Value) -> Option<rust_decimal::Decimal> {
    match value {
        Value::Number(number) | Value::Money { amount: number, .. } => Some(*number),
        Value::Text(text) => amount::plain_decimal(text),
        _ => None,
    }
}

fn yes_or_no(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(known) => Some(*known),
        Value::Text(text) => text.trim().to_lowercase().parse().ok(),
        _ => None,
    }
}

fn day(value: &Value) -> Option<jiff::civil::Date> {
    match value {
        Value::Date(day) => Some(*day),
        Value::Text(text) => match moment::read_when(text, None, None).ok()? {
            moment::When::Day(day) => Some(day),
            _ => None,
        },
        _ => None,
    }
}

fn moment(
    value: &Value,
    zone: Option<&TimeZone>,
    warnings: &mut Vec<Warning>,
) -> Option<leadferry_model::Timestamp> {
    let when = match value {
        Value::DateTime(moment) => return Some(*moment),
        Value::Date(day) => moment::When::Day(*day),
        Value::Text(text) => moment::read_when(text, None, None).ok()?,
        _ => return None,
    };
    let assumed = zone.cloned().unwrap_or(TimeZone::UTC);
    match when {
        moment::When::Day(day) => {
            let place = assumed.iana_name().unwrap_or("UTC");
            let message = format!("{day} has no time and was sent as midnight, {place}.");
            warnings.push(Warning::new(WarningCode::AssumedMidnight, message));
        }
        moment::When::Local(_) if zone.is_none() => warnings.push(Warning::new(
            WarningCode::AssumedZone,
            format!("“{value}” has no time zone and was read as UTC. Set the zone in the mapping."),
        )),
        moment::When::Local(_) | moment::When::Moment(_) => {}
    }
    when.moment(&assumed)
}

/// The option that a text means: by value first, since two labels may be alike, then by label whatever its case.
pub(crate) fn find_option<'f>(text: &str, field: &'f Field) -> Option<&'f str> {
    let wanted = text.trim();
    let folded = wanted.to_lowercase();
    field
        .options
        .iter()
        .find(|option| option.value == wanted)
        .or_else(|| field.options.iter().find(|option| option.label.trim().to_lowercase() == folded))
        .or_else(|| field.options.iter().find(|option| option.value.trim().to_lowercase() == folded))
        .map(|option| option.value.as_str())
}

fn option(text: &str, field: &Field) -> Result<String, Fault> {
    if field.options.is_empty() {
        return Ok(text.trim().to_owned());
    }
    find_option(text, field).map(str::to_owned).ok_or_else(|| Fault {
        problem: FieldProblem::UnknownOption,
        value: Some(text.to_owned()),
        detail: format!(
            "{} has no option “{}”. Translate it to one of the options.",
            field.label,
            text.trim()
        ),
        severity: Severity::SetsAside,
    })
}

fn options(value: &Value, field: &Field) -> Result<Value, Fault> {
    let items: Vec<String> = match value {
        Value::List(items) => items.clone(),
        // An option may itself contain the separator.
        other if find_option(&other.to_string(), field).is_some() => vec![other.to_string()],
        other => other.to_string().split(';').map(str::to_owned).collect(),
    };
    let mut chosen = Vec::new();
    for item in items.iter().filter(|item| !item.trim().is_empty()) {
        let item = option(item, field)?;
        if !chosen.contains(&item) {
            chosen.push(item);
        }
    }
    Ok(Value::List(chosen))
}
