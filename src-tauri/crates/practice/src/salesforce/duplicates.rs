//! Duplicate rules: a record with the e-mail address of another is held back, on create and on update.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::gate::Visit;
use super::look::find_by;
use super::render;
use super::state::{DuplicateRule, state};
use crate::core::{Record, Values};
use crate::world::World;

/// Refuses what an active rule takes for a duplicate.
pub(super) fn check(
    world: &World,
    visit: &Visit,
    object: &str,
    values: &Values,
    present: Option<&Record>,
) -> Result<(), Trouble> {
    let Some(rule) = state(world).rules.duplicates.get(object).copied() else { return Ok(()) };
    if rule.alert_only && visit.save_duplicates {
        return Ok(());
    }
    // Recorded: rules look at updates too, whatever field is changed.
    let email =
        values.get("Email").map(String::as_str).or_else(|| present.and_then(|one| one.stored("Email")));
    let Some(email) = email.filter(|email| !email.is_empty()) else { return Ok(()) };
    let others: &[&str] = if rule.across { &["Contact", "Lead"] } else { &[] };
    let objects = [object].into_iter().chain(others.iter().copied().filter(|other| *other != object));
    let results: Vec<Value> =
        objects.filter_map(|other| matches(world, visit, object, other, email, present)).collect();
    if results.is_empty() { Ok(()) } else { Err(refusal(rule, object, results)) }
}

fn matches(
    world: &World,
    visit: &Visit,
    object: &str,
    other: &str,
    email: &str,
    present: Option<&Record>,
) -> Option<Value> {
    let table = world.crm.table(other).ok()?;
    let itself = |number: &u64| object == other && present.is_some_and(|record| record.number == *number);
    let found: Vec<Value> = find_by(world, other, "Email", email)
        .into_iter()
        .filter(|number| !itself(number))
        .filter_map(|number| table.record(number))
        .map(|record| {
            let id = table.id_text(record);
            json!({
                "additionalInformation": [], "fieldDiffs": [], "matchConfidence": 100.0,
                "record": {"attributes": render::attributes(visit, other, &id), "Id": id},
            })
        })
        .collect();
    (!found.is_empty()).then(|| {
        json!({
            "entityType": other, "errors": [], "matchEngine": "ExactMatchEngine", "matchRecords": found,
            "rule": format!("Same_Email_{other}"), "size": found.len(), "success": true,
        })
    })
}

/// Rows of collections and bulk jobs leave the details out; errors of single calls carry them.
fn refusal(rule: DuplicateRule, object: &str, results: Vec<Value>) -> Trouble {
    let message =
        if rule.alert_only { "Use one of these records?" } else { "You're creating a duplicate record." };
    let details = json!({
        "allowSave": rule.alert_only, "duplicateRule": format!("{object}s_with_one_email"),
        "duplicateRuleEntityType": object, "errorMessage": message, "matchResults": results,
    });
    // Recorded in v50 and v51: the key lacks a letter. Unverified: since when it is spelled right.
    let key = if rule.misspelt { "duplicateResut" } else { "duplicateResult" };
    Trouble::fields("DUPLICATES_DETECTED", message, []).with(key, details)
}
