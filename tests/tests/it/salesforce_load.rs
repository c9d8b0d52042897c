//! Ten thousand leads into Salesforce, as one bulk job: few calls, each lead with its own outcome, and nothing lost or twice whatever
//! happens to the job or to us.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use jiff::SignedDuration;
use leadferry_model::{DeliveryState, FailureKind};
use leadferry_sync::{Cancel, Engine, Registry, Setup};
use leadferry_tests::people::{EMAIL, crowd};
use leadferry_tests::world::World;
use serde_json::json;

const JOBS: &str = "/services/data/v66.0/jobs/ingest";

/// A world whose account was read in full, so that nobody is asked for.
async fn world(seed: u64) -> World {
    let world = World::of("salesforce", seed).await;
    world.step().await;
    world.wire.count_anew();
    world
}

fn jobs_made(world: &World) -> u64 {
    world.wire.calls(&format!("POST {JOBS}"))
}

/// Collections that were written.
fn batches(world: &World) -> u64 {
    world.wire.calls("PATCH /services/data/v66.0/composite/sobjects")
}

fn job_id(world: &World) -> String {
    let requests = world.practice.requests(0, usize::MAX);
    let upload =
        requests.iter().rev().find(|request| request.path.ends_with("/batches")).expect("there is a job");
    upload.path.trim_end_matches("/batches").rsplit('/').next().expect("with an id").to_owned()
}

/// A new process over the same ledger.
async fn engine(world: &World, seed: u64) -> Engine {
    let engine = Engine::new(Setup {
        store: world.store.clone(),
        connectors: Registry::new(leadferry_connectors::all()),
        connect: Arc::new(world.lines.clone()),
        clock: world.clock.clone(),
        seed,
    });
    engine.recover().await.unwrap();
    engine
}

#[tokio::test]
async fn ten_thousand_messy_leads_are_one_bulk_job() {
    let world = world(61).await;
    let crowd = crowd(61, 10_000);
    world.capture(crowd.rows).await;
    world.drain(SignedDuration::from_hours(1)).await;
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.total()), (10_000, 10_000), "all arrived: {counts:?}");
    assert_eq!(
        (jobs_made(&world), batches(&world)),
        (1, 0),
        "in one job: {:?}",
        world.practice.call_counts()
    );
    let calls = world.wire.calls("");
    assert!(calls <= 10, "{calls} calls: {:?}", world.practice.call_counts());
    assert_eq!(
        world.contacts(),
        world.held(&crowd.expected),
        "nothing lost, nothing twice, every value right"
    );
    let linked = world.deliveries().await;
    assert!(linked.iter().all(|row| row.record.is_some() && row.attempts == 1), "each with its record's id");
    world.assert_documented();
}

#[tokio::test]
async fn each_lead_of_a_job_fails_alone_with_its_own_reason() {
    let world = world(62).await;
    let crowd = crowd(62, 2_500);
    // People whom somebody knows as contacts, and a rule that lets nobody in twice.
    let emails: Vec<String> = crowd.expected.iter().filter_map(|person| person.get(EMAIL).cloned()).collect();
    let known: Vec<BTreeMap<String, String>> = emails
        .iter()
        .step_by(100)
        .map(|email| {
            BTreeMap::from([("LastName".to_owned(), "Moss".to_owned()), ("Email".to_owned(), email.clone())])
        })
        .collect();
    let refused = world.practice.load_records("Contact", &known).unwrap();
    world
        .practice
        .pull("duplicate-rule", &json!({"object": "Lead", "action": "block", "across": true}))
        .unwrap();
    world.capture(crowd.rows).await;
    world.drain(SignedDuration::from_hours(2)).await;
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.failed), (2_500 - refused as u64, refused as u64), "{counts:?}");
    assert_eq!(jobs_made(&world), 1, "nobody goes in a second job");
    let failed = world.deliveries().await.into_iter().filter(|row| row.state == DeliveryState::Failed);
    for row in failed {
        let failure = row.failure.expect("it says why");
        assert_eq!(failure.code, "DUPLICATES_DETECTED", "{failure:?}");
        assert!(
            matches!(failure.kind, FailureKind::Conflict { existing: None, .. }),
            "for a person: {failure:?}"
        );
    }
    assert_eq!(world.contacts().len(), 2_500 - refused, "and none of them is there");
    world.assert_documented();
}

#[tokio::test]
async fn a_job_that_breaks_off_is_finished_in_the_ordinary_way() {
    let world = world(63).await;
    let crowd = crowd(63, 2_500);
    world.capture(crowd.rows).await;
    world.step().await;
    let cut = json!({"id": job_id(&world), "state": "Failed", "after": 1_200, "message": "TooManyLockFailure : locked"});
    world.practice.pull("job", &cut).unwrap();
    world.drain(SignedDuration::from_hours(1)).await;
    assert_eq!(world.counts().await.synced, 2_500, "all arrived");
    assert_eq!((jobs_made(&world), batches(&world)), (1, 7), "the 1,300 it did not come to, in collections");
    assert_eq!(world.contacts(), world.held(&crowd.expected), "nothing lost, nothing twice");
    world.assert_documented();
}

