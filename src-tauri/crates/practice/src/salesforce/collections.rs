//! Up to 200 records in one call, each with its own outcome, answered in the order of the request.
//! <https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections-upsert.html>

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::gate::Visit;
use super::records::{self, Saved};
use super::state::{begin, keep, take_back};
use super::{Answer, ids, objects, sight, strict};
use crate::call::{Call, Reply};
use crate::core::Field;
use crate::world::World;

const MOST_ROWS: usize = 200;
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_retrieve.htm>
const MOST_IDS: usize = 2_000;
const MOST_IDS_IN_A_PATH: usize = 800;

/// A row to write.
struct Row {
    object: String,
    fields: Map<String, Value>,
}

fn rows(world: &mut World, call: &Call, visit: &Visit) -> Result<(Vec<Row>, bool), Trouble> {
    strict::only_params(world, call, &[]);
    let body = strict::body_of(world, call, &["allOrNone", "records"])?;
    let together = body.get("allOrNone").and_then(Value::as_bool).unwrap_or(false);
    let records = body.get("records").and_then(Value::as_array);
    let records = records.ok_or_else(|| Trouble::json("records is missing at [line:1, column:1]"))?;
    check_size(records.len())?;
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let fields = record.as_object().cloned().ok_or_else(|| Trouble::not_a("sobject", record))?;
        if let Some(attributes) = fields.get("attributes") {
            strict::only_keys(world, attributes, &["type", "url", "referenceId"], "records[].attributes.");
        }
        let named = fields.get("attributes").and_then(|attributes| attributes["type"].as_str());
        let named = named.ok_or_else(|| Trouble::json("attributes.type is missing in a record"))?;
        let object = sight::object(world, visit, named).ok_or_else(|| Trouble::no_such_type(named))?;
        rows.push(Row { object, fields });
    }
    Ok((rows, together))
}

fn check_size(rows: usize) -> Result<(), Trouble> {
    match rows {
        0 => Err(Trouble::new(400, "INVALID_INPUT", "The records list must not be empty")),
        1..=MOST_ROWS => Ok(()),
        // Unverified: the code; the status and that nothing is written are documented.
        _ => {
            let message =
                format!("record limit reached. cannot submit more than {MOST_ROWS} records into this call");
            Err(Trouble::new(400, "EXCEEDED_ID_LIMIT", message))
        }
    }
}

/// Runs `work` on every row. A row whose body cannot be read refuses the request as a whole.
fn run<T>(
    world: &mut World,
    rows: &[T],
    together: bool,
    upserting: bool,
    work: impl Fn(&mut World, usize, &T) -> Result<Saved, Trouble>,
) -> Answer {
    let whole = world.today.whole_batch();
    if let Some((status, Some(most))) = whole
        && rows.len() > most
    {
        let message = "Your request was running for too long, and has been stopped.";
        return Err(Trouble::new(status, "REQUEST_RUNNING_TOO_LONG", message));
    }
    begin(world);
    let mut outcomes = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let outcome = match world.today.row_refused(place) {
            Some(true) => {
                let message = "unable to obtain exclusive access to this record";
                Err(Trouble::fields("UNABLE_TO_LOCK_ROW", message, []))
            }
            Some(false) => {
                Err(Trouble::fields("FIELD_CUSTOM_VALIDATION_EXCEPTION", "This row was refused", []))
            }
            None => work(world, place, row),
        };
        if outcome.as_ref().is_err_and(|trouble| trouble.unreadable) {
            take_back(world);
            return outcome.map(|_| Reply::empty(200));
        }
        outcomes.push(outcome);
    }
    let failed = outcomes.iter().any(Result::is_err);
    if let Some((status, None)) = whole
        && failed
    {
        take_back(world);
        return Err(Trouble::new(status, "JSON_PARSER_ERROR", "The request could not be read"));
    }
    if failed && together {
        take_back(world);
        return Ok(Reply::json(200, rolled_back(&outcomes, upserting)));
    }
    keep(world);
    Ok(Reply::json(200, outcomes.iter().map(|outcome| shown(outcome, upserting)).collect()))
}

fn shown(outcome: &Result<Saved, Trouble>, upserting: bool) -> Value {
    match outcome {
        Ok(saved) => {
            let mut row = json!({"id": saved.id, "success": true, "errors": []});
            if upserting {
                row["created"] = json!(saved.created);
            }
            row
        }
        Err(trouble) => trouble.row(upserting.then_some(false)),
    }
}

fn rolled_back(outcomes: &[Result<Saved, Trouble>], upserting: bool) -> Value {
    let message =
        "Record rolled back because not all records were valid and the request was using AllOrNone header";
    let sibling = Trouble::fields("ALL_OR_NONE_OPERATION_ROLLED_BACK", message, []);
    let created = upserting.then_some(false);
    outcomes.iter().map(|outcome| outcome.as_ref().err().unwrap_or(&sibling).row(created)).collect()
}

pub(super) fn create(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    let (rows, together) = rows(world, call, visit)?;
    run(world, &rows, together, false, |world, _, row| {
        records::create(world, visit, &row.object, &row.fields)
    })
}

