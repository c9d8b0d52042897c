//! The power goes: what was not flushed is there, torn, or not there.
//!
//! The model is made from before and after images of data file and log around each commit, and from the order in which SQLite
//! flushes with `synchronous = FULL` (<https://www.sqlite.org/atomiccommit.html>, `walFrames` and `walCheckpoint` in `wal.c`):
//!
//! 1. a log that begins anew gets its header first, and it is flushed;
//! 2. the frames of the commit are written and flushed, and only then is the job answered;
//! 3. a checkpoint writes the data file while the log is whole, and flushes it before the log may begin anew.
//!
//! Between two flushes every sector may have arrived or not, one of them half. Whatever the mixture: the file opens, everything
//! answered is there, and the commit under way is there as a whole or not at all.

use std::collections::BTreeSet;
use std::path::Path;

use leadferry_store::{DatabaseKey, Page, Store};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::{Came, at, furnish};

const COMMITS: u64 = 160;
/// Cuts tried around each commit.
const CUTS: usize = 2;
/// The least a disk writes as a whole.
const SECTOR: usize = 512;
/// <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>
const LOG_HEADER: usize = 32;

fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

/// Data file and log as they lie on the disk.
#[derive(Clone, PartialEq)]
struct Disk {
    file: Vec<u8>,
    log: Vec<u8>,
}

impl Disk {
    fn of(folder: &Path) -> Self {
        let read = |name| std::fs::read(folder.join(name)).unwrap_or_default();
        Self { file: read("leadferry.db"), log: read("leadferry.db-wal") }
    }

    /// The leads that are there after the power is back.
    async fn opened(&self) -> BTreeSet<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("leadferry.db"), &self.file).unwrap();
        std::fs::write(folder.path().join("leadferry.db-wal"), &self.log).unwrap();
        let store = Store::open(folder.path(), &key()).expect("a power cut damages nothing");
        let leads = store.read(|tx| tx.leads(None, Page::first(10_000))).await.unwrap();
        leads.rows.into_iter().filter_map(|lead| lead.email).collect()
    }
}

/// `before` with some of the sectors in which `after` differs, and one of them torn.
fn mixed(before: &[u8], after: &[u8], from: usize, random: &mut StdRng) -> Vec<u8> {
    let mut disk = before.to_vec();
    // A file that grew may have its new length already, with nothing in it.
    if random.random_bool(0.5) || after.len() < before.len() {
        disk.resize(after.len().max(before.len()), 0);
    }
    let share = random.random_range(0.0..=1.0);
    let mut place = from;
    while place < after.len() {
        let end = (place / SECTOR + 1) * SECTOR;
        let end = end.min(after.len());
        let differs = disk.get(place..end) != Some(&after[place..end]);
        if differs && random.random_bool(share) {
            let torn = random.random_bool(0.05);
            let until = if torn { random.random_range(place..=end) } else { end };
            if disk.len() < until {
                disk.resize(until, 0);
            }
            disk[place..until].copy_from_slice(&after[place..until]);
        }
        place = end;
    }
    disk
}

/// What a cut while `after` is written upon `before` may leave.
fn cut(before: &Disk, after: &Disk, random: &mut StdRng) -> Disk {
    let header = |log: &[u8]| log.get(..LOG_HEADER).map(<[u8]>::to_vec);
    let new_log = header(&before.log) != header(&after.log);
    if new_log && random.random_bool(0.2) {
        // The header alone, whole: it is smaller than a sector.
        let mut log = before.log.clone();
        log.resize(log.len().max(LOG_HEADER), 0);
        log[..LOG_HEADER].copy_from_slice(&after.log[..LOG_HEADER]);
        return Disk { file: before.file.clone(), log };
    }
    if before.file != after.file && random.random_bool(0.6) {
        let file = mixed(&before.file, &after.file, 0, random);
        return Disk { file, log: after.log.clone() };
    }
    let mut begun = before.log.clone();
    if new_log {
        begun.resize(begun.len().max(LOG_HEADER), 0);
        begun[..LOG_HEADER].copy_from_slice(&after.log[..LOG_HEADER]);
    }
    Disk { file: before.file.clone(), log: mixed(&begun, &after.log, LOG_HEADER, random) }
}

/// People of one commit; every third one is large, so that pages overflow.
fn people(commit: u64) -> Vec<Came> {
    let person = |number: u64| {
        let came = Came::new(&format!("{commit}-{number}")).email(&email(commit, number));
        if number % 3 == 2 { came.field("note", &"long ".repeat(4_000)) } else { came }
    };
    (0..1 + commit % 5).map(person).collect()
}

fn email(commit: u64, number: u64) -> String {
    format!("p{commit}.{number}@example.com")
}

#[tokio::test]
async fn a_power_cut_takes_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &key()).unwrap();
    store.write(furnish).await.unwrap();
    let mut random = StdRng::seed_from_u64(7);
    let mut answered = BTreeSet::new();
    let mut before = Disk::of(folder.path());
    let mut older = before.clone();
    let (mut checkpoints, mut new_logs, mut noticed) = (0, 0, 0);
    for commit in 0..COMMITS {
        let came = people(commit);
        let fresh: BTreeSet<String> = came.iter().filter_map(|came| came.email.clone()).collect();
        store
            .write(move |tx| came.iter().try_for_each(|came| came.accept(tx, at(0)).map(drop)))
            .await
            .unwrap();
        let after = Disk::of(folder.path());
        let with: BTreeSet<String> = answered.union(&fresh).cloned().collect();
        assert_eq!(after.opened().await, with, "commit {commit}: a cut right after the answer");
        checkpoints += u32::from(before.file != after.file);
        new_logs += u32::from(before.log.get(..LOG_HEADER) != after.log.get(..LOG_HEADER));
        for _ in 0..CUTS {
            let there = cut(&before, &after, &mut random).opened().await;
            assert!(
                there == answered || there == with,
                "commit {commit}: {} of {} leads are there",
                there.len(),
                with.len()
            );
        }
        // A disk that lies about flushing loses answered leads: that the model can tell is what makes it a test.
        let lied = Disk { file: before.file.clone(), log: older.log.clone() };
        if commit % 4 == 0 && before.file == older.file {
            noticed += u32::from(lied.opened().await != answered);
        }
        (older, before, answered) = (before, after, with);
    }
    assert!(checkpoints >= 3 && new_logs >= 3, "{checkpoints} checkpoints, {new_logs} logs begun anew");
    assert!(noticed > 20, "only {noticed} of the lies were noticed");
}
