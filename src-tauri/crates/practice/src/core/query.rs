//! Searching: conditions, words, order.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::{Timestamp, civil};
use leadferry_model::FieldKind;

use super::field::Origin;
use super::{Field, Record, RecordNumber, Refusal, Table};

/// What to look for. Groups are alternatives; all conditions of a group hold at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    /// Alternatives; none means everything.
    pub(crate) any_of: Vec<Vec<Condition>>,
    /// Words that must all begin a word of some text field.
    pub(crate) words: Option<String>,
    /// Order; by number without it.
    pub(crate) sort: Option<(String, Direction)>,
}

/// A condition on one field.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    /// The field.
    pub(crate) field: String,
    /// What its value must be.
    pub(crate) test: Test,
}

/// What a value must be.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// Equal to this.
    Equal(String),
    /// Not equal to this, or absent.
    NotEqual(String),
    /// Less than this.
    Less(String),
    /// This or less.
    AtMost(String),
    /// More than this.
    More(String),
    /// This or more.
    AtLeast(String),
    /// Between these, both included.
    Between(String, String),
    /// One of these.
    OneOf(Vec<String>),
    /// None of these, or absent.
    NoneOf(Vec<String>),
    /// There.
    Present,
    /// Not there.
    Absent,
    /// Holding this word; `*` stands for any text.
    HasWord(String),
    /// Not holding this word.
    LacksWord(String),
}

/// Which way to sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A value as it is compared: numbers and moments by size, text without regard to case.
#[derive(Clone, Debug, PartialEq)]
enum Rank {
    /// A record's number, which may be longer than a float can tell apart.
    Whole(RecordNumber),
    Number(f64),
    Moment(Timestamp),
    Text(String),
}

impl Rank {
    fn of(field: &Field, value: &str) -> Self {
        if matches!(field.origin, Origin::Number) {
            return value.parse().map_or_else(|_| Self::Text(value.to_lowercase()), Self::Whole);
        }
        let ranked = match field.kind {
            FieldKind::Number | FieldKind::Money => value.parse().ok().map(Self::Number),
            FieldKind::Date | FieldKind::DateTime => moment(value).map(Self::Moment),
            _ => None,
        };
        ranked.unwrap_or_else(|| Self::Text(value.to_lowercase()))
    }

    fn in_record(field: &Field, record: &Record) -> Option<Self> {
        match field.origin {
            Origin::CreatedAt => Some(Self::Moment(record.created_at)),
            Origin::ChangedAt => Some(Self::Moment(record.changed_at)),
            Origin::Number => Some(Self::Whole(record.number)),
            Origin::Stored => record.stored(&field.name).map(|value| Self::of(field, value)),
            Origin::Computed(_) | Origin::Id(_) => record.value(field).map(|value| Self::of(field, &value)),
        }
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Moment(a), Self::Moment(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// A moment written as ISO text, as a day, or as milliseconds since 1970.
fn moment(value: &str) -> Option<Timestamp> {
    let day =
        || value.parse::<civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp());
    let millis = || Timestamp::from_millisecond(value.parse().ok()?).ok();
    value.parse().ok().or_else(millis).or_else(day)
}

/// A condition with its field looked up and its values ranked once for all records.
struct Ready<'a> {
    field: &'a Field,
    test: &'a Test,
    ranks: Vec<Rank>,
}

impl<'a> Ready<'a> {
    fn new(table: &'a Table, condition: &'a Condition) -> Result<Self, Refusal> {
        let field = table.field(&condition.field).ok_or_else(|| Refusal::NoField(condition.field.clone()))?;
        let texts: Vec<&String> = match &condition.test {
            Test::Equal(a)
            | Test::NotEqual(a)
            | Test::Less(a)
            | Test::AtMost(a)
            | Test::More(a)
            | Test::AtLeast(a) => {
                vec![a]
            }
            Test::Between(a, b) => vec![a, b],
            Test::OneOf(all) | Test::NoneOf(all) => all.iter().collect(),
            Test::Present | Test::Absent | Test::HasWord(_) | Test::LacksWord(_) => Vec::new(),
        };
        let ranks = texts.into_iter().map(|text| Rank::of(field, text)).collect();
        Ok(Self { field, test: &condition.test, ranks })
    }

