//! Random histories of the queue keep its promises.

use std::collections::{BTreeMap, HashSet};

use jiff::SignedDuration;
use leadferry_model::{DeliveryId, DeliveryState, Failure, FailureKind, LeadId};
use leadferry_store::{Claimed, DeliveryFilter, DeliveryRow, Page, Selection, SlowLane, Store, Verdict};
use proptest::prelude::*;

use crate::support::{Came, accept, at, claim, house, settlement, sync, synced};

#[derive(Clone, Copy, Debug)]
enum Step {
    Accept { person: u8, urgent: bool },
    Claim { limit: usize },
    Settle { which: usize, verdict: u8 },
    Crash,
    Wait,
    Skip { which: usize },
    Unskip,
    Release,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..4u8, prop::bool::weighted(0.2)).prop_map(|(person, urgent)| Step::Accept { person, urgent }),
        4 => (1..4usize).prop_map(|limit| Step::Claim { limit }),
        5 => (0..8usize, 0..6u8).prop_map(|(which, verdict)| Step::Settle { which, verdict }),
        1 => Just(Step::Crash),
        2 => Just(Step::Wait),
        1 => (0..8usize).prop_map(|which| Step::Skip { which }),
        1 => Just(Step::Unskip),
        1 => Just(Step::Release),
    ]
}

async fn all(store: &Store) -> Vec<DeliveryRow> {
    let filter = DeliveryFilter::default();
    store.read(move |tx| tx.deliveries(&filter, Page::first(10_000))).await.unwrap().rows
}

fn verdict(kind: u8, now: jiff::Timestamp) -> Verdict {
    let failure = Failure::new(FailureKind::Busy, "locked");
    let later = now + SignedDuration::from_secs(30);
    match kind {
        0 | 1 => synced("record"),
        2 => Verdict::Retry { failure, at: later },
        3 => Verdict::Snooze { failure: None, until: later },
        4 => Verdict::Fail { failure, slow: None },
        _ => Verdict::Fail {
            failure,
            slow: Some(SlowLane { next_at: later, until: now + SignedDuration::from_hours(9) }),
        },
    }
}

/// Of one person, only the oldest waiting one was handed out, urgent ones before all others.
fn in_order(before: &[DeliveryRow], claimed: &[Claimed]) {
    for one in claimed.iter().filter(|one| !one.lost) {
        let overtaken = before.iter().find(|row| {
            row.lead == one.lead.id
                && matches!(row.state, DeliveryState::Pending | DeliveryState::Retrying)
                && (!row.urgent, row.id) < (!one.urgent, one.id)
        });
        assert_eq!(
            overtaken.map(|row| row.id),
            None,
            "delivery {} overtook an earlier one of its person",
            one.id
        );
    }
}

async fn play(steps: Vec<Step>) {
    let store = house().await;
    store.write(|tx| tx.save_sync(&sync("second", "source", "crm"))).await.unwrap();
    let mut now = 0;
    let mut people: HashSet<LeadId> = HashSet::new();
    let mut held: Vec<Claimed> = Vec::new();
    let mut before: BTreeMap<DeliveryId, DeliveryState> = BTreeMap::new();
    for (number, step) in steps.into_iter().enumerate() {
        now += 1;
        let time = at(now);
        let rows = all(&store).await;
        match step {
            Step::Accept { person, urgent } => {
                let mut came = Came::new(&number.to_string()).email(&format!("p{person}@example.com"));
                came.urgent = urgent;
                people.insert(accept(&store, time, came).await.lead);
            }
            Step::Claim { limit } => {
                let claimed = claim(&store, time, limit).await;
                assert!(claimed.len() <= limit, "no more than asked for");
                in_order(&rows, &claimed);
                held.extend(claimed);
            }
            Step::Settle { which, verdict: kind } if !held.is_empty() => {
                let one = held.swap_remove(which % held.len());
                let current = held.iter().all(|other| other.id != one.id || other.lease < one.lease);
                let answer = settlement(&one, verdict(kind, time));
                let settled = store.write(move |tx| tx.settle(time, None, &[answer])).await.unwrap();
                if !current {
                    assert_eq!(settled.late, [one.id], "a lease that was lost settles nothing");
                }
            }
            Step::Settle { .. } => {}
            Step::Crash => now += 700,
            Step::Wait => now += 31,
            Step::Skip { which } => {
                if let Some(row) = rows.get(which) {
                    let one = Selection::Deliveries(vec![row.id]);
                    store.write(move |tx| tx.skip(time, &one, "not wanted")).await.unwrap();
                }
            }
            Step::Unskip => {
                let every = Selection::Filter(DeliveryFilter::default());
                store.write(move |tx| tx.unskip(time, &every)).await.unwrap();
            }
            Step::Release => {
                let every = Selection::Filter(DeliveryFilter::default());
                store.write(move |tx| tx.release(time, &every, "again", None)).await.unwrap();
            }
        }
        let after = all(&store).await;
        let mut sending: HashSet<&LeadId> = HashSet::new();
        for row in &after {
            if row.state == DeliveryState::Sending {
                assert!(sending.insert(&row.lead), "one delivery at a time for one person and destination");
            }
            if let Some(was) = before.get(&row.id) {
                let fine = *was == row.state || was.leads_to(row.state);
                assert!(fine, "{was:?} to {:?} is not documented ({step:?})", row.state);
            }
        }
        for person in &people {
            assert!(after.iter().any(|row| row.lead == *person), "nobody accepted is without a delivery");
        }
        before = after.iter().map(|row| (row.id, row.state)).collect();
    }
    drain(&store, now).await;
}

/// Whatever happened: once the CRM takes everything, everything that waits arrives.
async fn drain(store: &Store, mut now: i64) {
    for _ in 0..200 {
        now += 700;
        let claimed = claim(store, at(now), 100).await;
        let answers: Vec<_> = claimed.iter().map(|one| settlement(one, synced("record"))).collect();
        store.write(move |tx| tx.settle(at(now), None, &answers)).await.unwrap();
        let open = |row: &DeliveryRow| {
            matches!(row.state, DeliveryState::Pending | DeliveryState::Retrying | DeliveryState::Sending)
        };
        if !all(store).await.iter().any(open) {
            return;
        }
    }
    panic!("something waits for ever");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_histories_keep_the_promises(steps in prop::collection::vec(step(), 1..60)) {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(play(steps));
    }
}
