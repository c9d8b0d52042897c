//! Fields: what is told about them, and making new ones.

use serde_json::{Value, json};

use super::desk::{Desk, code, desk, rows};

async fn field(desk: &Desk, module: &str, name: &str) -> Value {
    let answer = desk.get(&format!("/settings/fields?module={module}")).await;
    let fields = answer.json["fields"].as_array().unwrap();
    fields.iter().find(|field| field["api_name"] == name).cloned().unwrap_or(Value::Null)
}

fn results(answer: &crate::support::Answer) -> &[Value] {
    answer.json["fields"].as_array().map_or(&[], Vec::as_slice)
}

#[tokio::test]
async fn a_field_says_what_it_holds_and_who_may_write_it() {
    let desk = desk();
    let last_name = field(&desk, "Leads", "Last_Name").await;
    let expected = [
        ("field_label", json!("Last Name")),
        ("data_type", json!("text")),
        ("json_type", json!("string")),
        ("length", json!(80)),
        ("system_mandatory", json!(true)),
        ("read_only", json!(false)),
        ("custom_field", json!(false)),
        ("unique", json!({})),
        ("external", Value::Null),
        (
            "operation_type",
            json!({"web_create": true, "web_update": true, "api_create": true, "api_update": true}),
        ),
    ];
    for (key, value) in expected {
        assert_eq!(last_name[key], value, "{key}");
    }
    assert_eq!(field(&desk, "Leads", "Company").await["system_mandatory"], false, "the layout asks for it");
    let made = field(&desk, "Leads", "Full_Name").await;
    assert_eq!(made["operation_type"]["api_create"], false);
    let types = [
        ("Lead_Status", "picklist", "string"),
        ("Wishes", "multiselectpicklist", "jsonarray"),
        ("No_of_Employees", "integer", "integer"),
        ("Annual_Revenue", "currency", "double"),
        ("Email_Opt_Out", "boolean", "boolean"),
        ("Owner", "ownerlookup", "jsonobject"),
        ("Converted_Contact", "lookup", "jsonobject"),
        ("Enquired_At", "datetime", "string"),
        ("Old_Reference", "bigint", "string"),
    ];
    for (name, data_type, json_type) in types {
        let field = field(&desk, "Leads", name).await;
        assert_eq!(
            (field["data_type"].as_str(), field["json_type"].as_str()),
            (Some(data_type), Some(json_type)),
            "{name}"
        );
    }
    let status = field(&desk, "Leads", "Lead_Status").await;
    let option = &status["pick_list_values"][3];
    assert_eq!(
        (option["display_value"].as_str(), option["sequence_number"].as_u64()),
        (Some("Contacted"), Some(4))
    );
    assert_eq!(field(&desk, "Contacts", "Account_Name").await["lookup"]["module"]["api_name"], "Accounts");
}

#[tokio::test]
async fn one_field_is_read_by_its_id() {
    let desk = desk();
    let id = field(&desk, "Leads", "Email").await["id"].as_str().unwrap().to_owned();
    let one = desk.get(&format!("/settings/fields/{id}?module=Leads")).await;
    assert_eq!(results(&one)[0]["api_name"], "Email");
    assert_eq!(
        desk.get(&format!("/settings/fields/{id}?module=Deals")).await.status,
        400,
        "another module's"
    );
    assert_eq!(code(&desk.get("/settings/fields").await), "REQUIRED_PARAM_MISSING");
    assert_eq!(code(&desk.get("/settings/fields?module=Boats").await), "INVALID_MODULE");
    let unused = desk.get("/settings/fields?module=Leads&type=unused").await;
    assert_eq!((unused.status, unused.text.as_str()), (204, ""));
}

