//! Syncs and the versions of their mappings.
//!
//! A mapping is edited as a draft version and sent only once published; published versions are history and never change.

use leadferry_model::{ConnectionId, SyncId, Timestamp};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::column::{Columns, micros, to_json, words};
use crate::{Json, Reader, StoreError, Writer};

words! {
    /// Whether a sync works.
    SyncState {
        /// Being set up; takes no leads.
        Draft = "draft",
        /// Takes leads and sends them.
        On = "on",
        /// Takes leads and keeps them.
        Paused = "paused",
    }
}

/// Source, destination, mapping and mode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedSync {
    /// Its id.
    pub id: SyncId,
    /// What the person calls it.
    pub name: String,
    /// Where leads come from.
    pub source: ConnectionId,
    /// Where they go.
    pub destination: ConnectionId,
    /// The object written there.
    pub object: String,
    /// Draft, on or paused.
    pub state: SyncState,
    /// When a pause ends by itself.
    pub paused_until: Option<Timestamp>,
    /// Real-time, schedule or manual, with its details.
    pub mode: Json,
    /// Match order, retry schedule, first-run cap and the like.
    pub settings: Json,
    /// The mapping version that is sent.
    pub live_version: Option<i64>,
    /// Whether new leads wait until a run gathers them (schedule and manual) instead of going at once.
    pub waits_for_run: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its schedule runs next.
    pub next_run_at: Option<Timestamp>,
}

/// One version of a sync's mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappingVersion {
    /// Whose mapping.
    pub sync: SyncId,
    /// 1, 2, 3, …
    pub version: i64,
    /// The rules.
    pub mapping: Json,
    /// What changed, in words.
    pub note: String,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// When it went live; none while a draft.
    pub published_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, name, source_id, destination_id, object, state, paused_until, mode, settings, live_version, \
                       waits_for_run, created_at, next_run_at";

fn read(row: &Row<'_>) -> rusqlite::Result<SavedSync> {
    Ok(SavedSync {
        id: row.id("id", SyncId::new)?,
        name: row.get("name")?,
        source: row.id("source_id", ConnectionId::new)?,
        destination: row.id("destination_id", ConnectionId::new)?,
        object: row.get("object")?,
        state: row.word("state", SyncState::parse)?,
        paused_until: row.maybe_moment("paused_until")?,
        mode: row.json("mode")?,
        settings: row.json("settings")?,
        live_version: row.get("live_version")?,
        waits_for_run: row.get("waits_for_run")?,
        created_at: row.moment("created_at")?,
        next_run_at: row.maybe_moment("next_run_at")?,
    })
}

const VERSION_COLUMNS: &str = "sync_id, version, mapping, note, saved_at, published_at";

fn read_version(row: &Row<'_>) -> rusqlite::Result<MappingVersion> {
    Ok(MappingVersion {
        sync: row.id("sync_id", SyncId::new)?,
        version: row.get("version")?,
        mapping: row.json("mapping")?,
        note: row.get("note")?,
        saved_at: row.moment("saved_at")?,
        published_at: row.maybe_moment("published_at")?,
    })
}

impl Reader<'_> {
    /// Every sync, oldest first.
    pub fn syncs(&self) -> Result<Vec<SavedSync>, StoreError> {
        self.all(&format!("SELECT {COLUMNS} FROM syncs ORDER BY created_at, id"), [], read)
    }

    /// Those to `destination` that are on, oldest first.
    pub fn syncs_to(&self, destination: &ConnectionId) -> Result<Vec<SavedSync>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM syncs WHERE destination_id = ?1 AND state = 'on' ORDER BY created_at, id"
        );
        self.all(&sql, [destination.as_str()], read)
    }

    /// Those that are on and whose schedule has come.
    pub fn syncs_due(&self, now: Timestamp) -> Result<Vec<SavedSync>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM syncs WHERE state = 'on' AND next_run_at <= ?1 ORDER BY created_at, id"
        );
        self.all(&sql, [micros(now)], read)
    }

    /// Those whose pause has ended.
    pub fn pauses_over(&self, now: Timestamp) -> Result<Vec<SyncId>, StoreError> {
        self.all(
            "SELECT id FROM syncs WHERE state = 'paused' AND paused_until <= ?1 ORDER BY created_at, id",
            [micros(now)],
            |row| row.id("id", SyncId::new),
        )
    }

    /// One sync.
    pub fn sync(&self, id: &SyncId) -> Result<SavedSync, StoreError> {
        self.one(&format!("SELECT {COLUMNS} FROM syncs WHERE id = ?1"), [id.as_str()], read)?
            .ok_or(StoreError::NotFound { what: "sync" })
    }

    /// One version of a sync's mapping.
    pub fn mapping(&self, sync: &SyncId, version: i64) -> Result<MappingVersion, StoreError> {
        self.one(
            &format!("SELECT {VERSION_COLUMNS} FROM mappings WHERE sync_id = ?1 AND version = ?2"),
            params![sync.as_str(), version],
            read_version,
        )?
        .ok_or(StoreError::NotFound { what: "mapping version" })
    }

    /// Every version, newest first. The newest is the draft unless it is published.
    pub fn mappings(&self, sync: &SyncId) -> Result<Vec<MappingVersion>, StoreError> {
        self.all(
            &format!("SELECT {VERSION_COLUMNS} FROM mappings WHERE sync_id = ?1 ORDER BY version DESC"),
            [sync.as_str()],
            read_version,
        )
    }
}

