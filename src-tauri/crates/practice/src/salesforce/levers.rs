//! What only the org's people do, at `POST /_practice/levers/{name}`:
//!
//! | name | body | what |
//! |---|---|---|
//! | `convert-lead` | `{id, opportunity?}` | converts a lead; `opportunity` names the deal, `null` makes none |
//! | `merge-leads` | `{winner, loser}` | the loser goes to the bin and names its winner |
//! | `duplicate-rule` | `{object, action: alert, block or off, across?, misspelt?}` | sets the rule by e-mail address |
//! | `assignment-rule` | `{active}` | whether new leads go to the queue |
//! | `api` | `{enabled}` | whether the edition has the API |
//! | `bulk` | `{enabled}` | whether the edition has Bulk API 2.0 |
//! | `job` | `{id, state: Failed or Aborted, after?, message?}` | ends a closed job after so many of its rows |
//! | `web-to-lead` | `{captcha}` | whether forms need a solved captcha |
//! | `app` | `{client_id, callbacks?, public_key?}` | addresses to return to, and the key (PEM) of its assertions |
//! | `user` | `{id, active}` | a user leaves or comes back |
//!
//! A reset undoes them all.

use serde_json::{Value, json};

use super::gate::Visit;
use super::state::{AppSettings, DuplicateRule, state_mut};
use super::{bulk, convert, ids, jwt};
use crate::world::World;

/// Pulls a lever.
pub(super) fn pull(world: &mut World, name: &str, given: &Value) -> Result<Value, String> {
    let text = |key: &str| given[key].as_str().map(str::to_owned).ok_or(format!("it needs {key}"));
    let yes = |key: &str| given[key].as_bool().ok_or(format!("it needs {key} as true or false"));
    match name {
        "convert-lead" => {
            let deal = match &given["opportunity"] {
                Value::String(name) => Some(name.clone()),
                _ => None,
            };
            convert::convert(world, &text("id")?, deal.as_deref())
        }
        "merge-leads" => merge(world, &text("winner")?, &text("loser")?),
        "duplicate-rule" => {
            let object = text("object")?;
            let rules = &mut state_mut(world).rules.duplicates;
            let alert_only = match text("action")?.as_str() {
                "alert" => true,
                "block" => false,
                "off" => {
                    rules.remove(&object);
                    return Ok(json!({}));
                }
                other => return Err(format!("{other} is no action; there are alert, block and off")),
            };
            let flag = |key: &str| given[key].as_bool().unwrap_or(false);
            let rule = DuplicateRule { alert_only, across: flag("across"), misspelt: flag("misspelt") };
            rules.insert(object, rule);
            Ok(json!({}))
        }
        "assignment-rule" => {
            state_mut(world).rules.assignment = yes("active")?;
            Ok(json!({}))
        }
        "api" => {
            state_mut(world).rules.api = yes("enabled")?;
            Ok(json!({}))
        }
        "bulk" => {
            state_mut(world).rules.bulk = yes("enabled")?;
            Ok(json!({}))
        }
        "job" => {
            let after = usize::try_from(given["after"].as_u64().unwrap_or_default()).unwrap_or(usize::MAX);
            let message = given["message"].as_str();
            bulk::cut_short(world, &text("id")?, &text("state")?, after, message)
        }
        "web-to-lead" => {
            state_mut(world).rules.captcha = yes("captcha")?;
            Ok(json!({}))
        }
        "app" => {
            let callbacks = given["callbacks"].as_array().into_iter().flatten();
            let callbacks = callbacks.filter_map(|one| one.as_str().map(str::to_owned)).collect();
            let key = match &given["public_key"] {
                Value::String(pem) => Some(jwt::key_of(pem).ok_or("the key is no RSA public key in PEM")?),
                _ => None,
            };
            state_mut(world).apps.insert(text("client_id")?, AppSettings { callbacks, key });
            Ok(json!({}))
        }
        "user" => {
            let (id, active) = (text("id")?, yes("active")?);
            let owner = world.crm.owners.iter_mut().find(|owner| owner.id == id);
            owner.ok_or(format!("there is no user {id}"))?.archived = !active;
            Ok(json!({}))
        }
        other => Err(format!("it has no lever called {other}")),
    }
}

fn merge(world: &mut World, winner: &str, loser: &str) -> Result<Value, String> {
    let now = Visit::of_the_org(world.now).now;
    let number = |id: &str| {
        let id = ids::long(id).ok_or(format!("{id} is no id"))?;
        let table = world.crm.table("Lead").map_err(|error| error.to_string())?;
        table.number_of(&id).ok_or(format!("there is no lead {id}"))
    };
    let (kept, gone) = (number(winner)?, number(loser)?);
    let master = [("MasterRecordId".to_owned(), ids::long(winner).unwrap_or_default())].into();
    let edited =
        world.crm.edit("Lead", gone, &master, now).and_then(|_| world.crm.archive("Lead", gone, now));
    edited.and_then(|()| world.crm.touch("Lead", kept, now)).map_err(|refusal| refusal.to_string())?;
    Ok(json!({}))
}
