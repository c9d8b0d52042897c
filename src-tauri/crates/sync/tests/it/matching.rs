//! Which record a lead becomes: conflicts, keys, rules that look before they write, deleted records.

use jiff::SignedDuration;
use leadferry_mapping::Overwrite;
use leadferry_model::{DeliveryState, Failure, FailureKind, Value};
use leadferry_sync::settings::{DeletedRecord, SeveralMatches, SyncSettings};

use crate::crm::{Fault, Kind};
use crate::house::{House, mapping};

#[tokio::test]
async fn a_person_who_is_there_already_is_updated_not_duplicated() {
    for kind in [Kind::Upserting, Kind::Creating] {
        let house = House::new(kind).await;
        let there = house.crm.plant(&[("email", "ada@example.com"), ("name", "Ada")]);
        let id = house.lead("Ada@Example.com ", &[("note", "called")]).await;
        house.step().await;
        let delivery = house.delivery(id).await;
        assert_eq!(delivery.state, DeliveryState::Synced, "{kind:?}: {:?}", delivery.failure);
        assert_eq!(delivery.record, Some(there), "{kind:?}: the record that was there");
        assert_eq!(house.crm.people("ada@example.com"), 1, "{kind:?}: still one");
        assert_eq!(delivery.attempts, 1, "{kind:?}: matching spends nothing but the attempt itself");
    }
}

#[tokio::test]
async fn a_conflict_leads_to_the_record_the_vendor_names() {
    let house = House::new(Kind::Upserting).await;
    house.step().await;
    // Made after the first full read, so that the local index does not know it.
    let there = house.crm.plant(&[("email", "ada@example.com")]);
    let id = house.lead("ada@example.com", &[("note", "called")]).await;
    house.step().await;
    let delivery = house.delivery(id).await;
    assert_eq!((delivery.state, delivery.record), (DeliveryState::Synced, Some(there)), "updated there");
    assert_eq!(house.crm.count("upsert"), 2, "the refused create and the update");
}

#[tokio::test]
async fn a_person_known_by_phone_only_is_found() {
    for kind in [Kind::Upserting, Kind::Creating] {
        let house = House::new(kind).await;
        let there = house.crm.plant(&[("phone", "+442079460123")]);
        let id = house.lead("", &[("phone", "020 7946 0123")]).await;
        house.step().await;
        let delivery = house.delivery(id).await;
        assert_eq!(delivery.record, Some(there), "{kind:?}: same number, other spelling");
    }
}

#[tokio::test]
async fn two_records_of_one_person_are_shown_to_a_person() {
    let house = House::new(Kind::Creating).await;
    house.crm.plant(&[("email", "ada@example.com")]);
    house.crm.plant(&[("email", "ada@example.com")]);
    let id = house.lead("ada@example.com", &[]).await;
    house.step().await;
    let failure = house.delivery(id).await.failure.unwrap();
    assert_eq!(failure.code, "twice", "nobody guesses which one is meant");
    assert!(failure.message.contains("00001, 00002"), "both are named: {}", failure.message);
}

#[tokio::test]
async fn the_newest_of_several_records_is_taken_where_the_sync_says_so() {
    let settings = SyncSettings { several: SeveralMatches::Newest, ..SyncSettings::default() };
    let house = House::with(Kind::Creating, mapping(), settings).await;
    house.crm.plant(&[("email", "ada@example.com")]);
    house.clock.advance(SignedDuration::from_hours(1));
    let newest = house.crm.plant(&[("email", "ada@example.com")]);
    let id = house.lead("ada@example.com", &[("note", "x")]).await;
    house.step().await;
    assert_eq!(house.delivery(id).await.record, Some(newest), "the one that changed last");
}

#[tokio::test]
async fn only_a_create_that_may_have_arrived_is_asked_for_before_it_is_sent_again() {
    let limit = Failure::new(FailureKind::RateLimited { after_seconds: Some(2) }, "429");
    for (fault, asks) in [(Fault::Refuse(limit), false), (Fault::LoseAnswer, true)] {
        let house = House::new(Kind::Telling).await;
        house.step().await;
        let asked = |house: &House| house.crm.count("find") + house.crm.count("pull");
        let before = asked(&house);
        let shown = format!("{fault:?}");
        house.crm.with(|crm| crm.faults.push_back(fault));
        let id = house.lead("ada@example.com", &[]).await;
        house.run_for(SignedDuration::from_secs(50)).await;
        assert_eq!(house.delivery(id).await.state, DeliveryState::Synced, "{shown}");
        assert_eq!(asked(&house) > before, asks, "{shown}: by its key, or by what has changed since");
        assert_eq!(house.crm.people("ada@example.com"), 1, "{shown}: once");
    }
}

