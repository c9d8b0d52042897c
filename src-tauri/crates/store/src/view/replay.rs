//! Leads and deliveries in pages, for going through the mapping again without sending anything.

use leadferry_model::{ConnectionId, DeliveryId, Lead, LeadId, Record, SyncId};
use rusqlite::params_from_iter;

use crate::case::selection::Condition;
use crate::column::{Columns, count};
use crate::table::leads;
use crate::{Link, Reader, Selection, StoreError};

/// A delivery with what its fields are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// Its id.
    pub id: DeliveryId,
    /// The lead as it is now.
    pub lead: Lead,
    /// Destination values a person typed for it.
    pub edits: Record,
    /// Destination fields a person left out.
    pub without_fields: Vec<String>,
    /// The record the lead is already known to be.
    pub link: Option<Link>,
}

impl Reader<'_> {
    /// Failed, retrying and waiting deliveries of `sync` within a selection, by id, after `after`.
    pub fn replayable(
        &self,
        sync: &SyncId,
        selection: &Selection,
        after: DeliveryId,
        limit: u64,
    ) -> Result<Vec<Replay>, StoreError> {
        let mut condition = Condition::of(selection);
        condition.narrow("deliveries.sync_id = ?", sync.as_str().to_owned());
        condition.narrow("deliveries.id > ?", after.0);
        let limit = condition.value(count(limit));
        let sql = format!(
            "SELECT deliveries.id, deliveries.edits, deliveries.without_fields, deliveries.destination_id, deliveries.object, {}
             FROM deliveries JOIN leads ON leads.id = deliveries.lead_id
             WHERE {} AND deliveries.state IN ('failed', 'retrying', 'pending') ORDER BY deliveries.id LIMIT ?{limit}",
            leads::COLUMNS,
            condition.sql()
        );
        let found = self.all(&sql, params_from_iter(condition.values), |row| {
            let replay = Replay {
                id: DeliveryId(row.get("id")?),
                lead: leads::read(row)?,
                edits: row.maybe_json("edits")?.unwrap_or_default(),
                without_fields: row.maybe_json("without_fields")?.unwrap_or_default(),
                link: None,
            };
            Ok((replay, row.id("destination_id", ConnectionId::new)?, row.get::<_, String>("object")?))
        })?;
        let linked = |(mut replay, destination, object): (Replay, ConnectionId, String)| {
            replay.link = self.link(&replay.lead.id, &destination, &object)?;
            Ok(replay)
        };
        found.into_iter().map(linked).collect()
    }

    /// The newest leads captured by `source`, newest first.
    pub fn newest_leads_of(&self, source: &ConnectionId, limit: u64) -> Result<Vec<Lead>, StoreError> {
        self.all(
            &format!(
                "SELECT {} FROM leads WHERE source_id = ?1 ORDER BY captured_at DESC LIMIT ?2",
                leads::COLUMNS
            ),
            rusqlite::params![source.as_str(), count(limit)],
            leads::read,
        )
    }

    /// Leads first captured by `source`, by id, after `after`.
    pub fn leads_of(
        &self,
        source: &ConnectionId,
        after: Option<&LeadId>,
        limit: u64,
    ) -> Result<Vec<Lead>, StoreError> {
        self.all(
            &format!(
                "SELECT {} FROM leads WHERE leads.source_id = ?1 AND leads.id > ?2 ORDER BY leads.id LIMIT ?3",
                leads::COLUMNS
            ),
            rusqlite::params![source.as_str(), after.map_or("", LeadId::as_str), count(limit)],
            leads::read,
        )
    }
}
