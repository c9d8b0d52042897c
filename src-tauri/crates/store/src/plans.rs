//! Tests that look behind the face: query plans, and what happens when the file refuses.

use rusqlite::Connection;

use crate::case::claim::{due_sql, slow_sql};
use crate::case::loads::{IN_THE_WAY, left_sql, new_sql};
use crate::file::key::DatabaseKey;
use crate::file::migrate;
use crate::file::open::{Purpose, open, open_in_memory};
use crate::view::groups::groups_from;
use crate::writer::WriterThread;
use crate::{StoreError, Writer};

fn ledger() -> Connection {
    let mut connection = open_in_memory().unwrap();
    migrate::migrate(&mut connection).unwrap();
    connection
}

#[test]
fn hot_questions_never_scan_deliveries_or_leads() {
    let connection = ledger();
    let questions = [
        due_sql(),
        slow_sql(),
        new_sql(),
        left_sql(),
        IN_THE_WAY.to_owned(),
        "SELECT lead_id FROM captures WHERE source_id = ?1 AND source_key = ?2".to_owned(),
        "SELECT lead_id FROM lead_keys WHERE kind = ?1 AND value = ?2".to_owned(),
        "SELECT id FROM deliveries WHERE lead_id = ?1 AND sync_id = ?2 AND state IN ('pending', 'retrying', 'failed')"
            .to_owned(),
        "SELECT id FROM deliveries WHERE state = 'sending' AND lease_until <= ?1".to_owned(),
        "SELECT state, count(*) FROM deliveries WHERE run_id = ?1 GROUP BY state".to_owned(),
        "SELECT state, count(*) FROM deliveries WHERE sync_id = ?1 GROUP BY state".to_owned(),
    ];
    for sql in questions {
        for step in plan(&connection, &sql) {
            let scans = ["SCAN d", "SCAN o", "SCAN leads", "SCAN deliveries"];
            assert!(!scans.iter().any(|scan| step.starts_with(scan)), "{step:?} reads every row for: {sql}");
        }
    }
    let groups = plan(&connection, &format!("SELECT count(*) FROM {}", groups_from()));
    let covered =
        groups.iter().filter(|step| step.contains("deliveries")).all(|step| step.contains("COVERING INDEX"));
    assert!(covered, "a group's numbers come out of one index, got {groups:?}");
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let values = vec![rusqlite::types::Null; statement.parameter_count()];
    let steps = statement.query_map(rusqlite::params_from_iter(values), |row| row.get("detail")).unwrap();
    steps.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_file_from_a_newer_program_is_refused() {
    let mut connection = ledger();
    connection.pragma_update(None, "user_version", migrate::NEWEST + 1).unwrap();
    let refused = migrate::migrate(&mut connection);
    let expected = StoreError::NewerFile { file: migrate::NEWEST + 1, app: migrate::NEWEST };
    assert_eq!(refused, Err(expected), "an older program must not touch it");
}

#[test]
fn a_commit_is_flushed_before_it_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(&folder.path().join("leadferry.db"), &DatabaseKey::fresh(), Purpose::Write).unwrap();
    let log: String = ledger.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    let flushed: i64 = ledger.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
    // 2 is FULL. The power-loss model of the tests takes this for granted.
    assert_eq!((log.as_str(), flushed), ("wal", 2), "accepted means on the disk");
}

fn fill(writer: &Writer<'_>, bytes: usize) -> Result<(), StoreError> {
    writer.set_setting("big", &serde_json::Value::String("x".repeat(bytes)))
}

#[tokio::test]
async fn a_full_disk_is_told_as_such_and_work_goes_on_when_there_is_room() {
    let connection = ledger();
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    connection.pragma_update_and_check(None, "max_page_count", pages + 2, |_| Ok(())).unwrap();
    let thread = WriterThread::start(connection).unwrap();
    let trouble = thread.trouble();
    let (task, answer) = crate::writer::Task::new(|writer: &Writer<'_>| fill(writer, 1_000_000));
    thread.send(Box::new(task)).unwrap();
    assert_eq!(answer.await.unwrap(), Err(StoreError::DiskFull), "in words a person can act on");
    assert_eq!(*trouble.borrow(), Some(StoreError::DiskFull), "and whoever shows the app may say so");
    let (task, answer) = crate::writer::Task::new(|writer: &Writer<'_>| writer.setting("big"));
    thread.send(Box::new(task)).unwrap();
    assert_eq!(answer.await.unwrap(), Ok(None), "reading needs no room");
    assert!(trouble.borrow().is_some(), "and proves nothing");
    let (task, answer) = crate::writer::Task::new(|writer: &Writer<'_>| fill(writer, 10));
    thread.send(Box::new(task)).unwrap();
    assert_eq!(answer.await.unwrap(), Ok(()), "the next one fits and is kept");
    assert_eq!(*trouble.borrow(), None, "which ends the trouble");
}

#[tokio::test]
async fn a_refused_commit_is_told_to_every_job_of_the_group() {
    let mut connection = ledger();
    connection.commit_hook(Some(|| true)).unwrap();
    let thread = WriterThread::start(connection).unwrap();
    let (task, answer) = crate::writer::Task::new(|writer: &Writer<'_>| fill(writer, 10));
    thread.send(Box::new(task)).unwrap();
    assert!(answer.await.unwrap().is_err(), "an answer means kept, and nothing was");
    let (task, answer) = crate::writer::Task::new(|writer: &Writer<'_>| writer.setting("big"));
    thread.send(Box::new(task)).unwrap();
    assert!(answer.await.unwrap().is_err(), "still refusing");
    assert_eq!(thread.commits(), 0, "nothing was committed");
}
