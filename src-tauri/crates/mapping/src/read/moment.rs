//! Days and moments out of text and counts.
//!
//! What is certain is read without being told: ISO 8601, year first, and months written as words. Three bare numbers are
//! read only in the order that the step or the mapping says, for every row alike; no row is ever turned round because the
//! other order would fit. A day stays a day: no zone moves it to the one before.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::rule::DateOrder;
use crate::transform::DateFormat;

/// What a text turned out to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Day(Date),
    Local(DateTime),
    Moment(Timestamp),
}

impl When {
    /// The day, as a person in `zone` would call it.
    pub(crate) fn day(self, zone: &TimeZone) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Local(local) => local.date(),
            Self::Moment(moment) => zone.to_datetime(moment).date(),
        }
    }

    /// The moment; a day begins at midnight of `zone`, and a time that a clock change skipped moves forward with it.
    pub(crate) fn moment(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Day(day) => zone.to_timestamp(day.to_datetime(Time::midnight())).ok(),
            Self::Local(local) => zone.to_timestamp(local).ok(),
        }
    }

    /// Whether a zone had to be assumed to make a moment of it.
    pub(crate) fn needs_zone(self) -> bool {
        !matches!(self, Self::Moment(_))
    }
}

/// Reads `text` as `format` says, or by itself where that is certain.
pub(crate) fn read_when(
    text: &str,
    format: Option<&DateFormat>,
    order: Option<DateOrder>,
) -> Result<When, String> {
    let text = text.trim();
    let unread = || {
        format!("“{text}” is not a date in the expected form. Choose its form in the step “read as date”.")
    };
    match format {
        None => read_certain(text, order),
        Some(DateFormat::DayFirst) => read_certain(text, Some(DateOrder::DayFirst)),
        Some(DateFormat::MonthFirst) => read_certain(text, Some(DateOrder::MonthFirst)),
        Some(DateFormat::YearFirst) => match read_certain(text, None) {
            Ok(when) if text.len() >= 4 && text.chars().take(4).all(|c| c.is_ascii_digit()) => Ok(when),
            _ => Err(unread()),
        },
        Some(DateFormat::Pattern { pattern }) => by_pattern(text, pattern).ok_or_else(unread),
        Some(count) => text.parse().ok().and_then(|number| by_count(number, count)).ok_or_else(unread),
    }
}

/// Reads a count of seconds, milliseconds or Excel days.
pub(crate) fn by_count(number: Decimal, format: &DateFormat) -> Option<When> {
    match format {
        DateFormat::UnixSeconds => Timestamp::from_second(number.trunc().to_i64()?).ok().map(When::Moment),
        DateFormat::UnixMilliseconds => {
            Timestamp::from_millisecond(number.trunc().to_i64()?).ok().map(When::Moment)
        }
        // Excel believes in 29 February 1900; counting from 30 December 1899 makes every later day right.
        DateFormat::Excel1900 => excel(number, Date::constant(1899, 12, 30)),
        DateFormat::Excel1904 => excel(number, Date::constant(1904, 1, 1)),
        DateFormat::DayFirst
        | DateFormat::MonthFirst
        | DateFormat::YearFirst
        | DateFormat::Pattern { .. } => None,
    }
}

fn excel(serial: Decimal, base: Date) -> Option<When> {
    // Below 61 lies the day that never was; above, dates are those of the calendar. No lead is from 1900.
    if serial < Decimal::from(61) {
        return None;
    }
    let day = base.checked_add(Span::new().try_days(serial.trunc().to_i64()?).ok()?).ok()?;
    let seconds = (serial.fract() * Decimal::from(86_400)).round().to_i64()?;
    if seconds == 0 {
        return Some(When::Day(day));
    }
    let local = day.to_datetime(Time::midnight()).checked_add(Span::new().try_seconds(seconds).ok()?).ok()?;
    Some(When::Local(local))
}

fn by_pattern(text: &str, pattern: &str) -> Option<When> {
    let parsed = strtime::parse(pattern, text).ok()?;
    if let Ok(moment) = parsed.to_timestamp() {
        return Some(When::Moment(moment));
    }
    match (parsed.to_datetime(), parsed.to_date()) {
        (Ok(local), _) if parsed.hour().is_some() => Some(When::Local(local)),
        (_, Ok(day)) => Some(When::Day(day)),
        _ => None,
    }
}

fn read_certain(text: &str, order: Option<DateOrder>) -> Result<When, String> {
    if let Some(iso) = iso(text) {
        return Ok(iso);
    }
    let unread =
        || format!("“{text}” is not a date. Correct it, or choose its form in the step “read as date”.");
    let (date, clock) = split_clock(text);
    let day = read_day(date, text, order)?;
    match clock {
        None => Ok(When::Day(day)),
        Some(clock) => {
            let (time, offset) = read_clock(clock).ok_or_else(unread)?;
            let local = day.to_datetime(time);
            match offset {
                None => Ok(When::Local(local)),
                Some(offset) => offset.to_timestamp(local).map(When::Moment).map_err(|_| unread()),
            }
        }
    }
}

fn iso(text: &str) -> Option<When> {
    let four =
        text.len() >= 10 && text.bytes().take(4).all(|b| b.is_ascii_digit()) && text.as_bytes()[4] == b'-';
    if !four {
        return None;
    }
    if text.len() == 10 {
        return text.parse().ok().map(When::Day);
    }
    text.parse().map(When::Moment).or_else(|_| text.parse().map(When::Local)).ok()
}

