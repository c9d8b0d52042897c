//! The fail points there are, read from the source: a new one that no life is killed at shows at once.

use std::collections::BTreeSet;

/// Where the process is killed while a data folder comes to be, in the order these moments pass.
pub(super) const AT_BIRTH: [(&str, u32); 12] = [
    ("vault.key", 1),
    ("vault.file.before", 1),
    ("vault.file.after", 1),
    // The second write keeps the key of the ledger.
    ("vault.file.before", 2),
    ("vault.file.after", 2),
    ("ledger.open", 1),
    ("ledger.migrate.before", 1),
    ("ledger.migrate.after", 1),
    ("ledger.commit.before", 1),
    ("backup.copy.before", 1),
    ("backup.copy.after", 1),
    ("house.copied", 1),
];

/// Where it is killed while leads pass, with the latest time it may be reached at.
pub(super) const AT_WORK: [(&str, u32); 16] = [
    ("ledger.open", 1),
    ("ledger.commit.before", 30),
    ("ledger.commit.after", 30),
    ("lead.accept.before", 12),
    ("lead.accept.after", 12),
    ("delivery.claimed", 4),
    ("call.before", 6),
    ("call.after", 6),
    ("delivery.settle.before", 4),
    ("delivery.settle.after", 4),
    ("token.call.before", 1),
    ("token.call.after", 1),
    ("vault.file.before", 1),
    ("vault.file.after", 1),
    ("backup.copy.before", 1),
    ("backup.copy.after", 1),
];

/// Where it is killed while a backup is restored.
pub(super) const AT_RESTORE: [&str; 4] =
    ["restore.ready.before", "restore.ready.after", "restore.swap", "restore.after"];

/// Every point that is marked in the source of the engine.
pub fn in_source() -> BTreeSet<String> {
    let mark = ["fail_point", "!(\""].concat();
    let mut points = BTreeSet::new();
    for path in crate::files("src-tauri/crates", &["rs"]) {
        if path.components().any(|part| part.as_os_str() == "failpoint") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a file git knows can be read");
        let marked = text.split(&mark).skip(1).filter_map(|rest| rest.split('"').next());
        points.extend(marked.map(str::to_owned));
    }
    points
}
