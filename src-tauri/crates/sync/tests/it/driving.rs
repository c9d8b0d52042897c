//! The driver: wakes for new leads, stops when told, and leaves a broken disk in peace. Steps that are dropped, calls that move between threads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;
use leadferry_model::{DeliveryId, DeliveryState, Record, RecordId, RunId};
use leadferry_store::{Disk, DiskMoment, LaneState, Pause, Selection, Store, StoreError};
use leadferry_sync::settings::SyncSettings;
use leadferry_sync::{Cancel, Driver, Fix, Row, TestRecord, Try};
use tokio::time::Instant;

use crate::crm::Kind;
use crate::house::{House, mapping};

#[tokio::test]
async fn the_driver_wakes_for_new_leads_and_stops_when_told() {
    let house = House::new(Kind::Upserting).await;
    let (cancel, mut events) = (Cancel::new(), house.engine.events().subscribe());
    let driver = Driver::new(house.engine.clone());
    let stop = cancel.clone();
    let running = tokio::spawn(async move { driver.run(&stop).await });
    let id = house.lead("ada@example.com", &[]).await;
    while house.delivery(id).await.state != DeliveryState::Synced {
        events.recv().await.unwrap();
    }
    cancel.cancel();
    running.await.unwrap();
    assert_eq!(house.crm.people("ada@example.com"), 1, "delivered without anybody stepping by hand");
}

#[tokio::test]
async fn a_step_that_was_dropped_leaves_nothing_stuck() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("ada@example.com", &[]).await;
    drop_while_sending(&house, id).await;
    house.step().await;
    assert_eq!(
        house.delivery(id).await.state,
        DeliveryState::Synced,
        "the next step takes it up at once, without waiting for a lease"
    );
}

/// Steps until `id` is on its way, and drops the step there.
async fn drop_while_sending(house: &House, id: DeliveryId) {
    let cancel = Cancel::new();
    let mut step = std::pin::pin!(house.engine.step(&cancel));
    while house.delivery(id).await.state != DeliveryState::Sending {
        tokio::select! {
            biased;
            _ = &mut step => unreachable!("the connector waits at least once while the delivery is sending"),
            () = tokio::task::yield_now() => {}
        }
    }
}

#[tokio::test]
async fn what_a_dead_worker_left_behind_a_closed_lane_waits_with_it() {
    let mut house = House::new(Kind::Upserting).await;
    let id = house.lead("ada@example.com", &[]).await;
    drop_while_sending(&house, id).await;
    let (now, probe) = (house.now(), house.now() + SignedDuration::from_mins(5));
    let destination = house.destination.clone();
    let down = move |tx: &leadferry_store::Writer<'_>| {
        tx.set_lane(now, &destination, LaneState::Down, None, Some(probe))
    };
    house.store.write(down).await.unwrap();
    house.restart(2).await;
    let step = house.step().await;
    assert_eq!((step.did.any(), step.next_due), (false, Some(probe)), "nothing can be done before the probe");
    house.run_for(SignedDuration::from_mins(10)).await;
    assert_eq!(house.delivery(id).await.state, DeliveryState::Synced, "then it goes by itself");
}

/// A disk that refuses every commit while it is broken, and remembers when.
#[derive(Default)]
struct Broken {
    is_broken: AtomicBool,
    refused: Mutex<Vec<Instant>>,
}

impl Broken {
    /// Seconds between the refusals so far, which are forgotten.
    fn pauses(&self) -> Vec<u64> {
        let refused = std::mem::take(&mut *self.refused.lock().unwrap());
        refused.windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect()
    }
}

impl Disk for Broken {
    fn pause(&self, _moment: DiskMoment) -> Pause<'_> {
        Box::pin(std::future::ready(()))
    }

    fn is_full(&self) -> bool {
        false
    }

    fn refuses_commit(&self) -> Option<StoreError> {
        if !self.is_broken.load(Ordering::Relaxed) {
            return None;
        }
        self.refused.lock().unwrap().push(Instant::now());
        Some(StoreError::DiskFull)
    }
}

#[tokio::test(start_paused = true)]
async fn a_step_the_ledger_refuses_is_tried_again_more_and_more_rarely() {
    let disk = Arc::new(Broken::default());
    let (store, _turns) = Store::in_turns(disk.clone(), 7).unwrap();
    let house = House::over(store, Kind::Upserting, mapping(), SyncSettings::default()).await;
    let (cancel, driver) = (Cancel::new(), Driver::new(house.engine.clone()));
    let stop = cancel.clone();
    let running = tokio::spawn(async move { driver.run(&stop).await });
    tokio::time::sleep(Duration::from_secs(1)).await;

    let first = house.lead("ada@example.com", &[]).await;
    disk.is_broken.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(5 + 10 + 20 + 40 + 80 + 160 + 300 + 300 + 1)).await;
    assert_eq!(disk.pauses(), [5, 10, 20, 40, 80, 160, 300, 300], "doubled, up to five minutes");

    disk.is_broken.store(false, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(300)).await;
    assert_eq!(house.delivery(first).await.state, DeliveryState::Synced, "it goes on by itself");
    house.lead("grace@example.com", &[]).await;
    disk.is_broken.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(5 + 10 + 1)).await;
    assert_eq!(disk.pauses(), [5, 10], "and the next trouble begins anew");
    cancel.cancel();
    running.await.unwrap();
}

/// Windows and servers call these from tasks that move between threads: a future that cannot is refused by the compiler here,
/// not there.
#[tokio::test]
async fn every_call_may_move_between_threads() {
    fn moves<F: Send>(future: F) -> usize {
        size_of_val(&future)
    }
    let house = House::new(Kind::Upserting).await;
    let (engine, sync, cancel) = (&house.engine, &house.sync, Cancel::new());
    let picked = Selection::Deliveries(Vec::new());
    let test = TestRecord {
        sync: sync.clone(),
        connection: house.destination.clone(),
        record: RecordId::new("1"),
        url: None,
    };
    let sizes = [
        moves(engine.step(&cancel)),
        moves(engine.recover()),
        moves(engine.next_due()),
        moves(engine.run_now(sync, None)),
        moves(engine.start_import(sync, "leads.csv")),
        moves(engine.seal(RunId(1))),
        moves(engine.cancel(RunId(1))),
        moves(engine.progress(RunId(1))),
        moves(engine.reschedule(sync)),
        moves(engine.access_restored(&house.destination)),
        moves(engine.pause(&house.destination)),
        moves(engine.resume(&house.destination)),
        moves(engine.preview(sync, Try::Fields(Record::new()), None, true)),
        moves(engine.dry_run(sync, None, &cancel)),
        moves(engine.send_test_record(sync, Record::new(), None)),
        moves(engine.remove_test_record(&test)),
        moves(engine.effect(sync, &picked, &Fix::Retry, &cancel)),
        moves(engine.apply(sync, picked.clone(), Fix::Retry)),
        moves(engine.skip(sync, picked.clone(), "why")),
        moves(engine.unskip(sync, picked.clone())),
        moves(house.ingest.accept_many(&house.source, None, Vec::<Row>::new(), &cancel, |_| {})),
    ];
    let largest = sizes.into_iter().max().unwrap();
    assert!(largest < 64 * 1024, "and none is so large that it would have to be boxed: {largest} bytes");
}
