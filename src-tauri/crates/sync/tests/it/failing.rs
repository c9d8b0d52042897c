//! What concerns one record: refusals, busy records, the schedule, the slow lane.

use jiff::SignedDuration;
use leadferry_model::{DeliveryState, Failure, FailureKind};

use crate::crm::{Fault, Kind, unknown_option};
use crate::house::House;

fn busy() -> Failure {
    Failure::new(FailureKind::Busy, "locked")
}

#[tokio::test]
async fn one_refused_record_fails_alone() {
    let house = House::new(Kind::Upserting).await;
    for n in 0..5 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    let bad = house.lead("bad@example.com", &[("source", "Web")]).await;
    house.crm.with(|crm| crm.refusals.push(("bad".into(), unknown_option("Web"))));
    house.step().await;
    let counts = house.counts().await;
    assert_eq!((counts.synced, counts.failed), (5, 1), "each input has its own outcome");
    let delivery = house.delivery(bad).await;
    assert_eq!(
        delivery.state,
        DeliveryState::Failed,
        "the same values would be refused again, so it stops at once"
    );
    assert_eq!(delivery.failure, Some(unknown_option("Web")), "with the vendor's reason");
}

#[tokio::test]
async fn a_new_cause_is_told_once_however_many_leads_it_stops() {
    let house = House::new(Kind::Upserting).await;
    house.crm.with(|crm| crm.refusals.push(("bad".into(), unknown_option("Web"))));
    for n in 0..150 {
        house.lead(&format!("bad{n}@example.com"), &[]).await;
    }
    house.step().await;
    assert_eq!(house.counts().await.failed, 150, "all stop");
    assert_eq!(house.notices("new_failure").await, 1, "one cause, one notification");
}

#[tokio::test]
async fn busy_records_are_tried_again_by_the_schedule() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("busy@example.com", &[]).await;
    house.crm.with(|crm| crm.refusals.push(("busy".into(), busy())));
    let mut waits = Vec::new();
    loop {
        house.step().await;
        let delivery = house.delivery(id).await;
        if delivery.state != DeliveryState::Retrying {
            break;
        }
        let due = delivery.due_at.unwrap();
        waits.push(due.duration_since(house.now()));
        house.clock.set(due);
    }
    assert_eq!(waits.len(), 5, "five waits: {waits:?}");
    for (wait, minutes) in waits.into_iter().zip([1, 5, 15, 30, 60]) {
        let promised = SignedDuration::from_mins(minutes);
        assert!(wait >= promised && wait <= promised + promised / 10, "{minutes} min, not {wait}");
    }
    let last = house.delivery(id).await;
    assert_eq!((last.state, last.attempts), (DeliveryState::Failed, 6), "then it is shown as failed");
    house.run_for(SignedDuration::from_hours(24 * 15)).await;
    let calls = house.crm.count("upsert");
    assert!((60..=63).contains(&calls), "and goes on every 6 h for 14 days, not longer: {calls}");
}

#[tokio::test]
async fn the_slow_lane_heals_a_failed_record_by_itself() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("busy@example.com", &[]).await;
    house.crm.with(|crm| crm.refusals.push(("busy".into(), busy())));
    house.run_for(SignedDuration::from_hours(3)).await;
    assert_eq!(house.delivery(id).await.state, DeliveryState::Failed, "attempts are spent");
    house.crm.with(|crm| crm.refusals.clear());
    house.run_for(SignedDuration::from_hours(7)).await;
    assert_eq!(house.delivery(id).await.state, DeliveryState::Synced, "the next slow try passes");
}

#[tokio::test]
async fn what_nobody_understands_stops_after_three_tries() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("odd@example.com", &[]).await;
    house.crm.with(|crm| crm.refusals.push(("odd".into(), Failure::new(FailureKind::Unexpected, "418"))));
    house.run_for(SignedDuration::from_hours(2)).await;
    assert_eq!(house.crm.count("upsert"), 3, "one try and two more");
    assert_eq!(house.delivery(id).await.state, DeliveryState::Failed, "then a person");
}

#[tokio::test]
async fn a_lost_answer_makes_no_duplicate() {
    for kind in [Kind::Upserting, Kind::Creating] {
        let house = House::new(kind).await;
        house.crm.with(|crm| crm.lag = SignedDuration::from_secs(25));
        for n in 0..40 {
            house.lead(&format!("p{n}@example.com"), &[]).await;
        }
        house.crm.with(|crm| crm.faults.push_back(Fault::LoseAnswer));
        house.run_for(SignedDuration::from_mins(10)).await;
        let counts = house.counts().await;
        assert_eq!(counts.synced, 40, "{kind:?}: all came through: {counts:?}");
        assert_eq!(house.crm.with(|crm| crm.records.len()), 40, "{kind:?}: one record a person");
    }
}
