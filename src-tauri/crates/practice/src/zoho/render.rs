//! Records as the API shows them.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::modules::{self, MODULES, Module};
use super::values::SE_MODULE;
use super::{account, fields, ids, records, tags, times};
use crate::core::{Field, Owner, Record, moment_text};
use crate::world::World;

/// Which fields an answer carries.
#[derive(Clone, Copy, Debug)]
pub(super) enum Show<'a> {
    /// All of them, and what Zoho says about the record in keys that begin with a dollar.
    All,
    /// These and the id. Names that are no fields are left out silently.
    Asked(&'a [String]),
}

/// The user behind an id; records made by nobody in particular are the admin's.
fn user<'w>(world: &'w World, id: Option<&str>) -> Option<&'w Owner> {
    let admin = account::ADMIN.to_string();
    let wanted = id.unwrap_or(&admin);
    world.crm.owners.iter().find(|owner| owner.id == wanted)
}

fn full_name(owner: &Owner) -> String {
    format!("{} {}", owner.first_name, owner.last_name).trim().to_owned()
}

/// A user with name, id and address.
pub(super) fn person(world: &World, id: Option<&str>) -> Value {
    match user(world, id) {
        Some(owner) => json!({"name": full_name(owner), "id": owner.id, "email": owner.email}),
        // The owners of a twin are the real account's; the practice admin is none of them.
        None => json!({"name": "", "id": id}),
    }
}

/// A user with name and id, as answers to writes name people.
pub(super) fn name_and_id(world: &World, id: Option<&str>) -> Value {
    match user(world, id) {
        Some(owner) => json!({"name": full_name(owner), "id": owner.id}),
        None => json!({"name": "", "id": id}),
    }
}

/// What a record is called.
pub(super) fn title(world: &World, module: &Module, record: &Record) -> String {
    let field = world.crm.table(module.name).ok().and_then(|table| table.field(module.named_by));
    field.and_then(|field| record.value(field)).unwrap_or_default()
}

/// The value of a field as the core would keep it, written or made.
pub(super) fn value(world: &World, module: &Module, record: &Record, field: &Field) -> Option<String> {
    match &*field.name {
        "Last_Activity_Time" => Some(moment_text(last_activity(world, module, record))),
        "Converted__s" => Some(records::is_converted(record).to_string()),
        "Created_By" | "Modified_By" => {
            let stored = record.stored(&field.name).map(str::to_owned);
            Some(stored.unwrap_or_else(|| account::ADMIN.to_string()))
        }
        _ => record.value(field),
    }
}

/// The latest change of a record or of what hangs on it. Notes and tasks move this time, not the record's own.
fn last_activity(world: &World, module: &Module, record: &Record) -> Timestamp {
    let mut latest = record.changed_at;
    if module.has_activities() {
        for other in MODULES.iter().filter(|other| other.is_activity() || other.name == "Notes") {
            for one in hanging_on(world, module, record.number, other) {
                latest = latest.max(one.changed_at);
            }
        }
    }
    latest
}

/// The live records of `other` that hang on a record, oldest first.
pub(super) fn hanging_on(world: &World, module: &Module, number: u64, other: &Module) -> Vec<Arc<Record>> {
    let Ok(table) = world.crm.table(other.name) else { return Vec::new() };
    let mut found = Vec::new();
    for by in other.hangs_by {
        let Some(target) = table.field(by).and_then(fields::lookup_target) else { continue };
        for number in table.sharers(by, &number.to_string()) {
            let Some(record) = table.record(number) else { continue };
            let leads_here = if target == "?" {
                record.stored(SE_MODULE) == Some(module.name)
            } else {
                target == module.name
            };
            if leads_here {
                found.push(record.clone());
            }
        }
    }
    found.sort_by_key(|record| record.number);
    found.dedup_by_key(|record| record.number);
    found
}

