//! The way back from a copy, and what opening says when there is one.

use std::path::{Path, PathBuf};

use leadferry_store::{DatabaseKey, Link, Page, Store, StoreError};

use crate::support::{Came, OBJECT, accept, at, crm, furnish};

fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

/// A ledger with Ada in it, a copy of it, and Grace after that.
async fn ada_copied_grace_not(folder: &Path) -> PathBuf {
    let store = Store::open(folder, &key()).unwrap();
    store.write(furnish).await.unwrap();
    let ada = accept(&store, at(0), Came::new("1").email("ada@example.com")).await;
    let link = Link {
        lead: ada.lead,
        connection: crm(),
        object: OBJECT.to_owned(),
        record: leadferry_model::RecordId::new("r1"),
        url: None,
        matched_by: "created".to_owned(),
        sent_hash: Some("hash".to_owned()),
        linked_at: at(0),
    };
    store.write(move |tx| tx.save_link(&link)).await.unwrap();
    let copy = store.back_up_daily(at(0)).await.unwrap();
    accept(&store, at(1), Came::new("2").email("grace@example.com")).await;
    copy
}

async fn people(folder: &Path, key: &DatabaseKey) -> Vec<String> {
    let store = Store::open(folder, key).unwrap();
    let leads = store.read(|tx| tx.leads(None, Page::first(100))).await.unwrap().rows;
    let mut people: Vec<String> = leads.into_iter().filter_map(|lead| lead.email).collect();
    people.sort();
    people
}

fn refused(folder: &Path) -> StoreError {
    Store::open(folder, &key()).err().expect("it must not open as if nothing had happened")
}

#[tokio::test]
async fn a_restored_ledger_knows_that_it_was_restored() {
    let folder = tempfile::tempdir().unwrap();
    let copy = ada_copied_grace_not(folder.path()).await;
    Store::restore(folder.path(), &key(), &copy, &key(), at(9)).unwrap();
    let store = Store::open(folder.path(), &key()).unwrap();
    let (log, check, links) = store
        .read(|tx| {
            let lead = tx.leads(None, Page::first(1))?.rows.remove(0).id;
            Ok((tx.audit(Page::first(1))?.rows.remove(0), tx.verify_audit()?, tx.links_of(&lead)?))
        })
        .await
        .unwrap();
    assert_eq!((log.action.as_str(), log.at), ("ledger.restored", at(9)), "the log says so");
    assert_eq!(check.broken_at, None, "and its chain goes on");
    assert_eq!(
        links[0].sent_hash, None,
        "what the CRM has by now is not known: the next write is not left out"
    );
}

#[tokio::test]
async fn what_was_replaced_is_kept_and_can_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let copy = ada_copied_grace_not(folder.path()).await;
    Store::restore(folder.path(), &key(), &copy, &key(), at(9)).unwrap();
    assert_eq!(people(folder.path(), &key()).await, ["ada@example.com"], "as it was copied");
    let replaced = folder.path().join("replaced.db");
    Store::restore(folder.path(), &key(), &replaced, &key(), at(10)).unwrap();
    let both = ["ada@example.com", "grace@example.com"];
    assert_eq!(people(folder.path(), &key()).await, both, "a person may have chosen the wrong copy");
}

#[tokio::test]
async fn a_ledger_put_aside_with_its_log_comes_back_with_it() {
    let (folder, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(folder.path(), &key()).unwrap();
    store.write(furnish).await.unwrap();
    accept(&store, at(0), Came::new("1").email("ada@example.com")).await;
    // As a killed process leaves it: the last commits are in the log only.
    for name in ["leadferry.db", "leadferry.db-wal"] {
        std::fs::copy(folder.path().join(name), aside.path().join(name)).unwrap();
    }
    drop(store);
    let other = tempfile::tempdir().unwrap();
    Store::restore(other.path(), &key(), &aside.path().join("leadferry.db"), &key(), at(9)).unwrap();
    assert_eq!(people(other.path(), &key()).await, ["ada@example.com"], "nothing of it is left behind");
}

#[tokio::test]
async fn a_copy_of_another_computer_opens_with_this_ones_key() {
    let (there, here) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let copy = ada_copied_grace_not(there.path()).await;
    let own = DatabaseKey::new([8; 32]);
    let wrong = Store::restore(here.path(), &own, &copy, &own, at(9)).err();
    assert_eq!(wrong, Some(StoreError::WrongKey), "the copy does not open with just any key");
    Store::restore(here.path(), &own, &copy, &key(), at(9)).unwrap();
    assert_eq!(people(here.path(), &own).await, ["ada@example.com"], "closed with the key of this folder");
    assert_eq!(Store::open(here.path(), &key()).err(), Some(StoreError::WrongKey), "and with no other");
}

#[tokio::test]
async fn a_restore_that_was_decided_is_finished_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let copy = ada_copied_grace_not(folder.path()).await;
    // Killed after the decision, and again half way through putting the old file aside.
    std::fs::copy(&copy, folder.path().join("restored.db")).unwrap();
    std::fs::rename(folder.path().join("leadferry.db"), folder.path().join("replaced.db")).unwrap();
    assert_eq!(people(folder.path(), &key()).await, ["ada@example.com"], "never an empty ledger in between");
    assert!(!folder.path().join("restored.db").exists(), "and it is over");
}

