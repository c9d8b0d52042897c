//! Running the steps on one value.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Record, Value};

use super::{NamePart, Transform, text, translate};
use crate::country::{country_code, country_named_by};
use crate::mapped::{Warning, WarningCode};
use crate::read::phone::PhoneStatus;
use crate::read::{amount, boolean, case, email, moment, name, phone};
use crate::rule::Defaults;

/// Why a step could not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) problem: FieldProblem,
    pub(crate) value: Option<String>,
    pub(crate) detail: String,
    pub(crate) severity: Severity,
}

/// What a fault means for the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The field is set aside, unless it is required.
    SetsAside,
    /// The lead waits for a person, whatever the field.
    Holds,
}

/// What steps may know besides the value.
pub(crate) struct Surroundings<'m> {
    pub(crate) lead: &'m Record,
    pub(crate) defaults: &'m Defaults,
    /// The mapping's zone, resolved once.
    pub(crate) zone: Option<&'m TimeZone>,
}

impl Transform {
    /// One step on one value. A blank value passes every step as it is, except the one that fills blanks.
    pub(crate) fn run(
        &self,
        value: &Value,
        around: &Surroundings<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Result<Value, Fault> {
        if value.is_blank() {
            return Ok(match self {
                Self::DefaultIfBlank { value } => value.clone(),
                _ => Value::Blank,
            });
        }
        let fault = |problem| move |detail| set_aside(problem, value, detail);
        Ok(match self {
            Self::Trim => on_text(value, text::trim),
            Self::LowerCase => on_text(value, |text| text.to_lowercase()),
            Self::UpperCase => on_text(value, |text| text.to_uppercase()),
            Self::TitleCase => on_text(value, case::title),
            Self::NamePart { part } => name_part(&value.to_string(), *part),
            Self::JoinList { separator } => match value {
                Value::List(items) => Value::Text(items.join(separator)),
                other => other.clone(),
            },
            Self::SplitList { separator } => split_list(value, separator),
            Self::Piece { separator, position } => {
                text::piece(&value.to_string(), separator, *position).map_or(Value::Blank, Value::Text)
            }
            Self::Phone { region, country_field } => {
                read_phone(value, region.as_deref(), country_field.as_deref(), around, warnings)?
            }
            Self::Email => read_email(value, warnings).map_err(fault(FieldProblem::NotEmail))?,
            Self::ReadDate { .. } | Self::ReadDateTime { .. } => {
                self.read_when(value, around, warnings).map_err(fault(FieldProblem::NotDate))?
            }
            Self::WriteDate { pattern, zone } => {
                write_date(value, pattern, zone.as_deref(), around).map_err(fault(FieldProblem::NotDate))?
            }
            Self::ReadNumber { decimal } => match value {
                Value::Number(number) | Value::Money { amount: number, .. } => Value::Number(*number),
                other => Value::Number(
                    amount::read_number(&other.to_string(), decimal.or(around.defaults.decimal))
                        .map_err(fault(FieldProblem::NotNumber))?,
                ),
            },
            Self::ReadMoney { decimal, currency } => {
                let currency = currency.as_deref().or(around.defaults.currency.as_deref());
                match value {
                    Value::Money { amount, currency: Some(code) } => {
                        Value::Money { amount: *amount, currency: Some(code.clone()) }
                    }
                    Value::Number(amount) | Value::Money { amount, currency: None } => {
                        Value::Money { amount: *amount, currency: currency.map(str::to_uppercase) }
                    }
                    other => {
                        let style = decimal.or(around.defaults.decimal);
                        let read = amount::read_money(&other.to_string(), style, currency)
                            .map_err(fault(FieldProblem::NotNumber))?;
                        Value::Money { amount: read.amount, currency: read.currency }
                    }
                }
            }
            Self::ReadBool { yes, no } => match value {
                Value::Bool(known) => Value::Bool(*known),
                other => Value::Bool(
                    boolean::read_bool(&other.to_string(), yes, no)
                        .map_err(fault(FieldProblem::WrongFormat))?,
                ),
            },
            Self::Translate { table, rest } => translate::translate(value, table, rest)?,
            Self::DefaultIfBlank { .. } => value.clone(),
            Self::Truncate { length } => Value::Text(text::truncate(
                &value.to_string(),
                usize::try_from(*length).unwrap_or(usize::MAX),
            )),
            Self::Replace { find, with } if !find.is_empty() => {
                on_text(value, |text| text.replace(find, with))
            }
            Self::Replace { .. } => value.clone(),
        })
    }

    fn read_when(
        &self,
        value: &Value,
        around: &Surroundings<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Result<Value, String> {
        let (Self::ReadDate { format, zone } | Self::ReadDateTime { format, zone }) = self else {
            unreachable!("BUG: called for date steps only")
        };
        let named = own_zone(zone.as_deref())?;
        let zone = named.as_ref().or(around.zone);
        let when = match value {
            Value::Date(day) => moment::When::Day(*day),
            Value::DateTime(moment) => moment::When::Moment(*moment),
            Value::Number(number) => {
                format.as_ref().and_then(|format| moment::by_count(*number, format)).ok_or_else(|| {
                    format!("{number} is a number, not a date. Choose in the step what it counts.")
                })?
            }
            other => moment::read_when(&other.to_string(), format.as_ref(), around.defaults.date_order)?,
        };
        let assumed = zone.cloned().unwrap_or(TimeZone::UTC);
        if matches!(self, Self::ReadDate { .. }) {
            return Ok(Value::Date(when.day(&assumed)));
        }
        if zone.is_none() && when.needs_zone() {
            warnings.push(Warning::new(
                WarningCode::AssumedZone,
                format!("“{value}” has no time zone and was read as UTC. Set the zone in the mapping."),
            ));
        }
        when.moment(&assumed)
            .map(Value::DateTime)
            .ok_or_else(|| format!("“{value}” lies outside the calendar. Correct it."))
    }
}

fn set_aside(problem: FieldProblem, value: &Value, detail: String) -> Fault {
    Fault { problem, value: Some(value.to_string()), detail, severity: Severity::SetsAside }
}

/// Text steps touch text and the items of lists; a number or a date has no case and no spaces.
fn on_text(value: &Value, step: impl Fn(&str) -> String) -> Value {
    match value {
        Value::Text(text) => Value::Text(step(text)),
        Value::List(items) => Value::List(items.iter().map(|item| step(item)).collect()),
        other => other.clone(),
    }
}

fn name_part(full: &str, part: NamePart) -> Value {
    let name = name::split_name(full);
    let part = match part {
        NamePart::First => name.first,
        NamePart::Last => name.last,
        NamePart::Salutation => name.salutation,
        NamePart::Suffix => name.suffix,
    };
    part.map_or(Value::Blank, Value::Text)
}

fn split_list(value: &Value, separator: &str) -> Value {
    match value {
        Value::List(_) => value.clone(),
        other if separator.is_empty() => Value::List(vec![other.to_string()]),
        other => {
            let text = other.to_string();
            let items: Vec<String> = text
                .split(separator)
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect();
            Value::List(items)
        }
    }
}

fn read_phone(
    value: &Value,
    region: Option<&str>,
    country_field: Option<&str>,
    around: &Surroundings<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<Value, Fault> {
    let text = value.to_string();
    let country = match country_field {
        Some(field) => around.lead.text(field),
        // A number with its country code needs no looking for another.
        None if text.trim_start().starts_with('+') => None,
        None => country_named_by(around.lead),
    };
    let own = country.as_deref().and_then(country_code);
    let region = own.or(region).or(around.defaults.region.as_deref());
    let read = phone::normalise_phone(&text, region);
    if !read.others.is_empty() {
        warnings.push(Warning::new(
            WarningCode::SeveralValues,
            format!("“{value}” has several phone numbers. The first valid one was taken."),
        ));
    }
    match (read.status, read.e164) {
        (PhoneStatus::Valid, Some(e164)) => Ok(Value::Text(with_extension(e164, read.extension))),
        (PhoneStatus::PossibleOnly, Some(e164)) => {
            warnings.push(Warning::new(WarningCode::DoubtfulPhone, read.reason.unwrap_or_default()));
            Ok(Value::Text(with_extension(e164, read.extension)))
        }
        _ => Err(set_aside(FieldProblem::NotPhone, value, read.reason.unwrap_or_default())),
    }
}

/// CRMs have no field for extensions; ` x99` is what their own dialers write.
fn with_extension(e164: String, extension: Option<String>) -> String {
    match extension {
        Some(extension) => format!("{e164} x{extension}"),
        None => e164,
    }
}

fn read_email(value: &Value, warnings: &mut Vec<Warning>) -> Result<Value, String> {
    let read = email::normalise_email(&value.to_string())?;
    if !read.others.is_empty() {
        warnings.push(Warning::new(
            WarningCode::SeveralValues,
            format!("“{value}” has several e-mail addresses. The first one was taken."),
        ));
    }
    Ok(Value::Text(read.address))
}

fn own_zone(name: Option<&str>) -> Result<Option<TimeZone>, String> {
    name.map(|name| {
        TimeZone::get(name).map_err(|_| {
            format!("“{name}” is not a time zone. Choose one such as Europe/London in the step.")
        })
    })
    .transpose()
}

fn write_date(
    value: &Value,
    pattern: &str,
    zone: Option<&str>,
    around: &Surroundings<'_>,
) -> Result<Value, String> {
    let unwritten = || format!("A date cannot be written as “{pattern}”. Use signs such as %d.%m.%Y.");
    let written = match value {
        Value::Date(day) => strtime::format(pattern, *day),
        Value::DateTime(moment) => {
            let named = own_zone(zone)?;
            let zone = named.as_ref().or(around.zone).cloned().unwrap_or(TimeZone::UTC);
            strtime::format(pattern, &moment.to_zoned(zone))
        }
        other => {
            return Err(format!("“{other}” is not a date yet. Put the step “read as date” before this one."));
        }
    };
    written.map(Value::Text).map_err(|_| unwritten())
}
