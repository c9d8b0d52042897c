//! Failure groups, bulk actions, runs, and the numbers on Home.

use leadferry_model::{DeliveryState, Record, Value};
use leadferry_store::{DeliveryFilter, GroupState, Page, RunKind, RunState, Selection, Store, SyncState};

use crate::support::{Came, accept, at, claim, failed, house, main_sync, settlement, synced};

async fn some_failed(store: &Store, people: usize, code: &'static str) {
    for number in 0..people {
        let came = Came::new(&format!("{code}{number}")).email(&format!("{code}{number}@example.com"));
        accept(store, at(0), came).await;
    }
    let claimed = claim(store, at(1), people).await;
    let answers: Vec<_> = claimed.iter().map(|one| settlement(one, failed(code))).collect();
    let settled = store.write(move |tx| tx.settle(at(2), None, &answers)).await.unwrap();
    assert_eq!(settled.opened.len(), 1, "one cause, one notification");
}

fn group(code: &str) -> Selection {
    Selection::Group { sync: main_sync(), group: format!("unexpected|{code}") }
}

#[tokio::test]
async fn a_group_counts_people_and_is_solved_when_the_last_one_arrives() {
    let store = house().await;
    some_failed(&store, 3, "A").await;
    some_failed(&store, 1, "B").await;
    let groups =
        store.read(|tx| tx.failure_groups(None, &[GroupState::Open], Page::first(10))).await.unwrap();
    let counts: Vec<_> = groups.rows.iter().map(|group| (group.leads, group.failed)).collect();
    assert_eq!((counts, groups.total), (vec![(3, 3), (1, 1)], 2), "most people first");

    let released = store.write(|tx| tx.release(at(3), &group("A"), "again", None)).await.unwrap();
    assert_eq!(released, 3, "the whole group by one statement");
    let claimed = claim(&store, at(4), 10).await;
    let answers: Vec<_> = claimed.iter().map(|one| settlement(one, synced("r"))).collect();
    let settled = store.write(move |tx| tx.settle(at(5), None, &answers)).await.unwrap();
    assert_eq!(settled.solved.len(), 1, "one recovery");
    let solved = store.read(|tx| tx.failure_group(&main_sync(), "unexpected|A")).await.unwrap();
    assert_eq!((solved.state, solved.leads), (GroupState::Solved, 0), "nothing is left of it");
}

#[tokio::test]
async fn edits_and_left_out_fields_reach_the_next_claim() {
    let store = house().await;
    some_failed(&store, 2, "A").await;
    let claimed = store
        .write(|tx| {
            let old = Record::from_iter([("city", Value::text("Leeds")), ("team", Value::text("Sales"))]);
            tx.edit_values(at(3), &group("A"), &old)?;
            tx.edit_values(at(3), &group("A"), &Record::from_iter([("city", Value::Blank)]))?;
            tx.leave_out_field(at(3), &group("A"), "industry")?;
            tx.leave_out_field(at(3), &group("A"), "industry")?;
            tx.release(at(3), &group("A"), "edited", None)?;
            tx.claim(at(4), &crate::support::crm(), crate::support::OBJECT, 10, at(600))
        })
        .await
        .unwrap();
    assert_eq!(claimed.len(), 2, "the whole group");
    assert_eq!(claimed[0].edits.get("city"), Some(&Value::Blank), "the newer edit replaces the older");
    assert_eq!(claimed[0].edits.get("team"), Some(&Value::text("Sales")), "and leaves the others");
    assert_eq!(claimed[0].without_fields, ["industry"], "once is enough");
}

#[tokio::test]
async fn a_filter_selects_all_but_the_unticked() {
    let store = house().await;
    some_failed(&store, 3, "A").await;
    let filter = DeliveryFilter { states: vec![DeliveryState::Failed], ..DeliveryFilter::default() };
    let shown = store
        .read({
            let filter = filter.clone();
            move |tx| tx.deliveries(&filter, Page::first(1))
        })
        .await
        .unwrap();
    assert_eq!((shown.rows.len(), shown.total), (1, 3), "a page knows the whole");
    let except = vec![shown.rows[0].id];
    let all_but_one = Selection::Filter(DeliveryFilter { except, text: Some("example".into()), ..filter });
    let skipped = store.write(move |tx| tx.skip(at(3), &all_but_one, "not wanted")).await.unwrap();
    assert_eq!(skipped, 2, "the unticked one stays");
    let overview = store.read(|tx| tx.sync_overview(at(4))).await.unwrap().remove(0);
    assert_eq!(overview.excluded, [("not wanted".to_owned(), 2)], "and Home says why they are left out");
}

#[tokio::test]
async fn a_run_is_partial_never_success_when_one_failed() {
    let store = house().await;
    let mut saved = crate::support::sync("sync", "source", "crm");
    saved.waits_for_run = true;
    store.write(move |tx| tx.save_sync(&saved)).await.unwrap();
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    accept(&store, at(0), Came::new("2").email("b@example.com")).await;
    assert!(claim(&store, at(1), 10).await.is_empty(), "they wait for a run");
    assert_eq!(store.read(|tx| tx.next_due(at(1))).await.unwrap(), None, "and wake nobody");
    let run = store
        .write(|tx| {
            let run = tx.start_run(at(2), &main_sync(), RunKind::Manual, "")?;
            assert_eq!(tx.gather(at(2), run)?, 2, "what waited joins it");
            tx.seal_run(at(2), run)?;
            Ok(run)
        })
        .await
        .unwrap();
    let claimed = claim(&store, at(3), 10).await;
    let answers = [settlement(&claimed[0], synced("r")), settlement(&claimed[1], failed("X"))];
    store.write(move |tx| tx.settle(at(4), None, &answers)).await.unwrap();
    let progress = store.read(move |tx| tx.run_progress(run)).await.unwrap();
    assert_eq!((progress.state, progress.counts.total()), (RunState::Partial, 2), "partial is never success");
}

