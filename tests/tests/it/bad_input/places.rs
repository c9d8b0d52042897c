//! Places: an address nobody answers at, a full disk, a locked keychain, a ledger of a newer Leadferry.

use std::sync::Arc;

use jiff::SignedDuration;
use keyring_core::mock;
use leadferry_auth::vault::{EntryName, KeySource, Keychain, Vault};
use leadferry_connector::{Http, Pacer, Reach, ReqwestTransport, address};
use leadferry_model::{FailureKind, Secret};
use leadferry_practice::Weather;
use leadferry_practice::weather::Fault;
use leadferry_store::{DatabaseKey, LaneState, Store, StoreError};
use leadferry_tests::connect::pasted;
use leadferry_tests::furniture;
use leadferry_tests::people::crowd;
use leadferry_tests::world::World;

use super::assert_plain;

#[tokio::test]
async fn an_address_that_cannot_be_one_is_refused_with_the_next_step() {
    for (text, words) in [
        ("", ["no address", "https://"]),
        ("crm example com", ["not a web address", "https://"]),
        ("http://api.example.com", ["not encrypted", "https://"]),
        ("https://10.0.0.7", ["private network", "Allow private addresses"]),
    ] {
        let problem = address::checked(text, Reach::Public).unwrap_err();
        assert_plain(&problem.to_string(), &words);
    }
}

#[tokio::test]
async fn an_address_nobody_answers_at_is_told_apart_from_lost_access() {
    // A port that was just free: nobody listens there.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let world = World::new(61).await;
    let connector = world.target.connector;
    let spec = connector.spec();
    let http = Http::new(
        spec,
        base.parse().unwrap(),
        Arc::new(ReqwestTransport::new().unwrap()),
        pasted(&Secret::new("pat-na1-00000000-0000")),
        Arc::new(Pacer::new(spec.limits, &leadferry_connector::Settings::default())),
        world.clock.clone(),
    );
    let line = leadferry_sync::Line { http, settings: leadferry_connector::Settings::default() };
    let failure = connector.check(&line.call(&*world.clock)).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unavailable, "{failure:?}");
    assert!(
        !failure.message.is_empty() && !failure.message.contains("pat-na1"),
        "words, and no secret: {failure:?}"
    );
}

#[tokio::test]
async fn leads_for_an_address_nobody_answers_at_wait_and_are_not_lost() {
    let world = World::new(62).await;
    let crowd = crowd(62, 60);
    world.step().await;
    world.weather(Weather::always(Fault::NoAnswer));
    world.capture(crowd.rows).await;
    world.run_for(SignedDuration::from_hours(3)).await;
    let (now, crm) = (world.now(), furniture::destination());
    let lane = world.store.read(move |tx| tx.lane(now, &crm)).await.unwrap();
    assert_eq!(lane.state, LaneState::Down, "the destination pauses as a whole");
    assert_eq!(world.counts().await.failed, 0, "and no lead fails for it");
    world.weather(Weather::default());
    world.drain(SignedDuration::from_hours(1)).await;
    assert_eq!(world.contacts(), crowd.expected, "all of them, once somebody answers");
}

#[test]
fn a_full_disk_is_said_with_what_to_do() {
    assert_plain(
        &StoreError::DiskFull.to_string(),
        &["disk is full", "Free some space", "goes on by itself"],
    );
}

#[tokio::test]
async fn a_locked_keychain_is_said_and_the_vault_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let source = keychain();
    let vault = Vault::create(folder.path(), source.clone()).await.unwrap();
    let name = EntryName::token(&furniture::destination());
    vault.put(&name, &Secret::new("hush")).await.unwrap();
    drop(vault);
    // A keychain without the entry is what a locked Secret Service looks like.
    let refused = match Vault::open(folder.path(), keychain()).await {
        Ok(_) => panic!("a locked keychain opens nothing"),
        Err(refused) => refused,
    };
    assert_plain(&refused.to_string(), &["keychain is locked", "Unlock it", "nothing was changed"]);
    let vault = Vault::open(folder.path(), source).await.unwrap();
    assert_eq!(vault.get(&name).await.unwrap(), Some(Secret::new("hush")), "unlocked, everything is there");
}

fn keychain() -> KeySource {
    KeySource::Keychain(Keychain::with_store(mock::Store::new().unwrap()))
}

#[tokio::test]
async fn a_ledger_of_a_newer_leadferry_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::on_disk(folder.path(), 63).await;
    world.capture(crowd(63, 20).rows).await;
    drop(world);
    mark_as_version(folder.path(), 9_999);
    let refused = match Store::open(folder.path(), &DatabaseKey::new([7; 32])) {
        Ok(_) => panic!("an older program must not write into a newer ledger"),
        Err(refused) => refused,
    };
    assert!(matches!(refused, StoreError::NewerFile { file: 9_999, .. }), "{refused:?}");
    assert_plain(&refused.to_string(), &["newer Leadferry", "9999", "Install the newer one"]);
    let newest = match refused {
        StoreError::NewerFile { app, .. } => app,
        other => panic!("{other}"),
    };
    mark_as_version(folder.path(), newest);
    let store = Store::open(folder.path(), &DatabaseKey::new([7; 32])).unwrap();
    let leads = store.read(|tx| tx.leads(None, leadferry_store::Page::first(100))).await.unwrap();
    assert_eq!(leads.rows.len(), 20, "and nothing in it was touched");
}

fn mark_as_version(folder: &std::path::Path, version: u32) {
    let file = rusqlite::Connection::open(folder.join("leadferry.db")).unwrap();
    file.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
    file.pragma_update(None, "user_version", version).unwrap();
}
