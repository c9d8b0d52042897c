//! Backups without a window: made, restored, carried to another computer, and offered when the ledger is damaged.

use crate::support::leadferry;

/// A data folder with one lead in it.
fn with_a_lead(folder: &std::path::Path) -> std::path::PathBuf {
    let data = folder.join("data");
    let file = folder.join("leads.csv");
    std::fs::write(&file, "Name;Email\nAda Lovelace;ada@example.com\n").unwrap();
    leadferry(&data, &["source", "add-file", file.to_str().unwrap(), "--name", "Fair"], "")
        .expect(0, "a file becomes a source");
    data
}

fn leads(data: &std::path::Path) -> u64 {
    let found =
        leadferry(data, &["--json", "person", "find", "ada"], "").expect(0, "the folder opens").json();
    found.as_array().map_or_else(|| found["total"].as_u64().unwrap_or_default(), |all| all.len() as u64)
}

#[test]
fn a_backup_opens_in_a_new_folder_with_its_own_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let data = with_a_lead(folder.path());
    let file = folder.path().join("everything.lfbackup");
    let file = file.to_str().unwrap();
    leadferry(&data, &["backup", file], "")
        .expect(2, "a backup without a passphrase would open nowhere else");
    leadferry(&data, &["backup", file], "the backup's own words\n").expect(0, "everything is in one file");
    let other = folder.path().join("another computer");
    let wrong =
        leadferry(&other, &["restore", file], "a guess\n").expect(1, "it opens with its own words only");
    assert!(wrong.err.contains("does not open this backup"), "{}", wrong.err);
    let restored = leadferry(&other, &["restore", file], "the backup's own words\n").expect(0, "it opens");
    assert!(restored.out.contains("Restored from"), "{}", restored.out);
    assert_eq!(leads(&other), leads(&data), "the leads came along");
    leadferry(&other, &["audit", "verify"], "").expect(0, "and the log is whole");
}

#[test]
fn a_damaged_ledger_says_which_command_helps() {
    let folder = tempfile::tempdir().unwrap();
    let data = with_a_lead(folder.path());
    let listed = leadferry(&data, &["--json", "restore", "--list"], "").expect(0, "there may be none").json();
    assert_eq!(listed.as_array().map(Vec::len), Some(0), "a command copies nothing by itself");
    let none = leadferry(&data, &["restore"], "").expect(1, "nothing to restore");
    assert!(none.err.contains("Name a backup"), "{}", none.err);
    let copies = data.join("backups");
    std::fs::create_dir(&copies).unwrap();
    std::fs::copy(data.join("leadferry.db"), copies.join("leadferry-2026-11-20.db")).unwrap();
    std::fs::write(data.join("leadferry.db"), b"").unwrap();
    let refused = leadferry(&data, &["status"], "").expect(1, "an emptied ledger is not begun anew");
    assert!(refused.err.contains("leadferry restore"), "the next step: {}", refused.err);
    leadferry(&data, &["restore"], "").expect(0, "the newest good copy");
    assert_eq!(leads(&data), 1, "everything is back");
}