/// A value in Zoho's notation.
pub(super) fn field_value(world: &World, module: &Module, record: &Record, field: &Field) -> Value {
    let stored = value(world, module, record, field);
    if field.form == "tags" {
        return tags::shown(module.name, stored.as_deref());
    }
    let data_type = fields::data_type(field);
    let Some(text) = stored else {
        return match data_type {
            "boolean" => json!(false),
            // Unverified: how a choice of none is shown.
            "multiselectpicklist" => json!([]),
            _ => Value::Null,
        };
    };
    match data_type {
        "integer" => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
        "double" | "currency" | "percent" => {
            text.parse::<f64>().map_or_else(|_| json!(text), |number| json!(number))
        }
        "boolean" => json!(text == "true"),
        "datetime" => text.parse().map_or_else(|_| json!(text), |at: Timestamp| json!(times::shown(at))),
        "multiselectpicklist" => text.split(';').filter(|one| !one.is_empty()).collect(),
        "ownerlookup" => person(world, Some(&text)),
        "lookup" => lookup(world, record, field, &text),
        _ => json!(text),
    }
}

fn lookup(world: &World, record: &Record, field: &Field, id: &str) -> Value {
    let target = match fields::lookup_target(field) {
        Some("?") => record.stored(SE_MODULE),
        target => target,
    };
    let module = target.and_then(|name| modules::find(name).ok());
    // A record in the bin still has its name.
    let found = module.and_then(|module| {
        let table = world.crm.table(module.name).ok()?;
        Some((module, table.record(ids::number(id)?)?))
    });
    let name = found.map_or_else(String::new, |(module, record)| title(world, module, record));
    let mut shown = json!({"name": name, "id": id});
    if &*field.name == "Parent_Id"
        && let Some(module) = module
    {
        shown["module"] = modules::minified(module.name);
    }
    shown
}

/// A record.
pub(super) fn record(world: &World, module: &Module, record: &Record, show: Show<'_>) -> Value {
    let mut shown = Map::new();
    let Ok(table) = world.crm.table(module.name) else { return Value::Null };
    let mut put = |field: &Field| {
        let value = match &*field.name {
            "id" => json!(record.number.to_string()),
            _ => field_value(world, module, record, field),
        };
        shown.insert(field.name.to_string(), value);
    };
    match show {
        Show::All => table.fields().for_each(&mut put),
        Show::Asked(names) => names.iter().filter_map(|name| table.field(name)).for_each(&mut put),
    }
    shown.insert("id".to_owned(), json!(record.number.to_string()));
    let about = about(module, record);
    match show {
        Show::All => shown.extend(about),
        Show::Asked(names) => {
            shown.extend(about.into_iter().filter(|(key, _)| names.contains(key)));
        }
    }
    Value::Object(shown)
}

/// What Zoho says about a record beside its fields. Recorded, but for the details of a conversion.
// Unverified: the keys of `$converted_detail`, and that an answer with asked fields has only the asked ones of these.
fn about(module: &Module, record: &Record) -> Map<String, Value> {
    let mut about = json!({
        "$approval": {"delegate": false, "takeover": false, "approve": false, "reject": false, "resubmit": false},
        "$approval_state": "approved", "$approved": true, "$currency_symbol": "£", "$editable": true,
        "$in_merge": false, "$locked_for_me": false, "$orchestration": false, "$process_flow": false,
        "$review": null, "$state": "save", "$field_states": null,
        "$review_process": {"approve": false, "reject": false, "resubmit": false},
        "$layout_id": {"display_label": "Standard", "name": "Standard", "id": ids::layout(module.name)},
    });
    if module.name == "Leads" {
        let converted = records::is_converted(record);
        about["$zia_owner_assignment"] = json!("owner_recommendation_unavailable");
        about["$converted"] = json!(converted);
        about["$converted_detail"] = if converted { converted_detail(record) } else { json!({}) };
    }
    if let Some(related) = record.stored(SE_MODULE) {
        about[SE_MODULE] = json!(related);
    }
    match about {
        Value::Object(about) => about,
        _ => Map::new(),
    }
}

fn converted_detail(lead: &Record) -> Value {
    let at = lead.stored("Converted_Date_Time").and_then(|text| text.parse::<Timestamp>().ok());
    json!({
        "convert_date": at.map(|at| times::shown(at)[..10].to_owned()),
        "contact": lead.stored("Converted_Contact"), "account": lead.stored("Converted_Account"),
        "deal": lead.stored("Converted_Deal"), "converted_by": lead.stored("Modified_By"),
    })
}
