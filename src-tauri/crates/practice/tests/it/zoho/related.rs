//! Notes, activities, owners, tags and contact roles.

use serde_json::{Value, json};

use super::desk::{ADMIN, BEA, CASPER, LOTTE, PIM, code, codes, desk, each, rows};

fn on(module: &str, id: &str) -> Value {
    json!({"module": {"api_name": module}, "id": id})
}

#[tokio::test]
async fn a_note_hangs_on_its_record() {
    let desk = desk();
    let note = json!({"Note_Title": "Call", "Note_Content": "Wants a pond", "Parent_Id": on("Leads", BEA)});
    let id = desk.create("Notes", note).await;
    let read = desk.read("Notes", &id).await;
    assert_eq!(read["Parent_Id"]["id"], BEA);
    assert_eq!(
        (read["Parent_Id"]["name"].as_str(), read["Parent_Id"]["module"]["api_name"].as_str()),
        (Some("Bea Thornton"), Some("Leads"))
    );
    assert_eq!(read["$se_module"], "Leads");
    desk.post(&format!("/Leads/{BEA}/Notes"), json!({"data": [{"Note_Content": "Second"}]})).await;
    let list = desk.get(&format!("/Leads/{BEA}/Notes?fields=Note_Content")).await;
    assert_eq!(each(&list, "Note_Content"), ["Second", "Wants a pond"]);
    assert_eq!(desk.get(&format!("/Leads/{CASPER}/Notes?fields=Note_Content")).await.status, 204);
    assert_eq!(code(&desk.get(&format!("/Leads/{BEA}/Notes")).await), "REQUIRED_PARAM_MISSING", "fields");
    assert_eq!(desk.get(&format!("/Leads/{BEA}/Butterflies?fields=x")).await.status, 400);
}

#[tokio::test]
async fn a_note_without_a_living_parent_is_refused() {
    let desk = desk();
    for parent in [json!(BEA), json!({"id": BEA}), on("Leads", "1"), on("Deals", BEA), on("Boats", BEA)] {
        let row = json!({"Note_Content": "x", "Parent_Id": parent});
        let answer = desk.post("/Notes", json!({"data": [row]})).await;
        assert_eq!((answer.status, codes(&answer)), (400, vec!["INVALID_DATA"]), "{parent}");
    }
    let long = json!({"Note_Content": "x", "Note_Title": "y".repeat(121), "Parent_Id": on("Leads", BEA)});
    let answer = desk.post("/Notes", json!({"data": [long]})).await;
    assert_eq!(rows(&answer)[0]["details"]["maximum_length"], 120);
}

#[tokio::test]
async fn a_task_says_which_module_it_is_about() {
    let desk = desk();
    let task = json!({
        "Subject": "Call back", "Due_Date": "2026-11-24", "Status": "Not Started", "Priority": "High",
        "Owner": {"id": LOTTE}, "What_Id": {"id": BEA}, "$se_module": "Leads",
    });
    let id = desk.create("Tasks", task.clone()).await;
    let read = desk.read("Tasks", &id).await;
    assert_eq!(
        (read["What_Id"]["name"].as_str(), read["$se_module"].as_str()),
        (Some("Bea Thornton"), Some("Leads"))
    );
    let mut silent = task.clone();
    silent.as_object_mut().unwrap().remove("$se_module");
    let answer = desk.post("/Tasks", json!({"data": [silent]})).await;
    assert_eq!(codes(&answer), ["DEPENDENT_FIELD_MISSING"]);
    assert_eq!(rows(&answer)[0]["details"]["dependee"]["api_name"], "What_Id");
    let mut wrong = task;
    wrong["$se_module"] = json!("Deals");
    assert_eq!(codes(&desk.post("/Tasks", json!({"data": [wrong]})).await), ["INVALID_DATA"], "no such deal");
    let list = desk.get(&format!("/Leads/{BEA}/Tasks?fields=Subject")).await;
    assert_eq!(each(&list, "Subject"), ["Call back"]);
    let done = desk.put("/Tasks", json!({"data": [{"id": id, "Status": "Completed"}]})).await;
    assert_eq!(done.status, 200, "{}", done.text);
}

#[tokio::test]
async fn calls_and_meetings_have_their_own_needed_fields() {
    let desk = desk();
    let contact = each(&desk.get("/Contacts?fields=id&sort_by=id&sort_order=asc").await, "id")[0].to_owned();
    let call = json!({
        "Subject": "First call", "Call_Type": "Outbound", "Call_Start_Time": "2026-11-20T09:00:00+01:00",
        "Call_Duration": "12:30", "Who_Id": {"id": contact},
    });
    let id = desk.create("Calls", call).await;
    assert_eq!(desk.read("Calls", &id).await["Who_Id"]["name"], "Greta Holm");
    let event = json!({
        "Event_Title": "Site visit", "Start_DateTime": "2026-11-25T09:00:00+00:00",
        "End_DateTime": "2026-11-25T10:00:00+00:00", "Who_Id": {"id": contact},
    });
    desk.create("Events", event).await;
    let list = desk.get(&format!("/Contacts/{contact}/Events?fields=Event_Title,Start_DateTime")).await;
    assert_eq!(each(&list, "Start_DateTime"), ["2026-11-25T14:30:00+05:30"]);
}

