//! Loads: many new leads at once, whose outcome comes later.

use jiff::SignedDuration;
use leadferry_model::{DeliveryState, Failure, FailureKind};
use leadferry_store::{DeliveryFilter, LaneState, Page, SyncState};

use crate::crm::{Kind, unknown_option};
use crate::crm_loads::{LEAST, MOST};
use crate::house::House;

async fn house(leads: usize) -> House {
    let house = House::new(Kind::Loading).await;
    // The first full read: then nobody is asked whether a person is there.
    house.step().await;
    more(&house, 0..leads).await;
    house
}

async fn more(house: &House, numbers: std::ops::Range<usize>) {
    for n in numbers {
        house.lead(&format!("p{n}@example.com"), &[("name", "Ada"), ("note", &format!("{n}"))]).await;
    }
}

/// Everybody is there, each once.
fn assert_all(house: &House, leads: usize) {
    for n in 0..leads {
        assert_eq!(house.crm.people(&format!("p{n}@example.com")), 1, "p{n} is there exactly once");
    }
}

async fn minutes(house: &House, minutes: i64) {
    house.run_for(SignedDuration::from_mins(minutes)).await;
}

#[tokio::test]
async fn many_new_leads_go_in_one_load_and_each_has_its_record() {
    let house = house(30).await;
    house.step().await;
    assert_eq!((house.crm.count("open"), house.crm.count("upsert")), (1, 0), "one load, no batch");
    assert_eq!(house.counts().await.sending, 30, "they are on their way until it is over");
    minutes(&house, 1).await;
    assert_eq!(house.counts().await.synced, 30, "and then they are there");
    assert_all(&house, 30);
    let row = house.delivery(leadferry_model::DeliveryId(1)).await;
    assert!(row.record.is_some() && row.attempts == 1, "with the record's id, for one attempt: {row:?}");
    let loads = house.destination.clone();
    assert_eq!(house.store.read(move |tx| tx.loads(&loads)).await.unwrap(), [], "the load is forgotten");
    let again = house.lead("p3@example.com", &[("name", "Ada"), ("note", "3")]).await;
    house.step().await;
    assert!(house.delivery(again).await.unchanged, "what was written is remembered");
}

#[tokio::test]
async fn few_leads_and_known_ones_go_as_always() {
    let house = house(LEAST - 1).await;
    minutes(&house, 1).await;
    assert_eq!(house.crm.count("open"), 0, "they are not worth a load");
    more(&house, 0..LEAST + 5).await;
    minutes(&house, 1).await;
    assert_eq!(house.crm.count("open"), 0, "only six of them are new");
    assert_all(&house, LEAST + 5);
}

#[tokio::test]
async fn more_than_a_load_takes_go_in_several() {
    let house = house(MOST * 2 + 5).await;
    minutes(&house, 2).await;
    assert_eq!(house.crm.count("open"), 2, "two loads");
    assert_eq!(house.crm.count("upsert"), 1, "and a batch for the rest, beside them");
    assert_all(&house, MOST * 2 + 5);
}

#[tokio::test]
async fn each_record_of_a_load_has_its_own_outcome() {
    let house = house(20).await;
    house.crm.plant(&[("email", "p7@example.com"), ("name", "Grace")]);
    house.crm.with(|crm| crm.refusals.push(("p5@".into(), unknown_option("Sea"))));
    // The one who is there already is not in the index yet.
    house.step().await;
    minutes(&house, 5).await;
    let counts = house.counts().await;
    assert_eq!((counts.synced, counts.failed), (19, 1), "the wrong value stops its lead alone: {counts:?}");
    assert_eq!(
        house.crm.people("p7@example.com"),
        1,
        "who was there already is updated, in the ordinary way"
    );
    assert_eq!(house.crm.count("open"), 1, "nobody goes in a load twice");
    let all = |tx: &leadferry_store::Reader<'_>| tx.deliveries(&DeliveryFilter::default(), Page::first(100));
    let rows = house.store.read(all).await.unwrap().rows;
    assert!(rows.iter().all(|row| row.attempts == 1), "and what the load could not do is no attempt");
}

