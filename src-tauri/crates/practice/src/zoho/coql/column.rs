//! Columns of a query: where their values come from, and how those compare.

use std::cmp::Ordering;

use jiff::Timestamp;
use leadferry_model::FieldKind;

use super::query::Test;
use crate::core::{Field, Owner};
use crate::zoho::modules::Module;

/// A column, looked up: a field of the module, or one of the record or person it leads to.
#[derive(Clone, Copy)]
pub(super) enum Column<'w> {
    Own(&'w Field),
    /// Of the record a lookup leads to.
    Far(&'w Field, &'static Module, &'w Field),
    /// Of the user an owner field names.
    Person(&'w Field, Part),
}

#[derive(Clone, Copy)]
pub(super) enum Part {
    Id,
    Email,
    First,
    Last,
    Full,
}

impl Part {
    pub(super) fn of(self, owner: &Owner) -> String {
        match self {
            Self::Id => owner.id.clone(),
            Self::Email => owner.email.clone(),
            Self::First => owner.first_name.clone(),
            Self::Last => owner.last_name.clone(),
            Self::Full => format!("{} {}", owner.first_name, owner.last_name),
        }
    }
}

impl Column<'_> {
    pub(super) fn field(&self) -> Option<&Field> {
        match self {
            Self::Own(field) | Self::Far(_, _, field) => Some(field),
            Self::Person(..) => None,
        }
    }

    pub(super) fn is_sized(&self) -> bool {
        self.field().is_some_and(|field| {
            matches!(field.kind, FieldKind::Number | FieldKind::Money | FieldKind::Date | FieldKind::DateTime)
        })
    }

    fn compare(&self, left: &str, right: &str) -> Ordering {
        let kind = self.field().map_or(FieldKind::Text, |field| field.kind);
        let is_id = self.field().is_some_and(|field| &*field.name == "id");
        match kind {
            // Ids are longer than a float can tell apart.
            _ if is_id => left.parse::<u64>().ok().cmp(&right.parse::<u64>().ok()),
            FieldKind::Number | FieldKind::Money => {
                let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
                number(left).total_cmp(&number(right))
            }
            FieldKind::DateTime => {
                let at = |text: &str| text.parse::<Timestamp>().ok();
                at(left).cmp(&at(right))
            }
            _ => left.to_lowercase().cmp(&right.to_lowercase()),
        }
    }

    pub(super) fn passes(&self, value: Option<&str>, test: &Test) -> bool {
        let Some(value) = value else {
            // Unverified: that a value which is not there differs from every other.
            return matches!(
                test,
                Test::Null(true) | Test::Compare("!=", _) | Test::OneOf(_, false) | Test::Like(_, false)
            );
        };
        match test {
            Test::Null(null) => !null,
            Test::Compare(operator, other) => {
                let order = self.compare(value, other);
                match *operator {
                    "=" => order.is_eq(),
                    "!=" => order.is_ne(),
                    "<" => order.is_lt(),
                    "<=" => order.is_le(),
                    ">" => order.is_gt(),
                    _ => order.is_ge(),
                }
            }
            Test::OneOf(all, yes) => all.iter().any(|one| self.compare(value, one).is_eq()) == *yes,
            Test::Between(from, to, yes) => {
                let inside = self.compare(value, from).is_ge() && self.compare(value, to).is_le();
                inside == *yes
            }
            Test::Like(pattern, yes) => like(&value.to_lowercase(), &pattern.to_lowercase()) == *yes,
        }
    }
}

/// Whether `%` at the ends of a pattern stands for anything.
fn like(value: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('%'), pattern.strip_suffix('%')) {
        (Some(_), Some(_)) => value.contains(pattern.trim_matches('%')),
        (Some(end), None) => value.ends_with(end),
        (None, Some(start)) => value.starts_with(start),
        (None, None) => value == pattern,
    }
}

/// What a row is sorted by: what is not there comes first.
#[derive(PartialEq)]
pub(super) struct SortKey {
    number: Option<f64>,
    text: Option<String>,
    ascending: bool,
}

impl SortKey {
    pub(super) fn of(column: Column<'_>, value: Option<String>, ascending: bool) -> Self {
        let number = match (column.field().map(|field| field.kind), &value) {
            (Some(FieldKind::Number | FieldKind::Money), Some(text)) => text.parse().ok(),
            _ => None,
        };
        // Moments and days sort as they are written; ids of one length do, too.
        Self { number, text: value.map(|text| text.to_lowercase()), ascending }
    }
}

impl Eq for SortKey {}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = match (self.number, other.number) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            _ => self.text.cmp(&other.text),
        };
        if self.ascending { order } else { order.reverse() }
    }
}
