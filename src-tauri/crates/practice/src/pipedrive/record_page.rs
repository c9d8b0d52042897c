//! What a record's link opens: its values on a plain page, as proof that it is there.

use super::{leads, records};
use crate::call::Reply;
use crate::core::Field;
use crate::page;
use crate::world::World;

pub(super) fn show(world: &World, kind: &str, id: &str) -> Reply {
    let (object, record) = match kind {
        "leads" => ("leads", leads::live(world, id)),
        "organization" => ("organizations", records::live(world, "organizations", id)),
        "deal" => ("deals", records::live(world, "deals", id)),
        _ => ("persons", records::live(world, "persons", id)),
    };
    let (Ok(record), Ok(table)) = (record, world.crm.table(object)) else { return page::no_record() };
    let shown = |field: &Field| Some((field.label.clone(), record.value(field)?));
    let values: Vec<(String, String)> = table.fields().filter_map(shown).collect();
    page::record(&format!("{} {id}", table.label()), &values)
}
