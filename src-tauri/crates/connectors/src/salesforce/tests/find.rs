//! Reading by id and finding by key: the exact queries.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Match};
use leadferry_model::Value;
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

fn key(field: &str, value: &str) -> Match {
    Match { field: field.into(), value: value.into() }
}

#[tokio::test]
async fn records_are_read_by_id_in_order() {
    let query = format!(
        "SELECT Id,Email,Score__c,SystemModstamp,{POINTERS} FROM Lead WHERE Id IN ('{}','{}')",
        id(2),
        &id(3)[..15]
    );
    let found = json!({"attributes": {"type": "Lead", "url": "/x"}, "Id": id(3), "Email": null, "Score__c": 7,
        "SystemModstamp": "2026-11-20T08:30:00.000+0000"});
    let (_script, bench) = script([Fixture::new("GET", QUERY, 200, rows(vec![found])).query(ask(&query))]);
    let bench = bench.set("token.instance_url", "https://acme.my.salesforce.com/");
    let ids = [RecordId::new(id(2)), RecordId::new(&id(3)[..15]), RecordId::new(id(2))];
    let fields = ["Email".to_owned(), "Score__c".to_owned()];
    let records = CONNECTOR.read(&bench.call(), "Lead", &ids, &fields).await.unwrap();
    assert!(records[0].is_none() && records[2].is_none(), "gone");
    let record = records[1].as_ref().unwrap();
    assert_eq!(
        record.fields.get("Email"),
        Some(&Value::Blank),
        "empty is said, for rules that fill only empty fields"
    );
    assert_eq!(record.fields.text("Score__c").as_deref(), Some("7"), "numbers are numbers");
    assert_eq!(record.changed_at, "2026-11-20T08:30:00Z".parse().ok(), "the time the feed sorts by");
    let page = format!("https://acme.my.salesforce.com/lightning/r/Lead/{}/view", id(3));
    assert_eq!(record.url.as_deref(), Some(page.as_str()), "at the address the token named");
}

#[tokio::test]
async fn keys_are_asked_for_together_and_told_apart_without_case() {
    let query = format!(
        r"SELECT Id,Email,SystemModstamp,{POINTERS} FROM Lead WHERE Email IN ('ada@example.com','o\'neill@example.com')"
    );
    let found = |number: usize, email: &str| json!({"Id": id(number), "Email": email});
    let body =
        rows(vec![found(1, "Ada@Example.com"), found(2, "o'neill@example.com"), found(3, "ada@example.com")]);
    let (_script, bench) = script([Fixture::new("GET", QUERY, 200, body).query(ask(&query))]);
    let keys = [key("Email", "ada@example.com"), key("Email", " "), key("Email", "o'neill@example.com")];
    let found = CONNECTOR.find(&bench.call(), "Lead", &keys, &[]).await.unwrap();
    let counts: Vec<usize> = found.iter().map(Vec::len).collect();
    assert_eq!(counts, [2, 0, 1], "each key has its own records, nothing is nobody");
}

#[tokio::test]
async fn numbers_are_found_however_they_are_written() {
    let pattern = "%2%0%7%9%4%6%0%1%2%3%";
    let query = format!(
        "SELECT Id,Phone,SystemModstamp,{POINTERS},MobilePhone FROM Lead WHERE Phone LIKE '{pattern}' OR MobilePhone LIKE '{pattern}'"
    );
    let found = |number: usize, phone: &str, mobile: Json| json!({"Id": id(number), "Phone": phone, "MobilePhone": mobile});
    let body = rows(vec![
        found(1, "020 7946 0123", json!(null)),
        found(2, "+44 (0)20 7946-0123", json!(null)),
        found(3, "+1 207 946 0123", json!(null)),
        found(4, "2 0 7 9 4 6 9 0 1 2 3", json!(null)),
        found(5, "", json!("+442079460123")),
    ]);
    let (_script, bench) = script([Fixture::new("GET", QUERY, 200, body).query(ask(&query))]);
    let found = CONNECTOR.find(&bench.call(), "Lead", &[key("Phone", "+442079460123")], &[]).await.unwrap();
    let ids: Vec<&str> = found[0].iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, [id(1), id(2), id(5)], "not a number of another country, nor one with a digit more");
}

