//! Who we are at Zoho CRM, and what we may do there: the scopes that were granted, and what the person's profile allows.

use std::collections::BTreeMap;

use leadferry_connector::{Account, Call};
use leadferry_model::{Failure, FailureKind};

use super::spec::{DAILY_CREDITS, SPEC};
use super::types::{License, Module, Org};
use super::{actions, api, convert};

/// The hosts people see, by the ending of the API's host.
/// Unverified: the British one. <https://www.zoho.com/crm/developer/docs/api/v8/multi-dc.html>
const PAGE_HOSTS: [(&str, &str); 9] = [
    ("zohoapis.com", "zoho.com"),
    ("zohoapis.eu", "zoho.eu"),
    ("zohoapis.in", "zoho.in"),
    ("zohoapis.com.au", "zoho.com.au"),
    ("zohoapis.com.cn", "zoho.com.cn"),
    ("zohoapis.jp", "zoho.jp"),
    ("zohoapis.ca", "zohocloud.ca"),
    ("zohoapis.sa", "zoho.sa"),
    ("zohoapis.uk", "zoho.uk"),
];

pub(super) async fn check(call: &Call<'_>) -> Result<Account, Failure> {
    let org = api::org(call.http).await?;
    let user = worth_a_call(api::current_user(call.http).await)?.flatten();
    let modules = worth_a_call(api::modules(call.http).await)?.unwrap_or_default();
    let scopes = call.settings.granted_scopes().map(|granted| {
        let each = granted.into_iter().flat_map(|scopes| scopes.split(','));
        each.filter(|scope| !scope.is_empty()).map(str::to_lowercase).collect::<Vec<_>>()
    });
    let rights = Rights { scopes, modules: &modules };
    let (mut may, mut may_not) = (Vec::new(), Vec::new());
    let mut note = |allowed: bool, words: String| if allowed { may.push(words) } else { may_not.push(words) };
    let mut writes = false;
    for object in SPEC.objects {
        let plural = object.name.to_lowercase();
        let write = rights.may_write(object.name);
        writes |= write;
        note(rights.may_read(object.name), format!("read {plural}"));
        note(write, format!("write {plural}"));
    }
    note(rights.may_create("Notes"), "add notes".to_owned());
    note(rights.may_create("Tasks"), "create tasks".to_owned());
    note(rights.granted("zohocrm.settings.fields", &["create"]), "create fields".to_owned());
    note(rights.granted("zohocrm.coql", &["read"]), "look records up and follow changes".to_owned());
    note(rights.granted("zohocrm.users", &["read"]), "read owners".to_owned());
    let host = call.http.host();
    let sandbox = matches!(org.kind.as_deref(), Some("Sandbox" | "Developer"))
        || ["sandbox.", "developer."].iter().any(|start| host.starts_with(start));
    Ok(Account {
        name: org
            .company_name
            .clone()
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| format!("Zoho CRM {}", org.id)),
        user: user.and_then(|user| user.person()),
        may,
        may_not,
        sandbox,
        read_only: !writes,
        remember: remember(&org, &modules, &host),
        id: org.id,
    })
}

/// An answer that is worth a call, but no failure: the organisation has answered, so the sign-in itself is good.
fn worth_a_call<T>(answer: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(failure) if passes_soon(&failure) || failure.kind == FailureKind::Auth => Err(failure),
        Err(_) => Ok(None),
    }
}

pub(super) fn passes_soon(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::RateLimited { .. } | FailureKind::Unavailable)
}

struct Rights<'a> {
    /// Granted scopes in small letters. `None`: nobody says.
    scopes: Option<Vec<String>>,
    /// Empty: nobody says.
    modules: &'a [Module],
}

impl Rights<'_> {
    /// Whether `group` was granted whole, or with each of these operations.
    fn granted(&self, group: &str, operations: &[&str]) -> bool {
        let Some(scopes) = &self.scopes else { return true };
        let has = |operation: &str| scopes.iter().any(|scope| *scope == format!("{group}.{operation}"));
        has("all") || operations.iter().all(|operation| has(operation))
    }

    /// Whether the scopes admit all of these operations in a module.
    fn in_module(&self, module: &str, operations: &[&str]) -> bool {
        let own = format!("zohocrm.modules.{}", module.to_lowercase());
        self.granted(&own, operations) || self.granted("zohocrm.modules", operations)
    }

    fn profile(&self, module: &str, allows: fn(&Module) -> Option<bool>) -> bool {
        if self.modules.is_empty() {
            return true;
        }
        // A module that is not listed is hidden from the person.
        let found = self.modules.iter().find(|found| found.api_name == module);
        found.is_some_and(|found| found.api_supported != Some(false) && allows(found) != Some(false))
    }

    fn may_read(&self, module: &str) -> bool {
        self.in_module(module, &["read"]) && self.profile(module, |found| found.viewable)
    }

    fn may_create(&self, module: &str) -> bool {
        (self.in_module(module, &["create"]) || self.in_module(module, &["write"]))
            && self.profile(module, |found| found.creatable)
    }

    fn may_write(&self, module: &str) -> bool {
        let scopes = self.in_module(module, &["create", "update"]) || self.in_module(module, &["write"]);
        scopes
            && self.profile(module, |found| found.creatable)
            && self.profile(module, |found| found.editable)
    }
}

