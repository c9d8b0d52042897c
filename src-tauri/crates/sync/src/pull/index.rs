//! The local index of a destination's match keys: saves a search for every lead where the destination has no upsert.

use std::collections::HashMap;

use leadferry_connector::{ObjectSpec, RemoteRecord};
use leadferry_mapping::{Hints, identity};
use leadferry_model::{ConnectionId, Record, RecordId};
use leadferry_store::{KeyKind, MatchKey, Reader, StoreError, Writer};

use crate::deliver::settle::Made;
use crate::settings::MatchBy;

impl From<MatchBy> for KeyKind {
    fn from(by: MatchBy) -> Self {
        match by {
            MatchBy::LeadId => Self::LeadId,
            MatchBy::Email => Self::Email,
            MatchBy::Phone => Self::Phone,
        }
    }
}

impl From<KeyKind> for MatchBy {
    fn from(kind: KeyKind) -> Self {
        match kind {
            KeyKind::LeadId => Self::LeadId,
            KeyKind::Email => Self::Email,
            KeyKind::Phone => Self::Phone,
        }
    }
}

/// The records of each key.
pub(crate) fn look_up(
    tx: &Reader<'_>,
    destination: &ConnectionId,
    object: &str,
    keys: Vec<(MatchBy, String)>,
) -> Result<HashMap<(MatchBy, String), Vec<RecordId>>, StoreError> {
    let wanted: Vec<MatchKey> =
        keys.into_iter().map(|(by, value)| MatchKey { kind: by.into(), value }).collect();
    let mut hits: HashMap<(MatchBy, String), Vec<RecordId>> = HashMap::new();
    for (key, record) in tx.find_matches(destination, object, &wanted)? {
        hits.entry((key.kind.into(), key.value)).or_default().push(record);
    }
    Ok(hits)
}

/// A record we made: known by the keys it was made with.
pub(crate) fn made(
    tx: &Writer<'_>,
    destination: &ConnectionId,
    object: &str,
    record: &RecordId,
    made: &Made,
) -> Result<(), StoreError> {
    let keys = [
        Some(key(KeyKind::LeadId, made.lead.as_str())),
        made.email.as_deref().map(|email| key(KeyKind::Email, email)),
        made.phone.as_deref().map(|phone| key(KeyKind::Phone, phone)),
    ];
    tx.replace_keys(destination, object, record, &keys.into_iter().flatten().collect::<Vec<_>>())
}

/// What a record of the change feed is known by; `lead_id` is the field of our Lead ID. A deleted one is known by nothing.
pub(crate) fn keys(
    object: &ObjectSpec,
    lead_id: Option<&str>,
    record: &RemoteRecord,
    region: Option<&str>,
) -> Vec<MatchKey> {
    if record.deleted {
        return Vec::new();
    }
    let mut keys = Vec::new();
    if let Some(lead) = lead_id.and_then(|field| record.fields.text(field)) {
        keys.push(key(KeyKind::LeadId, &lead));
    }
    // The same reading of addresses and numbers as for leads: else equal people would not be equal.
    let mut own = Record::new();
    let mut hints = Hints::default();
    for (field, names) in [(object.email_field, &mut hints.email), (object.phone_field, &mut hints.phone)] {
        if let Some((field, value)) = field.and_then(|field| Some((field, record.fields.get(field)?))) {
            own.set(field, value.clone());
            names.push(field.to_owned());
        }
    }
    let person = identity(&own, region, &hints);
    keys.extend(person.email.as_deref().map(|email| key(KeyKind::Email, email)));
    keys.extend(person.phone.as_deref().map(|phone| key(KeyKind::Phone, phone)));
    keys
}

fn key(kind: KeyKind, value: &str) -> MatchKey {
    MatchKey { kind, value: value.to_owned() }
}
