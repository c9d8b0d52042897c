//! Conditions over the fields of a lead: *when field is …*, nested by *all* and *any*.
//!
//! Text is compared as people compare it: outer spaces and case do not count. Greater and less compare numbers where both
//! sides are numbers, days where both are ISO dates, and otherwise do not hold.

use std::cmp::Ordering;

use jiff::{Timestamp, civil};
use leadferry_model::{Record, Value};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A yes-or-no question about a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "test", rename_all = "snake_case")]
pub enum Condition {
    /// The field has this value; one item of a list is enough.
    Is {
        /// The source field.
        field: String,
        /// The value, as text.
        value: String,
    },
    /// The opposite of `is`.
    IsNot {
        /// The source field.
        field: String,
        /// The value, as text.
        value: String,
    },
    /// The field's text has this somewhere in it.
    Contains {
        /// The source field.
        field: String,
        /// What to look for.
        value: String,
    },
    /// The opposite of `contains`.
    ContainsNot {
        /// The source field.
        field: String,
        /// What to look for.
        value: String,
    },
    /// The field is missing or blank.
    IsEmpty {
        /// The source field.
        field: String,
    },
    /// The field has a value.
    IsFilled {
        /// The source field.
        field: String,
    },
    /// A number, day or moment after `value`.
    Greater {
        /// The source field.
        field: String,
        /// A number or an ISO 8601 date.
        value: String,
    },
    /// A number, day or moment before `value`.
    Less {
        /// The source field.
        field: String,
        /// A number or an ISO 8601 date.
        value: String,
    },
    /// Every one holds.
    All {
        /// The parts.
        of: Vec<Condition>,
    },
    /// At least one holds.
    Any {
        /// The parts.
        of: Vec<Condition>,
    },
}

impl Condition {
    /// Whether it holds for `lead`.
    pub fn holds(&self, lead: &Record) -> bool {
        match self {
            Self::Is { field, value } => is(lead.get(field), value),
            Self::IsNot { field, value } => !is(lead.get(field), value),
            Self::Contains { field, value } => contains(lead.get(field), value),
            Self::ContainsNot { field, value } => !contains(lead.get(field), value),
            Self::IsEmpty { field } => lead.get(field).is_none_or(Value::is_blank),
            Self::IsFilled { field } => lead.get(field).is_some_and(|value| !value.is_blank()),
            Self::Greater { field, value } => compare(lead.get(field), value) == Some(Ordering::Greater),
            Self::Less { field, value } => compare(lead.get(field), value) == Some(Ordering::Less),
            Self::All { of } => of.iter().all(|part| part.holds(lead)),
            Self::Any { of } => of.iter().any(|part| part.holds(lead)),
        }
    }

    /// Every source field it asks about.
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::Is { field, .. }
            | Self::IsNot { field, .. }
            | Self::Contains { field, .. }
            | Self::ContainsNot { field, .. }
            | Self::IsEmpty { field }
            | Self::IsFilled { field }
            | Self::Greater { field, .. }
            | Self::Less { field, .. } => vec![field.clone()],
            Self::All { of } | Self::Any { of } => of.iter().flat_map(Self::fields).collect(),
        }
    }

    /// The condition as a person would say it.
    pub fn words(&self) -> String {
        let list = |of: &[Self], link: &str| of.iter().map(Self::words).collect::<Vec<_>>().join(link);
        match self {
            Self::Is { field, value } => format!("{field} is “{value}”"),
            Self::IsNot { field, value } => format!("{field} is not “{value}”"),
            Self::Contains { field, value } => format!("{field} contains “{value}”"),
            Self::ContainsNot { field, value } => format!("{field} does not contain “{value}”"),
            Self::IsEmpty { field } => format!("{field} is empty"),
            Self::IsFilled { field } => format!("{field} is filled"),
            Self::Greater { field, value } => format!("{field} is more than {value}"),
            Self::Less { field, value } => format!("{field} is less than {value}"),
            Self::All { of } => format!("({})", list(of, " and ")),
            Self::Any { of } => format!("({})", list(of, " or ")),
        }
    }
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

