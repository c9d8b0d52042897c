//! Nothing accepted is lost, and one person is one lead.

use leadferry_model::Value;
use leadferry_store::{Outcome, SyncState};

use crate::support::{Came, accept, at, claim, crm, house, main_sync, settlement, synced};

#[tokio::test]
async fn the_same_source_id_twice_is_one_lead_and_one_delivery() {
    let store = house().await;
    let first = accept(&store, at(0), Came::new("form-1").email("ada@example.com")).await;
    let again = accept(&store, at(5), Came::new("form-1").email("ada@example.com")).await;
    assert_eq!(first.outcome, Outcome::New, "nobody knew her");
    assert_eq!(again.outcome, Outcome::Repeated, "a webhook that is sent again is the same capture");
    assert_eq!(again.lead, first.lead, "and names the same lead");
    assert_eq!(again.deliveries, [], "nothing else happens");
    assert_eq!(claim(&store, at(6), 10).await.len(), 1, "one delivery in all");
}

#[tokio::test]
async fn a_known_person_is_merged_by_email_then_by_phone() {
    let store = house().await;
    let ada = accept(&store, at(0), Came::new("1").email("ada@example.com").phone("+447700900001")).await;
    let by_email = accept(&store, at(1), Came::new("2").email("ada@example.com")).await;
    let by_phone = accept(&store, at(2), Came::new("3").phone("+447700900001")).await;
    assert_eq!((by_email.outcome, &by_email.lead), (Outcome::Merged, &ada.lead), "same address, same person");
    assert_eq!((by_phone.outcome, &by_phone.lead), (Outcome::Merged, &ada.lead), "same number, same person");
    assert_eq!(by_phone.deliveries, ada.deliveries, "three changes that wait are one delivery");
}

#[tokio::test]
async fn email_wins_over_phone_and_the_phone_stays_where_it_is() {
    let store = house().await;
    let ada = accept(&store, at(0), Came::new("1").email("ada@example.com")).await;
    let bob = accept(&store, at(1), Came::new("2").phone("+447700900002")).await;
    let both = accept(&store, at(2), Came::new("3").email("ada@example.com").phone("+447700900002")).await;
    assert_eq!(both.lead, ada.lead, "an address is more personal than a number");
    let (lead, owner) =
        store.read(move |tx| Ok((tx.lead(&both.lead)?, tx.lead_by_phone("+447700900002")?))).await.unwrap();
    assert_eq!(owner, Some(bob.lead), "a key belongs to one lead and is not taken from it");
    assert_eq!(lead.phone, None, "matching Ada by Bob's number would write into Bob's record");
}

#[tokio::test]
async fn a_merge_keeps_values_that_came_blank_and_counts_a_version_only_for_a_change() {
    let store = house().await;
    let came = Came::new("1").email("ada@example.com").field("city", "London").field("team", "Sales");
    accept(&store, at(0), came).await;
    accept(&store, at(1), Came::new("2").email("ada@example.com").field("city", " ")).await;
    let unchanged = claim(&store, at(2), 1).await.remove(0);
    assert_eq!(unchanged.lead_version, 1, "a blank changes nothing");
    accept(&store, at(3), Came::new("3").email("ada@example.com").field("city", "Leeds")).await;
    let lead = store.read(move |tx| tx.lead(&unchanged.lead.id)).await.unwrap();
    assert_eq!(lead.fields.get("city"), Some(&Value::text("Leeds")), "the newer value wins");
    assert_eq!(lead.fields.get("team"), Some(&Value::text("Sales")), "what did not come again stays");
    assert_eq!(lead.updated_at, at(3), "changed by the third capture");
}

