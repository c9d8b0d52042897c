//! Files: broken rows, a wrong encoding, columns nobody knows.

use std::io::Cursor;

use jiff::SignedDuration;
use leadferry_mapping::{Rule, Source, check, describe_source};
use leadferry_model::{DeliveryState, Field, FieldKind};
use leadferry_sources::csv::{Charset, CsvOptions, Rows};
use leadferry_store::{BrokenRow, Page};
use leadferry_sync::Cancel;
use leadferry_tests::furniture;
use leadferry_tests::world::World;

use super::assert_plain;

/// Imports a file as the app does, and gives its broken rows as they are shown.
async fn import(world: &World, file: &str) -> Vec<BrokenRow> {
    let rows = Rows::new(Cursor::new(file.to_owned()), &CsvOptions::default()).unwrap();
    let rows = rows.map(|row| {
        let broken = |broken: leadferry_sources::csv::BrokenRow| BrokenRow {
            line: broken.line,
            reason: broken.fault.to_string(),
            raw: broken.raw,
        };
        row.map(|row| row.lead).map_err(broken)
    });
    let run = world.engine.start_import(&furniture::sync(), "leads.csv").await.unwrap();
    let source = furniture::source();
    let progress = world.ingest.accept_many(&source, Some(run), rows, &Cancel::new(), |_| {}).await.unwrap();
    world.engine.seal(run).await.unwrap();
    let broken = world.store.read(move |tx| tx.broken_rows(run, 0, 100)).await.unwrap();
    assert_eq!(progress.broken, broken.len() as u64, "every broken row is kept");
    broken
}

#[tokio::test]
async fn a_broken_row_is_kept_with_its_reason_and_the_others_go() {
    let world = World::new(41).await;
    let file = "Full name,E-mail,Phone\n\
                Ada Lovelace,ada@example.com,020 7946 0001\n\
                Bo,bo@example.com,020 7946 0002,one,too,many\n\
                Cem Demir,cem@example.com,020 7946 0003\n";
    let broken = import(&world, file).await;
    assert_eq!(broken.iter().map(|row| row.line).collect::<Vec<_>>(), [3], "as an editor counts");
    assert!(broken[0].raw.contains("bo@example.com"), "with its text, to be mended: {:?}", broken[0]);
    assert_plain(&broken[0].reason, &["6 cells", "3 columns", "quotation marks"]);
    world.drain(SignedDuration::from_hours(1)).await;
    assert_eq!(world.contacts().len(), 2, "the rows around it arrived");
}

#[test]
fn a_wrong_encoding_is_said_with_the_right_one() {
    // “Größe” and “Zoë Müller” as Windows writes them.
    let rows = |header: &[u8]| {
        let mut file = header.to_vec();
        for n in 0..40 {
            file.extend_from_slice(b"Zo\xeb M\xfcller;zoe");
            file.extend_from_slice(format!("{n}@example.com;38\n").as_bytes());
        }
        file
    };
    let chosen = CsvOptions { charset: Some(Charset::UTF_8), ..CsvOptions::default() };
    let refused = match Rows::new(Cursor::new(rows(b"Full name;E-mail;Gr\xf6\xdfe\n")), &chosen) {
        Ok(_) => panic!("letters must not be lost without a word"),
        Err(refused) => refused.to_string(),
    };
    assert_plain(&refused, &["cannot be read as UTF-8", "Choose windows-1252"]);
    let file = rows(b"Full name;E-mail;Size\n");
    let broken: Vec<_> =
        Rows::new(Cursor::new(file.clone()), &chosen).unwrap().filter_map(Result::err).collect();
    assert_eq!(broken.len(), 40, "where only rows are touched, each is kept and none goes garbled");
    assert_plain(&broken[0].fault.to_string(), &["cannot be read as UTF-8", "Choose another encoding"]);
    let rows = Rows::new(Cursor::new(file), &CsvOptions::default()).unwrap();
    let names: Vec<_> = rows.map(|row| row.unwrap().lead.fields.text("Full name").unwrap()).collect();
    assert_eq!(names, vec!["Zoë Müller"; 40], "left to itself, the file is read right");
}

#[tokio::test]
async fn a_column_nobody_knows_is_kept_with_the_lead_and_stops_nothing() {
    let world = World::new(42).await;
    let broken = import(&world, "Full name,E-mail,Shoe size\nAda Lovelace,ada@example.com,38\n").await;
    assert_eq!(broken, Vec::new(), "an unknown column is no fault");
    world.drain(SignedDuration::from_hours(1)).await;
    assert_eq!(world.contacts().len(), 1, "the lead arrived");
    let leads = world.store.read(|tx| tx.leads(None, Page::first(10))).await.unwrap().rows;
    assert_eq!(leads[0].fields.text("Shoe size").as_deref(), Some("38"), "and nothing of it was thrown away");
}

#[tokio::test]
async fn a_mapped_column_that_is_missing_is_named_while_mapping() {
    let world = World::new(43).await;
    let schema = world.schema().await;
    let columns = [describe_source("Full name", &["Ada Lovelace".to_owned()])];
    let problems = check(&world.target.mapping(), &schema, &columns);
    let about = problems.iter().find(|problem| problem.message.contains("E-mail")).expect("it is said");
    assert_plain(&about.message, &["E-mail"]);
}

#[tokio::test]
async fn a_field_that_is_gone_at_the_crm_names_itself_and_the_lead_waits_for_a_person() {
    let world = World::new(44).await;
    world.step().await;
    let shoe_size = Field::new("shoe_size", "Shoe size", FieldKind::Text);
    world.practice.put_field(world.target.object, &shoe_size).unwrap();
    let mut mapping = world.target.mapping();
    mapping.rules.push(Rule::new("shoe_size", Source::field("Shoe size")));
    publish(&world, &mapping).await;
    let schema = world.schema().await;
    let (now, crm) = (world.now(), furniture::destination());
    world.store.write(move |tx| tx.save_schema(now, &crm, &schema)).await.unwrap();
    world.practice.remove_field(world.target.object, "shoe_size").unwrap();
    import(&world, "Full name,E-mail,Shoe size\nAda Lovelace,ada@example.com,38\n").await;
    world.settle(SignedDuration::from_mins(1)).await;
    let row = world.deliveries().await.remove(0);
    match row.state {
        // Set aside with a warning that names it, or stopped with a failure that names it: never silently dropped.
        DeliveryState::Synced => {
            assert!(
                format!("{:?}", row.warnings).contains("shoe_size"),
                "the warning names the field: {row:?}"
            );
        }
        _ => assert!(
            format!("{:?}", row.failure).contains("shoe_size"),
            "the failure names the field: {row:?}"
        ),
    }
    world.settle(SignedDuration::from_hours(2)).await;
    assert_eq!(world.counts().await.total(), 1, "the lead is still there");
}

async fn publish(world: &World, mapping: &leadferry_mapping::Mapping) {
    let (now, sync) = (world.now(), furniture::sync());
    let json = serde_json::to_value(mapping).unwrap();
    let published = world.store.write(move |tx| {
        let version = tx.save_mapping(now, &sync, &json, "")?;
        tx.publish_mapping(now, &sync, version)
    });
    published.await.unwrap();
}
