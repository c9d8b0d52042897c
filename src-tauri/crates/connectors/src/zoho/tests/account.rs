//! Who we are, what we may do, and what is remembered.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Settings};
use leadferry_model::Secret;

use super::*;
use crate::zoho::CONNECTOR;

fn org() -> Json {
    json!({"org": [{
        "id": "554023000000000001", "company_name": "Acme Ltd", "domain_name": "org60001234", "type": "Production",
        "time_zone": "Europe/Berlin", "primary_email": "office@example.com", "zgid": "60001234",
        "license_details": {"paid": true, "paid_type": "enterprise", "users_license_purchased": 10, "trial_type": null},
    }]})
}

fn users() -> Json {
    json!({"users": [{"id": "554023000000235011", "full_name": "Ada Moss", "email": "ada@example.com",
        "profile": {"name": "Standard", "id": "554023000000015975"}, "zip": null}],
        "info": {"per_page": 200, "count": 1, "page": 1, "more_records": false}})
}

fn modules(deals_editable: bool) -> Json {
    let module = |name: &str, id: &str, editable: bool| json!({"api_name": name, "id": id, "viewable": true, "creatable": true, "editable": editable, "api_supported": true});
    json!({"modules": [module("Leads", "101", true), module("Contacts", "102", true), module("Accounts", "103", true),
        module("Deals", "104", deals_editable), module("Tasks", "105", true), module("Notes", "106", true)]})
}

fn answers(modules: Fixture) -> [Fixture; 3] {
    [
        Fixture::new("GET", "/crm/v8/org", 200, org()),
        Fixture::new("GET", "/crm/v8/users", 200, users()).query(json!({"type": "CurrentUser"})),
        modules,
    ]
}

fn modules_call(status: u16, body: Json) -> Fixture {
    Fixture::new("GET", "/crm/v8/settings/modules", status, body)
}

#[tokio::test]
async fn the_account_is_named_with_its_rights_and_what_is_worth_remembering() {
    let (script, bench) = script(answers(modules_call(200, modules(false))));
    let scopes =
        "ZohoCRM.modules.leads.ALL,ZohoCRM.modules.contacts.READ,ZohoCRM.modules.deals.ALL,ZohoCRM.coql.READ";
    let bench = bench.set(Settings::GRANTED_SCOPES, scopes);
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert_eq!(
        (account.id.as_str(), account.name.as_str()),
        ("554023000000000001", "Acme Ltd"),
        "the organisation"
    );
    assert_eq!(account.user.as_deref(), Some("Ada Moss (ada@example.com)"), "the person");
    assert_eq!(
        account.may,
        ["read leads", "write leads", "read contacts", "read deals", "look records up and follow changes"],
        "as scopes and profile say"
    );
    assert_eq!(
        account.may_not,
        [
            "write contacts",
            "read accounts",
            "write accounts",
            "write deals",
            "add notes",
            "create tasks",
            "create fields",
            "read owners"
        ],
        "deals by the profile, the others by the scopes"
    );
    assert!(!account.read_only && !account.sandbox, "leads can be written");
    let kept = |name: &str| account.remember.get(name).map(String::as_str);
    assert_eq!(kept("zoho_daily_credits"), Some("60000"), "ten users of the Enterprise edition");
    assert_eq!(kept("zoho_time_zone"), Some("Europe/Berlin"), "for days on which tasks are due");
    assert_eq!(kept("zoho_module.Leads"), Some("101"), "for notes");
    assert_eq!(kept("zoho_pages"), None, "example.com is no data centre");
    assert_eq!(script.sent().len(), 3, "three cheap calls");
}

#[tokio::test]
async fn rights_nobody_tells_are_not_denied() {
    let refusal = modules_call(401, refused("OAUTH_SCOPE_MISMATCH", json!({})));
    let (_script, bench) = script(answers(refusal));
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert!(account.may_not.is_empty() && !account.read_only, "{:?}", account.may_not);
}

#[tokio::test]
async fn a_profile_that_only_reads_is_read_only() {
    let read = json!({"modules": [{"api_name": "Leads", "id": "101", "viewable": true, "creatable": false, "editable": false}]});
    let (_script, bench) = script(answers(modules_call(200, read)));
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert!(account.read_only, "nothing can be written");
    assert!(account.may.contains(&"read leads".to_owned()), "{:?}", account.may);
    assert!(account.may_not.contains(&"read deals".to_owned()), "a module that is not listed is hidden");
}

#[tokio::test]
async fn a_sandbox_says_so() {
    let mut sandbox = org();
    sandbox["org"][0]["type"] = json!("Sandbox");
    let (_script, bench) = script([
        Fixture::new("GET", "/crm/v8/org", 200, sandbox),
        Fixture::new("GET", "/crm/v8/users", 204, Json::Null),
        modules_call(204, Json::Null),
    ]);
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert!(account.sandbox && account.user.is_none(), "and nobody is named");
}

#[tokio::test]
async fn an_outage_in_the_middle_is_no_lack_of_rights() {
    let (_script, bench) = script(answers(modules_call(503, json!({}))));
    let failure = CONNECTOR.check(&bench.call()).await.unwrap_err();
    assert_eq!(failure.kind.word(), "unavailable", "{failure:?}");
}

#[tokio::test]
async fn the_token_stands_behind_zohos_own_word() {
    let script = Arc::new(Script::new(answers(modules_call(204, Json::Null))));
    let access =
        leadferry_connector::Fixed(leadferry_connector::Credential::Bearer(Secret::new("1000.canary")));
    let bench = Bench::with(&SPEC, "https://www.zohoapis.eu", script.clone(), access);
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert_eq!(script.sent()[0].header("authorization"), Some("Zoho-oauthtoken 1000.canary"), "not Bearer");
    let pages = account.remember.get("zoho_pages").map(String::as_str);
    assert_eq!(pages, Some("https://crm.zoho.eu/crm/org60001234"), "in the account's data centre");
}
