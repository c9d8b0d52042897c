//! Loads: claimed together, kept with their ticket, answered for later.

use jiff::SignedDuration;
use leadferry_model::{DeliveryState, Failure, FailureKind};
use leadferry_store::{Claimed, DeliveryFilter, Load, LoadId, Page, Selection, Store, SyncState, Verdict};
use serde_json::json;

use crate::support::{Came, OBJECT, accept, at, claim, crm, failed, house, main_sync, settlement, synced};

async fn people(store: &Store, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let came = Came::new(&number.to_string()).email(&format!("p{number}@example.com"));
        accept(store, at(0), came).await;
    }
}

async fn claim_new(store: &Store, now: i64, least: usize, most: usize) -> Vec<Claimed> {
    let lease = at(now) + SignedDuration::from_mins(10);
    store.write(move |tx| tx.claim_new(at(now), &crm(), OBJECT, (least, most), lease)).await.unwrap()
}

async fn keep(store: &Store, claimed: &[Claimed]) -> Option<LoadId> {
    let loaded: Vec<_> = claimed.iter().map(|one| (one.id, one.lease, json!({"print": one.id}))).collect();
    store
        .write(move |tx| tx.keep_load(at(2), &crm(), OBJECT, "750", &[json!("sent")], &loaded))
        .await
        .unwrap()
}

async fn open(store: &Store) -> Vec<Load> {
    store.read(|tx| tx.loads(&crm())).await.unwrap()
}

async fn in_the_way(store: &Store, load: LoadId) -> bool {
    store.read(move |tx| tx.load_is_in_the_way(load)).await.unwrap()
}

#[tokio::test]
async fn only_what_is_new_and_never_failed_is_claimed_for_a_load() {
    let store = house().await;
    people(&store, 0..6).await;
    let first = claim(&store, at(1), 2).await;
    let ends = [settlement(&first[0], synced("1")), settlement(&first[1], failed("BROKE"))];
    store.write(move |tx| tx.settle(at(1), None, &ends)).await.unwrap();
    accept(&store, at(2), Came::new("again").email("p0@example.com")).await;
    accept(&store, at(2), Came::new("stop").email("p2@example.com").urgent()).await;
    assert!(claim_new(&store, 3, 1, 9).await.is_empty(), "a STOP goes first: nothing is handed in meanwhile");
    assert!(claim(&store, at(3), 1).await[0].urgent, "in the ordinary way");
    assert!(claim_new(&store, 3, 4, 9).await.is_empty(), "three are new, and four were wanted: none is held");
    assert_eq!(
        store.read(|tx| tx.loadable(at(3), &crm(), OBJECT, 9)).await.unwrap(),
        3,
        "as the look before says"
    );
    let claimed = claim_new(&store, 3, 3, 9).await;
    let mut emails: Vec<_> = claimed.iter().filter_map(|one| one.lead.email.clone()).collect();
    emails.sort();
    let expected = ["p3@example.com", "p4@example.com", "p5@example.com"];
    assert_eq!(emails, expected, "not who is known, not who failed, not whose STOP waits");
}

#[tokio::test]
async fn what_a_dead_worker_left_behind_may_go_in_a_load() {
    let store = house().await;
    people(&store, 0..3).await;
    claim_new(&store, 1, 1, 3).await;
    store.write(|tx| tx.expire_leases()).await.unwrap();
    let again = claim_new(&store, 3, 3, 3).await;
    assert!(
        again.len() == 3 && again.iter().all(|one| one.lost),
        "with a note that somebody was lost: {again:?}"
    );
}

#[tokio::test]
async fn a_load_outlives_a_restart_and_is_answered_for_part_by_part() {
    let store = house().await;
    people(&store, 0..3).await;
    let claimed = claim_new(&store, 1, 3, 3).await;
    let load = keep(&store, &claimed).await.unwrap();
    assert_eq!(
        store.write(|tx| tx.expire_leases()).await.unwrap(),
        0,
        "a load's lease is nobody's to give up"
    );
    assert!(claim(&store, at(90_000), 9).await.is_empty(), "nor does it run out");
    let kept = open(&store).await.remove(0);
    assert_eq!((kept.id, kept.ticket.as_str(), kept.exchanges), (load, "750", vec![json!("sent")]));
    let part = store.read(move |tx| tx.loaded(load, 2)).await.unwrap();
    assert_eq!(
        part.iter().map(|(one, sent)| (one.id, sent["print"].as_i64())).collect::<Vec<_>>(),
        [(claimed[0].id, Some(1)), (claimed[1].id, Some(2))]
    );
    let ends: Vec<_> = part.iter().map(|(one, _)| settlement(one, synced(&one.id.to_string()))).collect();
    store.write(move |tx| tx.settle(at(4), None, &ends).and(tx.end_load(load))).await.unwrap();
    assert_eq!(open(&store).await.len(), 1, "one is still in it");
    let rest = store.read(move |tx| tx.loaded(load, 2)).await.unwrap();
    let failure = Failure::new(FailureKind::Unexpected, "no word of it");
    let back = [settlement(&rest[0].0, Verdict::Snooze { failure: Some(failure), until: at(5) })];
    store.write(move |tx| tx.settle(at(5), None, &back).and(tx.end_load(load))).await.unwrap();
    assert_eq!(open(&store).await, [], "nobody is left");
    assert!(claim_new(&store, 6, 1, 9).await.is_empty(), "what a load could not do goes in no other");
    let ordinary = claim(&store, at(6), 9).await;
    assert_eq!((ordinary.len(), ordinary[0].attempts), (1, 0), "but as always, with all its attempts");
}

