//! Reading, creating and changing fields. <https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html>,
//! <https://www.zoho.com/crm/developer/docs/api/v8/create-field.html>

use leadferry_model::{FieldKind, FieldOption};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::modules::{self, Module};
use super::{Answer, fields, ids, strict};
use crate::call::{Call, Reply};
use crate::core::{Field, Table};
use crate::world::World;

/// Five, says the vendor's page; its newer document says 25 in the request and 5 in the answer.
const MOST_NEW: usize = 5;
const LONGEST_LABEL: usize = 25;
// Unverified: two or three by edition.
const MOST_UNIQUE: usize = 2;

const KEYS: &[&str] = &[
    "field_label",
    "data_type",
    "length",
    "decimal_place",
    "unique",
    "tooltip",
    "pick_list_values",
    "profiles",
    "external",
    "crypt",
    "private",
    "textarea",
    "lookup",
    "formula",
    "rollup_summary",
    "auto_number",
    "currency",
    "number_separator",
    "hipaa_compliance_enabled",
    "pick_list_values_sorted_lexically",
    "enable_colour_code",
    "history_tracking",
    "id",
    "_update_existing_records",
];
/// The data types an account's own field may have here; what leads to other records is made by people alone.
const CREATABLE: &[&str] = &[
    "text",
    "textarea",
    "email",
    "phone",
    "website",
    "picklist",
    "multiselectpicklist",
    "boolean",
    "integer",
    "bigint",
    "double",
    "currency",
    "percent",
    "date",
    "datetime",
];

/// The module a settings call is about.
pub(super) fn module_param(call: &Call) -> Result<&'static Module, Trouble> {
    let name = call.param("module").ok_or_else(|| Trouble::missing_param("module"))?;
    modules::find(name)
        .map_err(|_| Trouble::new(400, "INVALID_MODULE", "the module name given seems to be invalid"))
}

fn table<'w>(world: &'w World, module: &Module) -> Result<&'w Table, Trouble> {
    world.crm.table(module.name).map_err(|_| Trouble::no_such_module())
}

fn name_of(world: &World, module: &Module, id: &str) -> Result<String, Trouble> {
    let found = table(world, module)?.fields().find(|field| ids::field(module.name, &field.name) == id);
    found.map(|field| field.name.to_string()).ok_or_else(|| {
        Trouble::new(400, "INVALID_DATA", "the id given seems to be invalid")
            .with("resource_path_index", json!(2))
    })
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["module", "type", "include"]);
    let module = module_param(call)?;
    if call.param("type") == Some("unused") {
        return Ok(Reply::empty(204));
    }
    let shown: Vec<Value> =
        table(world, module)?.fields().map(|field| fields::shown(module.name, field)).collect();
    Ok(Reply::json(200, json!({"fields": shown})))
}

/// One field, by its id.
pub(super) fn get(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::only_params(world, call, &["module", "include"]);
    let module = module_param(call)?;
    let name = name_of(world, module, id)?;
    let field = table(world, module)?.field(&name).map(|field| fields::shown(module.name, field));
    Ok(Reply::json(200, json!({"fields": [field]})))
}

pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &["module"]);
    let module = module_param(call)?;
    let body = strict::body(world, call, &["fields"])?;
    let rows = rows(&body)?;
    if rows.len() > MOST_NEW {
        return Err(Trouble::limit_exceeded("Field", MOST_NEW));
    }
    answer(world, &rows, 201, "field created", |world, place, row| {
        let field = read(world, module, row, place)?;
        let id = ids::field(module.name, &field.name);
        if let Some(table) = world.crm.table_mut(module.name) {
            table.put_field(field);
        }
        Ok(id)
    })
}

/// Changes one field: its label, tooltip and options.
pub(super) fn alter(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::only_params(world, call, &["module"]);
    let module = module_param(call)?;
    let name = name_of(world, module, id)?;
    let body = strict::body(world, call, &["fields"])?;
    let mut rows = rows(&body)?;
    rows.truncate(1);
    answer(world, &rows, 200, "field updated", |world, place, row| {
        let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
        let (label, help) = (text("field_label"), tooltip(row));
        let given = match row.get("pick_list_values") {
            Some(listed) => Some(options(listed, place)?),
            None => None,
        };
        let table = world.crm.table_mut(module.name).ok_or_else(Trouble::no_such_module)?;
        let altered = table.alter_field(&name, |field| {
            field.label = label.unwrap_or_else(|| field.label.clone());
            field.help = help.unwrap_or_else(|| field.help.clone());
            // What is not listed stays; options are only ever taken away by name.
            for option in given.into_iter().flatten() {
                if field.option_place(&option.value).is_none() {
                    field.options.push(option);
                }
            }
        });
        altered.map(|_| id.to_owned()).map_err(|_| Trouble::invalid())
    })
}

pub(super) fn delete(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::only_params(world, call, &["module"]);
    let module = module_param(call)?;
    let name = name_of(world, module, id)?;
    if !table(world, module)?.field(&name).is_some_and(|field| field.custom) {
        let trouble = Trouble::new(400, "NOT_ALLOWED", "the field cannot be deleted");
        return Err(trouble.with("resource_path_index", json!(2)));
    }
    answer(world, &[Value::Null], 200, "field deleted", |world, _, _| {
        let table = world.crm.table_mut(module.name).ok_or_else(Trouble::no_such_module)?;
        table.archive_field(&name).map(|()| id.to_owned()).map_err(|_| Trouble::invalid())
    })
}

fn rows(body: &Value) -> Result<Vec<Value>, Trouble> {
    let rows = body.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
    if rows.is_empty() { Err(Trouble::mandatory("fields", "$.fields".to_owned())) } else { Ok(rows) }
}

