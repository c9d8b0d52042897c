//! Records that become others: a person who is turned into a client is followed there.

use jiff::SignedDuration;
use leadferry_model::{DeliveryId, DeliveryState, FailureKind, LeadId, RecordId};
use leadferry_store::{Link, Page};

use crate::crm::{CLIENTS, Kind, OBJECT};
use crate::house::House;

/// A person who was synced and then turned into a client: the lead, the old record, the new one.
async fn converted(house: &House) -> (LeadId, RecordId, RecordId) {
    let id = house.lead("ada@example.com", &[("name", "Ada"), ("note", "called")]).await;
    house.step().await;
    let delivery = house.delivery(id).await;
    let person = delivery.record.unwrap();
    let client = house.crm.convert(&person);
    (delivery.lead, person, client)
}

async fn links(house: &House, lead: &LeadId) -> Vec<Link> {
    let lead = lead.clone();
    house.store.read(move |tx| tx.links_of(&lead)).await.unwrap()
}

async fn audited(house: &House) -> usize {
    let all = house.store.read(|tx| tx.audit(Page::first(1000))).await.unwrap().rows;
    all.iter().filter(|entry| entry.action == "record.converted").count()
}

async fn client_name(house: &House, id: DeliveryId, client: &RecordId) -> Option<String> {
    house.step().await;
    let delivery = house.delivery(id).await;
    assert_eq!(delivery.state, DeliveryState::Synced, "{:?}", delivery.failure);
    assert_eq!(delivery.record.as_ref(), Some(client), "the client is the person now");
    house.crm.with(|crm| crm.records[client.as_str()].fields.text("name"))
}

#[tokio::test]
async fn the_change_feed_moves_the_link_to_what_the_record_became() {
    let house = House::new(Kind::Upserting).await;
    let (lead, _, client) = converted(&house).await;
    house.run_for(SignedDuration::from_mins(5)).await;
    let kept = links(&house, &lead).await;
    assert_eq!(kept.len(), 1, "the old link is gone: {kept:?}");
    assert_eq!((kept[0].object.as_str(), &kept[0].record), (CLIENTS, &client), "to the client");
    assert_eq!(audited(&house).await, 1, "and the log says so");
    house.run_for(SignedDuration::from_mins(5)).await;
    assert_eq!(audited(&house).await, 1, "once");
}

#[tokio::test]
async fn later_writes_go_to_the_new_record_with_the_fields_it_has() {
    let house = House::new(Kind::Upserting).await;
    let (lead, person, client) = converted(&house).await;
    house.run_for(SignedDuration::from_mins(5)).await;
    let id = house.lead("ada@example.com", &[("name", "Ada M"), ("note", "won")]).await;
    assert_eq!(client_name(&house, id, &client).await.as_deref(), Some("Ada M"), "written there");
    house.crm.with(|crm| {
        assert_eq!(
            crm.records[client.as_str()].fields.text("note").as_deref(),
            Some("called"),
            "clients have no note"
        );
        assert_eq!(
            crm.records[person.as_str()].fields.text("name").as_deref(),
            Some("Ada"),
            "nobody touched the old one"
        );
    });
    let again = house.lead("ada@example.com", &[("name", "Ada M"), ("note", "won")]).await;
    house.step().await;
    assert!(house.delivery(again).await.unchanged, "what was written there is remembered");
    assert_eq!(links(&house, &lead).await[0].matched_by, "converted", "and how the record was found");
}

#[tokio::test]
async fn a_refused_write_asks_where_the_record_went() {
    for kind in [Kind::Upserting, Kind::Creating] {
        let house = House::new(kind).await;
        let (lead, _, client) = converted(&house).await;
        let id = house.lead("ada@example.com", &[("name", "Ada M")]).await;
        assert_eq!(client_name(&house, id, &client).await.as_deref(), Some("Ada M"), "{kind:?}: at once");
        let kept = links(&house, &lead).await;
        assert_eq!(kept.len(), 1, "{kind:?}: {kept:?}");
        assert_eq!(
            (kept[0].object.as_str(), &kept[0].record),
            (CLIENTS, &client),
            "{kind:?}: the link moved"
        );
        assert_eq!(audited(&house).await, 1, "{kind:?}: with a line in the log");
        assert_eq!(house.delivery(id).await.attempts, 1, "{kind:?}: following spends nothing");
    }
}

#[tokio::test]
async fn a_write_by_key_that_meets_a_converted_record_asks_for_it_by_that_key() {
    let house = House::new(Kind::Upserting).await;
    let (lead, person, client) = converted(&house).await;
    // A ledger from before, which does not know the record.
    let (forgotten, destination) = (lead.clone(), house.destination.clone());
    house.store.write(move |tx| tx.remove_link(&forgotten, &destination, OBJECT).map(drop)).await.unwrap();
    let before = house.crm.with(|crm| crm.records.len());
    let id = house.lead("ada@example.com", &[("name", "Ada M")]).await;
    assert_eq!(client_name(&house, id, &client).await.as_deref(), Some("Ada M"), "followed without an id");
    let kept = links(&house, &lead).await;
    assert_eq!((kept.len(), &kept[0].record), (1, &client), "and linked to what {person} became: {kept:?}");
    assert_eq!(house.crm.with(|crm| crm.records.len()), before, "nobody is made twice");
}

#[tokio::test]
async fn nothing_is_made_twice_and_nobody_else_is_matched_to_the_old_record() {
    let house = House::new(Kind::Upserting).await;
    let (_, person, _) = converted(&house).await;
    house.run_for(SignedDuration::from_mins(5)).await;
    let before = house.crm.with(|crm| crm.records.len());
    house.lead("ada@example.com", &[("name", "Ada M")]).await;
    house.step().await;
    assert_eq!(house.crm.with(|crm| crm.records.len()), before, "no second person");
    let destination = house.destination.clone();
    let left = house.store.read(move |tx| tx.links_to(&destination, OBJECT, &person)).await.unwrap();
    assert_eq!(left, [], "nobody is the old record any more");
}

#[tokio::test]
async fn a_conversion_that_leads_nowhere_stops_the_lead_and_says_why() {
    let house = House::new(Kind::Upserting).await;
    let (_, person, _) = converted(&house).await;
    let id = house.lead("ada@example.com", &[("name", "Ada M")]).await;
    house.crm.with(|crm| crm.hides_conversions = true);
    house.step().await;
    let delivery = house.delivery(id).await;
    let failure = delivery.failure.unwrap();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::NotFound, "converted"), "a person looks");
    let name = house.crm.with(|crm| crm.records[person.as_str()].fields.text("name"));
    assert_eq!(name.as_deref(), Some("Ada"), "nothing is guessed");
}
