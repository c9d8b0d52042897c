//! What a record's link opens: its values on a plain page, as proof that it is there.

use std::fmt::Write;

use super::{look, records, sight};
use crate::call::Reply;
use crate::page::{escaped, page};
use crate::world::World;

pub(super) fn show(world: &World, object: &str, id: &str) -> Reply {
    let missing = || {
        let inside = "<p>It was deleted, or was never in this practice account.</p>";
        Reply::page(404, page("No such record", inside))
    };
    let Ok(record) = records::find(world, object, id) else { return missing() };
    let Ok(table) = sight::table(world, object) else { return missing() };
    let mut rows = String::new();
    for field in table.fields() {
        let Some(value) = look::value(world, table, &record, field) else { continue };
        // Writing to a string cannot fail.
        let _done = write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
            escaped(&field.label),
            escaped(&value)
        );
    }
    let inside = format!(
        "<p class=\"note\">A record of the practice account on this computer.</p><table>{rows}</table>"
    );
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    Reply::page(200, page(&format!("{} {id}", table.label()), &inside))
        .with_header("content-security-policy", policy)
        .with_header("x-content-type-options", "nosniff")
}
