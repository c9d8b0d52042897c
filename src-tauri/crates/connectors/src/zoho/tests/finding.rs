//! Look-ups and reads: their exact form, and which records answer which key.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Match, Settings};

use super::*;
use crate::zoho::CONNECTOR;

fn key(field: &str, value: &str) -> Match {
    Match { field: field.into(), value: value.into() }
}

fn found(number: usize, fields: Json) -> Json {
    let mut row = json!({"id": id(number), "Modified_Time": "2026-11-20T09:30:00+01:00"});
    row.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    row
}

fn page(rows: &[Json]) -> Json {
    json!({"data": rows, "info": {"count": rows.len(), "more_records": false}})
}

fn ids(found: &[leadferry_connector::Found]) -> Vec<Vec<&str>> {
    found.iter().map(|records| records.iter().map(|record| record.id.as_str()).collect()).collect()
}

#[tokio::test]
async fn addresses_are_asked_for_together_and_exactly() {
    let query = "select id, Email, Modified_Time from Leads where Email in ('ADA@example.com', 'o''hara@example.com', \
                 'ada@example.com') order by id asc limit 0, 200";
    let rows =
        [found(1, json!({"Email": "ada@example.com"})), found(2, json!({"Email": "O'Hara@example.com"}))];
    let (_script, bench) =
        script([Fixture::new("POST", COQL, 200, page(&rows)).body(json!({ "select_query": query }))]);
    let keys = [key("Email", " ADA@example.com"), key("Email", "o'hara@example.com"), key("Email", " ")];
    let answers = CONNECTOR.find(&bench.call(), "Leads", &keys, &[]).await.unwrap();
    let (one, two) = (id(1), id(2));
    assert_eq!(
        ids(&answers),
        [vec![one.as_str()], vec![two.as_str()], vec![]],
        "letter case does not matter"
    );
    assert_eq!(answers[0][0].changed_at, "2026-11-20T08:30:00Z".parse().ok(), "with the change time");
}

#[tokio::test]
async fn a_lead_id_is_looked_for_where_zoho_keeps_it() {
    let query =
        "select id, Lead_ID1, Modified_Time from Leads where Lead_ID1 = 'L-1' order by id asc limit 0, 200";
    let rows = [found(1, json!({"Lead_ID1": "L-1"}))];
    let (_script, bench) =
        script([Fixture::new("POST", COQL, 200, page(&rows)).body(json!({ "select_query": query }))]);
    let bench = bench.set(&Settings::lead_id_key("Leads"), "Lead_ID1");
    let answers = CONNECTOR.find(&bench.call(), "Leads", &[key("Lead_ID", "L-1")], &[]).await.unwrap();
    assert_eq!(ids(&answers), [vec![id(1)]], "asked for by the name everybody knows");
}

#[tokio::test]
async fn without_a_lead_id_field_nobody_has_a_lead_id() {
    let unknown = |column: &str| {
        refused("INVALID_QUERY", json!({"column_name": column, "clause": "where", "module": "Leads"}))
    };
    let (_script, bench) = script([Fixture::new("POST", COQL, 400, unknown("Lead_ID"))]);
    let answers = CONNECTOR.find(&bench.call(), "Leads", &[key("Lead_ID", "L-1")], &[]).await.unwrap();
    assert_eq!(ids(&answers), [Vec::<&str>::new()], "which is an answer");
    let (_script, bench) = script([Fixture::new("POST", COQL, 400, unknown("Email"))]);
    let failure =
        CONNECTOR.find(&bench.call(), "Leads", &[key("Email", "a@example.com")], &[]).await.unwrap_err();
    assert_eq!(failure.kind.word(), "invalid", "an address nobody can look for is none: {failure:?}");
}

#[tokio::test]
async fn phones_are_asked_for_in_the_ways_people_write_them() {
    let rows = [
        found(3, json!({"Phone": "020 7946 0123", "Mobile": null})),
        found(4, json!({"Phone": "+1 207 946 0123", "Mobile": null})),
        found(5, json!({"Phone": null, "Mobile": "+442079460123"})),
    ];
    let (script, bench) = script([Fixture::new("POST", COQL, 200, page(&rows))]);
    let answers =
        CONNECTOR.find(&bench.call(), "Leads", &[key("Phone", "+442079460123")], &[]).await.unwrap();
    assert_eq!(ids(&answers), [vec![id(3), id(5)]], "the other number is of another country");
    let query = script.sent()[0].json()["select_query"].as_str().unwrap().to_owned();
    let spelled =
        "('+442079460123', '442079460123', '+44 20 7946 0123', '02079460123', '020 7946 0123', '2079460123')";
    assert!(query.contains(&format!("(Phone in {spelled} or Mobile in {spelled})")), "{query}");
}

