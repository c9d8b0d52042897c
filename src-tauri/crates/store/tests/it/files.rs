//! The file itself: key, lock, version, copies, group commit, full disk.

use leadferry_store::{DatabaseKey, Store, StoreError};

use crate::support::{Came, accept, at, claim, furnish};

fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

async fn furnished(folder: &std::path::Path) -> Store {
    let store = Store::open(folder, &key()).unwrap();
    store.write(furnish).await.unwrap();
    store
}

#[tokio::test]
async fn what_was_accepted_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = furnished(folder.path()).await;
    let ada = accept(&store, at(0), Came::new("1").email("ada@example.com")).await;
    drop(store);
    let bytes = std::fs::read(folder.path().join("leadferry.db")).unwrap();
    assert!(!bytes.windows(15).any(|part| part == b"ada@example.com"), "nothing is readable without the key");
    let store = Store::open(folder.path(), &key()).unwrap();
    let lead = store.read(move |tx| tx.lead(&ada.lead)).await.unwrap();
    assert_eq!(lead.email.as_deref(), Some("ada@example.com"), "accepted means kept");
}

#[tokio::test]
async fn another_key_is_told_apart_from_damage() {
    let folder = tempfile::tempdir().unwrap();
    drop(furnished(folder.path()).await);
    let refused = Store::open(folder.path(), &DatabaseKey::new([8; 32])).err();
    assert_eq!(refused, Some(StoreError::WrongKey), "a person can act on that");
}

#[tokio::test]
async fn a_second_opening_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let _open = furnished(folder.path()).await;
    let refused = Store::open(folder.path(), &key()).err();
    assert!(
        matches!(refused, Some(StoreError::AlreadyRunning { .. })),
        "one process a folder, got {refused:?}"
    );
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_the_last_good_copy_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = furnished(folder.path()).await;
    let copy = store.back_up_daily(at(0)).await.unwrap();
    drop(store);
    let path = folder.path().join("leadferry.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(&path, bytes).unwrap();
    match Store::open(folder.path(), &key()).err() {
        Some(StoreError::Damaged { backup, .. }) => {
            assert_eq!(backup, Some(copy.clone()), "the way back is named")
        }
        other => panic!("a changed page must be noticed, got {other:?}"),
    }
    Store::restore(folder.path(), &key(), &copy, &key(), at(1)).unwrap();
    let store = Store::open(folder.path(), &key()).unwrap();
    let syncs = store.read(|tx| tx.syncs()).await.unwrap();
    assert_eq!(syncs.len(), 1, "restored as it was");
}

#[tokio::test]
async fn only_the_last_daily_copies_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = furnished(folder.path()).await;
    for day in 0..9 {
        store.back_up_daily(at(day * 86_400)).await.unwrap();
    }
    assert_eq!(Store::backups(folder.path()).len(), 7, "a week");
}

#[tokio::test]
async fn a_burst_of_accepts_shares_commits() {
    let folder = tempfile::tempdir().unwrap();
    let store = furnished(folder.path()).await;
    let (gate, wait) = std::sync::mpsc::channel::<()>();
    let blocked = tokio::spawn({
        let store = store.clone();
        async move { store.write(move |_| Ok(wait.recv().is_ok())).await }
    });
    let before = store.commits();
    let mut burst = tokio::task::JoinSet::new();
    for number in 0..100 {
        let came = Came::new(&number.to_string()).email(&format!("p{number}@example.com"));
        let store = store.clone();
        burst.spawn(async move { store.write(move |tx| came.accept(tx, at(0))).await.is_ok() });
    }
    // On one thread each task runs until its job is in the queue, in order; this one is the last.
    tokio::task::yield_now().await;
    gate.send(()).unwrap();
    assert_eq!(blocked.await.unwrap(), Ok(true), "the first job held the writer until all were waiting");
    assert_eq!(burst.join_all().await, vec![true; 100], "each is answered");
    assert!(store.commits() - before <= 3, "a hundred accepts, {} commits", store.commits() - before);
    assert_eq!(claim(&store, at(1), 1_000).await.len(), 100, "and all are there");
}

#[tokio::test]
async fn a_failing_and_a_panicking_job_take_nothing_along() {
    let folder = tempfile::tempdir().unwrap();
    let store = furnished(folder.path()).await;
    let failing = store.write(|tx| {
        Came::new("lost").email("lost@example.com").accept(tx, at(0))?;
        Err::<(), _>(StoreError::NotFound { what: "thing" })
    });
    let panicking = store.write(|tx| {
        Came::new("lost too").email("lost2@example.com").accept(tx, at(0))?;
        panic!("on purpose");
        #[expect(unreachable_code, reason = "gives the job its type")]
        Ok(())
    });
    let good = store.write(|tx| Came::new("kept").email("kept@example.com").accept(tx, at(0)));
    let (failed, panicked, kept) = tokio::join!(failing, panicking, good);
    assert_eq!(failed.err(), Some(StoreError::NotFound { what: "thing" }), "its own error");
    assert_eq!(panicked.err(), Some(StoreError::Panicked), "the thread lives on");
    assert!(kept.is_ok(), "a neighbour is not touched");
    assert_eq!(claim(&store, at(1), 10).await.len(), 1, "nothing half-kept");
}
