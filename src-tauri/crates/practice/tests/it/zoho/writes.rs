//! Inserting, updating and deleting records.

use serde_json::{Value, json};

use super::desk::{ADMIN, BEA, CASPER, LOTTE, code, codes, desk, rows};

#[tokio::test]
async fn an_insert_answers_what_was_recorded() {
    let desk = desk();
    let answer = desk
        .post(
            "/Leads",
            json!({"data": [{"Last_Name": "Doe", "Company": "Doe Ltd"}], "trigger": ["workflow"]}),
        )
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let made = &rows(&answer)[0];
    let id = made["details"]["id"].as_str().unwrap();
    assert!(
        id.len() == 18 && id.bytes().all(|b| b.is_ascii_digit()),
        "an id of eighteen digits as text: {id}"
    );
    assert_eq!(
        *made,
        json!({
            "code": "SUCCESS", "status": "success", "message": "record added",
            "details": {
                "id": id, "Created_Time": "2026-11-20T17:30:00+05:30", "Modified_Time": "2026-11-20T17:30:00+05:30",
                "Created_By": {"name": "Imogen Vale", "id": ADMIN}, "Modified_By": {"name": "Imogen Vale", "id": ADMIN},
                "$approval_state": "approved",
            },
        })
    );
    let read = desk.read("Leads", id).await;
    assert_eq!(read["Owner"]["id"], ADMIN, "whoever calls owns it unless said");
    assert_eq!(read["Full_Name"], "Doe");
}

#[tokio::test]
async fn what_the_system_or_the_layout_needs_must_be_there() {
    let desk = desk();
    let cases = [
        ("Leads", json!({"Company": "X"}), vec!["Last_Name"]),
        ("Leads", json!({"Last_Name": "X"}), vec!["Company"]),
        ("Leads", json!({"Last_Name": "X", "Company": ""}), vec!["Company"]),
        ("Leads", json!({"Email": "a@example.com"}), vec!["Company", "Last_Name"]),
        ("Contacts", json!({"First_Name": "X"}), vec!["Last_Name"]),
        ("Deals", json!({"Deal_Name": "X"}), vec!["Closing_Date", "Pipeline", "Stage"]),
        ("Tasks", json!({"Status": "Not Started"}), vec!["Subject"]),
        ("Calls", json!({"Subject": "X"}), vec!["Call_Start_Time", "Call_Type"]),
        ("Notes", json!({"Note_Content": "X"}), vec!["Parent_Id"]),
    ];
    for (module, row, lacking) in cases {
        let answer = desk.post(&format!("/{module}"), json!({"data": [row]})).await;
        assert_eq!(answer.status, 400, "{module} {row}");
        let trouble = &rows(&answer)[0];
        let all = match trouble["code"].as_str() {
            Some("MULTIPLE_OR_MULTI_ERRORS") => trouble["details"]["errors"].as_array().unwrap().clone(),
            _ => vec![trouble.clone()],
        };
        let named: Vec<&str> = all.iter().map(|one| one["details"]["api_name"].as_str().unwrap()).collect();
        assert_eq!(named, lacking, "{module} {row}: {}", answer.text);
        assert!(all.iter().all(|one| one["code"] == "MANDATORY_NOT_FOUND"), "{}", answer.text);
    }
}

