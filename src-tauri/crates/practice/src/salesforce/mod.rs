//! The practice Salesforce.
//!
//! Speaks the REST API from v60.0 on: records one by one, in collections and composites, SOQL, describes, the fields part
//! of the Tooling API, Bulk API 2.0 ingest, OAuth and *Web-to-Lead*. Facts are from the vendor's pages, linked beside each
//! rule; what they leave open is marked `Unverified` and read the way that is harder for a client.
//!
//! Deliberately not here: SOAP and the Metadata API (fields are made by the Tooling API), Change Data Capture, record
//! types, validation rules and flows, relationship queries, bulk queries, cascading deletes, undelete.

mod account;
mod bulk;
mod collections;
mod composite;
mod consent;
mod convert;
mod describe;
mod duplicates;
mod errors;
mod facts;
mod feeds;
mod gate;
mod identity;
mod ids;
mod info;
mod jwt;
mod levers;
mod look;
mod oauth;
mod objects;
mod paths;
mod query;
mod record_page;
mod records;
mod render;
mod rules;
mod scopes;
mod setup_rows;
mod sight;
mod soql;
mod state;
mod strict;
mod tooling;
mod values;
mod webform;

use std::any::Any;

use jiff::Timestamp;
use leadferry_model::Field as ModelField;
use rand::rngs::StdRng;
use serde_json::Value;

use crate::access::Access;
use crate::call::{Call, Reply};
use crate::core::{Crm, Field};
use crate::dialect::{Dialect, DialectInfo, Endpoint};
use crate::practice::Tokens;
use crate::weather::Fault;
use crate::world::World;
use errors::Trouble;
use gate::Visit;
use query::Scope;

/// What every endpoint answers.
type Answer = Result<Reply, Trouble>;

/// The dialect.
pub(crate) struct Salesforce;

const INFO: DialectInfo = DialectInfo {
    id: "salesforce",
    name: "Salesforce",
    objects: &[
        "Account",
        "Contact",
        "ContentDocumentLink",
        "ContentNote",
        "Event",
        "Individual",
        "Lead",
        "Note",
        "Opportunity",
        "OpportunityContactRole",
        "Task",
    ],
};

impl Dialect for Salesforce {
    fn info(&self) -> &'static DialectInfo {
        &INFO
    }

    fn account_name(&self) -> &'static str {
        account::NAME
    }

    fn open_crm(&self, now: Timestamp) -> Crm {
        account::open_crm(now)
    }

    fn open_access(&self, random: &mut StdRng) -> (Access, Tokens) {
        account::open_access(random)
    }

    fn endpoint(&self, call: &Call) -> Endpoint {
        paths::endpoint(call)
    }

    fn answer(&self, world: &mut World, call: &Call) -> Reply {
        bulk::settle(world);
        webform::settle(world);
        let parts = call.parts();
        if let Some(reply) = outside_the_api(world, call, &parts) {
            return reply;
        }
        let Some((version, rest)) = paths::data(&parts) else { return Trouble::not_found().into_reply() };
        let (admitted, usage) = gate::admit(world, call, version);
        let answer = admitted.and_then(|visit| dispatch(world, call, &visit, rest));
        let reply = answer.unwrap_or_else(Trouble::into_reply);
        match usage {
            Some(usage) => reply.with_header("sforce-limit-info", usage),
            None => reply,
        }
    }

    fn fault_reply(&self, _world: &mut World, fault: &Fault) -> Reply {
        errors::of_fault(fault)
    }

    fn token_limit_reply(&self) -> Option<Reply> {
        Some(oauth::too_many_sign_ins())
    }

    fn adopt(&self, field: &ModelField) -> Field {
        facts::adopted(field)
    }

    fn open_own(&self) -> Box<dyn Any + Send> {
        Box::new(state::State::new())
    }

    fn pull(&self, world: &mut World, lever: &str, given: &Value) -> Result<Value, String> {
        levers::pull(world, lever, given)
    }
}

/// Pages for people, sign-in, forms and the list of versions, which need no session of the API.
fn outside_the_api(world: &mut World, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("GET", ["services", "data"]) => info::versions(),
        ("GET", ["services", "oauth2", "authorize"]) => consent::ask(world, call),
        ("POST", ["services", "oauth2", "authorize", "answer"]) => consent::answer(world, call),
        ("POST", ["services", "oauth2", "token"]) => oauth::token(world, call),
        ("GET" | "POST", ["services", "oauth2", "revoke"]) => oauth::revoke(world, call),
        ("POST", ["services", "oauth2", "introspect"]) => oauth::introspect(world, call),
        ("GET" | "POST", ["services", "oauth2", "userinfo"]) => identity::userinfo(world, call),
        ("GET", ["id", org, user]) => identity::identity(world, call, org, user),
        ("POST", ["servlet", "servlet.WebToLead"]) => webform::take(world, call),
        ("GET", ["lightning", "r", object, id, "view"]) => record_page::show(world, object, id),
        _ => return None,
    })
}

