//! Upsert, the way leads come in.

use serde_json::json;

use super::desk::{BEA, code, codes, desk, row, rows};

#[tokio::test]
async fn new_and_known_rows_are_told_apart_in_the_order_of_rows() {
    let desk = desk().with_lead_id().await;
    let first = desk.upsert(vec![row("L-1", json!({"Email": "one@example.com"}))]).await;
    assert_eq!(first.status, 200, "{}", first.text);
    let made = &rows(&first)[0];
    assert_eq!((made["action"].as_str(), made["message"].as_str()), (Some("insert"), Some("record added")));
    assert!(made["duplicate_field"].is_null(), "nothing it was found by");
    desk.pass(60);
    let again = desk.upsert(vec![row("L-2", json!({})), row("L-1", json!({"First_Name": "Ona"}))]).await;
    let actions: Vec<_> = rows(&again).iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["insert", "update"], "outcomes stand in the order of the rows");
    assert_eq!(rows(&again)[1]["duplicate_field"], "Lead_ID");
    assert_eq!(rows(&again)[1]["details"]["id"], made["details"]["id"], "the same record");
    assert_eq!(rows(&again)[1]["details"]["Created_Time"], "2026-11-20T17:30:00+05:30");
    assert_eq!(rows(&again)[1]["details"]["Modified_Time"], "2026-11-20T17:31:00+05:30");
    assert_eq!(rows(&again)[1]["details"]["Modified_By"]["name"], "Imogen Vale");
}

#[tokio::test]
async fn the_first_field_of_the_list_that_fits_wins() {
    let desk = desk().with_lead_id().await;
    desk.upsert(vec![row("L-1", json!({"Email": "one@example.com"}))]).await;
    let by_email = desk.upsert(vec![row("L-9", json!({"Email": "Bea.Thornton@Example.com"}))]).await;
    let found = &rows(&by_email)[0];
    assert_eq!(found["duplicate_field"], "Email", "a new key with a known e-mail updates by e-mail");
    assert_eq!(found["details"]["id"], BEA);
    let both = desk.upsert(vec![row("L-1", json!({"Email": "bea.thornton@example.com"}))]).await;
    assert_eq!(rows(&both)[0]["duplicate_field"], "Lead_ID", "the list's order decides");
    let reversed = json!({
        "data": [row("L-1", json!({"Email": "bea.thornton@example.com"}))],
        "duplicate_check_fields": ["Email", "Lead_ID"],
    });
    let reversed = desk.post("/Leads/upsert", reversed).await;
    assert_eq!(codes(&reversed), ["DUPLICATE_DATA"], "by e-mail it is Bea, whose Lead ID another has");
}

#[tokio::test]
async fn without_a_list_the_modules_own_field_comes_first() {
    let desk = desk().with_lead_id().await;
    let body = json!({"data": [row("L-1", json!({"Email": "bea.thornton@example.com"}))]});
    let answer = desk.post("/Leads/upsert", body).await;
    assert_eq!(rows(&answer)[0]["duplicate_field"], "Email");
    let body = json!({"data": [row("L-1", json!({"Email": "other@example.com"}))]});
    let answer = desk.post("/Leads/upsert", body).await;
    assert_eq!(rows(&answer)[0]["duplicate_field"], "Lead_ID", "then the unique fields");
}

#[tokio::test]
async fn only_fields_that_can_be_checked_can_be_listed() {
    let desk = desk();
    for name in ["Phone", "Lead_ID", "Nonsense"] {
        let body =
            json!({"data": [{"Last_Name": "X", "Company": "Y"}], "duplicate_check_fields": ["Email", name]});
        let answer = desk.post("/Leads/upsert", body).await;
        assert_eq!((answer.status, code(&answer)), (400, "INVALID_DATA"), "{name}: {}", answer.text);
        assert_eq!(answer.json["details"]["json_path"], "$.duplicate_check_fields[1]");
    }
}

#[tokio::test]
async fn each_row_has_its_own_outcome() {
    let desk = desk().with_lead_id().await;
    desk.upsert(vec![row("L-0", json!({"Email": "zero@example.com"}))]).await;
    let mut nameless = row("L-3", json!({}));
    nameless.as_object_mut().unwrap().remove("Last_Name");
    let answer = desk
        .upsert(vec![
            row("L-0", json!({"City": "Hull"})),
            row("L-2", json!({"Email": "no address"})),
            nameless,
            row("L-4", json!({})),
        ])
        .await;
    assert_eq!(answer.status, 207, "{}", answer.text);
    assert_eq!(codes(&answer), ["SUCCESS", "INVALID_DATA", "MANDATORY_NOT_FOUND", "SUCCESS"]);
    assert_eq!(
        rows(&answer)[1],
        json!({
            "code": "INVALID_DATA", "status": "error", "message": "invalid data",
            "details": {"expected_data_type": "email", "api_name": "Email", "json_path": "$.data[1].Email"},
        })
    );
    assert_eq!(rows(&answer)[2]["details"]["json_path"], "$.data[2].Last_Name");
    assert_eq!(desk.practice.counts()["Leads"], 7, "the good rows were applied");
}

