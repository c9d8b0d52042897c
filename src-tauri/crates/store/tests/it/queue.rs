//! Claims, leases and settlements.

use leadferry_model::{DeliveryState, Failure, FailureKind};
use leadferry_store::{ConnectionState, LaneState, SlowLane, SyncState, Verdict};

use crate::support::{Came, accept, at, claim, crm, failed, house, main_sync, settlement, synced};

#[tokio::test]
async fn urgent_ones_go_first() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    accept(&store, at(1), Came::new("2").email("b@example.com")).await;
    let stop = accept(&store, at(2), Came::new("3").email("c@example.com").urgent()).await;
    let order: Vec<_> = claim(&store, at(3), 2).await.iter().map(|claimed| claimed.id).collect();
    assert_eq!(order[0], stop.deliveries[0], "STOP goes ahead of everything");
    assert_eq!(order.len(), 2, "and the limit holds");
}

#[tokio::test]
async fn a_lost_lease_is_handed_out_again_with_its_intent_and_spends_no_attempt() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let dead = claim(&store, at(1), 1).await.remove(0);
    let intents = [(dead.id, dead.lease, serde_json::json!({"create": "a@example.com"}))];
    let held = store.write(move |tx| tx.write_intent(&intents)).await.unwrap();
    assert_eq!(held, [dead.id], "the lease is still held");
    assert!(claim(&store, at(2), 1).await.is_empty(), "not before the lease runs out");
    let next = claim(&store, at(700), 1).await.remove(0);
    assert_eq!((next.id, next.lost, next.attempts), (dead.id, true, 0), "a crash is nobody's attempt");
    assert_eq!(
        next.intent,
        Some(serde_json::json!({"create": "a@example.com"})),
        "so that the CRM is asked first"
    );

    let late = settlement(&dead, synced("twice"));
    let settled = store.write(move |tx| tx.settle(at(701), None, &[late])).await.unwrap();
    assert_eq!((settled.late, settled.applied), (vec![dead.id], vec![]), "a late answer changes nothing");
    let good = settlement(&next, synced("once"));
    let settled = store.write(move |tx| tx.settle(at(702), None, &[good])).await.unwrap();
    assert_eq!(settled.applied, [next.id], "the holder's answer counts");
}

#[tokio::test]
async fn an_intent_that_came_to_nothing_is_forgotten_by_its_holder_only() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    accept(&store, at(0), Came::new("2").email("b@example.com")).await;
    let held = claim(&store, at(1), 2).await;
    let intent = serde_json::json!({"create": true});
    let intents = held.iter().map(|one| (one.id, one.lease, intent.clone())).collect::<Vec<_>>();
    store.write(move |tx| tx.write_intent(&intents)).await.unwrap();
    let sends = [(held[0].id, held[0].lease), (held[1].id, at(7))];
    store.write(move |tx| tx.forget_intent(&sends)).await.unwrap();
    let again: Vec<_> = claim(&store, at(700), 2).await.into_iter().map(|one| one.intent).collect();
    assert_eq!(again, [None, Some(intent)], "one was certainly not sent; the other lease is somebody else's");
}

#[tokio::test]
async fn rate_limit_spends_no_attempt() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let claimed = claim(&store, at(1), 1).await.remove(0);
    let snooze = settlement(&claimed, Verdict::Snooze { failure: None, until: at(60) });
    store.write(move |tx| tx.settle(at(2), None, &[snooze])).await.unwrap();
    assert!(claim(&store, at(59), 1).await.is_empty(), "not before its time");
    assert_eq!(claim(&store, at(60), 1).await[0].attempts, 0, "nothing was tried");
}

#[tokio::test]
async fn a_failed_transient_one_goes_on_in_the_slow_lane_until_its_end() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let slow = Some(SlowLane { next_at: at(1_000), until: at(5_000) });
    let failure = Failure::new(FailureKind::Busy, "locked");
    let claimed = claim(&store, at(1), 1).await.remove(0);
    let fail = settlement(&claimed, Verdict::Fail { failure: failure.clone(), slow });
    let settled = store.write(move |tx| tx.settle(at(2), None, &[fail])).await.unwrap();
    assert_eq!(settled.opened.len(), 1, "a person is told");
    assert!(claim(&store, at(999), 1).await.is_empty(), "not yet");
    let again = claim(&store, at(1_000), 1).await.remove(0);
    assert_eq!(again.slow_until, Some(at(5_000)), "the planner knows it is a slow one");
    let slow = Some(SlowLane { next_at: at(6_000), until: at(5_000) });
    let fail = settlement(&again, Verdict::Fail { failure, slow });
    let settled = store.write(move |tx| tx.settle(at(1_001), None, &[fail])).await.unwrap();
    assert_eq!(settled.opened, [], "told once");
    assert!(claim(&store, at(9_000), 1).await.is_empty(), "given up after its end");
}

