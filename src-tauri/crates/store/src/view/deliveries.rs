//! Deliveries as a list and one by one, with every attempt and the redacted talk with the CRM.

use leadferry_model::{
    ConnectionId, DeliveryId, DeliveryState, Failure, LeadId, Record, RecordId, RunId, SyncId, Timestamp,
};
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::case::selection::Condition;
use crate::column::Columns;
use crate::view::page::{Page, Rows};
use crate::{BeforeImage, DeliveryFilter, Json, Reader, Selection, StoreError};

/// A delivery as a row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Its id.
    pub id: DeliveryId,
    /// The sync.
    pub sync: SyncId,
    /// The run.
    pub run: Option<RunId>,
    /// The lead.
    pub lead: LeadId,
    /// The person's name.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The person's phone number.
    pub phone: Option<String>,
    /// The destination.
    pub destination: ConnectionId,
    /// The object there.
    pub object: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// Whether it goes ahead of everything else.
    pub urgent: bool,
    /// Attempts spent.
    pub attempts: u32,
    /// When it may go; none when nothing more happens by itself.
    pub due_at: Option<Timestamp>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// Why it failed last.
    pub failure: Option<Failure>,
    /// The failure group it belongs to.
    pub group: Option<String>,
    /// Optional fields that were set aside.
    pub warnings: Vec<Json>,
    /// The record at the destination.
    pub record: Option<RecordId>,
    /// Where a person can look at it.
    pub url: Option<String>,
    /// Whether the record was created by this delivery.
    pub created: Option<bool>,
    /// Whether nothing had to be written.
    pub unchanged: bool,
    /// When it arrived.
    pub synced_at: Option<Timestamp>,
    /// Why it was left out.
    pub skipped_reason: Option<String>,
}

/// One try of a delivery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// `synced`, `unchanged`, `retry`, `snoozed`, `failed`, `conflict`, `left_out` or `lost`.
    pub outcome: String,
    /// Whether it spent an attempt.
    pub counted: bool,
    /// Why it did not pass.
    pub failure: Option<Failure>,
    /// When the next try was due.
    pub next_at: Option<Timestamp>,
    /// The redacted requests and answers; a batch shares them.
    pub exchanges: Vec<Json>,
}

/// A delivery with everything that is known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveryDetail {
    /// The delivery.
    pub row: DeliveryRow,
    /// Every try, oldest first.
    pub attempts: Vec<Attempt>,
    /// Values a person typed for it.
    pub edits: Record,
    /// Destination fields a person left out.
    pub without_fields: Vec<String>,
    /// What the record was before, for undo.
    pub image: Option<BeforeImage>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

const COLUMNS: &str = "deliveries.id, deliveries.sync_id, deliveries.run_id, deliveries.lead_id, leads.name, leads.email, \
    leads.phone, deliveries.destination_id, deliveries.object, deliveries.state, deliveries.urgent, deliveries.attempts, \
    CASE WHEN deliveries.state IN ('pending', 'retrying') OR deliveries.slow_until > deliveries.due_at \
         THEN deliveries.due_at END AS due_at, \
    deliveries.created_at, deliveries.changed_at, deliveries.failure, deliveries.group_key, deliveries.warnings, \
    deliveries.record_id, deliveries.record_url, deliveries.created_record, deliveries.unchanged, deliveries.synced_at, \
    deliveries.skipped_reason";

fn read(row: &Row<'_>) -> rusqlite::Result<DeliveryRow> {
    Ok(DeliveryRow {
        id: DeliveryId(row.get("id")?),
        sync: row.id("sync_id", SyncId::new)?,
        run: row.get::<_, Option<i64>>("run_id")?.map(RunId),
        lead: row.id("lead_id", LeadId::new)?,
        name: row.get("name")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        destination: row.id("destination_id", ConnectionId::new)?,
        object: row.get("object")?,
        state: row.word("state", DeliveryState::parse)?,
        urgent: row.get("urgent")?,
        attempts: row.get("attempts")?,
        due_at: row.maybe_moment("due_at")?,
        created_at: row.moment("created_at")?,
        changed_at: row.moment("changed_at")?,
        failure: row.maybe_json("failure")?,
        group: row.get("group_key")?,
        warnings: row.maybe_json("warnings")?.unwrap_or_default(),
        record: row.get::<_, Option<String>>("record_id")?.map(RecordId::new),
        url: row.get("record_url")?,
        created: row.get("created_record")?,
        unchanged: row.get("unchanged")?,
        synced_at: row.maybe_moment("synced_at")?,
        skipped_reason: row.get("skipped_reason")?,
    })
}

