//! Answers that were recorded from the vendor, put before the connector: each is understood, and what the connector sent for it
//! is documented.
//!
//! Some were taken by the older `v3` paths: the bodies are the same.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::Bench;
use leadferry_connector::{Action, Connector, FieldSpec, Match, Transport, TransportError};
use leadferry_model::{FailureKind, FieldKind, RecordId, Value};
use leadferry_tests::connect::connector;
use leadferry_tests::contract::Contract;
use leadferry_tests::contract::recording::{Recording, recordings};
use leadferry_tests::wire::Wire;
use serde_json::{Value as Json, json};

fn hubspot() -> &'static dyn Connector {
    connector("hubspot")
}

/// Answers by path, whatever the method; what is not there is answered with an empty list.
struct Replay {
    answers: Vec<(&'static str, u16, Json)>,
    wire: Arc<Wire>,
}

#[async_trait]
impl Transport for Replay {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.wire.look(&request);
        let known = self.answers.iter().find(|(path, ..)| request.uri().path() == *path);
        let (status, body) =
            known.map_or((200, json!({"results": []})), |(_, status, body)| (*status, body.clone()));
        let answer = http::Response::builder().status(status).header("content-type", "application/json");
        Ok(answer.body(Bytes::from(body.to_string())).unwrap())
    }
}

/// A bench whose network answers with recordings: (recording, path of today).
fn bench(recordings: &[Recording], answers: &[(&str, &'static str)]) -> (Bench, Arc<Wire>) {
    let wire = Arc::new(Wire::new(Contract::of("hubspot")));
    let answer = |(name, path): &(&str, &'static str)| {
        let recorded = named(recordings, name);
        (*path, recorded.status(), recorded.body().clone())
    };
    let replay = Replay { answers: answers.iter().map(answer).collect(), wire: Arc::clone(&wire) };
    (Bench::new(hubspot().spec(), Arc::new(replay)), wire)
}

fn named<'r>(recordings: &'r [Recording], name: &str) -> &'r Recording {
    let found = recordings.iter().find(|recording| recording.name == name);
    found.unwrap_or_else(|| panic!("{name} is among the recordings"))
}

fn body<'r>(recordings: &'r [Recording], name: &str) -> &'r Json {
    named(recordings, name).body()
}

fn assert_documented(wire: &Wire) {
    assert_eq!(wire.faults(), Vec::<String>::new(), "what was sent is documented");
}

#[tokio::test]
async fn recorded_records_are_read_with_their_nulls_and_links() {
    let Some(recordings) = recordings("hubspot") else { return };
    let (bench, wire) = bench(
        &recordings,
        &[
            ("amp-search-contacts-1-first-page", "/crm/objects/2026-03/contacts/search"),
            ("nango-search-deals", "/crm/objects/2026-03/deals/search"),
            ("amp-batch-create-contacts-success", "/crm/objects/2026-03/contacts/batch/read"),
        ],
    );
    let fields = ["email", "firstname", "company"].map(str::to_owned);
    let key = |field: &str, value: &str| [Match { field: field.into(), value: value.into() }];
    let found =
        hubspot().find(&bench.call(), "contacts", &key("firstname", "Johnnie"), &fields).await.unwrap();
    let contact = &found[0][0];
    assert_eq!(contact.id, RecordId::new("501"), "the record's id");
    assert_eq!(contact.fields.get("company"), Some(&Value::Blank), "null is an empty field");
    assert!(contact.changed_at.is_some() && contact.url.is_some(), "with its time and its page: {contact:?}");

    let names = ["dealname", "amount", "closedate"].map(str::to_owned);
    let found = hubspot().find(&bench.call(), "deals", &key("dealname", "Test"), &names).await.unwrap();
    let recorded = body(&recordings, "nango-search-deals")["results"].as_array().unwrap();
    assert_eq!(found[0].len(), recorded.len(), "every deal of the page");
    assert_eq!(found[0][0].fields.text("amount").as_deref(), Some("3000"), "amounts come as text");

    let created = body(&recordings, "amp-batch-create-contacts-success")["results"].as_array().unwrap();
    let ids: Vec<RecordId> = created.iter().map(|one| RecordId::new(one["id"].as_str().unwrap())).collect();
    let read = hubspot().read(&bench.call(), "contacts", &ids, &fields).await.unwrap();
    for (read, recorded) in read.iter().zip(created) {
        let read = read.as_ref().expect("each record of the batch is found");
        let email = recorded["properties"]["email"].as_str();
        assert_eq!(read.fields.text("email").as_deref(), email, "with its address");
        assert!(!read.deleted, "and is not taken for a deleted one");
    }
    assert_documented(&wire);
}

