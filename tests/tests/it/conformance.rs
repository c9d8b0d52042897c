//! Every connector with a practice CRM passes the common suite against it.

use leadferry_connectors::conformance;
use leadferry_practice::dialects;
use leadferry_tests::connect::hubspot;
use leadferry_tests::world::World;

/// Connectors whose practice CRM can be signed in to with the world of these tests.
const IN_THE_WORLD: &[&str] = &["hubspot"];

#[test]
fn every_practice_crm_has_its_connector_and_its_turn_here() {
    let ids: Vec<&str> = dialects().iter().map(|dialect| dialect.id).collect();
    assert_eq!(ids, IN_THE_WORLD, "a new practice CRM is to be put through the suite below");
    for id in ids {
        assert!(leadferry_connectors::by_id(id).is_some(), "{id} speaks to a connector");
    }
}

#[tokio::test]
async fn hubspot_passes_the_common_suite_against_its_practice_crm() {
    let world = World::new(31).await;
    let line = world.lines.line();
    let call = line.call(&*world.clock);
    conformance::facts(hubspot());
    conformance::failures(hubspot()).await;
    let records = conformance::writes(hubspot(), &call).await;
    assert_eq!(records.len(), 3, "the suite has written");
    conformance::pages(hubspot(), &call, &records).await;
    assert_eq!(world.practice.counts()["contacts"], 3, "and made nothing twice");
    assert_eq!(world.wire.faults(), Vec::<String>::new(), "by documented requests only");
}
