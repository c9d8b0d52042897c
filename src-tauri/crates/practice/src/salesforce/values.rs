//! Salesforce's notation of values to the core's.
//! <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm>

use jiff::{Timestamp, civil};
use leadferry_model::FieldKind;
use serde_json::{Map, Value};

use super::errors::Trouble;
use super::facts::Facts;
use super::gate::Visit;
use super::ids;
use super::sight::{Granted, Sight, table};
use super::state::crm;
use crate::core::{Field, Refusal, Values, moment_text};
use crate::world::World;

/// What a record is being written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// It does not exist yet.
    Create,
    /// It exists.
    Update,
}

/// The fields of a body as the core takes them. Wrong names and types refuse the whole request, wrong values the record.
pub(super) fn read(
    world: &mut World,
    visit: &Visit,
    object: &str,
    body: &Map<String, Value>,
    writing: Writing,
) -> Result<Values, Trouble> {
    let mut values = Values::new();
    let mut problems = Vec::new();
    let mut locked = Vec::new();
    let mut notes = Vec::new();
    {
        let granted = Granted::to(world, visit);
        let table = table(world, object)?;
        for (name, raw) in body.iter().filter(|(name, _)| name.as_str() != "attributes") {
            let field = granted.field(table, name).ok_or_else(|| Trouble::no_such_column(object, name))?;
            let facts = Facts::of(field);
            let barred = match writing {
                Writing::Create => facts.update_only,
                Writing::Update => facts.create_only,
            };
            if field.read_only || barred || granted.sight(object, field) != Sight::Write {
                locked.push(field.name.to_string());
                continue;
            }
            if raw.is_number() && facts.is_text() {
                notes.push(format!("a number for the text field {}", field.name));
            }
            match canonical(field, &facts, raw) {
                Ok(value) => {
                    values.insert(field.name.to_string(), value);
                }
                Err(trouble) if trouble.unreadable => return Err(trouble),
                Err(trouble) => problems.extend(trouble.complaints),
            }
        }
    }
    for note in notes {
        world.object_to(note);
    }
    if !locked.is_empty() {
        return Err(Trouble::not_writable(&locked));
    }
    if !problems.is_empty() {
        return Err(Trouble { status: 400, complaints: problems, unreadable: false });
    }
    check(world, object, &values)?;
    Ok(values)
}

/// What the core and the weather say about values.
fn check(world: &World, object: &str, values: &Values) -> Result<(), Trouble> {
    let table = table(world, object)?;
    let mut problems = match crm(world, object).check(object, values) {
        Ok(()) => Vec::new(),
        Err(Refusal::Values(problems)) => problems,
        Err(other) => return Err(Trouble::of(other, table)),
    };
    problems.extend(world.today.refused(values));
    if problems.is_empty() { Ok(()) } else { Err(Trouble::of(Refusal::Values(problems), table)) }
}

/// One value; blank clears the field.
pub(super) fn canonical(field: &Field, facts: &Facts, raw: &Value) -> Result<String, Trouble> {
    let wrong = || Trouble::not_a(deserialized(&facts.word), raw);
    match (field.kind, raw) {
        (_, Value::Null) => Ok(String::new()),
        (_, Value::Object(_) | Value::Array(_)) => Err(wrong()),
        (FieldKind::Bool, Value::Bool(yes)) => Ok(yes.to_string()),
        (FieldKind::Bool, Value::String(text)) if matches!(text.as_str(), "true" | "false") => {
            Ok(text.clone())
        }
        (FieldKind::Bool, _) => Err(wrong()),
        (FieldKind::Number | FieldKind::Money, _) => number(field, facts, raw),
        (_, Value::Bool(_)) => Err(wrong()),
        (FieldKind::Date, Value::String(text)) if text.is_empty() => Ok(String::new()),
        (FieldKind::Date, _) => raw.as_str().and_then(day).ok_or_else(wrong),
        (FieldKind::DateTime, Value::String(text)) if text.is_empty() => Ok(String::new()),
        (FieldKind::DateTime, _) => raw.as_str().and_then(moment).map(moment_text).ok_or_else(wrong),
        (_, Value::Number(number)) => Ok(number.to_string()),
        (_, Value::String(text)) => text_value(field, facts, text),
    }
}

