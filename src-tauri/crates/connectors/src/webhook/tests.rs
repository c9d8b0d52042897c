//! What the common suite cannot know: bodies, access, signature, and what is refused before anything is sent.

use std::sync::Arc;

use leadferry_connector::testkit::{Bench, Fixture, Script};
use leadferry_connector::{Connector, Credential, Fixed, Upsert};
use leadferry_model::{FailureKind, LeadId, Record, Value};
use serde_json::json;

use super::{CONNECTOR, spec};

const HOOK: &str = "https://hooks.example.com/catch/canary-path";
const SIGNING: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn bench(script: Arc<Script>) -> Bench {
    Bench::with(&spec::SPEC, HOOK, script, Fixed(Credential::None)).set_secret(spec::URL, HOOK)
}

fn lead() -> Upsert {
    let fields: Record = [
        ("email", Value::text("ada@example.com")),
        ("tags", Value::List(vec!["a".into(), "b".into()])),
        ("value", Value::Money { amount: "1200.50".parse().unwrap(), currency: Some("EUR".into()) }),
        ("consent", Value::Bool(true)),
        ("old", Value::Blank),
    ]
    .into_iter()
    .collect();
    Upsert { lead: LeadId::new("L-1"), record: None, trace: "L-1#7".into(), fields }
}

fn answered(status: u16) -> Fixture {
    Fixture::new("POST", "/catch/canary-path", status, json!({"status": "success"}))
}

#[tokio::test]
async fn a_lead_is_one_flat_object_with_an_idempotency_key() {
    let expected = json!({
        "campaign": "Spring", "consent": true, "email": "ada@example.com", "lead_id": "L-1", "old": null,
        "tags": ["a", "b"], "value": 1200.5, "value_currency": "EUR",
    });
    let script = Arc::new(Script::new([answered(200).body(expected)]));
    let bench =
        bench(script.clone()).set(spec::VALUES, r#"{"campaign":"Spring","email":"fixed@example.com"}"#);
    let outcome = CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0).unwrap();
    assert_eq!(outcome.record.as_str(), "L-1", "no id comes back, so ours stands for it");
    assert_eq!(
        script.sent()[0].header("idempotency-key"),
        Some("L-1#7"),
        "a repeat can be told from a new lead"
    );
}

#[tokio::test]
async fn a_form_is_flat_too() {
    let script = Arc::new(Script::new([answered(200)]));
    let bench = bench(script.clone()).set(spec::FORMAT, "form");
    CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0).unwrap();
    let sent = &script.sent()[0];
    assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded"), "as a browser would");
    assert_eq!(
        String::from_utf8_lossy(&sent.body),
        "consent=true&email=ada%40example.com&old=&tags=a%3Bb&value=1200.5&value_currency=EUR&lead_id=L-1",
        "lists are joined"
    );
}

#[tokio::test]
async fn the_signature_covers_exactly_what_was_sent() {
    let script = Arc::new(Script::new([answered(200)]));
    let bench = bench(script.clone()).set_secret(spec::SIGNING, SIGNING);
    CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0).unwrap();
    let sent = &script.sent()[0];
    let key = super::sign::Key::read(&leadferry_model::Secret::new(SIGNING)).unwrap();
    let seconds: i64 = sent.header("webhook-timestamp").unwrap().parse().unwrap();
    assert_eq!(seconds, Bench::start().as_second(), "the time of the attempt");
    assert_eq!(sent.header("webhook-id"), Some("L-1#7"), "the same over repeats");
    assert_eq!(
        sent.header("webhook-signature"),
        Some(key.sign("L-1#7", seconds, &sent.body).as_str()),
        "over the bytes on the wire"
    );
}