impl Writer<'_> {
    /// Adds a sync, or replaces the one with its id. What is sent changes only by [`Writer::publish_mapping`], and the
    /// deliveries that exist stay where they are, so source, destination and object are kept from the first save.
    pub fn save_sync(&self, sync: &SavedSync) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO syncs (id, name, source_id, destination_id, object, state, paused_until, mode, settings,
                                waits_for_run, created_at, next_run_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state,
                 paused_until = excluded.paused_until, mode = excluded.mode, settings = excluded.settings,
                 waits_for_run = excluded.waits_for_run, next_run_at = excluded.next_run_at",
            params![
                sync.id.as_str(),
                sync.name,
                sync.source.as_str(),
                sync.destination.as_str(),
                sync.object,
                sync.state.as_str(),
                sync.paused_until.map(micros),
                to_json(&sync.mode),
                to_json(&sync.settings),
                sync.waits_for_run,
                micros(sync.created_at),
                sync.next_run_at.map(micros),
            ],
        )?;
        Ok(())
    }

    /// Switches a sync on, pauses it (until a moment, or until switched on), or makes it a draft again.
    pub fn set_sync_state(
        &self,
        id: &SyncId,
        state: SyncState,
        paused_until: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let changed = self.run(
            "UPDATE syncs SET state = ?2, paused_until = ?3 WHERE id = ?1",
            params![id.as_str(), state.as_str(), paused_until.map(micros)],
        )?;
        if changed == 0 { Err(StoreError::NotFound { what: "sync" }) } else { Ok(()) }
    }

    /// Says when the schedule runs next.
    pub fn set_next_run(&self, id: &SyncId, at: Option<Timestamp>) -> Result<(), StoreError> {
        let changed = self
            .run("UPDATE syncs SET next_run_at = ?2 WHERE id = ?1", params![id.as_str(), at.map(micros)])?;
        if changed == 0 { Err(StoreError::NotFound { what: "sync" }) } else { Ok(()) }
    }

    /// Takes a sync out with its deliveries, runs and mappings. Leads and links stay.
    pub fn remove_sync(&self, id: &SyncId) -> Result<(), StoreError> {
        match self.run("DELETE FROM syncs WHERE id = ?1", [id.as_str()])? {
            0 => Err(StoreError::NotFound { what: "sync" }),
            _ => Ok(()),
        }
    }

    /// Saves the draft of a mapping and gives its version: the draft's own, or the next one after a published version.
    pub fn save_mapping(
        &self,
        now: Timestamp,
        sync: &SyncId,
        mapping: &Json,
        note: &str,
    ) -> Result<i64, StoreError> {
        self.sync(sync)?;
        let newest = self.mappings(sync)?.into_iter().next();
        let version = match newest {
            Some(newest) if newest.published_at.is_none() => newest.version,
            Some(newest) => newest.version + 1,
            None => 1,
        };
        self.run(
            "INSERT INTO mappings (sync_id, version, mapping, note, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (sync_id, version) DO UPDATE SET mapping = excluded.mapping, note = excluded.note,
                 saved_at = excluded.saved_at",
            params![sync.as_str(), version, to_json(mapping), note, micros(now)],
        )?;
        Ok(version)
    }

    /// Makes a version the one that is sent. An older one may go live again.
    pub fn publish_mapping(&self, now: Timestamp, sync: &SyncId, version: i64) -> Result<(), StoreError> {
        let known = self.run(
            "UPDATE mappings SET published_at = coalesce(published_at, ?3) WHERE sync_id = ?1 AND version = ?2",
            params![sync.as_str(), version, micros(now)],
        )?;
        if known == 0 {
            return Err(StoreError::NotFound { what: "mapping version" });
        }
        self.run("UPDATE syncs SET live_version = ?2 WHERE id = ?1", params![sync.as_str(), version])?;
        Ok(())
    }
}
