//! Which kinds of source fit which kinds of field, and the step that would bridge the gap.
//!
//! The editor dims what is impossible and says why; where a step makes it possible, the step is ready to be put in.

use leadferry_model::{Field, FieldKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fit::find_option;
use crate::guess::SourceField;
use crate::read::{amount, email, moment, phone};
use crate::rule::Defaults;
use crate::transform::{Rest, Transform, Translation};

/// Whether a source can fill a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Compatible {
    /// As it is.
    Compatible,
    /// With these steps.
    PossibleWith {
        /// The steps, ready for the rule.
        transforms: Vec<Transform>,
    },
    /// In no way that Leadferry knows.
    Impossible {
        /// Why, in plain words.
        why: String,
    },
}

/// Whether `source` can fill `target`, and how.
pub fn compatibility(source: &SourceField, target: &Field) -> Compatible {
    if target.read_only {
        return impossible(format!("The destination fills {} by itself.", target.label));
    }
    bridge(source.kind, &source.samples, target)
}

fn impossible(why: String) -> Compatible {
    Compatible::Impossible { why }
}

fn with(transform: Transform) -> Compatible {
    Compatible::PossibleWith { transforms: vec![transform] }
}

/// From `kind`, with the values seen, to `target`. No values seen proves nothing against it.
pub(crate) fn bridge(kind: FieldKind, samples: &[String], target: &Field) -> Compatible {
    use FieldKind as K;
    let all = |fits: &dyn Fn(&str) -> bool| samples.iter().all(|sample| fits(sample));
    let none = |what: &str| impossible(format!("{} cannot become {what}.", called(kind)));
    let textual = matches!(kind, K::Text | K::LongText);
    match target.kind {
        K::Text | K::LongText => text(samples, target),
        K::Email => match kind {
            K::Email => Compatible::Compatible,
            _ if textual && all(&|sample| email::normalise_email(sample).is_ok()) => with(Transform::Email),
            _ if textual => with(Transform::Email),
            _ => none("an e-mail address"),
        },
        K::Phone => match kind {
            K::Phone => Compatible::Compatible,
            K::Text | K::LongText | K::Number => with(Transform::PHONE),
            _ => none("a phone number"),
        },
        K::Url => match kind {
            K::Url | K::Text | K::LongText => Compatible::Compatible,
            _ => none("a web address"),
        },
        K::Number => match kind {
            K::Number | K::Money if all(&|sample| amount::plain_decimal(sample).is_some()) => {
                Compatible::Compatible
            }
            K::Money => with(Transform::MONEY),
            // Ten digits look like a phone number and may be an order number.
            K::Number | K::Text | K::LongText | K::Choice | K::Phone => with(Transform::NUMBER),
            _ => none("a number"),
        },
        K::Money => match kind {
            K::Number | K::Money if all(&|sample| amount::plain_decimal(sample).is_some()) => {
                Compatible::Compatible
            }
            K::Number | K::Money | K::Text | K::LongText => with(Transform::MONEY),
            _ => none("an amount of money"),
        },
        K::Bool => match kind {
            K::Bool if all(&|sample| matches!(sample.trim().to_lowercase().as_str(), "true" | "false")) => {
                Compatible::Compatible
            }
            K::Bool | K::Text | K::LongText | K::Choice | K::Number => with(Transform::BOOL),
            _ => none("yes or no"),
        },
        K::Date => match kind {
            K::Date if all(&|sample| is_certain(sample)) => Compatible::Compatible,
            K::Date | K::DateTime | K::Text | K::LongText => with(Transform::DATE),
            _ => none("a date"),
        },
        K::DateTime => match kind {
            K::DateTime if all(&|sample| sample.parse::<leadferry_model::Timestamp>().is_ok()) => {
                Compatible::Compatible
            }
            K::Date | K::DateTime | K::Text | K::LongText => with(Transform::DATE_TIME),
            _ => none("a date with a time"),
        },
        K::Choice | K::MultiChoice | K::Owner => choice(kind, samples, target),
        K::Other => impossible(format!("Leadferry does not write fields of the kind of {}.", target.label)),
    }
}

fn is_certain(sample: &str) -> bool {
    matches!(moment::read_when(sample, None, Defaults::default().date_order), Ok(moment::When::Day(_)))
}

