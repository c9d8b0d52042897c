//! The sample account and what describes it.

use serde_json::json;

use crate::support::desk;

#[tokio::test]
async fn the_account_says_who_it_is() {
    let desk = desk();
    let details = desk.get("/account-info/2026-03/details").await;
    assert_eq!(details.json["portalId"], 7_700_900);
    assert_eq!(details.json["timeZone"], "Europe/London");
    assert_eq!(details.json["accountType"], "STANDARD");
    let usage = desk.get("/account-info/2026-03/api-usage/daily/private-apps").await;
    assert_eq!(usage.results()[0]["currentUsage"], 2, "the two calls so far");
    assert_eq!(
        usage.results()[0]["resetsAt"],
        "2026-11-21T00:00:00.000Z",
        "midnight in the account's time zone"
    );
}

#[tokio::test]
async fn contacts_have_as_many_fields_as_a_lived_in_account() {
    let desk = desk();
    let fields = desk.get("/crm/properties/2026-03/contacts").await;
    let all = fields.results();
    assert_eq!(all.len(), 214);
    let with = |key: &str, value: &str| all.iter().filter(|one| one[key] == value).count();
    for kind in ["string", "enumeration", "number", "bool", "date", "datetime"] {
        assert!(with("type", kind) >= 5, "{kind} occurs");
    }
    let email = all.iter().find(|one| one["name"] == "email").unwrap();
    assert_eq!(email["hubspotDefined"], true);
    assert_eq!(email["modificationMetadata"]["readOnlyValue"], false);
    let status = all.iter().find(|one| one["name"] == "hs_lead_status").unwrap();
    assert_eq!(
        (status["fieldType"].as_str(), status["options"][0]["value"].as_str()),
        (Some("radio"), Some("NEW"))
    );
    let owner = all.iter().find(|one| one["name"] == "hubspot_owner_id").unwrap();
    assert_eq!(owner["referencedObjectType"], "OWNER");
    let calculated = all.iter().find(|one| one["name"] == "days_since_enquiry").unwrap();
    assert_eq!(
        (calculated["calculated"].as_bool(), calculated["modificationMetadata"]["readOnlyValue"].as_bool()),
        (Some(true), Some(true))
    );
    for object in ["companies", "deals", "leads", "notes", "tasks"] {
        assert!(
            !desk.get(&format!("/crm/properties/2026-03/{object}")).await.results().is_empty(),
            "{object}"
        );
    }
}

#[tokio::test]
async fn owners_and_pipelines_are_there() {
    let desk = desk();
    let owners = desk.get("/crm/owners/2026-03?limit=100").await;
    assert_eq!(owners.results().len(), 3);
    assert_eq!(owners.results()[0]["id"], "51001");
    let page = desk.get("/crm/owners/2026-03?limit=2").await;
    assert_eq!(page.json["paging"]["next"]["after"], "51002");
    let dana = desk.get("/crm/v3/owners?email=dana@example.com").await;
    assert_eq!((dana.results().len(), dana.results()[0]["userId"].as_u64()), (1, Some(9001)));
    assert_eq!(desk.get("/crm/owners/2026-03?archived=true").await.results().len(), 1);
    assert_eq!(desk.get("/crm/owners/2026-03/51003").await.json["firstName"], "Tomas");
    let pipelines = desk.get("/crm/pipelines/2026-03/deals").await;
    let stages = pipelines.results()[0]["stages"].as_array().unwrap();
    assert_eq!(stages.len(), 6);
    assert_eq!(
        stages[0]["metadata"],
        json!({"isClosed": "false", "probability": "0.2"}),
        "texts, not numbers"
    );
    assert_eq!(stages[0]["createdAt"], "1970-01-01T00:00:00Z");
    assert_eq!(desk.get("/crm/property-validations/2026-03/0-1").await.results().len(), 0);
}

#[test]
fn sample_data_stays_on_reserved_domains_and_numbers() {
    let desk = desk();
    for record in desk.practice.records("contacts", 0, 100, false).unwrap() {
        let host = record.values["hs_email_domain"].as_str();
        assert!(["example.com", "example.org", "example.net"].contains(&host), "{host}");
        let Some(phone) = record.values.get("hs_searchable_calculated_phone_number") else { continue };
        let reserved = ["44770090", "0770090", "020794601", "1202555010"];
        assert!(reserved.iter().any(|start| phone.starts_with(start)), "{phone}");
    }
}
