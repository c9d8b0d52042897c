//! The audit log: what was sent and what was set, append-only.
//!
//! Each entry carries the hash of the one before, so that a change in the middle or a cut at the end shows. Entries name
//! fields and ids, never values. What retention takes from the beginning is remembered as the chain's floor.

use std::fmt::Write as _;

use leadferry_model::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::column::{Columns, micros, to_json};
use crate::{Json, Reader, StoreError, Writer};

/// The setting that keeps the id and hash of the last entry retention removed.
const FLOOR: &str = "audit.floor";

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its place in the chain.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who: a person's name, `engine`, `command line`.
    pub actor: String,
    /// What was done, such as `record.created`.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Field names and ids.
    pub detail: Json,
    /// Hash of this entry and the chain before it.
    pub hash: String,
}

/// What a check of the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheck {
    /// Entries looked at.
    pub entries: u64,
    /// The first entry that does not fit, or is missing.
    pub broken_at: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct Floor {
    id: i64,
    hash: String,
}

fn chained(before: &str, at: i64, actor: &str, action: &str, subject: &str, detail: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [before, &at.to_string(), actor, action, subject, detail] {
        // The length in front keeps "ab" + "c" apart from "a" + "bc".
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        write!(text, "{byte:02x}").expect("BUG: writing to a string cannot go wrong");
    }
    text
}

impl Writer<'_> {
    /// Adds an entry.
    pub fn record(
        &self,
        now: Timestamp,
        actor: &str,
        action: &str,
        subject: &str,
        detail: &Json,
    ) -> Result<(), StoreError> {
        let last = self.one("SELECT hash FROM audit ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?;
        let before: String = match last {
            Some(hash) => hash,
            None => self.audit_floor()?.hash,
        };
        let (at, detail) = (micros(now), to_json(detail));
        let hash = chained(&before, at, actor, action, subject, &detail);
        self.run(
            "INSERT INTO audit (at, actor, action, subject, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![at, actor, action, subject, detail, hash],
        )?;
        Ok(())
    }

    /// Lets go of entries before `moment`; the chain stays checkable from there on.
    pub(crate) fn forget_audit(&self, moment: Timestamp) -> Result<usize, StoreError> {
        // The newest one that goes, so that the log stays in one piece even where a clock was set back.
        let last = self.one(
            "SELECT id, hash FROM audit WHERE id < coalesce((SELECT min(id) FROM audit WHERE at >= ?1), 9223372036854775807)
             ORDER BY id DESC LIMIT 1",
            [micros(moment)],
            |row| Ok(Floor { id: row.get(0)?, hash: row.get(1)? }),
        )?;
        let Some(last) = last else { return Ok(0) };
        self.run(
            "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![FLOOR, to_json(&last)],
        )?;
        self.run("DELETE FROM audit WHERE id <= ?1", [last.id])
    }
}

impl Reader<'_> {
    /// Follows the whole chain.
    pub fn verify_audit(&self) -> Result<AuditCheck, StoreError> {
        let floor = self.audit_floor()?;
        let mut check = AuditCheck { entries: 0, broken_at: None };
        let (mut last, mut before) = (floor.id, floor.hash);
        self.each("SELECT id, at, actor, action, subject, detail, hash FROM audit ORDER BY id", [], |row| {
            let hash: String = row.get("hash")?;
            let id: i64 = row.get("id")?;
            let (actor, action): (String, String) = (row.get("actor")?, row.get("action")?);
            let (subject, detail): (String, String) = (row.get("subject")?, row.get("detail")?);
            let expected = chained(&before, row.get("at")?, &actor, &action, &subject, &detail);
            if check.broken_at.is_none() && (expected != hash || id != last + 1) {
                check.broken_at = Some(last + 1);
            }
            check.entries += 1;
            (last, before) = (id, hash);
            Ok(())
        })?;
        // SQLite remembers the highest id it ever gave: entries cut off at the end leave a gap to it.
        let given = self.number("SELECT seq FROM sqlite_sequence WHERE name = 'audit'", [])?;
        if check.broken_at.is_none() && given > last {
            check.broken_at = Some(last + 1);
        }
        Ok(check)
    }

    fn audit_floor(&self) -> Result<Floor, StoreError> {
        let kept =
            self.one("SELECT value FROM settings WHERE name = ?1", [FLOOR], |row| row.json("value"))?;
        Ok(kept.unwrap_or(Floor { id: 0, hash: String::new() }))
    }
}
