//! Paths: what kind of call each is, and what it needs.

use super::modules::{self, MODULES};
use super::scopes;
use crate::call::Call;
use crate::dialect::{CallKind, Endpoint};

/// The parts of a path after `/crm/v8`, the version this dialect speaks.
pub(super) fn route<'a, 'p>(parts: &'a [&'p str]) -> Option<&'a [&'p str]> {
    match parts {
        ["crm", "v8", rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Whether a call of the API changes something.
pub(super) fn writes(method: &str, route: &[&str]) -> bool {
    method != "GET" && route != ["coql"]
}

/// A scope: its group and the operation.
type Scope = (String, &'static str);

/// The scopes a call needs: one of each set.
pub(super) fn needed(method: &str, route: &[&str]) -> Vec<Vec<Scope>> {
    let operation = scopes::operation(method);
    let of = |module: &str, operation| vec![(scopes::of_module(module), operation)];
    match route {
        ["settings", part, ..] => vec![vec![(format!("ZohoCRM.settings.{part}"), operation)]],
        ["users", ..] => vec![vec![("ZohoCRM.users".to_owned(), operation)]],
        ["org", ..] => vec![vec![("ZohoCRM.org".to_owned(), "READ")]],
        ["coql"] => vec![vec![("ZohoCRM.coql".to_owned(), "READ")]],
        ["actions", "watch"] => vec![vec![("ZohoCRM.notifications".to_owned(), operation)]],
        [_, .., "actions", "change_owner"] => vec![vec![("ZohoCRM.change_owner".to_owned(), "CREATE")]],
        [module, "search"] => {
            vec![of(module, "READ"), vec![("ZohoSearch.securesearch".to_owned(), "READ")]]
        }
        [module, .., "actions", "add_tags" | "remove_tags"] => {
            vec![vec![(scopes::of_module(module), "CREATE"), (scopes::of_module(module), "UPDATE")]]
        }
        [module, _, list] if modules::find(list).is_ok() => vec![of(module, "READ"), of(list, operation)],
        [module, ..] => vec![of(module, operation)],
        [] => Vec::new(),
    }
}

/// What a user's profile must allow for a call that changes something, in the vendor's words.
pub(super) fn permission(method: &str, route: &[&str]) -> String {
    let verb = match scopes::operation(method) {
        "CREATE" => "Create",
        "DELETE" => "Delete",
        _ => "Edit",
    };
    match route {
        ["settings" | "actions" | "users", ..] => "Crm_Implied_Customize_Zoho_CRM".to_owned(),
        [module, ..] => format!("Crm_Implied_{verb}_{module}"),
        [] => "Crm_Implied_Api_Access".to_owned(),
    }
}

/// Classifies a call.
pub(super) fn endpoint(call: &Call) -> Endpoint {
    let parts = call.parts();
    let method = call.method.as_str();
    let kind = match parts.as_slice() {
        ["oauth", "v2", "auth", ..] | ["selfclient", ..] | ["crm", .., "tab", _, _] => CallKind::Page,
        ["oauth", "v2", ..] => CallKind::Token,
        // Its token is a secret of the client's, which Zoho gives back with every notification.
        ["crm", _, "actions", "watch"] => CallKind::Token,
        ["crm", _, rest @ ..] if writes(method, rest) => CallKind::Write,
        _ => CallKind::Read,
    };
    let shown: Vec<&str> = parts.iter().map(|part| if is_id(part) { "{id}" } else { part }).collect();
    Endpoint { label: format!("{} /{}", call.method, shown.join("/")), kind }
}

fn is_id(part: &str) -> bool {
    part.len() >= 10 && part.bytes().all(|b| b.is_ascii_digit())
}

/// The module a browser's address names, by the API's name or by the older one of the address.
pub(super) fn tab(name: &str) -> Option<&'static modules::Module> {
    MODULES.iter().find(|module| module.tab == name || module.name == name)
}
