//! The change feed: the index of match keys, deleted records, fields that are gone.

use jiff::SignedDuration;
use leadferry_model::DeliveryState;

use crate::crm::Kind;
use crate::house::House;

#[tokio::test]
async fn the_first_full_read_fills_the_index_and_saves_the_searches() {
    let house = House::new(Kind::Upserting).await;
    let mut there = Vec::new();
    for n in 0..120 {
        there.push(house.crm.plant(&[("email", &format!("p{n}@example.com"))]));
    }
    let step = house.step().await;
    assert_eq!(step.did.pages, 3, "50 a page");
    let id = house.lead("p77@example.com", &[("note", "x")]).await;
    house.step().await;
    assert_eq!(house.delivery(id).await.record, Some(there[77].clone()), "known from the index");
    assert_eq!(
        (house.crm.count("find"), house.crm.count("upsert")),
        (0, 1),
        "no search and no refused create"
    );
}

#[tokio::test]
async fn changes_are_read_again_after_some_minutes() {
    let house = House::new(Kind::Upserting).await;
    house.step().await;
    let there = house.crm.plant(&[("phone", "+442079460123")]);
    house.run_for(SignedDuration::from_mins(5)).await;
    let id = house.lead("", &[("phone", "020 7946 0123")]).await;
    house.step().await;
    assert_eq!(house.delivery(id).await.record, Some(there), "found in the index, below five minutes later");
}

#[tokio::test]
async fn where_nothing_refuses_duplicates_a_full_index_saves_every_search() {
    let house = House::new(Kind::Telling).await;
    house.step().await;
    for n in 0..150 {
        house.lead(&format!("p{n}@example.com"), &[("phone", &format!("077009001{n:02}"))]).await;
    }
    house.step().await;
    assert_eq!(house.counts().await.synced, 150, "all arrived");
    assert_eq!(
        (house.crm.count("find"), house.crm.count("upsert")),
        (0, 2),
        "by one write a batch, and no search"
    );
    assert_eq!(house.crm.count("pull"), 1, "the index was read a moment ago");
}

#[tokio::test]
async fn before_a_create_the_index_is_made_current() {
    let house = House::new(Kind::Telling).await;
    house.step().await;
    house.clock.advance(SignedDuration::from_mins(2));
    // Made by somebody else since.
    let there = house.crm.plant(&[("email", "ada@example.com")]);
    let id = house.lead("ada@example.com", &[("note", "x")]).await;
    house.step().await;
    assert_eq!(house.delivery(id).await.record, Some(there), "one look at the changes finds it");
    assert_eq!(
        (house.crm.count("find"), house.crm.people("ada@example.com")),
        (0, 1),
        "no search, no second Ada"
    );
}

#[tokio::test]
async fn nothing_is_created_by_an_index_that_cannot_be_made_current() {
    let house = House::new(Kind::Telling).await;
    house.step().await;
    house.clock.advance(SignedDuration::from_mins(2));
    house.crm.with(|crm| crm.down_until = Some(house.now() + SignedDuration::from_mins(10)));
    let id = house.lead("ada@example.com", &[]).await;
    house.step().await;
    assert_eq!(house.crm.count("upsert"), 0, "the destination does not answer");
    house.run_for(SignedDuration::from_mins(30)).await;
    let delivery = house.delivery(id).await;
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Synced, 1),
        "an outage spends no attempt"
    );
}

#[tokio::test]
async fn a_mapped_field_that_is_gone_is_told_before_leads_fail() {
    let house = House::new(Kind::Upserting).await;
    house.step().await;
    house.lead("ada@example.com", &[]).await;
    house.step().await;
    house.crm.with(|crm| crm.options.clear());
    house.crm.with(|crm| crm.without.push("note".into()));
    house.run_for(SignedDuration::from_hours(7)).await;
    assert_eq!(house.notices("drift").await, 1, "told once");
    let id = house.lead("bob@example.com", &[("note", "x")]).await;
    house.step().await;
    let delivery = house.delivery(id).await;
    assert_eq!(delivery.state, DeliveryState::Synced, "the lead goes without the field");
    assert_eq!(delivery.warnings.len(), 1, "with a warning: {:?}", delivery.warnings);
}

#[tokio::test]
async fn a_hint_has_the_feed_read_soon_and_many_hints_once() {
    let house = House::new(Kind::Telling).await;
    house.step().await;
    let destination = house.destination.clone();
    let pulls = |house: &House| house.crm.count("pull");
    let before = pulls(&house);
    for _ in 0..50 {
        house.engine.hinted(&destination);
        house.step().await;
    }
    assert_eq!(pulls(&house), before, "it was read a moment ago");
    house.run_for(SignedDuration::from_secs(30)).await;
    assert_eq!(pulls(&house), before + 1, "soon after, once for all of them");
    house.run_for(SignedDuration::from_mins(2)).await;
    assert_eq!(pulls(&house), before + 1, "and then at its usual pace");
    house.engine.hinted(&destination);
    house.step().await;
    assert_eq!(pulls(&house), before + 2, "at once, where the last look is not fresh");
}
