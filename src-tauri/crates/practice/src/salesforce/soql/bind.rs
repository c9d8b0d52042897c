//! A query's names and values against the fields they mean: unknown names and values of another type are refused before
//! any record is looked at.

use std::cmp::Ordering;
use std::collections::HashSet;

use jiff::{Timestamp, civil, tz::TimeZone};

use super::super::errors::Trouble;
use super::super::facts::Facts;
use super::super::ids;
use super::super::sight::Granted;
use super::{Condition, Expr, Literal, Op};
use crate::core::{Field, Table};

/// A value as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rank {
    Text(String),
    /// An id: by case, in the order of its digits.
    Id(String),
    Number(f64),
    Bool(bool),
    Day(civil::Date),
    Moment(Timestamp),
}

impl Rank {
    /// A stored value of `field`.
    pub(super) fn of(facts: &Facts, value: &str) -> Option<Self> {
        match facts.word.as_str() {
            "boolean" => Some(Self::Bool(value == "true")),
            "int" | "double" | "currency" | "percent" => value.parse().ok().map(Self::Number),
            "date" => value.parse().ok().map(Self::Day),
            "datetime" => value.parse().ok().map(Self::Moment),
            "id" | "reference" => Some(Self::Id(value.to_owned())),
            _ => Some(Self::Text(value.to_lowercase())),
        }
    }

    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) | (Self::Id(a), Self::Id(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Day(a), Self::Day(b)) => Some(a.cmp(b)),
            (Self::Moment(a), Self::Moment(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// A condition whose field is known and whose values are of its type.
pub(super) struct Bound<'a> {
    pub(super) field: &'a Field,
    pub(super) facts: Facts,
    op: Op,
    /// `None` is `null`.
    pub(super) ranks: Vec<Option<Rank>>,
    texts: HashSet<String>,
}

/// A condition, or several, ready to be asked of records.
pub(super) enum Ready<'a> {
    All(Vec<Ready<'a>>),
    Any(Vec<Ready<'a>>),
    Not(Box<Ready<'a>>),
    Is(Box<Bound<'a>>),
}

/// The field a query names.
pub(super) fn field<'a>(granted: &Granted, table: &'a Table, name: &str) -> Result<&'a Field, Trouble> {
    if let Some((relationship, _)) = name.split_once('.') {
        let message = format!("Didn't understand relationship '{relationship}' in field path.");
        return Err(Trouble::new(400, "INVALID_FIELD", message));
    }
    granted.field(table, name).ok_or_else(|| Trouble::no_such_column_in_query(table.object(), name))
}

/// Binds a filter.
pub(super) fn bind<'a>(
    expr: &Expr,
    granted: &Granted,
    table: &'a Table,
    now: Timestamp,
) -> Result<Ready<'a>, Trouble> {
    let many = |all: &[Expr]| all.iter().map(|one| bind(one, granted, table, now)).collect::<Result<_, _>>();
    Ok(match expr {
        Expr::All(all) => Ready::All(many(all)?),
        Expr::Any(all) => Ready::Any(many(all)?),
        Expr::Not(one) => Ready::Not(Box::new(bind(one, granted, table, now)?)),
        Expr::Is(condition) => Ready::Is(Box::new(bound(condition, granted, table, now)?)),
    })
}

fn bound<'a>(
    condition: &Condition,
    granted: &Granted,
    table: &'a Table,
    now: Timestamp,
) -> Result<Bound<'a>, Trouble> {
    let field = field(granted, table, &condition.field)?;
    let facts = Facts::of(field);
    if !facts.filterable(field) {
        let message = format!("field '{}' can not be filtered in a query call", field.name);
        return Err(Trouble::new(400, "INVALID_FIELD", message));
    }
    let many = facts.word == "multipicklist";
    if matches!(condition.op, Op::Includes | Op::Excludes) != many && !is_plain(condition.op, many) {
        let message = format!("invalid operator on field '{}'", field.name);
        return Err(Trouble::new(400, "INVALID_QUERY_FILTER_OPERATOR", message));
    }
    if condition.op == Op::Like && !facts.is_text() {
        let message = "invalid operator on this field type: LIKE needs a text";
        return Err(Trouble::new(400, "INVALID_QUERY_FILTER_OPERATOR", message));
    }
    let ranks = condition.values.iter().map(|value| rank(field, &facts, value, now));
    let ranks: Vec<Option<Rank>> = ranks.collect::<Result<_, _>>()?;
    let text = |rank: &Option<Rank>| match rank {
        Some(Rank::Text(text) | Rank::Id(text)) => Some(text.clone()),
        _ => None,
    };
    let texts = ranks.iter().filter_map(text).collect();
    Ok(Bound { field, facts, op: condition.op, ranks, texts })
}

