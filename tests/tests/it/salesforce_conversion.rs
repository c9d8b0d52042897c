//! A lead that somebody converts in Salesforce goes on as the contact it became.

use jiff::SignedDuration;
use leadferry_model::RecordId;
use leadferry_tests::people::{COMPANY, EMAIL, MESSAGE, crowd};
use leadferry_tests::world::World;
use serde_json::json;

/// A world with one synced lead: its capture to repeat with changes, and its record.
async fn synced() -> (World, leadferry_model::Captured, RecordId) {
    let world = World::of("salesforce", 71).await;
    world.step().await;
    let mut rows = crowd(71, 40).rows;
    let row = rows.swap_remove(
        rows.iter().position(|row| row.fields.text("E-mail").is_some_and(|text| text.contains('@'))).unwrap(),
    );
    world.capture(vec![row.clone()]).await;
    world.drain(SignedDuration::from_hours(1)).await;
    let record = world.deliveries().await[0].record.clone().expect("it is there");
    (world, row, record)
}

fn convert(world: &World, record: &RecordId) -> String {
    let made =
        world.practice.pull("convert-lead", &json!({"id": record.as_str(), "opportunity": "Berth"})).unwrap();
    made["contactId"].as_str().unwrap().to_owned()
}

/// A field of the contact that the one lead became: it has the lead's address.
fn held(world: &World, field: &str) -> Option<String> {
    let mut all = world.practice.snapshot().objects;
    let lead = all.remove("Lead").unwrap().remove(0);
    let contacts = all.remove("Contact").unwrap();
    let same =
        |contact: &std::collections::BTreeMap<String, String>| contact.get("Email") == lead.get("Email");
    let mut found: Vec<_> = contacts.into_iter().filter(same).collect();
    assert_eq!(found.len(), 1, "there is one of them");
    found.remove(0).remove(field)
}

/// The same person with a new message.
async fn say(world: &World, row: &leadferry_model::Captured, message: &str) {
    let mut again = row.clone();
    again.source_id = format!("{}-{message}", row.source_id);
    again.fields.set("Message", leadferry_model::Value::text(message));
    world.capture(vec![again]).await;
    world.drain(SignedDuration::from_hours(1)).await;
}

async fn assert_followed(world: &World, contact: &str, message: &str) {
    let rows = world.deliveries().await;
    let last = rows.iter().max_by_key(|row| row.id).unwrap();
    assert_eq!(last.record.as_ref().map(RecordId::as_str), Some(contact), "{:?}", last.failure);
    assert_eq!(last.attempts, 1, "following spends nothing");
    let field = world.target.field(MESSAGE).expect("contacts have it too");
    assert_eq!(held(world, field).as_deref(), Some(message), "what is new is there");
    assert_eq!(world.practice.counts()["Lead"], 1, "and no second lead beside it");
    world.assert_documented();
}

#[tokio::test]
async fn the_change_feed_moves_the_link_to_the_contact() {
    let (world, row, lead) = synced().await;
    let contact = convert(&world, &lead);
    world.run_for(SignedDuration::from_mins(5)).await;
    let audit = world.store.read(|tx| tx.audit(leadferry_store::Page::first(100))).await.unwrap().rows;
    assert!(
        audit.iter().any(|entry| entry.action == "record.converted"),
        "by itself, with a line in the log"
    );
    say(&world, &row, "And a second boat").await;
    assert_followed(&world, &contact, "And a second boat").await;
    let refused = world.wire.answers(400);
    assert_eq!(refused, 0, "the lead is not even tried");
}

#[tokio::test]
async fn a_write_that_comes_before_the_feed_follows_too() {
    let (world, row, lead) = synced().await;
    let contact = convert(&world, &lead);
    say(&world, &row, "And a second boat").await;
    assert_followed(&world, &contact, "And a second boat").await;
    let (company, email) = (world.target.field(COMPANY).unwrap(), world.target.field(EMAIL).unwrap());
    assert_eq!(held(&world, company), None, "the company is the account's");
    assert!(held(&world, email).is_some(), "the address stays");
}

#[tokio::test]
async fn a_ledger_that_knows_no_record_finds_the_contact_by_the_lead_id() {
    let (world, row, lead) = synced().await;
    let contact = convert(&world, &lead);
    let rows = world.deliveries().await;
    let (id, destination) = (rows[0].lead.clone(), leadferry_tests::furniture::destination());
    world.store.write(move |tx| tx.remove_link(&id, &destination, "Lead").map(drop)).await.unwrap();
    say(&world, &row, "And a second boat").await;
    assert_followed(&world, &contact, "And a second boat").await;
}
