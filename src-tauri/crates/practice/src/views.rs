//! What the inspection face shows.

use std::collections::BTreeMap;

use jiff::Timestamp;
use leadferry_model::{FieldKind, FieldOption};
use serde::Serialize;

use crate::core::{Crm, Field, Record, Table};

/// A record with all its values, computed ones too.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordView {
    /// Its id in the API.
    pub id: String,
    /// Values by field; absent ones are left out.
    pub values: BTreeMap<String, String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When it was put in the bin, if it is there.
    pub archived_at: Option<Timestamp>,
}

impl RecordView {
    pub(crate) fn new(table: &Table, record: &Record) -> Self {
        let mut values: BTreeMap<String, String> =
            record.values.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
        for field in table.fields().filter(|field| field.is_computed()) {
            values.extend(record.value(field).map(|value| (field.name.to_string(), value)));
        }
        Self {
            id: table.id_text(record),
            values,
            created_at: record.created_at,
            changed_at: record.changed_at,
            archived_at: record.archived_at,
        }
    }
}

/// A field of the account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldView {
    /// The name the API uses.
    pub name: String,
    /// The name people see.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The vendor's group.
    pub group: String,
    /// Allowed values of a choice.
    pub options: Vec<FieldOption>,
    /// Whether values are unique.
    pub unique: bool,
    /// Whether the API may not write it.
    pub read_only: bool,
    /// Made by the account, not by the vendor.
    pub custom: bool,
}

impl FieldView {
    pub(crate) fn new(field: &Field) -> Self {
        Self {
            name: field.name.to_string(),
            label: field.label.clone(),
            kind: field.kind,
            group: field.group.clone(),
            options: field.options.clone(),
            unique: field.unique,
            read_only: field.read_only || field.is_computed(),
            custom: field.custom,
        }
    }
}

/// The written content of an account without ids and times, sorted, so that two runs can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// The written values of every live record, by object.
    pub objects: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    /// Every link, as the two records' own words.
    pub links: Vec<String>,
}

impl Snapshot {
    pub(crate) fn of(crm: &Crm) -> Self {
        let mut objects = BTreeMap::new();
        let mut links = Vec::new();
        let named = |object: &str, number: u64| {
            let table = crm.table(object).ok()?;
            table.record(number).map(|record| format!("{object} {:?}", written(table, record)))
        };
        for table in crm.tables() {
            let mut rows: Vec<BTreeMap<String, String>> =
                table.records(0, false).map(|one| written(table, one)).collect();
            rows.sort();
            objects.insert(table.object().to_owned(), rows);
            for record in table.records(0, false) {
                let from = || format!("{} {:?}", table.object(), written(table, record));
                let ends = references(table, record)
                    .filter_map(|(field, object, number)| Some((field, named(object, number)?)));
                links.extend(ends.map(|(field, to)| format!("{} - {to} {field}", from())));
            }
        }
        links.extend(crm.links.all().filter_map(|(from, to, kinds)| {
            let mut ends = [named(&from.0, from.1)?, named(&to.0, to.1)?];
            ends.sort();
            Some(format!("{} - {} {kinds:?}", ends[0], ends[1]))
        }));
        links.sort();
        Self { objects, links }
    }
}

/// The values that say something by themselves: an id is the vendor's affair, and a reference is told as a link.
fn written(table: &Table, record: &Record) -> BTreeMap<String, String> {
    let tells =
        |name: &str| table.field(name).is_none_or(|field| field.refers_to.is_none() && !field.is_computed());
    let own = record.values.iter().filter(|(name, _)| tells(name));
    own.map(|(name, value)| (name.to_string(), value.clone())).collect()
}

/// What a record refers to: by which field, of which object, to which number.
fn references<'a>(
    table: &'a Table,
    record: &'a Record,
) -> impl Iterator<Item = (&'a str, &'a str, u64)> + use<'a> {
    table.fields().flat_map(|field| {
        let object = field.refers_to.as_deref();
        let numbers = object.and_then(|_| record.stored(&field.name)).unwrap_or_default().split(';');
        numbers.filter_map(move |number| Some((&*field.name, object?, number.parse().ok()?)))
    })
}
