//! Ids of what is no record: modules, fields, layouts, options, pipelines. They look like record ids and stay the same
//! for the same name, so that a client may keep them over a restart.

/// What every id of this account begins with; the digits after it are the record's or thing's own.
const ACCOUNT: u64 = 554_023_000_000_000_000;
/// The first record's id.
pub(super) const FIRST_RECORD: u64 = ACCOUNT + 527_001;

/// The id of the thing called `name`, such as `field Leads Email`.
pub(super) fn of(name: &str) -> String {
    // FNV-1a: the same on every computer.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // Records are numbered one by one from their own first; what is named here lies above a billion of them.
    (ACCOUNT + 1_000_000_000 + hash % 900_000_000_000).to_string()
}

pub(super) fn module(module: &str) -> String {
    of(&format!("module {module}"))
}

pub(super) fn layout(module: &str) -> String {
    of(&format!("layout {module}"))
}

pub(super) fn field(module: &str, field: &str) -> String {
    of(&format!("field {module} {field}"))
}

/// The record number an id in a path or body stands for: up to 19 digits, as text.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits = (1..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
