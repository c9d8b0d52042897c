//! Numbered migrations. Each is one transaction, together with the version it leads to, so that a crash leaves the file at
//! a whole version.

use leadferry_failpoint::fail_point;
use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;

/// Every migration in order; the position is the version. Released ones are never edited, only added to.
const MIGRATIONS: &[&str] =
    &[include_str!("../../migrations/0001_ledger.sql"), include_str!("../../migrations/0002_loads.sql")];

/// The newest version this program knows.
pub(crate) const NEWEST: u32 = MIGRATIONS.len() as u32;

/// The version of a file. 0 is a new one.
pub(crate) fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Brings the file to the newest version, or refuses one from the future.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let file = version(connection)?;
    if file > NEWEST {
        return Err(StoreError::NewerFile { file, app: NEWEST });
    }
    for (at, sql) in (1..).zip(MIGRATIONS).skip(file as usize) {
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step.execute_batch(sql)?;
        step.pragma_update(None, "user_version", at)?;
        fail_point!("ledger.migrate.before");
        step.commit()?;
        fail_point!("ledger.migrate.after");
        tracing::info!(version = at, "data file brought to a newer version");
    }
    Ok(())
}