#[tokio::test]
async fn when_all_rows_fail_the_status_says_so_and_the_rows_are_there_all_the_same() {
    let desk = desk().with_lead_id().await;
    let answer =
        desk.upsert(vec![row("L-1", json!({"Email": "x"})), row("L-2", json!({"Email": "y"}))]).await;
    assert_eq!((answer.status, codes(&answer)), (400, vec!["INVALID_DATA", "INVALID_DATA"]));
}

#[tokio::test]
async fn one_key_twice_in_a_request_is_a_duplicate() {
    let desk = desk().with_lead_id().await;
    let answer = desk.upsert(vec![row("L-1", json!({})), row("l-1 ", json!({"City": "Hull"}))]).await;
    assert_eq!((answer.status, codes(&answer)), (207, vec!["SUCCESS", "DUPLICATE_DATA"]));
    assert_eq!(rows(&answer)[1]["details"]["id"], rows(&answer)[0]["details"]["id"]);
    let by_email = desk
        .upsert(vec![
            row("L-2", json!({"Email": "two@example.com"})),
            row("L-3", json!({"Email": "two@example.com"})),
        ])
        .await;
    assert_eq!(codes(&by_email), ["SUCCESS", "DUPLICATE_DATA"]);
}

#[tokio::test]
async fn of_several_records_with_one_email_the_oldest_is_taken() {
    let desk = desk().with_lead_id().await;
    let first = desk.lead(json!({"Email": "same@example.com"})).await;
    desk.lead(json!({"Email": "same@example.com"})).await;
    let answer = desk.upsert(vec![row("L-1", json!({"Email": "same@example.com"}))]).await;
    assert_eq!(rows(&answer)[0]["details"]["id"], first.as_str(), "e-mails need not be unique");
    desk.delete(&format!("/Leads?ids={first}")).await;
    let answer = desk.upsert(vec![row("L-2", json!({"Email": "same@example.com"}))]).await;
    assert_eq!(rows(&answer)[0]["action"], "update", "the other one is still found");
}

#[tokio::test]
async fn a_row_may_name_its_record_by_id() {
    let desk = desk();
    let body = json!({"data": [{"id": BEA, "City": "Hull"}, {"id": "554023000000999999", "City": "Hull"}]});
    let answer = desk.post("/Leads/upsert", body).await;
    assert_eq!((answer.status, codes(&answer)), (207, vec!["SUCCESS", "INVALID_DATA"]));
    assert_eq!(rows(&answer)[0]["action"], "update");
    assert_eq!(rows(&answer)[1]["details"]["id"], "554023000000999999");
    let number = json!({"data": [{"id": 554_023_000_000_527_001_u64, "City": "Hull"}]});
    let answer = desk.post("/Leads/upsert", number).await;
    assert_eq!(codes(&answer), ["INVALID_DATA"], "ids are texts; a number would have lost digits");
}

#[tokio::test]
async fn a_key_freed_by_deletion_creates_anew() {
    let desk = desk().with_lead_id().await;
    let first = desk.upsert(vec![row("L-1", json!({}))]).await;
    let id = rows(&first)[0]["details"]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.delete(&format!("/Leads?ids={id}")).await.status, 200);
    let again = desk.upsert(vec![row("L-1", json!({}))]).await;
    assert_eq!(rows(&again)[0]["action"], "insert", "the bin holds no keys");
}

#[tokio::test]
async fn accounts_and_deals_are_found_by_their_names() {
    let desk = desk();
    let account = json!({"data": [{"Account_Name": "hollow lane nursery", "Phone": "+44 7700 900299"}]});
    let answer = desk.post("/Accounts/upsert", account).await;
    assert_eq!(rows(&answer)[0]["duplicate_field"], "Account_Name");
    let deal = json!({"data": [{"Deal_Name": "Hollow Lane, show garden", "Amount": 20_000}], "duplicate_check_fields": ["Deal_Name"]});
    let answer = desk.post("/Deals/upsert", deal).await;
    assert_eq!(
        (answer.status, rows(&answer)[0]["action"].as_str()),
        (200, Some("update")),
        "{}",
        answer.text
    );
}
