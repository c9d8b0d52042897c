//! The steps a value goes through, as data: what each is called, what it takes and what it makes.
//!
//! Running them is the business of [`run`](self::run); the editor needs only this file.

pub(crate) mod run;
mod text;
mod translate;

use leadferry_model::{FieldKind, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::rule::DecimalStyle;

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Transform {
    /// Takes spaces off both ends and makes one of several in a row.
    Trim,
    /// All small letters.
    LowerCase,
    /// All capitals.
    UpperCase,
    /// Capitals at the start of words; only text that is all capitals or all small, and Latin, is changed.
    TitleCase,
    /// One part of a person's name.
    NamePart {
        /// Which part.
        part: NamePart,
    },
    /// One text out of a list.
    JoinList {
        /// What stands between two items.
        separator: String,
    },
    /// A list out of one text.
    SplitList {
        /// What stands between two items.
        separator: String,
    },
    /// One piece of a text with separators.
    Piece {
        /// What stands between two pieces.
        separator: String,
        /// 1 is the first, -1 the last.
        position: i32,
    },
    /// A phone number as E.164.
    Phone {
        /// Country of numbers without a country code, instead of the mapping's.
        #[serde(default)]
        region: Option<String>,
        /// A source field that says the country of each lead, where its name does not tell; a lead's own country wins over
        /// every default.
        #[serde(default)]
        country_field: Option<String>,
    },
    /// An e-mail address, checked and in its usual form.
    Email,
    /// A day out of text, or out of a moment.
    ReadDate {
        /// How it is written; found out by itself where that is certain.
        #[serde(default)]
        format: Option<DateFormat>,
        /// The zone whose day counts for a moment, instead of the mapping's.
        #[serde(default)]
        zone: Option<String>,
    },
    /// A moment out of text, or out of a day.
    ReadDateTime {
        /// How it is written; found out by itself where that is certain.
        #[serde(default)]
        format: Option<DateFormat>,
        /// The zone of times without one, instead of the mapping's.
        #[serde(default)]
        zone: Option<String>,
    },
    /// Text out of a day or a moment.
    WriteDate {
        /// strftime signs, such as `%d.%m.%Y`.
        pattern: String,
        /// The zone in which a moment is written, instead of the mapping's.
        #[serde(default)]
        zone: Option<String>,
    },
    /// A number out of text.
    ReadNumber {
        /// Which sign separates whole from part, instead of the mapping's.
        #[serde(default)]
        decimal: Option<DecimalStyle>,
    },
    /// An amount of money out of text.
    ReadMoney {
        /// Which sign separates whole from part, instead of the mapping's.
        #[serde(default)]
        decimal: Option<DecimalStyle>,
        /// ISO 4217 code of amounts without a currency, instead of the mapping's.
        #[serde(default)]
        currency: Option<String>,
    },
    /// Yes or no out of text, in several languages.
    ReadBool {
        /// More words for yes.
        #[serde(default)]
        yes: Vec<String>,
        /// More words for no.
        #[serde(default)]
        no: Vec<String>,
    },
    /// Their words into the destination's.
    Translate {
        /// Pairs; case and outer spaces do not count.
        table: Vec<Translation>,
        /// What to do with any other value.
        rest: Rest,
    },
    /// A value where there is none.
    DefaultIfBlank {
        /// The value.
        value: Value,
    },
    /// No more than this many characters; a cut text ends in `…`, which counts.
    Truncate {
        /// The most characters.
        length: u32,
    },
    /// One text for another, everywhere.
    Replace {
        /// What to look for, to the letter.
        find: String,
        /// What to write instead.
        with: String,
    },
}

/// A part of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NamePart {
    /// Given names.
    First,
    /// Family name; the whole of a single name or of a company's.
    Last,
    /// Mr, Dr, Smt …
    Salutation,
    /// Jr, III, PhD …
    Suffix,
}

/// How a date is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum DateFormat {
    /// 31/12/2026, with any of `/ . -` between.
    DayFirst,
    /// 12/31/2026.
    MonthFirst,
    /// 2026-12-31.
    YearFirst,
    /// Seconds since 1970, UTC.
    UnixSeconds,
    /// Milliseconds since 1970, UTC.
    UnixMilliseconds,
    /// Excel's day number, counted from 1900.
    Excel1900,
    /// Excel's day number, counted from 1904 (old Macs).
    Excel1904,
    /// strptime signs, such as `%d.%m.%Y %H:%M`.
    Pattern {
        /// The signs.
        pattern: String,
    },
}

/// One pair of a translation table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Translation {
    /// The source's word.
    pub from: String,
    /// The destination's option value.
    pub to: String,
}

/// What a translation table does with a value it does not list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rest {
    /// The destination field stays empty.
    LeaveEmpty,
    /// This option instead.
    Default {
        /// The option value.
        value: String,
    },
    /// The value goes on as it is.
    Keep,
    /// The lead waits until a person adds the value to the table.
    Hold,
}

impl Transform {
    /// E.164 with the mapping's region.
    pub const PHONE: Self = Self::Phone { region: None, country_field: None };
    /// A day as the mapping's defaults read it.
    pub const DATE: Self = Self::ReadDate { format: None, zone: None };
    /// A moment as the mapping's defaults read it.
    pub const DATE_TIME: Self = Self::ReadDateTime { format: None, zone: None };
    /// A number as the mapping's defaults read it.
    pub const NUMBER: Self = Self::ReadNumber { decimal: None };
    /// Money as the mapping's defaults read it.
    pub const MONEY: Self = Self::ReadMoney { decimal: None, currency: None };
    /// Yes or no by the built-in words.
    pub const BOOL: Self = Self::ReadBool { yes: Vec::new(), no: Vec::new() };