#[tokio::test]
async fn recorded_writes_give_the_ids_of_what_was_made() {
    let Some(recordings) = recordings("hubspot") else { return };
    let (bench, wire) = bench(
        &recordings,
        &[
            ("nango-create-note", "/crm/objects/2026-03/notes"),
            ("nango-create-task", "/crm/objects/2026-03/tasks"),
            ("nango-create-deal", "/crm/objects/2026-03/deals"),
            ("nango-create-contact", "/crm/objects/2026-03/contacts/734931097788"),
        ],
    );
    let at = Bench::start();
    let text = |text: &str| text.to_owned();
    let actions = [
        ("nango-create-note", Action::Note { text: text("Called"), at }),
        (
            "nango-create-task",
            Action::Task { subject: text("Call"), text: text("Soon"), due: at, owner: None },
        ),
        (
            "nango-create-deal",
            Action::Deal { name: text("Berth"), pipeline: None, stage: text("1"), amount: None, owner: None },
        ),
        ("nango-create-contact", Action::Owner { owner: text("88842095") }),
    ];
    let contact = RecordId::new("734931097788");
    for (name, action) in actions {
        let made = hubspot().act(&bench.call(), "contacts", &contact, &action).await.unwrap();
        assert_eq!(Some(made.as_str()), body(&recordings, name)["id"].as_str(), "{name}");
    }
    assert_documented(&wire);
}

#[tokio::test]
async fn a_recorded_property_is_a_field() {
    let Some(recordings) = recordings("hubspot") else { return };
    let (bench, wire) = bench(&recordings, &[("nango-create-property", "/crm/properties/2026-03/contacts")]);
    let wanted = FieldSpec {
        name: "test_prop_1741782600".into(),
        label: "Test Property".into(),
        kind: FieldKind::Text,
        unique: false,
    };
    let made = hubspot().create_field(&bench.call(), "contacts", &wanted).await.unwrap();
    assert_eq!(
        (made.name.as_str(), made.kind),
        ("test_prop_1741782600", FieldKind::Text),
        "as it was asked for"
    );
    assert!(made.custom && !made.read_only && !made.unique, "an ordinary field of the account: {made:?}");
    let unique = FieldSpec { unique: true, ..wanted };
    let refused = hubspot().create_field(&bench.call(), "contacts", &unique).await;
    assert!(refused.is_err(), "a property that is not unique cannot hold the Lead ID");
    assert_documented(&wire);
}

#[tokio::test]
async fn recorded_pipelines_are_stages_to_choose_from() {
    let Some(recordings) = recordings("hubspot") else { return };
    let (bench, wire) = bench(&recordings, &[("nango-fetch-pipelines", "/crm/pipelines/2026-03/deals")]);
    let stages = hubspot().actions(&bench.call()).await.unwrap().stages;
    let labels: Vec<&str> = stages.iter().map(|stage| stage.label.as_str()).collect();
    assert_eq!(
        labels.first().zip(labels.last()),
        Some((&"Appointment Scheduled", &"Closed Lost")),
        "in their order"
    );
    let closed: Vec<&str> =
        stages.iter().filter(|stage| stage.closed).map(|stage| stage.stage.as_str()).collect();
    assert_eq!(closed, ["closedwon", "closedlost"], "`isClosed` is a text");
    assert_documented(&wire);
}

#[tokio::test]
async fn a_recorded_refusal_keeps_the_vendors_words_and_request_id() {
    let Some(recordings) = recordings("hubspot") else { return };
    let (bench, _) =
        bench(&recordings, &[("amp-search-error-invalid-object", "/crm/objects/2026-03/contacts/search")]);
    let keys = [Match { field: "firstname".into(), value: "Ada".into() }];
    let failure = hubspot().find(&bench.call(), "contacts", &keys, &[]).await.unwrap_err();
    assert!(matches!(failure.kind, FailureKind::Invalid { .. }), "a 400 that names no category: {failure:?}");
    assert_eq!(failure.message, "Unable to infer object type from: butterflies", "the vendor's own words");
    let id = body(&recordings, "amp-search-error-invalid-object")["correlationId"].as_str();
    assert_eq!(failure.request_id.as_deref(), id, "what HubSpot's support asks for");
}
