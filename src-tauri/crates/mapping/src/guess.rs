//! What a source field seems to hold, told by the values seen.
//!
//! A kind is given only when every value that says anything fits it; one that does not makes it text, because a wrong
//! kind would dim the right targets.

use leadferry_model::FieldKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::kinds::looks_like_phone;
use crate::read::email::looks_like_email;
use crate::read::{amount, boolean, moment};
use crate::rule::{DateOrder, DecimalStyle};

/// What spreadsheets and exports write for nothing.
const NOTHING: [&str; 10] = ["", "-", "–", "null", "none", "n/a", "na", "#n/a", "#ref!", "#value!"];

/// A field of a source, with what was seen in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceField {
    /// Its name, as records have it.
    pub name: String,
    /// The name people see.
    pub label: String,
    /// What it seems to hold.
    pub kind: FieldKind,
    /// Values seen, different ones only.
    pub samples: Vec<String>,
    /// How many of the leads seen have a value, 0 to 1.
    pub filled_share: f64,
}

/// Describes a field by its values, blank ones included.
pub fn describe_source(name: &str, samples: &[String]) -> SourceField {
    let mut different: Vec<String> = Vec::new();
    let mut filled = 0_u32;
    for sample in samples.iter().filter(|sample| !is_nothing(sample)) {
        filled += 1;
        if different.len() < 50 && !different.contains(sample) {
            different.push(sample.clone());
        }
    }
    let seen = u32::try_from(samples.len()).unwrap_or(u32::MAX).max(1);
    SourceField {
        name: name.to_owned(),
        label: crate::words::label(name),
        kind: guess_kind(samples),
        samples: different,
        filled_share: f64::from(filled) / f64::from(seen),
    }
}

/// What the values seem to be; text where nothing more can be said.
pub fn guess_kind(samples: &[String]) -> FieldKind {
    let samples: Vec<&str> =
        samples.iter().map(|sample| sample.trim()).filter(|sample| !is_nothing(sample)).collect();
    if samples.is_empty() {
        return FieldKind::Text;
    }
    let all = |fits: &dyn Fn(&str) -> bool| samples.iter().all(|sample| fits(sample));
    if all(&looks_like_email) {
        FieldKind::Email
    } else if all(&is_url) {
        FieldKind::Url
    } else if all(&|sample| is_when(sample, false)) {
        FieldKind::Date
    } else if all(&|sample| is_when(sample, true)) {
        FieldKind::DateTime
    } else if all(&is_bool_word) {
        FieldKind::Bool
    } else if all(&looks_like_phone) {
        FieldKind::Phone
    } else if all(&is_number) {
        FieldKind::Number
    } else if all(&is_amount) {
        FieldKind::Money
    } else if samples.iter().any(|sample| sample.contains('\n') || sample.chars().count() > 255) {
        FieldKind::LongText
    } else {
        FieldKind::Text
    }
}

fn is_nothing(sample: &str) -> bool {
    NOTHING.contains(&sample.trim().to_lowercase().as_str())
}

fn is_url(sample: &str) -> bool {
    let web = sample.starts_with("http://") || sample.starts_with("https://") || sample.starts_with("www.");
    web && sample.contains('.') && !sample.contains(char::is_whitespace)
}

/// Some order of day and month must fit; which one is asked before anything is read.
fn is_when(sample: &str, with_time: bool) -> bool {
    [DateOrder::DayFirst, DateOrder::MonthFirst].into_iter().any(|order| {
        match moment::read_when(sample, None, Some(order)) {
            Ok(moment::When::Day(_)) => true,
            Ok(_) => with_time,
            Err(_) => false,
        }
    })
}

/// Words only: `1` and `0` alone are counts as often as answers.
fn is_bool_word(sample: &str) -> bool {
    sample.chars().count() > 1 && boolean::read_bool(sample, &[], &[]).is_ok()
}

fn is_number(sample: &str) -> bool {
    [DecimalStyle::Point, DecimalStyle::Comma]
        .into_iter()
        .any(|style| amount::read_number(sample, Some(style)).is_ok())
}

fn is_amount(sample: &str) -> bool {
    [DecimalStyle::Point, DecimalStyle::Comma]
        .into_iter()
        .any(|style| amount::read_money(sample, Some(style), None).is_ok())
}
