//! A mapping as data: which destination field is filled from what, by which steps, and when it may overwrite.
//!
//! What is stored, exported and compared is exactly this. Nothing here runs: [`Compiled`](crate::Compiled) does.
//! A stored mapping says in which `format` it was written; a later format that cannot be read as it stands gets its own
//! upgrade in [`Mapping::read`], and a newer one than this build knows is refused in words.

use jiff::tz::TimeZone;
use leadferry_model::Value;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Condition, Transform};

/// The format this build writes.
pub const FORMAT: u32 = 1;

/// The rules that make one destination object out of a captured lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Mapping {
    /// The format of this data, see [`FORMAT`].
    pub format: u32,
    /// Counts the published versions of this mapping.
    pub version: u32,
    /// The destination object, by its API name.
    pub object: String,
    /// One rule a destination field, in the order people see.
    pub rules: Vec<Rule>,
    /// What the rules assume where they say nothing.
    #[serde(default)]
    pub defaults: Defaults,
}

impl Mapping {
    /// A mapping for `object` without rules.
    pub fn empty(object: impl Into<String>) -> Self {
        Self {
            format: FORMAT,
            version: 1,
            object: object.into(),
            rules: Vec::new(),
            defaults: Defaults::default(),
        }
    }

    /// Reads a stored or imported mapping.
    pub fn read(json: &str) -> Result<Self, ReadError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let head: Head = serde_json::from_str(json)?;
        match head.format {
            FORMAT => Ok(serde_json::from_str(json)?),
            found => Err(ReadError::UnknownFormat { found }),
        }
    }

    /// The rule that fills `target`.
    pub fn rule(&self, target: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.target == target)
    }

    /// The pairs (destination field, source field) that travel back. Only a rule that takes one source field as it is can
    /// be turned round; one that joins, looks up or computes has no single field to return to.
    pub fn returning(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rules.iter().filter(|rule| rule.direction != Direction::ToDestination).filter_map(|rule| {
            match &rule.source {
                Source::Field { name } => Some((rule.target.as_str(), name.as_str())),
                _ => None,
            }
        })
    }
}

/// Why stored mapping data was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It was written by a newer Leadferry.
    #[error(
        "This mapping was written by a newer Leadferry (format {found}, this one knows {FORMAT}). Update Leadferry, then open it again."
    )]
    UnknownFormat {
        /// The format it says it has.
        found: u32,
    },
    /// It is not mapping data.
    #[error("This is not a Leadferry mapping: {0}. Choose a file that was exported from the mapping editor.")]
    NotAMapping(#[from] serde_json::Error),
}

/// What the rules of a mapping assume where they say nothing themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Defaults {
    /// Country of phone numbers written without a country code, ISO 3166 alpha-2.
    pub region: Option<String>,
    /// IANA time zone of times written without one.
    pub zone: Option<String>,
    /// How `03/04/2026` is read.
    pub date_order: Option<DateOrder>,
    /// How `1,234` is read.
    pub decimal: Option<DecimalStyle>,
    /// ISO 4217 code of amounts written without a currency.
    pub currency: Option<String>,
}

impl Defaults {
    /// The zone, where one is set and known.
    pub(crate) fn time_zone(&self) -> Option<TimeZone> {
        self.zone.as_deref().and_then(|name| TimeZone::get(name).ok())
    }
}

/// Which comes first in a date made of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/2026.
    DayFirst,
    /// 12/31/2026.
    MonthFirst,
}

/// Which sign separates whole from part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalStyle {
    /// 1,234.56 and 1,23,456.78.
    Point,
    /// 1.234,56.
    Comma,
}

/// How one destination field is filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Rule {
    /// The destination field, by its API name.
    pub target: String,
    /// Where the value comes from.
    pub source: Source,
    /// Steps from left to right.
    #[serde(default)]
    pub transforms: Vec<Transform>,
    /// What happens to a value that is in the destination already.
    #[serde(default)]
    pub overwrite: Overwrite,
    /// Whether an empty value may clear a filled destination field.
    #[serde(default)]
    pub blank_overwrites: bool,
    /// Which way the field travels.
    #[serde(default)]
    pub direction: Direction,
    /// The rule counts only when this holds.
    #[serde(default)]
    pub when: Option<Condition>,
}

impl Rule {
    /// A rule that takes `source` as it is, to the destination, always.
    pub fn new(target: impl Into<String>, source: Source) -> Self {
        Self {
            target: target.into(),
            source,
            transforms: Vec::new(),
            overwrite: Overwrite::default(),
            blank_overwrites: false,
            direction: Direction::default(),
            when: None,
        }
    }

    /// With `transforms` as steps.
    pub fn with(mut self, transforms: impl IntoIterator<Item = Transform>) -> Self {
        self.transforms.extend(transforms);
        self
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// One source field.
    Field {
        /// Its name.
        name: String,
    },
    /// The first of these fields that is not blank.
    FirstOf {
        /// Their names, best first.
        names: Vec<String>,
    },
    /// All of these fields that are not blank, in this order.
    Join {
        /// Their names.
        names: Vec<String>,
        /// What stands between two of them.
        separator: String,
    },
    /// The same value for every lead.
    Fixed {
        /// The value.
        value: Value,
    },
    /// A computed value.
    Formula {
        /// One expression, see [`formula`](crate::formula).
        expression: String,
    },
    /// One of two sources.
    When {
        /// Decides which.
        condition: Condition,
        /// Taken when the condition holds.
        then: Box<Source>,
        /// Taken otherwise; nothing there leaves the value blank.
        otherwise: Option<Box<Source>>,
    },
}

impl Source {
    /// The source field `name`.
    pub fn field(name: impl Into<String>) -> Self {
        Self::Field { name: name.into() }
    }

    /// Every source field this reads, formulas and conditions included.
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::Field { name } => vec![name.clone()],
            Self::FirstOf { names } | Self::Join { names, .. } => names.clone(),
            Self::Fixed { .. } => Vec::new(),
            Self::Formula { expression } => crate::formula::fields_used(expression),
            Self::When { condition, then, otherwise } => {
                let mut names = condition.fields();
                names.extend(then.fields());
                names.extend(otherwise.iter().flat_map(|source| source.fields()));
                names
            }
        }
    }
}

/// What happens to a value that is in the destination already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Overwrite {
    /// It is replaced.
    #[default]
    Always,
    /// It stays; only an empty field is filled.
    IfEmpty,
    /// It is replaced when the lead changed after the destination's record did.
    IfNewer,
    /// The field is written when the record is created, and never again.
    Never,
}

/// Which way a field travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the source to the destination.
    #[default]
    ToDestination,
    /// Both ways.
    Both,
    /// From the destination back to the source only.
    FromDestination,
}
