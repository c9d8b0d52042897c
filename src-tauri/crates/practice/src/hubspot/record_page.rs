//! What a record's link opens: its values on a plain page, as proof that it is there.

use super::paths;
use crate::call::Reply;
use crate::page;
use crate::world::World;

pub(super) fn show(world: &World, kind: &str, id: &str) -> Reply {
    let Ok(object) = paths::object(world, kind) else { return page::no_record() };
    let Ok(record) = super::objects::find(world, &object, id, None) else { return page::no_record() };
    let Ok(table) = world.crm.table(&object) else { return page::no_record() };
    let shown = |field: &crate::core::Field| Some((field.label.clone(), record.value(field)?));
    let values: Vec<(String, String)> = table.fields().filter_map(shown).collect();
    page::record(&format!("{} {id}", table.label()), &values)
}
