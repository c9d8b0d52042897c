//! The routes of the inspection face.

use leadferry_model::{Field, FieldOption, ObjectSchema};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::guard;
use crate::call::{Call, Reply};
use crate::core::{Owner, Pipeline, Values};
use crate::practice::{Practice, PracticeError};
use crate::weather::Weather;

type Answer = Result<Reply, Refused>;

/// Why a call was not answered, as status and sentence.
struct Refused(u16, String);

impl From<PracticeError> for Refused {
    fn from(error: PracticeError) -> Self {
        Self(409, error.to_string())
    }
}

/// Answers a call of the inspection face.
pub(crate) fn answer(practice: &Practice, call: &Call) -> Reply {
    if !guard::is_ours(call) {
        return Reply::json(403, json!({"message": "This face answers only programs on this computer."}));
    }
    route(practice, call)
        .unwrap_or_else(|Refused(status, message)| Reply::json(status, json!({"message": message})))
}

fn route(practice: &Practice, call: &Call) -> Answer {
    let parts = call.parts();
    let rest = parts.get(1..).unwrap_or_default();
    let number = |object: &str, id: &str| {
        practice.number_of(object, id)?.ok_or_else(|| Refused(404, format!("there is no record {id}")))
    };
    match (call.method.as_str(), rest) {
        ("GET", []) => ok(&json!({
            "dialect": practice.info(), "account": practice.account_name(), "base": practice.base(),
            "counts": practice.counts(),
        })),
        ("GET", ["tokens"]) => tokens(practice),
        ("GET", ["counts"]) => ok(&practice.counts()),
        ("GET", ["snapshot"]) => ok(&practice.snapshot()),
        ("GET", ["faults"]) => ok(&practice.faults()),
        ("GET", ["calls"]) => ok(&practice.call_counts()),
        ("GET", ["writes"]) => ok(&practice.write_counts()),
        ("GET", ["log"]) => ok(&practice.requests(count(call, "after", 0), size(call))),
        ("DELETE", ["log"]) => done(|| practice.clear_log()),
        ("GET", ["weather"]) => ok(&practice.weather()),
        ("PUT", ["weather"]) => {
            let weather = read::<Weather>(call)?;
            done(|| practice.set_weather(weather))
        }
        ("POST", ["reset"]) => done(|| practice.reset()),
        ("POST", ["expire-tokens"]) => done(|| practice.expire_tokens()),
        ("POST", ["revoke-grants"]) => done(|| practice.revoke_grants()),
        ("PUT", ["owners"]) => {
            let owners = read::<Vec<Owner>>(call)?;
            done(|| practice.load_owners(owners))
        }
        ("PUT", ["pipelines", object]) => {
            let pipelines = read::<Vec<Pipeline>>(call)?;
            done(|| practice.load_pipelines(object, pipelines))
        }
        ("POST", ["levers", name]) => {
            let given = if call.body.is_empty() { Value::Null } else { read(call)? };
            ok(&practice.pull(name, &given)?)
        }
        ("PUT", ["twin", object]) => twin(practice, object, read(call)?),
        ("GET", ["objects", object, "records"]) => {
            let archived = call.param("archived") == Some("true");
            ok(&practice.records(object, count(call, "after", 0), size(call), archived)?)
        }
        ("POST", ["objects", object, "records"]) => ok(&practice.add_record(object, &read::<Values>(call)?)?),
        ("GET", ["objects", object, "records", id]) => match practice.record(object, number(object, id)?)? {
            Some(record) => ok(&record),
            None => Err(Refused(404, format!("there is no record {id}"))),
        },
        ("PATCH", ["objects", object, "records", id]) => {
            ok(&practice.edit_record(object, number(object, id)?, &read::<Values>(call)?)?)
        }
        ("DELETE", ["objects", object, "records", id]) => {
            practice.delete_record(object, number(object, id)?)?;
            done(|| ())
        }
        ("GET", ["objects", object, "fields"]) => ok(&practice.fields(object)?),
        ("POST", ["objects", object, "fields"]) => ok(&practice.put_field(object, &read::<Field>(call)?)?),
        ("DELETE", ["objects", object, "fields", name]) => {
            practice.remove_field(object, name)?;
            done(|| ())
        }
        ("PUT", ["objects", object, "fields", name, "options"]) => {
            ok(&practice.set_options(object, name, read::<Vec<FieldOption>>(call)?)?)
        }
        _ => Err(Refused(404, format!("there is no {} {}", call.method, call.path))),
    }
}

/// What makes an account the twin of a real one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Twin {
    schema: Option<ObjectSchema>,
    records: Option<Vec<Values>>,
}

fn twin(practice: &Practice, object: &str, twin: Twin) -> Answer {
    if let Some(schema) = twin.schema {
        practice.load_fields(&ObjectSchema { object: object.to_owned(), ..schema })?;
    }
    let loaded = match twin.records {
        Some(records) => {
            practice.clear_records(object)?;
            practice.load_records(object, &records)?
        }
        None => 0,
    };
    ok(&json!({"loaded": loaded}))
}

fn tokens(practice: &Practice) -> Answer {
    let tokens = practice.tokens();
    ok(&json!({
        "full": tokens.full.expose(), "read_only": tokens.read_only.expose(),
        "contacts_only": tokens.contacts_only.expose(), "client_id": tokens.client_id,
        "client_secret": tokens.client_secret.expose(),
    }))
}

fn ok(body: &impl serde::Serialize) -> Answer {
    let body = serde_json::to_value(body).map_err(|error| Refused(500, error.to_string()))?;
    Ok(Reply::json(200, body))
}

fn done(work: impl FnOnce()) -> Answer {
    work();
    Ok(Reply::json(200, Value::Object(serde_json::Map::new())))
}

fn read<T: DeserializeOwned>(call: &Call) -> Result<T, Refused> {
    serde_json::from_slice(&call.body)
        .map_err(|error| Refused(400, format!("the body does not fit: {error}")))
}

fn count(call: &Call, name: &str, otherwise: u64) -> u64 {
    call.param(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn size(call: &Call) -> usize {
    usize::try_from(count(call, "limit", 100)).unwrap_or(100).min(10_000)
}
