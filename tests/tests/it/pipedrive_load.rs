//! A thousand leads into Pipedrive, which knows neither batches nor upsert: about one call a lead, no search, no duplicate.

use jiff::SignedDuration;
use leadferry_practice::Weather;
use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_tests::people::crowd;
use leadferry_tests::world::World;

const PEOPLE: usize = 1_000;

/// Calls of the whole world since the account was furnished: of them the writes, and the searches.
fn calls(world: &World) -> (u64, u64, u64) {
    let counts = world.practice.call_counts();
    let searches = counts.iter().filter(|(call, _)| call.to_lowercase().contains("search"));
    let searches = searches.map(|(_, count)| count).sum();
    (counts.values().sum(), world.practice.write_counts().values().sum(), searches)
}

#[tokio::test]
async fn a_thousand_messy_leads_cost_hardly_more_than_a_call_each() {
    let world = World::of("pipedrive", 41).await;
    // The first full read fills the index.
    world.step().await;
    let (before, _, _) = calls(&world);
    let crowd = crowd(41, PEOPLE);
    world.capture(crowd.rows).await;
    world.drain(SignedDuration::from_hours(24)).await;
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.total()), (PEOPLE as u64, PEOPLE as u64), "all arrived: {counts:?}");
    let (all, _, searches) = calls(&world);
    assert_eq!(searches, 0, "the index knows everybody: {:?}", world.practice.call_counts());
    let spent = all - before;
    assert!(spent * 100 <= PEOPLE as u64 * 102, "{spent} calls: {:?}", world.practice.call_counts());
    assert_eq!(world.contacts(), world.held(&crowd.expected), "nothing lost, nothing twice");
    assert_eq!(world.wire.answers(429), 0, "the CRM never had to ask for less speed");
    world.assert_documented();
}

#[tokio::test]
async fn lost_answers_and_limits_make_nobody_twice() {
    let world = World::of("pipedrive", 42).await;
    world.step().await;
    let crowd = crowd(42, 200);
    let faults = [
        Fault::AnswerLost,
        Fault::Outage { status: 502 },
        Fault::RateLimited { retry_after_seconds: Some(3), daily: false },
    ];
    let spell = |fault| Spell { fault, when: When::Chance { probability: 0.05 }, on: On::All };
    let spells = faults.into_iter().map(spell).collect();
    world.weather(Weather { spells, search_lag_seconds: 20, ..Weather::default() });
    world.capture(crowd.rows).await;
    world.settle(SignedDuration::from_hours(6)).await;
    world.weather(Weather::default());
    world.drain(SignedDuration::from_hours(24)).await;
    let counts = world.counts().await;
    let failed: Vec<_> = world.deliveries().await.into_iter().filter_map(|row| row.failure).collect();
    assert_eq!((counts.synced, counts.failed), (200, 0), "all arrived in the end: {failed:?}");
    assert_eq!(world.contacts(), world.held(&crowd.expected), "nothing lost, nothing twice");
    let all = world.practice.counts()["persons"];
    assert_eq!(all, crowd.expected.len(), "and nobody without a Lead ID beside them");
}
