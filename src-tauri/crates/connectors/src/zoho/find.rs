//! Reads records by id and finds them by key, both in the live data: Zoho's search has an index that lags behind, also gives records
//! that only look alike, and needs a right of its own.
//!
//! COQL leaves converted leads out, so a person who was converted and comes again is a new lead, as in Zoho's own forms.
//! Unverified: that no organisation is set up otherwise; observed, but not documented.

use std::collections::{HashMap, HashSet};

use leadferry_connector::lenient::one;
use leadferry_connector::{Call, Found, Match, ObjectSpec, RemoteRecord};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, RecordId};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::spec::BATCH;
use super::types::Record;
use super::{api, convert, coql};

/// More records than this for one key is no match anybody can use.
const MOST: usize = 10;
/// Most fields of one read. <https://www.zoho.com/crm/developer/docs/api/v8/get-records.html>
const MOST_FIELDS: usize = 50;
/// Phone numbers in one question: each is asked for in several spellings.
const PHONES: usize = 8;
/// The second phone number of a person.
const MOBILE: &str = "Mobile";

pub(super) async fn read(
    call: &Call<'_>,
    object: &ObjectSpec,
    ids: &[RecordId],
    fields: &[String],
) -> Result<Vec<Option<RemoteRecord>>, Failure> {
    let names: Vec<&str> = unique(fields.iter().map(String::as_str).filter(|name| *name != "id"));
    let changed = object.changed_field;
    // The change time is asked for each time: the field list must not be empty.
    let room = MOST_FIELDS - usize::from(changed.is_some());
    let parts: Vec<Vec<&str>> = if names.is_empty() {
        vec![changed.into_iter().collect()]
    } else {
        names.chunks(room).map(|part| unique(part.iter().copied().chain(changed))).collect()
    };
    let mut found: HashMap<String, Record> = HashMap::new();
    let wanted: Vec<&str> = unique(ids.iter().map(RecordId::as_str));
    for ids in wanted.chunks(BATCH) {
        for part in &parts {
            for row in api::read(call.http, object.name, ids, part).await? {
                if let Some(id) = convert::id(&row) {
                    found.entry(id).or_default().extend(row);
                }
            }
        }
    }
    let asked: Vec<(&str, &str)> = names.iter().map(|name| (*name, *name)).collect();
    let remote = |id: &RecordId| convert::remote(found.get(id.as_str())?, object, &asked, call.settings);
    Ok(ids.iter().map(remote).collect())
}

pub(super) async fn find(
    call: &Call<'_>,
    object: &ObjectSpec,
    keys: &[Match],
    fields: &[String],
) -> Result<Vec<Found>, Failure> {
    let mut hits: Vec<Vec<Record>> = keys.iter().map(|_| Vec::new()).collect();
    let mut names: Vec<&str> = unique(keys.iter().map(|key| key.field.as_str()));
    names.sort_unstable();
    for name in names {
        let asked: Vec<(usize, &str)> = keys
            .iter()
            .enumerate()
            .filter(|(_, key)| key.field == name)
            .map(|(at, key)| (at, key.value.trim()))
            .filter(|(_, value)| !value.is_empty() && coql::is_literal(value))
            .collect();
        let phone = object.phone_field == Some(name);
        for asked in asked.chunks(if phone { PHONES } else { coql::VALUES }) {
            let rows = match phone {
                true => by_phone(call, object, name, asked).await?,
                false => by_value(call, object, name, asked).await?,
            };
            let column = there(call, object, name);
            for (at, value) in asked {
                let same =
                    |row: &&Record| if phone { has_phone(row, name, value) } else { has(row, column, value) };
                hits[*at] = rows.iter().filter(same).take(MOST).cloned().collect();
            }
        }
    }
    with_fields(call, object, hits, fields).await
}

/// A field's name as the account has it: the Lead ID field may have another one than the spec says.
pub(super) fn there<'a>(call: &'a Call<'_>, object: &'a ObjectSpec, name: &'a str) -> &'a str {
    match object.lead_id {
        Some(field) if field.name == name => call.settings.lead_id_field(object).unwrap_or(name),
        _ => name,
    }
}

async fn by_value(
    call: &Call<'_>,
    object: &ObjectSpec,
    name: &str,
    asked: &[(usize, &str)],
) -> Result<Vec<Record>, Failure> {
    let column = there(call, object, name);
    if !coql::is_column(column) {
        return Err(Failure::new(
            FailureKind::Unexpected,
            format!("{column} is no name of a Zoho CRM field"),
        ));
    }
    // Unverified: whether text is compared without regard to small and capital letters.
    let lowered: Vec<String> = asked.iter().map(|(_, value)| value.to_lowercase()).collect();
    let mut values: Vec<&str> = asked.iter().map(|(_, value)| *value).collect();
    if object.email_field == Some(name) {
        values.extend(lowered.iter().map(String::as_str));
    }
    let answer = rows(call, object, &[column], &coql::one_of(column, unique(values.into_iter()))).await;
    match answer {
        // Without the field, no record has a Lead ID.
        Err(failure) if name != column_of_lead_id(object) || !is_unknown(&failure, column) => Err(failure),
        Err(_) => Ok(Vec::new()),
        found => found,
    }
}