#[tokio::test]
async fn a_job_somebody_stopped_over_there_leaves_nothing_behind() {
    let world = world(64).await;
    let crowd = crowd(64, 3_000);
    world.capture(crowd.rows).await;
    world.step().await;
    world.practice.pull("job", &json!({"id": job_id(&world), "state": "Aborted", "after": 500})).unwrap();
    world.drain(SignedDuration::from_hours(1)).await;
    assert_eq!(world.counts().await.synced, 3_000, "all arrived");
    assert_eq!(jobs_made(&world), 2, "the 2,500 it did not come to are worth another");
    assert_eq!(world.contacts(), world.held(&crowd.expected), "nothing lost, nothing twice");
    world.assert_documented();
}

#[tokio::test]
async fn a_process_that_dies_with_a_job_under_way_finds_it_again() {
    let world = world(65).await;
    let crowd = crowd(65, 2_500);
    world.capture(crowd.rows).await;
    world.step().await;
    assert_eq!(world.counts().await.sending, 2_500, "they are on their way");
    let engine = engine(&world, 66).await;
    for _ in 0..4 {
        engine.step(&Cancel::new()).await.unwrap();
        world.clock.advance(SignedDuration::from_secs(30));
    }
    assert_eq!(world.counts().await.synced, 2_500, "the new process learned what the old one had begun");
    assert_eq!((jobs_made(&world), batches(&world)), (1, 0), "and handed nothing in again");
    assert_eq!(world.contacts(), world.held(&crowd.expected), "nothing lost, nothing twice");
    world.assert_documented();
}

#[tokio::test]
async fn a_process_that_dies_anywhere_on_the_way_loses_nobody_and_makes_nobody_twice() {
    let world = world(68).await;
    let crowd = crowd(68, 2_100);
    world.capture(crowd.rows).await;
    let mut engine = engine(&world, 0).await;
    for (seed, polls) in (1..).zip([3, 6, 9, 12, 15, 18, 21, 24, 27, 31, 36, 42, 50]) {
        let (dying, cancel) = (engine.clone(), Cancel::new());
        let mut step = Box::pin(async move { dying.step(&cancel).await });
        let mut left = polls;
        // After so many await points it is gone, whatever it was about to do.
        std::future::poll_fn(|context| {
            left -= 1;
            match step.as_mut().poll(context) {
                std::task::Poll::Pending if left > 0 => std::task::Poll::Pending,
                _ => std::task::Poll::Ready(()),
            }
        })
        .await;
        drop(step);
        world.clock.advance(SignedDuration::from_secs(4));
        engine = self::engine(&world, seed).await;
    }
    for _ in 0..20 {
        engine.step(&Cancel::new()).await.unwrap();
        world.clock.advance(SignedDuration::from_secs(30));
    }
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.total()), (2_100, 2_100), "all arrived: {counts:?}");
    assert!(jobs_made(&world) >= 1, "by a job");
    assert_eq!(world.contacts(), world.held(&crowd.expected), "nothing lost, nothing twice");
    world.assert_documented();
}

#[tokio::test]
async fn an_org_without_bulk_takes_its_leads_in_collections() {
    let world = world(66).await;
    world.practice.pull("bulk", &json!({"enabled": false})).unwrap();
    let crowd = crowd(66, 2_500);
    world.capture(crowd.rows).await;
    world.drain(SignedDuration::from_hours(1)).await;
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.total()), (2_500, 2_500), "no lead fails for it: {counts:?}");
    assert_eq!((jobs_made(&world), batches(&world)), (1, 13), "it is asked once");
    assert_eq!(world.contacts(), world.held(&crowd.expected), "nothing lost, nothing twice");
    assert!(world.deliveries().await.iter().all(|row| row.attempts == 1), "and it costs no attempt");
    world.assert_documented();
}

#[tokio::test]
async fn new_leads_of_a_job_go_to_whom_the_orgs_rule_names() {
    for (active, beginning) in [(true, "00G"), (false, "005")] {
        let world = world(67).await;
        world.practice.pull("assignment-rule", &json!({"active": active})).unwrap();
        world.capture(crowd(67, 2_000).rows).await;
        world.drain(SignedDuration::from_hours(1)).await;
        assert_eq!(jobs_made(&world), 1, "as a job");
        let leads = world.practice.snapshot().objects.remove("Lead").unwrap();
        let mut owners: Vec<&str> = leads.iter().map(|lead| lead["OwnerId"].get(..3).unwrap()).collect();
        owners.dedup();
        assert_eq!(owners, [beginning], "as collections would: rule active {active}");
    }
}
