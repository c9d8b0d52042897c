//! Ten thousand leads into HubSpot: few calls, no duplicate, every value right, no limit overstepped.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use leadferry_model::DeliveryState;
use leadferry_tests::people::crowd;
use leadferry_tests::world::World;

const PEOPLE: usize = 10_000;

#[tokio::test]
async fn ten_thousand_messy_leads_arrive_once_each_in_at_most_101_writes() {
    let world = World::new(1).await;
    let crowd = crowd(1, PEOPLE);
    let captured = crowd.rows.len();
    assert!(captured > PEOPLE + PEOPLE / 10, "the input has many duplicates: {captured} rows");
    let progress = world.capture(crowd.rows).await;
    assert_eq!(progress.tally.new + progress.tally.merged, captured as u64, "every row is taken in");
    assert_eq!(progress.tally.new, PEOPLE as u64, "and every person is one lead");

    world.drain(SignedDuration::from_hours(1)).await;

    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.total()), (PEOPLE as u64, PEOPLE as u64), "all arrived: {counts:?}");
    let writes: u64 = world.practice.write_counts().values().sum();
    assert!(writes <= 101, "{writes} write calls: {:?}", world.practice.write_counts());
    let contacts = world.contacts();
    assert_eq!(contacts.len(), crowd.expected.len(), "no contact too many and none too few");
    for (contact, expected) in contacts.iter().zip(&crowd.expected) {
        assert_eq!(contact, expected, "what was captured last, in the CRM's own form");
    }
    let linked = world.deliveries().await;
    let proved =
        |row: &leadferry_store::DeliveryRow| row.state == DeliveryState::Synced && row.record.is_some();
    assert!(linked.iter().all(proved), "synced means that the CRM's record id is in hand");
    assert_eq!(world.wire.answers(429), 0, "the CRM never had to ask for less speed");
    world.assert_documented();
}

#[tokio::test]
async fn the_same_leads_again_write_nothing() {
    let world = World::new(2).await;
    let crowd = crowd(2, 300);
    world.capture(crowd.rows.clone()).await;
    world.drain(SignedDuration::from_hours(1)).await;
    let writes: u64 = world.practice.write_counts().values().sum();
    let again = world.capture(crowd.rows).await;
    assert_eq!(again.tally.new + again.tally.merged, 0, "the same source id twice is one lead: {again:?}");
    world.drain(SignedDuration::from_hours(1)).await;
    assert_eq!(world.practice.write_counts().values().sum::<u64>(), writes, "and nothing is written again");
    assert_eq!(world.contacts(), crowd.expected, "everything is there as before");
}

#[tokio::test]
async fn people_the_crm_has_already_are_updated_and_not_doubled() {
    let world = World::new(3).await;
    let crowd = crowd(3, 400);
    let known: Vec<BTreeMap<_, _>> = crowd
        .expected
        .iter()
        .filter(|contact| contact.contains_key("email"))
        .step_by(3)
        .map(|contact| BTreeMap::from([("email".to_owned(), contact["email"].clone())]))
        .collect();
    let loaded = world.practice.load_records("contacts", &known).unwrap();
    assert!(loaded > 100, "a good part of the crowd is there before: {loaded}");
    world.capture(crowd.rows).await;
    world.drain(SignedDuration::from_hours(1)).await;
    assert_eq!(world.contacts(), crowd.expected, "each has the Lead ID now, and the values");
    let all = world.practice.counts()["contacts"];
    assert_eq!(all, crowd.expected.len(), "nobody was created beside the contact they had");
    world.assert_documented();
}