fn is(found: Option<&Value>, wanted: &str) -> bool {
    let wanted = folded(wanted);
    match found {
        None | Some(Value::Blank) => wanted.is_empty(),
        Some(Value::List(items)) => items.iter().any(|item| folded(item) == wanted),
        Some(Value::Number(amount) | Value::Money { amount, .. }) => {
            wanted.parse::<Decimal>().is_ok_and(|w| w == *amount)
        }
        Some(value) => folded(&value.to_string()) == wanted,
    }
}

fn contains(found: Option<&Value>, part: &str) -> bool {
    found.is_some_and(|value| folded(&value.to_string()).contains(&folded(part)))
}

fn compare(found: Option<&Value>, with: &str) -> Option<Ordering> {
    let with = with.trim();
    match found? {
        Value::Number(amount) | Value::Money { amount, .. } => Some(amount.cmp(&with.parse().ok()?)),
        Value::Date(day) => Some(day.cmp(&with.parse().ok()?)),
        Value::DateTime(moment) => match with.parse::<Timestamp>() {
            Ok(other) => Some(moment.cmp(&other)),
            Err(_) => Some(moment.cmp(&midnight_utc(with)?)),
        },
        Value::Text(text) => compare_text(text.trim(), with),
        Value::Blank | Value::Bool(_) | Value::List(_) => None,
    }
}

fn compare_text(text: &str, with: &str) -> Option<Ordering> {
    if let (Ok(left), Ok(right)) = (text.parse::<Decimal>(), with.parse::<Decimal>()) {
        return Some(left.cmp(&right));
    }
    if let (Ok(left), Ok(right)) = (text.parse::<Timestamp>(), with.parse::<Timestamp>()) {
        return Some(left.cmp(&right));
    }
    Some(text.parse::<civil::Date>().ok()?.cmp(&with.parse().ok()?))
}

fn midnight_utc(day: &str) -> Option<Timestamp> {
    let day: civil::Date = day.parse().ok()?;
    Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead() -> Record {
        [
            ("Type", Value::text(" Webinar ")),
            ("Score", Value::text("12")),
            ("Budget", Value::Number(Decimal::new(2500, 0))),
            ("Day", Value::text("2026-11-20")),
            ("Tags", Value::List(vec!["VIP".into(), "new".into()])),
            ("City", Value::Blank),
        ]
        .into_iter()
        .collect()
    }

    fn check(condition: Condition, expected: bool, why: &str) {
        assert_eq!(condition.holds(&lead()), expected, "{}: {why}", condition.words());
    }

    #[test]
    fn conditions_compare_as_people_do() {
        let (f, v) = (|name: &str| name.to_owned(), |text: &str| text.to_owned());
        check(
            Condition::Is { field: f("Type"), value: v("webinar") },
            true,
            "case and outer spaces do not count",
        );
        check(Condition::IsNot { field: f("Type"), value: v("Fair") }, true, "another value");
        check(Condition::Is { field: f("Tags"), value: v("vip") }, true, "one item of a list is enough");
        check(Condition::Is { field: f("Budget"), value: v("2500.0") }, true, "numbers are equal by value");
        check(Condition::Contains { field: f("Type"), value: v("WEB") }, true, "a part, whatever its case");
        check(Condition::IsEmpty { field: f("City") }, true, "said to be nothing");
        check(Condition::IsEmpty { field: f("Absent") }, true, "never captured");
        check(Condition::IsFilled { field: f("Type") }, true, "has text");
        check(
            Condition::Greater { field: f("Score"), value: v("9") },
            true,
            "numbers in text compare as numbers",
        );
        check(Condition::Less { field: f("Day"), value: v("2026-12-01") }, true, "ISO days compare as days");
        check(Condition::Greater { field: f("Type"), value: v("9") }, false, "text is neither more nor less");
        check(
            Condition::All {
                of: vec![
                    Condition::IsFilled { field: f("Type") },
                    Condition::Any {
                        of: vec![
                            Condition::Is { field: f("Type"), value: v("Fair") },
                            Condition::Is { field: f("Type"), value: v("Webinar") },
                        ],
                    },
                ],
            },
            true,
            "all and any nest",
        );
    }
}
