//! Single records: create, read, update, delete.

use serde_json::json;

use super::support::{DATA, LEAD, code, id, lead, org, soql, values};

#[tokio::test]
async fn a_created_record_tells_its_id_and_address() {
    let org = org();
    let made = org
        .post(LEAD, json!({"LastName": "Moss", "Company": "Example Ltd", "Email": "Ada@Example.com"}))
        .await;
    let id = id(&made);
    assert_eq!((id.len(), &id[..3]), (18, "00Q"));
    assert_eq!(made.json, json!({"id": id, "success": true, "errors": []}));
    assert_eq!(made.header("location"), Some(format!("{LEAD}/{id}").as_str()));
    let read = org.get(&format!("{LEAD}/{id}")).await.json;
    assert_eq!(read["attributes"], json!({"type": "Lead", "url": format!("{LEAD}/{id}")}));
    assert_eq!(read["Email"], "ada@example.com", "addresses are kept in small letters");
    assert_eq!(read["Name"], "Moss");
    assert_eq!(read["Status"], "Open - Not Contacted", "the default option");
    assert_eq!(read["CreatedDate"], "2026-11-20T12:00:00.000+0000", "no colon in the offset");
    assert_eq!((read["IsConverted"].as_bool(), &read["Phone"]), (Some(false), &json!(null)));
    assert_eq!(read["Address"], json!(null), "an address without parts");
}

#[tokio::test]
async fn only_the_fields_asked_for_are_read() {
    let org = org();
    let id = lead(&org, json!({"City": "Falmouth"})).await;
    let read = org.get(&format!("{LEAD}/{id}?fields=LastName,Address")).await.json;
    assert_eq!(
        read.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["attributes", "LastName", "Address", "Id"]
    );
    assert_eq!(read["Address"]["city"], "Falmouth");
    let unknown = org.get(&format!("{LEAD}/{id}?fields=Hull")).await;
    assert_eq!((unknown.status, code(&unknown)), (400, "INVALID_FIELD"));
    let short = &id[..15];
    assert_eq!(org.get(&format!("{LEAD}/{short}")).await.json["Id"], id.as_str(), "short ids are read too");
}

#[tokio::test]
async fn an_update_answers_nothing_and_moves_the_time_even_without_a_change() {
    let org = org();
    let id = lead(&org, json!({})).await;
    org.pass(7);
    for step in 1..=2 {
        let changed = org.call("PATCH", &format!("{LEAD}/{id}"), Some(&json!({"Title": "Skipper"}))).await;
        assert_eq!((changed.status, changed.text.as_str()), (204, ""));
        let read = org.get(&format!("{LEAD}/{id}?fields=SystemModstamp")).await.json;
        let expected = format!("2026-11-20T12:00:{:02}.000+0000", 7 * step);
        assert_eq!(read["SystemModstamp"], expected.as_str(), "time {step}");
        org.pass(7);
    }
    let cleared = org.call("PATCH", &format!("{LEAD}/{id}"), Some(&json!({"Title": null}))).await;
    assert_eq!(cleared.status, 204);
    assert_eq!(values(&org, "Lead", &id).get("Title"), None);
}

#[tokio::test]
async fn required_fields_are_named_all_at_once() {
    let org = org();
    let refused = org.post(LEAD, json!({"FirstName": "Ada", "Company": "  "})).await;
    assert_eq!(
        (refused.status, &refused.json),
        (
            400,
            &json!([{
                "message": "Required fields are missing: [LastName, Company]",
                "errorCode": "REQUIRED_FIELD_MISSING", "fields": ["LastName", "Company"],
            }])
        )
    );
    let id = lead(&org, json!({})).await;
    let cleared = org.call("PATCH", &format!("{LEAD}/{id}"), Some(&json!({"Company": ""}))).await;
    assert_eq!(code(&cleared), "REQUIRED_FIELD_MISSING", "nor can they be cleared");
}

#[tokio::test]
async fn fields_that_are_not_there_or_not_writable_are_refused() {
    let org = org();
    let unknown = org.post(LEAD, json!({"LastName": "Moss", "Company": "X", "Hull": "blue"})).await;
    assert_eq!(
        (unknown.status, &unknown.json),
        (
            400,
            &json!([{"message": "No such column 'Hull' on sobject of type Lead", "errorCode": "INVALID_FIELD"}])
        )
    );
    let made = org
        .post(LEAD, json!({"LastName": "Moss", "Company": "X", "CreatedDate": "2026-01-01T00:00:00Z"}))
        .await;
    assert_eq!(code(&made), "INVALID_FIELD_FOR_INSERT_UPDATE");
    let id = lead(&org, json!({"lastname": "Moss"})).await;
    assert_eq!(values(&org, "Lead", &id)["LastName"], "Moss", "names are read without regard to case");
    let late = org.call("PATCH", &format!("{LEAD}/{id}"), Some(&json!({"IsConverted": true}))).await;
    assert_eq!(code(&late), "INVALID_FIELD_FOR_INSERT_UPDATE", "on create only");
    let own = org.post(LEAD, json!({"Id": id, "LastName": "Moss", "Company": "X"})).await;
    assert_eq!(code(&own), "INVALID_FIELD_FOR_INSERT_UPDATE", "ids are Salesforce's to give");
}

