//! Reads records by id and finds them by key. Queries see what is committed: there is no index that lags behind.

use std::collections::{HashMap, HashSet};

use leadferry_connector::{Call, Found, Match, ObjectSpec, RemoteRecord};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, RecordId};
use rlibphonenumber::PHONE_NUMBER_UTIL;

use super::soql::{field_parts, one_of, quoted, value_parts};
use super::spec::CHANGED;
use super::types::{Row, text_of};
use super::{api, convert, converted, ids};

/// More records than this for one key is no match anybody can use.
const MOST: usize = 10;
/// Phone numbers in one query: each is looked for in every way it may be written.
const PHONES: usize = 20;
/// Digits that must be there to look for a number at all.
const FEWEST_DIGITS: usize = 6;

/// Has a second number of a person.
const MOBILE: &str = "MobilePhone";

pub(super) async fn read(
    call: &Call<'_>,
    object: &ObjectSpec,
    ids: &[RecordId],
    fields: &[String],
) -> Result<Vec<Option<RemoteRecord>>, Failure> {
    let wanted = wanted(object, fields);
    let list = unique(ids.iter().map(RecordId::as_str));
    let rows = rows_where(call, object.name, &wanted, "Id", &list).await?;
    let found: HashMap<String, RemoteRecord> = rows
        .iter()
        .filter_map(|row| convert::remote(call, object.name, row, fields))
        .map(|record| (record.id.as_str().to_owned(), record))
        .collect();
    Ok(ids.iter().map(|id| found.get(&ids::whole(id.as_str())).cloned()).collect())
}

/// What is asked of every record beside its id.
fn wanted<'a>(object: &ObjectSpec, fields: &'a [String]) -> Vec<&'a str> {
    fields.iter().map(String::as_str).chain([CHANGED]).chain(converted::pointers(object.name)).collect()
}

/// The records whose `column` has one of `values`, with the fields the account has of those that are wanted.
pub(super) async fn rows_where(
    call: &Call<'_>,
    object: &str,
    wanted: &[&str],
    column: &str,
    values: &[&str],
) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for values in value_parts(values) {
        let always: Vec<&str> = unique(["Id", column].into_iter());
        let part = selected(call, object, &always, wanted, |fields| {
            format!("SELECT {fields} FROM {object} WHERE {}", one_of(column, values))
        });
        rows.extend(part.await?);
    }
    Ok(rows)
}

/// Runs one query for each part of the fields that fits into an address, and joins what they say of a record. Fields the account does
/// not have, or hides from this person, are left out.
async fn selected(
    call: &Call<'_>,
    object: &str,
    always: &[&str],
    wanted: &[&str],
    query: impl Fn(&str) -> String,
) -> Result<Vec<Row>, Failure> {
    let mut rows: Vec<Row> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (number, mut part) in field_parts(always, wanted).into_iter().enumerate() {
        let found = loop {
            match api::rows(call.http, &query(&part.join(","))).await {
                Err(failure) => part = without(&part, always, &failure).ok_or(failure)?,
                Ok(found) => break found,
            }
        };
        tracing::debug!(object, part = number, rows = found.len(), "read by query");
        for row in found {
            let Some(id) = text_of(&row, "Id") else { continue };
            match places.get(&id) {
                Some(place) => rows[*place].extend(row),
                // What is only in a later part was made in between; it lacks fields.
                None if number > 0 => {}
                None => {
                    places.insert(id, rows.len());
                    rows.push(row);
                }
            }
        }
    }
    Ok(rows)
}

/// The fields without the ones a query was refused for; `None` if it was refused for something else.
pub(super) fn without<'f>(fields: &[&'f str], always: &[&str], failure: &Failure) -> Option<Vec<&'f str>> {
    let FailureKind::Invalid { fields: faults } = &failure.kind else { return None };
    let unknown: Vec<&str> = faults
        .iter()
        .filter(|fault| fault.problem == FieldProblem::UnknownField)
        .map(|fault| fault.field.as_str())
        .collect();
    let is = |list: &[&str], name: &str| list.iter().any(|other| other.eq_ignore_ascii_case(name));
    let left: Vec<&str> =
        fields.iter().copied().filter(|name| is(always, name) || !is(&unknown, name)).collect();
    (left.len() < fields.len()).then_some(left)
}

