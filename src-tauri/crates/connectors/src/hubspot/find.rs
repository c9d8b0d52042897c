//! Reads records by id and finds them by key. Keys that HubSpot keeps unique are read from the live data; only the others, such
//! as a phone number, are searched for in the index, which lags behind.

use leadferry_connector::{Call, Found, Match, ObjectSpec, RemoteRecord};
use leadferry_model::{Failure, RecordId};
use rlibphonenumber::PHONE_NUMBER_UTIL;
use serde_json::{Value, json};

use super::spec::BATCH;
use super::types::Object;
use super::{api, convert};

/// More records than this for one key is no match anybody can use.
const MOST: usize = 10;

/// HubSpot's own reading of phone numbers, without the country code.
/// <https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm>
const PHONE_DIGITS: &str = "hs_searchable_calculated_phone_number";

pub(super) async fn read(
    call: &Call<'_>,
    object: &ObjectSpec,
    ids: &[RecordId],
    fields: &[String],
) -> Result<Vec<Option<RemoteRecord>>, Failure> {
    let properties = with(fields, object.changed_field);
    let mut found = Vec::new();
    for ids in ids.chunks(BATCH) {
        let ids: Vec<&str> = unique(ids.iter().map(RecordId::as_str));
        found.extend(api::read(call.http, object.name, None, &ids, &properties).await?);
    }
    // A merged record answers under the id of the one that is left: the old id is gone, as far as writing is concerned.
    let remote = |id: &RecordId| {
        let found = found.iter().find(|record| record.id == id.as_str())?;
        Some(convert::remote(found.clone(), object.name, object.changed_field, fields, call.settings))
    };
    Ok(ids.iter().map(remote).collect())
}

pub(super) async fn find(
    call: &Call<'_>,
    object: &ObjectSpec,
    keys: &[Match],
    fields: &[String],
) -> Result<Vec<Found>, Failure> {
    let mut answers: Vec<Found> = keys.iter().map(|_| Vec::new()).collect();
    let mut names: Vec<&str> = unique(keys.iter().map(|key| key.field.as_str()));
    names.sort_unstable();
    for name in names {
        let asked: Vec<(usize, &str)> = keys
            .iter()
            .enumerate()
            .filter(|(_, key)| key.field == name && !key.value.trim().is_empty())
            .map(|(at, key)| (at, key.value.trim()))
            .collect();
        if name == "hs_object_id"
            || object.email_field == Some(name)
            || call.settings.lead_id_field(object) == Some(name)
        {
            by_unique(call, object, name, &asked, fields, &mut answers).await?;
        } else {
            for (at, value) in asked {
                answers[at] = by_search(call, object, name, value, fields).await?;
            }
        }
    }
    Ok(answers)
}

async fn by_unique(
    call: &Call<'_>,
    object: &ObjectSpec,
    name: &str,
    asked: &[(usize, &str)],
    fields: &[String],
    answers: &mut [Found],
) -> Result<(), Failure> {
    let email = object.email_field == Some(name);
    let id_property = (name != "hs_object_id").then_some(name);
    let mut properties = with(fields, object.changed_field.into_iter().chain([name]));
    if email {
        properties.push("hs_additional_emails");
    }
    for asked in asked.chunks(BATCH) {
        let lowered: Vec<String> = asked
            .iter()
            .map(|(_, value)| if email { value.to_lowercase() } else { (*value).to_owned() })
            .collect();
        let values = unique(lowered.iter().map(String::as_str));
        let found = api::read(call.http, object.name, id_property, &values, &properties).await?;
        for ((at, _), value) in asked.iter().zip(&lowered) {
            let matching = found.iter().filter(|record| is_key(record, name, value));
            answers[*at] = matching
                .map(|record| {
                    convert::remote(record.clone(), object.name, object.changed_field, fields, call.settings)
                })
                .collect();
        }
    }
    Ok(())
}

/// Whether `value` (an e-mail in small letters) is this record's key.
pub(super) fn is_key(record: &Object, name: &str, value: &str) -> bool {
    let same = |text: &str| text.trim().eq_ignore_ascii_case(value) || text.to_lowercase() == value;
    match name {
        "hs_object_id" => record.id == value,
        // A contact answers to its further addresses as well.
        "email" => {
            record.text(name).is_some_and(|text| same(&text))
                || record.text("hs_additional_emails").is_some_and(|list| list.split(';').any(same))
        }
        _ => record.text(name).as_deref() == Some(value),
    }
}

async fn by_search(
    call: &Call<'_>,
    object: &ObjectSpec,
    name: &str,
    value: &str,
    fields: &[String],
) -> Result<Found, Failure> {
    let equal = |name: &str, value: &str| json!({ "filters": [{ "propertyName": name, "operator": "EQ", "value": value }] });
    let phone = object.phone_field == Some(name);
    let mut groups: Vec<Value> = vec![equal(name, value)];
    let mut properties = with(fields, object.changed_field.into_iter().chain([name]));
    if phone && object.name == "contacts" {
        groups.push(equal("mobilephone", value));
        groups.extend(national(value).map(|digits| equal(PHONE_DIGITS, &digits)));
        properties.push("mobilephone");
    }
    let query = json!({
        "filterGroups": groups,
        "sorts": [{ "propertyName": "hs_object_id", "direction": "ASCENDING" }],
        "properties": properties,
        "limit": MOST,
    });
    let found = api::search(call.http, object.name, &query).await?.body.results;
    Ok(found
        .into_iter()
        // The national digits may belong to a person in another country.
        .filter(|record| {
            !phone
                || [name, "mobilephone"]
                    .iter()
                    .any(|name| record.text(name).is_some_and(|text| same_phone(&text, value)))
        })
        .map(|record| convert::remote(record, object.name, object.changed_field, fields, call.settings))
        .collect())
}

/// The number as it is written inside its country, where `value` says the country.
fn national(value: &str) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(value, None).ok()?;
    Some(number.get_national_significant_number())
}

/// Whether a number as somebody typed it can be `value`: all digits are equal, or it is written without the country code.
fn same_phone(typed: &str, value: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (typed_digits, digits) = (digits(typed), digits(value));
    let abroad = typed.trim_start().starts_with('+') || typed_digits.starts_with("00");
    typed_digits.trim_start_matches('0') == digits.trim_start_matches('0')
        || (!abroad
            && national(value).is_some_and(|national| typed_digits.trim_start_matches('0') == national))
}

fn with<'a>(fields: &'a [String], more: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    unique(fields.iter().map(String::as_str).chain(more))
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = std::collections::HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}
