//! Fields as lines of text: `name | label | type | size | flags | options`.
//!
//! `type` is the word of a describe. `size` is the length of a text, or `digits.scale` of a number. Flags: `req` required
//! on create, `ro` read-only, `unique`, `custom`, `restricted` (a picklist that takes its options alone), and those of
//! [`super::super::facts`]. Options are `Value, Value`; a first one with `*` is the default.

use jiff::civil;
use leadferry_model::{FieldKind, FieldOption};

use super::super::{facts, ids};
use crate::core::{Field, Origin, Record, Table};

/// The flags that the core keeps itself.
const CORE_FLAGS: &[&str] = &["req", "ro", "unique", "custom", "restricted"];

/// An object from its lines, with the fields every object has.
pub(super) fn table(object: &str, label: &str, lines: &str) -> Table {
    let id = Field {
        unique: true,
        read_only: true,
        origin: Origin::Id(ids::writer(object)),
        form: "id||default lookup".to_owned(),
        ..Field::new("Id", &format!("{label} ID"), FieldKind::Text)
    };
    let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let required = lines.iter().filter(|line| flags(line).any(|flag| flag == "req"));
    let required = required.map(|line| vec![line.split('|').next().unwrap_or_default().trim().to_owned()]);
    let required = required.collect();
    let mut table = Table::new(object, label, [id].into_iter().chain(lines.into_iter().map(field)));
    table.one_of = required;
    table
}

/// The same with who made and changed it when, and whether it is in the bin.
pub(super) fn tracked(object: &str, label: &str, lines: &str) -> Table {
    let mut table = table(object, label, lines);
    let made = |name: &str, label: &str, word: &str, origin: Origin| Field {
        origin,
        read_only: true,
        form: format!("{word}||default"),
        ..Field::new(name, label, facts::kind_of(word).unwrap_or(FieldKind::Other))
    };
    let by = |name: &str, label: &str| Field {
        read_only: true,
        form: format!("reference||default >User={}", name.trim_end_matches("Id")),
        ..Field::new(name, label, FieldKind::Other)
    };
    for field in [
        made("CreatedDate", "Created Date", "datetime", Origin::CreatedAt),
        made("LastModifiedDate", "Last Modified Date", "datetime", Origin::ChangedAt),
        made("SystemModstamp", "System Modstamp", "datetime", Origin::ChangedAt),
        made("IsDeleted", "Deleted", "boolean", Origin::Computed(in_the_bin)),
        by("CreatedById", "Created By ID"),
        by("LastModifiedById", "Last Modified By ID"),
    ] {
        table.put_field(field);
    }
    table
}

#[expect(clippy::unnecessary_wraps, reason = "the shape every computed field has")]
fn in_the_bin(record: &Record) -> Option<String> {
    Some(record.is_archived().to_string())
}

fn flags(line: &str) -> impl Iterator<Item = &str> {
    line.split('|').nth(4).unwrap_or_default().split_whitespace()
}

fn field(line: &str) -> Field {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    let column = |at: usize| columns.get(at).copied().unwrap_or_default();
    let (name, label, word, size, options) = (column(0), column(1), column(2), column(3), column(5));
    let kind = facts::kind_of(word);
    let mut field =
        Field::new(name, label, kind.expect("BUG: our own tables name types that a describe knows"));
    let others: Vec<&str> = flags(line).filter(|flag| !CORE_FLAGS.contains(flag)).collect();
    let numeric = matches!(word, "int" | "double" | "currency" | "percent");
    let default = options.split(',').find_map(|one| one.trim().strip_prefix('*')).unwrap_or_default();
    field.form =
        format!("{word}|{}|{}|{}", if numeric { size } else { "" }, others.join(" "), default.trim());
    field.max_length = if numeric { None } else { size.parse().ok() };
    field.options = options.split(',').map(str::trim).filter(|one| !one.is_empty()).map(option).collect();
    field.open = !field.options.is_empty();
    for flag in flags(line) {
        match flag {
            "ro" => field.read_only = true,
            "unique" => field.unique = true,
            "restricted" => field.open = false,
            "custom" => {
                field.custom = true;
                field.created_at =
                    civil::date(2026, 1, 5).to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp());
            }
            _ => {}
        }
    }
    field
}

fn option(text: &str) -> FieldOption {
    let text = text.trim_start_matches('*').trim();
    FieldOption { value: text.to_owned(), label: text.to_owned(), hidden: false }
}

/// A field computed from the record.
pub(super) fn computed(
    name: &str,
    label: &str,
    form: &str,
    length: u32,
    compute: fn(&Record) -> Option<String>,
) -> Field {
    Field {
        read_only: true,
        origin: Origin::Computed(compute),
        form: form.to_owned(),
        max_length: Some(length),
        ..Field::new(name, label, FieldKind::Text)
    }
}

/// Given and family name as one.
pub(super) fn full_name(record: &Record) -> Option<String> {
    let parts = ["FirstName", "LastName"].map(|name| record.stored(name).unwrap_or_default());
    let whole = parts.join(" ").trim().to_owned();
    Some(whole).filter(|name| !name.is_empty())
}