/// A call of the API, by the part of its path after the version.
fn dispatch(world: &mut World, call: &Call, visit: &Visit, rest: &[&str]) -> Answer {
    match (call.method.as_str(), rest) {
        ("GET", []) => info::resources(world, call, visit),
        ("GET", ["limits"]) => info::limits(world, call),
        ("GET", ["query"]) => query::start(world, call, visit, Scope::Living),
        ("GET", ["queryAll"]) => query::start(world, call, visit, Scope::Binned),
        ("GET", ["tooling", "query"]) => query::start(world, call, visit, Scope::Tooling),
        ("GET", ["query" | "queryAll", locator]) => query::go_on(world, call, visit, locator),
        ("POST", ["composite"]) => composite::run(world, call, visit),
        (_, ["composite", "sobjects", rest @ ..]) => collection_call(world, call, visit, rest),
        (_, ["tooling", "sobjects", "CustomField", rest @ ..]) => match (call.method.as_str(), rest) {
            ("POST", []) => tooling::create(world, call, visit),
            ("GET", [id]) => tooling::get(world, call, visit, id),
            ("DELETE", [id]) => tooling::delete(world, call, visit, id),
            _ => Err(wrong_method(call)),
        },
        (_, ["jobs", "ingest", rest @ ..]) => job_call(world, call, visit, rest),
        ("GET", ["sobjects"]) => describe::objects(world, call, visit),
        (_, ["sobjects", name, rest @ ..]) => {
            let object = sight::object(world, visit, name).filter(|object| object != "CustomField");
            let object = object.ok_or_else(Trouble::not_found)?;
            object_call(world, call, visit, &object, rest)
        }
        _ => Err(Trouble::not_found()),
    }
}

fn wrong_method(call: &Call) -> Trouble {
    Trouble::new(405, "METHOD_NOT_ALLOWED", format!("HTTP Method '{}' not allowed.", call.method))
}

fn object_call(world: &mut World, call: &Call, visit: &Visit, object: &str, rest: &[&str]) -> Answer {
    match (call.method.as_str(), rest) {
        ("GET", []) => describe::about(world, call, visit, object),
        ("POST", []) => objects::create(world, call, visit, object),
        ("GET", ["describe"]) => describe::describe(world, call, visit, object),
        ("GET", ["deleted"]) => feeds::deleted(world, call, visit, object),
        ("GET", ["updated"]) => feeds::updated(world, call, visit, object),
        ("GET", [id]) => objects::get(world, call, visit, object, id),
        ("PATCH", [id]) => objects::update(world, call, visit, object, id),
        ("DELETE", [id]) => objects::delete(world, call, visit, object, id),
        ("GET", [field, value]) => objects::get_by_key(world, call, visit, object, (field, value)),
        ("PATCH", [field, value]) => objects::upsert(world, call, visit, object, (field, value)),
        (_, [] | [_] | [_, _]) => Err(wrong_method(call)),
        _ => Err(Trouble::not_found()),
    }
}

fn collection_call(world: &mut World, call: &Call, visit: &Visit, rest: &[&str]) -> Answer {
    let object = |world: &World, name: &str| sight::object(world, visit, name).ok_or_else(Trouble::not_found);
    match (call.method.as_str(), rest) {
        ("POST", []) => collections::create(world, call, visit),
        ("PATCH", []) => collections::update(world, call, visit),
        ("DELETE", []) => collections::delete(world, call, visit),
        ("GET" | "POST", [name]) => {
            let object = object(world, name)?;
            collections::retrieve(world, call, visit, &object)
        }
        ("PATCH", [name, field]) => {
            let object = object(world, name)?;
            collections::upsert(world, call, visit, &object, field)
        }
        _ => Err(wrong_method(call)),
    }
}

fn job_call(world: &mut World, call: &Call, visit: &Visit, rest: &[&str]) -> Answer {
    if !state::state(world).rules.bulk {
        return Err(bulk::not_enabled());
    }
    match (call.method.as_str(), rest) {
        ("GET", []) => bulk::list(world, call, visit),
        ("POST", []) => bulk::create(world, call, visit),
        ("GET", [id]) => bulk::get(world, call, visit, id),
        ("PATCH", [id]) => bulk::patch(world, call, visit, id),
        ("DELETE", [id]) => bulk::delete(world, call, visit, id),
        ("PUT", [id, "batches"]) => bulk::upload(world, call, visit, id),
        ("GET", [id, kind @ ("successfulResults" | "failedResults" | "unprocessedrecords")]) => {
            bulk::results(world, call, visit, id, kind)
        }
        _ => Err(Trouble::not_found()),
    }
}