#[tokio::test]
async fn several_faults_of_a_row_are_told_together() {
    let desk = desk();
    let row = json!({"Last_Name": "X", "Company": "Y", "Email": "nope", "No_of_Employees": "many"});
    let answer = desk.post("/Leads", json!({"data": [row]})).await;
    assert_eq!((answer.status, codes(&answer)), (400, vec!["MULTIPLE_OR_MULTI_ERRORS"]));
    let errors = rows(&answer)[0]["details"]["errors"].as_array().unwrap();
    let paths: Vec<&str> = errors.iter().map(|one| one["details"]["json_path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["$.data[0].No_of_Employees", "$.data[0].Email"]);
}

#[tokio::test]
async fn a_plain_insert_repeated_makes_a_second_lead_unless_a_unique_field_stops_it() {
    let desk = desk();
    let body = json!({"data": [{"Last_Name": "Twin", "Company": "X", "Email": "twin@example.com"}]});
    assert_eq!(desk.post("/Leads", body.clone()).await.status, 201);
    assert_eq!(desk.post("/Leads", body).await.status, 201, "nothing is unique here");
    let desk = desk.with_lead_id().await;
    let body = json!({"data": [{"Last_Name": "One", "Company": "X", "Lead_ID": "L-1"}]});
    let first = desk.post("/Leads", body.clone()).await;
    let again = desk.post("/Leads", body).await;
    assert_eq!((again.status, codes(&again)), (400, vec!["DUPLICATE_DATA"]));
    let holder = &rows(&first)[0]["details"]["id"];
    let details = &rows(&again)[0]["details"];
    assert_eq!((&details["id"], &details["duplicate_record"]["id"]), (holder, holder), "whose it is");
    assert_eq!(details["duplicate_record"]["module"]["api_name"], "Leads");
    assert_eq!(
        (details["api_name"].as_str(), details["json_path"].as_str()),
        (Some("Lead_ID"), Some("$.data[0].Lead_ID"))
    );
}

#[tokio::test]
async fn an_admin_can_forbid_two_leads_with_one_email() {
    let desk = desk();
    let unique = leadferry_model::Field {
        unique: true,
        ..leadferry_model::Field::new("Email", "Email", leadferry_model::FieldKind::Email)
    };
    desk.practice.put_field("Leads", &unique).unwrap();
    let body = json!({"data": [{"Last_Name": "X", "Company": "Y", "Email": "BEA.thornton@example.com"}]});
    let answer = desk.post("/Leads", body).await;
    assert_eq!(codes(&answer), ["DUPLICATE_DATA"], "the duplicate preference holds for inserts too");
    assert_eq!(rows(&answer)[0]["details"]["id"], BEA);
}

#[tokio::test]
async fn records_are_updated_by_the_id_of_the_row_or_of_the_path() {
    let desk = desk();
    desk.pass(5);
    let body = json!({"data": [{"id": BEA, "City": "Ludlow"}, {"id": "1", "City": "X"}, {"City": "X"}, {"id": CASPER, "City": "Hull"}]});
    let answer = desk.put("/Leads", body).await;
    assert_eq!(answer.status, 207);
    assert_eq!(codes(&answer), ["SUCCESS", "INVALID_DATA", "MANDATORY_NOT_FOUND", "SUCCESS"]);
    assert_eq!(rows(&answer)[0]["message"], "record updated");
    assert_eq!(rows(&answer)[1]["details"]["id"], "1");
    let one = desk
        .put(&format!("/Leads/{BEA}"), json!({"data": [{"City": Value::Null, "Owner": {"id": LOTTE}}]}))
        .await;
    assert_eq!(one.status, 200, "{}", one.text);
    let read = desk.read("Leads", BEA).await;
    assert_eq!(
        (&read["City"], read["Owner"]["name"].as_str()),
        (&Value::Null, Some("Lotte Brandt")),
        "null clears"
    );
    let missing = desk.put("/Leads/554023000000999999", json!({"data": [{"City": "X"}]})).await;
    assert_eq!((missing.status, missing.json["details"]["resource_path_index"].as_u64()), (400, Some(1)));
}

#[tokio::test]
async fn a_deals_stage_must_be_of_its_pipeline() {
    let desk = desk();
    let stage = |id: &str| leadferry_practice::Stage {
        id: id.into(),
        label: id.into(),
        probability: "50".into(),
        closed: false,
    };
    let name = "Standard (Standard)";
    let short = leadferry_practice::Pipeline {
        id: name.into(),
        label: name.into(),
        stages: vec![stage("Needs Analysis"), stage("Closed Won")],
    };
    desk.practice.load_pipelines("Deals", vec![short]);
    let deal = |stage: &str| json!({"Deal_Name": "X", "Pipeline": name, "Stage": stage, "Closing_Date": "2027-01-31"});
    let refused = desk.post("/Deals", json!({"data": [deal("Qualification")]})).await;
    assert_eq!((refused.status, codes(&refused)), (400, vec!["MAPPING_MISMATCH"]));
    assert_eq!(rows(&refused)[0]["details"]["json_path"], "$.data[0].Stage");
    let id = desk.create("Deals", deal("Needs Analysis")).await;
    let on = desk.put("/Deals", json!({"data": [{"id": id, "Stage": "Closed Won"}]})).await;
    assert_eq!(on.status, 200, "{}", on.text);
    let off = desk.put("/Deals", json!({"data": [{"id": id, "Stage": "Closed Lost"}]})).await;
    assert_eq!(codes(&off), ["MAPPING_MISMATCH"], "the pipeline it is in already counts");
}

#[tokio::test]
async fn a_needed_field_cannot_be_cleared() {
    let desk = desk();
    let answer = desk.put("/Leads", json!({"data": [{"id": BEA, "Last_Name": Value::Null}]})).await;
    assert_eq!((answer.status, codes(&answer)), (400, vec!["MANDATORY_NOT_FOUND"]));
    assert_eq!(desk.put("/Leads", json!({"data": [{"id": BEA, "First_Name": ""}]})).await.status, 200);
}

#[tokio::test]
async fn what_is_written_as_it_was_changes_nothing() {
    let desk = desk();
    desk.pass(60);
    let before = desk.read("Leads", BEA).await;
    let answer = desk.put("/Leads", json!({"data": [{"id": BEA, "Company": before["Company"]}]})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(desk.read("Leads", BEA).await["Modified_Time"], before["Modified_Time"]);
}

#[tokio::test]
async fn a_record_that_changed_since_it_was_read_is_not_overwritten() {
    let desk = desk();
    let stamp = desk.read("Leads", BEA).await["Modified_Time"].as_str().unwrap().to_owned();
    let authorization = format!("Zoho-oauthtoken {}", desk.token);
    let put = async |since: &str, city: &str| {
        let headers = [("authorization", authorization.as_str()), ("if-unmodified-since", since)];
        let body = json!({"data": [{"id": BEA, "City": city}]});
        desk.call_with(&headers, "PUT", "/Leads", Some(&body)).await
    };
    desk.pass(60);
    assert_eq!(put(&stamp, "Hull").await.status, 200, "nobody touched it");
    let late = put(&stamp, "York").await;
    assert_eq!((late.status, codes(&late)), (412, vec!["ALREADY_MODIFIED"]));
    assert_eq!(rows(&late)[0]["details"]["Modified_Time"], "2026-11-20T17:31:00+05:30", "when it changed");
    assert_eq!(desk.read("Leads", BEA).await["City"], "Hull");
    assert_eq!(put("Fri, 20 Nov 2026 09:00:00 GMT", "York").await.status, 400, "not HTTP's own form");
}

#[tokio::test]
async fn deleted_records_are_gone_and_their_ids_answered() {
    let desk = desk();
    let answer = desk.delete(&format!("/Leads?ids={BEA},554023000000999999,{CASPER}")).await;
    assert_eq!((answer.status, codes(&answer)), (207, vec!["SUCCESS", "INVALID_DATA", "SUCCESS"]));
    assert_eq!(
        rows(&answer)[0],
        json!({"code": "SUCCESS", "status": "success", "message": "record deleted", "details": {"id": BEA}})
    );
    assert_eq!(rows(&answer)[1]["message"], "record not deleted");
    assert_eq!(desk.get(&format!("/Leads/{BEA}")).await.status, 204);
    assert_eq!(desk.delete(&format!("/Leads/{BEA}")).await.status, 400, "it is gone already");
    let none = desk.delete("/Leads").await;
    assert_eq!((none.status, none.json["details"]["param_name"].as_str()), (400, Some("ids")));
}

#[tokio::test]
async fn a_request_holds_a_hundred_rows_and_not_none() {
    let desk = desk();
    let rows = |count: usize| {
        let rows: Vec<Value> =
            (0..count).map(|n| json!({"Last_Name": format!("N{n}"), "Company": "X"})).collect();
        json!({"data": rows})
    };
    assert_eq!(desk.post("/Leads", rows(100)).await.status, 201);
    for path in ["/Leads", "/Leads/upsert"] {
        let over = desk.post(path, rows(101)).await;
        assert_eq!((over.status, code(&over)), (400, "LIMIT_EXCEEDED"), "{path}");
        assert_eq!(over.json["details"]["limit"], 100);
        assert_eq!(desk.post(path, rows(0)).await.status, 400, "{path}");
    }
    let lists = desk.post("/Leads", json!({"data": {"Last_Name": "X"}})).await;
    assert_eq!(lists.json["details"]["expected_data_type"], "jsonarray");
    let missing = desk.post("/Leads", json!({"rows": []})).await;
    assert_eq!(
        (code(&missing), missing.json["details"]["api_name"].as_str()),
        ("MANDATORY_NOT_FOUND", Some("data"))
    );
}

#[tokio::test]
async fn unknown_modules_paths_and_methods_have_their_own_codes() {
    let desk = desk();
    let cases = [
        ("GET", "/Butterflies", 400, "INVALID_MODULE"),
        ("PATCH", "/Leads", 400, "INVALID_REQUEST_METHOD"),
        ("GET", "/Leads/1/2/3", 404, "INVALID_URL_PATTERN"),
        ("GET", "/settings/butterflies", 404, "INVALID_URL_PATTERN"),
        ("POST", "/Deals/1/actions/convert", 404, "INVALID_URL_PATTERN"),
        ("GET", "/Leads/not-an-id", 400, "INVALID_DATA"),
    ];
    for (method, path, status, expected) in cases {
        let answer = desk.call(method, path, None).await;
        assert_eq!((answer.status, code(&answer)), (status, expected), "{method} {path}");
        assert_eq!(answer.json["status"], "error");
    }
    let recorded = desk.get("/Butterflies").await;
    assert_eq!(
        recorded.json,
        json!({
            "code": "INVALID_MODULE", "details": {"resource_path_index": 0},
            "message": "the module name given seems to be invalid", "status": "error",
        })
    );
}