#[tokio::test]
async fn an_older_capture_that_comes_late_only_fills_gaps() {
    let store = house().await;
    let newer = Came::new("1").email("ada@example.com").field("city", "Leeds").captured_at(at(100));
    let accepted = accept(&store, at(200), newer).await;
    let older = Came::new("2").email("ada@example.com").field("city", "York").field("team", "Sales");
    accept(&store, at(201), older.captured_at(at(50))).await;
    let lead = store.read(move |tx| tx.lead(&accepted.lead)).await.unwrap();
    assert_eq!(
        lead.fields.text("city").as_deref(),
        Some("Leeds"),
        "last year's export must not undo today's form"
    );
    assert_eq!(lead.fields.text("team").as_deref(), Some("Sales"), "a gap is filled");
    assert_eq!(lead.captured_at, at(50), "first captured at the earlier moment");
}

#[tokio::test]
async fn a_paused_sync_keeps_leads_and_a_draft_takes_none() {
    let store = house().await;
    store.write(|tx| tx.set_sync_state(&main_sync(), SyncState::Paused, None)).await.unwrap();
    let kept = accept(&store, at(0), Came::new("1").email("ada@example.com")).await;
    assert_eq!(kept.deliveries.len(), 1, "paused means later, not never");
    assert!(claim(&store, at(1), 10).await.is_empty(), "but nothing goes while paused");
    store.write(|tx| tx.set_sync_state(&main_sync(), SyncState::Draft, None)).await.unwrap();
    let none = accept(&store, at(2), Came::new("2").email("bob@example.com")).await;
    assert_eq!(none.deliveries, [], "a draft is not live");
}

#[tokio::test]
async fn a_change_while_sending_is_a_delivery_of_its_own_and_waits_for_the_first() {
    let store = house().await;
    accept(&store, at(0), Came::new("1").email("ada@example.com")).await;
    let first = claim(&store, at(1), 10).await.remove(0);
    let second = accept(&store, at(2), Came::new("2").email("ada@example.com").field("city", "Leeds")).await;
    assert_ne!(second.deliveries, [first.id], "the first may carry the older values already");
    assert!(claim(&store, at(3), 10).await.is_empty(), "one at a time for one person");
    let done = settlement(&first, synced("r1"));
    store.write(move |tx| tx.settle(at(4), None, &[done])).await.unwrap();
    let next = claim(&store, at(5), 10).await.remove(0);
    assert_eq!([next.id], second.deliveries[..], "then the change goes");
    assert_eq!(
        next.link.map(|link| link.record.to_string()).as_deref(),
        Some("r1"),
        "to the record it is now"
    );
    assert_eq!(next.lead.id, second.lead, "of the same person");
    assert_eq!(crm().as_str(), "crm", "at the same destination");
}

#[tokio::test]
async fn an_undated_capture_is_new_though_the_clock_was_set_back() {
    let store = house().await;
    let first = Came::new("1").email("ada@example.com").field("message", "first");
    let ada = accept(&store, at(200_000), first).await;
    let second = Came::new("2").email("ada@example.com").field("message", "second");
    accept(&store, at(10), second).await;
    let lead = store.read(move |tx| tx.lead(&ada.lead)).await.unwrap();
    assert_eq!(
        lead.fields.text("message").as_deref(),
        Some("second"),
        "it came later, whatever this computer's clock said when the first one came"
    );
}

#[tokio::test]
async fn a_stop_that_overtakes_an_enquiry_does_not_make_it_old() {
    let store = house().await;
    let said = |key: &str, second, field: &str, value: &str| {
        Came::new(key).email("ada@example.com").field(field, value).captured_at(at(second))
    };
    let ada = accept(&store, at(10), said("1", 1, "message", "first")).await;
    accept(&store, at(30), said("3", 25, "stop", "yes").urgent()).await;
    accept(&store, at(31), said("2", 20, "message", "second")).await;
    let lead = store.read(move |tx| tx.lead(&ada.lead)).await.unwrap();
    assert_eq!(
        lead.fields.text("message").as_deref(),
        Some("second"),
        "the STOP said nothing of the message"
    );
    assert_eq!(lead.fields.text("stop").as_deref(), Some("yes"), "and it stands");
}
