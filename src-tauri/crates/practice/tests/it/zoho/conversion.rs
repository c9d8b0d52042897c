//! Converting leads.

use serde_json::{Value, json};

use super::desk::{BEA, LOTTE, code, codes, desk, each, rows};

const DEAL: &str = "Tea garden";

fn deal(more: Value) -> Value {
    let mut deal = json!({
        "Deal_Name": DEAL, "Pipeline": "Standard (Standard)", "Stage": "Qualification", "Closing_Date": "2027-01-31",
        "Amount": 4200,
    });
    for (key, value) in more.as_object().unwrap() {
        deal[key] = value.clone();
    }
    deal
}

fn path(id: &str) -> String {
    format!("/Leads/{id}/actions/convert")
}

#[tokio::test]
async fn a_lead_becomes_a_contact_an_account_and_a_deal() {
    let desk = desk().with_lead_id().await;
    desk.put(
        "/Leads",
        json!({"data": [{"id": BEA, "Lead_ID": "L-1", "City": "Ludlow", "Tag": [{"name": "Tea"}]}]}),
    )
    .await;
    let body = json!({"data": [{
        "overwrite": false, "notify_lead_owner": false, "notify_new_entity_owner": false, "assign_to": {"id": LOTTE},
        "carry_over_tags": {"Contacts": [{"name": "Tea"}]}, "Deals": deal(json!({})),
    }]});
    let answer = desk.post(&path(BEA), body).await;
    assert_eq!((answer.status, codes(&answer)), (200, vec!["SUCCESS"]), "{}", answer.text);
    assert_eq!(rows(&answer)[0]["message"], "The record has been converted successfully");
    let details = &rows(&answer)[0]["details"];
    let id = |module: &str| details[module]["id"].as_str().unwrap().to_owned();
    assert_eq!(details["Contacts"]["name"], "Bea Thornton");
    let contact = desk.read("Contacts", &id("Contacts")).await;
    assert_eq!(contact["Email"], "bea.thornton@example.com");
    assert_eq!(contact["Mailing_City"], "Ludlow");
    assert_eq!(contact["Account_Name"]["name"], "Thornton Tea Rooms");
    assert_eq!(contact["Owner"]["id"], LOTTE);
    assert_eq!(contact["Tag"][0]["name"], "Tea");
    assert!(contact.get("Lead_ID").is_none(), "an own field is carried over only where it is mapped");
    let made = desk.read("Deals", &id("Deals")).await;
    assert_eq!(made["Contact_Name"]["id"], id("Contacts").as_str());
    assert_eq!(made["Amount"], 4200.0);
    let account = desk.read("Accounts", &id("Accounts")).await;
    assert_eq!(account["Phone"], "+44 7700 900201");
}

