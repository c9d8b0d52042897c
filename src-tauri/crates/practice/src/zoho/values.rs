//! Zoho's notation of values to the core's, and everything that is wrong with a row's values.
//!
//! Values have their JSON type: numbers are numbers, choices of several are lists, people and records are objects with an
//! id. <https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html>

use jiff::civil;
use leadferry_model::FieldKind;
use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::modules::Module;
use super::{fields, ids, tags, times};
use crate::core::{Field, FieldProblem, Problem, Record, Refusal, Values, moment_text};
use crate::world::World;

/// What a row says, as the core takes it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) values: Values,
    pub(super) troubles: Vec<Trouble>,
    /// Names that are no fields. They are ignored, and a strict reader notes them.
    // Unverified: that a write ignores unknown names silently.
    pub(super) unknown: Vec<String>,
}

/// Where a row stands in its body, such as `$.data[2]`, and the module it hangs on when the path says it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) parent: Option<(&'static str, u64)>,
}

impl Place {
    pub(super) fn row(number: usize) -> Self {
        Self { path: format!("$.data[{number}]"), parent: None }
    }

    pub(super) fn of(&self, field: &str) -> String {
        format!("{}.{field}", self.path)
    }
}

/// Reads a row; `present` is the record it changes.
pub(super) fn read(
    world: &World,
    module: &Module,
    row: &Map<String, Value>,
    place: &Place,
    present: Option<&Record>,
) -> Reading {
    let mut reading = Reading::default();
    let Ok(table) = world.crm.table(module.name) else { return reading };
    hang_on_path(module, place, &mut reading);
    for (name, raw) in row {
        match table.field(name) {
            _ if name == "id" || name == "Layout" || name.starts_with('$') => {}
            None => reading.unknown.push(name.clone()),
            Some(field) if name == "Parent_Id" => parent(world, field, raw, place, &mut reading),
            Some(field) => match canonical(world, field, raw) {
                Ok(value) => {
                    reading.values.insert(name.clone(), value);
                }
                Err(wrong) => {
                    reading.troubles.push(wrong.at(name, place.of(name)));
                }
            },
        }
    }
    related_module(world, module, row, place, present, &mut reading);
    let problems = match world.crm.check(module.name, &reading.values) {
        Err(Refusal::Values(problems)) => problems,
        _ => Vec::new(),
    };
    for problem in problems.into_iter().chain(world.today.refused(&reading.values)) {
        if problem.field != SE_MODULE {
            let field = table.field(&problem.field);
            reading.troubles.push(of_problem(&problem, field).at(&problem.field, place.of(&problem.field)));
        }
    }
    reading
}

/// The name under which a record keeps the module its many-module lookup leads to.
pub(super) const SE_MODULE: &str = "$se_module";

fn hang_on_path(module: &Module, place: &Place, reading: &mut Reading) {
    let Some((parent_module, number)) = place.parent else { return };
    let by = if module.name == "Notes" { "Parent_Id" } else { "What_Id" };
    reading.values.insert(by.to_owned(), number.to_string());
    reading.values.insert(SE_MODULE.to_owned(), parent_module.to_owned());
}

/// A note's parent says its module itself: `{"module": {"api_name": …}, "id": …}`.
fn parent(world: &World, field: &Field, raw: &Value, place: &Place, reading: &mut Reading) {
    let module = raw.get("module").and_then(|module| module.get("api_name")).and_then(Value::as_str);
    let (Some(module), Some(id)) = (module, raw.get("id").and_then(Value::as_str)) else {
        let path = if raw.is_object() { "Parent_Id.module" } else { "Parent_Id" };
        let wrong = Trouble::invalid().with("expected_data_type", json!("jsonobject"));
        reading.troubles.push(wrong.at(&field.name, place.of(path)));
        return;
    };
    match record_number(world, module, id) {
        Some(number) => {
            reading.values.insert(field.name.to_string(), number.to_string());
            reading.values.insert(SE_MODULE.to_owned(), module.to_owned());
        }
        None => reading.troubles.push(
            Trouble::invalid()
                .saying("the given id seems to be invalid")
                .at(&field.name, place.of("Parent_Id")),
        ),
    }
}

/// An activity says beside `What_Id` which module that is of.
fn related_module(
    world: &World,
    module: &Module,
    row: &Map<String, Value>,
    place: &Place,
    present: Option<&Record>,
    reading: &mut Reading,
) {
    let Some(what) = reading.values.get("What_Id").filter(|id| !id.is_empty()).cloned() else { return };
    if !module.is_activity() || place.parent.is_some() {
        return;
    }
    let given = row.get(SE_MODULE).and_then(Value::as_str);
    let kept = present.and_then(|record| record.stored(SE_MODULE));
    let Some(said) = given.or(kept) else {
        let missing = Trouble::new(400, "DEPENDENT_FIELD_MISSING", "Dependent Fields missing")
            .with("dependee", json!({"api_name": "What_Id", "json_path": place.of("What_Id")}));
        reading.troubles.push(missing.at(SE_MODULE, place.of(SE_MODULE)));
        return;
    };
    if record_number(world, said, &what).is_some() {
        reading.values.insert(SE_MODULE.to_owned(), said.to_owned());
    } else {
        let wrong = Trouble::invalid().saying("the given id seems to be invalid");
        reading.troubles.push(wrong.at("What_Id", place.of("What_Id")));
    }
}

