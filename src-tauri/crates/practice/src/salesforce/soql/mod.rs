//! A small SOQL: `SELECT … FROM Object WHERE … ORDER BY … LIMIT … OFFSET …`.
//! <https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select.htm>
//!
//! Deliberately not here: fields of related records (`Owner.Name`), sub-selects, aggregates but `COUNT()`, `GROUP BY`.
//! They are refused, as they would be where a relationship is not known.

mod bind;
mod lex;
mod parse;
mod run;

pub(super) use parse::parse;
pub(super) use run::{Found, run};

/// A query, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    /// What to show.
    pub(super) select: Select,
    /// Of which object.
    pub(super) object: String,
    /// Which records; all without.
    pub(super) filter: Option<Expr>,
    /// In which order.
    pub(super) order: Vec<Order>,
    /// How many at most.
    pub(super) limit: Option<usize>,
    /// How many to leave out first.
    pub(super) offset: usize,
}

/// What a query shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Select {
    /// How many there are.
    Count,
    /// These fields.
    Fields(Vec<String>),
    /// Every field of a kind: `FIELDS(ALL)`.
    Kind(Kind),
}

/// Which fields `FIELDS()` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Every one.
    All,
    /// Salesforce's own.
    Standard,
    /// The org's own.
    Custom,
}

/// A condition, or several.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// All of them hold.
    All(Vec<Expr>),
    /// One of them holds.
    Any(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// A field compares so.
    Is(Condition),
}

/// A comparison of a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    /// The field.
    pub(super) field: String,
    /// How.
    pub(super) op: Op,
    /// With what.
    pub(super) values: Vec<Literal>,
}

/// How to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `LIKE`
    Like,
    /// `IN`
    In,
    /// `NOT IN`
    NotIn,
    /// `INCLUDES`
    Includes,
    /// `EXCLUDES`
    Excludes,
}

/// A value in a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    /// `'text'`
    Text(String),
    /// `12.5`
    Number(f64),
    /// `true`
    Bool(bool),
    /// `null`
    Null,
    /// `2026-11-20`
    Day(jiff::civil::Date),
    /// `2026-11-20T08:15:00Z`
    Moment(jiff::Timestamp),
    /// `TODAY`, `LAST_N_DAYS:7`: a day counted from today.
    DaysAgo(i64),
}

/// One part of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// The field.
    pub(super) field: String,
    /// Largest first.
    pub(super) descending: bool,
    /// Records without a value come last.
    pub(super) nulls_last: bool,
}