#[tokio::test]
async fn an_account_without_mobile_numbers_is_asked_for_the_other_ones() {
    let unknown = refused("INVALID_QUERY", json!({"column_name": "Mobile"}));
    let rows = [found(3, json!({"Phone": "+442079460123"}))];
    let (_script, bench) =
        script([Fixture::new("POST", COQL, 400, unknown), Fixture::new("POST", COQL, 200, page(&rows))]);
    let answers =
        CONNECTOR.find(&bench.call(), "Leads", &[key("Phone", "+442079460123")], &[]).await.unwrap();
    assert_eq!(ids(&answers), [vec![id(3)]], "by the first number alone");
}

#[tokio::test]
async fn what_else_is_wanted_of_a_find_is_read() {
    let (script, bench) = script([
        Fixture::new("POST", COQL, 200, page(&[found(1, json!({"Email": "ada@example.com"}))])),
        Fixture::new("GET", LEADS, 200, page(&[found(1, json!({"City": "Ulm"}))])),
    ]);
    let keys = [key("Email", "ada@example.com")];
    let answers = CONNECTOR.find(&bench.call(), "Leads", &keys, &["City".to_owned()]).await.unwrap();
    assert_eq!(answers[0][0].fields.text("City").as_deref(), Some("Ulm"), "from the record itself");
    assert_eq!(script.sent()[1].query["fields"], "City,Modified_Time", "only that");
}

#[tokio::test]
async fn more_rows_than_a_page_are_all_read() {
    let row = |number| found(number, json!({"Email": "ada@example.com"}));
    let first = json!({"data": (0..200).map(row).collect::<Vec<_>>(), "info": {"more_records": true}});
    let (script, bench) =
        script([Fixture::new("POST", COQL, 200, first), Fixture::new("POST", COQL, 200, page(&[row(200)]))]);
    let answers =
        CONNECTOR.find(&bench.call(), "Leads", &[key("Email", "ada@example.com")], &[]).await.unwrap();
    assert_eq!(answers[0].len(), 10, "as many as anybody can use");
    let second = script.sent()[1].json()["select_query"].as_str().unwrap().to_owned();
    assert!(second.ends_with("limit 200, 200"), "{second}");
}

#[tokio::test]
async fn more_fields_than_one_read_takes_are_read_in_parts() {
    let names: Vec<String> = (0..60).map(|number| format!("Field_{number}")).collect();
    let (script, bench) = script([
        Fixture::new("GET", LEADS, 200, page(&[found(1, json!({"Field_0": "a"}))])),
        Fixture::new("GET", LEADS, 200, page(&[found(1, json!({"Field_59": "b"}))])),
    ]);
    let records = CONNECTOR.read(&bench.call(), "Leads", &[RecordId::new(id(1))], &names).await.unwrap();
    let fields = &records[0].as_ref().unwrap().fields;
    let both = (fields.text("Field_0"), fields.text("Field_59"));
    assert_eq!(both, (Some("a".into()), Some("b".into())), "one record of two answers");
    for sent in script.sent() {
        assert!(sent.query["fields"].as_str().unwrap().split(',').count() <= 50, "Zoho takes fifty");
    }
}

#[tokio::test]
async fn removing_what_is_gone_is_done() {
    let gone = data([refused("INVALID_DATA", json!({"id": id(1)}))]);
    let done = json!({"data": [{"code": "SUCCESS", "details": {"id": id(1)}, "message": "record deleted", "status": "success"}]});
    let not_allowed = data([refused("NO_PERMISSION", json!({}))]);
    let cases = [
        (200, done, true),
        (400, gone.clone(), true),
        (207, gone, true),
        (404, json!({}), true),
        (403, not_allowed.clone(), false),
        (207, not_allowed, false),
    ];
    for (status, body, expected) in cases {
        let (script, bench) = script([Fixture::new("DELETE", LEADS, status, body.clone())]);
        let result = CONNECTOR.remove(&bench.call(), "Leads", &RecordId::new(id(1))).await;
        assert_eq!(result.is_ok(), expected, "HTTP {status} {body}");
        assert_eq!(script.sent()[0].query, json!({"ids": id(1)}), "one record");
    }
}
