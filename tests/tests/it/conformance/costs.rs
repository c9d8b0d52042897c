//! What a load of leads costs at every CRM, by counts: full batches where the API takes batches, and hardly more than a call each
//! where it does not. `cargo xtask bench` shows the same for ten thousand.

use jiff::SignedDuration;
use leadferry_tests::bill::Bill;
use leadferry_tests::people::crowd;
use leadferry_tests::world::World;

use super::pairs;

const PEOPLE: usize = 1_000;

#[tokio::test]
async fn a_load_costs_full_batches_or_a_call_each_and_no_searches() {
    for id in pairs() {
        let world = World::of(id, 71).await;
        // The first full read fills the index.
        world.step().await;
        world.practice.clear_log();
        let crowd = crowd(71, PEOPLE);
        world.capture(crowd.rows).await;
        world.drain(SignedDuration::from_hours(24)).await;
        let bill = Bill::of(&world.practice);
        bill.check(world.target.connector, PEOPLE).unwrap_or_else(|dear| panic!("{id}: {dear}"));
        assert_eq!(world.contacts(), world.held(&crowd.expected), "{id}: nothing lost, nothing twice");
        assert_eq!(world.wire.answers(429), 0, "{id}: the CRM never had to ask for less speed");
        world.assert_documented();
    }
}
