//! The end of a story: every fault is over. First everything drains that can by itself, then a person puts right what only a
//! person can, and then nothing may be left.

use std::time::Duration;

use super::faults::{Fault, Platter, Rates, Storm};
use super::house::House;
use super::life::strike;
use super::person::Person;
use jiff::SignedDuration;

/// How long things are given to go on by themselves.
const BY_THEMSELVES: u32 = 20;
/// How long everything may take after a person has put things right: a vendor's day, and what is retried after it.
const LONGEST: SignedDuration = SignedDuration::from_hours(30);

/// Plays the end.
pub async fn play(house: &House, person: &Person<'_>) {
    for route in 0..house.destinations.len() {
        strike(house, &Fault::Weather(route, Storm::default()));
    }
    strike(house, &Fault::Network(Rates::default()));
    strike(house, &Fault::Disk(Platter::default()));
    strike(house, &Fault::Clock(SignedDuration::ZERO));
    for _ in 0..BY_THEMSELVES {
        if is_done(house, person).await {
            break;
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    house.world.note("a person puts things right");
    if let Err(error) = person.put_right().await {
        house.world.note(format!("what cannot be: {error}"));
    }
    let until = house.passed() + LONGEST;
    let mut pause = Duration::from_secs(5);
    while !is_done(house, person).await && house.passed() < until {
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(600));
    }
    // Runs of leads that came by themselves are over when it has been quiet for a while.
    tokio::time::sleep(Duration::from_secs(240)).await;
    house.network.arrive(true).await;
}

/// Whether everything is accepted and every delivery has ended.
async fn is_done(house: &House, person: &Person<'_>) -> bool {
    let accepted = (0..house.plan.crowd.captures.len()).all(|number| house.is_acknowledged(number));
    let open = |row: &leadferry_store::DeliveryRow| {
        use leadferry_model::DeliveryState::{Failed, Pending, Retrying, Sending, Skipped, Synced};
        match row.state {
            Pending | Sending | Retrying => true,
            Failed | Skipped | Synced => false,
        }
    };
    accepted && person.deliveries().await.is_ok_and(|rows| !rows.iter().any(open))
}