fn remember(org: &Org, modules: &[Module], host: &str) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    let mut keep = |name: String, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            kept.insert(name, value);
        }
    };
    keep(convert::PAGES.to_owned(), pages(org, host));
    keep(actions::TIME_ZONE.to_owned(), org.time_zone.clone());
    keep(DAILY_CREDITS.to_owned(), Some(daily_credits(&org.license_details).to_string()));
    for module in modules.iter().filter(|module| SPEC.object(&module.api_name).is_some()) {
        keep(actions::module_key(&module.api_name), module.id.clone());
    }
    kept
}

/// Where people see the organisation's records.
fn pages(org: &Org, host: &str) -> Option<String> {
    let (place, region) = host.split_once('.')?;
    let (_, site) = PAGE_HOSTS.iter().find(|(api, _)| *api == region)?;
    // Unverified: the host of developer editions.
    let crm = match place {
        "sandbox" => "crmsandbox",
        _ => "crm",
    };
    let domain =
        org.domain_name.as_deref().filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
    Some(format!("https://{crm}.{site}/crm/{domain}")).filter(|_| !domain.is_empty())
}

/// Credits a day, by edition and users. An edition that is paid for but has an unknown name has at least the smallest paid share.
/// Unverified: the names of editions. <https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html>
fn daily_credits(license: &License) -> u32 {
    let edition = if license.paid { &license.paid_type } else { &license.trial_type };
    let edition: String = edition.as_deref().unwrap_or_default().to_lowercase();
    let (base, per_user, most) = match edition.replace([' ', '_'], "").as_str() {
        "standard" => (50_000, 250, 100_000),
        "professional" => (50_000, 500, 3_000_000),
        "enterprise" | "zohoone" => (50_000, 1_000, 5_000_000),
        "ultimate" | "crmplus" => (50_000, 2_000, u32::MAX),
        _ if license.paid && edition != "free" => (50_000, 0, 50_000),
        _ => (5_000, 0, 5_000),
    };
    license.users_license_purchased.saturating_mul(per_user).saturating_add(base).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_follow_the_edition() {
        let license = |paid: bool, name: &str, users: u32| License {
            paid,
            paid_type: paid.then(|| name.to_owned()),
            trial_type: (!paid && !name.is_empty()).then(|| name.to_owned()),
            users_license_purchased: users,
        };
        let cases = [
            (license(false, "", 3), 5_000, "Free"),
            (license(true, "standard", 10), 52_500, "Standard"),
            (license(true, "Standard", 1_000), 100_000, "never more than its most"),
            (license(true, "professional", 10), 55_000, "Professional"),
            (license(true, "enterprise", 10), 60_000, "Enterprise"),
            (license(true, "zoho_one", 10), 60_000, "Zoho One"),
            (license(true, "ultimate", 10), 70_000, "Ultimate"),
            (license(false, "enterprise", 1), 51_000, "a trial"),
            (license(true, "something new", 10), 50_000, "paid, but unknown"),
        ];
        for (license, expected, why) in cases {
            assert_eq!(daily_credits(&license), expected, "{why}");
        }
    }

    #[test]
    fn pages_lie_in_the_data_centre_of_the_account() {
        let org: Org =
            serde_json::from_value(serde_json::json!({"id": "1", "domain_name": "org60001234"})).unwrap();
        let cases = [
            ("www.zohoapis.eu", Some("https://crm.zoho.eu/crm/org60001234")),
            ("www.zohoapis.ca", Some("https://crm.zohocloud.ca/crm/org60001234")),
            ("sandbox.zohoapis.com.au", Some("https://crmsandbox.zoho.com.au/crm/org60001234")),
            ("127.0.0.1", None),
        ];
        for (host, expected) in cases {
            assert_eq!(pages(&org, host).as_deref(), expected, "{host}");
        }
    }
}
