//! What concerns a whole destination: outages, lost access, rate limits. None of it spends an attempt.

use jiff::SignedDuration;
use leadferry_model::{DeliveryState, Failure, FailureKind, Timestamp};

use leadferry_store::ConnectionState;

use crate::crm::{Fault, Kind};
use crate::house::House;

async fn outage(hours: i64) {
    let house = House::new(Kind::Upserting).await;
    let mut all = Vec::new();
    for n in 0..250 {
        all.push(house.lead(&format!("p{n}@example.com"), &[]).await);
    }
    let until = house.now() + SignedDuration::from_hours(hours);
    house.crm.with(|crm| crm.down_until = Some(until));
    house.run_for(SignedDuration::from_hours(1)).await;
    assert_eq!(house.notices("down").await, 1, "told once it has lasted");
    // A person takes notice, which closes the notification: the outage goes on and is no news.
    house.store.write(|tx| tx.mark_seen(Timestamp::UNIX_EPOCH, "down", "crm")).await.unwrap();
    house.run_for(SignedDuration::from_hours(hours - 1) - SignedDuration::from_mins(1)).await;
    let down = house.counts().await;
    assert_eq!((down.synced, down.failed), (0, 0), "nothing passes and nothing fails while nobody answers");
    house.run_for(SignedDuration::from_mins(7)).await;
    let back = house.counts().await;
    assert_eq!(back.synced, 250, "it drains by itself: {back:?}");
    for id in all {
        assert_eq!(
            house.delivery(id).await.attempts,
            1,
            "an outage burns no attempt: only the one that passed counts"
        );
    }
    assert_eq!(house.crm.with(|crm| crm.records.len()), 250, "one record a person");
    assert_eq!(house.notices("down").await, 1, "one notification for the whole outage");
    assert_eq!(house.notices("recovered").await, 1, "and one on recovery");
}

#[tokio::test]
async fn two_hours_of_outage_fail_nothing_and_drain_by_themselves() {
    outage(2).await;
}

#[tokio::test]
async fn seventy_two_hours_of_outage_fail_nothing_and_drain_by_themselves() {
    outage(72).await;
}

#[tokio::test]
async fn a_short_outage_is_nobodys_business() {
    let house = House::new(Kind::Upserting).await;
    house.lead("ada@example.com", &[]).await;
    house.crm.with(|crm| crm.down_until = Some(house.now() + SignedDuration::from_mins(10)));
    house.run_for(SignedDuration::from_hours(1)).await;
    assert_eq!(house.counts().await.synced, 1, "it came through");
    assert_eq!(house.notices("down").await + house.notices("recovered").await, 0, "nobody was disturbed");
}

#[tokio::test]
async fn probes_of_a_long_outage_come_every_five_minutes() {
    let house = House::new(Kind::Upserting).await;
    house.lead("ada@example.com", &[]).await;
    house.crm.with(|crm| crm.down_until = Some(house.now() + SignedDuration::from_hours(3)));
    house.run_for(SignedDuration::from_hours(2)).await;
    let probes = house.crm.count("check");
    assert!((22..=30).contains(&probes), "two hours of five minutes and a few early ones: {probes}");
}

#[tokio::test]
async fn one_record_that_breaks_the_destination_stops_nobody_else() {
    let house = House::new(Kind::Upserting).await;
    house.crm.with(|crm| crm.poison = Some("poison".into()));
    for n in 0..30 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    let bad = house.lead("poison@example.com", &[]).await;
    for n in 30..60 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    house.run_for(SignedDuration::from_hours(12)).await;
    assert_eq!(house.counts().await.synced, 60, "everybody else came through");
    assert_eq!(house.delivery(bad).await.state, DeliveryState::Failed, "and the one is shown to a person");
}

#[tokio::test]
async fn a_named_wait_is_kept_and_spends_nothing() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("ada@example.com", &[]).await;
    let limited = Failure::new(FailureKind::RateLimited { after_seconds: Some(40) }, "slow down");
    house.crm.with(|crm| crm.faults.push_back(Fault::Refuse(limited)));
    house.step().await;
    house.run_for(SignedDuration::from_secs(39)).await;
    assert_eq!(house.crm.count("upsert"), 1, "nothing is sent before the vendor's time");
    house.run_for(SignedDuration::from_secs(2)).await;
    let delivery = house.delivery(id).await;
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Synced, 1),
        "then it goes, and only that counts"
    );
}

