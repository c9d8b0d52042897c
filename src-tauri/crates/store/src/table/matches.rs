//! The local index of a destination's match keys: it saves a search per lead, and is never the last word.

use leadferry_model::{ConnectionId, RecordId};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::column::{Columns, to_json, words};
use crate::{Reader, StoreError, Writer};

words! {
    /// What a record can be found by.
    KeyKind {
        /// Our Lead ID field.
        LeadId = "lead_id",
        /// A normalised e-mail address.
        Email = "email",
        /// A phone number in E.164.
        Phone = "phone",
    }
}

/// One key of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MatchKey {
    /// What it is.
    pub kind: KeyKind,
    /// Its normalised value.
    pub value: String,
}

impl Reader<'_> {
    /// The records that have any of `keys`, as pairs. One key may have several records.
    pub fn find_matches(
        &self,
        connection: &ConnectionId,
        object: &str,
        keys: &[MatchKey],
    ) -> Result<Vec<(MatchKey, RecordId)>, StoreError> {
        self.all(
            "SELECT m.kind, m.value, m.record_id FROM json_each(?3) AS wanted
             CROSS JOIN match_index m ON m.connection_id = ?1 AND m.object = ?2
                 AND m.kind = wanted.value ->> '$.kind' AND m.value = wanted.value ->> '$.value'
             ORDER BY wanted.key, m.record_id",
            params![connection.as_str(), object, to_json(keys)],
            |row| {
                let key = MatchKey { kind: row.word("kind", KeyKind::parse)?, value: row.get("value")? };
                Ok((key, row.id("record_id", RecordId::new)?))
            },
        )
    }

    /// How many records the index knows.
    pub fn records_indexed(&self, connection: &ConnectionId, object: &str) -> Result<u64, StoreError> {
        let records = self.number(
            "SELECT count(DISTINCT record_id) FROM match_index WHERE connection_id = ?1 AND object = ?2",
            params![connection.as_str(), object],
        )?;
        Ok(records.unsigned_abs())
    }

    /// The keys of a record.
    pub fn keys_of(
        &self,
        connection: &ConnectionId,
        object: &str,
        record: &RecordId,
    ) -> Result<Vec<MatchKey>, StoreError> {
        self.all(
            "SELECT kind, value FROM match_index WHERE connection_id = ?1 AND object = ?2 AND record_id = ?3
             ORDER BY kind, value",
            params![connection.as_str(), object, record.as_str()],
            |row| Ok(MatchKey { kind: row.word("kind", KeyKind::parse)?, value: row.get("value")? }),
        )
    }
}

impl Writer<'_> {
    /// Replaces the keys of a record. None takes it out of the index.
    pub fn replace_keys(
        &self,
        connection: &ConnectionId,
        object: &str,
        record: &RecordId,
        keys: &[MatchKey],
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM match_index WHERE connection_id = ?1 AND object = ?2 AND record_id = ?3",
            params![connection.as_str(), object, record.as_str()],
        )?;
        for key in keys {
            self.run(
                "INSERT INTO match_index (connection_id, object, kind, value, record_id) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING",
                params![connection.as_str(), object, key.kind.as_str(), key.value, record.as_str()],
            )?;
        }
        Ok(())
    }
}
