//! The final schema, as a picture: a migration that changes it by accident shows in the diff.

use std::fs;
use std::path::Path;

use leadferry_store::{DatabaseKey, Store, StoreError};

/// Set it to write the picture instead of only comparing.
const WRITE: &str = "LEADFERRY_WRITE_SCHEMA";

fn raw(folder: &Path) -> rusqlite::Connection {
    let raw = rusqlite::Connection::open(folder.join("leadferry.db")).unwrap();
    raw.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
    raw
}

#[test]
fn the_schema_is_the_one_that_was_reviewed() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path(), &DatabaseKey::new([7; 32])).unwrap());
    let raw = raw(folder.path());
    let mut statement =
        raw.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name").unwrap();
    let parts: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let found = parts.join(";\n\n") + ";\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/schema.sql");
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &found).unwrap();
    }
    let reviewed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == reviewed,
        "the schema changed: look at it, then run `{WRITE}=1 cargo test -p leadferry-store schema`"
    );
}

#[test]
fn a_newer_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::new([7; 32]);
    drop(Store::open(folder.path(), &key).unwrap());
    raw(folder.path()).pragma_update(None, "user_version", 9_999).unwrap();
    let refused = Store::open(folder.path(), &key).err();
    assert!(
        matches!(refused, Some(StoreError::NewerFile { file: 9_999, .. })),
        "an older app must not touch it: {refused:?}"
    );
    let words = refused.map(|error| error.to_string()).unwrap_or_default();
    assert!(words.contains("newer Leadferry") && words.contains("Install"), "cause and next step: {words}");
}
