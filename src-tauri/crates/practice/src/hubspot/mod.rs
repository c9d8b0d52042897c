//! The practice HubSpot.
//!
//! Speaks the `2026-03` API and the older `/crm/v3` paths. Facts are from the vendor's pages, linked beside each rule;
//! what they leave open is marked `Unverified` and read the way that is harder for a client.
//!
//! Deliberately not here: marketing e-mail, forms, workflows, the webhooks journal, custom objects, property history.

mod account;
mod account_info;
mod associations;
mod batch;
mod consent;
mod directory;
mod errors;
mod fields;
mod gate;
mod oauth;
mod objects;
mod paths;
mod properties;
mod record_page;
mod render;
mod rows;
mod scopes;
mod search;
mod strict;
mod values;

use jiff::Timestamp;
use leadferry_model::Field as ModelField;
use rand::rngs::StdRng;

use crate::access::Access;
use crate::call::{Call, Reply};
use crate::core::{Crm, Field};
use crate::dialect::{Dialect, DialectInfo, Endpoint};
use crate::practice::Tokens;
use crate::weather::Fault;
use crate::world::World;
use errors::Trouble;

/// What every endpoint answers.
type Answer = Result<Reply, Trouble>;

/// The dialect.
pub(crate) struct HubSpot;

const INFO: DialectInfo = DialectInfo {
    id: "hubspot",
    name: "HubSpot",
    objects: &["companies", "contacts", "deals", "leads", "notes", "tasks"],
};

impl Dialect for HubSpot {
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
        let parts = call.parts();
        let route = paths::route(&parts);
        let method = call.method.as_str();
        if let Some(reply) = outside_the_api(world, call, method, &route) {
            return reply;
        }
        let admitted = match gate::admit(world, call, &route) {
            Ok(admitted) => admitted,
            Err(refused) => return refused.into_reply(world),
        };
        let reply = dispatch(world, call, method, &route).unwrap_or_else(|trouble| trouble.into_reply(world));
        admitted.limit_headers.into_iter().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }

    fn fault_reply(&self, world: &mut World, fault: &Fault) -> Reply {
        errors::of_fault(fault).into_reply(world)
    }

    fn adopt(&self, field: &ModelField) -> Field {
        fields::adopted(field)
    }
}

/// Pages for people and the token endpoints, which need no access token.
fn outside_the_api(world: &mut World, call: &Call, method: &str, route: &[&str]) -> Option<Reply> {
    Some(match (method, route) {
        ("GET", ["oauth", "authorize"]) | ("GET", ["oauth", _, "authorize"]) => consent::ask(world, call),
        ("POST", ["oauth", "authorize", "answer"]) => consent::answer(world, call),
        ("POST", ["oauth-api", "token"]) => oauth::token(world, call),
        ("POST", ["oauth-api", "token", "revoke"]) => oauth::revoke(world, call),
        ("POST", ["oauth-api", "token", "introspect"]) => oauth::introspect(world, call),
        ("DELETE", ["oauth-api", "refresh-tokens", token]) => oauth::delete_refresh_token(world, token),
        ("POST", ["oauth-api", "private-apps", "get", "access-token-info"]) => {
            oauth::private_app_info(world, call)
        }
        ("GET", ["contacts", _portal, "record", kind, id]) => record_page::show(world, kind, id),
        _ => return None,
    })
}

fn dispatch(world: &mut World, call: &Call, method: &str, route: &[&str]) -> Answer {
    match (method, route) {
        ("GET", ["account-info", "details"]) => account_info::details(world, call),
        ("GET", ["account-info", "api-usage", "daily", "private-apps"]) => {
            account_info::daily_usage(world, call)
        }
        ("GET", ["owners"]) => directory::owners(world, call),
        ("GET", ["owners", id]) => directory::owner(world, call, id),
        ("GET", ["pipelines", object]) => directory::pipelines(world, call, object),
        ("GET", ["property-validations", _object]) => directory::validations(world, call),
        (_, ["properties", object, rest @ ..]) => {
            let object = paths::object(world, object)?;
            match (method, rest) {
                ("GET", []) => properties::list(world, call, &object),
                ("POST", []) => properties::create(world, call, &object),
                ("GET", ["groups"]) => properties::groups(world, call, &object),
                ("POST", ["batch", "create"]) => properties::batch_create(world, call, &object),
                ("POST", ["batch", "read"]) => properties::batch_read(world, call, &object),
                ("POST", ["batch", "archive"]) => properties::batch_archive(world, call, &object),
                ("GET", [name]) => properties::get(world, call, &object, name),
                ("PATCH", [name]) => properties::alter(world, call, &object, name),
                ("DELETE", [name]) => properties::archive(world, call, &object, name),
                _ => Err(Trouble::no_such_path()),
            }
        }
        (_, ["associations", from, to, "batch", verb]) if method == "POST" => {
            let (from, to) = (paths::object(world, from)?, paths::object(world, to)?);
            associations::batch(world, call, &from, &to, verb)
        }
        (_, ["objects", object, rest @ ..]) => {
            let object = paths::object(world, object)?;
            object_call(world, call, method, &object, rest)
        }
        _ => Err(Trouble::no_such_path()),
    }
}

fn object_call(world: &mut World, call: &Call, method: &str, object: &str, rest: &[&str]) -> Answer {
    match (method, rest) {
        ("GET", []) => objects::list(world, call, object),
        ("POST", []) => objects::create(world, call, object),
        ("POST", ["search"]) => search::search(world, call, object),
        ("POST", ["merge"]) => objects::merge(world, call, object),
        ("POST", ["gdpr-delete"]) => objects::gdpr_delete(world, call, object),
        ("POST", ["batch", "create"]) => batch::create(world, call, object),
        ("POST", ["batch", "read"]) => batch::read(world, call, object),
        ("POST", ["batch", "update"]) => batch::update(world, call, object),
        ("POST", ["batch", "upsert"]) => batch::upsert(world, call, object),
        ("POST", ["batch", "archive"]) => batch::archive(world, call, object),
        ("GET", [id]) => objects::get(world, call, object, id),
        ("PATCH", [id]) => objects::update(world, call, object, id),
        ("DELETE", [id]) => objects::archive(world, call, object, id),
        ("GET", [id, "associations", to]) => {
            let to = paths::object(world, to)?;
            associations::list(world, call, object, id, &to)
        }
        ("PUT", [id, "associations", "default", to, to_id]) => {
            let to = paths::object(world, to)?;
            associations::join_by_default(world, call, (object, id), (&to, to_id))
        }
        _ => Err(Trouble::no_such_path()),
    }
}
