//! Notes, tasks, deals, owners and stages: their exact form.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Action, Connector};
use leadferry_model::FailureKind;

use super::*;
use crate::zoho::CONNECTOR;

const OWNER: &str = "554023000000235011";

fn made(number: usize) -> Json {
    data([written(number, "insert")])
}

#[tokio::test]
async fn a_note_says_when_and_about_what() {
    let note =
        Action::Note { text: "Called.\nWants a roof.".into(), at: "2026-11-20T09:00:00Z".parse().unwrap() };
    let parent = |module: Json| json!({"module": module, "id": id(1)});
    let cases = [
        (None, "2026-11-20 09:00", json!({"api_name": "Leads"})),
        (Some("Europe/Berlin"), "2026-11-20 10:00", json!({"api_name": "Leads", "id": "101"})),
    ];
    for (zone, when, module) in cases {
        let body = json!({"data": [{
            "Note_Title": format!("Leadferry, {when}"), "Note_Content": "Called.\nWants a roof.", "Parent_Id": parent(module),
        }]});
        let (_script, mut bench) = script([Fixture::new("POST", "/crm/v8/Notes", 201, made(9)).body(body)]);
        if let Some(zone) = zone {
            bench = bench.set("zoho_time_zone", zone).set("zoho_module.Leads", "101");
        }
        let made = CONNECTOR.act(&bench.call(), "Leads", &RecordId::new(id(1)), &note).await.unwrap();
        assert_eq!(made.as_str(), id(9), "the note's own id");
    }
}

#[tokio::test]
async fn tasks_hang_on_people_or_on_things() {
    let task = Action::Task {
        subject: "Call".into(),
        text: String::new(),
        due: "2026-11-23T23:30:00Z".parse().unwrap(),
        owner: Some(OWNER.into()),
    };
    let common = json!({"Subject": "Call", "Due_Date": "2026-11-24", "Status": "Not Started", "Priority": "High",
        "Owner": {"id": OWNER}});
    let cases = [
        ("Leads", json!({"What_Id": {"id": id(1)}, "$se_module": "Leads"})),
        ("Accounts", json!({"What_Id": {"id": id(1)}, "$se_module": "Accounts"})),
        ("Contacts", json!({"Who_Id": {"id": id(1)}})),
    ];
    for (module, tie) in cases {
        let mut record = common.clone();
        record.as_object_mut().unwrap().extend(tie.as_object().unwrap().clone());
        let body = json!({ "data": [record] });
        let (_script, bench) = script([Fixture::new("POST", "/crm/v8/Tasks", 201, made(3)).body(body)]);
        let bench = bench.set("zoho_time_zone", "Europe/Berlin");
        let made = CONNECTOR.act(&bench.call(), module, &RecordId::new(id(1)), &task).await.unwrap();
        assert_eq!(made.as_str(), id(3), "{module}: due on the day it is there");
    }
}

#[tokio::test]
async fn a_deal_has_pipeline_stage_amount_and_a_day_to_close() {
    let deal = |stage: &str| Action::Deal {
        name: "Roof".into(),
        pipeline: Some("Sales".into()),
        stage: stage.into(),
        amount: Some("1200.50".into()),
        owner: Some(OWNER.into()),
    };
    for (module, tie, stage, closing) in [
        ("Contacts", "Contact_Name", "Qualification", "2026-12-20"),
        ("Accounts", "Account_Name", "Closed Won", "2026-11-20"),
    ] {
        let body = json!({"data": [{"Deal_Name": "Roof", "Stage": stage, "Closing_Date": closing, "Pipeline": "Sales",
            "Amount": 1200.5, tie: {"id": id(1)}, "Owner": {"id": OWNER}}], "trigger": []});
        let (_script, bench) = script([Fixture::new("POST", "/crm/v8/Deals", 201, made(4)).body(body)]);
        let bench = bench.set("automation", "none");
        let made = CONNECTOR.act(&bench.call(), module, &RecordId::new(id(1)), &deal(stage)).await.unwrap();
        assert_eq!(made.as_str(), id(4), "{module}");
    }
    let (script, bench) = script([]);
    for module in ["Leads", "Deals"] {
        let failure = CONNECTOR
            .act(&bench.call(), module, &RecordId::new(id(1)), &deal("Qualification"))
            .await
            .unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::Invalid { fields: vec![] },
            "{module}: only a conversion could"
        );
    }
    assert!(script.sent().is_empty(), "and nothing is sent");
}

#[tokio::test]
async fn an_owner_is_a_field_of_the_record() {
    let path = format!("{LEADS}/{}", id(1));
    let body = json!({"data": [{"Owner": {"id": OWNER}}]});
    let (_script, bench) = script([Fixture::new("PUT", &path, 200, data([written(1, "update")])).body(body)]);
    let owner = Action::Owner { owner: OWNER.into() };
    let record = CONNECTOR.act(&bench.call(), "Leads", &RecordId::new(id(1)), &owner).await.unwrap();
    assert_eq!(record.as_str(), id(1), "the record's own id");
}