fn is_plain(op: Op, many: bool) -> bool {
    if many { matches!(op, Op::Equal | Op::NotEqual) } else { !matches!(op, Op::Includes | Op::Excludes) }
}

/// A literal of the field's type.
fn rank(field: &Field, facts: &Facts, value: &Literal, now: Timestamp) -> Result<Option<Rank>, Trouble> {
    let quoted = matches!(value, Literal::Text(_));
    let wrong = || {
        let word = if facts.word == "datetime" { "dateTime" } else { &facts.word };
        let quotes = match (facts.is_text(), quoted) {
            (true, false) => " and should be enclosed in quotes",
            (false, true) => " and should not be enclosed in quotes",
            _ => "",
        };
        let message =
            format!("value of filter criterion for field '{}' must be of type {word}{quotes}", field.name);
        Trouble::new(400, "INVALID_FIELD", message)
    };
    let today = now.to_zoned(TimeZone::UTC).date();
    Ok(Some(match (facts.word.as_str(), value) {
        (_, Literal::Null) => return Ok(None),
        ("boolean", Literal::Bool(yes)) => Rank::Bool(*yes),
        ("int" | "double" | "currency" | "percent", Literal::Number(number)) => Rank::Number(*number),
        ("date", Literal::Day(day)) => Rank::Day(*day),
        ("date", Literal::DaysAgo(days)) => Rank::Day(days_before(today, *days)),
        ("datetime", Literal::Moment(moment)) => Rank::Moment(*moment),
        ("datetime", Literal::DaysAgo(days)) => {
            let midnight = days_before(today, *days).to_zoned(TimeZone::UTC).map(|at| at.timestamp());
            Rank::Moment(midnight.map_err(|_| wrong())?)
        }
        ("id" | "reference", Literal::Text(text)) => Rank::Id(ids::long(text).ok_or_else(|| {
            let message = format!("invalid ID field: {text}");
            Trouble::new(400, "INVALID_QUERY_FILTER_OPERATOR", message)
        })?),
        (_, Literal::Text(text)) if facts.is_text() => Rank::Text(text.to_lowercase()),
        _ => return Err(wrong()),
    }))
}

fn days_before(today: civil::Date, days: i64) -> civil::Date {
    today.checked_sub(jiff::SignedDuration::from_hours(24 * days)).unwrap_or(today)
}

