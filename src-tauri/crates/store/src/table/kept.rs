//! What is read from outside and kept for later: schemas, cursors, settings, refusals.

use leadferry_model::{ConnectionId, ObjectSchema, Timestamp};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::column::{Columns, micros, to_json};
use crate::{Json, Page, Reader, Rows, StoreError, Writer};

/// How far reading a destination has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// The vendor's or our own mark.
    pub cursor: String,
    /// Whether the first full read is done.
    pub complete: bool,
    /// When it was last moved.
    pub pulled_at: Timestamp,
}

/// What came to a receiver and was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The receiver.
    pub connection: ConnectionId,
    /// When.
    pub at: Timestamp,
    /// Why; never the body.
    pub reason: String,
}

impl Reader<'_> {
    /// The fields of an object as last read, and when that was.
    pub fn schema(
        &self,
        connection: &ConnectionId,
        object: &str,
    ) -> Result<Option<(ObjectSchema, Timestamp)>, StoreError> {
        self.one(
            "SELECT schema, read_at FROM schemas WHERE connection_id = ?1 AND object = ?2",
            params![connection.as_str(), object],
            |row| Ok((row.json("schema")?, row.moment("read_at")?)),
        )
    }

    /// When the fields of an object were last read. For who only needs to know whether they are old: an account has hundreds.
    pub fn schema_read_at(
        &self,
        connection: &ConnectionId,
        object: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        self.one(
            "SELECT read_at FROM schemas WHERE connection_id = ?1 AND object = ?2",
            params![connection.as_str(), object],
            |row| row.moment("read_at"),
        )
    }

    /// How far reading an object has come.
    pub fn cursor(&self, connection: &ConnectionId, object: &str) -> Result<Option<Cursor>, StoreError> {
        self.one(
            "SELECT cursor, complete, pulled_at FROM cursors WHERE connection_id = ?1 AND object = ?2",
            params![connection.as_str(), object],
            |row| {
                Ok(Cursor {
                    cursor: row.get("cursor")?,
                    complete: row.get("complete")?,
                    pulled_at: row.moment("pulled_at")?,
                })
            },
        )
    }

    /// A setting.
    pub fn setting(&self, name: &str) -> Result<Option<Json>, StoreError> {
        self.one("SELECT value FROM settings WHERE name = ?1", [name], |row| row.json("value"))
    }

    /// A page of refusals of a receiver, newest first.
    pub fn refusals(&self, connection: &ConnectionId, page: Page) -> Result<Rows<Refusal>, StoreError> {
        self.page(
            "connection_id, at, reason",
            "refusals WHERE connection_id = ?1",
            "id DESC",
            vec![connection.as_str().to_owned().into()],
            page,
            |row| {
                Ok(Refusal {
                    connection: row.id("connection_id", ConnectionId::new)?,
                    at: row.moment("at")?,
                    reason: row.get("reason")?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Keeps the fields of an object as just read.
    pub fn save_schema(
        &self,
        now: Timestamp,
        connection: &ConnectionId,
        schema: &ObjectSchema,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO schemas (connection_id, object, schema, read_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (connection_id, object) DO UPDATE SET schema = excluded.schema, read_at = excluded.read_at",
            params![connection.as_str(), schema.object, to_json(schema), micros(now)],
        )?;
        Ok(())
    }

    /// Keeps how far reading an object has come.
    pub fn save_cursor(
        &self,
        connection: &ConnectionId,
        object: &str,
        cursor: &Cursor,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO cursors (connection_id, object, cursor, complete, pulled_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (connection_id, object) DO UPDATE SET cursor = excluded.cursor, complete = excluded.complete,
                 pulled_at = excluded.pulled_at",
            params![connection.as_str(), object, cursor.cursor, cursor.complete, micros(cursor.pulled_at)],
        )?;
        Ok(())
    }

    /// Forgets how far reading has come: the next one reads everything.
    pub fn remove_cursor(&self, connection: &ConnectionId, object: &str) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM cursors WHERE connection_id = ?1 AND object = ?2",
            params![connection.as_str(), object],
        )?;
        Ok(())
    }

    /// Keeps a setting.
    pub fn set_setting(&self, name: &str, value: &Json) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![name, to_json(value)],
        )?;
        Ok(())
    }

    /// Notes that something was not accepted, and why.
    pub fn refuse(&self, now: Timestamp, connection: &ConnectionId, reason: &str) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO refusals (connection_id, at, reason) VALUES (?1, ?2, ?3)",
            params![connection.as_str(), micros(now), reason],
        )?;
        Ok(())
    }
}
