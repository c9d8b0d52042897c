//! Single records. <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve.htm>,
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm>

use serde_json::{Map, Value, json};

use super::errors::Trouble;
use super::gate::Visit;
use super::records::{self, Saved};
use super::sight::{Granted, table};
use super::{Answer, look, render, strict};
use crate::call::{Call, Reply};
use crate::core::Record;
use crate::world::World;

/// A saved record, as single calls answer it.
pub(super) fn saved(visit: &Visit, object: &str, saved: &Saved, upserted: bool) -> Reply {
    let mut body = json!({"id": saved.id, "success": true, "errors": []});
    if upserted {
        body["created"] = json!(saved.created);
    }
    let status = if saved.created { 201 } else { 200 };
    let reply = Reply::json(status, body);
    if saved.created {
        reply.with_header("location", format!("{}/sobjects/{object}/{}", visit.root(), saved.id))
    } else {
        reply
    }
}

/// The body as fields.
fn fields_of(call: &Call) -> Result<Map<String, Value>, Trouble> {
    match strict::body(call)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(Trouble::json("The request body is not an object at [line:1, column:1]")),
    }
}

pub(super) fn create(world: &mut World, call: &Call, visit: &Visit, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let fields = fields_of(call)?;
    let record = records::create(world, visit, object, &fields)?;
    Ok(saved(visit, object, &record, false))
}

pub(super) fn update(world: &mut World, call: &Call, visit: &Visit, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let fields = fields_of(call)?;
    if let Some(given) = fields.keys().find(|name| name.eq_ignore_ascii_case("id")) {
        return Err(misplaced(given));
    }
    records::update(world, visit, object, id, &fields)?;
    Ok(Reply::empty(204))
}

fn misplaced(field: &str) -> Trouble {
    Trouble::new(
        400,
        "INVALID_FIELD",
        format!("The {field} field should not be specified in the sobject data."),
    )
}

pub(super) fn delete(world: &mut World, call: &Call, visit: &Visit, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    strict::no_body(world, call);
    records::delete(world, visit, object, id)?;
    Ok(Reply::empty(204))
}

pub(super) fn get(world: &mut World, call: &Call, visit: &Visit, object: &str, id: &str) -> Answer {
    strict::only_params(world, call, &["fields"]);
    let record = records::find(world, object, id)?;
    let asked: Vec<&str> = call.list_param("fields");
    Ok(Reply::json(200, shown(world, visit, object, &record, &asked)?))
}

/// A record with the fields asked for, or with all.
pub(super) fn shown(
    world: &World,
    visit: &Visit,
    object: &str,
    record: &Record,
    asked: &[&str],
) -> Result<Value, Trouble> {
    let granted = Granted::to(world, visit);
    let table = table(world, object)?;
    if asked.is_empty() {
        return Ok(render::whole(world, visit, &granted, table, record));
    }
    let mut fields = Vec::new();
    for name in asked {
        let field = granted.field(table, name);
        fields.push(field.ok_or_else(|| Trouble::no_such_column_in_query(object, name))?);
    }
    // The id is there, asked for or not.
    if !fields.iter().any(|field| &*field.name == "Id") {
        fields.extend(table.field("Id"));
    }
    Ok(render::record(world, visit, table, record, fields))
}

/// A record by its key.
pub(super) fn get_by_key(
    world: &mut World,
    call: &Call,
    visit: &Visit,
    object: &str,
    key: (&str, &str),
) -> Answer {
    strict::only_params(world, call, &["fields"]);
    let (field, value) = records::key_of(world, visit, object, (key.0, &Value::from(key.1)))?;
    let found = look::find_by(world, object, &field, &value);
    match found.as_slice() {
        [] => Err(Trouble::not_found()),
        [one] => {
            let id = records::id_of(world, object, *one)?;
            let record = records::find(world, object, &id)?;
            Ok(Reply::json(200, shown(world, visit, object, &record, &call.list_param("fields"))?))
        }
        many => {
            let urls = many.iter().filter_map(|number| records::id_of(world, object, *number).ok());
            let urls: Vec<String> =
                urls.map(|id| format!("{}/sobjects/{object}/{id}", visit.root())).collect();
            Ok(Reply::json(300, json!(urls)))
        }
    }
}

pub(super) fn upsert(
    world: &mut World,
    call: &Call,
    visit: &Visit,
    object: &str,
    key: (&str, &str),
) -> Answer {
    strict::only_params(world, call, &["updateOnly"]);
    let fields = fields_of(call)?;
    let repeated = |name: &&String| name.eq_ignore_ascii_case(key.0) || name.eq_ignore_ascii_case("id");
    if let Some(given) = fields.keys().find(repeated) {
        return Err(misplaced(given));
    }
    let update_only = call.param("updateOnly") == Some("true");
    let by_id = key.0.eq_ignore_ascii_case("id");
    if by_id {
        // `Id` is a key like others; the record must exist then.
        let record = records::update(world, visit, object, key.1, &fields)?;
        return Ok(saved(visit, object, &record, true));
    }
    match records::upsert(world, visit, object, (key.0, &Value::from(key.1)), &fields, update_only) {
        Ok(record) => Ok(saved(visit, object, &record, true)),
        // The answer is the list of records itself.
        Err(trouble) if trouble.status == 300 => {
            let body = trouble.body();
            Ok(Reply::json(300, body[0]["records"].clone()))
        }
        Err(trouble) => Err(trouble),
    }
}