#[tokio::test]
async fn what_cannot_be_said_in_a_load_is_said_otherwise() {
    let house = house(12).await;
    house.lead("odd@example.com", &[("note", "unsayable")]).await;
    house.step().await;
    let (loads, batches) = (house.crm.count("open"), house.crm.count("upsert"));
    assert_eq!((loads, batches), (1, 1), "beside each other");
    assert_eq!(house.crm.people("odd@example.com"), 1, "it did not wait for the load");
    minutes(&house, 1).await;
    assert_all(&house, 12);
}

#[tokio::test]
async fn an_account_without_loads_fails_no_lead_and_is_asked_once_a_day() {
    let house = house(30).await;
    let refused = Failure::new(FailureKind::Permission { missing: vec![] }, "not in this edition");
    house.crm.with(|crm| crm.no_loads = Some(refused));
    minutes(&house, 1).await;
    more(&house, 30..60).await;
    minutes(&house, 1).await;
    assert_eq!(house.counts().await.synced, 60, "all went in batches");
    assert_eq!((house.counts().await.failed, house.crm.count("open")), (0, 1), "after one question");
    minutes(&house, 60 * 24).await;
    more(&house, 60..90).await;
    minutes(&house, 1).await;
    assert_eq!(house.crm.count("open"), 2, "editions change");
    assert_all(&house, 90);
}

#[tokio::test]
async fn a_stop_stops_the_load_its_person_is_in() {
    let house = house(30).await;
    house.crm.with(|crm| crm.pace = Some(4));
    house.step().await;
    minutes(&house, 0).await;
    house.clock.advance(SignedDuration::from_secs(2));
    house.step().await;
    assert_eq!(house.crm.with(|crm| crm.loads[0].done()), 4, "the load is at work");
    let run = house.delivery(leadferry_model::DeliveryId(1)).await.run.unwrap();
    assert_eq!(
        house.engine.progress(run).await.unwrap().worked_off,
        4,
        "and whoever watches sees how far it is"
    );
    let stop = house.urgent("p20@example.com", &[("note", "STOP")]).await;
    house.step().await;
    assert_eq!(house.delivery(stop).await.state, DeliveryState::Synced, "in the same step");
    assert_eq!(house.crm.count("stop"), 1, "the load was stopped for it");
    let notes = || {
        house.crm.with(|crm| {
            let of = crm
                .applied
                .iter()
                .filter(|(_, fields)| fields.text("email").as_deref() == Some("p20@example.com"));
            of.filter_map(|(_, fields)| fields.text("note")).collect::<Vec<_>>()
        })
    };
    assert_eq!(notes()[0], "STOP", "nothing of the person was written before it");
    minutes(&house, 5).await;
    assert!(notes().iter().all(|note| note == "STOP"), "and nothing older after it: {:?}", notes());
    assert_eq!(house.counts().await.synced, 31, "all others went on");
    assert_all(&house, 30);
}

#[tokio::test]
async fn a_stop_of_somebody_else_does_not_wait_and_stops_nothing() {
    let house = house(30).await;
    house.crm.with(|crm| crm.pace = Some(4));
    house.step().await;
    let stop = house.urgent("else@example.com", &[("note", "STOP")]).await;
    house.step().await;
    assert_eq!(house.delivery(stop).await.state, DeliveryState::Synced, "the lane goes on beside the load");
    assert_eq!(house.crm.count("stop"), 0, "which is nobody's concern");
}