impl Bound<'_> {
    /// The texts a record's value must be among, if this is such a condition.
    pub(super) fn keys(&self) -> Option<&HashSet<String>> {
        let all_texts = self.ranks.iter().all(|rank| matches!(rank, Some(Rank::Text(_) | Rank::Id(_))));
        (matches!(self.op, Op::Equal | Op::In) && all_texts && !self.texts.is_empty()).then_some(&self.texts)
    }

    /// The moment a record's value must not be before.
    pub(super) fn from(&self) -> Option<Timestamp> {
        match (self.op, self.ranks.as_slice()) {
            (Op::Equal | Op::More | Op::AtLeast, [Some(Rank::Moment(moment))]) => Some(*moment),
            _ => None,
        }
    }

    /// Whether a value, or the lack of one, fits.
    fn fits(&self, value: Option<&str>) -> bool {
        let rank = value.and_then(|value| Rank::of(&self.facts, value));
        let versus = self.ranks.first().map(|other| match (&rank, other) {
            (Some(rank), Some(other)) => rank.compare(other),
            (None, None) => Some(Ordering::Equal),
            _ => None,
        });
        let versus = versus.flatten();
        match self.op {
            Op::Equal => versus == Some(Ordering::Equal),
            Op::NotEqual => versus != Some(Ordering::Equal),
            Op::Less => rank.is_some() && versus == Some(Ordering::Less),
            Op::AtMost => rank.is_some() && versus.is_some_and(Ordering::is_le),
            Op::More => rank.is_some() && versus == Some(Ordering::Greater),
            Op::AtLeast => rank.is_some() && versus.is_some_and(Ordering::is_ge),
            Op::In => self.among(rank.as_ref()),
            Op::NotIn => !self.among(rank.as_ref()),
            Op::Like => match (rank, self.ranks.first()) {
                (Some(Rank::Text(text)), Some(Some(Rank::Text(pattern)))) => like(&text, pattern),
                _ => false,
            },
            Op::Includes => value.is_some_and(|value| self.includes(value)),
            Op::Excludes => !value.is_some_and(|value| self.includes(value)),
        }
    }

    fn among(&self, rank: Option<&Rank>) -> bool {
        match rank {
            Some(Rank::Text(text) | Rank::Id(text)) => self.texts.contains(text),
            other => self.ranks.iter().any(|one| one.as_ref() == other),
        }
    }

    /// Each literal may ask for several values at once, joined by `;`.
    fn includes(&self, value: &str) -> bool {
        let value = value.to_lowercase();
        let chosen: HashSet<&str> = value.split(';').collect();
        self.texts.iter().any(|all| all.split(';').all(|one| chosen.contains(one)))
    }
}

impl Ready<'_> {
    /// Whether it holds for a record, whose values `value` gives.
    pub(super) fn holds(&self, value: &impl Fn(&Field) -> Option<String>) -> bool {
        match self {
            Self::All(all) => all.iter().all(|one| one.holds(value)),
            Self::Any(all) => all.iter().any(|one| one.holds(value)),
            Self::Not(one) => !one.holds(value),
            Self::Is(bound) => bound.fits(value(bound.field).as_deref()),
        }
    }
}

/// `%` stands for any text, `_` for one letter, and neither after a backslash.
fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut signs: Vec<(char, bool)> = Vec::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => signs.extend(letters.next().map(|escaped| (escaped, false))),
            other => signs.push((other, matches!(other, '%' | '_'))),
        }
    }
    // Whether the signs read so far fit the first `n` letters.
    let mut fits = vec![false; text.len() + 1];
    fits[0] = true;
    for (sign, wild) in signs {
        if wild && sign == '%' {
            let first = fits.iter().position(|fit| *fit).unwrap_or(fits.len());
            fits.iter_mut().skip(first).for_each(|fit| *fit = true);
            continue;
        }
        for at in (0..text.len()).rev() {
            fits[at + 1] = fits[at] && (wild || text[at] == sign);
        }
        fits[0] = false;
    }
    fits[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_text_and_letters() {
        for (text, pattern, expected) in [
            ("northquay sails", "north%", true),
            ("northquay sails", "%sails", true),
            ("northquay sails", "%quay%", true),
            ("northquay", "n_rth%", true),
            ("northquay", "north", false),
            ("50% off", r"50\% off", true),
            ("500 off", r"50\% off", false),
            ("", "%", true),
            ("", "_", false),
        ] {
            assert_eq!(like(text, pattern), expected, "{text} like {pattern}");
        }
    }
}