#[tokio::test]
async fn a_closed_lane_hands_nothing_out_and_opening_it_releases_what_waited() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let claimed = claim(&store, at(1), 1).await.remove(0);
    let snooze = settlement(&claimed, Verdict::Snooze { failure: None, until: at(10_000) });
    let change = store
        .write(move |tx| {
            tx.settle(at(2), None, &[snooze])?;
            let down = Failure::new(FailureKind::Unavailable, "no answer");
            tx.set_lane(at(2), &crm(), LaneState::Down, Some(&down), Some(at(60)))
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!((change.from, change.to), (LaneState::Open, LaneState::Down), "one change to tell");
    accept(&store, at(3), Came::new("2").email("b@example.com")).await;
    assert!(claim(&store, at(4), 10).await.is_empty(), "a lane that is down takes nothing");
    let open = |tx: &leadferry_store::Writer<'_>| tx.set_lane(at(100), &crm(), LaneState::Open, None, None);
    let change = store.write(open).await.unwrap().unwrap();
    assert_eq!(
        (change.released, change.since),
        (2, at(2)),
        "both may go, after an outage since the second second"
    );
    assert_eq!(claim(&store, at(100), 10).await.len(), 2, "without another click");
    assert_eq!(store.write(open).await.unwrap(), None, "open again is no news");
}

#[tokio::test]
async fn a_person_waits_behind_their_own_earlier_retry() {
    let store = house().await;
    store.write(|tx| tx.save_sync(&crate::support::sync("second", "source", "crm"))).await.unwrap();
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let first = claim(&store, at(1), 10).await;
    assert_eq!(first.len(), 1, "two syncs to one destination, one person: one at a time");
    let failure = Failure::new(FailureKind::Busy, "locked");
    let retry = settlement(&first[0], Verdict::Retry { failure, at: at(60) });
    store.write(move |tx| tx.settle(at(2), None, &[retry])).await.unwrap();
    assert!(claim(&store, at(3), 10).await.is_empty(), "the later one would overtake the earlier");
    assert_eq!(claim(&store, at(60), 10).await[0].id, first[0].id, "the earlier goes first");
}

#[tokio::test]
async fn a_failure_never_holds_back_the_persons_next_change() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let first = claim(&store, at(1), 10).await.remove(0);
    let fail = settlement(&first, failed("X"));
    store.write(move |tx| tx.settle(at(2), None, &[fail])).await.unwrap();
    accept(&store, at(3), Came::new("2").email("a@example.com").field("city", "Leeds")).await;
    let next = claim(&store, at(4), 10).await.remove(0);
    assert_eq!(
        (next.id, next.attempts),
        (first.id, 0),
        "new values join the failed delivery and give it new attempts"
    );
    assert_eq!(DeliveryState::parse("failed"), Some(DeliveryState::Failed), "states are words of the model");
}

#[tokio::test]
async fn a_stop_goes_before_what_a_dead_worker_left_behind() {
    let store = house().await;
    for (key, email) in [("1", "a@example.com"), ("2", "b@example.com")] {
        accept(&store, at(0), Came::new(key).email(email)).await;
    }
    assert_eq!(claim(&store, at(1), 10).await.len(), 2, "a worker takes both, and dies");
    let stop = accept(&store, at(2), Came::new("3").email("c@example.com").urgent()).await;
    let first = claim(&store, at(700), 1).await.remove(0);
    assert_eq!(
        first.id, stop.deliveries[0],
        "STOP goes ahead of everything, also one by one after an outage"
    );
    let own = accept(&store, at(701), Came::new("4").email("b@example.com").urgent()).await;
    let next = claim(&store, at(702), 1).await.remove(0);
    assert_eq!(
        (next.lost, next.lead.email.as_deref()),
        (true, Some("b@example.com")),
        "what her STOP waits for"
    );
    let done = settlement(&next, synced("b"));
    store.write(move |tx| tx.settle(at(703), None, &[done])).await.unwrap();
    assert_eq!(claim(&store, at(704), 1).await[0].id, own.deliveries[0], "so that it goes next");
}

#[tokio::test]
async fn from_its_claim_on_nobody_knows_what_a_record_holds() {
    let store = house().await;
    let ada = accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let first = claim(&store, at(1), 1).await.remove(0);
    let done = settlement(&first, synced("record"));
    store.write(move |tx| tx.settle(at(2), None, &[done])).await.unwrap();
    accept(&store, at(3), Came::new("2").email("a@example.com").field("city", "York")).await;
    let second = claim(&store, at(4), 1).await.remove(0);
    assert_eq!(
        second.link.as_ref().and_then(|link| link.sent_hash.as_deref()),
        Some("hash"),
        "the worker may still see that nothing has changed"
    );
    let link =
        store.read(move |tx| tx.link(&ada.lead, &crm(), crate::support::OBJECT)).await.unwrap().unwrap();
    assert_eq!(link.sent_hash, None, "if it dies now, the next one must write: its predecessor may have");
    let lost = claim(&store, at(700), 1).await.remove(0);
    assert_eq!(lost.link.and_then(|link| link.sent_hash), None, "and is told so");
}