#[tokio::test]
async fn a_deleted_record_is_gone_but_known() {
    let org = org();
    let id = lead(&org, json!({})).await;
    assert_eq!(org.call("DELETE", &format!("{LEAD}/{id}"), None).await.status, 204);
    for (method, body) in [("GET", None), ("PATCH", Some(json!({"Title": "x"}))), ("DELETE", None)] {
        let answer = org.call(method, &format!("{LEAD}/{id}"), body.as_ref()).await;
        assert_eq!((answer.status, code(&answer)), (404, "ENTITY_IS_DELETED"), "{method}");
    }
    assert_eq!(soql(&org, &format!("SELECT Id FROM Lead WHERE Id = '{id}'")).await.json["totalSize"], 0);
    let query = format!("{DATA}/queryAll?q=SELECT+Id,+IsDeleted+FROM+Lead+WHERE+IsDeleted+=+true");
    assert_eq!(org.get(&query).await.json["records"][0]["IsDeleted"], true);
    org.pass(16 * 24 * 3_600);
    assert_eq!(org.get(&query).await.json["totalSize"], 0, "the bin is emptied after 15 days");
}

#[tokio::test]
async fn ids_that_are_none_and_ids_of_nothing_are_told_apart() {
    let org = org();
    for (id, expected) in [
        ("00QJ80000000zzzEAA", (400, "MALFORMED_ID")),
        ("001x", (400, "MALFORMED_ID")),
        ("003J80000000001IAA", (400, "MALFORMED_ID")),
        ("00QJ80000000ZZZ", (404, "NOT_FOUND")),
    ] {
        let answer = org.get(&format!("{LEAD}/{id}")).await;
        assert_eq!((answer.status, code(&answer)), expected, "{id}");
    }
}

#[tokio::test]
async fn tasks_notes_and_deals_are_made_about_people() {
    let org = org();
    let who = lead(&org, json!({})).await;
    let make = async |object: &str, body: serde_json::Value| {
        org.post(&format!("{DATA}/sobjects/{object}"), body).await
    };
    let task = make(
        "Task",
        json!({
            "Subject": "Call", "WhoId": who, "Status": "Completed", "Priority": "High",
            "ActivityDate": "2026-11-24",
        }),
    )
    .await;
    let read = org.get(&format!("{DATA}/sobjects/Task/{}", id(&task))).await.json;
    assert_eq!((read["IsClosed"].as_bool(), read["IsHighPriority"].as_bool()), (Some(true), Some(true)));
    assert_eq!(
        id(&make("Note", json!({"ParentId": who, "Title": "Call", "Body": "Wants a berth"})).await).len(),
        18
    );
    let note = make("ContentNote", json!({"Title": "Call", "Content": "PHA+SGk8L3A+"})).await;
    let link = json!({"ContentDocumentId": id(&note), "LinkedEntityId": who, "ShareType": "V"});
    assert_eq!(make("ContentDocumentLink", link).await.status, 201);
    let account = id(&make("Account", json!({"Name": "Example Ltd"})).await);
    let related = make("Task", json!({"Subject": "Call", "WhoId": who, "WhatId": account})).await;
    assert_eq!(code(&related), "FIELD_INTEGRITY_EXCEPTION", "a lead's task has no other relation");
    let deal = make(
        "Opportunity",
        json!({
            "Name": "Berth", "StageName": "Negotiation/Review", "CloseDate": "2026-12-31", "Amount": 1000,
            "AccountId": account,
        }),
    )
    .await;
    let deal = org.get(&format!("{DATA}/sobjects/Opportunity/{}", id(&deal))).await.json;
    assert_eq!(
        (deal["Probability"].as_f64(), deal["ForecastCategoryName"].as_str()),
        (Some(90.0), Some("Commit"))
    );
    assert_eq!((deal["IsClosed"].as_bool(), deal["ExpectedRevenue"].as_f64()), (Some(false), Some(900.0)));
    let lacking = make("Opportunity", json!({"Name": "Berth"})).await;
    assert_eq!(lacking.json[0]["fields"], json!(["StageName", "CloseDate"]));
    let wrong = make("Note", json!({"ParentId": "005J80000000001IAA", "Title": "x"})).await;
    assert_eq!(code(&wrong), "FIELD_INTEGRITY_EXCEPTION", "a user is no parent of a note");
}