#[tokio::test]
async fn a_converted_lead_hides_and_says_what_became_of_it() {
    let desk = desk();
    desk.pass(60);
    let answer = desk.post(&path(BEA), json!({"data": [{}]})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(rows(&answer)[0]["details"]["Deals"], Value::Null, "no deal was asked for");
    let contact = rows(&answer)[0]["details"]["Contacts"]["id"].as_str().unwrap();
    let list = async |query: &str| {
        let answer = desk.get(&format!("/Leads?fields=Last_Name,Converted__s&{query}")).await;
        each(&answer, "id").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(!list("").await.contains(&BEA.to_owned()), "hidden unless asked for");
    assert_eq!(list("converted=true").await, [BEA]);
    assert_eq!(list("converted=both").await.len(), 5);
    assert_eq!(desk.get(&format!("/Leads/{BEA}")).await.status, 204);
    assert_eq!(desk.get("/Leads/search?email=bea.thornton@example.com").await.status, 204);
    assert_eq!(desk.coql("select id from Leads where Last_Name = 'Thornton'").await.status, 204);
    let asked = desk.coql("select id, Converted_Contact from Leads where Converted__s = true").await;
    assert_eq!(rows(&asked)[0]["Converted_Contact"], json!({"id": contact}));
    let lead = desk.read("Leads", BEA).await;
    assert_eq!((&lead["$converted"], &lead["Converted__s"]), (&json!(true), &json!(true)));
    assert_eq!(lead["$converted_detail"]["contact"], contact);
    assert_eq!(lead["Converted_Contact"]["name"], "Bea Thornton");
    assert_eq!(lead["Converted_Date_Time"], "2026-11-20T17:31:00+05:30");
    let since = ("if-modified-since", "2026-11-20T12:00:00+00:00");
    let feed = desk
        .get_with(
            since,
            "/Leads?fields=Converted_Contact&sort_by=Modified_Time&sort_order=asc&converted=both",
        )
        .await;
    assert_eq!(each(&feed, "id"), [BEA], "the change feed tells it");
}

#[tokio::test]
async fn a_lead_is_converted_once_and_then_left_alone() {
    let desk = desk().with_lead_id().await;
    desk.put("/Leads", json!({"data": [{"id": BEA, "Lead_ID": "L-1"}]})).await;
    assert_eq!(desk.post(&path(BEA), json!({"data": [{}]})).await.status, 200);
    let again = desk.post(&path(BEA), json!({"data": [{}]})).await;
    assert_eq!((again.status, code(&again)), (400, "ID_ALREADY_CONVERTED"));
    let update = desk.put("/Leads", json!({"data": [{"id": BEA, "City": "Hull"}]})).await;
    assert_eq!((update.status, codes(&update)), (400, vec!["CONVERTED_RECORD"]));
    let upsert = desk.upsert(vec![super::desk::row("L-1", json!({"City": "Hull"}))]).await;
    assert_eq!(codes(&upsert), ["CONVERTED_RECORD"]);
    assert_eq!(rows(&upsert)[0]["details"]["id"], BEA);
    let nobody = desk.post(&path("554023000000999999"), json!({"data": [{}]})).await;
    assert_eq!((nobody.status, nobody.json["details"]["resource_path_index"].as_u64()), (400, Some(1)));
}

#[tokio::test]
async fn a_deal_that_is_not_right_converts_nothing_though_the_status_is_2xx() {
    let desk = desk();
    let before = desk.practice.counts();
    let cases = [
        (json!({"Stage": Value::Null}), "MANDATORY_NOT_FOUND", "Stage"),
        (json!({"Closing_Date": "soon"}), "INVALID_DATA", "Closing_Date"),
        (json!({"Next_Step": "x".repeat(101)}), "INVALID_DATA", "Next_Step"),
    ];
    for (wrong, expected, field) in cases {
        let answer = desk.post(&path(BEA), json!({"data": [{"Deals": deal(wrong.clone())}]})).await;
        assert_eq!((answer.status, codes(&answer)), (202, vec![expected]), "{wrong}");
        assert_eq!(rows(&answer)[0]["details"]["json_path"], format!("$.data[0].Deals.{field}"));
    }
    let owner = json!({"data": [{"assign_to": {"id": "1"}}]});
    assert_eq!(codes(&desk.post(&path(BEA), owner).await), ["INVALID_DATA"]);
    assert_eq!(desk.practice.counts(), before, "nothing was made");
    assert_eq!(desk.read("Leads", BEA).await["$converted"], false);
}

#[tokio::test]
async fn a_stage_must_be_of_the_pipeline() {
    let desk = desk();
    let stage = |id: &str| leadferry_practice::Stage {
        id: id.into(),
        label: id.into(),
        probability: "50".into(),
        closed: false,
    };
    let short = leadferry_practice::Pipeline {
        id: "Standard (Standard)".into(),
        label: "Standard (Standard)".into(),
        stages: vec![stage("Needs Analysis")],
    };
    desk.practice.load_pipelines("Deals", vec![short]);
    let answer = desk.post(&path(BEA), json!({"data": [{"Deals": deal(json!({}))}]})).await;
    assert_eq!((answer.status, codes(&answer)), (202, vec!["MAPPING_MISMATCH"]));
    assert_eq!(rows(&answer)[0]["details"]["mapped_field"], "Pipeline");
}

#[tokio::test]
async fn known_accounts_and_contacts_are_taken_instead_of_new_ones() {
    let desk = desk();
    let account = desk.create("Accounts", json!({"Account_Name": "THORNTON tea rooms"})).await;
    let contact = desk.create("Contacts", json!({"Last_Name": "Known"})).await;
    let answer = desk.post(&path(BEA), json!({"data": [{"Contacts": {"id": contact}}]})).await;
    let details = &rows(&answer)[0]["details"];
    assert_eq!(details["Accounts"]["id"], account.as_str(), "an account of the company's name");
    assert_eq!(details["Contacts"]["id"], contact.as_str(), "the contact that was named");
    let wrong = json!({"data": [{"Accounts": {"id": contact}}]});
    assert_eq!(codes(&desk.post(&path(super::desk::CASPER), wrong).await), ["INVALID_DATA"]);
}
