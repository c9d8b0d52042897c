//! Fields as lines of text: `name | label | data type | length | section | options | flags`.
//!
//! Data types are Zoho's own words; a lookup names its module (`lookup:Accounts`), or `lookup:?` where the record itself
//! says which module it hangs on. Options are `value, value`. Flags: `req` a record needs it, `ro` read-only, `key` records
//! are found by it though they may share it, `unique`, `custom`, `hidden`.

use jiff::civil;
use leadferry_model::FieldOption;

use super::super::fields;
use crate::core::{Field, Origin, Record};

/// Reads a table. Our own tables are checked by the tests that open the account.
pub(super) fn fields(lines: &str) -> Vec<Field> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(field).collect()
}

fn field(line: &str) -> Field {
    let mut columns = line.split('|').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    let (name, label, data_type, length, section, options, flags) =
        (next(), next(), next(), next(), next(), next(), next());
    let Some(kind) = fields::kind_of(data_type) else {
        unreachable!("BUG: {data_type} of {name} is not a data type of this table")
    };
    let mut field = Field::new(name, label, kind);
    field.form = data_type.to_owned();
    field.group = section.to_owned();
    field.max_length = length.parse().ok();
    field.options = options.split(',').map(str::trim).filter(|one| !one.is_empty()).map(option).collect();
    // Deals by their contact, notes by their parent: whatever hangs on a record is found by it.
    field.indexed = data_type.starts_with("lookup:");
    for flag in flags.split_whitespace() {
        match flag {
            "req" => field.required = true,
            "ro" => field.read_only = true,
            "key" => field.indexed = true,
            "unique" => field.unique = true,
            "hidden" => field.hidden = true,
            "custom" => {
                field.custom = true;
                field.created_at =
                    civil::date(2026, 1, 5).to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp());
            }
            _ => unreachable!("BUG: the flag {flag} of {name} is not one of this table's"),
        }
    }
    field
}

fn option(text: &str) -> FieldOption {
    FieldOption { value: text.to_owned(), label: text.to_owned(), hidden: false }
}

/// A field whose value the vendor makes.
pub(super) fn made(name: &str, label: &str, data_type: &str, origin: Origin) -> Field {
    let kind = fields::kind_of(data_type).expect("BUG: made fields have a known data type");
    Field {
        origin,
        read_only: true,
        form: data_type.to_owned(),
        max_length: None,
        ..Field::new(name, label, kind)
    }
}

/// The fields every module has.
pub(super) fn system(section: &str) -> Vec<Field> {
    let mut all = vec![
        made("id", "Record Id", "bigint", Origin::Number),
        made("Created_Time", "Created Time", "datetime", Origin::CreatedAt),
        made("Modified_Time", "Modified Time", "datetime", Origin::ChangedAt),
        made("Record_Status__s", "Record Status", "picklist", Origin::Computed(status)),
    ];
    all.extend(fields(
        "
        Owner | Owner | ownerlookup | 120
        Created_By | Created By | ownerlookup | 120 | | | ro
        Modified_By | Modified By | ownerlookup | 120 | | | ro
        Tag | Tag | tags | 2000
        Locked__s | Locked | boolean | | | | ro
        ",
    ));
    for field in &mut all {
        section.clone_into(&mut field.group);
    }
    all
}

fn status(record: &Record) -> Option<String> {
    Some(if record.is_archived() { "Trash" } else { "Available" }.to_owned())
}

/// First and last name, as Zoho joins them.
pub(super) fn full_name(record: &Record) -> Option<String> {
    let names: Vec<&str> =
        ["First_Name", "Last_Name"].iter().filter_map(|name| record.stored(name)).collect();
    (!names.is_empty()).then(|| names.join(" "))
}
