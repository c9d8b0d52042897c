//! Lead conversion and merging, as people do them.

use serde_json::json;

use super::support::{DATA, LEAD, code, lead, org_with_lead_id, row, row_code, soql, upsert};

#[tokio::test]
async fn a_converted_lead_points_on_and_is_closed_to_changes() {
    let org = org_with_lead_id().await;
    let id = lead(&org, json!({
        "Lead_ID__c": "L-1", "Email": "ada@example.com", "Boat_Name__c": "Tern", "Company": "Tern Charter",
    })).await;
    org.pass(60);
    let made = org.practice.pull("convert-lead", &json!({"id": id, "opportunity": "Summer berth"})).unwrap();
    let query = "SELECT IsConverted, Status, ConvertedDate, ConvertedContactId, ConvertedAccountId, \
        ConvertedOpportunityId, SystemModstamp FROM Lead WHERE Lead_ID__c = 'L-1'";
    let converted = soql(&org, query).await.json["records"][0].clone();
    assert_eq!(
        (converted["IsConverted"].as_bool(), converted["Status"].as_str()),
        (Some(true), Some("Closed - Converted"))
    );
    assert_eq!(converted["SystemModstamp"], "2026-11-20T12:01:00.000+0000", "the change feed sees it");
    for (field, key) in [
        ("ConvertedContactId", "contactId"),
        ("ConvertedAccountId", "accountId"),
        ("ConvertedOpportunityId", "opportunityId"),
    ] {
        assert_eq!(converted[field], made[key], "{field}");
    }
    let contact =
        org.get(&format!("{DATA}/sobjects/Contact/{}", made["contactId"].as_str().unwrap())).await.json;
    assert_eq!(
        (contact["Email"].as_str(), contact["Boat_Name__c"].as_str()),
        (Some("ada@example.com"), Some("Tern"))
    );
    let account = soql(&org, "SELECT Id FROM Account WHERE Name = 'Tern Charter'").await;
    assert_eq!(account.json["totalSize"], 1, "the company was there already");
    let deal = org
        .get(&format!("{DATA}/sobjects/Opportunity/{}", made["opportunityId"].as_str().unwrap()))
        .await
        .json;
    assert_eq!(
        (deal["Name"].as_str(), deal["StageName"].as_str()),
        (Some("Summer berth"), Some("Prospecting"))
    );

    let single = org.call("PATCH", &format!("{LEAD}/{id}"), Some(&json!({"Title": "x"}))).await;
    assert_eq!((single.status, code(&single)), (400, "CANNOT_UPDATE_CONVERTED_LEAD"));
    let rows = upsert(
        &org,
        vec![row("L-1", json!({"Title": "x"})), row("L-2", json!({"LastName": "M", "Company": "X"}))],
    )
    .await;
    assert_eq!(
        (row_code(&rows, 0), rows.json[1]["success"].as_bool()),
        ("CANNOT_UPDATE_CONVERTED_LEAD", Some(true))
    );
    assert!(org.practice.pull("convert-lead", &json!({"id": id})).is_err(), "once is enough");
}

#[tokio::test]
async fn conversion_may_open_no_deal() {
    let org = org_with_lead_id().await;
    let id = lead(&org, json!({})).await;
    let made = org.practice.pull("convert-lead", &json!({"id": id})).unwrap();
    assert_eq!(made["opportunityId"], json!(null));
    let read = org.get(&format!("{LEAD}/{id}?fields=ConvertedOpportunityId,ConvertedContactId")).await.json;
    assert_eq!(
        (&read["ConvertedOpportunityId"], &read["ConvertedContactId"]),
        (&json!(null), &made["contactId"])
    );
}

#[tokio::test]
async fn a_merged_lead_names_its_winner_from_the_bin() {
    let org = org_with_lead_id().await;
    let (winner, loser) = (lead(&org, json!({})).await, lead(&org, json!({})).await);
    org.practice.pull("merge-leads", &json!({"winner": winner, "loser": loser})).unwrap();
    let path =
        format!("{DATA}/queryAll?q=SELECT+Id,+MasterRecordId,+IsDeleted+FROM+Lead+WHERE+Id+=+'{loser}'");
    let gone = org.get(&path).await.json["records"][0].clone();
    assert_eq!((gone["IsDeleted"].as_bool(), &gone["MasterRecordId"]), (Some(true), &json!(winner)));
}

#[tokio::test]
async fn levers_that_are_not_there_say_so() {
    let org = org_with_lead_id().await;
    assert!(
        org.practice.pull("launch", &json!({})).unwrap_err().to_string().contains("no lever called launch")
    );
    assert!(org.practice.pull("convert-lead", &json!({})).unwrap_err().to_string().contains("needs id"));
}
