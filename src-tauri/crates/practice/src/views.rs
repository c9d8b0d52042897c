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
            id: record.number.to_string(),
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
        for table in crm.tables() {
            let mut rows: Vec<BTreeMap<String, String>> =
                table.records(0, false).map(|one| written(one)).collect();
            rows.sort();
            objects.insert(table.object().to_owned(), rows);
        }
        let named = |object: &str, number: u64| {
            let record = crm.table(object).ok().and_then(|table| table.record(number));
            record.map(|record| format!("{object} {:?}", written(record)))
        };
        let mut links: Vec<String> = crm
            .links
            .all()
            .filter_map(|(from, to, kinds)| {
                let mut ends = [named(&from.0, from.1)?, named(&to.0, to.1)?];
                ends.sort();
                Some(format!("{} - {} {kinds:?}", ends[0], ends[1]))
            })
            .collect();
        links.sort();
        Self { objects, links }
    }
}

fn written(record: &Record) -> BTreeMap<String, String> {
    record.values.iter().map(|(name, value)| (name.to_string(), value.clone())).collect()
}