#[tokio::test]
async fn a_batch_that_is_searched_for_at_a_limit_goes_on_where_it_was() {
    let house = House::new(Kind::Creating).await;
    house.crm.with(|crm| crm.search_limit = Some(7));
    for n in 0..40 {
        house.lead(&format!("p{n}@example.com"), &[("phone", &format!("077009001{n:02}"))]).await;
    }
    house.run_for(SignedDuration::from_mins(5)).await;
    let counts = house.counts().await;
    assert_eq!(
        (counts.synced, counts.failed),
        (40, 0),
        "a hundred and twenty keys, seven at a time: {counts:?}"
    );
}

#[tokio::test]
async fn a_rule_that_fills_empty_fields_reads_before_it_writes() {
    let house = House::filling(Kind::Upserting, "name", Overwrite::IfEmpty).await;
    let there = house.crm.plant(&[("email", "ada@example.com"), ("name", "Countess")]);
    house.lead("ada@example.com", &[("name", "Ada"), ("note", "called")]).await;
    house.step().await;
    let kept = house.crm.with(|crm| crm.records[there.as_str()].fields.clone());
    assert_eq!(kept.get("name"), Some(&Value::text("Countess")), "a filled field stays");
    assert_eq!(kept.get("note"), Some(&Value::text("called")), "the others are written");
    assert_eq!(house.crm.count("read"), 1, "one look for the whole batch");
}

#[tokio::test]
async fn a_deleted_record_is_not_made_again_unasked() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("ada@example.com", &[("note", "1")]).await;
    house.step().await;
    let record = house.delivery(id).await.record.unwrap();
    house.crm.with(|crm| crm.records.get_mut(record.as_str()).unwrap().deleted = true);
    let again = house.lead("ada@example.com", &[("note", "2")]).await;
    house.step().await;
    let delivery = house.delivery(again).await;
    assert_eq!(delivery.state, DeliveryState::Failed, "a person decides");
    let failure = delivery.failure.unwrap();
    assert_eq!((failure.kind, &*failure.code), (FailureKind::NotFound, "deleted"), "with the reason");
    assert_eq!(house.crm.people("ada@example.com"), 1, "only the deleted one");
}

#[tokio::test]
async fn a_deleted_record_is_made_again_where_the_sync_says_so() {
    let settings = SyncSettings { deleted: DeletedRecord::CreateAgain, ..SyncSettings::default() };
    let house = House::with(Kind::Upserting, mapping(), settings).await;
    let id = house.lead("ada@example.com", &[("note", "1")]).await;
    house.step().await;
    let record = house.delivery(id).await.record.unwrap();
    house.crm.with(|crm| crm.records.get_mut(record.as_str()).unwrap().deleted = true);
    let again = house.lead("ada@example.com", &[("note", "2")]).await;
    house.step().await;
    let delivery = house.delivery(again).await;
    assert_eq!(delivery.state, DeliveryState::Synced, "{:?}", delivery.failure);
    assert_ne!(delivery.record, Some(record), "a new record");
}

#[tokio::test]
async fn a_value_that_comes_back_after_a_lost_answer_is_written_again() {
    let house = House::new(Kind::Upserting).await;
    house.lead("ada@example.com", &[("note", "yes")]).await;
    house.step().await;
    house.crm.with(|crm| crm.faults.push_back(Fault::LoseAnswer));
    house.lead("ada@example.com", &[("note", "no")]).await;
    house.step().await;
    house.lead("ada@example.com", &[("note", "yes")]).await;
    house.run_for(SignedDuration::from_mins(5)).await;
    let held = house.crm.with(|crm| crm.records.values().next().unwrap().fields.text("note"));
    assert_eq!(held.as_deref(), Some("yes"), "what was sent in between had arrived, though nobody said so");
}