#[tokio::test]
async fn the_owner_changes_with_what_hangs_on_the_record() {
    let desk = desk();
    let task = json!({"Subject": "Plan", "What_Id": {"id": BEA}, "$se_module": "Leads"});
    let task = desk.create("Tasks", task).await;
    let path = format!("/Leads/{BEA}/actions/change_owner");
    let body = json!({"owner": {"id": LOTTE}, "notify": false, "related_modules": [{"api_name": "Tasks"}]});
    let answer = desk.post(&path, body).await;
    assert_eq!((answer.status, codes(&answer)), (200, vec!["SUCCESS"]));
    assert_eq!(rows(&answer)[0]["details"]["id"], BEA);
    for (module, id) in [("Leads", BEA), ("Tasks", task.as_str())] {
        assert_eq!(desk.read(module, id).await["Owner"]["id"], LOTTE, "{module}");
    }
    let many = desk
        .post("/Leads/actions/change_owner", json!({"ids": [BEA, "1", CASPER], "owner": {"id": ADMIN}}))
        .await;
    assert_eq!((many.status, codes(&many)), (207, vec!["SUCCESS", "INVALID_DATA", "SUCCESS"]));
    let left = desk.post(&path, json!({"owner": {"id": PIM}})).await;
    assert_eq!((left.status, left.json["details"]["owner_status"].as_str()), (400, Some("inactive")));
    assert_eq!(code(&desk.post(&path, json!({"notify": false})).await), "MANDATORY_NOT_FOUND");
}

#[tokio::test]
async fn tags_are_added_and_taken_away() {
    let desk = desk();
    let tags = |names: &[&str]| {
        let tags: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
        json!({"tags": tags})
    };
    let path = format!("/Leads/{BEA}/actions");
    let answer = desk.post(&format!("{path}/add_tags"), tags(&["Show", "Roses"])).await;
    assert_eq!((answer.status, codes(&answer)), (200, vec!["SUCCESS"]), "{}", answer.text);
    desk.post(&format!("{path}/add_tags"), tags(&["Ponds", "Show"])).await;
    let names = async || -> Vec<String> {
        let lead = desk.read("Leads", BEA).await;
        lead["Tag"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names().await, ["Show", "Roses", "Ponds"], "each once");
    desk.post(&format!("{path}/remove_tags"), tags(&["Roses"])).await;
    assert_eq!(names().await, ["Show", "Ponds"]);
    desk.post(&format!("{path}/add_tags?over_write=true"), tags(&["Only"])).await;
    assert_eq!(names().await, ["Only"]);
    let mut many = tags(&["Autumn"]);
    many["ids"] = json!([BEA, CASPER]);
    assert_eq!(desk.post("/Leads/actions/add_tags", many).await.status, 200);
    let known = desk.get("/settings/tags?module=Leads").await;
    let known: Vec<&str> =
        known.json["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    assert_eq!(known, ["Autumn", "Only"]);
    let long = desk.post(&format!("{path}/add_tags"), tags(&["x".repeat(26).as_str()])).await;
    assert_eq!((long.status, long.json["details"]["maximum_length"].as_u64()), (400, Some(25)));
}

#[tokio::test]
async fn a_deal_has_further_contacts() {
    let desk = desk();
    let deal = each(&desk.get("/Deals?fields=id").await, "id")[0].to_owned();
    let contacts = desk.get("/Contacts?fields=Last_Name&sort_by=id&sort_order=asc").await;
    let second = each(&contacts, "id")[1].to_owned();
    let path = format!("/Deals/{deal}/Contact_Roles");
    assert_eq!(desk.get(&format!("{path}?fields=Last_Name")).await.status, 204);
    let added =
        desk.put(&format!("{path}/{second}"), json!({"data": [{"Contact_Role": "Decision maker"}]})).await;
    assert_eq!((added.status, codes(&added)), (200, vec!["SUCCESS"]), "{}", added.text);
    let list = desk.get(&format!("{path}?fields=Last_Name")).await;
    assert_eq!(each(&list, "Last_Name"), ["O'Rourke"]);
    let account = each(&desk.get("/Accounts?fields=id").await, "id")[0].to_owned();
    let deals = desk.get(&format!("/Accounts/{account}/Deals?fields=Deal_Name")).await;
    assert_eq!(each(&deals, "id"), [&deal], "deals hang on their account");
}
