//! The driver: wakes for new leads, and stops when told. Steps that are dropped, calls that move between threads.

use leadferry_model::{DeliveryState, Record, RecordId, RunId};
use leadferry_store::Selection;
use leadferry_sync::{Cancel, Driver, Fix, Row, TestRecord, Try};

use crate::crm::Kind;
use crate::house::House;

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
    let engine = house.engine.clone();
    {
        let cancel = Cancel::new();
        let mut step = std::pin::pin!(engine.step(&cancel));
        while house.delivery(id).await.state != DeliveryState::Sending {
            tokio::select! {
                biased;
                _ = &mut step => unreachable!("the connector waits at least once while the delivery is sending"),
                () = tokio::task::yield_now() => {}
            }
        }
    }
    house.step().await;
    assert_eq!(
        house.delivery(id).await.state,
        DeliveryState::Synced,
        "the next step takes it up at once, without waiting for a lease"
    );
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
