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
