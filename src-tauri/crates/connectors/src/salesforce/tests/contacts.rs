//! Leads that were converted: what a refused write says, where to ask, and which fields go where.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Match};
use leadferry_model::FailureKind;
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;
use crate::salesforce::converted;

fn converted_lead() -> Json {
    json!({"Id": id(1), "Lead_ID__c": "l-1", "ConvertedContactId": contact(9), "ConvertedAccountId": null,
        "ConvertedOpportunityId": "0065g00000OppyAAA"})
}

#[tokio::test]
async fn a_write_to_a_converted_lead_is_refused_as_such() {
    let converted = refused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", &[]);
    let (_script, bench) = script([
        Fixture::new("PATCH", UPDATE, 200, json!([converted])),
        Fixture::new("PATCH", UPSERT, 200, json!([saved(2, true)])),
    ]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "Lead", &[known(1), lead(2)]).await;
    let failure = outcomes[0].as_ref().unwrap_err();
    assert_eq!(failure.kind, FailureKind::NotFound, "there is no such lead any more");
    assert_eq!(failure.code, leadferry_connector::CONVERTED, "and the engine asks what it became");
    assert!(failure.message.contains("converted"), "in Salesforce's words: {}", failure.message);
    assert!(outcomes[1].as_ref().unwrap().created, "the lead beside it is not touched by that");
}

#[tokio::test]
async fn a_converted_lead_is_read_and_found_with_what_it_became() {
    let (_script, bench) = script([
        Fixture::new("GET", QUERY, 200, rows(vec![converted_lead()])),
        Fixture::new("GET", QUERY, 200, rows(vec![converted_lead()])),
    ]);
    let read = CONNECTOR.read(&bench.call(), "Lead", &[RecordId::new(id(1))], &[]).await.unwrap();
    let key = [Match { field: "Lead_ID__c".into(), value: "L-1".into() }];
    let found = CONNECTOR.find(&bench.call(), "Lead", &key, &[]).await.unwrap();
    for record in [read[0].as_ref().unwrap(), &found[0][0]] {
        let became: Vec<_> = record.became.iter().map(|one| (&*one.object, one.record.as_str())).collect();
        assert_eq!(became, [("Contact", &*contact(9)), ("Opportunity", "0065g00000OppyAAA")], "{record:?}");
        let page = record.became[0].url.as_deref().unwrap();
        assert!(page.contains("/lightning/r/Contact/"), "and is looked at as one: {page}");
    }
}

#[tokio::test]
async fn a_contact_is_not_asked_what_it_became() {
    let query = format!("SELECT Id,Email,SystemModstamp FROM Contact WHERE Id IN ('{}')", contact(9));
    let found = json!({"Id": contact(9), "Email": "ada@example.com"});
    let (_script, bench) = script([Fixture::new("GET", QUERY, 200, rows(vec![found])).query(ask(&query))]);
    let ids = [RecordId::new(contact(9))];
    let read = CONNECTOR.read(&bench.call(), "Contact", &ids, &["Email".to_owned()]).await.unwrap();
    assert_eq!(read[0].as_ref().unwrap().became, [], "contacts stay contacts");
}

#[test]
fn what_a_lead_has_goes_where_its_contact_has_it() {
    let cases = [
        ("LastName", "Lovelace", Some("LastName")),
        ("City", "London", Some("MailingCity")),
        ("OwnerId", "0055g00000UserAAA", Some("OwnerId")),
        // A queue can own a lead, but no contact.
        ("OwnerId", "00G5g00000QueueAAA", None),
        ("Lead_ID__c", "L-1", Some("Lead_ID__c")),
        // The account's, which is not ours to change.
        ("Company", "Example Ltd", None),
        ("Status", "Open", None),
    ];
    for (name, value, expected) in cases {
        let there = (converted::CONTACT.field)(name, &Value::text(value));
        assert_eq!(there.as_deref(), expected, "{name}: {value}");
    }
}
