//! The practice Pipedrive.
//!
//! Speaks v2 where it exists and v1 for the rest, as the vendor's two descriptions have them. Facts are from the vendor's pages,
//! linked beside each rule; what they leave open is marked `Unverified` and read the way that is harder for a client.
//!
//! Deliberately not here: the add-ons (Campaigns with its marketing status, contact sync with its further fields), products,
//! projects, files, mail, followers, saved filters, making pipelines and stages, and what v1 still has of v2's things.

mod account;
mod activities;
mod body;
mod consent;
mod contacts;
mod convert;
mod costs;
mod custom;
mod deals;
mod directory;
mod errors;
mod field_calls;
mod field_search;
mod field_types;
mod fields;
mod flat;
mod found;
mod gate;
mod keys;
mod lead_lists;
mod leads;
mod lists;
mod merge;
mod notes;
mod oauth;
mod offsets;
mod old;
mod optional;
mod paths;
mod recents;
mod record_page;
mod records;
mod render;
mod scopes;
mod search;
mod strict;
mod times;
mod webhooks;

use jiff::Timestamp;
use leadferry_model::Field as ModelField;
use rand::rngs::StdRng;

use crate::access::Access;
use crate::call::{Call, Reply};
use crate::core::{Change, Crm, Field};
use crate::dialect::{Dialect, DialectInfo, Endpoint};
use crate::hooks::SentHook;
use crate::practice::Tokens;
use crate::weather::Fault;
use crate::world::World;
use errors::Trouble;
use gate::Caller;
use paths::Route;

/// What every endpoint answers.
type Answer = Result<Reply, Trouble>;

/// The dialect.
pub(crate) struct Pipedrive;

const INFO: DialectInfo = DialectInfo {
    id: "pipedrive",
    name: "Pipedrive",
    objects: &["activities", "deals", "leads", "notes", "organizations", "persons"],
};

impl Dialect for Pipedrive {
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

    fn token<'c>(&self, call: &'c Call) -> Option<&'c str> {
        gate::token(call)
    }

    fn endpoint(&self, call: &Call) -> Endpoint {
        paths::endpoint(call)
    }

    fn answer(&self, world: &mut World, call: &Call) -> Reply {
        let parts = call.parts();
        let method = call.method.as_str();
        if let Some(reply) = outside_the_api(world, call, method, &parts) {
            return reply;
        }
        let Some(route) = Route::of(&parts) else { return Trouble::no_such_path().into_reply() };
        let admitted = match gate::admit(world, call, route) {
            Ok(admitted) => admitted,
            Err(refused) => return refused.into_reply(),
        };
        convert::catch_up(world);
        let caller = admitted.caller;
        let answer = match route {
            Route::V2(rest) => v2(world, call, &caller, method, rest),
            Route::V1(rest) => v1(world, call, &caller, method, rest),
        };
        let reply = answer.unwrap_or_else(Trouble::into_reply);
        admitted.headers.into_iter().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }

    fn fault_reply(&self, _: &mut World, fault: &Fault) -> Reply {
        errors::of_fault(fault).into_reply()
    }

    fn hooks(&self, world: &World, changes: &[Change]) -> Vec<SentHook> {
        webhooks::posted(world, changes)
    }

    fn adopt(&self, field: &ModelField) -> Field {
        fields::adopted(field)
    }
}

/// Pages for people and the token endpoint, which need no access token.
fn outside_the_api(world: &mut World, call: &Call, method: &str, parts: &[&str]) -> Option<Reply> {
    Some(match (method, parts) {
        ("GET", ["oauth", "authorize"]) => consent::ask(world, call),
        ("POST", ["oauth", "authorize", "answer"]) => consent::answer(world, call),
        ("POST", ["oauth", "token"]) => oauth::token(world, call),
        ("POST", ["oauth", "revoke"]) => oauth::revoke(world, call),
        ("GET", [kind @ ("person" | "organization" | "deal"), id]) => record_page::show(world, kind, id),
        ("GET", ["leads", "inbox", id]) => record_page::show(world, "leads", id),
        _ => return None,
    })
}