    fn holds(&self, record: &Record) -> bool {
        let Some(value) = Rank::in_record(self.field, record) else {
            return matches!(
                self.test,
                Test::NotEqual(_) | Test::NoneOf(_) | Test::Absent | Test::LacksWord(_)
            );
        };
        let versus = |place: usize| self.ranks.get(place).and_then(|other| value.compare(other));
        match self.test {
            Test::Equal(_) => versus(0) == Some(Ordering::Equal),
            Test::NotEqual(_) => versus(0) != Some(Ordering::Equal),
            Test::Less(_) => versus(0) == Some(Ordering::Less),
            Test::AtMost(_) => versus(0).is_some_and(Ordering::is_le),
            Test::More(_) => versus(0) == Some(Ordering::Greater),
            Test::AtLeast(_) => versus(0).is_some_and(Ordering::is_ge),
            Test::Between(..) => {
                versus(0).is_some_and(Ordering::is_ge) && versus(1).is_some_and(Ordering::is_le)
            }
            Test::OneOf(_) => self.ranks.contains(&value),
            Test::NoneOf(_) => !self.ranks.contains(&value),
            Test::Present => true,
            Test::Absent => false,
            Test::HasWord(word) => has_word(record, self.field, word),
            Test::LacksWord(word) => !has_word(record, self.field, word),
        }
    }

    /// The moments this condition confines the last change to.
    fn window(&self) -> Option<(Timestamp, Timestamp)> {
        let at = |place: usize| match self.ranks.get(place) {
            Some(Rank::Moment(moment)) => Some(*moment),
            _ => None,
        };
        match (self.field.origin, self.test) {
            (Origin::ChangedAt, Test::AtLeast(_) | Test::More(_)) => Some((at(0)?, Timestamp::MAX)),
            (Origin::ChangedAt, Test::AtMost(_) | Test::Less(_)) => Some((Timestamp::MIN, at(0)?)),
            (Origin::ChangedAt, Test::Between(..)) => Some((at(0)?, at(1)?)),
            _ => None,
        }
    }
}

impl Query {
    pub(super) fn run(&self, table: &Table) -> Result<Vec<Arc<Record>>, Refusal> {
        let groups = self
            .any_of
            .iter()
            .map(|group| group.iter().map(|one| Ready::new(table, one)).collect::<Result<Vec<_>, _>>())
            .collect::<Result<Vec<_>, _>>()?;
        let sort = match &self.sort {
            Some((name, way)) => {
                let field = table.field(name).ok_or_else(|| Refusal::NoField(name.clone()))?;
                Some((field, *way))
            }
            None => None,
        };
        // Change feeds ask for what changed since a moment: the index is ordered for exactly that question.
        let (from, to) = match groups.as_slice() {
            [only] => only
                .iter()
                .filter_map(Ready::window)
                .fold((Timestamp::MIN, Timestamp::MAX), |(from, to), (later, earlier)| {
                    (from.max(later), to.min(earlier))
                }),
            _ => (Timestamp::MIN, Timestamp::MAX),
        };
        let words: Vec<String> = self
            .words
            .iter()
            .flat_map(|words| words.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let fits = |record: &Record| {
            (groups.is_empty() || groups.iter().any(|group| group.iter().all(|one| one.holds(record))))
                && words.iter().all(|word| any_text_has(record, word))
        };
        let mut found: Vec<Arc<Record>> =
            table.index.changed_between(from, to).filter(|record| fits(record)).cloned().collect();
        match sort {
            // The index already gives the oldest change first.
            Some((field, Direction::Ascending)) if matches!(field.origin, Origin::ChangedAt) => {}
            Some((field, way)) => sort_by(&mut found, field, way),
            None => found.sort_by_key(|record| record.number),
        }
        Ok(found)
    }
}

fn sort_by(found: &mut [Arc<Record>], field: &Field, way: Direction) {
    found.sort_by_cached_key(|record| record.number);
    let mut ranked: Vec<(Option<Rank>, Arc<Record>)> =
        found.iter().map(|record| (Rank::in_record(field, record), record.clone())).collect();
    ranked.sort_by(|(a, _), (b, _)| {
        let order = match (a, b) {
            (Some(a), Some(b)) => a.compare(b).unwrap_or(Ordering::Equal),
            (a, b) => a.is_some().cmp(&b.is_some()),
        };
        if way == Direction::Ascending { order } else { order.reverse() }
    });
    for (place, (_, record)) in found.iter_mut().zip(ranked) {
        *place = record;
    }
}

fn words_of(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn has_word(record: &Record, field: &Field, pattern: &str) -> bool {
    let Some(value) = record.value(field) else { return false };
    let (value, pattern) = (value.to_lowercase(), pattern.to_lowercase());
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => value.contains(pattern.trim_matches('*')),
        (Some(end), None) => value.ends_with(end) || words_of(&value).any(|word| word.ends_with(end)),
        (None, Some(start)) => {
            value.starts_with(start) || words_of(&value).any(|word| word.starts_with(start))
        }
        (None, None) => value == pattern || words_of(&value).any(|word| word == pattern),
    }
}

fn any_text_has(record: &Record, word: &str) -> bool {
    record.values.values().any(|value| {
        let value = value.to_lowercase();
        value.starts_with(word) || words_of(&value).any(|one| one.starts_with(word))
    })
}
