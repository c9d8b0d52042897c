//! Runs: now, by schedule, from a file; progress and cancel.

use jiff::SignedDuration;
use leadferry_model::{DeliveryState, Failure, FailureKind};
use leadferry_store::{RunState, SavedSync};
use leadferry_sync::Cancel;

use crate::crm::{Fault, Kind};
use crate::house::House;

async fn change(house: &House, change: impl FnOnce(&mut SavedSync) + Send + 'static) {
    let id = house.sync.clone();
    house
        .store
        .write(move |tx| {
            let mut sync = tx.sync(&id)?;
            change(&mut sync);
            tx.save_sync(&sync)
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_manual_sync_waits_until_a_person_presses_the_button() {
    let house = House::new(Kind::Upserting).await;
    change(&house, |sync| sync.waits_for_run = true).await;
    for n in 0..5 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    house.run_for(SignedDuration::from_hours(5)).await;
    assert_eq!(house.counts().await.pending, 5, "nobody asked");
    let run = house.engine.run_now(&house.sync, None).await.unwrap();
    house.step().await;
    let progress = house.engine.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.counts.synced), (RunState::Succeeded, 5), "all in this run");
}

#[tokio::test]
async fn picked_leads_go_alone() {
    let house = House::new(Kind::Upserting).await;
    change(&house, |sync| sync.waits_for_run = true).await;
    let picked = house.lead("picked@example.com", &[]).await;
    house.lead("other@example.com", &[]).await;
    let lead = house.delivery(picked).await.lead;
    house.engine.run_now(&house.sync, Some(vec![lead])).await.unwrap();
    house.step().await;
    assert_eq!(house.delivery(picked).await.state, DeliveryState::Synced, "the picked one");
    assert_eq!(house.counts().await.pending, 1, "the other one still waits");
}

#[tokio::test]
async fn a_schedule_starts_runs_by_itself() {
    let house = House::new(Kind::Upserting).await;
    change(&house, |sync| {
        sync.waits_for_run = true;
        sync.mode = serde_json::json!({"when": "scheduled", "schedule": {"every": "minutes", "minutes": 60}});
    })
    .await;
    let next = house.engine.reschedule(&house.sync).await.unwrap().unwrap();
    assert_eq!(next, "2026-03-02T10:00:00Z".parse().unwrap(), "on the next hour");
    house.lead("ada@example.com", &[]).await;
    house.run_for(SignedDuration::from_mins(59)).await;
    assert_eq!(house.counts().await.pending, 1, "not before");
    house.run_for(SignedDuration::from_mins(2)).await;
    assert_eq!(house.counts().await.synced, 1, "then by itself");
}

#[tokio::test]
async fn a_cancelled_run_ends_within_its_batch_and_can_be_told_from_a_success() {
    let house = House::new(Kind::Upserting).await;
    let run = house.engine.start_import(&house.sync, "leads.csv").await.unwrap();
    let rows: Vec<_> = (0..300).map(|n| Ok(house.captured(&format!("p{n}@example.com"), &[]))).collect();
    house.ingest.accept_many(&house.source, Some(run), rows, &Cancel::new(), |_| {}).await.unwrap();
    house.engine.seal(run).await.unwrap();
    let limited = Failure::new(FailureKind::RateLimited { after_seconds: Some(60) }, "slow down");
    house.crm.with(|crm| crm.faults.push_back(Fault::Refuse(limited)));
    house.step().await;
    let left_out = house.engine.cancel(run).await.unwrap();
    assert_eq!(left_out, 300, "everything that waited");
    house.run_for(SignedDuration::from_mins(5)).await;
    let progress = house.engine.progress(run).await.unwrap();
    assert_eq!(progress.state, RunState::Cancelled, "never shown as a success");
    assert_eq!(house.crm.with(|crm| crm.records.len()), 0, "nothing went after the cancel");
}

#[tokio::test]
async fn a_stopped_step_begins_no_new_batch() {
    let house = House::new(Kind::Upserting).await;
    for n in 0..300 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    let cancel = Cancel::new();
    cancel.cancel();
    house.engine.step(&cancel).await.unwrap();
    assert_eq!(house.crm.count("upsert"), 0, "nothing is begun");
    house.step().await;
    assert_eq!(house.counts().await.synced, 300, "and nothing is lost");
}

#[tokio::test]
async fn a_files_broken_rows_are_kept_beside_the_good_ones() {
    let house = House::new(Kind::Upserting).await;
    let run = house.engine.start_import(&house.sync, "leads.csv").await.unwrap();
    let broken = leadferry_store::BrokenRow { line: 3, reason: "two quotes".into(), raw: "\"\"x".into() };
    let rows =
        vec![Ok(house.captured("a@example.com", &[])), Err(broken), Ok(house.captured("A@example.com", &[]))];
    let progress =
        house.ingest.accept_many(&house.source, Some(run), rows, &Cancel::new(), |_| {}).await.unwrap();
    assert_eq!(
        (progress.tally.new, progress.tally.merged, progress.broken),
        (1, 1, 1),
        "each row is counted once"
    );
    house.engine.seal(run).await.unwrap();
    house.step().await;
    let state = house.engine.progress(run).await.unwrap();
    assert_eq!((state.state, state.broken_rows), (RunState::Partial, 1), "partial is never called success");
}

#[tokio::test]
async fn leads_that_come_by_themselves_are_one_burst() {
    let house = House::new(Kind::Upserting).await;
    let first = house.lead("a@example.com", &[]).await;
    let second = house.lead("b@example.com", &[]).await;
    house.step().await;
    let (first, second) = (house.delivery(first).await.run, house.delivery(second).await.run);
    assert!(first.is_some() && first == second, "one run for the burst: {first:?} {second:?}");
    house.run_for(SignedDuration::from_mins(10)).await;
    let progress = house.engine.progress(first.unwrap()).await.unwrap();
    assert_eq!(progress.state, RunState::Succeeded, "it ends when it has been quiet");
}
