//! Up to 200 records in one call, each with its own outcome.

use serde_json::{Value, json};

use super::support::{BY_KEY, ROWS, code, lead, org, org_with_lead_id, row, row_code, upsert, values};

#[tokio::test]
async fn one_bad_row_harms_no_other_and_results_keep_the_order() {
    let org = org_with_lead_id().await;
    let answer = upsert(
        &org,
        vec![
            row("L-1001", json!({"LastName": "Moss", "Company": "Example Ltd", "Email": "ada@example.com"})),
            row("L-1002", json!({"LastName": "Reyes", "Company": "Example GmbH", "Email": "not-an-address"})),
            row("L-1003", json!({"LastName": "Okoro", "Email": "o@example.com"})),
            row("L-1004", json!({"LastName": "Last", "Company": "Example BV"})),
        ],
    )
    .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let ids: Vec<Option<&str>> =
        answer.json.as_array().unwrap().iter().map(|row| row["id"].as_str()).collect();
    assert!(ids[0].is_some() && ids[3].is_some(), "{}", answer.text);
    assert_eq!(answer.json[0]["created"], true);
    assert_eq!(
        answer.json[1],
        json!({
            "success": false,
            "errors": [{
                "statusCode": "INVALID_EMAIL_ADDRESS",
                "message": "Email: invalid email address: not-an-address", "fields": ["Email"],
            }],
            "created": false,
        })
    );
    assert_eq!(
        answer.json[2]["errors"],
        json!([{
            "statusCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: [Company]",
            "fields": ["Company"],
        }])
    );
    let again = upsert(&org, vec![row("L-1004", json!({"Title": "Skipper"}))]).await;
    assert_eq!((again.json[0]["id"].as_str(), again.json[0]["created"].as_bool()), (ids[3], Some(false)));
}

#[tokio::test]
async fn the_same_key_twice_in_one_request_is_refused_the_second_time() {
    let org = org_with_lead_id().await;
    let person = |key: &str| row(key, json!({"LastName": "Moss", "Company": "Example Ltd"}));
    let answer = upsert(&org, vec![person("L-1"), person("L-2"), person("l-1")]).await;
    assert_eq!(
        (answer.json[0]["success"].as_bool(), answer.json[1]["success"].as_bool()),
        (Some(true), Some(true))
    );
    assert_eq!(row_code(&answer, 2), "DUPLICATE_VALUE");
    assert_eq!(answer.json[2]["errors"][0]["message"], "Duplicate external id specified: l-1");
}

#[tokio::test]
async fn rows_lacking_a_key_or_bringing_an_id_are_refused_alone() {
    let org = org_with_lead_id().await;
    let mut no_key = row("x", json!({"LastName": "Moss", "Company": "X"}));
    no_key.as_object_mut().unwrap().remove("Lead_ID__c");
    let with_id = row("L-2", json!({"LastName": "Moss", "Company": "X", "Id": "00QJ80000000001MAA"}));
    let good = row("L-3", json!({"LastName": "Moss", "Company": "X"}));
    let answer = upsert(&org, vec![no_key, with_id, good]).await;
    assert_eq!((row_code(&answer, 0), row_code(&answer, 1)), ("MISSING_ARGUMENT", "INVALID_FIELD"));
    assert_eq!(answer.json[2]["success"], true);
}

#[tokio::test]
async fn a_key_of_several_records_fails_its_row() {
    let org = org();
    for _ in 0..2 {
        lead(&org, json!({"Member_Number__c": "M-7"})).await;
    }
    let body =
        json!({"records": [{"attributes": {"type": "Lead"}, "Member_Number__c": "M-7", "Title": "x"}]});
    let answer = org.call("PATCH", &format!("{ROWS}/Lead/Member_Number__c"), Some(&body)).await;
    assert_eq!((answer.status, row_code(&answer, 0)), (200, "DUPLICATE_EXTERNAL_ID"));
}

