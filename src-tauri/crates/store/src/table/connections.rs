//! Connections: one authorised account at a connector, or one receiver.

use leadferry_model::{ConnectionId, Timestamp};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::column::{Columns, micros, to_json, words};
use crate::{Json, Reader, StoreError, Writer};

words! {
    /// Which way a connection is used.
    Role {
        /// Leads come from it.
        Source = "source",
        /// Leads go to it.
        Destination = "destination",
    }
}

words! {
    /// Whether a connection can be used.
    ConnectionState {
        /// It works as far as we know.
        Connected = "connected",
        /// A person has to sign in again.
        NeedsAccess = "needs_access",
        /// A person took it off.
        Disconnected = "disconnected",
    }
}

/// A connection, without its secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// The connector's name in the list of connectors.
    pub connector: String,
    /// What the person calls it.
    pub name: String,
    /// Source or destination.
    pub role: Role,
    /// Where it is, where that differs from the connector's default.
    pub base_url: Option<String>,
    /// Which way of authorising; never a secret.
    pub auth: Json,
    /// Plain settings by the connector's names.
    pub settings: Json,
    /// Who we are there, as last checked.
    pub account: Option<Json>,
    /// Whether it can be used.
    pub state: ConnectionState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last checked.
    pub checked_at: Option<Timestamp>,
}

const COLUMNS: &str =
    "id, connector, name, role, base_url, auth, settings, account, state, created_at, checked_at";

fn read(row: &Row<'_>) -> rusqlite::Result<Connection> {
    Ok(Connection {
        id: row.id("id", ConnectionId::new)?,
        connector: row.get("connector")?,
        name: row.get("name")?,
        role: row.word("role", Role::parse)?,
        base_url: row.get("base_url")?,
        auth: row.json("auth")?,
        settings: row.json("settings")?,
        account: row.maybe_json("account")?,
        state: row.word("state", ConnectionState::parse)?,
        created_at: row.moment("created_at")?,
        checked_at: row.maybe_moment("checked_at")?,
    })
}

impl Reader<'_> {
    /// Every connection, oldest first.
    pub fn connections(&self) -> Result<Vec<Connection>, StoreError> {
        self.all(&format!("SELECT {COLUMNS} FROM connections ORDER BY created_at, id"), [], read)
    }

    /// The ids of the destinations, oldest first.
    pub fn destinations(&self) -> Result<Vec<ConnectionId>, StoreError> {
        self.all(
            "SELECT id FROM connections WHERE role = ?1 ORDER BY created_at, id",
            [Role::Destination.as_str()],
            |row| row.id("id", ConnectionId::new),
        )
    }

    /// One connection.
    pub fn connection(&self, id: &ConnectionId) -> Result<Connection, StoreError> {
        self.one(&format!("SELECT {COLUMNS} FROM connections WHERE id = ?1"), [id.as_str()], read)?
            .ok_or(StoreError::NotFound { what: "connection" })
    }
}

impl Writer<'_> {
    /// Adds a connection, or replaces the one with its id.
    pub fn save_connection(&self, connection: &Connection) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO connections (id, connector, name, role, base_url, auth, settings, account, state, created_at, checked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (id) DO UPDATE SET connector = excluded.connector, name = excluded.name, role = excluded.role,
                 base_url = excluded.base_url, auth = excluded.auth, settings = excluded.settings,
                 account = excluded.account, state = excluded.state, checked_at = excluded.checked_at",
            params![
                connection.id.as_str(),
                connection.connector,
                connection.name,
                connection.role.as_str(),
                connection.base_url,
                to_json(&connection.auth),
                to_json(&connection.settings),
                connection.account.as_ref().map(to_json),
                connection.state.as_str(),
                micros(connection.created_at),
                connection.checked_at.map(micros),
            ],
        )?;
        Ok(())
    }

    /// Marks whether a connection can be used.
    pub fn set_connection_state(&self, id: &ConnectionId, state: ConnectionState) -> Result<(), StoreError> {
        match self
            .run("UPDATE connections SET state = ?2 WHERE id = ?1", params![id.as_str(), state.as_str()])?
        {
            0 => Err(StoreError::NotFound { what: "connection" }),
            _ => Ok(()),
        }
    }

    /// Takes a connection out. One that syncs use, or that leads came from, stays.
    pub fn remove_connection(&self, id: &ConnectionId) -> Result<(), StoreError> {
        let used = self.number(
            "SELECT EXISTS (SELECT 1 FROM syncs WHERE source_id = ?1) OR EXISTS (SELECT 1 FROM syncs WHERE destination_id = ?1)",
            [id.as_str()],
        )?;
        if used != 0 {
            return Err(StoreError::Conflict {
                why: "A sync still uses this connection. Remove that sync first, or only disconnect.",
            });
        }
        if self.number("SELECT EXISTS (SELECT 1 FROM leads WHERE source_id = ?1)", [id.as_str()])? != 0 {
            return Err(StoreError::Conflict {
                why: "Leads came from this connection and their history names it. Disconnect it instead.",
            });
        }
        match self.run("DELETE FROM connections WHERE id = ?1", [id.as_str()])? {
            0 => Err(StoreError::NotFound { what: "connection" }),
            _ => Ok(()),
        }
    }
}