    /// What the step is called on screen.
    pub fn label(&self) -> String {
        match self {
            Self::Trim => "trim".into(),
            Self::LowerCase => "lower case".into(),
            Self::UpperCase => "upper case".into(),
            Self::TitleCase => "title case".into(),
            Self::NamePart { part: NamePart::First } => "first name".into(),
            Self::NamePart { part: NamePart::Last } => "last name".into(),
            Self::NamePart { part: NamePart::Salutation } => "salutation".into(),
            Self::NamePart { part: NamePart::Suffix } => "name suffix".into(),
            Self::JoinList { separator } => format!("join with “{separator}”"),
            Self::SplitList { separator } => format!("split at “{separator}”"),
            Self::Piece { separator, position } => format!("piece {position} between “{separator}”"),
            Self::Phone { region: Some(region), .. } => format!("E.164 with default region {region}"),
            Self::Phone { .. } => "E.164".into(),
            Self::Email => "e-mail".into(),
            Self::ReadDate { .. } => "read as date".into(),
            Self::ReadDateTime { zone: Some(zone), .. } => format!("read as date and time in {zone}"),
            Self::ReadDateTime { .. } => "read as date and time".into(),
            Self::WriteDate { pattern, .. } => format!("write date as {pattern}"),
            Self::ReadNumber { .. } => "read as number".into(),
            Self::ReadMoney { currency: Some(code), .. } => format!("read as money in {code}"),
            Self::ReadMoney { .. } => "read as money".into(),
            Self::ReadBool { .. } => "read as yes or no".into(),
            Self::Translate { table, .. } => match table.len() {
                1 => "1 value translated".into(),
                count => format!("{count} values translated"),
            },
            Self::DefaultIfBlank { value } => format!("“{value}” if blank"),
            Self::Truncate { length } => format!("at most {length} characters"),
            Self::Replace { find, with } => format!("“{find}” becomes “{with}”"),
        }
    }

    /// Whether the step makes sense for a value of this kind. Steps on text take everything that can be written as text.
    pub fn accepts(&self, kind: FieldKind) -> bool {
        use FieldKind as K;
        match self {
            Self::Trim
            | Self::JoinList { .. }
            | Self::Translate { .. }
            | Self::DefaultIfBlank { .. }
            | Self::Truncate { .. }
            | Self::Replace { .. }
            | Self::Piece { .. } => true,
            Self::LowerCase | Self::UpperCase | Self::SplitList { .. } => textual(kind),
            Self::TitleCase | Self::NamePart { .. } => matches!(kind, K::Text | K::LongText | K::Choice),
            Self::Phone { .. } => matches!(kind, K::Phone | K::Text | K::LongText | K::Number),
            Self::Email => matches!(kind, K::Email | K::Text | K::LongText),
            Self::ReadDate { format, .. } | Self::ReadDateTime { format, .. } => {
                matches!(kind, K::Text | K::LongText | K::Date | K::DateTime)
                    || (kind == K::Number && format.as_ref().is_some_and(DateFormat::counts))
            }
            Self::WriteDate { .. } => matches!(kind, K::Date | K::DateTime),
            Self::ReadNumber { .. } | Self::ReadMoney { .. } => {
                matches!(kind, K::Text | K::LongText | K::Number | K::Money | K::Choice | K::Phone)
            }
            Self::ReadBool { .. } => matches!(kind, K::Text | K::LongText | K::Bool | K::Choice | K::Number),
        }
    }

    /// What comes out for a value of `kind`.
    pub fn yields(&self, kind: FieldKind) -> FieldKind {
        match self {
            Self::Trim | Self::LowerCase | Self::UpperCase | Self::DefaultIfBlank { .. } => kind,
            Self::TitleCase
            | Self::NamePart { .. }
            | Self::JoinList { .. }
            | Self::Piece { .. }
            | Self::WriteDate { .. }
            | Self::Replace { .. }
            | Self::Truncate { .. } => {
                if kind == FieldKind::LongText {
                    kind
                } else {
                    FieldKind::Text
                }
            }
            Self::SplitList { .. } => FieldKind::MultiChoice,
            Self::Phone { .. } => FieldKind::Phone,
            Self::Email => FieldKind::Email,
            Self::ReadDate { .. } => FieldKind::Date,
            Self::ReadDateTime { .. } => FieldKind::DateTime,
            Self::ReadNumber { .. } => FieldKind::Number,
            Self::ReadMoney { .. } => FieldKind::Money,
            Self::ReadBool { .. } => FieldKind::Bool,
            Self::Translate { .. } if kind == FieldKind::MultiChoice => kind,
            Self::Translate { .. } => FieldKind::Choice,
        }
    }
}

impl DateFormat {
    /// Whether it is a count, so that a plain number may be a date.
    fn counts(&self) -> bool {
        matches!(self, Self::UnixSeconds | Self::UnixMilliseconds | Self::Excel1900 | Self::Excel1904)
    }
}

fn textual(kind: FieldKind) -> bool {
    use FieldKind as K;
    matches!(kind, K::Text | K::LongText | K::Email | K::Phone | K::Url | K::Choice | K::Owner)
}