#[tokio::test]
async fn the_lead_id_field_is_made_unique_and_read_back_by_its_id() {
    let desk = desk();
    let body = json!({"fields": [{
        "field_label": "Lead ID", "data_type": "text", "length": 100, "unique": {"case_sensitive": false},
        "tooltip": {"name": "static_text", "value": "Key from the desktop app"},
    }]});
    let answer = desk.post("/settings/fields?module=Leads", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let made = &results(&answer)[0];
    assert_eq!((made["code"].as_str(), made["message"].as_str()), (Some("SUCCESS"), Some("field created")));
    let id = made["details"]["id"].as_str().unwrap();
    let one = desk.get(&format!("/settings/fields/{id}?module=Leads")).await;
    let field = &results(&one)[0];
    assert_eq!(field["api_name"], "Lead_ID", "the name is made from the label");
    assert_eq!((&field["unique"], &field["custom_field"]), (&json!({"case_sensitive": false}), &json!(true)));
    assert_eq!(field["length"], 100);
    assert_eq!(field["tooltip"]["value"], "Key from the desktop app");
}

#[tokio::test]
async fn a_taken_name_gets_a_number() {
    let desk = desk().with_lead_id().await;
    let again = json!({"fields": [{"field_label": "Lead ID", "data_type": "text"}]});
    let answer = desk.post("/settings/fields?module=Leads", again).await;
    assert_eq!(answer.status, 201, "a request repeated after a lost answer makes a second field");
    assert_eq!(field(&desk, "Leads", "Lead_ID1").await["unique"], json!({}));
    let odd = json!({"fields": [{"field_label": "Höhe (m) / top", "data_type": "double"}]});
    desk.post("/settings/fields?module=Leads", odd).await;
    assert_eq!(field(&desk, "Leads", "H_he_m_top").await["data_type"], "double");
}

#[tokio::test]
async fn fields_fail_one_by_one_with_the_place_of_the_fault() {
    let desk = desk();
    let body = json!({"fields": [
        {"field_label": "Good", "data_type": "text"},
        {"data_type": "text"},
        {"field_label": "Odd", "data_type": "hologram"},
        {"field_label": "A label of more than 25 letters", "data_type": "text"},
        {"field_label": "Long", "data_type": "text", "length": 256},
    ]});
    let answer = desk.post("/settings/fields?module=Leads", body).await;
    assert_eq!(answer.status, 207);
    let told: Vec<(&str, &str)> = results(&answer)[1..]
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["details"]["json_path"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("MANDATORY_NOT_FOUND", "$.fields[1].field_label"),
            ("INVALID_DATA", "$.fields[2].data_type"),
            ("INVALID_DATA", "$.fields[3].field_label"),
            ("INVALID_DATA", "$.fields[4].length"),
        ]
    );
    assert_eq!(results(&answer)[3]["details"]["maximum_length"], 25);
}

#[tokio::test]
async fn five_fields_a_call_and_two_unique_ones_a_module() {
    let desk = desk();
    let many: Vec<Value> =
        (0..6).map(|n| json!({"field_label": format!("F{n}"), "data_type": "text"})).collect();
    let answer = desk.post("/settings/fields?module=Leads", json!({"fields": many})).await;
    assert_eq!((answer.status, code(&answer)), (400, "LIMIT_EXCEEDED"));
    let unique: Vec<Value> = (0..3)
        .map(|n| json!({"field_label": format!("U{n}"), "data_type": "text", "unique": {"case_sensitive": false}}))
        .collect();
    let answer = desk.post("/settings/fields?module=Leads", json!({"fields": unique})).await;
    assert_eq!(answer.status, 207);
    assert_eq!(results(&answer)[2]["code"], "LIMIT_EXCEEDED");
    let bool = json!({"fields": [{"field_label": "B", "data_type": "boolean", "unique": {"case_sensitive": false}}]});
    assert_eq!(
        desk.post("/settings/fields?module=Deals", bool).await.status,
        400,
        "a yes or no cannot be unique"
    );
}

#[tokio::test]
async fn options_are_added_and_own_fields_deleted() {
    let desk = desk();
    let id = field(&desk, "Leads", "Garden_Kind").await["id"].as_str().unwrap().to_owned();
    let body =
        json!({"fields": [{"pick_list_values": [{"display_value": "Moon garden", "actual_value": "moon"}]}]});
    let path = format!("/settings/fields/{id}?module=Leads");
    let answer = desk.call("PATCH", &path, Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let lead = desk.lead(json!({"Garden_Kind": "Moon garden"})).await;
    assert_eq!(desk.read("Leads", &lead).await["Garden_Kind"], "moon");
    assert_eq!(desk.delete(&path).await.status, 200);
    assert_eq!(field(&desk, "Leads", "Garden_Kind").await, Value::Null);
    let email = field(&desk, "Leads", "Email").await["id"].as_str().unwrap().to_owned();
    let refused = desk.delete(&format!("/settings/fields/{email}?module=Leads")).await;
    assert_eq!((refused.status, code(&refused)), (400, "NOT_ALLOWED"));
}

#[tokio::test]
async fn a_new_field_is_written_and_searched_at_once() {
    let desk = desk().with_lead_id().await;
    let id = desk.lead(json!({"Lead_ID": "L-7"})).await;
    let found = desk.coql("select Lead_ID from Leads where Lead_ID = 'l-7'").await;
    assert_eq!(rows(&found), [json!({"Lead_ID": "L-7", "id": id})]);
}