#[tokio::test]
async fn cancelling_a_run_leaves_out_what_waits_and_lets_the_rest_finish() {
    let store = house().await;
    let run = store.write(|tx| tx.start_run(at(0), &main_sync(), RunKind::RealTime, "")).await.unwrap();
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    accept(&store, at(0), Came::new("2").email("b@example.com")).await;
    let sending = claim(&store, at(1), 1).await.remove(0);
    assert_eq!(sending.run, Some(run), "leads join the open real-time run");
    assert_eq!(store.write(move |tx| tx.cancel_run(at(2), run)).await.unwrap(), 1, "the waiting one");
    let progress = store.read(move |tx| tx.run_progress(run)).await.unwrap();
    assert_eq!(progress.state, RunState::Running, "one is still on its way");
    let done = settlement(&sending, synced("r"));
    store.write(move |tx| tx.settle(at(3), None, &[done])).await.unwrap();
    let progress = store.read(move |tx| tx.run_progress(run)).await.unwrap();
    assert_eq!(
        (progress.state, progress.counts.synced, progress.counts.skipped),
        (RunState::Cancelled, 1, 1),
        "done"
    );
}

#[tokio::test]
async fn home_shows_latency_and_the_engine_knows_when_to_wake() {
    let store = house().await;
    assert_eq!(store.read(|tx| tx.next_due(at(0))).await.unwrap(), None, "nothing to wait for");
    accept(&store, at(0), Came::new("1").email("a@example.com")).await;
    assert_eq!(store.read(|tx| tx.next_due(at(1))).await.unwrap(), Some(at(1)), "now");
    let claimed = claim(&store, at(1), 1).await.remove(0);
    let lease = claimed.lease;
    assert_eq!(store.read(|tx| tx.next_due(at(2))).await.unwrap(), Some(lease), "when the lease runs out");
    let done = settlement(&claimed, synced("r"));
    store.write(move |tx| tx.settle(at(3), None, &[done])).await.unwrap();
    let overview = store.read(|tx| tx.sync_overview(at(4))).await.unwrap().remove(0);
    assert_eq!((overview.p50_ms, overview.p95_ms), (Some(3_000), Some(3_000)), "accepted to record id");
    assert_eq!(overview.days.last().map(|day| day.synced), Some(1), "today");
    let until = Some(at(500));
    store.write(move |tx| tx.set_sync_state(&main_sync(), SyncState::Paused, until)).await.unwrap();
    assert_eq!(store.read(|tx| tx.next_due(at(5))).await.unwrap(), until, "when the pause ends");
}

#[tokio::test]
async fn a_person_is_found_by_any_part_and_can_be_erased() {
    let store = house().await;
    let ada = accept(&store, at(0), Came::new("1").email("ada@example.com").phone("+447700900001")).await;
    let claimed = claim(&store, at(1), 1).await.remove(0);
    let done = settlement(&claimed, synced("rec-77"));
    store.write(move |tx| tx.settle(at(2), Some(&[serde_json::json!("talk")]), &[done])).await.unwrap();
    for search in ["da@ex", "7700900", "rec-77", "ad", "%"] {
        let found = store.read(move |tx| tx.leads(Some(search), Page::first(5))).await.unwrap();
        let expected = if search == "%" { 0 } else { 1 };
        assert_eq!(found.total, expected, "searched for {search:?}");
    }
    let lead = ada.lead.clone();
    store.write(move |tx| tx.erase_lead(at(3), &lead)).await.unwrap();
    let found = store.read(|tx| tx.leads(Some("ada"), Page::first(5))).await.unwrap();
    assert_eq!(found.total, 0, "gone from the search as well");
    let check = store.read(|tx| tx.verify_audit()).await.unwrap();
    assert_eq!((check.entries, check.broken_at), (2, None), "the write and the erasure are on record");
}

#[tokio::test]
async fn forgetting_keeps_what_is_not_done_and_the_audit_chain_whole() {
    let store = house().await;
    some_failed(&store, 1, "A").await;
    accept(&store, at(3), Came::new("old").email("old@example.com")).await;
    let claimed = claim(&store, at(4), 1).await.remove(0);
    let done = settlement(&claimed, synced("r"));
    let forgotten = store
        .write(move |tx| {
            tx.settle(at(5), None, &[done])?;
            tx.forget_before(at(1_000))
        })
        .await
        .unwrap();
    assert_eq!(
        (forgotten.deliveries, forgotten.leads, forgotten.audit),
        (1, 0, 1),
        "the failure and the linked lead stay"
    );
    store.write(|tx| tx.record(at(6), "person", "test", "x", &serde_json::json!({}))).await.unwrap();
    let check = store.read(|tx| tx.verify_audit()).await.unwrap();
    assert_eq!((check.entries, check.broken_at), (1, None), "the chain goes on from its floor");
}
