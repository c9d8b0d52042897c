//! One page of many rows.

use rusqlite::types::Value as Sql;
use rusqlite::{Row, params_from_iter};
use serde::{Deserialize, Serialize};

use crate::column::count;
use crate::{Reader, StoreError};

/// Which rows of a list are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Rows to leave out at the beginning.
    pub offset: u64,
    /// Rows to give at most.
    pub limit: u64,
}

impl Page {
    /// The first `limit` rows.
    pub fn first(limit: u64) -> Self {
        Self { offset: 0, limit }
    }
}

/// Some rows of a list, and how long the list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows<T> {
    /// The rows of the page.
    pub rows: Vec<T>,
    /// All rows there are.
    pub total: u64,
}

impl Reader<'_> {
    /// A page of `SELECT columns FROM from ORDER BY order`, and the number of rows `from` has.
    pub(crate) fn page<T>(
        &self,
        columns: &str,
        from: &str,
        order: &str,
        mut values: Vec<Sql>,
        page: Page,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Rows<T>, StoreError> {
        let total = self.number(&format!("SELECT count(*) FROM {from}"), params_from_iter(values.iter()))?;
        let (limit, offset) = (values.len() + 1, values.len() + 2);
        values.extend([Sql::from(count(page.limit)), Sql::from(count(page.offset))]);
        let sql = format!("SELECT {columns} FROM {from} ORDER BY {order} LIMIT ?{limit} OFFSET ?{offset}");
        Ok(Rows { rows: self.all(&sql, params_from_iter(values), read)?, total: total.unsigned_abs() })
    }
}