#[tokio::test]
async fn what_cannot_be_read_refuses_the_whole_request() {
    let org = org_with_lead_id().await;
    let good = || row("L-1", json!({"LastName": "Moss", "Company": "X"}));
    let before = org.practice.counts()["Lead"];
    let cases: [(Vec<Value>, &str); 5] = [
        (vec![good(), row("L-2", json!({"Hull": "blue"}))], "INVALID_FIELD"),
        (vec![good(), row("L-2", json!({"NumberOfEmployees": "many"}))], "JSON_PARSER_ERROR"),
        (vec![good(), json!({"LastName": "Moss"})], "JSON_PARSER_ERROR"),
        (vec![good(), json!({"attributes": {"type": "Contact"}, "LastName": "Moss"})], "INVALID_TYPE"),
        (Vec::new(), "INVALID_INPUT"),
    ];
    for (rows, expected) in cases {
        let answer = upsert(&org, rows).await;
        assert_eq!((answer.status, code(&answer)), (400, expected));
    }
    let many =
        (0..201).map(|n| row(&format!("L-{n}"), json!({"LastName": "Moss", "Company": "X"}))).collect();
    assert_eq!(upsert(&org, many).await.status, 400, "200 rows at most");
    let torn = org.call("PATCH", BY_KEY, Some(&json!([1, 2]))).await;
    assert_eq!(code(&torn), "JSON_PARSER_ERROR");
    assert_eq!(org.practice.counts()["Lead"], before, "nothing was written");
}

#[tokio::test]
async fn all_or_none_rolls_back() {
    let org = org_with_lead_id().await;
    let before = org.practice.snapshot();
    let rows = [
        row("L-1", json!({"LastName": "Moss", "Company": "X"})),
        row("L-2", json!({"LastName": "Moss", "Company": "X", "Email": "no"})),
    ];
    let answer = org.call("PATCH", BY_KEY, Some(&json!({"allOrNone": true, "records": rows}))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        (row_code(&answer, 0), row_code(&answer, 1)),
        ("ALL_OR_NONE_OPERATION_ROLLED_BACK", "INVALID_EMAIL_ADDRESS")
    );
    assert_eq!(org.practice.snapshot(), before);
}

#[tokio::test]
async fn records_of_several_objects_are_made_changed_and_deleted_together() {
    let org = org();
    let body = json!({"allOrNone": false, "records": [
        {"attributes": {"type": "Account"}, "Name": "Example Ltd"},
        {"attributes": {"type": "Contact"}, "LastName": "Moss"},
    ]});
    let made = org.post(ROWS, body).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let ids: Vec<String> =
        made.json.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert!(made.json[0].get("created").is_none(), "a create does not say so");
    let body = json!({"records": [
        {"attributes": {"type": "Account"}, "id": ids[0], "Site": "Falmouth"},
        {"attributes": {"type": "Contact"}, "id": "003J80000000ZZZ", "Title": "x"},
    ]});
    let changed = org.call("PATCH", ROWS, Some(&body)).await;
    assert_eq!((changed.json[0]["success"].as_bool(), row_code(&changed, 1)), (Some(true), "NOT_FOUND"));
    assert_eq!(values(&org, "Account", &ids[0])["Site"], "Falmouth");
    let gone =
        org.call("DELETE", &format!("{ROWS}?ids={},{},nothing&allOrNone=false", ids[0], ids[1]), None).await;
    assert_eq!(
        (gone.json[0]["success"].as_bool(), gone.json[1]["success"].as_bool()),
        (Some(true), Some(true))
    );
    assert_eq!(row_code(&gone, 2), "MALFORMED_ID");
}

#[tokio::test]
async fn many_records_are_read_by_id_in_order_with_gaps() {
    let org = org();
    let (first, second) = (lead(&org, json!({"City": "Hull"})).await, lead(&org, json!({})).await);
    let ids = [second.as_str(), "00QJ80000000ZZZ", first.as_str()];
    let posted = org.post(&format!("{ROWS}/Lead"), json!({"ids": ids, "fields": ["Id", "City"]})).await;
    assert_eq!(posted.status, 200, "{}", posted.text);
    assert_eq!(
        (&posted.json[0]["Id"], &posted.json[1], &posted.json[2]["City"]),
        (&json!(second), &Value::Null, &json!("Hull"))
    );
    let got = org.get(&format!("{ROWS}/Lead?ids={}&fields=Id,City", ids.join(","))).await;
    assert_eq!(got.json, posted.json);
    assert_eq!(
        org.practice.write_counts().len(),
        1,
        "retrieving by POST writes nothing: {:?}",
        org.practice.write_counts()
    );
    let bad = org.post(&format!("{ROWS}/Lead"), json!({"ids": ["x"], "fields": ["Id"]})).await;
    assert_eq!(code(&bad), "MALFORMED_ID");
}