pub(super) fn update(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    let (rows, together) = rows(world, call, visit)?;
    run(world, &rows, together, false, |world, _, row| {
        let mut fields = row.fields.clone();
        let key = fields.keys().find(|name| name.eq_ignore_ascii_case("id")).cloned();
        let id = key.and_then(|key| fields.shift_remove(&key));
        let id = id.as_ref().and_then(Value::as_str);
        let id = id.ok_or_else(|| {
            Trouble::fields("MISSING_ARGUMENT", "Id not specified in an update call", ["Id"])
        })?;
        records::update(world, visit, &row.object, id, &fields)
    })
}

/// Creates or changes records of one object by a key.
pub(super) fn upsert(world: &mut World, call: &Call, visit: &Visit, object: &str, field: &str) -> Answer {
    let (rows, together) = rows(world, call, visit)?;
    if let Some(other) = rows.iter().find(|row| row.object != object) {
        let message = format!("All records must be of type {object}, not {}", other.object);
        return Err(Trouble::new(400, "INVALID_TYPE", message));
    }
    if !field.eq_ignore_ascii_case("id") {
        // A field that is no key refuses the request before any row.
        let probe = Value::from("0");
        match records::key_of(world, visit, object, (field, &probe)) {
            Err(trouble) if trouble.status == 404 => return Err(trouble),
            _ => {}
        }
    }
    let keys: Vec<Option<String>> =
        rows.iter().map(|row| key(row, field).map(|value| plain(&value))).collect();
    let mut seen = HashSet::new();
    // Unverified: which of two rows with one key is refused; read as every one after the first.
    let twice: Vec<bool> =
        keys.iter().map(|key| key.as_ref().is_some_and(|key| !seen.insert(key.clone()))).collect();
    run(world, &rows, together, true, |world, place, row| {
        if twice[place] {
            let message =
                format!("Duplicate external id specified: {}", keys[place].as_deref().unwrap_or_default());
            return Err(Trouble::fields("DUPLICATE_VALUE", message, [field]));
        }
        let value = key(row, field);
        if field.eq_ignore_ascii_case("id") {
            return upsert_by_id(world, visit, row, value.as_ref().and_then(Value::as_str));
        }
        if row.fields.keys().any(|name| name.eq_ignore_ascii_case("id")) {
            let message = "The Id field should not be specified in the sobject data.";
            return Err(Trouble::fields("INVALID_FIELD", message, ["Id"]));
        }
        let value =
            value.ok_or_else(|| Trouble::fields("MISSING_ARGUMENT", format!("{field} not specified"), []))?;
        records::upsert(world, visit, object, (field, &value), &row.fields, false)
    })
}

fn upsert_by_id(world: &mut World, visit: &Visit, row: &Row, id: Option<&str>) -> Result<Saved, Trouble> {
    let mut fields = row.fields.clone();
    fields.retain(|name, _| !name.eq_ignore_ascii_case("id"));
    match id {
        Some(id) => records::update(world, visit, &row.object, id, &fields),
        None => records::create(world, visit, &row.object, &fields),
    }
}

fn key(row: &Row, field: &str) -> Option<Value> {
    let found = row.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(field));
    found.map(|(_, value)| value.clone()).filter(|value| !value.is_null())
}

fn plain(value: &Value) -> String {
    Field::unique_key(value.as_str().map_or_else(|| value.to_string(), str::to_owned).as_str())
}

/// Puts records of any objects in the bin.
pub(super) fn delete(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    strict::only_params(world, call, &["ids", "allOrNone"]);
    strict::no_body(world, call);
    let ids: Vec<String> = call.list_param("ids").into_iter().map(str::to_owned).collect();
    check_size(ids.len())?;
    let together = call.param("allOrNone") == Some("true");
    run(world, &ids, together, false, |world, _, id| {
        let object = ids::long(id).and_then(|id| ids::object_of(&id));
        let object =
            object.ok_or_else(|| Trouble::fields("MALFORMED_ID", format!("malformed id {id}"), []))?;
        records::delete(world, visit, object, id)
    })
}

/// Records of one object by their ids, in order; `null` where there is none.
pub(super) fn retrieve(world: &mut World, call: &Call, visit: &Visit, object: &str) -> Answer {
    let posted = call.method == "POST";
    let (ids, fields) = if posted {
        strict::only_params(world, call, &[]);
        let body = strict::body_of(world, call, &["ids", "fields"])?;
        let list = |key: &str| -> Vec<String> {
            let all = body.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
        };
        (list("ids"), list("fields"))
    } else {
        strict::only_params(world, call, &["ids", "fields"]);
        let list =
            |key: &str| -> Vec<String> { call.list_param(key).into_iter().map(str::to_owned).collect() };
        (list("ids"), list("fields"))
    };
    let most = if posted { MOST_IDS } else { MOST_IDS_IN_A_PATH };
    if ids.is_empty() || fields.is_empty() {
        return Err(Trouble::new(400, "INVALID_INPUT", "ids and fields are needed"));
    }
    if ids.len() > most {
        let message = format!("At most {most} ids can be retrieved in one call");
        return Err(Trouble::new(400, "EXCEEDED_ID_LIMIT", message));
    }
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let mut all = Vec::with_capacity(ids.len());
    for id in &ids {
        all.push(match records::find(world, object, id) {
            Ok(record) => objects::shown(world, visit, object, &record, &fields)?,
            Err(trouble) if trouble.complaints.iter().any(|one| one.code == "MALFORMED_ID") => {
                return Err(Trouble::new(400, "MALFORMED_ID", format!("malformed id {id}")));
            }
            Err(_) => Value::Null,
        });
    }
    Ok(Reply::json(200, Value::from(all)))
}