#[tokio::test]
async fn a_copy_that_is_damaged_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let copy = ada_copied_grace_not(folder.path()).await;
    let bad = folder.path().join("bad.db");
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(&bad, bytes).unwrap();
    let refused = Store::restore(folder.path(), &key(), &bad, &key(), at(9)).err();
    assert!(matches!(refused, Some(StoreError::Torn { .. })), "it is checked first: {refused:?}");
    assert_eq!(people(folder.path(), &key()).await.len(), 2, "the ledger is as it was");
}

#[cfg(unix)]
#[tokio::test]
async fn a_copy_on_media_nobody_can_write_to_is_taken_in() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, media) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let copy = media.path().join("copy.db");
    std::fs::copy(ada_copied_grace_not(folder.path()).await, &copy).unwrap();
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o400)).unwrap();
    std::fs::set_permissions(media.path(), std::fs::Permissions::from_mode(0o500)).unwrap();
    Store::restore(folder.path(), &key(), &copy, &key(), at(9)).unwrap();
    assert_eq!(people(folder.path(), &key()).await, ["ada@example.com"], "nothing is needed beside the copy");
    std::fs::set_permissions(media.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test]
async fn a_missing_ledger_is_not_begun_anew_where_there_are_copies() {
    let folder = tempfile::tempdir().unwrap();
    let copy = ada_copied_grace_not(folder.path()).await;
    let ledger = folder.path().join("leadferry.db");
    std::fs::remove_file(&ledger).unwrap();
    let gone = StoreError::Damaged { detail: None, backup: Some(copy) };
    assert_eq!(refused(folder.path()), gone, "an empty ledger would look as if every lead were lost");
    assert!(!ledger.exists(), "and asking does not make one");
    std::fs::write(&ledger, b"").unwrap();
    assert_eq!(refused(folder.path()), gone, "a file cut to nothing is no ledger either");
    assert!(gone.to_string().contains("missing") && gone.to_string().contains("restore it"), "{gone}");
}

#[tokio::test]
async fn a_first_page_that_cannot_be_read_is_damage_and_no_wrong_key() {
    let folder = tempfile::tempdir().unwrap();
    let copy = ada_copied_grace_not(folder.path()).await;
    let ledger = folder.path().join("leadferry.db");
    let mut bytes = std::fs::read(&ledger).unwrap();
    bytes[..4096].fill(0);
    std::fs::write(&ledger, bytes).unwrap();
    match refused(folder.path()) {
        StoreError::Damaged { backup, .. } => {
            assert_eq!(backup, Some(copy), "the key opens the copy, so it is right")
        }
        other => panic!("“it may come from another computer” would send the person the wrong way: {other:?}"),
    }
}

#[tokio::test]
async fn the_newest_copy_that_is_good_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let good = ada_copied_grace_not(folder.path()).await;
    let store = Store::open(folder.path(), &key()).unwrap();
    let newer = store.back_up_daily(at(86_400)).await.unwrap();
    drop(store);
    std::fs::write(&newer, b"half a copy").unwrap();
    std::fs::remove_file(folder.path().join("leadferry.db")).unwrap();
    let offered = StoreError::Damaged { detail: None, backup: Some(good.clone()) };
    assert_eq!(refused(folder.path()), offered, "a copy counts when it was checked");
    assert_eq!(Store::newest_good_backup(folder.path(), &key()), Some(good), "also when a person asks");
}