fn answer(
    world: &mut World,
    rows: &[Value],
    good: u16,
    message: &str,
    mut work: impl FnMut(&mut World, usize, &Value) -> Result<String, Trouble>,
) -> Answer {
    let (mut shown, mut failed) = (Vec::new(), 0);
    for (place, row) in rows.iter().enumerate() {
        strict::keys(world, row, KEYS, "fields[].");
        match work(world, place, row) {
            Ok(id) => shown.push(
                json!({"code": "SUCCESS", "status": "success", "message": message, "details": {"id": id}}),
            ),
            Err(trouble) => {
                failed += 1;
                shown.push(trouble.shown());
            }
        }
    }
    let status = if failed == 0 {
        good
    } else if failed < shown.len() {
        207
    } else {
        400
    };
    Ok(Reply::json(status, json!({"fields": shown})))
}

fn read(world: &World, module: &Module, row: &Value, place: usize) -> Result<Field, Trouble> {
    let path = |key: &str| format!("$.fields[{place}].{key}");
    let text = |key: &str| {
        let given = row.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        given.ok_or_else(|| Trouble::mandatory(key, path(key)))
    };
    let (label, data_type) = (text("field_label")?, text("data_type")?);
    if label.chars().count() > LONGEST_LABEL {
        let wrong = Trouble::invalid().with("maximum_length", json!(LONGEST_LABEL));
        return Err(wrong.at("field_label", path("field_label")));
    }
    let kind = fields::kind_of(data_type).filter(|_| CREATABLE.contains(&data_type));
    let kind = kind.ok_or_else(|| Trouble::invalid().at("data_type", path("data_type")))?;
    let table = table(world, module)?;
    let unique = row.get("unique").is_some_and(|unique| unique.get("case_sensitive").is_some());
    if unique {
        // Unverified: which data types can be unique; a long text or a choice cannot.
        let can = matches!(data_type, "text" | "email" | "phone" | "integer" | "bigint" | "website");
        if !can {
            return Err(Trouble::invalid().at("unique", path("unique")));
        }
        if table.fields().filter(|field| field.unique && field.custom).count() >= MOST_UNIQUE {
            let due = json!([{"api_name": "unique", "json_path": path("unique")}]);
            return Err(Trouble::limit_exceeded("Unique field", MOST_UNIQUE).with("limit_due_to", due));
        }
    }
    let length = match row.get("length").map(Value::as_u64) {
        None => None,
        Some(Some(length)) if (1..=longest(data_type)).contains(&length) => u32::try_from(length).ok(),
        Some(_) => {
            let wrong = Trouble::invalid().with("maximum_length", json!(longest(data_type)));
            return Err(wrong.at("length", path("length")));
        }
    };
    let choice = matches!(kind, FieldKind::Choice | FieldKind::MultiChoice);
    let options = match row.get("pick_list_values") {
        Some(listed) if choice => options(listed, place)?,
        None if choice => return Err(Trouble::mandatory("pick_list_values", path("pick_list_values"))),
        _ => Vec::new(),
    };
    Ok(Field {
        form: data_type.to_owned(),
        help: tooltip(row).unwrap_or_default(),
        options,
        unique,
        custom: true,
        max_length: length.or(usual_length(data_type)),
        created_at: Some(world.now),
        ..Field::new(&free_name(table, label), label, kind)
    })
}

/// The API's name for a label: everything that is no letter or digit becomes one underscore, and a number is added while
/// the name is taken.
fn free_name(table: &Table, label: &str) -> String {
    let mut name = String::new();
    for letter in label.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_').to_owned();
    // Unverified: the name of a label without a single Latin letter.
    let name = if name.is_empty() { "Field".to_owned() } else { name };
    let taken =
        |name: &str| table.field(name).is_some() || table.archived_fields().any(|field| &*field.name == name);
    if !taken(&name) {
        return name;
    }
    (1..).map(|number| format!("{name}{number}")).find(|name| !taken(name)).expect("BUG: numbers do not end")
}

fn longest(data_type: &str) -> u64 {
    match data_type {
        "text" | "website" => 255,
        "textarea" => 50_000,
        "email" => 100,
        "phone" => 30,
        "integer" => 9,
        "bigint" => 18,
        _ => 765,
    }
}

fn usual_length(data_type: &str) -> Option<u32> {
    match data_type {
        "text" | "website" => Some(255),
        "textarea" => Some(2_000),
        "email" => Some(100),
        "phone" => Some(30),
        "integer" => Some(9),
        "bigint" => Some(18),
        _ => None,
    }
}

fn tooltip(row: &Value) -> Option<String> {
    row.get("tooltip")?.get("value")?.as_str().map(str::to_owned)
}

fn options(listed: &Value, place: usize) -> Result<Vec<FieldOption>, Trouble> {
    let path = |number: usize| format!("$.fields[{place}].pick_list_values[{number}]");
    let mut all: Vec<FieldOption> = Vec::new();
    for (number, one) in listed.as_array().into_iter().flatten().enumerate() {
        let text = |key: &str| one.get(key).and_then(Value::as_str).map(str::to_owned);
        let label = text("display_value")
            .ok_or_else(|| Trouble::mandatory("display_value", format!("{}.display_value", path(number))))?;
        let value = text("actual_value").unwrap_or_else(|| label.clone());
        if all.iter().any(|option| option.value == value) {
            let twice = Trouble::new(400, "DUPLICATE_DATA", "duplicate data");
            return Err(twice.at("actual_value", format!("{}.actual_value", path(number))));
        }
        all.push(FieldOption { value, label, hidden: false });
    }
    Ok(all)
}