#[tokio::test]
async fn what_was_put_off_by_a_clock_that_was_ahead_is_planned_anew() {
    const AHEAD: i64 = 200_000;
    let store = house().await;
    accept(&store, at(AHEAD), Came::new("1").email("a@example.com")).await;
    let claimed = claim(&store, at(AHEAD), 1).await.remove(0);
    let busy = Failure::new(FailureKind::Busy, "locked");
    let retry = settlement(&claimed, Verdict::Retry { failure: busy, at: at(AHEAD + 60) });
    store
        .write(move |tx| {
            tx.settle(at(AHEAD), None, &[retry])?;
            let down = Failure::new(FailureKind::Unavailable, "no answer");
            tx.set_lane(at(AHEAD), &crm(), LaneState::Down, Some(&down), Some(at(AHEAD + 15)))
        })
        .await
        .unwrap();
    let last = store.read(|tx| tx.last_change()).await.unwrap();
    assert_eq!(last, Some(at(AHEAD)), "the ledger remembers the wrong time");
    store.write(|tx| tx.clock_was_ahead(at(0), AHEAD * 1_000_000)).await.unwrap();
    let lane = store.read(|tx| tx.lane(at(0), &crm())).await.unwrap();
    assert_eq!(lane.next_try_at, Some(at(15)), "the next probe is in seconds, not in days");
    store.write(|tx| tx.set_lane(at(1), &crm(), LaneState::Open, None, None)).await.unwrap();
    assert_eq!(claim(&store, at(60), 1).await.len(), 1, "and so is the retry");
    assert_eq!(
        store.read(|tx| tx.last_change()).await.unwrap(),
        Some(at(60)),
        "nothing is of the wrong time any more"
    );
}

#[tokio::test]
async fn what_was_about_to_be_created_for_a_person_is_known_to_every_delivery_of_theirs() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    let first = claim(&store, at(1), 1).await.remove(0);
    let intents = [(first.id, first.lease, serde_json::json!({"at": 1}))];
    store.write(move |tx| tx.write_intent(&intents)).await.unwrap();
    let stop = accept(&store, at(2), Came::new("2").email("a@example.com").urgent()).await;
    let later = settlement(&first, Verdict::Snooze { failure: None, until: at(60) });
    store.write(move |tx| tx.settle(at(3), None, &[later])).await.unwrap();
    let urgent = claim(&store, at(4), 1).await.remove(0);
    assert_eq!(urgent.id, stop.deliveries[0], "the STOP overtakes what waits");
    assert!(urgent.intent.is_some(), "and must not create what may be there already");
    let done = settlement(&urgent, synced("record"));
    store.write(move |tx| tx.settle(at(5), None, &[done])).await.unwrap();
    let first = claim(&store, at(60), 1).await.remove(0);
    assert_eq!(first.intent, None, "with the record in hand nothing is unsure any more");
}

#[tokio::test]
async fn nobody_wakes_for_what_a_closed_lane_holds_back() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    assert_eq!(claim(&store, at(1), 1).await.len(), 1, "a worker takes it, and dies");
    let due = || store.read(|tx| tx.next_due(at(700)));
    assert_eq!(due().await.unwrap(), Some(at(700)), "its lease has run out: now, at an open lane");
    let down = |tx: &leadferry_store::Writer<'_>| {
        tx.set_lane(at(2), &crm(), LaneState::Down, None, Some(at(900)))?;
        tx.expire_leases()
    };
    store.write(down).await.unwrap();
    assert_eq!(due().await.unwrap(), Some(at(900)), "nothing can be claimed before the lane's next probe");
    store.write(|tx| tx.set_lane(at(3), &crm(), LaneState::Paused, None, None)).await.unwrap();
    assert_eq!(due().await.unwrap(), None, "a person lets it go on, and wakes the engine then");

    let overdue = |tx: &leadferry_store::Writer<'_>| {
        tx.set_lane(at(4), &crm(), LaneState::Down, None, Some(at(600)))?;
        tx.set_sync_state(&main_sync(), SyncState::Paused, None)
    };
    store.write(overdue).await.unwrap();
    assert_eq!(due().await.unwrap(), None, "a lane that no sync works on is not probed");
    let taken_off = |tx: &leadferry_store::Writer<'_>| {
        tx.set_sync_state(&main_sync(), SyncState::On, None)?;
        tx.set_connection_state(&crm(), ConnectionState::Disconnected)
    };
    store.write(taken_off).await.unwrap();
    assert_eq!(due().await.unwrap(), None, "and neither is one whose connection was taken off");
}