fn record_number(world: &World, module: &str, id: &str) -> Option<u64> {
    world.crm.live(module, ids::number(id)?).ok().map(|record| record.number)
}

fn wants(data_type: &str) -> Trouble {
    Trouble::invalid().with("expected_data_type", json!(data_type))
}

/// A value as the core keeps it; null and the empty text clear the field.
fn canonical(world: &World, field: &Field, raw: &Value) -> Result<String, Trouble> {
    if raw.is_null() || raw == "" {
        return Ok(String::new());
    }
    let data_type = fields::data_type(field);
    let text = || raw.as_str().ok_or_else(|| wants(data_type));
    if field.form == "tags" {
        return tags::canonical(raw).ok_or_else(|| wants("jsonarray"));
    }
    match data_type {
        "integer" => raw.as_i64().map(|number| number.to_string()).ok_or_else(|| wants("integer")),
        "bigint" => bigint(raw).ok_or_else(|| wants("bigint")),
        "double" | "currency" | "percent" => {
            raw.as_number().map(ToString::to_string).ok_or_else(|| wants("double"))
        }
        "boolean" => raw.as_bool().map(|yes| yes.to_string()).ok_or_else(|| wants("boolean")),
        "date" => {
            let day = text()?;
            let fits = day.len() == 10 && day.parse::<civil::Date>().is_ok();
            if fits { Ok(day.to_owned()) } else { Err(wants("date")) }
        }
        "datetime" => times::read(text()?).map(moment_text).ok_or_else(|| wants("datetime")),
        "picklist" => option(field, raw.as_str().ok_or_else(|| wants("text"))?),
        "multiselectpicklist" => {
            let all = raw.as_array().ok_or_else(|| wants("jsonarray"))?;
            let chosen: Result<Vec<String>, Trouble> =
                all.iter().map(|one| option(field, one.as_str().ok_or_else(|| wants("text"))?)).collect();
            Ok(chosen?.join(";"))
        }
        // Unverified: that an owner may be named by a bare id.
        "ownerlookup" => {
            let id = raw.as_str().or_else(|| raw.get("id").and_then(Value::as_str));
            id.map(str::to_owned).ok_or_else(|| wants("ownerlookup"))
        }
        "lookup" => lookup(world, field, raw),
        "website" => website(text()?),
        "phone" => phone(text()?),
        "email" => Ok(text()?.trim().to_owned()),
        _ => Ok(text()?.to_owned()),
    }
}

fn bigint(raw: &Value) -> Option<String> {
    match raw {
        Value::Number(number) => number.as_i64().map(|number| number.to_string()),
        Value::String(text) => text.parse::<i64>().ok().map(|number| number.to_string()),
        _ => None,
    }
}

/// The stored value of an option given by what people see or by what is stored.
// Unverified: that a value which is no option is refused; accounts with loose picklists store it.
fn option(field: &Field, given: &str) -> Result<String, Trouble> {
    let known = field.options.iter().find(|one| one.label == given || one.value == given);
    known.map(|one| one.value.clone()).ok_or_else(|| {
        let supported: Vec<&str> = field.options.iter().map(|one| one.label.as_str()).collect();
        Trouble::invalid().with("supported_values", json!(supported))
    })
}

fn lookup(world: &World, field: &Field, raw: &Value) -> Result<String, Trouble> {
    let id = raw.get("id").and_then(Value::as_str).ok_or_else(|| wants("jsonobject"))?;
    let number = ids::number(id).ok_or_else(|| wants("bigint"))?;
    match fields::lookup_target(field) {
        // Which module it is of stands elsewhere in the row, and is looked up there.
        None | Some("?") => Ok(number.to_string()),
        Some(target) => match world.crm.live(target, number) {
            Ok(record) => Ok(record.number.to_string()),
            Err(_) => Err(Trouble::invalid().saying("the given id seems to be invalid")),
        },
    }
}

// Unverified: the shape of an address; the vendor's own form asks for a dotted host.
fn website(text: &str) -> Result<String, Trouble> {
    let fits = text.contains('.') && !text.chars().any(char::is_whitespace);
    if fits { Ok(text.to_owned()) } else { Err(wants("website")) }
}

// Unverified: which characters a number may have.
fn phone(text: &str) -> Result<String, Trouble> {
    let fits = text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "+()-. ".contains(c));
    if fits { Ok(text.to_owned()) } else { Err(wants("phone")) }
}

fn of_problem(problem: &FieldProblem, field: Option<&Field>) -> Trouble {
    match &problem.problem {
        Problem::TooLong(most) => Trouble::invalid().with("maximum_length", json!(most)),
        Problem::NotAnEmail => wants("email"),
        // Unverified: the code for a field that the API may not write.
        Problem::ReadOnly => Trouble::new(400, "NOT_ALLOWED", "Field Edit Permission not given"),
        Problem::Weather { code, message } => Trouble::new(400, code.clone(), message.clone()),
        Problem::NotAnOwner => Trouble::invalid(),
        Problem::NotAnOption
        | Problem::NotANumber
        | Problem::NotADate
        | Problem::NotMidnight
        | Problem::NotAMoment
        | Problem::NotABool => field.map_or_else(Trouble::invalid, |field| wants(fields::data_type(field))),
        Problem::NoSuchField => Trouble::invalid(),
    }
}

/// Whether a field keeps text that a search looks into as part of a longer one.
pub(super) fn is_text(field: &Field) -> bool {
    matches!(
        field.kind,
        FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Phone | FieldKind::Url
    )
}