pub(super) async fn find(
    call: &Call<'_>,
    object: &ObjectSpec,
    keys: &[Match],
    fields: &[String],
) -> Result<Vec<Found>, Failure> {
    let mut answers: Vec<Found> = keys.iter().map(|_| Vec::new()).collect();
    for name in unique(keys.iter().map(|key| key.field.as_str())) {
        let asked: Vec<(usize, &str)> = keys
            .iter()
            .enumerate()
            .filter(|(_, key)| key.field == name && !key.value.trim().is_empty())
            .map(|(at, key)| (at, key.value.trim()))
            .collect();
        if asked.is_empty() {
            continue;
        }
        if object.phone_field.is_some_and(|phone| phone.eq_ignore_ascii_case(name)) {
            by_phone(call, object, name, &asked, fields, &mut answers).await?;
        } else {
            by_value(call, object, name, &asked, fields, &mut answers).await?;
        }
    }
    Ok(answers)
}

async fn by_value(
    call: &Call<'_>,
    object: &ObjectSpec,
    name: &str,
    asked: &[(usize, &str)],
    fields: &[String],
    answers: &mut [Found],
) -> Result<(), Failure> {
    let wanted = wanted(object, fields);
    let values = unique(asked.iter().map(|(_, value)| *value));
    let rows = rows_where(call, object.name, &wanted, name, &values).await?;
    for (at, value) in asked {
        // Salesforce compares without case, but ids.
        let same = |row: &&Row| match text_of(row, name) {
            Some(held) if name.eq_ignore_ascii_case("id") => ids::same(&held, value),
            Some(held) => held.trim().to_lowercase() == value.to_lowercase(),
            None => false,
        };
        let matching = rows.iter().filter(same).take(MOST);
        answers[*at] = matching.filter_map(|row| convert::remote(call, object.name, row, fields)).collect();
    }
    Ok(())
}

/// Numbers are free text: everything that has the digits in their order is looked at, and judged by its digits here.
async fn by_phone(
    call: &Call<'_>,
    object: &ObjectSpec,
    name: &str,
    asked: &[(usize, &str)],
    fields: &[String],
    answers: &mut [Found],
) -> Result<(), Failure> {
    let asked: Vec<(usize, &str, String)> =
        asked.iter().filter_map(|(at, value)| Some((*at, *value, pattern(value)?))).collect();
    let person = matches!(object.name, "Lead" | "Contact");
    let mut columns: Vec<&str> = if person { vec![name, MOBILE] } else { vec![name] };
    for asked in asked.chunks(PHONES) {
        let rows = loop {
            let is_like = |pattern: &str| {
                let one = |column: &&str| format!("{column} LIKE {}", quoted(pattern));
                columns.iter().map(one).collect::<Vec<_>>().join(" OR ")
            };
            let conditions: Vec<String> = asked.iter().map(|(.., pattern)| is_like(pattern)).collect();
            let conditions = conditions.join(" OR ");
            let mut wanted = wanted(object, fields);
            wanted.extend(&columns);
            let always = ["Id", name];
            let found = selected(call, object.name, &always, &wanted, |fields| {
                format!("SELECT {fields} FROM {} WHERE {conditions}", object.name)
            });
            match found.await {
                Err(failure) => columns = without(&columns, &[name], &failure).ok_or(failure)?,
                Ok(rows) => break rows,
            }
        };
        for (at, value, _) in asked {
            let held = |row: &&Row| {
                columns.iter().any(|column| text_of(row, column).is_some_and(|text| same_phone(&text, value)))
            };
            let matching = rows.iter().filter(held).take(MOST);
            answers[*at] =
                matching.filter_map(|row| convert::remote(call, object.name, row, fields)).collect();
        }
    }
    Ok(())
}

/// The digits that every way of writing the number has, with room for anything between them.
fn pattern(value: &str) -> Option<String> {
    let digits = national(value).unwrap_or_else(|| digits(value).trim_start_matches('0').to_owned());
    let spread: String = digits.chars().flat_map(|digit| ['%', digit]).collect();
    (digits.len() >= FEWEST_DIGITS).then(|| format!("{spread}%"))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The number as it is written inside its country, where `value` says the country.
fn national(value: &str) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(value, None).ok()?;
    Some(number.get_national_significant_number())
}

/// Whether a number as somebody typed it can be `value`: all digits are equal, or it is written without the country code.
fn same_phone(typed: &str, value: &str) -> bool {
    let (typed_digits, digits) = (digits(typed), digits(value));
    let abroad = typed.trim_start().starts_with('+') || typed_digits.starts_with("00");
    // "+44 (0)20 …" has a digit nobody dials from abroad.
    let plain = PHONE_NUMBER_UTIL.parse(typed, None).ok().zip(PHONE_NUMBER_UTIL.parse(value, None).ok());
    let equal = plain.is_some_and(|(one, other)| {
        one.country_code == other.country_code
            && one.get_national_significant_number() == other.get_national_significant_number()
    });
    equal
        || typed_digits.trim_start_matches('0') == digits.trim_start_matches('0')
        || (!abroad
            && national(value).is_some_and(|national| typed_digits.trim_start_matches('0') == national))
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}
