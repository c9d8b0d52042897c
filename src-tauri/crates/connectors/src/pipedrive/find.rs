//! Reads records by id and finds them by key. Every key is a search of its own; what a search finds is then read by id, all of it in
//! one call: the index may lag behind, and a near hit is no match.

use std::collections::HashSet;

use leadferry_connector::{Call, Found, Match, ObjectSpec, RemoteRecord};
use leadferry_model::{Failure, FailureKind, RecordId};
use rlibphonenumber::PHONE_NUMBER_UTIL;

use super::api::{self, Wanted};
use super::convert::{self, code, is_key};
use super::spec::IDS;
use super::types::Object;

pub(super) async fn read(
    call: &Call<'_>,
    object: &ObjectSpec,
    ids: &[RecordId],
    fields: &[String],
) -> Result<Vec<Option<RemoteRecord>>, Failure> {
    let wanted = convert::wanted(fields, call.settings, object);
    let asked: Vec<&str> = ids.iter().map(RecordId::as_str).collect();
    let found = by_ids(call, object, &asked, &wanted).await?;
    let remote = |id: &RecordId| {
        let record = found.iter().find(|record| record.id == id.as_str())?;
        Some(convert::remote(record.clone(), object, fields, call.settings))
    };
    Ok(ids.iter().map(remote).collect())
}

/// The records with these ids that are not deleted.
async fn by_ids(
    call: &Call<'_>,
    object: &ObjectSpec,
    ids: &[&str],
    wanted: &Wanted<'_>,
) -> Result<Vec<Object>, Failure> {
    let mut seen = HashSet::new();
    // An id that is none was never Pipedrive's, and would spoil the list for the others.
    let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let ids: Vec<&str> = ids.iter().copied().filter(is_id).filter(|id| seen.insert(*id)).collect();
    let mut found = Vec::new();
    if let [id] = ids.as_slice() {
        found.extend(api::one(call.http, object.name, id, wanted).await?);
    } else {
        for ids in ids.chunks(IDS) {
            found.extend(api::by_ids(call.http, object.name, ids, wanted).await?);
        }
        if object.name == "deals" {
            // Archived deals are in no list, yet they are there.
            let missing = ids.iter().filter(|id| !found.iter().any(|record| record.id == **id));
            let missing: Vec<&str> = missing.copied().collect();
            for id in missing {
                found.extend(api::one(call.http, object.name, id, wanted).await?);
            }
        }
    }
    found.retain(|record| !record.gone());
    Ok(found)
}

pub(super) async fn find(
    call: &Call<'_>,
    object: &ObjectSpec,
    keys: &[Match],
    fields: &[String],
) -> Result<Vec<Found>, Failure> {
    let mut hits: Vec<Vec<String>> = Vec::with_capacity(keys.len());
    for key in keys {
        hits.push(search(call, object, &key.field, key.value.trim()).await?);
    }
    let ids: Vec<&str> = hits.iter().flatten().map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(keys.iter().map(|_| Vec::new()).collect());
    }
    // The keys are compared with what the records hold, so the records have to bring them.
    let named: Vec<String> = keys.iter().map(|key| key.field.clone()).chain(fields.iter().cloned()).collect();
    let found = by_ids(call, object, &ids, &convert::wanted(&named, call.settings, object)).await?;
    let answer = |(key, hits): (&Match, &Vec<String>)| {
        found
            .iter()
            .filter(|record| hits.contains(&record.id))
            .filter(|record| holds(record, object, &key.field, key.value.trim(), call))
            .map(|record| convert::remote(record.clone(), object, fields, call.settings))
            .collect()
    };
    Ok(keys.iter().zip(&hits).map(answer).collect())
}

/// Ids a search gives for a key, or the key itself where it is an id.
async fn search(
    call: &Call<'_>,
    object: &ObjectSpec,
    name: &str,
    value: &str,
) -> Result<Vec<String>, Failure> {
    let code = code(name, call.settings, object);
    if value.is_empty() {
        return Ok(Vec::new());
    }
    let entity = object.name.trim_end_matches('s');
    let hits = match (object.name, code) {
        (_, "id") => return Ok(vec![value.to_owned()]),
        (_, key) if is_key(key) => api::search_field(call.http, entity, key, value).await?,
        // The Lead ID field was never made, so no record has one.
        (_, name) if object.lead_id.is_some_and(|field| field.name == name) => return Ok(Vec::new()),
        ("persons", "email" | "name") | ("organizations", "name") | ("deals", "title") => {
            api::search(call.http, object.name, code, value).await?
        }
        // Numbers are free text there.
        // Unverified: that an exact search compares digits; what it finds is compared again, what it misses the index knows.
        ("persons", "phone") => match digits(value) {
            term if term.is_empty() => return Ok(Vec::new()),
            term => api::search(call.http, object.name, code, &term).await?,
        },
        _ => {
            let words = format!("Pipedrive cannot search {} by {name}", object.name);
            return Err(Failure::new(FailureKind::Unexpected, words));
        }
    };
    Ok(hits.0)
}

/// Whether the record really has this key.
fn holds(record: &Object, object: &ObjectSpec, name: &str, value: &str, call: &Call<'_>) -> bool {
    let same = |text: &str| text.trim().to_lowercase() == value.to_lowercase();
    match code(name, call.settings, object) {
        "id" => record.id == value,
        "email" => record.contacts("emails").iter().any(|entry| same(&entry.value)),
        "phone" => record.contacts("phones").iter().any(|entry| same_phone(&entry.value, value)),
        // A Lead ID is exact.
        key if is_key(key) => {
            record.custom_fields.get(key).is_some_and(|found| convert::plain(found).to_string() == value)
        }
        own => record.rest.get(own).and_then(|found| found.as_str()).is_some_and(same),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a number as somebody typed it can be `value`: all digits are equal, or it is written without the country code.
fn same_phone(typed: &str, value: &str) -> bool {
    let typed_digits = digits(typed);
    let bare = typed_digits.trim_start_matches('0');
    let abroad = typed.trim_start().starts_with('+') || typed_digits.starts_with("00");
    let national = || Some(PHONE_NUMBER_UTIL.parse(value, None).ok()?.get_national_significant_number());
    bare == digits(value).trim_start_matches('0') || (!abroad && national().as_deref() == Some(bare))
}