/// The date part and, from the first word with a colon on, the time part.
fn split_clock(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else { return (text, None) };
    let start = text[..colon]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let date = text[..start].trim_end_matches([' ', ',', 'T', 't', '\u{A0}', '\u{202F}']);
    (date.trim_end_matches(" at").trim_end_matches(" um"), Some(&text[start..]))
}

fn read_clock(text: &str) -> Option<(Time, Option<Offset>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let rest = rest.trim().to_lowercase().replace('.', "");
    let (half, zone) = match rest
        .strip_prefix("am")
        .map(|zone| (0, zone))
        .or(rest.strip_prefix("pm").map(|zone| (12, zone)))
    {
        Some((half, zone)) => (Some(half), zone.trim().to_owned()),
        None => (None, rest.trim_start_matches("uhr").trim().to_owned()),
    };
    let mut parts = clock.trim_end_matches('.').split(':');
    let mut hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: Decimal = parts.next().map_or(Ok(Decimal::ZERO), str::parse).ok()?;
    if parts.next().is_some() {
        return None;
    }
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    }
    let nanosecond = (second.fract() * Decimal::from(1_000_000_000)).trunc().to_i32()?;
    let time = Time::new(hour, minute, second.trunc().to_i8()?, nanosecond).ok()?;
    Some((time, read_offset(&zone)?))
}

/// `None` if the text is neither nothing nor an offset.
fn read_offset(zone: &str) -> Option<Option<Offset>> {
    match zone {
        "" => return Some(None),
        "z" | "utc" | "gmt" => return Some(Some(Offset::UTC)),
        _ => {}
    }
    let zone = zone.trim_start_matches("utc").trim_start_matches("gmt");
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "−", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits[2..].parse().ok()?;
    Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok().map(Some)
}

fn read_day(date: &str, shown: &str, order: Option<DateOrder>) -> Result<Date, String> {
    let unread =
        || format!("“{shown}” is not a date. Correct it, or choose its form in the step “read as date”.");
    let parts: Vec<&str> = date
        .split([' ', ',', '/', '-', '.', '\u{A0}'])
        .map(str::trim)
        .filter(|part| {
            !part.is_empty() && !matches!(part.to_lowercase().as_str(), "de" | "of" | "del" | "the")
        })
        .collect();
    // A weekday in front says nothing that the date does not.
    let parts = match parts.as_slice() {
        [weekday, rest @ ..] if rest.len() == 3 && weekday.chars().all(char::is_alphabetic) => rest,
        all => all,
    };
    let [a, b, c] = parts else { return Err(unread()) };
    let (year, month, day) = match (month_word(a), month_word(b)) {
        (Some(month), _) => (*c, month, number(b)),
        (None, Some(month)) if a.len() == 4 => (*a, month, number(c)),
        (None, Some(month)) => (*c, month, number(a)),
        (None, None) if a.len() == 4 => (*a, number(b).ok_or_else(unread)?, number(c)),
        (None, None) => {
            if [a, b, c].iter().any(|part| number(part).is_none() && year_of(part).is_none()) {
                return Err(unread());
            }
            match order {
                Some(DateOrder::DayFirst) => (*c, number(b).ok_or_else(unread)?, number(a)),
                Some(DateOrder::MonthFirst) => (*c, number(a).ok_or_else(unread)?, number(b)),
                None => {
                    return Err(format!(
                        "“{shown}” can be read in two ways. Say in the mapping whether dates begin with the day or with the month."
                    ));
                }
            }
        }
    };
    let year = year_of(year).ok_or_else(unread)?;
    let day = day.ok_or_else(unread)?;
    Date::new(year, month, day).map_err(|_| match order {
        Some(_) => format!("“{shown}” is not a day of the calendar in the order set for dates. Correct it, or change the order."),
        None => unread(),
    })
}

/// One or two digits; `1st`, `2nd`, `3rd`, `20th` too.
fn number(text: &str) -> Option<i8> {
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
    let ordinal = &text[digits.len()..];
    let known = ordinal.is_empty() || ["st", "nd", "rd", "th"].contains(&ordinal.to_lowercase().as_str());
    (known && (1..=2).contains(&digits.len())).then(|| digits.parse().ok()).flatten()
}

/// Four digits, or two: 69 to 99 are of the last century, as strptime has it.
fn year_of(text: &str) -> Option<i16> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < 69 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// English, German, French and Spanish months.
const MONTHS: [&str; 12] = [
    "january januar janvier enero jänner",
    "february februar février fevrier febrero feber",
    "march märz maerz mars marzo",
    "april avril abril",
    "may mai mayo",
    "june juni juin junio",
    "july juli juillet julio",
    "august août aout agosto",
    "september septembre septiembre setiembre sept",
    "october oktober octobre octubre",
    "november novembre noviembre",
    "december dezember décembre decembre diciembre",
];

/// The month a word or its beginning of at least three letters means, if it can mean only one.
fn month_word(text: &str) -> Option<i8> {
    let word = text.trim_matches('.').to_lowercase();
    if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut found =
        (1_i8..).zip(MONTHS).filter(|(_, names)| names.split(' ').any(|name| name.starts_with(&word)));
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
}
