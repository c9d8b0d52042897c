//! Fields as lines of text: `name | label | kind | group | options | flags`.
//!
//! Kinds: `text long email phone url number money bool date moment choice many owner`. Options are
//! `value=Label, value=Label` (a value without label is its own label). Flags: `ro` read-only, `calc` calculated,
//! `hidden`, `unique`, `custom`, `radio`, `forward`.

use jiff::civil;
use leadferry_model::{FieldKind, FieldOption};

use crate::core::{Field, Origin, Record};

/// Reads a table. Our own tables are checked by the tests that open the account.
pub(super) fn fields(lines: &str) -> Vec<Field> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(field).collect()
}

fn field(line: &str) -> Field {
    let mut columns = line.split('|').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    let (name, label, kind, group, options, flags) = (next(), next(), next(), next(), next(), next());
    let mut field = Field::new(name, label, kind_of(kind));
    field.group = group.to_owned();
    field.options = options.split(',').map(str::trim).filter(|one| !one.is_empty()).map(option).collect();
    for flag in flags.split_whitespace() {
        match flag {
            "ro" => field.read_only = true,
            "calc" => {
                field.read_only = true;
                field.form = "calculation_equation".to_owned();
            }
            "hidden" => field.hidden = true,
            "unique" => field.unique = true,
            "custom" => {
                field.custom = true;
                field.created_at =
                    civil::date(2026, 1, 5).to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp());
            }
            "radio" => field.form = "radio".to_owned(),
            "forward" => field.forward_only = true,
            _ => unreachable!("BUG: the flag {flag} of {name} is not one of this table's"),
        }
    }
    field
}

fn kind_of(word: &str) -> FieldKind {
    match word {
        "text" => FieldKind::Text,
        "long" => FieldKind::LongText,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "url" => FieldKind::Url,
        "number" => FieldKind::Number,
        "money" => FieldKind::Money,
        "bool" => FieldKind::Bool,
        "date" => FieldKind::Date,
        "moment" => FieldKind::DateTime,
        "choice" => FieldKind::Choice,
        "many" => FieldKind::MultiChoice,
        "owner" => FieldKind::Owner,
        _ => unreachable!("BUG: {word} is not a kind of this table"),
    }
}

fn option(text: &str) -> FieldOption {
    let (value, label) = text.split_once('=').unwrap_or((text, text));
    FieldOption { value: value.to_owned(), label: label.to_owned(), hidden: false }
}

/// A field whose value the vendor makes.
pub(super) fn made(name: &str, label: &str, kind: FieldKind, origin: Origin) -> Field {
    Field { origin, read_only: true, group: "system".to_owned(), ..Field::new(name, label, kind) }
}

/// The fields every object has: id, time of creation, time of the last change (whose name differs by object).
pub(super) fn system(created: &str, changed: &str) -> Vec<Field> {
    vec![
        made("hs_object_id", "Record ID", FieldKind::Number, Origin::Number),
        made(created, "Create Date", FieldKind::DateTime, Origin::CreatedAt),
        made(changed, "Last Modified Date", FieldKind::DateTime, Origin::ChangedAt),
        made("hs_object_source", "Record source", FieldKind::Text, Origin::Computed(source)),
        made("hs_object_source_label", "Record source label", FieldKind::Text, Origin::Computed(source)),
    ]
}

#[expect(clippy::unnecessary_wraps, reason = "the shape every computed field has")]
fn source(_: &Record) -> Option<String> {
    Some("INTEGRATION".to_owned())
}

/// Puts fields into a group that have none.
pub(super) fn grouped(group: &str, fields: Vec<Field>) -> Vec<Field> {
    let fill = |mut field: Field| {
        if matches!(field.group.as_str(), "" | "system") {
            group.clone_into(&mut field.group);
        }
        field
    };
    fields.into_iter().map(fill).collect()
}
