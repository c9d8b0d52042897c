//! HubSpot's notation of values to the core's.
//! <https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide>

use jiff::{Timestamp, civil, tz::TimeZone};
use leadferry_model::FieldKind;
use serde_json::{Map, Value};

use super::errors::Trouble;
use crate::core::{Field, FieldProblem, Problem, Record, Refusal, Values, moment_text};
use crate::world::World;

/// The `properties` of a write as the core takes them, or everything that is wrong with them.
pub(super) fn read(
    world: &World,
    object: &str,
    properties: &Map<String, Value>,
    present: Option<&Record>,
) -> Result<Values, Trouble> {
    let table = world.crm.table(object).map_err(|refusal| Trouble::of(refusal, object))?;
    let mut values = Values::new();
    let mut problems = Vec::new();
    for (name, raw) in properties {
        let raw = text(raw);
        let read = match table.field(name) {
            Some(field) => canonical(field, &raw, present),
            None => Ok(raw.clone()),
        };
        match read {
            Ok(value) => {
                values.insert(name.clone(), value);
            }
            Err(problem) => problems.push(FieldProblem { field: name.clone(), value: raw, problem }),
        }
    }
    match world.crm.check(object, &values) {
        Ok(()) => {}
        Err(Refusal::Values(more)) => problems.extend(more),
        Err(other) => return Err(Trouble::of(other, object)),
    }
    problems.extend(world.today.refused(&values));
    if problems.is_empty() { Ok(values) } else { Err(Trouble::of(Refusal::Values(problems), object)) }
}

/// Values are documented as texts; numbers and booleans are taken as well (recorded), and noted as faults.
fn text(raw: &Value) -> String {
    match raw {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn canonical(field: &Field, raw: &str, present: Option<&Record>) -> Result<String, Problem> {
    if raw.is_empty() {
        return Ok(String::new());
    }
    match field.kind {
        FieldKind::Date => day(raw),
        FieldKind::DateTime => moment(raw).map(moment_text).ok_or(Problem::NotAMoment),
        FieldKind::Email => Ok(raw.trim().to_lowercase()),
        FieldKind::Number | FieldKind::Money => Ok(raw.trim().to_owned()),
        // A leading `;` adds to what is there instead of replacing it.
        FieldKind::MultiChoice => {
            let kept = present.filter(|_| raw.starts_with(';')).and_then(|record| record.stored(&field.name));
            let mut all: Vec<&str> = Vec::new();
            for one in kept.into_iter().chain([raw]).flat_map(|text| text.split(';')).map(str::trim) {
                if !one.is_empty() && !all.contains(&one) {
                    all.push(one);
                }
            }
            Ok(all.join(";"))
        }
        _ => Ok(raw.to_owned()),
    }
}

fn from_millis(raw: &str) -> Option<Timestamp> {
    Timestamp::from_millisecond(raw.parse().ok()?).ok()
}

fn moment(raw: &str) -> Option<Timestamp> {
    let at_midnight =
        || raw.parse::<civil::Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    from_millis(raw).or_else(|| raw.parse().ok()).or_else(at_midnight)
}

/// A day as `YYYY-MM-DD`, or as a moment that is midnight UTC.
fn day(raw: &str) -> Result<String, Problem> {
    let plain = |text: &str| text.len() == 10 && text.parse::<civil::Date>().is_ok();
    if plain(raw) {
        return Ok(raw.to_owned());
    }
    let at = from_millis(raw).or_else(|| raw.parse().ok()).ok_or(Problem::NotADate)?;
    let at = at.to_zoned(TimeZone::UTC);
    if at.time() == civil::Time::midnight() { Ok(at.date().to_string()) } else { Err(Problem::NotMidnight) }
}
