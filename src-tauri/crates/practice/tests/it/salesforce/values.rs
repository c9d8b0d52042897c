//! Values: what each type of field takes, and how it is shown.

use serde_json::{Value, json};

use super::support::{LEAD, code, lead, org};

#[tokio::test]
async fn wrong_values_are_refused_with_the_fields_label() {
    let org = org();
    let cases = [
        ("LastName", json!("x".repeat(81)), "STRING_TOO_LONG"),
        ("Email", json!("not-an-address"), "INVALID_EMAIL_ADDRESS"),
        ("Berth_Type__c", json!("Hammock"), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Interests__c", json!("Racing;Knitting"), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("CleanStatus", json!("Spotless"), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Boat_Length__c", json!(1_000), "NUMBER_OUTSIDE_VALID_RANGE"),
        ("IndividualId", json!("0PKJ80000000001OAA"), "INVALID_CROSS_REFERENCE_KEY"),
        ("IndividualId", json!("005J80000000001IAA"), "FIELD_INTEGRITY_EXCEPTION"),
        ("NumberOfEmployees", json!("many"), "JSON_PARSER_ERROR"),
        ("NumberOfEmployees", json!(1.5), "JSON_PARSER_ERROR"),
        ("Move_In__c", json!("01/03/2026"), "JSON_PARSER_ERROR"),
        ("Move_In__c", json!("2026-03-01T00:00:00Z"), "JSON_PARSER_ERROR"),
        ("First_Visit__c", json!("2026-03-01 09:00:00"), "JSON_PARSER_ERROR"),
        ("Newsletter__c", json!("yes"), "JSON_PARSER_ERROR"),
        ("City", json!({"name": "Falmouth"}), "JSON_PARSER_ERROR"),
    ];
    for (field, value, expected) in cases {
        let mut body = json!({"LastName": "Moss", "Company": "Example Ltd"});
        body[field] = value.clone();
        let answer = org.post(LEAD, body).await;
        assert_eq!((answer.status, code(&answer)), (400, expected), "{field} = {value}");
    }
    let email = org.post(LEAD, json!({"LastName": "Moss", "Company": "X", "Email": "not-an-address"})).await;
    assert_eq!(
        email.json,
        json!([{
            "message": "Email: invalid email address: not-an-address", "errorCode": "INVALID_EMAIL_ADDRESS",
            "fields": ["Email"],
        }])
    );
}

#[tokio::test]
async fn values_come_back_in_the_apis_notation() {
    let org = org();
    let cases: [(&str, Value, Value); 12] = [
        ("LeadSource", json!("Carrier pigeon"), json!("Carrier pigeon")),
        ("Interests__c", json!("Cruising; Racing;Cruising"), json!("Cruising;Racing")),
        ("Boat_Length__c", json!(12.345), json!(12.35)),
        ("AnnualRevenue", json!("5000"), json!(5000.0)),
        ("NumberOfEmployees", json!(12), json!(12)),
        ("Move_In__c", json!("2026-03-01"), json!("2026-03-01")),
        ("First_Visit__c", json!("2026-03-01T10:00:00+01:00"), json!("2026-03-01T09:00:00.000+0000")),
        ("Newsletter__c", json!(true), json!(true)),
        ("Newsletter__c", json!(null), json!(false)),
        ("City", json!("  Falmouth "), json!("Falmouth")),
        ("City", json!(""), json!(null)),
        ("Phone", json!("call the harbour office"), json!("call the harbour office")),
    ];
    for (field, given, shown) in cases {
        let mut body = json!({});
        body[field] = given.clone();
        let id = lead(&org, body).await;
        let read = org.get(&format!("{LEAD}/{id}?fields={field}")).await.json;
        assert_eq!(read[field], shown, "{field} = {given}: unrestricted options, blanks and zones");
    }
}

#[tokio::test]
async fn moments_lose_what_is_below_a_second() {
    let org = org();
    org.clock.advance(jiff::SignedDuration::from_millis(789));
    let id = lead(&org, json!({})).await;
    let read = org.get(&format!("{LEAD}/{id}?fields=SystemModstamp")).await.json;
    assert_eq!(read["SystemModstamp"], "2026-11-20T12:00:00.000+0000");
}
