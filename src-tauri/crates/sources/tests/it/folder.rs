//! A watched folder.

use std::fs;
use std::path::PathBuf;

use leadferry_sources::folder::{FolderError, Seen, folder_scan};

fn names(files: Vec<PathBuf>) -> Vec<String> {
    files
        .iter()
        .map(|file| file.file_name().expect("a file has a name").to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_file_is_given_once_and_only_when_it_stands_still() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Seen::default();
    let mut scan = || names(folder_scan(folder.path(), &mut seen).unwrap());
    assert!(scan().is_empty(), "an empty folder");

    fs::write(folder.path().join("leads.csv"), "name\n").unwrap();
    assert!(scan().is_empty(), "seen for the first time: it may still grow");
    fs::write(folder.path().join("leads.csv"), "name\nAda\n").unwrap();
    assert!(scan().is_empty(), "it did grow");
    assert_eq!(scan(), ["leads.csv"], "the same at two looks in a row: complete");
    assert!(scan().is_empty(), "given once");

    fs::write(folder.path().join("leads.csv"), "name\nAda\nBob\n").unwrap();
    assert!(scan().is_empty(), "changed again");
    assert_eq!(scan(), ["leads.csv"], "rows were added, so it is given again");
}

#[test]
fn only_finished_tables_are_given() {
    let folder = tempfile::tempdir().unwrap();
    for name in
        ["b.CSV", "a.tsv", "~$b.csv", ".~lock.b.csv#", ".hidden.csv", "c.csv.part", "d.xlsx", "empty.csv"]
    {
        fs::write(folder.path().join(name), if name == "empty.csv" { "" } else { "name\nAda\n" }).unwrap();
    }
    fs::create_dir(folder.path().join("old.csv")).unwrap();
    let mut seen = Seen::default();
    assert!(folder_scan(folder.path(), &mut seen).unwrap().is_empty(), "a first look gives nothing");
    let files = names(folder_scan(folder.path(), &mut seen).unwrap());
    assert_eq!(files, ["a.tsv", "b.CSV"], "no temporary files, no folders, nothing empty");
}

#[test]
fn what_was_seen_outlives_a_missing_drive() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("leads.csv"), "name\nAda\n").unwrap();
    let mut seen = Seen::default();
    folder_scan(folder.path(), &mut seen).unwrap();
    folder_scan(folder.path(), &mut seen).unwrap();
    let before = seen.clone();
    let error = folder_scan(&folder.path().join("gone"), &mut seen).unwrap_err();
    assert!(matches!(error, FolderError::Gone { .. }), "said in words: {error}");
    assert_eq!(seen, before, "nothing is given twice when the drive is back");
}
