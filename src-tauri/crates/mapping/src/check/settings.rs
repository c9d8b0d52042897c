//! What keeps a mapping from running at all.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use leadferry_model::ObjectSchema;

use crate::problem::{Fix, Problem, ProblemCode};
use crate::read::{currency, phone};
use crate::rule::Mapping;
use crate::transform::{DateFormat, Transform};

/// Every setting that nobody knows, and a mapping made for another object.
pub(crate) fn problems(mapping: &Mapping, schema: &ObjectSchema) -> Vec<Problem> {
    let mut problems = Vec::new();
    if mapping.object != schema.object {
        let message = format!(
            "This mapping is for “{}”, and the fields are those of {}. Choose the object again.",
            mapping.object, schema.label
        );
        problems.push(Problem::error(ProblemCode::WrongObject, None, message));
    }
    let defaults = &mapping.defaults;
    let settings = [
        region(defaults.region.as_deref()),
        zone(defaults.zone.as_deref()),
        code(defaults.currency.as_deref()),
    ];
    problems.extend(settings.into_iter().flatten().map(|message| unknown(None, message)));
    for rule in &mapping.rules {
        for transform in &rule.transforms {
            problems
                .extend(of_step(transform).into_iter().map(|message| unknown(Some(&rule.target), message)));
        }
    }
    problems
}

/// Two rules that fill one field: neither can win without a guess.
pub(crate) fn two_rules(target: &str, schema: &ObjectSchema) -> Problem {
    let label = schema.field(target).map_or(target, |field| field.label.as_str());
    let message = format!("Two rules fill {label}. Remove one of them.");
    Problem::error(ProblemCode::TwoRules, Some(target), message).fix(Fix::RemoveRule)
}

fn unknown(target: Option<&str>, message: String) -> Problem {
    Problem::error(ProblemCode::UnknownSetting, target, message)
}

fn of_step(transform: &Transform) -> Vec<String> {
    let found = match transform {
        Transform::Phone { region: code, .. } => [region(code.as_deref()), None],
        Transform::ReadDate { format, zone: name } | Transform::ReadDateTime { format, zone: name } => {
            let pattern = match format {
                Some(DateFormat::Pattern { pattern }) => pattern_problem(pattern),
                _ => None,
            };
            [zone(name.as_deref()), pattern]
        }
        Transform::WriteDate { pattern, zone: name } => [zone(name.as_deref()), pattern_problem(pattern)],
        Transform::ReadMoney { currency, .. } => [code(currency.as_deref()), None],
        _ => [None, None],
    };
    found.into_iter().flatten().collect()
}

fn region(code: Option<&str>) -> Option<String> {
    let code = code.filter(|code| !phone::is_region(code))?;
    Some(format!("“{code}” is not a country with phone numbers. Choose a country, such as GB or IN."))
}

fn zone(name: Option<&str>) -> Option<String> {
    let name = name.filter(|name| TimeZone::get(name).is_err())?;
    Some(format!("“{name}” is not a time zone. Choose one, such as Europe/London."))
}

fn code(code: Option<&str>) -> Option<String> {
    let code = code.filter(|code| !currency::is_code(code))?;
    Some(format!("“{code}” is not a currency. Choose one, such as EUR or INR."))
}

/// A pattern is tried on a moment that has every part.
fn pattern_problem(pattern: &str) -> Option<String> {
    let known = !pattern.is_empty()
        && strtime::format(pattern, &jiff::Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC)).is_ok();
    (!known).then(|| format!("“{pattern}” is not a pattern for dates. Use signs such as %d.%m.%Y."))
}
