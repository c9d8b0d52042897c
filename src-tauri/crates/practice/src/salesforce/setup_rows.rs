//! Rows of objects that have no records of their own here: made from what the account really has, so that a twin's owners
//! and stages, and fields made a moment ago, are among them.

use std::sync::Arc;

use super::account;
use super::look::{self, made_row};
use super::state::state;
use super::{facts::Facts, ids};
use crate::core::Record;
use crate::world::World;

/// Every row of one of [`account::MADE`].
pub(super) fn of(world: &World, object: &str) -> Vec<Arc<Record>> {
    match object {
        "User" => users(world),
        "Group" => vec![made_row(
            1,
            &[
                ("Id", account::queue_id()),
                ("Name", "Marina desk".to_owned()),
                ("DeveloperName", "Marina_desk".to_owned()),
                ("Type", "Queue".to_owned()),
            ],
        )],
        "AssignmentRule" => vec![made_row(
            1,
            &[
                ("Id", account::rule_id()),
                ("Name", "New leads".to_owned()),
                ("SobjectType", "Lead".to_owned()),
                ("Active", state(world).rules.assignment.to_string()),
            ],
        )],
        "OpportunityStage" => stages(world),
        "LeadStatus" => statuses(world, "Lead", "IsConverted", account::CONVERTED),
        "TaskStatus" => statuses(world, "Task", "IsClosed", account::DONE),
        "Organization" => vec![made_row(
            1,
            &[
                ("Id", account::org_id()),
                ("Name", account::NAME.to_owned()),
                ("OrganizationType", "Enterprise Edition".to_owned()),
                ("InstanceName", "PR1".to_owned()),
                ("IsSandbox", "false".to_owned()),
                ("DefaultLocaleSidKey", "en_GB".to_owned()),
                ("TimeZoneSidKey", "Europe/London".to_owned()),
            ],
        )],
        "CustomField" => custom_fields(world),
        _ => Vec::new(),
    }
}

fn users(world: &World) -> Vec<Arc<Record>> {
    let user = |(number, owner): (u64, &crate::core::Owner)| {
        made_row(
            number,
            &[
                ("Id", owner.id.clone()),
                ("Username", format!("{}.practice", owner.email)),
                ("LastName", owner.last_name.clone()),
                ("FirstName", owner.first_name.clone()),
                ("Name", format!("{} {}", owner.first_name, owner.last_name)),
                ("Email", owner.email.clone()),
                ("Alias", owner.first_name.to_lowercase().chars().take(8).collect()),
                ("IsActive", (!owner.archived).to_string()),
                ("UserType", "Standard".to_owned()),
                ("TimeZoneSidKey", "Europe/London".to_owned()),
                ("LocaleSidKey", "en_GB".to_owned()),
            ],
        )
    };
    (1..).zip(&world.crm.owners).map(user).collect()
}

fn stages(world: &World) -> Vec<Arc<Record>> {
    let stage = |(number, stage): (u64, &crate::core::Stage)| {
        let chance = stage.probability.parse::<f64>().unwrap_or_default() * 100.0;
        let (category, name) = forecast(stage);
        made_row(
            number,
            &[
                ("MasterLabel", stage.label.clone()),
                ("ApiName", stage.id.clone()),
                ("IsActive", "true".to_owned()),
                ("SortOrder", number.to_string()),
                ("IsClosed", stage.closed.to_string()),
                ("IsWon", look::is_won(stage).to_string()),
                ("ForecastCategory", category.to_owned()),
                ("ForecastCategoryName", name.to_owned()),
                ("DefaultProbability", chance.to_string()),
            ],
        )
    };
    (1..).zip(look::stages(world)).map(stage).collect()
}

/// The forecast category of a stage, by name and by label.
pub(super) fn forecast(stage: &crate::core::Stage) -> (&'static str, &'static str) {
    let chance = stage.probability.parse::<f64>().unwrap_or_default();
    match (stage.closed, chance) {
        (true, chance) if chance > 0.5 => ("Closed", "Closed"),
        (true, _) => ("Omitted", "Omitted"),
        (false, chance) if chance >= 0.9 => ("Forecast", "Commit"),
        (false, chance) if chance >= 0.7 => ("BestCase", "Best Case"),
        (false, _) => ("Pipeline", "Pipeline"),
    }
}

fn statuses(world: &World, object: &str, flag: &'static str, flagged: &str) -> Vec<Arc<Record>> {
    let field = world.crm.table(object).ok().and_then(|table| table.field("Status"));
    let Some(field) = field else { return Vec::new() };
    let default = Facts::of(field).default_value;
    let status = |(number, option): (u64, &leadferry_model::FieldOption)| {
        made_row(
            number,
            &[
                ("MasterLabel", option.label.clone()),
                ("ApiName", option.value.clone()),
                ("SortOrder", number.to_string()),
                ("IsDefault", (default.as_deref() == Some(&option.value)).to_string()),
                (flag, (option.value == flagged).to_string()),
            ],
        )
    };
    (1..).zip(&field.options).map(status).collect()
}

fn custom_fields(world: &World) -> Vec<Arc<Record>> {
    let all = world.crm.tables().flat_map(|table| {
        table.fields().filter(|field| field.custom).map(|field| (table.object(), &*field.name))
    });
    let field = |(number, (object, name)): (u64, (&str, &str))| {
        made_row(
            number,
            &[
                ("Id", ids::of_field(object, name)),
                ("DeveloperName", name.trim_end_matches("__c").to_owned()),
                ("TableEnumOrId", object.to_owned()),
            ],
        )
    };
    (1..).zip(all).map(field).collect()
}
