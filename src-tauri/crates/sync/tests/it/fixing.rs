//! What a person does about failures: see the effect, fix, let go.

use leadferry_mapping::Mapping;
use leadferry_model::{Record, Value};
use leadferry_store::Selection;
use leadferry_sync::{Cancel, Fix, Try, Would};

use crate::crm::{Kind, unknown_option};
use crate::house::{House, mapping};

fn group(house: &House, group: String) -> Selection {
    Selection::Group { sync: house.sync.clone(), group }
}

/// Twelve leads that pass and twelve with a value that is no option: known while mapping, or only to the destination.
async fn with_unknown_options(known: bool) -> (House, String) {
    let house = House::new(Kind::Upserting).await;
    if known {
        house.crm.with(|crm| crm.required = Some("source".into()));
    } else {
        house.crm.with(|crm| crm.options.push("Webinar".into()));
        house.step().await;
        house.crm.with(|crm| crm.options.retain(|option| option != "Webinar"));
    }
    for n in 0..12 {
        house.lead(&format!("ok{n}@example.com"), &[("source", "Web")]).await;
        house.lead(&format!("p{n}@example.com"), &[("source", "Webinar")]).await;
    }
    house.step().await;
    let counts = house.counts().await;
    assert_eq!((counts.synced, counts.failed), (12, 12), "half of them pass: {counts:?}");
    let filter = leadferry_store::DeliveryFilter::default();
    let rows =
        house.store.read(move |tx| tx.deliveries(&filter, leadferry_store::Page::first(100))).await.unwrap();
    let group = rows.rows.iter().find_map(|row| row.group.clone()).unwrap();
    (house, group)
}

fn translated() -> Mapping {
    let mut mapping = mapping();
    for rule in mapping.rules.iter_mut().filter(|rule| rule.target == "source") {
        rule.source = leadferry_mapping::Source::Fixed { value: Value::text("Fair") };
    }
    mapping
}

#[tokio::test]
async fn the_effect_of_a_mapping_fix_is_shown_and_then_happens() {
    let (house, key) = with_unknown_options(true).await;
    let failed = house.counts().await.failed;
    let fix = Fix::Mapping { mapping: translated(), note: "Webinar is a fair".into() };
    let selection = group(&house, key.clone());
    let effect = house.engine.effect(&house.sync, &selection, &Fix::Retry, &Cancel::new()).await.unwrap();
    assert_eq!(effect.pass, 0, "as they are, none would pass");
    assert_eq!(effect.refused[0].count, failed, "and the reason is counted");
    let effect = house.engine.effect(&house.sync, &selection, &fix, &Cancel::new()).await.unwrap();
    assert_eq!((effect.pass, effect.refused.len()), (failed, 0), "with the fix all would pass");
    assert_eq!(house.counts().await.failed, failed, "looking changes nothing");
    let released = house.engine.apply(&house.sync, selection, fix).await.unwrap();
    assert_eq!(released, failed, "the whole group goes");
    house.step().await;
    assert_eq!(house.counts().await.synced, 24, "and passes");
}

#[tokio::test]
async fn a_typed_value_corrects_these_deliveries_only() {
    let (house, key) = with_unknown_options(true).await;
    let values: Record = [("source", Value::text("Web"))].into_iter().collect();
    house.engine.apply(&house.sync, group(&house, key), Fix::Values { values }).await.unwrap();
    house.step().await;
    assert_eq!(house.counts().await.synced, 24, "the typed value is an option");
}

#[tokio::test]
async fn a_left_out_field_lets_the_rest_pass() {
    let (house, key) = with_unknown_options(false).await;
    let fix = Fix::LeaveOut { field: "source".into() };
    house.engine.apply(&house.sync, group(&house, key), fix).await.unwrap();
    house.step().await;
    assert_eq!(house.counts().await.synced, 24, "everything but the field is there");
}

#[tokio::test]
async fn skipped_deliveries_can_be_brought_back() {
    let house = House::new(Kind::Upserting).await;
    let id = house.lead("bad@example.com", &[("source", "Web")]).await;
    house.crm.with(|crm| crm.refusals.push(("bad".into(), unknown_option("Web"))));
    house.step().await;
    let one = Selection::Deliveries(vec![id]);
    assert_eq!(house.engine.skip(&house.sync, one.clone(), "a test").await.unwrap(), 1, "left out");
    assert_eq!(house.counts().await.skipped, 1, "and shown as such");
    house.crm.with(|crm| crm.refusals.clear());
    assert_eq!(house.engine.unskip(&house.sync, one).await.unwrap(), 1, "brought back");
    house.step().await;
    assert_eq!(house.counts().await.synced, 1, "it passes");
}

#[tokio::test]
async fn a_preview_shows_the_exact_request_and_sends_nothing() {
    let house = House::new(Kind::Upserting).await;
    let there = house.crm.plant(&[("email", "ada@example.com"), ("name", "Ada")]);
    house.step().await;
    let fields: Record =
        [("email", Value::text("ada@example.com")), ("name", Value::text("Countess"))].into_iter().collect();
    let preview = house.engine.preview(&house.sync, Try::Fields(fields), None, true).await.unwrap();
    assert!(matches!(preview.would, Would::Update { record, .. } if record == there), "the person is found");
    assert!(preview.requests[0].body.contains("Countess"), "the request is shown: {:?}", preview.requests);
    let merged = preview.merged.unwrap();
    assert_eq!(merged.skipped.len(), 1, "the address is there already: {merged:?}");
    assert_eq!(house.crm.count("upsert"), 0, "nothing was written");
}

#[tokio::test]
async fn a_test_record_is_made_and_removed() {
    let house = House::new(Kind::Upserting).await;
    let fields: Record = [("email", Value::text("test@example.com"))].into_iter().collect();
    let test = house.engine.send_test_record(&house.sync, fields, None).await.unwrap();
    assert_eq!(house.crm.people("test@example.com"), 1, "it is there");
    house.engine.remove_test_record(&test).await.unwrap();
    assert!(house.crm.with(|crm| crm.records[test.record.as_str()].deleted), "and gone again");
}

#[tokio::test]
async fn a_dry_run_counts_and_writes_nothing() {
    let house = House::new(Kind::Upserting).await;
    house.crm.plant(&[("email", "p0@example.com")]);
    house.step().await;
    house.engine.pause(&house.destination).await.unwrap();
    for n in 0..3 {
        house.lead(&format!("p{n}@example.com"), &[]).await;
    }
    house.lead("", &[("note", "nobody")]).await;
    let run = house.engine.dry_run(&house.sync, None, &Cancel::new()).await.unwrap();
    assert_eq!((run.create, run.update, run.unchanged), (3, 1, 0), "one is there already: {run:?}");
    assert!(run.exact, "every record of the destination is in the index");
    assert_eq!(house.crm.count("upsert"), 0, "nothing was written");
}