fn column_of_lead_id(object: &ObjectSpec) -> &str {
    object.lead_id.map_or("", |field| field.name)
}

async fn by_phone(
    call: &Call<'_>,
    object: &ObjectSpec,
    name: &str,
    asked: &[(usize, &str)],
) -> Result<Vec<Record>, Failure> {
    let spelled: Vec<String> = asked.iter().flat_map(|(_, value)| spellings(value)).collect();
    let in_column = |column: &str| coql::one_of(column, unique(spelled.iter().map(String::as_str)));
    if matches!(object.name, "Leads" | "Contacts") {
        let either = coql::any([in_column(name), in_column(MOBILE)]);
        match rows(call, object, &[name, MOBILE], &either).await {
            // An account can do without the field.
            Err(failure) if is_unknown(&failure, MOBILE) => {}
            found => return found,
        }
    }
    rows(call, object, &[name], &in_column(name)).await
}

/// All rows of a query; keys in small lists give few.
async fn rows(
    call: &Call<'_>,
    object: &ObjectSpec,
    columns: &[&str],
    criteria: &str,
) -> Result<Vec<Record>, Failure> {
    let columns: Vec<&str> =
        unique(["id"].into_iter().chain(columns.iter().copied()).chain(object.changed_field));
    let mut found = Vec::new();
    // Fifty keys with ten records each are the most anybody can use.
    while found.len() < coql::VALUES * MOST {
        let query = coql::select(&columns, object.name, criteria, "id asc", found.len());
        let Some(answer) = api::coql(call.http, &query).await? else { break };
        let page = answer.body;
        let full = page.info.more_records && !page.data.is_empty();
        found.extend(page.data);
        if !full {
            break;
        }
    }
    Ok(found)
}

/// Whether a query was refused because of this column.
pub(super) fn is_unknown(failure: &Failure, column: &str) -> bool {
    matches!(&failure.kind, FailureKind::Invalid { fields }
        if fields.iter().any(|fault| fault.problem == FieldProblem::UnknownField && fault.field == column))
}

/// Not every kind of field can be asked for in a query, and other records come without their names: what else is wanted is read.
async fn with_fields(
    call: &Call<'_>,
    object: &ObjectSpec,
    hits: Vec<Vec<Record>>,
    fields: &[String],
) -> Result<Vec<Found>, Failure> {
    if fields.is_empty() {
        let bare = |row: &Record| convert::remote(row, object, &[], call.settings);
        return Ok(hits.iter().map(|rows| rows.iter().filter_map(bare).collect()).collect());
    }
    let id = |row: &Record| convert::id(row).map(RecordId::new);
    let ids: Vec<RecordId> = hits.iter().flatten().filter_map(id).collect();
    if ids.is_empty() {
        return Ok(hits.iter().map(|_| Vec::new()).collect());
    }
    let read = read(call, object, &ids, fields).await?;
    let known: HashMap<RecordId, RemoteRecord> =
        read.into_iter().flatten().map(|record| (record.id.clone(), record)).collect();
    let whole = |row: &Record| known.get(&id(row)?).cloned();
    Ok(hits.iter().map(|rows| rows.iter().filter_map(whole).collect()).collect())
}

fn has(row: &Record, column: &str, value: &str) -> bool {
    let text = row.get(column).and_then(one);
    text.is_some_and(|text| text.trim().to_lowercase() == value.to_lowercase())
}

fn has_phone(row: &Record, name: &str, value: &str) -> bool {
    let same = |column: &str| row.get(column).and_then(one).is_some_and(|text| same_phone(&text, value));
    same(name) || same(MOBILE)
}

/// The ways people write a number. Zoho keeps what was typed and compares it letter by letter.
fn spellings(value: &str) -> Vec<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut all = vec![value.to_owned(), digits(value)];
    if let Ok(number) = PHONE_NUMBER_UTIL.parse(value, None) {
        for format in [PhoneNumberFormat::E164, PhoneNumberFormat::International, PhoneNumberFormat::National]
        {
            let written = PHONE_NUMBER_UTIL.format(&number, format).into_owned();
            if format == PhoneNumberFormat::National {
                all.push(digits(&written));
            }
            all.push(written);
        }
        all.push(number.get_national_significant_number());
    }
    let mut seen = HashSet::new();
    all.retain(|text| !text.is_empty() && coql::is_literal(text) && seen.insert(text.clone()));
    all
}

/// Whether a number as somebody typed it can be `value`: all digits are equal, or it is written without the country code.
fn same_phone(typed: &str, value: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (typed_digits, digits) = (digits(typed), digits(value));
    if typed_digits.trim_start_matches('0') == digits.trim_start_matches('0') {
        return true;
    }
    let abroad = typed.trim_start().starts_with('+') || typed_digits.starts_with("00");
    let national =
        PHONE_NUMBER_UTIL.parse(value, None).map(|number| number.get_national_significant_number());
    !abroad && national.is_ok_and(|national| typed_digits.trim_start_matches('0') == national)
}

pub(super) fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}
