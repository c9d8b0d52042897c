//! The practice Zoho CRM.
//!
//! Speaks version 8 of the CRM's API and the token endpoints of Zoho's accounts server, which here is the same server.
//! Facts are from the vendor's pages and from its own description of the API, linked beside each rule; what they leave open
//! is marked `Unverified` and read the way that is harder for a client.
//!
//! Deliberately not here: bulk and composite calls, external ids (`X-EXTERNAL`), custom views, territories, blueprints,
//! subforms, attachments, e-mails, custom modules, and the privacy (GDPR) module.

mod account;
mod consent;
mod convert;
mod coql;
mod criteria;
mod directory;
mod errors;
mod field_calls;
mod fields;
mod filler;
mod gate;
mod ids;
mod layouts;
mod lists;
mod modules;
mod oauth;
mod owner;
mod paging;
mod paths;
mod record_page;
mod records;
mod related;
mod render;
mod rows;
mod scopes;
mod search;
mod self_client;
mod strict;
mod tags;
mod times;
mod upsert;
mod values;
mod watch;
mod write;

use jiff::Timestamp;
use leadferry_model::Field as ModelField;
use rand::rngs::StdRng;

use crate::access::Access;
use crate::call::{Call, Reply};
use crate::core::{Change as RecordChange, Crm, Field};
use crate::dialect::{Dialect, DialectInfo, Endpoint};
use crate::hooks::SentHook;
use crate::practice::Tokens;
use crate::weather::Fault;
use crate::world::World;
use errors::Trouble;
use modules::Module;
use watch::Change;

/// What every endpoint answers.
type Answer = Result<Reply, Trouble>;

/// Who calls.
#[derive(Clone, Debug)]
struct Caller {
    user: u64,
    scopes: Vec<String>,
}

/// The dialect.
pub(crate) struct Zoho;

const INFO: DialectInfo = DialectInfo {
    id: "zoho",
    name: "Zoho CRM",
    objects: &["Accounts", "Calls", "Contacts", "Deals", "Events", "Leads", "Notes", "Tasks"],
};

impl Dialect for Zoho {
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
        if let Some(reply) = outside_the_api(world, call, &parts) {
            return reply;
        }
        let Some(route) = paths::route(&parts) else { return Trouble::no_such_path().into_reply() };
        let answered =
            gate::admit(world, call, route).and_then(|caller| dispatch(world, call, &caller, route));
        let reply = answered.unwrap_or_else(Trouble::into_reply);
        match gate::credits_left(world) {
            Some(left) => reply.with_header(errors::CREDITS_HEADER, left.to_string()),
            None => reply,
        }
    }

    fn fault_reply(&self, _world: &mut World, fault: &Fault) -> Reply {
        errors::of_fault(fault).into_reply()
    }

    fn token_limit_reply(&self) -> Option<Reply> {
        Some(oauth::throttled())
    }

    fn hooks(&self, world: &World, changes: &[RecordChange]) -> Vec<SentHook> {
        watch::posted(world, changes)
    }

    fn adopt(&self, field: &ModelField) -> Field {
        fields::adopted(field)
    }
}

/// Pages for people and the accounts server, which need no access token.
fn outside_the_api(world: &mut World, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("GET", ["oauth", "v2", "auth"]) => consent::ask(world, call),
        ("POST", ["oauth", "v2", "auth", "answer"]) => consent::answer(world, call),
        ("POST", ["oauth", "v2", "token"]) => oauth::token(world, call),
        ("POST", ["oauth", "v2", "token", "revoke"]) => oauth::revoke(world, call),
        ("POST", ["oauth", "v2", "introspect"]) => oauth::introspect(world, call),
        ("GET", ["oauth", "serverinfo"]) => oauth::server_info(world),
        ("GET", [".well-known", "openid-configuration"]) => oauth::discovery(world),
        ("GET", ["selfclient"]) => self_client::form(world),
        ("POST", ["selfclient"]) => self_client::generate(world, call),
        ("GET", ["crm", "tab", module, id] | ["crm", _, "tab", module, id]) => {
            record_page::show(world, module, id)
        }
        _ => return None,
    })
}

/// Whether the first part of a route is something this account knows.
fn knows(first: &str) -> bool {
    matches!(first, "settings" | "users" | "org" | "coql" | "actions") || modules::find(first).is_ok()
}