#[tokio::test]
async fn a_wait_without_a_time_is_ten_seconds_and_grows() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("ada@example.com", &[]).await;
    let limited = Failure::new(FailureKind::RateLimited { after_seconds: None }, "slow down");
    house.crm.with(|crm| crm.faults.extend([Fault::Refuse(limited.clone()), Fault::Refuse(limited)]));
    house.step().await;
    house.run_for(SignedDuration::from_secs(12)).await;
    assert_eq!(house.crm.count("upsert"), 2, "ten seconds, then again");
    house.run_for(SignedDuration::from_secs(15)).await;
    assert_eq!(house.crm.count("upsert"), 2, "the second wait is twice as long");
    house.run_for(SignedDuration::from_secs(10)).await;
    let delivery = house.delivery(id).await;
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Synced, 1), "a snooze spends nothing");
}

#[tokio::test]
async fn lost_access_waits_for_a_person_and_then_releases_everything() {
    let house = House::new(Kind::Upserting).await;
    for n in 0..120 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    house.crm.with(|crm| crm.locked_out = true);
    house.run_for(SignedDuration::from_hours(30)).await;
    let waiting = house.counts().await;
    assert_eq!((waiting.pending, waiting.failed), (120, 0), "they wait, and none fails: {waiting:?}");
    assert_eq!(house.notices("no_access").await, 1, "one notification");
    house.crm.with(|crm| crm.locked_out = false);
    house.engine.access_restored(&house.destination).await.unwrap();
    house.step().await;
    assert_eq!(house.counts().await.synced, 120, "signing in releases everything at once");
    assert_eq!(house.notices("recovered").await, 1, "one notification on recovery");
}

#[tokio::test]
async fn a_second_outage_is_told_though_nobody_looked_at_the_first() {
    let house = House::new(Kind::Upserting).await;
    for round in 0..3 {
        house.lead(&format!("p{round}@example.com"), &[]).await;
        house.crm.with(|crm| crm.down_until = Some(house.now() + SignedDuration::from_hours(1)));
        house.run_for(SignedDuration::from_hours(2)).await;
    }
    assert_eq!(house.notices("down").await, 3, "each outage is news");
    assert_eq!(house.notices("recovered").await, 3, "and so is each recovery");
}

#[tokio::test]
async fn a_rate_limit_in_the_midst_of_an_outage_is_the_same_trouble() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("ada@example.com", &[]).await;
    let down = Failure::new(FailureKind::Unavailable, "503");
    let limited = Failure::new(FailureKind::RateLimited { after_seconds: Some(60) }, "slow down");
    // Probes are answered, writes are not: now this way, now that way, for an hour.
    let refusals = (0..60).map(|n| Fault::Refuse(if n % 3 == 2 { limited.clone() } else { down.clone() }));
    house.crm.with(|crm| crm.faults.extend(refusals));
    house.run_for(SignedDuration::from_hours(12)).await;
    assert_eq!(house.delivery(id).await.state, DeliveryState::Synced, "it came through in the end");
    assert_eq!(
        house.notices("down").await,
        1,
        "a quarter of an hour is told, whatever came in between, and once"
    );
    assert_eq!(house.notices("recovered").await, 1, "and its end is told");
}

#[tokio::test]
async fn lost_access_stays_lost_while_the_destination_is_down() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("ada@example.com", &[]).await;
    house.crm.with(|crm| crm.locked_out = true);
    house.run_for(SignedDuration::from_mins(10)).await;
    house.crm.with(|crm| {
        crm.locked_out = false;
        crm.down_until = Some(house.now() + SignedDuration::from_hours(3));
    });
    house.run_for(SignedDuration::from_hours(6)).await;
    assert_eq!(house.delivery(id).await.state, DeliveryState::Synced, "the vendor repaired it by itself");
    let destination = house.destination.clone();
    let state = house.store.read(move |tx| tx.connection(&destination)).await.unwrap().state;
    assert_eq!(state, ConnectionState::Connected, "so nobody is asked to sign in");
    assert_eq!(
        (house.notices("no_access").await, house.notices("recovered").await),
        (1, 1),
        "told once, and its end"
    );
}

#[tokio::test]
async fn a_clock_that_was_two_days_ahead_stops_nothing_for_two_days() {
    let house = House::new(Kind::Upserting).await;
    let right = house.now();
    house.clock.set(right + SignedDuration::from_hours(46));
    let id = house.lead("ada@example.com", &[]).await;
    house.crm.with(|crm| {
        crm.down_until = Some(right + SignedDuration::from_hours(46) + SignedDuration::from_secs(5))
    });
    house.step().await;
    house.clock.set(right + SignedDuration::from_secs(5));
    house.crm.with(|crm| crm.down_until = None);
    house.run_for(SignedDuration::from_mins(2)).await;
    assert_eq!(
        house.delivery(id).await.state,
        DeliveryState::Synced,
        "the outage was planned for by the wrong time"
    );
}
