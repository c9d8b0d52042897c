//! Every connector with a practice CRM passes the common suite against it, within the vendor's contract.

mod costs;
mod hooks;
mod once;
mod tokens;

use jiff::SignedDuration;
use leadferry_connector::{Call, Connector, FieldSpec};
use leadferry_connectors::conformance::{self, Trial};
use leadferry_model::{FieldKind, Value};
use leadferry_practice::dialects;
use leadferry_tests::connect::{DEFAULT, connector};
use leadferry_tests::people::crowd;
use leadferry_tests::target::Target;
use leadferry_tests::world::World;

/// Practice CRMs that a connector speaks to, by the connector's id.
fn pairs() -> Vec<&'static str> {
    let ids = dialects().into_iter().map(|dialect| dialect.id);
    let pairs: Vec<&str> = ids.filter(|id| leadferry_connectors::by_id(id).is_some()).collect();
    assert!(pairs.contains(&DEFAULT), "a suite over no pair proves nothing");
    pairs
}

/// What the vendor refuses in a row of its own: a field nobody has, unless unknown fields are dropped without a word.
fn refused(id: &str) -> (&'static str, Value) {
    match id {
        "zoho" => ("Email", Value::text("no address")),
        _ => ("no_such_field_anywhere", Value::text("x")),
    }
}

/// What deals belong to, where that is not what leads become.
fn deals_with(id: &str) -> Option<&'static str> {
    match id {
        "salesforce" => Some("Contact"),
        "zoho" => Some("Contacts"),
        _ => None,
    }
}

async fn create_lead_id(connector: &dyn Connector, call: &Call<'_>, object: &str) {
    let field =
        connector.spec().object(object).and_then(|object| object.lead_id).expect("it takes a Lead ID");
    let field = FieldSpec {
        name: field.name.to_owned(),
        label: field.label.to_owned(),
        kind: FieldKind::Text,
        unique: true,
    };
    connector.create_field(call, object, &field).await.expect("a fresh account takes the field");
}

#[test]
fn every_practice_crm_has_its_connector() {
    for dialect in dialects() {
        let spec = leadferry_connectors::by_id(dialect.id).map(Connector::spec);
        let practice = spec.and_then(|spec| spec.practice);
        assert_eq!(practice, Some(dialect.id), "the connector of that name speaks to it");
    }
}

#[tokio::test]
async fn every_connector_passes_the_common_suite_against_its_practice_crm() {
    for id in pairs() {
        let world = World::of(id, 31).await;
        let (connector, object) = (world.target.connector, world.target.object);
        let line = world.lines.line();
        let call = line.call(&*world.clock);
        conformance::facts(connector);
        conformance::failures(connector).await;
        let later = || world.clock.advance(SignedDuration::from_mins(1));
        let mut trial = Trial::new(connector, &call, refused(id)).settling(&later);
        if let Some(other) = deals_with(id) {
            create_lead_id(connector, &call, other).await;
            trial = trial.deals_with(other);
        }
        let records = trial.run().await;
        assert_eq!(world.practice.counts()[object], records.len(), "{id}: and made nothing twice");
        let mut faults = world.wire.faults();
        // The suite writes it on purpose, to see one row fail alone.
        faults.retain(|fault| !fault.contains("no_such_field_anywhere"));
        assert_eq!(faults, Vec::<String>::new(), "{id}: by documented exchanges only");
    }
}

#[tokio::test]
async fn a_crowd_arrives_at_every_practice_crm_by_the_fields_its_schema_offers() {
    for id in pairs() {
        let world = World::of(id, 32).await;
        let crowd = crowd(32, 120);
        world.capture(crowd.rows).await;
        world.drain(SignedDuration::from_hours(24)).await;
        let counts = world.counts().await;
        assert_eq!((counts.failed, counts.open()), (0, 0), "{id}: {counts:?}");
        assert_eq!(world.contacts(), world.held(&crowd.expected), "{id}: nothing lost, nothing twice");
        world.assert_documented();
    }
}

#[tokio::test]
async fn the_default_crm_is_described_as_it_is_known_without_asking() {
    let described = World::new(33).await.target;
    let known = Target::default();
    assert_eq!(described.mapping(), known.mapping(), "the same fields from the same columns");
    assert_eq!((described.object, &described.lead_id), (known.object, &known.lead_id), "of the same object");
    assert_eq!(described.connector.spec().id, connector(DEFAULT).spec().id, "of the same connector");
}
