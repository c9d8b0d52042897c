//! What a person has been told, or is to be: one open notification a kind and subject.

use leadferry_model::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::column::{Columns, micros, to_json};
use crate::{Json, Page, Reader, Rows, StoreError, Writer};

/// Something to tell, as facts; the text is made where it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// Its id.
    pub id: i64,
    /// When it came up.
    pub at: Timestamp,
    /// What kind of news.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// The facts, without personal data.
    pub body: Json,
    /// Where a click leads.
    pub target: String,
    /// When it was shown.
    pub shown_at: Option<Timestamp>,
    /// When a person took notice.
    pub seen_at: Option<Timestamp>,
}

impl Reader<'_> {
    /// A page of notifications, newest first.
    pub fn notifications(&self, page: Page) -> Result<Rows<Notification>, StoreError> {
        self.page(
            "id, at, kind, subject, body, target, shown_at, seen_at",
            "notifications",
            "id DESC",
            Vec::new(),
            page,
            |row| {
                Ok(Notification {
                    id: row.get("id")?,
                    at: row.moment("at")?,
                    kind: row.get("kind")?,
                    subject: row.get("subject")?,
                    body: row.json("body")?,
                    target: row.get("target")?,
                    shown_at: row.maybe_moment("shown_at")?,
                    seen_at: row.maybe_moment("seen_at")?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Notes something to tell. None when the same is open already: nobody is told twice.
    pub fn notify(
        &self,
        now: Timestamp,
        kind: &str,
        subject: &str,
        body: &Json,
        target: &str,
    ) -> Result<Option<i64>, StoreError> {
        let params = params![micros(now), kind, subject, to_json(body), target];
        let added = self.run(
            "INSERT INTO notifications (at, kind, subject, body, target) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (kind, subject) WHERE seen_at IS NULL DO NOTHING",
            params,
        )?;
        if added == 0 {
            return Ok(None);
        }
        Ok(Some(self.number("SELECT max(id) FROM notifications", [])?))
    }

    /// Notes that a notification was shown.
    pub fn mark_shown(&self, now: Timestamp, id: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE notifications SET shown_at = coalesce(shown_at, ?2) WHERE id = ?1",
            [id, micros(now)],
        )?;
        Ok(())
    }

    /// Closes the open notification of a kind and subject: seen, or over.
    pub fn mark_seen(&self, now: Timestamp, kind: &str, subject: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE notifications SET seen_at = ?3 WHERE kind = ?1 AND subject = ?2 AND seen_at IS NULL",
            params![kind, subject, micros(now)],
        )?;
        Ok(())
    }
}