#[tokio::test]
async fn a_load_with_somebody_elses_delivery_is_not_kept() {
    let store = house().await;
    people(&store, 0..2).await;
    let mut claimed = claim_new(&store, 1, 2, 2).await;
    claimed[1].lease = at(7);
    assert_eq!(keep(&store, &claimed).await, None, "it must not be started");
    assert_eq!(open(&store).await, [], "and nothing of it stays");
    store.write(|tx| tx.expire_leases()).await.unwrap();
    assert_eq!(claim(&store, at(4), 9).await.len(), 2, "its deliveries are free as before");
}

#[tokio::test]
async fn a_pause_a_stop_and_a_sync_that_is_gone_are_in_the_way_of_a_load() {
    for way in ["nothing", "pause", "stop", "somebody else's stop", "gone"] {
        let store = house().await;
        people(&store, 0..3).await;
        let claimed = claim_new(&store, 1, 3, 3).await;
        let load = keep(&store, &claimed).await.unwrap();
        match way {
            "pause" => {
                store.write(|tx| tx.set_sync_state(&main_sync(), SyncState::Paused, None)).await.unwrap();
            }
            "stop" => drop(accept(&store, at(3), Came::new("x").email("p1@example.com").urgent()).await),
            "somebody else's stop" => {
                drop(accept(&store, at(3), Came::new("x").email("else@example.com").urgent()).await);
            }
            "gone" => store.write(|tx| tx.remove_sync(&main_sync())).await.unwrap(),
            _ => {}
        }
        let expected = matches!(way, "pause" | "stop" | "gone");
        assert_eq!(in_the_way(&store, load).await, expected, "{way}");
    }
}

#[tokio::test]
async fn what_comes_back_to_a_stopped_run_is_left_out() {
    let store = house().await;
    let run = store
        .write(|tx| tx.start_run(at(0), &main_sync(), leadferry_store::RunKind::RealTime, ""))
        .await
        .unwrap();
    people(&store, 0..2).await;
    let claimed = claim_new(&store, 1, 2, 2).await;
    assert!(claimed.iter().all(|one| one.run == Some(run)), "they joined it");
    let load = keep(&store, &claimed).await.unwrap();
    store.write(move |tx| tx.cancel_run(at(3), run)).await.unwrap();
    assert!(in_the_way(&store, load).await, "the load must stop");
    let back: Vec<_> = store
        .read(move |tx| tx.loaded(load, 9))
        .await
        .unwrap()
        .iter()
        .map(|(one, _)| settlement(one, Verdict::Snooze { failure: None, until: at(4) }))
        .collect();
    store.write(move |tx| tx.settle(at(4), None, &back)).await.unwrap();
    let rows = store.read(|tx| tx.deliveries(&DeliveryFilter::default(), Page::first(9))).await.unwrap().rows;
    assert!(rows.iter().all(|row| row.state == DeliveryState::Skipped), "they do not go again: {rows:?}");

    // Seeds 540, 649 and 900 of the simulation: what a person brought back was left out again at its next trouble.
    store.write(|tx| tx.unskip(at(5), &Selection::Filter(DeliveryFilter::default()))).await.unwrap();
    let again = claim_new(&store, 6, 2, 2).await;
    assert!(again.iter().all(|one| one.run.is_none()), "they have left the stopped run");
    let back: Vec<_> =
        again.iter().map(|one| settlement(one, Verdict::Snooze { failure: None, until: at(8) })).collect();
    store.write(move |tx| tx.settle(at(7), None, &back)).await.unwrap();
    let rows = store.read(|tx| tx.deliveries(&DeliveryFilter::default(), Page::first(9))).await.unwrap().rows;
    assert!(rows.iter().all(|row| row.state == DeliveryState::Pending), "and wait for their turn: {rows:?}");
}
