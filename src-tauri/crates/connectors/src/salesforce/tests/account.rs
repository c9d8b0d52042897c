//! The check.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Account, Connector};
use leadferry_model::Failure;
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

const OBJECTS: &str = "/services/data/v66.0/sobjects";
const LIMITS: &str = "/services/data/v66.0/limits";

fn user() -> Fixture {
    let body = json!({"sub": "https://login.salesforce.com/id/00D5g000001ABCDEA2/0055g00000XyZabAAF",
        "user_id": "0055g00000XyZabAAF", "organization_id": "00D5g000001ABCDEA2", "name": "Ada Example",
        "preferred_username": "ada@example.com", "email": "ada@example.com"});
    Fixture::new("GET", USER_INFO, 200, body)
}

fn objects() -> Fixture {
    let object = |name: &str, create: bool, update: bool, read: bool| json!({"name": name, "createable": create, "updateable": update, "queryable": read});
    let list = [
        object("Lead", true, true, true),
        object("Contact", true, false, true),
        object("Account", false, false, true),
        object("Task", true, true, true),
    ];
    Fixture::new("GET", OBJECTS, 200, json!({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": list}))
}

fn org(status: u16) -> Fixture {
    let found = json!({"Id": "00D5g000001ABCDEA2", "Name": "Example Ltd", "IsSandbox": true});
    let query = "SELECT Id, Name, IsSandbox FROM Organization LIMIT 1";
    let body = if status == 200 { rows(vec![found]) } else { refusal("INSUFFICIENT_ACCESS", "no") };
    Fixture::new("GET", QUERY, status, body).query(ask(query))
}

fn limits(status: u16) -> Fixture {
    let body = json!({"DailyApiRequests": {"Max": 100000, "Remaining": 89982}, "DailyBulkV2QueryJobs": {"Max": 1, "Remaining": 1}});
    Fixture::new("GET", LIMITS, status, if status == 200 { body } else { json!([]) })
}

async fn check(
    fixtures: impl IntoIterator<Item = Fixture>,
    identity: Option<&str>,
) -> Result<Account, Failure> {
    let (_script, bench) = script(fixtures);
    let bench = match identity {
        Some(identity) => bench.set("token.id", identity),
        None => bench,
    };
    CONNECTOR.check(&bench.call()).await
}

#[tokio::test]
async fn the_check_says_who_we_are_and_what_we_may_do() {
    let account = check([user(), objects(), org(200), limits(200)], None).await.unwrap();
    assert_eq!(
        (account.id.as_str(), account.name.as_str()),
        ("00D5g000001ABCDEA2", "Example Ltd"),
        "the org"
    );
    assert_eq!(account.user.as_deref(), Some("Ada Example (ada@example.com)"), "who signed in");
    assert!(account.sandbox && !account.read_only, "and its kind: {account:?}");
    let may = [
        "read leads",
        "create and update leads",
        "read contacts",
        "create contacts",
        "read accounts",
        "add tasks",
    ];
    assert_eq!(account.may[..6], may, "rights in words");
    assert_eq!(account.may[6], "make 89982 of the org's 100000 API calls of today", "and what is left");
    let may_not = ["update contacts", "create and update accounts", "read opportunities"];
    assert_eq!(account.may_not[..3], may_not, "an object that is not there may not be touched");
    assert_eq!(
        account.remember["salesforce_user_id"], "0055g00000XyZabAAF",
        "new fields are shown to this user"
    );
}

#[tokio::test]
async fn what_is_only_good_to_know_is_no_reason_to_fail() {
    let identity = "https://login.salesforce.com/id/00D5g000001ABCDEA2/0055g00000XyZabAAF";
    let nobody = || Fixture::new("GET", USER_INFO, 403, json!({"error": "insufficient_scope"}));
    let account = check([nobody(), objects(), org(403), limits(403)], Some(identity)).await.unwrap();
    assert_eq!(account.id, "00D5g000001ABCDEA2", "the token's answer named the org");
    assert_eq!(account.user, None, "nobody says who it is");
    assert_eq!(account.name, "Salesforce org 00D5g000001ABCDEA2", "nor what it is called");
    let failure = check([nobody(), objects(), org(403), limits(403)], None).await.unwrap_err();
    assert_eq!(failure.kind.word(), "unexpected", "an account without an id could be any account");
}

#[tokio::test]
async fn a_profile_that_writes_nothing_is_read_only() {
    let only =
        json!({"sobjects": [{"name": "Lead", "createable": false, "updateable": false, "queryable": true}]});
    let objects = Fixture::new("GET", OBJECTS, 200, only);
    let account = check([user(), objects, org(200), limits(403)], None).await.unwrap();
    assert!(account.read_only, "{account:?}");
}

#[tokio::test]
async fn an_outage_in_between_is_no_answer() {
    let down = Fixture::new("GET", QUERY, 503, json!(""));
    let failure = check([user(), objects(), down], None).await.unwrap_err();
    assert_eq!(failure.kind.word(), "unavailable", "half an answer would look like lost rights");
}
