//! What the common suite cannot know: the form, and what is refused before anything is sent.

use std::sync::Arc;

use leadferry_connector::testkit::{Bench, Fixture, Script};
use leadferry_connector::{Connector, Credential, Fixed, Reach, Upsert, address};
use leadferry_model::{LeadId, Record, RecordId, Value};
use serde_json::json;

use super::{CONNECTOR, spec};

const FORM: &str = "/servlet/servlet.WebToLead";

fn bench(script: Arc<Script>) -> Bench {
    Bench::with(&spec::SPEC, "https://webto.salesforce.com", script, Fixed(Credential::None))
        .set(spec::ORG, "00D5g000001ABCD")
}

fn lead() -> Upsert {
    let fields: Record = [
        ("last_name", Value::text("Núñez & Sons")),
        ("company", Value::text("Example Ltd")),
        ("00N5g000000AbCd", Value::List(vec!["a".into(), "b".into()])),
        ("emailOptOut", Value::Bool(true)),
        ("doNotCall", Value::Bool(false)),
        ("description", Value::Blank),
        ("retURL", Value::text("https://evil.example.org")),
        ("OID", Value::text("00D000000000000")),
    ]
    .into_iter()
    .collect();
    Upsert { lead: LeadId::new("L-1"), record: None, trace: "L-1#7".into(), fields }
}

#[tokio::test]
async fn a_lead_is_posted_as_a_browser_would() {
    let answer = Fixture::new("POST", FORM, 200, json!("<html></html>")).query(json!({"encoding": "UTF-8"}));
    let script = Arc::new(Script::new([answer]));
    let bench = bench(script.clone()).set(spec::LEAD_ID, "00N5g000000Lead");
    let written = CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0).unwrap();
    assert_eq!(written.record.as_str(), "L-1", "no id comes back, so ours stands for it");
    let sent = &script.sent()[0];
    assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded"), "a form");
    assert_eq!(
        String::from_utf8_lossy(&sent.body),
        "oid=00D5g000001ABCD&00N5g000000AbCd=a&00N5g000000AbCd=b&company=Example+Ltd&emailOptOut=1\
         &last_name=N%C3%BA%C3%B1ez+%26+Sons&00N5g000000Lead=L-1",
        "only what has a value, and nothing that belongs to the form itself"
    );
}

#[tokio::test]
async fn a_lead_that_was_sent_is_not_sent_again() {
    let bench = bench(Arc::new(Script::default()));
    let known = Upsert { record: Some(RecordId::new("L-1")), ..lead() };
    let failure = CONNECTOR.upsert(&bench.call(), "lead", &[known]).await.remove(0).unwrap_err();
    assert_eq!(failure.code, "sent_before", "it would be a second lead of the same person");
}

#[tokio::test]
async fn answers_have_their_kinds() {
    let cases = [
        (Fixture::new("POST", FORM, 302, json!("")), Ok(())),
        (Fixture::new("POST", FORM, 200, json!("")).header("is-processed", "true"), Ok(())),
        (
            Fixture::new("POST", FORM, 200, json!(""))
                .header("is-processed", "true Exception:common.exception"),
            Err("invalid"),
        ),
        (Fixture::new("POST", FORM, 404, json!("")), Err("permission")),
        (Fixture::new("POST", FORM, 503, json!("")), Err("unavailable")),
        (Fixture::lost("POST", FORM), Err("unavailable")),
    ];
    for (fixture, expected) in cases {
        let status = fixture.response.status;
        let bench = bench(Arc::new(Script::new([fixture])));
        let outcome = CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0);
        let told = outcome.as_ref().map(|_| ()).map_err(|failure| failure.kind.word());
        assert_eq!(told, expected, "HTTP {status}");
    }
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_before_sending() {
    let cases = [
        (spec::ORG, "", "organization ID"),
        (spec::ORG, "0055g00000XyZab", "organization ID"),
        (spec::ORG, "00D5g0", "organization ID"),
        (spec::LEAD_ID, "Lead_ID__c", "00N"),
    ];
    for (name, value, word) in cases {
        let bench = bench(Arc::new(Script::default())).set(name, value);
        let failure = CONNECTOR.check(&bench.call()).await.unwrap_err();
        assert!(failure.message.contains(word), "{name}={value} must be named: {}", failure.message);
        let outcome = CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0);
        assert!(outcome.is_err(), "Salesforce would lose the lead without a word");
    }
}

#[tokio::test]
async fn the_check_says_what_nobody_will_confirm() {
    let bench = bench(Arc::new(Script::default())).set(spec::KIND, spec::SANDBOX);
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert!(account.sandbox && account.may[0].contains("500"), "{account:?}");
    assert!(account.may_not[0].contains("without a word"), "{account:?}");
    let base = address::base(&spec::SPEC, None, &bench.settings, Reach::Public).unwrap();
    assert_eq!(base.as_str(), "https://test.salesforce.com/", "where a sandbox's forms go");
    let schema = CONNECTOR.describe(&bench.call(), "lead").await.unwrap();
    assert!(
        schema.open && schema.field("company").unwrap().required,
        "own fields by their ids, a company in any case"
    );
}