#[tokio::test]
async fn access_goes_where_the_person_said() {
    let cases = [
        (vec![(spec::AUTH, "bearer")], "authorization", "Bearer canary-key"),
        (vec![(spec::AUTH, "header"), (spec::AUTH_HEADER, "X-Make-ApiKey")], "x-make-apikey", "canary-key"),
        (
            vec![(spec::AUTH, "basic"), (spec::AUTH_USER, "ada")],
            "authorization",
            "Basic YWRhOmNhbmFyeS1rZXk=",
        ),
        (vec![(spec::HEADERS, r#"{"X-Team":"canary-team"}"#)], "x-team", "canary-team"),
    ];
    for (settings, header, value) in cases {
        let echo =
            Fixture::new("POST", "/catch/canary-path", 400, json!({"echo": [value, "canary-key", HOOK]}));
        let script = Arc::new(Script::new([echo]));
        let mut bench = bench(script.clone()).set_secret(spec::AUTH_SECRET, "canary-key");
        for (name, text) in &settings {
            bench = bench.set(name, text);
        }
        let shown = format!("{:?}", CONNECTOR.preview(&bench.call(), "lead", &[lead()]));
        let failure = CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0).unwrap_err();
        assert_eq!(script.sent()[0].header(header), Some(value), "{settings:?}");
        let shown = format!("{shown} {failure:?} {:?}", bench.exchanges());
        assert!(!shown.contains("canary") && !shown.contains("YWRh"), "nothing secret is shown: {shown}");
    }
}

#[tokio::test]
async fn answers_have_their_kinds() {
    let cases = [
        (answered(400), "invalid"),
        (answered(401), "auth"),
        (answered(404), "permission"),
        (answered(410), "permission"),
        (answered(429).header("retry-after", "30"), "rate_limited"),
        (answered(503).header("retry-after", "30"), "rate_limited"),
        (answered(503), "unavailable"),
        (answered(302), "unexpected"),
        (Fixture::lost("POST", "/catch/canary-path"), "unavailable"),
    ];
    for (fixture, expected) in cases {
        let status = fixture.response.status;
        let bench = bench(Arc::new(Script::new([fixture])));
        let failure = CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0).unwrap_err();
        assert_eq!(failure.kind.word(), expected, "HTTP {status}: {}", failure.message);
        if expected == "rate_limited" {
            assert_eq!(
                failure.kind,
                FailureKind::RateLimited { after_seconds: Some(30) },
                "as the receiver asks"
            );
        }
    }
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_before_sending() {
    let cases = [
        (spec::HEADERS, r#"{"Host":"x"}"#, "Host"),
        (spec::HEADERS, r#"{"content-length":"1"}"#, "content-length"),
        (spec::HEADERS, r#"{"Transfer-Encoding":"chunked"}"#, "Transfer-Encoding"),
        (spec::HEADERS, r#"{"Connection":"close"}"#, "Connection"),
        (spec::HEADERS, r#"{"Cookie":"a=b"}"#, "Cookie"),
        (spec::HEADERS, r#"{"Proxy-Authorization":"x"}"#, "Proxy-Authorization"),
        (spec::HEADERS, r#"{"Idempotency-Key":"x"}"#, "Idempotency-Key"),
        (spec::HEADERS, r#"{"X-A":"line\nbreak"}"#, "X-A"),
        (spec::HEADERS, "not pairs", "further headers"),
        (spec::VALUES, "[]", "fixed values"),
        (spec::AUTH, "bearer", "token"),
        (spec::AUTH, "basic", "user name"),
        (spec::AUTH, "header", "header"),
        (spec::FORMAT, "xml", "xml"),
    ];
    for (name, value, word) in cases {
        let bench = bench(Arc::new(Script::default())).set(name, value);
        let failure = CONNECTOR.check(&bench.call()).await.unwrap_err();
        assert!(failure.message.contains(word), "{name}={value} must be named: {}", failure.message);
        let outcome = CONNECTOR.upsert(&bench.call(), "lead", &[lead()]).await.remove(0);
        assert!(outcome.is_err(), "and nothing is sent");
    }
    let bench = bench(Arc::new(Script::default())).set_secret(spec::SIGNING, "whsec_short");
    assert!(CONNECTOR.check(&bench.call()).await.is_err(), "a signing secret that is cut off is noticed");
}

#[tokio::test]
async fn the_check_sends_nothing_and_fields_are_open() {
    let bench = bench(Arc::new(Script::default()));
    let account = CONNECTOR.check(&bench.call()).await.unwrap();
    assert_eq!(account.name, "hooks.example.com", "the host may be told, the path not");
    let schema = CONNECTOR.describe(&bench.call(), "lead").await.unwrap();
    assert!(schema.open && schema.field("email").is_some(), "suggestions, and any other name");
}
