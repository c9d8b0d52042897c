//! Leads that were converted go on as contacts.

use leadferry_connector::Connector;
use leadferry_connector::testkit::Fixture;
use leadferry_model::FailureKind;
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

fn described() -> Fixture {
    let field = |name: &str, updateable: bool| json!({"name": name, "type": "string", "createable": true, "updateable": updateable});
    let names = ["LastName", "Email", "Phone", "MailingCity", "OwnerId", "Lead_ID__c"];
    let mut fields: Vec<Json> = names.iter().map(|name| field(name, true)).collect();
    fields.push(field("Read_Only__c", false));
    Fixture::new("GET", CONTACT, 200, json!({"name": "Contact", "label": "Contact", "fields": fields}))
}

fn lead_of_many() -> Upsert {
    let fields = [
        ("LastName", "Lovelace"),
        ("Company", "Example Ltd"),
        ("City", "London"),
        ("Status", "Open"),
        ("OwnerId", "00G5g00000QueueAAA"),
        ("Read_Only__c", "x"),
        ("Not_On_Contacts__c", "x"),
    ];
    Upsert { record: Some(RecordId::new(id(1))), ..row(1, &fields) }
}

/// What is left of it for a contact.
fn expected(number: usize) -> Json {
    json!({"allOrNone": false, "records": [{"attributes": {"type": "Contact"}, "id": contact(number),
        "LastName": "Lovelace", "MailingCity": "London", "Lead_ID__c": "L-1"}]})
}

fn converted() -> Json {
    refused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", &[])
}

fn written() -> Fixture {
    Fixture::new("PATCH", UPDATE, 200, json!([{"id": contact(9), "success": true, "errors": []}]))
        .body(expected(9))
}

#[tokio::test]
async fn a_converted_lead_is_followed_to_its_contact() {
    let query = format!("SELECT Id,ConvertedContactId FROM Lead WHERE Id IN ('{}')", id(1));
    let (script, bench) = script([
        Fixture::new("PATCH", UPDATE, 200, json!([converted()])),
        Fixture::new("GET", QUERY, 200, rows(vec![json!({"Id": id(1), "ConvertedContactId": contact(9)})]))
            .query(ask(&query)),
        described(),
        written(),
    ]);
    let written = CONNECTOR.upsert(&bench.call(), "Lead", &[lead_of_many()]).await.remove(0).unwrap();
    assert_eq!(written.record.as_str(), contact(9), "linked to the contact from now on");
    assert!(!written.created, "it was there");
    assert!(written.url.unwrap().contains("/lightning/r/Contact/"), "and is looked at as one");
    assert_eq!(script.sent()[3].header("sforce-auto-assign"), None, "no assignment rule is about contacts");
}

#[tokio::test]
async fn a_converted_lead_that_goes_by_its_lead_id_is_followed_too() {
    let query = "SELECT Id,Lead_ID__c,ConvertedContactId FROM Lead WHERE Lead_ID__c IN ('L-1')";
    let found = json!({"Id": id(1), "Lead_ID__c": "l-1", "ConvertedContactId": contact(9)});
    let (_script, bench) = script([
        // The lead with an owner of its own goes by itself, past the assignment rule.
        Fixture::new("PATCH", UPSERT, 200, json!([converted()])),
        Fixture::new("PATCH", UPSERT, 200, json!([saved(2, true)])),
        Fixture::new("GET", QUERY, 200, rows(vec![found])).query(ask(query)),
        described(),
        written(),
    ]);
    let batch = [lead(2), Upsert { record: None, ..lead_of_many() }];
    let outcomes = CONNECTOR.upsert(&bench.call(), "Lead", &batch).await;
    assert_eq!(
        outcomes[1].as_ref().unwrap().record.as_str(),
        contact(9),
        "Lead IDs are compared without case"
    );
    assert!(outcomes[0].as_ref().unwrap().created, "the lead beside it is not touched by that");
}

#[tokio::test]
async fn a_lead_that_is_linked_to_a_contact_is_written_there_at_once() {
    let (script, bench) = script([described(), written()]);
    let linked = Upsert { record: Some(RecordId::new(contact(9))), ..lead_of_many() };
    let shown = CONNECTOR.preview(&bench.call(), "Lead", std::slice::from_ref(&linked));
    assert!(shown[0].body.contains("MailingCity"), "the preview knows: {}", shown[0].body);
    CONNECTOR.upsert(&bench.call(), "Lead", &[linked]).await.remove(0).unwrap();
    assert_eq!(script.sent().len(), 2, "no lead is asked for");
}

#[tokio::test]
async fn a_contact_that_is_gone_leaves_the_reason() {
    let (_script, bench) = script([
        Fixture::new("PATCH", UPDATE, 200, json!([converted()])),
        Fixture::new("GET", QUERY, 200, rows(vec![json!({"Id": id(1), "ConvertedContactId": null})])),
    ]);
    let failure = CONNECTOR.upsert(&bench.call(), "Lead", &[lead_of_many()]).await.remove(0).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid { fields: vec![] }, "a person looks");
    assert_eq!(failure.code, "CANNOT_UPDATE_CONVERTED_LEAD", "and sees why");
    assert!(failure.message.contains("converted"), "{}", failure.message);
}

#[tokio::test]
async fn a_followed_lead_is_read_as_the_contact_it_is() {
    let query = format!("SELECT Id,Email,SystemModstamp FROM Contact WHERE Id IN ('{}')", contact(9));
    let found = json!({"Id": contact(9), "Email": "ada@example.com"});
    let (_script, bench) = script([Fixture::new("GET", QUERY, 200, rows(vec![found])).query(ask(&query))]);
    let ids = [RecordId::new(contact(9))];
    let read = CONNECTOR.read(&bench.call(), "Lead", &ids, &["Email".to_owned()]).await.unwrap();
    assert_eq!(
        read[0].as_ref().unwrap().fields.text("Email").as_deref(),
        Some("ada@example.com"),
        "for before-images"
    );
}
