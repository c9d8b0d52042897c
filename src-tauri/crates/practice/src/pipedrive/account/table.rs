//! Fields as lines of text: `code | name | type | options | flags`.
//!
//! Types are Pipedrive's own words. Options are `id=Label, id=Label`. Flags: `ro` read-only, `optional` only in an answer when
//! asked for, `required`, `custom`, and `to:object` for a reference.

use leadferry_model::FieldOption;

use super::super::field_types::kind_of;
use super::super::fields::REQUIRED;
use crate::core::{Field, Origin, Table};

/// Reads a table. Our own tables are checked by the tests that open the account.
fn fields(lines: &str) -> impl Iterator<Item = Field> + use<'_> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(field)
}

fn field(line: &str) -> Field {
    let mut columns = line.split('|').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    let (code, name, form, options, flags) = (next(), next(), next(), next(), next());
    let mut field = Field { form: form.to_owned(), ..Field::new(code, name, kind_of(form)) };
    field.options = options.split(',').map(str::trim).filter(|one| !one.is_empty()).map(option).collect();
    for flag in flags.split_whitespace() {
        match flag.split_once(':') {
            Some(("to", object)) => field.refers_to = Some(object.into()),
            _ => match flag {
                "ro" => field.read_only = true,
                "optional" => (field.read_only, field.hidden) = (true, true),
                "required" => REQUIRED.clone_into(&mut field.group),
                "custom" => field.custom = true,
                _ => unreachable!("BUG: the flag {flag} of {code} is not one of this table's"),
            },
        }
    }
    field
}

fn option(text: &str) -> FieldOption {
    let (value, label) = text.split_once('=').unwrap_or((text, text));
    FieldOption { value: value.to_owned(), label: label.to_owned(), hidden: false }
}

/// An object with these fields and the ones every object has: id, time of creation, time of the last change.
pub(super) fn table(object: &str, label: &str, lines: &str) -> Table {
    let made = |name: &str, label: &str, form: &str, origin: Origin| Field {
        origin,
        read_only: true,
        form: form.to_owned(),
        ..Field::new(name, label, kind_of(form))
    };
    let system = [
        made("id", "ID", "int", Origin::Number),
        made("add_time", "Created", "date", Origin::CreatedAt),
        made("update_time", "Update time", "date", Origin::ChangedAt),
    ];
    Table::new(object, label, system.into_iter().chain(fields(lines)))
}
