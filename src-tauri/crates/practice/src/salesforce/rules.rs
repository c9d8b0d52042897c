//! The org's rules about what a record says: references, owners, stages, permissions.

use serde_json::Value;

use super::account;
use super::errors::Trouble;
use super::facts::Facts;
use super::look::{self, Existence};
use super::setup_rows;
use super::sight::{self, table};
use super::state::state;
use crate::core::{Record, Values};
use crate::world::World;

/// Checks what `values` would make of a record.
pub(super) fn check(
    world: &World,
    object: &str,
    values: &Values,
    present: Option<&Record>,
) -> Result<(), Trouble> {
    references(world, object, values)?;
    let after = |name: &str| {
        let given = values.get(name).map(String::as_str);
        given.or_else(|| present.and_then(|record| record.stored(name))).filter(|value| !value.is_empty())
    };
    match object {
        "Task" | "Event" => activity(&after),
        "ContentNote" => content(values),
        "FieldPermissions" => field_permissions(world, values, &after, present),
        "PermissionSetAssignment" => assignment_is_new(world, &after),
        _ => Ok(()),
    }
}

fn references(world: &World, object: &str, values: &Values) -> Result<(), Trouble> {
    let table = table(world, object)?;
    for (name, id) in values.iter().filter(|(_, value)| !value.is_empty()) {
        let Some(field) = table.field(name) else { continue };
        let facts = Facts::of(field);
        if facts.word != "reference" {
            continue;
        }
        let message = match look::exists(world, &facts.references, id) {
            Existence::Living => continue,
            Existence::Inactive => {
                let message = "operation performed with inactive user as owner of the record";
                return Err(Trouble::fields("INACTIVE_OWNER_OR_USER", message, [name.as_str()]));
            }
            Existence::Deleted => {
                return Err(Trouble::fields("ENTITY_IS_DELETED", "entity is deleted", [name.as_str()]));
            }
            Existence::OfAnotherKind => format!("{}: id value of incorrect type: {id}", field.label),
            Existence::Never => "invalid cross reference id".to_owned(),
        };
        let malformed = message.contains("incorrect type");
        let code = if malformed { "FIELD_INTEGRITY_EXCEPTION" } else { "INVALID_CROSS_REFERENCE_KEY" };
        return Err(Trouble::fields(code, message, [name.as_str()]));
    }
    Ok(())
}

// Unverified: that a lead's activity takes no other relation, and how it is refused.
fn activity<'a>(after: &impl Fn(&str) -> Option<&'a str>) -> Result<(), Trouble> {
    let about_a_lead = after("WhoId").is_some_and(|id| super::ids::object_of(id) == Some("Lead"));
    if about_a_lead && after("WhatId").is_some() {
        let message = "Related To ID: cannot be set when Name ID is a lead";
        return Err(Trouble::fields("FIELD_INTEGRITY_EXCEPTION", message, ["WhatId"]));
    }
    Ok(())
}

fn content(values: &Values) -> Result<(), Trouble> {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    match values.get("Content") {
        Some(text) if STANDARD.decode(text).is_err() => {
            Err(Trouble::not_a("base64Binary", &Value::from(text.clone())))
        }
        _ => Ok(()),
    }
}

fn field_permissions<'a>(
    world: &World,
    values: &Values,
    after: &impl Fn(&str) -> Option<&'a str>,
    present: Option<&Record>,
) -> Result<(), Trouble> {
    let bad = |label: &str, value: &str, name: &str| {
        let message = format!("{label}: bad value for restricted picklist field: {value}");
        Trouble::fields("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [name])
    };
    let object = after("SobjectType").unwrap_or_default();
    let table = world.crm.table(object).map_err(|_| bad("Sobject Type Name", object, "SobjectType"))?;
    let full = after("Field").unwrap_or_default();
    let name = full.split_once('.').filter(|(of, _)| *of == object).map(|(_, name)| name);
    let field = name.and_then(|name| table.field(name)).ok_or_else(|| bad("Field Name", full, "Field"))?;
    if !sight::is_permissionable(table, field, &Facts::of(field)) {
        let message = format!("Field permissions cannot be set for {full}");
        return Err(Trouble::fields("FIELD_INTEGRITY_EXCEPTION", message, ["Field"]));
    }
    if after("PermissionsEdit") == Some("true") && after("PermissionsRead") != Some("true") {
        let message = "Edit permission needs read permission";
        return Err(Trouble::fields("FIELD_INTEGRITY_EXCEPTION", message, ["PermissionsRead"]));
    }
    let twin = same_row(world, "FieldPermissions", &["ParentId", "Field"], |name| {
        values.get(name).map(String::as_str)
    });
    match twin {
        Some(id) if present.is_none() => Err(Trouble::taken("Field", &id)),
        _ => Ok(()),
    }
}

/// <https://github.com/amp-labs/connectors/tree/main/providers/salesforce/internal/crm/metadata>
fn assignment_is_new<'a>(world: &World, after: &impl Fn(&str) -> Option<&'a str>) -> Result<(), Trouble> {
    let names = ["PermissionSetId", "AssigneeId"];
    if same_row(world, "PermissionSetAssignment", &names, |name| after(name)).is_some() {
        let [set, user] = names.map(|name| after(name).unwrap_or_default());
        let message = format!("Duplicate PermissionSetAssignment. Assignee: {user}; Permission Set: {set}");
        return Err(Trouble::fields("DUPLICATE_VALUE", message, []));
    }
    Ok(())
}

/// The id of a row that has the same values in `names`.
fn same_row<'a>(
    world: &World,
    object: &str,
    names: &[&str],
    wanted: impl Fn(&str) -> Option<&'a str>,
) -> Option<String> {
    let table = state(world).setup.table(object).ok()?;
    let same = |record: &&std::sync::Arc<Record>| {
        names.iter().all(|name| wanted(name).is_some() && record.stored(name) == wanted(name))
    };
    table.records(0, false).find(same).map(|record| table.id_text(record))
}

/// An opportunity's chance and forecast follow its stage, unless they are given too.
pub(super) fn follow_stage(world: &World, object: &str, values: &mut Values) {
    let Some(stage) = values.get("StageName").filter(|_| object == "Opportunity") else { return };
    let Some(stage) = look::stages(world).find(|one| one.id == *stage) else { return };
    let chance = stage.probability.parse::<f64>().unwrap_or_default() * 100.0;
    let (category, name) = setup_rows::forecast(stage);
    values.insert("ForecastCategory".to_owned(), category.to_owned());
    values.entry("ForecastCategoryName".to_owned()).or_insert_with(|| name.to_owned());
    values.entry("Probability".to_owned()).or_insert_with(|| chance.to_string());
}

/// Gives a lead to whom the active assignment rule names, whatever owner was given.
// Unverified: that updates are assigned again only when the header asks for it.
pub(super) fn assign(world: &World, object: &str, values: &mut Values, runs: bool) {
    if runs && object == "Lead" && state(world).rules.assignment {
        values.insert("OwnerId".to_owned(), account::queue_id());
    }
}
