//! The values of records as Salesforce knows them: computed ones too, and the rows of objects that have no records.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use leadferry_model::FieldKind;

use super::account::{self, user_id};
use super::gate::whole_seconds;
use super::state::{crm, state};
use super::{ids, setup_rows};
use crate::core::{Field, Record, RecordNumber, Table, moment_text};
use crate::world::World;

/// The value of a field, in the core's notation.
pub(super) fn value(world: &World, table: &Table, record: &Record, field: &Field) -> Option<String> {
    let object = table.object();
    match &*field.name {
        "CreatedById" => Some(user_id(created_by(world, object, record))),
        "LastModifiedById" => Some(user_id(changed_by(world, object, record))),
        "IsClosed" | "IsWon" if object == "Opportunity" => {
            let stage = stage(world, record.stored("StageName").unwrap_or_default());
            let holds = stage.is_some_and(|(closed, won)| if &*field.name == "IsWon" { won } else { closed });
            Some(holds.to_string())
        }
        "ExpectedRevenue" if object == "Opportunity" => {
            let number = |name: &str| record.stored(name)?.parse::<f64>().ok();
            let expected = number("Amount")? * number("Probability")? / 100.0;
            Some(((expected * 100.0).round() / 100.0).to_string())
        }
        _ => {
            let value = record.value(field);
            match field.kind {
                FieldKind::Bool => Some(value.unwrap_or_else(|| "false".to_owned())),
                FieldKind::DateTime => value.map(|text| in_whole_seconds(&text)),
                _ => value,
            }
        }
    }
}

fn in_whole_seconds(text: &str) -> String {
    let moment = text.parse::<Timestamp>().ok();
    moment.map_or_else(|| text.to_owned(), |moment| moment_text(whole_seconds(moment)))
}

/// Whether a stage is closed, and whether it is won.
pub(super) fn stage(world: &World, name: &str) -> Option<(bool, bool)> {
    let stage = stages(world).find(|stage| stage.id == name)?;
    Some((stage.closed, is_won(stage)))
}

/// Whether a stage means that the deal was won.
pub(super) fn is_won(stage: &crate::core::Stage) -> bool {
    stage.closed && stage.probability.parse::<f64>().is_ok_and(|chance| chance > 0.5)
}

/// The stages of opportunities, in order.
pub(super) fn stages(world: &World) -> impl Iterator<Item = &crate::core::Stage> {
    world.crm.pipelines.get("Opportunity").into_iter().flatten().flat_map(|pipeline| &pipeline.stages)
}

fn created_by(world: &World, object: &str, record: &Record) -> u64 {
    let authors = state(world).authors.get(&(object.to_owned(), record.number));
    authors.map_or(account::RUN_AS, |authors| authors.created)
}

/// A change that came past the API was made by a person.
fn changed_by(world: &World, object: &str, record: &Record) -> u64 {
    let authors = state(world).authors.get(&(object.to_owned(), record.number));
    match authors.map(|authors| authors.changed) {
        Some((user, at)) if at == record.changed_at => user,
        _ => account::RUN_AS,
    }
}

/// The record with this id, also from the bin.
pub(super) fn record(world: &World, object: &str, id: &str) -> Option<Arc<Record>> {
    if account::MADE.contains(&object) {
        return setup_rows::of(world, object).into_iter().find(|row| row.stored("Id") == Some(id));
    }
    let table = crm(world, object).table(object).ok()?;
    table.record(table.number_of(id)?).cloned()
}

/// Whether `id` names a living thing of one of `objects`.
pub(super) fn exists(world: &World, objects: &[String], id: &str) -> Existence {
    let Some(object) =
        ids::object_of(id).filter(|object| objects.is_empty() || objects.iter().any(|one| one == object))
    else {
        return Existence::OfAnotherKind;
    };
    if object == "User" {
        // Owners of a twin have ids of their own.
        return match world.crm.owners.iter().find(|owner| owner.id == id) {
            Some(owner) if owner.archived => Existence::Inactive,
            Some(_) => Existence::Living,
            None => Existence::Never,
        };
    }
    match record(world, object, id) {
        Some(found) if found.is_archived() => Existence::Deleted,
        Some(_) => Existence::Living,
        None => Existence::Never,
    }
}

/// What has become of something a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existence {
    /// It is there.
    Living,
    /// It is a user who has left.
    Inactive,
    /// It is in the bin.
    Deleted,
    /// It never was.
    Never,
    /// It is something else.
    OfAnotherKind,
}

/// Living records whose `field` has this value, without regard to case.
pub(super) fn find_by(world: &World, object: &str, field: &str, value: &str) -> Vec<RecordNumber> {
    let Ok(table) = crm(world, object).table(object) else { return Vec::new() };
    if table.field(field).is_some_and(|field| field.unique) {
        return table.holder(field, value).into_iter().collect();
    }
    let wanted = Field::unique_key(value);
    let fits =
        |record: &&Arc<Record>| record.stored(field).is_some_and(|value| Field::unique_key(value) == wanted);
    table.records(0, false).filter(fits).map(|record| record.number).collect()
}

/// Written values as the core keeps them, from pairs.
pub(super) fn made_row(number: u64, pairs: &[(&str, String)]) -> Arc<Record> {
    let values: BTreeMap<Arc<str>, String> =
        pairs.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
    let epoch = Timestamp::UNIX_EPOCH;
    Arc::new(Record { number, values, created_at: epoch, changed_at: epoch, archived_at: None })
}
