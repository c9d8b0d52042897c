//! What a record's link opens: its values on a plain page, as proof that it is there.

use std::fmt::Write;

use super::{paths, records, render};
use crate::call::Reply;
use crate::page::{escaped, page, still};
use crate::world::World;

pub(super) fn show(world: &World, tab: &str, id: &str) -> Reply {
    let missing = || {
        let inside = "<p>It was deleted, or was never in this practice account.</p>";
        still(Reply::page(404, page("No such record", inside)))
    };
    let Some(module) = paths::tab(tab) else { return missing() };
    let Some(record) = records::live(world, module, id) else { return missing() };
    let Ok(table) = world.crm.table(module.name) else { return missing() };
    let mut rows = String::new();
    for field in table.fields().filter(|field| &*field.name != "id") {
        let shown = match render::field_value(world, module, &record, field) {
            serde_json::Value::String(text) => text,
            serde_json::Value::Object(other) => {
                other.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned()
            }
            _ => render::value(world, module, &record, field).unwrap_or_default(),
        };
        if shown.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _done = write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
            escaped(&field.label),
            escaped(&shown)
        );
    }
    let inside = format!(
        "<p class=\"note\">A record of the practice account on this computer.</p><table>{rows}</table>"
    );
    let title = render::title(world, module, &record);
    still(Reply::page(200, page(&format!("{}: {title}", module.singular), &inside)))
}
