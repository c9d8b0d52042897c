//! Values: their JSON types, what is refused, and how they come back.

use serde_json::{Value, json};

use super::desk::{LOTTE, PIM, codes, desk, rows};

#[tokio::test]
async fn values_come_back_as_they_were_sent() {
    let desk = desk();
    let sent = json!({
        "Last_Name": "Doe", "Company": "Doe Ltd", "Salutation": "Ms.", "Email": "Jo.Doe@Example.com",
        "Phone": "+44 (0)7700 900.250", "Website": "https://doe.example.com", "Annual_Revenue": 1250.5,
        "No_of_Employees": 12, "Email_Opt_Out": true, "Wishes": ["Pond", "Patio"], "Discount_Asked": 5.0,
        "Visit_On": "2026-12-01", "Enquired_At": "2026-11-20T09:00:00+01:00", "Old_Reference": "123456789012345678",
        "Owner": {"id": LOTTE}, "Tag": [{"name": "Show"}, {"name": "Roses; red"}], "Description": "Line\nLine",
    });
    let id = desk.lead(sent.clone()).await;
    let read = desk.read("Leads", &id).await;
    for name in [
        "Last_Name",
        "Company",
        "Salutation",
        "Email",
        "Phone",
        "Website",
        "Annual_Revenue",
        "No_of_Employees",
        "Email_Opt_Out",
        "Wishes",
        "Discount_Asked",
        "Visit_On",
        "Old_Reference",
        "Description",
    ] {
        assert_eq!(read[name], sent[name], "{name}");
    }
    assert_eq!(read["Enquired_At"], "2026-11-20T13:30:00+05:30", "in the account's own zone");
    assert_eq!(read["Owner"], json!({"name": "Lotte Brandt", "id": LOTTE, "email": "lotte@example.com"}));
    let tags: Vec<&str> =
        read["Tag"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    assert_eq!(tags, ["Show", "Roses; red"]);
    assert_eq!(
        (&read["City"], &read["Wants_Newsletter"]),
        (&Value::Null, &json!(false)),
        "what was not sent"
    );
}

#[tokio::test]
async fn each_kind_of_field_says_what_it_expects() {
    let desk = desk();
    let cases = [
        ("Email", json!("ada@example"), "expected_data_type", json!("email")),
        ("Phone", json!("call me"), "expected_data_type", json!("phone")),
        ("Phone", json!("0123456789012345678901234567890"), "maximum_length", json!(30)),
        ("Website", json!("no website"), "expected_data_type", json!("website")),
        ("City", json!("x".repeat(101)), "maximum_length", json!(100)),
        ("City", json!(4), "expected_data_type", json!("text")),
        ("No_of_Employees", json!("12"), "expected_data_type", json!("integer")),
        ("No_of_Employees", json!(1.5), "expected_data_type", json!("integer")),
        ("Annual_Revenue", json!("1000"), "expected_data_type", json!("double")),
        ("Email_Opt_Out", json!("true"), "expected_data_type", json!("boolean")),
        ("Visit_On", json!("01/12/2026"), "expected_data_type", json!("date")),
        ("Enquired_At", json!("2026-11-20T09:00:00Z"), "expected_data_type", json!("datetime")),
        ("Enquired_At", json!("2026-11-20T09:00:00.000+01:00"), "expected_data_type", json!("datetime")),
        ("Wishes", json!("Pond"), "expected_data_type", json!("jsonarray")),
        ("Old_Reference", json!("many"), "expected_data_type", json!("bigint")),
        ("Lead_Status", json!(1), "expected_data_type", json!("text")),
        ("Owner", json!({"name": "Lotte"}), "expected_data_type", json!("ownerlookup")),
        ("Tag", json!("Roses"), "expected_data_type", json!("jsonarray")),
        (
            "Garden_Kind",
            json!("Moon"),
            "supported_values",
            json!(["-None-", "Front garden", "Back garden", "Roof terrace", "Courtyard", "Public park"]),
        ),
    ];
    for (field, value, key, expected) in cases {
        let row = json!({"Last_Name": "X", "Company": "Y", field: value});
        let answer = desk.post("/Leads", json!({"data": [row]})).await;
        assert_eq!((answer.status, codes(&answer)), (400, vec!["INVALID_DATA"]), "{field} {value}");
        let details = &rows(&answer)[0]["details"];
        assert_eq!(details[key], expected, "{field} {value}");
        assert_eq!(details["json_path"], format!("$.data[0].{field}"));
    }
}

#[tokio::test]
async fn a_choice_takes_what_people_see_or_what_is_stored() {
    let desk = desk();
    let option = |value: &str, label: &str| leadferry_model::FieldOption {
        value: value.into(),
        label: label.into(),
        hidden: false,
    };
    desk.practice.set_options("Leads", "Rating", vec![option("1", "Hot"), option("2", "Cold")]).unwrap();
    for given in ["Hot", "1"] {
        let id = desk.lead(json!({"Rating": given})).await;
        assert_eq!(desk.read("Leads", &id).await["Rating"], "1", "{given}");
    }
}

#[tokio::test]
async fn owners_must_be_active_users() {
    let desk = desk();
    for owner in [PIM, "554023000000235099"] {
        let row = json!({"Last_Name": "X", "Company": "Y", "Owner": {"id": owner}});
        let answer = desk.post("/Leads", json!({"data": [row]})).await;
        assert_eq!(codes(&answer), ["INVALID_DATA"], "{owner}");
        assert_eq!(rows(&answer)[0]["details"]["api_name"], "Owner");
    }
}

#[tokio::test]
async fn lookups_lead_to_records_that_are_there() {
    let desk = desk();
    let account = desk.create("Accounts", json!({"Account_Name": "Fern & Co"})).await;
    let id = desk.create("Contacts", json!({"Last_Name": "Fern", "Account_Name": {"id": account}})).await;
    assert_eq!(desk.read("Contacts", &id).await["Account_Name"], json!({"name": "Fern & Co", "id": account}));
    for wrong in
        [json!({"id": id}), json!({"id": "554023000000999999"}), json!(account), json!({"name": "Fern & Co"})]
    {
        let answer =
            desk.post("/Contacts", json!({"data": [{"Last_Name": "X", "Account_Name": wrong}]})).await;
        assert_eq!(codes(&answer), ["INVALID_DATA"], "{wrong}");
    }
}

#[tokio::test]
async fn fields_the_api_may_not_write_are_refused_and_unknown_ones_ignored() {
    let desk = desk();
    for field in ["Full_Name", "Created_Time", "Converted__s", "Days_Waiting", "Last_Activity_Time"] {
        let row = json!({"Last_Name": "X", "Company": "Y", field: "x"});
        let answer = desk.post("/Leads", json!({"data": [row]})).await;
        assert_eq!(answer.status, 400, "{field}");
        assert_eq!(rows(&answer)[0]["details"]["api_name"], field, "{}", answer.text);
    }
    desk.practice.clear_log();
    let id = desk.lead(json!({"Favourite_Flower": "Rose"})).await;
    assert!(desk.read("Leads", &id).await.get("Favourite_Flower").is_none(), "it is nowhere");
    assert_eq!(desk.faults(), ["unknown field: data[].Favourite_Flower"], "a strict vendor would object");
}
