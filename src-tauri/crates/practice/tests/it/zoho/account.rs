//! The account: modules, layouts, pipelines, users, the organisation.

use serde_json::{Value, json};

use super::desk::{ADMIN, LOTTE, PIM, RAVI, code, desk};

#[tokio::test]
async fn modules_are_listed_and_read_by_name() {
    let desk = desk();
    let list = desk.get("/settings/modules").await;
    let names: Vec<&str> = list.json["modules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["api_name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Leads", "Contacts", "Accounts", "Deals", "Tasks", "Events", "Calls", "Notes"]);
    let deals = desk.get("/settings/modules/Deals").await;
    assert_eq!(deals.json["modules"][0]["module_name"], "Potentials", "the older name lives on");
    assert_eq!(code(&desk.get("/settings/modules/Boats").await), "INVALID_MODULE");
}

#[tokio::test]
async fn the_layout_says_what_a_new_record_needs() {
    let desk = desk();
    let layouts = desk.get("/settings/layouts?module=Leads").await;
    let layout = &layouts.json["layouts"][0];
    let required: Vec<&str> = layout["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["fields"].as_array().unwrap())
        .filter(|field| field["required"] == true)
        .map(|field| field["api_name"].as_str().unwrap())
        .collect();
    assert_eq!(required, ["Company", "Last_Name"], "Company only here, not for the system");
    let id = layout["id"].as_str().unwrap();
    assert_eq!(
        desk.get(&format!("/settings/layouts/{id}?module=Leads")).await.json["layouts"][0]["name"],
        "Standard"
    );
    assert_eq!(desk.get("/settings/layouts/1?module=Leads").await.status, 204);
}

#[tokio::test]
async fn pipelines_belong_to_the_layout_of_deals() {
    let desk = desk();
    let layouts = desk.get("/settings/layouts?module=Deals").await;
    let layout = layouts.json["layouts"][0]["id"].as_str().unwrap().to_owned();
    let answer = desk.get(&format!("/settings/pipeline?layout_id={layout}")).await;
    let pipeline = &answer.json["pipeline"][0];
    assert_eq!(
        (pipeline["display_value"].as_str(), pipeline["default"].as_bool()),
        (Some("Standard (Standard)"), Some(true))
    );
    let stages: Vec<(&str, &str)> = pipeline["maps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| (stage["display_value"].as_str().unwrap(), stage["forecast_type"].as_str().unwrap()))
        .collect();
    assert_eq!(
        stages,
        [
            ("Qualification", "Open"),
            ("Needs Analysis", "Open"),
            ("Value Proposition", "Open"),
            ("Proposal/Price Quote", "Open"),
            ("Closed Won", "Closed Won"),
            ("Closed Lost", "Closed Lost"),
        ]
    );
    let id = pipeline["id"].as_str().unwrap();
    assert_eq!(desk.get(&format!("/settings/pipeline/{id}?layout_id={layout}")).await.status, 200);
    assert_eq!(code(&desk.get("/settings/pipeline").await), "REQUIRED_PARAM_MISSING");
    assert_eq!(code(&desk.get("/settings/pipeline?layout_id=1").await), "INVALID_DATA");
}

#[tokio::test]
async fn users_are_listed_by_type() {
    let desk = desk();
    let list = async |query: &str| {
        let answer = desk.get(&format!("/users?{query}")).await;
        let users = answer.json["users"].as_array().cloned().unwrap_or_default();
        users.iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("type=ActiveUsers").await, [ADMIN, RAVI, LOTTE]);
    assert_eq!(list("type=DeactiveUsers").await, [PIM]);
    assert_eq!(list("type=CurrentUser").await, [ADMIN]);
    assert_eq!(list("per_page=1&page=2").await, [RAVI]);
    assert_eq!(list("type=NotConfirmedUsers").await, Vec::<String>::new());
    assert_eq!(desk.get("/users?type=NotConfirmedUsers").await.status, 204);
    assert_eq!(desk.get("/users?type=Gardeners").await.status, 400);
    let reader = desk.practice.tokens().read_only;
    let me = desk.call_as(reader.expose(), "GET", "/users?type=CurrentUser", None).await;
    assert_eq!(me.json["users"][0]["full_name"], "Ravi Anand", "whoever's token it is");
    let one = desk.get(&format!("/users/{PIM}")).await;
    assert_eq!((one.json["users"][0]["status"].as_str(), one.status), (Some("disabled"), 200));
    assert_eq!(desk.get("/users/1").await.status, 400);
}

#[tokio::test]
async fn the_organisation_says_its_zone_and_edition() {
    let desk = desk();
    let org = desk.get("/org").await;
    let org = &org.json["org"][0];
    assert_eq!(org["company_name"], "Meadow Practice Ltd");
    assert_eq!((org["time_zone"].as_str(), org["iso_code"].as_str()), (Some("Asia/Kolkata"), Some("GBP")));
    assert_eq!(org["license_details"]["paid_type"], "enterprise");
    assert_ne!(org["primary_zuid"], Value::Null);
}

#[tokio::test]
async fn sample_people_live_in_reserved_ranges() {
    let desk = desk();
    for module in ["Leads", "Contacts", "Accounts"] {
        for record in desk.practice.records(module, 0, 100, false).unwrap() {
            for (name, value) in &record.values {
                if name.contains("Email") && value.contains('@') {
                    let host = value.split('@').nth(1).unwrap();
                    assert!(["example.com", "example.org", "example.net"].contains(&host), "{value}");
                }
                if name.contains("Phone") {
                    assert!(value.starts_with("+44 7700 900") || value.contains("555-01"), "{value}");
                }
            }
        }
    }
    assert_eq!(desk.practice.counts()["Leads"], 5);
    assert_eq!(json!(desk.practice.account_name()), "Meadow Practice Ltd");
}