fn text(samples: &[String], target: &Field) -> Compatible {
    match target.max_length {
        Some(longest)
            if samples
                .iter()
                .any(|sample| sample.chars().count() > usize::try_from(longest).unwrap_or(usize::MAX)) =>
        {
            with(Transform::Truncate { length: longest })
        }
        _ => Compatible::Compatible,
    }
}

fn choice(kind: FieldKind, samples: &[String], target: &Field) -> Compatible {
    use FieldKind as K;
    if matches!(kind, K::Date | K::DateTime | K::Email | K::Phone | K::Url | K::Other)
        && target.kind != K::Owner
    {
        return impossible(format!("{} cannot become one of the options of {}.", called(kind), target.label));
    }
    if target.options.is_empty() {
        return Compatible::Compatible;
    }
    let several = target.kind == K::MultiChoice;
    let known = |sample: &str| {
        find_option(sample, target).is_some()
            || (several
                && sample
                    .split(';')
                    .all(|item| item.trim().is_empty() || find_option(item, target).is_some()))
    };
    if samples.iter().all(|sample| known(sample)) {
        return Compatible::Compatible;
    }
    let separator = several.then(|| list_separator(samples)).flatten();
    let mut values: Vec<&str> = Vec::new();
    for sample in samples {
        let items: Vec<&str> = match separator {
            Some(separator) => sample.split(separator).collect(),
            None => vec![sample],
        };
        for item in items.into_iter().map(str::trim).filter(|item| !item.is_empty()) {
            if !values.contains(&item) {
                values.push(item);
            }
        }
    }
    let table = values
        .into_iter()
        .filter_map(|value| {
            let to = find_option(value, target)?;
            Some(Translation { from: value.to_owned(), to: to.to_owned() })
        })
        .collect();
    let split = separator.map(|separator| Transform::SplitList { separator: separator.to_string() });
    let translate = Transform::Translate { table, rest: Rest::Hold };
    Compatible::PossibleWith { transforms: split.into_iter().chain([translate]).collect() }
}

/// The sign that lists among the samples use.
fn list_separator(samples: &[String]) -> Option<char> {
    [';', '|', ',', '\n']
        .into_iter()
        .find(|separator| samples.iter().any(|sample| sample.contains(*separator)))
}

/// Whether a value of `kind` may go to a field of kind `to` as steps made it.
pub(crate) fn goes_into(kind: FieldKind, to: FieldKind) -> bool {
    use FieldKind as K;
    kind == to
        || match to {
            K::Text | K::LongText => true,
            K::Url | K::Owner => matches!(kind, K::Text | K::LongText | K::Choice),
            K::Email | K::Phone => false,
            K::Number => kind == K::Money,
            K::Money => kind == K::Number,
            K::DateTime => kind == K::Date,
            K::Choice | K::MultiChoice => {
                matches!(kind, K::Text | K::LongText | K::Choice | K::MultiChoice | K::Bool | K::Number)
            }
            K::Bool | K::Date | K::Other => false,
        }
}

/// A kind as people call it, at the start of a sentence.
pub(crate) fn called(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::LongText => "Text",
        FieldKind::Email => "An e-mail address",
        FieldKind::Phone => "A phone number",
        FieldKind::Url => "A web address",
        FieldKind::Number => "A number",
        FieldKind::Money => "An amount of money",
        FieldKind::Bool => "Yes or no",
        FieldKind::Date => "A date",
        FieldKind::DateTime => "A date with a time",
        FieldKind::Choice => "A choice",
        FieldKind::MultiChoice => "A list",
        FieldKind::Owner => "A person",
        FieldKind::Other => "This kind of field",
    }
}

/// Whether the text is a phone number in some country, told by its shape.
pub(crate) fn looks_like_phone(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    if !(7..=17).contains(&digits) || !text.chars().all(|c| c.is_numeric() || "+-./() x\u{A0}".contains(c)) {
        return false;
    }
    let text = text.trim();
    if text.starts_with('+') {
        return phone::normalise_phone(text, None).e164.is_some();
    }
    // Without a country only the habits of writing tell a phone number from a count or an amount.
    digits == 10 || (digits >= 9 && (text.starts_with('0') || text.contains(['(', ' ', '-'])))
}