fn dispatch(world: &mut World, call: &Call, caller: &Caller, route: &[&str]) -> Answer {
    let method = call.method.as_str();
    match (method, route) {
        ("GET", ["settings", "fields"]) => field_calls::list(world, call),
        ("POST", ["settings", "fields"]) => field_calls::create(world, call),
        ("GET", ["settings", "fields", id]) => field_calls::get(world, call, id),
        ("PATCH", ["settings", "fields", id]) => field_calls::alter(world, call, id),
        ("DELETE", ["settings", "fields", id]) => field_calls::delete(world, call, id),
        ("GET", ["settings", "modules"]) => modules::list(world, call),
        ("GET", ["settings", "modules", name]) => modules::get(world, call, name),
        ("GET", ["settings", "layouts"]) => layouts::list(world, call),
        ("GET", ["settings", "layouts", id]) => layouts::get(world, call, id),
        ("GET", ["settings", "pipeline"]) => layouts::pipelines(world, call, None),
        ("GET", ["settings", "pipeline", id]) => layouts::pipelines(world, call, Some(id)),
        ("GET", ["settings", "tags"]) => tags::list(world, call),
        ("GET", ["users"]) => directory::users(world, call, caller),
        ("GET", ["users", id]) => directory::one_user(world, call, id),
        ("GET", ["org"]) => directory::org(world, call),
        ("POST", ["coql"]) => coql::query(world, call, caller),
        ("GET", ["actions", "watch"]) => watch::list(world, call),
        ("POST", ["actions", "watch"]) => watch::write(world, call, Change::Open),
        ("PUT", ["actions", "watch"]) => watch::write(world, call, Change::Replace),
        ("PATCH", ["actions", "watch"]) => watch::write(world, call, Change::Alter),
        ("DELETE", ["actions", "watch"]) => watch::end(world, call),
        (_, ["settings" | "users" | "org" | "coql" | "actions", ..]) | (_, []) => {
            Err(Trouble::no_such_path())
        }
        (_, [module, rest @ ..]) => {
            let module = modules::find(module)?;
            record_call(world, call, caller, module, rest)
        }
    }
}

fn record_call(
    world: &mut World,
    call: &Call,
    caller: &Caller,
    module: &'static Module,
    rest: &[&str],
) -> Answer {
    match (call.method.as_str(), rest) {
        ("GET", []) => lists::list(world, call, caller, module),
        ("POST", []) => write::insert(world, call, caller, module, None),
        ("PUT", []) => write::update(world, call, caller, module),
        ("DELETE", []) => write::delete(world, call, caller, module),
        ("POST", ["upsert"]) => upsert::upsert(world, call, caller, module),
        ("GET", ["deleted"]) => lists::deleted(world, call, module),
        ("GET", ["search"]) => search::search(world, call, module),
        ("GET", ["actions", "count"]) => lists::count(world, call, module),
        ("POST", ["actions", "change_owner"]) => owner::change(world, call, caller, module, None),
        ("POST", ["actions", verb @ ("add_tags" | "remove_tags")]) => {
            tags::change(world, call, caller, module, None, *verb == "add_tags")
        }
        ("GET", [id]) if *id != "upsert" => lists::get(world, call, module, id),
        ("PUT", [id]) => write::update_one(world, call, caller, module, id),
        ("DELETE", [id]) => write::delete_one(world, call, caller, module, id),
        ("POST", [id, "actions", "convert"]) if module.name == "Leads" => {
            convert::convert(world, call, caller, id)
        }
        ("POST", [id, "actions", "change_owner"]) => owner::change(world, call, caller, module, Some(id)),
        ("POST", [id, "actions", verb @ ("add_tags" | "remove_tags")]) => {
            tags::change(world, call, caller, module, Some(id), *verb == "add_tags")
        }
        ("GET", [id, list]) => related::list(world, call, module, id, list),
        ("POST", [id, "Notes"]) if module.name != "Notes" => {
            related::add_note(world, call, caller, module, id)
        }
        ("PUT", [id, "Contact_Roles", contact]) if module.name == "Deals" => {
            related::add_contact_role(world, call, id, contact)
        }
        (_, [] | [_]) => Err(Trouble::wrong_method()),
        _ => Err(Trouble::no_such_path()),
    }
}