fn v2(world: &mut World, call: &Call, caller: &Caller, method: &str, rest: &[&str]) -> Answer {
    match (method, rest) {
        ("GET", ["itemSearch"]) => search::mixed(world, call),
        ("GET", ["itemSearch", "field"]) => field_search::search(world, call),
        ("GET", [object, "search"]) => search::one(world, call, object),
        ("GET", ["pipelines"]) => directory::list_pipelines(world, call),
        ("GET", ["stages"]) => directory::list_stages(world, call),
        ("GET", [family @ ("pipelines" | "stages"), id]) => directory::one(world, call, family, id),
        ("POST", ["leads", id, "convert", "deal"]) => convert::start(world, call, caller, id),
        ("GET", ["leads", id, "convert", "status", job]) => convert::status(world, call, id, job),
        ("GET", ["deals", "archived"]) => records::list(world, call, "deals", true),
        (_, [first, more @ ..]) => match (paths::object(first), paths::described(first)) {
            (Some(object), _) => record_call(world, call, caller, method, object, more),
            (_, Some(object)) => field_call(world, call, method, object, more),
            _ => Err(Trouble::no_such_path()),
        },
        _ => Err(Trouble::no_such_path()),
    }
}

fn record_call(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    method: &str,
    object: &str,
    rest: &[&str],
) -> Answer {
    match (method, rest) {
        ("GET", []) => records::list(world, call, object, false),
        ("POST", []) => records::create(world, call, caller, object),
        ("GET", [id]) => records::get(world, call, object, id),
        ("PATCH", [id]) => records::update(world, call, object, id),
        ("DELETE", [id]) => records::delete(world, call, object, id),
        _ => Err(Trouble::no_such_path()),
    }
}

/// Fields of activities can only be read.
fn field_call(world: &mut World, call: &Call, method: &str, object: &str, rest: &[&str]) -> Answer {
    match (method, rest) {
        ("GET", []) => field_calls::list(world, call, object),
        ("GET", [code]) => field_calls::get(world, call, object, code),
        _ if object == "activities" => Err(Trouble::no_such_path()),
        ("POST", []) => field_calls::create(world, call, object),
        ("PATCH", [code]) => field_calls::alter(world, call, object, code),
        ("DELETE", [code]) => field_calls::delete(world, call, object, code),
        ("POST" | "PATCH" | "DELETE", [code, "options"]) => field_calls::options(world, call, object, code),
        _ => Err(Trouble::no_such_path()),
    }
}

fn v1(world: &mut World, call: &Call, caller: &Caller, method: &str, rest: &[&str]) -> Answer {
    match (method, rest) {
        ("GET", ["users"]) => directory::users(world, call, caller),
        ("GET", ["users", "me"]) => directory::me(world, call, caller),
        ("GET", ["users", "find"]) => directory::find_users(world, call, caller),
        ("GET", ["users", id]) => directory::one_user(world, call, caller, id),
        ("GET", ["activityTypes"]) => directory::activity_types(world, call),
        ("GET", ["leads"]) => leads::list(world, call, false),
        ("GET", ["leads", "archived"]) => leads::list(world, call, true),
        ("POST", ["leads"]) => leads::create(world, call, caller),
        ("GET", ["leads", id]) => leads::get(world, call, id),
        ("PATCH", ["leads", id]) => leads::update(world, call, id),
        ("DELETE", ["leads", id]) => leads::delete(world, call, id),
        ("GET", ["leadLabels"]) => lead_lists::labels(world, call),
        ("POST", ["leadLabels"]) => lead_lists::create_label(world, call),
        ("GET", ["leadSources"]) => lead_lists::sources(world, call),
        ("GET", ["leadFields"]) => lead_lists::fields(world, call),
        ("GET", ["notes"]) => notes::list(world, call, caller),
        ("POST", ["notes"]) => notes::create(world, call, caller),
        ("GET", ["notes", id]) => notes::get(world, call, caller, id),
        ("PUT", ["notes", id]) => notes::update(world, call, caller, id),
        ("DELETE", ["notes", id]) => notes::delete(world, call, id),
        ("GET", ["recents"]) => recents::list(world, call, caller),
        ("GET", ["webhooks"]) => webhooks::list(world, call),
        ("POST", ["webhooks"]) => webhooks::create(world, call, caller),
        ("DELETE", ["webhooks", id]) => webhooks::delete(world, call, id),
        ("PUT", ["persons", id, "merge"]) => merge::persons(world, call, caller, id),
        _ => Err(Trouble::no_such_path()),
    }
}