impl Reader<'_> {
    /// A page of deliveries, last changed first.
    pub fn deliveries(&self, filter: &DeliveryFilter, page: Page) -> Result<Rows<DeliveryRow>, StoreError> {
        let condition = Condition::of(&Selection::Filter(filter.clone()));
        // Every delivery has a lead, so that counting does not need the join.
        let total = self.number(
            &format!("SELECT count(*) FROM deliveries WHERE {}", condition.sql()),
            rusqlite::params_from_iter(condition.values.iter()),
        )?;
        let from =
            format!("deliveries JOIN leads ON leads.id = deliveries.lead_id WHERE {}", condition.sql());
        let sql =
            format!("SELECT {COLUMNS} FROM {from} ORDER BY deliveries.changed_at DESC, deliveries.id DESC");
        let (limit, offset) = (condition.values.len() + 1, condition.values.len() + 2);
        let mut values = condition.values;
        values.extend([crate::column::count(page.limit).into(), crate::column::count(page.offset).into()]);
        let rows = self.all(
            &format!("{sql} LIMIT ?{limit} OFFSET ?{offset}"),
            rusqlite::params_from_iter(values),
            read,
        )?;
        Ok(Rows { rows, total: total.unsigned_abs() })
    }

    /// How many deliveries a selection means, before anything is done to them.
    pub fn count_selected(&self, selection: &Selection, states: &[DeliveryState]) -> Result<u64, StoreError> {
        let mut condition = Condition::of(selection);
        let words: Vec<_> = states.iter().map(|state| state.as_str()).collect();
        condition
            .narrow("deliveries.state IN (SELECT value FROM json_each(?))", crate::column::to_json(&words));
        let sql = format!("SELECT count(*) FROM deliveries WHERE {}", condition.sql());
        Ok(self.number(&sql, rusqlite::params_from_iter(condition.values))?.unsigned_abs())
    }

    /// One delivery with everything that is known about it.
    pub fn delivery(&self, id: DeliveryId) -> Result<DeliveryDetail, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, deliveries.edits, deliveries.without_fields, before_images.before, before_images.written,
                    before_images.undone_at
             FROM deliveries JOIN leads ON leads.id = deliveries.lead_id
             LEFT JOIN before_images ON before_images.delivery_id = deliveries.id WHERE deliveries.id = ?1"
        );
        let attempts = self.attempts(id)?;
        self.one(&sql, [id.0], |row| {
            let written: Option<Record> = row.maybe_json("written")?;
            let before = row.maybe_json("before")?;
            Ok(DeliveryDetail {
                row: read(row)?,
                attempts,
                edits: row.maybe_json("edits")?.unwrap_or_default(),
                without_fields: row.maybe_json("without_fields")?.unwrap_or_default(),
                image: written.map(|written| BeforeImage { before, written }),
                undone_at: row.maybe_moment("undone_at")?,
            })
        })?
        .ok_or(StoreError::NotFound { what: "delivery" })
    }

    fn attempts(&self, id: DeliveryId) -> Result<Vec<Attempt>, StoreError> {
        self.all(
            "SELECT attempts.at, attempts.outcome, attempts.counted, attempts.failure, attempts.next_at, exchanges.exchanges
             FROM attempts LEFT JOIN exchanges ON exchanges.id = attempts.exchange_id
             WHERE attempts.delivery_id = ?1 ORDER BY attempts.id",
            [id.0],
            |row| {
                Ok(Attempt {
                    at: row.moment("at")?,
                    outcome: row.get("outcome")?,
                    counted: row.get("counted")?,
                    failure: row.maybe_json("failure")?,
                    next_at: row.maybe_moment("next_at")?,
                    exchanges: row.maybe_json("exchanges")?.unwrap_or_default(),
                })
            },
        )
    }
}
