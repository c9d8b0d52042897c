//! Layouts and pipelines. <https://www.zoho.com/crm/developer/docs/api/v8/layouts-meta.html>,
//! <https://www.zoho.com/crm/developer/docs/api/v8/get-pipelines.html>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::field_calls::module_param;
use super::filler::Filler;
use super::modules::Module;
use super::{Answer, account, fields, ids, strict};
use crate::call::{Call, Reply};
use crate::core::{Field, Pipeline, Stage, Table};
use crate::world::World;

const LAYOUTS: Filler = Filler {
    yes: &["visible", "show_business_card"],
    no: &["has_more_profiles"],
    null: &["created_for", "created_time", "mode", "modified_time", "subform_properties"],
    empty_list: &[],
    empty_object: &[],
};
const FIELDS: Filler = Filler {
    yes: &[],
    no: &[],
    null: &["_delete", "default_value", "section_id", "validation_rule"],
    empty_list: &["static_values"],
    empty_object: &[],
};

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["module"]);
    let module = module_param(call)?;
    let table = world.crm.table(module.name).map_err(|_| Trouble::no_such_module())?;
    Ok(Reply::json(200, json!({"layouts": [shown(module, table)]})))
}

pub(super) fn get(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::only_params(world, call, &["module"]);
    let module = module_param(call)?;
    if id != ids::layout(module.name) {
        return Ok(Reply::empty(204));
    }
    let table = world.crm.table(module.name).map_err(|_| Trouble::no_such_module())?;
    Ok(Reply::json(200, json!({"layouts": [shown(module, table)]})))
}

fn shown(module: &Module, table: &Table) -> Value {
    let mut sections: Vec<&str> = Vec::new();
    for field in table.fields() {
        if !sections.contains(&field.group.as_str()) {
            sections.push(&field.group);
        }
    }
    let sections: Vec<Value> =
        sections.into_iter().enumerate().map(|(place, name)| section(module, table, place, name)).collect();
    let edit = json!({
        "edit": true, "rename": false, "clone": true, "downgrade": false, "delete": false, "deactivate": false,
        "set_layout_permissions": true,
    });
    let mut layout = json!({
        "id": ids::layout(module.name), "name": "Standard", "display_label": "Standard", "api_name": "Standard__s",
        "status": "active", "source": "default", "generated_type": "default", "display_type": 1,
        "profiles": account::profiles(), "created_by": made_by(), "modified_by": made_by(),
        "actions_allowed": edit, "sections": sections,
        "convert_mapping": if module.name == "Leads" { converts_into() } else { Value::Null },
    });
    LAYOUTS.fill(&mut layout);
    layout
}

/// The account's admin, who set it up.
fn made_by() -> Value {
    json!({"name": "Imogen Vale", "id": account::ADMIN.to_string()})
}

/// The layouts a lead's conversion leads to.
fn converts_into() -> Value {
    let layout = |module: &str| json!({"name": "Standard", "id": ids::layout(module)});
    let mut into =
        json!({"Contacts": layout("Contacts"), "Accounts": layout("Accounts"), "Deals": layout("Deals")});
    into["Deals"]["fields"] = ["Deal_Name", "Closing_Date", "Pipeline", "Stage"]
        .iter()
        .map(|name| {
            json!({
                "api_name": name, "field_label": name.replace('_', " "), "id": ids::field("Deals", name), "required": true,
            })
        })
        .collect();
    into["Invoices"] = Value::Null;
    into["SalesOrders"] = Value::Null;
    into
}

fn section(module: &Module, table: &Table, place: usize, name: &str) -> Value {
    // Fields of a real account may have no section.
    let label = if name.is_empty() { format!("{} Information", module.singular) } else { name.to_owned() };
    let field = |(place, field): (usize, &Field)| {
        let mut shown = fields::shown(module.name, field);
        // Needed by the layout or by the system: here both are told alike.
        shown["required"] = json!(field.required);
        shown["sequence_number"] = json!(place + 1);
        FIELDS.fill(&mut shown);
        shown
    };
    let fields: Vec<Value> =
        table.fields().filter(|field| field.group == name).enumerate().map(field).collect();
    json!({
        "id": ids::of(&format!("section {} {name}", module.name)), "name": label, "display_label": label,
        "api_name": label, "sequence_number": place + 1, "column_count": 2, "type": "used",
        "generated_type": "default", "tab_traversal": "1", "isSubformSection": false, "properties": null,
        "_delete": null, "fields": fields,
    })
}

/// The pipelines of a layout of deals.
pub(super) fn pipelines(world: &mut World, call: &Call, id: Option<&str>) -> Answer {
    strict::only_params(world, call, &["layout_id"]);
    let layout = call.param("layout_id").ok_or_else(|| {
        let message = "One of the expected parameter is missing";
        // Here the vendor calls the key `param`, elsewhere `param_name`.
        Trouble::new(400, "REQUIRED_PARAM_MISSING", message).with("param", json!("layout_id"))
    })?;
    if layout != ids::layout("Deals") {
        return Err(Trouble::invalid_param("layout_id"));
    }
    let all = world.crm.pipelines.get("Deals").map_or(&[][..], Vec::as_slice);
    let shown: Vec<Value> = all
        .iter()
        .enumerate()
        .filter(|(_, pipeline)| id.is_none_or(|id| id == pipeline_id(pipeline)))
        .map(|(place, pipeline)| pipeline_shown(place, pipeline))
        .collect();
    if shown.is_empty() {
        return Ok(Reply::empty(204));
    }
    Ok(Reply::json(200, json!({"pipeline": shown})))
}

fn pipeline_id(pipeline: &Pipeline) -> String {
    ids::of(&format!("pipeline {}", pipeline.id))
}

fn pipeline_shown(place: usize, pipeline: &Pipeline) -> Value {
    let stages: Vec<Value> = pipeline
        .stages
        .iter()
        .enumerate()
        .map(|(place, stage)| {
            let (kind, category) = forecast(stage);
            json!({
                "id": ids::of(&format!("stage {} {}", pipeline.id, stage.id)), "display_value": stage.label,
                "actual_value": stage.id, "sequence_number": place + 1, "forecast_type": kind, "colour_code": null,
                "forecast_category": {"name": category, "id": ids::of(&format!("category {category}"))},
            })
        })
        .collect();
    json!({
        "id": pipeline_id(pipeline), "display_value": pipeline.label, "actual_value": pipeline.id,
        "default": place == 0, "child_available": false, "maps": stages,
    })
}

/// How a stage counts in a forecast: its type and category. Pipelines of a real account say only how likely a stage is won.
fn forecast(stage: &Stage) -> (&'static str, &'static str) {
    let lost = stage.probability.trim().parse::<f64>().is_ok_and(|likely| likely == 0.0);
    match (stage.closed, lost) {
        (true, true) => ("Closed Lost", "Omitted"),
        (true, false) => ("Closed Won", "Closed"),
        (false, _) => ("Open", "Pipeline"),
    }
}