#[tokio::test]
async fn a_refused_action_names_its_field() {
    let item = refused("INVALID_DATA", json!({"api_name": "Owner", "json_path": "$.data[0].Owner"}));
    for status in [202, 400] {
        let (_script, bench) = script([Fixture::new("POST", "/crm/v8/Tasks", status, data([item.clone()]))]);
        let task = Action::Task {
            subject: "Call".into(),
            text: "x".into(),
            due: Bench::start(),
            owner: Some("nobody".into()),
        };
        let failure = CONNECTOR.act(&bench.call(), "Leads", &RecordId::new(id(1)), &task).await.unwrap_err();
        let FailureKind::Invalid { fields } = failure.kind else { panic!("{failure:?}") };
        assert_eq!(fields[0].field, "Owner", "HTTP {status}");
    }
}

fn pipeline(name: &str, stages: &[(&str, &str, i64)]) -> Json {
    let maps: Vec<Json> = stages
        .iter()
        .map(|(stage, kind, number)| {
            json!({"display_value": stage, "actual_value": stage, "id": "1", "sequence_number": number,
                "forecast_category": {"name": "Pipeline", "id": "5"}, "forecast_type": kind})
        })
        .collect();
    json!({"id": "77", "display_value": name, "actual_value": name, "default": true, "maps": maps})
}

#[tokio::test]
async fn owners_and_stages_come_in_order() {
    let users = |id: u32, more: bool| {
        json!({"users": [{"id": id.to_string(), "first_name": "Ada", "last_name": null, "full_name": null, "email": "ada@example.com"}],
            "info": {"more_records": more, "page": 1, "per_page": 200, "count": 1}})
    };
    let people = |page: &str| json!({"type": "ActiveUsers", "page": page, "per_page": "200"});
    let layouts = json!({"layouts": [
        {"id": "31", "name": "Standard", "status": "active", "visible": true, "sections": []},
        {"id": "32", "name": "Second", "status": "active", "visible": true, "sections": []},
        {"id": "33", "name": "Old", "status": "inactive", "visible": false, "sections": []},
    ]});
    let stages = [("Won", "Closed Won", 2), ("Talk", "Open", 1)];
    let both =
        json!({"pipeline": [pipeline("Sales", &stages), pipeline("Service", &[("Lost", "Closed Lost", 1)])]});
    let of = |layout: &str, body: Json| {
        Fixture::new("GET", "/crm/v8/settings/pipeline", 200, body).query(json!({ "layout_id": layout }))
    };
    let (_script, bench) = script([
        Fixture::new("GET", "/crm/v8/users", 200, users(1, true)).query(people("1")),
        Fixture::new("GET", "/crm/v8/users", 200, users(2, false)).query(people("2")),
        Fixture::new("GET", LAYOUTS, 200, layouts).query(json!({"module": "Deals"})),
        of("31", json!({"pipeline": [pipeline("Sales", &stages)]})),
        of("32", both),
    ]);
    let actions = CONNECTOR.actions(&bench.call()).await.unwrap();
    assert_eq!(actions.owners, [("1".into(), "Ada".into()), ("2".to_owned(), "Ada".to_owned())], "all pages");
    let stages: Vec<(&str, &str, bool)> = actions
        .stages
        .iter()
        .map(|stage| (stage.pipeline.as_str(), stage.stage.as_str(), stage.closed))
        .collect();
    assert_eq!(
        stages,
        [("Sales", "Talk", false), ("Sales", "Won", true), ("Service", "Lost", true)],
        "each once, as they are written"
    );
}

#[tokio::test]
async fn an_edition_without_pipelines_has_its_stages() {
    let layouts = json!({"layouts": [{"id": "31", "name": "Standard", "status": "active", "visible": true, "sections": []}]});
    let stage = json!({"fields": [{"api_name": "Stage", "data_type": "picklist", "pick_list_values": [
        {"display_value": "-None-", "actual_value": "-None-", "sequence_number": 1},
        {"display_value": "Talk", "actual_value": "Talk", "sequence_number": 2, "forecast_type": "Open"},
        {"display_value": "Won", "actual_value": "Won", "sequence_number": 3, "forecast_type": "Closed Won"},
    ]}]});
    let (_script, bench) = script([
        Fixture::new("GET", "/crm/v8/users", 204, Json::Null),
        Fixture::new("GET", LAYOUTS, 200, layouts),
        Fixture::new("GET", "/crm/v8/settings/pipeline", 400, refused("FEATURE_NOT_SUPPORTED", json!({}))),
        Fixture::new("GET", FIELDS, 200, stage).query(json!({"module": "Deals"})),
    ]);
    let stages = CONNECTOR.actions(&bench.call()).await.unwrap().stages;
    let stages: Vec<(&str, bool)> = stages.iter().map(|stage| (stage.stage.as_str(), stage.closed)).collect();
    assert_eq!(stages, [("Talk", false), ("Won", true)], "from the field itself");
}