#[tokio::test]
async fn a_column_the_account_hides_takes_nothing_else_with_it() {
    let unknown = refusal("INVALID_FIELD", "No such column 'MobilePhone' on entity 'Lead'.");
    let found = json!({"Id": id(1), "Phone": "+442079460123"});
    let second = format!(
        "SELECT Id,Phone,SystemModstamp,{POINTERS} FROM Lead WHERE Phone LIKE '%2%0%7%9%4%6%0%1%2%3%'"
    );
    let (_script, bench) = script([
        Fixture::new("GET", QUERY, 400, unknown.clone()),
        Fixture::new("GET", QUERY, 400, unknown),
        Fixture::new("GET", QUERY, 200, rows(vec![found])).query(ask(&second)),
    ]);
    let found = CONNECTOR.find(&bench.call(), "Lead", &[key("Phone", "+442079460123")], &[]).await.unwrap();
    assert_eq!(found[0].len(), 1, "the other number is enough");
}

#[tokio::test]
async fn a_key_the_account_hides_is_a_failure() {
    let unknown = refusal("INVALID_FIELD", "No such column 'Email' on entity 'Lead'.");
    let (_script, bench) = script([Fixture::new("GET", QUERY, 400, unknown)]);
    let failure =
        CONNECTOR.find(&bench.call(), "Lead", &[key("Email", "ada@example.com")], &[]).await.unwrap_err();
    assert_eq!(failure.kind.word(), "invalid", "nobody found would mean a second lead of the same person");
}

#[tokio::test]
async fn long_lists_of_fields_are_read_in_parts_and_joined() {
    let fields: Vec<String> = (0..400).map(|number| format!("A_Long_Custom_Field_{number}__c")).collect();
    let first = json!({"Id": id(1), "A_Long_Custom_Field_0__c": "first"});
    let last = json!({"Id": id(1), "A_Long_Custom_Field_399__c": "last"});
    let (script, bench) = script([
        Fixture::new("GET", QUERY, 200, rows(vec![first])),
        Fixture::new("GET", QUERY, 200, rows(vec![last])),
    ]);
    let read = CONNECTOR.read(&bench.call(), "Lead", &[RecordId::new(id(1))], &fields).await.unwrap();
    let record = read[0].as_ref().unwrap();
    assert_eq!(record.fields.text(&fields[0]).as_deref(), Some("first"), "of the first query");
    assert_eq!(record.fields.text(&fields[399]).as_deref(), Some("last"), "and of the second");
    for sent in script.sent() {
        let length = sent.query["q"].as_str().unwrap().len();
        assert!(length < 12_000, "each fits into an address: {length}");
    }
}

#[tokio::test]
async fn a_record_is_removed_and_one_that_is_gone_is_fine() {
    let path = format!("/services/data/v66.0/sobjects/Lead/{}", id(1));
    let cases = [
        (204, json!(null)),
        (404, refusal("NOT_FOUND", "no")),
        (404, refusal("ENTITY_IS_DELETED", "entity is deleted")),
    ];
    for (status, body) in cases {
        let (_script, bench) = script([Fixture::new("DELETE", &path, status, body)]);
        CONNECTOR.remove(&bench.call(), "Lead", &RecordId::new(id(1))).await.unwrap();
    }
    let (_script, bench) =
        script([Fixture::new("DELETE", &path, 400, refusal("INSUFFICIENT_ACCESS_OR_READONLY", "no"))]);
    assert!(
        CONNECTOR.remove(&bench.call(), "Lead", &RecordId::new(id(1))).await.is_err(),
        "a record that stays is not removed"
    );
}
