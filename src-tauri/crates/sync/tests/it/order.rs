//! Order and coalescing: one person is a lane of their own, and STOP goes first.

use jiff::SignedDuration;
use leadferry_model::DeliveryState;

use crate::crm::Kind;
use crate::house::House;

#[tokio::test]
async fn changes_of_one_person_arrive_in_order() {
    let house = House::new(Kind::Upserting).await;
    for n in 0..20 {
        house.lead("ada@example.com", &[("note", &format!("{n:02}"))]).await;
        house.lead(&format!("other{n}@example.com"), &[("note", "x")]).await;
        if n % 3 == 0 {
            house.step().await;
        }
    }
    house.run_for(SignedDuration::from_mins(1)).await;
    let notes: Vec<String> = house.crm.with(|crm| {
        let of_ada =
            crm.applied.iter().filter(|(_, f)| f.text("email").as_deref() == Some("ada@example.com"));
        of_ada.filter_map(|(_, fields)| fields.text("note")).collect()
    });
    assert!(notes.is_sorted(), "never an older value after a newer one: {notes:?}");
    assert_eq!(notes.last().map(String::as_str), Some("19"), "the last change is there");
}

#[tokio::test]
async fn changes_that_wait_become_one_write() {
    let house = House::new(Kind::Upserting).await;
    for n in 0..10 {
        house.lead("ada@example.com", &[("note", &n.to_string())]).await;
    }
    house.step().await;
    assert_eq!(house.counts().await.synced, 1, "ten captures, one delivery");
    assert_eq!(house.crm.with(|crm| crm.applied.len()), 1, "and one write");
    assert_eq!(
        house.crm.with(|crm| crm.applied[0].1.text("note")),
        Some("9".into()),
        "with the latest values"
    );
}

#[tokio::test]
async fn stop_goes_ahead_of_everything_else() {
    let house = House::new(Kind::Upserting).await;
    for n in 0..150 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    house.urgent("stop@example.com", &[("note", "STOP")]).await;
    house.step().await;
    let first = house.crm.with(|crm| crm.applied[0].1.text("email"));
    assert_eq!(first.as_deref(), Some("stop@example.com"), "STOP is the first write of the first batch");
}

#[tokio::test]
async fn a_thousand_leads_take_ten_calls() {
    let house = House::new(Kind::Upserting).await;
    for n in 0..1000 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    house.step().await;
    assert_eq!(house.crm.count("upsert"), 10, "the largest batch the vendor takes, and nothing else");
    assert_eq!(house.counts().await.synced, 1000, "all in one step");
}

#[tokio::test]
async fn an_unchanged_lead_spends_no_call() {
    let house = House::new(Kind::Upserting).await;
    house.lead("ada@example.com", &[("note", "x")]).await;
    house.step().await;
    let again = house.lead("ada@example.com", &[("note", "x"), ("not mapped", "y")]).await;
    let step = house.step().await;
    assert_eq!(step.did.unchanged, 1, "settled as unchanged");
    assert_eq!(house.crm.count("upsert"), 1, "an equal write is left out");
    assert_eq!(house.delivery(again).await.state, DeliveryState::Synced, "the CRM has it all");
}