#[tokio::test]
async fn a_paused_sync_a_stopped_run_and_a_paused_lane_stop_their_loads() {
    for way in ["sync", "run", "lane"] {
        let house = house(30).await;
        house.crm.with(|crm| crm.pace = Some(4));
        house.step().await;
        house.clock.advance(SignedDuration::from_secs(2));
        house.step().await;
        let (sync, destination, now) = (house.sync.clone(), house.destination.clone(), house.now());
        match way {
            "sync" => {
                house.store.write(move |tx| tx.set_sync_state(&sync, SyncState::Paused, None)).await.unwrap()
            }
            "lane" => house
                .store
                .write(move |tx| tx.set_lane(now, &destination, LaneState::Paused, None, None).map(drop))
                .await
                .unwrap(),
            _ => {
                let run = house.delivery(leadferry_model::DeliveryId(1)).await.run.unwrap();
                house.engine.cancel(run).await.unwrap();
            }
        }
        house.step().await;
        let done = house.crm.with(|crm| (crm.loads[0].stopped, crm.applied.len()));
        assert_eq!(done, (true, 4), "{way}: at the next step, and no record more");
        minutes(&house, 30).await;
        let counts = house.counts().await;
        let waiting = if way == "run" { counts.skipped } else { counts.pending };
        assert_eq!(
            (counts.synced, waiting),
            (4, 26),
            "{way}: what it did counts, the rest is untouched: {counts:?}"
        );
        assert_eq!(house.crm.with(|crm| crm.applied.len()), 4, "{way}: and stays so");
    }
}

#[tokio::test]
async fn a_sync_that_is_removed_takes_its_load_with_it() {
    let house = house(30).await;
    house.crm.with(|crm| crm.pace = Some(4));
    house.step().await;
    let sync = house.sync.clone();
    house.store.write(move |tx| tx.remove_sync(&sync)).await.unwrap();
    house.step().await;
    assert!(house.crm.with(|crm| crm.loads[0].stopped), "nobody is there any more whom it is for");
    let destination = house.destination.clone();
    assert_eq!(house.store.read(move |tx| tx.loads(&destination)).await.unwrap(), [], "and it is forgotten");
}

#[tokio::test]
async fn a_load_is_found_again_after_a_restart() {
    let mut house = house(30).await;
    house.crm.with(|crm| crm.pace = Some(7));
    house.step().await;
    for seed in 0..4 {
        house.restart(seed).await;
        house.step().await;
    }
    minutes(&house, 5).await;
    assert_eq!((house.crm.count("open"), house.crm.count("upsert")), (1, 0), "nothing was handed in again");
    assert_eq!(house.counts().await.synced, 30, "all are there");
    assert_eq!(house.crm.with(|crm| crm.applied.len()), 30, "each written once");
}

#[tokio::test]
async fn a_load_nobody_remembers_is_written_again() {
    let house = house(30).await;
    house.crm.with(|crm| crm.pace = Some(7));
    house.step().await;
    house.clock.advance(SignedDuration::from_secs(2));
    house.step().await;
    house.crm.with(|crm| crm.loads[0].lost = true);
    minutes(&house, 10).await;
    assert_eq!(house.counts().await.synced, 30, "by the same key");
    assert_all(&house, 30);
    assert_eq!(house.crm.count("open"), 1, "in the ordinary way, at once");
}

#[tokio::test]
async fn an_outage_loses_no_load() {
    let house = house(30).await;
    house.crm.with(|crm| crm.pace = Some(7));
    house.step().await;
    let until = house.now() + SignedDuration::from_hours(2);
    house.crm.with(|crm| crm.down_until = Some(until));
    minutes(&house, 180).await;
    assert_eq!(house.counts().await.synced, 30, "it is looked at again once the CRM answers");
    assert_eq!(house.crm.with(|crm| crm.applied.len()), 30, "each written once");
    let row = house.delivery(leadferry_model::DeliveryId(1)).await;
    assert_eq!(row.attempts, 1, "an outage spends nothing");
}

#[tokio::test]
async fn a_change_while_a_load_is_under_way_follows_it() {
    let house = house(30).await;
    house.crm.with(|crm| crm.pace = Some(4));
    house.step().await;
    let change = house.lead("p25@example.com", &[("note", "later")]).await;
    house.step().await;
    assert_ne!(house.delivery(change).await.state, DeliveryState::Synced, "one person, one lane");
    minutes(&house, 10).await;
    let note = house.crm.with(|crm| {
        let of = |kept: &&crate::crm::Kept| kept.fields.text("email").as_deref() == Some("p25@example.com");
        crm.records.values().find(of).unwrap().fields.text("note")
    });
    assert_eq!(note.as_deref(), Some("later"), "the later one is what stays");
    assert_eq!(house.counts().await.synced, 31, "both arrived");
}