/// The word errors use for a type.
fn deserialized(word: &str) -> &str {
    match word {
        "currency" | "percent" => "double",
        "boolean" | "int" | "double" | "date" | "datetime" => word,
        _ => "string",
    }
}

/// Numbers come as numbers or, recorded, as text. They are rounded to the field's scale.
fn number(field: &Field, facts: &Facts, raw: &Value) -> Result<String, Trouble> {
    let wrong = || Trouble::not_a(deserialized(&facts.word), raw);
    let text = match raw {
        Value::String(text) if text.trim().is_empty() => return Ok(String::new()),
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return Err(wrong()),
    };
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(wrong)?;
    if facts.word == "int" && number.fract() != 0.0 {
        return Err(wrong());
    }
    let whole_digits = facts.precision.saturating_sub(if facts.word == "int" { 0 } else { facts.scale });
    let most = 10_f64.powi(i32::try_from(whole_digits).unwrap_or(18));
    if number.abs() >= most {
        let message = format!("{}: value outside of valid range on numeric field: {text}", field.label);
        return Err(Trouble::fields("NUMBER_OUTSIDE_VALID_RANGE", message, [&*field.name]));
    }
    let places = 10_f64.powi(i32::try_from(facts.scale).unwrap_or(0));
    Ok(((number * places).round() / places).to_string())
}

fn text_value(field: &Field, facts: &Facts, text: &str) -> Result<String, Trouble> {
    // Blanks around a text are not kept.
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    match field.kind {
        // Unverified: addresses are kept in small letters.
        FieldKind::Email => Ok(text.to_lowercase()),
        FieldKind::MultiChoice => {
            let mut chosen: Vec<&str> = Vec::new();
            for one in text.split(';').map(str::trim).filter(|one| !one.is_empty()) {
                if !chosen.contains(&one) {
                    chosen.push(one);
                }
            }
            Ok(chosen.join(";"))
        }
        _ if facts.word == "reference" => ids::long(text).ok_or_else(|| {
            let message = format!("{}: id value of incorrect type: {text}", field.label);
            Trouble::fields("MALFORMED_ID", message, [&*field.name])
        }),
        _ => Ok(text.to_owned()),
    }
}

/// A day. A moment is not taken for one.
pub(super) fn day(text: &str) -> Option<String> {
    let plain = text.len() == 10 && text.parse::<civil::Date>().is_ok();
    plain.then(|| text.to_owned())
}

/// A moment: `T` in the middle, at most milliseconds, and an offset with or without its colon.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let (day, time) = text.split_once('T')?;
    let fraction = time.split_once('.').map(|(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
    if day.len() != 10 || fraction.is_some_and(|digits| digits > 3) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_salesforce_writes_them() {
        for (text, expected) in [
            ("2026-11-20T08:15:00.000+0000", true),
            ("2026-11-20T08:15:00Z", true),
            ("2026-11-20T09:15:00+01:00", true),
            ("2026-11-20 08:15:00", false),
            ("2026-11-20T08:15:00.1234567Z", false),
            ("2026-11-20", false),
        ] {
            assert_eq!(moment(text).is_some(), expected, "{text}");
        }
        assert_eq!(day("2026-11-20").as_deref(), Some("2026-11-20"));
        assert_eq!(day("2026-11-20T00:00:00Z"), None, "recorded: a moment is no day");
    }

    #[test]
    fn numbers_are_rounded_and_kept_in_range() {
        let mut field = Field::new("Boat_Length__c", "Boat Length", FieldKind::Number);
        field.form = "double|5.2||".to_owned();
        let facts = Facts::of(&field);
        let read = |raw: Value| canonical(&field, &facts, &raw);
        assert_eq!(read(Value::from(12.345)).unwrap(), "12.35", "two places");
        assert_eq!(read(Value::from("12.5")).unwrap(), "12.5", "recorded: text is taken");
        assert_eq!(read(Value::from(1_000)).unwrap_err().complaints[0].code, "NUMBER_OUTSIDE_VALID_RANGE");
        assert_eq!(read(Value::from("long")).unwrap_err().complaints[0].code, "JSON_PARSER_ERROR");
    }
}
